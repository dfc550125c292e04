"""An article is its text, and an account of everything that was taken from it."""

from __future__ import annotations

import json
import pickle
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from lxml import html as lxml_html

from cleanarticle import Article, Cleaner, Removal
from cleanarticle.extraction import parse
from helpers import STORY, kept_pieces, left, page, paragraphs, rules_of, text_cleaner

RULES = [
    {"name": "letter", "reason": "A pitch for the letter", "scope": "sentence", "starts_with": ["sign up for"], "category": "newsletter"},
    {"name": "photo", "reason": "A credit", "starts_with": ["photo:"], "category": "credit"},
    {"name": "end", "reason": "A closing pitch", "equals": ["get the app"], "position": "tail", "category": "promo"},
]
LINES = ["Get the app", STORY[0], "Photo: Ann Lee", f"{STORY[1]} Sign up for our letter.", STORY[2], STORY[3], "Get the app"]
TEXT = "\n".join(LINES)
HEAD = (
    '<meta property="article:published_time" content="2024-03-01T09:00:00Z"><meta name="author" content="Ann Lee">'
    '<link rel="canonical" href="https://a.example/ferry">'
)
PAGE = page("<h1>The ferry sails again</h1>", paragraphs(*STORY, "Photo: Ann Lee"), title="The ferry sails again | Harbour Post", head=HEAD)


@pytest.fixture
def article() -> Article:
    """An article that lost a line, a sentence and a closing line."""
    return text_cleaner(*RULES).clean_text(TEXT)


@pytest.fixture
def from_page() -> Article:
    """An article of a page that lost a line."""
    return Cleaner(rules=rules_of(*RULES), disable={"structure/*"}).clean(PAGE)


def test_text_is_the_body(article: Article) -> None:
    """The text holds what stays, one block a line, and no newline at the end."""
    assert article.text == "\n".join(["Get the app", *STORY])


def test_removals_tell_what_went(article: Article) -> None:
    """Each removal has rule, category, text, offsets and reason."""
    assert [(r.rule, r.category, r.text, r.reason) for r in article.removals] == [
        ("en/test/photo", "credit", "Photo: Ann Lee", "A credit"),
        ("en/test/letter", "newsletter", "Sign up for our letter.", "A pitch for the letter"),
        ("en/test/end", "promo", "Get the app", "A closing pitch"),
    ]
    assert all(article.document.text[r.start : r.end] == r.text for r in article.removals)


def test_the_extracted_text_is_all_there(article: Article) -> None:
    """The document is the text as it came, kept and removed."""
    assert article.document.text == TEXT
    assert "".join(kept_pieces(article).split()) == "".join(article.text.split())


def test_articles_are_immutable(article: Article) -> None:
    """Nothing of an article can be set."""
    with pytest.raises(FrozenInstanceError):
        article.removals = ()  # type: ignore[misc]
    with pytest.raises((FrozenInstanceError, AttributeError)):
        article.removals[0].text = ""  # type: ignore[misc]


RESTORED = {
    "nothing": ((), {"credit", "newsletter", "promo"}),
    "a category": (("credit",), {"newsletter", "promo"}),
    "a category of which nothing went": (("embed",), {"credit", "newsletter", "promo"}),
    "a rule": (("en/test/letter",), {"credit", "promo"}),
    "several": (("credit", "en/test/letter"), {"promo"}),
    "everything": (("credit", "newsletter", "promo"), set()),
    "a category twice": (("credit", "credit"), {"newsletter", "promo"}),
    "a rule and its category": (("en/test/photo", "credit"), {"newsletter", "promo"}),
    "a pack": (("en/test",), set()),
    "a pack's rules": (("en/test/*",), set()),
    "rules by the end of their names": (("*/photo",), {"newsletter", "promo"}),
    "a language": (("en",), set()),
    "all": (("*",), set()),
    "a detector that removed nothing": (("structure/caption",), {"credit", "newsletter", "promo"}),
    "detectors that removed nothing": (("structure/*",), {"credit", "newsletter", "promo"}),
    "a shipped pack that removed nothing": (("en/newsletter",), {"credit", "newsletter", "promo"}),
    "a language that removed nothing": (("de",), {"credit", "newsletter", "promo"}),
}


