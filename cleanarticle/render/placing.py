"""Puts blocks that a tree lacks between the places where the text before and the text after them stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.etree import Element, SubElement, _Element

from cleanarticle.render.pieces import Piece

# What a container holds, for blocks that continue it.
_MEMBER = {"list": "item", "table": "row"}


def place(root: _Element, before: Piece | None, after: Piece | None, elements: Sequence[_Element]) -> None:
    """Inserts block elements in order, after the piece `before` and ahead of the piece `after`."""
    levels = list(_levels(before)) if before is not None else [(root, None)]
    ahead = {container for container, _ in _levels(after)} if after is not None else set()
    common = next((number for number, (container, _) in enumerate(levels) if container in ahead), len(levels) - 1)
    container, child = levels[common]
    for number, element in enumerate(elements):
        if number == 0 and element.tag in _MEMBER:
            joined = next((level for level in levels[:common] if level[0].tag == element.tag and level[1] is not None), None)
            if joined is not None:
                _insert(joined[0], joined[1], after, list(element))
                continue
        members = _members(element, str(container.tag))
        _insert(container, child, after, members)
        child = members[-1]


def _levels(piece: Piece) -> Iterator[tuple[_Element, _Element | None]]:
    """The elements around a piece, innermost first, each with the child in or after which the piece stands."""
    child: _Element | None = piece.element if piece.tail else None
    container = piece.element.getparent() if piece.tail else piece.element
    while container is not None:
        yield container, child
        child, container = container, container.getparent()


def _members(element: _Element, container: str) -> list[_Element]:
    """An element in the form in which it can stand in a container."""
    if container not in _MEMBER:
        return [element]
    if element.tag == container:
        return list(element)
    member = Element(_MEMBER[container])
    (SubElement(member, "cell") if container == "table" else member).append(element)
    return [member]


def _insert(container: _Element, child: _Element | None, after: Piece | None, elements: Sequence[_Element]) -> None:
    index = 0 if child is None else container.index(child) + 1
    for offset, element in enumerate(elements):
        container.insert(index + offset, element)
    if after is not None and after.tail and after.element is child:
        # the text that follows stands right behind the child: let it follow the last of the new elements
        elements[-1].tail, child.tail = child.tail, None
