"""Finds the source element of each line of an extracted text.

Most lines come with the number of an element (see `article_text`), which is right when its words are the line's.
Those are fixed points; what lies between two of them on the page is searched for the lines that lie between them in
the text. On 600 real pages five lines of six are fixed points, and a third of the pages needs no search at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from lxml.html import HtmlElement

from cleanarticle.extraction.article_text import Line
from cleanarticle.extraction.textnodes import INLINE, LONG, TextIndex, TextNode, Trace, innermost, letters, squeeze, text_nodes

_EDGE = 16
"""A line that is not found as a whole is looked for by its first and last so many letters: enough to be rare."""
_HINTS = 2
"""How many of a line's numbers are tried: a line made of more elements is not the whole of any of them."""
_WORK = 5_000_000_000
"""Lines times characters of page beyond which nothing is searched for, about three seconds; real pages have 1 % of that."""
_TRIES = 50
_WORD_WORK = 1_000_000
"""Lines times text nodes beyond which paragraphs are not compared word by word, a second at worst."""
_FEW = 3
"""Lines of fewer different words could be of any paragraph."""
_GAPS = 3
"""How many times longer a paragraph may be than a line whose letters it has in order, with others between."""
_WORD = re.compile(r"\w+")


def trace_lines(lines: list[Line], numbered: list[HtmlElement], tree: HtmlElement) -> list[Trace | None]:
    """The source of each line, or None where its words are not found on the page."""
    traces: list[Trace | None] = [None] * len(lines)
    anchors = _by_number(lines, numbered, traces)
    ends: list[tuple[int, int | None]] = [(-1, None), *_increasing(anchors), (len(lines), None)]
    for (before, low), (after, high) in pairwise(ends):
        if missing := [n for n in range(before + 1, after) if traces[n] is None and lines[n].key]:
            previous = traces[before] if low is not None else None
            start = numbered[low] if low is not None else tree
            nodes = text_nodes(start, numbered[high] if high is not None else None, after=previous is not None and not previous.pieces)
            _Search(lines, nodes, traces, left=low is not None, right=high is not None).run(missing)
    if missing := [n for n, line in enumerate(lines) if traces[n] is None and line.key]:
        _Search(lines, text_nodes(tree), traces, left=False, right=False).run(missing)
    return traces


def _by_number(lines: list[Line], numbered: list[HtmlElement], traces: list[Trace | None]) -> list[tuple[int, int]]:
    """Traces the lines whose numbers are right; returns pairs of line and place in the page."""
    anchors: list[tuple[int, int]] = []
    texts: dict[int, str] = {}
    parts: dict[int, list[int]] = {}
    for n, line in enumerate(lines):
        for place in [hint - 1 for hint in line.hints[:_HINTS] if hint <= len(numbered)] if line.key else ():
            element = numbered[place]
            if element.text == line.content and not len(element):
                traces[n] = Trace(element, [])
            else:
                text = texts.get(place)
                if text is None:
                    text = texts[place] = squeeze("".join(element.itertext()) if len(element) else element.text or "")
                if text == line.key:
                    traces[n] = Trace(innermost(element), [])
                elif not text and element.tag in ("br", "hr"):
                    traces[n] = _after_break(line.key, element)
                elif len(line.key) < len(text) and line.key in text:
                    parts.setdefault(place, []).append(n)
                    break
            if traces[n] is not None:
                anchors.append((n, place))
                break
    for place, numbers in parts.items():
        element = numbered[place]
        _Search(lines, text_nodes(element, within=element), traces, left=True, right=True).run(numbers)
        anchors += [(n, place) for n in numbers if traces[n] is not None]
    if parts:
        anchors.sort()
    return anchors


def _after_break(key: str, element: HtmlElement) -> Trace | None:
    """The trace of a line that stands right behind a line break."""
    index = TextIndex(text_nodes(element, within=element.getparent(), enough=len(key)))
    return index.trace(0, len(key)) if index.whole.startswith(key) else None


def _increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose second members never shrink: those that stand in the page's order."""
    if all(one[1] <= other[1] for one, other in pairwise(pairs)):
        return pairs
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
    n = tops[-1]
    while n >= 0:
        run.append(pairs[n])
        n = previous[n]
    return run[::-1]


