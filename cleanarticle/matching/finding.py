"""Finding literals in the lines of a document: anywhere by one scan, or where a line or sentence begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import ahocorasick
from msgspec import Struct

from cleanarticle.ruleset.beginnings import HEAD_SIZES

_NO_LETTERS = re.compile(r"[\W_]+")
# a mark that can end a sentence, as folding leaves it: with white space somewhere behind a stop, unless it is one of CJK
_SENTENCE_START = re.compile(r"[.!?।۔؟。](?:(?<=[!?。])|[^\w\s]*\s)[\W_]*(?=[^\W_])")
_FIRST = 3  # letters of a literal that leads, by which those that can stand are told


class Line(Struct, gc=False):
    """A line: how long it is from its first letter or digit to its last, where it and its sentences begin, and what is found in it.

    `found` are numbers of groups of tests, with offsets in the line where a literal of theirs begins; `text` is the spaced line
    with a space before and after it, `beginnings` the same with one digit for all.
    """

    length: int
    starts: list[int]
    found: dict[int, list[int]]
    text: str = ""
    beginnings: str = ""
    _heads: set[str] | None = None
    _all_heads: set[str] | None = None

    @classmethod
    def of(cls, text: str) -> Line:
        first, last = 0, len(text)
        if text and not text[0].isalnum() and (ornaments := _NO_LETTERS.match(text)) is not None:
            first = ornaments.end()
        while last > first and not text[last - 1].isalnum():
            last -= 1
        return cls(last - first, [first, *(end.end() for end in _SENTENCE_START.finditer(text, first))], {})

    def heads(self, in_sentences: bool) -> set[str]:
        """First letters of the line, or also those of its sentences."""
        text = self.beginnings
        if not in_sentences or len(self.starts) == 1:
            if self._heads is None:
                at = 1 + self.starts[0]
                self._heads = {text[at : at + size] for size in HEAD_SIZES}
            return self._heads
        if self._all_heads is None:
            self._all_heads = {text[1 + start : 1 + start + size] for start in self.starts for size in HEAD_SIZES}
        return self._all_heads


class Piece(NamedTuple):
    """A stretch of a scanned text: where it ends, its line, and the way back to that line."""

    end: int
    line: int
    shift: int


def pieces_of(lines: Sequence[str]) -> list[Piece]:
    """The lines in a text of all of them with a space before it; what follows a line belongs to it."""
    pieces: list[Piece] = []
    at = 1
    for number, line in enumerate(lines):
        pieces.append(Piece(at + len(line) + 1, number, -at))
        at += len(line) + 1
    return pieces


Grouped = Callable[[AbstractSet[int]], tuple[float, int]]
"""From numbers of tests to the longest line in which one of them holds, and the number of the group that they are."""


class Literals:
    """Literals to be found in one scan, each with the tests that hang on it."""

    def __init__(self) -> None:
        self._tests: dict[str, set[int]] = {}
        self._automaton = ahocorasick.Automaton()

    def add(self, literal: str, test: int) -> None:
        """Adds a test to those that hang on a literal."""
        self._tests.setdefault(literal, set()).add(test)

    def make(self, grouped: Grouped) -> None:
        """Makes ready for finding, once all literals are there."""
        for literal, tests in self._tests.items():
            self._automaton.add_word(literal, (len(literal.lstrip(" ")) - 1, *grouped(tests)))
        if self._tests:
            self._automaton.make_automaton()
        self._tests.clear()

    def find(self, text: str, pieces: Iterable[Piece], lines: list[Line]) -> None:
        """Tells the lines what is found in them."""
        if not len(self._automaton):
            return
        rest = iter(pieces)
        end = -1
        for last, (size, limit, group) in self._automaton.iter(text):
            while last >= end:  # hits come in the order in which they end
                piece = next(rest)
                end, shift, line = piece.end, piece.shift, lines[piece.line]
                found, length = line.found, line.length
            if length <= limit:
                place = max(0, last - size + shift)
                if group in found:
                    found[group].append(place)
                else:
                    found[group] = [place]


class Leading:
    """Literals that lead a line or sentence, looked up where one begins.

    The first letters tell which sizes of literals begin with them.
    """

    def __init__(self) -> None:
        self._tests: dict[str, set[int]] = {}
        self._groups: dict[str, tuple[float, int]] = {}
        self._sizes: dict[str, tuple[int, ...]] = {}
        self._short: tuple[int, ...] = ()

    def add(self, literal: str, test: int) -> None:
        """Adds a test to those that hang on a literal."""
        self._tests.setdefault(literal, set()).add(test)

    def make(self, grouped: Grouped) -> None:
        """Makes ready for finding, once all literals are there."""
        sizes: dict[str, set[int]] = {}
        for literal, tests in self._tests.items():
            self._groups[literal] = grouped(tests)
            sizes.setdefault(literal[:_FIRST], set()).add(len(literal))
        self._tests.clear()
        short = {len(first) for first in sizes if len(first) < _FIRST}
        self._short = tuple(sorted(short))
        self._sizes = {first: tuple(sorted(found | short)) for first, found in sizes.items()}

    def find(self, line: Line, start: int) -> None:
        """Tells a line what is found where it, or a sentence of it, starts."""
        text = line.beginnings
        at = 1 + start
        for size in self._sizes.get(text[at : at + _FIRST], self._short):
            known = self._groups.get(text[at : at + size])
            if known is not None and line.length <= known[0]:
                line.found.setdefault(known[1], []).append(start)
