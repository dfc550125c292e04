"""Step one and two of the library: a page becomes a tree, trafilatura's text, and a `Document` that knows its origins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from cleanarticle.document import Document
from cleanarticle.errors import ExtractionError
from cleanarticle.extraction.alignment import trace_lines
from cleanarticle.extraction.article_text import ExtractionOptions, number_elements, run_trafilatura, text_and_lines
from cleanarticle.extraction.decoding import decode
from cleanarticle.extraction.metadata import PageMetadata, full_metadata, page_metadata
from cleanarticle.extraction.parsing import DEFAULT_MAX_CHARS, parse
from cleanarticle.extraction.provenance import NodeTable, most_linked_site
from cleanarticle.extraction.refusal import why_no_article
from cleanarticle.extraction.selection import select_body

__all__ = [
    "DEFAULT_MAX_CHARS",
    "Extraction",
    "ExtractionOptions",
    "PageMetadata",
    "decode",
    "extract",
    "full_metadata",
    "page_metadata",
    "parse",
    "run_trafilatura",
]


@dataclass(slots=True)
class Extraction:
    """An extracted page: the document, the tree it came from, and what the page says about itself.

    `elements` runs parallel to `document.nodes` and points into `tree`; `table` makes more of both. `body` is trafilatura's
    result tree, and `root` the tree that trafilatura was given: `tree`, or a page made of what `body` selectors chose.
    """

    document: Document
    tree: HtmlElement
    elements: list[HtmlElement]
    metadata: PageMetadata
    url: str
    root: HtmlElement
    body: etree._Element
    table: NodeTable


DEFAULT_OPTIONS = ExtractionOptions()


def extract(
    page: str | bytes | etree._Element | etree._ElementTree,
    url: str | None = None,
    options: ExtractionOptions = DEFAULT_OPTIONS,
    body: Sequence[str] = (),
) -> Extraction:
    """Extracts the article of a page; its text is what `trafilatura.extract` returns for it with these options.

    `body` are XPaths of the article's root: the first that finds words is used, and the whole page
    when nothing comes of it. Raises `ExtractionError` where there is no article.
    """
    if url is not None and not isinstance(url, str):
        raise TypeError(f"the url must be a str or None, not {type(url).__name__}")
    tree = parse(page, options.max_chars)
    # both walk the whole tree: right after parsing it is still in the processor's cache
    numbered = number_elements(tree)
    metadata = page_metadata(tree)
    url = url or ""
    root, result = tree, None
    if body and (chosen := select_body(tree, body)) is not None:
        root, result = chosen, run_trafilatura(chosen, url, options)
    if result is None:
        root, result = tree, run_trafilatura(tree, url, options)
    if result is None:
        raise ExtractionError("no_article", "no article was found on this page")
    text, lines = text_and_lines(*result)
    if not text:
        raise ExtractionError("no_article", "no article was found on this page")
    table = NodeTable(_host(url) or _host(metadata.canonical) or most_linked_site(tree))
    blocks = tuple(map(table.block, lines, trace_lines(lines, numbered, tree)))
    document = Document(text, blocks, tuple(table.nodes))
    if reason := why_no_article(document, metadata, tree, table.elements):
        raise ExtractionError("no_article", f"this page is {reason}, not an article")
    return Extraction(document, tree, table.elements, metadata, url, root, result[0].body, table)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
