"""What removals leave behind: headings without content, and the tail after the article's end."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cleanarticle.document import Kind
from cleanarticle.evidence import Evidence
from cleanarticle.structure.detectors import Finding

_MAX_HEADING_WORDS = 15


def empty_headings(evidence: Evidence, gone: Collection[int]) -> Iterator[Finding]:
    """Headings under which everything was removed, and headings at the very end."""
    following_kept = False
    section_gone = False
    category = "related"
    for index in range(len(evidence.blocks) - 1, -1, -1):
        block = evidence.blocks[index]
        if index in gone or not block.words:
            section_gone = section_gone or index in gone
            continue
        is_heading = block.kind is Kind.HEADING and block.words <= _MAX_HEADING_WORDS
        last = index == len(evidence.blocks) - 1 and index > 0
        if is_heading and not following_kept and (section_gone or last):
            yield Finding(block, category, ("nothing is left under it",))
            continue
        if is_heading:
            following_kept, section_gone = False, False
        else:
            following_kept, section_gone = True, False
