"""What the keys and conditions of a rule mean: which units it holds for, and what goes when it does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanarticle import Article, Cleaner
from cleanarticle.document import text_document
from cleanarticle.matching import Matcher, Units
from cleanarticle.matching.units import Unit
from cleanarticle.matching.verifying import MAX_PATTERN_TEXT, words_hold
from helpers import STORY, left, load, page, paragraphs, rule_file, rules_of, text_cleaner

Rule = dict[str, Any]

# rule, units that it removes, units that it leaves
WORDS: dict[str, tuple[Rule, list[str], list[str]]] = {
    "equals is the whole unit": (
        {"equals": ["related stories"]},
        ["Related Stories"],
        ["Related stories are many", "More related stories"],
    ),
    "equals passes over ornaments and punctuation at both ends": (
        {"equals": ["related stories"]},
        [
            "► Related Stories:",
            "- related stories",
            "[Related stories]",
            "*** Related stories ***",
            "Related stories…",
            "👉 Related stories!",
        ],
        ['"Related stories"', "#related stories"],
    ),
    "equals is compared folded": (
        {"equals": ["don't miss - today"]},
        ["DON’T\u00a0MISS — TODAY", "Don't  miss \u2013 to\u00adday"],
        ["Dont miss today"],
    ),
    "starts_with begins the unit": (
        {"starts_with": ["sign up for"]},
        ["Sign up for our letter.", "Sign up for"],
        ["Please sign up for our letter.", "Sign up, for once."],
    ),
    "starts_with passes over ornaments": (
        {"starts_with": ["photo"]},
        [
            "Photo: Ann Lee",
            "- Photo: Ann Lee",
            "(Photo: Ann Lee)",
            "• photo, Ann Lee",
            "▶\ufe0f Photo: Ann Lee",
            "» Photo: Ann Lee",
            "[Photo] Ann Lee",
        ],
        [
            '"Photo" was her first word',
            "“Photo” was her first word",
            "'Photo' she said",
            "#photo of the day",
            "@photo says",
            "© Photo Ann",
            "$photo",
            "«Photo» disait-elle",
        ],
    ),
    "starts_with ends at a word boundary": (
        {"starts_with": ["photo"]},
        ["Photo by Ann"],
        ["Photos by Ann", "Photography by Ann", "Photo_1 by Ann"],
    ),
    "starts_with may itself begin with an ornament": ({"starts_with": ["► more about"]}, ["► More about owls"], ["More about owls"]),
    "starts_with may begin with a kept sign": ({"starts_with": ["© reuters"]}, ["© Reuters 2024", "- © Reuters"], ["Reuters 2024"]),
    "ends_with ends the unit": (
        {"ends_with": ["read more"]},
        ["The owls are back. Read more", "Owls: read more"],
        ["Read more about the owls"],
    ),
    "ends_with passes over what closes the unit": (
        {"ends_with": ["read more"]},
        ["Owls. Read more…", "Owls. Read more »", "Owls (read more)", "Owls. Read more!", "Owls. Read more →"],
        ['He said "read more"'],
    ),
    "ends_with begins at a word boundary": ({"ends_with": ["read more"]}, ["Owls, read more"], ["They bread more"]),
    "contains stands anywhere": (
        {"contains": ["our newsletter"]},
        ["Get our newsletter now", "Our newsletter", "(our newsletter)"],
        ["Our newsletters are many", "Your newsletter"],
    ),
    "contains keeps to word boundaries": (
        {"contains": ["art"], "max_words": 9},
        ["The art of owls", "art-deco owls", "Art: owls"],
        ["The article on owls", "They start to fly", "Smart owls", "state_of_the_art_owls"],
    ),
    "a boundary is found behind a place that has none": ({"contains": ["art"]}, ["The article on art"], ["The article on parts"]),
    "contains_all needs each": (
        {"contains_all": ["newsletter", "inbox"]},
        ["A newsletter for your inbox", "Inbox: newsletter"],
        ["A newsletter", "Your inbox"],
    ),
    "contains takes any": ({"contains": ["newsletter", "inbox"]}, ["A newsletter", "Your inbox"], ["A paper letter"]),
    "values of a key are joined by OR": ({"starts_with": ["get our", "sign up"]}, ["Get our paper", "Sign up today"], ["Take our paper"]),
    "keys are joined by AND": (
        {"starts_with": ["sign up", "subscribe"], "contains": ["newsletter", "inbox"], "ends_with": ["today", "now"]},
        ["Sign up for the newsletter now.", "Subscribe, for your inbox, today"],
        ["Sign up for the newsletter.", "Sign up now.", "Get the newsletter now."],
    ),
    "a pattern matches anywhere": ({"regex": [r"news\w+ now"]}, ["Get newsletters now please"], ["Get news now"]),
    "patterns are joined by OR": (
        {"regex": [r"newsletter \d", r"bulletin \d"]},
        ["Our newsletter 5", "Our bulletin 6"],
        ["Our newsletter", "bulletin: 6"],
    ),
    "a pattern ignores case": ({"regex": ["by reuters"]}, ["BY REUTERS", "By Reuters"], ["via Reuters"]),
    "a pattern sees case where it asks": (
        {"regex": [r"by (?-i:\p{Lu}\p{L}+ \p{Lu}\p{L}+)$"], "contains": ["story"]},
        ["Story by Ann Lee"],
        ["Story by ann lee", "STORY BY the sea"],
    ),
    "a pattern sees plain quotes and dashes": (
        {"regex": ['^don\'t miss - .*"owls"']},
        ["Don’t miss — the “owls”"],
        ["Do not miss — the “owls”"],
    ),
    "^ and $ are the ends of the unit": ({"regex": ["^newsletter$"]}, ["Newsletter"], ["Newsletters", "The newsletter", "Newsletter time"]),
    "^ is also behind ornaments": (
        {"regex": [r"^photo by \w+$"]},
        ["Photo by Ann", "- Photo by Ann", "► Photo by Ann", "(Photo by Ann"],
        ['"Photo by Ann', "A photo by Ann"],
    ),
    "a pattern for ornaments sees them": ({"regex": [r"^► photos?"]}, ["► Photos"], ["Photos"]),
    "literals and patterns are joined by AND": (
        {"starts_with": ["photo"], "regex": [r"by \w+ lee\b"]},
        ["Photo by Ann Lee"],
        ["Photo by Ann", "A photo by Ann Lee"],
    ),
    "unless spares": (
        {"starts_with": ["sign up"], "unless": ["he said", "poster"]},
        ["Sign up today"],
        ["Sign up, he said, today", "Sign up, says the poster", "Sign up, HE\u00a0SAID"],
    ),
    "unless keeps to word boundaries": (
        {"starts_with": ["sign up"], "unless": ["poster"]},
        ["Sign up for posters"],
        ["Sign up for the poster"],
    ),
    "unless_regex spares": (
        {"starts_with": ["sign up"], "unless_regex": [r"\b\d{4} men\b"]},
        ["Sign up, 400 men"],
        ["Sign up, and 4000 men did"],
    ),
    "min_words counts": (
        {"starts_with": ["sign up"], "min_words": 4},
        ["Sign up for it", "Sign up for it now"],
        ["Sign up now", "Sign up - - - now"],
    ),
    "max_words counts": (
        {"starts_with": ["sign up"], "max_words": 4},
        ["Sign up now", "Sign up for it", "Sign up - - - now -"],
        ["Sign up for it now"],
    ),
    "both bounds count": (
        {"starts_with": ["sign up"], "min_words": 3, "max_words": 4},
        ["Sign up now", "Sign up for it"],
        ["Sign up", "Sign up for it now"],
    ),
    "Chinese characters are half words": (
        {"starts_with": ["关注我们"], "max_words": 4},
        ["关注我们", "关注我们的公众号"],
        ["关注我们的公众号码"],
    ),
    "scripts without spaces have no boundaries": ({"contains": ["関連記事"]}, ["この関連記事を読む"], ["関連する記事"]),
    "Latin letters next to them are bounded by them": (
        {"contains": ["line"], "starts_with": ["公式line", "公式 line"]},
        ["公式LINEで配信中"],
        ["公式ライン"],
    ),
    "Thai has no boundaries": ({"contains": ["อ่านต่อ"]}, ["กดอ่านต่อที่นี่"], ["อ่าน ต่อ"]),
    "Cyrillic has boundaries": ({"contains": ["реклама"]}, ["Наша реклама здесь"], ["Рекламами"]),
    "Arabic has boundaries": ({"contains": ["اقرأ"]}, ["اقرأ أيضا"], ["اقرأوا"]),
    "homoglyphs are seen through": ({"starts_with": ["subscribe"]}, ["Subsсribе today"], ["Подпишитесь today"]),
    "one short literal at the start is enough": (
        {"starts_with": ["by"], "max_words": 3},
        ["By Ann Lee", "- by Ann"],
        ["Bypass Ann Lee", "Stand by Ann"],
    ),
    "an unscannable pattern is tried on short lines": (
        {"regex": [r"^\d+ / \d+$"], "unscannable": True, "max_words": 4},
        ["3 / 14", "- 3 / 14"],
        ["3 of 14"],
    ),
}


@pytest.mark.parametrize(("rule", "removed", "spared"), WORDS.values(), ids=WORDS)
def test_words_decide(rule: Rule, removed: list[str], spared: list[str]) -> None:
    """A rule removes the units its words describe and leaves those that only look like them."""
    cleaner = text_cleaner(rule)
    for unit in removed:
        assert left(cleaner.clean_text("\n".join([STORY[0], unit, STORY[1]]))) == [STORY[0], STORY[1]], unit
    for unit in spared:
        assert unit in left(cleaner.clean_text("\n".join([STORY[0], unit, STORY[1]]))), unit


@pytest.mark.parametrize(("rule", "removed", "spared"), WORDS.values(), ids=WORDS)
def test_words_decide_alike_for_sentences(rule: Rule, removed: list[str], spared: list[str]) -> None:
    """A rule about sentences, on blocks of one sentence, decides as one about blocks."""
    cleaner = text_cleaner({**rule, "scope": "sentence"})
    for unit in removed:
        if not any(stop in unit[:-1] for stop in ".…!?"):
            assert left(cleaner.clean_text("\n".join([STORY[0], unit, STORY[1]]))) == [STORY[0], STORY[1]], unit
    for unit in spared:
        assert unit in left(cleaner.clean_text("\n".join([STORY[0], unit, STORY[1]]))), unit


def cleaned(rule: Rule, *lines: str) -> list[str]:
    """What a rule leaves of an article made of these lines."""
    return left(text_cleaner(rule).clean_text("\n".join(lines)))


SENTENCE = {"scope": "sentence", "starts_with": ["sign up for"]}


@pytest.mark.parametrize(
    ("block", "kept"),
    [
        ("The vote is on Friday. Sign up for our letter.", "The vote is on Friday."),
        ("Sign up for our letter. The vote is on Friday.", "The vote is on Friday."),
        ("The vote is on Friday. Sign up for our letter. Nobody knows who will win.", "The vote is on Friday. Nobody knows who will win."),
        ("They said so. Sign up for one. Sign up for two. Then they left.", "They said so. Then they left."),
        ("“It is over.” Sign up for our letter.", "“It is over.”"),
        ("Is it? (Sign up for our letter.)", "Is it?"),
        ("- The vote is on Friday. Sign up for our letter.", "- The vote is on Friday."),
        ("The men were told to sign up for war.", "The men were told to sign up for war."),
    ],
)
def test_a_sentence_goes_and_its_block_stays(block: str, kept: str) -> None:
    """Scope "sentence" takes just the sentences for which the rule holds, with the white space around them."""
    assert cleaned(SENTENCE, STORY[0], block, STORY[1]) == [STORY[0], kept, STORY[1]]


def test_words_of_a_sentence_rule_are_looked_for_in_each_sentence_alone() -> None:
    """Words from two sentences of a block do not add up."""
    rule = {"scope": "sentence", "contains_all": ["newsletter", "inbox"]}
    block = "The newsletter was his idea. His inbox was full. A newsletter for your inbox."
    assert cleaned(rule, STORY[0], block) == [STORY[0], "The newsletter was his idea. His inbox was full."]


def test_words_of_a_block_rule_add_up() -> None:
    """Words from two sentences of a block do, where the rule is about blocks."""
    rule = {"contains_all": ["newsletter", "inbox"]}
    assert cleaned(rule, STORY[0], "A newsletter. For your inbox.") == [STORY[0]]


def test_word_bounds_are_those_of_the_sentence() -> None:
    """The number of words is that of the unit that the scope names."""
    rule = {**SENTENCE, "max_words": 6}
    long = "Sign up for the army, the poster said to all who passed it by."
    assert cleaned(rule, STORY[0], f"{long} Sign up for our letter.") == [STORY[0], long]


def test_a_match_goes_and_nothing_else() -> None:
    """Scope "match" takes just what the pattern matched."""
    rule = {"scope": "match", "regex": [r" \(Photo: [^)]{1,40}\)"]}
    assert cleaned(rule, "The owl (Photo: Ann Lee) came back to the tower on Monday.", STORY[0]) == [
        "The owl came back to the tower on Monday.",
        STORY[0],
    ]


def test_what_stands_before_a_match_s_beginning_stays() -> None:
    """A pattern can ask for what stands before its match, and leave it in place."""
    rule = {"scope": "match", "regex": [r"[.!?] \KPhoto: \w+ \w+$"]}
    assert cleaned(rule, "The owl came back. Photo: Ann Lee", "Her photo: Ann Lee", STORY[0]) == [
        "The owl came back.",
        "Her photo: Ann Lee",
        STORY[0],
    ]


def test_a_match_is_taken_from_the_original() -> None:
    """What was matched in the levelled text is removed from the text as it was, typographic signs and all."""
    rule = {"scope": "match", "regex": [r'"photo" - ann$']}
    article = text_cleaner(rule).clean_text(f"{STORY[0]}\nThe ﬁrst owl came back “Pho\u00adto” — Ann")
    assert article.removals[0].text == "“Pho\u00adto” — Ann"
    assert left(article)[1] == "The ﬁrst owl came back"


def test_a_rest_goes_to_the_end() -> None:
    """Scope "rest" takes the block and all that follows, and says so in one removal."""
    article = text_cleaner({"scope": "rest", "equals": ["more to read"]}).clean_text(
        "\n".join([*STORY, "More to read", "One", "Two", "Three"])
    )
    assert left(article) == list(STORY)
    assert [removal.text for removal in article.removals] == ["More to read\nOne\nTwo\nThree"]


def test_a_section_by_its_looks_is_the_short_lines_below() -> None:
    """In plain text a section is a short line and the list items and short lines behind it."""
    rule = {"scope": "section", "equals": ["more to read"]}
    assert cleaned(rule, STORY[0], "More to read", "- One owl", "Two owls", STORY[1], "Three owls") == [STORY[0], STORY[1], "Three owls"]


def test_a_section_needs_a_line_that_can_be_a_heading() -> None:
    """A sentence with the words announces nothing."""
    rule = {"scope": "section", "starts_with": ["more to read"]}
    lines = [STORY[0], "More to read, he said, was there than any man could hope for in one life on the pier.", "- One owl"]
    assert cleaned(rule, *lines) == lines


SECTION_PAGE = page(
    paragraphs(STORY[0], STORY[1]),
    "<h2>More to read</h2><p>One owl is back, and so are the mice.</p><h3>And more</h3><p>Two owls are back as well.</p>",
    "<h2>What comes next</h2>",
    paragraphs(STORY[2], STORY[3]),
)


def test_a_section_of_a_page_ends_at_the_next_heading_of_its_level() -> None:
    """On a page a section is what stands under the heading, deeper headings and all."""
    cleaner = Cleaner(rules=rules_of({"scope": "section", "equals": ["more to read"]}), disable={"structure/*"})
    assert left(cleaner.clean(SECTION_PAGE)) == [STORY[0], STORY[1], "What comes next", STORY[2], STORY[3]]


def test_what_a_rule_removed_is_told() -> None:
    """A removal names rule, category, reason, offsets, and the words that decided."""
    article = text_cleaner({"name": "sign-up", "reason": "A pitch", "contains": ["our news"]}, category="newsletter").clean_text(
        f"{STORY[0]}\nGet our\u00a0news, now"
    )
    (removal,) = article.removals
    assert (removal.rule, removal.category, removal.reason, removal.text) == (
        "en/test/sign-up",
        "newsletter",
        "A pitch",
        "Get our\u00a0news, now",
    )
    assert article.document.text[removal.start : removal.end] == removal.text
    assert removal.matched is not None
    assert article.document.text[slice(*removal.matched)] == "our\u00a0news"


KINDS = {
    "paragraph": "Get our letter",
    "list_item": "- Get our letter",
    "quote": "> Get our letter",
    "table_row": "| Get our letter |",
    "heading": "## Get our letter",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_rule_can_ask_for_a_kind(kind: str) -> None:
    """A rule for one kind of block leaves the others."""
    lines = [line for line in KINDS.values() if line != KINDS[kind]]
    assert cleaned({"contains": ["our letter"], "kind": [kind]}, *STORY, *KINDS.values()) == [*STORY, *lines]


def test_a_rule_can_ask_for_several_kinds() -> None:
    """Kinds are joined by OR."""
    rest = [KINDS["paragraph"], KINDS["quote"], KINDS["heading"]]
    assert cleaned({"contains": ["our letter"], "kind": ["list_item", "table_row"]}, *STORY, *KINDS.values()) == [*STORY, *rest]


MARK = "Get our letter"
BETWEEN = "Short line"
PLACES = {
    # position, lines with the mark, whether it goes
    "the first line is head": ("head", [MARK, *STORY], True),
    "lines before the first real paragraph are head": ("head", ["One", "Two", "Three", "Four", MARK, *STORY], True),
    "the first three lines are head": ("head", [STORY[0], STORY[1], MARK, STORY[2]], True),
    "the fourth line is not": ("head", [STORY[0], STORY[1], BETWEEN, MARK, STORY[2]], False),
    "the end is not head": ("head", [*STORY, MARK], False),
    "the last line is tail": ("tail", [*STORY, MARK], True),
    "with one real paragraph behind it a line is tail": ("tail", [*STORY, BETWEEN, MARK, STORY[0], BETWEEN, BETWEEN, BETWEEN], True),
    "with two it is not": ("tail", [*STORY, MARK, STORY[0], STORY[1], BETWEEN, BETWEEN, BETWEEN], False),
    "the last three lines are tail": ("tail", [*STORY, MARK, STORY[0], STORY[1]], True),
    "the head is not tail": ("tail", [MARK, *STORY], False),
}


@pytest.mark.parametrize(("position", "lines", "goes"), PLACES.values(), ids=PLACES)
def test_a_rule_can_ask_for_a_place(position: str, lines: list[str], goes: bool) -> None:
    """Head is before the story, tail behind it."""
    kept = cleaned({"equals": [MARK], "position": position}, *lines)
    assert (MARK not in kept) is goes
    assert [line for line in kept if line != MARK] == [line for line in lines if line != MARK]


LINKS = page(
    paragraphs(
        STORY[0],
        '<a href="/owls">Our letter about owls and mice</a>',
        'Our letter about <a href="/owls">owls and mice and towers and harbours</a>',
        'Our letter about owls and mice and towers, with <a href="/owls">a link</a>',
        "Our letter without a link at all",
        STORY[1],
    )
)


@pytest.mark.parametrize(
    ("bounds", "gone"),
    [
        ({"min_linked": 0.9}, [1]),
        ({"min_linked": 0.5}, [1, 2]),
        ({"min_linked": 0.05}, [1, 2, 3]),
        ({"max_linked": 0.0}, [4]),
        ({"max_linked": 0.5}, [3, 4]),
        ({"min_linked": 0.05, "max_linked": 0.5}, [3]),
        ({"min_linked": 0.0}, [1, 2, 3, 4]),
    ],
)
def test_a_rule_can_ask_for_links(bounds: dict[str, float], gone: list[int]) -> None:
    """The share of linked letters decides where a rule asks for it."""
    article = Cleaner(rules=rules_of({"starts_with": ["our letter"], **bounds}), disable={"structure/*"}).clean(LINKS)
    lines = [article.document.block_text(block) for block in article.document.blocks]
    assert left(article) == [line for number, line in enumerate(lines) if number not in gone]


PLACED = page(
    paragraphs(STORY[0], STORY[1]),
    '<div class="promo box"><div><p>Our letter in a box.</p></div></div>',
    '<div id="extra"><p>Our letter on the side.</p></div>',
    "<p>Our letter in the open.</p>",
    paragraphs(STORY[2], STORY[3]),
)


@pytest.mark.parametrize(
    ("condition", "gone"),
    [
        ({"inside": [".promo"]}, ["Our letter in a box."]),
        ({"inside": ["div.promo p"]}, ["Our letter in a box."]),
        ({"inside": [".promo", "#extra"]}, ["Our letter in a box.", "Our letter on the side."]),
        ({"inside": [".nothing"]}, []),
        ({"outside": [".promo"]}, ["Our letter on the side.", "Our letter in the open."]),
        ({"outside": [".promo", "#extra"]}, ["Our letter in the open."]),
        ({"inside": ["article"], "outside": ["div#extra"]}, ["Our letter in a box.", "Our letter in the open."]),
    ],
)
def test_a_rule_can_ask_for_elements(condition: Rule, gone: list[str]) -> None:
    """A block's elements, from its own to the root, decide where a rule asks for them."""
    article = Cleaner(rules=rules_of({"starts_with": ["our letter"], **condition}), disable={"structure/*"}).clean(PLACED)
    assert [removal.text for removal in article.removals] == gone


