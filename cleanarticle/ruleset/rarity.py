"""How rare literals are in running text: what is worth scanning for, and which of several is the best to scan for.

>>> rarity([" newsletter "]) > rarity(["newsletter"]) > rarity([" with the "])
True
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import regex

from cleanarticle.ruleset.spaced import is_sign

MIN_LITERAL = 3  # letters; shorter ones stand on every page
MIN_LITERAL_CJK = 2
MIN_LEADING = 2  # "by" at the start of a line is rare enough
_GROWTH = 0.5  # each letter more makes a literal about so much rarer in running text
_COMMON = 2.0  # letters that a word counts which stands on every page, however long it is
_LANGUAGES = ("English", "German", "French", "Spanish", "Italian", "Portuguese", "Dutch")  # most pages, and lists of some 400 words
_CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")


def worth_scanning(literals: Iterable[str], least: float = MIN_LITERAL) -> bool:
    """Whether each of these folded literals is long enough to be scanned for; those that lead a unit may be shorter."""
    return all(_length(literal) >= least for literal in literals)


def rarity(literals: Iterable[str]) -> float:
    """How rare lines are in which one of the literals stands, on a scale without unit: the larger the better."""
    common = sum(_GROWTH ** _weight(literal) for literal in literals)
    return -common if common else -1.0


@lru_cache(maxsize=65536)
def _length(literal: str) -> float:
    """Letters of a literal; the ends of words count half a letter each, a word alone at least as much as is worth scanning for."""
    words = literal.split()
    length = sum(map(_letters, words))
    if not words or (len(words) == 1 and words[0] in _common_words()):
        return length
    edges = literal.startswith(" ") + literal.endswith(" ")
    return max(length + edges / 2, MIN_LITERAL if edges == 2 and len(words) == 1 else 0)


@lru_cache(maxsize=65536)
def _letters(word: str) -> float:
    length = float(len(word))
    if not word.isascii() or not word.isalnum():
        for char in word:
            if is_sign(char):
                length += MIN_LITERAL - 1
            elif not char.isascii() and _CJK.match(char):
                length += MIN_LITERAL / MIN_LITERAL_CJK - 1
    return length


@lru_cache(maxsize=65536)
def _weight(literal: str) -> float:
    """The length of a literal as far as it makes it rare: words that stand on every page count little, however long."""
    common = sum(_letters(word) - _COMMON for word in literal.split() if len(word) > _COMMON and word in _common_words())
    return _length(literal) - common


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """The words that make up half of running text."""
    from justext.utils import get_stoplist  # it comes with trafilatura, and is needed only when rules are prepared

    return frozenset(word.casefold() for language in _LANGUAGES for word in get_stoplist(language))
