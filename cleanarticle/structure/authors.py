"""What stands at the end about the person who wrote the article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanarticle.document import Kind
from cleanarticle.evidence import BlockEvidence, Evidence, squeeze
from cleanarticle.structure.detectors import Finding, Words

_LAST = 2  # of the last blocks of the development pages that begin so 6 of 6 are about the author; further up 1 of 6
_MIN_WORDS = 6  # fewer are a byline's
_MAX_WORDS = 120
_MIN_NAME, _MAX_NAME = 2, 4  # words of a person's name; of one word are nicknames and brands
_MIN_LETTERS = 6
SPEAKS = re.compile(r"^[^:：]{0,60}[:：]|[\"“”„«»]")  # of an interview or a statement
_NOT_BIOS = frozenset({Kind.TABLE_ROW, Kind.CODE, Kind.HEADING})


def author_bio(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Last paragraphs that begin with the name of the author, as the page's metadata give it."""
    names = _names(evidence)
    if not names:
        return
    blocks = [block for block in evidence.blocks if block.words]
    if len(blocks) <= _LAST + 1:
        return
    found = [block for block in blocks[-_LAST:] if _may_be_bio(block) and block.key.startswith(names)]
    if found and sum(block.words >= _MIN_WORDS and block.key.startswith(names) for block in blocks) > _LAST:
        return  # who is spoken of all over the page, or speaks there, is whom the story is about
    yield from (Finding(block, "author_bio", ("begins with the author's name",)) for block in found)


def _may_be_bio(block: BlockEvidence) -> bool:
    return block.kind not in _NOT_BIOS and _MIN_WORDS <= block.words <= _MAX_WORDS and SPEAKS.search(block.text) is None


def _names(evidence: Evidence) -> tuple[str, ...]:
    """Keys of the authors who are persons, as far as that can be told: not the site, and of more words than one."""
    sites = {squeeze(name) for name in evidence.metadata.site_names}
    found = (squeeze(name) for name in evidence.metadata.authors if _MIN_NAME <= len(name.split()) <= _MAX_NAME)
    return tuple(sorted({name for name in found if len(name) >= _MIN_LETTERS and name not in sites}))