@pytest.mark.parametrize(
    "condition",
    [{"min_linked": 0.0}, {"max_linked": 1.0}, {"inside": ["p"]}, {"outside": ["aside"]}, {"since": "2000-01-01"}, {"until": "2100-01-01"}],
)
def test_a_condition_on_something_unknown_does_not_hold(condition: Rule) -> None:
    """Text has no links, no elements and no date: rules that ask for them are silent."""
    lines = [*STORY, MARK]
    rule = {"equals": [MARK], **condition}
    if "since" in condition or "until" in condition:
        key, value = next(iter(condition.items()))
        rules = load(rule_file({"equals": [MARK]}) + f"{key} = {value}\n")
        assert left(Cleaner(rules=rules, disable={"structure/*"}).clean_text("\n".join(lines))) == lines
    else:
        assert cleaned(rule, *lines) == lines


@pytest.mark.parametrize(
    ("dates", "goes"),
    [
        ("since = 2024-03-01", True),
        ("since = 2024-03-02", False),
        ("until = 2024-03-01", True),
        ("until = 2024-02-29", False),
        ("since = 2024-01-01\nuntil = 2024-12-31", True),
        ("since = 2025-01-01\nuntil = 2025-12-31", False),
    ],
)
def test_a_rule_can_hold_for_a_time(dates: str, goes: bool) -> None:
    """The article's own date decides, both ends of the time included."""
    rules = load(rule_file({"equals": [MARK]}) + dates + "\n")
    source = page(paragraphs(*STORY, MARK), head='<meta property="article:published_time" content="2024-03-01T09:00:00Z">')
    assert (MARK not in left(Cleaner(rules=rules, disable={"structure/*"}).clean(source))) is goes


