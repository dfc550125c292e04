"""The literals that every match of a pattern contains are found from its parsed form, or none are."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleanarticle.folding import fold, level
from cleanarticle.ruleset.beginnings import HEAD_SIZES, head
from cleanarticle.ruleset.literals import Required, required_literals
from cleanarticle.ruleset.patterns import compile_pattern
from cleanarticle.ruleset.rarity import MIN_LEADING, rarity, worth_scanning
from cleanarticle.ruleset.signs import DIGIT
from cleanarticle.ruleset.spaced import is_sign, parted, spaced

REQUIRED = {
    "a plain pattern is its own literal": ("newsletter", [["newsletter"]]),
    "capitals are folded": ("NewsLetter", [["newsletter"]]),
    "letters that grow are folded": ("große straße", [["grosse strasse"]]),
    "word boundaries are spaces": (r"\bnewsletter\b", [[" newsletter "]]),
    "anchors are word boundaries": ("^newsletter$", [[" newsletter "]]),
    "a boundary at one end is a space there": (r"newsletters\b", [["newsletters "]]),
    "boundaries around alternatives are those of each": (r"\b(?:mail|digests?)\b", [[" digest ", " digests ", " mail "]]),
    "a word ends where no letter may follow": (r"(?<!\w)newsletter(?!\w)", [[" newsletter "]]),
    "a word ends before what is no letter": (r"\W+newsletter[.!]?$", [[" newsletter "]]),
    "a word that may go on does not end": (r"\bnewsletter\w*", [[" newsletter"]]),
    "what may be missing ends no word": (r"newsletter(?: now)?", [["newsletter"]]),
    "what may be missing ends a word where all that follows does": (r"newsletter(?:[:=] ?[a-z]{2})?\)", [["newsletter "]]),
    "Chinese words have no ends": (r"\b関連記事\b", [["関連記事"]]),
    "punctuation is a space": ("e-mail: news", [["e mail  news"]]),
    "white space is one space": (r"sign\s+up\s?now", [["sign up now", "sign upnow"]]),
    "a word of two letters is enough": (r"\(AFP|\bAP\b", [[" afp", " ap "]]),
    "alternatives are a set": ("newsletter|bulletin", [["bulletin", "newsletter"]]),
    "alternatives inside are written out": ("sign (?:up|in) now", [["sign in now", "sign up now"]]),
    "an optional letter is written out": ("colou?r prints", [["color prints", "colour prints"]]),
    "an optional group is written out": ("our (?:weekly )?digest", [["our digest", "our weekly digest"]]),
    "what has another literal in it is not looked for": ("(?:weekly )?digests?", [["digest"]]),
    "a small class is written out": ("gr[ae]y paper", [["gray paper", "grey paper"]]),
    "a large class parts what stands around it": ("paper [0-9]+ edition", [[" edition"], ["paper "]]),
    "a class of properties parts too": (r"paper \p{Lu}+ edition", [[" edition"], ["paper "]]),
    "any character parts": ("paper.{0,9}edition", [["edition"], ["paper"]]),
    "groups with a name are groups": ("(?P<what>newsletter)", [["newsletter"]]),
    "groups with flags are groups": ("(?-i:Reuters) staff", [["reuters staff"]]),
    "atomic groups are groups": ("(?>newsletter) now", [["newsletter now"]]),
    "possessive repeats are repeats": ("(?:ab)++ newsletter", [[" newsletter"]]),
    "what is asked for ahead is not part of the match": ("newsletter(?= now)", [["newsletter"]]),
    "what is forbidden ahead is not part of the match": ("(?!the )newsletter", [["newsletter"]]),
    "what is asked for behind is not part of the match": ("(?<=our )newsletter", [["newsletter"]]),
    "what may be missing is not required": ("(?:newsletter)* today", [[" today"]]),
    "what is repeated is required": ("(?:newsletter )+today", [["newsletter "], [" today"]]),
    "a word begins behind what may be missing where all before it ends one": (r"our (?:\w+ )?newsletter", [[" newsletter"], ["our "]]),
    "a word begins behind ornaments": (r"^\W*(?:\w+, )?newsletter", [[" newsletter"]]),
    "an alternative without a literal spoils the set": (r"newsletter|\d+", []),
    "too short a literal is none": ("by", []),
    "two Chinese characters are enough": ("関連", [["関連"]]),
    "one Chinese character is not": ("関", []),
    "a rare sign is enough": ("©", [["©"]]),
    "a class alone has no literal": (r"\w+", []),
    "what can't be parsed has no literal": ("(newsletter", []),
    "syntax of another module has no literal": (r"\L<names> newsletter", []),
    "a branch reset is a group": ("(?|newsletter|bulletin) now", [["bulletin now", "newsletter now"]]),
    "a grapheme is any character": (r"newsletter\X+", [["newsletter"]]),
    "what a match begins behind is part of what is looked for": (r"commission\. \Kfind out how", [["commission  find out how"]]),
    "an escaped backslash is no beginning of a class": (r"news\\Xletter", [["news xletter"]]),
    "an escaped bracket opens no class": (r"\[\p{Lu}{2}] newsletter", [["  newsletter"]]),
}


@pytest.mark.parametrize(("pattern", "sets"), REQUIRED.values(), ids=REQUIRED)
def test_required_literals(pattern: str, sets: list[list[str]]) -> None:
    """Each pattern yields the sets of literals of which every match contains one each."""
    assert sorted(map(list, required_literals(pattern).sets)) == sorted(sets)


BEGINNINGS = {
    "what follows ^ leads": ("^photo by", ["photo by"]),
    "alternatives lead": ("^(?:photo|image) by", ["image by", "photo by"]),
    "so many letters are looked at": ("^newsletter of the week", ["newsletter of "]),
    "or as many as a shorter look takes": ("^newsletter \\w+", ["newslett"]),
    "what follows may be anything": (r"^by \w+", ["by "]),
    "one letter is one": (r"^a\w+", ["a"]),
    "ornaments may stand in front": (r"^\W*photo by", ["photo by"]),
    "signs may stand in front": (r"^[-*(\[ ]*photo by", ["photo by"]),
    "white space may stand in front": (r"^\s*photo by", ["photo by"]),
    "letters in front spoil it": (r"^\w*photo by", []),
    "digits in front are written out": (r"^[0-9]?photo by", ["0photo b", "photo by"]),
    "any character in front spoils it": ("^.?photo by", []),
    "what excludes only punctuation may be letters": (r"^[^\p{P}]{0,9}photo by", []),
    "what excludes only capitals may be letters": (r"^[^\p{Lu}]{0,9}photo by", []),
    "what excludes letters may not": (r"^[^\w]{0,9}photo by", ["photo by"]),
    "a group around all changes nothing": ("(?:^photo by)", ["photo by"]),
    "without ^ nothing leads": ("photo by", []),
    "an alternative without ^ spoils it": ("^photo by|image by", []),
    "two alternatives with ^ lead": ("^photo by|^image by", ["image by", "photo by"]),
    "what may be missing leads in both ways": ("^(?:the )?photo by", ["photo by", "the photo by"]),
    "one digit stands for all": (r"^(?:no|[1-9]\d?) likes", ["0 likes", "00 likes", "no likes"]),
    "rounds are written out": (r"^(?:so ){1,2}good", ["so good", "so so good"]),
    "rounds without end are written out as far as is looked": (r"^(?:ha){7,}", ["ha" * 7]),
    "what begins as another does is not looked for": (r"^(?:ha)+", ["ha"]),
    "signs are spaces": ("^e-mail: news", ["e mail  news"]),
    "where there would be too many they end earlier": (
        "^(?:news|mail|post) (?:" + "|".join(f"{a}{b}" for a in "abcdefgh" for b in "mnopqrst") + ")",
        ["mail ", "news ", "post "],
    ),
    "where one choice is too many they are shorter": (
        "^(?:" + "|".join(f"{a}{b}{c}{d}letter" for a in "abcd" for b in "efgh" for c in "ijkl" for d in "mnop") + ")",
        sorted(f"{a}{b}{c}{d}l" for a in "abcd" for b in "efgh" for c in "ijkl" for d in "mnop"),
    ),
}


@pytest.mark.parametrize(("pattern", "begins"), BEGINNINGS.values(), ids=BEGINNINGS)
def test_beginnings(pattern: str, begins: list[str]) -> None:
    """A pattern bound to the start yields the letters with which its matches begin, as many of each as are looked at."""
    assert sorted(required_literals(pattern).begins) == sorted({head(text) for text in begins})


FOREIGN = [
    (r"[[:alpha:]]+ newsletter", "Our newsletter"),
    (r"[[:alpha:]] newsletter", "a newsletter"),
    (r"(?:subscribe){e<=1} now", "subscrbe now"),
    (r"\mnewsletter\M", "our newsletter now"),
    (r"news\p{L}etter now", "newsletter now"),
    (r"news\P{N}etter now", "newsletter now"),
    (r"\N{COPYRIGHT SIGN} news", "© news"),
    (r"(?r)newsletter \w+ now", "newsletter comes now"),
    (r"(?|(news)|(mail))letter", "newsletter"),
    (r"sign\h+up now", "sign up now"),
]


@pytest.mark.parametrize(("pattern", "text"), FOREIGN)
def test_syntax_that_only_the_regex_module_knows_yields_nothing_wrong(pattern: str, text: str) -> None:
    """Where the two pattern languages differ, literals are right or absent: a rule is never tried in too few places."""
    assert compile_pattern(pattern).search(level(text).text) is not None
    assert_present(required_literals(pattern), text)


def test_the_rarest_set_comes_first() -> None:
    """The scan looks for the set that stands on fewest pages: long literals before short ones, few before many."""
    assert required_literals(r"the .{0,9}newsletter").sets[0] == ("newsletter",)
    assert required_literals(r"(?:one|two|six) .{0,9}bulletin").sets[0] == ("bulletin",)


def test_longer_literals_are_rarer_and_more_literals_are_commoner() -> None:
    """Rarity grows with length and falls with every literal more."""
    assert rarity(["newsletter"]) > rarity(["news"]) > rarity(["news", "mail"])


@pytest.mark.parametrize(
    ("literal", "worth"),
    [
        ("by", False),
        ("the", True),
        (" ap ", True),
        (" ap", False),
        (" the ", True),
        (" in ", False),
        ("関連", True),
        ("関", False),
        ("©", True),
        (" ", False),
    ],
)
def test_short_literals_are_not_scanned_for(literal: str, worth: bool) -> None:
    """Three letters, two Chinese characters, one rare sign or a word that is not on every page are worth scanning for."""
    assert worth_scanning([literal]) is worth


def test_at_the_start_two_letters_are_worth_scanning_for() -> None:
    """What must stand at the start of a line may be shorter."""
    assert worth_scanning(["by "], MIN_LEADING)
    assert not worth_scanning(["a"], MIN_LEADING)


def test_words_that_stand_on_every_page_are_common_however_long() -> None:
    """Of two literals the one with the rarer words is scanned for."""
    assert rarity([" with the "]) < rarity([" newsletter"])
    assert rarity(["through the "]) < rarity(["reuters"])


def test_many_alternatives_are_not_multiplied_out() -> None:
    """Alternatives in a row do not make literals without number."""
    required = required_literals("(?:a|b|c|d)(?:e|f|g|h)(?:i|j|k|l)(?:m|n|o|p)(?:q|r|s|t) newsletter")
    assert required.sets
    assert sum(map(len, required.sets)) < 200


# patterns of the kind that rule authors write
words = st.sampled_from(
    ["photo", "sign up", "newsletter", "by", "our", "straße", "関連記事", "©", "d'oh", "a", "ﬁn", "été", "İn", "e-mail"]
)
atoms = st.one_of(
    words.map(re.escape),
    words,
    st.sampled_from(
        [
            r"\w+",
            r"\s",
            " ",
            r".{0,5}",
            r"[a-z]",
            r"[ae]",
            r"\d{1,3}",
            r"\p{L}+",
            r"[^.]{0,4}",
            r"\W*",
            r"\W",
            "[-:]",
            r"[^\w]*",
            r"\p{Lu}",
            r"[^\p{P}]{0,3}",
        ]
    ),
)
patterns = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        inner.map(lambda part: f"(?:{part})?"),
        # repeats of repeats would take for ever to match
        inner.filter(lambda part: not set("*+{") & set(part)).map(lambda part: f"(?:{part})+"),
        inner.filter(lambda part: not set("*+{") & set(part)).map(lambda part: f"(?:{part}){{1,2}}"),
        inner.map(lambda part: f"({part})"),
        inner.map(lambda part: f"(?-i:{part})"),
        inner.map(lambda part: f"^{part}"),
        inner.map(lambda part: f"{part}$"),
        inner.map(lambda part: rf"\b{part}\b"),
        inner.map(lambda part: f"(?!zzz){part}"),
    ),
    max_leaves=8,
)


def assert_present(required: Required, text: str) -> None:
    """Of each set a literal or a sign stands in the folded text, which begins as it should."""
    folded = parted(fold(text).text)
    words, signed = f" {spaced(folded)} ", f" {spaced(folded, signs=set(filter(is_sign, folded)))} "
    for literals in (*required.sets, *required.common):
        assert any(literal in (words if literal == spaced(literal) else signed) for literal in literals), (literals, folded)
    for signs in required.signs:
        assert not signs.isdisjoint({*folded, *(DIGIT for char in folded if char.isdecimal())}), (signs, folded)
    if required.begins:
        start = next((at for at, char in enumerate(words) if char != " "), 0)
        found = {head(words[start : start + size]) for size in HEAD_SIZES}
        assert not found.isdisjoint(required.begins), (required.begins, folded)


@given(patterns, st.data())
def test_every_match_contains_a_literal_of_each_set(pattern: str, data: st.DataObject) -> None:
    """Where a pattern matches the levelled text, its literals stand in the folded one: the scan misses nothing."""
    try:
        stdlib = re.compile(re.sub(r"\\p\{\w+\}", "[A-Z]", pattern).replace("[^[A-Z]]", "[^.]"))
        compiled = compile_pattern(pattern)
    except re.error:
        assume(False)
        return
    text = data.draw(st.from_regex(stdlib)).replace("\n", " ")
    assume(compiled.search(level(text).text) is not None)
    assert_present(required_literals(pattern), text)


@given(st.text(st.sampled_from("ab(|)[]{}?*+\\^$.:=!<>dwspLPuiKXR-,12 "), max_size=25))
def test_no_pattern_breaks_the_search_for_literals(pattern: str) -> None:
    """Any string, however broken as a pattern, yields literals or none, never an exception."""
    required = required_literals(pattern)
    assert all(literal for literals in required.sets for literal in literals)


SIGNS = {
    "brackets and a colon": (r"^photo: .{2,40} \(\w+\)$", ["(", ")", ":"]),
    "digits, however they are asked for": (r"page \d+ of (?:1|[2-9])", ["0", "0"]),
    "one of several": (r"by (?:@\w+|\w+\.com/|[:|] \w+)", ["/:@|"]),
    "a branch without any": (r"by (?:@\w+|\w+)", []),
    "signs that half of the lines have tell nothing": (r"photo, by '\w+\.", []),
    "what may be left out tells nothing": (r"photo(?: \(\w+\))?", []),
    "all branches have one": (r"(?:photo: |credit \| )\w+", [":|"]),
    "what must lie ahead": (r"^(?=.*\?)would you", ["?"]),
    "compatibility forms": (r"photo：", [":"]),
}


@pytest.mark.parametrize(("pattern", "signs"), SIGNS.values(), ids=SIGNS)
def test_signs_that_every_match_has(pattern: str, signs: list[str]) -> None:
    """A pattern tells the signs and digits without which it can't match; "0" is any digit."""
    assert sorted("".join(sorted(each)) for each in required_literals(pattern).signs) == sorted(set(signs))
