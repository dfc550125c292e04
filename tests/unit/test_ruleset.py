"""Rule files become rule sets: what is wrong with them is said in full, and neither their order nor a cache changes the result."""

from __future__ import annotations

import datetime
import io
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanarticle import CATEGORIES, RuleFileError, RuleSet, load_rules
from cleanarticle.linting import read_paths
from cleanarticle.ruleset import Site, cache
from cleanarticle.ruleset.loading import read_files
from helpers import load, rule_file, rules_of

GOOD = {"starts_with": ["sign up for"]}

# what is wrong in a rule, and what the message must name: the thing itself and what to write instead
BROKEN_RULES = {
    "an unknown key": ({**GOOD, "start_with": ["x"]}, ["unknown key 'start_with'", "starts_with"]),
    "a name with capitals": ({**GOOD, "name": "Sign Up"}, ["name 'Sign Up'", "'sign-up'"]),
    "an empty name": ({**GOOD, "name": ""}, ["name ''", "'sign-up'"]),
    "no reason": ({**GOOD, "reason": "  "}, ["no reason", "say in one sentence"]),
    "no words": ({"max_words": 5}, ["no words to look for", "starts_with", "regex"]),
    "words only to spare": ({"unless": ["said"]}, ["no words to look for"]),
    "an unknown scope": ({**GOOD, "scope": "line"}, ["'scope': 'line' can't stand there", "one of 'block', 'match'"]),
    "an unknown category": ({**GOOD, "category": "ads"}, ["'category': 'ads'", "one of 'advertisement', 'attribution'"]),
    "a misspelt category": ({**GOOD, "category": "promos"}, ["'promos'", "did you mean 'promo'?"]),
    "an unknown kind": ({**GOOD, "kind": ["line"]}, ["'kind': ['line']", "a list of any of 'caption', 'code'"]),
    "an unknown place": ({**GOOD, "position": "middle"}, ["'position': 'middle'", "one of 'head', 'tail'"]),
    "an unknown neighbour": ({**GOOD, "after": ["comment"]}, ["'after'", "a list of any of", "did you mean 'comments'?"]),
    "a text for a list": ({"starts_with": "sign up"}, ["'starts_with': 'sign up'", "a list of texts"]),
    "a number for a text": ({"starts_with": [1]}, ["'starts_with': [1]", "a list of texts"]),
    "a text for a number": ({**GOOD, "max_words": "5"}, ["'max_words': '5'", "a whole number"]),
    "no date": ({**GOOD, "since": "soon"}, ["'since': 'soon'", "a date, such as 2026-01-31"]),
    "a match without a pattern": ({**GOOD, "scope": "match"}, ["scope 'match'", "regex ="]),
    "word bounds the wrong way round": ({**GOOD, "min_words": 9, "max_words": 3}, ["min_words 9", "max_words 3"]),
    "link bounds the wrong way round": ({**GOOD, "min_linked": 0.9, "max_linked": 0.5}, ["min_linked 0.9", "max_linked 0.5"]),
    "less than no words": ({**GOOD, "max_words": -1}, ["max_words -1", "from 1 to 100000"]),
    "more words than there are": ({**GOOD, "max_words": 99999999999999999999999}, ["max_words 9999", "from 1 to 100000"]),
    "very many words": ({**GOOD, "min_words": 10**6}, ["min_words 1000000", "from 0 to 100000"]),
    "more than all linked": ({**GOOD, "min_linked": 7.0}, ["min_linked 7.0", "a share from 0 to 1"]),
    "a share that is no number": ({**GOOD, "max_linked": float("nan")}, ["max_linked nan", "a share from 0 to 1"]),
    "dates the wrong way round": (
        {**GOOD, "since": datetime.date(2026, 2, 1), "until": datetime.date(2026, 1, 1)},
        ["since 2026-02-01 is after until 2026-01-01", "the earlier date"],
    ),
    "a text for true or false": ({**GOOD, "unscannable": "yes"}, ["'unscannable': 'yes'", "true or false"]),
    "an empty literal": ({"contains": ["newsletter", " "]}, ["an empty text in contains", "delete it"]),
    "a literal of ornaments": ({"equals": ["***"]}, ["an empty text in equals", "delete it"]),
    "a pattern that is none": ({"regex": ["newsletter ("]}, ["'newsletter ('", "not valid"]),
    "an exception that is no pattern": ({**GOOD, "unless_regex": ["["]}, ["'['", "not valid"]),
    "a pattern that is too long": ({"regex": ["newsletter" + "x" * 2_000]}, ["2000 characters", "split it"]),
    "a pattern that fills the memory": ({"regex": ["harbour (?:a{65000}){65000}"]}, ["more repeats than a text has characters", ".{0,80}"]),
    "one with nothing in its rounds": ({"regex": ["harbour (?:(?:a?){1000}){100000}"]}, ["more repeats", "smaller numbers"]),
    "one that only the regex module reads": ({"regex": [r"harbour (?:(?:\LA|a){1000}){100000}"]}, ["more repeats"]),
    "a pattern without a literal": ({"regex": [r"^\w+$"]}, ["no literal of three letters", "unscannable = true"]),
    "a literal of two letters": ({"contains": ["ad"]}, ["no literal of three letters", "unscannable = true"]),
    "one of two patterns without a literal": ({"regex": ["newsletter", r"\d+"]}, ["no literal of three letters"]),
    "an unscannable rule without a bound": ({"regex": [r"^\w+$"], "unscannable": True}, ["max_words", "8"]),
    "an unscannable rule with too wide a bound": ({"regex": [r"^\w+$"], "unscannable": True, "max_words": 40}, ["max_words", "8"]),
    "a selector that is none": ({**GOOD, "inside": ["aside["]}, ["'aside['", "CSS selector", "'aside.related'"]),
    "an exception that is no selector": ({**GOOD, "outside": ["::"]}, ["'::'", "CSS selector"]),
    "a selector of siblings of siblings": ({**GOOD, "inside": ["p ~ p ~ .q"]}, ["'p ~ p ~ .q'", "write '~' once"]),
    "a selector that is too long": ({**GOOD, "inside": ["a" * 501]}, ["longer than 500 characters", "shorter"]),
    "an example that is no text": ({**GOOD, "removes": [1]}, ["'removes': [1]", "a list of texts"]),
    "a case that lacks its result": ({**GOOD, "case": [{"before": ["x"]}]}, ["'case'", "[[rule.case]] with after = [texts]"]),
}


