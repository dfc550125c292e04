"""Every error that cleanarticle raises on purpose.

All of them derive from `CleanArticleError`, so one `except` catches what the library says and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ExtractionReason = Literal["empty", "not_html", "too_large", "no_article"]


class CleanArticleError(Exception):
    """Base class of all errors of this library."""


class ExtractionError(CleanArticleError):
    """A page from which no article can be delivered.

    `reason` is for programs: "empty" (no content at all), "not_html" (no markup: text belongs to
    `clean_text`), "too_large" (over the size limit) or "no_article" (a home page, list or login page).
    """

    def __init__(self, reason: ExtractionReason, message: str) -> None:
        super().__init__(message)
        self.reason: ExtractionReason = reason

    def __reduce__(self) -> tuple[type[ExtractionError], tuple[ExtractionReason, str]]:
        return type(self), (self.reason, str(self))


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with a rule file: where, and what to write instead."""

    file: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.rule}: {self.message}" if self.rule else f"{self.file}: {self.message}"


class RuleFileError(CleanArticleError):
    """Rule files that can't be used; `problems` names every one of them, not just the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[RuleFileError], tuple[list[Problem]]]:
        return type(self), (self.problems,)
