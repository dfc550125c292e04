"""Tracing: each line of the text finds the element it was written in, whatever became of the markup on the way."""

from __future__ import annotations

from lxml.html import HtmlElement

from cleanarticle.document import Kind
from cleanarticle.extraction import Extraction, extract

LONG = "In the spring the surveyors came back to the valley and found that the river had moved by the width of a field."
OTHER = "Nobody had told them, and the map that they had drawn the year before hung framed in the parish hall already."
THIRD = "They drew it again, in pencil this time, and left the eraser on the table for whoever would come after them."


def of(body: str, head: str = "") -> Extraction:
    return extract(f"<html><head><title>River</title>{head}</head><body>{body}</body></html>", "https://valley.example/river")


def origins(result: Extraction, words: str) -> list[HtmlElement | None]:
    document = result.document
    return [
        result.elements[block.origin.node] if block.origin is not None else None
        for block in document.blocks
        if words in document.block_text(block)
    ]


def ids(result: Extraction, words: str) -> list[str | None]:
    return [element.get("id") if element is not None else None for element in origins(result, words)]


def test_text_that_also_stands_in_the_navigation_comes_from_the_article() -> None:
    result = of(
        "<nav><ul><li><a href='/r' id='nav'>The river</a></li></ul></nav>"
        f"<article><h1 id='top'>The river</h1><p>{LONG}</p><p>{OTHER}</p><h2 id='second'>The river</h2><p>{THIRD}</p></article>"
        "<footer><p id='foot'>The river</p></footer>"
    )
    assert ids(result, "The river") == ["top", "second"]


def test_repeated_paragraphs_each_come_from_their_own_element() -> None:
    result = of(
        f"<article><p id='a'>{LONG}</p><p id='b'>* * *</p><p id='c'>{OTHER}</p><p id='d'>* * *</p><p id='e'>{LONG}</p><p id='f'>{THIRD}</p></article>"
    )
    assert ids(result, "* * *") == ["b", "d"]
    assert ids(result, LONG) == ["a", "e"]


def test_repeated_items_of_lists_come_in_order() -> None:
    items = "".join(f"<li id='i{n}'>Map of the valley</li>" for n in range(4))
    result = of(f"<article><p>{LONG}</p><ul>{items}</ul><p>{OTHER}</p></article>")
    assert ids(result, "Map of the valley") == ["i0", "i1", "i2", "i3"]


def test_lines_broken_within_a_paragraph_come_from_that_paragraph() -> None:
    result = of(
        f"<article><p>{LONG}</p><p id='verse'>North bank<br>South bank<br><i id='i'>East bank</i><br/>West bank</p><p>{OTHER}</p></article>"
    )
    assert [ids(result, f"{side} bank")[0] for side in ("North", "South", "East", "West")] == ["verse", "verse", "i", "verse"]


def test_loose_text_between_breaks_comes_from_the_element_around() -> None:
    result = of(f"<div id='body' class='article-body'>{LONG}<br><br>{OTHER}<br><br>{THIRD}</div>")
    assert [ids(result, text)[0] for text in (LONG, OTHER, THIRD)] == ["body"] * 3


def test_inline_elements_do_not_hide_the_paragraph() -> None:
    marked = LONG.replace("surveyors", "<a href='/s'><b>survey</b>ors</a>").replace("river", "<em>ri</em>ver")
    result = of(f"<article><p id='p'>{marked}</p><p>{OTHER}</p><p>{THIRD}</p></article>")
    assert ids(result, LONG) == ["p"]


def test_a_paragraph_that_lost_a_part_is_still_found() -> None:
    button = "<button>Copy the coordinates of the valley</button>"
    formula = "<svg><text>sqrt</text></svg>"
    result = of(
        f"<article><p>{LONG}</p><p id='cut'>They measured the bend {button} at dawn, when the fog {formula} was thickest, and again at noon.</p>"
        f"<p>{OTHER}</p></article>"
    )
    assert ids(result, "measured the bend") == ["cut"]


def test_rows_of_tables_come_from_their_rows() -> None:
    rows = "".join(f"<tr id='r{n}'><td>Bend {n}</td><td>{n} yards</td></tr>" for n in range(3))
    result = of(f"<article><p>{LONG}</p><p>{OTHER}</p><table><tbody>{rows}</tbody></table><p>{THIRD}</p></article>")
    assert ids(result, "yards") == ["r0", "r1", "r2"]
    assert {block.kind for block in result.document.blocks if "yards" in result.document.block_text(block)} == {Kind.TABLE_ROW}


def test_lines_of_code_come_from_the_code() -> None:
    code = "for bend in river:\n    draw(bend)\n\nfor bend in river:\n    erase(bend)"
    result = of(f"<article><p>{LONG}</p><p>{OTHER}</p><pre><code id='c'>{code}</code></pre><p>{THIRD}</p></article>")
    assert ids(result, "for bend") == ["c", "c"]
    assert ids(result, "erase(bend)") == ["c"]


def test_composed_letters_entities_and_invisible_characters_do_not_matter() -> None:
    text = "Cafe\u0301 by the ri\u00adver, tea &amp;amp; cake\u200b, a \u00a0 map &amp;quot;of the valley&amp;quot; and nothing else on the wall."
    result = of(f"<article><p>{LONG}</p><p id='odd'>{text}</p><p>{OTHER}</p></article>")
    assert ids(result, "by the river") == ["odd"]


def test_words_from_structured_data_alone_have_no_origin() -> None:
    body = "The archive keeps the text of this page in its data only, where no reader would ever look for it at all. " * 5
    data = f'<script type="application/ld+json">{{"@type": "Article", "articleBody": "{body}"}}</script>'
    result = of("<div><p>Loading</p></div>", data)
    assert origins(result, "The archive keeps") == [None]
    assert [node.tag for node in result.document.nodes] == []


def test_text_at_the_end_of_a_page_with_very_many_elements_is_traced_too() -> None:
    menu = "<div>" + "<p>menu</p>" * 4_000 + "</div>"
    result = of(f"{menu * 10}<article><p id='a'>{LONG}</p><p id='b'>{OTHER}</p><p id='c'>{THIRD}</p></article>")
    assert [ids(result, text)[0] for text in (LONG, OTHER, THIRD)] == ["a", "b", "c"]


def test_a_bullet_in_the_page_and_the_one_that_trafilatura_adds_both_belong_to_the_block() -> None:
    result = of(
        f"<article><p>{LONG}</p><ul><li id='x'>- dashed item of the list</li><li id='y'>plain item of the list</li></ul><p>{OTHER}</p></article>"
    )
    assert ids(result, "dashed item") == ["x"]
    assert ids(result, "plain item") == ["y"]
    assert all(result.document.block_text(block).startswith("-") for block in result.document.blocks if block.kind is Kind.LIST_ITEM)


def test_paragraphs_in_items_and_quotations_know_what_holds_them() -> None:
    result = of(
        f"<article><p>{LONG}</p><ol><li><p id='p'>{OTHER}</p></li></ol><blockquote><p id='q'>{THIRD}</p></blockquote><p>{LONG} Again.</p></article>"
    )
    kinds = {
        words: block.kind for block in result.document.blocks for words in (OTHER, THIRD) if words in result.document.block_text(block)
    }
    assert kinds == {OTHER: Kind.LIST_ITEM, THIRD: Kind.QUOTE}


def test_paragraphs_that_became_one_row_come_from_their_cell() -> None:
    result = of(f"<table><tr><td id='cell'><p id='a'>{LONG}</p><p id='b'>{OTHER}</p><p>{THIRD}</p></td></tr></table>")
    assert ids(result, LONG) == ["cell"]
