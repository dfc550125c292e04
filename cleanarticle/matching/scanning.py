"""One scan of the folded document for the literals of all rules: which rules can hold in which blocks.

Measured on extracted articles: 0.17, 0.27 and 0.43 ms with 100, 1,000 and 5,000 rules, where looping over the rules takes
1 to 220 ms.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import ahocorasick

from cleanarticle.folding import fold
from cleanarticle.matching.verifying import is_bounded
from cleanarticle.ruleset import Rule


class Scanner:
    """Finds candidates: pairs of a block and a rule of which an anchor stands in that block."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        loose: dict[str, list[int]] = {}
        bounded: dict[str, list[int]] = {}
        for index, rule in enumerate(rules):
            for anchor in rule.anchors:
                (bounded if rule.bounded else loose).setdefault(anchor, []).append(index)
        self._automaton = ahocorasick.Automaton()
        for literal in loose.keys() | bounded.keys():
            self._automaton.add_word(literal, (len(literal), tuple(loose.get(literal, ())), tuple(bounded.get(literal, ()))))
        if len(self._automaton):
            self._automaton.make_automaton()
        self._everywhere = tuple(index for index, rule in enumerate(rules) if not rule.anchors)

    def candidates(self, text: str) -> dict[int, set[int]]:
        """Indexes of the rules that can hold, by the index of the line of `text` in which they can."""
        folded = fold(text).text
        starts = _line_starts(folded)
        found: dict[int, set[int]] = {}
        if self._everywhere:
            found = {line: set(self._everywhere) for line in range(len(starts))}
        if not len(self._automaton):
            return found
        for last, (length, loose, bounded) in self._automaton.iter(folded):
            first = last + 1 - length
            if bounded and not is_bounded(folded, first, last + 1):
                bounded = ()
                if not loose:
                    continue
            rules = found.setdefault(bisect_right(starts, first) - 1, set())
            rules.update(loose)
            rules.update(bounded)
        return found


def _line_starts(text: str) -> list[int]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts
