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
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet

from cleanarticle.matching.scanning import Candidates, Scanner
from cleanarticle.matching.units import Unit, Units
from cleanarticle.matching.verifying import Run, Span, neighbours_hold, page_holds, words_hold
from cleanarticle.proposals import Proposal
from cleanarticle.ruleset import Rule, RuleSet, Site
from cleanarticle.ruleset.patterns import Patterns

__all__ = ["Matcher", "Session", "Units"]

_NO_SITE = Site(pack="", hosts=())


class Matcher:
    """Rules made ready for scanning. Built once, used for any number of documents, from several threads."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules.rules
        self._ruleset = rules
        self._patterns = Patterns(rules.programs)
        self._scanner = Scanner(self.rules, self._patterns)
        self._off_by_site: dict[str, frozenset[int]] = {}
        self.asking_everywhere = tuple(index for index, rule in enumerate(self.rules) if not rule.anchors and (rule.after or rule.before))

    def session(self, units: Units, site: Site = _NO_SITE, date: Callable[[], datetime.date | None] = lambda: None) -> Session:
        """The work on one document; its `proposals` are those of all rules that ask nothing of neighbours."""
        return Session(self, units, site, date)

    def candidates(self, units: Units) -> Candidates:
        """Rules that can hold, by index of a block."""
        return self._scanner.candidates(units)

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
        self.proposals: list[Proposal] = []
        self.near_misses: list[tuple[str, int]] = []  # rules whose words held in a block, but not their conditions
        off = matcher.off(site)
        # by block: rules that ask for neighbours, with the places of their anchors; and those tried beside all that goes
        self._waiting: list[tuple[int, Rule, list[tuple[int, int]]]] = []
        self._asking = [matcher.rules[number] for number in matcher.asking_everywhere if number not in off]
        self._tried: set[tuple[int, str]] = set()
        for index, rules in sorted(matcher.candidates(units).items()):
            for number in sorted(rules):
                if number in off:
                    continue
                rule = matcher.rules[number]
                if rule.after or rule.before:
                    self._waiting.append((index, rule, rules[number]))
                else:
                    self._verify(index, rule, rules[number], self.proposals)

    @property
    def warnings(self) -> list[str]:
        """What the caller should know, such as matches that ran out of time."""
        return self._run.warnings

    def beside(self, removed: Mapping[int, AbstractSet[str]]) -> list[Proposal]:
        """Proposals of the rules that ask for neighbours; `removed` are the blocks that go, with the categories as which they do."""
        count = len(self._units.blocks)
        ready: list[tuple[int, Rule, list[tuple[int, int]]]] = []
        waiting: list[tuple[int, Rule, list[tuple[int, int]]]] = []
        for entry in self._waiting:
            (ready if neighbours_hold(entry[1], entry[0], removed) else waiting).append(entry)
        self._waiting = waiting
        if self._asking:
            for index in sorted({index + step for index in removed for step in (-1, 1) if 0 <= index + step < count}):
                for rule in self._asking:
                    if (index, rule.id) not in self._tried and neighbours_hold(rule, index, removed):
                        self._tried.add((index, rule.id))
                        ready.append((index, rule, []))
        found: list[Proposal] = []
        for index, rule, hits in ready:
            self._verify(index, rule, hits, found)
        self.proposals += found
        return found

    def _verify(self, index: int, rule: Rule, hits: list[tuple[int, int]], found: list[Proposal]) -> None:
        """Adds what a rule proposes of a block, when it holds there. Without hits it is tried: what is cheap comes first."""
        units = self._units
        if not hits and not page_holds(rule, index, self._run):
            return
        patterns = rule.regex
        if hits and len(patterns) > 1:
            anchors = rule.anchors
            if len(hits) == 1:
                patterns = (patterns[anchors[hits[0][0]].pattern],)
            else:
                patterns = tuple(patterns[number] for number in sorted({anchors[anchor].pattern for anchor, _ in hits}))
        if rule.scope != "sentence":
            asked: tuple[Unit, ...] = (units.blocks[index],)
        elif hits:
            asked = units.sentences_at(index, [at for _, at in hits])
        else:
            asked = units.sentences(index)
        held: list[tuple[Unit, Span]] = []
        for unit in asked:
            matched = words_hold(rule, unit, self._run, patterns)
            if matched is not None:
                held.append((unit, matched))
        if not held:
            return
        if hits and not page_holds(rule, index, self._run):
            self.near_misses.append((rule.id, index))
            return
        for unit, matched in held:
            if rule.scope == "match":
                found.append(_proposal(rule, *matched, matched))
            elif rule.scope in ("block", "sentence"):
                found.append(_proposal(rule, unit.start, unit.end, matched))
            else:
                last = len(units.blocks) if rule.scope == "rest" else units.section_end(index)
                found.append(_proposal(rule, units.blocks[index].start, units.blocks[last - 1].end, matched))


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
