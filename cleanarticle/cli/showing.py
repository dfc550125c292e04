"""What `cleanarticle rules show` tells: of a rule, a detector, and of what a site file prunes, label by label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleanarticle.ruleset import Rule, Site
    from cleanarticle.ruleset.model import CaseSpec, RuleSpec
    from cleanarticle.structure.detectors import Concluding

Lines = Iterator[tuple[str, list[str]]]
_FEW = 12  # literals of an anchor that are shown


def rule_lines(rule: Rule, spec: RuleSpec, file: str) -> Lines:
    """What a rule file says of a rule, then what was derived from it."""
    yield "file", [file]
    yield "category", [rule.category]
    yield "scope", [rule.scope]
    for key in ("equals", "starts_with", "ends_with", "contains", "contains_all", "regex", "unless", "unless_regex"):
        if values := getattr(spec, key):
            yield key, values
    for key in ("min_words", "max_words", "min_linked", "max_linked", "position", "since", "until"):
        if (value := getattr(spec, key)) is not None:
            yield key, [str(value)]
    for key in ("kind", "inside", "outside", "after", "before"):
        if values := getattr(spec, key):
            yield key, [", ".join(values)]
    yield "confidence", [rule.confidence]
    yield "state", [rule.state]
    yield "removes", spec.removes
    yield "spares", spec.spares
    for number, case in enumerate(spec.case, 1):
        yield f"case {number}", list(_case_lines(case))
    yield "scanned for", [_few(anchor.literals) for anchor in rule.anchors] or ["nothing: tried on every unit"]


def _few(literals: tuple[str, ...]) -> str:
    more = len(literals) - _FEW
    return " | ".join(map(str.strip, literals[:_FEW])) + (f" … and {more} more" if more > 0 else "")


def _case_lines(case: CaseSpec) -> Iterator[str]:
    if case.url is not None:
        yield f"at {case.url}"
    for line in case.before or (case.html or "").splitlines():
        yield f"  {line}"
    yield "leaves"
    for line in case.after:
        yield f"  {line}"


def detector_lines(detector: Concluding) -> Lines:
    """What is known of a detector: it looks at the page and needs no words of its own."""
    yield "category", [", ".join(detector.categories) or "that of what the line belongs to"]
    yield "detector", ["looks at place, links, elements and metadata, not at phrases; no rule file has it"]


def site_lines(sites: Iterable[Site]) -> Lines:
    """What the files of one site prune; selectors as they are used, in XPath."""
    for site in sites:
        yield "category", [site.category]
        yield "hosts", [", ".join(site.hosts)]
        yield "prunes", list(site.prune)
