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


_CONTAINERS = (
    _Container("comments", "comments", 6, 400, 0.3),
    _Container("newsletter", "newsletter", 4, 60, 0.15),
    _Container("related", "related", 4, 40, 0.25),
    _Container("author_bio", "author_bio", 4, 120, 0.2),
    _Container("social", "social", 2, 40, 0.1),
    _Container("contact", "contact", 3, 30, 0.15),
    _Container("copyright", "copyright", 2, 60, 0.15),
    _Container("disclaimer", "disclaimer", 2, 100, 0.2),
    _Container("company_boilerplate", "company_boilerplate", 3, 200, 0.3),
    _Container("navigation", "navigation", 2, 12, 0.1),
)
_BODY_KINDS = frozenset({Kind.TABLE_ROW, Kind.CODE})


def container(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Lines from comment threads, newsletter boxes, related lists, author boxes and the like."""
    taken: set[int] = set()
    for box in _CONTAINERS:
        found = [block for block in evidence.blocks if block.index not in taken and _holds(block, box)]
        if sum(len(block.text) for block in found) > box.max_share * len(evidence.document.text):
            continue  # so much text is what the page is about, whatever its elements are called
        taken.update(block.index for block in found)
        yield from (Finding(block, box.category, (f"in an element named as {box.group.replace('_', ' ')}",)) for block in found)


def _holds(block: BlockEvidence, box: _Container) -> bool:
    return block.has(box.group, box.within) and 0 < block.words <= box.max_words and block.kind not in _BODY_KINDS
