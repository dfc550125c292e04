"""trafilatura's cascade of extractors, without the second opinions that can't change its outcome."""

from __future__ import annotations

from contextlib import suppress

import trafilatura
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document, Extractor

FOLLOWED = frozenset({"2.3.1"})
"""Versions of trafilatura whose steps `first_extractor` follows; with any other one the whole cascade runs on every page."""


def extract_document(tree: HtmlElement, options: Extractor) -> Document | None:
    """What `bare_extraction` returns for a tree, which stays as it is: None when it finds nothing."""
    found = _without_second_opinion(tree, options) if trafilatura.__version__ in FOLLOWED else None
    whole = bare_extraction(tree, options=options) if found is None else found
    return whole if isinstance(whole, Document) else None


def _without_second_opinion(tree: HtmlElement, options: Extractor) -> Document | None:
    from cleanarticle.extraction.first_extractor import decided_by_first, is_plain  # can't be imported with other versions

    if is_plain(options):
        with suppress(TypeError, ValueError):  # what trafilatura holds for a page without an article: it is asked itself
            return decided_by_first(tree, options)
    return None
