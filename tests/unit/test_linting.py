"""Lint refuses every rule whose examples do not prove it, and says what to write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cleanarticle import Cleaner, RuleFileError, RuleSet
from cleanarticle.errors import Problem
from cleanarticle.linting import lint, read_paths
from cleanarticle.ruleset import Site
from cleanarticle.ruleset.loading import compile_patterns, read_files
from cleanarticle.ruleset.model import CaseSpec
from helpers import STORY, rule_file, rules_of

Rule = dict[str, Any]

GOOD: Rule = {
    "name": "sign-up",
    "scope": "sentence",
    "starts_with": ["sign up for our"],
    "contains": ["newsletter", "inbox"],
    "unless": ["subscribers said"],
    "max_words": 12,
    "removes": ["Sign up for our newsletter.", "Sign up for our news in your inbox!"],
    "spares": [
        "Sign up for our war, read the poster.",
        "Sign up for our newsletter, subscribers said they were told.",
        "Sign up for our newsletter, the old man read aloud, and shook his head at every word of it.",
    ],
}


def run_case(case: CaseSpec, rules: RuleSet) -> list[str]:
    """What rules leave of the page of a case."""
    return Cleaner(rules=rules, disable={"structure/*"}).clean(case.html, url=case.url).text.split("\n")


def problems(*rules: Rule, others: RuleSet | None = None, only: tuple[str, ...] = (), pages: bool = True, **header: Any) -> list[Problem]:
    """What lint says of a file of rules."""
    loaded = read_files([("mine.toml", rule_file(*rules, **header).encode())])
    compile_patterns(loaded)
    return lint(loaded, others, run_case if pages else None, only)


def test_a_rule_that_proves_itself_passes() -> None:
    """Examples that do what they say, and exercise each condition, are all that lint asks for."""
    assert problems(GOOD) == []


REFUSED: dict[str, tuple[Rule, list[str]]] = {
    "no examples of what goes": ({"removes": []}, ["no removes", "add a text"]),
    "no examples of what stays": ({"spares": [], "unless": [], "max_words": None}, ["no spares", "add a real sentence"]),
    "an example that stays": (
        {"removes": [*GOOD["removes"], "Please sign up."]},
        ["does not remove 'Please sign up.'", "change the rule or the example"],
    ),
    "an example that stays in part": (
        {"removes": [*GOOD["removes"], "Sign up for our newsletter. It is free."]},
        ["does not remove 'Sign up for our newsletter. It is free.' (left: 'It is free.')"],
    ),
    "a near-miss that goes": (
        {"spares": [*GOOD["spares"], "Sign up for our newsletter now."]},
        ["removes 'Sign up for our newsletter now.', which it should spare", "narrow the rule"],
    ),
    "a near-miss that goes in part": (
        {"spares": [*GOOD["spares"], "It rains. Sign up for our newsletter."]},
        ["removes 'It rains. Sign up for our newsletter.', which it should spare"],
    ),
    "an exception that no example needs": (
        {"unless": ["subscribers said", "poster"], "spares": [GOOD["spares"][0], GOOD["spares"][2]]},
        ["no spared example needs 'unless'", "delete the condition"],
    ),
    "an exception by pattern that no example needs": ({"unless_regex": ["never seen"]}, ["no spared example needs 'unless_regex'"]),
    "a bound above that no example needs": ({"spares": GOOD["spares"][:2]}, ["no spared example needs 'max_words'"]),
    "a bound below that no example needs": ({"min_words": 2}, ["no spared example needs 'min_words'"]),
    "an unknown key": ({"start_with": ["x"]}, ["unknown key 'start_with'"]),
    "no reason": ({"reason": ""}, ["no reason"]),
    "a pattern that is none": ({"regex": ["newsletter ("]}, ["'newsletter ('"]),
    "a pattern without a literal": ({"starts_with": [], "contains": [], "regex": [r"^\w+$"]}, ["no literal of three letters"]),
    "a pattern that blows up": (
        {"regex": [r"newsletter|(?:a|aa)+\d"], "contains": ["newsletter", "inbox"]},
        ["'newsletter|(?:a|aa)+\\\\d'", "bound its repeats", "possessive"],
    ),
    "a pattern that blows up behind a word": ({"regex": ["zebra (a|a)*$"]}, ["'zebra ' and 'a' repeated", "bound its repeats"]),
    "letters and pairs of letters behind words": ({"regex": [r"zebras?, (?:\w|\w\w)+\.$"]}, ["'zebra, ' and 'a' repeated", "possessive"]),
    "a choice of choices behind a word": ({"regex": [r"^\d{2} zebra(?:[,;] (?:b|cd|c|d)+)+$"]}, ["repeated", "bound its repeats"]),
    "an exception that blows up": (
        {"unless_regex": [r"newsletter, (?:the|old)|(?:a|aa)+\d"]},
        ["bound its repeats", "possessive"],
    ),
    "a page condition without a case": ({"position": "tail"}, ["no case needs 'position'", "[[rule.case]]"]),
    "a kind without a case": ({"kind": ["paragraph"]}, ["no case needs 'kind'"]),
    "links without a case": ({"min_linked": 0.5, "max_linked": 0.9}, ["no case needs 'min_linked'", "no case needs 'max_linked'"]),
    "elements without a case": ({"inside": [".promo"], "outside": [".story"]}, ["no case needs 'inside'", "no case needs 'outside'"]),
    "neighbours without a case": ({"after": ["caption"], "before": ["credit"]}, ["no case needs 'after'", "no case needs 'before'"]),
    "a case that is neither text nor page": ({"case": [{"after": [STORY[0]]}]}, ["case 1: write either before = […] or html = '…'"]),
    "a case that is both": ({"case": [{"before": [STORY[0]], "html": "<p>x</p>", "after": [STORY[0]]}]}, ["case 1: write either before"]),
    "a case that ends otherwise": (
        {"case": [{"before": [STORY[0], "Sign up for our newsletter."], "after": [STORY[0], "Sign up for our newsletter."]}]},
        ["case 1: leaves", "not"],
    ),
    "a case of a page that ends otherwise": (
        {
            "case": [
                {"html": f"<article><p>{STORY[0]}</p><p>{STORY[1]}</p><p>Sign up for our newsletter.</p></article>", "after": [STORY[0]]}
            ]
        },
        ["case 1: leaves", STORY[1][:30]],
    ),
}


@pytest.mark.parametrize(("changes", "says"), REFUSED.values(), ids=REFUSED)
def test_lint_refuses(changes: Rule, says: list[str]) -> None:
    """Each thing that a rule fails to prove is told with file, rule, what is wrong and what to write."""
    found = problems({**GOOD, **changes})
    assert found
    assert {(problem.file, problem.rule) for problem in found} == {("mine.toml", "en/test/sign-up")}
    for words in says:
        assert any(words in problem.message for problem in found), (words, found)


@pytest.mark.parametrize(
    "changes",
    [REFUSED[name][0] for name in REFUSED if REFUSED[name][1][0].startswith("no ")],
    ids=[name for name in REFUSED if REFUSED[name][1][0].startswith("no ")],
)
def test_lint_says_each_thing_once(changes: Rule) -> None:
    """One mistake is one problem."""
    found = problems({**GOOD, **changes})
    assert len(found) == len(set(found))


def test_all_is_told_in_one_run() -> None:
    """Several rules with several mistakes are all told, sorted."""
    found = problems(
        {**GOOD, "name": "one", "removes": [], "spares": []},
        {**GOOD, "name": "two", "position": "tail", "min_words": 1},
        {**GOOD, "name": "three", "reason": ""},
    )
    assert {problem.rule.rpartition("/")[2] for problem in found} == {"one", "two", "three"}
    assert found == sorted(found)
    assert len(found) >= 5


def test_a_spared_example_must_survive_the_other_rules_of_the_files() -> None:
    """A near-miss that another rule removes is no near-miss."""
    greedy = {
        "name": "greedy",
        "starts_with": ["sign up for our war"],
        "removes": ["Sign up for our war."],
        "spares": ["They sign up for our war."],
    }
    (problem,) = problems(GOOD, greedy)
    assert problem.rule == "en/test/sign-up"
    assert "en/test/greedy removes 'Sign up for our war, read the poster.'" in problem.message


def test_a_spared_example_must_survive_the_shipped_rules() -> None:
    """So it is with rules that are given to compare with."""
    others = rules_of({"name": "greedy", "starts_with": ["sign up for our war"]}, pack="en/other")
    (problem,) = problems(GOOD, others=others)
    assert "en/other/greedy removes" in problem.message


@pytest.mark.parametrize(
    "other",
    [
        {"name": "house", "starts_with": ["sign up for our war"], "pack": "sites/a.example", "hosts": ["a.example"]},
        {"name": "candidate", "starts_with": ["sign up for our war"], "state": "candidate", "pack": "en/other"},
    ],
    ids=["of a site", "not in use"],
)
def test_rules_that_would_not_be_asked_do_not_count(other: Rule) -> None:
    """What a site's own rule or a rule not in use would do says nothing of a near-miss."""
    header = {key: other.pop(key) for key in ("pack", "hosts") if key in other}
    assert problems(GOOD, others=rules_of(other, **header)) == []


