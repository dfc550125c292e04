"""Tells pages that are plainly no article: home pages, lists of links, login pages.

Each sign is strong enough that it shows on none of 1,470 real article pages, with room to spare; where signs are
weaker the text is delivered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from cleanarticle.document import Block, Document, Kind
from cleanarticle.extraction.metadata import PageMetadata

LINKED = 0.8
"""A page whose text is linked to this share, without a sentence outside links, is a list of links. One real article
has 0.98 (products, each with a link, with paragraphs between of up to 400 characters), all others have less than 0.5."""
SENTENCE = 100
"""Characters of text outside links that make a paragraph; of articles half linked none has less than 300 in its longest."""
LINKS = 5
"""Fewer links than this are no list."""
CARDS = 8
CARD_SHARE = 0.25
TEASER = 250
"""Eight headings that are links within the site, a quarter of all lines, and nothing longer than a teaser: a home or
section page. Articles with so many linked headings have paragraphs, and far more lines to a heading."""
LOGIN = 200
"""Characters beside a password field that are no article: the shortest real article with such a field has 565."""

_ARTICLE = re.compile(r"article|posting|^news$|report|review|recipe", re.IGNORECASE)


def why_no_article(document: Document, metadata: PageMetadata, tree: HtmlElement, elements: Sequence[HtmlElement]) -> str:
    """What the page is instead of an article; empty where it may be one. `elements` runs parallel to the document's nodes."""
    blocks = document.blocks
    longest = max((block.end - block.start for block in blocks if _linked(block) < 0.5), default=0)
    if longest >= TEASER:
        return ""
    size = len(document.text)
    if size < LOGIN and next(_password_fields(tree), None) is not None:
        return "a login page"
    if any(map(_ARTICLE.search, metadata.types)):
        return ""
    if (
        longest < SENTENCE
        and sum((block.end - block.start) * _linked(block) for block in blocks) >= LINKED * size
        and _links(blocks, elements) >= LINKS
    ):
        return "a list of links"
    cards = sum(
        block.kind is Kind.HEADING and block.origin is not None and block.origin.linked > LINKED and block.origin.internal > LINKED
        for block in blocks
    )
    if cards >= CARDS and cards >= CARD_SHARE * len(blocks):
        return "a home or section page"
    return ""


def _linked(block: Block) -> float:
    return block.origin.linked if block.origin is not None else 0.0


def _links(blocks: Sequence[Block], elements: Sequence[HtmlElement]) -> int:
    """How many links stand in or around the blocks."""
    sources = {block.origin.node for block in blocks if block.origin is not None}
    return sum(max(1, sum(1 for _ in elements[source].iter("a"))) for source in sources)


def _password_fields(tree: HtmlElement) -> Iterator[HtmlElement]:
    return (field for field in tree.iter("input") if (field.get("type") or "").lower() == "password")
