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
from cleanarticle.cli.output import Failure, RulesFailure, console, counted, rule_errors, standard_output, visible
from cleanarticle.cli.rulefiles import found_in, own_rules, shipped_rules
from cleanarticle.cli.showing import detector_lines, rule_lines, site_lines

if TYPE_CHECKING:
    from cleanarticle.cli.proofs import Failed
    from cleanarticle.errors import Problem
    from cleanarticle.ruleset import Rule, RuleSet
    from cleanarticle.ruleset.loading import Loaded

rules_option = click.option(
    "--rules", "rule_paths", multiple=True, metavar="PATH", help="Rule files of your own, besides the shipped ones."
)
only_ids = click.option("--only", multiple=True, metavar="PREFIX", help="Only packs or rules whose id begins with this, such as en/promo.")


@click.group("rules")
def rules_group() -> None:
    """What rules there are, and whether yours do what they say."""


@rules_group.command("list")
@click.option("--pack", multiple=True, metavar="PREFIX", help="Only ids that begin with this, such as en/promo.")
@click.option("--category", multiple=True, metavar="NAME", type=click.Choice(sorted(CATEGORIES)), help="Only this category.")
@click.option("--language", multiple=True, metavar="CODE", help="Only this language; 'any' and 'sites' are two more.")
@click.option("--counts", is_flag=True, help="How many there are in each pack, instead of the rules.")
@rules_option
def list_command(
    pack: tuple[str, ...], category: tuple[str, ...], language: tuple[str, ...], counts: bool, rule_paths: tuple[str, ...]
) -> None:
    """List rules: id, category and reason, one on each line."""
    from rich.text import Text

    with rule_errors():
        own = own_rules(rule_paths)
        everything = shipped_rules() if own is None else shipped_rules() | own
    _check_names(everything, pack, language)
    chosen = [
        rule
        for rule in everything
        if (not pack or rule.id.startswith(pack))
        and (not category or rule.category in category)
        and (not language or rule.language in language)
    ]
    out = console()
    with standard_output():
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


def _check_names(rules: RuleSet, packs: Iterable[str], languages: Iterable[str]) -> None:
    """Raises BadParameter for a language or the beginning of an id that nothing has."""
    known = {rule.language for rule in rules} | {language.language for language in rules.languages}
    for language in languages:
        if language not in known:
            message = f"there are no rules for {language!r}; there are for {', '.join(sorted(known))}"
            raise click.BadParameter(message, param_hint="--language")
    names = {rule.pack for rule in rules} | {site.pack for site in rules.sites}
    for pack in packs:
        if not any(rule.id.startswith(pack) for rule in rules) and not any(name.startswith(pack) for name in names):
            hint = _near(pack, names, "`cleanarticle rules list --counts` names all packs")
            raise click.BadParameter(f"no id begins with {pack!r}{hint}", param_hint="--pack")


def _near(name: str, known: Iterable[str], otherwise: str) -> str:
    near = difflib.get_close_matches(name, list(known), 3)
    return f"; did you mean {', '.join(near)}?" if near else f": {otherwise}"


@rules_group.command("show")
@click.argument("rule_id", metavar="ID")
@rules_option
def show_command(rule_id: str, rule_paths: tuple[str, ...]) -> None:
    """Show one rule: its words, conditions and examples, and what pages are scanned for before it is tried.

    Detectors (structure/headline) and what a site file prunes (sites/example.com/prune) are shown by their ids too.
    """
    from rich.text import Text

    title, lines = _known_of(rule_id, rule_paths)
    out = console()
    with standard_output():
        out.print(Text(rule_id, style="bold cyan"))
        out.print(Text("  " + visible(title)))
        for label, texts in lines:
            for number, line in enumerate(line for text in texts for line in text.split("\n")):
                out.print(Text(f"  {label if not number else '':15}", style="green").append(visible(line), style="default"))


