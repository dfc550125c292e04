"""Parsing: pages as str, bytes and trees become one tree; what is no page is refused with a reason."""

from __future__ import annotations

import time

import pytest
from lxml import etree
from lxml.html import document_fromstring, fromstring
from trafilatura.utils import load_html

from cleanarticle.errors import ExtractionError
from cleanarticle.extraction import decode, extract, parse
from cleanarticle.extraction.parsing import MAX_CHILDREN, MAX_ELEMENTS

SENTENCE = "The bell of the old observatory rings at noon, although nobody has been paid to ring it since the war."
BODY = "".join(f"<p>{n}. {SENTENCE}</p>" for n in range(5))
PAGE = f"<html><head><title>Bell</title></head><body><article>{BODY}</article></body></html>"


def reason(page: object, **options: int) -> str:
    with pytest.raises(ExtractionError) as caught:
        extract(page) if not options else parse(page, **options)  # type: ignore[arg-type]
    return caught.value.reason


@pytest.mark.parametrize(
    "page",
    [
        *("", " \n\t", b"", b"   ", "\x00\x00", "\ufeff", b"\xef\xbb\xbf", b"\xff\xfe", "\u200b"),
        *("<html></html>", "<!DOCTYPE html>", "<!-- x -->", "<html><body>\u200b <p>&nbsp;</p></body></html>"),
        document_fromstring("<p></p>"),
        etree.ElementTree(),
    ],
)
def test_nothing_at_all_is_empty(page: str | bytes | etree._Element) -> None:
    assert reason(page) == "empty"


@pytest.mark.parametrize("page", ["Just a sentence.", "One line.\nAnother < line & more.", "<p>One.</p><p>Two.</p>", b"Plain bytes."])
def test_pages_of_nothing_but_paragraphs_are_text_and_belong_to_clean_text(page: str | bytes) -> None:
    with pytest.raises(ExtractionError, match="clean_text") as caught:
        parse(page)
    assert caught.value.reason == "not_html"


@pytest.mark.parametrize("page", [None, 7, ["<p>"], object(), {"html": PAGE}, etree.Comment("<p>"), etree.PI("x"), etree.Entity("amp")])
def test_other_types_are_type_errors_that_name_what_is_expected(page: object) -> None:
    with pytest.raises(TypeError, match=r"str or bytes, or an lxml tree"):
        parse(page)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        "<!DOCTYPE html>\n" + PAGE,
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd">' + PAGE,
        "<!doctype html/>" + PAGE,
        '<?xml version="1.0" encoding="utf-8"?>' + PAGE,
        PAGE.replace("<html>", '<html lang="en"/>\n'),
        PAGE.replace("bell", "b\x00e\x0bl\ufffel"),
        PAGE.replace("bell", "be<!-- c -->ll<?x y?>"),
        PAGE.replace("bell", "b&eacute;ll &amp;amp; \N{BELL} 鐘"),
        f"<div><h1>Bell</h1>{BODY}</div><div>{BODY}</div>",
    ],
)
def test_the_tree_is_the_one_that_trafilatura_would_parse(page: str) -> None:
    assert etree.tostring(parse(page)) == etree.tostring(load_html(page))


def test_a_fragment_in_one_element_is_a_page() -> None:
    assert SENTENCE in extract(f"<article>{BODY}</article>").document.text


