"""`cleanarticle rules`: what rules there are, and whether rule files do what they say."""

from __future__ import annotations

import difflib
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleanarticle.categories import CATEGORIES
from cleanarticle.cli.output import Failure, RulesFailure, console, counted, quiet_pipe, rule_errors, visible

if TYPE_CHECKING:
    from cleanarticle.cli.proofs import Failed
    from cleanarticle.errors import Problem
    from cleanarticle.ruleset import Rule, RuleSet
    from cleanarticle.ruleset.loading import Loaded
    from cleanarticle.ruleset.model import CaseSpec, RuleSpec

_FEW = 12  # literals of an anchor that are shown

own_rules = click.option("--rules", "rule_paths", multiple=True, metavar="PATH", help="Rule files of your own, besides the shipped ones.")
only_ids = click.option("--only", multiple=True, metavar="PREFIX", help="Only packs or rules whose id begins with this, such as en/promo.")


@click.group("rules")
def rules_group() -> None:
    """What rules there are, and whether yours do what they say."""


@rules_group.command("list")
@click.option("--pack", multiple=True, metavar="PREFIX", help="Only ids that begin with this, such as en/promo.")
@click.option("--category", multiple=True, metavar="NAME", type=click.Choice(sorted(CATEGORIES)), help="Only this category.")
@click.option("--language", multiple=True, metavar="CODE", help="Only this language; 'any' and 'sites' are two more.")
@click.option("--counts", is_flag=True, help="How many there are in each pack, instead of the rules.")
@own_rules
def list_command(
    pack: tuple[str, ...], category: tuple[str, ...], language: tuple[str, ...], counts: bool, rule_paths: tuple[str, ...]
) -> None:
    """List rules: id, category and reason, one on each line."""
    from rich.text import Text

    from cleanarticle.ruleset import default_rules, load_rules

    with rule_errors():
        everything = default_rules() | load_rules(*rule_paths) if rule_paths else default_rules()
    chosen = [
        rule
        for rule in everything
        if (not pack or rule.id.startswith(pack))
        and (not category or rule.category in category)
        and (not language or rule.language in language)
    ]
    out = console()
    with quiet_pipe():
        if counts:
            for name, number in sorted(Counter(rule.pack for rule in chosen).items()):
                out.print(Text(f"{number:6}  ").append(name, style="cyan"))
        else:
            width = max((len(rule.id) for rule in chosen), default=0)
            for rule in chosen:
                state = "" if rule.state == "stable" else f" ({rule.state})"
                out.print(
                    Text(f"{rule.id:{width}}", style="cyan").append(f"  {rule.category:19}  {visible(rule.reason)}{state}", style="default")
                )
    click.echo(counted(len(chosen), "rule"), err=True)


@rules_group.command("show")
@click.argument("rule_id", metavar="ID")
@own_rules
def show_command(rule_id: str, rule_paths: tuple[str, ...]) -> None:
    """Show one rule: its words, conditions and examples, and what pages are scanned for before it is tried."""
    from rich.text import Text

    from cleanarticle.ruleset import shipped_folder
    from cleanarticle.ruleset.loading import read_files, rule_files

    with rule_errors():
        files = [(str(file.relative_to(shipped_folder())), file.read_bytes()) for file in rule_files(shipped_folder())]
        files += [(str(file), file.read_bytes()) for path in rule_paths for file in rule_files(Path(path))]
    wanted = rule_id.rpartition("/")[0].encode()  # only files that name its pack can have it
    loaded = read_files((name, content) for name, content in files if wanted in content)
    rule = next((rule for rule in loaded.rules if rule.id == rule_id), None)
    if rule is None:
        problems = [problem for problem in loaded.problems if problem.rule == rule_id]
        if problems:
            raise RulesFailure("this rule can't be used\n" + "\n".join(map(str, problems)))
        raise click.BadParameter(_unknown(rule_id), param_hint="ID")
    out = console()
    with quiet_pipe():
        out.print(Text(rule.id, style="bold cyan"))
        out.print(Text("  " + visible(rule.reason)))
        for label, lines in _described(rule, loaded.specs[rule_id], loaded.files[rule_id]):
            for number, line in enumerate(line for text in lines for line in text.split("\n")):
                out.print(Text(f"  {label if not number else '':15}", style="green").append(visible(line), style="default"))


def _unknown(rule_id: str) -> str:
    from cleanarticle.ruleset import default_rules

    with rule_errors():
        near = difflib.get_close_matches(rule_id, [rule.id for rule in default_rules()], 3)
    hint = f"; did you mean {', '.join(near)}?" if near else ": `cleanarticle rules list` names them all"
    return f"there is no rule {rule_id!r}{hint}"


