"""What the measurements share: labelled pages of the tune part, what their labels say of a line, and figures."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[number]) for number in (2, 1)]

from evaluating import evaluation  # noqa: E402

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
CORPORA = ("news_dev", "press_dev", "world_dev", "blogs_dev")
Judge = Callable[[str], str]


def arguments(description: str | None) -> argparse.ArgumentParser:
    """A parser with what all measurements on labelled pages take."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, metavar="PATH", help="folder with bench/ and corpora/")
    parser.add_argument("--corpus", action="append", choices=CORPORA, help="default: all four")
    parser.add_argument("--limit", type=int, help="only the first N pages of each corpus")
    return parser


def tune_pages(shared: Path, name: str, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """The pages of a corpus that may be looked at: those of two thirds of the sites."""
    module = evaluation(shared)
    found = 0
    for page in module.load(name):
        if module.in_part(page, "tune"):
            if found == limit:
                return
            found += 1
            yield page


def judge_of(module: ModuleType, page: dict[str, Any]) -> Judge:
    """Tells what a line of the page is: "body", a category, or "" where labels leave it open (mixed, optional, blank)."""
    labels = {module.key(line): category for line, category in page.get("labels", {}).items()}
    optional = {module.key(line) for line in page["optional"]}
    gold = {module.key(line) for line in page["gold"]}

    def judge(line: str) -> str:
        key = module.key(line)
        if not key:
            return ""
        if key in labels:
            return "" if labels[key] == "mixed" else str(labels[key])
        return "" if key in optional - gold else "body"

    return judge


def percentiles(values: Sequence[float], *wanted: int) -> str:
    """Some percentiles of some values, as text."""
    ordered = sorted(values)
    if not ordered:
        return "no values"
    return "  ".join(f"{percent} %: {ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]:.3g}" for percent in wanted)
