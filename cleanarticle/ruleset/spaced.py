"""Text as the scan for literals sees it: words with spaces between them, so that a literal can say where a word ends.

>>> spaced("read more: news-letter (©)")
'read more  news letter    '
"""

from __future__ import annotations

import unicodedata
from collections.abc import Set as AbstractSet
from functools import lru_cache

import regex

BOUNDARY = "\0"
"""In spellings, where a word begins or ends for certain."""
NO_SIGNS: frozenset[str] = frozenset()
_SIGNS = frozenset("@#{}<>|\\^~=+*_")
_SCRIPTS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_UNSPACED = regex.compile(f"[{_SCRIPTS}]")
_MEETING = regex.compile(rf"(?<=[{_SCRIPTS}])(?=[^\W_{_SCRIPTS}])|(?<=[^\W_{_SCRIPTS}])(?=[{_SCRIPTS}])")
_FEW = 24  # separators that are sooner replaced one after the other
_LETTERS: set[str] = set("abcdefghijklmnopqrstuvwxyz0123456789 ")
"""Characters that stay, as far as they were met."""
_ASCII_SEPARATORS = {code: " " for code in range(128) if not chr(code).isalnum()}


def spaced(text: str, signs: AbstractSet[str] = NO_SIGNS) -> str:
    """The text with a space for each character that is neither letter nor digit nor one of the signs: as long as it was."""
    if text.isascii() and not signs:
        return text.translate(_ASCII_SEPARATORS)
    separators = []
    for char in set(text) - _LETTERS:
        if is_letter(char):
            _LETTERS.add(char)
        elif char not in signs:
            separators.append(char)
    if len(separators) > _FEW:
        return text.translate(dict.fromkeys(map(ord, separators), " "))
    for char in separators:
        text = text.replace(char, " ")
    return text


def is_letter(char: str) -> bool:
    """Whether a character is a letter or digit, as `\\w` has it."""
    return char.isalnum() and unicodedata.category(char) != "No"


def is_sign(char: str) -> bool:
    """Whether a character that is no letter is rare enough to be looked for: ©, ►, @ …"""
    return char in _SIGNS or not (char.isascii() or is_letter(char))


@lru_cache(maxsize=4096)
def is_unspaced(char: str) -> bool:
    """Whether a character is of a script that writes words without spaces, or joins something to words of others."""
    return _UNSPACED.match(char) is not None


def parted(text: str) -> str:
    """The text with a space wherever letters of such scripts and others meet, since words begin and end there.

    >>> parted("公式line登録")
    '公式 line 登録'
    """
    return text if text.isascii() else _MEETING.sub(" ", text)


def literal(text: str) -> str:
    """A folded text as it is spelled in a literal: letters, signs, and a space for everything else."""
    return "".join(char if is_letter(char) or is_sign(char) else " " for char in text)


def words_of(spelling: str) -> str:
    r"""What to look for in a text without signs; a space at an end says that a word ends there.

    >>> words_of("\0photo: \0")
    ' photo  '
    """
    text = parted(spaced(spelling.replace(BOUNDARY, "")))
    before = " " if spelling.startswith(BOUNDARY) and text[:1] not in ("", " ") and not is_unspaced(text[0]) else ""
    after = " " if spelling.endswith(BOUNDARY) and text[-1:] not in ("", " ") and not is_unspaced(text[-1]) else ""
    return before + text + after


def signs_of(spelling: str) -> str:
    """What to look for in a text with its signs, beside which a word may end without a space."""
    return parted(spelling.replace(BOUNDARY, ""))
