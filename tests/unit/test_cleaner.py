"""A cleaner is built once with its options, checks them, and gives the same answer from any thread or process."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import cleanarticle
from cleanarticle import CATEGORIES, Cleaner, RuleSet, clean, clean_text
from cleanarticle.structure import DETECTORS
from helpers import STORY, left, load, page, paragraphs, rule_file, rules_of, words_only

RULES = rules_of(
    {"name": "letter", "starts_with": ["get our letter"], "category": "newsletter"},
    {"name": "app", "starts_with": ["get our app"], "category": "promo"},
    {"name": "photo", "starts_with": ["photo:"], "category": "credit"},
)
GERMAN = rules_of({"name": "brief", "starts_with": ["hol dir den brief"]}, pack="de/newsletter", category="newsletter")
LINES = [*STORY, "Get our letter", "Get our app", "Photo: Ann Lee", "Hol dir den Brief"]
TEXT = "\n".join(LINES)
NOTHING_ELSE = {"structure/*"}

OPTIONS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "given rules replace the shipped ones": ({"rules": RULES}, ["Hol dir den Brief"]),
    "extra rules are layered over them": ({"rules": RULES, "extra_rules": GERMAN}, []),
    "a category can be kept": ({"rules": RULES, "keep_categories": {"promo"}}, ["Get our app", "Hol dir den Brief"]),
    "categories can be kept": (
        {"rules": RULES, "keep_categories": ["promo", "credit"]},
        ["Get our app", "Photo: Ann Lee", "Hol dir den Brief"],
    ),
    "all categories can be kept": (
        {"rules": RULES, "keep_categories": CATEGORIES},
        ["Get our letter", "Get our app", "Photo: Ann Lee", "Hol dir den Brief"],
    ),
    "a rule can be switched off": ({"rules": RULES, "disable": ["en/test/app"]}, ["Get our app", "Hol dir den Brief"]),
    "a category can be switched off": ({"rules": RULES, "disable": ["credit"]}, ["Photo: Ann Lee", "Hol dir den Brief"]),
    "a pack can be switched off": (
        {"rules": RULES, "extra_rules": GERMAN, "disable": {"en/test"}},
        ["Get our letter", "Get our app", "Photo: Ann Lee"],
    ),
    "a language can be switched off": ({"rules": RULES, "extra_rules": GERMAN, "disable": ("de",)}, ["Hol dir den Brief"]),
    "patterns switch off": ({"rules": RULES, "extra_rules": GERMAN, "disable": {"*/test/l*"}}, ["Get our letter"]),
    "languages restrict": (
        {"rules": RULES, "extra_rules": GERMAN, "languages": ["de"]},
        ["Get our letter", "Get our app", "Photo: Ann Lee"],
    ),
    "without rules nothing goes": ({"rules": RuleSet()}, ["Get our letter", "Get our app", "Photo: Ann Lee", "Hol dir den Brief"]),
}


@pytest.mark.parametrize(("options", "kept"), OPTIONS.values(), ids=OPTIONS)
def test_options_decide_what_stays(options: dict[str, Any], kept: list[str]) -> None:
    """Rules, categories and languages are chosen by options."""
    disable = {*options.get("disable", ()), *NOTHING_ELSE}
    assert left(Cleaner(**{**options, "disable": disable}).clean_text(TEXT)) == [*STORY, *kept]


WRONG = {
    "a category that does not exist": ({"keep_categories": {"ads"}}, ["keep_categories", "'ads'", "advertisement"]),
    "a rule as a category": ({"keep_categories": {"en/test/app"}}, ["keep_categories", "'en/test/app'"]),
    "a text for a collection of categories": ({"keep_categories": "promo"}, ["keep_categories", "{'promo'}"]),
    "a rule that does not exist": ({"disable": {"en/test/apps"}}, ["disable", "'en/test/apps'"]),
    "a pack that does not exist": ({"disable": {"en/tests"}}, ["disable", "'en/tests'"]),
    "a pattern that matches nothing": ({"disable": {"fr/*"}}, ["disable", "'fr/*'"]),
    "a detector that does not exist": ({"disable": {"structure/headlines"}}, ["disable", "'structure/headlines'"]),
    "an empty name": ({"disable": {""}}, ["disable", "''"]),
    "a text for a collection of names": ({"disable": "en/test/app"}, ["disable", "{'en/test/app'}"]),
    "a language without rules": ({"languages": ["fr"]}, ["languages", "'fr'", "en"]),
    "a text for a collection of languages": ({"languages": "en"}, ["languages", "{'en'}"]),
}


@pytest.mark.parametrize(("options", "says"), WRONG.values(), ids=WRONG)
def test_a_name_of_nothing_is_an_error(options: dict[str, Any], says: list[str]) -> None:
    """A mistyped name would silently do nothing, so it is refused, with what may be written."""
    with pytest.raises(ValueError) as raised:  # noqa: PT011
        Cleaner(rules=RULES, **options)
    for words in says:
        assert words in str(raised.value)


NO_SETS: dict[str, tuple[dict[str, Any], str]] = {
    "a path for rules": ({"extra_rules": "my_rules/"}, r"extra_rules takes loaded rules.*extra_rules=load_rules\('my_rules/'\)"),
    "a path object for rules": ({"rules": Path("my_rules")}, r"rules=load_rules\('my_rules'\)"),
    "a list for rules": ({"rules": []}, r"rules takes what load_rules\(\) gives, not list: for no rules write RuleSet\(\)"),
    "a number for a name": ({"disable": {3}}, "disable takes names, which are texts, not 3"),
    "nothing for names": ({"keep_categories": None}, r"keep_categories takes a collection of names, not NoneType.*keep_categories=set\(\)"),
    "one number for languages": ({"languages": 3}, "languages takes a collection of names, not int"),
    "a generator for names": ({"disable": (name for name in ["promo"])}, "disable takes a collection of names, not generator"),
}


@pytest.mark.parametrize(("options", "says"), NO_SETS.values(), ids=NO_SETS)
def test_what_is_no_set_is_a_type_error(options: dict[str, Any], says: str) -> None:
    """An option of another type is told by its name, with what to write."""
    with pytest.raises(TypeError, match=says):
        Cleaner(**{"rules": RULES, **options})


def test_a_title_is_a_text() -> None:
    """A title of another type is told as such."""
    with pytest.raises(TypeError, match="the title must be a str or None, not int"):
        Cleaner(rules=RULES).clean_text(TEXT, title=3)  # type: ignore[arg-type]


def test_options_are_named() -> None:
    """Options can't be given by place, and an unknown one is an error."""
    with pytest.raises(TypeError):
        Cleaner(RULES)  # type: ignore[misc]
    with pytest.raises(TypeError):
        Cleaner(explain=True)  # type: ignore[call-arg]


