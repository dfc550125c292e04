"""What stands at the very end in the name of the site or of the author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleanarticle.document import Kind
from cleanarticle.evidence import BlockEvidence, Evidence
from cleanarticle.folding import fold
from cleanarticle.ruleset.spaced import is_unspaced, spaced
from cleanarticle.structure.authors import SPEAKS
from cleanarticle.structure.detectors import Finding, Words

# Of the paragraphs behind the story with so few words, among the last three, all 8 that name the site and all 4 that name
# the author are not the article's on the development pages.
_MAX_WORDS = 25
_LAST = 3
_MIN_STORY = 3  # real paragraphs of a story, of which an end can be told
_MIN_LETTERS = 5  # of a name that is found by no accident
_STOPS = (".", "!", "?", "…", "。", "！", "？", "।", "۔", "؟")


def colophon(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Short paragraphs behind the story that name the site or the author, and are no sentences, or have a link.

    Sites are called like words of every day: time heals all wounds, whatever a paper's name is.
    """
    if len(evidence.units.real_paragraphs) < _MIN_STORY:
        return
    sites = _names(evidence.metadata.site_names)
    authors = _names(evidence.metadata.authors) - sites
    for block in [block for block in evidence.blocks if block.words][-_LAST:]:
        if block.index <= evidence.last_real or not _may_be_colophon(block):
            continue
        if _has_name(block, sites):
            yield Finding(block, "promo", ("names the site behind the story",))
        elif _has_name(block, authors) and SPEAKS.search(block.text) is None:
            yield Finding(block, "author_bio", ("names the author behind the story",))


def _may_be_colophon(block: BlockEvidence) -> bool:
    is_sentence = block.text.rstrip().endswith(_STOPS)
    return block.kind is Kind.PARAGRAPH and block.words <= _MAX_WORDS and (block.linked > 0 or not is_sentence)


def _names(texts: Iterable[str]) -> set[str]:
    return {name for name in (_words(fold(text).text) for text in texts) if len(name) >= _MIN_LETTERS}


def _has_name(block: BlockEvidence, names: set[str]) -> bool:
    text = f" {_words(block.folded)} "
    return any((name if is_unspaced(name[0]) else f" {name} ") in text for name in names)


def _words(folded: str) -> str:
    return " ".join(spaced(folded).split())
