"""The page's own headline and kicker repeated above the body."""

from __future__ import annotations

from collections.abc import Iterator

from cleanarticle.document import Kind
from cleanarticle.evidence import BlockEvidence, Evidence
from cleanarticle.ruleset.spaced import is_unspaced
from cleanarticle.structure.detectors import Finding, Words
from cleanarticle.structure.links import is_link

_MIN_KEY = 8  # letters of a title from which agreement is no accident; CJK titles are as long
_GLUED = 0.5  # a line that contains the title may hold as much again: a kicker or the site's name
_PART = 0.6  # … and one that the title contains is most of it
_GLUED_PLAIN, _PART_PLAIN = 0.75, 0.8  # the same for lines that are not set as headings
_MAX_WORDS = 45
_MAX_TITLES = 3  # lines that can repeat the title; more often it is a refrain
_MAX_KICKER_WORDS = 8
# Of the 348 lines on the development pages that this takes one is not among the first six; on pages without a paragraph
# (verse, results, dates) all lines stand above the first one.
_HEAD = 6
_MAX_KICKERS = 3  # lines above the title: more are what the page is about, or links to where the page belongs
_STOPS = ".!?…:。！？"
_MIN_WORD = 4  # letters of a word that a title and a heading have in common
_MAX_LABEL_WORDS = 2
_FIRST = 3  # blocks among which an h1 that agrees with no title still is the headline
_MIN_REPEATED = 40  # letters of a line that stands again in the body, word for word


def headline(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Lines above the first real paragraph that agree with a title of the page, come from its `h1`, or are a kicker."""
    titled = 0
    heads = [block for block in evidence.blocks[: min(evidence.first_real, _HEAD)] if block.kind is not Kind.TABLE_ROW]
    title_at = next((block.index for block in heads if block.is_in("h1") and agrees(block, evidence.titles)), 0)
    for block in heads:
        if not block.words or block.words > _MAX_WORDS:
            continue
        agreement = agrees(block, evidence.titles) if titled < _MAX_TITLES else ""
        if agreement:
            titled += 1
            yield Finding(block, "headline", (agreement,))
        elif not titled and _is_first_heading(block, evidence):
            titled += 1
            yield Finding(block, "headline", ("the page's first h1",))
        elif block.index < title_at and _is_kicker(block) and (title_at <= _MAX_KICKERS or is_link(block)):
            yield Finding(block, "headline", ("stands above the title",))
        elif block.has("kicker", 1) and block.words <= _MAX_KICKER_WORDS:
            yield Finding(block, "headline", ("an element named as a kicker",))


def _is_kicker(block: BlockEvidence) -> bool:
    return block.words <= _MAX_KICKER_WORDS and block.text.rstrip()[-1:] not in _STOPS


def agrees(block: BlockEvidence, titles: frozenset[str]) -> str:
    """How a line agrees with one of the titles, in words; "" when it does not."""
    key = block.key
    if key in titles:
        return "the page's title" if len(key) >= _MIN_KEY // 2 else ""
    if len(key) < _MIN_KEY:
        return ""
    set_as_title = block.kind is Kind.HEADING or block.has("headline", 1)
    glued, part = (_GLUED, _PART) if set_as_title else (_GLUED_PLAIN, _PART_PLAIN)
    for title in titles:
        if len(title) < _MIN_KEY:
            continue
        if title in key and len(title) >= glued * len(key):
            return "contains the page's title"
        if key in title and len(key) >= part * len(title):
            return "most of the page's title"
    return ""


def _is_first_heading(block: BlockEvidence, evidence: Evidence) -> bool:
    """Whether a line is the page's h1 and no other one competes with it: a label, or in other words what the title says.

    So is the first line of all where its element is the page's header or named as a headline, whatever other h1s there are.
    """
    if block.kind is not Kind.HEADING or block.index > _FIRST or not block.is_in("h1"):
        return False
    if block.index == 0 and (block.has("headline", 1) or block.is_in("header")):
        return True
    is_label = block.words <= _MAX_LABEL_WORDS
    on_title = not evidence.titles or any(part in title for part in _parts(block) for title in evidence.titles)
    return (is_label or on_title) and sum(other.is_in("h1") for other in evidence.blocks) <= 2


def _parts(block: BlockEvidence) -> list[str]:
    """The longer words of a line, or pairs of its characters where these stand for words."""
    if any(map(is_unspaced, block.key)):
        return [block.key[at : at + 2] for at in range(len(block.key) - 1)]
    return [word for word in block.folded.split() if len(word) >= _MIN_WORD]


def repeated(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """A standfirst above the body that stands there again word for word."""
    if evidence.first_real == len(evidence.blocks):
        return  # verse has refrains
    for block in evidence.blocks[: min(evidence.first_real + 1, _HEAD)]:
        if block.kind in (Kind.LIST_ITEM, Kind.TABLE_ROW) or len(block.key) < _MIN_REPEATED:
            continue
        again = next((o for o in evidence.blocks[block.index + 1 :] if len(o.key) >= len(block.key) and o.key.startswith(block.key)), None)
        if again is not None:
            yield Finding(block, "headline", ("the same words stand below",))