@pytest.mark.parametrize(("rule", "says"), BROKEN_RULES.values(), ids=BROKEN_RULES)
def test_a_broken_rule_is_named_with_what_to_write(tmp_path: Path, rule: dict[str, object], says: list[str]) -> None:
    """Each thing that can be wrong with a rule gives an error with file, rule, what is wrong and what to write."""
    file = tmp_path / "mine.toml"
    file.write_text(rule_file({"name": "sign-up", **rule}), encoding="utf-8")
    with pytest.raises(RuleFileError) as raised:
        load_rules(file)
    name = rule.get("name", "sign-up")
    about = [problem for problem in raised.value.problems if problem.rule == f"en/test/{name}"]
    assert about, raised.value
    assert {problem.file for problem in about} == {str(file)}
    for words in says:
        assert any(words in problem.message for problem in about), (words, about)


BROKEN_FILES = {
    "not TOML": ("format = ", ["not TOML"]),
    "not UTF-8": (b"format = 1 # \xff", ["not UTF-8", "save it as UTF-8"]),
    "deeply nested": ("x = " + "[" * 5_000 + "]" * 5_000, ["not TOML"]),
    "an endless number": ("x = " + "9" * 5_000, ["a number of thousands of digits can't be read", "shorter"]),
    "an endless number in hexadecimal": ("x = {y = [0x" + "9" * 5_000 + "]}", ["a number", "can't be read", "shorter"]),
    "an endless key": ("a." * 50_000 + "a = 1", ["a key of more than 20 parts (a.a.", "which have one"]),
    "an endless key in quotes": ("x = {" + r'"\"" . ' * 50_000 + "'b' = 1}", ["a key of more than 20 parts"]),
    "an endless table": ("[" + "a . " * 50_000 + "a]", ["a key of more than 20 parts"]),
    "too large": ("#" * 5_000_001, ["larger than 5000000 bytes", "split it"]),
    "no format": ('pack = "en/test"', ["'format' is missing: write 1"]),
    "another format": (rule_file(format=2), ["'format': 2 can't stand there: write 1"]),
    "no pack": ("format = 1", ["'pack' is missing: write a text"]),
    "a pack that is none": (rule_file(pack="English"), ["pack 'English'", "'<language>/<category>'"]),
    "a pack that climbs": (rule_file(pack="sites/../x"), ["pack 'sites/../x'"]),
    "an unknown key": (rule_file(categories=["promo"]), ["unknown key 'categories'", "category"]),
    "an unknown category": (rule_file(category="ads"), ["category"]),
    "no list of rules": (rule_file() + "[rule]\nname = 'x'", ["'rule' is not a list", "[[rule]]"]),
    "a rule that is no table": (rule_file() + "rule = [1]", ["not a table"]),
    "site keys elsewhere": (rule_file(hosts=["a.example"]), ["'hosts' is for site files", "sites/<domain>"]),
    "selectors elsewhere": (rule_file(prune_css=["aside"]), ["'prune_css' is for site files"]),
    "a site without hosts": (rule_file(pack="sites/a.example"), ["hosts = ["]),
    "a site with an address for a host": (
        rule_file(pack="sites/a.example", hosts=["https://e.example/"]),
        ["'https://e.example/' is no host", "'example.com'", "subdomains are included"],
    ),
    "a site with an empty host": (rule_file(pack="sites/a.example", hosts=[""]), ["'' is no host"]),
    "a site with a pattern for a host": (rule_file(pack="sites/a.example", hosts=["*.e.example"]), ["'*.e.example' is no host"]),
    "a site with a port": (rule_file(pack="sites/a.example", hosts=["e.example:80"]), ["'e.example:80' is no host"]),
    "a site with a selector that is none": (
        rule_file(pack="sites/a.example", hosts=["a.example"], prune_css=["a["]),
        ["'a['", "'aside.related'"],
    ),
    "a site with an XPath that is none": (rule_file(pack="sites/a.example", hosts=["a.example"], prune_xpath=["//["]), ["'//['", "XPath"]),
    "a site with an unsafe function": (
        rule_file(pack="sites/a.example", hosts=["a.example"], body_xpath=["//p[document('x')]"]),
        ["document()", "safe subset"],
    ),
    "a site with an unsafe axis": (
        rule_file(pack="sites/a.example", hosts=["a.example"], body_xpath=["//p/following::a"]),
        ["following::", "safe subset"],
    ),
    "a site with siblings of siblings in CSS": (
        rule_file(pack="sites/a.example", hosts=["a.example"], prune_css=["p ~ p ~ .q"]),
        ["'p ~ p ~ .q'", "write '~' once"],
    ),
    "a site with siblings of siblings": (
        rule_file(pack="sites/a.example", hosts=["a.example"], prune_xpath=["//p/following-sibling::p/preceding-sibling::p"]),
        ["siblings of siblings", "//p[preceding-sibling::h2]"],
    ),
    "a site with an endless path": (rule_file(pack="sites/a.example", hosts=["a.example"], body_xpath=["//a" * 13]), ["simpler path"]),
}


