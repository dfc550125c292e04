"""Every rule that ships proves itself, and together they cover what the documentation promises."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cleanarticle import CATEGORIES, RuleSet
from cleanarticle.cli.proofs import run_page_case
from cleanarticle.document import text_document
from cleanarticle.errors import Problem
from cleanarticle.linting import lint, read_paths
from cleanarticle.matching import Matcher, Units
from cleanarticle.matching.verifying import page_holds, words_hold
from cleanarticle.ruleset import Site, default_rules, shipped_folder
from cleanarticle.ruleset.files import rule_files
from cleanarticle.ruleset.loading import Loaded
from cleanarticle.ruleset.patterns import compile_pattern

FOLDER = shipped_folder()
FILES = {file.relative_to(FOLDER).as_posix(): file for file in rule_files(FOLDER)}
RULE_FILES = {name: file for name, file in FILES.items() if file.name not in ("language.toml", "vocabulary.toml")}
PAGE_CONDITIONS = ("kind", "position", "inside", "outside", "after", "before", "since", "until")
_EVERY = 400
LANGUAGES = {name: file for name, file in FILES.items() if file.name == "language.toml"}


@cache
def loaded() -> Loaded:
    """All shipped rule files, read once."""
    return read_paths([FOLDER])


@cache
def problems() -> dict[str, list[Problem]]:
    """What lint says of the shipped rules, by file."""
    found: dict[str, list[Problem]] = {}
    for problem in lint(loaded(), run_case=run_page_case):
        found.setdefault(problem.file, []).append(problem)
    return found


@cache
def table(name: str) -> dict[str, Any]:
    """A file as TOML has it."""
    return tomllib.loads(FILES[name].read_text(encoding="utf-8"))


def ids_of(name: str) -> set[str]:
    """The ids of the rules in a file."""
    return {f"{table(name)['pack']}/{rule['name']}" for rule in table(name).get("rule", [])}


@pytest.mark.parametrize("name", FILES)
def test_lint_has_nothing_to_say(name: str) -> None:
    """The examples of every rule prove what it claims, and no rule removes what another one spares."""
    assert [str(problem) for problem in problems().get(str(FILES[name]), [])] == []


def test_lint_has_nothing_to_say_of_what_no_file_is_named_for() -> None:
    """Problems between files are problems too."""
    known = {str(file) for file in FILES.values()}
    assert [str(problem) for file, found in problems().items() if file not in known for problem in found] == []


@pytest.mark.parametrize("name", RULE_FILES)
def test_every_pattern_compiles(name: str) -> None:
    """Patterns are compiled when they are first needed; a broken one would only be noticed then."""
    for rule in loaded().rules:
        if rule.id in ids_of(name):
            for pattern in (*rule.regex, *rule.unless_regex):
                assert compile_pattern(pattern)


@pytest.mark.parametrize("name", RULE_FILES)
def test_every_example_is_found_by_the_scan(name: str) -> None:
    """What a rule's words hold for, the scan for its literals finds: no rule is dead on pages though its examples pass."""
    missed = []
    for rule in loaded().rules:
        if rule.id not in ids_of(name) or rule.scope == "section":
            continue
        if any(getattr(rule, condition) for condition in PAGE_CONDITIONS) or rule.min_linked is not None or rule.max_linked is not None:
            continue
        matcher = Matcher(RuleSet((rule,)))
        site = Site(pack=rule.pack, hosts=(), extends=(rule.pack,))
        missed += [
            (rule.id, text) for text in loaded().specs[rule.id].removes if not matcher.session(Units(text_document(text)), site).proposals
        ]
    assert missed == []


@pytest.mark.parametrize("name", RULE_FILES)
def test_a_pack_stands_where_its_name_says(name: str) -> None:
    """The folder is the language, so that a reader finds a rule by its id."""
    pack = table(name)["pack"]
    assert pack.partition("/")[0] == name.partition("/")[0]
    if pack.startswith("sites/"):
        assert Path(name).stem == pack.removeprefix("sites/")


@pytest.mark.parametrize("name", RULE_FILES)
def test_examples_are_several(name: str) -> None:
    """A rule shows at least one text that goes and one that stays, and the texts of a rule are not all alike."""
    for rule in table(name).get("rule", []):
        assert len(set(rule["removes"])) == len(rule["removes"]), rule["name"]
        assert len(set(rule["spares"])) == len(rule["spares"]), rule["name"]
        assert set(rule["removes"]).isdisjoint(rule["spares"]), rule["name"]


