"""Finds the source element of each line of an extracted text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from unicodedata import is_normalized, normalize

from lxml.html import HtmlElement

from cleanarticle.extraction.article_text import NUMBERS, Line

# text that is never shown; noscript and template stay, since trafilatura may take words from there
_UNSEEN = frozenset(("script", "style", "head", "title"))
_LONG = 24
"""Keys this long that stand only once on a page are taken as fixed points."""
_EDGE = 16
"""A line that is not found as a whole is looked for by its first and last so many letters."""
_TRIES = 200
"""How many places of a short repeated key are looked at."""


@dataclass(slots=True)
class Trace:
    """Where a line comes from: the innermost element holding its words, and what part of that element's text it is.

    `pieces` are the text nodes' (owner, text) that the line is made of, or empty when it is all of the element's text.
    """

    element: HtmlElement
    pieces: list[tuple[HtmlElement, str]]


def squeeze(text: str) -> str:
    """Text without white space, as trafilatura leaves it: no invisible characters, entities resolved, composed."""
    key = "".join(text.split())
    if "&" in key:
        key = "".join(unescape(key).split())
    if not key.isprintable():
        key = "".join(filter(str.isprintable, key))
    if not key.isascii() and not is_normalized("NFC", key):
        key = normalize("NFC", key)
    return key


def letters(text: str) -> str:
    """Letters and digits only."""
    return "".join(filter(str.isalnum, text))


class TextIndex:
    """The text nodes of a part of the page in document order, as one string to search."""

    def __init__(self, nodes: list[tuple[HtmlElement, str]], *, only_letters: bool = False) -> None:
        self.owners: list[HtmlElement] = []
        self.keys: list[str] = []
        self.starts: list[int] = []
        position = 0
        for owner, text in nodes:
            if key := letters(squeeze(text)) if only_letters else squeeze(text):
                self.owners.append(owner)
                self.keys.append(key)
                self.starts.append(position)
                position += len(key)
        self.whole = "".join(self.keys)
        self.boundaries = {*self.starts, position}

    def occurrences(self, key: str, low: int, high: int) -> list[int]:
        """Where a key stands between two positions; only between text nodes' borders when it is short or stands there at all."""
        found: list[int] = []
        loose: list[int] = []
        position = self.whole.find(key, low, high)
        while position >= 0 and len(found) + len(loose) < _TRIES:
            inside = position in self.boundaries, position + len(key) in self.boundaries
            if all(inside):
                found.append(position)
            elif len(key) >= _LONG or any(inside) and len(key) > 8:
                loose.append(position)
            position = self.whole.find(key, position + 1, high)
        return found or loose

    def trace(self, start: int, end: int) -> Trace:
        """The element around a stretch of the text."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_left(self.starts, end)
        pieces = [
            (self.owners[i], self.keys[i][max(0, start - self.starts[i]) : end - self.starts[i]]) for i in range(first, last)
        ]
        return Trace(common_ancestor([owner for owner, _ in pieces]), pieces)


def common_ancestor(elements: list[HtmlElement]) -> HtmlElement:
    """The innermost element that is or holds all of these."""
    common = elements[0]
    chain: list[HtmlElement] = []
    for element in elements[1:]:
        if element is common:
            continue
        chain = [common, *common.iterancestors()]
        places = {ancestor: place for place, ancestor in enumerate(chain)}
        other: HtmlElement | None = element
        while other is not None and other not in places:
            other = other.getparent()
        common = chain[places[other]] if other is not None else chain[-1]
    return common


def text_nodes(elements: list[HtmlElement], first: int, stop: int) -> list[tuple[HtmlElement, str]]:
    """The text nodes from the start of one element to the start of another, each with the element it stands in."""
    nodes: list[tuple[HtmlElement, str]] = []
    if first >= len(elements):
        return nodes
    start = elements[first]
    stack: list[HtmlElement] = list(start.iterancestors())[::-1]
    unseen = 0
    for index in range(first, min(stop + 1, len(elements))):
        element = elements[index]
        parent = element.getparent()
        while stack and stack[-1] is not parent:
            closed = stack.pop()
            if closed.tag in _UNSEEN:
                unseen -= 1
            if (tail := closed.tail) and not unseen:
                outer = closed.getparent()
                if outer is not None:
                    nodes.append((outer, tail))
        if index == stop:
            return nodes
        stack.append(element)
        if element.tag in _UNSEEN:
            unseen += 1
        elif not unseen and (text := element.text):
            nodes.append((element, text))
    while stack:
        closed = stack.pop()
        if closed.tag in _UNSEEN:
            unseen -= 1
        if (tail := closed.tail) and not unseen and (outer := closed.getparent()) is not None:
            nodes.append((outer, tail))
    return nodes


def trace_lines(lines: list[Line], elements: list[HtmlElement]) -> list[Trace | None]:
    """The source of each line, or None where its words are not found on the page."""
    traces: list[Trace | None] = [None] * len(lines)
    anchors: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        if line.hints and line.key:
            for hint in dict.fromkeys(line.hints):
                for index in range(hint - 1, len(elements), NUMBERS):
                    if (trace := _confirm(line.key, index, elements)) is not None:
                        traces[number] = trace
                        anchors.append((number, index))
                        break
                if traces[number] is not None:
                    break
    fixed = _increasing(anchors)
    bounds = [(-1, 0), *fixed, (len(lines), len(elements))]
    for (before, low), (after, high) in pairwise(bounds):
        missing = [n for n in range(before + 1, after) if traces[n] is None and lines[n].key]
        if not missing:
            continue
        found = _Gap(lines, elements, low, high).fill(missing)
        for n in missing:
            traces[n] = found.get(n)
    missing = [n for n, line in enumerate(lines) if traces[n] is None and line.key]
    if missing:
        found = _Gap(lines, elements, 0, len(elements)).fill(missing)
        for n in missing:
            traces[n] = found.get(n)
    return traces


def _confirm(key: str, index: int, elements: list[HtmlElement]) -> Trace | None:
    """The trace of a key in the element that a hint names; None when its words are not there."""
    element = elements[index]
    text = squeeze("".join(element.itertext()))
    if text == key:
        return Trace(_innermost(element), [])
    if element.tag in ("br", "hr"):
        parent = element.getparent()
        if parent is None:
            return None
        after = index + 1
        end = after
        while end < len(elements) and elements[end].getparent() is not None and _is_inside(elements[end], parent):
            end += 1
        nodes = text_nodes(elements, index, end)
        local = TextIndex(nodes)
        return local.trace(0, len(key)) if local.whole.startswith(key) else None
    if len(key) < len(text) and key in text:
        end = index + 1
        while end < len(elements) and _is_inside(elements[end], element):
            end += 1
        nodes = text_nodes(elements, index, end)
        local = TextIndex(nodes)
        places = local.occurrences(key, 0, len(local.whole))
        if len(places) == 1:
            return local.trace(places[0], places[0] + len(key))
    return None


def _is_inside(element: HtmlElement, outer: HtmlElement) -> bool:
    return any(ancestor is outer for ancestor in element.iterancestors())


def _innermost(element: HtmlElement) -> HtmlElement:
    """Goes down while one child holds all the words."""
    while len(element) and not (element.text and not element.text.isspace()):
        inner: HtmlElement | None = None
        for child in element:
            if child.tail and not child.tail.isspace():
                return element
            if child.tag not in _UNSEEN and any(not text.isspace() for text in child.itertext()):
                if inner is not None:
                    return element
                inner = child
        if inner is None:
            return element
        element = inner
    return element


def _increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose second members grow, too: what stands in the page's order."""
    tails: list[int] = []
    tops: list[int] = []
    previous: list[int] = []
    for n, (_, value) in enumerate(pairs):
        place = bisect_left(tails, value)
        previous.append(tops[place - 1] if place else -1)
        if place == len(tails):
            tails.append(value)
            tops.append(n)
        else:
            tails[place] = value
            tops[place] = n
    run: list[tuple[int, int]] = []
    n = tops[-1] if tops else -1
    while n >= 0:
        run.append(pairs[n])
        n = previous[n]
    return run[::-1]


