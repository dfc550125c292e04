"""From rule files to rules: reading, checking and compiling, with every problem reported at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import regex

from cleanarticle.categories import CATEGORIES
from cleanarticle.errors import Problem
from cleanarticle.folding import fold, trim
from cleanarticle.ruleset.anchors import anchors_of, joined_patterns
from cleanarticle.ruleset.asked import asked, misfit
from cleanarticle.ruleset.effort import written_out
from cleanarticle.ruleset.files import MAX_FILE
from cleanarticle.ruleset.hosts import ascii_host
from cleanarticle.ruleset.literals import required_literals
from cleanarticle.ruleset.model import Language, LanguageFile, Rule, RuleFile, RuleSpec, Site, VocabularyFile
from cleanarticle.ruleset.patterns import Program, compile_pattern, program
from cleanarticle.ruleset.shapes import parsed_pattern
from cleanarticle.ruleset.signs import DIGIT
from cleanarticle.selectors import check_xpath, css_to_xpath

LANGUAGE_FILE = "language.toml"
VOCABULARY_FILE = "vocabulary.toml"
_PACK = re.compile(r"(?:[a-z]{2,3}(?:-[a-z]+)?|any)/[a-z0-9_]+|sites/[a-z0-9.-]+")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]+)?")
_WORD_KEYS = ("equals", "starts_with", "ends_with", "contains", "contains_all", "regex")
_LITERAL_KEYS = ("equals", "starts_with", "ends_with", "contains", "contains_all", "unless")
_SITE_KEYS = ("hosts", "extends", "disable", "body_css", "body_xpath", "prune_css", "prune_xpath")
_MAX_PATTERN = 2_000
_MAX_UNSCANNABLE_WORDS = 8
_MAX_WRITTEN_OUT = 20_000  # items; texts of more than 4,000 characters are not matched
_MAX_BITS = 10_000  # of a number; Python writes out no more than 4,300 digits
_ENDLESS_NUMBER = "a number of thousands of digits can't be read: write a shorter one"
# a key of more than 20 parts: Python's reader of TOML takes 16 s and all memory for one of 50,000
_KEY_PART = r"""(?:[\w-]++|"(?:\\.|[^"\\\n])*+"|'[^'\n]*+')"""
_DEEP_KEY = re.compile(rf"(?<![\w-]){_KEY_PART}(?:[ \t]*+\.[ \t]*+{_KEY_PART}){{20}}")

_BOUNDS = (
    ("min_words", 0, 100_000, "a whole number from 0 to 100000"),
    ("max_words", 1, 100_000, "a whole number from 1 to 100000"),
    ("min_linked", 0.0, 1.0, "a share from 0 to 1, such as 0.5"),
    ("max_linked", 0.0, 1.0, "a share from 0 to 1, such as 0.5"),
)

_INVALID = (regex.error, RecursionError, OverflowError)

S = TypeVar("S", bound=msgspec.Struct)


@dataclass(slots=True)
class Loaded:
    """What files contained: rules, sites, languages, the specs they were made from, and what is wrong."""

    rules: list[Rule] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    languages: list[Language] = field(default_factory=list)
    vocabulary: dict[str, list[str]] = field(default_factory=dict)
    specs: dict[str, RuleSpec] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # rule id or pack of a site → file
    programs: dict[str, Program] = field(default_factory=dict)  # compiled patterns, once `compile_patterns` was called
    problems: list[Problem] = field(default_factory=list)


def read_files(files: Iterable[tuple[str, bytes]]) -> Loaded:
    """Rules of files given as (name, content). Problems are collected, not raised."""
    loaded = Loaded()
    for name, content in files:
        _read_file(name, content, loaded)
    _check_duplicates(loaded)
    return loaded


def _read_file(name: str, content: bytes, loaded: Loaded) -> None:
    def problem(message: str, rule: str = "") -> None:
        loaded.problems.append(Problem(name, rule, message))

    if len(content) > MAX_FILE:
        return problem(f"the file is larger than {MAX_FILE} bytes: split it")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return problem(f"not UTF-8 ({error}): save it as UTF-8")
    if deep := _DEEP_KEY.search(text):
        return problem(f"a key of more than 20 parts ({deep.group()[:40]}…): write the keys of the reference, which have one")
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return problem(f"not TOML: {error}")
    except ValueError:  # a number of more digits than Python reads
        return problem(_ENDLESS_NUMBER)
    if _has_endless_number(table):
        return problem(_ENDLESS_NUMBER)
    if Path(name).name == LANGUAGE_FILE:
        language = _convert(table, LanguageFile, problem)
        if language is not None:
            if not _LANGUAGE.fullmatch(language.language):
                problem(f"language {language.language!r} is no language code: write one such as 'en'")
            loaded.languages.append(_language(language))
        return None
    if Path(name).name == VOCABULARY_FILE:
        vocabulary = _convert(table, VocabularyFile, problem)
        for group, names in vocabulary.groups.items() if vocabulary is not None else ():
            loaded.vocabulary.setdefault(group, []).extend(names)
        return None
    rules = table.pop("rule", [])
    header = _convert(table, RuleFile, problem)
    if not isinstance(rules, list):
        return problem("'rule' is not a list: begin each rule with [[rule]]")
    if header is None:
        return None
    if not _PACK.fullmatch(header.pack):
        return problem(f"pack {header.pack!r}: write '<language>/<category>', 'any/<category>' or 'sites/<domain>'")
    _read_site(name, header, loaded, problem)
    for index, raw in enumerate(rules):
        label = str(raw.get("name", f"rule {index + 1}")) if isinstance(raw, dict) else f"rule {index + 1}"
        _read_rule(name, header, label, raw, loaded)
    return None