@pytest.mark.parametrize("name", RULE_FILES)
def test_reasons_are_sentences_for_readers(name: str) -> None:
    """A reason says in a few words what goes; it names no file, person, ticket or address."""
    for rule in table(name).get("rule", []):
        reason = rule["reason"]
        assert 3 <= len(reason.split()) <= 40, rule["name"]
        assert reason[0].isupper() or not reason[0].isalpha(), rule["name"]
        assert not re.search(r"https?://|\w@\w+\.\w|\bTODO\b|\bFIXME\b|\bXXX\b|#\d+", reason), rule["name"]


@pytest.mark.parametrize("name", FILES)
def test_files_tell_nothing_of_their_authors(name: str) -> None:
    """Rule files speak of rules alone: no author, no tool, no path of a machine."""
    text = FILES[name].read_text(encoding="utf-8")
    comments = "\n".join(line for line in text.splitlines() if line.lstrip().startswith("#"))
    assert not re.search(
        r"(?i)\b(?:author: |written by [A-Z]|generated (?:by|with)|co-authored|assistant|/work/|/home/|/tmp/|todo|fixme)", comments
    )


def test_there_are_hundreds_of_rules() -> None:
    """At least 400 rules ship."""
    assert len(default_rules()) >= 400


def test_every_category_has_rules() -> None:
    """Each of the twenty categories has rules for English or for any language."""
    covered = {rule.category for rule in default_rules() if rule.language in ("en", "any")}
    assert covered == CATEGORIES


def test_rules_come_in_many_languages() -> None:
    """Besides English and German there are rules for several languages more."""
    languages = {rule.language for rule in default_rules()} - {"any", "sites"}
    assert {"en", "de"} <= languages
    assert len(languages) >= 6


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_language_has_its_words(name: str) -> None:
    """A language file is in its language's folder and has what dates, bylines and related headings need."""
    words = table(name)
    assert words["language"] == name.partition("/")[0]
    assert len(words["related_headings"]) >= 3
    if words["language"] not in ("ja", "ko", "zh"):  # months are numbers there
        assert len(words["months"]) >= 12
    assert all(words.get(key) for key in ("byline", "date_words", "reading_time"))


def test_the_vocabulary_has_the_groups_that_detectors_ask_for() -> None:
    """Names of classes are known for what containers, captions, credits, bylines, headlines and kickers are called."""
    groups = dict(default_rules().vocabulary)
    wanted = {
        "comments",
        "newsletter",
        "related",
        "author_bio",
        "social",
        "contact",
        "copyright",
        "disclaimer",
        "company_boilerplate",
        "navigation",
    }
    assert wanted | {"caption", "credit", "byline", "headline", "kicker"} <= groups.keys()
    assert all(groups.values())


def test_the_default_rules_are_those_of_the_folder() -> None:
    """What a cleaner uses without being told is what stands in the files."""
    assert {rule.id for rule in default_rules()} == set(loaded().specs)
    assert default_rules() is default_rules()


def test_the_files_ship() -> None:
    """The folder is part of the package."""
    assert FOLDER.is_dir()
    assert FOLDER.parent.joinpath("__init__.py").exists()


def test_the_scan_misses_nothing_that_a_rule_would_hold_for() -> None:
    """On the lines that all examples are made of, each rule is a candidate where it holds when it is simply tried."""
    rules = default_rules().select().rules
    matcher = Matcher(default_rules().select())
    texts = sorted(
        {line for spec in loaded().specs.values() for text in (*spec.removes, *spec.spares) for line in text.splitlines() if line}
    )
    units = Units(text_document("\n".join(texts)))
    candidates, run = matcher.candidates(units), matcher.run(units, lambda: None)
    own = {line: number for number, rule in enumerate(rules) for text in loaded().specs[rule.id].removes for line in text.splitlines()}
    for at, text in enumerate(texts):
        # its own rule, and every 400th: all of them on all lines would take minutes
        for number in {own.get(text, 0), *range(at % _EVERY, len(rules), _EVERY)} - candidates.get(at, {}).keys():
            rule = rules[number]
            if not rule.after and not rule.before and page_holds(rule, at, run):
                for unit in units.sentences(at) if rule.scope == "sentence" else [units.blocks[at]]:
                    assert words_hold(rule, unit, run) is None, (rule.id, text)
