"""From what users have (str, bytes, a tree) to one parsed tree, with the encoding found as browsers find it."""

from __future__ import annotations

import codecs
import re
from copy import copy
from typing import cast

from lxml import etree
from lxml.html import HtmlElement
from lxml.html import fromstring as html_fromstring
from trafilatura.utils import HTML_PARSER, detect_encoding

from cleanarticle.errors import ExtractionError

DEFAULT_MAX_CHARS = 20_000_000
"""Pages longer than this are refused: trafilatura's own MAX_FILE_SIZE. The longest of 2,200 real pages has 2.9 million."""

MAX_DEPTH = 1_000
"""Trees nested deeper are serialised and parsed again, which cuts them where the parser cuts strings (at 255).

trafilatura's time grows with the square of the depth: 0.1 s at 1,000, 1.4 s at 10,000, 36 s at 50,000.
"""

# what XML does not allow, as trafilatura strips it: single bytes of UTF-8, so deleted before parsing
_CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 13})
_NONCHARACTERS = re.compile("[\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BROKEN_DOCTYPE = re.compile(r"^< ?! ?DOCTYPE[^>]*/[^<>]*>", re.IGNORECASE)
_CLOSED_HTML_TAG = re.compile(r"(<html.*?)\s*/>", re.IGNORECASE)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COMPRESSED = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"PK\x03\x04")
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,500}?\bcharset|\?xml\b[^>]{0,200}?\bencoding)\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE
)
# labels that browsers read as another encoding than Python does (WHATWG Encoding Standard)
_AS_BROWSERS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# where browsers look for the declaration; pages put comments and scripts first, so look a little further
_DECLARATION_BYTES = 4096


def parse(page: str | bytes | etree._Element | etree._ElementTree, max_chars: int = DEFAULT_MAX_CHARS) -> HtmlElement:
    """The page as one lxml tree of its own: a tree that is handed in is copied, never changed.

    Raises `ExtractionError`: "empty", "not_html" (no element but html, body and p: plain text) or "too_large".
    """
    if isinstance(page, etree._ElementTree):
        page = page.getroot()
    if isinstance(page, etree._Element):
        tree = _own_tree(page, max_chars)
    elif isinstance(page, (str, bytes, bytearray, memoryview)):
        if len(page) > max_chars * (1 if isinstance(page, str) else 4):
            raise _too_large(max_chars)
        text = page if isinstance(page, str) else decode(bytes(page))
        if len(text) > max_chars:
            raise _too_large(max_chars)
        if not text or text.isspace():
            raise ExtractionError("empty", "the page is empty")
        tree = _parse_text(text)
    elif page is None:
        raise TypeError("the page is None: expected its HTML as str or bytes, or an lxml tree")
    else:
        raise TypeError(f"expected HTML as str or bytes, or an lxml tree, not {type(page).__name__}")
    if tree is None or all(element.tag in ("html", "body", "p") for element in tree.iter("*")):
        raise ExtractionError("not_html", "this is plain text, not HTML: use clean_text() for text that was already extracted")
    return tree


def decode(data: bytes) -> str:
    """The text of a page's bytes: byte order mark, then valid UTF-8, then what the page declares, then a guess.

    As in browsers the mark beats the declaration and `iso-8859-1` means windows-1252. Unlike them valid UTF-8
    beats a declaration that says otherwise, since other text is next to never valid UTF-8 by accident.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if data.startswith(_COMPRESSED):
        raise ExtractionError("not_html", "these bytes are compressed: decompress them first")
    if wide := _unmarked_utf16(data):
        return data.decode(wide, "replace")
    declared = _declared_encoding(data[:_DECLARATION_BYTES])
    if not (declared.startswith("iso2022") and b"\x1b" in data):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if declared and declared != "utf-8":
        text = data.decode(declared, "replace")
        if text.count("\ufffd") <= len(data) // 1000:
            return text
    # mostly UTF-8 with some bytes broken: whole sequences decoded outnumber the broken ones
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if len(text) - broken - sum(byte < 128 for byte in data[:100_000]) > 0 and _whole_sequences(text) > broken:
        return text
    for guess in (*detect_encoding(data[:100_000]), "cp1252"):
        try:
            return data.decode(_browser_name(guess) or guess, "strict")
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("cp1252", "replace")


def _whole_sequences(text: str) -> int:
    return sum(char > "\x7f" for char in text[:100_000]) - text.count("\ufffd", 0, 100_000)


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without a mark, told by every other byte of the beginning being zero."""
    head = data[:200]
    zeros_even, zeros_odd = head[0::2].count(0), head[1::2].count(0)
    if len(head) >= 8 and zeros_odd > len(head) * 0.4 and zeros_even == 0:
        return "utf-16-le"
    if len(head) >= 8 and zeros_even > len(head) * 0.4 and zeros_odd == 0:
        return "utf-16-be"
    return ""


def _declared_encoding(head: bytes) -> str:
    match = _DECLARED.search(head)
    name = _browser_name(match[1].decode("ascii")) if match else ""
    # a declaration that was read as bytes can't be true of UTF-16: browsers take it as UTF-8
    return "utf-8" if name.startswith("utf-16") else name


def _browser_name(label: str) -> str:
    """Python's name of the codec that browsers use for a label; empty when there is none."""
    try:
        name = codecs.lookup(label).name
        b"".decode(name)
    except (LookupError, ValueError):
        return ""
    return _AS_BROWSERS.get(name, name)


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
    if tree is not None and "html" not in beginning and len(tree) < 2:
        # a fragment in one element, which trafilatura refuses: a page around it makes it one
        return _parse_bytes(b"<html><body>" + data + b"</body></html>")
    return tree


def _parse_bytes(data: bytes) -> HtmlElement | None:
    try:
        tree = html_fromstring(data, parser=HTML_PARSER)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree, HtmlElement) else None


def _own_tree(page: etree._Element, max_chars: int) -> HtmlElement | None:
    """A copy to work on, by way of the parser when the tree is not lxml.html's own or is nested too deep."""
    if isinstance(page, HtmlElement) and not _deeper_than(page, MAX_DEPTH):
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


def _deeper_than(tree: etree._Element, limit: int) -> bool:
    """Whether any element has more than `limit` ancestors, without recursion."""
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False


def _too_large(max_chars: int) -> ExtractionError:
    return ExtractionError("too_large", f"the page is longer than {max_chars:,} characters")
