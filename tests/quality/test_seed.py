"""The article that the project began with, read from the shared folder: it is not ours to copy."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from pathlib import Path

import pytest

from cleanarticle import Article, Cleaner


@cache
def cleaner() -> Cleaner:
    """All shipped rules and detectors."""
    return Cleaner()


@pytest.fixture(scope="module")
def seed(shared: Path) -> Path:
    """The folder of the article."""
    folder = shared / "seed"
    if not folder.is_dir():
        pytest.skip(f"needs the first article: there is no folder {folder}")
    return folder


@pytest.fixture(scope="module")
def text(seed: Path) -> str:
    """The article as it was extracted."""
    return (seed / "article.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def expected(seed: Path) -> list[str]:
    """The lines that are its body."""
    return (seed / "expected.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")


def categories(seed: Path) -> dict[str, str]:
    """The lines that go, with their categories."""
    return {entry["line"]: entry["category"] for entry in json.loads((seed / "expected.json").read_text(encoding="utf-8"))["removed"]}


def gone(article: Article) -> dict[str, str]:
    """The lines that went, with their categories; of a line removed in pieces, that of the first."""
    found: dict[str, str] = {}
    for block in article.document.blocks:
        taking = [removal for removal in article.removals if removal.start < block.end and block.start < removal.end]
        if taking and "".join(removal.text for removal in taking).strip():
            found[article.document.block_text(block)] = taking[0].category
    return found


def test_the_text_comes_out_clean(text: str, expected: list[str]) -> None:
    """As text that another tool extracted, it is left with its body."""
    assert cleaner().clean_text(text).text.split("\n") == expected


def test_each_line_goes_as_what_it_is(seed: Path, text: str) -> None:
    """Every line that goes has the category that a reader gave it."""
    assert gone(cleaner().clean_text(text)) == categories(seed)


def test_its_address_changes_nothing(text: str, expected: list[str]) -> None:
    """With the publisher's address, whose house rules then hold too, the body is the same."""
    assert cleaner().clean_text(text, url="https://www.benzinga.com/news/24/05/1").text.split("\n") == expected


def as_page(text: str) -> str:
    """A page of our making around the article: a list for its points, paragraphs for the rest, a menu and a footer."""
    items: list[str] = []
    body: list[str] = []
    for line in [*text.rstrip("\n").split("\n"), ""]:
        if line.startswith("- "):
            items.append(f"<li>{escape(line[2:])}</li>")
            continue
        if items:
            body.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if line:
            body.append(f"<p>{escape(line)}</p>")
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A former executive speaks</title></head><body>'
        '<header><nav><a href="/">Home</a><a href="/markets">Markets</a></nav></header>'
        f'<main><article class="story">{"".join(body)}</article></main>'
        '<footer><a href="/terms">Terms</a></footer></body></html>'
    )


def test_as_a_page_it_has_the_same_body(text: str, expected: list[str]) -> None:
    """Wrapped in a page, the article has the body that it has as text."""
    assert cleaner().clean(as_page(text)).text.split("\n") == expected


VARIANTS = {
    "another year": [("© 2025", "© 2031")],
    "another newsletter": [("Benzinga Tech Trends newsletter", "Benzinga Morning Brief newsletter")],
    "other names": [("Jan Leike", "Odalys Brandt"), ("Leike", "Brandt"), ("OpenAI", "Quillstone")],
    "another agency": [("Photo courtesy: Shutterstock", "Photo courtesy: Tern Agency")],
    "straight quotes": [("’", "'"), ("“", '"'), ("”", '"')],
    "another beat": [("Benzinga's Consumer Tech coverage", "Benzinga's Media and Markets coverage")],
    "Windows line ends": [("\n", "\r\n")],
    "capitals in the label": [("Zinger Key Points", "ZINGER KEY POINTS")],
}


@pytest.mark.parametrize("changes", VARIANTS.values(), ids=VARIANTS)
def test_other_issues_come_out_clean_too(text: str, expected: list[str], changes: list[tuple[str, str]]) -> None:
    """With other names, years and signs, the same lines go."""
    body = "\n".join(expected)
    for old, new in changes:
        text = text.replace(old, new)
        body = body.replace(old, new)
    assert cleaner().clean_text(text).text.split("\n") == body.splitlines()


def test_the_article_is_not_in_the_project(seed: Path, text: str) -> None:
    """What others wrote is read where it lies: no file of the project holds a sentence of it."""
    root = Path(__file__).resolve().parents[2]
    sentences = [line[:80] for line in text.split("\n") if len(line) > 120]
    held = []
    for folder in ("fixtures", "tests", "docs", "cleanarticle"):
        for file in (root / folder).rglob("*"):
            if file.is_file() and file.suffix in {".txt", ".html", ".json", ".toml", ".md", ".py"}:
                content = file.read_text(encoding="utf-8", errors="replace")
                held += [(file.relative_to(root).as_posix(), sentence) for sentence in sentences if sentence in content]
    assert held == []
