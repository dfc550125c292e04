"""What counts as a word, and what is left of a text once its removals are gone.

Formats lay the same words out in different ways, so words are compared *squeezed*: letters and digits only,
one after the other, in Unicode's composed form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

# What XML cannot hold, which lxml refuses with an error, and the other control characters, which nobody sees.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# White space that trafilatura would take for a newline, or that XML cannot hold.
_LINE_ENDS = re.compile("[\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")


def squeeze(text: str) -> str:
    """The letters and digits of a text, nothing else."""
    return "".join(filter(str.isalnum, normalize("NFC", text)))


def legal(text: str) -> str:
    """A text without the characters that no format may hold."""
    return _ILLEGAL.sub("", text)


def own_lines(text: str) -> str:
    """A legal text in which nothing but newlines passes for the end of a line."""
    return legal(_LINE_ENDS.sub(" ", text))


def single_line(text: str) -> str:
    """A legal text in which nothing passes for the end of a line."""
    return own_lines(text).replace("\n", " ")


def removal_mask(text: str, removed: Sequence[tuple[int, int]]) -> bytearray:
    """One byte per character: 1 where the text is removed."""
    mask = bytearray(len(text))
    for start, end in removed:
        start, end = max(start, 0), min(end, len(text))
        if start < end:
            mask[start:end] = b"\x01" * (end - start)
    return mask


def kept_text(text: str, gone: bytearray, start: int, end: int) -> str:
    """What stays of `text[start:end]`: where something goes, the white space around it becomes one space."""
    cut = gone.find(1, start, end)
    if cut < 0:
        return text[start:end]
    kept = text[start:cut]
    indented = bool(kept.strip())
    while 0 <= cut < end:
        resume = gone.find(0, cut, end)
        if resume < 0:
            break
        following = gone.find(1, resume, end)
        part = text[resume : following if following >= 0 else end]
        spaced = any(map(str.isspace, kept[-1:] + text[cut] + text[resume - 1] + part[0]))
        kept = f"{kept.rstrip()}{' ' if spaced else ''}{part.lstrip()}"
        cut = following
    return kept.rstrip() if indented else kept.strip()
