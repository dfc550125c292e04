"""Parts of an article that trafilatura leaves out are put back, in order and marked; what has no place in it is not."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from msgspec import structs

from cleanarticle import clean
from cleanarticle.cleaner import _default_cleaner
from cleanarticle.document import Block, Document, Kind
from cleanarticle.evidence import Evidence
from cleanarticle.extraction import Extraction, extract
from cleanarticle.recovery import recovered
from helpers import STORY

# Lines that stand in the page, between others, and that a test leaves out of what was extracted.
PARTS = (
    "<h2>Nine weeks in dock</h2>", f"<p>{STORY[0]}</p>",
    "<h2>A quiet engine</h2>", f"<p>{STORY[1]}</p>",
    "<h2>A bench for the late</h2>", f"<p>{STORY[2]}</p>", "<ul><li>Fifty minutes</li><li>Six crossings</li></ul>",
    "<h2>The gulls</h2>", f"<p>{STORY[3]}</p>",
)  # fmt: skip
HEADINGS = ["Nine weeks in dock", "A quiet engine", "A bench for the late", "The gulls"]


def page(*parts: str) -> str:
    """A page with an article made of some elements."""
    return f"<html><head><title>The ferry</title></head><body><div id=page><main>{''.join(parts)}</main></div></body></html>"


def without(html: str, *left_out: str) -> tuple[Extraction, Evidence]:
    """A page as if some of its lines had not come through."""
    cleaner = _default_cleaner()
    extraction = extract(html)
    document = extraction.document
    kept = [block for block in document.blocks if document.block_text(block).removeprefix("- ") not in left_out]
    lines = [document.block_text(block) for block in kept]
    blocks: list[Block] = []
    at = 0
    for block, line in zip(kept, lines, strict=True):
        blocks.append(structs.replace(block, start=at, end=at + len(line)))
        at += len(line) + 1
    shorter = Extraction(
        Document("\n".join(lines), tuple(blocks), document.nodes), extraction.tree, extraction.elements, extraction.metadata,
        extraction.url, extraction.root, extraction.body, extraction.table,
    )  # fmt: skip
    return shorter, cleaner._gathered(shorter, shorter.document, "")


def put_back(html: str, *left_out: str) -> list[tuple[str, bool]]:
    """The lines of the page with what is put back, and which those are."""
    extraction, evidence = without(html, *left_out)
    document = recovered(extraction, evidence, _default_cleaner()._vocabulary)
    return [(document.block_text(block), block.recovered) for block in document.blocks]


def test_nothing_is_put_back_where_nothing_is_missing() -> None:
    """A page that came through whole gives the same document."""
    extraction, evidence = without(page(*PARTS))
    assert recovered(extraction, evidence, _default_cleaner()._vocabulary) is extraction.document


def test_sub_headings_and_items_go_back_to_their_places() -> None:
    """What stood between lines of the story stands there again, as what it was, and says that it was put back."""
    whole = put_back(page(*PARTS))
    again = put_back(page(*PARTS), *HEADINGS[1:], "Fifty minutes", "Six crossings")
    assert [line for line, _ in again] == [line for line, _ in whole]
    assert [line for line, is_back in again if is_back] == [*HEADINGS[1:3], "- Fifty minutes", "- Six crossings", HEADINGS[3]]


def test_kinds_are_those_of_the_elements() -> None:
    """A sub-heading is a heading with its level, an item a list item, and both know where they came from."""
    extraction, evidence = without(page(*PARTS), *HEADINGS[1:], "Fifty minutes")
    document = recovered(extraction, evidence, _default_cleaner()._vocabulary)
    back = [block for block in document.blocks if block.recovered]
    assert [(block.kind, block.level) for block in back] == [(Kind.HEADING, 2), (Kind.HEADING, 2), (Kind.LIST_ITEM, 0), (Kind.HEADING, 2)]
    assert [next(iter(document.ancestors(block))).tag for block in back] == ["h2", "h2", "li", "h2"]


@pytest.mark.parametrize(
    ("why", "change"),
    [
        ("one or two lines are left out for a reason", lambda part: part if "quiet" in part else None),
        ("a hidden line is not read", lambda part: part.replace("<h2>", "<h2 hidden>")),
        (
            "a line in a named box is something else",
            lambda part: part.replace("<h2>", "<div class=newsletter><h2>").replace("</h2>", "</h2></div>"),
        ),
        ("a line in an aside is something else", lambda part: part.replace("<h2>", "<aside><h2>").replace("</h2>", "</h2></aside>")),
        ("a linked line leads elsewhere", lambda part: part.replace("<h2>", "<h2><a href=/x>").replace("</h2>", "</a></h2>")),
        ("a line that stands there again and again is furniture", lambda _: "<h2>Read this as well</h2>"),
        ("a box beside the lines is not one of them", lambda part: f"<div>{part}</div>"),
    ],
)
def test_what_is_not_put_back(why: str, change: object) -> None:
    """Each of these keeps sub-headings out that did not come through."""
    parts = [part if not part.startswith("<h2>") else (change(part) or "") for part in PARTS]  # type: ignore[operator]
    texts = {*HEADINGS, "Read this as well"}
    assert [line for line, is_back in put_back(page(*parts), *texts) if is_back] == [], why


JAPANESE = (
    "島と島を結ぶ渡し船が九週間ぶりに港を出て、桟橋には朝早くから四十人の住民が集まり、その出発を静かに見送った。",
    "三十年にわたって舵を取ってきた船長は、新しい機関があまりに静かなので、何度も後ろを振り返ってしまったと笑った。",
    "渡るのに五十分かかる便のために、町は乗り遅れた人が風を避けて座れる長椅子つきの小さな待合所を桟橋に建てたという。",
)


def continued(story: Sequence[str], more: Sequence[str], head: str = "") -> str:
    """A page whose story goes on in a second container, perhaps under a head."""
    first, second = ("".join(f"<p>{line}</p>" for line in lines) for lines in (story, more))
    return page(f"<div class=body>{first}</div><div class=ad>Advertisement</div><div class=body>{head}{second}</div>")


MORE = [f"{line} It was said once more, {word}, by the keeper." for line, word in zip(STORY, ("one", "two", "three", "four"), strict=True)]


@pytest.mark.parametrize(("story", "more"), [(STORY, MORE), (JAPANESE, [f"翌朝になっても話は続いた。{line}" for line in JAPANESE])])
def test_the_story_goes_on_in_the_next_container(story: Sequence[str], more: list[str]) -> None:
    """Paragraphs like the story's in containers behind it, as where an advertisement parts them, belong to it in any script."""
    lines = put_back(continued(story, more), *more)
    assert [line for line, is_back in lines if is_back] == more
    assert [line for line, _ in lines][: len(story)] == list(story)