def neighbours(rule: Rule, *lines: str, pack: str = "en/test") -> list[str]:
    """What is left by a rule beside one that removes the line "Picture one" as a caption."""
    rules = [{"name": "picture", "equals": ["picture one"], "category": "caption"}, {"name": "beside", "category": "credit", **rule}]
    return cleaned_by(rules, lines, pack)


def cleaned_by(rules: list[Rule], lines: tuple[str, ...], pack: str = "en/test") -> list[str]:
    return left(text_cleaner(*rules, pack=pack).clean_text("\n".join(lines)))


def test_a_rule_can_ask_for_what_goes_before() -> None:
    """A line goes only right behind one that goes as what the rule names."""
    lines = (STORY[0], "Ann Lee", STORY[1], "Picture one", "Ann Lee", STORY[2], "Ann Lee", STORY[3])
    assert neighbours({"equals": ["ann lee"], "after": ["caption"]}, *lines) == [
        STORY[0],
        "Ann Lee",
        STORY[1],
        STORY[2],
        "Ann Lee",
        STORY[3],
    ]


def test_a_rule_can_ask_for_what_comes_behind() -> None:
    """A line goes only right before one that goes as what the rule names."""
    lines = (STORY[0], "Ann Lee", "Picture one", STORY[1], "Ann Lee", STORY[2])
    assert neighbours({"equals": ["ann lee"], "before": ["caption", "promo"]}, *lines) == [STORY[0], STORY[1], "Ann Lee", STORY[2]]


