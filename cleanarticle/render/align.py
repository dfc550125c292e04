"""Finds the letters of one text in another that has nearly the same ones, in the same order.

The two are extractions of one page, so they agree nearly everywhere: the alignment runs along while letters are
equal and, where they differ, looks for the nearest place at which both go on together. That is linear on real
pages and bounded on hostile ones; what it could not align, the caller sees as unaligned.
"""

from __future__ import annotations

from typing import NamedTuple

# Number of letters that must agree and how many may be skipped to get there: the fewer letters, the nearer.
_TRIES = ((12, 200), (24, 100_000), (12, 2_000), (6, 60), (3, 8))
# Where both sides have something of their own: probes this far ahead, letter by letter, then in ever longer strides.
_NEAR = 60
_STRIDES = 200
# Letters looked at in all searches together, beyond which the rest stays unaligned.
_BUDGET = 50_000_000
# How far a gap may slide to begin and end at better places.
_SLIDE = 40


class Run(NamedTuple):
    """Letters that are the same on both sides."""

    left: int
    right: int
    length: int


def align(left: str, right: str, left_edges: bytes, right_edges: bytes) -> list[Run]:
    """The runs of letters that `left` and `right` share, in order.

    The edges (one byte per letter and one for the end) weigh how well a gap may begin or end before that letter.
    """
    runs: list[Run] = []
    search = _Search(left, right)
    i = j = 0
    while True:
        if length := _same(left, i, right, j):
            runs.append(Run(i, j, length))
            i, j = i + length, j + length
        found = search.resume(i, j) if i < len(left) and j < len(right) else None
        if found is None:
            break
        i, j = found
    return _slid(_slid(runs, left, left_edges, 0), right, right_edges, 1)


def _same(left: str, i: int, right: str, j: int) -> int:
    """Number of letters that are equal from `i` and `j` on."""
    limit = min(len(left) - i, len(right) - j)
    done, step = 0, 32
    while done < limit:
        step = min(step, limit - done)
        if left[i + done : i + done + step] == right[j + done : j + done + step]:
            done += step
            step *= 2
        elif step == 1:
            break
        else:
            step = max(1, step // 4)
    return done


class _Search:
    """Looks for the place where both sides go on together."""

    def __init__(self, left: str, right: str) -> None:
        self.left, self.right = left, right
        self.budget = _BUDGET

    def resume(self, i: int, j: int) -> tuple[int, int] | None:
        """Where to go on after `i` and `j`, at which the sides differ."""
        left, right = self.left, self.right
        for rest, other, found in (
            (right[j : j + 12], left, (len(left) - len(right) + j, j)),
            (left[i : i + 12], right, (i, len(right) - len(left) + i)),
        ):
            if len(rest) < 12 and found >= (i, j) and other.endswith(rest):
                return found
        for size, reach in _TRIES:
            skip_left = self._find(left, i, right[j : j + size], reach)
            skip_right = self._find(right, j, left[i : i + size], reach)
            if skip_left >= 0 and (skip_right < 0 or skip_left <= skip_right):
                return i + skip_left, j
            if skip_right >= 0:
                return i, j + skip_right
        return self._both(i, j)

    def _both(self, i: int, j: int) -> tuple[int, int] | None:
        left, right = self.left, self.right
        step, stride = 1, 0
        while step < len(right) - j and stride < _STRIDES and self.budget > 0:
            near = step <= _NEAR
            size, reach = (12, 200) if near else (24, 100_000)
            skip = self._find(left, i, right[j + step : j + step + size], reach)
            if skip >= 0:
                back = 0
                while back < min(skip, step) and left[i + skip - back - 1] == right[j + step - back - 1]:
                    back += 1
                return i + skip - back, j + step - back
            stride += not near
            step += 1 if near else 12 + stride
        return None

    def _find(self, where: str, at: int, what: str, reach: int) -> int:
        """How far after `at` stands `what`, -1 when not within reach."""
        if self.budget <= 0:
            return -1
        end = at + reach + len(what)
        found = where.find(what, at, end)
        self.budget -= (found if found >= 0 else min(end, len(where))) - at + 1
        return found - at if found >= 0 else -1


def _slid(runs: list[Run], letters: str, edges: bytes, side: int) -> list[Run]:
    """The same runs, with gaps on one side moved to where a gap is likelier to be ("abcab" may lack "ab" twice)."""
    result: list[Run] = []
    for run in runs:
        if result:
            before = result[-1]
            start, end = before[side] + before.length, run[side]
            if start < end and before[1 - side] + before.length == run[1 - side]:
                shift = _best_shift(letters, edges, start, end, before.length, run.length)
                result[-1] = before._replace(length=before.length + shift)
                run = Run(run.left + shift, run.right + shift, run.length - shift)
        result.append(run)
    return [run for run in result if run.length]


def _best_shift(letters: str, edges: bytes, start: int, end: int, room_before: int, room_after: int) -> int:
    best, best_score = 0, edges[start] + edges[end]
    for direction, room in ((-1, room_before), (1, room_after)):
        for shift in range(direction, direction * (min(room, _SLIDE) + 1), direction):
            passed = min(shift, shift - direction)
            if letters[start + passed] != letters[end + passed]:
                break
            score = edges[start + shift] + edges[end + shift]
            if score > best_score:
                best, best_score = shift, score
    return best
