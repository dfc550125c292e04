"""What stands at the very end in the name of the site or of the author."""

from __future__ import annotations

from collections.abc import Iterator

from cleanarticle.document import Kind
from cleanarticle.evidence import Evidence, squeeze
from cleanarticle.structure.authors import SPEAKS
from cleanarticle.structure.detectors import Finding, Words

# Of the paragraphs behind the story with so few words, among the last three, all 8 that name the site and all 4 that name
# the author are not the article's on the development pages.
_MAX_WORDS = 25
_LAST = 3
_MIN_STORY = 3  # real paragraphs of a story, of which an end can be told
_MIN_SITE, _MIN_AUTHOR = 5, 6  # letters of a name that is found by no accident


def colophon(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Short paragraphs behind the story that name the site or the author."""
    if len(evidence.units.real_paragraphs) < _MIN_STORY:
        return
    sites = [name for name in map(squeeze, evidence.metadata.site_names) if len(name) >= _MIN_SITE]
    authors = [name for name in evidence.authors if len(name) >= _MIN_AUTHOR and name not in sites]
    for block in [block for block in evidence.blocks if block.words][-_LAST:]:
        if block.index <= evidence.last_real or block.words > _MAX_WORDS or block.kind is not Kind.PARAGRAPH:
            continue
        if any(name in block.key for name in sites):
            yield Finding(block, "promo", ("names the site behind the story",))
        elif any(name in block.key for name in authors) and SPEAKS.search(block.text) is None:
            yield Finding(block, "author_bio", ("names the author behind the story",))
