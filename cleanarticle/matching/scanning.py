"""One scan of the folded document for the literals of all rules: which rules can hold in which blocks."""

from __future__ import annotations

import math
from collections.abc import Sequence

from cleanarticle.matching.anchor_tests import AnchorTest, Groups, holds
from cleanarticle.matching.finding import Leading, Line, Literals, pieces_of
from cleanarticle.matching.units import MAX_WORD_LENGTH, Unit, Units
from cleanarticle.ruleset import Rule
from cleanarticle.ruleset.anchors import Joined, joined_patterns
from cleanarticle.ruleset.beginnings import digitless
from cleanarticle.ruleset.patterns import Patterns
from cleanarticle.ruleset.signs import DIGIT
from cleanarticle.ruleset.spaced import is_sign, is_unspaced, parted, spaced

# by line, by index of the rule: the numbers of its anchors that hold, and offsets in the folded line where they begin
Candidates = dict[int, dict[int, list[tuple[int, int]]]]

_SCANNED = 14  # letters of a literal that are scanned for: more make it hardly rarer, and the automaton too large for caches


class Scanner:
    """Finds candidates: pairs of a block and a rule of which an anchor stands in that block.

    Literals that lead a line or sentence are looked up where one begins.
    """

    def __init__(self, rules: Sequence[Rule], patterns: Patterns) -> None:
        self._words, self._signed = Literals(), Literals()
        self._lines, self._sentences = Leading(), Leading()
        self._signs: set[str] = set()
        tests: list[AnchorTest] = []
        for index, rule in enumerate(rules):
            for number in range(len(rule.anchors)):
                self._add(rule, number, len(tests))
                tests.append(AnchorTest.of(index, rule, number))
        groups = Groups(tests)
        for each in (self._words, self._signed, self._lines, self._sentences):
            each.make(groups.grouped)
        self._groups = groups.all
        self._asked_signs = frozenset(sign for rule in rules for anchor in rule.anchors for signs in anchor.signs for sign in signs)
        self._everywhere = _Everywhere(rules, patterns)

    def _add(self, rule: Rule, number: int, test: int) -> None:
        anchor = rule.anchors[number]
        for literal in anchor.literals:
            if signs := set(filter(is_sign, literal)):
                self._signs |= signs
                self._signed.add(literal[:_SCANNED], test)
            elif anchor.leading:
                self._lines.add(literal, test)
                if rule.scope == "sentence":
                    self._sentences.add(literal, test)
            else:
                self._words.add(literal[:_SCANNED], test)

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
        lines = list(map(Line.of, texts))
        words = f" {spaced(text)} "
        beginnings = digitless(words)
        pieces = pieces_of(texts)
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

    def _find_signed(self, signs: set[str], texts: list[str], lines: list[Line]) -> None:
        """Tells the lines that have one of some signs what is found there with it."""
        numbers = [number for number, text in enumerate(texts) if any(sign in text for sign in signs)] if signs else []
        if numbers:
            chosen = [texts[number] for number in numbers]
            pieces = [piece._replace(line=number) for piece, number in zip(pieces_of(chosen), numbers, strict=True)]
            self._signed.find(f" {spaced(' '.join(chosen), self._signs)} ", pieces, lines)

    def _test(self, text: str, signs: set[str], line: Line, has_digit: bool, found: dict[int, list[tuple[int, int]]]) -> None:
        """Adds the rules of which an anchor counts in a line; `signs` are all that it can have."""
        words = set(line.text.split())
        for sign in signs:
            if sign in text:
                words.add(sign)
        if has_digit:
            words.add(DIGIT)
        length, groups = line.length, self._groups
        for number, places in line.found.items():
            for limit, rule, anchor, asked, more in groups[number]:
                if length > limit:
                    break
                if (asked is None or not asked.isdisjoint(words)) and (more is None or holds(more, line, words)):
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
