"""The parsed form of a pattern, and what it tells of every match: where words end, how wide it is.

The standard library's parser reads the pattern; what only the `regex` module knows is first rewritten into something that
matches at least as much.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from cleanarticle.folding import fold
from cleanarticle.ruleset.spaced import is_letter, literal

from re import _constants as op, _parser as parser  # type: ignore[attr-defined]  # isort: skip

_MAX_WIDTH = 5_000  # characters; a wider pattern has no bound worth knowing
# what only the regex module knows: its classes and what they are rewritten into, which matches at least as much
_SPECIAL = re.compile(
    r"(?P<members>\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\])|(?P<property>\\[pP](?:\{\^?[\w=: &-]+\}|\w))|\\.|\(\?\|", re.DOTALL
)
_EXTENDED_CLASS = re.compile(r"\\[pP]|\[:")
_NO_SPACES = re.compile(r"\\p(?:\{(?:[LMNPS][a-z]?|Latin|Cyrillic|Greek|Han|Hiragana|Katakana|Hangul|Arabic|Hebrew|Thai)\}|[LMNPS])")
_ONLY_IN_REGEX = {"(?|": "(?:", r"\K": "", r"\X": ".", r"\R": ".", r"\h": "."}
_FUZZY = re.compile(r"\{[^{}]*[eids]\s*[<=>]|\(\?[a-zA-Z]*[befrw][a-zA-Z]*[:)]|\\[LGN]")
_ANYTHING = r"[\s\S]"
_NO_SPACE = r"\S"
_LETTERS_AND_NUMBERS = re.compile(r"\[\^\\p\{L\}\\p\{N\}")
_NO_LETTERS = r"[\W_]"
BEGINNING = (op.AT, op.AT_BEGINNING)
_ENDS = ((op.AT, op.AT_END), (op.AT, op.AT_END_STRING))
_A_LETTER = [(op.IN, [(op.CATEGORY, op.CATEGORY_WORD)])]


@lru_cache(maxsize=16384)
def parsed_pattern(pattern: str) -> Any:
    """A pattern as the standard library's parser reads it; None when it can't."""
    if _FUZZY.search(pattern):
        return None
    try:
        return parser.parse(_SPECIAL.sub(_plain, pattern), re.IGNORECASE)
    except (re.error, RecursionError, OverflowError):
        return None


def _plain(found: re.Match[str]) -> str:
    text = found.group()
    if found.lastgroup == "members":
        return _plain_class(text)
    if found.lastgroup == "property":
        return _NO_SPACE if _NO_SPACES.fullmatch(text) else _ANYTHING
    return _ONLY_IN_REGEX.get(text, text)


def _plain_class(text: str) -> str:
    if text.startswith("[^"):
        plain = _NO_LETTERS if _LETTERS_AND_NUMBERS.match(text) else text
    else:
        plain = _NO_SPACES.sub(lambda _: _NO_SPACE, text)
    return _ANYTHING if _EXTENDED_CLASS.search(plain[1:]) else plain


def stands_alone(pattern: str) -> bool:
    """Whether a pattern means the same as part of another: it has no references to groups, and sets no flags for itself."""
    parsed = parsed_pattern(pattern)
    return parsed is not None and parsed.state.flags & ~(re.IGNORECASE | re.UNICODE) == 0 and not _refers(parsed)


def _refers(sequence: Any) -> bool:
    for code, argument in sequence:
        if code in (op.GROUPREF, op.GROUPREF_EXISTS):
            return True
        if code is op.BRANCH:
            inner = argument[1]
        elif code is op.SUBPATTERN:
            inner = [argument[3]]
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            inner = [argument[2]]
        elif code in (op.ASSERT, op.ASSERT_NOT):
            inner = [argument[1]]
        else:
            inner = [argument] if code is op.ATOMIC_GROUP else []
        if any(map(_refers, inner)):
            return True
    return False


def is_anchored(parsed: Any) -> bool:
    """Whether each match of a pattern begins where the text does."""
    items = list(parsed)
    if len(items) == 1 and items[0][0] is op.SUBPATTERN:
        return is_anchored(items[0][1][3])
    if len(items) == 1 and items[0][0] is op.BRANCH:
        return all(map(is_anchored, items[0][1][1]))
    return bool(items) and items[0] == BEGINNING


def longest(parsed: Any) -> int:
    """Width, less what is no letter at its ends, of a pattern that stands between ^ and $; 0 when it has no bound.

    A condition on the whole text, such as `(?=.{5,120}$)` at the start, is a bound too.
    """
    items = list(parsed)
    if len(items) == 1 and items[0][0] is op.SUBPATTERN:
        return longest(items[0][1][3])
    if len(items) == 1 and items[0][0] is op.BRANCH:
        widths = [longest(branch) for branch in items[0][1][1]]
        return max(widths) if all(widths) else 0
    if not items or items[0] != BEGINNING:
        return 0
    bounds: list[int] = []
    first, last = 1, len(items) - 1
    while first < last and items[first][0] is op.ASSERT and items[first][1][0] == 1:
        condition = items[first][1][1]
        if condition[-1] in _ENDS:
            bounds.append(condition.getwidth()[1])
        first += 1
    if items[last] in _ENDS:
        while first < last and no_letters(*items[first]):
            first += 1
        while first < last and no_letters(*items[last - 1]):
            last -= 1
        bounds.append(parsed[first:last].getwidth()[1])
    width = int(min(bounds, default=0))
    return width if width <= _MAX_WIDTH else 0


def starts_apart(items: Any, after: bool) -> bool:
    """Whether what matches these items begins with no letter, or lies between letters and others; `after` when it is empty."""
    return _apart(items, after, iter)


def ends_apart(items: Any, before: bool) -> bool:
    """Whether what matches these items ends with no letter, or between letters and others; `before` when it is empty."""
    return _apart(items, before, reversed)


def _apart(items: Any, empty: bool, order: Callable[[Any], Iterator[Any]]) -> bool:
    for code, argument in order(items):
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            if not _apart(argument[2], False, order):
                return False
            if argument[0] > 0:
                return True
        elif code is op.SUBPATTERN:
            return _apart(argument[3], False, order)
        elif code is op.BRANCH:
            return all(_apart(branch, False, order) for branch in argument[1])
        elif is_apart(code, argument):
            return True
        elif code not in (op.ASSERT, op.ASSERT_NOT):
            return False
    return empty


def is_apart(code: Any, argument: Any) -> bool:
    """Whether what matches an item begins and ends with no letter, or lies between letters and others."""
    if code is op.AT:
        return argument is not op.AT_NON_BOUNDARY
    if code in (op.ASSERT, op.ASSERT_NOT):
        return parts_words(code, *argument)
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and argument[0] == 0:
        return False
    return no_letters(code, argument)


def parts_words(code: Any, direction: int, asked: Any) -> bool:
    """Whether a condition on what stands before or behind asks for something that is no letter, or for no letter."""
    return list(asked) == _A_LETTER if code is op.ASSERT_NOT else len(asked) == 1 and no_letters(*asked[0])


def no_letters(code: Any, argument: Any) -> bool:
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return len(argument[2]) == 1 and no_letters(*argument[2][0])
    if code is op.IN:
        if argument[0][0] is op.NEGATE:
            return (op.CATEGORY, op.CATEGORY_WORD) in argument
        return all(
            (kind is op.CATEGORY and value in (op.CATEGORY_NOT_WORD, op.CATEGORY_SPACE)) or (kind is op.LITERAL and _is_no_letter(value))
            for kind, value in argument
        )
    return code is op.LITERAL and _is_no_letter(argument)


def _is_no_letter(code: int) -> bool:
    """Whether a character, and what folding makes of it, is no letter."""
    return not any(map(is_letter, folded_char(chr(code))))


@lru_cache(maxsize=4096)
def folded_char(char: str) -> str:
    return char if char == " " else literal(fold(char).text)
