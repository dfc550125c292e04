"""Signs and digits that every match of a pattern has, found from its parsed form.

Most lines of an article have no bracket, colon or digit: one look tells that a pattern which needs one can't match there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from cleanarticle.folding import fold
from cleanarticle.ruleset.spaced import is_letter

from re import _constants as op  # type: ignore[attr-defined]  # isort: skip

DIGIT = "0"
"""Stands for all digits."""

Signs = frozenset[str]

_EVERYWHERE = frozenset(".,'\"")  # half of the lines have one of them
_MOST_SIGNS = 8


def needed_signs(parsed: Any) -> tuple[Signs, ...]:
    """Sets of signs: each match of a parsed pattern has one of every set, or stands in a text that has.

    Only sets that say something, the smallest first.

    >>> from cleanarticle.ruleset.shapes import parsed_pattern
    >>> [sorted(signs) for signs in needed_signs(parsed_pattern(r"^photo ?[:|] .{2,40} \\((?:19|20)\\d\\d\\)$"))]
    [['('], [')'], ['0'], [':', '|']]
    """
    told = {signs for signs in _needed(parsed) if signs.isdisjoint(_EVERYWHERE) and len(signs) <= _MOST_SIGNS}
    return tuple(sorted(told, key=lambda signs: (len(signs), sorted(signs))))


def _needed(items: Iterable[Any]) -> list[Signs]:
    found: list[Signs] = []
    for code, argument in items:
        if code is op.SUBPATTERN:
            found += _needed(argument[3])
        elif code is op.ATOMIC_GROUP:
            found += _needed(argument)
        elif code is op.ASSERT:
            found += _needed(argument[1])
        elif code is op.BRANCH:
            found += _of_either([_needed(branch) for branch in argument[1]])
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            found += _needed(argument[2]) if argument[0] > 0 else []
        elif code is op.IN:
            found += _of_either([_of_member(*member) for member in argument])
        elif code is op.LITERAL:
            found += _of_char(chr(argument))
    return found


def _of_either(branches: Sequence[list[Signs]]) -> list[Signs]:
    """What is needed whichever of the branches matches."""
    if not all(branches):
        return []
    return [frozenset[str]().union(*(min(sets, key=lambda signs: (not signs.isdisjoint(_EVERYWHERE), len(signs))) for sets in branches))]


def _of_member(kind: Any, value: Any) -> list[Signs]:
    if kind is op.LITERAL:
        return _of_char(chr(value))
    is_digits = (kind is op.CATEGORY and value is op.CATEGORY_DIGIT) or (kind is op.RANGE and ord("0") <= value[0] and value[1] <= ord("9"))
    return [frozenset([DIGIT])] if is_digits else []


@lru_cache(maxsize=4096)
def _of_char(char: str) -> list[Signs]:
    if char.isdecimal():
        return [frozenset([DIGIT])]
    folded = fold(char).text
    if not folded or folded.isspace() or any(map(is_letter, folded)) or any(map(str.isalnum, folded)):
        return []
    return [frozenset(folded[:1])]
