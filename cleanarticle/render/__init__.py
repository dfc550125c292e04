"""Articles as Markdown, HTML and XML: serialised as trafilatura does, without what was removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Literal

from lxml.etree import Element, LxmlError, _Element

from cleanarticle.document import Document
from cleanarticle.errors import ExtractionError
from cleanarticle.render.blocks import build_body, kept_lines
from cleanarticle.render.editing import edit
from cleanarticle.render.escaping import Literal as TextFor
from cleanarticle.render.page import Page, extract_again
from cleanarticle.render.serialise import (
    METADATA,
    serialise,
    serialise_plainly,
    unnest,
    words_of_markdown,
    words_of_tree,
    words_of_xml,
)
from cleanarticle.render.words import removal_mask, squeeze

__all__ = ["Format", "Page", "render", "render_article", "render_blocks", "render_tree"]

Format = Literal["markdown", "html", "xml"]

# What extraction and serialisation raise on hostile pages: too deep, not XML, attributes that make no sense.
_TROUBLE = (ExtractionError, RecursionError, LxmlError, ValueError, TypeError, LookupError, AttributeError, AssertionError)
_NONE: Mapping[str, str] = {}


def render_article(
    output_format: Format,
    document: Document,
    removed: Sequence[tuple[int, int]],
    page: Page | None,
    metadata: object = None,
    *,
    same_words: bool = False,
) -> str:
    """An article in a format. XML tells the metadata (an object with `title`, `author`, `date`, `url`, …) as attributes."""
    told = {name: str(value) for name in METADATA if (value := getattr(metadata, name, ""))} if output_format == "xml" else _NONE
    return render(output_format, document, removed, page, told, same_words=same_words)


def render(
    output_format: Format,
    document: Document,
    removed: Sequence[tuple[int, int]] = (),
    page: Page | None = None,
    metadata: Mapping[str, str] = _NONE,
    *,
    same_words: bool = False,
) -> str:
    """A document less its removals (sorted, disjoint spans of its text) in a format.

    With the page the format has the page's own structure: links, images, inline formatting. Without removals and
    recovered blocks it is byte for byte what trafilatura makes of the page, which now and then has other words than
    its plain text (`same_words` mends that); otherwise it carries exactly the words that are kept. Metadata becomes
    attributes of XML, meta elements of HTML and the front matter of Markdown.
    """
    gone = removal_mask(document.text, removed)
    edited = 1 in gone or any(block.recovered for block in document.blocks)
    attempts = _from_page(output_format, document, gone, page, metadata, edited, same_words) if page is not None else ()
    for rendered in attempts:
        if rendered is not None:
            return rendered
    return render_blocks(output_format, document, removed, metadata)


def _from_page(
    output_format: Format,
    document: Document,
    gone: bytearray,
    page: Page,
    metadata: Mapping[str, str],
    edited: bool,
    same_words: bool,
) -> Iterator[str | None]:
    """Attempts at rendering from the page, the best first."""
    # the tree of the plain text has no inline formatting, but its words are the document's own
    for shape in (output_format, "txt") if output_format == "markdown" else (output_format,):
        try:
            extracted = extract_again(page, shape)
            if extracted is None:
                return
            body, comments = extracted.body, extracted.commentsbody
            if edited or (same_words and not _same_words(output_format, body, comments, document)):
                yield _edited(output_format, body, comments, document, gone, metadata)
            else:
                yield serialise(output_format, body, comments, extracted.raw_text or "", metadata)
        except _TROUBLE:
            yield None


def _same_words(output_format: Format, body: _Element, comments: _Element, document: Document) -> bool:
    """Whether trafilatura's own rendering of a tree carries the words of the document."""
    wanted = squeeze(document.text)
    if output_format == "xml":
        return words_of_xml(serialise("xml", deepcopy(body), deepcopy(comments), "", _NONE)) == wanted
    if output_format == "html":
        return words_of_tree(body) == wanted
    return words_of_markdown(body) + words_of_markdown(comments) == wanted


def render_tree(
    output_format: Format,
    body: _Element,
    document: Document,
    removed: Sequence[tuple[int, int]] = (),
    metadata: Mapping[str, str] = _NONE,
    comments: _Element | None = None,
) -> str | None:
    """A document less its removals from a tree of trafilatura's, which stays as it is; None when their words differ."""
    copies = deepcopy(body), deepcopy(comments) if comments is not None else Element("body")
    try:
        return _edited(output_format, *copies, document, removal_mask(document.text, removed), metadata)
    except _TROUBLE:
        return None


def _edited(
    output_format: Format, body: _Element, comments: _Element, document: Document, gone: bytearray, metadata: Mapping[str, str]
) -> str | None:
    """The format's string for trees that may be used up; None when it does not carry exactly the words kept."""
    if output_format == "html":
        # trafilatura's HTML leaves comments out, the article's text does not
        body.extend(list(comments))
    if not edit((body, comments), document, gone, output_format):
        return None
    kept = _kept(document, gone)
    wanted = squeeze(kept)
    if output_format == "markdown":
        if words_of_markdown(body) + words_of_markdown(comments) != wanted:
            return None
        return serialise(output_format, body, comments, kept, metadata)
    if output_format == "html":
        return serialise(output_format, body, comments, kept, metadata) if words_of_tree(body) == wanted else None
    unnest(body)
    unnest(comments)
    rendered = serialise(output_format, body, comments, kept, metadata)
    return rendered if words_of_xml(rendered) == wanted else None


def render_blocks(
    output_format: Format,
    document: Document,
    removed: Sequence[tuple[int, int]] = (),
    metadata: Mapping[str, str] = _NONE,
) -> str:
    """The article from its blocks alone: text that someone else extracted, or a page that can't be used."""
    gone = removal_mask(document.text, removed)
    kept = _kept(document, gone)
    lines = list(kept_lines(document, gone))
    text_for = TextFor(output_format)
    try:
        return serialise(output_format, build_body(lines, text_for), None, kept, metadata)
    except LxmlError:
        return serialise_plainly(build_body(lines, text_for), kept, metadata)


def _kept(document: Document, gone: bytearray) -> str:
    return "".join(char for char, dropped in zip(document.text, gone, strict=True) if not dropped)
