"""Rule files select elements by CSS and by a subset of XPath that can do no harm."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from cleanarticle.selectors import check_xpath, css_to_xpath, select

PAGE = html.document_fromstring(
    "<div id='main' class='story wide'><p>One</p><p class='promo'>Two <a href='/x'>link</a></p><ul><li>Three</li><li class='Promo'>Four</li></ul></div>"
)

CSS = {
    "a tag": ("p", 2),
    "a class": (".promo", 1),
    "a class is as it is written": (".Promo", 1),
    "an id": ("#main", 1),
    "a tag and a class": ("p.promo", 1),
    "a descendant": ("div a", 1),
    "a child": ("div > p", 2),
    "a sibling": ("p + p", 1),
    "a sibling of a class": ("p + .promo", 1),
    "the sibling of a sibling": ("p + p + ul", 1),
    "a sibling that is not the next": ("p + ul", 1),
    "a sibling further on": ("p ~ ul", 1),
    "a sibling further on, and what is in it": ("#main > p:not(.promo) ~ ul li", 2),
    "no sibling before": ("ul ~ p", 0),
    "no sibling elsewhere": ("p ~ li", 0),
    "the last": ("p ~ ul:last-child", 1),
    "any sibling": ("p ~ *", 2),
    "places copied from a browser": ("body > div:nth-child(1) > ul:nth-child(3) > li:nth-child(2)", 1),
    "an attribute": ("a[href^='/']", 1),
    "several": ("p, li", 4),
    "an exception": ("p:not(.promo)", 1),
    "a place": ("li:first-child", 1),
    "nothing": (".nowhere", 0),
}


@pytest.mark.parametrize(("selector", "count"), CSS.values(), ids=CSS)
def test_css_selects(selector: str, count: int) -> None:
    """CSS selectors select what browsers select."""
    assert len(select(PAGE, css_to_xpath(selector))) == count


@pytest.mark.parametrize("selector", ["", " ", "p[", "::", "p >", "p::before", ":nonsense(1)", "p" * 501])
def test_what_is_no_css_is_refused(selector: str) -> None:
    """A broken selector is a ValueError that says so."""
    with pytest.raises(ValueError, match="selector"):
        css_to_xpath(selector)


XPATH = {
    "a path": ("//div/p", 2),
    "an attribute": ("//p[@class='promo']", 1),
    "a part of an attribute": ("//div[contains(@class, 'wide')]", 1),
    "a start of an attribute": ("//a[starts-with(@href, '/')]", 1),
    "a negation": ("//p[not(@class)]", 1),
    "both": ("//p[@class and contains(@class, 'promo')]", 1),
    "either": ("//p | //li", 4),
    "a place": ("//li[position()=2]", 1),
    "the last": ("//li[last()]", 1),
    "text": ("//p[contains(text(), 'One')]", 1),
    "an axis": ("//a/ancestor::div", 1),
    "a sibling before": ("//p[preceding-sibling::p]", 1),
    "siblings, counted": ("//ul[count(preceding-sibling::p) = 2 and count(following-sibling::*) = 0]", 1),
    "the nearest sibling": ("//p/following-sibling::*[1]", 2),
    "no sibling before": ("//p[not(preceding-sibling::p[1])]", 1),
    "attributes are no elements": ("//p/@class", 0),
    "a function's name in a text": ("//p[contains(@class, 'document(')]", 0),
}


@pytest.mark.parametrize(("expression", "count"), XPATH.values(), ids=XPATH)
def test_xpath_selects(expression: str, count: int) -> None:
    """The safe subset selects elements by place, attributes and words."""
    assert len(select(PAGE, check_xpath(expression))) == count


UNSAFE = {
    "reading another document": "document('x')//p",
    "a function of EXSLT": "//p[re:test(@class, 'a')]",
    "keys": "key('a', 'b')",
    "generated ids": "//p[generate-id()='x']",
    "variables": "//p[@class=$name]",
    "everything that follows": "//p/following::a",
    "everything before": "//p/preceding::a",
    "namespaces": "//namespace::*",
    "arithmetic over all": "sum(//p)",
    "spaces before the bracket": "document ('x')",
    "very many steps": "//a" * 13,
    "a very long one": "//a[@b='" + "c" * 500 + "']",
    "no XPath at all": "//[",
    "an open text": "//p[@class='x]",
    "nothing": "",
}


@pytest.mark.parametrize("expression", UNSAFE.values(), ids=UNSAFE)
def test_what_is_outside_the_subset_is_refused(expression: str) -> None:
    """What reads elsewhere, costs much or is broken is a ValueError."""
    with pytest.raises(ValueError, match="XPath"):
        check_xpath(expression)


MULTIPLYING = {
    "the whole page for each element of the whole page": "//*[count(//*[count(//p) > 0]) > 0]",
    "all siblings of all siblings of all siblings": "//*[following-sibling::*[following-sibling::*[following-sibling::*]]]",
    "all ancestors' descendants' ancestors": "//*[ancestor::*[descendant::*[ancestor::*[descendant::*]]]]",
}


@pytest.mark.parametrize("expression", MULTIPLYING.values(), ids=MULTIPLYING)
def test_expressions_that_multiply_are_refused(expression: str) -> None:
    """Steps over the page inside conditions inside conditions take minutes on an ordinary page."""
    with pytest.raises(ValueError, match="XPath"):
        check_xpath(expression)


SIBLINGS_CSS = {
    "siblings of siblings": "p ~ p ~ .q",
    "and so on": "p ~ p ~ p ~ p ~ p ~ p ~ .q",
    "siblings of the next": "p + p ~ .q",
    "a place among siblings": "p:first-child ~ p",
    "further down": "p ~ div p ~ a",
    "within a condition": "div:has(p ~ p)",
}


@pytest.mark.parametrize("selector", SIBLINGS_CSS.values(), ids=SIBLINGS_CSS)
def test_siblings_of_siblings_are_refused_in_css(selector: str) -> None:
    """Two looks at all siblings, one for each of the other, take minutes on a long page: the error says how many there may be."""
    with pytest.raises(ValueError, match=r"siblings: write '~' once|within a search"):
        css_to_xpath(selector)


SIBLINGS_XPATH = {
    "siblings of siblings in a condition": "//p[preceding-sibling::p/following-sibling::p/preceding-sibling::p = 'zz']",
    "siblings of siblings": "//p/following-sibling::p/following-sibling::p",
    "siblings as a step": "//p/following-sibling::p",
    "siblings as a step in a condition": "//p[../p/following-sibling::p[1]]",
    "siblings as a text": "//p[contains(preceding-sibling::p, 'y')]",
    "no siblings": "//p[not(preceding-sibling::p)]",
    "siblings in brackets": "//p[(preceding-sibling::p)[1]]",
    "siblings with spaces": "//p / following-sibling :: p",
}


@pytest.mark.parametrize("expression", SIBLINGS_XPATH.values(), ids=SIBLINGS_XPATH)
def test_siblings_of_siblings_are_refused_in_xpath(expression: str) -> None:
    """Siblings that are gathered for each of many siblings take minutes on a long page: the error shows what may be written."""
    with pytest.raises(ValueError, match=r"siblings of siblings.*//p\[preceding-sibling::h2\]"):
        check_xpath(expression)


WIDE = html.document_fromstring(f"<div>{'<p>x</p>' * 4_000}</div>")
SLOW_ONCE = ["p ~ p", "p ~ .q", "p + p + p", ".q ~ p", "p:first-child", "p:not(:first-child):not(:last-child)", "p ~ p:last-child"]


@pytest.mark.parametrize("selector", SLOW_ONCE)
def test_siblings_are_found_in_time(selector: str) -> None:
    """A selector that looks at siblings ends in time on a page where everything is a sibling."""
    started = time.perf_counter()
    select(WIDE, css_to_xpath(selector))
    assert time.perf_counter() - started < 8


@given(st.text(st.sampled_from("abp*/.[]()@=:'\"#>+~,^$|-! 1"), max_size=25))
def test_any_selector_is_checked_or_refused(text: str) -> None:
    """Whatever is written, it selects something or nothing, or is a ValueError."""
    for checked in (css_to_xpath, check_xpath):
        try:
            expression = checked(text)
        except ValueError:
            continue
        assert isinstance(select(PAGE, expression), list)
