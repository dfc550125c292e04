"""How long a failing match of a pattern can take, found from its parsed form.

A match that fails goes back through its repeats: at worst through every combination of their rounds. A repeat within a
repeat can split one text in ever more ways, unless it has no choice within a round, and a sign that the rest of it can't
match tells where each round begins or ends.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from typing import Any

from cleanarticle.ruleset.shapes import is_anchored, parsed_pattern

from re import _constants as op  # type: ignore[attr-defined]  # isort: skip

_FEW_ROUNDS = 6  # repeats of so few rounds are counted as if they were written out
_LONGEST = 10_000  # characters; longer texts are not matched
_USUAL = 300  # characters of the texts by which branches are compared
_SINGLE = (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY)  # items of one character
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_ROUNDS = re.compile(r"\{(\d+)")
_FOR_EVER = [math.inf] * 100

Rounds = list[float]
"""The most rounds of each of the repeats that a match can go back through at the same time."""


def safe_length(pattern: str, steps: int) -> int:
    """Up to how many characters of text a match of a pattern takes no more than so many steps.

    >>> [safe_length(pattern, 1_000_000) for pattern in (r"^\\w+$", r"^\\w*\\w*$", r"^(?:\\w+ )*$", r"^(?:\\w+ ?)*$")]
    [10000, 1000, 1000, 1]
    """
    parsed = parsed_pattern(pattern)
    rounds = _FOR_EVER if parsed is None else [*_rounds(parsed), *([] if is_anchored(parsed) else [math.inf])]
    low, high = 1, _LONGEST
    while low < high:
        length = (low + high + 1) // 2
        if _steps(rounds, length) <= steps:
            low = length
        else:
            high = length - 1
    return low


def written_out(pattern: str) -> int:
    """How many items a pattern has, at most, when the rounds that it asks for are written out, as its compiler does.

    >>> [written_out(pattern) for pattern in (r"a{3}", r"(?:ab){2,9}", r"(?:a{100}b){100}")]
    [4, 6, 10302]
    """
    parsed = parsed_pattern(pattern)
    if parsed is None:
        return len(pattern) * math.prod(int(rounds) or 1 for rounds in _ROUNDS.findall(pattern))
    return _written_out(parsed)


def _written_out(items: Iterable[Any]) -> int:
    total = 0
    for code, argument in items:
        if code in _REPEATS:
            total += _written_out(argument[2]) * (int(argument[0]) + 1)
        elif code is op.SUBPATTERN:
            total += _written_out(argument[3])
        elif code is op.BRANCH:
            total += sum(map(_written_out, argument[1]))
        elif code in (op.ASSERT, op.ASSERT_NOT):
            total += _written_out(argument[1])
        elif code is op.ATOMIC_GROUP:
            total += _written_out(argument)
        elif code is op.GROUPREF_EXISTS:
            total += sum(_written_out(branch) for branch in argument[1:] if branch)
        else:
            total += 1
    return total


def _steps(rounds: Iterable[float], length: int) -> float:
    return math.prod(min(most, length) for most in rounds)


def _usual_steps(rounds: Iterable[float]) -> float:
    return _steps(rounds, _USUAL)


def _rounds(items: Iterable[Any]) -> Rounds:
    found: Rounds = []
    for code, argument in items:
        if code is op.SUBPATTERN:
            found += _rounds(argument[3])
        elif code is op.BRANCH:
            found += max(map(_rounds, argument[1]), key=_usual_steps)
        elif code in _REPEATS:
            found += _of_repeat(*argument)
        elif code in (op.ASSERT, op.ASSERT_NOT):
            found += _rounds(argument[1])
        elif code is op.ATOMIC_GROUP:
            found += _rounds(argument)
        elif code is op.GROUPREF:
            found.append(math.inf)
    return found


def _of_repeat(low: int, high: Any, body: Any) -> Rounds:
    inner = _rounds(body)
    most = math.inf if high is op.MAXREPEAT else int(high)
    if len(body) == 1 and body[0][0] in _SINGLE:
        return [most - low + 1] if most > low else []
    if most <= _FEW_ROUNDS:
        return inner * int(most)
    return [most, *inner] if _is_delimited(list(body)) else _FOR_EVER


def _is_delimited(body: list[Any]) -> bool:
    """Whether the first or the last character of each round is one that nothing else in it can match, and it is read in one way.

    Choices within the rounds would multiply from round to round.
    """
    while len(body) == 1 and body[0][0] is op.SUBPATTERN:
        body = list(body[0][1][3])
    repeats = [argument[2] for code, argument in body if code in _REPEATS]
    single = [*(code for code, _ in body if code not in _REPEATS), *(inner[0][0] for inner in repeats if len(inner) == 1)]
    if len(repeats) > 1 or any(len(inner) != 1 for inner in repeats) or not all(code in _SINGLE for code in single):
        return False
    return any(
        code is op.LITERAL and not _can_match(rest, chr(argument))
        for (code, argument), rest in ((body[0], body[1:]), (body[-1], body[:-1]))
    )


def _can_match(items: Iterable[Any], char: str) -> bool:
    """Whether one of the items can match a character, as far as that can be told."""
    for code, argument in items:
        if code is op.LITERAL:
            found = chr(argument).casefold() == char.casefold()
        elif code is op.IN:
            found = _has(argument, char)
        elif code is op.SUBPATTERN:
            found = _can_match(argument[3], char)
        elif code is op.ATOMIC_GROUP:
            found = _can_match(argument, char)
        elif code is op.BRANCH:
            found = any(_can_match(branch, char) for branch in argument[1])
        elif code in _REPEATS:
            found = _can_match(argument[2], char)
        else:
            found = code not in (op.AT, op.ASSERT, op.ASSERT_NOT)
        if found:
            return True
    return False


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    op.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
    op.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    op.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}


def _has(members: Any, char: str) -> bool:
    """Whether a class has a character that is no letter."""
    if char.isalnum():
        return True
    found = any(
        (kind is op.LITERAL and value == ord(char))
        or (kind is op.RANGE and value[0] <= ord(char) <= value[1])
        or (kind is op.CATEGORY and _CATEGORIES[value](char))
        for kind, value in members
    )
    return found != (members[0][0] is op.NEGATE)
