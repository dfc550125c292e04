"""Proposals become removals: sorted, disjoint, no more than the guard allows, and what they leave reads as before."""

from __future__ import annotations

from itertools import pairwise, permutations
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanarticle.document import Document, text_document
from cleanarticle.proposals import Proposal
from cleanarticle.settling import Settlement, kept_lines, settle

LINES = ["The ferry sails again.", "Sign up for our letter. It is free.", "Nobody had thought of the gulls.", "Photo: Ann Lee", "The end."]
TEXT = "\n".join(LINES)
DOCUMENT = text_document(TEXT)


def proposal(
    words: str, rule: str = "en/test/a", category: str = "promo", confidence: Literal["high", "low"] = "high", document: Document = DOCUMENT
) -> Proposal:
    """A proposal to remove the first place where these words stand."""
    start = document.text.index(words)
    return Proposal(rule, category, start, start + len(words), "a reason", confidence)


def removed(settlement: Settlement) -> list[str]:
    """The texts that go."""
    return [removal.text for removal in settlement.removals]


def kept(document: Document, *proposals: Proposal) -> str:
    """The text that stays."""
    settlement = settle(document, proposals, guard_share=1.0)
    return "\n".join(line for line in kept_lines(document, settlement.removals) if line is not None)


def test_without_proposals_nothing_goes() -> None:
    """No proposals, no removals, no warnings, and all lines as they were."""
    assert settle(DOCUMENT, []) == Settlement(())
    assert kept_lines(DOCUMENT, ()) == LINES


def test_a_proposal_becomes_a_removal_with_all_it_knows() -> None:
    """Rule, category, reason, confidence, matched words and evidence are handed on."""
    given_ = Proposal("en/test/a", "credit", 58, 72, "A credit", "low", (58, 63), ("in a figcaption",))
    (removal,) = settle(text_document(TEXT), [proposal("Photo: Ann Lee")]).removals
    assert (removal.rule, removal.category, removal.text, removal.reason, removal.confidence) == (
        "en/test/a",
        "promo",
        "Photo: Ann Lee",
        "a reason",
        "high",
    )
    (removal,) = settle(text_document("x" * 58 + "Photo: Ann Lee" + "y" * 100), [given_]).removals
    assert (removal.confidence, removal.matched, removal.evidence) == ("low", (58, 63), ("in a figcaption",))


OVERLAPS = {
    "the same words": (["Sign up for our letter.", "Sign up for our letter."], ["Sign up for our letter."]),
    "one inside another": (["Sign up for our letter. It is free.", "for our letter."], ["Sign up for our letter. It is free."]),
    "one sticks out of another": (["Sign up for our letter.", "letter. It is free."], ["Sign up for our letter.", "It is free."]),
    "three in a chain": (["Sign up for", "for our letter.", "letter. It is"], ["Sign up for", "our letter.", "It is"]),
    "one after another": (["The end.", "Photo: Ann Lee"], ["Photo: Ann Lee", "The end."]),
    "over several blocks": (
        ["Nobody had thought of the gulls.\nPhoto: Ann Lee", "Photo: Ann Lee\nThe end."],
        ["Nobody had thought of the gulls.\nPhoto: Ann Lee", "The end."],
    ),
}


@pytest.mark.parametrize(("words", "gone"), OVERLAPS.values(), ids=OVERLAPS)
def test_overlaps_are_removed_once(words: list[str], gone: list[str]) -> None:
    """Each piece of text goes once, and the order of proposals plays no part."""
    proposals = [proposal(text, f"en/test/{number}") for number, text in enumerate(words)]
    for order in permutations(proposals):
        assert removed(settle(DOCUMENT, order, guard_share=1.0)) == gone


PRECEDENCE = {
    "the longer one": (proposal("Photo", "en/test/a"), proposal("Photo: Ann Lee", "en/test/b")),
    "the surer one": (proposal("Photo: Ann Lee", "en/test/a", confidence="low"), proposal("Photo: Ann Lee", "en/test/b")),
    "a rule before a detector": (proposal("Photo: Ann Lee", "structure/caption"), proposal("Photo: Ann Lee", "zz/test/b")),
    "the first id": (proposal("Photo: Ann Lee", "en/test/c"), proposal("Photo: Ann Lee", "en/test/b")),
}