def test_another_category_beside_does_not_count() -> None:
    """What goes beside must go as one of the categories."""
    lines = (STORY[0], "Picture one", "Ann Lee", STORY[1])
    assert neighbours({"equals": ["ann lee"], "after": ["promo"]}, *lines) == [STORY[0], "Ann Lee", STORY[1]]


def test_rules_can_ask_for_each_other() -> None:
    """What one such rule removes is a neighbour for the next, whatever their names."""
    rules = [
        {"name": "picture", "equals": ["picture one"], "category": "caption"},
        {"name": "z-photographer", "equals": ["ann lee"], "category": "credit", "after": ["caption"]},
        {"name": "a-agency", "equals": ["tern agency"], "category": "attribution", "after": ["credit"]},
    ]
    assert cleaned_by(rules, (STORY[0], "Picture one", "Ann Lee", "Tern agency", STORY[1], "Tern agency", STORY[2])) == [
        STORY[0],
        STORY[1],
        "Tern agency",
        STORY[2],
    ]


def test_a_sentence_gone_is_no_line_gone() -> None:
    """A neighbour that only lost a sentence is still there."""
    rules = [
        {"name": "picture", "scope": "sentence", "starts_with": ["picture one"], "category": "caption"},
        {"name": "beside", "equals": ["ann lee"], "category": "credit", "after": ["caption"]},
    ]
    assert cleaned_by(rules, (f"{STORY[0]} Picture one.", "Ann Lee", STORY[1])) == [STORY[0], "Ann Lee", STORY[1]]


