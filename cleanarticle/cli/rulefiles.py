"""Rule files for the commands: those that are shipped, and the user's own."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleanarticle.cli.output import rule_errors

if TYPE_CHECKING:
    from cleanarticle.ruleset import RuleSet


def shipped_rules() -> RuleSet:
    """The rules that come with the library; a person who waits for them at a terminal is told why."""
    from cleanarticle.ruleset import cache, default_rules

    with cache.when_missing(_tell_of_preparing):
        return default_rules()


def _tell_of_preparing() -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo("cleanarticle: the rules are being prepared: this takes half a minute, and happens once", err=True)


def own_rules(paths: Iterable[str]) -> RuleSet | None:
    """The rules given with --rules; None when there are none."""
    from cleanarticle.ruleset import load_rules

    given = found_in(paths, "--rules")
    return load_rules(*given) if given else None


def found_in(paths: Iterable[str], option: str) -> list[Path]:
    """The rule files of these paths. A folder without one is wrong use: rules that someone relies on would be missing."""
    from cleanarticle.ruleset.files import rule_files

    files: list[Path] = []
    with rule_errors():
        for path in paths:
            found = rule_files(Path(path))
            if not found:
                raise click.BadParameter(f"there is no rule file in {path}: their names end in .toml", param_hint=option)
            files += found
    return files
