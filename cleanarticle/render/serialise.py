"""From a body tree to a format's string, through trafilatura's own functions, and what words that string carries."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from lxml.etree import Element, XMLParser, _Element, fromstring, strip_tags, tostring
from trafilatura.core import determine_returnstring
from trafilatura.deduplication import content_fingerprint
from trafilatura.settings import Document as Extracted
from trafilatura.settings import Extractor
from trafilatura.utils import sanitize_tree
from trafilatura.xml import HI_HTML_TAGS, NESTING_WHITELIST, build_xml_output, xmltotxt

from cleanarticle.render.words import single_line, squeeze

METADATA = ("title", "author", "url", "date", "language", "description", "sitename", "hostname")

_LENIENT = XMLParser(huge_tree=True, recover=True)
_NESTED = "nested"


def serialise(output_format: str, body: _Element, comments: _Element | None, text: str, metadata: Mapping[str, str]) -> str:
    """The format's string for a body, which is used up. `text` is what trafilatura's fingerprint is made of."""
    extracted = _extracted(output_format, body, comments, text, metadata)
    return determine_returnstring(extracted, Extractor(output_format=output_format, with_metadata=bool(metadata)))


def serialise_plainly(body: _Element, text: str, metadata: Mapping[str, str]) -> str:
    """XML for a body that trafilatura's own last step refuses: text nodes longer than a parser reads."""
    tree = sanitize_tree(build_xml_output(_extracted("xml", body, None, text, metadata)))
    return tostring(tree, pretty_print=True, encoding="unicode").strip()


def _extracted(output_format: str, body: _Element, comments: _Element | None, text: str, metadata: Mapping[str, str]) -> Extracted:
    extracted = Extracted(body=body, commentsbody=comments if comments is not None else Element("body"))
    for name in METADATA:
        if value := metadata.get(name):
            setattr(extracted, name, single_line(value))
    if output_format != "markdown" or metadata:
        extracted.fingerprint = content_fingerprint(f"{extracted.title} {text}")
    return extracted


def unnest(tree: _Element) -> None:
    """Dissolves paragraphs in paragraphs and code in code: trafilatura's XML does so too, but loses what is in them."""
    for outer in tree.iter("head", "code", "p"):
        for inner in outer.iterdescendants(str(outer.tag)):
            parent = inner.getparent()
            if parent is None or parent.tag in NESTING_WHITELIST or parent.tag == _NESTED:
                continue
            if outer.tag != "code":
                inner.text = f" {inner.text or ''}"
                inner.tail = f" {inner.tail or ''}"
            inner.tag = _NESTED
    strip_tags(tree, _NESTED)


def words_of_xml(rendered: str) -> str:
    """The squeezed words of trafilatura's XML."""
    return squeeze("".join(str(text) for part in fromstring(rendered, _LENIENT) for text in part.itertext()))


def words_of_tree(tree: _Element) -> str:
    """The squeezed words of a tree that is written out whole."""
    return squeeze("".join(map(str, tree.itertext())))


def words_of_markdown(tree: _Element) -> str:
    """The squeezed words that Markdown for a tree carries, without those that are markup."""
    tree = deepcopy(tree)
    for element in tree.iter("ref", "graphic", "hi", "list"):
        # addresses, descriptions, the names of tags and the numbers of items
        if element.tag == "ref":
            element.set("target", "#")
        elif element.tag == "graphic" or element.get("rend") in HI_HTML_TAGS or element.tag == "list":
            element.attrib.clear()
    return squeeze(xmltotxt(tree, True))
