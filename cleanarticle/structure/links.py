"""Links to other articles of the site: alone between paragraphs, in runs, under a "Related" heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanarticle.document import Kind
from cleanarticle.evidence import BlockEvidence, Evidence, squeeze
from cleanarticle.structure.detectors import Finding, Words

_LINKED = 0.85  # share of the letters from which a line is nothing but a link
_INTERNAL = 0.5
_MIN_WORDS = 4  # of a line that alone is a teaser
_MAX_WORDS = 40
_MAX_HEADINGS = 3
_MAX_SHARE = 0.25
_MAX_LISTS = 2  # a page with more lists of links is a collection of links
_LABELLED = 0.5
_SAME_SHARE = 0.1
_LABEL = re.compile(r"[^:|»>]{0,50}(?:[:|»]|>>)\s*")
_ALL = 0.95
_MAX_CARD_WORDS = 150
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
    if block.words < _MIN_WORDS or block.kind not in (Kind.PARAGRAPH, Kind.HEADING, Kind.QUOTE):
        return False
    if not (is_link(block) or is_labelled_link(block) or _is_card(block)):
        return False
    text = block.text.strip()
    # a sentence that extraction split at a link begins small; a headline has no full stop
    return not text[:1].islower() and not text.endswith((".", "。"))


def link_list(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Two or more list items in a row that are nothing but links to the same site."""
    runs: list[list[BlockEvidence]] = [[]]
    for block in evidence.blocks:
        if block.kind is Kind.LIST_ITEM and (is_link(block) or is_labelled_link(block)):
            runs[-1].append(block)
        elif runs[-1]:
            runs.append([])
    lists = [run for run in runs if len(run) > 1 and sum(item.words for item in run) >= _MIN_WORDS * len(run)]
    if len(lists) <= _MAX_LISTS:
        for run in lists:
            yield from (Finding(item, "related", (f"one of {len(run)} links to the same site in a row",)) for item in run)


def is_link(block: BlockEvidence) -> bool:
    """Whether a line is nothing but a link to the same site."""
    return block.linked >= _LINKED and block.internal >= _INTERNAL and 0 < block.words <= _MAX_WORDS


def is_labelled_link(block: BlockEvidence) -> bool:
    """Whether a line is a short label, a colon or bar, and a link to the same site: "Topic: headline"."""
    if not (_LABELLED <= block.linked < _LINKED and block.internal >= _INTERNAL and block.words <= _MAX_WORDS):
        return False
    parted = _LABEL.match(block.text)
    # the link is what stands behind the label: its share of the letters is that of the rest of the line
    return parted is not None and abs(len(squeeze(block.text[parted.end() :])) / max(1, len(block.key)) - block.linked) < _SAME_SHARE


def _is_card(block: BlockEvidence) -> bool:
    """Whether a whole paragraph stands in one link to the same site."""
    return block.linked >= _ALL and block.internal >= _ALL and _MAX_WORDS < block.words <= _MAX_CARD_WORDS and block.is_in("a")


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
        teaser_like = block.linked >= _LINKED or (
            block.kind is Kind.LIST_ITEM and block.words <= _MAX_WORDS and block.text.rstrip()[-1:] not in _STOPS
        )
        if block.words and not teaser_like:
            return
        yield block