class _Gap:
    """Lines that have no fixed point yet, and the stretch of the page between those that have."""

    def __init__(self, lines: list[Line], elements: list[HtmlElement], low: int, high: int) -> None:
        self.lines = lines
        self.nodes = text_nodes(elements, low, high)
        self.found: dict[int, Trace] = {}

    def fill(self, missing: list[int]) -> dict[int, Trace]:
        index = TextIndex(self.nodes)
        keys = {n: self.lines[n].key for n in missing}
        self._search(index, keys)
        if rest := [n for n in missing if n not in self.found]:
            index = TextIndex(self.nodes, only_letters=True)
            keys = {n: key for n in rest if (key := letters(self.lines[n].key))}
            self._search(index, keys)
            for n in rest:
                if n not in self.found and n in keys and (span := _by_edges(index, keys[n])):
                    self.found[n] = index.trace(*span)
        return self.found

    def _search(self, index: TextIndex, keys: dict[int, str]) -> None:
        anchors: list[tuple[int, int]] = []
        size = len(index.whole)
        for n, key in keys.items():
            if len(key) >= _LONG and (place := index.whole.find(key)) >= 0 and index.whole.find(key, place + 1) < 0:
                anchors.append((n, place))
                self.found[n] = index.trace(place, place + len(key))
        fixed = _increasing(anchors)
        ends = [(-1, 0, 0), *((n, place, place + len(keys[n])) for n, place in fixed), (len(self.lines), size, size)]
        for (before, _, low), (after, high, _) in pairwise(ends):
            between = [n for n in keys if before < n < after and n not in self.found]
            if between:
                self._between(index, keys, between, low, high, before >= 0, after < len(self.lines))

    def _between(self, index: TextIndex, keys: dict[int, str], numbers: list[int], low: int, high: int, left: bool, right: bool) -> None:
        """Places repeated or short lines in order, close to the neighbours that are certain."""
        forward: dict[int, int] = {}
        position = low
        for n in numbers:
            if places := index.occurrences(keys[n], position, high):
                forward[n] = places[0]
                position = places[0] + len(keys[n])
        backward: dict[int, int] = {}
        position = high
        for n in reversed(numbers):
            if places := index.occurrences(keys[n], low, position):
                backward[n] = places[-1]
                position = places[-1]
        for n in numbers:
            first, last = forward.get(n), backward.get(n)
            place = first if last is None else last if first is None else None
            if place is None and first is not None and last is not None:
                if left != right:
                    place = first if left else last
                else:
                    place = first if first - low <= high - last else last
            if place is not None:
                self.found[n] = index.trace(place, place + len(keys[n]))


def _by_edges(index: TextIndex, key: str) -> tuple[int, int] | None:
    """The stretch from where a key's first letters stand to where its last do, when that is not much longer than the key."""
    if len(key) < 2 * _EDGE:
        return None
    start = index.whole.find(key[:_EDGE])
    while start >= 0:
        end = index.whole.find(key[-_EDGE:], start + _EDGE, start + 2 * len(key) + 200)
        if end >= 0:
            return start, end + _EDGE
        start = index.whole.find(key[:_EDGE], start + 1)
    return None
