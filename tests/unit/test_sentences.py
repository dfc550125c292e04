"""Blocks are split into sentences at stops of many scripts, never inside a sentence if that can be told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanarticle.sentences import count_words, split_sentences

ABBREVIATIONS = frozenset({"dr.", "mr.", "u.s.", "b.", "bzw.", "no.", "e.g."})

SENTENCES = {
    "a stop ends a sentence": ["The vote is on Friday.", "Nobody came."],
    "so do question and exclamation marks": ["Why not?", "Because!", "Fine."],
    "several marks end one sentence": ["Really?!", "Yes!!!", "Good."],
    "an abbreviation does not": ["Dr. Lee saw Mr. Ode and left.", "He waved."],
    "an abbreviation with several stops does not": ["The U.S. Senate sat until ten.", "It rose at last."],
    "an abbreviation is known in capitals too": ["DR. LEE LEFT AT NOON.", "NOBODY SAW HER GO."],
    "an abbreviation in brackets is known": ["Some birds (e.g. Robins) stayed.", "Others left."],
    "initials do not": ["It was J. K. Lowe who sang.", "M.A. Reed played."],
    "an ordinal does not": ["Am 3. Mai kam er zurück.", "Es regnete."],
    "a year does": ["It was built in 1998.", "Nobody knows why."],
    "a decimal point does not": ["It grew by 3.5 per cent.", "Then it fell."],
    "a stop inside an address does not": ["Write to example.com or call.", "We answer."],
    "a stop before a small letter does not": ["He ran approx. ten miles.", "She ran more."],
    "an ellipsis before a small letter does not": ["Wait... he said it again…", "She left."],
    "an ellipsis before a capital does": ["Then came the flood…", "It took the bridge."],
    "a closing quotation mark belongs to its sentence": ["“It is over.”", "She shut the door."],
    "a straight closing quotation mark does too": ['He said: "Go."', "They went."],
    "a German closing quotation mark does too": ["Er sagte: „Geh.“", "Sie ging."],
    "a guillemet that closes by pointing back does too": ["Er sagte: »Geh.«", "Sie ging."],
    "a closing bracket does too": ["(It was late.)", "They went."],
    "a sentence may begin with a quotation mark": ["They left.", "“Good,” he said."],
    "a sentence may begin with a digit": ["They left.", "40 stayed."],
    "Hindi": ["यह घर पुराना है।", "वह नदी गहरी है।"],
    "Arabic question mark": ["هل عاد البحار؟", "نعم عاد أمس."],
    "Urdu stop": ["کشتی چل پڑی۔", "لوگ خوش تھے۔"],
    "a last sentence without a stop": ["The pier is open.", "Come and see"],
}
UNSPACED = {
    "Chinese": ["桥头有一家茶馆。", "老人每天来喝茶！", "你去过吗？", "没有"],
    "Japanese": ["灯台に猫がいる。", "名前はまだない。"],
    "a closing corner bracket belongs to its sentence": ["「また来る。」", "そう書いてあった。"],
}


@pytest.mark.parametrize("sentences", SENTENCES.values(), ids=SENTENCES)
def test_sentences_are_split_at_stops(sentences: list[str]) -> None:
    """A block is cut between its sentences and nowhere else."""
    block = " ".join(sentences)
    assert [block[a:b] for a, b in split_sentences(block, ABBREVIATIONS)] == sentences


@pytest.mark.parametrize("sentences", UNSPACED.values(), ids=UNSPACED)
def test_scripts_without_spaces_are_split_at_their_stops(sentences: list[str]) -> None:
    """Chinese and Japanese stops need no white space behind them."""
    block = "".join(sentences)
    assert [block[a:b] for a, b in split_sentences(block, ABBREVIATIONS)] == sentences


@pytest.mark.parametrize("block", ["", "   ", "\t\u00a0"])
def test_no_words_are_no_sentences(block: str) -> None:
    """White space holds no sentence."""
    assert split_sentences(block) == []


def test_without_abbreviations_every_stop_before_a_capital_counts() -> None:
    """Which words are abbreviations is data: without any, "Dr." ends a sentence."""
    assert len(split_sentences("Dr. Lee left.")) == 2


def test_white_space_between_sentences_is_left_out() -> None:
    """White space after a sentence, however much of it there is, belongs to none."""
    block = "One is here. \t\u00a0 Two is there.  "
    assert [block[a:b] for a, b in split_sentences(block)] == ["One is here.", "Two is there."]


pieces = st.one_of(
    st.sampled_from(
        [
            "Dr.",
            "J.",
            "3.",
            "1998.",
            "U.S.",
            "…",
            "...",
            "?!",
            "。",
            "」",
            "।",
            "؟",
            "”",
            ")",
            '"',
            " ",
            "\u00a0",
            "\t",
            "a",
            "The",
            "ß",
            "日本",
            "\u3000",
        ]
    ),
    st.text(max_size=4),
)
blocks = st.lists(pieces, max_size=25).map("".join)


@given(blocks)
def test_sentences_are_disjoint_and_in_order(block: str) -> None:
    """Whatever the text, spans are inside it, not empty, sorted and disjoint."""
    at = 0
    for start, end in split_sentences(block, ABBREVIATIONS):
        assert at <= start < end <= len(block)
        at = end


@given(blocks)
def test_sentences_cover_all_that_is_not_white_space(block: str) -> None:
    """No character but white space stands outside the sentences."""
    spans = split_sentences(block, ABBREVIATIONS)
    outside = [char for at, char in enumerate(block) if not any(start <= at < end for start, end in spans)]
    assert all(char.isspace() for char in outside)


@given(blocks.map(str.lstrip))
def test_sentences_have_no_white_space_at_their_ends(block: str) -> None:
    """A span begins and ends with a character that is no white space."""
    for start, end in split_sentences(block, ABBREVIATIONS):
        assert block[start:end] == block[start:end].strip()


WORDS = {
    "words are runs of letters and digits": ("The ferry sails at 9", 5),
    "an apostrophe inside is part of a word": ("It's ours, isn't it", 4),
    "a curly apostrophe too": ("It’s ours", 2),
    "a hyphenated word is one": ("a well-known ferry", 3),
    "a number with a point is one": ("3.5 per cent", 3),
    "punctuation is none": ("- ... !", 0),
    "nothing has none": ("", 0),
    "accented letters are letters": ("Überfähre à Besançon", 3),
    "Cyrillic words count": ("Паром снова ходит", 3),
    "a Chinese character is half a word": ("関連記事", 2),
    "Japanese kana are half a word each": ("ねこがいる", 2.5),
    "Korean words are parted by spaces": ("고양이가 있다", 2),
    "scripts add up": ("SNSで共有 now", 3.5),
}


@pytest.mark.parametrize(("text", "count"), WORDS.values(), ids=WORDS)
def test_words_are_counted(text: str, count: float) -> None:
    """Word counts are what a reader would say, in scripts with and without spaces."""
    assert count_words(text) == count
