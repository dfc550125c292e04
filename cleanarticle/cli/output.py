"""How commands speak: errors with their exit code, and text for people with colours where they are seen."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

EXIT_BROKEN_PIPE = 141  # what shells report of programs that ended because nobody read on
_CONTROL = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}


class Failure(click.ClickException):
    """There is no result; exit code 1."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"cleanarticle: {visible(self.message)}", file=file, err=True)


class RulesFailure(Failure):
    """Rule files can't be used; exit code 3."""

    exit_code = 3


@contextmanager
def rule_errors() -> Iterator[None]:
    """Turns a RuleFileError into its message, one line for each problem, and exit code 3."""
    from cleanarticle.errors import RuleFileError

    try:
        yield
    except RuleFileError as error:
        raise RulesFailure("the rule files can't be used\n" + "\n".join(map(str, error.problems))) from error


def visible(text: str) -> str:
    """Text from a page or rule file without what a terminal would obey."""
    return text.translate(_CONTROL)


def counted(number: int, noun: str) -> str:
    """A number of things.

    >>> counted(1, "rule"), counted(1200, "rule")
    ('1 rule', '1,200 rules')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def console(*, stderr: bool = False) -> Console:
    """A console that writes text as it is: coloured on terminals only, never wrapped, nothing in it interpreted."""
    from rich.console import Console

    class OwnConsole(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # for quiet_pipe()

    return OwnConsole(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)


def write(text: str, path: str | None = None) -> None:
    """Writes a result as UTF-8 to a file, or to standard output when there is none."""
    if path is not None and path != "-":
        try:
            with open(path, "w", encoding="utf-8", errors="replace", newline="\n") as file:
                file.write(text)
        except OSError as error:
            raise click.BadParameter(f"can't write to {path}: {error.strerror}", param_hint="-o") from error
        return
    with quiet_pipe():
        if sys.stdout.isatty():
            click.echo(text, nl=False)
            return
        stream = sys.stdout.buffer
        stream.write(text.encode("utf-8", "replace"))
        stream.flush()


@contextmanager
def quiet_pipe() -> Iterator[None]:
    """Ends the program without a word when nobody reads what it writes, as in `cleanarticle … | head -1`."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would try to write the rest once more on its way out
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_BROKEN_PIPE)