def test_a_blank_line_is_no_neighbour() -> None:
    """In text whose paragraphs are parted by blank lines, the neighbour is the next line with words."""
    lines = (STORY[0], "", "Picture one", "", "Ann Lee", "", STORY[1])
    assert neighbours({"equals": ["ann lee"], "after": ["caption"]}, *lines) == [STORY[0], "", STORY[1]]


def test_blank_lines_part_no_section() -> None:
    """In text whose paragraphs are parted by blank lines, a section reaches as far as without them."""
    rule = {"scope": "section", "equals": ["more to read"]}
    assert cleaned(rule, STORY[0], "", "More to read", "", "- One owl", "", "- Two owls", "", STORY[1]) == [STORY[0], "", STORY[1]]


def test_blank_lines_take_no_place() -> None:
    """In text whose paragraphs are parted by blank lines, the first three lines are those with words."""
    rule = {"equals": [MARK], "position": "head"}
    assert MARK not in cleaned(rule, STORY[0], "", STORY[1], "", MARK, "", STORY[2])


@pytest.mark.parametrize("blanks", [1, 2, 5])
def test_sentences_are_found_behind_blank_lines(blanks: int) -> None:
    """However many blank lines stand before a sentence, it is found where it stands."""
    lines = [STORY[0], *[""] * blanks, f"{STORY[1]} Sign up for our letter.", *[""] * blanks, "Sign up for our letter. It is free."]
    article = text_cleaner(SENTENCE).clean_text("\n".join(lines))
    assert spans(article) == ["Sign up for our letter.", "Sign up for our letter."]


