"""The words of a page in the order of the page, each with the element it stands in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from html import unescape
from itertools import accumulate
from unicodedata import is_normalized, normalize

from lxml.html import HtmlElement
from msgspec import Struct

# text that is never shown; noscript and template are not among them, since trafilatura may take words from there
_UNSEEN = frozenset(("script", "style", "head", "title"))
# fmt: off
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
))
# fmt: on
"""Elements that stand within lines of text."""
LONG = 24
"""Keys this long are looked for anywhere, shorter ones only where a text node begins or ends: a sixth of all keys are
shorter, and those are the ones that stand inside other words ("Ad" in "Advertisement")."""
_TRIES = 200
"""How many places of a key that keeps coming back are looked at, so that a hostile page can't make it slow."""

TextNode = tuple[HtmlElement, str]


class Trace(Struct, gc=False):
    """Where a line comes from: the innermost element holding its words, and what part of that element's text it is.

    `pieces` are the (element, text without white space) that the line is made of; empty when it is all of the element.
    """

    element: HtmlElement
    pieces: list[TextNode]


def squeeze(text: str) -> str:
    """Text without white space, as trafilatura leaves it: no invisible characters, entities resolved, composed."""
    key = "".join(text.split())
    return key if _is_plain(key) else _normalized(key)


def letters(text: str) -> str:
    """Letters and digits only."""
    return "".join(filter(str.isalnum, text))


def _is_plain(key: str) -> bool:
    """Whether `_normalized` would leave a key, and every part of it, as it is."""
    return "&" not in key and (key.isascii() or (key.isprintable() and is_normalized("NFC", key)))


def _normalized(key: str) -> str:
    if "&" in key:
        key = "".join(unescape(key).split())
    if not key.isprintable():
        key = "".join(filter(str.isprintable, key))
    return key if is_normalized("NFC", key) else normalize("NFC", key)


def text_nodes(
    start: HtmlElement,
    stop: HtmlElement | None = None,
    *,
    within: HtmlElement | None = None,
    after: bool = False,
    enough: int | None = None,
) -> list[TextNode]:
    """The text nodes from the start of one element (or its end: `after`) to the start of another, in document order.

    Goes no further than the end of `within`, and stops once it has `enough` characters.
    """
    nodes: list[TextNode] = []
    element, inside, size = start, not after, 0
    while element is not stop:
        if inside and element.tag not in _UNSEEN:
            if text := element.text:
                nodes.append((element, text))
                if enough is not None:
                    size += sum(map(len, text.split()))
            if len(element):
                element = element[0]
                continue
        inside = True
        while True:
            parent = element.getparent()
            if element is within or parent is None:
                return nodes
            if tail := element.tail:
                nodes.append((parent, tail))
                if enough is not None:
                    size += sum(map(len, tail.split()))
            if enough is not None and size >= enough:
                return nodes
            following = element.getnext()
            if following is not None:
                element = following
                break
            element = parent
    return nodes


def innermost(element: HtmlElement) -> HtmlElement:
    """Goes down while one child holds all the words."""
    while len(element) and not _has_words(element.text):
        inner: HtmlElement | None = None
        for child in element:
            if _has_words(child.tail):
                return element
            if child.tag not in _UNSEEN and any(map(_has_words, child.itertext())):
                if inner is not None:
                    return element
                inner = child
        if inner is None:
            return element
        element = inner
    return element


def _has_words(text: str | None) -> bool:
    return bool(text) and any(map(str.isalnum, text or ""))


def common_ancestor(elements: list[HtmlElement]) -> HtmlElement:
    """The innermost element that is or holds all of these."""
    common = elements[0]
    for element in elements[1:]:
        if element is common:
            continue
        chain = dict.fromkeys((common, *common.iterancestors()))
        other: HtmlElement | None = element
        while other is not None and other not in chain:
            other = other.getparent()
        if other is None:
            return list(chain)[-1]
        common = other
    return common


class TextIndex:
    """The text nodes of a part of the page in document order, as one string to search."""

    def __init__(self, nodes: list[TextNode], *, only_letters: bool = False) -> None:
        keys = ["".join(text.split()) for _, text in nodes]
        if not _is_plain("".join(keys)):
            keys = list(map(_normalized, keys))
        if only_letters:
            keys = list(map(letters, keys))
        self.keys = list(filter(None, keys))
        self.owners = [owner for (owner, _), key in zip(nodes, keys, strict=True) if key]
        ends = list(accumulate(map(len, self.keys)))
        self.starts = [0, *ends[:-1]]
        self.whole = "".join(self.keys)
        self.boundaries = {0, *ends}

    def occurrences(self, key: str, low: int, high: int) -> list[int]:
        """Where a key stands between two positions: as whole text nodes, else anywhere if it is long enough."""
        exact: list[int] = []
        loose: list[int] = []
        position = self.whole.find(key, low, high)
        while position >= 0 and len(exact) + len(loose) < _TRIES:
            begins, ends = position in self.boundaries, position + len(key) in self.boundaries
            if begins and ends:
                exact.append(position)
            elif len(key) >= LONG or (len(key) > 8 and (begins or ends)):
                loose.append(position)
            position = self.whole.find(key, position + 1, high)
        return exact or loose

    def trace(self, start: int, end: int) -> Trace:
        """The innermost element around a stretch of the text."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_left(self.starts, end)
        if last - first == 1:
            return Trace(self.owners[first], [(self.owners[first], self.keys[first])])
        pieces = [(self.owners[i], self.keys[i][max(0, start - self.starts[i]) : end - self.starts[i]]) for i in range(first, last)]
        owners = [owner for owner, key in pieces if _has_words(key)]
        return Trace(common_ancestor(owners or [owner for owner, _ in pieces]), pieces)
