"""Selectors that choose the article's root, and pages that are no article at all."""

from __future__ import annotations

import pytest

from cleanarticle.errors import ExtractionError
from cleanarticle.extraction import Extraction, extract
from cleanarticle.selectors import css_to_xpath

STORY = "The clockmaker of Tarn wound the town clock for the last time on a Sunday and handed the key to his apprentice."
ASIDE = "Elsewhere in the district a bridge was opened, painted green by mistake, and closed again before the evening came."
PAGE = (
    "<html><head><title>Clock</title></head><body>"
    f"<div class='story' id='one'><h2>The clock</h2><p>{STORY}</p><p>{STORY} He did not look back.</p></div>"
    f"<div class='story extra' id='two'><p>{ASIDE}</p><p>{ASIDE} It is open now.</p></div>"
    "<div class='empty'></div></body></html>"
)


@pytest.mark.parametrize(
    "selector",
    [
        css_to_xpath("#one"),
        css_to_xpath("div.story:not(.extra)"),
        "//div[@id='one']",
        "(//div)[1]",
        ".//div[@id='one']",
        "descendant-or-self::div[@id = 'one']",
    ],
)
def test_css_and_xpath_choose_the_root(selector: str) -> None:
    result = extract(PAGE, body=[selector])
    assert STORY in result.document.text
    assert ASIDE not in result.document.text


def test_the_first_selector_that_finds_words_is_used() -> None:
    text = extract(
        PAGE, body=["//article", "//div[@class='empty']", "//text()", "count(//div)", "//div[@id='two']", "//div[@id='one']"]
    ).document.text
    assert ASIDE in text
    assert STORY not in text


def test_all_elements_of_a_selector_make_the_article_in_order_and_once() -> None:
    text = extract(PAGE, body=["//div[contains(@class, 'story')] | //p"]).document.text
    assert text.index(STORY) < text.index(ASIDE)
    assert text.count("He did not look back.") == 1


def test_origins_refer_to_the_page_itself() -> None:
    result = extract(PAGE, body=["//*[@id='two']"])
    (block,) = [block for block in result.document.blocks if "It is open now." in result.document.block_text(block)]
    assert [node.tag for node in result.document.ancestors(block)] == ["p", "div", "body", "html"]
    assert block.origin is not None
    element = result.elements[block.origin.node]
    assert element.getparent().get("id") == "two"
    assert element.getroottree().getroot() is result.tree
    assert result.root is not result.tree


@pytest.mark.parametrize("selector", ["//nowhere", "//div[@class='empty']", "//div[@class='x']"])
def test_where_nothing_comes_of_it_the_whole_page_is_used(selector: str) -> None:
    result = extract(PAGE, body=[selector])
    assert result.document == extract(PAGE).document
    assert result.root is result.tree


def cards(number: int) -> str:
    return "".join(
        f"<div class='card'><h3><a href='/story-{n}'>Headline number {n} about the town clock and its key</a></h3>"
        f"<p>Teaser {n}: the clock of Tarn stopped, or so they say, and started once more.</p></div>"
        for n in range(number)
    )


def no_article(html: str) -> bool:
    try:
        extract(html, "https://tarn.example/")
    except ExtractionError as error:
        return error.reason == "no_article"
    return False


def page(body: str, head: str = "") -> str:
    return f"<html><head><title>Tarn</title>{head}</head><body>{body}</body></html>"


def test_a_list_of_links_is_no_article() -> None:
    rows = "".join(f"<p><a href='/story-{n}'>Headline number {n} about the clock of Tarn and its key</a></p>" for n in range(30))
    assert no_article(page(f"<article>{rows}</article>"))


def test_a_login_page_is_no_article() -> None:
    assert no_article(
        page("<main><h1>Welcome back</h1><p>Please sign in to read on, or ask for a key.</p></main><form><input type='Password'></form>")
    )


def test_a_home_page_of_cards_is_no_article() -> None:
    assert no_article(page(f"<main>{cards(20)}</main>"))


def test_an_article_on_a_page_with_a_login_form_and_links_is_an_article() -> None:
    text = "".join(f"<p>{STORY} {ASIDE} {n}</p>" for n in range(4))
    extra = "<form><input type='password'></form>"
    assert STORY in extract(page(f"{extra}<article>{text}</article>{cards(20)}")).document.text


def test_a_list_of_links_that_says_it_is_an_article_is_believed() -> None:
    rows = "".join(
        f"<p><a href='https://shop.example/{n}'>Clock number {n}, for those who have none of their own yet</a></p>" for n in range(30)
    )
    assert extract(page(f"<article>{rows}</article>", "<meta property='og:type' content='article'>")).document.text


def names(result: Extraction) -> list[str]:
    return [node.tag for node in result.document.nodes]
