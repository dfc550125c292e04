"""Words of all languages are found at the beginning of lines, where words end."""

from __future__ import annotations

import pytest

from cleanarticle.structure.byline import is_date_line
from cleanarticle.structure.detectors import Beginnings, Words
from helpers import words_only

BEGINNINGS = Beginnings(["by", "by our", "text:", "von", "記者", "लेखक"])


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("by ann lee", 2),
        ("by", 2),
        ("by our own", 6),
        ("by ours", 2),
        ("bye", -1),
        ("by_line", -1),
        ("by-line", 2),
        ("text: ann", 5),
        ("text:ann", 5),
        ("vonda", -1),
        ("記者張楠", 2),
        ("लेखक राम", 4),
        ("लेखकों ने", -1),
        ("", -1),
        ("written by ann", -1),
    ],
)
def test_lines_begin_with_words(line: str, end: int) -> None:
    """The longest of the words counts, if it ends where a word of the line ends or the script has no spaces."""
    assert BEGINNINGS.end(line) == end


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("12 march 2024", True),
        ("tuesday, march 12th 2024 at 9:30 am", True),
        ("2024年3月12日 9時30分", True),
        ("12 марта 2024, 9:30", True),
        ("march 12, 2024 harbour", False),
        ("12 ferries", False),
        ("march", False),
        ("on 12 march 2024 at 9:30 gmt", True),
        ("have your say by 30 june.", False),
        ("have your say by 30 june 2024", False),
        ("pay by 3 june", False),
        ("updated march 2024", True),
        ("created 1998", False),
        ("updated for 2024", False),
        ("to sark from just £29 one way.", False),
    ],
)
def test_lines_that_are_dates(line: str, expected: bool) -> None:
    """A line is a date when nothing but short words is left without the words of dates."""
    assert is_date_line(line, Words(words_only().languages)) is expected
