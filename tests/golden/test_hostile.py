"""Sentences of articles that second readers wrote to fool the rules of a language: none of them goes, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleanarticle import clean_text
from helpers import FIXTURES, STORY

HOSTILE = sorted((FIXTURES / "hostile").glob("*.txt"))
LEAST = 30  # sentences of each language


def sentences(path: Path) -> list[str]:
    """The sentences of a file, one a line."""
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_each_file_has_enough_sentences(path: Path) -> None:
    """A language is not proved by a handful of sentences, nor by one that stands there twice."""
    assert len(set(sentences(path))) >= LEAST
    assert len(set(sentences(path))) == len(sentences(path))


@pytest.mark.parametrize("at", [0, 2, 4], ids=["head", "middle", "end"])
@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_no_sentence_goes(path: Path, at: int) -> None:
    """Each sentence, put at the head, in the middle and at the end of a story, is there afterwards, whole."""
    gone = []
    for sentence in sentences(path):
        lines = [*STORY[:at], sentence, *STORY[at:]]
        article = clean_text("\n".join(lines))
        if article.text.split("\n") != lines:
            gone.append((sentence, [removal.rule for removal in article.removals]))
    assert gone == []
