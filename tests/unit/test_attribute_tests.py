"""Expressions that ask for attributes: they select what libxml2 selects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from trafilatura import main_extractor, xpaths

from cleanarticle.extraction import attribute_tests, first_extractor
from cleanarticle.extraction.attribute_tests import Selects, by_attributes

REGEXP = {"re": "http://exslt.org/regular-expressions"}
OF_TRAFILATURA = {f"{name} {number}": each for name in first_extractor.LISTS for number, each in enumerate(getattr(xpaths, name))}
OWN = {
    "a value": ".//*[self::div or self::p][@id='menu']",
    "an attribute": ".//*[@hidden or @id='menu']",
    "a part of a value": ".//*[self::div][contains(@class, 'promo')]",
    "a beginning": ".//*[starts-with(@class, 'promo')]",
    "a part in either case": ".//*[contains(translate(@class, 'PM', 'pm'), 'promo')]",
    "a pattern": ".//*[re:test(@class, '^promo|box$')]",
    "a pattern without case": ".//*[re:test(@class, '^promo|box$', 'i')]",
    "a pattern in either attribute": ".//*[re:test(@id|@class, 'promo')]",
    "the same, the other way round": ".//*[re:test(@class|@id, 'promo')]",
    "a part of either attribute": ".//*[contains(@id|@class, 'promo')]",
    "the beginning of either attribute": ".//*[starts-with(@class|@id, 'promo')]",
    "signs that mean something in patterns": ".//*[contains(@class, 'a.b') or @id='(x)' or starts-with(@class, '^')]",
    "a further condition": ".//*[self::div][contains(@class, 'promo')][not(.//p)]",
}
# fmt: off
SELECTS = dict(zip(OF_TRAFILATURA, by_attributes(*OF_TRAFILATURA.values()), strict=True))
NAMES = [
    "post", "entry", "main", "content", "articleBody", "article", "story", "text", "postarea", "primary", "fulltext", "cookie",
    "Comment", "commentary", "comments", "share", "social", "newsletter", "nav", "Nav", "widget", "teaser", "Teaser", "caption",
    "hidden", "reply-1", "message", "hide-me", "hide", "true", "comol", "disqus_thread", "infinite-scroll", "mvp-post-add-box",
    "elementor-share-buttons", "MAIN-content", "Page-content", "ad--ad-", "bar",
]
# fmt: on
VALUES = st.one_of(
    st.sampled_from(["", "promo", "Promo", "promo box", "BOX", "box", "my-promo", "menu", "a.b", "axb", "(x)", "^", "a\nb"]),
    st.sampled_from(NAMES),
    st.text(max_size=6).filter(lambda text: all(char.isprintable() for char in text)),
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["id", "class", "role", "style", "itemprop", "aria-hidden", "data-component", "hidden", "href"]), VALUES, max_size=4
)
TAGS = st.sampled_from(["div", "p", "section", "article", "main", "span", "ul", "ol", "list", "item", "aside", "h1", "details"])
TREES = st.recursive(
    st.builds(lambda tag, attributes: (tag, attributes, []), TAGS, ATTRIBUTES),
    lambda inner: st.builds(lambda tag, attributes, children: (tag, attributes, children), TAGS, ATTRIBUTES, st.lists(inner, max_size=4)),
    max_leaves=12,
)


def tree_of(drawn: tuple[str, dict[str, str], list[object]]) -> etree._Element:
    tag, attributes, children = drawn
    element = etree.Element(tag)
    for name, value in attributes.items():
        element.set(name, value)
    element.append(etree.Comment("class=promo"))
    element.extend(tree_of(child) for child in children)  # type: ignore[arg-type]
    return element


@pytest.mark.parametrize("name", OF_TRAFILATURA)
@given(drawn=TREES)
def test_the_expressions_of_trafilatura_select_the_same(name: str, drawn: tuple[str, dict[str, str], list[object]]) -> None:
    tree = tree_of(drawn)
    expression = OF_TRAFILATURA[name]
    selected, expected = SELECTS[name](tree), expression(tree)
    if name.startswith("BODY_XPATH"):  # only the first one counts there
        selected, expected = selected[:1], expected[:1]
    assert selected == expected


@given(drawn=TREES)
def test_one_walk_selects_what_each_of_the_expressions_does(drawn: tuple[str, dict[str, str], list[object]]) -> None:
    """Whatever the expressions are that one walk serves, each selects what it selects alone; a second tree is walked anew."""
    together = Selects([SELECTS[name] for name in SELECTS if not name.startswith("BODY_XPATH")])
    expressions = [each for name, each in OF_TRAFILATURA.items() if not name.startswith("BODY_XPATH")]
    for tree in (tree_of(drawn), tree_of(drawn)):
        assert [select(tree) for select in together] == [expression(tree) for expression in expressions]


@pytest.mark.parametrize("name", OWN)
@given(drawn=TREES)
def test_every_form_of_a_test_selects_the_same(name: str, drawn: tuple[str, dict[str, str], list[object]]) -> None:
    tree = tree_of(drawn)
    expression = etree.XPath(OWN[name], namespaces=REGEXP)
    [select] = by_attributes(expression)
    assert select is not expression
    assert select(tree) == expression(tree)
    assert select(tree) == expression(tree), "and the second time"


@pytest.mark.parametrize(
    "path",
    [
        ".//article",
        ".//*[self::div]",
        ".//*[self::div][count(p) > 2]",
        ".//*[self::div][@id='a' and @class='b']",
        ".//*[self::div][not(@id)]",
        ".//*[self::div][re:test(@class, 'x*')]",
        "(.//*[self::div][@id='a'])[2]",
        "(.//*[self::div][@id='a'])[1]|.//p",
        ".//div[@id='a']",
    ],
)
def test_an_expression_of_another_form_is_left_as_it_is(path: str) -> None:
    expression = etree.XPath(path, namespaces=REGEXP)
    [select] = by_attributes(expression)
    assert select.tests is None
    assert select.expression is expression


def test_the_first_of_all_elements_is_found_without_the_others() -> None:
    tree = etree.fromstring("<body><p/><div><p id='a' class='x'/></div><p id='b' class='x'/></body>")
    [select] = by_attributes(etree.XPath("(.//*[self::p][@class='x'])[1]"))
    assert [element.get("id") for element in select(tree)] == ["a"]


def test_values_are_remembered_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attribute_tests, "_MOST_VALUES", 3)
    values = attribute_tests._Values({1: "promo", 2: "^story"})
    for number in range(10):
        assert values[f"promo {number}"] == 1
        assert values[f"story {number}"] == 2
        assert values[f"promo story {number}"] == 1
        assert values[f"list {number}"] == 0
    assert values["promo " * 1_000] == 1
    assert len(values) == 3


def test_trafilatura_itself_stays_as_it_is() -> None:
    assert first_extractor.extract_content is not main_extractor.extract_content
    assert all(isinstance(each, etree.XPath) for each in main_extractor.BODY_XPATH + main_extractor.OVERALL_DISCARD_XPATH)
    assert main_extractor.extract_content.__globals__["_extract"] is main_extractor._extract
