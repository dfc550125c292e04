"""One scan of the folded document for the literals of all rules: which rules can hold in which blocks."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick

from cleanarticle.matching.units import MAX_WORD_LENGTH, Unit, Units
from cleanarticle.ruleset import Rule
from cleanarticle.ruleset.anchors import Joined, joined_patterns
from cleanarticle.ruleset.model import Anchor
from cleanarticle.ruleset.patterns import Patterns
from cleanarticle.ruleset.rarity import worth_scanning
from cleanarticle.ruleset.signs import signs_in
from cleanarticle.ruleset.spaced import is_sign, is_unspaced, parted, spaced

# by line, by index of the rule: the numbers of its anchors that hold, and offsets in the folded line where they begin
Candidates = dict[int, dict[int, list[tuple[int, int]]]]

_LINE, _SENTENCE = "\n", "\x1e"  # what stands before the beginning of a line or sentence; neither is left in a spaced line
_DIGIT = re.compile(r"\d")
_NO_LETTERS = re.compile(r"[\W_]+")
_SENTENCE_START = re.compile(r"""[.!?…。！？।۔؟:;)\]"'»”’」』][\W_]*(?=[^\W_])""")
_LEADING_TEXT = 80  # characters from the beginning of a line or sentence in which literals that lead it are looked for
_RARE = 4  # letters of what is scanned for although it is only asked for where something else was found
_SHORT = 10  # letters of a literal by which it is told, where something else was found too
_SCANNED = 14  # letters of a literal that are scanned for: more make it hardly rarer, and the automaton too large for caches
_SLACK = 24  # characters by which a folded text can be longer than what a pattern sees (ß becomes ss)


class _More(NamedTuple):
    """What else must be so for an anchor to count: see `_Test`."""

    in_sentence: bool
    begins: tuple[str, ...]
    heads: frozenset[str]
    words: tuple[frozenset[str], ...]
    others: tuple[frozenset[int], ...]
    short: tuple[tuple[str, ...], ...]


class _Test(NamedTuple):
    """What must be so for an anchor of a rule to count in a line where one of its literals stands.

    Of `words`, and of each of `more.words`, one must stand in the line (they are words, signs, or `DIGIT` for any digit), of
    each of `more.others`, which are numbers of literals, and of each of `more.short` one literal; it, or a sentence of it,
    must begin with one of `more.begins`. `more.heads` are their first characters: one look tells most that can't hold.
    """

    rule: int
    anchor: int
    words: frozenset[str] | None
    more: _More | None

    @classmethod
    def of(cls, index: int, rule: Rule, number: int, literals: _Literals) -> _Test:
        anchor = rule.anchors[number]
        words: list[frozenset[str]] = list(anchor.signs)
        others: list[frozenset[int]] = []
        short: list[tuple[str, ...]] = []
        for texts in anchor.also:
            whole = [max(text.split(" ")[1:-1], key=len, default="") for text in texts]
            if all(whole):
                words.append(frozenset(whole))
            elif worth_scanning(texts, least=_RARE):
                others.append(frozenset(literals.number(text[:_SHORT]) for text in texts))
            else:
                short.append(texts)
        head = min(map(len, anchor.begins), default=0)
        heads = frozenset(beginning[:head] for beginning in anchor.begins)
        asks_more = words[1:] or others or short or anchor.begins
        more = _More(rule.scope == "sentence", anchor.begins, heads, tuple(words[1:]), tuple(others), tuple(short)) if asks_more else None
        return cls(index, number, words[0] if words else None, more)


