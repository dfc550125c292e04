"""From proposals to removals: overlaps merged, the guard, and what is left of each block.

Removals are sorted and disjoint, and the text less the removals is the article: every word can be accounted for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cleanarticle.document import Document
from cleanarticle.proposals import Proposal

DETECTOR_PREFIX = "structure/"
# Above this share of the letters, what is uncertain is withdrawn. Of 685 development pages one goes beyond it, where nothing
# is lost or kept by that; from 0.3 on there are six, where withdrawing saves one line of the body and keeps 17 others.
GUARD_SHARE = 0.5
_HALF = 0.5  # above this share the caller is told, also where all of it is sure
_CLOSING = frozenset(".,;:!?…)]}»”’")


@dataclass(frozen=True, slots=True)
class Removal:
    """A span of `Document.text` that is not the article: which rule asked for it, and why.

    `text` is what stands there; `evidence` names what spoke for it besides the words at `matched` (offsets, or None).
    """

    rule: str
    category: str
    text: str
    start: int
    end: int
    reason: str
    confidence: str = "high"
    matched: tuple[int, int] | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settlement:
    """Removals, what was withdrawn although proposed, and what the caller should know."""

    removals: tuple[Removal, ...]
    withdrawn: tuple[Proposal, ...] = ()
    warnings: tuple[str, ...] = ()


def settle(document: Document, proposals: Iterable[Proposal], guard_share: float = GUARD_SHARE) -> Settlement:
    """Removals for the proposals. The order in which they come plays no part."""
    wanted = sorted(proposals, key=_precedence)
    removals = _disjoint(document, wanted)
    if _share(document, removals) <= guard_share:
        return Settlement(tuple(removals))
    withdrawn = tuple(proposal for proposal in wanted if not _is_sure(proposal))
    sure = _disjoint(document, [proposal for proposal in wanted if _is_sure(proposal)]) if withdrawn else removals
    warnings = []
    if withdrawn:
        warnings.append(_guard_warning(document, removals, withdrawn))
    if _share(document, sure) > _HALF:
        part = _percent(_share(document, sure))
        warnings.append(f"more than half of the text went, {part} of it, by rules that are sure: {_names(sure)}")
    return Settlement(tuple(sure), withdrawn, tuple(warnings))


def _guard_warning(document: Document, removals: Sequence[Removal], withdrawn: Sequence[Proposal]) -> str:
    because = f"so what is uncertain was withdrawn: {_names(withdrawn)}"
    if is_anything_left(document, removals):
        return f"guard: {_percent(_share(document, removals))} of the text would have gone, {because}"
    return f"guard: nothing of the text would have been left, {because}; what stays may not be an article"


def _names(asked: Iterable[Proposal | Removal]) -> str:
    return ", ".join(sorted({one.rule for one in asked}))


def _percent(share: float) -> str:
    return f"{int(share * 100)}%"  # rounded down: 100% is all of it


def _is_sure(proposal: Proposal) -> bool:
    return proposal.confidence == "high" and not proposal.rule.startswith(DETECTOR_PREFIX)


def _precedence(proposal: Proposal) -> tuple[int, int, bool, bool, str]:
    """Earlier, then longer, then surer; rules before detectors; then by id."""
    return proposal.start, -proposal.end, proposal.confidence == "low", proposal.rule.startswith(DETECTOR_PREFIX), proposal.rule


def _share(document: Document, removals: Sequence[Removal]) -> float:
    """The share of the text that goes; what stands there again and again counts once."""
    going = sum(removal.end - removal.start for removal in removals)
    once = sum(map(len, {removal.text for removal in removals}))
    total = len(document.text) - (going - once)
    return once / total if total else 0.0


def _disjoint(document: Document, wanted: Sequence[Proposal]) -> list[Removal]:
    """One removal per piece of text: what lies inside an earlier proposal is covered by it, what sticks out is cut."""
    removals: list[Removal] = []
    done = 0
    for proposal in wanted:
        start, end = _without_space(document.text, max(proposal.start, done), proposal.end)
        if start < end:
            removals.append(_removal(document, proposal, start, end))
            done = end
    return _whole_blocks(document, removals)


def _without_space(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _removal(document: Document, proposal: Proposal, start: int, end: int) -> Removal:
    return Removal(
        rule=proposal.rule,
        category=proposal.category,
        text=document.text[start:end],
        start=start,
        end=end,
        reason=proposal.reason,
        confidence=proposal.confidence,
        matched=proposal.matched,
        evidence=proposal.evidence,
    )


def _whole_blocks(document: Document, removals: list[Removal]) -> list[Removal]:
    """Where removals leave no letter or digit of a block, they take the rest of it too."""
    grown = list(removals)
    ends = [removal.end for removal in removals]
    starts = [removal.start for removal in removals]
    for block in document.blocks:
        first, last = bisect_right(ends, block.start), bisect_left(starts, block.end)
        if first >= last or any(char.isalnum() for char in _kept_in(document.text, block.start, block.end, removals[first:last])):
            continue
        at = block.start
        for index in range(first, last):
            removal = grown[index]
            start = min(at, removal.start)
            end = block.end if index == last - 1 else removal.end
            end = max(end, removal.end)
            start, end = _without_space(document.text, start, end)
            grown[index] = _resized(document, removal, start, end)
            at = end
    return grown


def _resized(document: Document, removal: Removal, start: int, end: int) -> Removal:
    return Removal(
        removal.rule, removal.category, document.text[start:end], start, end,
        removal.reason, removal.confidence, removal.matched, removal.evidence,
    )  # fmt: skip


def _kept_in(text: str, start: int, end: int, removals: Sequence[Removal]) -> str:
    pieces = []
    for removal in removals:
        if removal.start > start:
            pieces.append(text[start : removal.start])
        start = max(start, removal.end)
    if start < end:
        pieces.append(text[start:end])
    return " ".join(pieces)


def kept_lines(document: Document, removals: Sequence[Removal]) -> list[str | None]:
    """What is kept of each block: its text as it was, None for a block that goes, with the blank lines behind it.

    Where a sentence went from the middle of a block, one space stands in its place, none before what closes a sentence.
    """
    lines: list[str | None] = []
    starts = [removal.start for removal in removals]
    ends = [removal.end for removal in removals]
    for block in document.blocks:
        first, last = bisect_right(ends, block.start), bisect_left(starts, block.end)
        if first >= last:
            lines.append(document.text[block.start : block.end])
            continue
        kept = _joined(document.text, block.start, block.end, removals[first:last])
        lines.append(kept if any(char.isalnum() for char in kept) else None)
    last = next((index for index in range(len(lines) - 1, -1, -1) if lines[index] is not None), -1)
    if last >= 0:
        lines[last] = (lines[last] or "").rstrip("\n")
    return lines


def is_anything_left(document: Document, removals: Sequence[Removal]) -> bool:
    """Whether a word is kept."""
    if sum(removal.end - removal.start for removal in removals) * 2 < len(document.text):
        return True
    return any(line is not None and any(map(str.isalnum, line)) for line in kept_lines(document, removals))


def kept_text(document: Document, removals: Sequence[Removal]) -> str:
    """The blocks that are kept, joined by newlines; no newline at the end."""
    return "\n".join(line for line in kept_lines(document, removals) if line is not None)


def _joined(text: str, start: int, end: int, removals: Sequence[Removal]) -> str:
    pieces: list[str] = []
    at = start
    for removal in removals:
        pieces.append(text[at : max(at, removal.start)])
        at = max(at, removal.end)
    pieces.append(text[at:end] if at < end else "")
    kept = pieces[0]
    for piece in pieces[1:]:
        left, right = kept.rstrip(), piece.lstrip()
        spaced = bool(left and right) and (right != piece or (left != kept and right[0] not in _CLOSING))
        kept = f"{left} {right}" if spaced else left + right
    return kept if removals[0].start > start else kept.lstrip()
