"""What may stand under a key of a rule file, in the words of those who write them."""

from __future__ import annotations

import datetime
import difflib
from typing import Any, Literal, get_args, get_origin

from cleanarticle.ruleset.model import CaseSpec, RuleSpec, Texts

_WORDS: dict[Any, str] = {
    str: "a text, in quotation marks",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    datetime.date: "a date, such as 2026-01-31",
    Texts: 'a list of texts, such as ["…", "…"]',
    dict[str, Texts]: "a table of lists of texts",
    list[CaseSpec]: "[[rule.case]] with after = [texts] and either before = [texts] or html = a text",
    list[RuleSpec]: "[[rule]] and its keys",
}
_SHOWN = 60  # characters of a value that are shown


def asked(kind: Any) -> str:
    """What is to be written where a value of this type stands.

    >>> asked(int | None)
    'a whole number'
    >>> asked(list[Literal["head", "tail"]])
    "a list of any of 'head', 'tail'"
    """
    kind = _without_none(kind)
    if kind in _WORDS:
        return _WORDS[kind]
    listed = ", ".join(map(repr, sorted(_choices(kind), key=str)))
    if get_origin(kind) is list:
        return f"a list of any of {listed}"
    return f"one of {listed}" if len(_choices(kind)) > 1 else listed


def misfit(value: Any, kind: Any) -> str:
    """What a value is, and what is to be written instead."""
    shown = repr(value)
    choices = [choice for choice in _choices(kind) if isinstance(choice, str)]
    wrong = [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str) and text not in choices]
    near = [close for text in wrong for close in difflib.get_close_matches(text, choices, 1)]
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    return f"{shown if len(shown) <= _SHOWN else shown[:_SHOWN] + '…'} can't stand there: write {asked(kind)}{hint}"


def _without_none(kind: Any) -> Any:
    given = [part for part in get_args(kind) if part is not type(None)]
    return given[0] if type(None) in get_args(kind) and len(given) == 1 else kind


def _choices(kind: Any) -> tuple[Any, ...]:
    """The values of a type, or of the members of a list, that has only some."""
    kind = _without_none(kind)
    if get_origin(kind) is list:
        kind = get_args(kind)[0]
    return get_args(kind) if get_origin(kind) is Literal else ()
