"""Checks of rule files beyond their form: do the examples prove what the rule claims?

Everything that is wrong is reported in one run, each as `file: rule: what is wrong, what to write`.
"""

from __future__ import annotations

import fnmatch
import itertools
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import regex

from cleanarticle.document import Block, Document, Kind, text_document
from cleanarticle.errors import Problem
from cleanarticle.matching import Matcher, Units
from cleanarticle.matching.verifying import Run, words_hold
from cleanarticle.ruleset import Rule, RuleSet
from cleanarticle.ruleset.files import contents
from cleanarticle.ruleset.hostile import beginnings_and_rounds
from cleanarticle.ruleset.loading import Loaded, compile_patterns, read_files
from cleanarticle.ruleset.model import CaseSpec, RuleSpec
from cleanarticle.ruleset.patterns import Patterns
from cleanarticle.settling import kept_lines, settle
from cleanarticle.structure import DETECTORS

# conditions that only a case can show, as fields of a rule, and what they are when nothing is asked
_PAGE_CONDITIONS = {
    "kind": (),
    "position": None,
    "min_linked": None,
    "max_linked": None,
    "inside": (),
    "outside": (),
    "after": (),
    "before": (),
    "since": None,
    "until": None,
}
# conditions that a spared example must need
_WORD_CONDITIONS = {"unless": (), "unless_regex": (), "min_words": None, "max_words": None}
_ATTACK_SECONDS = 1.0  # what backtracks without bound takes far longer, whatever else the machine is doing
_ATTACK_LENGTH = 3_000  # characters of the texts that patterns are tried on
_STEMS = ("a", " ", "a ", "1", "1 ", "-", "A b ", ". ", "aA")  # what they are made of besides the pattern's own words
_ATTACK_ROUNDS = 40  # of a repeat; each round that can be split in two ways doubles the time
_MAX_ATTACKS = 40  # repeats of one pattern that are tried, each with what can stand before it
_FILLER = " ".join(map(str, range(1000, 1025)))  # a real paragraph in no language, so that places can be told

CaseRunner = Callable[[CaseSpec, RuleSet], list[str]]


def read_paths(paths: Iterable[str | Path]) -> Loaded:
    """Rule files of these paths, with all that is wrong with their form; RuleFileError when a path can't be read."""
    loaded = read_files(file for path in paths for file in contents(Path(path)))
    compile_patterns(loaded)
    return loaded


def lint(loaded: Loaded, others: RuleSet | None = None, run_case: CaseRunner | None = None, only: Collection[str] = ()) -> list[Problem]:
    """Everything that is wrong with the rules of these files, sorted.

    `others` are rules that the spared examples must survive too, and sites that can be extended; `run_case` cleans the
    page of a case given as html with the rules handed to it; `only` restricts the checks of rules to packs or rules that
    begin with one of these (the form of a file is always checked whole).
    """
    others = others if others is not None else RuleSet()
    problems = list(loaded.problems)
    broken = {problem.rule for problem in problems}
    patterns = Patterns(loaded.programs)
    chosen = [rule for rule in loaded.rules if rule.id not in broken and (not only or rule.id.startswith(tuple(only)))]
    everything = RuleSet(
        (*loaded.rules, *others.rules),
        (*loaded.sites, *others.sites),
        (*loaded.languages, *others.languages),
        programs={**others.programs, **loaded.programs},
    )
    for rule in chosen:
        spec = loaded.specs[rule.id]
        checks = itertools.chain(_examples(rule, spec, patterns), _cases(rule, spec, run_case, everything), _hostile(rule, patterns))
        problems += [Problem(loaded.files[rule.id], rule.id, message) for message in checks]
    problems += _removed_by_others(chosen, loaded, everything)
    problems += _dead_references(loaded, everything)
    return sorted(set(problems))


def _examples(rule: Rule, spec: RuleSpec, patterns: Patterns) -> Iterator[str]:
    if not spec.removes:
        yield "no removes: add a text that the rule removes"
    if not spec.spares:
        yield "no spares: add a real sentence with the rule's words that it must leave"
    scan = Matcher(RuleSet((rule,)))
    for text in spec.removes:
        left = left_of_example(rule, text, patterns)
        if left:
            yield f"does not remove {text!r} (left: {left!r}): change the rule or the example"
        elif not scan.asking_everywhere and not any(scan.candidates(Units(text_document(text))).values()):
            yield f"removes {text!r}, but the scan does not find it: write the pattern so that its literals can be told"
    for text in spec.spares:
        if left_of_example(rule, text, patterns) != text.strip():
            yield f"removes {text!r}, which it should spare: narrow the rule"
    for key, nothing in _WORD_CONDITIONS.items():
        if getattr(rule, key) != nothing:
            without = msgspec.structs.replace(rule, **{key: nothing})
            if all(left_of_example(without, text, patterns) == text.strip() for text in spec.spares):
                yield f"no spared example needs '{key}': add one that would go without it, or delete the condition"


def left_of_example(rule: Rule, text: str, patterns: Patterns) -> str:
    """What the rule's words leave of one unit; scope `match` leaves nothing when it matches."""
    document = text_document(text)
    units = Units(document)
    run = Run(units, patterns)
    if rule.scope != "sentence":
        held = any(words_hold(rule, unit, run) is not None for unit in units.blocks)
        return "" if held else text.strip()
    left = [s.text for index in range(len(units.blocks)) for s in units.sentences(index) if words_hold(rule, s, run) is None]
    return " ".join(left) if left != [s.text for i in range(len(units.blocks)) for s in units.sentences(i)] else text.strip()


