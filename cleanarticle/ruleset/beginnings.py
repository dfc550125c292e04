"""How matches of a pattern begin: the first letters of each of them, found from its parsed form.

Most patterns begin with ^, and with one of a few words. One look at the first letters of a line tells that they can't match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from cleanarticle.ruleset.shapes import BEGINNING, folded_char, no_letters
from cleanarticle.ruleset.signs import DIGIT
from cleanarticle.ruleset.spaced import is_letter, is_unspaced, parted

from re import _constants as op  # type: ignore[attr-defined]  # isort: skip

HEAD_SIZES = (14, 8, 5, 3, 2, 1)
"""How many letters of a beginning are looked at: as many of these as it has."""

# Beginnings of one pattern, by their letters: with more of them, or longer ones, fewer patterns are tried in vain, by 3 % at
# twice as many, but the table of all grows out of the processor's caches.
_MOST = {14: 60, 8: 200}
_MOST_SHORT = 400
_MOST_MEMBERS = 12  # characters of a class that are written out
_FEW_ROUNDS = 3
_ENOUGH = 4  # letters of beginnings that need not be longer where there would be too many

_ANY_DIGIT = re.compile(r"\d")
_ASCII_DIGITS = dict.fromkeys(map(ord, "0123456789"), DIGIT)

Texts = frozenset[str]
_NOTHING: Texts = frozenset([""])
_NONE: Texts = frozenset()
_SPACE: Texts = frozenset([" "])
_ANY: tuple[Texts, Texts] = (_NONE, _NOTHING)


class _TooManyError(Exception):
    """More beginnings than are worth looking for."""


def head(text: str) -> str:
    """As much of a literal that leads a line as is looked for.

    >>> head("24 hours"), head("24 hours a day, 7 days a week")
    ('00 hours', '00 hours a day')
    """
    return digitless(text[: next(size for size in HEAD_SIZES if size <= max(1, len(text)))])


def digitless(text: str) -> str:
    """The text with `DIGIT` for each digit, as beginnings are written."""
    return text.translate(_ASCII_DIGITS) if text.isascii() else _ANY_DIGIT.sub(DIGIT, text)


def beginnings(parsed: Any) -> Texts:
    """The first letters of what a parsed pattern matches, from the first that is a letter or digit; none when any can be.

    They are letters of the spaced text, with `DIGIT` for each digit, and no more of them than are enough to tell.

    >>> from cleanarticle.ruleset.shapes import parsed_pattern
    >>> sorted(beginnings(parsed_pattern(r"^\\W*(?:page )?(?:\\d|no) of \\w+")))
    ['0 of ', 'no of', 'page 0 o', 'page no ']
    """
    items = list(parsed)
    while len(items) == 1 and items[0][0] is op.SUBPATTERN:
        items = list(items[0][1][3])
    if not items or items[0] != BEGINNING:
        return _NONE
    at = 1
    while at < len(items) and no_letters(*items[at]):
        at += 1
    for letters in HEAD_SIZES:
        try:
            found = frozenset().union(*_sequence(items[at:], letters + 1, _MOST.get(letters, _MOST_SHORT)))  # a space may come off
        except _TooManyError:
            continue
        heads = frozenset(map(head, (parted(text).lstrip(" ")[:letters] for text in found)))
        return _NONE if "" in heads else frozenset(text for text in heads if not any(text[:size] in heads for size in range(1, len(text))))
    return _NONE


def _sequence(items: Iterable[Any], letters: int, most: int) -> tuple[Texts, Texts]:
    """How matches begin that end within so many letters and may go on, and how all others do."""
    going: Texts = _NOTHING
    done: Texts = _NONE
    for code, argument in items:
        following = _item(code, argument, letters, most)
        longer, more = _joined(going, following, letters)
        if len(longer) + len(done | more) > most:
            enough = frozenset(text for text in going if _is_enough(text))
            done |= enough
            longer, more = _joined(going - enough, following, letters)
            if len(longer) + len(done | more) > most:
                raise _TooManyError
        going = longer
        done |= more
        if not going:
            break
    return going, done


def _is_enough(text: str) -> bool:
    return len(text) >= _ENOUGH or (len(text) >= _ENOUGH / 2 and is_unspaced(text[0]))


def _joined(going: Texts, following: tuple[Texts, Texts], letters: int) -> tuple[Texts, Texts]:
    both = [frozenset((before + after)[:letters] for before in going for after in each) for each in following]
    long = frozenset(text for text in both[0] if len(text) == letters)
    return both[0] - long, both[1] | long


def _item(code: Any, argument: Any, letters: int, most: int) -> tuple[Texts, Texts]:
    if code is op.LITERAL:
        return frozenset([_spelled(argument)]), _NONE
    if code in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return _NOTHING, _NONE
    if code is op.IN:
        return _members(argument)
    if code is op.SUBPATTERN:
        return _sequence(argument[3], letters, most)
    if code is op.ATOMIC_GROUP:
        return _sequence(argument, letters, most)
    if code is op.BRANCH:
        branches = [_sequence(branch, letters, most) for branch in argument[1]]
        return _NONE.union(*(going for going, _ in branches)), _NONE.union(*(done for _, done in branches))
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        low, high, body = argument
        return _repeat(low, high, body, letters, most)
    return _ANY


def _members(members: Any) -> tuple[Texts, Texts]:
    """The characters of a class, as far as they are few."""
    found: set[str] = set()
    for kind, value in members:
        if kind is op.LITERAL:
            found.add(_spelled(value))
        elif kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
            found.add(DIGIT)
        elif kind is op.CATEGORY and value is op.CATEGORY_SPACE:
            found.add(" ")
        elif kind is op.RANGE and value[1] - value[0] <= _MOST_MEMBERS:
            found |= set(map(_spelled, range(value[0], value[1] + 1)))
        else:
            return _ANY
    return (frozenset(found), _NONE) if len(found) <= _MOST_MEMBERS else _ANY


def _repeat(low: int, high: Any, body: Any, letters: int, most: int) -> tuple[Texts, Texts]:
    once = _sequence(body, letters, most)
    if once[0] == _SPACE and not once[1] and _is_white(body):  # white space is one space in the text
        return (_NOTHING if low == 0 else _NONE) | _SPACE, _NONE
    if high > _FEW_ROUNDS and len(once[0]) > 1 and all(len(text) < 2 for text in once[0]):
        return _ANY  # each round would double them
    going, done = _NOTHING, _NONE
    ended = going if low == 0 else _NONE
    for number in range(1, min(int(high), letters) + 1):
        longer, more = _joined(going, once, letters)
        if len(longer) + len(done | more) + len(ended) > most:
            if number == 1:
                raise _TooManyError
            return ended, done | going
        going = longer
        done |= more
        ended |= going if number >= low else _NONE
        if not going or going <= _NOTHING:
            break
    # rounds that are not written out are as long as the letters asked for, or match nothing
    return ended or going, done


def _is_white(body: Any) -> bool:
    code, argument = body[0]
    return len(body) == 1 and (
        (code is op.IN and list(argument) == [(op.CATEGORY, op.CATEGORY_SPACE)]) or (code is op.LITERAL and chr(argument).isspace())
    )


def _spelled(code: int) -> str:
    """A character as the spaced text has it, with one digit for all."""
    if chr(code).isdecimal():
        return DIGIT
    return "".join(char if is_letter(char) else " " for char in folded_char(chr(code)))