def test_a_page_of_nothing_but_its_headline_says_so() -> None:
    """The headline is kept, since nothing else is there, and the caller is told that it may be no article."""
    article = Cleaner(rules=words_only()).clean("<html><head><title>Ferry</title></head><body><h1>The ferry sails again</h1></body></html>")
    assert article.text == "The ferry sails again"
    (warning,) = article.warnings
    assert warning == (
        "guard: nothing of the text would have been left, so what is uncertain was withdrawn: structure/headline; "
        "what stays may not be an article"
    )


@pytest.mark.parametrize("language", ["any", "sites"])
def test_what_holds_for_all_is_no_error_as_a_language(language: str) -> None:
    """Rules for any language can be asked for alone."""
    rules = RULES | rules_of({"equals": ["hol dir den brief"]}, pack="any/test") | rules_of(pack="sites/a.example", hosts=["a.example"])
    assert [
        rule.pack
        for rule in Cleaner(
            rules=rules | load(rule_file({"equals": ["our house"]}, pack="sites/b.example", hosts=["b.example"])), languages=[language]
        ).rules
    ] == [
        "any/test",
        "sites/b.example",
    ]


def test_the_rules_in_use_are_told() -> None:
    """A cleaner says which rules it uses, after all options."""
    assert [rule.id for rule in Cleaner(rules=RULES, disable={"promo"}, keep_categories={"credit"}).rules] == ["en/test/letter"]


def test_the_version_follows_the_rules() -> None:
    """Cleaners with other rules have another version, cleaners with the same have the same."""
    versions = [Cleaner(rules=RULES, disable=disable).rules_version for disable in ((), (), {"promo"})]
    assert versions[0] == versions[1] != versions[2]


BOXES = page(
    "<h1>The ferry sails again</h1>",
    paragraphs(STORY[0], STORY[1]),
    "<p class='bildtext'>Forty people on the pier.</p>",
    paragraphs(STORY[2], STORY[3]),
    title="The ferry sails again",
)


