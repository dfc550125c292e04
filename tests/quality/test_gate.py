"""The gate: on pages whose body people marked, cleaning takes what it should and hardly anything that it should not."""

from __future__ import annotations

import tomllib
import warnings
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest
from measuring import CORPORA, Figures, digest, figure, floors
from pin import Pinned, pinned, reached, worse, written

from cleanarticle.extraction import extract

FLOORS = floors()
PINNED: Pinned = pinned(FLOORS)


def test_floors_are_of_this_state_of_the_corpora(shared: Path) -> None:
    """Floors say nothing of other pages; with another trafilatura they may be off by a little, and that is told."""
    assert {corpus: digest(shared, corpus) for corpus in CORPORA} == FLOORS["digests"], "pin the floors of these corpora: pin.py"
    if version("trafilatura") != FLOORS["trafilatura"]:
        warnings.warn(f"the floors were pinned with trafilatura {FLOORS['trafilatura']}", stacklevel=1)


@pytest.mark.parametrize(("side", "corpus", "part", "name"), PINNED)
def test_a_figure_keeps_what_was_reached(figures: Figures, side: str, corpus: str, part: str, name: str) -> None:
    """Agreement with the article and the boilerplate that goes do not fall, nor does what is lost rise, on any part."""
    value = figure(figures[corpus][part], name)
    assert value is not None
    floor = PINNED[side, corpus, part, name]
    assert value >= floor if side == "least" else value <= floor


@pytest.mark.parametrize("corpus", FLOORS["below_trafilatura"])
def test_no_more_is_lost_than_plain_extraction_loses(figures: Figures, corpus: str) -> None:
    """Beside plain extraction, hardly any of the body is lost."""
    report = figures[corpus]["all"]
    assert report["cleanarticle"]["recall"] >= report["trafilatura"]["recall"] - FLOORS["below_trafilatura"][corpus]


@pytest.mark.parametrize("corpus", CORPORA)
def test_no_page_is_refused_that_plain_extraction_takes(figures: Figures, corpus: str) -> None:
    """Every page of the corpora is an article: none ends with an error."""
    assert figures[corpus]["all"]["failures"] == {}


@pytest.mark.parametrize("corpus", CORPORA)
def test_what_is_extracted_is_what_plain_extraction_delivers(evaluation: ModuleType, corpus: str) -> None:
    """Whatever work is saved, the extracted text is that of trafilatura: on every fourth page of the corpora."""
    for page in list(evaluation.load(corpus))[::4]:
        assert extract(page["html"], page["url"] or None).document.text == evaluation.trafilatura_text(page["html"], page["url"])


@pytest.mark.parametrize("corpus", CORPORA)
def test_what_was_learnt_generalises(figures: Figures, corpus: str) -> None:
    """On sites that nobody looked at nearly as much goes as on those that rules were written against."""
    tuned, checked = (figures[corpus][part]["cleanarticle"]["removed"] for part in ("tune", "check"))
    assert checked >= tuned - FLOORS["generalises"][corpus]


def invented(removed: float, lost: float) -> Figures:
    """Figures of corpora that are all alike."""
    return {corpus: {part: {"lost": lost, "cleanarticle": {"removed": removed}} for part in ("all", "tune", "check")} for corpus in CORPORA}


def test_floors_are_just_under_what_is_reached_and_ceilings_just_above_what_is_lost() -> None:
    found = reached(invented(0.8, 0.001))
    assert 0.79 < found["least", "news_dev", "check", "removed"] < 0.8
    assert 0.001 <= found["most", "news_dev", "check", "lost"] < 0.0011
    assert not list(worse(found, invented(0.8, 0.001)))


@pytest.mark.parametrize(("removed", "lost", "name"), [(0.7, 0.001, "removed"), (0.8, 0.002, "lost")])
def test_what_fell_is_named(removed: float, lost: float, name: str) -> None:
    fallen = list(worse(reached(invented(0.8, 0.001)), invented(removed, lost)))
    assert {key[3] for key, _, _ in fallen} == {name}
    assert len(fallen) == 12


def test_what_is_written_is_read_again() -> None:
    """With the reason for each floor that went down."""
    found = reached(invented(0.8, 0.001))
    lowered = [{"figure": "news_dev all removed", "floor": 0.9, "now": 0.8, "date": "2026-01-31", "reason": "a rule took names"}]
    known = tomllib.loads(written(found, FLOORS, {"news_dev": "abc"}, lowered))
    assert pinned(known) == found
    assert known["lowered"] == lowered
    assert known["generalises"] == FLOORS["generalises"]
