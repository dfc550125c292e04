"""What a page says about itself, gathered as evidence: cheap, and never in the way of an extraction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any, cast

from lxml.etree import XPath
from lxml.html import HtmlElement
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document as TrafilaturaDocument
from trafilatura.settings import set_date_params

from cleanarticle.extraction.linked_data import linked_data

MAX_VALUES = 200
"""How many values are kept of any one thing, so that a hostile page can't make evidence expensive."""


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What the page declares, as written there (white space tidied), distinct and in order of trust.

    `language` is ISO 639-1, `canonical` the address the page gives itself, `article_body` the text in its JSON-LD,
    `images` alternative texts and captions, `types` what og:type and JSON-LD call the page and its parts.
    """

    titles: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    site_names: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    language: str = ""
    canonical: str = ""
    article_body: str = ""
    images: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


_LISTS = ("titles", "descriptions", "authors", "site_names", "sections", "published", "images", "types")
_META = {
    "og:title": "titles",
    "twitter:title": "titles",
    "description": "descriptions",
    "og:description": "descriptions",
    "twitter:description": "descriptions",
    "author": "authors",
    "article:author": "authors",
    "article:author_name": "authors",
    "dc.creator": "authors",
    "dcterms.creator": "authors",
    "parsely-author": "authors",
    "sailthru.author": "authors",
    "dc.title": "titles",
    "dcterms.title": "titles",
    "parsely-title": "titles",
    "sailthru.title": "titles",
    "parsely-section": "sections",
    "og:site_name": "site_names",
    "application-name": "site_names",
    "article:section": "sections",
    "article:published_time": "published",
    "og:type": "types",
    "og:url": "address",
}
_META_LANGUAGE = {"og:locale", "content-language", "language", "dc.language"}
# twice as fast as asking for the elements that have them
_AUTHOR_MARKS = XPath("//@itemprop[.='author'] | //a/@rel[.='author']")
_LANGUAGE = re.compile(r"^\s*([a-z]{2})(?![a-z])", re.IGNORECASE)
_URL = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)


def page_metadata(tree: HtmlElement) -> PageMetadata:
    """Gathers what the page's meta elements, JSON-LD, headings, figures and times say."""
    found: dict[str, dict[str, None]] = {name: {} for name in (*_LISTS, "canonical", "address", "article_body")}
    head_titles: list[str] = []
    headings: list[str] = []
    languages: list[str] = []

    def add(name: str, value: object) -> None:
        if isinstance(value, str) and len(found[name]) < MAX_VALUES and (text := _tidy(value)):
            found[name].setdefault(text)

    scripts: list[str] = []
    for element in tree.iter("html", "title", "meta", "link", "script", "h1", "time", "img", "figcaption"):
        tag = element.tag
        if tag == "meta":
            name = (element.get("property") or element.get("name") or element.get("http-equiv") or element.get("itemprop") or "").lower()
            if field := _META.get(name):
                content = element.get("content")
                if not (field == "authors" and content and _URL.match(content)):
                    add(field, content)
            elif name in _META_LANGUAGE:
                languages.append(element.get("content") or "")
        elif tag == "img":
            if alt := element.get("alt"):
                add("images", alt)
        elif tag == "script":
            if "ld+json" in (element.get("type") or "").lower() and element.text:
                scripts.append(element.text)
        elif tag == "link":
            if (element.get("rel") or "").lower() == "canonical":
                add("canonical", element.get("href"))
        elif tag == "html":
            languages.insert(
                0, element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang") or element.get("xml:lang") or ""
            )
        elif tag == "time":
            add("published", element.get("datetime"))
        elif tag == "title":
            parent = element.getparent()
            if parent is None or parent.tag != "svg":
                head_titles.append(_content(element))
        elif tag == "h1":
            headings.append(_content(element))
        else:
            add("images", _content(element))
    for text in head_titles:
        add("titles", text)
    for text in scripts:
        for name, value in linked_data(text):
            if name == "language":
                languages.append(value)
            elif name == "article_body":
                if len(value) > len(next(iter(found[name]), "")):
                    found[name] = {value: None}
            elif not (name == "authors" and _URL.match(value)):
                add(name, value)
    # of several h1 elements one is the title, and only a title declared elsewhere tells which
    declared = "\n".join(found["titles"]).casefold()
    distinct = dict.fromkeys(filter(None, map(_tidy, headings)))
    for text in distinct:
        if len(distinct) == 1 or text.casefold() in declared:
            add("titles", text)
    for mark in cast("list[Any]", _AUTHOR_MARKS(tree))[:MAX_VALUES]:
        add("authors", _content(mark.getparent()))
    language = next((match[1].lower() for value in languages if (match := _LANGUAGE.match(value))), "")
    canonical, article_body = next(iter([*found["canonical"], *found["address"]]), ""), next(iter(found["article_body"]), "")
    return PageMetadata(**{name: tuple(found[name]) for name in _LISTS}, language=language, canonical=canonical, article_body=article_body)


def full_metadata(tree: HtmlElement, url: str | None = None) -> TrafilaturaDocument:
    """Title, author, date and the rest as trafilatura finds them; it costs about as much as the extraction itself."""
    try:
        return extract_metadata(tree, url or None, set_date_params())
    except Exception:  # what pages declare is too wild to list what can go wrong: they declare nothing usable then
        return TrafilaturaDocument()


def _tidy(text: str) -> str:
    if "&" in text:
        text = unescape(text)
    return " ".join(text[:20_000].split())


def _content(element: HtmlElement) -> str:
    return "".join(element.itertext())[:20_000]
