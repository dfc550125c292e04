"""The command line (being built): rules lint."""

from __future__ import annotations

import sys

import click

from cleanarticle.linting import lint, read_paths


@click.group()
def main() -> None:
    """cleanarticle"""


@main.group()
def rules() -> None:
    """rule files"""


@rules.command("lint")
@click.argument("paths", nargs=-1, required=True)
@click.option("--only", multiple=True)
def lint_command(paths: tuple[str, ...], only: tuple[str, ...]) -> None:
    """Check rule files."""
    loaded = read_paths(paths)
    found = lint(loaded, only=only)
    for problem in found:
        click.echo(str(problem))
    click.echo(f"{len(loaded.rules)} rules, {len(found)} problems")
    sys.exit(1 if found else 0)