def _has_endless_number(value: Any) -> bool:
    """Whether there is a number that Python does not write out, so that no message could name it."""
    if isinstance(value, (dict, list)):
        return any(map(_has_endless_number, value.values() if isinstance(value, dict) else value))
    return isinstance(value, int) and value.bit_length() > _MAX_BITS


def _read_site(file: str, header: RuleFile, loaded: Loaded, problem: Callable[[str], None]) -> None:
    if not header.pack.startswith("sites/"):
        for key in _SITE_KEYS:
            if getattr(header, key):
                problem(f"'{key}' is for site files: move it to one with pack = 'sites/<domain>'")
        return
    if not header.hosts:
        problem('a site file needs hosts = ["example.com"]')
    hosts = [ascii_host(host).removeprefix("www.") for host in header.hosts]
    for host, name in zip(header.hosts, hosts, strict=True):
        if not name:
            problem(f"{host!r} is no host: write its name alone, such as 'example.com'; subdomains are included")

    def selectors(css: list[str], xpath: list[str]) -> Iterator[str]:
        for convert, expressions in ((css_to_xpath, css), (check_xpath, xpath)):
            for expression in expressions:
                try:
                    yield convert(expression)
                except ValueError as error:
                    problem(str(error))

    loaded.files.setdefault(header.pack, file)
    loaded.sites.append(
        Site(
            pack=header.pack,
            hosts=tuple(hosts),
            extends=tuple(header.extends),
            disable=tuple(header.disable),
            body=tuple(selectors(header.body_css, header.body_xpath)),
            prune=tuple(selectors(header.prune_css, header.prune_xpath)),
            category=header.category or "navigation",
        )
    )


def _read_rule(file: str, header: RuleFile, label: str, raw: Any, loaded: Loaded) -> None:
    rule_id = f"{header.pack}/{label}"

    def problem(message: str) -> None:
        loaded.problems.append(Problem(file, rule_id, message))

    spec = _convert(raw, RuleSpec, problem)
    if spec is None:
        return
    before = len(loaded.problems)
    rule = _compile(rule_id, header, spec, problem)
    if rule is not None and len(loaded.problems) == before:
        loaded.rules.append(rule)
        loaded.specs.setdefault(rule_id, spec)
        loaded.files.setdefault(rule_id, file)
    elif rule is not None:
        loaded.files.setdefault(rule_id, file)


