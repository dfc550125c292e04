"""Whether a rule holds for a unit: its words and its conditions, the cheap ones first."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from cleanarticle.matching.units import Unit, Units
from cleanarticle.ruleset import Rule
from cleanarticle.ruleset.patterns import Patterns
from cleanarticle.ruleset.spaced import is_unspaced

MAX_TIMEOUTS = 10  # on one page; from then on patterns are left out, so that a page ends in half a second
MAX_PATTERN_TEXT = 4_000  # characters of a unit up to which patterns are tried

Span = tuple[int, int]

_NOTHING: frozenset[str] = frozenset()


class UndecidedError(Exception):
    """A pattern could not be tried to the end: whatever hangs on it does not happen."""


@dataclass(slots=True)
class Run:
    """What verification needs to know of the page, and what it has to say of it."""

    units: Units
    patterns: Patterns
    date: Callable[[], datetime.date | None] = lambda: None
    timeouts: int = 0
    warnings: list[str] = field(default_factory=list)

    def search(self, patterns: Iterable[str], unit: Unit, rule: Rule) -> Span | None:
        """Where one of a rule's patterns matches in a unit's levelled view.

        None when none does; UndecidedError when the unit is too long, or one ran out of time (then with a warning). The unit
        is tried as it stands, then from its first word on where ornaments stand before that.
        """
        text = unit.level.text
        if self.timeouts >= MAX_TIMEOUTS or len(text) > MAX_PATTERN_TEXT:
            raise UndecidedError
        start = 0 if text[:1].isalnum() else unit.core[0]
        try:
            for pattern in patterns:
                search = self.patterns[pattern].search
                if (found := search(text)) is not None:
                    return found.span()
                if start and "^" in pattern and (found := search(text[start:])) is not None:
                    return found.start() + start, found.end() + start
        except TimeoutError:
            self.timeouts += 1
            warning = f"{rule.id}: a match ran out of time, its text was left in place"
            if warning not in self.warnings:
                self.warnings.append(warning)
            raise UndecidedError from None
        return None


def bounded_find(text: str, literal: str, start: int = 0, end: int | None = None) -> int:
    """Where a literal stands at word boundaries in text[start:end], -1 when nowhere."""
    stop = len(text) if end is None else end
    at = text.find(literal, start, stop)
    while at >= 0:
        if is_bounded(text, at, at + len(literal)):
            return at
        at = text.find(literal, at + 1, stop)
    return -1


def is_bounded(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] begins and ends at word boundaries; scripts without spaces have them everywhere."""
    return not ((start > 0 and _joins(text[start - 1], text[start])) or (end < len(text) and _joins(text[end - 1], text[end])))


def _joins(left: str, right: str) -> bool:
    if not ((left.isalnum() or left == "_") and (right.isalnum() or right == "_")):
        return False
    return (left.isascii() and right.isascii()) or not (is_unspaced(left) or is_unspaced(right))


def words_hold(rule: Rule, unit: Unit, run: Run, patterns: Collection[str] | None = None) -> Span | None:
    """The words of the unit that decided (offsets in the document), None when the rule's words do not hold.

    `patterns` are those of the rule's patterns that can match; all of them when None.
    """
    is_bound = rule.min_words is not None or rule.max_words is not None
    if is_bound and not unit.can_have_words(rule.min_words, rule.max_words):
        return None
    try:
        # where a literal of the keys was scanned for it seldom fails to hold
        found = run.search(rule.regex if patterns is None else patterns, unit, rule) if rule.regex else None
        if rule.regex and found is None:
            return None
        keyed = rule.equals or rule.starts_with or rule.ends_with or rule.contains or rule.contains_all
        decided = _literals(rule, unit) if keyed else []
        if decided is None:
            return None
        span = unit.level.span(*found) if found is not None else unit.folded.span(*decided[0])
        # what seldom decides comes last, and words are counted only when they must be
        text = unit.folded.text
        if rule.unless and any(literal in text and bounded_find(text, literal) >= 0 for literal in rule.unless):
            return None
        if is_bound and not unit.has_words(rule.min_words, rule.max_words):
            return None
        if rule.unless_regex and run.search(rule.unless_regex, unit, rule) is not None:
            return None
    except UndecidedError:
        return None
    return unit.start + span[0], unit.start + span[1]


def _literals(rule: Rule, unit: Unit) -> list[Span] | None:
    """Where the rule's literals stand in the folded unit, one for each of its keys; None when one of them does not hold."""
    text = unit.folded.text
    decided: list[Span] = []
    if rule.equals:
        start, end = unit.core
        if text[start:end] not in rule.equals:
            return None
        decided.append((start, end))
    if rule.starts_with:
        span = _first(_at_start(text, literal, unit.core[0]) for literal in rule.starts_with)
        if span is None:
            return None
        decided.append(span)
    if rule.ends_with:
        span = _first(_at_end(text, literal, unit.core[1]) for literal in rule.ends_with)
        if span is None:
            return None
        decided.append(span)
    for literals in ((rule.contains,) if rule.contains else ()) + tuple((literal,) for literal in rule.contains_all):
        for literal in literals:
            if literal in text and (at := bounded_find(text, literal)) >= 0:
                decided.append((at, at + len(literal)))
                break
        else:
            return None
    return decided


def _first(spans: Iterable[Span | None]) -> Span | None:
    return next((span for span in spans if span is not None), None)


def _at_start(text: str, literal: str, core: int) -> Span | None:
    # a literal that itself begins with an ornament stands before the core
    for start in (core, *range(core)):
        if text.startswith(literal, start) and is_bounded(text, start, start + len(literal)):
            return start, start + len(literal)
    return None


def _at_end(text: str, literal: str, core: int) -> Span | None:
    for end in (core, *range(core + 1, len(text) + 1)):
        start = end - len(literal)
        if start >= 0 and text.startswith(literal, start) and is_bounded(text, start, end):
            return start, end
    return None


def page_holds(rule: Rule, index: int, run: Run) -> bool:
    """Whether the block is of the kind, in the place and with the links that the rule asks for; unknown is false."""
    units = run.units
    block = units.document.blocks[index]
    if rule.kind and block.kind.value not in rule.kind:
        return False
    if rule.position == "head" and not units.in_head(index):
        return False
    if rule.position == "tail" and not units.in_tail(index):
        return False
    if rule.scope == "section" and not units.can_be_heading(index):
        return False
    if rule.min_linked is not None or rule.max_linked is not None:
        linked = units.linked(block)
        if linked is None or linked < (rule.min_linked or 0.0) or linked > (1.0 if rule.max_linked is None else rule.max_linked):
            return False
    if rule.inside and units.inside(index, rule.inside) is not True:
        return False
    if rule.outside and units.inside(index, rule.outside) is not False:
        return False
    return not (rule.since or rule.until) or _dated(rule, run.date())


def _dated(rule: Rule, date: datetime.date | None) -> bool:
    return date is not None and (rule.since is None or date >= rule.since) and (rule.until is None or date <= rule.until)


def neighbours_hold(rule: Rule, index: int, removed: Mapping[int, AbstractSet[str]]) -> bool:
    """Whether the blocks around are removed as one of the categories that the rule asks for."""
    return (not rule.after or not removed.get(index - 1, _NOTHING).isdisjoint(rule.after)) and (
        not rule.before or not removed.get(index + 1, _NOTHING).isdisjoint(rule.before)
    )
