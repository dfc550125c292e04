"""The text of a page's bytes, with the encoding found as browsers find it."""

from __future__ import annotations

import codecs
import re

from trafilatura.utils import detect_encoding

from cleanarticle.errors import ExtractionError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COMPRESSED = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"BZh", b"\xfd7zXZ\x00")
_OTHER_FILES = {b"%PDF-": "a PDF", b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image", b"RIFF": "media"}
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r\x1b"))
_MIN_BINARY = 1_000  # bytes from which the share of control characters tells
_CONTROL_SHARE = 0.05
"""Bytes with more control characters than this are no text in any encoding: random ones have 0.1, the worst of 1,470 real
pages 0.0002; UTF-16 is told before."""
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,500}?\bcharset|\?xml\b[^>]{0,200}?\bencoding)\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE
)
_LANGUAGE = re.compile(rb"""<html\b[^>]{0,500}?\blang\s*=\s*["']?\s*([A-Za-z]{2}(?:-[A-Za-z]{2,4})?)""", re.IGNORECASE)
# browsers look for the declaration in 1,024 bytes; pages put comments and scripts first, so look a little further
_HEAD = 4096
# what browsers can read (WHATWG Encoding Standard), by Python's names; UTF-16 is told by its bytes
_BROWSERS = frozenset(
    [
        *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp866", "koi8-r", "koi8-u", "mac-cyrillic", "mac-roman"),
        *("cp874", "cp932", "cp949", "big5hkscs", "euc_jp", "gb18030", "iso2022_jp"),
        *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        *(f"cp125{page}" for page in range(9)),
    ]
)
# labels that browsers read as another encoding than Python does
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
# labels that Python does not know
_LABELS = {
    **dict.fromkeys(("chinese", "csgb2312", "gb_2312", "gb_2312-80", "x-gbk"), "gb18030"),
    **dict.fromkeys(("ms932", "windows-31j", "x-sjis"), "cp932"),
    **dict.fromkeys(("iso-8859-8-i", "csiso88598i", "logical", "visual"), "iso8859-8"),
    **dict.fromkeys(("mac", "x-mac-roman"), "mac-roman"),
    **dict.fromkeys(("x-mac-cyrillic", "x-mac-ukrainian"), "mac-cyrillic"),
    **dict.fromkeys(("cn-big5", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("dos-874", "windows-874"), "cp874"),
    **{f"x-cp125{page}": f"cp125{page}" for page in range(9)},
    "koi": "koi8-r",
    "koi8-ru": "koi8-u",
    "unicode-1-1-utf-8": "utf-8",
    "windows-949": "cp949",
    "x-euc-jp": "euc_jp",
}
# what browsers take where nothing is declared, by language (HTML Standard, "determining the character encoding"); cp1252 else
_BY_LANGUAGE = {
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl", "bs", "sq"), "cp1250"),
    **dict.fromkeys(("be", "bg", "ky", "mk", "ru", "sr", "tg", "tt", "uk"), "cp1251"),
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
    **dict.fromkeys(("az", "ku", "tr"), "cp1254"),
    **dict.fromkeys(("ar", "fa", "ur"), "cp1256"),
    "el": "cp1253",
    "he": "cp1255",
    "ja": "cp932",
    "ko": "cp949",
    "th": "cp874",
    "vi": "cp1258",
    "zh": "gb18030",
    "zh-hk": "big5hkscs",
    "zh-mo": "big5hkscs",
    "zh-tw": "big5hkscs",
    "zh-hant": "big5hkscs",
}
_BROKEN_SHARE = 1000
"""A declaration is believed while no more than one byte in so many contradicts it: a slip, not another encoding."""
_SAMPLE = 100_000


def decode(data: bytes) -> str:
    """The text of a page's bytes: byte order mark, then valid UTF-8, then what the page declares, then a guess.

    As in browsers the mark beats the declaration, `iso-8859-1` means windows-1252, and the language tells what to
    take where nothing is declared. Unlike them valid UTF-8 beats a declaration that says otherwise, since other
    text is next to never valid UTF-8 by accident, and a declaration that most bytes contradict counts for nothing.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if data.startswith(_COMPRESSED):
        raise ExtractionError("not_html", "these bytes are compressed: decompress them first")
    if wide := _unmarked_utf16(data):
        return data.decode(wide, "replace")
    if what := next((what for mark, what in _OTHER_FILES.items() if data.startswith(mark)), ""):
        raise ExtractionError("not_html", f"these bytes are {what}, not HTML")
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if len(sample) >= _MIN_BINARY and controls > len(sample) * _CONTROL_SHARE and data.strip(b"\0"):
        raise ExtractionError("not_html", "these bytes are not text")
    if b"\x1b$" in sample and data.isascii():
        # browsers tell it by its escapes too
        return data.decode("iso2022_jp", "replace")
    head = data[:_HEAD]
    match = _DECLARED.search(head)
    declared = _browser_name(match[1].decode("ascii")) if match else ""
    if not (declared.startswith("iso2022") and b"\x1b" in data):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    # a declaration that was read as bytes can't be true of UTF-16: browsers take it as UTF-8
    if declared and not declared.startswith("utf-"):
        text = data.decode(declared, "replace")
        if text.count("\ufffd") * _BROKEN_SHARE <= len(data):
            return text
    # UTF-8 with a few bytes broken or cut off: many more letters beyond ASCII are whole than are not
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if sum(char > "\x7f" for char in text[:_SAMPLE]) > 4 * text.count("\ufffd", 0, _SAMPLE) and broken * 100 < len(text):
        return text
    return _guessed(data, head)


def _guessed(data: bytes, head: bytes) -> str:
    language = match[1].decode("ascii").lower() if (match := _LANGUAGE.search(head)) else ""
    sample = data[:_SAMPLE]
    by_language = _BY_LANGUAGE.get(language) or _BY_LANGUAGE.get(language[:2])
    # mostly ASCII is Latin script, where statistics have too little to go by
    latin = sum(byte > 127 for byte in sample) * 5 < len(sample) - sample.count(b" ")
    guesses = [by_language] if by_language else ["cp1252"] if language or latin else []
    for guess in (*guesses, *filter(None, map(_browser_name, detect_encoding(sample))), "cp1252"):
        text = data.decode(guess, "replace")
        if text.count("\ufffd") * _BROKEN_SHARE <= len(data):
            return text
    return data.decode("cp1252", "replace")


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without a mark, told by every other byte of the beginning being zero."""
    head = data[:200]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(head) >= 8 and max(even, odd) > len(head) * 0.4 and min(even, odd) == 0:
        return "utf-16-le" if odd else "utf-16-be"
    return ""


def _browser_name(label: str) -> str:
    """Python's name of the codec that browsers use for a label; empty when they have none."""
    try:
        name = codecs.lookup(_LABELS.get(label.lower(), label)).name
    except (LookupError, ValueError):
        return ""
    name = _AS_BROWSERS.get(name, name)
    return name if name in _BROWSERS else ""
