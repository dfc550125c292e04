"""XPath expressions that ask elements for their attributes, evaluated without XPath.

trafilatura picks what it keeps and drops by such expressions; their regular expressions, which libxml2 has to call back
for, are a fifth of its time. Here they are read once, and each value of an attribute is judged once for all of them.

>>> [select] = by_attributes(etree.XPath(".//*[self::div or self::p][@id='menu' or contains(@class, 'promo')]"))
>>> page = etree.fromstring('<body><div class="promo-box"/><p class="promo"/><div class="story"/></body>')
>>> [element.get("class") for element in select(page)]
['promo-box', 'promo']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, cast

import ahocorasick
from lxml import etree

from re import _constants as op, _parser as parser  # type: ignore[attr-defined]  # isort: skip

Select = Callable[[etree._Element], list[etree._Element]]

_LEAST = 2  # letters of a literal worth looking for
_MOST_VALUES = 10_000  # of one attribute that are remembered …
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


class _Values(dict[str, int]):
    """Which of several patterns are found in values of one attribute, as bits, worked out when a value is first met.

    Literals of the patterns are looked for first: going through their long choices takes ten times as long.
    """

    def __init__(self, patterns: Mapping[int, str]) -> None:
        super().__init__()
        self._searches = {bit: re.compile(pattern).search for bit, pattern in patterns.items()}
        self._always = 0  # patterns of which no literal is known
        self._by_literal = ahocorasick.Automaton()
        for bit, pattern in patterns.items():
            literals = _literals(parser.parse(pattern))
            self._always |= 0 if literals else bit
            for literal in literals:
                self._by_literal.add_word(literal, bit | self._by_literal.get(literal, 0))
        self._by_literal.make_automaton()

    def __missing__(self, value: str) -> int:
        possible = self._always
        if len(self._by_literal):
            for _, bits in self._by_literal.iter(value.lower()):
                possible |= bits
        found = 0
        if possible:
            for bit, search in self._searches.items():
                if bit & possible and search(value) is not None:
                    found |= bit
        if len(self) < _MOST_VALUES and len(value) <= _LONGEST_VALUE:
            self[value] = found
        return found


def _literals(parsed: Any) -> set[str]:
    """Literals of which one stands in all that a pattern matches, in small letters; none when that can't be told."""
    longest = run = ""
    choices: list[set[str]] = []
    for code, argument in parsed:
        run = run + chr(argument) if code is op.LITERAL else ""
        longest = max(longest, run, key=len)
        if code is op.SUBPATTERN:
            choices.append(_literals(argument[3]))
        elif code is op.BRANCH:
            branches = list(map(_literals, argument[1]))
            choices.append(set().union(*branches) if all(branches) else set())
    if len(longest) >= _LEAST:
        return {longest.lower()}
    return next(filter(None, choices), set())


class _Tests(NamedTuple):
    """What an expression asks: elements with one of `tags` of which one test holds.

    `patterns` are those of which one is to be found, by attributes: the first of them that stands in an element counts.
    `first` tells that only the first element is asked for, `more` that something else is asked, too.
    """

    tags: tuple[str, ...]
    patterns: dict[tuple[str, ...], str]
    first: bool
    more: bool


def by_attributes(*expressions: etree.XPath) -> list[Select]:
    """What selects the same elements as each of the expressions: the expression itself where it can't be read.

    Of an expression for the first of the elements only the first is selected.
    """
    read = [_read(expression.path) for expression in expressions]
    bits: dict[tuple[int, tuple[str, ...]], int] = {}
    patterns: dict[str, dict[int, str]] = {}
    for number, tests in enumerate(read):
        for attributes, pattern in tests.patterns.items() if tests is not None else ():
            bit = bits[number, attributes] = 1 << len(bits)
            for name in attributes:
                patterns.setdefault(name, {})[bit] = pattern
    values = {name: _Values(each) for name, each in patterns.items()}
    selects: list[Select] = []
    for number, (tests, expression) in enumerate(zip(read, expressions, strict=True)):
        whole = cast("Select", expression)
        selects.append(
            whole if tests is None else _selector(tests, {names: bits[number, names] for names in tests.patterns}, values, whole)
        )
    return selects


def _selector(tests: _Tests, bits: Mapping[tuple[str, ...], int], values: Mapping[str, _Values], expression: Select) -> Select:
    tags, _, first, more = tests
    single = {names[0]: (bit, values[names[0]]) for names, bit in bits.items() if len(names) == 1}
    either = [(bit, {name: values[name] for name in names}) for names, bit in bits.items() if len(names) > 1]

    def select(tree: etree._Element) -> list[etree._Element]:
        found: list[etree._Element] = []
        for element in tree.iterdescendants(*tags):
            attributes: Any = element.items()
            for name, value in attributes:
                if name in single:
                    bit, judged = single[name]
                    if judged[value] & bit:
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


def _any_holds(tests: Iterable[tuple[int, dict[str, _Values]]], attributes: Iterable[tuple[str, str]]) -> bool:
    for bit, values in tests:
        for name, value in attributes:
            if name in values:
                if values[name][value] & bit:
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
        patterns={attributes: _any_of(each) for attributes, each in patterns.items()},
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
