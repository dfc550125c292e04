"""What rules and detectors hand to settling: spans that they would remove, and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Proposal:
    """A span of `Document.text` that a rule or detector would remove.

    `matched` holds the words that decided (offsets), `evidence` what else spoke for it.
    """

    rule: str
    category: str
    start: int
    end: int
    reason: str
    confidence: Literal["high", "low"] = "high"
    matched: tuple[int, int] | None = None
    evidence: tuple[str, ...] = ()


class Spans:
    """Spans merged where they overlap or touch, to be asked what they cover."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def cover(self, text: str, start: int) -> bool:
        """Whether all of a text that stands at `start` is covered, white space aside."""
        at, stop = start, start + len(text)
        index = max(0, bisect_right(self._starts, at) - 1)
        while at < stop:
            if text[at - start].isspace():
                at += 1
                continue
            while index < len(self._ends) and self._ends[index] <= at:
                index += 1
            if index == len(self._ends) or self._starts[index] > at:
                return False
            at = self._ends[index]
        return True
