"""Compiled patterns as data: what a cache restores is what compiling gives, and nothing else is read from it."""

from __future__ import annotations

import contextlib
import os
import pickle
from pathlib import Path

import pytest

from cleanarticle.ruleset import default_rules
from cleanarticle.ruleset.anchors import joined_patterns
from cleanarticle.ruleset.patterns import Patterns, Program, program

PATTERN = r"^\W*photos? by (?-i:\p{Lu})[\p{L}'-]+"
TEXTS = ["Photo by Ann", "* photos by O'Neil", "photo by ann", "a photo by Ann", ""]


def found(patterns: Patterns) -> list[bool]:
    return [patterns[PATTERN].search(text) is not None for text in TEXTS]


def test_a_restored_pattern_matches_as_the_compiled_one_does() -> None:
    """Where data of a pattern is at hand it is used, and finds the same."""
    assert found(Patterns({PATTERN: program(PATTERN)})) == found(Patterns()) == [True, True, False, False, False]


@pytest.mark.parametrize("data", [b"", b"no pickle", program("x").data[:-4], pickle.dumps("a text")])
def test_data_that_is_no_pattern_is_passed_over(data: bytes) -> None:
    """Broken data costs the time of compiling and nothing else."""
    assert found(Patterns({PATTERN: Program(data, 100, True)})) == found(Patterns())


class Intruder:
    """What a crafted cache would hold: a call that writes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


def test_data_that_calls_something_else_is_not_run(tmp_path: Path) -> None:
    """Reading a pattern can make a pattern and nothing else."""
    target = tmp_path / "made"
    assert found(Patterns({PATTERN: Program(pickle.dumps(Intruder(target)), 100, True)})) == found(Patterns())
    assert not target.exists()


def test_every_shipped_pattern_comes_compiled() -> None:
    """The rules that come with the library need no compiling after the first start."""
    rules = default_rules()
    joined = {each.pattern for each in joined_patterns(rules.select().rules)}
    assert {pattern for rule in rules for pattern in rule.regex + rule.unless_regex} | joined == set(rules.programs)


UNSAFE = {
    "a repeat of repeats": r"^(?:a+)+$",
    "a repeat of a choice of repeats": r"^(?:a+|b)*$",
    "three repeats that overlap": r"^\w*\w*\w*$",
    "rounds that can each be split in two": r"^(?:\w*\w* )*$",
    "rounds that can each be read in two ways": r"^(?:(?:\w+|\S+) )*$",
}


@pytest.mark.parametrize("pattern", UNSAFE.values(), ids=UNSAFE)
def test_patterns_that_can_run_for_ever_are_stopped(pattern: str) -> None:
    """What could take longer than a moment has a time limit."""
    text = "a" * 3_000 + "!"
    with contextlib.suppress(TimeoutError):
        Patterns()[pattern].search(text)
    assert len(text) > program(pattern).safe_length


@pytest.mark.parametrize("name", ["rounds that can each be split in two", "rounds that can each be read in two ways"])
def test_choices_within_rounds_are_known_to_multiply(name: str) -> None:
    """Twenty short words are enough to keep such a pattern busy: only a few characters are safe."""
    assert program(UNSAFE[name]).safe_length < 10