@pytest.mark.parametrize(
    ("detector", "line"), [("structure/headline", "The ferry sails again"), ("structure/caption", "Forty people on the pier.")]
)
def test_detectors_are_switched_off_by_name(detector: str, line: str) -> None:
    """A detector is switched off like a rule, and the others go on."""
    assert line not in left(Cleaner(rules=words_only()).clean(BOXES))
    assert line in left(Cleaner(rules=words_only(), disable={detector}).clean(BOXES))
    assert len(Cleaner(rules=words_only(), disable={detector}).clean(BOXES).removals) == 1


def test_all_detectors_are_switched_off_by_a_pattern() -> None:
    """Without rules and detectors, a page is as it was extracted."""
    article = Cleaner(rules=words_only(), disable={"structure/*"}).clean(BOXES)
    assert article.text == article.document.text
    assert "Forty people on the pier." in left(article)


def test_a_site_can_switch_detectors_off() -> None:
    """Where a detector hurts, a site file switches it off there and nowhere else."""
    rules = words_only() | load(rule_file(pack="sites/a.example", hosts=["a.example"], disable=["structure/caption"]))
    cleaner = Cleaner(rules=rules)
    assert "Forty people on the pier." in left(cleaner.clean(BOXES, url="https://a.example/x"))
    assert "Forty people on the pier." not in left(cleaner.clean(BOXES, url="https://b.example/x"))


def test_a_kept_category_is_kept_from_detectors_too() -> None:
    """Whatever would remove a caption, it stays where captions are kept."""
    assert "Forty people on the pier." in left(Cleaner(rules=words_only(), keep_categories={"caption"}).clean(BOXES))


def test_every_detector_has_a_category_of_ids() -> None:
    """Ids of detectors begin with "structure/", so they can't be taken for rules."""
    assert DETECTORS
    assert all(detector.startswith("structure/") for detector in DETECTORS)


EXTRACTED = page(
    paragraphs(STORY[0]),
    "<table><tr><th>Ferry</th><th>Time</th></tr><tr><td>Tern</td><td>nine</td></tr></table>",
    f"<p>{STORY[1]} <a href='/gulls'>More on the gulls of the pier.</a></p>",
    "<p><img src='/pier.jpg' alt='The pier'></p>",
    paragraphs(STORY[2], STORY[3]),
)
PLAIN = {"rules": RuleSet(), "disable": NOTHING_ELSE}


def test_tables_are_text_unless_told_otherwise() -> None:
    """Table rows are part of the article; the option leaves them out."""
    assert "Tern" in Cleaner(**PLAIN).clean(EXTRACTED).text
    assert "Tern" not in Cleaner(**PLAIN, tables=False).clean(EXTRACTED).text


@pytest.mark.parametrize("options", [{"links": True}, {"images": True}, {"links": True, "images": True}])
def test_links_and_images_do_not_change_the_text(options: dict[str, bool]) -> None:
    """Links and images show in the formats that have them; the text is the same with and without."""
    assert Cleaner(**PLAIN, **options).clean(EXTRACTED).text == Cleaner(**PLAIN).clean(EXTRACTED).text


def test_precision_and_recall_are_options() -> None:
    """Leaning towards precision or recall gives an article all the same."""
    for options in ({"favor_precision": True}, {"favor_recall": True}):
        assert STORY[0] in Cleaner(**PLAIN, **options).clean(EXTRACTED).text


def test_comments_of_readers_are_an_option() -> None:
    """Readers' comments are left out unless they are asked for."""
    comment = "I was on that ferry and it was louder than he says, by a long way."
    source = page(paragraphs(*STORY), after=f"<div id='comments' class='comments'><div class='comment'><p>{comment}</p></div></div>")
    assert comment not in Cleaner(**PLAIN).clean(source).text
    assert comment in Cleaner(**PLAIN, comments=True).clean(source).text


