"""One scan of the folded document for the literals of all rules: which rules can hold in which blocks.

Measured on extracted articles: 0.17, 0.27 and 0.43 ms with 100, 1,000 and 5,000 rules, where looping over the rules takes
1 to 220 ms.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ahocorasick

from cleanarticle.matching.units import MAX_WORD_LENGTH
from cleanarticle.matching.verifying import is_bounded
from cleanarticle.ruleset import Rule
from cleanarticle.ruleset.model import Anchor

# by line, by index of the rule: the numbers of its anchors that hold, and offsets in the folded line where they begin
Candidates = dict[int, dict[int, list[tuple[int, int]]]]

_ENDS_SENTENCE = frozenset(".!?…。！？।۔؟:;)]\"'»”’」』")
_DIGIT = re.compile(r"\d")
_NO_LETTERS = re.compile(r"[\W_]+")
_LEADING_TEXT = 80  # characters after the ornaments of a line in which literals that lead it are looked for
_SLACK = 24  # characters by which a folded text can be longer than what a pattern sees (ß becomes ss)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An anchor of a rule as the scan looks for it; `limit` is how many characters its line can have at most."""

    rule: int
    number: int
    limit: float
    also: tuple[tuple[str, ...], ...]
    begins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the scanned text: where it ends, its line, the way back to that line, the line's letters and digits."""

    end: int
    line: int
    shift: int
    first: int
    length: int


class Scanner:
    """Finds candidates: pairs of a block and a rule of which an anchor stands in that block.

    Literals that lead a line are looked for with a newline before them, so that the scan itself tells their place.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._wanted: list[_Wanted] = []
        # by literal, by whether it stands at word boundaries and leads a sentence: numbers in _wanted
        found: dict[str, dict[tuple[bool, bool], list[int]]] = {}
        for index, rule in enumerate(rules):
            in_sentence = rule.scope == "sentence"
            for number, anchor in enumerate(rule.anchors):
                leads_sentence = anchor.leading and in_sentence
                for literal in anchor.literals:
                    bare = _NO_LETTERS.sub("", literal, count=1) if anchor.leading and not literal[0].isalnum() else literal
                    scanned = f"\n{bare}" if anchor.leading and bare and not leads_sentence else literal
                    found.setdefault(scanned, {}).setdefault((anchor.bounded, leads_sentence), []).append(len(self._wanted))
                begins = () if in_sentence else anchor.begins
                self._wanted.append(_Wanted(index, number, _limit(rule, anchor), anchor.also, begins))
        self._automaton = ahocorasick.Automaton()
        for literal, groups in found.items():
            self._automaton.add_word(literal, (len(literal), *self._payload(groups)))
        if len(self._automaton):
            self._automaton.make_automaton()
        self._everywhere = [
            (math.inf if rule.max_words is None else rule.max_words * MAX_WORD_LENGTH, rule.digit, index)
            for index, rule in enumerate(rules)
            if not rule.anchors and not rule.after and not rule.before
        ]
        self._everywhere_limit = max((limit for limit, _, _ in self._everywhere), default=-1.0)

    def _payload(self, groups: dict[tuple[bool, bool], list[int]]) -> tuple[float, tuple[tuple[object, ...], ...]]:
        """What a hit of a literal leads to: groups of anchors, those that bear the longest lines first."""
        ordered = []
        for (bounded, leads), numbers in groups.items():
            wanted = tuple(sorted(((self._wanted[number].limit, number) for number in set(numbers)), reverse=True))
            ordered.append((bounded, leads, wanted[0][0], wanted))
        return max(limit for _, _, limit, _ in ordered), tuple(ordered)

    def candidates(self, lines: Sequence[str]) -> Candidates:
        """Rules that can hold in each line of a folded document, and where their anchors stand in it.

        Rules without anchors stand there with none, unless they ask for neighbours.
        """
        found: Candidates = {}
        for line, text in enumerate(lines):
            if len(text) <= self._everywhere_limit:
                digit = _DIGIT.search(text) is not None
                for limit, needs_digit, index in self._everywhere:
                    if len(text) <= limit and digit >= needs_digit:
                        found.setdefault(line, {})[index] = []
        for piece, hits in self._hits(lines) if len(self._automaton) else ():
            text = lines[piece.line]
            for number, places in hits.items():
                wanted = self._wanted[number]
                if (not wanted.begins or text.startswith(wanted.begins, piece.first)) and _has_each(text, wanted.also):
                    anchors = found.setdefault(piece.line, {}).setdefault(wanted.rule, [])
                    anchors += [(wanted.number, place) for place in places]
        return found

    def _hits(self, lines: Sequence[str]) -> Iterator[tuple[_Piece, dict[int, list[int]]]]:
        """Wanted anchors of which a literal stands in a piece of the text, and where in its line."""
        text, pieces = _scanned(lines)
        rest = iter(pieces)
        piece = next(rest)
        hits: dict[int, list[int]] = {}
        for last, (size, longest, groups) in self._automaton.iter(text):
            while last >= piece.end:  # hits come in the order in which they end, and none goes beyond its line
                if hits:
                    yield piece, hits
                    hits = {}
                piece = next(rest)
            length = piece.length
            if length > longest:
                continue
            first = last + 1 - size
            if text[first] == "\n":
                first += 1
            for bounded, leads, limit, wanted in groups:
                if length > limit or (bounded and not is_bounded(text, first, last + 1)):
                    continue
                place = first + piece.shift
                if leads and not _leads_sentence(text, first, first - place):
                    continue
                for bears, number in wanted:
                    if length > bears:
                        break
                    if number in hits:
                        hits[number].append(place)
                    else:
                        hits[number] = [place]
        if hits:
            yield piece, hits


def _limit(rule: Rule, anchor: Anchor) -> float:
    """How many characters a line can have, from its first letter or digit to its last, for an anchor to count."""
    if rule.scope == "sentence":
        return math.inf  # whatever line the sentence stands in
    bounds = [anchor.longest + _SLACK] if anchor.longest and rule.scope != "match" else []
    if rule.max_words is not None:
        bounds.append(rule.max_words * MAX_WORD_LENGTH)
    return min(bounds, default=math.inf)


def _has_each(text: str, sets: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the text has a literal of each set."""
    for literals in sets:
        for literal in literals:
            if literal in text:
                break
        else:
            return False
    return True


def _scanned(lines: Sequence[str]) -> tuple[str, list[_Piece]]:
    """The text to scan: each line, and again the start of it without the ornaments that it begins with."""
    texts: list[str] = []
    pieces: list[_Piece] = []
    at = 1  # behind the newline before each piece
    for number, line in enumerate(lines):
        first, last = 0, len(line)
        if line and not line[0].isalnum() and (ornaments := _NO_LETTERS.match(line)) is not None:
            first = ornaments.end()
        while last > first and not line[last - 1].isalnum():
            last -= 1
        texts.append(line)
        pieces.append(_Piece(at + len(line), number, -at, first, last - first))
        at += len(line) + 1
        if 0 < first < len(line):
            bare = line[first : first + _LEADING_TEXT]
            texts.append(bare)
            pieces.append(_Piece(at + len(bare), number, first - at, first, last - first))
            at += len(bare) + 1
    return "\n" + "\n".join(texts), pieces


def _leads_sentence(text: str, at: int, line: int) -> bool:
    """Whether no letter or digit of the same sentence stands before `at`."""
    if text[at - 1] == " " and text[at - 2].isalnum():
        return False  # as nearly always
    before = at - 1
    while before >= line and not text[before].isalnum():
        before -= 1
    return before < line or not _ENDS_SENTENCE.isdisjoint(text[before + 1 : at])
