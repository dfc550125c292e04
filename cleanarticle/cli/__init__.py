"""The command line: `cleanarticle clean` and `cleanarticle rules …`. What takes time to import is imported by the commands."""

from __future__ import annotations

from typing import Any

import click

from cleanarticle._version import __version__
from cleanarticle.cli.cleaning import clean_command
from cleanarticle.cli.corpora import check_command, diff_command
from cleanarticle.cli.output import EXIT_INTERRUPTED, write_any_letter
from cleanarticle.cli.rules import rules_group

__all__ = ["main"]


class _Main(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; Ctrl-C ends it with an exit code of its own, which for click is 1, as without an article."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("cleanarticle: interrupted", err=True)
            ctx.exit(EXIT_INTERRUPTED)


@click.group(cls=_Main, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cleanarticle")
def main() -> None:
    """Just the article, and an account of everything else.

    \b
    cleanarticle clean page.html                 the article of a page
    cleanarticle clean page.html --show-removed  … and what was taken out, with the rule that asked for it
    cleanarticle rules list --language de        the rules for German
    cleanarticle rules test my_rules/            whether your rules do what their examples say

    \b
    Exit codes:
      0  done
      1  no article (a home page, plain text, a page that can't be fetched), or rules that don't do what they say
      2  wrong use: an unknown option, name or file
      3  rule files that can't be used
      4  the result can't be written: standard output is closed, or the disk is full
    130  interrupted with Ctrl-C
    """
    write_any_letter()


main.add_command(clean_command)
rules_group.add_command(check_command)
rules_group.add_command(diff_command)
main.add_command(rules_group)
