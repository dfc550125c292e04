"""The page's place on its site, repeated in the text: sections above the story, its own address."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from cleanarticle.document import Kind
from cleanarticle.evidence import Evidence, squeeze
from cleanarticle.structure.detectors import Finding, Words

# Of the lines on the development pages that this finds all are links to sections or labels. Headings may be what the page is
# about, and one word without a link the place that a story comes from.
_HEAD = 6
_MAX_WORDS = 4
_MIN_KEY = 3
_MIN_ADDRESS = 12  # letters of an address
_PART = 0.7  # of the page's address that one in the text must be, without what is asked for behind it
_LINKED = 0.5
_KINDS = frozenset({Kind.PARAGRAPH, Kind.LIST_ITEM})
_SCHEMES = ("http://", "https://", "www.")


def section_label(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Short lines above the story that are one of the page's sections or a part of its address, and its address itself."""
    head = evidence.blocks[: min(evidence.first_real, _HEAD)]
    labels = [
        block
        for block in head
        if block.kind in _KINDS
        and 0 < block.words <= _MAX_WORDS
        and len(block.key) >= _MIN_KEY
        and (block.words > 1 or block.linked >= _LINKED)
    ]
    if labels:
        sections = _sections(evidence)
        yield from (
            Finding(block, "navigation", ("a section of the site that the page is in",)) for block in labels if block.key in sections
        )
    for block in evidence.blocks:
        if block.folded.lstrip().startswith(_SCHEMES) and _is_own(block.folded.strip(), evidence):
            yield Finding(block, "navigation", ("the page's own address",))


def _sections(evidence: Evidence) -> frozenset[str]:
    """Keys of the sections that the page declares, and of the parts of its path."""
    try:
        path = urlsplit(evidence.url).path
    except ValueError:
        path = ""
    names = (*evidence.metadata.sections, *unquote(path).split("/"))
    return frozenset(squeeze(name) for name in names) - evidence.titles


def _is_own(text: str, evidence: Evidence) -> bool:
    if len(text.split()) > 1:
        return False
    key = _address_key(text)
    own = map(_address_key, (evidence.url, evidence.metadata.canonical))
    return any(len(address) >= _MIN_ADDRESS and address.startswith(key) and len(key) >= _PART * len(address) for address in own)


def _address_key(address: str) -> str:
    return squeeze((address.partition("://")[2] or address).removeprefix("www."))