def _cases(rule: Rule, spec: RuleSpec, run_case: CaseRunner | None, everything: RuleSet) -> Iterator[str]:
    neighbours = bool(rule.after or rule.before)

    def result(variant: Rule, case: CaseSpec) -> list[str]:
        rules = RuleSet(
            tuple(variant if other.id == rule.id else other for other in everything.rules) if neighbours else (variant,),
            everything.sites,
            everything.languages,
        )
        if case.html is not None and run_case is not None:
            return run_case(case, rules)
        return text_case(case, rules)

    conditions = {key: nothing for key, nothing in _PAGE_CONDITIONS.items() if getattr(rule, key) != nothing}
    undecided = set(conditions)
    for number, case in enumerate(spec.case, 1):
        if (case.html is None) == (case.before is None):
            yield f"case {number}: write either before = […] or html = '…'"
            continue
        if case.html is not None and run_case is None:
            undecided.clear()
            continue
        left = result(rule, case)
        if left != case.after:
            yield f"case {number}: leaves {left!r}, not {case.after!r}"
        undecided -= {key for key in undecided if result(msgspec.structs.replace(rule, **{key: conditions[key]}), case) != case.after}
    for key in sorted(undecided):
        yield f"no case needs '{key}': add a [[rule.case]] whose result would be another without it, or delete the condition"


def text_case(case: CaseSpec, rules: RuleSet) -> list[str]:
    document = text_document("\n".join(case.before or ()))
    units = Units(document, rules.words("abbreviations"))
    session = Matcher(rules).session(units)
    removed: dict[int, set[str]] = {}
    for index, unit in enumerate(units.blocks):
        removed[index] = {p.category for p in session.proposals if p.start <= unit.start and unit.end <= p.end}
    session.beside(removed)
    return [line for line in kept_lines(document, settle(document, session.proposals, 1.0).removals) if line is not None]


def _removed_by_others(chosen: Sequence[Rule], loaded: Loaded, everything: RuleSet) -> Iterator[Problem]:
    stable = everything.select()
    matcher = Matcher(RuleSet(tuple(rule for rule in stable.rules if rule.language != "sites"), languages=stable.languages))
    abbreviations = everything.words("abbreviations")
    for rule in chosen:
        for text in loaded.specs[rule.id].spares:
            document = _in_the_middle(text)
            for proposal in matcher.session(Units(document, abbreviations)).proposals:
                if proposal.rule != rule.id:
                    gone = proposal_text(document, proposal.start, proposal.end)
                    message = f"{proposal.rule} removes {gone!r} of the spared example: narrow that rule or change the example"
                    yield Problem(loaded.files[rule.id], rule.id, message)


def proposal_text(document: Document, start: int, end: int) -> str:
    """The first words of a span, for messages."""
    text = document.text[start:end]
    return text if len(text) <= 120 else text[:119] + "…"


def _in_the_middle(text: str) -> Document:
    lines = [*[_FILLER] * 4, *text.splitlines(), *[_FILLER] * 4]
    blocks: list[Block] = []
    at = 0
    for line in lines:
        blocks.append(Block(Kind.PARAGRAPH, at, at + len(line)))
        at += len(line) + 1
    return Document("\n".join(lines), tuple(blocks))


def _hostile(rule: Rule, patterns: Patterns) -> Iterator[str]:
    """Patterns are tried on long repetitive texts made of what they look for."""
    words = [literal for anchor in rule.anchors for literal in anchor.literals[:1]][:3]
    for pattern in rule.regex + rule.unless_regex:
        try:
            compiled = patterns[pattern].compiled
        except (regex.error, RecursionError, OverflowError):
            continue
        rounds = itertools.islice(dict.fromkeys(beginnings_and_rounds(pattern)), _MAX_ATTACKS)
        attacks = [("", stem, _ATTACK_LENGTH // len(stem)) for stem in (*words, *_STEMS)]
        attacks += [(before, stem, _ATTACK_ROUNDS) for before, stem in rounds]
        for before, stem, times in attacks:
            if seconds := _seconds_too_long(compiled, before + stem * times):
                shown = f"{before[-12:]!r} and {stem[:12]!r}" if before else f"{stem[:12]!r}"
                yield (
                    f"pattern {pattern!r} takes over {seconds:.1f} s on {shown} repeated: "
                    "bound its repeats, as in .{0,80}, or make them possessive, as in \\w++"
                )
                break


def _seconds_too_long(compiled: regex.Pattern[str], text: str) -> float:
    """How long a pattern was tried on a text before it was given up; 0 when it came to an end with and without a strange tail."""
    for tail in ("", "!\u2603"):
        started = time.perf_counter()
        try:
            compiled.search(text + tail, timeout=_ATTACK_SECONDS)
        except TimeoutError:
            return time.perf_counter() - started
    return 0.0


def _dead_references(loaded: Loaded, everything: RuleSet) -> Iterator[Problem]:
    packs = {site.pack for site in everything.sites}
    for site in loaded.sites:
        file = loaded.files[site.pack]
        for parent in site.extends:
            if parent not in packs:
                yield Problem(file, "", f"extends {parent!r}, which is not there: write the pack of another site file")
        for pattern in site.disable:
            if not everything.ids_matching(pattern) and not any(fnmatch.fnmatchcase(detector, pattern) for detector in DETECTORS):
                yield Problem(file, "", f"disables {pattern!r}, which names no rule or detector: correct or delete it")
