"""The cascade: trafilatura's result on every page, with less work where its first extractor decides."""

from __future__ import annotations

from copy import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import Document, Extractor

from cleanarticle.extraction import cascade, first_extractor, parse

SENTENCE = "The lock keeper of Tarnbridge counts the barges by their horns, since the fog hides all that is further than his boots."
STORY = "".join(f"<p>{SENTENCE} That was barge number {number}.</p>" for number in range(6))
MENU = "".join(f"<li><a href='/{number}'>Lock number {number}, with its keeper and his dog</a></li>" for number in range(16))
FORUM = '<script type=\'application/ld+json\'>{"@type": "DiscussionForumPosting"}</script>'


def options(**keywords: object) -> Extractor:
    return Extractor(output_format="txt", comments=False, **keywords)  # type: ignore[arg-type]


def result(document: Document | None) -> tuple[bytes, str] | None:
    return None if document is None else (etree.tostring(document.body), document.raw_text or "")


def page(body: str, head: str = "") -> str:
    return f"<html><head><title>Locks</title>{head}</head><body>{body}</body></html>"


PAGES = {
    "little but the story": page(f"<article>{STORY}</article>"),
    "menus around the story": page(f"<nav><ul>{MENU}</ul></nav><article>{STORY}</article><div><ul>{MENU}</ul></div>"),
    "a scrap among menus": page(f"<div><ul>{MENU * 6}</ul></div><article><p>{SENTENCE * 3}</p></article><div>{MENU * 9}</div>"),
    "a longer story outside the article": page(f"<article><p>{SENTENCE * 3}</p></article><div class='text-wide'>{STORY * 4}</div>"),
    "hardly a word": page(f"<p>{SENTENCE}</p>"),
    "no paragraph": page(f"<article><div>{SENTENCE}<br>{SENTENCE * 3}</div></article>"),
    "mostly tables": page(f"<article><table><tr><td>{SENTENCE * 4}</td></tr></table></article>"),
    "a forum": page(f"<div class='comments'>{STORY}</div>", FORUM),
    "scripts and styles": page(f"<article>{STORY}<script>var a = '{SENTENCE * 40}'</script>.</article>", f"<style>{SENTENCE}</style>"),
    "frames": page(f"<article>{STORY}{'<iframe src=https://vimeo.com/1></iframe>' * 200}</article>"),
    "a title without text": page(f"<article>{STORY}<svg><title></title></svg><p>{SENTENCE}</p></article>"),
    "nothing": page("<br>"),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    "chosen", [{}, {"links": True}, {"images": True}, {"tables": False}, {"recall": True}, {"precision": True}], ids=str
)
def test_the_result_is_that_of_the_whole_cascade(name: str, chosen: dict[str, object]) -> None:
    tree = parse(PAGES[name])
    assert result(cascade.extract_document(tree, options(**chosen))) == result(bare_extraction(copy(tree), options=options(**chosen)))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["little but the story", "menus around the story", "scripts and styles"])
def test_where_the_first_extractor_decides_nothing_is_extracted_twice(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cascade, "bare_extraction", None)
    found = cascade.extract_document(parse(PAGES[name]), options())
    assert found is not None
    assert SENTENCE in (found.raw_text or "")


def test_readability_is_not_asked_on_a_page_that_has_little_but_the_story(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_extractor, "try_readability", None)
    assert cascade.extract_document(parse(PAGES["little but the story"]), options()) is not None


def test_with_a_version_of_trafilatura_that_nobody_looked_at_the_whole_cascade_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cascade.trafilatura, "__version__", "2.3.99")
    monkeypatch.setattr(first_extractor, "decided_by_first", None)
    tree = parse(PAGES["little but the story"])
    assert result(cascade.extract_document(tree, options())) == result(bare_extraction(copy(tree), options=options()))


@pytest.mark.parametrize("name", PAGES)
def test_the_page_stays_as_it_is(name: str) -> None:
    tree = parse(PAGES[name])
    before = etree.tostring(tree)
    cascade.extract_document(tree, options())
    assert etree.tostring(tree) == before


PART = st.sampled_from(
    [
        STORY,
        f"<p>{SENTENCE}</p>",
        f"<div>{SENTENCE}</div>",
        f"<ul>{MENU[:800]}</ul>",
        f"<div class='menu'>{MENU[:900]}</div>",
        f"<form><p>{SENTENCE * 2}</p><textarea>{SENTENCE}</textarea></form>",
        f"<table><tr><td>{SENTENCE * 2}</td></tr></table>",
        "<iframe src='https://youtube.com/x'></iframe>",
        f"<figure><figcaption>{SENTENCE}</figcaption></figure>",
        f"<section class='related'>{STORY}</section>",
        f"<noscript><p>{SENTENCE}</p></noscript>",
        "text between \N{HORIZONTAL ELLIPSIS} <span> and </span> in spans ",
        f"<aside>{SENTENCE}</aside><time>12 May</time>",
    ]
)


@given(
    st.lists(
        st.builds(
            lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", st.sampled_from(["article", "div", "main"]), st.lists(PART, max_size=5)
        ),
        max_size=4,
    )
)
def test_the_result_is_that_of_the_whole_cascade_on_any_page(parts: list[str]) -> None:
    tree = parse(page("".join(parts) + "<hr>"))
    assert result(cascade.extract_document(tree, options())) == result(bare_extraction(copy(tree), options=options()))