@pytest.mark.parametrize("head", ["<h2>Another day</h2>", "<time>3 May</time>"])
def test_another_story_behind_is_none(head: str) -> None:
    """A container that begins with a headline of its own, or a date, holds another text."""
    lines = put_back(continued(STORY, MORE, head), *MORE, "Another day", "3 May")
    assert [line for line, is_back in lines if is_back] == []


def declared(*lines: str) -> str:
    """Linked data that declares a body."""
    return '<script type="application/ld+json">' + json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(lines)}) + "</script>"


def test_what_the_page_declares_is_put_back() -> None:
    """Paragraphs of the declared body that stand elsewhere in the page come back; what it does not declare does not."""
    outer = [f"The keeper of the light counted {number} gulls on the roof of the pier." for number in ("nine", "thirty", "sixty")]
    story = "".join(f"<p>{line}</p>" for line in STORY)
    rest = "".join(f"<section><p>{line}</p></section>" for line in outer)
    html = page(
        declared(*STORY, *outer),
        f"<div><div>{story}</div></div><div>{rest}<section><p>Nobody declared these few words here.</p></section></div>",
    )
    lines = put_back(html, *outer, "Nobody declared these few words here.")
    assert [line for line, is_back in lines if is_back] == outer


def test_an_article_has_what_was_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text, Markdown and JSON of an article have the lines that were put back, the last one marked; a rule may remove one of them."""
    html = page(*PARTS, "<h2>Subscribe to our newsletter</h2>", f"<p>{STORY[0].replace('ferry', 'boat')}</p>")
    shorter, _ = without(html, *HEADINGS[1:], "Subscribe to our newsletter")
    monkeypatch.setattr("cleanarticle.cleaner.extract", lambda *_: shorter)
    article = clean(html)
    assert [line for line in article.text.split("\n") if line in HEADINGS] == HEADINGS
    assert "newsletter" not in article.text
    assert "## A quiet engine" in article.to_markdown()
    marked = [block for block in json.loads(article.to_json())["blocks"] if block["recovered"]]
    assert [article.document.text[block["start"] : block["end"]] for block in marked] == [*HEADINGS[1:], "Subscribe to our newsletter"]


@pytest.mark.parametrize("bound", ["_MOST", "_MOST_COMPARED"])
def test_a_page_of_too_many_lines_gets_nothing_back(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more is missing than an article has, nothing is looked for any further."""
    assert [is_back for _, is_back in put_back(page(*PARTS), *HEADINGS[1:])].count(True) == 3
    monkeypatch.setattr(f"cleanarticle.recovery.{bound}", 2)
    assert not any(is_back for _, is_back in put_back(page(*PARTS), *HEADINGS[1:]))
