"""The rule files that a path names, and their content."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from cleanarticle.errors import Problem, RuleFileError

MAX_FILE = 5_000_000  # bytes; the largest shipped file has a hundredth of it


def rule_files(path: Path) -> list[Path]:
    """The rule files of a folder (at any depth, sorted) or the one file that `path` is."""
    try:
        if path.is_dir():
            return sorted(file for folder in _folders(path) for file in folder.glob("*.toml") if file.is_file())
        if path.exists():
            return [path]
    except OSError as error:
        raise _unreadable(path, error) from error
    raise RuleFileError([Problem(str(path), "", "there is no such file or folder: check the path")])


def _folders(path: Path) -> Iterator[Path]:
    """A folder and those in it; OSError for one that can't be looked into."""

    def fail(error: OSError) -> None:
        raise error

    return (Path(folder) for folder, _, _ in os.walk(path, onerror=fail))


def contents(path: Path) -> list[tuple[str, bytes]]:
    """Name and content of the rule files that a path names; of one that is too large, no more than shows it."""
    found: list[tuple[str, bytes]] = []
    for file in rule_files(path):
        try:
            with file.open("rb") as opened:
                found.append((str(file), opened.read(MAX_FILE + 1)))
        except OSError as error:
            raise _unreadable(file, error) from error
    return found


def _unreadable(path: Path, error: OSError) -> RuleFileError:
    return RuleFileError([Problem(str(path), "", f"can't be read ({error.strerror}): check the path, and who may read it")])
