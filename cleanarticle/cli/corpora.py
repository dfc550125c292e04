"""`cleanarticle rules check` and `rules diff`: what rules do to many pages."""

from __future__ import annotations

import html
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleanarticle.cli.output import console, counted, rule_errors, standard_output, visible, write
from cleanarticle.cli.rulefiles import found_in, own_rules, shipped_rules

if TYPE_CHECKING:
    from cleanarticle.article import Article
    from cleanarticle.checking import Change, RuleReport
    from cleanarticle.cleaner import Cleaner
    from cleanarticle.corpus import CorpusPage
    from cleanarticle.ruleset import RuleSet

_SHIPPED = "shipped"
_SHOWN = 110  # characters of a line that are shown in a table

_part = click.option("--part", type=click.Choice(["tune", "check"]), help="Only the pages of two thirds of the sites, or of the others.")
_workers = click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Processes that clean.")
_corpus = click.argument("corpus", metavar="CORPUS", type=click.Path(path_type=Path))


@click.command("check")
@_corpus
@click.option("--rules", "rule_paths", multiple=True, metavar="PATH", help="Rule files of your own, besides the shipped ones.")
@click.option("--only", multiple=True, metavar="PREFIX", help="Only rules whose id begins with this, such as en/promo.")
@click.option("--examples", default=3, show_default=True, type=click.IntRange(min=0), help="How many lines of each rule are shown.")
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
@_part
@_workers
def check_command(
    corpus: Path, rule_paths: tuple[str, ...], only: tuple[str, ...], examples: int, as_json: bool, part: str | None, workers: int
) -> None:
    """Run all rules over a corpus, and tell for each: hits, hits on the article, pages, sites, languages, lines.

    CORPUS is a folder of .html files, each with its article in a .txt file beside it where that is known, or a .jsonl file
    (also .gz) with html, url, id, gold, labels and language of a page on each line. Pages of a third of the sites are the
    check part: they are counted, and their lines never shown.

    \b
    Exit codes: 0 when no rule hit a line of the article, 1 when one did, 2 for wrong use, 3 for rule files that can't be used
    """
    from cleanarticle.checking import check
    from cleanarticle.cleaner import Cleaner

    with rule_errors():
        own = own_rules(rule_paths)
        rules = shipped_rules() if own is None else shipped_rules() | own
    _check_only(only, rules)
    cleaner = Cleaner(rules=rules)
    refused: Counter[str] = Counter()
    reports = [
        report
        for report in check(_cleaned(cleaner, _pages(corpus, part), workers, refused), examples)
        if not only or any(report.rule.startswith(prefix) for prefix in only)
    ]
    if as_json:
        _write_json(list(map(_plain_report, reports)))
    else:
        _print_reports(reports)
    _tell_refused(refused)
    on_gold = sum(report.gold for report in reports)
    click.echo(
        f"{counted(len(reports), 'rule')}, {counted(sum(r.hits for r in reports), 'hit')}, {on_gold} of them on the article", err=True
    )
    if on_gold:
        raise click.exceptions.Exit(1)


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@_corpus
@click.option("--html", "page", metavar="FILE", help="Write what changes as an HTML page too.")
@click.option("--json", "as_json", is_flag=True, help="Write what changes as JSON.")
@_part
@_workers
def diff_command(old: str, new: str, corpus: Path, page: str | None, as_json: bool, part: str | None, workers: int) -> None:
    """Show what a change of rules newly removes from a corpus, and what it no longer removes.

    OLD and NEW are folders or files with all the rules, or "shipped" for those that come with the library; CORPUS is as for
    `rules check`.
    """
    from cleanarticle.checking import changes
    from cleanarticle.cleaner import Cleaner

    with rule_errors():
        cleaners = [Cleaner(rules=_rules_of(name)) for name in (old, new)]
    refused: Counter[str] = Counter()
    both = [
        _cleaned(cleaner, _pages(corpus, part), workers, counter) for cleaner, counter in zip(cleaners, (refused, Counter()), strict=True)
    ]
    found = list(changes(*both))
    if page is not None:
        write(_html(found, old, new), page)
    if as_json:
        _write_json([_plain_change(change) for change in found])
    else:
        _print_changes(found)
    _tell_refused(refused)
    gone = sum(change.removed for change in found)
    click.echo(f"{counted(gone, 'line')} newly removed, {len(found) - gone} no longer", err=True)


