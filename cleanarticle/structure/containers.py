"""Blocks from elements that the page itself names as something other than the article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleanarticle.document import Kind
from cleanarticle.evidence import BlockEvidence, Evidence
from cleanarticle.structure.detectors import Finding, Words


@dataclass(frozen=True, slots=True)
class _Container:
    """How far out an element may bear the name, how long its lines and how large a share of the text it may be."""

    group: str
    category: str
    within: int
    max_words: int
    max_share: float


# Limits chosen so that on the tuning pages the names take less than one body line in a thousand: tests/bench/structure.py
_CONTAINERS = (
    _Container("comments", "comments", 6, 400, 0.3),
    _Container("newsletter", "newsletter", 4, 60, 0.15),
    _Container("related", "related", 4, 40, 0.25),
    _Container("author_bio", "author_bio", 4, 120, 0.2),
    _Container("social", "social", 2, 20, 0.1),
    _Container("contact", "contact", 3, 30, 0.15),
    _Container("copyright", "copyright", 2, 60, 0.15),
    _Container("disclaimer", "disclaimer", 2, 100, 0.2),
    _Container("company_boilerplate", "company_boilerplate", 3, 200, 0.3),
    _Container("navigation", "navigation", 2, 12, 0.1),
)
_BODY_KINDS = frozenset({Kind.TABLE_ROW, Kind.CODE})


def container(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Lines from comment threads, newsletter boxes, related lists, author boxes and the like."""
    for block in evidence.blocks:
        if not block.groups or not block.words or block.kind in _BODY_KINDS:
            continue
        found = next((c for c in _CONTAINERS if _holds(block, c)), None)
        if found is not None:
            yield Finding(block, found.category, (f"in an element named as {found.group.replace('_', ' ')}",))


def _holds(block: BlockEvidence, container: _Container) -> bool:
    return block.has(container.group, container.within) and block.words <= container.max_words and block.share <= container.max_share