@lru_cache(maxsize=8)
def _fields(kind: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(kind)


def _convert(table: Any, kind: type[S], problem: Callable[[str], None]) -> S | None:
    if not isinstance(table, dict):
        problem("not a table of keys and values")
        return None
    known = {f.encode_name for f in _fields(kind)}
    unknown = sorted(set(table) - known)
    for key in unknown:
        problem(f"unknown key '{key}': the keys are {', '.join(sorted(known))}")
    values: dict[str, Any] = {}
    sound = True
    for field_ in _fields(kind):
        if field_.encode_name in table:
            try:
                values[field_.name] = msgspec.convert(table[field_.encode_name], field_.type)
            except msgspec.ValidationError:
                problem(f"'{field_.encode_name}': {misfit(table[field_.encode_name], field_.type)}")
                sound = False
        elif field_.required:
            problem(f"'{field_.encode_name}' is missing: write {asked(field_.type)}")
            sound = False
    return kind(**values) if sound else None


def _compile(rule_id: str, header: RuleFile, spec: RuleSpec, problem: Callable[[str], None]) -> Rule | None:
    if not _NAME.fullmatch(spec.name):
        problem(f"name {spec.name!r}: write lower-case words joined by hyphens, such as 'sign-up'")
    if not spec.reason.strip():
        problem("no reason: say in one sentence what the rule removes and why it is not the article")
    category = spec.category or header.category
    if category is None:
        problem(f"no category: write one of {', '.join(sorted(CATEGORIES))} in the file's header or the rule")
        return None
    if not any(getattr(spec, key) for key in _WORD_KEYS):
        problem(f"no words to look for: write at least one of {', '.join(_WORD_KEYS)}")
    if spec.scope == "match" and not spec.regex:
        problem("scope 'match' removes what a pattern matched: write regex = ['…']")
    _check_bounds(spec, problem)
    for pattern in spec.regex + spec.unless_regex:
        if len(pattern) > _MAX_PATTERN:
            problem(f"a pattern is longer than {_MAX_PATTERN} characters: split it")
        elif written_out(pattern) > _MAX_WRITTEN_OUT:
            problem(f"pattern {pattern!r} asks for more repeats than a text has characters: write smaller numbers, as in .{{0,80}}")
            return None
        elif parsed_pattern(pattern) is None and (fault := _fault(pattern)):
            problem(f"pattern {pattern!r} is not valid: {fault}")
            return None
    literals = {key: _folded(key, getattr(spec, key), problem) for key in _LITERAL_KEYS}
    inside, outside = (tuple(_selectors(texts, problem)) for texts in (spec.inside, spec.outside))
    anchors = anchors_of(spec, literals)
    if not anchors:
        if not spec.unscannable:
            problem(
                "no literal of three letters (two in Chinese, Japanese, Korean) stands in every match: "
                "add one to the pattern, or a 'contains', or mark the rule unscannable = true"
            )
        elif not rule_id.startswith("sites/") and not (0 < (spec.max_words or 0) <= _MAX_UNSCANNABLE_WORDS):
            problem(
                "an unscannable rule is tried on every line of every page: "
                f"give it max_words of {_MAX_UNSCANNABLE_WORDS} or less, or a literal"
            )
    return Rule(
        id=rule_id,
        category=category,
        reason=spec.reason.strip(),
        scope=spec.scope,
        **literals,
        regex=tuple(spec.regex),
        unless_regex=tuple(spec.unless_regex),
        min_words=spec.min_words,
        max_words=spec.max_words,
        kind=tuple(spec.kind),
        position=spec.position,
        min_linked=spec.min_linked,
        max_linked=spec.max_linked,
        inside=inside,
        outside=outside,
        after=tuple(spec.after),
        before=tuple(spec.before),
        since=spec.since,
        until=spec.until,
        confidence=spec.confidence,
        state=spec.state,
        anchors=anchors,
        digit=not anchors and bool(spec.regex) and all(frozenset(DIGIT) in required_literals(pattern).signs for pattern in spec.regex),
    )


def _check_bounds(spec: RuleSpec, problem: Callable[[str], None]) -> None:
    for key, least, most, write in _BOUNDS:
        value = getattr(spec, key)
        if value is not None and not least <= value <= most:
            problem(f"{key} {value}: write {write}")
    for low, high in (("min_words", "max_words"), ("min_linked", "max_linked")):
        lower, upper = getattr(spec, low), getattr(spec, high)
        if lower is not None and upper is not None and lower > upper:
            problem(f"{low} {lower} is over {high} {upper}")
    if spec.since and spec.until and spec.since > spec.until:
        problem(f"since {spec.since} is after until {spec.until}: write the earlier date as since")


def _selectors(texts: list[str], problem: Callable[[str], None]) -> Iterator[str]:
    for text in texts:
        try:
            yield css_to_xpath(text)
        except ValueError as error:
            problem(str(error))


def _folded(key: str, texts: list[str], problem: Callable[[str], None]) -> tuple[str, ...]:
    folded = tuple(dict.fromkeys(_normal(key, fold(text).text.strip()) for text in texts))
    if not all(folded):
        problem(f"an empty text in {key}: delete it")
    return folded


def _normal(key: str, literal: str) -> str:
    """A literal as it is compared: `equals` and `ends_with` look at units without the ornaments at their ends."""
    start, end = trim(literal)
    if key == "equals":
        return literal[start:end]
    return literal[:end] if key == "ends_with" else literal


def _fault(pattern: str) -> str:
    """What is wrong with a pattern; "" when it is valid."""
    try:
        compile_pattern(pattern)
    except _INVALID as error:
        return str(error)
    return ""


def compile_patterns(loaded: Loaded) -> None:
    """Compiles all patterns of the rules into `programs`; adds a problem for each that does not compile."""
    for joined in joined_patterns(rule for rule in loaded.rules if rule.state == "stable"):
        with suppress(*_INVALID):  # each of them is told below
            loaded.programs[joined.pattern] = program(joined.pattern)
    for rule in loaded.rules:
        for pattern in rule.regex + rule.unless_regex:
            if pattern not in loaded.programs:
                try:
                    loaded.programs[pattern] = program(pattern)
                except _INVALID as error:
                    loaded.problems.append(Problem(loaded.files[rule.id], rule.id, f"pattern {pattern!r} is not valid: {error}"))


def _check_duplicates(loaded: Loaded) -> None:
    seen: set[str] = set()
    for rule in loaded.rules:
        if rule.id in seen:
            loaded.problems.append(Problem(loaded.files[rule.id], rule.id, "this id is used twice: give one of the rules another name"))
        seen.add(rule.id)
    packs: set[str] = set()
    for site in loaded.sites:
        if site.pack in packs:
            loaded.problems.append(Problem(loaded.files[site.pack], "", f"two files of one site ({site.pack}): join them"))
        packs.add(site.pack)


def _language(file: LanguageFile) -> Language:
    def words(texts: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fold(text).text.strip() for text in texts if text.strip()))

    return Language(
        language=file.language,
        **{f.name: words(getattr(file, f.name)) for f in msgspec.structs.fields(LanguageFile) if f.name not in ("format", "language")},
    )
