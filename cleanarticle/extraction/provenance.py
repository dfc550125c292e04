"""Turns traces into what a Document holds: nodes, origins, and the kinds that the source elements tell."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from cleanarticle.document import Block, Kind, Node, Origin
from cleanarticle.extraction.alignment import Trace, letters
from cleanarticle.extraction.article_text import Line

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label")
    + ("mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr")
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_FROM_SOURCE = {
    "li": Kind.LIST_ITEM,
    "dd": Kind.LIST_ITEM,
    "dt": Kind.LIST_ITEM,
    "td": Kind.TABLE_ROW,
    "th": Kind.TABLE_ROW,
    "tr": Kind.TABLE_ROW,
    "blockquote": Kind.QUOTE,
    "pre": Kind.CODE,
}


class NodeTable:
    """The elements that blocks come from and their ancestors, as nodes; `elements` runs parallel to `nodes`."""

    def __init__(self, host: str) -> None:
        self.nodes: list[Node] = []
        self.elements: list[HtmlElement] = []
        self._site = _registrable(host)
        self._places: dict[HtmlElement, int] = {}
        self._linked: list[HtmlElement | None] = []

    def place(self, element: HtmlElement) -> int:
        """The index of an element's node; it and its ancestors are added when they are new."""
        chain: list[HtmlElement] = []
        current: HtmlElement | None = element
        while current is not None and current not in self._places:
            chain.append(current)
            current = current.getparent()
        place = self._places[current] if current is not None else -1
        for new in reversed(chain):
            get = new.get
            link = new if new.tag == "a" and get("href") else self._linked[place] if place >= 0 else None
            self.nodes.append(
                Node(
                    str(new.tag), place, get("id") or "", get("class") or "", get("role") or "", get("itemprop") or "", get("aria-label") or ""
                )
            )
            self.elements.append(new)
            self._linked.append(link)
            place = self._places[new] = len(self.nodes) - 1
        return place

    def origin(self, trace: Trace) -> Origin:
        """The origin of a traced line, with its share of linked letters."""
        place = self.place(trace.element)
        if (link := self._linked[place]) is not None:
            return Origin(place, 1.0, 1.0 if self._is_internal(link) else 0.0)
        if next(trace.element.iter("a"), None) is None:
            return Origin(place)
        total = linked = internal = 0
        if trace.pieces:
            for owner, text in trace.pieces:
                count = len(letters(text))
                total += count
                if (anchor := self._link_of(owner, trace.element)) is not None:
                    linked += count
                    internal += count if self._is_internal(anchor) else 0
        else:
            total = len(letters("".join(trace.element.itertext())))
            for anchor in trace.element.iter("a"):
                if anchor.get("href"):
                    count = len(letters("".join(anchor.itertext())))
                    linked += count
                    internal += count if self._is_internal(anchor) else 0
        if not linked or not total:
            return Origin(place)
        return Origin(place, min(1.0, linked / total), internal / linked)

    @staticmethod
    def _link_of(owner: HtmlElement, outer: HtmlElement) -> HtmlElement | None:
        element: HtmlElement | None = owner
        while element is not None and element is not outer:
            if element.tag == "a" and element.get("href"):
                return element
            element = element.getparent()
        return None

    def _is_internal(self, link: HtmlElement) -> bool:
        href = (link.get("href") or "").strip()
        try:
            parts = urlsplit(href)
            host = parts.hostname
        except ValueError:
            return False
        if not host:
            return parts.scheme in ("", "http", "https")
        return bool(self._site) and _registrable(host) == self._site


def block_of(line: Line, origin: Origin | None, nodes: list[Node]) -> Block:
    """The block of a line: trafilatura's word for what it is, unless the source element says more."""
    kind, level = line.kind, line.level
    if origin is not None:
        kind, level = _source_kind(kind, level, origin.node, nodes)
    return Block(kind, line.start, line.end, origin, level)


def _source_kind(kind: Kind, level: int, place: int, nodes: list[Node]) -> tuple[Kind, int]:
    seen_block = False
    steps = 0
    while place >= 0:
        node = nodes[place]
        tag = node.tag
        if tag in ("figcaption", "caption"):
            return Kind.CAPTION, 0
        if not seen_block and kind is Kind.PARAGRAPH:
            if own := _HEADINGS.get(tag):
                kind, level = Kind.HEADING, own
            elif from_source := _FROM_SOURCE.get(tag):
                kind = from_source
            if tag not in _INLINE and tag != "p":
                seen_block = True
        if kind is Kind.PARAGRAPH and tag == "blockquote":
            kind = Kind.QUOTE
        place = node.parent
        steps += 1
    return kind, level


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # reads a file of 200 KB, and only pages with links need it

    return PublicSuffixList()


@lru_cache(maxsize=4096)
def _registrable(host: str) -> str:
    host = host.lower().strip(".")
    if not host:
        return ""
    return _suffixes().privatesuffix(host) or host
