"""Captions and credits of pictures, known by their place in the page."""

from __future__ import annotations

from collections.abc import Iterator

from cleanarticle.document import Kind
from cleanarticle.evidence import BlockEvidence, Evidence
from cleanarticle.structure.detectors import Finding, Words

_MAX_WORDS = 60
_MAX_CREDIT_WORDS = 25
_MAX_SHARE = 0.3  # of the text: a page that is mostly captions is a gallery, and they are its article
_LINKED = 0.9  # share of the letters from which a line is a link
_MIN_ALT = 15  # letters of an alternative text from which agreement is no accident
# Of the short lines that are set apart as a whole (small, in italics) and stand right behind a picture, 45 of 48 on the
# development pages are captions, credits or other lines of the page; so are 29 of 29 in elements whose names speak of pictures.
_MAX_SET_APART = 25
_MAX_IN_FIGURES = 4  # lines of one page; of the pages with more, one has its whole text in figures
_MAX_HEAD = 12  # above the story longer ones are its standfirst
_SET_APART = frozenset({"em", "i", "small", "sub", "cite"})
_INLINE = _SET_APART | {"span", "strong", "b", "a", "u", "font"}
_STOPS = (".", "!", "?", "…", "。", "！", "？")
_NO_CAPTION_END = (":", "?", "!", "：", "？", "！")
_NOT_PICTURES = frozenset({Kind.TABLE_ROW, Kind.CODE, Kind.QUOTE, Kind.HEADING})


def caption(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Lines from a figcaption, from an element named as one, or that repeat a picture's alternative text."""
    found = list(_captions(evidence))
    letters = sum(len(finding.block.text) for finding in found)
    if letters <= _MAX_SHARE * len(evidence.document.text):
        yield from found


def _captions(evidence: Evidence) -> Iterator[Finding]:
    in_figures = _in_figures(evidence)
    for block in evidence.blocks:
        if not block.words or block.words > _MAX_WORDS:
            continue
        if block.kind is Kind.TABLE_ROW and block.has("caption", 1) and evidence.follows_picture(block):
            yield Finding(block, "caption", ("a cell named as a caption, right behind a picture",))  # pages laid out as tables
        if block.kind in _NOT_PICTURES:
            continue
        if block.has("credit", 1) and block.words <= _MAX_CREDIT_WORDS:
            yield Finding(block, "credit", ("an element named as a credit",))
        elif block.is_in("figcaption") and not evidence.ends_quote(block):
            yield Finding(block, "caption", ("in a figcaption",))
        elif block.index in in_figures:
            yield Finding(block, "caption", ("in a figure",))
        elif block.has("caption", 2):
            yield Finding(block, "caption", ("an element named as a caption",))
        elif block.kind is not Kind.LIST_ITEM and block.key in evidence.image_texts and _is_alternative_text(block, evidence):
            yield Finding(block, "caption", ("the alternative text of a picture",))
        elif _may_follow_picture(block, evidence) and evidence.follows_picture(block):
            yield Finding(block, "caption", ("set apart, right behind a picture",))


def _in_figures(evidence: Evidence) -> set[int]:
    """Lines from figures that are no text that was put there: short, and no sentences. Where more stand there the page is made so."""
    found = [block for block in evidence.blocks if block.is_in("figure") and block.words and block.kind in (Kind.PARAGRAPH, Kind.LIST_ITEM)]
    if len(found) > _MAX_IN_FIGURES:
        return set()
    ends = (*_STOPS, *_NO_CAPTION_END)
    short = [block for block in found if block.kind is Kind.PARAGRAPH and block.words <= _MAX_SET_APART]
    return {block.index for block in short if not block.text.rstrip().endswith(ends)}


def _may_follow_picture(block: BlockEvidence, evidence: Evidence) -> bool:
    """Whether a line looks like a caption if there is a picture before it."""
    if block.kind is Kind.LIST_ITEM or block.linked >= _LINKED or block.text.rstrip().endswith(_NO_CAPTION_END):
        return False
    if block.has("picture", 2) and block.words <= _MAX_SET_APART and block.text.rstrip()[-1:] not in _STOPS:
        return True  # not a sentence: text stands beside pictures in elements that are named after both
    if block.words > (_MAX_HEAD if block.index < evidence.first_real else _MAX_SET_APART):
        return False
    for node in block.near:
        if node.tag not in _INLINE:
            return False
        if node.tag in _SET_APART:
            return True
    return False


def _is_alternative_text(block: BlockEvidence, evidence: Evidence) -> bool:
    # a title or description of the page as alternative text says nothing about the line, nor does one that repeats the body;
    # above the story it is made from the standfirst: 2 of 2 on the development pages
    if block.index <= evidence.first_real:
        return False
    if len(block.key) < _MIN_ALT or block.key in evidence.titles or block.key in evidence.descriptions:
        return False
    return evidence.key_counts[block.key] == 1
