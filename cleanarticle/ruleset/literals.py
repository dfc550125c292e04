"""Literals that every match of a pattern contains, found from its parsed form.

The one scan of a document looks for these; a pattern is only tried where one of them stands. The standard library's
parser reads the pattern (it yields literals for 98 % of realistic rules when alternations of up to 8 are followed);
what only the `regex` module knows is first rewritten into something that matches at least as much.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cleanarticle.ruleset.beginnings import beginnings
from cleanarticle.ruleset.rarity import rarity, worth_scanning
from cleanarticle.ruleset.shapes import (
    ends_apart,
    folded_char,
    longest,
    parsed_pattern,
    parts_words,
    starts_apart,
)
from cleanarticle.ruleset.signs import Signs, needed_signs
from cleanarticle.ruleset.spaced import BOUNDARY, is_letter, is_sign, signs_of, words_of

from re import _constants as op  # type: ignore[attr-defined]  # isort: skip

_MAX_SET = 300  # literals that one pattern may be known by
_MAX_SPELLINGS = 24  # spellings of one stretch that are written out
_MAX_MEMBERS = 4  # characters of a class that are written out
_LEAST = 2  # letters of what is worth looking for in a line where something else was found

Spellings = frozenset[str]
_SPACE: Spellings = frozenset([" "])


@dataclass(frozen=True, slots=True)
class Required:
    """Sets of folded literals: each match of a pattern contains at least one of every set in `sets`, the rarest first.

    They are literals of the spaced text (see `spaced`), or of the text with its signs when they have one; those in `common`
    stand in too many texts to be scanned for. `begins` are the pattern's `beginnings`, `signs` those of `needed_signs`.
    `longest` is how many characters lie at most between the first and the last letter or digit of a text that the pattern
    matches from end to end; 0 when there is no bound.
    """

    sets: tuple[tuple[str, ...], ...] = ()
    common: tuple[tuple[str, ...], ...] = ()
    begins: tuple[str, ...] = ()
    signs: tuple[Signs, ...] = ()
    longest: int = 0


@lru_cache(maxsize=4096)
def required_literals(pattern: str) -> Required:
    """What every match of a pattern contains; nothing when that can't be told.

    >>> required_literals(r"sign up (?:for|to) our \\w+ newsletters?\\b").sets
    (('sign up for our ', 'sign up to our '), (' newsletter ', ' newsletters '))
    >>> required_literals(r"^\\W*photos? by").begins
    ('photo by', 'photos b')
    """
    parsed = parsed_pattern(pattern)
    if parsed is None:
        return Required()
    found = {_finished(spellings) for spellings in _analyse(parsed)[1]}
    sets = [tuple(sorted(literals)) for literals in sorted(found, key=lambda literals: (-rarity(literals), sorted(literals)))]
    return Required(
        sets=tuple(literals for literals in sets if worth_scanning(literals)),
        common=tuple(literals for literals in sets if not worth_scanning(literals)),
        begins=tuple(sorted(beginnings(parsed))),
        signs=needed_signs(parsed),
        longest=longest(parsed),
    )


def _usable(spellings: Spellings | None) -> bool:
    """Whether each of these says something of the text, though it may stand in many."""
    return spellings is not None and 0 < len(spellings) <= _MAX_SET and worth_scanning(spellings, least=_LEAST)


def _finished(spellings: Spellings) -> Spellings:
    """What to look for: words where they are enough, else with the signs in them. What has another in it is not looked for."""
    words = frozenset(map(words_of, spellings))
    signed = frozenset(map(signs_of, spellings))
    texts = signed if not worth_scanning(words) and any(is_sign(char) for text in signed for char in text) else words
    least: list[str] = []
    for text in sorted(texts, key=len):
        if not any(each in text for each in least):
            least.append(text)
    return frozenset(least)


def _best(sets: list[Spellings]) -> Spellings | None:
    return max(sets, key=lambda spellings: (worth_scanning(words := _finished(spellings)), rarity(words)), default=None)


def _analyse(sequence: Any, before: bool = False, after: bool = False) -> tuple[Spellings | None, list[Spellings]]:
    """(all spellings of the sequence if they are few, sets of spellings of each of which every match holds one)

    `before` and `after` tell whether a word is known to begin or end where the sequence does.
    """
    run: Spellings = frozenset([BOUNDARY if before else ""])
    sets: list[Spellings] = []
    whole = True
    items = list(sequence)
    for at, (code, argument) in enumerate(items):
        ends = starts_apart(items[at + 1 :], after)
        begins = all(spelling and not is_letter(spelling[-1]) for spelling in run)
        spellings, inner = _item(code, argument, begins, ends)
        if spellings is not None and len(run) * len(spellings) <= _MAX_SPELLINGS:
            run = frozenset(a + b for a in run for b in spellings)
            continue
        whole = False
        sets += [_ending(run) if starts_apart(items[at:], after) else run, *inner]
        if spellings is not None and len(spellings) <= _MAX_SET:
            run = frozenset(BOUNDARY + spelling for spelling in spellings) if begins else spellings
        else:
            run = frozenset([BOUNDARY if ends_apart(items[: at + 1], before) else ""])
    run = _ending(run) if after else run
    sets.append(run)
    return (run if whole else None), [spellings for spellings in sets if _usable(spellings)]


def _ending(spellings: Spellings) -> Spellings:
    return frozenset(spelling + BOUNDARY for spelling in spellings)


def _item(code: Any, argument: Any, before: bool = False, after: bool = False) -> tuple[Spellings | None, list[Spellings]]:
    nothing: Spellings = frozenset([""])
    if code is op.LITERAL:
        return frozenset([folded_char(chr(argument))]), []
    if code is op.AT:
        return (nothing if argument is op.AT_NON_BOUNDARY else frozenset([BOUNDARY])), []
    if code is op.IN:
        return _members(argument), []
    if code is op.SUBPATTERN:
        return _analyse(argument[3], before, after)
    if code is op.ATOMIC_GROUP:
        return _analyse(argument, before, after)
    if code is op.BRANCH:
        return _branches([_analyse(branch, before, after) for branch in argument[1]])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        low, high, body = argument
        return _repeat(low, high, body, before, after)
    if code in (op.ASSERT, op.ASSERT_NOT):
        return (frozenset([BOUNDARY]) if parts_words(code, *argument) else nothing), []
    return None, []


def _members(members: Any) -> Spellings | None:
    """How the characters of a class are spelled."""
    if all(kind is op.LITERAL for kind, _ in members):
        spellings = frozenset(folded_char(chr(value)) for _, value in members)
        return spellings if len(spellings) <= _MAX_MEMBERS else None
    return _SPACE if all(member == (op.CATEGORY, op.CATEGORY_SPACE) for member in members) else None


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


def _repeat(low: int, high: int, body: Any, before: bool, after: bool) -> tuple[Spellings | None, list[Spellings]]:
    once = high == 1
    spellings, sets = _analyse(body, before and once, after and once)
    if spellings == _SPACE:  # white space is one space in the text
        return (_SPACE | {""} if low == 0 else _SPACE), []
    if low == 0:
        optional = spellings is not None and once and len(spellings) < _MAX_SPELLINGS
        return (spellings | {""} if spellings is not None and optional else None), []
    if low == high == 1:
        return spellings, sets
    # at least one round, then anything: its literals are required, its spellings are not the whole
    return None, [*sets, *([spellings] if spellings is not None and _usable(spellings) else [])]
