"""Text and literals as the scan sees them: words with spaces between, as long as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanarticle.ruleset.spaced import BOUNDARY, is_letter, literal, parted, signs_of, spaced, words_of

TEXT = st.text(st.sampled_from("ab ,.-'_@©►éß½①कि관련記事カ\u0301\u200d\n"), max_size=40) | st.text(max_size=40)


@given(TEXT)
def test_a_spaced_text_is_as_long_and_has_the_same_letters(text: str) -> None:
    """Each character stays where it was, or is a space there."""
    seen = spaced(text)
    assert len(seen) == len(text)
    assert all(mine == theirs if is_letter(theirs) else mine == " " for mine, theirs in zip(seen, text, strict=True))


@given(TEXT)
def test_many_kinds_of_separators_are_replaced_as_few_are(text: str) -> None:
    """How many different characters a text has makes no difference."""
    odd = "".join(map(chr, range(0x2010, 0x2040)))
    assert spaced(text + odd) == spaced(text) + " " * len(odd)


@given(TEXT)
def test_parting_adds_nothing_but_spaces(text: str) -> None:
    """Where scripts meet a space is put between them, once."""
    assert parted(text).replace(" ", "") == text.replace(" ", "")
    assert parted(parted(text)) == parted(text)


@pytest.mark.parametrize(
    ("spelling", "words", "signs"),
    [
        ("photo", "photo", "photo"),
        (f"{BOUNDARY}photo{BOUNDARY}", " photo ", "photo"),
        (f"photo{BOUNDARY}", "photo ", "photo"),
        (f"{BOUNDARY}photo: {BOUNDARY}", " photo  ", "photo: "),
        (f"{BOUNDARY}© reuters", "  reuters", "© reuters"),
        (f"{BOUNDARY}関連記事{BOUNDARY}", "関連記事", "関連記事"),
        (f"{BOUNDARY}line登録{BOUNDARY}", " line 登録", "line 登録"),
        (BOUNDARY, "", ""),
    ],
)
def test_a_literal_says_where_a_word_ends(spelling: str, words: str, signs: str) -> None:
    """A known end of a word is a space, except in scripts that have none and in texts with signs."""
    assert words_of(spelling) == words
    assert signs_of(spelling) == signs


def test_literals_keep_letters_and_signs() -> None:
    """What is neither is a space."""
    assert literal("e-mail: @ann (©)") == "e mail  @ann  © "