@pytest.mark.parametrize(
    "tree",
    [
        document_fromstring(PAGE),
        document_fromstring(PAGE).getroottree(),
        etree.fromstring(PAGE, etree.HTMLParser()),
        etree.fromstring(PAGE.replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml">')),
        document_fromstring(PAGE.replace("<article>", "<!-- note --><article><?php echo ?>")),
        fromstring(PAGE).find(".//article"),
    ],
    ids=["html tree", "element tree", "etree", "xhtml", "comments", "element in a tree"],
)
def test_trees_of_every_make_give_the_same_text(tree: etree._Element) -> None:
    assert extract(tree).document.text == extract(PAGE).document.text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("caf\u00e9 \u201cx\u201d".encode(), "caf\u00e9 \u201cx\u201d"),
        ("caf\u00e9".encode("utf-8-sig"), "caf\u00e9"),
        ("caf\u00e9".encode("utf-16"), "caf\u00e9"),
        ("\ufeffcaf\u00e9".encode("utf-16-be"), "caf\u00e9"),
        ("caf\u00e9".encode("utf-32"), "caf\u00e9"),
        ("<html><p>caf\u00e9".encode("utf-16-le"), "<html><p>caf\u00e9"),
        ("<html><p>caf\u00e9".encode("utf-16-be"), "<html><p>caf\u00e9"),
        ("<meta charset=iso-8859-1>\u201ccaf\u00e9\u201d".encode("cp1252"), "<meta charset=iso-8859-1>\u201ccaf\u00e9\u201d"),
        (
            "<meta charset='windows-1251'>\u041c\u043e\u0441\u043a\u0432\u0430".encode("cp1251"),
            "<meta charset='windows-1251'>\u041c\u043e\u0441\u043a\u0432\u0430",
        ),
        (
            "<meta http-equiv='Content-Type' content='text/html; charset=Shift_JIS'>\u9418\u2460".encode("cp932"),
            "<meta http-equiv='Content-Type' content='text/html; charset=Shift_JIS'>\u9418\u2460",
        ),
        ("<?xml version='1.0' encoding='EUC-KR'?>\uc885\ub612".encode("cp949"), "<?xml version='1.0' encoding='EUC-KR'?>\uc885\ub612"),
        ("<meta charset=gb2312>\u949f\u9555".encode("gb18030"), "<meta charset=gb2312>\u949f\u9555"),
        ("<meta charset=iso-2022-jp>\u9418".encode("iso2022_jp"), "<meta charset=iso-2022-jp>\u9418"),
    ],
    ids=[
        "utf-8",
        "utf-8 bom",
        "utf-16",
        "utf-16-be bom",
        "utf-32",
        "utf-16-le",
        "utf-16-be",
        "latin-1",
        "1251",
        "sjis",
        "euc-kr",
        "gb",
        "2022-jp",
    ],
)
def test_encodings_are_found_as_browsers_find_them(data: bytes, expected: str) -> None:
    assert decode(data) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            b"<meta charset=utf-8><html lang='fr'>" + "d\u00e9j\u00e0 vu, \u201cna\u00efve\u201d".encode("cp1252"),
            "d\u00e9j\u00e0 vu, \u201cna\u00efve\u201d",
        ),
        (
            b"<meta charset=iso-8859-1>" + "d\u00e9j\u00e0 vu \u201cna\u00efve\u201d".encode(),
            "d\u00e9j\u00e0 vu \u201cna\u00efve\u201d",
        ),
        (b"<meta charset=utf-16>" + "d\u00e9j\u00e0".encode(), "d\u00e9j\u00e0"),
        (b"<meta charset=no-such-thing>" + "d\u00e9j\u00e0".encode(), "d\u00e9j\u00e0"),
        (b"<html lang=pl>" + "zażółć gęślą jaźń".encode("cp1250"), "zażółć gęślą jaźń"),
        (b"<html lang='ru'>" + "Колокол старой обсерватории".encode("cp1251"), "Колокол старой обсерватории"),
        (b"<html lang=zh-TW>" + "天文臺的鐘".encode("big5"), "天文臺的鐘"),
        ("plain words, one caf\u00e9".encode("cp1252"), "plain words, one caf\u00e9"),
    ],
    ids=["1252 as utf-8", "utf-8 as latin-1", "utf-8 as utf-16", "unknown", "by language pl", "ru", "zh-tw", "undeclared"],
)
def test_declarations_that_lie_or_lack_are_seen_through(data: bytes, expected: str) -> None:
    assert decode(data).endswith(expected)


@pytest.mark.parametrize("label", ["hex", "base64", "rot13", "idna", "punycode", "undefined", "unicode_escape", "utf-7", "cp850", "x" * 40])
def test_labels_that_browsers_do_not_know_count_for_nothing(label: str) -> None:
    """What Python takes for an encoding beside those of browsers neither breaks nor garbles a page."""
    page = f"<html lang='de'><meta charset='{label}'><p>Größe +AGE- \\n"
    assert decode(page.encode()) == page
    assert decode(page.encode("cp1252")) == page


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("x-sjis", "cp932", "鐘の音"),
        ("windows-874", "cp874", "ระฆัง"),
        ("x-euc-jp", "euc_jp", "鐘の音"),
        ("GB_2312-80", "gb18030", "天文台的钟"),
        ("iso-8859-8-i", "iso8859-8", "פעמון"),
        ("windows-949", "cp949", "종소리"),
        ("koi8-ru", "koi8-u", "дзвін"),
        ("", "iso2022_jp", "鐘の音が鳴る"),
    ],
)
def test_labels_of_browsers_are_known_where_python_lacks_them(label: str, encoding: str, text: str) -> None:
    declared = f"<meta charset={label}>" if label else "<p>"
    assert decode(declared.encode() + text.encode(encoding)).endswith(text)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 <html><p>words</p>", "a PDF"),
        (b"\x89PNG\r\n\x1a\n<p>words</p>", "a PNG"),
        (b"\xff\xd8\xff\xe0 <p>words</p>", "a JPEG"),
        (bytes(range(256)) * 40, "not text"),
    ],
)
def test_other_files_are_refused_as_such(data: bytes, what: str) -> None:
    with pytest.raises(ExtractionError, match=f"these bytes are {what}") as caught:
        parse(data)
    assert caught.value.reason == "not_html"


def test_a_few_broken_bytes_do_not_turn_utf_8_into_something_else() -> None:
    text = "Ærø og Ålborg, sagde kaptajnen på færgen. " * 20
    assert decode(text.encode() + b"\xe5\x98 cut off \xc3").startswith(text)


