"""Structure detectors: what no phrase tells, told by place, links, names of elements and agreement with the metadata.

Each has an id like a rule's (`structure/headline`) and is switched off like one.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from cleanarticle.evidence import Evidence
from cleanarticle.matching.units import Units
from cleanarticle.proposals import Proposal, Spans
from cleanarticle.ruleset import Language, Site
from cleanarticle.structure.authors import author_bio
from cleanarticle.structure.byline import byline
from cleanarticle.structure.colophon import colophon
from cleanarticle.structure.containers import container, element
from cleanarticle.structure.contents import table_of_contents
from cleanarticle.structure.detectors import Concluding, Detector, Finding, Words
from cleanarticle.structure.endings import empty_headings, stranded
from cleanarticle.structure.fitted import fitted
from cleanarticle.structure.headline import headline, repeated
from cleanarticle.structure.labels import section_label
from cleanarticle.structure.links import cards, link_list, related_section, teaser
from cleanarticle.structure.outside import outside
from cleanarticle.structure.pictures import caption
from cleanarticle.structure.series import without_series

__all__ = ["BY_ID", "DETECTORS", "FITTED", "PRUNED", "Structure", "StructureSession", "pruned"]

_DETECTORS = (
    Detector("structure/headline", "The page's own headline or kicker, repeated above the body", ("headline",), headline),
    Detector("structure/repeated-standfirst", "A standfirst that stands again in the body", ("headline",), repeated),
    Detector("structure/section-label", "Where on its site the page is", ("navigation",), section_label),
    Detector("structure/byline", "A name, date or reading time, not a sentence of the article", ("byline",), byline),
    Detector("structure/author-bio", "About the author", ("author_bio",), author_bio),
    Detector("structure/colophon", "A line at the end in the name of the site or the author", ("promo", "author_bio"), colophon),
    Detector("structure/caption", "Caption or credit of a picture", ("caption", "credit"), caption),
    Detector("structure/teaser", "A link to another article of the site", ("related",), teaser),
    Detector("structure/card", "One of several teasers with the lines that belong to it", ("related",), cards),
    Detector("structure/link-list", "A list of links to other articles of the site", ("related",), link_list),
    Detector("structure/related-section", "What a heading announces as other articles", ("related",), related_section),
    Detector("structure/contents", "A list of the headings that follow it", ("navigation",), table_of_contents),
    Detector("structure/container", "From an element that the page names as something other than the article", (), container),
    Detector("structure/element", "From an element that holds no running text", (), element),
    Detector("structure/outside", "Behind the element that holds the story", (), outside),
)
_EMPTY_HEADING = Concluding("structure/empty-heading", "A heading with nothing left under it", ())
_STRANDED = Concluding("structure/stranded", "A scrap between lines that are not the article", ())
FITTED: Final = "structure/fitted"
_FITTED = Concluding(FITTED, "Not the article's by all that the page tells together", ())
_UNNAMED = "related"  # of a block whose words go piece by piece
BY_ID: Final[Mapping[str, Concluding]] = {detector.id: detector for detector in (*_DETECTORS, _EMPTY_HEADING, _STRANDED, _FITTED)}
DETECTORS = frozenset(BY_ID)
PRUNED: Final = "From an element that is not the article on this site"


class Structure:
    """The detectors in use, with the words of all languages. Safe to use from several threads."""

    def __init__(self, languages: Iterable[Language], disable: Collection[str] = ()) -> None:
        self._words = Words(languages)
        self._off = frozenset(disable)

    def session(self, evidence: Evidence, disable: Collection[str] = ()) -> StructureSession:
        """The work on one page. `disable` names more that are switched off."""
        off = frozenset(id_ for id_ in DETECTORS if any(fnmatch.fnmatchcase(id_, pattern) for pattern in (*self._off, *disable)))
        return StructureSession(evidence, self._words, off)


class StructureSession:
    """Detectors at work on one page."""

    def __init__(self, evidence: Evidence, words: Words, off: frozenset[str]) -> None:
        self._evidence, self._words, self._off = evidence, words, off

    def propose(self) -> Iterator[Proposal]:
        """What the detectors would remove, whatever else is removed."""
        for detector in _DETECTORS:
            if detector.id not in self._off:
                yield from detector.proposals(self._evidence, self._words)

    def reconsider(self, proposals: list[Proposal]) -> list[Proposal]:
        """Proposals less what only looks like the page's furniture where there is one, whoever proposed it."""
        units = self._evidence.units
        return without_series(units, proposals, lambda: _gone(units, proposals))

    def conclude(self, proposals: Collection[Proposal]) -> Iterator[Proposal]:
        """What other removals leave behind."""
        evidence = self._evidence
        gone = _gone(evidence.units, proposals)
        if _STRANDED.id not in self._off:
            yield from self._concluded(_STRANDED, stranded(evidence, gone), gone)
        if _EMPTY_HEADING.id not in self._off:
            yield from self._concluded(_EMPTY_HEADING, empty_headings(evidence, gone), gone)
        if gone and _FITTED.id not in self._off and evidence.has_page:
            found = list(self._concluded(_FITTED, fitted(evidence, gone), gone))
            yield from found
            if found and _EMPTY_HEADING.id not in self._off:
                yield from self._concluded(_EMPTY_HEADING, empty_headings(evidence, gone), gone)

    def _concluded(self, detector: Concluding, findings: Iterable[Finding], gone: dict[int, str]) -> Iterator[Proposal]:
        found = list(findings)
        yield from detector.of(found, self._evidence)
        gone |= {finding.block.index: finding.category for finding in found}


def _gone(units: Units, proposals: Collection[Proposal]) -> dict[int, str]:
    """Indexes of the blocks of which nothing would be left, and the category of what removes them."""
    spans = Spans((proposal.start, proposal.end) for proposal in proposals)
    categories = {p.start: p.category for p in sorted(proposals, key=lambda p: p.rule, reverse=True)}
    gone: dict[int, str] = {}
    category = _UNNAMED
    for index, unit in enumerate(units.blocks):
        category = categories.get(unit.start, category)
        if unit.text.strip() and spans.cover(unit.text, unit.start):
            gone[index] = category
    return gone


def pruned(units: Units, site: Site) -> Iterator[Proposal]:
    """Proposals for the blocks that came from inside what a site file prunes."""
    for index, unit in enumerate(units.blocks):
        if units.inside(index, site.prune):
            yield Proposal(
                rule=site.prune_id,
                category=site.category,
                start=unit.start,
                end=unit.end,
                reason=PRUNED,
            )
