"""Patterns of rules as they are used: compiled on first use, or restored from what a cache holds of them.

Compiling takes 1 ms a pattern, and thousands are shipped; restoring a compiled one takes 0.03 ms.
"""

from __future__ import annotations

import contextlib
import io
import pickle
import re
from collections.abc import Mapping
from typing import Any

import msgspec
import regex

from cleanarticle.ruleset.effort import safe_length
from cleanarticle.ruleset.shapes import is_anchored, parsed_pattern

MATCH_SECONDS = 0.05  # for one pattern on one unit; a usual match takes a microsecond
_SAFE_STEPS = 1_000_000  # the slowest of five patterns made to fail late took 4 ms on a text of the length that this allows


class Program(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A compiled pattern as data, up to how many characters a text can't keep it busy for long, and whether it begins with ^."""

    data: bytes
    safe_length: int
    anchored: bool


Programs = Mapping[str, Program]
"""Compiled patterns by their source."""


def compile_pattern(pattern: str) -> regex.Pattern[str]:
    """A rule's pattern as it is used: ignoring case; `regex.error` when it is none."""
    return regex.compile(pattern, regex.IGNORECASE | regex.VERSION0)


def program(pattern: str) -> Program:
    """A pattern compiled and as data that this version of the `regex` module can read; `regex.error` when it is none."""
    return Program(pickle.dumps(compile_pattern(pattern), protocol=5), safe_length(pattern, _SAFE_STEPS), _is_anchored(pattern))


def _is_anchored(pattern: str) -> bool:
    parsed = parsed_pattern(pattern)
    return parsed is not None and not parsed.state.flags & re.MULTILINE and is_anchored(parsed)


class Pattern:
    """A compiled pattern; its search is given a time limit only where it could need one, since that costs 2.5 µs each time."""

    __slots__ = ("_safe_length", "_search", "compiled")

    def __init__(self, compiled: regex.Pattern[str], safe_length: int, anchored: bool) -> None:
        self.compiled = compiled
        self._search = compiled.match if anchored else compiled.search  # which is not told, and looks everywhere, where ^ is in a choice
        self._safe_length = safe_length

    def search(self, text: str) -> regex.Match[str] | None:
        """The first match; TimeoutError when that takes too long."""
        return self._search(text) if len(text) <= self._safe_length else self._search(text, timeout=MATCH_SECONDS)


# what `pickle` says it may raise for data that it can't read, and `regex` for a pattern it did not write
_BROKEN = (pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, RuntimeError, TypeError, ValueError)


class Patterns(dict[str, Pattern]):
    """Compiled patterns by their source, each made ready when it is first asked for."""

    def __init__(self, programs: Programs | None = None) -> None:
        super().__init__()
        self._programs = programs or {}

    def __missing__(self, pattern: str) -> Pattern:
        known = self._programs.get(pattern)
        restored = None if known is None else _restored(known.data)
        length = safe_length(pattern, _SAFE_STEPS) if known is None else known.safe_length
        anchored = _is_anchored(pattern) if known is None else known.anchored
        ready = self[pattern] = Pattern(restored or compile_pattern(pattern), length, anchored)
        return ready


class _PatternUnpickler(pickle.Unpickler):
    """Reads compiled patterns and nothing else: what a cache holds can't call anything but the maker of patterns."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if (module.split(".")[0].lstrip("_"), name) == ("regex", "compile") else None
        if found is None:
            raise pickle.UnpicklingError(f"{module}.{name} is not how a pattern is made")
        return found


def _restored(data: bytes | None) -> regex.Pattern[str] | None:
    if data is not None:
        # whatever is wrong with the data, compiling gives the same pattern
        with contextlib.suppress(*_BROKEN):
            restored = _PatternUnpickler(io.BytesIO(data)).load()
            if isinstance(restored, regex.Pattern):
                return restored
    return None
