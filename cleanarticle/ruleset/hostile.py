"""Texts that a pattern nearly matches: what it asks for up to a repeat, then many rounds of that repeat.

A pattern that can split such a text in ever more ways takes for ever to find that none of them is a match.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cleanarticle.ruleset.shapes import parsed_pattern

from re import _constants as op  # type: ignore[attr-defined]  # isort: skip

_FEW_ROUNDS = 6  # repeats of no more rounds can't go back through many
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_CATEGORIES = {op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " ", op.CATEGORY_NOT_WORD: "-"}
_OTHERS = "a1 -A.é"  # characters of which one is in nearly every class that leaves some out


def beginnings_and_rounds(pattern: str) -> Iterator[tuple[str, str]]:
    """For each repeat of a pattern: what can stand before it, and what a round of it can be.

    >>> sorted(set(beginnings_and_rounds(r"zebras? (?:\\w+\\s?)*$")))
    [('zebra ', 'a'), ('zebra ', 'a ')]
    """
    parsed = parsed_pattern(pattern)
    return iter(()) if parsed is None else _repeats(parsed, "")


def _repeats(items: Iterable[Any], before: str) -> Iterator[tuple[str, str]]:
    for code, argument in items:
        if code in _REPEATS and argument[1] > _FEW_ROUNDS:
            for branch in _branches(argument[2]):
                yield before, _sample(branch, 0)
                yield before, _sample(branch, 1)
        for inner in _inner(code, argument):
            yield from _repeats(inner, before)
        before += _sample([(code, argument)], 0)


def _branches(body: Any) -> list[Any]:
    """The choices that a round begins with, or the round itself."""
    items = list(body)
    while len(items) == 1 and items[0][0] is op.SUBPATTERN:
        items = list(items[0][1][3])
    return list(items[0][1][1]) if len(items) == 1 and items[0][0] is op.BRANCH else [items]


def _inner(code: Any, argument: Any) -> list[Any]:
    """The sequences of items within an item that stand in the text."""
    if code is op.SUBPATTERN:
        return [argument[3]]
    if code is op.BRANCH:
        return list(argument[1])
    if code in _REPEATS:
        return [argument[2]]
    return [argument] if code is op.ATOMIC_GROUP else []


def _sample(items: Iterable[Any], optional: int) -> str:
    """A text that items match as far as can be told, with so many rounds of what may be left out."""
    return "".join(_sampled(code, argument, optional) for code, argument in items)


def _sampled(code: Any, argument: Any, optional: int) -> str:
    if code is op.LITERAL:
        return chr(argument)
    if code is op.IN:
        return _member(argument)
    if code is op.NOT_LITERAL:
        return "a" if argument != ord("a") else "b"
    if code is op.ANY:
        return "a"
    if code in _REPEATS:
        return _sample(argument[2], optional) * int(max(argument[0], min(optional, argument[1])))
    inner = _inner(code, argument)
    return _sample(inner[0], optional) if inner else ""


def _member(members: Any) -> str:
    """A character of a class."""
    if members[0][0] is op.NEGATE:
        return next((char for char in _OTHERS if not any(_is_member(char, *member) for member in members[1:])), "\u2603")
    kind, value = members[0]
    if kind is op.CATEGORY:
        return _CATEGORIES.get(value, "a")
    return chr(value if kind is op.LITERAL else value[0])


def _is_member(char: str, kind: Any, value: Any) -> bool:
    if kind is op.CATEGORY:
        return {
            op.CATEGORY_DIGIT: char.isdecimal(),
            op.CATEGORY_NOT_DIGIT: not char.isdecimal(),
            op.CATEGORY_SPACE: char.isspace(),
            op.CATEGORY_NOT_SPACE: not char.isspace(),
            op.CATEGORY_WORD: char.isalnum(),
            op.CATEGORY_NOT_WORD: not char.isalnum(),
        }[value]
    return ord(char) == value if kind is op.LITERAL else bool(value[0] <= ord(char) <= value[1])
