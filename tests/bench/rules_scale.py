"""Measures what matching costs when there are thousands of rules.

    python tests/bench/rules_scale.py
    python tests/bench/rules_scale.py --rules 5000 --shared ../shared --limit 100

The rules are the shipped ones and variants of them: words of four letters and more are replaced by other words of the
rules, all of them or, with a smaller --share, some, which makes rules that look for nearly the same as others; a rule
without such words has no variants. With --words articles the other words are those of the very articles that are matched,
the common ones as often as the rare ones, so that many are found everywhere: harder than any rule set. Time is processor time of folding, scanning and verifying, the least of some rounds for each article. Exits with 1 when
the median article takes 1 ms or more with all rules beyond what folding takes. --costly N names the shipped rules on which
most time goes.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
from corpora import CORPORA, FIXTURES, tune_pages

from cleanarticle import CleanArticleError
from cleanarticle.document import Document, text_document
from cleanarticle.extraction import extract
from cleanarticle.linting import read_paths
from cleanarticle.matching import Matcher, Units
from cleanarticle.ruleset import RuleSet, shipped_folder
from cleanarticle.ruleset.loading import Loaded, read_files
from cleanarticle.ruleset.model import RuleSpec

LIMIT_MS = 1.0
KEYS = ("equals", "starts_with", "ends_with", "contains", "contains_all")
WORD = re.compile(r"(?<![\\\w<])[a-z]{4,}(?!\w|[>*+?{])")  # a word in a pattern that is neither escape nor name, nor half optional


def documents(shared: Path | None, limit: int) -> list[Document]:
    """Articles to match: our own, or pages of the corpora."""
    if shared is None:
        texts = [
            path.read_text(encoding="utf-8")
            for pattern in ("untouched/*/*.txt", "pages/*/*/*.txt")
            for path in sorted(FIXTURES.glob(pattern))
        ]
        return [text_document(text) for text in texts]
    found = []
    for name in CORPORA:
        for page in tune_pages(shared, name, limit):
            try:
                found.append(extract(page["html"], page["url"] or None).document)
            except CleanArticleError:
                continue
    return found


def variants(shipped: Loaded, words: list[str], count: int, share: float) -> Iterator[tuple[str, RuleSpec, str]]:
    """Rules like the shipped ones, with so large a share of their words replaced, at least one in each text."""
    chance = random.Random(11)
    texts = {rule.id: [*chain(*(getattr(shipped.specs[rule.id], key) for key in (*KEYS, "regex")))] for rule in shipped.rules}
    ids = [rule_id for rule_id, found in texts.items() if not rule_id.startswith("sites/") and all(map(WORD.search, found))]
    categories = {rule.id: rule.category for rule in shipped.rules}
    for number in range(count):
        source = ids[number % len(ids)]
        spec = shipped.specs[source]

        def varied(text: str) -> str:
            places = list(WORD.finditer(text))
            chosen = chance.sample(places, max(1, round(share * len(places)))) if places else []
            for place in sorted(chosen, key=re.Match.start, reverse=True):
                text = text[: place.start()] + chance.choice(words) + text[place.end() :]
            return text

        changed = {key: [varied(text) for text in getattr(spec, key)] for key in (*KEYS, "regex")}
        yield (
            f"{source.partition('/')[0]}/scale{number}",
            msgspec.structs.replace(spec, name=f"variant-{number}", **changed),
            categories[source],
        )


def toml(value: object) -> str:
    """A value as TOML writes it; JSON does for texts, numbers and lists of them."""
    return msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")


def many_rules(shipped: Loaded, count: int, words: list[str], share: float) -> RuleSet:
    """The shipped rules and as many variants as make so many."""
    files = []
    for pack, spec, category in variants(shipped, words, max(0, count - len(shipped.rules)), share):
        fields = {key: value for key, value in msgspec.to_builtins(spec).items() if value not in (None, [], False)}
        fields = {key: value for key, value in fields.items() if key not in ("removes", "spares", "case", "since", "until", "category")}
        lines = [
            f"format = 1\npack = {toml(pack)}\ncategory = {toml(category)}\n\n[[rule]]",
            *(f"{key} = {toml(value)}" for key, value in fields.items()),
        ]
        files.append((f"{pack}.toml", "\n".join(lines).encode()))
    loaded = read_files(files)
    return RuleSet((*shipped.rules, *loaded.rules), languages=tuple(shipped.languages))


def milliseconds(call: Callable[[Any], object], argument: object, rounds: int) -> float:
    """The least processor time of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time_ns()
        call(argument)
        best = min(best, time.process_time_ns() - started)
    return best / 1e6