def _check_only(only: Iterable[str], rules: RuleSet) -> None:
    """Raises BadParameter for the beginning of an id that nothing has."""
    from cleanarticle.structure import DETECTORS

    ids = [*(rule.id for rule in rules), *(site.prune_id for site in rules.sites if site.prune), *DETECTORS]
    for prefix in only:
        if not any(name.startswith(prefix) for name in ids):
            raise click.BadParameter(
                f"no id begins with {prefix!r}: `cleanarticle rules list --counts` names all packs", param_hint="--only"
            )


def _rules_of(name: str) -> RuleSet:
    from cleanarticle.ruleset import load_rules

    return shipped_rules() if name == _SHIPPED else load_rules(*found_in([name], "OLD and NEW"))


def _pages(corpus: Path, part: str | None) -> Callable[[], Iterator[CorpusPage]]:
    from cleanarticle.corpus import read_corpus

    return lambda: (page for page in read_corpus(corpus) if part is None or page.part == part)


def _cleaned(
    cleaner: Cleaner, pages: Callable[[], Iterator[CorpusPage]], workers: int, refused: Counter[str]
) -> Iterator[tuple[CorpusPage, Article]]:
    """Each page that is an article, with it; what is not is counted by its reason."""
    from cleanarticle.corpus import CorpusError
    from cleanarticle.many import Page, PageError, clean_many

    known, given = itertools.tee(pages())
    try:
        results = clean_many(cleaner, (Page(page.html, page.url, page.id) for page in given), workers)
        for page, result in zip(known, results, strict=True):
            if isinstance(result, PageError):
                refused[str(result.error)] += 1
            else:
                yield page, result
    except CorpusError as error:
        raise click.BadParameter(str(error), param_hint="CORPUS") from error


def _print_reports(reports: Iterable[RuleReport]) -> None:
    from rich.text import Text

    out = console()
    with standard_output():
        out.print(Text("   hits  article  pages  sites  rule", style="bold"))
        for report in reports:
            figures = f"{report.hits:7,}  {report.gold:7,}  {report.pages:5,}  {len(report.sites):5,}  "
            languages = " ".join(language or "?" for language, _ in report.languages.most_common(5))
            out.print(Text(figures, style="red" if report.gold else "default").append(report.rule, style="cyan").append(f"  {languages}"))
            for example in report.examples:
                mark = "article" if example.is_gold else ""
                out.print(
                    Text(f"{mark:>16}  ", style="red").append(_line(example.text), style="default").append(f"  ({visible(example.page)})")
                )


def _print_changes(found: Iterable[Change]) -> None:
    from rich.text import Text

    out = console()
    with standard_output():
        for change in found:
            mark = Text("+ " if change.removed else "- ", style="red" if change.removed else "green")
            what = "article  " if change.is_gold else ""
            mark.append(", ".join(change.rules) or "?", style="cyan").append(f"  {what}", style="red")
            out.print(
                mark.append(f"{_line(change.text) or '(check part)'}  ({visible(change.page) if change.text else ''})", style="default")
            )


def _line(text: str) -> str:
    shown = visible(" ".join(text.split()))
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"


def _tell_refused(refused: Counter[str]) -> None:
    for reason, number in refused.most_common():
        click.echo(f"left out, {counted(number, 'page')}: {visible(reason)}", err=True)


def _write_json(data: Any) -> None:
    import msgspec

    write(msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n", None)


def _plain_report(report: RuleReport) -> dict[str, Any]:
    import msgspec

    plain: dict[str, Any] = msgspec.to_builtins(report)
    return {**plain, "sites": len(report.sites)}


def _plain_change(change: Change) -> dict[str, Any]:
    import msgspec

    plain: dict[str, Any] = msgspec.to_builtins(change)
    return plain


_STYLE = "body{font:16px sans-serif;max-width:70em;margin:2em auto}td{vertical-align:top;padding:.3em .8em}.gold{background:#fdd}"


def _html(found: Iterable[Change], old: str, new: str) -> str:
    rows = []
    for change in sorted(found, key=lambda change: (not change.is_gold, not change.removed, change.rules)):
        cells = [
            "removed" if change.removed else "left",
            ", ".join(change.rules),
            change.text or "(check part)",
            change.page if change.text else "",
        ]
        style = ' class="gold"' if change.is_gold else ""
        rows.append(f"<tr{style}>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>")
    title = html.escape(f"{old} → {new}")
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head>'
        f"<body><h1>{title}</h1><p>Lines of the article are marked.</p><table>"
        "<tr><th>now</th><th>rules</th><th>line</th><th>page</th></tr>" + "\n".join(rows) + "</table></body></html>\n"
    )