def test_only_some_rules_can_be_checked() -> None:
    """Checks can be restricted to packs or rules; what is wrong with the files' form is told anyway."""
    bad = {**GOOD, "name": "bad", "removes": []}
    assert [problem.rule for problem in problems(bad, {**GOOD, "name": "worse", "spares": []}, only=("en/test/bad",))] == ["en/test/bad"]
    assert problems(bad, only=("de/",)) == []
    assert problems({**bad, "wrong": 1}, only=("de/",))


TAIL_CASES = {
    "before": [*STORY, "Sign up for our newsletter."],
    "after": [*STORY],
}
PLACED = {**GOOD, "position": "tail"}


def test_a_case_that_would_end_alike_without_the_condition_proves_nothing() -> None:
    """A case in which the rule holds anyway does not show what its place is for."""
    assert [problem.message for problem in problems({**PLACED, "case": [TAIL_CASES]}) if "no case needs 'position'" in problem.message]


def test_a_case_that_only_the_condition_decides_proves_it() -> None:
    """One case in which the condition spares a line is what lint asks for."""
    spared = {"before": ["Sign up for our newsletter.", *STORY], "after": ["Sign up for our newsletter.", *STORY]}
    assert problems({**PLACED, "case": [TAIL_CASES, spared]}) == []