@pytest.mark.parametrize(("names", "still_gone"), RESTORED.values(), ids=RESTORED)
def test_restore_puts_back(article: Article, names: tuple[str, ...], still_gone: set[str]) -> None:
    """Categories and rules can be put back, and the rest stays gone."""
    restored = article.restore(*names)
    assert {removal.category for removal in restored.removals} == still_gone
    assert restored.document == article.document


def test_restoring_everything_gives_the_extracted_text(article: Article) -> None:
    """With all removals put back the text is what came in."""
    assert article.restore("credit", "newsletter", "promo").text == TEXT


def test_restore_leaves_the_article_alone(article: Article) -> None:
    """Restoring makes another article."""
    text, restored = article.text, article.restore("credit")
    assert article.text == text
    assert "Photo: Ann Lee" in restored.text


@pytest.mark.parametrize("name", ["credit", "en/test/photo", "en/test", "*/photo"])
def test_what_is_back_can_be_restored_again(article: Article, name: str) -> None:
    """Whatever it is named by, restoring twice is restoring once."""
    once = article.restore(name)
    assert once.restore(name) == once
    assert pickle.loads(pickle.dumps(once)).restore(name) == once


def test_one_removal_can_be_put_back() -> None:
    """Of what a rule removed in several places, one place."""
    article = text_cleaner(*RULES).clean_text("\n".join([*LINES[:3], *LINES[:3], *LINES[3:]]))
    first, second = (removal for removal in article.removals if removal.rule == "en/test/photo")
    restored = article.restore(second)
    assert first in restored.removals
    assert second not in restored.removals
    assert restored.text.count("Photo: Ann Lee") == 1
    assert restored.restore(second) == restored


def test_a_removal_of_another_article_is_an_error(article: Article) -> None:
    """There is nothing to put back in its place."""
    other = text_cleaner(*RULES).clean_text("It rains.\nPhoto: Ann Lee")
    with pytest.raises(ValueError, match="en/test/photo"):
        article.restore(other.removals[0])


@pytest.mark.parametrize("name", ["credits", "en/test/other", "", "structure/captions", "xx/*"])
def test_restoring_what_is_not_there_is_an_error(article: Article, name: str) -> None:
    """A mistyped name is told, with the names that exist."""
    with pytest.raises(ValueError, match="newsletter") as raised:
        article.restore("credit", name)
    assert repr(name) in str(raised.value)


def test_explain_tells_why_a_block_went(article: Article) -> None:
    """For a removed block there is the rule, its category and its reason."""
    (explanation,) = article.explain("ann lee")
    assert (explanation.text, explanation.kept) == ("Photo: Ann Lee", "")
    assert [removal.rule for removal in explanation.removals] == ["en/test/photo"]
    assert str(explanation).splitlines() == ["removed: Photo: Ann Lee", "  removed by en/test/photo (credit): A credit"]


def test_explain_tells_what_is_left_of_a_block(article: Article) -> None:
    """For a block that lost a sentence there is what was kept of it."""
    (explanation,) = article.explain("sign up")
    assert explanation.kept == STORY[1]
    assert str(explanation).startswith("kept in part: ")


def test_explain_tells_why_a_block_stands(article: Article) -> None:
    """For a block that nothing asked for, that is said."""
    (explanation,) = article.explain(STORY[2])
    assert (explanation.kept, explanation.removals) == (STORY[2], ())
    assert str(explanation).splitlines() == [f"kept: {STORY[2]}", "  no rule and no detector asked for it"]


def test_explain_tells_near_misses(article: Article) -> None:
    """Where a rule's words stand in another place than it asks for, that is said."""
    first, last = article.explain("get the app")
    assert first.near_misses == ("en/test/end",)
    assert "en/test/end has the words, but not the place" in str(first)
    assert last.near_misses == ()


