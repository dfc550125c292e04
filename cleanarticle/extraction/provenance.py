"""Turns traces into what a Document holds: nodes, origins, and the kinds that the source elements tell."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from cleanarticle.document import Block, Kind, Node, Origin
from cleanarticle.extraction.article_text import Line
from cleanarticle.extraction.textnodes import INLINE, Trace

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

# what an element says of the text that stands in it, with nothing but inline elements between
_TOLD: dict[str, tuple[Kind, int]] = {
    **{f"h{level}": (Kind.HEADING, level) for level in range(1, 7)},
    **dict.fromkeys(("li", "dd", "dt"), (Kind.LIST_ITEM, 0)),
    **dict.fromkeys(("td", "th", "tr"), (Kind.TABLE_ROW, 0)),
    "pre": (Kind.CODE, 0),
}
# what an element says of all text within it
_WITHIN = {"figcaption": Kind.CAPTION, "caption": Kind.CAPTION, "blockquote": Kind.QUOTE}
_ABSOLUTE = re.compile(r"(?:https?:)?[/\\]{2}(?:[^/?#@]*@)?([^/?#:\\]*)", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_AROUND = 3  # elements around a link among which its heading, or what holds that, has the name it leads to
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|csv|zip|epub|ics|gpx|kml)(?:[?#]|$)", re.IGNORECASE)
_NOTHING = (Kind.PARAGRAPH, 0)
_MIN_LINKS, _MOST_LINKS = 10, 0.6  # with a site, and the share of all, from which it is held for the page's own


class NodeTable:
    """The elements that blocks come from and their ancestors, as nodes; `elements` runs parallel to `nodes`."""

    def __init__(self, host: str) -> None:
        self.nodes: list[Node] = []
        self.elements: list[HtmlElement] = []
        self._site = registrable(host)
        self._places: dict[HtmlElement, int] = {}
        # parallel to nodes: the link around each, what the nearest block says of its text, what any outer element says
        self._facts: list[tuple[HtmlElement | None, tuple[Kind, int], Kind]] = []
        self._internal: dict[str, bool] = {}
        self._holding: dict[HtmlElement, bool] = {}

    def block(self, line: Line, trace: Trace | None) -> Block:
        """The block of a line: trafilatura's word for what it is, unless the source element says more."""
        if trace is None:
            return Block(line.kind, line.start, line.start + len(line.content), None, line.level)
        place = self._place(trace.element)
        link, told, within = self._facts[place]
        kind, level = line.kind, line.level
        if within is Kind.CAPTION:
            kind, level = Kind.CAPTION, 0
        elif kind is Kind.PARAGRAPH:
            kind, level = told
            if kind is Kind.PARAGRAPH:
                kind = within
        if link is not None and kind is Kind.HEADING and _leads_to_itself(link):
            origin = Origin(place)
        elif link is not None:
            origin = Origin(place, 1.0, float(self._is_internal(link)))
        elif not self._holds_link(trace.element):
            origin = Origin(place)
        else:
            origin = self._partly_linked(place, trace)
        return Block(kind, line.start, line.start + len(line.content), origin, level)

    def _place(self, element: HtmlElement) -> int:
        """The index of an element's node; it and its ancestors are added when they are new."""
        places = self._places
        chain: list[HtmlElement] = []
        current: HtmlElement | None = element
        while current is not None and current not in places:
            chain.append(current)
            current = current.getparent()
        place = places[current] if current is not None else -1
        for new in reversed(chain):
            tag = str(new.tag)
            link, told, within = self._facts[place] if place >= 0 else (None, _NOTHING, Kind.PARAGRAPH)
            if attributes := dict(new.items()):
                get = attributes.get
                node = Node(tag, place, get("id", ""), get("class", ""), get("role", ""), get("itemprop", ""), get("aria-label", ""))
                if tag == "a" and get("href"):
                    link = new
            else:
                node = Node(tag, place)
            if tag not in INLINE and not (tag == "p" and told[0] is Kind.LIST_ITEM):
                told = _TOLD.get(tag, _NOTHING)
            if tag in _WITHIN and within is not Kind.CAPTION:
                within = _WITHIN[tag]
            place = places[new] = len(self.nodes)
            self.nodes.append(node)
            self.elements.append(new)
            self._facts.append((link, told, within))
        return place

    def _holds_link(self, element: HtmlElement) -> bool:
        if not len(element):
            return False
        known = self._holding.get(element)
        if known is None:
            known = self._holding[element] = next(element.iter("a"), None) is not None
        return known

    def _partly_linked(self, place: int, trace: Trace) -> Origin:
        """The origin of a line with links in its element."""
        total = linked = internal = 0
        if trace.pieces:
            for owner, key in trace.pieces:
                total += len(key)
                if (anchor := _link_around(owner, trace.element)) is not None:
                    linked += len(key)
                    internal += len(key) * self._is_internal(anchor)
        else:
            total = _size(trace.element)
            for anchor in trace.element.iter("a"):
                if anchor.get("href") and (size := _size(anchor)):
                    linked += size
                    internal += size * self._is_internal(anchor)
        if not linked or not total:
            return Origin(place)
        return Origin(place, min(1.0, linked / total), internal / linked)

    def _is_internal(self, link: HtmlElement) -> bool:
        href = link.get("href") or ""
        known = self._internal.get(href)
        if known is None:
            known = self._internal[href] = leads_to_site(href, self._site)
        return known


def _leads_to_itself(link: HtmlElement) -> bool:
    """Whether a heading's link is there to be copied: it leads to the heading."""
    address, mark, fragment = (link.get("href") or "").strip().partition("#")
    if not mark or not fragment:
        return bool(mark) and not address
    return not address or any(
        fragment in (element.get("id"), element.get("name")) for element in (link, *islice(link.iterancestors(), _AROUND))
    )


def _link_around(owner: HtmlElement, outer: HtmlElement) -> HtmlElement | None:
    element: HtmlElement | None = owner
    while element is not None and element is not outer:
        if element.tag == "a" and element.get("href"):
            return element
        element = element.getparent()
    return None


def _size(element: HtmlElement) -> int:
    """How many characters of an element's text are not white space."""
    return sum(map(len, "".join(element.itertext()).split()))


def leads_to_site(href: str, site: str) -> bool:
    """Whether a link leads to a page of a registrable domain; relative links lead to the page's own, whatever that is."""
    href = href.strip()
    if _FILE.search(href):
        return False
    if (match := _ABSOLUTE.match(href)) is None:
        return not _OTHER_SCHEME.match(href)
    host = match[1].lower().rstrip(".")
    return bool(site) and (host == site or host.endswith("." + site))


def most_linked_site(tree: HtmlElement) -> str:
    """The registrable domain that most links of a page lead to, "" when none stands out.

    Of 364 development pages that have an address and such a site, it is another than their own on 4.
    """
    hosts = [match[1].lower().rstrip(".") for link in tree.iter("a") if (match := _ABSOLUTE.match((link.get("href") or "").strip()))]
    sites = Counter(map(registrable, hosts))
    site, links = next(iter(sites.most_common(1)), ("", 0))
    return site if links >= _MIN_LINKS and links >= _MOST_LINKS * len(hosts) else ""


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # reads a file of 200 KB, and only pages with links need it

    return PublicSuffixList()


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """The domain that somebody registered (`bbc.co.uk` of `news.bbc.co.uk`), or the host itself where there is none."""
    host = host.lower().strip(".")
    if not host:
        return ""
    return _suffixes().privatesuffix(host) or host
