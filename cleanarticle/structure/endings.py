"""What removals leave behind: headings without content, and scraps between lines that go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cleanarticle.document import Kind
from cleanarticle.evidence import BlockEvidence, Evidence
from cleanarticle.structure.detectors import Finding

_MAX_HEADING_WORDS = 15
_SENTENCE_ENDS = (".", "!", "。", "！")
# With all rules 33 of the 34 lines on the development pages that this takes are not the article's.
_MAX_STRANDED = 20
_FEW_STRANDED = 2  # of the 23 development pages with such lines each has one
# What stands under a heading of the story beside its text, or instead of it where a picture is its content.
_BESIDE = frozenset({"byline", "caption", "credit", "advertisement"})
_COLONS = ":："
_SET_APART = frozenset({"b", "strong", "em", "i"})
_LINKED = 0.5
_STOPS = '.!?…。！？”"'


def empty_headings(evidence: Evidence, gone: Mapping[int, str]) -> Iterator[Finding]:
    """Headings under which everything was removed, as the category of what stood there, and headings at the very end.

    `gone` are the blocks of which nothing is left, with the category as which each was removed.
    """
    taken = dict(gone)
    last = len(evidence.blocks) - 1
    for block in reversed(evidence.blocks):
        if _announces_nothing(block, evidence, taken):
            yield Finding(block, "related", ("announces what is not there",))
        if block.kind is not Kind.HEADING or block.words > _MAX_HEADING_WORDS or block.index in taken:
            continue
        if block.text.rstrip()[-1:] in _SENTENCE_ENDS:
            continue  # a sentence set as a heading
        section = [other for other in range(block.index + 1, evidence.units.section_end(block.index)) if evidence.blocks[other].words]
        emptied = any(other in taken for other in section) or 0 < block.index == last
        if emptied and all(other in taken for other in section) and not _is_beside(block.index, section, taken, evidence):
            category = next((taken[other] for other in section), "related")
            taken[block.index] = category
            yield Finding(block, category, ("nothing is left under it",))


def _announces_nothing(block: BlockEvidence, evidence: Evidence, taken: Mapping[int, str]) -> bool:
    """Whether a line behind the story is set as a heading, ends with a colon, and nothing is left behind it.

    None of 3 such lines on the development pages is the article's; of those that are not set apart half are.
    """
    if block.kind is not Kind.PARAGRAPH or block.index in taken or not 0 < block.words <= _MAX_HEADING_WORDS:
        return False
    if not 0 <= evidence.last_real < block.index or block.text.rstrip()[-1:] not in _COLONS:
        return False
    behind = [other for other in evidence.blocks[block.index + 1 :] if other.words]
    return bool(block.near) and block.near[0].tag in _SET_APART and all(other.index in taken for other in behind)


def _is_beside(heading: int, section: list[int], taken: Mapping[int, str], evidence: Evidence) -> bool:
    return bool(section) and heading < evidence.last_real and _BESIDE.issuperset(taken[other] for other in section)


def stranded(evidence: Evidence, gone: Mapping[int, str]) -> Iterator[Finding]:
    """Short lines between removed ones, of the category of the one before: what the phrases of a box leave of it.

    Behind the last paragraph that is kept any short line goes that removed ones enclose, or that ends the text behind
    one; elsewhere only fragments without a stop. Where more than two would go, a list of the story was hit in part.
    """
    found = list(_stranded(evidence, gone))
    if len(found) <= _FEW_STRANDED:
        yield from found


def _stranded(evidence: Evidence, gone: Mapping[int, str]) -> Iterator[Finding]:
    blocks = [block for block in evidence.blocks if block.words]
    last = max((index for index in evidence.units.real_paragraphs if index not in gone), default=-1)
    if last < 0:
        return
    for place in range(1, len(blocks)):
        block, before = blocks[place], blocks[place - 1]
        if block.index in gone or before.index not in gone or block.kind is not Kind.PARAGRAPH or block.words >= _MAX_STRANDED:
            continue
        if block.linked > _LINKED > block.internal:
            continue  # a source
        in_tail = block.index > last
        if place + 1 == len(blocks):
            enclosed = in_tail
        else:
            enclosed = blocks[place + 1].index in gone and (in_tail or block.text.rstrip()[-1:] not in _STOPS)
        if enclosed:
            yield Finding(block, gone[before.index], ("between lines that go",))
