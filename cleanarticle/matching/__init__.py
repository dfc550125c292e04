"""Text rules: from a rule set and a document to proposals.

>>> from cleanarticle.document import text_document
>>> from cleanarticle.ruleset import default_rules
>>> matcher = Matcher(default_rules())
>>> session = matcher.session(Units(text_document("The vote is on Friday.\\nSubscribe to our newsletter.")))
>>> [proposal.category for proposal in session.proposals][:1]
['newsletter']
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator

from cleanarticle.matching.scanning import Candidates, Scanner
from cleanarticle.matching.units import MAX_WORD_LENGTH, Units
from cleanarticle.matching.verifying import Run, neighbours_hold, page_holds, words_hold
from cleanarticle.proposals import Proposal
from cleanarticle.ruleset import Rule, RuleSet, Site
from cleanarticle.ruleset.model import Anchor
from cleanarticle.ruleset.patterns import Patterns

__all__ = ["Matcher", "Session", "Units"]

_SLACK = 24  # characters by which a folded text with its ornaments can be longer than what a pattern sees
_NO_SITE = Site(pack="", hosts=())


class Matcher:
    """Rules made ready for scanning. Built once, used for any number of documents, from several threads."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules.rules
        self._ruleset = rules
        self._scanner = Scanner(self.rules)
        self._patterns = Patterns(rules.programs)
        self._off_by_site: dict[str, frozenset[int]] = {}

    def session(self, units: Units, site: Site = _NO_SITE, date: Callable[[], datetime.date | None] = lambda: None) -> Session:
        """The work on one document; its `proposals` are those of all rules that ask nothing of neighbours."""
        return Session(self, units, site, date)

    def candidates(self, units: Units) -> Candidates:
        """Rules that can hold, by index of a block."""
        return self._scanner.candidates([unit.folded.text for unit in units.blocks])

    def run(self, units: Units, date: Callable[[], datetime.date | None]) -> Run:
        """What verifying on one document needs."""
        return Run(units, self._patterns, date)

    def off(self, site: Site) -> frozenset[int]:
        """Indexes of the rules that do not hold on a site: those of other sites and those that it disables."""
        off = self._off_by_site.get(site.pack)
        if off is None:
            disabled = {rule_id for pattern in site.disable for rule_id in self._ruleset.ids_matching(pattern)}
            off = frozenset(
                index
                for index, rule in enumerate(self.rules)
                if rule.id in disabled or (rule.language == "sites" and rule.pack not in site.extends)
            )
            self._off_by_site[site.pack] = off
        return off


class Session:
    """Text rules at work on one document."""

    def __init__(self, matcher: Matcher, units: Units, site: Site, date: Callable[[], datetime.date | None]) -> None:
        self._units = units
        self._run = matcher.run(units, date)
        self._waiting: list[tuple[int, Rule, list[tuple[int, int]]]] = []
        self.proposals: list[Proposal] = []
        self.near_misses: list[tuple[str, int]] = []  # rules whose words held in a block, but not their conditions
        off = matcher.off(site)
        for index, rules in sorted(matcher.candidates(units).items()):
            for number in sorted(rules.keys() - off):
                rule = matcher.rules[number]
                if rule.after or rule.before:
                    self._waiting.append((index, rule, rules[number]))
                else:
                    self.proposals += self._verified(index, rule, rules[number])

    @property
    def warnings(self) -> list[str]:
        """What the caller should know, such as matches that ran out of time."""
        return self._run.warnings

    def beside(self, removed: Callable[[int], Collection[str]]) -> list[Proposal]:
        """Proposals of the rules that ask for neighbours; `removed` gives the categories as which a block is removed."""
        count = len(self._units.blocks)
        ready: list[tuple[int, Rule, list[tuple[int, int]]]] = []
        waiting: list[tuple[int, Rule, list[tuple[int, int]]]] = []
        for entry in self._waiting:
            (ready if neighbours_hold(entry[1], entry[0], removed, count) else waiting).append(entry)
        self._waiting = waiting
        found = [proposal for entry in ready for proposal in self._verified(*entry)]
        self.proposals += found
        return found

    def _verified(self, index: int, rule: Rule, hits: list[tuple[int, int]]) -> Iterator[Proposal]:
        units, block = self._units, self._units.blocks[index]
        asked = [block]
        patterns: list[str] | None = None
        if hits:
            in_sentence = rule.scope == "sentence"
            folded = block.folded.text
            if not in_sentence and rule.max_words is not None and len(folded) > rule.max_words * MAX_WORD_LENGTH:
                return
            length = 0 if in_sentence else len(folded) - _SLACK
            holding = {number for number, _ in hits}
            holding = {number for number in holding if _can_hold(rule.anchors[number], folded, length)}
            if not holding:
                return
            if rule.anchors[0].pattern >= 0:
                patterns = [rule.regex[rule.anchors[number].pattern] for number in sorted(holding)]
            if in_sentence:
                asked = units.sentences_at(index, {at for number, at in hits if number in holding})
        else:
            # tried on every line: what is cheap first
            if not page_holds(rule, index, self._run):
                return
            if rule.scope == "sentence":
                asked = units.sentences(index)
        held = [(unit, matched) for unit in asked if (matched := words_hold(rule, unit, self._run, patterns)) is not None]
        if not held:
            return
        if not page_holds(rule, index, self._run):
            self.near_misses.append((rule.id, index))
            return
        for unit, matched in held:
            if rule.scope == "match":
                yield _proposal(rule, *matched, matched)
            elif rule.scope in ("block", "sentence"):
                yield _proposal(rule, unit.start, unit.end, matched)
            else:
                last = len(units.blocks) if rule.scope == "rest" else units.section_end(index)
                yield _proposal(rule, block.start, units.blocks[last - 1].end, matched)


def _can_hold(anchor: Anchor, folded: str, length: int) -> bool:
    """Whether a unit is short enough for an anchor's pattern, and has a literal of each of its further sets."""
    if anchor.longest and length > anchor.longest:
        return False
    for literals in anchor.also:
        for literal in literals:
            if literal in folded:
                break
        else:
            return False
    return True


def _proposal(rule: Rule, start: int, end: int, matched: tuple[int, int]) -> Proposal:
    return Proposal(
        rule=rule.id,
        category=rule.category,
        start=start,
        end=end,
        reason=rule.reason,
        confidence=rule.confidence,
        matched=matched if matched[1] > matched[0] else None,
    )
