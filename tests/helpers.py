"""Short ways to rule files, rule sets and cleaners, for all tests."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from cleanarticle import Article, Cleaner, RuleSet, load_rules
from cleanarticle.ruleset import shipped_folder

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"

# Body text in no need of cleaning. Each of the long ones is a paragraph that carries a story (20 words or more).
STORY = (
    "The ferry between the two islands sailed again on Monday after nine weeks in dock, and forty people waited on the pier to see it.",
    "Its captain, who has steered it for thirty years, said that the new engine was so quiet that he looked over his shoulder to hear it.",
    "The crossing takes fifty minutes in calm water, and the council has put up a shelter with a bench for those who miss the last one.",
    "Nobody had thought of the gulls, though, which had grown used to an empty pier and did not mean to give it back without a quarrel.",
)


def toml(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool) or value is None or not isinstance(value, (str, list, tuple, dict)):
        return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return "[" + ", ".join(map(toml, value)) + "]"


def rule_file(*rules: Mapping[str, Any], pack: str = "en/test", **header: Any) -> str:
    """The text of a rule file; rules get a name, a reason and a category where the test does not care for them."""
    header = {"format": 1, "pack": pack, "category": "promo", **header}
    lines = [f"{key} = {toml(value)}" for key, value in header.items() if value is not None]
    for number, rule in enumerate(rules, 1):
        rule = {"name": f"rule-{number}", "reason": "Shows what the test is about", **rule}
        lines += ["", "[[rule]]", *(f"{key} = {toml(value)}" for key, value in rule.items() if value is not None)]
    return "\n".join(lines) + "\n"


@contextmanager
def _throwaway_cache() -> Iterator[None]:
    """What is loaded meanwhile is cached in a folder of its own, unless the test has chosen one."""
    before = os.environ.get("XDG_CACHE_HOME", "")
    if "cleanarticle-tests-" not in before:
        yield
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        try:
            yield
        finally:
            os.environ["XDG_CACHE_HOME"] = before


def load(*contents: str, names: Iterable[str] = ()) -> RuleSet:
    """The rule set of some rule files, given as text."""
    with tempfile.TemporaryDirectory() as folder, _throwaway_cache():
        given = list(names)
        for number, content in enumerate(contents):
            path = Path(folder) / (given[number] if number < len(given) else f"file{number}.toml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return load_rules(folder)


def rules_of(*rules: Mapping[str, Any], **header: Any) -> RuleSet:
    """The rule set of one file with these rules."""
    return load(rule_file(*rules, **header))


def text_cleaner(*rules: Mapping[str, Any], **header: Any) -> Cleaner:
    """A cleaner with these rules and nothing else: no shipped rule, no detector."""
    return Cleaner(rules=rules_of(*rules, **header), disable={"structure/*"})


def left(article: Article) -> list[str]:
    """The lines of an article's text."""
    return article.text.split("\n")


@lru_cache(maxsize=1)
def words_only() -> RuleSet:
    """What detectors need of the shipped files, the words of languages and of class names, and no rule."""
    folder = shipped_folder()
    return load_rules(*sorted(folder.glob("*/language.toml")), *sorted(folder.rglob("vocabulary.toml")))


def page(*body: str, title: str = "Harbour news", head: str = "", lang: str = "en", before: str = "", after: str = "") -> str:
    """An HTML page whose article holds these pieces of markup; `before` and `after` stand around it."""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{before}<main><article>{''.join(body)}</article></main>{after}</body></html>"
    )


def paragraphs(*texts: str) -> str:
    """Markup of paragraphs."""
    return "".join(f"<p>{text}</p>" for text in texts)


def kept_pieces(article: Article) -> str:
    """What the removals leave of the extracted text, character for character."""
    pieces, at = [], 0
    for removal in article.removals:
        pieces.append(article.document.text[at : removal.start])
        at = removal.end
    return "".join([*pieces, article.document.text[at:]])
