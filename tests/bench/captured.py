"""Cleaning with all proposals in hand, before they are settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import corpora  # noqa: F401  (lets the project be imported)

from cleanarticle import cleaner
from cleanarticle.document import Document
from cleanarticle.proposals import Proposal
from cleanarticle.settling import Settlement, settle


@dataclass
class Captured:
    """What the last article was settled from."""

    document: Document = field(default_factory=lambda: Document("", ()))
    proposals: tuple[Proposal, ...] = ()

    def settled(self, guard_share: float) -> Settlement:
        """The removals with another guard."""
        return settle(self.document, self.proposals, guard_share)


@contextmanager
def capturing() -> Iterator[Captured]:
    """While this holds, cleaning leaves its proposals in what is yielded."""
    captured = Captured()
    original: Callable[..., Settlement] = cleaner.settle

    def remember(document: Document, proposals: Iterable[Proposal], *rest: Any, **more: Any) -> Settlement:
        captured.document, captured.proposals = document, tuple(proposals)
        return original(document, captured.proposals, *rest, **more)

    cleaner.settle = remember  # type: ignore[assignment]
    try:
        yield captured
    finally:
        cleaner.settle = original  # type: ignore[assignment]
