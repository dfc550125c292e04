"""One scan of the folded document for the literals of all rules: which rules can hold in which blocks."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import ahocorasick
from msgspec import Struct

from cleanarticle.matching.units import MAX_WORD_LENGTH, Unit, Units
from cleanarticle.ruleset import Rule
from cleanarticle.ruleset.anchors import Joined, joined_patterns, whole_word
from cleanarticle.ruleset.beginnings import HEAD_SIZES, digitless
from cleanarticle.ruleset.model import Anchor
from cleanarticle.ruleset.patterns import Patterns
from cleanarticle.ruleset.signs import DIGIT
from cleanarticle.ruleset.spaced import is_sign, is_unspaced, parted, spaced

# by line, by index of the rule: the numbers of its anchors that hold, and offsets in the folded line where they begin
Candidates = dict[int, dict[int, list[tuple[int, int]]]]

_NO_LETTERS = re.compile(r"[\W_]+")
# a mark that can end a sentence, as folding leaves it: with white space somewhere behind a stop, unless it is one of CJK
_SENTENCE_START = re.compile(r"[.!?।۔؟。](?:(?<=[!?。])|[^\w\s]*\s)[\W_]*(?=[^\W_])")
_SCANNED = 14  # letters of a literal that are scanned for: more make it hardly rarer, and the automaton too large for caches
_FIRST = 3  # letters of a literal that leads, by which those that can stand are told
_SLACK = 24  # characters by which a folded text can be longer than what a pattern sees (ß becomes ss)


class _More(NamedTuple):
    """What else must be so for an anchor to count: see `_Test`."""

    in_sentence: bool
    begins: frozenset[str] | None
    words: tuple[frozenset[str], ...]
    literals: tuple[tuple[frozenset[str], tuple[str, ...]], ...]


class _Test(NamedTuple):
    """What must be so for an anchor of a rule to count in a line where one of its literals stands.

    Of `words`, and of each of `more.words`, one must stand in the line (they are words, signs, or `DIGIT` for any digit), and
    of each of `more.literals` one of its words or of its other literals; the line, or a sentence of it, must begin with one of
    `more.begins`.
    """

    rule: int
    anchor: int
    words: frozenset[str] | None
    more: _More | None

    @classmethod
    def of(cls, index: int, rule: Rule, number: int) -> _Test:
        anchor = rule.anchors[number]
        words: list[frozenset[str]] = list(map(frozenset, anchor.signs))
        literals: list[tuple[frozenset[str], tuple[str, ...]]] = []
        for texts in anchor.also:
            whole = frozenset(filter(None, map(whole_word, texts)))
            if others := tuple(text for text in texts if not whole_word(text)):
                literals.append((whole, others))
            else:
                words.append(whole)
        begins = frozenset(anchor.begins) or None
        asks_more = words[1:] or literals or begins
        more = _More(rule.scope == "sentence", begins, tuple(words[1:]), tuple(literals)) if asks_more else None
        return cls(index, number, words[0] if words else None, more)


class _Line(Struct, gc=False):
    """A line: how long it is from its first letter or digit to its last, where it and its sentences begin, and what is found in it.

    `found` are numbers of what is wanted, with offsets in the line; `text` is the spaced line with a space before and after it,
    `beginnings` the same with one digit for all.
    """

    length: int
    starts: list[int]
    found: dict[int, list[int]]
    text: str = ""
    beginnings: str = ""
    _heads: set[str] | None = None
    _all_heads: set[str] | None = None

    @classmethod
    def of(cls, text: str) -> _Line:
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


class _Piece(NamedTuple):
    """A stretch of a scanned text: where it ends, its line, and the way back to that line."""

    end: int
    line: int
    shift: int


_Wanted = tuple[float, int]
"""The longest line in which a literal counts, and the number of what is wanted with it."""


class _Literals:
    """Literals to be found in one scan, each with what is wanted with it."""

    def __init__(self) -> None:
        self._wanted: dict[str, set[_Wanted]] = {}
        self._automaton = ahocorasick.Automaton()

    def add(self, literal: str, wanted: _Wanted) -> None:
        """Adds what is wanted with a literal."""
        self._wanted.setdefault(literal, set()).add(wanted)

    def make(self) -> None:
        """Makes ready for finding, once all literals are there."""
        for literal, wanted in self._wanted.items():
            self._automaton.add_word(literal, (len(literal.lstrip(" ")) - 1, tuple(sorted(wanted, reverse=True))))
        if self._wanted:
            self._automaton.make_automaton()
        self._wanted.clear()

    def find(self, text: str, pieces: Iterable[_Piece], lines: list[_Line]) -> None:
        """Tells the lines what is found in them."""
        if not len(self._automaton):
            return
        rest = iter(pieces)
        end = -1
        for last, (size, wanted) in self._automaton.iter(text):
            while last >= end:  # hits come in the order in which they end
                piece = next(rest)
                end, shift, line = piece.end, piece.shift, lines[piece.line]
                found, length = line.found, line.length
            place = max(0, last - size + shift)
            for limit, each in wanted:
                if length > limit:
                    break
                if each in found:
                    found[each].append(place)
                else:
                    found[each] = [place]


class _Leading:
    """Literals that lead a line or sentence, looked up where one begins.

    The first letters tell which sizes of literals begin with them.
    """

    def __init__(self) -> None:
        self._wanted: dict[str, tuple[_Wanted, ...]] = {}
        self._sizes: dict[str, tuple[int, ...]] = {}
        self._short: tuple[int, ...] = ()

    def add(self, literal: str, wanted: _Wanted) -> None:
        """Adds what is wanted with a literal."""
        self._wanted[literal] = (*self._wanted.get(literal, ()), wanted)

    def make(self) -> None:
        """Makes ready for finding, once all literals are there."""
        same: dict[tuple[_Wanted, ...], tuple[_Wanted, ...]] = {}
        sizes: dict[str, set[int]] = {}
        for literal, wanted in self._wanted.items():
            ordered = tuple(sorted(wanted, reverse=True))
            self._wanted[literal] = same.setdefault(ordered, ordered)
            sizes.setdefault(literal[:_FIRST], set()).add(len(literal))
        short = {len(first) for first in sizes if len(first) < _FIRST}
        self._short = tuple(sorted(short))
        self._sizes = {first: tuple(sorted(found | short)) for first, found in sizes.items()}

    def find(self, line: _Line, start: int) -> None:
        """Tells a line what is found where it, or a sentence of it, starts."""
        text = line.beginnings
        at = 1 + start
        for size in self._sizes.get(text[at : at + _FIRST], self._short):
            wanted = self._wanted.get(text[at : at + size])
            if wanted is not None:
                found, length = line.found, line.length
                for limit, each in wanted:
                    if length > limit:
                        break
                    if each in found:
                        found[each].append(start)
                    else:
                        found[each] = [start]


class Scanner:
    """Finds candidates: pairs of a block and a rule of which an anchor stands in that block.

    Literals that lead a line or sentence are looked up where one begins.
    """

    def __init__(self, rules: Sequence[Rule], patterns: Patterns) -> None:
        self._words, self._signed = _Literals(), _Literals()
        self._lines, self._sentences = _Leading(), _Leading()
        self._signs: set[str] = set()
        self._tests: list[_Test] = []
        for index, rule in enumerate(rules):
            for number in range(len(rule.anchors)):
                self._add(index, rule, number)
        for each in (self._words, self._signed, self._lines, self._sentences):
            each.make()
        self._asked_signs = frozenset(sign for rule in rules for anchor in rule.anchors for signs in anchor.signs for sign in signs)
        self._everywhere = _Everywhere(rules, patterns)

    def _add(self, index: int, rule: Rule, number: int) -> None:
        anchor = rule.anchors[number]
        wanted = _limit(rule, anchor), len(self._tests)
        for literal in anchor.literals:
            if signs := set(filter(is_sign, literal)):
                self._signs |= signs
                self._signed.add(literal[:_SCANNED], wanted)
            elif anchor.leading:
                self._lines.add(literal, wanted)
                if rule.scope == "sentence":
                    self._sentences.add(literal, wanted)
            else:
                self._words.add(literal[:_SCANNED], wanted)
        self._tests.append(_Test.of(index, rule, number))

    def candidates(self, units: Units) -> Candidates:
        """Rules that can hold in each block of a document, and where their anchors stand in its folded view.

        Rules without anchors stand there with none, unless they ask for neighbours. A sentence may begin at the line's
        first letter or digit, and at each before which a mark that can end a sentence stands, and no other since.
        """
        found: Candidates = {}
        if not units.blocks:
            return found
        texts = [unit.folded.text for unit in units.blocks]
        text = " ".join(texts)
        characters = set(text)
        has_unspaced = not text.isascii() and any(map(is_unspaced, characters))
        if has_unspaced:
            whole, texts = texts, list(map(parted, texts))
            text = " ".join(texts)
        lines = list(map(_Line.of, texts))
        words = f" {spaced(text)} "
        beginnings = digitless(words)
        pieces = _pieces(texts)
        self._words.find(words, pieces, lines)
        self._find_signed(characters & self._signs, texts, lines)
        asked_signs = characters & self._asked_signs
        for line, piece in zip(lines, pieces, strict=True):
            line.text = words[-piece.shift - 1 : piece.end]
            line.beginnings = beginnings[-piece.shift - 1 : piece.end]
            first, *others = line.starts
            self._lines.find(line, first)
            for start in others:
                self._sentences.find(line, start)
        for at, line in enumerate(lines):
            has_digit = DIGIT in line.beginnings
            held: dict[int, list[tuple[int, int]]] = {}
            if line.found:
                self._test(texts[at], asked_signs, line, has_digit, held)
                if has_unspaced and len(texts[at]) != len(whole[at]):
                    _unpart(texts[at], whole[at], held)
            for index in self._everywhere.candidates(units, at, has_digit):
                held[index] = []
            if held:
                found[at] = held
        return found

    def _find_signed(self, signs: set[str], texts: list[str], lines: list[_Line]) -> None:
        """Tells the lines that have one of some signs what is found there with it."""
        numbers = [number for number, text in enumerate(texts) if any(sign in text for sign in signs)] if signs else []
        if numbers:
            chosen = [texts[number] for number in numbers]
            pieces = [piece._replace(line=number) for piece, number in zip(_pieces(chosen), numbers, strict=True)]
            self._signed.find(f" {spaced(' '.join(chosen), self._signs)} ", pieces, lines)

    def _test(self, text: str, signs: set[str], line: _Line, has_digit: bool, found: dict[int, list[tuple[int, int]]]) -> None:
        """Adds the rules of which an anchor counts in a line; `signs` are all that it can have."""
        words = set(line.text.split())
        for sign in signs:
            if sign in text:
                words.add(sign)
        if has_digit:
            words.add(DIGIT)
        tests = self._tests
        for number, places in line.found.items():
            rule, anchor, asked, more = tests[number]
            if (asked is None or not asked.isdisjoint(words)) and (more is None or _counts(more, line, words)):
                hits = [(anchor, place) for place in places]
                if rule in found:
                    found[rule] += hits
                else:
                    found[rule] = hits


def _unpart(text: str, whole: str, found: dict[int, list[tuple[int, int]]]) -> None:
    """Turns places in a text that was parted into places in the whole."""
    places: list[int] = []
    at = 0
    for char in text:
        places.append(min(at, len(whole) - 1))
        at += at < len(whole) and char == whole[at]  # else it is a space that was put there
    for anchors in found.values():
        anchors[:] = [(anchor, places[place]) for anchor, place in anchors]


def _counts(more: _More, line: _Line, words: set[str]) -> bool:
    """Whether an anchor counts in a line, as far as that has not been told yet."""
    in_sentence, begins, asked, literals = more
    if begins is not None and begins.isdisjoint(line.heads(in_sentence)):
        return False
    for one in asked:
        if one.isdisjoint(words):
            return False
    if literals:
        stands = line.text.__contains__
        for whole, texts in literals:
            if whole.isdisjoint(words) and not any(map(stands, texts)):
                return False
    return True


class _Everywhere:
    """Rules without anchors, which are tried on every line that is short enough: many at once by their joined patterns."""

    def __init__(self, rules: Sequence[Rule], patterns: Patterns) -> None:
        self._patterns = patterns
        joined = joined_patterns(rules)
        tried = [index for index, rule in enumerate(rules) if not rule.anchors and not rule.after and not rule.before]
        self._limits = {index: math.inf if (most := rules[index].max_words) is None else most * MAX_WORD_LENGTH for index in tried}
        together = {index for each in joined for index in each.rules}
        self._alone = [(index, rules[index].digit) for index in tried if index not in together]
        self._joined = [(each, max(self._limits[index] for index in each.rules)) for each in joined]
        self._longest = max(self._limits.values(), default=-1.0)

    def candidates(self, units: Units, at: int, has_digit: bool) -> list[int]:
        """Indexes of the rules that can hold for a block."""
        unit = units.blocks[at]
        length = len(unit.folded.text)
        if length > self._longest:
            return []
        found = [index for index, needs_digit in self._alone if has_digit >= needs_digit]
        for joined, longest in self._joined:
            if length <= longest and has_digit >= joined.digit and (not joined.head or units.in_head(at)) and self._can_hold(joined, unit):
                found += joined.rules
        return [index for index in found if length <= self._limits[index]] if found else found

    def _can_hold(self, joined: Joined, unit: Unit) -> bool:
        pattern, text = self._patterns[joined.pattern], unit.level.text
        try:
            if pattern.search(text) is not None:
                return True
            return not text[:1].isalnum() and unit.core[0] > 0 and pattern.search(text[unit.core[0] :]) is not None
        except TimeoutError:
            return True  # each will be tried, and the one that takes too long will be named


def _limit(rule: Rule, anchor: Anchor) -> float:
    """How many characters a line can have, from its first letter or digit to its last, for an anchor to count."""
    if rule.scope == "sentence":
        return math.inf  # whatever line the sentence stands in
    bounds = [anchor.longest + _SLACK] if anchor.longest and rule.scope != "match" else []
    if rule.max_words is not None:
        bounds.append(rule.max_words * MAX_WORD_LENGTH)
    return min(bounds, default=math.inf)


def _pieces(lines: Sequence[str]) -> list[_Piece]:
    """The lines in a text of all of them with a space before it; what follows a line belongs to it."""
    pieces: list[_Piece] = []
    at = 1
    for number, line in enumerate(lines):
        pieces.append(_Piece(at + len(line) + 1, number, -at))
        at += len(line) + 1
    return pieces