PAGE = "<article><p>{0}</p><p>{1}</p><div class='{2}'><p>Sign up for our newsletter.</p></div><p>{3}</p></article>"


def html(box: str) -> str:
    """A page of three paragraphs and a pitch in a box."""
    return PAGE.format(STORY[0], STORY[1], box, STORY[2])


INSIDE = {
    **GOOD,
    "inside": [".pitch"],
    "case": [
        {"html": html("pitch"), "after": [STORY[0], STORY[1], STORY[2]]},
        {"html": html("plain"), "after": [STORY[0], STORY[1], "Sign up for our newsletter.", STORY[2]]},
    ],
}


def test_cases_can_be_pages() -> None:
    """What depends on elements is shown on pages."""
    assert problems(INSIDE) == []


def test_pages_are_left_out_where_they_cannot_be_run() -> None:
    """Without something that cleans pages, cases of pages are neither right nor wrong."""
    assert problems({**INSIDE, "case": [{"html": html("pitch"), "after": ["nonsense"]}]}, pages=False) == []


def test_a_case_runs_with_its_own_rule_only() -> None:
    """Other rules of the file do not clear up for a case."""
    greedy = {"name": "greedy", "contains": ["ferry"], "removes": ["The ferry sails."], "spares": ["The boat sails."]}
    assert not [problem for problem in problems(INSIDE, greedy) if "case" in problem.message]


