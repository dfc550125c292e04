"""Rules put to the proof: examples and cases of rule files, run with nothing but the rule they belong to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import msgspec

from cleanarticle.cleaner import Cleaner
from cleanarticle.errors import ExtractionError
from cleanarticle.linting import left_of_example, text_case
from cleanarticle.ruleset import Rule, RuleSet
from cleanarticle.ruleset.loading import Loaded
from cleanarticle.ruleset.model import CaseSpec
from cleanarticle.ruleset.patterns import Patterns


def run_page_case(case: CaseSpec, rules: RuleSet) -> list[str]:
    """What these rules alone leave of a case's page: its lines. Where there is no article, the reason is the one line.

    A case may give just the elements that matter; a page is put around them, since trafilatura drops headings of fragments.
    """
    if len(rules) == 1:  # a rule that is not in use yet can be tried all the same
        rules = replace(rules, rules=(msgspec.structs.replace(rules.rules[0], state="stable"),))
    html = case.html or ""
    if "<body" not in html.lower():
        html = f"<html><body>{html}</body></html>"
    try:
        article = Cleaner(rules=rules, disable={"structure/*"}).clean(html, case.url)
    except ExtractionError as error:
        return [f"({error.reason}: {error})"]
    return [line for line in article.text.split("\n") if line.strip()]


@dataclass(frozen=True, slots=True)
class Failed:
    """An example or case that does not hold: the lines it promises to leave, and those that are left."""

    rule: str
    file: str
    proof: str
    expected: list[str]
    left: list[str]


@dataclass(frozen=True, slots=True)
class Count:
    """How much was tried."""

    rules: int
    examples: int
    cases: int


def count(loaded: Loaded, only: Collection[str] = ()) -> Count:
    """The rules that `failures` looks at, with their examples and cases."""
    specs = [loaded.specs[rule.id] for rule in chosen_rules(loaded, only)]
    return Count(len(specs), sum(len(s.removes) + len(s.spares) for s in specs), sum(len(s.case) for s in specs))


def failures(loaded: Loaded, only: Collection[str] = ()) -> Iterator[Failed]:
    """Every example and case of these files that does not hold; `only` restricts them to ids that begin with one of these."""
    patterns = Patterns(loaded.programs)
    for rule in chosen_rules(loaded, only):
        spec, file = loaded.specs[rule.id], loaded.files[rule.id]
        for kind, texts in (("removes", spec.removes), ("spares", spec.spares)):
            for number, text in enumerate(texts, 1):
                expected = "" if kind == "removes" else text.strip()
                left = left_of_example(rule, text, patterns)
                if left != expected:
                    yield Failed(rule.id, file, f"{kind} {number}", expected.splitlines(), left.splitlines())
        for number, case in enumerate(spec.case, 1):
            left_lines = _left_of_case(rule, case, loaded)
            if left_lines != case.after:
                yield Failed(rule.id, file, f"case {number}", case.after, left_lines)


def chosen_rules(loaded: Loaded, only: Collection[str]) -> list[Rule]:
    """The rules of these files; `only` restricts them to ids that begin with one of these."""
    return [rule for rule in loaded.rules if not only or rule.id.startswith(tuple(only))]


def _left_of_case(rule: Rule, case: CaseSpec, loaded: Loaded) -> list[str]:
    # a rule that asks for removed neighbours needs the rules that remove them
    used = tuple(loaded.rules) if rule.after or rule.before else (rule,)
    rules = RuleSet(used, tuple(loaded.sites), tuple(loaded.languages), programs=loaded.programs)
    if (case.html is None) == (case.before is None):
        return ["(write either before = […] or html = '…')"]
    return run_page_case(case, rules) if case.html is not None else text_case(case, rules)
