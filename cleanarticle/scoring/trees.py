"""Fitted trees: their sum is the log-odds that a line is not the article's, and each step on the way a reason."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct


class Tree(Struct, frozen=True, gc=False):
    """A tree as columns: for each of its nodes the number that it asks for, the most that goes left, and where it goes on.

    `left` and `right` are nodes, or leaves as -1 - leaf. `values` are what is known at each node, `leaves` at each leaf.
    """

    asked: tuple[int, ...]
    most: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    values: tuple[float, ...]
    leaves: tuple[float, ...]


class Trees(Struct, frozen=True):
    """Trees that were fitted together, and the names of the numbers that they ask for.

    Their sum times `scale`, plus `offset`, is the log-odds as they came out on sites that the fit had not seen; at
    `threshold` (log-odds) something happens.
    """

    names: tuple[str, ...]
    scale: float
    offset: float
    threshold: float
    trees: tuple[Tree, ...]

    def score(self, numbers: Sequence[float]) -> float:
        """The log-odds of a line."""
        total = 0.0
        for tree in self.trees:
            asked, most, left, right = tree.asked, tree.most, tree.left, tree.right
            node = 0
            while node >= 0:
                node = left[node] if numbers[asked[node]] <= most[node] else right[node]
            total += tree.leaves[-1 - node]
        return self.scale * total + self.offset

    def reasons(self, numbers: Sequence[float]) -> dict[int, float]:
        """What each number adds to the log-odds: the changes of what is known, at the nodes that ask for it."""
        found: dict[int, float] = {}
        for tree in self.trees:
            node = 0
            while node >= 0:
                onward = tree.left[node] if numbers[tree.asked[node]] <= tree.most[node] else tree.right[node]
                known = tree.leaves[-1 - onward] if onward < 0 else tree.values[onward]
                found[tree.asked[node]] = found.get(tree.asked[node], 0.0) + self.scale * (known - tree.values[node])
                node = onward
        return found


def probability(log_odds: float) -> float:
    """The probability that log-odds stand for.

    >>> probability(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-log_odds))