@pytest.mark.parametrize(("lesser", "greater"), PRECEDENCE.values(), ids=PRECEDENCE)
def test_of_several_that_begin_alike_one_is_named(lesser: Proposal, greater: Proposal) -> None:
    """What begins at the same place is told by the longest, then the surest, then rules before detectors, then by id."""
    for order in ([lesser, greater], [greater, lesser]):
        assert [removal.rule for removal in settle(DOCUMENT, order).removals] == [greater.rule]


def test_white_space_around_a_span_stays_out_of_it() -> None:
    """Removals begin and end with characters that are no white space."""
    start = TEXT.index(" It is free.")
    (removal,) = settle(DOCUMENT, [Proposal("en/test/a", "promo", start, start + len(" It is free.\n"), "")]).removals
    assert removal.text == "It is free."


@pytest.mark.parametrize("words", [" ", "\n", ""])
def test_nothing_but_white_space_is_no_removal(words: str) -> None:
    """A span without a character to show removes nothing."""
    at = TEXT.index(words or "ferry")
    assert settle(DOCUMENT, [Proposal("en/test/a", "promo", at, at + len(words), "")]).removals == ()


def test_ornaments_around_a_removed_sentence_go_with_it() -> None:
    """Where no letter of a block is left, its bullet and brackets go too."""
    document = text_document("The ferry sails again.\n- (Sign up now.) –\nThe end.")
    assert removed(settle(document, [proposal("Sign up now.", document=document)])) == ["- (Sign up now.) –"]
    assert kept(document, proposal("Sign up now.", document=document)) == "The ferry sails again.\nThe end."


def test_ornaments_between_removed_sentences_go_with_them() -> None:
    """Two removals that leave nothing but a dash between them leave no block."""
    document = text_document("The ferry sails again.\n* Sign up now – get the letter *\nThe end.")
    proposals = [proposal("Sign up now", document=document), proposal("get the letter", document=document)]
    assert kept(document, *proposals) == "The ferry sails again.\nThe end."
    spans = [(removal.start, removal.end) for removal in settle(document, proposals, 1.0).removals]
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_a_block_with_letters_left_keeps_its_ornaments() -> None:
    """A list item that only lost a sentence keeps its bullet."""
    document = text_document("- It rains. Sign up now.\nThe end.")
    assert kept(document, proposal("Sign up now.", document=document)) == "- It rains.\nThe end."


JOINED = {
    "no space before what closes a sentence": ("The soap (a link).", "(a link)", "The soap."),
    "a space before a mark that had one": ("Le savon (un lien) !", "(un lien)", "Le savon !"),
    "from the middle": ("One is here. Sign up now. Two is there.", "Sign up now.", "One is here. Two is there."),
    "from the start": ("Sign up now. Two is there.", "Sign up now.", "Two is there."),
    "from the end": ("One is here. Sign up now.", "Sign up now.", "One is here. "),
    "with wide gaps": ("One is here.   Sign up now. \t Two is there.", "Sign up now.", "One is here. Two is there."),
    "without gaps": ("桥头有茶馆。关注我们。老人每天来。", "关注我们。", "桥头有茶馆。老人每天来。"),
    "with a gap on one side": ("One is here. (ad)Two is there.", "(ad)", "One is here. Two is there."),
    "no-break space": ("One is here.\u00a0Sign up now.\u00a0Two is there.", "Sign up now.", "One is here. Two is there."),
    "two in a row": ("One is here. Sign up now. Two is there.", "Sign up", "One is here. now. Two is there."),
}


@pytest.mark.parametrize(("block", "words", "left"), JOINED.values(), ids=JOINED)
def test_white_space_where_a_sentence_went_becomes_one_space(block: str, words: str, left: str) -> None:
    """What stood around a removed sentence is joined by one space, or by none where there was none."""
    document = text_document(f"The ferry.\n{block}\nThe end.")
    assert kept(document, proposal(words, document=document)).rstrip() == f"The ferry.\n{left.rstrip()}\nThe end."


def test_no_white_space_is_left_at_the_end_of_a_line() -> None:
    """Where the last sentence of a block went, the space before it goes too."""
    document = text_document("The ferry.\nOne is here. Sign up now.\nThe end.")
    assert kept(document, proposal("Sign up now.", document=document)) == "The ferry.\nOne is here.\nThe end."


def test_white_space_of_other_blocks_stays_as_it_is() -> None:
    """Indents, double spaces and spaces at the ends of untouched lines are not touched."""
    document = text_document("  One   is here. \nSign up now.\n\tTwo  is there.")
    assert kept(document, proposal("Sign up now.", document=document)) == "  One   is here. \n\tTwo  is there."