def test_a_rule_that_is_kept_gives_no_neighbours() -> None:
    """A category that is kept stays, and so does what would only go beside it."""
    rules = rules_of(
        {"name": "picture", "equals": ["picture one"], "category": "caption"},
        {"name": "beside", "equals": ["ann lee"], "category": "credit", "after": ["caption"]},
    )
    lines = [STORY[0], "Picture one", "Ann Lee", STORY[1]]
    cleaner = Cleaner(rules=rules, keep_categories={"caption"}, disable={"structure/*"})
    assert left(cleaner.clean_text("\n".join(lines))) == lines


HOSTILE = "a" * 300 + "!"
SLOW = r"slowly (?:a|aa)+$"


def test_a_match_that_runs_out_of_time_leaves_its_text() -> None:
    """A pattern that blows up on hostile text removes nothing, and the article says so."""
    article = text_cleaner({"name": "slow", "regex": [SLOW]}).clean_text("\n".join([*STORY, f"slowly {HOSTILE}"]))
    assert left(article) == [*STORY, f"slowly {HOSTILE}"]
    assert [warning for warning in article.warnings if "en/test/slow" in warning and "ran out of time" in warning]


def test_other_rules_go_on_after_a_match_ran_out_of_time() -> None:
    """One bad rule does not switch off the others."""
    article = text_cleaner({"name": "slow", "regex": [SLOW]}, {"name": "sure", "equals": [MARK]}).clean_text(
        "\n".join([*STORY, f"slowly {HOSTILE}", MARK])
    )
    assert MARK not in left(article)


def test_many_slow_matches_are_given_up() -> None:
    """However many lines blow up, only a few are tried, and all of them stay."""
    lines = [f"slowly {HOSTILE} {number}" for number in range(50)]
    article = text_cleaner({"name": "slow", "regex": [r"slowly (?:a|aa)+\d"]}).clean_text("\n".join([*STORY, *lines]))
    assert left(article) == [*STORY, *lines]
    assert [warning for warning in article.warnings if "ran out of time" in warning] == [
        "en/test/slow: a match ran out of time, its text was left in place"
    ]


def test_an_exception_that_runs_out_of_time_leaves_the_text() -> None:
    """Where it can't be told in time whether an exception spares a line, the line stays."""
    line = f"Sign up slowly {HOSTILE}"
    article = text_cleaner({"name": "slow", "starts_with": ["sign up"], "unless_regex": [SLOW]}).clean_text("\n".join([*STORY, line]))
    assert left(article) == [*STORY, line]
    assert article.warnings


