"""What always holds, whatever the page, the text and the rules."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from strategies import hostile_bytes, hostile_markup, pages, texts

from cleanarticle import Article, CleanArticleError, Cleaner, ExtractionError, RuleSet
from cleanarticle.document import Kind
from cleanarticle.ruleset import default_rules
from helpers import kept_pieces


def share(of: float) -> settings:
    """So much of the usual number of examples: pages take longer than texts."""
    return settings(max_examples=int(settings().max_examples * of))


URL = "https://www.harbour.example/news/ferry"


@cache
def everything() -> Cleaner:
    """All shipped rules and all detectors."""
    return Cleaner()


@cache
def rules_alone() -> Cleaner:
    """All shipped rules and no detector."""
    return Cleaner(disable={"structure/*"})


@cache
def nothing() -> Cleaner:
    """No rule and no detector."""
    return Cleaner(rules=RuleSet(), disable={"structure/*"})


@cache
def turned() -> Cleaner:
    """All shipped rules and detectors, the rules in another order."""
    rules = list(default_rules())
    random.Random(7).shuffle(rules)
    return Cleaner(rules=replace(default_rules(), rules=tuple(rules)))


@cache
def without_newsletters_and_credits() -> Cleaner:
    """All shipped rules and detectors but for two categories."""
    return Cleaner(keep_categories={"newsletter", "credit"})


def cleaned(call: Callable[[], Article]) -> Article | None:
    """The article, or None where there is none to be found."""
    try:
        return call()
    except ExtractionError:
        return None


def check_account(article: Article) -> None:
    """Kept text and removed text are the extracted text: nothing is added, nothing is lost, nothing is counted twice."""
    extracted = article.document.text
    at = 0
    for removal in article.removals:
        assert at <= removal.start < removal.end <= len(extracted)
        assert removal.text == extracted[removal.start : removal.end]
        at = removal.end
    assert "".join(kept_pieces(article).split()) == "".join(article.text.split())
    assert len(kept_pieces(article)) + sum(len(removal.text) for removal in article.removals) == len(extracted)


def check_blocks(article: Article) -> None:
    """The blocks joined by newlines are the extracted text, and each knows what it is."""
    document = article.document
    assert "\n".join(map(document.block_text, document.blocks)) == document.text
    assert all(block.kind in Kind for block in document.blocks)
    assert all(-1 <= node.parent < index for index, node in enumerate(document.nodes))
    assert all(block.origin is None or 0 <= block.origin.node < len(document.nodes) for block in document.blocks)


@given(texts)
def test_kept_and_removed_text_are_the_text(text: str) -> None:
    """Every character of a text is kept or removed, in order, and the text is the lines that came in."""
    article = everything().clean_text(text)
    check_account(article)
    check_blocks(article)
    assert article.document.text.split() == text.split()


@given(pages())
@share(0.4)
def test_kept_and_removed_text_are_the_page_s_text(source: str) -> None:
    """Every character that was extracted from a page is kept or removed, in order."""
    article = cleaned(lambda: everything().clean(source, url=URL))
    if article is not None:
        check_account(article)
        check_blocks(article)


@given(pages())
@share(0.4)
def test_lines_that_are_kept_whole_are_as_they_were_extracted(source: str) -> None:
    """A block that no removal touches stands in the article character for character."""
    article = cleaned(lambda: everything().clean(source, url=URL))
    if article is not None:
        untouched = [
            article.document.block_text(block)
            for block in article.document.blocks
            if not any(removal.start < block.end and block.start < removal.end for removal in article.removals)
        ]
        left = iter(article.text.split("\n"))
        assert all(not line.strip() or line in left for line in untouched)


@given(texts)
def test_without_rules_a_text_stays(text: str) -> None:
    """An empty rule set removes nothing from a text."""
    article = nothing().clean_text(text)
    assert article.removals == ()
    assert article.text == article.document.text


@given(pages())
@share(0.4)
def test_without_rules_a_page_is_as_it_was_extracted(source: str) -> None:
    """An empty rule set removes nothing from a page."""
    article = cleaned(lambda: nothing().clean(source, url=URL))
    if article is not None:
        assert article.removals == ()
        assert article.text == article.document.text


@given(texts)
@example("The ferry sailed again on Monday after nine weeks in dock.\n| Sign up for our newsletter. |\n\nMit Material von dpa")
@share(2)
def test_cleaning_text_twice_removes_nothing_more(text: str) -> None:
    """With text rules only, what is left after cleaning is clean."""
    once = rules_alone().clean_text(text).text
    if any(char.isalnum() for char in once):
        twice = rules_alone().clean_text(once)
        assert twice.removals == ()
        assert twice.text == once.rstrip()  # white space at the very end of what comes in is dropped


@given(texts)
def test_the_order_of_rules_plays_no_part_for_texts(text: str) -> None:
    """Rules in any order remove the same from a text and say the same of it."""
    assert turned().clean_text(text).removals == everything().clean_text(text).removals


@given(pages())
@share(0.4)
def test_the_order_of_rules_plays_no_part_for_pages(source: str) -> None:
    """Rules in any order remove the same from a page and say the same of it."""
    one, other = (cleaned(lambda c=c: c.clean(source, url=URL)) for c in (turned(), everything()))  # type: ignore[misc]
    assert (one and one.removals) == (other and other.removals)


@given(texts)
def test_keeping_a_category_is_putting_it_back(text: str) -> None:
    """A category that is kept has no removals, whatever else goes."""
    article = without_newsletters_and_credits().clean_text(text)
    assert {removal.category for removal in article.removals}.isdisjoint({"newsletter", "credit"})


@given(texts)
def test_everything_can_be_restored(text: str) -> None:
    """With all categories put back the text is the extracted one."""
    article = everything().clean_text(text)
    restored = article.restore(*{removal.category for removal in article.removals})
    assert restored.text == article.document.text
    assert len(article.explain("")) == len(article.document.blocks)


@given(texts)
@share(0.4)
def test_cleaning_is_repeatable(text: str) -> None:
    """The same text gives the same article each time."""
    assert everything().clean_text(text) == everything().clean_text(text)


def words(text: str) -> str:
    """Letters and digits only: what no format may change."""
    return re.sub(r"[\W_]+", "", text)


def words_of(output_format: str, rendered: str) -> str:
    """The words of an article in a format, without its markup and what the markup says of the page."""
    if output_format == "markdown":
        rendered = re.sub(r"\A---\n.*?\n---\n", "", rendered, flags=re.DOTALL)
        return words(rendered)
    tree = lxml_html.fromstring(rendered) if output_format == "html" else etree.fromstring(rendered.encode())
    return words(
        "".join(
            str(text) for element in tree.iter() if element.tag not in ("title", "style") for text in (element.text, element.tail) if text
        )
    )


@pytest.mark.parametrize("output_format", ["markdown", "html", "xml"])
@given(source=pages())
@share(0.25)
def test_every_format_carries_the_same_words(output_format: str, source: str) -> None:
    """The article of a page has the same words in the same order in every format."""
    pytest.importorskip("cleanarticle.render", reason="formats are not there yet")
    article = cleaned(lambda: everything().clean(source, url=URL))
    if article is not None:
        assert words_of(output_format, getattr(article, f"to_{output_format}")()) == words(article.text)


@pytest.mark.parametrize("output_format", ["markdown", "html", "xml"])
@given(text=texts)
@share(0.25)
def test_every_format_of_a_text_carries_the_same_words(output_format: str, text: str) -> None:
    """So has the article of a text."""
    pytest.importorskip("cleanarticle.render", reason="formats are not there yet")
    article = everything().clean_text(text)
    assert words_of(output_format, getattr(article, f"to_{output_format}")()) == words(article.text)


def check_answers(article: Article) -> None:
    """Everything that can be asked of an article is answered."""
    check_account(article)
    assert article.to_dict()["text"] == article.text
    assert isinstance(article.to_json(), str)
    assert isinstance(article.title, str)
    assert all(str(explanation) for explanation in article.explain(""))


@given(st.one_of(st.text(max_size=300), hostile_markup))
@example("<MATH>HTML")
@share(1.5)
def test_any_text_as_a_page_is_an_article_or_an_error_of_ours(source: str) -> None:
    """Whatever text is given as a page, there is an article or an error of this library."""
    try:
        article = everything().clean(source, url=URL)
    except CleanArticleError:
        return
    check_answers(article)


@given(hostile_bytes)
@share(0.8)
def test_any_bytes_as_a_page_are_an_article_or_an_error_of_ours(source: bytes) -> None:
    """Whatever bytes are given as a page, there is an article or an error of this library."""
    try:
        article = everything().clean(source)
    except CleanArticleError:
        return
    check_answers(article)


@given(st.text(max_size=400), st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_an_article_or_an_error_of_ours(text: str, url: str, title: str) -> None:
    """Whatever text, address and title are given, there is an article or an error of this library."""
    try:
        article = everything().clean_text(text, url=url, title=title)
    except CleanArticleError:
        return
    check_answers(article)


LONG = {
    "one endless word": "a" * 300_000,
    "one endless sentence": "sign up for our newsletter and " * 10_000,
    "endless stops": ". " * 100_000,
    "endless quotes and dashes": "“’–" * 60_000,
    "endless white space": "a" + " \t\u00a0" * 60_000 + "b",
    "endless marks on one letter": "e" + "\u0301" * 100_000,
    "endless zero-width characters": "news" + "\u200b" * 200_000 + "letter",
    "many short lines": "- a\n" * 5_000,
    "many boilerplate lines": "Sign up for our newsletter.\n" * 1_000,
    "many brackets": "(" * 100_000,
    "many digits": "1" * 200_000,
    "many bars": "| " * 60_000,
    "many homoglyphs": "aа" * 60_000,
    "many blank lines": "a" + "\n" * 60_000 + "b",
    "many addresses": "https://harbour.example/ferry?a=1&b=2#c " * 3_000,
    "many copyright signs": "© 2025 " * 15_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_texts_come_to_an_end(text: str) -> None:
    """Text of hundreds of thousands of characters of one kind is cleaned like any other."""
    check_account(everything().clean_text(f"The ferry sails again.\n{text}"))


DEEP = {
    "nested elements": "<div>" * 20_000 + "<p>The ferry sails again.</p>",
    "nested lists": "<ul><li>" * 3_000 + "The ferry sails again.",
    "nested tables": "<table><tr><td>" * 400 + "The ferry sails again.",
    "many attributes": "<p " + " ".join(f"a{number}='x'" for number in range(5_000)) + ">The ferry sails again.</p>" * 20,
    "one endless attribute": f"<p class='{'related ' * 50_000}'>The ferry sails again.</p>" * 3,
    "many elements": "<p>The ferry sails again.</p>" * 2_000,
    "many links": "<p><a href='/x'>The ferry sails again and again</a></p>" * 2_000,
    "many headings": "<h2>Related stories</h2>" * 500 + "<p>The ferry sails again.</p>",
    "many comments": "<!-- x -->" * 20_000 + "<p>The ferry sails again.</p>",
    "many entities": "<p>" + "&amp;" * 50_000 + "</p>",
}


@pytest.mark.parametrize("body", DEEP.values(), ids=DEEP)
def test_deep_and_wide_pages_come_to_an_end(body: str) -> None:
    """Pages built to be hard end with an article or an error of this library."""
    try:
        article = everything().clean(f"<html><body><article>{body}</article></body></html>", url=URL)
    except CleanArticleError:
        return
    check_account(article)
