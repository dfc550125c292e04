"""Figures of cleaning the labelled corpora, and the floors that they are held to."""

from __future__ import annotations

import hashlib
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evaluating import evaluation

__all__ = ["CORPORA", "PARTS", "Figures", "digest", "evaluation", "figure", "floors", "measure"]

CORPORA = ("news_dev", "press_dev", "world_dev", "blogs_dev")
PARTS = ("all", "tune", "check")
FLOORS_FILE = Path(__file__).parent / "floors.toml"

Report = dict[str, Any]
Figures = dict[str, dict[str, Report]]
Extract = Callable[[str, str], str]


def floors() -> dict[str, Any]:
    """What was pinned."""
    return tomllib.loads(FLOORS_FILE.read_text(encoding="utf-8"))


def digest(shared: Path, corpus: str) -> str:
    """What tells one state of a corpus from another."""
    return hashlib.sha256((shared / "corpora" / f"{corpus}.jsonl.gz").read_bytes()).hexdigest()[:16]


def measure(module: ModuleType) -> Figures:
    """Figures of each corpus, whole and by part. Each page is cleaned once."""
    found: Figures = {}
    for name in CORPORA:
        pages = list(module.load(name))
        extractors = {
            "trafilatura": _remembered(module.trafilatura_text),
            "cleanarticle": _remembered(module.cleanarticle_text),
        }
        chosen = {part: [page for page in pages if part == "all" or module.in_part(page, part)] for part in PARTS}
        found[name] = {part: module.evaluate(chosen[part], extractors) for part in PARTS}
    return found


def _remembered(extract: Extract) -> Extract:
    texts: dict[tuple[str, str], str | Exception] = {}

    def call(html: str, url: str) -> str:
        if (html, url) not in texts:
            try:
                texts[html, url] = extract(html, url)
            except Exception as error:  # the evaluation counts failures by their type
                texts[html, url] = error
        result = texts[html, url]
        if isinstance(result, Exception):
            raise result
        return result

    return call


def figure(report: Mapping[str, Any], name: str) -> float | None:
    """A figure of a report: its own, or that of the cleaned articles; None when it has none of that name."""
    value: float | None = report.get(name, report["cleanarticle"].get(name))
    return value
