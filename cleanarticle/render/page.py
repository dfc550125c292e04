"""Extracts an article once more, in the shape that a format asks for."""

from __future__ import annotations

from typing import Any, Protocol

from trafilatura.settings import Document as Extracted

from cleanarticle.extraction import ExtractionOptions, parse, run_trafilatura
from cleanarticle.extraction.selection import select_body


class Page(Protocol):
    """A page as it was given (str, bytes or a tree), and how its article was extracted."""

    @property
    def source(self) -> Any:
        """The page."""

    @property
    def url(self) -> str | None:
        """Its address."""

    @property
    def options(self) -> ExtractionOptions:
        """What trafilatura was asked for."""

    @property
    def body(self) -> tuple[str, ...]:
        """Selectors of the article's root, of which the first that finds words was used."""


def extract_again(page: Page, output_format: str) -> Extracted | None:
    """What trafilatura extracts from a page for a format: a tree of the caller's own, None when there is nothing."""
    options, url = page.options, page.url or ""
    tree = parse(page.source, options.max_chars)
    chosen = select_body(tree, page.body) if page.body else None
    for root in (chosen, tree):
        if root is not None:
            found = run_trafilatura(root, url, options, output_format, links=options.links, images=options.images)
            if found is not None:
                return found[0]
    return None
