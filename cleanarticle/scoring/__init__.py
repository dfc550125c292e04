"""A small model that was fitted to labelled pages: what is and what is not the article where no single sign proves it.

The trees are data (`trees.json`), made by `fitting/fit.py`; reading them needs nothing but what stands here.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from cleanarticle.scoring.features import LINE, REMOVED, Features
from cleanarticle.scoring.trees import Trees, probability

__all__ = ["LINE", "REMOVED", "Features", "Trees", "fitted_trees", "probability"]


@cache
def fitted_trees() -> Trees:
    """The trees that tell which of the lines that are left are not the article's, from the numbers of `LINE` and `REMOVED`."""
    trees = msgspec.json.decode(resources.files(__package__).joinpath("trees.json").read_bytes(), type=Trees)
    if trees.names != (*LINE, *REMOVED):
        raise ValueError("trees.json was fitted to other numbers than features.py gives: run fitting/fit.py")
    return trees
