"""From what users have (str, bytes, a tree) to one parsed tree."""

from __future__ import annotations

import re
from copy import copy
from typing import cast

from lxml import etree
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HTMLParser, HtmlProcessingInstruction
from lxml.html import fromstring as html_fromstring

from cleanarticle.errors import ExtractionError
from cleanarticle.extraction.decoding import decode

DEFAULT_MAX_CHARS = 20_000_000
"""Pages longer than this are refused: trafilatura's own MAX_FILE_SIZE. The longest of 2,200 real pages has 2.9 million."""

MAX_DEPTH = 1_000
"""Pages nested deeper are refused: trafilatura's time grows with the square of the depth, 0.1 s at 1,000, 1.4 s at 10,000.

Browsers cut at 512. The parser takes 2,048, and leaves out all that follows.
"""

MAX_ELEMENTS = 50_000
MAX_CHILDREN = 8_000
"""Pages with more elements, or more children of one, are refused: trafilatura's time grows with their square or cube.

Links within one paragraph are the worst: 4,000 take it 1 s, 8,000 take 8 s, 20,000 minutes. Of 1,470 real pages the
largest has 6,749 elements and 3,711 children of one.
"""

_PARSER = HTMLParser(collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)  # type: ignore[call-arg]  # the stubs lack default_doctype
"""trafilatura's parser, but without a call of Python for each element to choose its class: a tenth less time in all.

Only form fields get another class by that, and nothing here or in trafilatura asks for what those classes add. It goes on
behind a text or attribute of over 10 MB and below 255 elements, where trafilatura's ends, and with it the article.
"""
_PARSER.set_element_class_lookup(
    etree.ElementDefaultClassLookup(element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity)
)

# what XML does not allow, as trafilatura strips it: single bytes of UTF-8, so deleted before parsing
_CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 13})
_NONCHARACTERS = re.compile("[\ufffe\uffff]")
_BLANK = "".join(map(chr, range(33))) + "\x85\xa0\xad\u200b\u200c\u200d\u2060\ufeff"
_BROKEN_DOCTYPE = re.compile(r"^< ?! ?DOCTYPE[^>]*/[^<>]*>", re.IGNORECASE)
_DEEP = 100  # of 1,470 real pages the deepest has 48 levels
_COUNT = etree.XPath("count(//*)")
_TOO_MANY_CHILDREN = etree.XPath(f"boolean(//*[{MAX_CHILDREN + 1}])")
_IS_DEEP = etree.XPath(f"boolean({'/*' * _DEEP})")
_CLOSED_HTML_TAG = re.compile(r"(<html.*?)\s*/>", re.IGNORECASE)


def parse(page: str | bytes | etree._Element | etree._ElementTree, max_chars: int = DEFAULT_MAX_CHARS) -> HtmlElement:
    """The page as one lxml tree of its own: a tree that is handed in is copied, never changed.

    Raises `ExtractionError`: "empty", "not_html" (no element but html, body and p: plain text) or "too_large".
    """
    if isinstance(page, etree._ElementTree):
        page = page.getroot()
        if page is None:
            raise _empty()
    if isinstance(page, etree._Element) and isinstance(page.tag, str):
        tree = _own_tree(page, max_chars)
    elif isinstance(page, (str, bytes, bytearray, memoryview)):
        if len(page) > max_chars * (1 if isinstance(page, str) else 4):
            raise _too_large(max_chars)
        text = page if isinstance(page, str) else decode(bytes(page))
        if len(text) > max_chars:
            raise _too_large(max_chars)
        if not text.strip(_BLANK):
            raise _empty()
        tree = _parse_text(text)
    elif page is None:
        raise TypeError("the page is None: expected its HTML as str or bytes, or an lxml tree")
    else:
        raise TypeError(f"expected HTML as str or bytes, or an lxml tree, not {type(page).__name__}")
    if tree is None or ((is_text := _is_text(tree)) and not any(text.strip(_BLANK) for text in tree.itertext())):
        raise _empty()
    if is_text:
        raise ExtractionError("not_html", "this is plain text, not HTML: use clean_text() for text that was already extracted")
    _refuse_deep(tree)
    count = cast("float", _COUNT(tree))
    if count > MAX_ELEMENTS or (count > MAX_CHILDREN and _TOO_MANY_CHILDREN(tree)):
        raise ExtractionError("too_large", f"the page has more than {MAX_ELEMENTS:,} elements, or {MAX_CHILDREN:,} in one")
    return tree


def _parse_text(text: str) -> HtmlElement | None:
    """Parses as `trafilatura.load_html` does, to the same tree, in two thirds of its time."""
    beginning = text[:50].lower()
    if "doctype" in beginning:
        first, _, rest = text.partition("\n")
        text = _BROKEN_DOCTYPE.sub("", first, count=1) + "\n" + rest
    for line in text[:4096].splitlines()[:4]:
        if "<html" in line and line.endswith("/>"):
            text = _CLOSED_HTML_TAG.sub(r"\1>", text, count=1)
            break
    try:
        data = text.encode()
    except UnicodeEncodeError:
        # halves of characters: join those that belong together, replace the rest
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        data = text.encode()
    if not text.isascii() and ("\ufffe" in text or "\uffff" in text):
        data = _NONCHARACTERS.sub("", text).encode()
    data = data.translate(None, _CONTROL_BYTES)
    tree = _parse_bytes(data)
    if tree is not None and tree.tag in ("div", "span") and b"<" + tree.tag.encode() not in data.lower():
        # lxml's own wrapper around a fragment of several elements, in which there may be nothing but paragraphs
        bare = _parse_bytes(b"<html><body>" + data + b"</body></html>")
        return bare if bare is None or _is_text(bare) else tree
    if tree is not None and "html" not in beginning and len(tree) < 2:
        # a fragment in one element, which trafilatura refuses: a page around it makes it one
        return _parse_bytes(b"<html><body>" + data + b"</body></html>")
    return tree


def _is_text(tree: HtmlElement) -> bool:
    return all(element.tag in ("html", "body", "p") for element in tree.iter("*"))


def _parse_bytes(data: bytes) -> HtmlElement | None:
    try:
        tree = html_fromstring(data, parser=_PARSER)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree, HtmlElement) else None


def _own_tree(page: etree._Element, max_chars: int) -> HtmlElement | None:
    """A copy to work on, by way of the parser when the tree is not lxml.html's own."""
    if cast("float", _COUNT(page)) > MAX_ELEMENTS:
        raise ExtractionError("too_large", f"the page has more than {MAX_ELEMENTS:,} elements")
    _refuse_deep(page)
    if isinstance(page, HtmlElement):
        tree = copy(page)
        tree.tail = None
        etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, etree.Entity, with_tail=False)
        if sum(map(len, cast("list[str]", tree.itertext()))) > max_chars:
            raise _too_large(max_chars)
        return tree
    data = etree.tostring(page, method="html", encoding="utf-8", with_tail=False)
    if len(data) > 4 * max_chars:
        raise _too_large(max_chars)
    return _parse_bytes(data)


def _refuse_deep(tree: etree._Element) -> None:
    """Raises where an element has more than `MAX_DEPTH` others around it, without recursion."""
    if not _IS_DEEP(tree):
        return
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise ExtractionError("too_large", f"the page nests elements more than {MAX_DEPTH:,} deep")


def _empty() -> ExtractionError:
    return ExtractionError("empty", "the page is empty")


def _too_large(max_chars: int) -> ExtractionError:
    return ExtractionError("too_large", f"the page is longer than {max_chars:,} characters")
