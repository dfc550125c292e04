"""Runs trafilatura on a parsed page, and tells of each line of its text what it is and which elements it names.

trafilatura drops all attributes, but the copies it makes of a page keep each element's source line number. So the
elements of the page are numbered there first (`number_elements`), and what comes through unchanged still carries
the number. Numbers are hints only: elements made anew have none, and text that went through trafilatura's fallback
extractors has numbers that mean something else. `alignment` checks each against the words.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import cast

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.core import determine_returnstring
from trafilatura.settings import Document as TrafilaturaDocument
from trafilatura.settings import Extractor

from cleanarticle.document import Kind
from cleanarticle.errors import ExtractionError

for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    # a page without an article is no reason to print: this library says so with an error
    logging.getLogger(_name).addHandler(logging.NullHandler())

NUMBERS = 65_534
"""Source line numbers are 16 bits wide, and libxml2 gives the highest and zero a meaning of their own."""


@dataclass(frozen=True, slots=True)
class ExtractionOptions:
    """What trafilatura is asked for, in its own words; `max_chars` limits the page's size (its characters as text).

    `links` and `images` do not change the text of the article: they show in formats that can hold them.
    """

    tables: bool = True
    images: bool = False
    links: bool = False
    comments: bool = False
    favor_precision: bool = False
    favor_recall: bool = False
    max_chars: int = 20_000_000


@dataclass(slots=True)
class Line:
    """A line of the text: its place, what trafilatura made of it, and the numbers of elements it may come from."""

    start: int
    end: int
    key: str
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    hints: list[int] = field(default_factory=list)


def number_elements(tree: HtmlElement) -> list[HtmlElement]:
    """All elements in document order, each numbered so that trafilatura's copies can be told apart."""
    elements = list(tree.iter("*"))
    for number, element in enumerate(elements):
        element.sourceline = number % NUMBERS + 1
    return elements


def run_trafilatura(
    tree: HtmlElement, url: str, options: ExtractionOptions, output_format: str = "txt", *, links: bool = False, images: bool = False
) -> tuple[TrafilaturaDocument, Extractor] | None:
    """trafilatura's document for a tree (which stays as it is) and the options it was made with; None when it finds nothing."""
    extractor = Extractor(
        output_format=output_format,
        comments=options.comments,
        tables=options.tables,
        precision=options.favor_precision,
        recall=options.favor_recall,
        links=links,
        images=images,
        url=url or None,
    )
    try:
        document = bare_extraction(tree, options=extractor)
    except RecursionError as error:
        raise ExtractionError("too_large", "the page is nested too deep") from error
    return (document, extractor) if isinstance(document, TrafilaturaDocument) else None


def text_and_lines(document: TrafilaturaDocument, extractor: Extractor) -> tuple[str, list[Line]]:
    """The text as `trafilatura.extract` returns it, and its lines."""
    try:
        text = determine_returnstring(document, extractor)
    except RecursionError as error:
        raise ExtractionError("too_large", "the article is nested too deep") from error
    lines: list[Line] = []
    start = 0
    for content in text.split("\n"):
        end = start + len(content)
        lines.append(Line(start, end, "".join(content.split())))
        start = end + 1
    pieces = _pieces(document.body)
    if document.commentsbody is not None and len(document.commentsbody):
        pieces += _pieces(document.commentsbody)
    _assign(lines, pieces)
    return text, lines


Piece = tuple[str, etree._Element, int]
"""White-space-free text of a result tree, the element whose text it is (or was the tail of), and a number or 0."""


def _pieces(body: etree._Element) -> list[Piece]:
    pieces: list[Piece] = []
    stack: list[etree._Element] = []
    for element in body.iter("*"):
        parent = element.getparent()
        while stack and stack[-1] is not parent:
            _add_tail(pieces, stack.pop())
        stack.append(element)
        if element.text and (key := "".join(element.text.split())):
            pieces.append((key, element, _number(element)))
    while len(stack) > 1:
        _add_tail(pieces, stack.pop())
    return pieces


def _add_tail(pieces: list[Piece], element: etree._Element) -> None:
    if element.tail and (key := "".join(element.tail.split())):
        parent = cast("etree._Element", element.getparent())
        pieces.append((key, parent, _number(element) or _number(parent)))


def _number(element: etree._Element) -> int:
    return cast("int | None", element.sourceline) or 0


def _assign(lines: list[Line], pieces: list[Piece]) -> None:
    """Gives each line the kind and the numbers of the pieces that it is made of: both run in the same order."""
    whole = "".join(key for key, _, _ in pieces)
    ends: list[int] = []
    position = 0
    for key, _, _ in pieces:
        position += len(key)
        ends.append(position)
    position = index = 0
    for line in lines:
        if not line.key:
            continue
        key = line.key
        found = position if whole.startswith(key, position) else -1
        if found < 0 and (bare := _unmarked(key)) != key:
            found = position if whole.startswith(bare, position) else -1
            key = bare
        if found < 0:
            key = line.key
            found = whole.find(key, position)
            if found < 0:
                key = _unmarked(key)
                found = whole.find(key, position) if key else -1
        if found < 0:
            continue
        while ends[index] <= found:
            index += 1
        position = found + len(key)
        line.kind, line.level = _kind(pieces[index][1])
        if line.kind is not Kind.PARAGRAPH:
            line.key = key
        last = index
        while True:
            if number := pieces[last][2]:
                line.hints.append(number)
            if ends[last] >= position:
                break
            last += 1
        index = last


def _unmarked(key: str) -> str:
    """A line without the signs that trafilatura adds to items and rows."""
    if key.startswith("-"):
        return key[1:]
    if key.startswith("|"):
        return key.replace("|", "")
    return key


_KINDS = {"quote": Kind.QUOTE, "item": Kind.LIST_ITEM, "code": Kind.CODE}


def _kind(owner: etree._Element) -> tuple[Kind, int]:
    """What trafilatura holds a piece of text for: the outermost say of rows and items, else the innermost."""
    kind, level = Kind.PARAGRAPH, 0
    element: etree._Element | None = owner
    while element is not None:
        tag = element.tag
        if tag in ("cell", "row"):
            return Kind.TABLE_ROW, 0
        if tag == "item":
            return Kind.LIST_ITEM, 0
        if kind is Kind.PARAGRAPH:
            if tag == "head":
                kind = Kind.HEADING
                rend = element.get("rend") or ""
                level = int(rend[1]) if len(rend) == 2 and rend[1].isdigit() else 2
            elif tag == "quote":
                kind = Kind.QUOTE
            elif tag == "code" and (parent := element.getparent()) is not None and parent.tag in ("body", "quote"):
                kind = Kind.CODE
        element = element.getparent()
    return kind, level
