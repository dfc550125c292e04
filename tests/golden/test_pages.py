"""Pages written for this project, and what a careful editor keeps of them.

A folder holds `source.html` (or `article.txt`, text that another tool extracted), `expected.txt`, the article, and
`expected.json`: the lines that go, each with its category, and what the page shows. What is not fulfilled yet stands
with its reason in `fixtures/known_failures/pages.toml`; the tests notice when it is.
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from typing import Any

import pytest

from cleanarticle import CATEGORIES, Article, Cleaner
from cleanarticle.structure import BY_ID
from helpers import FIXTURES

PAGES = FIXTURES / "pages"
FOLDERS = {path.parent.relative_to(PAGES).as_posix(): path.parent for path in sorted(PAGES.glob("*/*/expected.txt"))}
KNOWN: dict[str, list[dict[str, Any]]] = tomllib.loads((FIXTURES / "known_failures" / "pages.toml").read_text(encoding="utf-8"))


@cache
def cleaned(name: str) -> Article:
    """The article of a folder, by the call that fits what is in it."""
    folder = FOLDERS[name]
    if (folder / "article.txt").exists():
        return Cleaner().clean_text((folder / "article.txt").read_text(encoding="utf-8"))
    return Cleaner().clean((folder / "source.html").read_bytes())


def expected(name: str) -> str:
    """The article as the editor left it."""
    return (FOLDERS[name] / "expected.txt").read_text(encoding="utf-8").rstrip("\n")


def expected_removals(name: str) -> list[dict[str, str]]:
    """The lines that go, with their categories."""
    removed: list[dict[str, str]] = json.loads((FOLDERS[name] / "expected.json").read_text(encoding="utf-8"))["removed"]
    return removed


def params(kind: str) -> list[Any]:
    """All folders; those whose failure is known are expected to fail, and told when they do not."""
    reasons = {entry["page"]: entry["reason"] for entry in KNOWN.get(kind, [])}
    return [pytest.param(name, marks=[pytest.mark.xfail(reason=reasons[name], strict=True)] if name in reasons else []) for name in FOLDERS]


def test_there_are_pages() -> None:
    """An empty folder proves nothing."""
    assert len(FOLDERS) >= 30


def test_known_failures_are_of_pages_that_exist() -> None:
    """An entry for a page that is gone is an error, and each one has its reason."""
    assert set(KNOWN) <= {"text", "category"}
    for entries in KNOWN.values():
        assert all(entry["page"] in FOLDERS and entry["reason"].strip() for entry in entries)
    for entry in KNOWN.get("category", []):
        assert {"text": entry["text"], "category": entry["is_not"]} in expected_removals(entry["page"])


@pytest.mark.parametrize("name", params("text"))
def test_what_is_left_is_what_an_editor_keeps(name: str) -> None:
    """The article is line for line what a careful editor keeps."""
    assert cleaned(name).text.split("\n") == expected(name).split("\n")


def letters(text: str) -> str:
    """Letters and digits only: the same words however they are laid out."""
    return "".join(char for char in text if char.isalnum())


@pytest.mark.parametrize("name", FOLDERS)
def test_no_line_of_the_article_is_lost(name: str) -> None:
    """Whatever else is left, every line of the article that was extracted is there."""
    article = cleaned(name)
    kept, extracted = letters(article.text), letters(article.document.text)
    assert [line for line in expected(name).split("\n") if letters(line) in extracted and letters(line) not in kept] == []


def removed_as(article: Article, text: str) -> set[str] | None:
    """The categories as which a text was removed; None where it was not extracted, empty where it stays."""
    places = re.finditer(r"\s+".join(map(re.escape, text.split())), article.document.text)
    found: set[str] | None = None
    for place in places:
        found = found or set()
        taking = [removal for removal in article.removals if removal.start < place.end() and place.start() < removal.end]
        covered = {at for removal in taking for at in range(removal.start, removal.end)}
        if all(at in covered or not article.document.text[at].isalnum() for at in range(place.start(), place.end())):
            found |= {removal.category for removal in taking}
    return found


@pytest.mark.parametrize("name", FOLDERS)
def test_what_goes_goes_in_its_category(name: str) -> None:
    """Each line that goes is removed as what it is; the few that are taken for something else are listed."""
    others = {entry["text"]: entry["is"] for entry in KNOWN.get("category", []) if entry["page"] == name}
    wrong = []
    for wanted in expected_removals(name):
        assert wanted["category"] in CATEGORIES
        found = removed_as(cleaned(name), wanted["text"])
        category = others.get(wanted["text"], wanted["category"])
        if found and category not in found:
            wrong.append((wanted["text"], category, found))
    assert wrong == []


@pytest.mark.parametrize("name", FOLDERS)
def test_detectors_remove_as_they_say(name: str) -> None:
    """What a detector removes is of a category that it names, where it names any."""
    named = {removal.rule: BY_ID[removal.rule].categories for removal in cleaned(name).removals if removal.rule in BY_ID}
    found = {(removal.rule, removal.category) for removal in cleaned(name).removals if named.get(removal.rule)}
    assert [(rule, category) for rule, category in sorted(found) if category not in named[rule]] == []


@pytest.mark.parametrize("name", FOLDERS)
def test_what_is_expected_makes_sense(name: str) -> None:
    """No line is both kept and removed, and every kept line stands in the source."""
    source = next(path for path in (FOLDERS[name] / "article.txt", FOLDERS[name] / "source.html") if path.exists()).read_text(
        encoding="utf-8"
    )
    lines = expected(name).split("\n")
    assert all(line.strip() for line in lines)
    assert {wanted["text"] for wanted in expected_removals(name)}.isdisjoint(lines)
    words = letters(re.sub(r"<[^>]*>", "", source))
    assert [line for line in lines if letters(line)[:30] not in words] == []
