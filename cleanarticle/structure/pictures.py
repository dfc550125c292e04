"""Captions and credits of pictures, known by their place in the page."""

from __future__ import annotations

from collections.abc import Iterator

from cleanarticle.document import Kind
from cleanarticle.evidence import Evidence
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
        elif block.is_in("figcaption"):
            yield Finding(block, "caption", ("in a figcaption",))
        elif block.has("caption", 2):
            yield Finding(block, "caption", ("an element named as a caption",))
        elif len(block.key) >= _MIN_ALT and block.key in evidence.image_texts and block.key not in evidence.titles and block.kind is not Kind.LIST_ITEM:
            yield Finding(block, "caption", ("the alternative text of a picture",))
