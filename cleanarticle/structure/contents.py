"""A table of contents: a list of the headings that follow it."""

from __future__ import annotations

from collections.abc import Iterator

from cleanarticle.document import Kind
from cleanarticle.evidence import BlockEvidence, Evidence
from cleanarticle.structure.detectors import Finding, Words

_MIN_ITEMS = 3
_MAX_LABEL_WORDS = 5  # of the line above it; an article that lists what it will tell has a sentence there


def table_of_contents(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Lists under a short label, or at the very top, of which each item is a heading further down."""
    headings = {block.key: block.index for block in evidence.blocks if block.kind is Kind.HEADING and block.key}
    if len(headings) < _MIN_ITEMS:
        return
    for items in _lists(evidence):
        below = [headings.get(item.key, -1) > items[-1].index for item in items]
        if len(items) >= _MIN_ITEMS and all(below) and _has_label(items[0], evidence):
            yield from (Finding(item, "navigation", ("a heading further down",)) for item in items)


def _lists(evidence: Evidence) -> Iterator[list[BlockEvidence]]:
    items: list[BlockEvidence] = []
    for block in evidence.blocks:
        if block.kind is Kind.LIST_ITEM:
            items.append(block)
        elif items:
            yield items
            items = []
    if items:
        yield items


def _has_label(first: BlockEvidence, evidence: Evidence) -> bool:
    return first.index == 0 or evidence.blocks[first.index - 1].words <= _MAX_LABEL_WORDS
