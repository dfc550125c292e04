"""What rules do to a corpus: how often each removes something, where, and whether the article lost by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cleanarticle.article import Article
from cleanarticle.corpus import CorpusPage, Gold
from cleanarticle.settling import Removal, kept_lines

Cleaned = Iterable[tuple[CorpusPage, Article]]


@dataclass(frozen=True, slots=True)
class Example:
    """A line that a rule removed, with the lines around it; `is_gold` when it is the article's."""

    page: str
    text: str
    before: str
    after: str
    is_gold: bool


@dataclass(slots=True)
class RuleReport:
    """What one rule, detector or pruning removed from a corpus.

    `gold` counts the hits on lines of the article, among pages where that is known. There are no examples from pages of the
    check part.
    """

    rule: str
    hits: int = 0
    gold: int = 0
    pages: int = 0
    sites: set[str] = field(default_factory=set)
    languages: Counter[str] = field(default_factory=Counter)
    examples: list[Example] = field(default_factory=list)


def check(cleaned: Cleaned, examples: int = 3) -> list[RuleReport]:
    """A report of each rule that removed something: those that hit the article first, then by hits.

    >>> from cleanarticle import clean_text
    >>> article = clean_text("The ferry sails again on Monday.\\nSubscribe to our newsletter!")
    >>> page = CorpusPage("ferry", "", gold=("The ferry sails again on Monday.",))
    >>> [(report.hits, report.gold) for report in check([(page, article)])]
    [(1, 0)]
    """
    reports: dict[str, RuleReport] = {}
    for page, article in cleaned:
        gold = Gold(page) if page.gold is not None else None
        for removal in article.removals:
            report = reports.setdefault(removal.rule, RuleReport(removal.rule))
            is_gold = gold is not None and gold.has(removal.text)
            report.hits += 1
            report.gold += is_gold
            if page.part == "tune":
                _keep(report.examples, _example(page, article, removal, is_gold), examples)
        language = page.language or (article.page.language if article.page is not None else "")
        for rule in {removal.rule for removal in article.removals}:
            reports[rule].pages += 1
            reports[rule].sites.add(page.site)
            reports[rule].languages[language] += 1
    return sorted(reports.values(), key=lambda report: (-report.gold, -report.hits, report.rule))


def _keep(examples: list[Example], found: Example, most: int) -> None:
    """Keeps the first examples, but those of the article before all others."""
    examples.append(found)
    examples.sort(key=lambda example: not example.is_gold)
    del examples[most:]


def _example(page: CorpusPage, article: Article, removal: Removal, is_gold: bool) -> Example:
    text = article.document.text
    before = text[: removal.start].rstrip("\n").rpartition("\n")[2]
    after = text[removal.end :].lstrip("\n").partition("\n")[0]
    return Example(page.id, removal.text, before, after, is_gold)


@dataclass(frozen=True, slots=True)
class Change:
    """A line of which one set of rules leaves more than another.

    `removed` tells that the new rules remove more of it, and `rules` which of them, or of the old ones, do. `text` is empty for
    pages of the check part.
    """

    page: str
    removed: bool
    rules: tuple[str, ...]
    text: str
    is_gold: bool


def changes(old: Cleaned, new: Cleaned) -> Iterator[Change]:
    """What new rules newly remove and no longer remove. Both must be the same pages in the same order."""
    for (page, before), (_, after) in zip(old, new, strict=True):
        if before.document.text != after.document.text:
            continue  # site files chose another element of the page
        gold = Gold(page)
        left, leaves = kept_lines(before.document, before.removals), kept_lines(after.document, after.removals)
        for block, one, other in zip(before.document.blocks, left, leaves, strict=True):
            if one == other:
                continue
            removed = len(other or "") < len(one or "")
            removals = (after if removed else before).removals
            rules = sorted({removal.rule for removal in removals if removal.start < block.end and block.start < removal.end})
            text = before.document.block_text(block).strip()
            yield Change(page.id, removed, tuple(rules), text if page.part == "tune" else "", page.gold is not None and gold.has(text))
