"""Everything that is raised on purpose is a CleanArticleError, says what to do, and travels between processes."""

from __future__ import annotations

import copy
import pickle

import pytest

from cleanarticle import CleanArticleError, Cleaner, ExtractionError, Problem, RuleFileError, RuleSet, clean, clean_text
from helpers import STORY, page, paragraphs, rules_of

ERRORS = [
    CleanArticleError("a message"),
    ExtractionError("no_article", "no article was found"),
    RuleFileError([Problem("b.toml", "en/x/b", "second"), Problem("a.toml", "", "first")]),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_are_of_one_family(error: CleanArticleError) -> None:
    """One `except CleanArticleError` catches them all."""
    assert isinstance(error, CleanArticleError)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_pickle(error: CleanArticleError) -> None:
    """Errors come back from worker processes with all that they say."""
    for back in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(back) is type(error)
        assert str(back) == str(error)
        assert getattr(back, "reason", None) == getattr(error, "reason", None)
        assert getattr(back, "problems", None) == getattr(error, "problems", None)


def test_a_rule_file_error_lists_its_problems_in_order() -> None:
    """Problems are sorted by file and rule, one a line."""
    assert str(ERRORS[2]).splitlines() == ["a.toml: first", "b.toml: en/x/b: second"]


def test_a_problem_of_a_file_names_no_rule() -> None:
    """A problem reads `file: rule: message`, or `file: message` where it concerns the whole file."""
    assert str(Problem("a.toml", "en/x/a", "wrong")) == "a.toml: en/x/a: wrong"
    assert str(Problem("a.toml", "", "wrong")) == "a.toml: wrong"


REFUSED = {
    "nothing": ("", "empty"),
    "white space": (" \n\t ", "empty"),
    "no bytes": (b"", "empty"),
    "plain text": ("Just a sentence without any markup at all.", "not_html"),
    "a page without words": ("<html><body><div></div></body></html>", "no_article"),
    "a login page": (
        "<html><head><title>Log in</title></head><body><h1>Log in</h1><form><label>Name</label><input name='u'>"
        "<label>Password</label><input type='password' name='p'><button>Log in</button></form></body></html>",
        "no_article",
    ),
    "a page of links": (page("<ul>" + "".join(f'<li><a href="/{n}">News {n}</a></li>' for n in range(40)) + "</ul>"), "no_article"),
}


@pytest.mark.parametrize(("source", "reason"), REFUSED.values(), ids=REFUSED)
def test_pages_without_an_article_are_refused_with_a_reason(source: str | bytes, reason: str) -> None:
    """What is no article is an error that programs can read, never an empty string."""
    with pytest.raises(ExtractionError) as raised:
        Cleaner(rules=RuleSet()).clean(source)
    assert raised.value.reason == reason
    assert str(raised.value)


def test_plain_text_is_sent_to_clean_text() -> None:
    """The refusal of text names the call that takes it."""
    with pytest.raises(ExtractionError, match="clean_text"):
        clean("Just a sentence without any markup at all.")


@pytest.mark.parametrize("text", ["", "  ", "\n\n", "\t\u00a0\n"])
def test_text_without_anything_is_refused(text: str) -> None:
    """Empty text is an error, not an empty article."""
    with pytest.raises(ExtractionError) as raised:
        clean_text(text)
    assert raised.value.reason == "empty"


@pytest.mark.parametrize("text", ["\u200b", "---", "…\n***", "\ufeff"])
def test_text_without_a_word_is_refused(text: str) -> None:
    """Text of nothing but signs, seen or unseen, is empty too."""
    with pytest.raises(ExtractionError) as raised:
        clean_text(text)
    assert raised.value.reason == "empty"


@pytest.mark.parametrize("value", [None, 1, [STORY[0]], {"html": "x"}])
def test_other_types_are_type_errors(value: object) -> None:
    """What is neither text nor page is the caller's mistake, told as Python tells such mistakes."""
    name = "None" if value is None else type(value).__name__
    with pytest.raises(TypeError, match=name):
        clean(value)
    with pytest.raises(TypeError, match=name):
        clean_text(value)  # type: ignore[arg-type]


def test_bytes_for_clean_text_are_sent_to_clean() -> None:
    """The error for bytes names the call that takes them."""
    with pytest.raises(TypeError, match=r"clean\(\)"):
        clean_text(b"bytes")  # type: ignore[arg-type]


@pytest.mark.parametrize("url", [1, b"https://a.example/", ["x"]])
def test_an_address_that_is_no_text_is_a_type_error(url: object) -> None:
    """An address is text or missing, for pages and for text alike."""
    cleaner = Cleaner(rules=RuleSet())
    with pytest.raises(TypeError):
        cleaner.clean(page(paragraphs(*STORY)), url=url)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        cleaner.clean_text(STORY[0], url=url)  # type: ignore[arg-type]


@pytest.mark.parametrize("url", ["", "nonsense", "http://[broken", "https://", "//a.example", "javascript:void(0)", "http://\udcff/"])
def test_a_strange_address_does_no_harm(url: str) -> None:
    """An address that is none leaves pages and text as without one."""
    cleaner = Cleaner(rules=rules_of({"equals": ["get our letter"]}))
    assert cleaner.clean_text(f"{STORY[0]}\nGet our letter", url=url).text == STORY[0]
    assert cleaner.clean(page(paragraphs(*STORY)), url=url).text == "\n".join(STORY)