@pytest.mark.parametrize("data", [b"\x1f\x8b\x08\x00rest", b"\x28\xb5\x2f\xfdrest", b"PK\x03\x04rest", b"BZh91AY", b"\xfd7zXZ\x00rest"])
def test_compressed_bytes_are_refused_as_such(data: bytes) -> None:
    with pytest.raises(ExtractionError, match="decompress"):
        parse(data)


def test_pages_over_the_limit_are_too_large_before_any_work_is_done() -> None:
    started = time.perf_counter()
    assert reason("<html>" + "x" * 50_000_000) == "too_large"
    assert reason(b"<html>" + b"x" * 50_000_000) == "too_large"
    assert time.perf_counter() - started < 5


def test_the_limit_counts_characters_in_whatever_form_the_page_comes() -> None:
    for page in (PAGE, PAGE.encode(), PAGE.encode("utf-16"), document_fromstring(PAGE), etree.fromstring(PAGE)):
        assert reason(page, max_chars=100) == "too_large"
        parse(page, max_chars=10_000)


def test_more_elements_than_trafilatura_can_take_are_too_large() -> None:
    assert reason(f"<html><head></head><body><p>{'<b>a</b> ' * (MAX_CHILDREN + 1)}</p></body></html>") == "too_large"
    rows = "<div><p>a <b>b</b></p><p>c</p></div>" * (MAX_ELEMENTS // 4 + 1)
    assert reason(f"<html><head></head><body>{rows}</body></html>") == "too_large"


def deep_tree(depth: int) -> etree._Element:
    root = document_fromstring("<html><head><title>Deep</title></head><body></body></html>")
    element = root[-1]
    for _ in range(depth):
        element = etree.SubElement(element, "div")
    for part in document_fromstring(PAGE).iter("article"):
        element.append(part)
    return root


@pytest.mark.parametrize("tag", ["div", "b", "ul", "table", "blockquote", "font"])
@pytest.mark.parametrize("depth", [300, 900])
def test_an_article_nested_hundreds_deep_is_found(depth: int, tag: str) -> None:
    for page in (f"<html><head></head><body>{f'<{tag}>' * depth}{BODY}", deep_tree(depth)):
        assert SENTENCE in extract(page).document.text


@pytest.mark.parametrize("depth", [1_100, 3_000, 50_000])
def test_pages_nested_deeper_than_trafilatura_can_take_are_too_large(depth: int) -> None:
    for page in (f"<html><head></head><body>{'<div>' * depth}{BODY}", f"{PAGE[:-14]}{'<i>' * depth}</body></html>", deep_tree(depth)):
        assert reason(page) == "too_large"


@pytest.mark.parametrize(
    "long",
    [
        "<img src='data:image/png;base64,{}'>",
        "<script>{}</script>",
        "<style>{}</style>",
        "<!-- {} -->",
        "<svg><path d='{}'/></svg>",
    ],
)
def test_what_stands_behind_eleven_million_characters_is_not_lost(long: str) -> None:
    """Where libxml2 usually ends the page, text goes on."""
    page = f"<html><head></head><body><article>{BODY}{long.format('a' * 11_000_000)}<p>The end: {SENTENCE}</p></article></body></html>"
    assert extract(page).document.text.endswith(SENTENCE)


@pytest.mark.parametrize(
    "body",
    [
        "<p>" + "&amp;lt;" * 20_000 + "</p>",
        "<p><div></b><table><tr>" + BODY + "</i><<<>>>&&&;&#x;&#99999999;",
        BODY + "<p>\ud800 half \udc00 pairs \ud83d\ude00 and words enough</p>",
        BODY + "".join(f"<p>{chr(code)} control {chr(code)} characters</p>" for code in (1, 8, 11, 127, 133, 0x200B, 0x202E, 0xFFFF)),
        BODY + "<p>line<br>" * 3_000,
        BODY + "<ul>" + "<li>a b</li>" * 3_000,
        BODY + "<pre>" + "x = 1\n}\n" * 3_000 + "</pre>",
        "<p>" + "<a href='/x'>word</a> and " * 1_000,
        "<p>" + "a" * 300_000 + "</p><p>" + "a" * 299_999 + "<br>b</p>",
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script>" + BODY,
        "<script type='application/ld+json'>" + '{"@graph":' * 900 + "{}" + "}" * 900 + "</script>" + BODY,
    ],
    ids=["entities", "broken", "surrogates", "controls", "breaks", "items", "code", "links", "repeated", "json", "graph"],
)
def test_hostile_pages_end_in_time_with_text_and_blocks_that_agree(body: str) -> None:
    started = time.perf_counter()
    document = extract(f"<html><head><title>T</title></head><body><article>{body}</article></body></html>", "https://a.example/").document
    assert "\n".join(map(document.block_text, document.blocks)) == document.text
    assert time.perf_counter() - started < 20
