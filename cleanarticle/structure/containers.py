"""Blocks from elements that the page itself names as something other than the article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleanarticle.document import Kind
from cleanarticle.evidence import BlockEvidence, Evidence
from cleanarticle.structure.detectors import Finding, Words


@dataclass(frozen=True, slots=True)
class _Container:
    """How far out an element may bear the name, how long its lines and how large a share of the text it may be.

    `max_behind` is that share where the box stands behind a story that has paragraphs of its own; from half of the text
    on the guard would withdraw it with all else. `where` tells that the name counts only above the story ("head") or behind
    it ("behind").
    """

    group: str
    category: str
    within: int
    max_words: int
    max_share: float
    max_behind: float = 0.0
    where: str = ""


_CONTAINERS = (
    _Container("comments", "comments", 6, 400, 0.3, 0.45),
    _Container("consent", "consent", 3, 60, 0.15),
    _Container("unseen", "navigation", 1, 15, 0.1),
    _Container("pitch", "promo", 3, 40, 0.15, 0.3),
    _Container("poll", "embed", 3, 20, 0.1),
    _Container("newsletter", "newsletter", 4, 60, 0.15),
    _Container("related", "related", 8, 40, 0.25, 0.45),
    _Container("author_bio", "author_bio", 4, 120, 0.2),
    _Container("social", "social", 6, 60, 0.15, 0.3),
    _Container("contact", "contact", 3, 30, 0.15),
    _Container("copyright", "copyright", 2, 60, 0.15),
    _Container("disclaimer", "disclaimer", 2, 100, 0.2),
    _Container("company_boilerplate", "company_boilerplate", 3, 200, 0.3),
    _Container("navigation", "navigation", 2, 12, 0.1),
    _Container("byline", "byline", 4, 12, 0.1, where="head"),
    _Container("row", "navigation", 3, 12, 0.1, where="head"),
    _Container("embed", "embed", 4, 40, 0.15, where="behind"),
    _Container("window", "navigation", 6, 40, 0.2, 0.45, where="behind"),
)
# On the development pages 15 of 15 such paragraphs in small print, 13 of 13 in forms, labels and addresses and all in
# rows are not the article's; in rows two elements out it is 19 of 21.
_NOT_NOTES = frozenset({"consent", "pitch", "poll"})  # groups that footnotes, steps and recipes may be shown in
_LINKED = 0.5
_MIN_STORY = 3  # paragraphs of a story
_MAX_SMALL_WORDS = 40
_MAX_ELEMENT_WORDS = 20
_MAX_ROW_WORDS = 12
_ROW = ("navigation", "a row of things side by side")
_SMALL = "small print"
_AMID = ("", _SMALL)  # within the story, where it is a part of it
_LABEL = ("navigation", "a label of a form")
_ADDRESS = ("contact", "an address")
# lines of a kind; where there are more the page is made of rows, questions that open answers, or places with addresses
_MOST = {_ROW: 4, _LABEL: 4, _ADDRESS: 6}
_NEAR_ELEMENTS = 3
_QUESTION = ("?", "？", "؟", ";")  # at the end of a label that opens an answer
_MAX_ELEMENT_SHARE = 0.15  # of the text: where it is more, the page is made so
_ELEMENTS = {"form": ("navigation", "a form"), "label": _LABEL, "address": _ADDRESS}
# What an element is for those who can't see it. Questions that open their answers are buttons, so these tell nothing.
_ROLES = {
    "dialog": ("consent", "a dialog"),
    "alertdialog": ("consent", "a dialog"),
    **dict.fromkeys(("navigation", "menu", "menubar", "toolbar", "search"), ("navigation", "what the page is used with")),
}
_ITALICS = ("em", "i")
_MAX_SIGNATURE_WORDS = 3
_STOPS = ".!?…:,;。！？："
_BODY_KINDS = frozenset({Kind.TABLE_ROW, Kind.CODE})


def container(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Lines from comment threads, newsletter boxes, related lists, author boxes and the like."""
    named = [block for block in evidence.blocks if block.groups and block.words > 0 and block.kind not in _BODY_KINDS]
    taken: set[int] = set()
    for box in _CONTAINERS:
        found = [block for block in named if block.index not in taken and _holds(block, box) and _stands(block, box.where, evidence)]
        if found and box.group == "related":
            found = _with_links(found, evidence)
        letters = sum(map(len, {block.key: block.text for block in found}.values()))  # what a box says again and again counts once
        if letters > _allowed(found, box, evidence) * len(evidence.document.text):
            continue  # so much text is what the page is about, whatever its elements are called
        taken.update(block.index for block in found)
        yield from (Finding(block, box.category, (f"in an element named as {box.group.replace('_', ' ')}",)) for block in found)