@pytest.mark.parametrize("words", ["ANN  LEE", "“photo: ann", "Pho\u00adto: Ann\u00a0Lee"])
def test_explain_ignores_case_and_typography(words: str) -> None:
    """Words can be asked for as they are remembered."""
    article = text_cleaner(*RULES).clean_text(TEXT.replace("Photo: Ann Lee", "Photo: “Photo: Ann Lee”"))
    assert len(article.explain(words)) == 1


def test_explain_of_nothing_is_all(article: Article) -> None:
    """Asked for "", every block is explained, in order."""
    assert [explanation.text for explanation in article.explain("")] == LINES


def test_explain_of_strange_words_is_nothing(article: Article) -> None:
    """Words that are not there have no explanation."""
    assert article.explain("penguins") == []


def test_explain_tells_where_a_block_came_from(from_page: Article) -> None:
    """For a page the elements around the block are named, the nearest first."""
    (explanation,) = from_page.explain("Photo: Ann")
    assert [node.tag for node in explanation.origin] == ["p", "article", "main", "body", "html"]
    assert "  from p < article < main" in str(explanation)


def test_explain_tells_what_the_guard_took_back() -> None:
    """Where a proposal was withdrawn because too much would have gone, that is said."""
    rules = [{"name": "maybe", "starts_with": ["maybe"], "confidence": "low"}]
    article = text_cleaner(*rules).clean_text("It rains.\nMaybe this is not the article at all.")
    assert article.warnings
    (explanation,) = article.explain("maybe")
    assert [proposal.rule for proposal in explanation.withdrawn] == ["en/test/maybe"]
    assert "withdrawn by the guard" in str(explanation)


def test_an_article_of_text_has_no_metadata(article: Article) -> None:
    """Text says nothing of itself: fields are empty, never None."""
    assert (article.title, article.author, article.date, article.language, article.url) == ("", "", "", "", "")


def test_what_is_known_of_text_is_told() -> None:
    """Title and address that came with a text are the article's."""
    article = text_cleaner(*RULES).clean_text(TEXT, url="https://a.example/ferry", title="The ferry")
    assert (article.title, article.url) == ("The ferry", "https://a.example/ferry")
    assert (article.metadata.title, article.metadata.url) == ("The ferry", "https://a.example/ferry")


def test_a_page_has_metadata(from_page: Article) -> None:
    """A page's own title, author, date and language are the article's."""
    assert from_page.title == "The ferry sails again"
    assert (from_page.author, from_page.date, from_page.language) == ("Ann Lee", "2024-03-01", "en")
    assert from_page.url == "https://a.example/ferry"


def test_a_given_address_goes_before_the_page_s_own() -> None:
    """Who fetched a page knows where from."""
    cleaner = Cleaner(rules=rules_of(*RULES))
    assert cleaner.clean(PAGE, url="https://m.a.example/1").url == "https://m.a.example/1"