def test_an_exception_is_looked_for_in_long_lines_too() -> None:
    """A line too long for patterns stays where a rule has an exception that could spare it."""
    line = "Sign up for this, " + "and that, " * (MAX_PATTERN_TEXT // 10 + 10) + "they were told."
    story = [sentence for sentence in STORY for _ in range(12)]
    article = text_cleaner({"starts_with": ["sign up"], "unless_regex": ["they were told"]}).clean_text("\n".join([*story, line]))
    assert left(article)[-1] == line


def test_patterns_are_not_tried_on_endless_lines() -> None:
    """A line longer than any boilerplate is left alone by patterns."""
    line = "Sign up for this, " + "and that, " * (MAX_PATTERN_TEXT // 10 + 10)
    article = text_cleaner({"regex": ["^sign up"]}).clean_text("\n".join([*STORY, line]))
    assert left(article)[-1] == line.rstrip()


def test_near_misses_are_told() -> None:
    """Where a rule's words hold but its place does not, the article remembers it."""
    article = text_cleaner({"name": "end", "equals": [MARK], "position": "tail"}).clean_text("\n".join([MARK, *STORY]))
    assert not article.removals
    assert article.near_misses == (("en/test/end", 0),)


def test_rules_of_a_site_hold_on_it_alone() -> None:
    """House phrases of one publisher are no one else's."""
    cleaner = text_cleaner({"equals": [MARK]}, pack="sites/a.example", hosts=["a.example"])
    text = "\n".join([*STORY, MARK])
    assert MARK not in left(cleaner.clean_text(text, url="https://www.a.example/owls"))
    for url in ("https://b.example/owls", None, "no url", "http://[broken"):
        assert MARK in left(cleaner.clean_text(text, url=url))


def test_rules_of_an_extended_site_hold() -> None:
    """A site has the rules of the sites that it extends, and not the other way round."""
    rules = load(
        rule_file({"equals": [MARK]}, pack="sites/group", hosts=["group.example"]),
        rule_file({"equals": ["owl club"]}, pack="sites/a.example", hosts=["a.example"], extends=["sites/group"]),
    )
    cleaner = Cleaner(rules=rules, disable={"structure/*"})
    text = "\n".join([*STORY, MARK, "Owl club"])
    assert left(cleaner.clean_text(text, url="https://a.example/")) == list(STORY)
    assert left(cleaner.clean_text(text, url="https://group.example/")) == [*STORY, "Owl club"]


@pytest.mark.parametrize("pattern", ["en/test/sign-up", "en/test", "en", "en/*", "promo"])
def test_a_site_can_switch_rules_off(pattern: str) -> None:
    """Where a general rule hurts, a site file switches it off there and nowhere else."""
    rules = load(
        rule_file({"name": "sign-up", "equals": [MARK]}), rule_file(pack="sites/a.example", hosts=["a.example"], disable=[pattern])
    )
    cleaner = Cleaner(rules=rules, disable={"structure/*"})
    text = "\n".join([*STORY, MARK])
    assert MARK in left(cleaner.clean_text(text, url="https://a.example/"))
    assert MARK not in left(cleaner.clean_text(text, url="https://b.example/"))


def test_a_site_can_prune_elements() -> None:
    """What a site's selectors choose is removed, as navigation, with the site named."""
    rules = load(rule_file(pack="sites/a.example", hosts=["a.example"], prune_css=[".promo"], prune_xpath=["//div[@id='extra']"]))
    cleaner = Cleaner(rules=rules, disable={"structure/*"})
    article = cleaner.clean(PLACED, url="https://a.example/x")
    assert [(removal.text, removal.rule) for removal in article.removals] == [
        ("Our letter in a box.", "sites/a.example/prune"),
        ("Our letter on the side.", "sites/a.example/prune"),
    ]
    assert cleaner.clean(PLACED, url="https://b.example/x").removals == ()


@pytest.mark.parametrize("pattern", ["sites/a.example/prune", "sites/a.example", "sites", "sites/*", "*/prune", "promo"])
def test_pruning_is_switched_off_as_rules_are(pattern: str) -> None:
    """What a site prunes stays where its id, pack or category is disabled: every removal can be undone by the name it bears."""
    rules = load(rule_file(pack="sites/a.example", hosts=["a.example"], prune_css=[".promo"]))
    assert Cleaner(rules=rules, disable={"structure/*", pattern}).clean(PLACED, url="https://a.example/x").removals == ()


def test_a_site_can_switch_off_what_another_prunes() -> None:
    """A site that extends another can do without its selectors."""
    rules = load(
        rule_file(pack="sites/a.example", hosts=["a.example"], prune_css=[".promo"]),
        rule_file(pack="sites/b.example", hosts=["b.example"], extends=["sites/a.example"], disable=["sites/a.example/prune"]),
    )
    cleaner = Cleaner(rules=rules, disable={"structure/*"})
    assert cleaner.clean(PLACED, url="https://a.example/x").removals
    assert cleaner.clean(PLACED, url="https://b.example/x").removals == ()


def test_a_site_can_choose_the_body() -> None:
    """A site's body selector says where the article stands."""
    rules = load(rule_file(pack="sites/a.example", hosts=["a.example"], body_css=["#story"]))
    source = page(f"<div>{paragraphs(STORY[0], STORY[1])}</div>", f'<div id="story">{paragraphs(STORY[2], STORY[3])}</div>')
    cleaner = Cleaner(rules=rules, disable={"structure/*"})
    assert left(cleaner.clean(source, url="https://a.example/x")) == [STORY[2], STORY[3]]
    assert STORY[0] in left(cleaner.clean(source, url="https://b.example/x"))


def test_thousands_of_rules_find_their_words() -> None:
    """Each of many rules holds where its words stand and nowhere else."""
    rules = rules_of(*({"equals": [f"get letter number {number}"]} for number in range(1_000)))
    document = text_document("\n".join([*STORY, "Get letter number 7", "Get letter number 999", "Get letter number 1000"]))
    session = Matcher(rules).session(Units(document))
    assert [document.text[p.start : p.end] for p in session.proposals] == ["Get letter number 7", "Get letter number 999"]


def test_a_matcher_without_rules_proposes_nothing() -> None:
    """No rules, no proposals."""
    assert Matcher(rules_of()).session(Units(text_document(STORY[0]))).proposals == []


def spans(article: Article) -> list[str]:
    """The removed texts."""
    return [removal.text for removal in article.removals]


def test_words_may_stand_anywhere_in_a_long_document() -> None:
    """Offsets are right in the last of many blocks, with characters that change length before it."""
    lines = ["Straße ﬁnal İstanbul … “x” cafe\u0301 \u200b\u00ad"] * 40
    article = text_cleaner({"scope": "sentence", "starts_with": ["sign up"]}).clean_text(
        "\n".join([*lines, *STORY, "Größe zählt. Sign\u00a0up “now”."])
    )
    assert spans(article) == ["Sign\u00a0up “now”."]


UNSCANNABLE = {"unscannable": True, "max_words": 8}
JOINED: dict[str, tuple[list[Rule], list[str], list[str]]] = {
    "each of them holds where it would alone": (
        [{"regex": [r"^\d+ / \d+$"], **UNSCANNABLE}, {"regex": [r"^\p{Lu}{2}$", r"^\*+$"], **UNSCANNABLE}],
        ["3 / 14", "AB", "***", "- 3 / 14"],
        ["3 / x", "ABC", "*-*"],
    ),
    "references to groups are those of the pattern": (
        [
            {"regex": [r"^(\d)\W(\d)$"], **UNSCANNABLE},
            {"regex": [r"^(\p{L}) ?\1$"], **UNSCANNABLE},
            {"regex": [r"^(?P<a>\d)(?P=a)$"], **UNSCANNABLE},
        ],
        ["1/2", "x x", "77"],
        ["x y", "78"],
    ),
    "flags hold for the pattern that sets them": (
        [{"regex": [r"(?x) ^ \d $ # one digit"], **UNSCANNABLE}, {"regex": [r"^[a-b] [a-b]$"], **UNSCANNABLE}],
        ["5", "a b"],
        ["55", "ab"],
    ),
    "conditions are those of each rule": (
        [{"regex": [r"^\d\d$"], "unscannable": True, "max_words": 1}, {"regex": [r"^\d\d\b"], "unscannable": True, "max_words": 2}],
        ["12", "12 b"],
        ["12 b c", "b 12"],
    ),
}


@pytest.mark.parametrize(("rules", "removed", "spared"), JOINED.values(), ids=JOINED)
def test_rules_without_literals_are_tried_together_and_decide_alone(rules: list[Rule], removed: list[str], spared: list[str]) -> None:
    """That patterns are joined to be tried on a line shows nowhere but in the time it takes."""
    cleaner = Cleaner(rules=rules_of(*rules), disable={"structure/*"})
    assert left(cleaner.clean_text("\n".join([STORY[0], *removed, *spared, STORY[1]]))) == [STORY[0], *spared, STORY[1]]


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        ("line", "公式LINEで配信中。"),
        ("公式line", "公式LINEで配信中。"),
        ("line登録", "今すぐLINE登録を。"),
        ("newsletter", "구독하세요Newsletter를。"),
        ("配信中", "公式LINEで配信中。"),
    ],
)
def test_words_are_found_where_scripts_meet(literal: str, text: str) -> None:
    """Latin words end where letters of a script without spaces begin, and the sentence that goes is the one they stand in."""
    rule = {"scope": "sentence", "contains": [literal]}
    before, after = "船は月曜日にXY港を出ました。", "次の便は水曜日です。"
    assert left(text_cleaner(rule).clean_text(f"{STORY[0]}\n{before}{text}{after}")) == [STORY[0], before + after]