@dataclass(slots=True)
class _Line:
    """A line: how long it is from its first letter or digit to its last, where it and its sentences begin, and what is found in it.

    `stand` are numbers of literals, `found` numbers of what is wanted, with offsets in the line; `text` is the spaced line
    with a space before and after it.
    """

    length: int
    starts: list[int]
    stand: set[int]
    found: dict[int, list[int]]
    text: str = ""

    @classmethod
    def of(cls, text: str) -> _Line:
        first, last = 0, len(text)
        if text and not text[0].isalnum() and (ornaments := _NO_LETTERS.match(text)) is not None:
            first = ornaments.end()
        while last > first and not text[last - 1].isalnum():
            last -= 1
        return cls(last - first, [first, *(end.end() for end in _SENTENCE_START.finditer(text, first))], set(), {})


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a scanned text: where it ends, its line, and the way back to that line."""

    end: int
    line: int
    shift: int


class _Literals:
    """Literals to be found in one scan, each with its number, what is wanted with it and the longest line in which it counts."""

    def __init__(self, numbers: dict[str, int]) -> None:
        self._wanted: dict[str, set[tuple[float, int]]] = {}
        self._numbers = numbers  # of the literals of all scans
        self._automaton = ahocorasick.Automaton()

    def number(self, literal: str) -> int:
        """The number of a literal, which is added when it is new."""
        self._wanted.setdefault(literal, set())
        return self._numbers.setdefault(literal, len(self._numbers))

    def add(self, literal: str, limit: float, wanted: int) -> None:
        """Adds what is wanted with a literal."""
        self.number(literal)
        self._wanted[literal].add((limit, wanted))

    def make(self) -> None:
        """Makes ready for finding, once all literals are there."""
        for literal, wanted in self._wanted.items():
            ordered = tuple(sorted(wanted, reverse=True))
            longest = ordered[0][0] if ordered else -1.0
            self._automaton.add_word(literal, (self._numbers[literal], len(literal.lstrip(" ")) - 1, longest, ordered))
        if self._wanted:
            self._automaton.make_automaton()
        self._wanted.clear()

    def find(self, text: str, pieces: Iterable[_Piece], lines: list[_Line]) -> None:
        """Tells the lines what is found in them."""
        if not len(self._automaton):
            return
        rest = iter(pieces)
        end = -1
        for last, (number, size, longest, wanted) in self._automaton.iter(text):
            while last >= end:  # hits come in the order in which they end
                piece = next(rest)
                end, shift, line = piece.end, piece.shift, lines[piece.line]
                stand, found, length = line.stand, line.found, line.length
            stand.add(number)
            if length > longest:
                continue
            place = max(0, last - size + shift)
            for limit, each in wanted:
                if length > limit:
                    break
                if each in found:
                    found[each].append(place)
                else:
                    found[each] = [place]


class Scanner:
    """Finds candidates: pairs of a block and a rule of which an anchor stands in that block.

    Literals that lead a line or sentence are looked for with a mark before them, in the beginnings of lines and sentences.
    """

    def __init__(self, rules: Sequence[Rule], patterns: Patterns) -> None:
        numbers: dict[str, int] = {}
        self._words, self._signed, self._leading = _Literals(numbers), _Literals(numbers), _Literals(numbers)
        self._signs: set[str] = set()
        self._tests: list[_Test] = []
        for index, rule in enumerate(rules):
            for number in range(len(rule.anchors)):
                self._add(index, rule, number)
        for each in (self._words, self._signed, self._leading):
            each.make()
        self._asked_signs = frozenset(sign for rule in rules for anchor in rule.anchors for signs in anchor.signs for sign in signs)
        self._everywhere = _Everywhere(rules, patterns)

    def _add(self, index: int, rule: Rule, number: int) -> None:
        anchor = rule.anchors[number]
        limit = _limit(rule, anchor)
        for literal in dict.fromkeys(text[:_SCANNED] for text in anchor.literals):
            if signs := set(filter(is_sign, literal)):
                self._signs |= signs
                self._signed.add(literal, limit, len(self._tests))
            elif anchor.leading:
                self._leading.add(_LINE + literal, limit, len(self._tests))
                if rule.scope == "sentence":
                    self._leading.add(_SENTENCE + literal, limit, len(self._tests))
            else:
                self._words.add(literal, limit, len(self._tests))
        self._tests.append(_Test.of(index, rule, number, self._words))

    def candidates(self, units: Units) -> Candidates:
        """Rules that can hold in each block of a document, and where their anchors stand in its folded view.

        Rules without anchors stand there with none, unless they ask for neighbours. A sentence may begin at the line's
        first letter or digit, and at each before which a mark that can end a sentence stands, and no other since.
        """
        found: Candidates = {}
        if not units.blocks:
            return found
        for at in range(len(units.blocks)):
            if tried := self._everywhere.candidates(units, at):
                found[at] = {index: [] for index in tried}
        texts = [unit.folded.text for unit in units.blocks]
        text = " ".join(texts)
        has_unspaced = not text.isascii() and any(map(is_unspaced, set(text)))
        if has_unspaced:
            whole, texts = texts, list(map(parted, texts))
            text = " ".join(texts)
        lines = list(map(_Line.of, texts))
        words = f" {spaced(text)} "
        pieces = _pieces(texts)
        self._words.find(words, pieces, lines)
        if any(sign in text for sign in self._signs):
            self._signed.find(f" {spaced(text, self._signs)} ", pieces, lines)
        for line, piece in zip(lines, pieces, strict=True):
            line.text = words[-piece.shift - 1 : piece.end]
        self._leading.find(*_beginnings(lines), lines)
        for at, line in enumerate(lines):
            if line.found:
                self._test(texts[at], line, found.setdefault(at, {}))
                if has_unspaced and len(texts[at]) != len(whole[at]):
                    _unpart(texts[at], whole[at], found[at])
        return found

    def _test(self, text: str, line: _Line, found: dict[int, list[tuple[int, int]]]) -> None:
        """Adds the rules of which an anchor counts in a line."""
        words = signs_in(text, self._asked_signs)
        words.update(line.text.split())
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
    in_sentence, begins, heads, asked, others, short = more
    if begins and not _begins(line.text, begins, heads, line.starts if in_sentence else line.starts[:1]):
        return False
    for one in asked:
        if one.isdisjoint(words):
            return False
    for literals in others:
        if literals.isdisjoint(line.stand):
            return False
    text = line.text
    for texts in short:
        for literal in texts:
            if literal in text:
                break
        else:
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

    def candidates(self, units: Units, at: int) -> list[int]:
        """Indexes of the rules that can hold for a block."""
        unit = units.blocks[at]
        length = len(unit.folded.text)
        if length > self._longest:
            return []
        digit = _DIGIT.search(unit.folded.text) is not None
        found = [index for index, needs_digit in self._alone if digit >= needs_digit]
        for joined, longest in self._joined:
            if length <= longest and digit >= joined.digit and (not joined.head or units.in_head(at)) and self._can_hold(joined, unit):
                found += joined.rules
        return [index for index in found if length <= self._limits[index]]

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


def _begins(text: str, begins: tuple[str, ...], heads: frozenset[str], starts: list[int]) -> bool:
    """Whether the line, or one of its sentences, begins as an anchor asks."""
    head = len(next(iter(heads)))
    for start in starts:
        at = start + 1  # a space stands before the line
        if text[at : at + head] in heads and text.startswith(begins, at):
            return True
    return False


def _pieces(lines: Sequence[str]) -> list[_Piece]:
    """The lines in a text of all of them with a space before it; what follows a line belongs to it."""
    pieces: list[_Piece] = []
    at = 1
    for number, line in enumerate(lines):
        pieces.append(_Piece(at + len(line) + 1, number, -at))
        at += len(line) + 1
    return pieces


def _beginnings(lines: Sequence[_Line]) -> tuple[str, list[_Piece]]:
    """The beginnings of lines and sentences as one text, each behind its mark, which stands for its place."""
    texts: list[str] = []
    pieces: list[_Piece] = []
    at = 0
    for number, line in enumerate(lines):
        mark = _LINE
        for start in line.starts:
            text = mark + line.text[start + 1 : start + 1 + _LEADING_TEXT]
            texts.append(text)
            at += len(text)
            pieces.append(_Piece(at, number, start - at + len(text)))
            mark = _SENTENCE
    return "".join(texts), pieces