def _known_of(rule_id: str, rule_paths: Iterable[str]) -> tuple[str, Iterable[tuple[str, list[str]]]]:
    """What a rule, detector or pruning is for, and what is known of it, label by label."""
    from cleanarticle.ruleset import shipped_folder
    from cleanarticle.ruleset.files import contents
    from cleanarticle.ruleset.loading import read_files
    from cleanarticle.structure import BY_ID, PRUNED

    if rule_id in BY_ID:
        return BY_ID[rule_id].reason, detector_lines(BY_ID[rule_id])
    pack = rule_id.rpartition("/")[0]
    with rule_errors():
        own = [file for path in found_in(rule_paths, "--rules") for file in contents(path)]
        shipped = [(str(Path(name).relative_to(shipped_folder())), content) for name, content in contents(shipped_folder())]
    loaded = read_files([*((name, content) for name, content in shipped if pack.encode() in content), *own])  # others can't have it
    rule = next((rule for rule in loaded.rules if rule.id == rule_id), None)
    if rule is not None:
        return rule.reason, rule_lines(rule, loaded.specs[rule_id], loaded.files[rule_id])
    sites = [site for site in loaded.sites if site.prune and site.prune_id == rule_id]
    if sites:
        return PRUNED, site_lines(sites)
    names = {name for name, _ in own}
    if problems := [problem for problem in loaded.problems if problem.rule == rule_id or problem.file in names]:
        raise RulesFailure(f"{rule_id} can't be shown\n" + "\n".join(map(str, problems)))
    raise click.BadParameter(_unknown(rule_id), param_hint="ID")


def _unknown(rule_id: str) -> str:
    from cleanarticle.structure import DETECTORS

    with rule_errors():
        rules = shipped_rules()
    known = [*DETECTORS, *(rule.id for rule in rules), *(site.prune_id for site in rules.sites if site.prune)]
    return f"there is no rule {rule_id!r}{_near(rule_id, known, '`cleanarticle rules list` names them all')}"


@rules_group.command("lint")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS…")
@only_ids
def lint_command(paths: tuple[str, ...], only: tuple[str, ...]) -> None:
    """Check rule files: everything that is wrong with them, in one run.

    Beyond `rules test`, a rule needs a reason, examples for and against, and proof for each condition; its patterns must
    end in time on hostile text, and no shipped rule may remove its spared examples. Exit code 1 when something is wrong.
    """
    from cleanarticle.cli.proofs import chosen_rules, run_page_case
    from cleanarticle.linting import lint
    from cleanarticle.ruleset import RuleSet

    loaded = _loaded(paths)
    rules = chosen_rules(loaded, only)
    words = bool(loaded.languages or loaded.vocabulary or loaded.sites) and not only  # files without rules that are checked too
    if not (rules or words or loaded.problems):
        raise _no_rules(paths, only)
    shipped = RuleSet() if _are_shipped(paths) else _lintable_rules()
    found = [*lint(loaded, others=shipped, run_case=run_page_case, only=only), *_taken_ids(loaded, shipped)]
    with standard_output():
        for problem in found:
            click.echo(visible(str(problem)))
        click.echo(f"{counted(len(rules), 'rule')}, {counted(len(found), 'problem')}")
    sys.exit(1 if found else 0)


def _loaded(paths: Iterable[str]) -> Loaded:
    from cleanarticle.linting import read_paths

    with rule_errors():
        return read_paths(found_in(paths, "PATHS…"))


def _no_rules(paths: Iterable[str], only: Iterable[str]) -> Failure:
    return Failure(f"there are no rules in {', '.join(paths)}" + (f" that begin with {' or '.join(only)}" if only else ""))


def _are_shipped(paths: Iterable[str]) -> bool:
    from cleanarticle.ruleset import shipped_folder

    folder = shipped_folder().resolve()
    return any(Path(path).resolve().is_relative_to(folder) for path in paths)


def _lintable_rules() -> RuleSet:
    from cleanarticle.errors import RuleFileError
    from cleanarticle.linting import read_paths
    from cleanarticle.ruleset import RuleSet, shipped_folder

    try:
        return shipped_rules()
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

    loaded = _loaded(paths)
    with rule_errors():
        if loaded.problems:
            raise RuleFileError(loaded.problems)
    tried = count(loaded, only)
    if not tried.rules:
        raise _no_rules(paths, only)
    failed = list(failures(loaded, only))
    with standard_output():
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
