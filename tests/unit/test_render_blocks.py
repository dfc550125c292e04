"""Articles without a page are rendered from their blocks, and their text stays text whatever it looks like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from test_render_support import FORMATS, kept_words, markup, plain, spans, words

from cleanarticle.document import Kind
from cleanarticle.render import render, render_blocks

P, H, LI, Q, TR, CODE = Kind.PARAGRAPH, Kind.HEADING, Kind.LIST_ITEM, Kind.QUOTE, Kind.TABLE_ROW, Kind.CODE


def test_markdown_has_the_structure_that_the_blocks_tell() -> None:
    document = plain(
        (H, "Ferry sails", 1),
        (P, "First."),
        (LI, "- one"),
        (LI, "  - inner"),
        (LI, "- two"),
        (Q, "> Said."),
        (CODE, "a = 1"),
        (CODE, "  b"),
    )
    assert render("markdown", document) == ("# Ferry sails\n\nFirst.\n\n- one\n  - inner\n- two\n\nSaid.\n\n```\na = 1\n  b\n```")


def test_html_and_xml_have_it_too() -> None:
    document = plain(
        (H, "Ferry sails"), (LI, "• one"), (LI, "two"), (TR, "| Ship | Crew |"), (TR, "|---|---|"), (TR, "| Alba \\| Bea | 4 |")
    )
    tree = etree.fromstring(render("html", document))
    assert [element.tag for element in tree.iter()] == ["html", "body", "h2", "ul", "li", "li", "table", "tr", "th", "th", "tr", "td", "td"]
    assert tree.xpath("string(//td)") == "Alba | Bea"
    main = etree.fromstring(render("xml", document)).find("main")
    assert main is not None
    assert [element.tag for element in main] == ["head", "list", "table"]
    assert main.xpath("count(.//cell[@role='head'])") == 2


def test_rows_have_as_many_cells_as_the_widest() -> None:
    document = plain((TR, "| a |"), (TR, "|---|"), (TR, "| b | c | d |"))
    assert words("markdown", render("markdown", document)) == "abcd"


def test_metadata_become_attributes_of_xml() -> None:
    rendered = render("xml", plain((P, "Text.")), metadata={"title": 'A "b" <c>', "author": "D\x00 E", "date": "2024-05-06", "url": ""})
    doc = etree.fromstring(rendered)
    assert (doc.get("title"), doc.get("author"), doc.get("date"), doc.get("url")) == ('A "b" <c>', "D E", "2024-05-06", None)


def test_removed_blocks_and_sentences_leave_nothing_behind() -> None:
    document = plain((P, "One. Two. Three."), (H, "Related"), (LI, "- a"), (LI, "- b"), (P, "End."))
    removed = spans(document, "Two.", "Related", "- a", "- b")
    assert render("markdown", document, removed) == "One. Three.\n\nEnd."
    assert render("markdown", document, [(0, len(document.text))]) == ""


def test_all_removed_still_makes_a_document() -> None:
    document = plain((P, "Gone."))
    assert etree.fromstring(render("xml", document, [(0, 5)])).find("main") is not None
    assert render("html", document, [(0, 5)]).startswith("<html>")


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> &lt;b&gt; &nbsp; &#10;# x &copy;",
        "**bold** _it_ `code` ~~gone~~ [l](http://x.example) ![i](j.png) <http://x.example>",
        "# no heading",
        "1. no list",
        "2) no list",
        "- no list",
        "+ no list",
        "> no quote",
        "--- ",
        "===",
        "***",
        "```",
        "| no | table |",
        r"back\slash \* \_ \(a_1 < b\) \[<i>x</i>\]",
        "ends in #",
        "a\u2424# b \u2028# c \r- d \x85> e",
        "null\x00 escape\x1b delete\x7f half \ud800 none \ufffe joiner\u200d",
        "]]> <!-- x --> <?php x ?>",
        "e\u0301t\u00e9 डेक 港口",
    ],
)
@pytest.mark.parametrize("kind", list(Kind))
def test_text_stays_text(output_format: str, text: str, kind: Kind) -> None:
    document = plain((P, "Before."), (kind, text), (P, "After."))
    rendered = render(output_format, document)  # type: ignore[arg-type]
    assert words(output_format, rendered) == kept_words(document)
    if output_format == "markdown":
        harmless = {"html_block", "html_inline", "link_open", "image", "em_open", "strong_open", "s_open", "hr"}
        assert markup(rendered).isdisjoint(harmless)


_BITS = [
    "<b>",
    "&amp;",
    "&",
    "*",
    "_",
    "`",
    "~~",
    "#",
    "- ",
    "1. ",
    "> ",
    "|",
    "\\",
    "[x](y)",
    "!",
    "\u2424",
    "\t",
    "\x00",
    "word",
    "7",
    "é",
    "e\u0301",
    " ",
]
_LINES = st.lists(
    st.tuples(st.sampled_from(list(Kind)), st.lists(st.sampled_from(_BITS), min_size=1, max_size=8).map("".join)), min_size=1, max_size=6
)


@given(_LINES, st.sets(st.integers(0, 5)))
def test_every_format_carries_the_kept_words(lines: list[tuple[Kind, str]], gone: set[int]) -> None:
    document = plain(*lines)
    removed = [(block.start, block.end) for index, block in enumerate(document.blocks) if index in gone]
    for output_format in FORMATS:
        assert words(output_format, render_blocks(output_format, document, removed)) == kept_words(document, removed)  # type: ignore[arg-type]


def test_text_longer_than_an_xml_parser_reads_is_written_all_the_same() -> None:
    text = "a" * 10_000_001
    assert text in render("xml", plain((P, text)))
