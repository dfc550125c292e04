"""A small model that was fitted to labelled pages: what is and what is not the article where no single sign proves it.

The trees are data (`*.json`), made by `fitting/fit.py`; reading them needs nothing but what stands here.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from cleanarticle.scoring.features import LINE, REMOVED, Features
from cleanarticle.scoring.trees import Trees, probability

__all__ = ["LINE", "REMOVED", "Features", "Trees", "probability", "removing", "sparing"]


@cache
def removing() -> Trees:
    """The trees that tell which of the lines that are left are not the article's, from `LINE` and `REMOVED`."""
    return _read("removing.json", (*LINE, *REMOVED))


@cache
def sparing() -> Trees:
    """The trees that tell which lines are the article's for all that the page says, from `LINE` alone."""
    return _read("sparing.json", tuple(LINE))


def _read(name: str, names: tuple[str, ...]) -> Trees:
    content = resources.files(__package__).joinpath(name).read_bytes()
    trees = msgspec.json.decode(content, type=Trees)
    if trees.names != names:
        raise ValueError(f"{name} was fitted to other numbers than features.py gives: run fitting/fit.py")
    return trees
