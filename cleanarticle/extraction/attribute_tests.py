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
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
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


class Selects:
    """Several expressions for one tree: what each of them selects, found in one walk through it.

    They come from one call of `by_attributes`. Going through them gives a function for each, as with a list of
    expressions. The first that is called walks; what is taken out of the tree before another one is called may be among
    what that selects.
    """

    def __init__(self, selectors: Iterable[Selector]) -> None:
        self._selectors = tuple(selectors)
        self._values = {name: values for each in self._selectors for name, values in each.values.items()}
        read = [each for each in self._selectors if each.tests is not None]
        tags = {tag for each in read if each.tests is not None for tag in each.tests.tags}
        self._tags = ("*",) if "*" in tags else tuple(sorted(tags))

    def __iter__(self) -> Iterator[Select]:
        found: list[list[etree._Element]] = []
        for number in range(len(self._selectors)):
            yield partial(self._select, found, number)

    def _select(self, found: list[list[etree._Element]], number: int, tree: etree._Element) -> list[etree._Element]:
        selector = self._selectors[number]
        if selector.tests is None:
            return selector.expression(tree)
        if not found:
            found += self._walk(tree)
        return selector.expression(tree) if found[number] and selector.tests.more else found[number]

    def _walk(self, tree: etree._Element) -> list[list[etree._Element]]:
        found: list[list[etree._Element]] = [[] for _ in self._selectors]
        for element in tree.iterdescendants(*self._tags):
            bits = 0
            attributes: Any = element.items()
            for name, value in attributes:
                if name in self._values:
                    bits |= self._values[name][value]
            if bits:
                for selector, elements in zip(self._selectors, found, strict=True):
                    if bits & selector.bits and selector.asks(element.tag) and selector.holds(attributes):
                        elements.append(element)
        return found


def by_attributes(*expressions: etree.XPath) -> list[Selector]:
    """What selects the same elements as each of the expressions: by the expression itself where it can't be read.

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
    return [
        Selector(
            cast("Select", expression), tests, {} if tests is None else {names: bits[number, names] for names in tests.patterns}, values
        )
        for number, (tests, expression) in enumerate(zip(read, expressions, strict=True))
    ]


class Selector:
    """Selects what an expression selects."""

    def __init__(
        self, expression: Select, tests: _Tests | None, bits: Mapping[tuple[str, ...], int], values: Mapping[str, _Values]
    ) -> None:
        self.expression = expression
        self.tests = tests
        self.bits = sum(bits.values())
        self.values = values
        self._single = {names[0]: (bit, values[names[0]]) for names, bit in bits.items() if len(names) == 1}
        self._either = [(bit, {name: values[name] for name in names}) for names, bit in bits.items() if len(names) > 1]

    def __call__(self, tree: etree._Element) -> list[etree._Element]:
        if self.tests is None:
            return self.expression(tree)
        found: list[etree._Element] = []
        for element in tree.iterdescendants(*self.tests.tags):
            attributes: Any = element.items()
            if attributes and self.holds(attributes):
                if self.tests.more:
                    return self.expression(tree)
                found.append(element)
                if self.tests.first:
                    break
        return found

    def asks(self, tag: str) -> bool:
        """Whether the expression asks for elements with a tag."""
        return self.tests is not None and (tag in self.tests.tags or "*" in self.tests.tags)

    def holds(self, attributes: Iterable[tuple[str, str]]) -> bool:
        """Whether the tests hold for an element with these attributes."""
        single = self._single
        for name, value in attributes:
            if name in single:
                bit, judged = single[name]
                if judged[value] & bit:
                    return True
        return bool(self._either) and _any_holds(self._either, attributes)


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
