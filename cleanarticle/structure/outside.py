"""What stands behind the element that holds the story: lists, pitches, tags and boxes of the page around it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cleanarticle.document import Kind
from cleanarticle.evidence import BlockEvidence, Evidence, Place
from cleanarticle.structure.detectors import Finding, Words

_LONG = 20  # words from which a paragraph behind the story may be its end, in an element of its own
_MAX_SHARE = 0.3  # of the text: what is more is no furniture
_SPARED_KINDS = frozenset({Kind.TABLE_ROW, Kind.CODE, Kind.QUOTE})
# Groups of names that say that also a long paragraph is not the story's, and are categories. What is named
# as a product or an offer may be what the story is about.
_FURNITURE = (
    "newsletter", "paywall", "comments", "author_bio", "related", "consent", "company_boilerplate", "disclaimer", "copyright",
    "social", "contact", "navigation", "advertisement",
)  # fmt: skip
_MAX_OUT = 5  # elements out that such a name may stand
_NAMED = frozenset({*_FURNITURE, "boxed", "byline", "hidden", "embed"})
_STOPS = ".!?…。！？"
_LINKED = 0.5
# Of the parts that nothing names or links all 29 with so few lines are furniture on the development pages; longer ones are
# too rare there (4) to tell them from lists of what the story is about.
_MAX_UNNAMED = 3


def outside(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Lines behind the story's element, unless the part of the page in which they stand holds paragraphs of a story too."""
    places = evidence.places
    last = max((index for index, place in enumerate(places) if not place.out), default=-1)
    if last < 0 or last == len(places) - 1:
        return
    behind = [block for block in evidence.blocks[last + 1 :] if block.words]
    told = {places[block.index].branch for block in behind if _may_be_story(block)}
    told |= {branch for branch, blocks in _by_branch(behind, places) if _may_be_list(blocks)}
    found = [block for block in behind if block.kind not in _SPARED_KINDS and (places[block.index].branch not in told or _group(block))]
    if sum(len(block.text) for block in found) > _MAX_SHARE * len(evidence.document.text):
        return
    for block in found:
        yield Finding(block, _category(block), ("behind the element that holds the story",))


def _may_be_story(block: BlockEvidence) -> bool:
    """Whether a block is a paragraph of a story, or what belongs to its end: sources, notes, corrections, questions."""
    return block.has("apparatus") or (block.words >= _LONG and block.linked < _LINKED and not _group(block))


def _by_branch(blocks: list[BlockEvidence], places: list[Place]) -> Iterator[tuple[int, list[BlockEvidence]]]:
    branches: dict[int, list[BlockEvidence]] = {}
    for block in blocks:
        branches.setdefault(places[block.index].branch, []).append(block)
    yield from branches.items()


def _may_be_list(blocks: list[BlockEvidence]) -> bool:
    """Whether lines that nothing names and nothing links may be a list of what the story is about: ingredients, facts, names."""
    # links to other sites are sources and addresses as often as advertisements
    if any(block.linked >= _LINKED < block.internal or block.groups.keys() & _NAMED for block in blocks):
        return False
    if any(above.kind is Kind.HEADING and _is_fact(below) for above, below in pairwise(blocks)):
        return True
    return len(blocks) > _MAX_UNNAMED or sum(block.kind is Kind.LIST_ITEM for block in blocks) > 1


def _is_fact(block: BlockEvidence) -> bool:
    """Whether a line under a heading is no sentence: hours, places, what a dish needs. Pitches are sentences."""
    return block.kind is not Kind.HEADING and block.text.rstrip()[-1:] not in _STOPS


def _group(block: BlockEvidence) -> str:
    return next((group for group in _FURNITURE if block.has(group, _MAX_OUT)), "")


def _category(block: BlockEvidence) -> str:
    if group := _group(block):
        return group
    return "related" if block.linked > 0 or block.kind is Kind.HEADING else "promo"
