"""Links to other articles of the site: alone between paragraphs, in runs, under a "Related" heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from cleanarticle.document import Kind
from cleanarticle.evidence import BlockEvidence, Evidence, squeeze
from cleanarticle.structure.detectors import Finding, Words

_LINKED = 0.85  # share of the letters from which a line is nothing but a link
_INTERNAL = 0.5
_MIN_WORDS = 4  # of a line that alone is a teaser
_MAX_WORDS = 40
_MAX_HEADINGS = 3
_MAX_SHARE = 0.25
_MAX_LIST_SHARE = 0.4
# Links in a row that are a list of articles: behind a story two may be what it leads to, a form or the next step
_MIN_AMID, _MIN_BEHIND = 2, 3
_MAX_LISTS = 2  # a page with more lists of links is a collection of links
_LABELLED = 0.5
_LEAST_LINKED = 0.35  # of a line with a date; a short headline is hardly longer than that
_MIN_STORY = 2  # real paragraphs of what is a story
_SAME_SHARE = 0.1
_MAX_DATE = 60  # letters and digits of a date with its words, as far as it is worth looking for
_LABEL = re.compile(r"[^:|»>]{0,50}(?:[:|»]|>>)\s*")
_MIN_CARD_TITLE = 3
_MIN_CARDS = 2
# On the development pages all 18 lines in such elements are teasers; without these bounds, half of them
_MAX_CARD = 80  # words of a card
_MAX_CARD_TEXT = 25
_MIN_CARD_LINES, _MAX_CARD_LINES = 2, 5
_NOT_CARDS = frozenset({Kind.TABLE_ROW, Kind.CODE, Kind.QUOTE, Kind.LIST_ITEM})
_NOTE = "*"
_COUNTER = re.compile(r"^\W*\d[\d.,]*|\d[\d.,]*\W*$")
_NUMBERED = re.compile(r"#?\d{1,3}\s?[.):]\s")
_ADDRESS = re.compile(r"https?://|www\.")
_MIN_INTRODUCTION = 5  # words of a line with a colon; all shorter ones before lists on the development pages announce articles
_ALL = 0.95
_MAX_CARD_WORDS = 150
_MAX_HEADING_WORDS = 10
_COLONS = ":："
_STOPS = ".!?…。！？"
_STOPPED = (".", "。")


def teaser(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Lines that are one link to the same site: a headline of another article.

    Where such lines are a good part of the text (lyrics, catalogues), or linked headings structure it, they are its
    content. Behind a story they are not, however many there are.
    """
    found = [block for block in evidence.blocks if _is_teaser(block, words)]
    if _has_story(evidence):
        short = [block for block in evidence.blocks[evidence.last_real + 1 :] if _is_short_teaser(block)]
        yield from (Finding(block, "related", ("a few words, all a link to the same site, behind the story",)) for block in short)
        behind = [block for block in found if block.index > evidence.last_real]
        yield from (Finding(block, "related", ("nothing but a link to the same site behind the story",)) for block in behind)
        found = found[: len(found) - len(behind)]
    headings = [block for block in found if block.kind is Kind.HEADING]
    if len(headings) > _MAX_HEADINGS or sum(_heads_text(block, evidence) for block in headings) > 1:
        found = [block for block in found if block.kind is not Kind.HEADING]
    if sum(len(block.text) for block in found) <= _MAX_SHARE * len(evidence.document.text):
        yield from (Finding(block, "related", ("nothing but a link to the same site",)) for block in found)


def _is_short_teaser(block: BlockEvidence) -> bool:
    is_label = block.kind is Kind.PARAGRAPH and block.words < _MIN_WORDS and not block.text.rstrip().endswith(_STOPPED)
    return is_label and is_link(block) and _ADDRESS.search(block.text) is None


def _has_story(evidence: Evidence) -> bool:
    return len(evidence.units.real_paragraphs) >= _MIN_STORY


def _heads_text(heading: BlockEvidence, evidence: Evidence) -> bool:
    """Whether text without a link stands right under a heading, as in a list of the best of something."""
    below = next((block for block in evidence.blocks[heading.index + 1 :] if block.words), heading)
    return below.kind is not Kind.HEADING and below.linked < _LABELLED


def _is_teaser(block: BlockEvidence, words: Words) -> bool:
    if block.words < _MIN_WORDS or block.kind not in (Kind.PARAGRAPH, Kind.HEADING, Kind.QUOTE):
        return False
    if not (_is_headline(block, words.without_whole_dates) or _is_card(block)):
        return False
    text = block.text.strip()
    if _ADDRESS.search(text):
        return False  # where to look something up
    if text[:1] == _NOTE or (block.kind is Kind.HEADING and _NUMBERED.match(text)):
        return False  # a note to something above, or an entry of a list that the article is
    # a sentence that extraction split at a link begins small; a headline has no full stop
    return not text[:1].islower() and not text.endswith(_STOPPED)


