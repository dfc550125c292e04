"""Runs trafilatura on a parsed page, and tells of each line of its text what it is and which elements it names.

trafilatura drops all attributes, but the copies it makes of a page keep each element's source line number. So the
elements of the page are numbered there first (`number_elements`), and what comes through unchanged still carries
the number. Numbers are hints only: elements made anew have none, and text that went through trafilatura's fallback
extractors has numbers that mean something else. `alignment` checks each against the words.
"""

from __future__ import annotations

import logging
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import cast

from lxml import etree
from lxml.html import HtmlElement
from msgspec import Struct
from trafilatura.core import determine_returnstring
from trafilatura.settings import Document as TrafilaturaDocument
from trafilatura.settings import Extractor

from cleanarticle.document import Kind
from cleanarticle.errors import ExtractionError
from cleanarticle.extraction.cascade import extract_document

for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    # a page without an article is no reason to print: this library says so with an error
    logging.getLogger(_name).addHandler(logging.NullHandler())

# of 10,700 lines on 400 real pages that carry a right number, all but 116 have it from these; those have it from a div
# (94) and others that make up nine tenths of a page's elements, and are found by their words
_KEPT = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "pre", "code", "blockquote", "summary")

MAX_BLOCKS = 4_000
"""Pages with more block elements go without trafilatura's fallback extractors: justext's time grows with the square of
short paragraphs, 5 s at 5,000. Of 1,470 real pages the largest has 2,624."""
_COUNT = etree.XPath("count(//*)")
_COUNT_BLOCKS = etree.XPath("count(//p | //li | //td | //th | //dt | //dd | //h1 | //h2 | //h3 | //h4 | //h5 | //h6 | //div | //option)")
_LOOKAHEAD = 20_000
"""How far ahead a line is looked for in the result tree, which runs in the same order: the longest line and then some."""


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


class Line(Struct, gc=False):
    """A line of the text: its place, what trafilatura made of it, and the numbers of elements it may come from."""

    start: int
    content: str
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    hints: Sequence[int] = ()
    marked: bool = False
    _key: str | None = None

    @property
    def key(self) -> str:
        """The line without white space, and without the signs that trafilatura put there."""
        if self._key is None:
            key = "".join(self.content.split())
            self._key = _unmarked(key) if self.marked else key
        return self._key


def number_elements(tree: HtmlElement) -> list[HtmlElement]:
    """The elements in document order that lines may keep, each numbered so that trafilatura's copies can be told apart.

    Source line numbers are 16 bits wide: `parse` sees to it that no page has that many elements.
    """
    elements = list(tree.iter(*_KEPT))
    for number, element in enumerate(elements, 1):
        element.sourceline = number
    return elements


def run_trafilatura(
    tree: HtmlElement, url: str, options: ExtractionOptions, output_format: str = "txt", *, links: bool = False, images: bool = False
) -> tuple[TrafilaturaDocument, Extractor] | None:
    """trafilatura's document for a tree (which stays as it is) and the options it was made with; None when it finds nothing.

    A page on which it finds nothing at all is given to it once more, favouring recall, unless precision is asked for.
    """
    # made once: reading trafilatura's configuration takes longer than copying what was read
    extractor = copy(_extractor(options, output_format, links, images))
    extractor.url = url or None
    extractor.source = url.encode("utf-8", "replace").decode() or None
    extractor.fast = cast("float", _COUNT(tree)) > MAX_BLOCKS and cast("float", _COUNT_BLOCKS(tree)) > MAX_BLOCKS
    try:
        document = extract_document(tree, extractor)
        if document is None and extractor.focus == "balanced":
            extractor.focus = "recall"
            document = extract_document(tree, extractor)
    except RecursionError as error:
        raise ExtractionError("too_large", "the page is nested too deep") from error
    return None if document is None else (document, extractor)


@lru_cache(maxsize=64)
def _extractor(options: ExtractionOptions, output_format: str, links: bool, images: bool) -> Extractor:
    return Extractor(
        output_format=output_format,
        comments=options.comments,
        tables=options.tables,
        precision=options.favor_precision,
        recall=options.favor_recall,
        links=links,
        images=images,
    )