def costly(rules: RuleSet, articles: list[Document], count: int, rounds: int) -> None:
    """Prints the rules on which most time goes: how often each is a candidate, and what it costs alone."""
    units = [Units(article) for article in articles]
    whole = Matcher(rules)
    often = Counter(number for each in units for found in whole.candidates(each).values() for number in found)
    figures = []
    for number, times in often.most_common(6 * count):
        matcher = Matcher(RuleSet((rules.rules[number],), languages=rules.languages))
        spent = 0.0
        for each in units:
            matcher.session(each)
            scan = milliseconds(matcher.candidates, each, rounds)
            spent += max(0.0, milliseconds(matcher.session, each, rounds) - scan)
        figures.append((spent / len(units), times / len(units), rules.rules[number].id))
    for spent, times, name in sorted(figures, reverse=True)[:count]:
        print(f"  {spent:6.3f} ms and {times:5.2f} candidates an article  {name}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rules", type=int, default=5_000)
    parser.add_argument("--share", type=float, default=1.0, help="share of the words of each text that variants have replaced")
    parser.add_argument("--words", choices=["rules", "articles"], default="rules", help="what words are replaced by")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--shared", type=Path, metavar="PATH", help="take the tune part of the corpora instead of our own articles")
    parser.add_argument("--limit", type=int, default=50, help="pages of each corpus")
    parser.add_argument("--costly", type=int, default=0, metavar="N", help="name the N shipped rules on which most time goes")
    given = parser.parse_args()
    articles = documents(given.shared, given.limit)
    shipped = read_paths([shipped_folder()])
    texts = [article.text.lower() for article in articles]
    if given.words == "rules":
        texts = [text for spec in shipped.specs.values() for key in (*KEYS, "regex") for text in getattr(spec, key)]
    words = sorted({word for text in texts for word in WORD.findall(text) if len(word) < 13})
    everything = many_rules(shipped, given.rules, words, given.share)
    print(f"{len(articles)} articles, {statistics.median(len(article.text) for article in articles):.0f} characters in the median")
    folding = [milliseconds(Units, article, given.rounds) for article in articles]
    print(f"folding alone: median {statistics.median(folding):.2f} ms, mean {statistics.mean(folding):.2f} ms")
    slowest = 0.0
    for what, rules in (("shipped", everything.rules[: len(shipped.rules)]), ("all", everything.rules)):
        matcher = Matcher(RuleSet(rules, languages=everything.languages))
        units = [Units(article) for article in articles]
        for each in units:
            matcher.session(each)  # patterns are compiled when they are first needed
        scans = [milliseconds(matcher.candidates, each, given.rounds) for each in units]
        whole = [milliseconds(lambda article: matcher.session(Units(article)), article, given.rounds) for article in articles]  # noqa: B023
        candidates = statistics.mean(sum(map(len, matcher.candidates(each).values())) for each in units)
        slowest = statistics.median(whole) - statistics.median(folding)
        print(
            f"{what}: {len(rules)} rules, {candidates:.0f} candidates an article; scan median {statistics.median(scans):.2f} ms;\n"
            f"  folding, scan and verification median {statistics.median(whole):.2f} ms, mean {statistics.mean(whole):.2f} ms, "
            f"95 % {sorted(whole)[len(whole) * 95 // 100]:.2f} ms, "
            f"{statistics.median(w / f for w, f in zip(whole, folding, strict=True)):.1f} times folding"
        )
    if given.costly:
        costly(RuleSet(tuple(shipped.rules), languages=everything.languages), articles, given.costly, given.rounds)
    return int(slowest >= LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
