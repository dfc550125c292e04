"""Captions and credits of pictures, known by their place in the page."""

from __future__ import annotations

from collections.abc import Iterator

from cleanarticle.document import Kind
from cleanarticle.evidence import BlockEvidence, Evidence
from cleanarticle.structure.detectors import Finding, Words

_MAX_WORDS = 60
_MAX_CREDIT_WORDS = 25
_MAX_SHARE = 0.3  # of the text: a page that is mostly captions is a gallery, and they are its article
_MIN_ALT = 15  # letters of an alternative text from which agreement is no accident
_NOT_PICTURES = frozenset({Kind.TABLE_ROW, Kind.CODE, Kind.QUOTE, Kind.HEADING})


def caption(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Lines from a figcaption, from an element named as one, or that repeat a picture's alternative text."""
    found = list(_captions(evidence))
    letters = sum(len(finding.block.text) for finding in found)
    if letters <= _MAX_SHARE * len(evidence.document.text):
        yield from found


def _captions(evidence: Evidence) -> Iterator[Finding]:
    for block in evidence.blocks:
        if not block.words or block.words > _MAX_WORDS or block.kind in _NOT_PICTURES:
            continue
        if block.has("credit", 1) and block.words <= _MAX_CREDIT_WORDS:
            yield Finding(block, "credit", ("an element named as a credit",))
        elif block.is_in("figcaption") and not _ends_quote(block, evidence):
            yield Finding(block, "caption", ("in a figcaption",))
        elif block.has("caption", 2):
            yield Finding(block, "caption", ("an element named as a caption",))
        elif block.kind is not Kind.LIST_ITEM and block.key in evidence.image_texts and _is_alternative_text(block, evidence):
            yield Finding(block, "caption", ("the alternative text of a picture",))


def _is_alternative_text(block: BlockEvidence, evidence: Evidence) -> bool:
    # a title or description of the page as alternative text says nothing about the line, nor does one that repeats the body
    if len(block.key) < _MIN_ALT or block.key in evidence.titles or block.key in evidence.descriptions:
        return False
    return evidence.key_counts[block.key] == 1


def _ends_quote(block: BlockEvidence, evidence: Evidence) -> bool:
    """Whether the line tells whom the quotation before it is from."""
    return block.index > 0 and evidence.blocks[block.index - 1].kind is Kind.QUOTE