@pytest.mark.parametrize(("content", "says"), BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_a_broken_file_is_named_with_what_to_write(tmp_path: Path, content: str | bytes, says: list[str]) -> None:
    """Each thing that can be wrong with a file as a whole gives an error with the file's name."""
    file = tmp_path / "mine.toml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(RuleFileError) as raised:
        load_rules(file)
    assert {problem.file for problem in raised.value.problems} == {str(file)}
    for words in says:
        assert words in str(raised.value)


BROKEN_LANGUAGES = {
    "an unknown key": ('format = 1\nlanguage = "en"\nmonth = ["may"]', ["unknown key 'month'", "months"]),
    "no language code": ('format = 1\nlanguage = "English"', ["'English'", "'en'"]),
    "no language": ("format = 1", ["language"]),
    "words that are no list": ('format = 1\nlanguage = "en"\nmonths = "may"', ["months"]),
}


@pytest.mark.parametrize(("content", "says"), BROKEN_LANGUAGES.values(), ids=BROKEN_LANGUAGES)
def test_a_broken_language_file_is_named_with_what_to_write(content: str, says: list[str]) -> None:
    """Language files are as strict as rule files."""
    with pytest.raises(RuleFileError) as raised:
        load(content, names=["en/language.toml"])
    for words in says:
        assert words in str(raised.value)


def test_a_broken_vocabulary_is_an_error() -> None:
    """Vocabulary files are as strict as rule files."""
    with pytest.raises(RuleFileError, match="groups"):
        load('format = 1\ngroups = ["x"]', names=["any/vocabulary.toml"])


def test_all_problems_are_told_at_once() -> None:
    """One run names every broken rule in every file, not just the first."""
    first = rule_file({"name": "one", "contains": ["ad"]}, {"name": "two", "contains": ["newsletter"], "wrong": 1}, pack="en/first")
    second = rule_file({"name": "three", "regex": ["newsletter ("]}, pack="en/second")
    with pytest.raises(RuleFileError) as raised:
        load(first, second, "not toml")
    assert {problem.rule for problem in raised.value.problems} == {"en/first/one", "en/first/two", "en/second/three", ""}
    assert len(str(raised.value).splitlines()) == len(raised.value.problems) == 4


def test_all_problems_of_one_rule_are_told_at_once() -> None:
    """Several mistakes in one rule are several problems."""
    with pytest.raises(RuleFileError) as raised:
        rules_of(
            {"name": "Sign Up", "reason": "", "contains": ["newsletter", ""], "min_words": 5, "max_words": 2, "inside": ["a["], "wrong": 1}
        )
    assert len(raised.value.problems) >= 6


def test_two_values_of_a_wrong_type_are_two_problems() -> None:
    """A wrong type does not hide the next one."""
    with pytest.raises(RuleFileError) as raised:
        rules_of({"contains": "newsletter", "max_words": "5"})
    messages = [problem.message for problem in raised.value.problems]
    assert len(messages) == 2
    assert "a list of texts" in messages[0]
    assert "a whole number" in messages[1]


def test_a_path_that_does_not_exist_is_an_error() -> None:
    """A mistyped path is no empty rule set."""
    with pytest.raises(RuleFileError, match="no such file or folder"):
        load_rules("no/such/folder")


def test_a_path_that_is_too_long_is_an_error() -> None:
    """What the system can't look up is told as a path that is wrong."""
    with pytest.raises(RuleFileError, match=r"can't be read .*: check the path"):
        load_rules("x" * 5_000)


@pytest.mark.parametrize("what", ["os.stat", "os.scandir", "io.open"])
def test_a_path_that_may_not_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """A file or folder that is forbidden is named, not left out."""
    file = tmp_path / "mine" / "deep" / "mine.toml"
    file.parent.mkdir(parents=True)
    file.write_text(rule_file(GOOD))
    allowed = {"os.stat": os.stat, "os.scandir": os.scandir, "io.open": io.open}[what]

    def refuse(path: object, *args: Any, **kwargs: Any) -> Any:
        if str(path).endswith(("deep", "mine.toml")):
            raise PermissionError(13, "Permission denied", str(path))
        return allowed(path, *args, **kwargs)

    monkeypatch.setattr(what, refuse)
    with pytest.raises(RuleFileError, match=r"mine.*can't be read \(Permission denied\): check the path, and who may read it"):
        load_rules(tmp_path / "mine")
    with pytest.raises(RuleFileError, match="can't be read"):
        read_paths([tmp_path / "mine"])


def test_a_rule_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    """Editors that write a byte order mark do no harm."""
    file = tmp_path / "mine.toml"
    file.write_text(rule_file(GOOD), encoding="utf-8-sig")
    assert len(load_rules(file)) == 1


def test_folders_are_read_at_any_depth(tmp_path: Path) -> None:
    """Rule files may stand in folders of folders; other files are left alone."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "deep.toml").write_text(rule_file(GOOD, pack="en/deep"))
    (tmp_path / "top.toml").write_text(rule_file(GOOD, pack="en/top"))
    (tmp_path / "README.md").write_text("no rules")
    assert [rule.id for rule in load_rules(tmp_path)] == ["en/deep/rule-1", "en/top/rule-1"]


def test_several_paths_are_one_set(tmp_path: Path) -> None:
    """Files and folders can be given together."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(rule_file(GOOD, pack=f"en/{name}"))
    assert [rule.pack for rule in load_rules(tmp_path / "one.toml", tmp_path / "two.toml")] == ["en/one", "en/two"]


def test_an_id_is_its_pack_and_name() -> None:
    """The header names the pack, whatever the file is called; the first part is the language."""
    (rule,) = rules_of({**GOOD, "name": "sign-up"}, pack="de/newsletter")
    assert (rule.id, rule.pack, rule.language) == ("de/newsletter/sign-up", "de/newsletter", "de")


def test_the_category_of_a_rule_overrides_that_of_the_file() -> None:
    """A rule may belong to another category than its file."""
    rules = rules_of({**GOOD, "name": "a"}, {**GOOD, "name": "b", "category": "social"}, category="promo")
    assert [rule.category for rule in rules] == ["promo", "social"]


def test_a_category_must_stand_somewhere() -> None:
    """Without a category in the header or in the rule there is an error that lists them."""
    with pytest.raises(RuleFileError, match="no category: write one of advertisement"):
        rules_of(GOOD, category=None)


def test_one_id_twice_is_an_error() -> None:
    """Two rules with one id are refused, in one file as in two."""
    for files in ([rule_file({**GOOD, "name": "a"}, {**GOOD, "name": "a"})], [rule_file({**GOOD, "name": "a"})] * 2):
        with pytest.raises(RuleFileError, match="en/test/a: this id is used twice"):
            load(*files)


def test_two_files_of_one_site_are_an_error() -> None:
    """A site is described in one place."""
    with pytest.raises(RuleFileError, match="two files of one site"):
        load(*[rule_file(pack="sites/a.example", hosts=["a.example"])] * 2)


def test_literals_are_folded_when_loaded() -> None:
    """Authors may write capitals, curly quotes and dashes."""
    (rule,) = rules_of({"starts_with": ["Don’t  Miss –"], "equals": ["► Related Stories:"]})
    assert rule.starts_with == ("don't miss -",)
    assert rule.equals == ("related stories",)


def test_a_layered_set_holds_both() -> None:
    """One set over another has the rules, languages and words of both."""
    base = load(rule_file(GOOD, pack="en/base"), 'format = 1\nlanguage = "en"\nmonths = ["May"]', names=["base.toml", "language.toml"])
    mine = load(rule_file(GOOD, pack="en/mine"), 'format = 1\nlanguage = "en"\nmonths = ["Mayo"]', names=["mine.toml", "language.toml"])
    both = base | mine
    assert [rule.pack for rule in both] == ["en/base", "en/mine"]
    assert both.words("months") == {"may", "mayo"}


def test_layers_with_one_id_are_an_error() -> None:
    """A layer can't silently change what an id means."""
    with pytest.raises(RuleFileError, match="en/test/rule-1: this id is used by another rule set too: rename yours"):
        rules_of(GOOD) | rules_of(GOOD)


def test_vocabularies_are_joined() -> None:
    """A layer adds names to groups and groups to the vocabulary."""
    base = load('format = 1\n[groups]\nbyline = ["author"]', names=["vocabulary.toml"])
    mine = load('format = 1\n[groups]\nbyline = ["skribent"]\npromo = ["shop"]', names=["vocabulary.toml"])
    assert dict((base | mine).vocabulary) == {"byline": ("author", "skribent"), "promo": ("shop",)}


def test_a_layered_site_file_is_not_ignored() -> None:
    """Who describes a host that is described already is told so, or heard: their selectors are not dropped in silence."""
    base = load(rule_file(pack="sites/a.example", hosts=["a.example"], prune_css=["aside"]))
    mine = load(rule_file(pack="sites/a.example", hosts=["a.example"], prune_css=["footer"]))
    try:
        site = (base | mine).site_of("a.example")
    except RuleFileError:
        return
    assert any("footer" in selector for selector in site.prune)


SELECTABLE = [
    rule_file({**GOOD, "name": "sign-up"}, {**GOOD, "name": "offer"}, pack="en/promo", category="promo"),
    rule_file({**GOOD, "name": "abo"}, pack="de/promo", category="promo"),
    rule_file({**GOOD, "name": "teilen"}, pack="de/social", category="social"),
    rule_file({**GOOD, "name": "mark"}, pack="any/promo", category="newsletter"),
    rule_file({**GOOD, "name": "house"}, pack="sites/a.example", hosts=["a.example"], category="related"),
    rule_file({**GOOD, "name": "dane"}, pack="eng/promo", category="promo"),
]
ALL = {
    "en/promo/sign-up",
    "en/promo/offer",
    "de/promo/abo",
    "de/social/teilen",
    "any/promo/mark",
    "sites/a.example/house",
    "eng/promo/dane",
}
DISABLED = {
    "nothing": ([], set()),
    "a rule": (["en/promo/sign-up"], {"en/promo/sign-up"}),
    "a pack": (["en/promo"], {"en/promo/sign-up", "en/promo/offer"}),
    "a language, not one whose code begins alike": (["en"], {"en/promo/sign-up", "en/promo/offer"}),
    "a category, in every pack": (["newsletter"], {"any/promo/mark"}),
    "a pattern": (["*/promo/*"], {"en/promo/sign-up", "en/promo/offer", "de/promo/abo", "any/promo/mark", "eng/promo/dane"}),
    "a pattern for part of a name": (["en/promo/sign*"], {"en/promo/sign-up"}),
    "several": (["social", "sites"], {"de/social/teilen", "sites/a.example/house"}),
    "a part of an id that ends in a word": (["en/promo/sign"], set()),
}


@pytest.mark.parametrize(("disable", "off"), DISABLED.values(), ids=DISABLED)
def test_rules_are_switched_off_by_name(disable: list[str], off: set[str]) -> None:
    """Rules, packs, languages, categories and patterns with wildcards name rules."""
    assert {rule.id for rule in load(*SELECTABLE).select(disable=disable)} == ALL - off


def test_languages_restrict() -> None:
    """With languages given, those of others are out; what holds for all languages and for sites stays."""
    assert {rule.id for rule in load(*SELECTABLE).select(languages=["de"])} == {
        "de/promo/abo",
        "de/social/teilen",
        "any/promo/mark",
        "sites/a.example/house",
    }


def test_no_languages_leave_what_holds_for_all() -> None:
    """An empty collection is a restriction, None is not."""
    rules = load(*SELECTABLE)
    assert {rule.language for rule in rules.select(languages=[])} == {"any", "sites"}
    assert len(rules.select(languages=None)) == len(ALL)


def test_kept_categories_are_not_looked_for() -> None:
    """Rules of a category that is kept are not used."""
    assert {rule.id for rule in load(*SELECTABLE).select(keep_categories={"promo"})} == {
        "de/social/teilen",
        "any/promo/mark",
        "sites/a.example/house",
    }


def test_only_stable_rules_are_used() -> None:
    """Candidates, previews and retired rules wait until they are asked for."""
    rules = rules_of(*({**GOOD, "name": state, "state": state} for state in ("candidate", "preview", "stable", "retired")))
    assert [rule.id for rule in rules.select()] == ["en/test/stable"]
    assert [rule.id for rule in rules.select(states=("preview", "stable"))] == ["en/test/preview", "en/test/stable"]


SITES = [
    rule_file(
        {**GOOD, "name": "house"},
        pack="sites/a.example",
        hosts=["www.A.example", "m.b.example"],
        extends=["sites/group"],
        body_css=["main"],
        prune_css=["aside"],
        disable=["en/promo"],
    ),
    rule_file(
        pack="sites/group",
        hosts=["group.example"],
        body_css=["article"],
        prune_css=["footer"],
        disable=["en/social"],
        extends=["sites/root"],
    ),
    rule_file(pack="sites/root", hosts=["root.example"], prune_css=["nav"]),
    rule_file(pack="sites/loop-a", hosts=["loop-a.example"], prune_css=["aside"], extends=["sites/loop-b"]),
    rule_file(pack="sites/loop-b", hosts=["loop-b.example"], prune_css=["footer"], extends=["sites/loop-a"]),
]
HOSTS = {
    "the host": ("a.example", "sites/a.example"),
    "with www": ("www.a.example", "sites/a.example"),
    "a subdomain": ("news.a.example", "sites/a.example"),
    "a subdomain of a subdomain": ("x.news.a.example", "sites/a.example"),
    "in capitals": ("A.EXAMPLE", "sites/a.example"),
    "with the root's dot": ("a.example.", "sites/a.example"),
    "another host of the site": ("m.b.example", "sites/a.example"),
    "the domain above a host": ("b.example", ""),
    "a host that ends alike": ("aa.example", ""),
    "a stranger": ("c.example", ""),
    "no host": ("", ""),
    "dots": ("...", ""),
}


@pytest.mark.parametrize(("host", "pack"), HOSTS.values(), ids=HOSTS)
def test_a_site_is_known_by_its_host(host: str, pack: str) -> None:
    """Site files hold for their hosts and all subdomains, and for no other."""
    assert load(*SITES).site_of(host).pack == pack


def test_a_site_has_what_it_extends() -> None:
    """Selectors, switched-off rules and packs of all that a site extends are its own; of body selectors the nearest hold."""
    site = load(*SITES).site_of("a.example")
    assert site.extends == ("sites/a.example", "sites/group", "sites/root")
    assert site.disable == ("en/promo", "en/social")
    assert [next(tag for tag in ("aside", "footer", "nav") if tag in selector) for selector in site.prune] == ["aside", "footer", "nav"]
    assert len(site.body) == 1
    assert "main" in site.body[0]


def test_a_body_is_inherited_where_there_is_none() -> None:
    """A site without a body selector takes that of what it extends."""
    rules = load(
        rule_file(pack="sites/a.example", hosts=["a.example"], extends=["sites/g"]),
        rule_file(pack="sites/g", hosts=["g.example"], body_css=["main"]),
    )
    assert rules.site_of("a.example").body == rules.site_of("g.example").body != ()


def test_sites_that_extend_each_other_end() -> None:
    """A cycle is followed once around."""
    site = load(*SITES).site_of("loop-a.example")
    assert site.extends == ("sites/loop-a", "sites/loop-b")
    assert len(site.prune) == 2


@pytest.mark.parametrize("written", ["bücher.example", "BÜCHER.example", "xn--bcher-kva.example", "www.XN--BCHER-KVA.example."])
@pytest.mark.parametrize("asked", ["bücher.example", "xn--bcher-kva.example", "Laden.BÜCHER.example"])
def test_a_host_in_another_script_is_one_host(written: str, asked: str) -> None:
    """A host in Unicode and its ASCII form are the same, in rule files as in addresses."""
    assert load(rule_file(pack="sites/b.example", hosts=[written])).site_of(asked).pack == "sites/b.example"


def site(name: str, *extends: str) -> Site:
    return Site(
        pack=f"sites/{name}", hosts=(f"{name}.example",), extends=tuple(f"sites/{other}" for other in extends), prune=(f"//{name}",)
    )


def test_sites_that_many_others_extend_are_followed_once() -> None:
    """What is reached on many ways is there once, and does not take as long as all the ways."""
    levels = [site(f"{side}{level}", f"a{level + 1}", f"b{level + 1}") for level in range(22) for side in "ab"]
    merged = RuleSet(sites=(*levels, site("a22"), site("b22"))).site_of("a0.example")
    assert len(merged.extends) == len(merged.prune) == 45


def test_a_long_chain_of_sites_is_followed_to_its_end() -> None:
    """However many sites extend each other in turn, the last one holds for the first."""
    chain = RuleSet(sites=tuple(site(f"s{number}", f"s{number + 1}") for number in range(3_000)))
    assert chain.site_of("s0.example").prune[-1] == "//s2999"


def test_extending_what_is_not_there_changes_nothing() -> None:
    """A missing parent leaves the site as it is; lint names it."""
    site = load(rule_file(pack="sites/a.example", hosts=["a.example"], extends=["sites/nowhere"], prune_css=["aside"])).site_of("a.example")
    assert len(site.prune) == 1


LAYERS = [
    rule_file({**GOOD, "name": "one"}, pack="en/one"),
    rule_file({**GOOD, "name": "two"}, {**GOOD, "name": "also"}, pack="any/two"),
    rule_file({**GOOD, "name": "three"}, pack="de/three"),
    rule_file(pack="sites/a.example", hosts=["a.example"], prune_css=["aside"]),
    rule_file(pack="sites/b.example", hosts=["b.example"], prune_css=["footer"]),
]


@given(st.permutations(LAYERS))
@settings(max_examples=20)
def test_the_order_of_files_plays_no_part(files: list[str]) -> None:
    """Whatever the files are called and in whatever order they come, the set is the same and has the same version."""
    rules = load(*files)
    assert rules == load(*LAYERS)
    assert rules.version == load(*LAYERS).version


@given(st.permutations([rules_of({**GOOD, "name": name}, pack=f"en/{name}") for name in ("a", "b", "c", "d")]))
def test_the_order_of_layers_plays_no_part(layers: list[RuleSet]) -> None:
    """Layering in another order makes the same set."""
    whole = RuleSet()
    for layer in layers:
        whole = whole | layer
    assert [rule.pack for rule in whole] == ["en/a", "en/b", "en/c", "en/d"]


def test_the_version_tells_sets_apart() -> None:
    """Any change of what rules do changes the version."""
    assert rules_of(GOOD).version == rules_of(GOOD).version
    assert len({rules_of({**GOOD, "max_words": words}).version for words in (5, 6, None)}) == 3


def test_a_rule_set_pickles() -> None:
    """Rule sets travel to worker processes."""
    rules = load(*SITES, *SELECTABLE[:4])
    assert pickle.loads(pickle.dumps(rules)) == rules


def test_categories_name_rules_before_packs_do() -> None:
    """A category's name switches off its rules in every pack, and every category can be named."""
    rules = load(*SELECTABLE)
    assert rules.ids_matching("social") == {"de/social/teilen"}
    assert all(rules.ids_matching(category) <= ALL for category in CATEGORIES)


@pytest.fixture(autouse=True)
def cache_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def caches(home: Path) -> list[Path]:
    """The cached rule sets in a cache folder."""
    return sorted(home.rglob("rules-*"))


def test_a_missing_cache_is_made(tmp_path: Path, cache_home: Path) -> None:
    """The first load writes a cache, and the next one gives the same rules from it."""
    (tmp_path / "mine.toml").write_text(rule_file(GOOD))
    first = load_rules(tmp_path / "mine.toml")
    assert len(caches(cache_home)) == 1
    assert load_rules(tmp_path / "mine.toml") == first
    assert len(caches(cache_home)) == 1


def test_the_cache_is_what_is_read(tmp_path: Path, cache_home: Path) -> None:
    """A cache of the same files is used: what it holds is what is loaded."""
    (tmp_path / "mine.toml").write_text(rule_file(GOOD))
    load_rules(tmp_path / "mine.toml")
    (stored,) = caches(cache_home)
    other = rules_of({**GOOD, "name": "from-the-cache"})
    cache.write(stored.stem.removeprefix("rules-"), cache.Compiled(other.rules, (), (), (), {}))
    assert [rule.id for rule in load_rules(tmp_path / "mine.toml")] == ["en/test/from-the-cache"]


def test_a_cache_of_changed_files_is_not_read(tmp_path: Path, cache_home: Path) -> None:
    """A change of a rule file counts at once, even one that leaves its size and time alone."""
    file = tmp_path / "mine.toml"
    file.write_text(rule_file({**GOOD, "name": "one"}))
    load_rules(file)
    status = file.stat()
    file.write_text(rule_file({**GOOD, "name": "two"}))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert [rule.id for rule in load_rules(file)] == ["en/test/two"]


@pytest.mark.parametrize(
    "content",
    [b"", b"garbage", b"\x94\x90\x90", b"\x94\x91\x01\x90\x90\x90", b"\xc1" * 100, "half"],
    ids=["empty", "garbage", "cut", "of another form", "not msgpack", "half of it"],
)
def test_a_broken_cache_does_no_harm(tmp_path: Path, cache_home: Path, content: bytes | str) -> None:
    """What can't be read as a cache is read from the files again, and mended."""
    (tmp_path / "mine.toml").write_text(rule_file(GOOD))
    rules = load_rules(tmp_path / "mine.toml")
    (stored,) = caches(cache_home)
    whole = stored.read_bytes()
    stored.write_bytes(content if isinstance(content, bytes) else whole[: len(whole) // 2])
    assert load_rules(tmp_path / "mine.toml") == rules
    assert stored.read_bytes() == whole


def test_a_cache_folder_that_is_a_file_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no folder can be made, rules load as well."""
    (tmp_path / "cache").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert len(rules_of(GOOD)) == 1


def test_a_read_only_cache_does_no_harm(tmp_path: Path, cache_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be written, rules load as well and nothing is left behind."""

    def refuse(*arguments: object, **options: object) -> None:
        raise PermissionError(13, "read-only")

    monkeypatch.setattr("cleanarticle.ruleset.cache.tempfile.mkstemp", refuse)
    assert len(rules_of(GOOD)) == 1
    assert caches(cache_home) == []


def test_a_full_disk_leaves_no_half_cache(cache_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that can't be put in its place is taken away again."""

    def refuse(*arguments: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr("cleanarticle.ruleset.cache.os.replace", refuse)
    assert len(rules_of(GOOD)) == 1
    assert [file for file in cache_home.rglob("*") if file.is_file()] == []


def test_old_caches_are_cleared_away(cache_home: Path) -> None:
    """Caches of rule files that changed do not pile up."""
    for number in range(20):
        rules_of({**GOOD, "name": f"rule-{number}"})
    assert 1 <= len(caches(cache_home)) <= 10


def test_a_cache_in_use_outlives_those_written_after_it(tmp_path: Path, cache_home: Path) -> None:
    """What is cleared away is what was not used for longest, whenever it was written."""
    (tmp_path / "used.toml").write_text(rule_file(GOOD))
    load_rules(tmp_path / "used.toml")
    missed: list[int] = []
    for number in range(12):
        with cache.when_missing(lambda: missed.append(len(missed))):
            load_rules(tmp_path / "used.toml")
        (tmp_path / "other.toml").write_text(rule_file({**GOOD, "name": f"rule-{number}"}))
        load_rules(tmp_path / "other.toml")
    assert missed == []


def test_a_cache_that_may_only_be_read_is_read(tmp_path: Path, cache_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the time of use can't be noted, the cache serves as well."""
    (tmp_path / "mine.toml").write_text(rule_file(GOOD))
    first = load_rules(tmp_path / "mine.toml")

    def refuse(*arguments: object) -> None:
        raise PermissionError(13, "read-only")

    monkeypatch.setattr("cleanarticle.ruleset.cache.os.utime", refuse)
    monkeypatch.setattr("cleanarticle.ruleset.read_files", refuse)
    assert load_rules(tmp_path / "mine.toml") == first


def test_who_waits_for_rules_can_be_told(tmp_path: Path, cache_home: Path) -> None:
    """Rules that are not cached are told before they are made, and not the next time."""
    (tmp_path / "mine.toml").write_text(rule_file(GOOD))
    told: list[int] = []
    for _ in range(2):
        with cache.when_missing(lambda: told.append(len(caches(cache_home)))):
            load_rules(tmp_path / "mine.toml")
    assert told == [0]


def test_broken_rules_are_not_cached(cache_home: Path) -> None:
    """An error is an error the second time too."""
    for _ in range(2):
        with pytest.raises(RuleFileError):
            rules_of({"contains": ["ad"]})
    assert caches(cache_home) == []


@given(st.binary(max_size=200))
def test_any_bytes_give_rules_or_problems(content: bytes) -> None:
    """Reading a file never fails with anything but problems."""
    loaded = read_files([("hostile.toml", content)])
    assert loaded.problems or not loaded.rules


values = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(-9, 99),
        st.sampled_from(["", "newsletter", "promo", "(", "a[", "en/test", "2024-01-01", "block"]),
        st.floats(0, 2),
    ),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
KEYS = [
    "name",
    "reason",
    "scope",
    "category",
    "equals",
    "starts_with",
    "contains",
    "regex",
    "unless",
    "min_words",
    "max_words",
    "kind",
    "position",
    "inside",
    "after",
    "since",
    "state",
    "case",
    "removes",
    "unscannable",
    "other",
]


@given(st.dictionaries(st.sampled_from(KEYS), values, max_size=6))
def test_any_values_give_rules_or_problems(rule: dict[str, object]) -> None:
    """Whatever stands under the known keys, loading gives a rule or says what is wrong with it."""
    loaded = read_files([("hostile.toml", rule_file(rule).encode())])
    assert (len(loaded.rules) == 1) != bool(loaded.problems)
    assert all(problem.file == "hostile.toml" and problem.message for problem in loaded.problems)


def test_the_version_is_the_same_in_every_process(tmp_path: Path) -> None:
    """What a set of rules is called hangs on the rules alone, not on the order in which a process keeps its sets."""
    file = tmp_path / "rules.toml"
    file.write_text(rule_file({"name": "credit", "regex": [r"^photo ?[:/|+] .{2,40} [(\\[]\\w+[)\\]]$"]}), encoding="utf-8")
    script = "import sys; from cleanarticle import load_rules; print(load_rules(sys.argv[1]).version)"
    versions = {
        subprocess.run(
            [sys.executable, "-c", script, file], capture_output=True, text=True, check=True, env=os.environ | {"PYTHONHASHSEED": str(seed)}
        ).stdout
        for seed in range(6)
    }
    assert len(versions) == 1
