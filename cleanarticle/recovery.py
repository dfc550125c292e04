"""Parts of the article that trafilatura left out, put back in their places.

Three kinds are told apart; of each a page must have several, for one line left out was mostly left out with reason:
sub-headings, list items and paragraphs between lines of the story; paragraphs like the story's in the containers behind it, as
where an advertisement parts them; and what the page itself declares to be its body. Nothing is put back that is linked, hidden
or stands in an element that is named as something else. Rules and detectors then see it like any other line.

On the development pages with a reviewed main text 208 of 210 such lines are the article's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from lxml.html import HtmlElement
from msgspec import structs

from cleanarticle.document import Block, Document, Kind
from cleanarticle.evidence import Evidence, squeeze, unnumbered
from cleanarticle.extraction import Extraction
from cleanarticle.extraction.article_text import Line
from cleanarticle.extraction.textnodes import Trace, innermost
from cleanarticle.matching.units import REAL_PARAGRAPH_WORDS
from cleanarticle.sentences import count_words
from cleanarticle.vocabulary import Vocabulary

_HEADINGS = ("h2", "h3", "h4")
_LINES = ("p", "li", "blockquote", *_HEADINGS)
_LINKED = 0.5
# elements that hold something else, or lines of their own
_OTHERS = frozenset(
    ("a", "aside", "button", "caption", "dialog", "dl", "figcaption", "figure", "footer", "form", "header", "iframe", "menu", "nav",
     "noscript", "script", "select", "style", "svg", "table", "template", "video")
)  # fmt: skip
_INNER = (
    *_LINES, "div", "section", "article", "ul", "ol", "pre", "table", "form", "script", "style", "noscript", "button", "input", "iframe",
    "svg", "video",
)  # fmt: skip
_TOLD_NOTHING = frozenset({"headline", "picture", "standfirst", "row"})  # names that elements of a story have as well
_OTHER_TEXTS = ("h1", "h2", "time", "header", "article")  # in a container behind the story they begin another text
_LISTS = ("ul", "ol", "li")
_PATH = 3  # elements by whose names paragraphs are alike
_OUT = 5  # elements out of the story's that are searched
_FEW = 3  # lines of a kind below which none is put back
_LIKE = 0.3  # share of the story's paragraphs that must have the path
_WORDS = 5  # of a line that the page declares
_DECLARED = (0.05, 0.93)  # share of the declared body that came through: with less it is another text, with more there is no loss
_PIECE, _MOST_PIECES = 20, 1_000  # letters, and number, of the pieces of the declared body that are looked for
_MOST = 300  # lines
_MOST_COMPARED = 5_000  # lines of the page that are compared with what came through; with more it is no article
_MOST_SHARE = 3.0  # of what came through: with more it is the page that was left out, and on purpose
_MIN_LETTERS = 2
_MIN_PIECE = 25  # letters from which words that stand in a longer line are no accident


@dataclass(frozen=True, slots=True)
class _Left:
    """A line that did not come through."""

    place: int
    element: HtmlElement
    text: str


def recovered(extraction: Extraction, evidence: Evidence, vocabulary: Vocabulary) -> Document:
    """The document with the lines that were left out, as blocks that say so; the same document where there are none."""
    document = extraction.document
    if evidence.story < 0:
        return document
    search = _Search(extraction, evidence, vocabulary)
    found = sorted(search.found(), key=lambda left: left.place)
    letters = sum(len(left.text) for left in found)
    if not found or letters > _MOST_SHARE * len(document.text):
        return document
    return _inserted(extraction, search.sources, found)


class _Search:
    """Looks for what is missing, in the elements around the story."""

    def __init__(self, extraction: Extraction, evidence: Evidence, vocabulary: Vocabulary) -> None:
        self._extraction, self._evidence, self._vocabulary = extraction, evidence, vocabulary
        self._story = extraction.elements[evidence.story]
        self._root = self._story
        for _ in range(_OUT):
            parent = self._root.getparent()
            if parent is None or parent.tag in ("body", "html"):
                break
            self._root = parent
        document = extraction.document
        self._origins = [extraction.elements[block.origin.node] if block.origin is not None else None for block in document.blocks]
        around: set[int] = set()
        for block in document.blocks:
            node = block.origin.node if block.origin is not None else -1
            while node >= 0 and node not in around:
                around.add(node)
                node = document.nodes[node].parent
        self._came = {extraction.elements[node] for node in around}  # the elements that blocks came from, and those around them
        self._own = frozenset(element for element in self._origins if element is not None)
        self._delivered_lines = frozenset(block.key for block in evidence.blocks)
        self._is_other: dict[HtmlElement, bool] = {}

    def found(self) -> list[_Left]:
        """What is put back, in the page's order."""
        missing = list(islice(self._missing(), _MOST + 1))
        if not _FEW <= len(missing) <= _MOST:
            return []
        known = [place for place in self.sources if place >= 0]
        first, last = min(known, default=0), max(known, default=0)
        like = self._story_paths()
        between: list[_Left] = []
        alike: list[_Left] = []
        declared: list[_Left] = []
        for element, text in missing:
            left = _Left(self._places[element], element, text)
            if first < left.place < last and self._story in element.iterancestors() and self._stands_beside(element):
                between.append(left)
            elif element.tag == "p" and _path(element) in like and self._is_continued(left):
                alike.append(left)
            elif self._declared and self._is_declared(left):
                declared.append(left)
        return [left for kind in (between, alike, declared) if len(kind) >= _FEW for left in kind]

    @cached_property
    def _places(self) -> dict[HtmlElement, int]:
        return {element: number for number, element in enumerate(self._root.iter())}

    @cached_property
    def sources(self) -> list[int]:
        """Where in the page each block came from; -1 where that is not known."""
        return [-1 if element is None else self._places.get(element, -1) for element in self._origins]

    def _missing(self) -> Iterator[tuple[HtmlElement, str]]:
        """Lines of the page of which nothing came through."""
        seen: set[str] = set()
        outside = ("p", "li", "blockquote") if self._declared else ("p",)  # sub-headings and items count in the story alone
        for element in chain(self._story.iter(*_LINES), self._root.iter(*outside)):
            if element in self._came or next(element.iterdescendants(*_INNER), None) is not None:
                continue
            text = " ".join("".join(element.itertext()).split())
            linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
            if not text or linked > _LINKED * len(text):
                continue
            key = squeeze(text)
            if len(key) < _MIN_LETTERS or key in seen:
                continue
            seen.add(key)
            if len(seen) > _MOST_COMPARED:
                return
            if self._came_through(key):
                continue
            if not any(parent in self._own for parent in element.iterancestors()):  # else a piece of a line that came through
                yield element, text

    @cached_property
    def _delivered(self) -> str:
        return "".join(block.key for block in self._evidence.blocks)

    def _came_through(self, key: str) -> bool:
        """Whether words stand in what was delivered; few words must be a line of it, for they may stand in any sentence."""
        return key in self._delivered_lines or (len(key) >= _MIN_PIECE and key in self._delivered)

    def _stands_beside(self, element: HtmlElement) -> bool:
        """Whether a line, or the list it is in, stands beside lines that came through, and in nothing that is something else."""
        parent = element.getparent()
        while parent is not None and parent.tag in _LISTS:
            parent = parent.getparent()
        return parent in self._came and not self._stands_in_other(element, self._story)

    def _story_paths(self) -> frozenset[tuple[str, ...]]:
        """What the story's paragraphs and the elements around them are called, where many are called so."""
        real = self._evidence.units.real_paragraphs
        blocks = self._extraction.document.blocks
        elements = [self._extraction.elements[origin.node] for index in real if (origin := blocks[index].origin) is not None]
        paths = Counter(_path(element) for element in elements if element.tag == "p")
        return frozenset(path for path, count in paths.items() if count >= max(_FEW, _LIKE * len(real)))

    def _is_continued(self, left: _Left) -> bool:
        """Whether a paragraph like those of the story stands in a container that goes on with it, and not with another text."""
        if count_words(left.text) < REAL_PARAGRAPH_WORDS:
            return False
        around = set(self._story.iterancestors())
        container = left.element
        while (parent := container.getparent()) is not None and parent not in around and parent is not self._story:
            container = parent
        if container.tag in _OTHERS or container.tag in ("article", "li") or next(container.iter(*_OTHER_TEXTS), None) is not None:
            return False
        return not any(element.tag in _OTHERS or _is_hidden(element) for element in (left.element, *left.element.iterancestors()))

    @cached_property
    def _declared(self) -> str:
        """The body that the page declares, squeezed, where a part of it did not come through."""
        declared = self._evidence.declared
        if not declared:
            return ""
        pieces = range(0, len(declared) - _PIECE, max(_PIECE, len(declared) // _MOST_PIECES))
        came = sum(declared[at : at + _PIECE] in self._delivered for at in pieces)
        return declared if _DECLARED[0] < came / max(1, len(pieces)) < _DECLARED[1] else ""

    def _is_declared(self, left: _Left) -> bool:
        if left.element.tag in _HEADINGS or count_words(left.text) < _WORDS:
            return False
        return squeeze(left.text) in self._declared and not self._stands_in_other(left.element, self._root)

    def _stands_in_other(self, element: HtmlElement, top: HtmlElement) -> bool:
        """Whether an element up to one around it says that it is something else, or is a line that came through."""
        current: HtmlElement | None = element
        while current is not None and current is not top:
            known = self._is_other.get(current)
            if known is None:
                names = f"{current.get('class') or ''} {current.get('id') or ''}"
                named = current not in self._came and not self._vocabulary.groups(names) <= _TOLD_NOTHING
                known = self._is_other[current] = named or current.tag in _OTHERS or _is_hidden(current)
            if known:
                return True
            current = current.getparent()
        return False


def _is_hidden(element: HtmlElement) -> bool:
    get = element.get
    return get("hidden") is not None or get("aria-hidden") == "true" or "display:none" in (get("style") or "").replace(" ", "")


def _path(element: HtmlElement) -> tuple[str, ...]:
    around = islice(chain((element,), element.iterancestors()), _PATH)
    return tuple(unnumbered(parent.tag, parent.get("class") or "") for parent in around)


def _inserted(extraction: Extraction, sources: list[int], found: list[_Left]) -> Document:
    """The document with more lines, each before the first line that comes from further down the page."""
    document = extraction.document
    lines: list[str] = []
    blocks: list[Block] = []
    start = 0

    def add(block: Block, content: str) -> None:
        nonlocal start
        blocks.append(structs.replace(block, start=start, end=start + len(content)))
        lines.append(content)
        start += len(content) + 1

    def put_back(left: _Left) -> None:
        block = extraction.table.block(Line(start, left.text, Kind.PARAGRAPH, 0), Trace(innermost(left.element), []))
        content = f"- {left.text}" if block.kind is Kind.LIST_ITEM else left.text
        add(structs.replace(block, recovered=True), content)

    rest = list(reversed(found))
    for block, source in zip(document.blocks, sources, strict=True):
        while rest and source > rest[-1].place:
            put_back(rest.pop())
        add(block, document.block_text(block))
    while rest:
        put_back(rest.pop())
    return Document("\n".join(lines), tuple(blocks), tuple(extraction.table.nodes))
