"""Links to other articles of the site: alone between paragraphs, in runs, under a "Related" heading."""

from __future__ import annotations

from collections.abc import Iterator

from cleanarticle.document import Kind
from cleanarticle.evidence import BlockEvidence, Evidence
from cleanarticle.structure.detectors import Finding, Words

_LINKED = 0.85  # share of the letters from which a line is nothing but a link
_INTERNAL = 0.5
_MIN_WORDS = 4  # of a line that alone is a teaser
_MAX_WORDS = 40
_MAX_HEADINGS = 3
_MAX_SHARE = 0.25
_STOPS = ".!?…。！？"


def teaser(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Lines that are one link to the same site: a headline of another article.

    Where such lines are a good part of the text (lyrics, catalogues), or linked headings structure it, they are its
    content.
    """
    found = [block for block in evidence.blocks if _is_teaser(block)]
    headings = [block for block in found if block.kind is Kind.HEADING]
    if len(headings) > _MAX_HEADINGS:
        found = [block for block in found if block.kind is not Kind.HEADING]
    if sum(len(block.text) for block in found) <= _MAX_SHARE * len(evidence.document.text):
        yield from (Finding(block, "related", ("nothing but a link to the same site",)) for block in found)


def _is_teaser(block: BlockEvidence) -> bool:
    if not is_link(block) or block.words < _MIN_WORDS or block.kind not in (Kind.PARAGRAPH, Kind.HEADING, Kind.QUOTE):
        return False
    text = block.text.strip()
    # a sentence that extraction split at a link begins small; a headline has no full stop
    return not text[:1].islower() and not text.endswith((".", "。"))


def link_list(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Two or more list items in a row that are nothing but links to the same site."""
    run: list[BlockEvidence] = []
    for block in [*evidence.blocks, None]:
        if block is not None and block.kind is Kind.LIST_ITEM and is_link(block):
            run.append(block)
            continue
        if len(run) > 1 and sum(item.words for item in run) >= _MIN_WORDS * len(run):
            yield from (Finding(item, "related", (f"one of {len(run)} links to the same site in a row",)) for item in run)
        run = []


def is_link(block: BlockEvidence) -> bool:
    """Whether a line is nothing but a link to the same site."""
    return block.linked >= _LINKED and block.internal >= _INTERNAL and block.words <= _MAX_WORDS and block.words > 0


def related_section(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """A "Related" heading and the links or short headlines behind it."""
    for block in evidence.blocks:
        start, end = evidence.units.blocks[block.index].core
        if block.words > 10 or evidence.units.blocks[block.index].folded.text[start:end] not in words.related_headings:
            continue
        behind = list(_announced(evidence, block.index + 1))
        if behind or block.index == len(evidence.blocks) - 1 or block.kind is Kind.HEADING:
            yield Finding(block, "related", ("announces other articles",))
        for item in behind:
            yield Finding(item, "related", (f"follows “{block.text.strip()}”",))


def _announced(evidence: Evidence, start: int) -> Iterator[BlockEvidence]:
    for block in evidence.blocks[start:]:
        teaser_like = block.linked >= _LINKED or (block.kind is Kind.LIST_ITEM and block.words <= _MAX_WORDS and block.text.rstrip()[-1:] not in _STOPS)
        if block.words and not teaser_like:
            return
        yield block
