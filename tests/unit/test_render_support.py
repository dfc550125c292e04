"""Made-up pages and readers for the render tests; the readers tell which words someone sees who reads the format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree, html
from markdown_it import MarkdownIt

from cleanarticle.document import Block, Document, Kind
from cleanarticle.extraction import ExtractionOptions, extract
from cleanarticle.render.words import squeeze

FORMATS = ("markdown", "html", "xml")
DEFAULT = ExtractionOptions()
URL = "https://harbour.example/news/1"
OPENING = "The harbour of the island opened again on Monday after nine weeks of repairs, the port authority said, and a first ferry sailed."
ENDING = "Fishermen had waited for that day since the storm broke the pier in March and left their boats on the wrong side of it."

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@dataclass(frozen=True)
class Given:
    """A page as an article keeps it."""

    source: object
    options: ExtractionOptions = DEFAULT
    url: str | None = URL
    body: tuple[str, ...] = ()

    @property
    def document(self) -> Document:
        return extract(self.source, self.url, self.options, self.body).document  # type: ignore[arg-type]


def page(*parts: str) -> str:
    """A page whose article has these parts between two paragraphs that trafilatura is sure of."""
    article = f"<article><p>{OPENING}</p>{''.join(parts)}<p>{ENDING}</p></article>"
    return f"<html><head><title>Harbour</title></head><body>{article}</body></html>"


def spans(document: Document, *texts: str) -> list[tuple[int, int]]:
    """Where these texts stand."""
    return sorted((document.text.index(text), document.text.index(text) + len(text)) for text in texts)


def plain(*lines: tuple[Kind, str] | tuple[Kind, str, int]) -> Document:
    """A document that has no page."""
    blocks: list[Block] = []
    at = 0
    for kind, text, *level in lines:
        blocks.append(Block(kind, at, at + len(text), level=level[0] if level else 0))
        at += len(text) + 1
    return Document("\n".join(line[1] for line in lines), tuple(blocks))


def kept_words(document: Document, removed: Sequence[tuple[int, int]] = ()) -> str:
    """The squeezed words that are kept."""
    chars = list(document.text)
    for start, end in removed:
        chars[start:end] = [""] * (end - start)
    return squeeze("".join(chars))


def words(output_format: str, rendered: str) -> str:
    """The squeezed words that a reader of the format sees."""
    if output_format == "markdown":
        return squeeze("".join(map(str, html.fromstring(f"<div>{_MARKDOWN.render(rendered)}</div>").itertext())))
    return squeeze("".join(map(str, etree.fromstring(rendered).itertext())))


def markup(rendered: str) -> set[str]:
    """What kinds of markup a reader of Markdown finds."""
    tokens = _MARKDOWN.parse(rendered)
    return {token.type for outer in tokens for token in (outer, *(outer.children or ()))}


def test_readers_see_words_and_no_markup() -> None:
    assert words("markdown", "## A [b](http://c.example) **d**\n\n1. e<sup>2</sup> ![f](g.png)") == "Abde2"
    assert words("html", '<p>A <b>c</b> <a href="d">e</a></p>') == "Ace"
    assert words("xml", '<doc title="x"><p>A c<ref target="d">e</ref></p></doc>') == "Ace"