SOURCES = {
    "str": BOXES,
    "bytes": BOXES.encode(),
    "UTF-16 with its mark": BOXES.replace("utf-8", "utf-16").encode("utf-16"),
    "Latin-1": BOXES.replace("utf-8", "iso-8859-1").encode("iso-8859-1"),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_pages_come_as_text_or_bytes(source: str | bytes) -> None:
    """However a page is encoded, its article is the same."""
    assert left(Cleaner(rules=words_only()).clean(source)) == list(STORY)


def test_clean_and_clean_text_use_all_shipped_rules() -> None:
    """The two short calls are those of a cleaner without options."""
    source = page("<h1>The ferry sails again</h1>", paragraphs(*STORY, "Sign up for our newsletter."), title="The ferry sails again")
    assert clean(source) == Cleaner().clean(source)
    text = "\n".join([*STORY, "Subscribe to our newsletter."])
    assert clean_text(text).text == Cleaner().clean_text(text).text == "\n".join(STORY)


def test_cleaning_text_takes_a_title() -> None:
    """With the title given, a headline repeated above the text goes."""
    cleaner = Cleaner(rules=words_only())
    text = "\n".join(["The ferry sails again", *STORY])
    assert left(cleaner.clean_text(text, title="The ferry sails again")) == list(STORY)
    assert left(cleaner.clean_text(text)) == ["The ferry sails again", *STORY]


LINE_ENDS = {"Windows": "\r\n", "old Mac": "\r", "Unix": "\n", "paragraph separator": "\u2029", "next line": "\x85"}


@pytest.mark.parametrize("end", LINE_ENDS.values(), ids=LINE_ENDS)
def test_any_line_ends_part_blocks(end: str) -> None:
    """Text from any system is cut into the same lines."""
    assert left(Cleaner(rules=RULES, disable=NOTHING_ELSE).clean_text(end.join([*STORY, "Get our app"]))) == list(STORY)


def test_a_cleaner_pickles() -> None:
    """A cleaner travels to worker processes, with its options, before and after use."""
    cleaner = Cleaner(
        rules=RULES, extra_rules=GERMAN, keep_categories={"credit"}, disable={"en/test/app", "structure/headline"}, tables=False
    )
    fresh = pickle.loads(pickle.dumps(cleaner))
    expected = cleaner.clean_text(TEXT)
    used = pickle.loads(pickle.dumps(cleaner))
    for back in (fresh, used):
        assert back.clean_text(TEXT) == expected
        assert back.clean(EXTRACTED).text == cleaner.clean(EXTRACTED).text
        assert back.clean(BOXES).removals == cleaner.clean(BOXES).removals
        assert back.rules_version == cleaner.rules_version


def test_a_pickled_cleaner_is_no_larger_for_its_use() -> None:
    """What was made ready for scanning is not sent along."""
    cleaner = Cleaner(rules=RULES)
    size = len(pickle.dumps(cleaner))
    cleaner.clean_text(TEXT)
    assert len(pickle.dumps(cleaner)) < size + 100


def test_many_threads_get_what_one_gets() -> None:
    """One cleaner, new or used, gives the same answers to many threads at once as to one."""
    texts = [TEXT.replace("Get our app", f"Get our app {number}") + "\nStraße ﬁnal" * (number % 7) for number in range(60)]
    pages = [page(paragraphs(*STORY, f"Get our app {number}"), f"<h2 class='related-{number}'>Related</h2>") for number in range(30)]
    expected_texts = [Cleaner(rules=RULES | words_only()).clean_text(text) for text in texts[:1]]
    reference = Cleaner(rules=RULES | words_only())
    expected_texts = [reference.clean_text(text) for text in texts]
    expected_pages = [reference.clean(source).removals for source in pages]
    fresh = Cleaner(rules=RULES | words_only())
    with ThreadPoolExecutor(16) as pool:
        for _ in range(3):
            found_texts = pool.map(fresh.clean_text, texts)
            found_pages = pool.map(lambda source: fresh.clean(source).removals, pages)
            assert list(found_texts) == expected_texts
            assert list(found_pages) == expected_pages


def test_one_page_does_not_change_the_next() -> None:
    """Cleaning is without memory: pages in between change nothing."""
    cleaner = Cleaner(rules=RULES | words_only())
    first = cleaner.clean(BOXES, url="https://a.example/x")
    cleaner.clean(EXTRACTED, url="https://b.example/y")
    cleaner.clean_text(TEXT)
    assert cleaner.clean(BOXES, url="https://a.example/x") == first


def test_all_public_names_are_there() -> None:
    """Every name that is promised can be imported."""
    assert all(hasattr(cleanarticle, name) for name in cleanarticle.__all__)


def test_there_are_twenty_categories() -> None:
    """The categories are those of the documentation."""
    assert len(CATEGORIES) == 20


@pytest.mark.parametrize("kind", [bytearray, memoryview])
def test_buffers_are_pages_as_bytes_are(kind: Callable[[bytes], Any]) -> None:
    """What a socket or a mapped file gives is cleaned, and its article outlives it."""
    source = page(*STORY).encode()
    article = clean(kind(source))
    assert article.text == clean(source).text
    assert pickle.loads(pickle.dumps(article)).to_html() == clean(source).to_html()
