"""The fitted trees: how they are read, what they are asked, and what may come of it."""

from __future__ import annotations

import json
import math
import sys
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanarticle import Article, Cleaner, clean
from cleanarticle.cleaner import _default_cleaner
from cleanarticle.evidence import Evidence
from cleanarticle.scoring import LINE, REMOVED, Features, Trees, fitted_trees, probability
from cleanarticle.scoring.trees import Tree
from helpers import STORY

module = sys.modules["cleanarticle.structure.fitted"]  # its name is that of the function in it too
STUMP = Tree(asked=(1,), most=(2.0,), left=(-1,), right=(-2,), values=(0.25,), leaves=(-1.0, 3.0))
DEEP = Tree(asked=(0, 1), most=(0.5, 0.0), left=(-1, -2), right=(1, -3), values=(0.0, 1.0), leaves=(-2.0, 0.5, 2.0))
PAIR = Trees(names=("a", "b"), scale=2.0, offset=-1.0, threshold=0.0, trees=(STUMP, DEEP))

STRAY = "A stray line of nothing"
PARTS = "".join(f"<p>{line}</p>" for line in STORY)
PAGE = (
    "<html><head><title>The ferry sails again</title></head><body><main><article><h1>The ferry sails again</h1>"
    f"<div class=text>{PARTS}{PARTS.replace('ferry', 'boat')}</div>"
    "<div class=last><p class=end>A stray line of nothing</p><p class=end>Sign up for our newsletter.</p></div>"
    "</article></main></body></html>"
)


def evidence_of(page: str) -> Evidence:
    """What a page tells."""
    return _default_cleaner()._read(page, None)[1]


@pytest.mark.parametrize(
    ("numbers", "total"),
    [((0.0, 0.0), -3.0), ((0.0, 3.0), 1.0), ((1.0, 0.0), -0.5), ((1.0, 9.0), 5.0), ((0.5, 2.0), -3.0)],
)
def test_a_score_is_the_sum_of_the_leaves_scaled(numbers: tuple[float, float], total: float) -> None:
    """Each tree is walked from its root: what a node compares goes left up to its number."""
    assert PAIR.score(numbers) == pytest.approx(2.0 * total - 1.0)


@given(st.tuples(st.floats(-5, 5), st.floats(-5, 5)))
def test_reasons_add_up_to_the_score(numbers: tuple[float, float]) -> None:
    """What the numbers add, and what was known before any was asked, is the score."""
    known = PAIR.scale * sum(tree.values[0] for tree in PAIR.trees) + PAIR.offset
    assert known + sum(PAIR.reasons(numbers).values()) == pytest.approx(PAIR.score(numbers))


def test_a_probability_is_that_of_its_log_odds() -> None:
    """Log-odds of the logarithm of nine are nine to one."""
    assert probability(math.log(9)) == pytest.approx(0.9)


def test_the_shipped_trees_ask_for_numbers_that_there_are() -> None:
    """Every node asks for one of the names, and leads on to a node behind it or to a leaf."""
    shipped = fitted_trees()
    assert shipped.names == (*LINE, *REMOVED)
    assert shipped.trees
    for tree in shipped.trees:
        assert all(0 <= asked < len(shipped.names) for asked in tree.asked)
        for at, onward in [*enumerate(tree.left), *enumerate(tree.right)]:
            assert at < onward < len(tree.asked) if onward >= 0 else -onward <= len(tree.leaves)


def test_every_number_has_its_name() -> None:
    """A line gives as many numbers as there are names, and so does what is removed around it."""
    features = Features(evidence_of(PAGE))
    for index in range(8):
        assert len(features.line(index)) == len(LINE)
        assert len(features.removed({1, 5}).line(index)) == len(REMOVED)


def test_numbers_tell_what_they_say() -> None:
    """Some numbers of known lines, by name."""
    evidence = evidence_of(PAGE)
    features = Features(evidence)
    texts = [block.text for block in evidence.blocks]
    first = dict(zip(LINE, features.line(texts.index(STORY[0])), strict=True))
    assert (first["real"], first["end"], first["linked"], first["out"]) == (True, True, 0.0, 0)
    assert first["path_lines"] >= len(STORY)
    at = texts.index(STRAY)
    stray = dict(zip(LINE, features.line(at), strict=True))
    assert (stray["out"], stray["branch"], stray["real"], stray["path_lines"]) == (1, True, False, 2)
    assert stray["real_behind"] == 0 < stray["real_before"]
    around = dict(zip(REMOVED, features.removed({at + 1}).line(at), strict=True))
    assert (around["gone+1"], around["gone-1"], around["path_gone"]) == (True, False, 0.5)


def test_no_paragraph_of_the_story_may_go() -> None:
    """Whatever trees say, a long line goes nowhere, nor one that stands far from all that goes."""
    evidence = evidence_of(PAGE)
    features = Features(evidence)
    for block in evidence.blocks:
        if block.text in STORY:
            assert not features.may_go(block.index)
    assert not features.removed(set()).is_near(3)
    assert features.removed({4}).is_near(3)


@pytest.fixture
def sure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that holds every line it is asked for to be something else."""
    leaf = Tree(asked=(0,), most=(0.0,), left=(-1,), right=(-1,), values=(0.0,), leaves=(5.0,))
    everything = Trees(names=fitted_trees().names, scale=1.0, offset=0.0, threshold=0.0, trees=(leaf,))
    monkeypatch.setattr(module, "fitted_trees", lambda: everything)


def fitted(article: Article) -> list[str]:
    """What the model removed."""
    return [removal.text for removal in article.removals if removal.rule == "structure/fitted"]


MIDDLE = (
    "<html><body><article>"
    f"{PARTS}<p class=side>{STRAY}</p><p class=side>Sign up for our newsletter.</p>{PARTS.replace('ferry', 'boat')}</article></body></html>"
)


@pytest.mark.usefixtures("sure")
def test_a_removal_tells_its_evidence() -> None:
    """A removal by the model says how sure it is, and keeps what may not go."""
    article = clean(MIDDLE)
    assert fitted(article) == [STRAY]
    removal = next(removal for removal in article.removals if removal.rule == "structure/fitted")
    assert removal.evidence[0] == "not the article's with a probability of 0.993"
    assert all(line in article.text for line in STORY)


@pytest.mark.usefixtures("sure")
def test_the_model_can_be_switched_off() -> None:
    """Like any detector, and wherever categories are kept: it does not tell them apart."""
    for cleaner in (
        Cleaner(disable={"structure/fitted"}),
        Cleaner(disable={"structure/*"}),
        Cleaner(keep_categories={"byline"}),
        Cleaner(disable={"byline"}),
    ):
        assert fitted(cleaner.clean(MIDDLE)) == []


@pytest.mark.usefixtures("sure")
def test_text_without_a_page_is_not_judged() -> None:
    """The model reads pages: where there is none it is silent."""
    article = _default_cleaner().clean_text("\n".join([*STORY, STRAY, "Sign up for our newsletter."]))
    assert fitted(article) == []
    assert STRAY in article.text


def test_the_data_is_small() -> None:
    """The file is read in a few milliseconds, one tree a line."""
    content = resources.files("cleanarticle.scoring").joinpath("trees.json").read_bytes()
    assert len(content) < 50_000
    assert len(content.splitlines()) > len(json.loads(content)["trees"])


@pytest.mark.usefixtures("sure")
def test_only_so_many_lines_are_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of any length is judged in bounded time: lines beyond a number stay."""
    monkeypatch.setattr(module, "_MOST_ASKED", 0)
    assert fitted(clean(MIDDLE)) == []
