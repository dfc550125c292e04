"""Dates and names that stand with one part of a story after another: entries of a live blog, events, results, letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cleanarticle.matching.units import Units
from cleanarticle.proposals import Proposal

_CATEGORY = "byline"
_MAX_RUNS = 2  # bylines that stand between lines of the story; on no development page there are more that are the page's


def without_series(units: Units, proposals: list[Proposal], gone: Callable[[], Mapping[int, str]]) -> list[Proposal]:
    """Proposals less the bylines that are many and stand between lines that are kept.

    `gone` tells the blocks of which nothing would be left, with the category as which each goes.
    """
    if sum(proposal.category == _CATEGORY for proposal in proposals) <= _MAX_RUNS:
        return proposals
    taken = gone()
    runs: list[set[int]] = []
    last = -1
    for index, unit in enumerate(units.blocks):
        if not unit.text.strip():
            continue
        if taken.get(index) == _CATEGORY:
            if runs and last in runs[-1]:
                runs[-1].add(index)
            elif last >= 0 and last not in taken:
                runs.append({index})
        elif index in taken and runs and last in runs[-1]:
            runs.pop()  # more goes behind it: no line of the story
        last = index
    if len(runs) <= _MAX_RUNS:
        return proposals
    starts = {units.blocks[index].start for run in runs for index in run}
    return [proposal for proposal in proposals if proposal.category != _CATEGORY or proposal.start not in starts]