def _with_links(found: list[BlockEvidence], evidence: Evidence) -> list[BlockEvidence]:
    """Those with a link around them, or outside the story's element: what is recommended, popular or similar may be the story's."""
    linked = {node for block in evidence.blocks if block.linked >= _LINKED for node in evidence.chain(block)}

    def has_link(block: BlockEvidence) -> bool:
        chain = evidence.chain(block)
        return chain[min(block.groups["related"] + 1, len(chain) - 1)] in linked

    return [block for block in found if evidence.places[block.index].out or has_link(block)]


def _allowed(found: list[BlockEvidence], box: _Container, evidence: Evidence) -> float:
    """The share of the text that a box may be."""
    if not found or not box.max_behind:
        return box.max_share
    before = [index for index in evidence.units.real_paragraphs if index < found[0].index]
    return box.max_behind if len(before) >= _MIN_STORY else box.max_share


def _stands(block: BlockEvidence, where: str, evidence: Evidence) -> bool:
    if where == "head":
        return block.index < evidence.first_real < len(evidence.blocks)
    return where != "behind" or 0 <= evidence.last_real < block.index


def _holds(block: BlockEvidence, box: _Container) -> bool:
    # a heading that a table of contents points to is named after it as often as the table is
    if block.kind is Kind.HEADING and box.category == "navigation":
        return False
    if box.group == "pitch" and block.text[:1].islower():
        return False  # it goes on with a sentence
    if box.group in _NOT_NOTES and block.has("apparatus", box.within):
        return False
    if box.group == "consent" and block.has("consent") and block.near[block.groups["consent"]].tag == "button":
        return False  # it opens a dialog, and is none
    return block.has(box.group, box.within) and block.words <= box.max_words


def element(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Short lines from elements that hold no running text: small print, forms, addresses, rows of things side by side."""
    found = [(block, told) for block in evidence.blocks if block.kind is Kind.PARAGRAPH and (told := _told_by_element(block, evidence))]
    if any(told == _AMID for _, told in found):
        found = [(block, told) for block, told in found if told[1] != _SMALL]
    for told, most in _MOST.items():
        if sum(other == told for _, other in found) > most:
            found = [(block, other) for block, other in found if other != told]  # the page is made of them
    if sum(len(block.text) for block, _ in found) <= _MAX_ELEMENT_SHARE * len(evidence.document.text):
        yield from (Finding(block, category, (f"in {name}",)) for block, (category, name) in found)


def _told_by_element(block: BlockEvidence, evidence: Evidence) -> tuple[str, str] | None:
    """The category that an element tells, and its name; None when there is no such element or too much text."""
    if not 0 < block.words <= _MAX_SMALL_WORDS or block.has("apparatus"):
        return None
    for node in block.near:
        if node.role in _ROLES:
            return _ROLES[node.role]
    for node in block.near[:_NEAR_ELEMENTS]:
        if node.tag == "small":
            if block.index <= evidence.first_real:
                return "byline", _SMALL
            return ("disclaimer", _SMALL) if evidence.units.in_tail(block.index) else _AMID
        if node.tag in _ELEMENTS and block.words <= _MAX_ELEMENT_WORDS and not _is_content(node.tag, block, evidence):
            return _ELEMENTS[node.tag]
    if block.has("row", 1) and block.words <= _MAX_ROW_WORDS:
        return _ROW
    if _is_signature(block, evidence):
        return "byline", "a signature in italics"
    return None


def _is_signature(block: BlockEvidence, evidence: Evidence) -> bool:
    """Whether a line behind the story is a name, initials or a newsroom in italics: all seven such lines on the development pages."""
    behind = 0 <= evidence.last_real < block.index and block.words <= _MAX_SIGNATURE_WORDS
    return behind and bool(block.near) and block.near[0].tag in _ITALICS and block.text.rstrip()[-1:] not in _STOPS


def _is_content(tag: str, block: BlockEvidence, evidence: Evidence) -> bool:
    """Whether an element of a form's kind holds what a story tells: a question that opens its answer, the address of a place."""
    if tag == "address":
        return block.index > 0 and evidence.blocks[block.index - 1].kind is Kind.HEADING
    return tag == "label" and block.text.rstrip()[-1:] in _QUESTION
