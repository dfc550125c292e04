"""A document as rules look at it: blocks and sentences, folded when first asked for, with their place in the article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection
from functools import cached_property
from itertools import islice

from cleanarticle.document import Block, Document, Kind
from cleanarticle.folding import View, fold, level, level_and_fold, trim
from cleanarticle.sentences import count_words, split_sentences

# A paragraph of so many words carries the story: 73 % of the paragraphs of the body have as many on development pages, and
# 17 % of the lines that are not the article's.
REAL_PARAGRAPH_WORDS = 20
MAX_WORD_LENGTH = 14  # a text with more characters a word has no words
_NO_LEVEL = 7  # of headings whose level is not known
_NEWLINE = re.compile("\n")
_EDGE_BLOCKS = 3  # first and last blocks that always count as head and tail
_EDGE = 10  # a head is no longer, nor a tail without a paragraph: in verse, results and lists no paragraph ends it
_HEADING_WORDS = 12
_STOPS = frozenset(".!?…。！？।۔؟;,")


class Unit:
    """A block or sentence: `start` and `end` are offsets in the document, `folded` and `level` what rules see of it."""

    __slots__ = ("_core", "_folded", "_level", "_whole", "_words", "end", "start", "text")

    def __init__(self, text: str, start: int, views: tuple[View, View] | None = None, whole: Unit | None = None) -> None:
        self.text = text
        self.start = start
        self.end = start + len(text)
        self._level: View | None = views[0] if views else None
        self._folded: View | None = views[1] if views else None
        self._whole = whole  # the block of a sentence
        self._core: tuple[int, int] | None = None
        self._words: float | None = None

    def holds(self, place: int) -> bool:
        """Whether a place in the document lies in the unit."""
        return self.start <= place < self.end

    @property
    def folded(self) -> View:
        """The unit as literals see it."""
        if self._folded is None:
            self._folded = self._part(self._whole.folded) if self._whole is not None else fold(self.text)
        return self._folded

    @property
    def level(self) -> View:
        """The unit as patterns see it."""
        if self._level is None:
            self._level = self._part(self._whole.level) if self._whole is not None else level(self.text)
        return self._level

    def _part(self, view: View) -> View:
        assert self._whole is not None
        at = self.start - self._whole.start
        return view.part(at, at + len(self.text))

    @property
    def core(self) -> tuple[int, int]:
        """Where the folded unit begins and ends without ornaments."""
        if self._core is None:
            self._core = trim(self.folded.text)
        return self._core

    @property
    def words(self) -> float:
        """How many words the unit has."""
        if self._words is None:
            self._words = count_words(self.text)
        return self._words

    def can_have_words(self, least: float | None, most: float | None) -> bool:
        """Whether the length allows for a number of words within bounds."""
        length = len(self.text)
        # a word and what parts it from the next are two characters at least
        return (least is None or (length + 1) / 2 >= least) and (most is None or length <= max(most * MAX_WORD_LENGTH, 2 * most - 1))

    def has_words(self, least: float | None, most: float | None) -> bool:
        """Whether the number of words is within bounds; they are only counted when the length does not tell."""
        if not self.can_have_words(least, most):
            return False
        if least is not None and self.words < least:
            return False
        return most is None or len(self.text) + 1 <= 2 * most or self.words <= most


class Units:
    """The units of one document. `select` tells which nodes of the page an XPath selects, where there is a page."""

    def __init__(
        self,
        document: Document,
        abbreviations: Collection[str] = (),
        select: Callable[[str], frozenset[int]] | None = None,
    ) -> None:
        self.document = document
        starts = [0, *(found.end() for found in _NEWLINE.finditer(document.text))]
        views = [dict(zip(starts, view.lines(starts), strict=True)) for view in level_and_fold(document.text)]
        self.blocks = [
            Unit(document.block_text(block).rstrip("\n"), block.start, (views[0][block.start], views[1][block.start]))
            for block in document.blocks
        ]
        self._abbreviations = abbreviations
        self._select = select
        self._sentences: dict[int, tuple[Unit, ...]] = {}

    def sentences_at(self, index: int, hits: Collection[int]) -> tuple[Unit, ...]:
        """The sentences of a block in which one of the hits (offsets in the folded block) stands."""
        sentences = self.sentences(index)
        if len(sentences) == 1:
            return sentences
        block = self.blocks[index]
        found: set[int] = set()
        for hit in hits:
            place = block.start + block.folded.span(hit, hit + 1)[0]
            number = bisect_right(sentences, place, key=_start) - 1
            if number >= 0 and sentences[number].holds(place):
                found.add(number)
        return tuple(sentences[number] for number in sorted(found))

    def sentences(self, index: int) -> tuple[Unit, ...]:
        """The sentences of a block."""
        found = self._sentences.get(index)
        if found is None:
            unit = self.blocks[index]
            spans = split_sentences(unit.text, self._abbreviations)
            if len(spans) == 1 and unit.text.strip() == unit.text:
                found = (unit,)
            else:
                found = tuple(Unit(unit.text[a:b], unit.start + a, whole=unit) for a, b in spans)
            self._sentences[index] = found
        return found

    def is_real(self, index: int) -> bool:
        """Whether a block carries the story."""
        return self.blocks[index].has_words(REAL_PARAGRAPH_WORDS, None)

    @cached_property
    def real_paragraphs(self) -> list[int]:
        """Indexes of the blocks that carry the story."""
        return list(filter(self.is_real, range(len(self.blocks))))

    @cached_property
    def _head_end(self) -> int:
        """The last block of the head: at most the first real paragraph."""
        head = range(min(_EDGE, len(self.blocks)))
        return next(filter(self.is_real, head), len(head) - 1)

    @cached_property
    def _tail_start(self) -> int:
        """The first block of the tail: the last real paragraph but one, or a block near the end where there are not two."""
        last = range(len(self.blocks) - 1, -1, -1)
        return next(islice(filter(self.is_real, last), 1, None), len(self.blocks) - _EDGE)

    def in_head(self, index: int) -> bool:
        """Whether no real paragraph stands before the block, or it is one of the first."""
        return index < _EDGE_BLOCKS or index <= self._head_end

    def in_tail(self, index: int) -> bool:
        """Whether at most one real paragraph stands after the block, or it is one of the last."""
        return index >= len(self.blocks) - _EDGE_BLOCKS or index >= self._tail_start

    def can_be_heading(self, index: int) -> bool:
        """Whether the block is a heading of the page, or short and without a stop."""
        block, unit = self.document.blocks[index], self.blocks[index]
        if block.kind is Kind.HEADING:
            return True
        text = unit.text.rstrip()
        return bool(text) and text[-1] not in _STOPS and unit.words <= _HEADING_WORDS

    def section_end(self, index: int) -> int:
        """The block after the last one that belongs to the heading at `index`.

        Under a heading of the page that is everything up to the next heading of its level or above. Where only its
        looks say that it is one, it is the run of list items and short lines behind it.
        """
        heading = self.document.blocks[index]
        if heading.kind is Kind.HEADING:
            headings = self._headings_by_level[_level(heading)]
            at = bisect_right(headings, index)
            return headings[at] if at < len(headings) else len(self.blocks)
        return self._run_ends[index + 1]

    @cached_property
    def _headings_by_level(self) -> dict[int, list[int]]:
        """For each level of headings, where those of that level or above stand."""
        found: dict[int, list[int]] = {level: [] for level in range(1, _NO_LEVEL + 1)}
        for index, block in enumerate(self.document.blocks):
            if block.kind is Kind.HEADING:
                for level in range(_level(block), _NO_LEVEL + 1):
                    found[level].append(index)
        return found

    @cached_property
    def _run_ends(self) -> list[int]:
        """For each block, where the run of list items and short lines ends that it begins."""
        count = len(self.blocks)
        ends = [count] * (count + 1)
        for index in range(count - 1, -1, -1):
            block = self.document.blocks[index]
            belongs = block.kind is Kind.LIST_ITEM or (block.kind is not Kind.HEADING and self.can_be_heading(index))
            ends[index] = ends[index + 1] if belongs else index
        return ends

    def inside(self, index: int, selectors: tuple[str, ...]) -> bool | None:
        """Whether the block came from inside what one of these XPaths selects; None when that is not known."""
        origin = self.document.blocks[index].origin
        if origin is None or self._select is None:
            return None
        selected = frozenset[int]().union(*map(self._select, selectors))
        node = origin.node
        while node >= 0:
            if node in selected:
                return True
            node = self.document.nodes[node].parent
        return False

    def linked(self, block: Block) -> float | None:
        """Share of the block's letters that are links; None when that is not known."""
        return None if block.origin is None else block.origin.linked


def _start(unit: Unit) -> int:
    return unit.start


def _level(heading: Block) -> int:
    return min(heading.level, _NO_LEVEL) or _NO_LEVEL
