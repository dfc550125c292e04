"""Articles that sound like boilerplate, and lose nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleanarticle import clean, clean_text
from helpers import FIXTURES

UNTOUCHED = FIXTURES / "untouched"
TEXTS = sorted(UNTOUCHED.glob("*/*.txt"))
PAGES = sorted(UNTOUCHED.glob("*/*.html"))


def name(path: Path) -> str:
    """Language and name of an article."""
    return path.relative_to(UNTOUCHED).with_suffix("").as_posix()


def squeezed(text: str) -> str:
    """A line as its letters and digits: the same words however they are laid out."""
    return "".join(char for char in text if char.isalnum())


def test_there_are_articles() -> None:
    """An empty folder proves nothing."""
    assert len(TEXTS) >= 50
    assert len(PAGES) >= 5
    assert {path.stem for path in PAGES} <= {path.stem for path in TEXTS}


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_a_text_loses_nothing(path: Path) -> None:
    """Cleaned as text, the article comes out as it went in."""
    text = path.read_text(encoding="utf-8").rstrip("\n")
    article = clean_text(text)
    assert [(removal.rule, removal.text) for removal in article.removals] == []
    assert article.text == text


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_loses_nothing(path: Path) -> None:
    """Cleaned as a page, no removal takes a line that its text has, and every line that was extracted is there."""
    article = clean(path.read_bytes())
    wanted = {squeezed(line) for line in path.with_suffix(".txt").read_text(encoding="utf-8").split("\n")} - {""}
    extracted = {squeezed(article.document.block_text(block)) for block in article.document.blocks}
    kept = {squeezed(line) for line in article.text.split("\n")}
    assert [line for line in wanted & extracted if line not in kept] == []
    assert [(removal.rule, removal.text) for removal in article.removals if squeezed(removal.text) in wanted] == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_is_its_text(path: Path) -> None:
    """Cleaned as a page, the article is its text, line by line."""
    article = clean(path.read_bytes())
    assert article.text.split("\n") == path.with_suffix(".txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
