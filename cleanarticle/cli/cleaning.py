"""`cleanarticle clean`."""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleanarticle.categories import CATEGORIES
from cleanarticle.cli.output import Failure, console, counted, reason_of, rule_errors, visible, write
from cleanarticle.cli.rulefiles import own_rules, shipped_rules

if TYPE_CHECKING:
    from cleanarticle.article import Article
    from cleanarticle.cleaner import Cleaner

FORMATS = ("text", "markdown", "html", "xml", "json")
MAX_BYTES = 80_000_000  # of a file; what is longer is no page
_SOURCE = "FILE|URL|-"
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://|(file|data|javascript):", re.IGNORECASE)
_HOST = re.compile(r"www\.\w|[\w-]+(\.[\w-]+)+/")


@click.command("clean", epilog="\b\n" + textwrap.fill("Categories: " + ", ".join(sorted(CATEGORIES)), 90))
@click.argument("source", metavar=_SOURCE)
@click.option("--text", "is_text", is_flag=True, help="The input is plain text that another tool extracted, one block a line.")
@click.option("--url", help="The page's address: tells which site rules hold and which links are internal.")
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="What to write.")
@click.option("-o", "--output", metavar="FILE", help="Write the article to a file.")
@click.option(
    "--keep-category",
    "keep",
    multiple=True,
    metavar="NAME",
    type=click.Choice(sorted(CATEGORIES)),
    help="Leave these in the text: caption, …",
)
@click.option(
    "--disable",
    multiple=True,
    metavar="PATTERN",
    help="Switch off a rule, pack, language, category or detector: 'en/promo/*', structure/byline.",
)
@click.option(
    "--rules", "rule_paths", multiple=True, metavar="PATH", help="A rule file or folder of your own, layered over the shipped rules."
)
@click.option(
    "--language", "languages", multiple=True, metavar="CODE", help="Use only the rules of this language and those for all. Default: all."
)
@click.option("--links", is_flag=True, help="Keep links, in formats that have them.")
@click.option("--images", is_flag=True, help="Keep images, in formats that have them.")
@click.option("--no-tables", is_flag=True, help="Leave tables out.")
@click.option("--show-removed", is_flag=True, help="List what was removed, by which rule and why, on standard error.")
@click.option("--explain", metavar="WORDS", help="Instead of the article, write why the lines with these words stand or went.")
def clean_command(
    source: str,
    is_text: bool,
    url: str | None,
    form: str,
    output: str | None,
    keep: tuple[str, ...],
    disable: tuple[str, ...],
    rule_paths: tuple[str, ...],
    languages: tuple[str, ...],
    links: bool,
    images: bool,
    no_tables: bool,
    show_removed: bool,
    explain: str | None,
) -> None:
    """Write the article of a page: the body and nothing else.

    The page is a file, an http(s) address, or "-" for standard input.

    Give --keep-category, --disable, --rules and --language more than once to name more than one.

    \b
    Exit codes:
      0  the article was written
      1  there is no article, or the page can't be had; the reason stands on standard error
      2  wrong use: an unknown option, name or file
      3  the rule files given with --rules can't be used
      4  the article can't be written: standard output is closed, or the disk is full
    130  interrupted with Ctrl-C
    """
    if explain is not None and form != "text":
        raise click.UsageError(f"--explain writes explanations, not the article as {form}: leave one of --explain and --format out")
    page, found_url = _read(source)
    article = _article(
        page,
        url or found_url,
        is_text,
        name=source,
        cleaner=_cleaner(
            rule_paths,
            keep_categories=keep,
            disable=disable,
            languages=languages or None,
            links=links,
            images=images,
            tables=not no_tables,
        ),
    )
    if explain is not None:
        explanations = article.explain(explain)
        if not explanations:
            raise Failure(f"{source}: no line of the extracted text has the words {explain!r}")
        write(visible("\n".join(map(str, explanations))) + "\n", output)
        return
    write(_written(article, form), output)
    if show_removed:
        _show_removed(article)
    for warning in article.warnings:
        click.echo(f"cleanarticle: warning: {visible(warning)}", err=True)


def _read(source: str) -> tuple[str | bytes, str | None]:
    """The page, and its address when it came from one."""
    if not source.strip():
        raise click.BadParameter('the name is empty: give a file, an address or "-"', param_hint=_SOURCE)
    if source == "-":
        return _read_input(), None
    scheme = _SCHEME.match(source)
    if scheme is not None:
        name = (scheme[1] or scheme[2]).lower()
        if name not in ("http", "https"):
            raise click.BadParameter(f"{name}: addresses are not fetched, only http and https: give a file by its path", param_hint=_SOURCE)
        from cleanarticle.cli.fetching import fetch

        return fetch(source)
    try:
        with Path(source).open("rb") as file:
            return _limited(file.read(MAX_BYTES + 1), source), None
    except (OSError, ValueError) as error:
        hint = f"; if it is an address, write https://{source}" if isinstance(error, FileNotFoundError) and _HOST.match(source) else ""
        raise click.BadParameter(f"can't read {source}: {reason_of(error)}{hint}", param_hint=_SOURCE) from error


def _read_input() -> bytes:
    if sys.stdin is None:
        raise click.BadParameter("standard input is closed: give a file, or pipe a page into it", param_hint=_SOURCE)
    try:
        return _limited(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")
    except OSError as error:
        raise click.BadParameter(f"can't read standard input: {reason_of(error)}", param_hint=_SOURCE) from error


def _limited(data: bytes, name: str) -> bytes:
    if len(data) > MAX_BYTES:
        raise Failure(f"{name}: too_large: longer than {MAX_BYTES:,} bytes")
    return data


def _cleaner(rule_paths: tuple[str, ...], **options: Any) -> Cleaner:
    from cleanarticle.cleaner import Cleaner

    with rule_errors():
        extra = own_rules(rule_paths)
        try:
            return Cleaner(rules=shipped_rules(), extra_rules=extra, **options)
        except ValueError as error:
            raise click.UsageError(str(error)) from error


def _article(page: str | bytes, url: str | None, is_text: bool, *, name: str, cleaner: Cleaner) -> Article:
    from cleanarticle.errors import ExtractionError
    from cleanarticle.extraction import decode

    try:
        if not is_text:
            return cleaner.clean(page, url)
        return cleaner.clean_text(page if isinstance(page, str) else decode(page), url)
    except ExtractionError as error:
        raise Failure(f"{name}: {error.reason}: {str(error).replace('clean_text()', '--text')}") from error


def _written(article: Article, form: str) -> str:
    text = article.to_json(indent=2) if form == "json" else article.text if form == "text" else str(getattr(article, f"to_{form}")())
    return text if text.endswith("\n") or not text else text + "\n"


def _show_removed(article: Article) -> None:
    from rich.text import Text

    out = console(stderr=True)
    for removal in article.removals:
        out.print(Text("- " + visible(" ".join(removal.text.split())), style="red"))
        out.print(Text("    " + removal.rule, style="cyan").append(f"  {removal.category}: {visible(removal.reason)}", style="default"))
    out.print(Text(f"{counted(len(article.removals), 'removal')}", style="bold"))
