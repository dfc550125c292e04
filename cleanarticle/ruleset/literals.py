"""Literals that every match of a pattern contains, found from its parsed form.

The one scan of a document looks for these; a pattern is only tried where one of them stands. The standard library's
parser reads the pattern (it yields literals for 98 % of realistic rules when alternations of up to 8 are followed);
what only the `regex` module knows is first rewritten into something that matches at least as much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import regex

from cleanarticle.folding import fold

from re import _constants as op, _parser as parser  # type: ignore[attr-defined]  # isort: skip

MIN_LITERAL = 3  # letters; shorter ones stand on every page
MIN_LITERAL_CJK = 2
_MAX_SET = 96  # literals that one pattern may be known by
_MAX_SPELLINGS = 24  # spellings of one stretch that are written out
_LONG_ENOUGH = 8  # letters from which a literal gets no better
_CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_PROPERTY = re.compile(r"\\[pP](?:\{\^?[\w=: &-]+\}|\w)")
_ONLY_IN_REGEX = re.compile(r"\\[XRhK]|\(\?\|")

Spellings = frozenset[str]


def required_literals(pattern: str) -> tuple[str, ...]:
    """Folded literals of which each match of `pattern` contains at least one; empty when there are none worth scanning for.

    >>> required_literals(r"sign up (?:for|to) our \\w+ newsletters?")
    ('sign up for our ', 'sign up to our ')
    >>> required_literals(r"\\d+ mins? read")
    (' min read', ' mins read')
    """
    plain = _PROPERTY.sub(r"\\w", pattern)
    plain = _ONLY_IN_REGEX.sub(lambda m: "(?:" if m.group() == "(?|" else ".", plain)
    try:
        parsed = parser.parse(plain, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError):
        return ()
    best = _analyse(parsed)[1]
    return tuple(sorted(best)) if best else ()


def worth_scanning(literals: Iterable[str]) -> bool:
    """Whether each of these folded literals is long enough to be scanned for."""
    return all(_weight(literal) >= MIN_LITERAL for literal in literals)


def rarity(literals: Sequence[str]) -> tuple[float, int]:
    """How well a set of literals tells where a rule can hold: the larger the better."""
    if not literals:
        return (-1.0, 0)
    return (min(min(_weight(literal) for literal in literals), _LONG_ENOUGH), -len(literals))


def _weight(literal: str) -> float:
    core = literal.strip()
    if core.isascii():
        return len(core)
    cjk = len(_CJK.findall(core))
    signs = sum(not char.isalnum() and not char.isascii() for char in core)  # ©, ►: rare enough alone
    return cjk * MIN_LITERAL / MIN_LITERAL_CJK + signs * MIN_LITERAL + len(core) - cjk - signs


def _better(old: Spellings | None, new: Spellings | None) -> Spellings | None:
    if new is None or not new or len(new) > _MAX_SET or not worth_scanning(new):
        return old
    if old is None or rarity(tuple(new)) > rarity(tuple(old)):
        return new
    return old


def _analyse(sequence: Any) -> tuple[Spellings | None, Spellings | None]:
    """(all spellings of the sequence if they are few, the best set of literals of which each match holds one)"""
    run: Spellings = frozenset([""])
    best: Spellings | None = None
    whole = True
    for code, argument in sequence:
        spellings, inner = _item(code, argument)
        if spellings is not None and len(run) * len(spellings) <= _MAX_SPELLINGS:
            run = frozenset(a + b for a in run for b in spellings)
            continue
        whole = False
        best = _better(best, run)
        best = _better(best, inner)
        run = spellings if spellings is not None and len(spellings) <= _MAX_SPELLINGS else frozenset([""])
    best = _better(best, run)
    return (run if whole else None), best


def _item(code: Any, argument: Any) -> tuple[Spellings | None, Spellings | None]:
    nothing: Spellings = frozenset([""])
    if code is op.LITERAL:
        return frozenset([_folded(chr(argument))]), None
    if code is op.AT:
        return nothing, None
    if code is op.IN:
        members = {_folded(chr(value)) for kind, value in argument if kind is op.LITERAL}
        if all(kind is op.LITERAL for kind, _ in argument) and len(members) <= 4:
            return frozenset(members), None
        return None, None
    if code is op.SUBPATTERN:
        return _analyse(argument[3])
    if code is op.ATOMIC_GROUP:
        return _analyse(argument)
    if code is op.BRANCH:
        return _branches([_analyse(branch) for branch in argument[1]])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _repeat(*argument)
    if code in (op.ASSERT, op.ASSERT_NOT):
        return nothing, None
    return None, None


def _branches(branches: list[tuple[Spellings | None, Spellings | None]]) -> tuple[Spellings | None, Spellings | None]:
    spellings: Spellings | None = frozenset()
    required: Spellings | None = frozenset()
    for exact, best in branches:
        spellings = None if exact is None or spellings is None else spellings | exact
        known = best if best is not None else exact
        required = None if known is None or required is None else required | known
    if spellings is not None and len(spellings) > _MAX_SET:
        spellings = None
    return spellings, _better(None, required)


def _repeat(low: int, high: int, body: Any) -> tuple[Spellings | None, Spellings | None]:
    spellings, best = _analyse(body)
    if low == 0:
        optional = spellings is not None and high == 1 and len(spellings) < _MAX_SPELLINGS
        return (spellings | {""} if spellings is not None and optional else None), None
    if low == high == 1:
        return spellings, best
    # at least one round, then anything: its literals are required, its spellings are not the whole
    return None, _better(best, spellings)


def _folded(char: str) -> str:
    return char if char == " " else fold(char).text
