"""Builds a body such as trafilatura delivers from blocks of plain text.

It serves articles that have no page, recovered blocks, and pages whose own tree can't be used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from lxml.etree import Element, SubElement, _Element

from cleanarticle.document import Document, Kind
from cleanarticle.render.escaping import Literal
from cleanarticle.render.words import kept_text

_ITEM = re.compile(r"(\s*)(?:[-*+•‣▪◦·–—]\s+)?")
_QUOTE = re.compile(r"\s*(?:>\s*)+")
_CELL_END = re.compile(r"(?<!\\)\|")
_HEADER_LINE = re.compile(r"\s*\|?(?:\s*:?-{3,}:?\s*\|)+\s*(?::?-{3,}:?\s*)?")
_MAX_NESTING = 8


class Line(NamedTuple):
    """A block as it is to be shown."""

    kind: Kind
    text: str
    level: int = 0


def kept_lines(document: Document, gone: bytearray) -> Iterator[Line]:
    """The blocks of a document without what is removed; those left without a word are left out."""
    for block in document.blocks:
        text = kept_text(document.text, gone, block.start, block.end)
        whole = len(text) == block.end - block.start
        if text.strip() and (whole or any(map(str.isalnum, text))):
            # blank lines behind a block mean something in code only
            yield Line(block.kind, text if block.kind is Kind.CODE else text.rstrip(), block.level)


def build(lines: Iterable[Line], literal: Literal) -> list[_Element]:
    """Elements for blocks; neighbours that belong together share one list, table or piece of code."""
    elements: list[_Element] = []
    for kind, group in groupby(lines, key=lambda line: line.kind):
        if kind is Kind.LIST_ITEM:
            elements.append(_list(group, literal))
        elif kind is Kind.TABLE_ROW:
            elements.append(_table(group, literal))
        elif kind is Kind.CODE:
            elements.append(_simple("code", "\n".join(line.text for line in group).rstrip(), literal))
        elif kind is Kind.HEADING:
            for line in group:
                head = _simple("head", line.text.strip(), literal)
                head.set("rend", f"h{line.level if 1 <= line.level <= 6 else 2}")
                elements.append(head)
        elif kind is Kind.QUOTE:
            texts = (_without(_QUOTE, line.text) for line in group)
            elements.extend(_simple("quote", text, literal) for text in texts if text)
        else:
            elements.extend(_simple("p", line.text.strip(), literal) for line in group)
    return [element for element in elements if len(element) or element.text]


def build_body(lines: Iterable[Line], literal: Literal) -> _Element:
    """A whole body for blocks."""
    body = Element("body")
    body.extend(build(lines, literal))
    return body


def _simple(tag: str, text: str, literal: Literal) -> _Element:
    element = Element(tag)
    element.text = literal(text, tag)
    return element


def _without(marker: re.Pattern[str], text: str) -> str:
    """The text after its marker, which is never all of its words."""
    found = marker.match(text)
    return (text[found.end() :] if found else text).strip()


def _list(lines: Iterable[Line], literal: Literal) -> _Element:
    """A list; items that are indented further stand in a list of their own inside the item before."""
    outermost = Element("list", rend="ul")
    # the open lists, each with the indent of its items
    open_lists = [(outermost, -1)]
    for line in lines:
        found = _ITEM.match(line.text)
        indent = len(found[1].expandtabs(4)) if found else 0
        text = _without(_ITEM, line.text)
        if not text:
            continue
        if open_lists[0][1] < 0:
            open_lists[0] = outermost, indent
        while len(open_lists) > 1 and indent < open_lists[-1][1]:
            open_lists.pop()
        current, current_indent = open_lists[-1]
        if indent > current_indent + 1 and len(current) and len(open_lists) < _MAX_NESTING:
            current = SubElement(current[-1], "list", rend="ul")
            open_lists.append((current, indent))
        SubElement(current, "item").text = literal(text, "item")
    return outermost


def _table(lines: Iterable[Line], literal: Literal) -> _Element:
    """A table; a line of dashes below its first row makes that one its head."""
    table = Element("table")
    for line in lines:
        if _HEADER_LINE.fullmatch(line.text):
            for cell in table[0] if len(table) == 1 else ():
                cell.set("role", "head")
            continue
        row = SubElement(table, "row")
        for text in _cells(line.text):
            cell = SubElement(row, "cell")
            cell.text = literal(text, "cell") if text else None
    width = max(map(len, table), default=0)
    for row in table:
        for _ in range(width - len(row)):
            # Markdown shows no more cells of a row than the head has
            cell = SubElement(row, "cell")
            if role := row[0].get("role"):
                cell.set("role", role)
    return table


def _cells(text: str) -> list[str]:
    text = text.strip()
    cells = [cell.strip().replace("\\|", "|") for cell in _CELL_END.split(text)]
    if len(cells) > 1 and not cells[0] and text.startswith("|"):
        del cells[0]
    if len(cells) > 1 and not cells[-1]:
        del cells[-1]
    return cells