class _Search:
    """Looks for lines in a stretch of the page; `left` and `right` tell on which sides certain neighbours stand."""

    def __init__(self, lines: list[Line], nodes: list[TextNode], traces: list[Trace | None], *, left: bool, right: bool) -> None:
        self._lines = lines
        self._nodes = nodes
        self._traces = traces
        self._left = left
        self._right = right

    def run(self, missing: list[int]) -> None:
        """Fills in the traces of lines (given in order) that are found: character by character, by letters, by their edges."""
        index = TextIndex(self._nodes)
        if not index.whole or len(missing) * len(index.whole) > _WORK:
            return
        self._in_order(index, {n: self._lines[n].key for n in missing})
        if missing := [n for n in missing if self._traces[n] is None]:
            index = TextIndex(self._nodes, only_letters=True)
            keys = {n: key for n in missing if (key := letters(self._lines[n].key))}
            self._in_order(index, keys)
            for n, key in keys.items():
                if self._traces[n] is None and (span := _by_edges(index, key)):
                    self._traces[n] = index.trace(*span)
            missing = [n for n in missing if self._traces[n] is None]
            if missing and len(missing) * len(self._nodes) < _WORD_WORK:
                self._by_words(missing)

    def _by_words(self, missing: list[int]) -> None:
        """Lines from whose midst something was taken (a formula, a button): the shortest paragraph that has all the rest."""
        paragraphs: dict[HtmlElement, list[str]] = {}
        for owner, text in self._nodes:
            paragraph = owner
            while paragraph.tag in INLINE and (parent := paragraph.getparent()) is not None:
                paragraph = parent
            paragraphs.setdefault(paragraph, []).append(text)
        texts = [" ".join(parts) for parts in paragraphs.values()]
        words = [frozenset(_WORD.findall(text)) for text in texts]
        keys = list(map(squeeze, texts))
        elements = list(paragraphs)
        for n in missing:
            key, wanted = self._lines[n].key, frozenset(_WORD.findall(self._lines[n].content))
            holders = [
                (len(keys[place]), place)
                for place in range(len(elements))
                if (len(wanted) >= _FEW and wanted <= words[place])
                or (_EDGE <= len(key) < len(keys[place]) < _GAPS * len(key) and _in_pieces(key, keys[place]))
            ]
            if holders:
                self._traces[n] = Trace(elements[min(holders)[1]], [])

    def _in_order(self, index: TextIndex, keys: dict[int, str]) -> None:
        """Long keys that stand there once are certain; the others go between them."""
        certain: list[tuple[int, int]] = []
        size = len(index.whole)
        for n, key in keys.items():
            if len(key) >= LONG and (place := index.whole.find(key)) >= 0 and index.whole.find(key, place + 1) < 0:
                certain.append((n, place))
                self._traces[n] = index.trace(place, place + len(key))
        first, last = -1, len(self._lines)
        ends = [(first, 0, 0), *((n, place, place + len(keys[n])) for n, place in _increasing(certain)), (last, size, size)]
        for (before, _, low), (after, high, _) in pairwise(ends):
            if between := [n for n in keys if before < n < after and self._traces[n] is None]:
                left, right = self._left or before != first, self._right or after != last
                for n, place in _placed(index, keys, between, low, high, left, right).items():
                    self._traces[n] = index.trace(place, place + len(keys[n]))


def _placed(index: TextIndex, keys: dict[int, str], numbers: list[int], low: int, high: int, left: bool, right: bool) -> dict[int, int]:
    """Places for short or repeated keys, in order and close to the neighbours that are certain."""
    forward: dict[int, int] = {}
    position = low
    for n in numbers:
        # a line may end within a text node: then the next one begins right there
        if not index.whole.startswith(keys[n], position, high):
            if not (places := index.occurrences(keys[n], position, high)):
                continue
            position = places[0]
        forward[n] = position
        position += len(keys[n])
    backward: dict[int, int] = {}
    position = high
    for n in reversed(numbers):
        if (place := position - len(keys[n])) >= low and index.whole.startswith(keys[n], place):
            backward[n] = position = place
        elif places := index.occurrences(keys[n], low, position):
            backward[n] = position = places[-1]
    placed: dict[int, int] = {}
    for n in numbers:
        one, other = forward.get(n), backward.get(n)
        if one is None or other is None:
            if (only := one if other is None else other) is not None:
                placed[n] = only
        elif left != right:
            placed[n] = one if left else other
        else:
            placed[n] = one if one - low <= high - other else other
    return placed


def _in_pieces(key: str, text: str) -> bool:
    """Whether all characters of a key are in a text in this order."""
    rest = iter(text)
    return all(char in rest for char in key)


def _by_edges(index: TextIndex, key: str) -> tuple[int, int] | None:
    """From where a key's first letters stand to where its last do, when that is not much longer than the key."""
    if len(key) < 2 * _EDGE:
        return None
    start = -1
    for _ in range(_TRIES):
        start = index.whole.find(key[:_EDGE], start + 1)
        if start < 0:
            return None
        end = index.whole.find(key[-_EDGE:], start + _EDGE, start + 2 * len(key) + 200)
        if end >= 0:
            return start, end + _EDGE
    return None
