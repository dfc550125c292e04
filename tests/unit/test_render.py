"""Articles with a page are rendered as trafilatura renders it, less what was removed."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Collection
from typing import Any

import pytest
import trafilatura
from lxml import etree
from lxml.html import document_fromstring
from test_render_support import ENDING, FORMATS, OPENING, URL, Given, kept_words, page, spans, words

from cleanarticle.article import PageSource
from cleanarticle.document import Block, Document, Kind
from cleanarticle.extraction import ExtractionOptions
from cleanarticle.render import render, render_article, render_tree
from cleanarticle.render.page import extract_again

RICH = page(
    "<h2>What <i>comes</i> next</h2>",
    "<p>The <b>pier <i>of stone</i></b> will be mended, <a href='/pier'>the town said</a>.<sup>1</sup>"
    " Sign up for letters. Work starts soon.</p>",
    "<ul><li>One <b>boat</b> sank.</li><li>Two<ul><li>inner first</li><li>inner second</li></ul></li></ul>",
    "<table><tr><th>Ship</th><th>Crew</th></tr><tr><td>Alba</td><td>4</td></tr><tr><td>Bea</td><td></td></tr></table>",
    "<blockquote><p>We waited long.</p><p>Too long.</p></blockquote>",
    "<p>Line one<br>Line two<br>Line three <img src='/a.jpg' alt='A ship'></p>",
)
ALL = ExtractionOptions(links=True, images=True)


def rendered(output_format: str, given: Given, *removed: str) -> str:
    return render(output_format, given.document, spans(given.document, *removed), given)  # type: ignore[arg-type]


def plain_document(*lines: str, recovered: Collection[int] = ()) -> Document:
    blocks, at = [], 0
    for index, line in enumerate(lines):
        kind = Kind.LIST_ITEM if line.startswith("- ") else Kind.PARAGRAPH
        blocks.append(Block(kind, at, at + len(line), recovered=index in recovered))
        at += len(line) + 1
    return Document("\n".join(lines), tuple(blocks))


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize(
    "options", [ExtractionOptions(), ALL, ExtractionOptions(tables=False), ExtractionOptions(comments=True, favor_recall=True)]
)
def test_without_removals_it_is_byte_for_byte_what_trafilatura_writes(output_format: str, options: ExtractionOptions) -> None:
    expected = trafilatura.extract(
        RICH,
        url=URL,
        output_format=output_format,
        include_comments=options.comments,
        include_tables=options.tables,
        include_links=options.links,
        include_images=options.images,
        favor_recall=options.favor_recall,
    )
    assert rendered(output_format, Given(RICH, options)) == expected


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize(
    "removed",
    [
        ("Sign up for letters.",),
        ("What comes next", "- One boat sank.", "Too long."),
        ("the town said",),
        ("  - inner first", "  - inner second"),
        ("- Two", "  - inner first"),
        ("| Alba | 4 |", "Line two"),
        (OPENING, ENDING),
    ],
)
def test_every_format_carries_the_kept_words(output_format: str, removed: tuple[str, ...]) -> None:
    given = Given(RICH, ALL)
    assert words(output_format, rendered(output_format, given, *removed)) == kept_words(given.document, spans(given.document, *removed))


def test_a_sentence_goes_from_the_middle_and_leaves_one_space() -> None:
    result = rendered("html", Given(page("<p>One is here. Two is here.  Three is here.</p>")), "Two is here.")
    assert "<p>One is here. Three is here.</p>" in result


def test_a_sentence_goes_across_inline_markup() -> None:
    source = page("<p>One is here. <b>Two <i>is</i></b> <a href='/x'>a link</a> there. <b>Three</b> stays.</p>")
    assert "\nOne is here. **Three** stays.\n" in rendered("markdown", Given(source, ALL), "Two is a link there.")
    assert "<p>One is here. Three stays.</p>" in rendered("html", Given(source, ALL), "Two is a link there.")


def test_part_of_bold_text_goes_and_the_rest_stays_bold() -> None:
    source = page("<p>One is here. <b>Two is bold. Three is bold.</b> Four stays.</p>")
    assert "\nOne is here. **Three is bold.** Four stays.\n" in rendered("markdown", Given(source), "Two is bold.")


def test_a_line_goes_with_its_line_break() -> None:
    assert "<p>Line one<br/>Line three <img" in rendered("html", Given(RICH, ALL), "Line two")


def test_an_emptied_list_goes_with_its_items() -> None:
    given = Given(page("<h3>Related</h3><ul><li>Storm <b>in March</b></li><li>Pier to be mended</li></ul>"), ALL)
    result = rendered("xml", given, "Related", "- Storm in March", "- Pier to be mended")
    assert [element.tag for element in etree.fromstring(result).iter()] == ["doc", "main", "p", "p", "comments"]


def test_the_items_in_an_emptied_item_take_its_place() -> None:
    result = rendered("markdown", Given(RICH), "- Two")
    assert "- One **boat** sank.\n- inner first\n- inner second" in result


def test_an_emptied_row_goes_and_an_emptied_cell_stays() -> None:
    given = Given(RICH)
    table = etree.fromstring(rendered("html", given, "| Alba | 4 |")).find(".//table")
    assert table is not None
    assert [["".join(map(str, cell.itertext())) for cell in row] for row in table] == [["Ship", "Crew"], ["Bea", ""]]
    table = etree.fromstring(rendered("html", given, "Alba")).find(".//table")
    assert table is not None
    assert [["".join(map(str, cell.itertext())) for cell in row] for row in table] == [["Ship", "Crew"], ["", "4"], ["Bea", ""]]


def test_an_image_goes_with_the_item_it_illustrates_and_stays_in_a_paragraph() -> None:
    given = Given(page("<ul><li><img src='/t.jpg'> Storm in March</li><li>Stays</li></ul><p>Photo by no one. <img src='/p.jpg'></p>"), ALL)
    result = rendered("html", given, "- Storm in March", "Photo by no one.")
    assert "t.jpg" not in result
    assert "p.jpg" in result


def test_what_only_markdown_extracts_goes_once_anything_is_removed() -> None:
    given = Given(RICH)
    shorter = plain_document(*given.document.text.replace("1 Sign", " Sign").split("\n"))
    result = render("markdown", shorter, spans(shorter, "Too long."), given)
    assert "<sup>" not in result
    assert "**pier *of stone***" in result
    assert words("markdown", result) == kept_words(shorter, spans(shorter, "Too long."))


def test_same_words_mends_what_trafilatura_adds_and_leaves_the_rest_to_the_byte() -> None:
    given = Given(RICH)
    shorter = plain_document(*given.document.text.replace("1 Sign", " Sign").split("\n"))
    assert words("markdown", render("markdown", shorter, (), given)) != kept_words(shorter)
    assert words("markdown", render("markdown", shorter, (), given, same_words=True)) == kept_words(shorter)
    for output_format in FORMATS:
        result = render(output_format, given.document, (), given, same_words=True)  # type: ignore[arg-type]
        assert result == rendered(output_format, given)


@pytest.mark.parametrize("output_format", FORMATS)
def test_recovered_blocks_are_put_where_they_belong(output_format: str) -> None:
    given = Given(page("<p>The <b>pier</b> will be mended.</p>", "<ul><li>first item here</li><li>third item here</li></ul>"))
    lines = given.document.text.split("\n")
    recovered = {1: "Recovered paragraph.", 4: "- second item here", 7: "The last one."}
    for index, line in recovered.items():
        lines.insert(index, line)
    document = plain_document(*lines, recovered=recovered)
    result = render(output_format, document, (), given)  # type: ignore[arg-type]
    assert words(output_format, result) == kept_words(document)
    if output_format == "html":
        assert [element.tag for element in etree.fromstring(result).iter("p", "li")] == ["p", "p", "p", "li", "li", "li", "p", "p"]
    if output_format == "markdown":
        assert "**pier**" in result


@pytest.mark.parametrize("output_format", FORMATS)
def test_a_page_that_has_nothing_to_do_with_the_document_is_not_used(output_format: str) -> None:
    document = Given(page("<p>The pier will be mended.</p>")).document
    removed = spans(document, "The pier will be mended.")
    other = Given(f"<html><body><article>{'<p>Altogether different words stand on this other page here.</p>' * 9}</article></body></html>")
    for source in (other, Given("no page"), Given("<html><body></body></html>"), Given(None)):
        assert words(output_format, render(output_format, document, removed, source)) == kept_words(document, removed)  # type: ignore[arg-type]


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize("tag", ["b", "div", "blockquote"])
def test_deep_nesting_ends_in_an_answer(output_format: str, tag: str) -> None:
    tree = document_fromstring(page("<p>The pier will be mended.</p>"))
    article = tree.find(".//article")
    assert article is not None
    for _ in range(900):
        article = etree.SubElement(article, tag)
    article.text = "Deep words stand at the very bottom of it all."
    document = Given(page("<p>The pier will be mended.</p>")).document
    removed = spans(document, "The pier will be mended.")
    for spans_removed in ((), removed):
        result = render(output_format, document, spans_removed, Given(tree))  # type: ignore[arg-type]
        assert "Fishermen" in result
    assert words(output_format, result) == kept_words(document, removed)


@pytest.mark.parametrize("output_format", FORMATS)
def test_entities_that_the_page_spells_out_are_the_characters_of_the_text(output_format: str) -> None:
    given = Given(page("<p>He wrote &amp;lt;b&amp;gt; and AT&amp;amp;T &amp; sons. It goes.</p>"))
    result = rendered(output_format, given, "It goes.")
    assert words(output_format, result) == kept_words(given.document, spans(given.document, "It goes."))
    assert "<b>" not in result.replace("\\<b>", "")


def test_numbers_and_exclamation_marks_are_no_markup() -> None:
    given = Given(page("<p>Results:<br>1. Alba<br># Bea</p><p>Look here!<a href='/x'>A link</a> goes on. It goes.</p>"), ALL)
    result = rendered("markdown", given, "It goes.")
    assert words("markdown", result) == kept_words(given.document, spans(given.document, "It goes."))


def test_code_in_code_and_paragraphs_in_paragraphs_keep_their_words_in_xml() -> None:
    document = plain_document("Before it.", "x = 1", "y = 2", "Gone.")
    paragraph = "<p>Before<hi><p> <hi>it.</hi></p></hi></p>"
    body = etree.fromstring(f"<body>{paragraph}<code><code>x = 1<lb/>y = 2</code></code><p>Gone.</p></body>")
    result = render_tree("xml", body, document, spans(document, "Gone."))
    assert result is not None
    assert words("xml", result) == "Beforeitx1y2"


def test_comments_that_belong_to_the_text_are_rendered_and_cut() -> None:
    document = plain_document("The article.", "A comment.", "Another comment.")
    body = etree.fromstring("<body><p>The article.</p></body>")
    comments = etree.fromstring("<body><p>A comment.</p><p>Another comment.</p></body>")
    for output_format in FORMATS:
        result = render_tree(output_format, body, document, spans(document, "A comment."), comments=comments)  # type: ignore[arg-type]
        assert result is not None
        assert words(output_format, result) == "ThearticleAnothercomment"


def test_trees_that_are_handed_in_stay_as_they_are() -> None:
    given = Given(RICH)
    extracted = extract_again(given, "markdown")
    assert extracted is not None
    body = extracted.body
    before = etree.tostring(body)
    assert render_tree("markdown", body, given.document, spans(given.document, "Too long.")) is not None
    assert etree.tostring(body) == before
    tree = document_fromstring(RICH)
    before = etree.tostring(tree)
    for output_format in FORMATS:
        render(output_format, given.document, spans(given.document, "Too long."), Given(tree))  # type: ignore[arg-type]
    assert etree.tostring(tree) == before


def test_only_xml_tells_an_articles_metadata() -> None:
    class Told:
        title, author, date, url, language = "Harbour opens", "A. Writer", "2024-05-06", URL, "en"

    given = Given(RICH)
    for output_format in ("markdown", "html"):
        assert render_article(output_format, given.document, [], given, Told()) == rendered(output_format, given)
    doc = etree.fromstring(render_article("xml", given.document, [], given, Told()))
    assert [doc.get(name) for name in ("title", "author", "date", "url")] == ["Harbour opens", "A. Writer", "2024-05-06", URL]


def test_a_pickled_page_renders_the_same() -> None:
    given: Any = PageSource(RICH, URL, ALL)
    document = Given(RICH, ALL).document
    again = pickle.loads(pickle.dumps(given))
    for output_format in FORMATS:
        removed = spans(document, "Sign up for letters.")
        assert render_article(output_format, document, removed, again) == render_article(output_format, document, removed, copy.copy(given))  # type: ignore[arg-type]


def test_the_root_that_a_selector_chose_is_used_again() -> None:
    other = "<p>Something else stands here altogether.</p>" * 9
    source = f"<html><body><main><p>{OPENING}</p><p>It goes.</p><p>{ENDING}</p></main><div id='x'>{other}</div></body></html>"
    given = Given(source, body=("main",))
    assert "Something else" not in rendered("html", given)
    assert "Something else" not in rendered("html", given, "It goes.")