def test_where_no_paragraph_ends_it_a_head_is_ten_lines_long_and_so_is_a_tail() -> None:
    """In verse, results and lists a rule for the head or the tail leaves the lines between."""
    lines = [f"Gull {number}" for number in range(30)]
    head = {"contains": ["gull"], "position": "head", "removes": ["Gull 1"], "spares": ["Tern 1"]}
    for position, rest in (("head", lines[10:]), ("tail", lines[:-10])):
        cleaner = text_cleaner({**head, "position": position})
        assert left(cleaner.clean_text("\n".join(lines))) == rest


SENTENCE_MATCHER = Matcher(
    rules_of(
        {"name": "keyed", "scope": "sentence", "starts_with": ["sign up"]},
        {"name": "patterned", "scope": "sentence", "regex": [r"^\W*sign up\b"]},
        {"name": "scanned", "scope": "sentence", "regex": [r"^\W*sign up .{0,30}\bnewsletter"]},
    )
)
WORDS_AND_MARKS = ("Sign up", "sign up", "SIGN UP", "for the newsletter", "He said", "no", "Dr", "a.m", "3", "読む", "登録", "\u200b", "- ")
PIECES = st.sampled_from([*WORDS_AND_MARKS, *" \u00a0_.!?…;:,'\"”’»)]।۔؟。！？」』（("]) | st.just(" ")


@given(st.lists(PIECES, max_size=24).map("".join))
def test_a_rule_is_found_in_whichever_sentence_it_holds(text: str) -> None:
    """The scan passes over no sentence for which a rule's words hold, however the sentences around it end."""
    units = Units(text_document(text))
    session = SENTENCE_MATCHER.session(units)
    found = {(each.rule, each.start, each.end) for each in session.proposals}
    run = SENTENCE_MATCHER.run(units, lambda: None)
    for index in range(len(units.blocks)):
        for unit in units.sentences(index):
            for rule in SENTENCE_MATCHER.rules:
                if words_hold(rule, unit, run) is not None:
                    assert (rule.id, unit.start, unit.end) in found


def test_work_on_one_line_grows_with_its_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of ten times as many sentences that a rule looks for asks ten times as often whether a place lies in one."""
    asked = []
    holds = Unit.holds
    monkeypatch.setattr(Unit, "holds", lambda unit, place: asked.append(place) or holds(unit, place))
    matcher = Matcher(rules_of({"scope": "sentence", "starts_with": ["subscribe to our newsletter"]}))
    counts = []
    for sentences in (100, 1_000):
        asked.clear()
        session = matcher.session(Units(text_document("Subscribe to our newsletter. " * sentences)))
        assert len(session.proposals) == sentences
        counts.append(len(asked))
    assert counts[1] <= 10 * counts[0]