def test_metadata_costs_nothing_until_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cleaning, text and explanations never look for metadata; the first question does, the second does not again."""
    asked = []

    def counted(*arguments: Any) -> Any:
        from cleanarticle.extraction.metadata import full_metadata

        asked.append(arguments)
        return full_metadata(*arguments)

    monkeypatch.setattr("cleanarticle.extraction.full_metadata", counted)
    article = Cleaner(rules=rules_of(*RULES)).clean(PAGE)
    assert (article.text, article.language, bool(article.explain("ferry")), article.url) == (
        "\n".join(STORY),
        "en",
        True,
        "https://a.example/ferry",
    )
    assert asked == []
    assert article.title
    assert article.author
    assert len(asked) == 1


SOURCES = {
    "str": PAGE,
    "bytes": PAGE.encode(),
    "another encoding": PAGE.replace("utf-8", "utf-16").encode("utf-16"),
    "a tree": lxml_html.fromstring(PAGE),
    "a document": lxml_html.document_fromstring(PAGE).getroottree(),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_articles_pickle(source: Any) -> None:
    """However the page came, an article comes back from another process with all that it knows."""
    article = Cleaner(rules=rules_of(*RULES), disable={"structure/*"}).clean(source)
    back = pickle.loads(pickle.dumps(article))
    assert (back.text, back.removals, back.document) == (article.text, article.removals, article.document)
    assert back.metadata == article.metadata
    assert back.to_dict() == article.to_dict()


def test_articles_of_text_pickle(article: Article) -> None:
    """So does an article of text, whether its text was asked for or not."""
    fresh = pickle.loads(pickle.dumps(article))
    assert article.text
    asked = pickle.loads(pickle.dumps(article))
    assert fresh == asked == article
    assert fresh.text == asked.text == article.text


def test_a_tree_may_be_changed_after_cleaning() -> None:
    """An article is of the page as it was when it was cleaned."""
    tree = lxml_html.document_fromstring(PAGE)
    article = Cleaner(rules=rules_of(*RULES), disable={"structure/*"}).clean(tree)
    tree.find(".//title").text = "Another title"
    tree.find(".//h1").text = "Another title"
    assert article.title == "The ferry sails again"


def test_a_tree_is_not_changed_by_cleaning() -> None:
    """The caller's tree is the caller's."""
    tree = lxml_html.document_fromstring(PAGE)
    before = lxml_html.tostring(tree)
    article = Cleaner(rules=rules_of(*RULES)).clean(tree)
    assert article.title
    assert lxml_html.tostring(tree) == before


def test_to_dict_is_of_plain_types(from_page: Article) -> None:
    """A dict of strings, numbers, lists and dicts that JSON can hold, with a version of its form."""
    told = from_page.to_dict()
    assert json.loads(json.dumps(told)) == told
    assert set(told) == {
        "schema",
        "title",
        "author",
        "date",
        "language",
        "url",
        "text",
        "extracted",
        "blocks",
        "removals",
        "warnings",
        "rules_version",
    }
    assert told["schema"] == 1
    assert told["text"] == from_page.text
    assert told["extracted"] == from_page.document.text


def test_to_dict_tells_blocks_and_removals_by_offsets(from_page: Article) -> None:
    """Offsets index the extracted text."""
    told = from_page.to_dict()
    blocks = [told["extracted"][block["start"] : block["end"]] for block in told["blocks"]]
    assert blocks == told["extracted"].split("\n")
    assert told["blocks"][0]["kind"] == "heading"
    for removal in told["removals"]:
        assert told["extracted"][removal["start"] : removal["end"]] == removal["text"]
    assert [removal["rule"] for removal in told["removals"]] == ["en/test/photo"]


@pytest.mark.parametrize("indent", [0, 2])
def test_to_json_is_the_dict(from_page: Article, indent: int) -> None:
    """JSON holds what the dict holds, on one line or indented."""
    told = from_page.to_json(indent)
    assert json.loads(told) == from_page.to_dict()
    assert ("\n" in told) is bool(indent)


def test_a_removal_can_be_made_again_from_its_dict(from_page: Article) -> None:
    """The keys of a removal in JSON are its fields."""
    told = from_page.to_dict()["removals"][0]
    told = {**told, "evidence": tuple(told["evidence"]), "matched": tuple(told["matched"])}
    assert Removal(**told) == from_page.removals[0]


def test_lone_surrogates_do_no_harm() -> None:
    """Broken characters that some readers let through are no reason to fail at the very end."""
    article = text_cleaner(*RULES).clean_text(f"{STORY[0]} \ud800\nPhoto: \udcff")
    assert left(article) == [f"{STORY[0]} \ud800"]
    assert json.loads(article.to_json())["removals"]
    assert pickle.loads(pickle.dumps(article)).text == article.text


def test_the_tree_was_parsed_once_more_for_metadata_only() -> None:
    """What metadata is found in is the page, not the article's text."""
    assert parse(PAGE).findtext(".//title") == "The ferry sails again | Harbour Post"


def test_rules_version_names_rules_and_extractor(article: Article) -> None:
    """Results with one version are comparable: it names the rules in use and the version of the extractor."""
    from trafilatura import __version__ as trafilatura_version

    assert article.rules_version == f"{rules_of(*RULES).version}+trafilatura-{trafilatura_version}"
