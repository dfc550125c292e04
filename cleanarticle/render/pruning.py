"""Drops the elements that an edit has left without content, with the markers that only make sense around some."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lxml.etree import _Element, iterwalk
from trafilatura.xml import delete_element

# An image in one of these belongs to the text that is gone: the thumbnail of a teaser, the icon of a link.
_IMAGE_GOES_ALONG = frozenset({"item", "cell", "row", "head", "ref", "hi", "del", "code"})


@dataclass(slots=True)
class _Content:
    """What an open element holds: whether it had text and has some, also outside of lists in it, and an image."""

    before: bool = False
    after: bool = False
    own_before: bool = False
    own_after: bool = False
    image: bool = False

    def add(self, *, before: bool, after: bool, own: bool = True) -> None:
        """Takes in a text node or a child."""
        self.before |= before
        self.after |= after
        self.own_before |= before and own
        self.own_after |= after and own


def drop_emptied(root: _Element, had_text: Collection[tuple[_Element, bool]]) -> None:
    """Deletes what had text before, according to `had_text` (element, whether it is its tail), and has none now."""
    emptied: list[_Element] = []
    hollow: list[_Element] = []
    stack = [_Content()]
    for event, element in iterwalk(root, events=("start", "end")):
        if event == "start":
            content = _Content(image=element.tag == "graphic")
            content.add(before=(element, False) in had_text, after=_has_text(element.text))
            stack.append(content)
            continue
        content = stack.pop()
        if content.before and not content.after and (not content.image or element.tag in _IMAGE_GOES_ALONG):
            content.image = False
            # an empty cell keeps the others of its row in their columns
            if element is not root and element.tag != "cell":
                emptied.append(element)
        elif element.tag == "item" and content.own_before and not content.own_after:
            hollow.append(element)
        outer = stack[-1]
        outer.add(before=content.before, after=content.after, own=element.tag != "list")
        outer.add(before=(element, True) in had_text, after=_has_text(element.tail))
        outer.image |= content.image
    for element in emptied:
        delete_element(element)
    for item in hollow:
        _lift(item)


def _lift(item: _Element) -> None:
    """Puts the items of the lists in an item that has nothing else in its place."""
    parent = item.getparent()
    if parent is None or parent.tag != "list" or any(child.tag != "list" for child in item):
        return
    index = parent.index(item)
    for inner in [member for child in item for member in child]:
        parent.insert(index, inner)
        index += 1
    delete_element(item)


def _has_text(text: str | None) -> bool:
    return bool(text) and not str(text).isspace()