BLANKS = {
    "one blank line is left between what was parted": ("One.\n\nSign up.\n\nTwo.", ["Sign up."], "One.\n\nTwo."),
    "several blank lines are left as they were above": ("One.\n\n\nSign up.\n\n\nTwo.", ["Sign up."], "One.\n\n\nTwo."),
    "nothing is left at the end": ("One.\n\nSign up.", ["Sign up."], "One."),
    "nothing is left at the start": ("Sign up.\n\nOne.", ["Sign up."], "One."),
    "two in a row": ("One.\n\nSign up.\n\nGet it.\n\nTwo.", ["Sign up.", "Get it."], "One.\n\nTwo."),
    "without removals blank lines stay": ("One.\n\n\nTwo.", [], "One.\n\n\nTwo."),
    "other blank lines stay": ("One.\n\n\nTwo.\nSign up.\nThree.", ["Sign up."], "One.\n\n\nTwo.\nThree."),
}


@pytest.mark.parametrize(("text", "words", "left"), BLANKS.values(), ids=BLANKS)
def test_blank_lines(text: str, words: list[str], left: str) -> None:
    """A block that goes takes the blank lines behind it along, and none are left at the ends."""
    document = text_document(text)
    assert kept(document, *(proposal(piece, document=document) for piece in words)) == left


GUARDED = "\n".join(["One line of the story.", "Maybe not the article.", "Surely not the article."])


def guarded(*given_: tuple[str, str, Literal["high", "low"]], share: float = 0.5) -> Settlement:
    """What the guard lets go of three lines of nearly one length."""
    document = text_document(GUARDED)
    return settle(document, [proposal(words, rule, confidence=confidence, document=document) for words, rule, confidence in given_], share)


SURE = ("Surely not the article.", "en/test/sure", "high")
UNSURE = ("Maybe not the article.", "en/test/unsure", "low")
DETECTED = ("Maybe not the article.", "structure/caption", "high")


@pytest.mark.parametrize("unsure", [UNSURE, DETECTED], ids=["low confidence", "detector"])
def test_the_guard_withdraws_what_is_uncertain(unsure: tuple[str, str, Literal["high", "low"]]) -> None:
    """Where more than the share would go, unsure rules and detectors are withdrawn, and the caller is told."""
    settlement = guarded(SURE, unsure)
    assert removed(settlement) == ["Surely not the article."]
    assert [withdrawn.rule for withdrawn in settlement.withdrawn] == [unsure[1]]
    (warning,) = settlement.warnings
    assert warning.startswith("guard: ")
    assert unsure[1] in warning
    assert SURE[1] not in warning


def test_the_guard_lets_small_shares_go() -> None:
    """Up to the share, uncertain removals go like all others, without a word."""
    settlement = guarded(UNSURE)
    assert removed(settlement) == ["Maybe not the article."]
    assert (settlement.withdrawn, settlement.warnings) == ((), ())


def test_for_the_guard_what_is_said_again_and_again_counts_once() -> None:
    """A notice that stands under every picture is no large part of the article."""
    document = text_document("\n".join(["One line of the story.", "Maybe not the article."] * 5))
    proposals = [
        Proposal(rule="structure/container", category="promo", start=block.start, end=block.start + 22, reason="A test.")
        for block in document.blocks[1::2]
    ]
    assert len(removed(settle(document, proposals, guard_share=0.4))) == 5
    assert settle(document, proposals, guard_share=0.1).withdrawn


ALSO_SURE = ("One line of the story.", "en/test/also-sure", "high")


def test_the_guard_never_withdraws_what_is_sure() -> None:
    """However much of the text they take, sure rules stand, and the caller is told how much went by which of them."""
    settlement = guarded(SURE, ALSO_SURE)
    assert removed(settlement) == ["One line of the story.", "Surely not the article."]
    assert settlement.withdrawn == ()
    (warning,) = settlement.warnings
    assert warning == "more than half of the text went, 65% of it, by rules that are sure: en/test/also-sure, en/test/sure"


def test_what_goes_although_the_guard_withdrew_is_told_too() -> None:
    """Where sure rules alone take over half, that stands beside what was withdrawn."""
    settlement = guarded(SURE, ALSO_SURE, UNSURE)
    assert [warning.partition(" ")[0] for warning in settlement.warnings] == ["guard:", "more"]
    assert "nothing of the text would have been left" in settlement.warnings[0]


