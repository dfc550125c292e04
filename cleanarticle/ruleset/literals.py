"""Literals that every match of a pattern contains, found from its parsed form.

The one scan of a document looks for these; a pattern is only tried where one of them stands. The standard library's
parser reads the pattern (it yields literals for 98 % of realistic rules when alternations of up to 8 are followed);
what only the `regex` module knows is first rewritten into something that matches at least as much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from cleanarticle.folding import fold

from re import _constants as op, _parser as parser  # type: ignore[attr-defined]  # isort: skip

MIN_LITERAL = 3  # letters; shorter ones stand on every page
MIN_LITERAL_CJK = 2
MIN_LEADING = 2  # "by" at the start of a line is rare enough
_MAX_SET = 300  # literals that one pattern may be known by
_MAX_SPELLINGS = 24  # spellings of one stretch that are written out
_LONG_PREFIX = 5  # letters of a beginning that make it rare
_MAX_LEADING = 80  # beginnings of a pattern to be scanned for
_MAX_BEGINS = 400  # to be compared with a line's beginning
_MAX_WIDTH = 5_000  # characters; a wider pattern has no bound worth knowing
_GROWTH = 0.4  # each letter more makes a literal about so much rarer in running text
_RARE_SIGNS = frozenset("@#{}<>|\\^~=+*_")
_CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
# what only the regex module knows: its classes and what they are rewritten into, which matches at least as much
_CLASS = re.compile(r"\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]", re.DOTALL)
_EXTENDED_CLASS = re.compile(r"\\[pP]|\[:")
_PROPERTY = re.compile(r"\\[pP](?:\{\^?[\w=: &-]+\}|\w)")
_ONLY_IN_REGEX = re.compile(r"\\[XRhK]|\(\?\|")
_FUZZY = re.compile(r"\{[^{}]*[eids]\s*[<=>]|\(\?[a-zA-Z]*[befrw][a-zA-Z]*[:)]|\\[LGN]")
_ANYTHING = r"[\s\S]"
_BEGINNING = (op.AT, op.AT_BEGINNING)
_ENDS = ((op.AT, op.AT_END), (op.AT, op.AT_END_STRING))
_SINGLE = (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY)  # items of one character
_FEW_ROUNDS = 6
_MANY = 100

Spellings = frozenset[str]


@dataclass(frozen=True, slots=True)
class Required:
    """Sets of folded literals: each match of a pattern contains at least one of every set in `sets`, the rarest first.

    `leading` are literals with which each match begins at the very start of what the pattern is tried on, no letter or
    digit before them; empty unless the pattern begins with ^. `digit` tells that each match contains an ASCII digit.
    `longest` is how many characters lie at most between the first and the last letter or digit of a text that the pattern
    matches from end to end; 0 when there is no bound. `begins` is like `leading`, but of up to 400 and however short: good
    to compare with, not to scan for.
    """

    sets: tuple[tuple[str, ...], ...] = ()
    leading: tuple[str, ...] = ()
    digit: bool = False
    longest: int = 0
    begins: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def required_literals(pattern: str) -> Required:
    """What every match of a pattern contains; nothing when that can't be told.

    >>> required_literals(r"sign up (?:for|to) our \\w+ newsletters?").sets
    (('sign up for our ', 'sign up to our '), (' newsletter', ' newsletters'))
    >>> required_literals(r"^\\W*photos? by").leading
    ('photo', 'photos')
    """
    parsed = parsed_pattern(pattern)
    if parsed is None:
        return Required()
    sets = sorted(set(_analyse(parsed)[1]), key=lambda literals: (-rarity(literals), sorted(literals)))
    begins = _leading(parsed, _MAX_BEGINS)
    leading = begins if len(begins) <= _MAX_LEADING else _leading(parsed, _MAX_LEADING)
    return Required(
        sets=tuple(tuple(sorted(literals)) for literals in sets),
        leading=tuple(sorted(leading)) if worth_scanning(leading, leading=True) else (),
        digit=_needs_digit(parsed),
        longest=_longest(parsed),
        begins=tuple(sorted(begins)),
    )


@lru_cache(maxsize=4096)
def parsed_pattern(pattern: str) -> Any:
    """A pattern as the standard library's parser reads it; None when it can't."""
    if _FUZZY.search(pattern):
        return None
    plain = _CLASS.sub(lambda found: _ANYTHING if _EXTENDED_CLASS.search(found.group()[1:]) else found.group(), pattern)
    plain = _PROPERTY.sub(lambda found: _ANYTHING, plain)
    plain = _ONLY_IN_REGEX.sub(lambda m: "(?:" if m.group() == "(?|" else ".", plain)
    try:
        return parser.parse(plain, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError):
        return None


def _longest(parsed: Any) -> int:
    """Width, less what is no letter at its ends, of a pattern that stands between ^ and $; 0 when it has no bound.

    A condition on the whole text, such as `(?=.{5,120}$)` at the start, is a bound too.
    """
    items = list(parsed)
    if len(items) == 1 and items[0][0] is op.SUBPATTERN:
        return _longest(items[0][1][3])
    if len(items) == 1 and items[0][0] is op.BRANCH:
        widths = [_longest(branch) for branch in items[0][1][1]]
        return max(widths) if all(widths) else 0
    if not items or items[0] != _BEGINNING:
        return 0
    bounds: list[int] = []
    first, last = 1, len(items) - 1
    while first < last and items[first][0] is op.ASSERT and items[first][1][0] == 1:
        condition = items[first][1][1]
        if condition[-1] in _ENDS:
            bounds.append(condition.getwidth()[1])
        first += 1
    if items[last] in _ENDS:
        while first < last and _no_letters(*items[first]):
            first += 1
        while first < last and _no_letters(*items[last - 1]):
            last -= 1
        bounds.append(parsed[first:last].getwidth()[1])
    width = int(min(bounds, default=0))
    return width if width <= _MAX_WIDTH else 0


def wide_repeats(pattern: str) -> int:
    """How many repeats of more than a few rounds a match can go back through; a large number for one within another.

    The time of a failing match grows with the text's length to this power at worst.
    """
    parsed = parsed_pattern(pattern)
    return _MANY if parsed is None else min(_MANY, _wide_repeats(parsed) + (not _is_anchored(parsed)))


def _is_anchored(parsed: Any) -> bool:
    items = list(parsed)
    if len(items) == 1 and items[0][0] is op.SUBPATTERN:
        return _is_anchored(items[0][1][3])
    if len(items) == 1 and items[0][0] is op.BRANCH:
        return all(map(_is_anchored, items[0][1][1]))
    return bool(items) and items[0] == _BEGINNING


def _wide_repeats(sequence: Any) -> int:
    total = 0
    for code, argument in sequence:
        if code is op.SUBPATTERN:
            total += _wide_repeats(argument[3])
        elif code is op.BRANCH:
            total += max(map(_wide_repeats, argument[1]))
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            _, high, body = argument
            inner = _wide_repeats(body)
            if high > _FEW_ROUNDS:
                total += _MANY if inner or len(body) > 1 or body[0][0] not in _SINGLE else 1
            else:
                total += inner * int(high)
        elif code in (op.ASSERT, op.ASSERT_NOT):
            total += _wide_repeats(argument[1])
        elif code is op.ATOMIC_GROUP:
            total += _wide_repeats(argument)
        elif code is op.GROUPREF:
            total += 1
    return total


def _needs_digit(sequence: Any) -> bool:
    for code, argument in sequence:
        if code is op.SUBPATTERN:
            found = _needs_digit(argument[3])
        elif code is op.BRANCH:
            found = all(_needs_digit(branch) for branch in argument[1])
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            found = argument[0] > 0 and _needs_digit(argument[2])
        elif code is op.IN:
            found = all(
                (kind is op.CATEGORY and value is op.CATEGORY_DIGIT)
                or (kind is op.RANGE and ord("0") <= value[0] and value[1] <= ord("9"))
                or (kind is op.LITERAL and chr(value).isdecimal())
                for kind, value in argument
            )
        else:
            found = code is op.LITERAL and chr(argument).isdecimal()
        if found:
            return True
    return False


def worth_scanning(literals: Iterable[str], leading: bool = False) -> bool:
    """Whether each of these folded literals is long enough to be scanned for; those that lead a unit may be shorter."""
    least = MIN_LEADING if leading else MIN_LITERAL
    return all(_weight(literal) >= least for literal in literals)


def rarity(literals: Iterable[str]) -> float:
    """How rare lines are in which one of the literals stands, on a scale without unit: the larger the better."""
    common = sum(_GROWTH ** _weight(literal) for literal in literals)
    return -common if common else -1.0


@lru_cache(maxsize=65536)
def _weight(literal: str) -> float:
    core = literal.strip()
    weight = float(len(core))
    if core.isascii() and core.isalnum():
        return weight
    for char in core:
        if char in _RARE_SIGNS or not (char.isalnum() or char.isascii()):
            weight += MIN_LITERAL - 1  # ©, ►, @: rare enough alone
        elif not char.isascii() and _CJK.match(char):
            weight += MIN_LITERAL / MIN_LITERAL_CJK - 1
    return weight


def _usable(literals: Spellings | None) -> bool:
    return bool(literals) and len(literals or ()) <= _MAX_SET and worth_scanning(literals or ())


def _best(sets: list[Spellings]) -> Spellings | None:
    return max(sets, key=rarity, default=None)


def _analyse(sequence: Any) -> tuple[Spellings | None, list[Spellings]]:
    """(all spellings of the sequence if they are few, sets of literals of each of which every match holds one)"""
    run: Spellings = frozenset([""])
    sets: list[Spellings] = []
    whole = True
    for code, argument in sequence:
        spellings, inner = _item(code, argument)
        if spellings is not None and len(run) * len(spellings) <= _MAX_SPELLINGS:
            run = frozenset(a + b for a in run for b in spellings)
            continue
        whole = False
        sets += [run, *inner]
        run = spellings if spellings is not None and len(spellings) <= _MAX_SET else frozenset([""])
    sets.append(run)
    return (run if whole else None), [literals for literals in sets if _usable(literals)]


def _leading(sequence: Any, most: int) -> Spellings:
    """The literals at the start of a pattern that begins with ^, perhaps behind characters that are no letters."""
    items = list(sequence)
    while len(items) == 1 and items[0][0] is op.SUBPATTERN:
        items = list(items[0][1][3])
    if not items or items[0] != _BEGINNING:
        return frozenset()
    at = 1
    while at < len(items) and _no_letters(*items[at]):
        at += 1
    found = _prefixes(items[at:], most)[0]
    return frozenset() if "" in found else found


def _prefixes(sequence: Any, most: int) -> tuple[Spellings, bool]:
    """How matches of a sequence begin, as far as that is written out; and whether that is the whole of it."""
    run: Spellings = frozenset([""])
    items = list(sequence)
    for at, (code, argument) in enumerate(items):
        if len(run) > 1 and all(len(prefix) >= _LONG_PREFIX for prefix in run):
            return run, False  # rare enough: more would only multiply them
        spellings, _ = _item(code, argument)
        if spellings is not None and len(run) * len(spellings) <= _MAX_SPELLINGS:
            run = frozenset(a + b for a in run for b in spellings)
            continue
        inner = _inner_prefixes(code, argument, most)
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and argument[0] == 0 and inner:
            # what may be left out: its beginnings, or those of what follows
            inner |= _prefixes(items[at + 1 :], most)[0]
        if inner and len(run) * len(inner) <= most:
            run = frozenset(a + b for a in run for b in inner)
        elif inner and "" in run and len(run) + len(inner) <= most:
            # too many together: what may be left out before, or else how it goes on
            run = (run - {""}) | inner
        return run, False
    return run, True


def _inner_prefixes(code: Any, argument: Any, most: int) -> Spellings:
    if code is op.SUBPATTERN:
        return _prefixes(argument[3], most)[0]
    if code is op.BRANCH:
        return frozenset(prefix for branch in argument[1] for prefix in _prefixes(branch, most)[0])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _prefixes(argument[2], most)[0]
    return frozenset()


def _no_letters(code: Any, argument: Any) -> bool:
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return len(argument[2]) == 1 and _no_letters(*argument[2][0])
    if code is op.IN:
        if argument[0][0] is op.NEGATE:
            return (op.CATEGORY, op.CATEGORY_WORD) in argument
        return all(
            (kind is op.CATEGORY and value in (op.CATEGORY_NOT_WORD, op.CATEGORY_SPACE))
            or (kind is op.LITERAL and not chr(value).isalnum())
            for kind, value in argument
        )
    return code is op.LITERAL and not chr(argument).isalnum()


def _item(code: Any, argument: Any) -> tuple[Spellings | None, list[Spellings]]:
    nothing: Spellings = frozenset([""])
    if code is op.LITERAL:
        return frozenset([_folded(chr(argument))]), []
    if code is op.AT:
        return nothing, []
    if code is op.IN:
        members = {_folded(chr(value)) for kind, value in argument if kind is op.LITERAL}
        if all(kind is op.LITERAL for kind, _ in argument) and len(members) <= 4:
            return frozenset(members), []
        return None, []
    if code is op.SUBPATTERN:
        return _analyse(argument[3])
    if code is op.ATOMIC_GROUP:
        return _analyse(argument)
    if code is op.BRANCH:
        return _branches([_analyse(branch) for branch in argument[1]])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _repeat(*argument)
    if code in (op.ASSERT, op.ASSERT_NOT):
        return nothing, []
    return None, []


def _branches(branches: list[tuple[Spellings | None, list[Spellings]]]) -> tuple[Spellings | None, list[Spellings]]:
    spellings: Spellings | None = frozenset()
    required: Spellings | None = frozenset()
    for exact, sets in branches:
        spellings = None if exact is None or spellings is None else spellings | exact
        known = _best(sets)
        known = known if known is not None else exact
        required = None if known is None or required is None else required | known
    if spellings is not None and len(spellings) > _MAX_SET:
        spellings = None
    return spellings, [required] if required is not None and _usable(required) else []


def _repeat(low: int, high: int, body: Any) -> tuple[Spellings | None, list[Spellings]]:
    spellings, sets = _analyse(body)
    if low == 0:
        optional = spellings is not None and high == 1 and len(spellings) < _MAX_SPELLINGS
        return (spellings | {""} if spellings is not None and optional else None), []
    if low == high == 1:
        return spellings, sets
    # at least one round, then anything: its literals are required, its spellings are not the whole
    return None, [*sets, *([spellings] if spellings is not None and _usable(spellings) else [])]


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    return char if char == " " else fold(char).text