def _described(rule: Rule, spec: RuleSpec, file: str) -> Iterable[tuple[str, list[str]]]:
    """What a rule file says of a rule, label by label, then what was derived from it."""
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


def _case_lines(case: CaseSpec) -> Iterable[str]:
    if case.url is not None:
        yield f"at {case.url}"
    for line in case.before or (case.html or "").splitlines():
        yield f"  {line}"
    yield "leaves"
    for line in case.after:
        yield f"  {line}"


@rules_group.command("lint")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS…")
@only_ids
def lint_command(paths: tuple[str, ...], only: tuple[str, ...]) -> None:
    """Check rule files: everything that is wrong with them, in one run.

    Beyond `rules test`, a rule needs a reason, examples for and against, and proof for each condition; its patterns must
    end in time on hostile text, and no shipped rule may remove its spared examples. Exit code 1 when something is wrong.
    """
    from cleanarticle.cli.proofs import run_page_case
    from cleanarticle.linting import lint, read_paths
    from cleanarticle.ruleset import RuleSet

    with rule_errors():
        loaded = read_paths(paths)
    shipped = RuleSet() if _are_shipped(paths) else _shipped_rules()
    found = [*lint(loaded, others=shipped, run_case=run_page_case, only=only), *_taken_ids(loaded, shipped)]
    with quiet_pipe():
        for problem in found:
            click.echo(visible(str(problem)))
        click.echo(f"{counted(len(loaded.rules), 'rule')}, {counted(len(found), 'problem')}")
    sys.exit(1 if found else 0)


def _are_shipped(paths: Iterable[str]) -> bool:
    from cleanarticle.ruleset import shipped_folder

    folder = shipped_folder().resolve()
    return any(Path(path).resolve().is_relative_to(folder) for path in paths)


def _shipped_rules() -> RuleSet:
    from cleanarticle.errors import RuleFileError
    from cleanarticle.linting import read_paths
    from cleanarticle.ruleset import RuleSet, default_rules, shipped_folder

    try:
        return default_rules()
    except RuleFileError as error:  # someone is at work on them: use those that can be used
        click.echo(f"cleanarticle: warning: shipped rule files are broken\n{visible(str(error))}", err=True)
        loaded = read_paths([shipped_folder()])
        return RuleSet(tuple(loaded.rules), tuple(loaded.sites), tuple(loaded.languages))


def _taken_ids(loaded: Loaded, shipped: Iterable[Rule]) -> list[Problem]:
    from cleanarticle.errors import Problem

    taken = {rule.id for rule in shipped}
    message = "a shipped rule has this id: give yours another pack or name"
    return [Problem(loaded.files[rule.id], rule.id, message) for rule in loaded.rules if rule.id in taken]


@rules_group.command("test")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS…")
@only_ids
def test_command(paths: tuple[str, ...], only: tuple[str, ...]) -> None:
    """Run the examples and cases of rule files, and show what is left where they fail.

    Exit code 1 when one fails, 3 when the files can't be used.
    """
    from cleanarticle.cli.proofs import count, failures
    from cleanarticle.errors import RuleFileError
    from cleanarticle.linting import read_paths

    with rule_errors():
        loaded = read_paths(paths)
        if loaded.problems:
            raise RuleFileError(loaded.problems)
    tried = count(loaded, only)
    if not tried.rules:
        raise Failure(f"there are no rules in {', '.join(paths)}" + (f" that begin with {' or '.join(only)}" if only else ""))
    failed = list(failures(loaded, only))
    with quiet_pipe():
        for failure in failed:
            _show_failure(failure)
        total = f"{counted(tried.rules, 'rule')}, {counted(tried.examples, 'example')}, {counted(tried.cases, 'case')}"
        click.echo(f"{total}: {f'{len(failed)} failed' if failed else 'all hold'}")
    sys.exit(1 if failed else 0)


def _show_failure(failure: Failed) -> None:
    from rich.text import Text

    out = console()
    out.print(
        Text(f"{failure.rule}: {failure.proof}", style="bold").append(f"  ({failure.file}; - should be left, + is left)", style="dim")
    )
    for line in difflib.ndiff(failure.expected, failure.left):
        if not line.startswith("?"):
            style = {"-": "red", "+": "green"}.get(line[0], "default")
            out.print(Text("    " + visible(line.rstrip()), style=style))