NEIGHBOUR = {
    "name": "photographer",
    "equals": ["ann lee"],
    "category": "credit",
    "after": ["caption"],
    "removes": ["Ann Lee"],
    "spares": ["Ann Lee came."],
    "case": [
        {"before": [STORY[0], "Picture one", "Ann Lee", STORY[1]], "after": [STORY[0], STORY[1]]},
        {"before": [STORY[0], "Ann Lee", STORY[1]], "after": [STORY[0], "Ann Lee", STORY[1]]},
    ],
}


def test_a_case_with_neighbours_runs_with_all_rules() -> None:
    """Rules that ask for neighbours need the rules that make them."""
    picture = {
        "name": "picture",
        "equals": ["picture one"],
        "category": "caption",
        "removes": ["Picture one"],
        "spares": ["Picture one was his."],
    }
    assert problems(picture, NEIGHBOUR) == []
    assert problems(NEIGHBOUR)


def test_a_site_that_extends_nothing_is_told() -> None:
    """The pack that a site extends must be there."""
    (problem,) = problems(pack="sites/a.example", hosts=["a.example"], extends=["sites/nowhere"])
    assert "extends 'sites/nowhere', which is not there" in problem.message
    assert problem.file == "mine.toml"


def test_a_site_that_switches_nothing_off_is_told() -> None:
    """The rules that a site switches off must be there."""
    (problem,) = problems(pack="sites/a.example", hosts=["a.example"], disable=["en/promo/offer"])
    assert "disables 'en/promo/offer', which names no rule" in problem.message
    assert problem.file == "mine.toml"


def test_a_site_that_switches_off_a_detector_that_is_none_is_told() -> None:
    """So must the detectors."""
    (problem,) = problems(pack="sites/a.example", hosts=["a.example"], disable=["structure/headlines"])
    assert "structure/headlines" in problem.message


def test_what_a_site_names_may_be_shipped() -> None:
    """Rules that are given to compare with can be switched off."""
    others = rules_of({"name": "offer", "equals": ["an offer"]}, pack="en/promo")
    assert problems(pack="sites/a.example", hosts=["a.example"], disable=["en/promo/offer"], others=others) == []


def test_a_site_can_extend_a_shipped_one() -> None:
    """Sites that are given to compare with can be extended."""
    others = RuleSet(sites=(Site(pack="sites/group", hosts=("group.example",)),))
    assert problems(pack="sites/a.example", hosts=["a.example"], extends=["sites/group"], others=others) == []


def test_a_rule_that_the_scan_never_finds_is_told() -> None:
    """A rule whose literals were read wrongly from its pattern would pass its examples and never be tried on a page."""
    found = problems({"name": "dead", "regex": [r"(?:subscribe){e<=1} now"], "removes": ["subscrbe now"], "spares": ["Now."]})
    loaded_right = (
        not found
        and Cleaner(rules=rules_of({"regex": [r"(?:subscribe){e<=1} now"]}), disable={"structure/*"})
        .clean_text(f"{STORY[0]}\nsubscrbe now")
        .text
        == STORY[0]
    )
    assert found or loaded_right


def test_form_and_proof_are_told_together(tmp_path: Path) -> None:
    """Files that can't be read and rules that prove nothing come in one list."""
    (tmp_path / "broken.toml").write_text("format = ")
    (tmp_path / "mine.toml").write_text(rule_file({**GOOD, "removes": []}))
    found = lint(read_paths([tmp_path]))
    assert {Path(problem.file).name for problem in found} == {"broken.toml", "mine.toml"}


def test_a_path_that_is_not_there_is_an_error() -> None:
    """Linting nothing is not success."""
    with pytest.raises(RuleFileError, match="no such file"):
        read_paths(["nowhere"])


def test_a_match_rule_is_shown_by_its_match() -> None:
    """The examples of a rule for parts of a line are lines that it holds for."""
    rule = {
        "name": "brackets",
        "scope": "match",
        "regex": [r" ?\(photo: [^)]{1,40}\)"],
        "removes": ["The owl (Photo: Ann Lee) is back."],
        "spares": ["The photo: a gull."],
    }
    assert problems(rule) == []
