"""What must be so for an anchor of a rule to count in a line where one of its literals stands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from cleanarticle.matching.finding import Line
from cleanarticle.matching.units import MAX_WORD_LENGTH
from cleanarticle.ruleset import Rule
from cleanarticle.ruleset.anchors import whole_word
from cleanarticle.ruleset.model import Anchor

_SLACK = 24  # characters by which a folded text can be longer than what a pattern sees (ß becomes ss)


class _More(NamedTuple):
    """What else must be so for an anchor to count: see `AnchorTest`."""

    in_sentence: bool
    begins: frozenset[str] | None
    words: tuple[frozenset[str], ...]
    literals: tuple[tuple[frozenset[str], tuple[str, ...]], ...]


class AnchorTest(NamedTuple):
    """What must be so for an anchor of a rule to count in a line where one of its literals stands.

    The line is no longer than `limit`. Of `words`, and of each of `more.words`, one must stand in it (they are words, signs, or
    `DIGIT` for any digit), and of each of `more.literals` one of its words or of its other literals; the line, or a sentence of
    it, must begin with one of `more.begins`.
    """

    limit: float
    rule: int
    anchor: int
    words: frozenset[str] | None
    more: _More | None

    @classmethod
    def of(cls, index: int, rule: Rule, number: int) -> AnchorTest:
        """The test of one of a rule's anchors."""
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
        return cls(_limit(rule, anchor), index, number, words[0] if words else None, more)


class Groups:
    """Groups of tests whose anchors share a literal, by number, each made once for all literals that have it."""

    def __init__(self, tests: Sequence[AnchorTest]) -> None:
        self._tests = tests
        self._numbers: dict[frozenset[int], int] = {}
        self.all: list[tuple[AnchorTest, ...]] = []

    def grouped(self, numbers: AbstractSet[int]) -> tuple[float, int]:
        """The longest line in which one of some tests, given by number, holds, and the number of their group."""
        key = frozenset(numbers)
        known = self._numbers.get(key)
        if known is None:
            known = self._numbers[key] = len(self.all)
            self.all.append(tuple(sorted((self._tests[number] for number in key), key=_limit_of, reverse=True)))
        return self.all[known][0].limit, known


def holds(more: _More, line: Line, words: set[str]) -> bool:
    """Whether what a test asks beside its first words is so in a line."""
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


def _limit(rule: Rule, anchor: Anchor) -> float:
    """How many characters a line can have, from its first letter or digit to its last, for an anchor to count."""
    if rule.scope == "sentence":
        return math.inf  # whatever line the sentence stands in
    bounds = [anchor.longest + _SLACK] if anchor.longest and rule.scope != "match" else []
    if rule.max_words is not None:
        bounds.append(rule.max_words * MAX_WORD_LENGTH)
    return min(bounds, default=math.inf)


def _limit_of(test: AnchorTest) -> float:
    return test.limit
