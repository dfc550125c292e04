"""Corpora are read page by page, and what rules do to them is counted; of pages held back nothing is shown."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleanarticle import Cleaner
from cleanarticle.checking import Change, changes, check
from cleanarticle.corpus import CorpusError, CorpusPage, Gold, read_corpus
from helpers import STORY, page, paragraphs, rules_of

LETTER = "Get our letter every Monday"
HTML = page(paragraphs(*STORY, LETTER))
TUNE, CHECK = "https://www.orrel.example/a", "https://www.bell.example/a"
LETTERS = rules_of({"name": "letter", "starts_with": ["get our letter"]}, pack="en/newsletter", category="newsletter")
GREEDY = rules_of(
    {"name": "letter", "starts_with": ["get our letter"]},
    {"name": "story", "starts_with": [STORY[0].lower()[:30].rpartition(" ")[0]]},
    pack="en/newsletter",
    category="newsletter",
)


def corpus_page(**changed: Any) -> CorpusPage:
    """A page whose article is the story."""
    return CorpusPage(**{"id": "a", "html": HTML, "url": TUNE, "gold": tuple(STORY), **changed})


def cleaned(cleaner: Cleaner, *pages: CorpusPage) -> Iterator[tuple[CorpusPage, Any]]:
    """Pages with their articles."""
    return ((each, cleaner.clean(each.html, each.url)) for each in pages)


def only(rules: Any) -> Cleaner:
    """A cleaner with these rules and no detectors."""
    return Cleaner(rules=rules, disable={"structure/*"})


def test_the_sites_of_these_tests_are_in_different_parts() -> None:
    assert (corpus_page().part, corpus_page(url=CHECK).part) == ("tune", "check")


@pytest.mark.parametrize(
    ("url", "name", "site"),
    [
        ("https://news.bell.example/a", "x", "bell.example"),
        ("https://www.bell.co.uk/a", "x", "bell.co.uk"),
        ("https://bell.de/a", "x", "bell.de"),
        ("https://www.letter.de/a", "x", "letter.de"),
        (None, "bell/page 7", "bell"),
    ],
)
def test_pages_of_one_domain_are_of_one_site(url: str | None, name: str, site: str) -> None:
    assert CorpusPage(name, "", url).site == site


def test_a_folder_of_pages_is_a_corpus_with_the_texts_beside_them(tmp_path: Path) -> None:
    (tmp_path / "bell").mkdir()
    (tmp_path / "bell" / "one.html").write_text(HTML, encoding="utf-8")
    (tmp_path / "bell" / "one.txt").write_text("A line.\nAnother.", encoding="utf-8")
    (tmp_path / "two.htm").write_bytes(HTML.encode("utf-16"))
    (tmp_path / "notes.md").write_text("no page")
    one, two = read_corpus(tmp_path)
    assert (one.id, one.html, one.gold) == ("bell/one", HTML.encode(), ("A line.", "Another."))
    assert (two.id, two.gold) == ("two", None)


@pytest.mark.parametrize("name", ["pages.jsonl", "pages.jsonl.gz"])
def test_json_lines_are_a_corpus_packed_or_not(tmp_path: Path, name: str) -> None:
    lines = [
        {"html": HTML, "url": TUNE, "id": "a", "gold": list(STORY), "labels": {LETTER: "newsletter"}, "language": "en", "more": 1},
        {"html": HTML, "gold": "A line.\nAnother."},
        {"html": HTML},
    ]
    content = "\n\n".join(map(json.dumps, lines)).encode()
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    first, second, third = read_corpus(tmp_path / name)
    assert first == CorpusPage("a", HTML, TUNE, tuple(STORY), {LETTER: "newsletter"}, "en")
    assert (second.id.startswith("pages"), second.gold, third.gold) == (True, ("A line.", "Another."), None)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", b'{"html": "<p>"}\n{"text": 1}', "a.jsonl: line 2: .*html"),
        ("a.jsonl", b"nothing", "a.jsonl: line 1: .*write one object a line"),
        ("a.jsonl", b'{"html": 7}', "line 1: Expected `str`"),
        ("a.jsonl.gz", b"not packed", "can't be read"),
        ("a.jsonl.gz", gzip.compress(b"{}" * 999)[:20], "can't be read"),
    ],
)
def test_what_is_no_corpus_is_told_with_its_line(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CorpusError, match=message):
        list(read_corpus(tmp_path / name))


def test_a_folder_without_pages_and_a_path_to_nothing_are_no_corpus(tmp_path: Path) -> None:
    for path, message in ((tmp_path, "no .html"), (tmp_path / "gone.jsonl", "can't be read")):
        with pytest.raises(CorpusError, match=message):
            list(read_corpus(path))


@pytest.mark.parametrize(
    ("line", "is_gold"),
    [
        (STORY[0], True),
        (STORY[0].upper().replace(" ", "\u00a0"), True),
        (STORY[0][:40], True),
        (STORY[0][:9], False),
        (LETTER, False),
        ("", False),
        (f"{LETTER}\n{STORY[1]}", True),
        ("Twice there", False),
        ("Labelled body", True),
    ],
)
def test_gold_is_told_by_whole_lines_and_long_pieces(line: str, is_gold: bool) -> None:
    """Words that stand once in the article and once as something else tell nothing."""
    labels = {"Twice there": "related", "Labelled body": "body"}
    assert Gold(corpus_page(gold=(*STORY, "Twice there"), labels=labels)).has(line) is is_gold


def test_a_report_tells_hits_pages_sites_and_languages_and_which_were_on_the_article() -> None:
    pages = [corpus_page(language="en"), corpus_page(id="b", language="de"), corpus_page(id="c", url=CHECK), corpus_page(id="d", gold=None)]
    story, letter = check(cleaned(only(GREEDY), *pages))
    assert (letter.rule, letter.hits, letter.gold, letter.pages, len(letter.sites)) == ("en/newsletter/letter", 4, 0, 4, 2)
    assert letter.languages == {"en": 3, "de": 1}
    assert (story.rule, story.hits, story.gold) == ("en/newsletter/story", 4, 3)


def test_examples_stand_with_their_neighbours_and_never_come_from_the_part_that_is_held_back() -> None:
    (report,) = check(cleaned(only(LETTERS), corpus_page(url=CHECK), corpus_page(id="b"), corpus_page(id="c")), examples=1)
    (example,) = report.examples
    assert (example.page, example.text, example.before, example.after) == ("b", LETTER, STORY[-1], "")


def test_examples_of_lost_article_text_come_first() -> None:
    (report,) = check(cleaned(only(LETTERS), corpus_page(), corpus_page(id="b", gold=(*STORY, LETTER))), examples=1)
    assert [example.page for example in report.examples] == ["b"]


def test_changes_are_what_one_set_of_rules_leaves_and_another_does_not() -> None:
    pages = [corpus_page(), corpus_page(id="b", url=CHECK)]
    nothing = only(rules_of({"name": "none", "equals": ["nothing of this kind"]}))
    expected = [
        Change("a", True, ("en/newsletter/letter",), LETTER, False),
        Change("b", True, ("en/newsletter/letter",), "", False),
    ]
    assert list(changes(cleaned(nothing, *pages), cleaned(only(LETTERS), *pages))) == expected
    back = list(changes(cleaned(only(LETTERS), *pages), cleaned(nothing, *pages)))
    assert [(change.removed, change.rules) for change in back] == [(False, change.rules) for change in expected]
    (lost,) = (c for c in changes(cleaned(only(LETTERS), pages[0]), cleaned(only(GREEDY), pages[0])))
    assert (lost.text, lost.is_gold) == (STORY[0], True)
