"""What all detectors share: how one is declared, and the words they know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import regex

from cleanarticle.evidence import BlockEvidence, Evidence
from cleanarticle.folding import trim
from cleanarticle.proposals import Proposal
from cleanarticle.ruleset import Language

_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_DIGIT = re.compile(r"\d")
_TOKEN = regex.compile(r"[\p{L}\p{M}]{5,}")
NUMERIC_DATE = regex.compile(
    r"\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{2,4})\b|\d{4}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?|\d{4}\s?년\s?\d{1,2}\s?월(?:\s?\d{1,2}\s?일)?|\d{1,2}月\d{1,2}日"
)
_LONG_HEADING = 9  # letters of a heading of links that may be the beginning of a longer one


@dataclass(frozen=True, slots=True)
class Finding:
    """A block that a detector would remove, and what speaks for it."""

    block: BlockEvidence
    category: str
    evidence: tuple[str, ...]


class Words:
    """The words of all languages that detectors need, as sets and patterns over folded text."""

    def __init__(self, languages: Iterable[Language]) -> None:
        languages = list(languages)

        def joined(key: str) -> frozenset[str]:
            return frozenset(word for language in languages for word in getattr(language, key))

        self.related_headings = frozenset(_core(text) for text in joined("related_headings"))
        self.byline = tuple(sorted(joined("byline"), key=len, reverse=True))
        self.roles = joined("roles")
        self.name_words = joined("name_words")
        self.and_words = joined("and_words")
        self.months = joined("months")
        self.calendar = self.months | joined("weekdays") | joined("date_words")
        self.reading_time = joined("reading_time")
        self._related = Beginnings(text for text in self.related_headings if len(text) >= _LONG_HEADING)
        self._date_parts = _AnyOf(self.calendar)
        self._dates = _AnyOf(self.calendar, before=r"(?:\b\d{1,4}\W{0,2})?", behind=r"(?:\W{0,2}\d{1,4}\b){0,2}")
        self._date_tokens = frozenset(token for word in self.calendar for token in _TOKEN.findall(word))
        self._reading = _AnyOf(self.reading_time)
        self._bylines = Beginnings(self.byline)

    def begins_related(self, folded: str) -> bool:
        """Whether a folded line begins with words that announce other articles."""
        return self._related.end(folded) >= 0

    def may_be_date(self, folded: str) -> bool:
        """Whether all longer words of a folded line are of dates; quick, and yes where words have no boundaries."""
        return all(token in self._date_tokens or _UNSPACED.search(token) for token in _TOKEN.findall(folded))

    def without_dates(self, folded: str) -> str:
        """Folded text without names of days and months and the words that stand before dates."""
        return self._date_parts.without(folded)

    def without_whole_dates(self, folded: str) -> str:
        """Folded text without dates: their names of days and months, and the numbers beside them."""
        rest = NUMERIC_DATE.sub(" ", folded) if _DIGIT.search(folded) else folded
        return self._dates.without(rest)

    def has_reading_time(self, folded: str) -> bool:
        """Whether the words of a reading time are there."""
        return self._reading.stands_in(folded)

    def after_byline_word(self, folded: str) -> int:
        """Where the name begins in a folded line that starts with a byline word; -1 when it does not."""
        return self._bylines.end(folded)


class Beginnings:
    """Words and phrases that a line may begin with, at a word's end; a set is asked, not thousands of alternatives.

    >>> Beginnings(["by", "by the"]).end("by the way"), Beginnings(["by"]).end("bye")
    (6, -1)
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if word)
        lengths = {len(word) for word in self._words}
        self._lengths = tuple(sorted(lengths, reverse=True))
        self._first = frozenset(word[0] for word in self._words)

    def end(self, line: str) -> int:
        """Where the longest of them ends that a line begins with; -1 when it begins with none."""
        if line[:1] not in self._first:
            return -1
        size = len(line)
        for length in self._lengths:
            if length <= size and line[:length] in self._words and (length == size or _ends_word(line, length)):
                return length
        return -1


def _ends_word(line: str, at: int) -> bool:
    """Whether a word may end before a place: scripts without spaces have no word boundaries."""
    if not line[at - 1].isalnum() or not (line[at].isalnum() or line[at] == "_"):
        return not unicodedata.category(line[at]).startswith("M")
    return _UNSPACED.match(line) is not None


def _core(text: str) -> str:
    start, end = trim(text)
    return text[start:end]


class _AnyOf:
    """Any of some words, at their boundaries where their script has them, perhaps with something before and behind.

    They are asked as sets: an alternative for each of thousands takes milliseconds a line.
    """

    def __init__(self, words: Iterable[str], before: str = "", behind: str = "") -> None:
        words = [word for word in words if word]
        self._whole = _pattern(words, before, behind)
        self._ascii = _pattern([word for word in words if word.isascii()], before, behind)

    def without(self, text: str) -> str:
        """The text with a space for each."""
        return (self._ascii if text.isascii() else self._whole).sub(" ", text)

    def stands_in(self, text: str) -> bool:
        """Whether one stands there."""
        return (self._ascii if text.isascii() else self._whole).search(text) is not None


_NEVER = regex.compile(r"(?!)")
_EDGE = {"b": r"\b", "_": ""}


def _pattern(words: Iterable[str], before: str, behind: str) -> regex.Pattern[str]:
    sets: dict[str, set[str]] = {}
    for word in words:
        unspaced = _UNSPACED.match(word) is not None or not (word[0].isascii() or word[0].isalpha())
        left, right = ("b" if not unspaced and char.isalnum() else "_" for char in (word[0], word[-1]))
        sets.setdefault(f"{left}{right}", set()).add(word)
    choices = [rf"{_EDGE[edges[0]]}\L<{edges}>{_EDGE[edges[1]]}" for edges in sorted(sets, reverse=True)]
    named: Any = sets
    return regex.compile(f"{before}(?:{'|'.join(choices)}){behind}", **named) if sets else _NEVER


Detect = Callable[[Evidence, Words], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Concluding:
    """A detector that looks at what others removed: its id (`structure/…`), what it removes and why, and as which categories.

    No categories are named where it is that of what a line belongs to: an element, a heading, a neighbour.
    """

    id: str
    reason: str
    categories: tuple[str, ...]

    def of(self, findings: Iterable[Finding], evidence: Evidence) -> Iterator[Proposal]:
        """Proposals for findings."""
        for finding in findings:
            unit = evidence.units.blocks[finding.block.index]
            yield Proposal(
                rule=self.id,
                category=finding.category,
                start=unit.start,
                end=unit.end,
                reason=self.reason,
                evidence=finding.evidence,
            )


@dataclass(frozen=True, slots=True)
class Detector(Concluding):
    """A detector that looks at the evidence alone, and the function that does."""

    detect: Detect

    def proposals(self, evidence: Evidence, words: Words) -> Iterator[Proposal]:
        """What the detector would remove."""
        return self.of(self.detect(evidence, words), evidence)
