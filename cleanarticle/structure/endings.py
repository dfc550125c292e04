"""What removals leave behind: headings without content, and the tail after the article's end."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cleanarticle.document import Kind
from cleanarticle.evidence import Evidence
from cleanarticle.structure.detectors import Finding

_MAX_HEADING_WORDS = 15


def empty_headings(evidence: Evidence, gone: Collection[int]) -> Iterator[Finding]:
    """Headings under which everything was removed, and headings at the very end."""
    taken = set(gone)
    last = len(evidence.blocks) - 1
    for block in reversed(evidence.blocks):
        if block.kind is not Kind.HEADING or block.words > _MAX_HEADING_WORDS or block.index in taken:
            continue
        section = [other for other in range(block.index + 1, evidence.units.section_end(block.index)) if evidence.blocks[other].words]
        emptied = any(other in taken for other in section) or 0 < block.index == last
        if emptied and all(other in taken for other in section):
            taken.add(block.index)
            yield Finding(block, "related", ("nothing is left under it",))
