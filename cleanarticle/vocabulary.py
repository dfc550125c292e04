"""What the names of an element's classes and id say about it: the groups of `vocabulary.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[A-ZÀ-Þ]?[a-zß-ÿ]+|[A-ZÀ-Þ]+(?![a-zß-ÿ])|[0-9]+")
_MAX_NAMES = 400  # characters of a class attribute that are looked at
_MAX_REMEMBERED = 50_000  # words whose groups are kept at hand


class Vocabulary:
    """Groups of names, ready for looking up. Safe to use from several threads."""

    def __init__(self, groups: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._words: dict[str, set[str]] = {}
        self._sequences: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        patterns: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        for group, names in groups:
            for name in names:
                words = name.lower().split()
                if len(words) > 1:
                    self._sequences.setdefault(words[0], []).append((tuple(words[1:]), group))
                elif "*" in name:
                    pattern = re.compile(re.escape(name.lower()).replace(r"\*", ".*"))
                    patterns.setdefault(name[0].lower(), []).append((pattern, group))
                elif words:
                    self._words.setdefault(words[0], set()).add(group)
        self._anywhere = patterns.pop("*", [])
        self._patterns = patterns  # by the letter with which they begin
        self._known: dict[str, frozenset[str]] = {}

    def groups(self, names: str) -> frozenset[str]:
        """The groups that an element's class and id attributes belong to.

        >>> sorted(Vocabulary([("related", ["related*", "read more"])]).groups("RelatedStories_item read-more"))
        ['related']
        """
        words = [word.lower() for word in _WORD.findall(names[:_MAX_NAMES])]
        found: set[str] = set()
        for index, word in enumerate(words):
            found |= self._of_word(word)
            for rest, group in self._sequences.get(word, ()):
                if all(_is_word(want, got) for want, got in zip(rest, words[index + 1 : index + 1 + len(rest)], strict=False)) and len(
                    words
                ) > index + len(rest):
                    found.add(group)
        return frozenset(found)

    def _of_word(self, word: str) -> frozenset[str]:
        known = self._known.get(word)
        if known is None:
            patterns = (*self._patterns.get(word[0], ()), *self._anywhere)
            known = frozenset(self._words.get(word, ())) | {group for pattern, group in patterns if pattern.fullmatch(word)}
            if len(self._known) < _MAX_REMEMBERED:
                self._known[word] = known
        return known


def _is_word(want: str, got: str) -> bool:
    return got.startswith(want[:-1]) if want.endswith("*") else got == want
