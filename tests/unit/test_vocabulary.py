"""Names of classes and ids are cut into words as designers build them, and looked up in groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanarticle.vocabulary import Vocabulary

VOCABULARY = Vocabulary(
    [
        ("related", ["related", "relat*", "read more", "more on*"]),
        ("caption", ["*caption*", "bildtext"]),
        ("byline", ["author", "by line", "überschrift"]),
        ("ad", ["ad", "ads", "ad*slot"]),
        ("both", ["author"]),
    ]
)

NAMES = {
    "a word": ("related", {"related"}),
    "a word among others": ("box related wide", {"related"}),
    "hyphens part words": ("story-related-list", {"related"}),
    "underscores part words": ("story_related__item", {"related"}),
    "capitals part words": ("storyRelatedList", {"related"}),
    "capitals in a row are one word": ("RELATED-BOX", {"related"}),
    "digits part words": ("related2", {"related"}),
    "a word inside another is none": ("unrelated", set()),
    "a star is the rest of a word": ("relatives", {"related"}),
    "stars on both sides are anything around": ("wpcaptiontext", {"caption"}),
    "a star in the middle is anything between": ("adbigslot", {"ad"}),
    "two words in a row": ("read-more", {"related"}),
    "two words in a row, in camel case": ("ReadMoreBox", {"related"}),
    "two words in another order": ("more-read", set()),
    "two words apart": ("read-some-more", set()),
    "the first of two words alone": ("read", set()),
    "the second word may end in a star": ("more-onwards", {"related"}),
    "the words of two names may stand in a row": ("by line", {"byline"}),
    "letters with marks are letters": ("Überschrift", {"byline"}),
    "one name may belong to several groups": ("author", {"byline", "both"}),
    "several names belong to several groups": ("ads caption", {"ad", "caption"}),
    "a name with letters between is another": ("adx", set()),
    "nothing": ("", set()),
    "no words": ("-- __ ..", set()),
}


@pytest.mark.parametrize(("names", "groups"), NAMES.values(), ids=NAMES)
def test_names_belong_to_groups(names: str, groups: set[str]) -> None:
    """A class attribute belongs to the groups whose entries stand in it as words."""
    assert VOCABULARY.groups(names) == groups


def test_an_empty_vocabulary_knows_nothing() -> None:
    """Without groups no name belongs to one."""
    assert Vocabulary([]).groups("related author") == frozenset()


def test_asking_twice_gives_the_same() -> None:
    """What is remembered is what was found."""
    vocabulary = Vocabulary([("related", ["relat*"])])
    assert vocabulary.groups("relatives") == vocabulary.groups("relatives") == {"related"}


def test_endless_attributes_are_looked_at_in_part() -> None:
    """Of a class attribute of thousands of characters the first some hundred count."""
    assert VOCABULARY.groups("x " * 10_000 + "related") == frozenset()
    assert VOCABULARY.groups("related " + "x " * 10_000) == {"related"}


@given(st.text(max_size=60))
def test_any_names_belong_to_known_groups(names: str) -> None:
    """Whatever stands in an attribute, the answer is a set of known groups."""
    assert VOCABULARY.groups(names) <= {"related", "caption", "byline", "ad", "both"}


@given(st.lists(st.sampled_from(["related", "box", "author", "wide", "ads"]), max_size=6))
def test_the_order_of_names_plays_no_part(names: list[str]) -> None:
    """Where no entry has two words, the order of classes does not matter."""
    assert VOCABULARY.groups(" ".join(names)) == VOCABULARY.groups(" ".join(reversed(names)))
