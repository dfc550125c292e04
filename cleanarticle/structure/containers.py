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
# On the development pages 15 of 15 such paragraphs in small print, 13 of 13 in forms, labels and addresses and all in
# rows are not the article's; in rows two elements out it is 19 of 21.
_MAX_SMALL_WORDS = 40
_MAX_ELEMENT_WORDS = 20
_MAX_ROW_WORDS = 12
_MAX_ROWS = 4
_ROW = ("navigation", "a row of things side by side")
_NEAR_ELEMENTS = 3
_MAX_ELEMENT_SHARE = 0.15  # of the text: where it is more, the page is made so
_ELEMENTS = {"form": ("navigation", "a form"), "label": ("navigation", "a form"), "address": ("contact", "an address")}
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
    # a heading that a table of contents points to is named after it as often as the table is
    if block.kind is Kind.HEADING and box.group == "navigation":
        return False
    return block.has(box.group, box.within) and 0 < block.words <= box.max_words and block.kind not in _BODY_KINDS


def element(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Short lines from elements that hold no running text: small print, forms, addresses, rows of things side by side."""
    found = [(block, told) for block in evidence.blocks if block.kind is Kind.PARAGRAPH and (told := _told_by_element(block, evidence))]
    if sum(told == _ROW for _, told in found) > _MAX_ROWS:
        found = [(block, told) for block, told in found if told != _ROW]  # a table that is made of rows
    if sum(len(block.text) for block, _ in found) <= _MAX_ELEMENT_SHARE * len(evidence.document.text):
        yield from (Finding(block, category, (f"in {name}",)) for block, (category, name) in found)


def _told_by_element(block: BlockEvidence, evidence: Evidence) -> tuple[str, str] | None:
    """The category that an element tells, and its name; None when there is no such element or too much text."""
    if not 0 < block.words <= _MAX_SMALL_WORDS or block.has("apparatus"):
        return None
    for node in block.near[:_NEAR_ELEMENTS]:
        if node.tag == "small":
            return ("byline" if block.index <= evidence.first_real else "disclaimer"), "small print"
        if node.tag in _ELEMENTS and block.words <= _MAX_ELEMENT_WORDS:
            return _ELEMENTS[node.tag]
    if block.has("row", 1) and block.words <= _MAX_ROW_WORDS:
        return _ROW
    return None
