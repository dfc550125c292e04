"""Lines that are not the article's by all that the page tells together, where no single sign proves it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from cleanarticle.document import Kind
from cleanarticle.evidence import BlockEvidence, Evidence
from cleanarticle.scoring import LINE, REMOVED, Features, Trees, fitted_trees, probability
from cleanarticle.structure.detectors import Finding

_TOLD = (*LINE.values(), *REMOVED.values())
_MOST_TOLD = 4  # pieces of evidence that a removal names
_NEAR = 2  # lines around, whose category a line shares
_MOST_ASKED = 1_000  # lines of a page; the most that a development page has are 85
_MIN_LINES = 4  # a page with fewer has no story that a line could be told from
_NAMED = ("related", "caption", "credit", "comments", "newsletter", "social", "byline", "author_bio", "navigation", "promo", "embed")


def fitted(evidence: Evidence, gone: Mapping[int, str]) -> Iterator[Finding]:
    """Lines that are left and not the article's, by all that the page and other removals tell together."""
    if len(evidence.blocks) < _MIN_LINES or evidence.story < 0:
        return
    trees, features = fitted_trees(), Features(evidence)
    removed = features.removed(gone)
    left = (block for block in evidence.blocks if block.index not in gone)
    asked = (block for block in left if features.may_go(block.index) and removed.is_near(block.index))
    for block in islice(asked, _MOST_ASKED):
        numbers = features.line(block.index) + removed.line(block.index)
        score = trees.score(numbers)
        if score > trees.threshold:
            yield Finding(block, _category(block, gone), _reasons(trees, numbers, score))


def _reasons(trees: Trees, numbers: Sequence[float], score: float) -> tuple[str, ...]:
    """How sure it is, and the strongest pieces of evidence with their weight in log-odds."""
    weights = sorted(trees.reasons(numbers).items(), key=lambda item: -item[1])
    told = (f"{_TOLD[number]}: {float(numbers[number]):.3g} ({weight:+.1f})" for number, weight in weights[:_MOST_TOLD] if weight > 0)
    return (f"not the article's with a probability of {probability(score):.3f}", *told)


def _category(block: BlockEvidence, gone: Mapping[int, str]) -> str:
    """That of the lines around it which go, else what its elements are called, else what its links and kind suggest."""
    around = Counter(gone[at] for step in range(1, _NEAR + 1) for at in (block.index - step, block.index + step) if at in gone)
    if around:
        return around.most_common(1)[0][0]
    if named := next((group for group in _NAMED if block.has(group)), ""):
        return named
    return "related" if block.linked > 0 or block.kind is Kind.HEADING else "promo"
