"""What rules and detectors hand to settling: spans that they would remove, and why."""

from __future__ import annotations

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