def text_and_lines(document: TrafilaturaDocument, extractor: Extractor) -> tuple[str, list[Line]]:
    """The text as `trafilatura.extract` returns it, and its lines."""
    try:
        text = determine_returnstring(document, extractor)
    except RecursionError as error:
        raise ExtractionError("too_large", "the article is nested too deep") from error
    lines: list[Line] = []
    start = 0
    for content in text.split("\n"):
        lines.append(Line(start, content))
        start += len(content) + 1
    pieces = _pieces(document.body)
    if document.commentsbody is not None and len(document.commentsbody):
        pieces += _pieces(document.commentsbody)
    _assign(lines, pieces)
    return text, lines


Piece = tuple[str, etree._Element, int]
"""A text of a result tree, the element whose text it is (or was the tail of), and a number or 0."""


def _pieces(body: etree._Element) -> list[Piece]:
    pieces: list[Piece] = []
    if body.text:
        pieces.append((body.text, body, 0))
    stack: list[etree._Element] = []
    for top in body:
        for element in top.iter("*") if len(top) else (top,):
            while stack and stack[-1] is not element.getparent():
                _add_tail(pieces, stack.pop())
            if text := element.text:
                pieces.append((text, element, _number(element)))
            stack.append(element)
        while stack:
            _add_tail(pieces, stack.pop())
    return pieces


def _add_tail(pieces: list[Piece], element: etree._Element) -> None:
    if (tail := element.tail) and not tail.isspace():
        parent = cast("etree._Element", element.getparent())
        pieces.append((tail, parent, _number(element) or _number(parent)))


def _number(element: etree._Element) -> int:
    return cast("int | None", element.sourceline) or 0


def _assign(lines: list[Line], pieces: list[Piece]) -> None:
    """Gives each line the kind and the numbers of the pieces that it is made of: both run in the same order."""
    place = 0
    rest = ""  # what is left of the piece before `place`, when a line ended within it
    for n, line in enumerate(lines):
        if not rest and place < len(pieces) and pieces[place][0] == line.content:
            _take(line, pieces[place : place + 1])
            place += 1
            continue
        if not line.content or line.content.isspace():
            continue
        first = place - 1 if rest else place
        key = "".join(line.content.split())
        bare = _unmarked(key)
        made = rest
        while place < len(pieces) and len(made) < len(bare):
            made += "".join(pieces[place][0].split())
            place += 1
        if bare and made.startswith(bare) and not made.startswith(key):
            line.marked, key = True, bare
        elif key != bare and len(made) < len(key) and place < len(pieces):
            made += "".join(pieces[place][0].split())
            place += 1
        if not made.startswith(key):
            _assign_searching(lines[n:], pieces[first:])
            return
        rest = made[len(key) :]
        while first < place - 1 and not pieces[first][0].strip():
            first += 1
        _take(line, pieces[first:place])


def _assign_searching(lines: list[Line], pieces: list[Piece]) -> None:
    """The same for texts that are not the pieces one after the other: entities resolved, characters composed."""
    keys = ["".join(text.split()) for text, _, _ in pieces]
    whole = "".join(keys)
    ends = list(accumulate(map(len, keys)))
    position = 0
    for line in lines:
        key = line.key
        if not key:
            continue
        found = whole.find(key, position, position + len(key) + _LOOKAHEAD)
        if found < 0 and (bare := _unmarked(key)) and bare != key:
            found = whole.find(bare, position, position + len(bare) + _LOOKAHEAD)
            line.marked, line._key = True, bare
            key = bare
        if found < 0:
            continue
        position = found + len(key)
        _take(line, pieces[bisect_right(ends, found) : bisect_left(ends, position) + 1])


def _take(line: Line, pieces: list[Piece]) -> None:
    line.kind, line.level = _kind(pieces[0][1])
    line.hints = [number for _, _, number in pieces if number]


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
