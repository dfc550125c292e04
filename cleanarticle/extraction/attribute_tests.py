"""XPath expressions that ask elements for their attributes, evaluated without XPath.

trafilatura picks what it keeps and drops by such expressions; their regular expressions, which libxml2 has to call back
for, are a fifth of its time. Here each is read once, and each attribute's value is judged once.

>>> select = by_attributes(etree.XPath(".//*[self::div or self::p][@id='menu' or contains(@class, 'promo')]"))
>>> page = etree.fromstring('<body><div class="promo-box"/><p class="promo"/><div class="story"/></body>')
>>> [element.get("class") for element in select(page)]
['promo-box', 'promo']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, cast

from lxml import etree

Select = Callable[[etree._Element], list[etree._Element]]

_MOST_VALUES = 10_000  # of one attribute that are remembered by one expression …
_LONGEST_VALUE = 400  # … and the longest of them, in characters

_START = re.compile(r"\s*(?P<open>\()?\.//\*(?:\[(?P<tags>self::\w+(?: or self::\w+)*)\])?\[")
_TEST = re.compile(
    r"""\s*(?:
    re:test\((?P<search>@[\w@|-]+),\s*'(?P<pattern>[^']+)'(?:,\s*'(?P<flag>i)')?\)
    |contains\(translate\((?P<cased>@[\w-]+),\s*'(?P<capitals>[A-Z]+)',\s*'(?P<small>[a-z]+)'\),\s*'(?P<caseless>[^']+)'\)
    |contains\((?P<holding>@[\w@|-]+),\s*'(?P<part>[^']+)'\)
    |starts-with\((?P<starting>@[\w@|-]+),\s*'(?P<prefix>[^']+)'\)
    |(?P<being>@[\w-]+)\s*=\s*'(?P<value>[^']+)'
    |(?P<having>@[\w-]+)
    )\s*(?P<then>or\s|\])""",
    re.VERBOSE,
)


class _Judged(dict[str, bool]):
    """Whether a pattern is found in values of an attribute, worked out when a value is first met."""

    def __init__(self, pattern: str) -> None:
        super().__init__()
        self._search = re.compile(pattern).search

    def __missing__(self, value: str) -> bool:
        found = self._search(value) is not None
        if len(self) < _MOST_VALUES and len(value) <= _LONGEST_VALUE:
            self[value] = found
        return found


class _Either(NamedTuple):
    """A test of several attributes: the first of them that stands in the element counts."""

    attributes: tuple[str, ...]
    judged: _Judged


class _Tests(NamedTuple):
    """What an expression asks: elements with one of `tags` of which one test holds; `more` tells that it asks on."""

    tags: tuple[str, ...]
    single: dict[str, _Judged]
    either: tuple[_Either, ...]
    first: bool
    more: bool


def by_attributes(expression: etree.XPath) -> Select:
    """What selects the same elements as an expression, and the expression itself when that can't be read.

    Of an expression for the first of the elements only the first is selected.
    """
    tests = _read(expression.path)
    return _whole(expression) if tests is None else _selector(tests, _whole(expression))


def _whole(expression: etree.XPath) -> Select:
    return cast("Select", expression)


def _selector(tests: _Tests, expression: Select) -> Select:
    tags, single, either, first, more = tests

    def select(tree: etree._Element) -> list[etree._Element]:
        found: list[etree._Element] = []
        for element in tree.iterdescendants(*tags):
            attributes: Any = element.items()
            for name, value in attributes:
                if name in single and single[name][value]:
                    break
            else:
                if not (either and attributes and _any_holds(either, attributes)):
                    continue
            if more:
                return expression(tree)
            found.append(element)
            if first:
                break
        return found

    return select


def _any_holds(tests: Iterable[_Either], attributes: Iterable[tuple[str, str]]) -> bool:
    for names, judged in tests:
        for name, value in attributes:
            if name in names:
                if judged[value]:
                    return True
                break
    return False


def _read(path: str) -> _Tests | None:
    """The tests of an expression of the form `.//*[self::a or self::b][…]`; None when it has another."""
    start = _START.match(path)
    if start is None:
        return None
    patterns: dict[tuple[str, ...], list[str]] = {}
    at = start.end()
    while True:
        test = _TEST.match(path, at)
        if test is None:
            return None
        attributes, pattern = _pattern(test)
        if pattern and re.search(pattern, ""):
            return None  # it holds for an attribute that is not there, too
        patterns.setdefault(attributes, []).append(pattern)
        at = test.end()
        if test["then"] == "]":
            break
    rest = path[at:].strip()
    is_first = rest in (("[1]", ")[1]")[start["open"] is not None :][:1])
    if start["open"] is not None and not is_first:
        return None
    return _Tests(
        tags=tuple(re.findall(r"self::(\w+)", start["tags"] or "")) or ("*",),
        single={names[0]: _Judged(_any_of(each)) for names, each in patterns.items() if len(names) == 1},
        either=tuple(_Either(names, _Judged(_any_of(each))) for names, each in patterns.items() if len(names) > 1),
        first=is_first,
        more=bool(rest) and not is_first,
    )


def _any_of(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def _pattern(test: re.Match[str]) -> tuple[tuple[str, ...], str]:
    """The attributes that one test asks, and the pattern that is to be found in them."""
    if test["search"]:
        asked, pattern = test["search"], f"(?i:{test['pattern']})" if test["flag"] else test["pattern"]
    elif test["cased"]:
        capitals = dict(zip(test["small"], test["capitals"], strict=True))
        asked = test["cased"]
        pattern = "".join(f"[{char}{capitals[char]}]" if char in capitals else re.escape(char) for char in test["caseless"])
    elif test["holding"]:
        asked, pattern = test["holding"], re.escape(test["part"])
    elif test["starting"]:
        asked, pattern = test["starting"], r"\A" + re.escape(test["prefix"])
    elif test["being"]:
        asked, pattern = test["being"], rf"\A{re.escape(test['value'])}\Z"
    else:
        asked, pattern = test["having"], ""
    return tuple(name.removeprefix("@") for name in asked.split("|")), pattern