def test_no_warning_says_all_where_something_is_left() -> None:
    """A share that rounds to all of the text is not told as all of it."""
    document = text_document("Yes.\n" + "Maybe not the article. " * 60)
    end = len(document.text)
    (warning,) = settle(document, [Proposal("structure/caption", "caption", 5, end, "a reason")]).warnings
    assert warning.startswith("guard: 99% of the text would have gone")


def test_the_guard_can_be_set() -> None:
    """The share is the caller's to choose."""
    assert guarded(UNSURE, share=0.1).withdrawn
    assert not guarded(SURE, UNSURE, share=0.9).withdrawn


def test_what_both_want_stays_gone_when_the_guard_withdraws_one() -> None:
    """A line that a sure rule removes too goes although the detector was withdrawn."""
    settlement = guarded(SURE, UNSURE, ("Surely not the article.", "structure/caption", "high"))
    assert [(removal.text, removal.rule) for removal in settlement.removals] == [("Surely not the article.", "en/test/sure")]


spans = st.lists(
    st.tuples(
        st.integers(0, len(TEXT)),
        st.integers(0, 60),
        st.sampled_from(["en/a/x", "en/b/y", "structure/caption"]),
        st.sampled_from(["high", "low"]),
    ),
    max_size=8,
)


def proposals_of(drawn: list[tuple[int, int, str, Literal["high", "low"]]], text: str = TEXT) -> list[Proposal]:
    return [Proposal(rule, "promo", start, min(start + length, len(text)), "", confidence) for start, length, rule, confidence in drawn]


@given(spans, st.floats(0, 1))
def test_removals_are_sorted_disjoint_and_exact(drawn: list[tuple[int, int, str, Literal["high", "low"]]], share: float) -> None:
    """Whatever is proposed, removals are in order, do not overlap, and say what stands at their offsets."""
    at = 0
    for removal in settle(DOCUMENT, proposals_of(drawn), share).removals:
        assert at <= removal.start < removal.end <= len(TEXT)
        assert removal.text == TEXT[removal.start : removal.end]
        assert removal.text == removal.text.strip()
        at = removal.end


@given(spans)
def test_all_that_was_proposed_goes(drawn: list[tuple[int, int, str, Literal["high", "low"]]]) -> None:
    """Without the guard every character of every proposal goes, but for white space."""
    proposals = proposals_of(drawn)
    removals = settle(DOCUMENT, proposals, 1.0).removals
    for wanted in proposals:
        for at in range(wanted.start, wanted.end):
            assert TEXT[at].isspace() or any(removal.start <= at < removal.end for removal in removals)


@given(spans)
def test_nothing_goes_that_was_not_proposed(drawn: list[tuple[int, int, str, Literal["high", "low"]]]) -> None:
    """A letter or digit that no proposal covers stays."""
    proposals = proposals_of(drawn)
    for removal in settle(DOCUMENT, proposals, 1.0).removals:
        for at in range(removal.start, removal.end):
            assert not TEXT[at].isalnum() or any(wanted.start <= at < wanted.end for wanted in proposals)


@given(spans, st.randoms(use_true_random=False))
def test_the_order_of_proposals_plays_no_part(drawn: list[tuple[int, int, str, Literal["high", "low"]]], random: object) -> None:
    """Settling the same proposals in another order gives the same removals."""
    proposals = proposals_of(drawn)
    shuffled = list(proposals)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert settle(DOCUMENT, shuffled) == settle(DOCUMENT, proposals)


@given(spans, st.text(st.sampled_from("ab. -•\n\t\u00a0日。"), min_size=1, max_size=80))
def test_kept_lines_carry_what_the_removals_leave(drawn: list[tuple[int, int, str, Literal["high", "low"]]], text: str) -> None:
    """The lines that stay hold every character that no removal covers, in order, but for white space."""
    document = text_document("x" + text)
    removals = settle(document, [p for p in proposals_of(drawn, document.text) if p.start < p.end], 1.0).removals
    complement = "".join(char for at, char in enumerate(document.text) if not any(r.start <= at < r.end for r in removals))
    lines = kept_lines(document, removals)
    assert len(lines) == len(document.blocks)
    assert "".join("".join(line for line in lines if line is not None).split()) == "".join(complement.split())
