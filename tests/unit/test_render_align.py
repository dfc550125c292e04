"""Letters of two extractions of one page find each other, in time linear in their number."""

from __future__ import annotations

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from cleanarticle.render.align import Run, align


def aligned(left: str, right: str) -> list[Run]:
    return align(left, right, bytes(len(left) + 1), bytes(len(right) + 1))


def test_equal_texts_are_one_run() -> None:
    assert aligned("harbour", "harbour") == [Run(0, 0, 7)]
    assert aligned("", "") == aligned("", "abc") == aligned("abc", "") == []


def test_a_footnote_number_is_skipped() -> None:
    assert aligned("theferry1sailedonMonday", "theferrysailedonMonday") == [Run(0, 0, 8), Run(9, 8, 14)]


def test_a_paragraph_that_only_one_side_has_is_skipped() -> None:
    before, extra, after = "theferrysailed" * 5, "advertisementforsomething" * 40, "thecrewwaited" * 5
    assert aligned(before + extra + after, before + after) == [Run(0, 0, 70), Run(1070, 70, 65)]
    assert aligned(before + after, before + extra + after) == [Run(0, 0, 70), Run(70, 1070, 65)]


def test_different_words_in_one_place_are_skipped_on_both_sides() -> None:
    runs = aligned("theferryXXXXXsailedonMonday", "theferryYYYsailedonMonday")
    assert runs == [Run(0, 0, 8), Run(13, 11, 14)]


def test_a_gap_slides_to_where_text_nodes_begin_and_end() -> None:
    # "word" + "2" + "2020": it is the lone 2 that has no counterpart, not the first digit of the year
    edges = bytearray(len("word22020then") + 1)
    edges[4] = edges[5] = 2
    runs = align("word22020then", "word2020then", bytes(edges), bytes(13))
    assert runs == [Run(0, 0, 4), Run(5, 4, 8)]


@given(st.text("ab", max_size=60), st.text("ab", max_size=60))
def test_runs_are_in_order_disjoint_and_equal_on_both_sides(left: str, right: str) -> None:
    done = 0, 0
    for run in aligned(left, right):
        assert run.left >= done[0]
        assert run.right >= done[1]
        assert run.length > 0
        done = run.left + run.length, run.right + run.length
        assert left[run.left : done[0]] == right[run.right : done[1]]


def test_texts_that_have_nothing_in_common_take_bounded_time() -> None:
    source = random.Random(7)
    left = "".join(source.choices("abcdefgh", k=400_000))
    right = "".join(source.choices("abcdefgh", k=400_000))
    start = time.perf_counter()
    aligned(left, right)
    aligned("a" * 400_000, "b" * 400_000)
    aligned("ab" * 200_000, "a" * 400_000)
    assert time.perf_counter() - start < 10