def cards(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """The standfirsts, dates and labels that stand with a teaser in one of several small elements of the same kind.

    Where they are a good part of the text they are its content: a list of the best of something.
    """
    boxed = _boxes(evidence)
    if not boxed:
        return
    held: dict[int, list[BlockEvidence]] = {}
    for block in evidence.blocks:
        box = next((node for node in evidence.chain(block) if node in boxed), -1)
        if box >= 0:
            held.setdefault(box, []).append(block)
    small = [blocks for blocks in held.values() if _is_small(blocks)]
    inside = {block.index for blocks in small for block in blocks}
    last = max((index for index in evidence.units.real_paragraphs if index not in inside), default=-1)
    # among the paragraphs of a story a card holds little besides its link; behind them it may hold a standfirst
    found = [block for blocks in small if blocks[0].index > last or _unlinked(blocks) <= _MAX_CARD_TEXT for block in blocks]
    if sum(len(block.text) for block in found) <= _MAX_SHARE * len(evidence.document.text):
        yield from (Finding(block, "related", ("in a card with a link to the same site",)) for block in found)


def _boxes(evidence: Evidence) -> set[int]:
    """Elements that each hold one teaser, where their parent holds more such elements."""
    nodes = evidence.document.nodes
    teasers: Counter[int] = Counter()
    chains: list[list[int]] = []
    for block in evidence.blocks:
        if block.words >= _MIN_CARD_TITLE and is_link(block):
            chains.append(evidence.chain(block))
            teasers.update(chains[-1])
    if len(chains) < _MIN_CARDS:
        return set()
    kinds: dict[int, tuple[int, str]] = {}
    for chain in chains:
        box = next((inner for inner, outer in pairwise(chain) if teasers[inner] == 1 and teasers[outer] > 1), -1)
        if box >= 0:
            kinds[box] = (nodes[box].parent, nodes[box].tag)
    counts = Counter(kinds.values())
    return {box for box, kind in kinds.items() if counts[kind] >= _MIN_CARDS}


def _is_small(blocks: list[BlockEvidence]) -> bool:
    if not _MIN_CARD_LINES <= len(blocks) <= _MAX_CARD_LINES or sum(block.words for block in blocks) > _MAX_CARD:
        return False
    if any(block.kind in _NOT_CARDS or block.has("apparatus") for block in blocks):
        return False
    # a teaser begins with its headline; a link below a text is that text's
    return next((is_link(block) for block in blocks if block.words >= _MIN_CARD_TITLE), False)


def _unlinked(blocks: list[BlockEvidence]) -> float:
    return sum(block.words for block in blocks if block.linked < _LABELLED)


def link_list(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Two or more list items in a row that are nothing but links to the same site.

    Many such lists within the text, or long ones, are its content; behind a story they are not.
    """

    def bare(line: str) -> str:
        return _COUNTER.sub(" ", words.without_whole_dates(line))

    runs: list[list[BlockEvidence]] = [[]]
    for block in evidence.blocks:
        if block.kind is Kind.LIST_ITEM and not block.has("apparatus") and _is_headline(block, bare):
            runs[-1].append(block)
        elif runs[-1]:
            runs.append([])
    lists = [
        run
        for run in filter(None, runs)
        if len(run) >= (_MIN_BEHIND if run[0].index > evidence.last_real else _MIN_AMID)
        and sum(item.words for item in run) >= _MIN_WORDS * len(run)
        and not _is_introduced(run[0], evidence, words)
    ]
    if _is_interlinked(evidence):
        return
    amid = [run for run in lists if run[0].index <= evidence.last_real or not _has_story(evidence)]
    letters = sum(len(item.text) for run in amid for item in run)
    if len(amid) > _MAX_LISTS or letters > _MAX_LIST_SHARE * len(evidence.document.text):
        lists = lists[len(amid) :]
    for run in lists:
        yield from (Finding(item, "related", (f"one of {len(run)} links to the same site in a row",)) for item in run)


def _is_introduced(first: BlockEvidence, evidence: Evidence, words: Words) -> bool:
    """Whether a sentence of the story says what the list holds: "Choose the form that you need:"."""
    if not first.index:
        return False
    before = evidence.blocks[first.index - 1]
    start = evidence.units.blocks[before.index].core[0]
    said = before.words >= _MIN_INTRODUCTION and before.linked < _LABELLED and before.text.rstrip()[-1:] in _COLONS
    return said and not words.begins_related(before.folded[start:])


def _is_interlinked(evidence: Evidence) -> bool:
    """Whether most paragraphs link to the same site, as in a wiki: there lists of links are part of the text."""
    real = [evidence.blocks[index] for index in evidence.units.real_paragraphs]
    return 2 * sum(block.linked * block.internal > 0 for block in real) > len(real) > 1


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


def _is_headline(block: BlockEvidence, bare: Callable[[str], str]) -> bool:
    """Whether a line is a link to the same site, alone, with a label, or with a date or what else `bare` takes away."""
    if is_link(block) or is_labelled_link(block):
        return True
    if not (_LEAST_LINKED <= block.linked < _LINKED and block.internal >= _INTERNAL and block.words <= _MAX_WORDS):
        return False
    if (1 - block.linked - _SAME_SHARE) * len(block.key) > _MAX_DATE:
        return False
    rest = squeeze(bare(block.folded))
    return len(rest) < len(block.key) and abs(len(rest) / max(1, len(block.key)) - block.linked) < _SAME_SHARE


def _is_card(block: BlockEvidence) -> bool:
    """Whether a whole paragraph stands in one link to the same site."""
    return block.linked >= _ALL and block.internal >= _ALL and _MAX_WORDS < block.words <= _MAX_CARD_WORDS and block.is_in("a")


def related_section(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """A "Related" heading and the links or short headlines behind it."""
    for block in evidence.blocks:
        if block.words > _MAX_HEADING_WORDS or block.linked >= _LINKED:
            continue
        start, end = evidence.units.blocks[block.index].core
        text = evidence.units.blocks[block.index].folded.text[start:end]
        whole = text in words.related_headings
        if not whole and not ((block.kind is Kind.HEADING or block.text.rstrip()[-1:] in _COLONS) and words.begins_related(text)):
            continue
        behind = list(_announced(evidence, block.index + 1))
        if not whole and not any(item.linked >= _LINKED for item in behind[:2]):
            continue  # with more words it announces links only where there are some: all of 26 on the development pages
        if behind and evidence.has_page and block.index < evidence.last_real and not any(item.linked >= _LABELLED for item in behind):
            continue  # within a story a list of what the heading says: on a page articles have links
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
