"""The gate: on pages whose body people marked, cleaning takes what it should and hardly anything that it should not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cleanarticle.extraction import extract

FLOORS: dict[str, dict[str, dict[str, float]]] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))
CORPORA = [name for name in FLOORS if name not in ("unseen", "generalises")]
Figures = dict[str, dict[str, Any]]


def figure(figures: Figures, corpus: str, name: str, part: str = "all") -> float:
    """A figure of a corpus: its own, or that of the cleaned articles."""
    report = figures[corpus][part]
    value: float = report[name] if name in report else report["cleanarticle"][name]
    return value


@pytest.mark.parametrize(("corpus", "name"), [(corpus, name) for corpus in CORPORA for name in FLOORS[corpus].get("least", {})])
def test_a_figure_reaches_its_floor(figures: Figures, corpus: str, name: str) -> None:
    """Agreement with the marked body, and the share of boilerplate that goes, do not fall below their floors."""
    assert figure(figures, corpus, name) >= FLOORS[corpus]["least"][name]


@pytest.mark.parametrize(("corpus", "name"), [(corpus, name) for corpus in CORPORA for name in FLOORS[corpus].get("most", {})])
def test_a_loss_stays_below_its_ceiling(figures: Figures, corpus: str, name: str) -> None:
    """Paragraphs and words of the body that are lost stay below their ceilings."""
    assert figure(figures, corpus, name) <= FLOORS[corpus]["most"][name]


@pytest.mark.parametrize(("corpus", "name"), [(corpus, name) for corpus in CORPORA for name in FLOORS[corpus].get("below_trafilatura", {})])
def test_no_more_is_lost_than_plain_extraction_loses(figures: Figures, corpus: str, name: str) -> None:
    """Beside plain extraction, hardly any of the body is lost."""
    report = figures[corpus]["all"]
    assert report["cleanarticle"][name] >= report["trafilatura"][name] - FLOORS[corpus]["below_trafilatura"][name]


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
    tuned, checked = (figure(figures, corpus, "removed", part) for part in ("tune", "check"))
    assert checked >= tuned - FLOORS["generalises"][corpus]


@pytest.mark.parametrize("corpus", CORPORA)
def test_so_much_goes_on_sites_that_nobody_looked_at(figures: Figures, corpus: str) -> None:
    """The share of boilerplate that goes on unseen sites does not fall below its floor."""
    assert figure(figures, corpus, "removed", "check") >= FLOORS["unseen"]["least"][corpus]
