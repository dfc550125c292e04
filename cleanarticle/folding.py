"""Two views of a text for matching, with a way back to the original characters.

`level` evens out what nobody sees (compatibility forms, quotes, dashes, white space, invisible characters, letters of
other scripts that pose as Latin ones); `fold` also evens out case. Both may change lengths (ß, İ, ﬁ, …), so a view
knows where each of its characters came from.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

import regex
from msgspec import Struct
from msgspec.structs import replace

_SINGLE_QUOTES = "‘’‚‛′`´ʼ＇"
_DOUBLE_QUOTES = "“”„‟″〝〞＂"
_MINUS_SIGNS = "−⁃"
_KEPT_AS_IS = "™®℠№ℹ"  # compatibility forms would glue letters to the word before
_INVISIBLE_CHARS = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
_INVISIBLE = re.compile(f"[{_INVISIBLE_CHARS}]")
# white space behind white space, also with something invisible between
_SPACE_RUN = re.compile(rf"(?<=[^\S\n])(?:[{_INVISIBLE_CHARS}]*[^\S\n])+")
# Cyrillic and Greek letters that look like Latin ones (the common part of Unicode's confusables)
_POSING = str.maketrans(
    "аеорсухіјѕԁһӏкмтвнгӕАВЕКМНОРСТУХІЈЅԌαορυνικτχεΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhlkmtbhræABEKMHOPCTYXIJSGaopuviktxeABEZHIKMNOPTYX",
)
_POSING_WORD = regex.compile(r"\b(?=\w*\p{Latin})(?=\w*[\p{Cyrillic}\p{Greek}])\w+")
_POSERS = frozenset(map(chr, range(0x370, 0x500)))  # the blocks of Greek and Cyrillic
_UNUSUAL = re.compile(r"[^ -_a-~\n]")  # all but what stays what it is in ASCII
_SCRIPTS_MEET = re.compile("[A-Za-z][Ͱ-ϿЀ-ӿ]|[Ͱ-ϿЀ-ӿ][A-Za-z]")
_ASCII_ODD = re.compile(r"[\t\x0b\x0c\r\x1c-\x1f]|  ")
_CLUSTER = regex.compile(r"\X")
_FEW_IMAGES = 16  # characters that are sooner replaced one after the other
_CLUSTER_LIMIT = 32  # marks that are composed with one letter; longer piles of marks are noise


class View(Struct, frozen=True, gc=False):
    """A folded text. `view.span(start, end)` gives the offsets in the original of what stands at start:end in `view.text`."""

    text: str
    _starts: tuple[int, ...] = ()  # first characters of the segments, in the view …
    _origins: tuple[int, ...] = ()  # … and in the original
    _ends: tuple[int, ...] = ()  # end in the original of segments that are one image, -1 for runs mapped one to one
    _base: int = 0  # where a line of a larger view begins in it …
    _shift: int = 0  # … and in the larger original

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of the view's characters from `start` up to `end`."""
        first, last = start + self._base, max(end - 1, start) + self._base
        if not self._starts:
            return first - self._shift, end + self._base - self._shift
        segment = bisect_right(self._starts, last) - 1
        stop = self._ends[segment]
        if stop < 0:
            stop = self._origins[segment] + end + self._base - self._starts[segment]
        return self._origin(first) - self._shift, stop - self._shift

    def _origin(self, index: int) -> int:
        segment = bisect_right(self._starts, index) - 1
        if self._ends[segment] >= 0:
            return self._origins[segment]
        return self._origins[segment] + index - self._starts[segment]

    def caseless(self) -> View:
        """The same without case, where that changes no lengths."""
        return replace(self, text=self.text.casefold())

    def part(self, start: int, end: int) -> View:
        """A view of original[start:end]."""
        first, last = self._place(start), self._place(end)
        return View(self.text[first:last], self._starts, self._origins, self._ends, self._base + first, self._shift + start)

    def _place(self, offset: int) -> int:
        """Where in the view stands what the original has from an offset on."""
        target = offset + self._shift
        if not self._starts:
            return target - self._base
        segment = bisect_right(self._origins, target) - 1
        if segment < 0:
            return 0
        place, into = self._starts[segment], target - self._origins[segment]
        if into:
            following = self._starts[segment + 1] if segment + 1 < len(self._starts) else self._base + len(self.text)
            place = min(place + into, following) if self._ends[segment] < 0 else following
        return max(0, place - self._base)

    def lines(self, starts: Sequence[int]) -> list[View]:
        """A view of each line; `starts` are the offsets of the lines in the original."""
        views: list[View] = []
        base = 0
        for text, start in zip(self.text.split("\n"), starts, strict=True):
            views.append(View(text, self._starts, self._origins, self._ends, base, start))
            base += len(text) + 1
        return views


# What `trim` passes over: bullets, arrows, brackets, emoji … but not what changes the meaning of what follows
_START_ORNAMENTS = regex.compile(r"""(?:[^\w"'#@©®™$€£¥&%«»‹›„「『¿¡]|[»›](?=\s))*+""")
_END_ORNAMENTS = regex.compile(r"""[^\w"'%©®™$€£¥]*+$""")
_MAX_ORNAMENTS = 40  # characters at the end that may be ornaments


def trim(folded: str) -> tuple[int, int]:
    """Where a folded unit begins and ends without bullets, arrows, brackets and sentence punctuation around it.

    >>> trim("► related stories:")
    (2, 17)
    >>> trim('"subscribe," he said.')
    (0, 20)
    """
    found = _START_ORNAMENTS.match(folded)
    start = found.end() if found is not None else 0
    tail = _END_ORNAMENTS.search(folded, max(start, len(folded) - _MAX_ORNAMENTS))
    return start, max(start, tail.start() if tail is not None else len(folded))


def level(text: str) -> View:
    """The text with typographic variants evened out and capitals kept.

    >>> level("“Don’t miss” – ﬁrst\u00a0word").text
    '"Don\\'t miss" - first word'
    """
    return level_and_fold(text)[0]


def fold(text: str) -> View:
    """The text as literals are compared: `level`, and without case.

    >>> view = fold("STRASSE, Straße")
    >>> view.text
    'strasse, strasse'
    >>> view.span(9, 16)
    (9, 15)
    """
    return level_and_fold(text)[1]


def level_and_fold(text: str) -> tuple[View, View]:
    """Both views of a text."""
    if text.isascii():
        if "`" in text:
            text = text.replace("`", "'")
        if not _ASCII_ODD.search(text):
            return View(text), View(text.lower())
    unusual = set(_UNUSUAL.findall(text))
    if not _POSERS.isdisjoint(unusual) and _SCRIPTS_MEET.search(text):
        text = _POSING_WORD.sub(lambda word: word.group().translate(_POSING), text)
        unusual = set(_UNUSUAL.findall(text))
    images: list[tuple[str, str, str]] = []
    long: list[tuple[str, str, str]] = []  # characters that one of the views has more or less than one of, and what they become
    for char in unusual - _SAME:
        level_image, fold_image = _LEVEL[char], _FOLD[char]
        if len(level_image) != 1 or len(fold_image) != 1:
            long.append((char, level_image, fold_image))
        elif level_image != char or fold_image != char.casefold():
            images.append((char, level_image, fold_image))
        else:
            _SAME.add(char)
    levelled = _replaced(text, [(char, image) for char, image, _ in images])
    if all(fold_image == level_image.casefold() for _, level_image, fold_image in images):
        folded = levelled  # what is left is made caseless below
    else:
        folded = _replaced(text, [(char, image) for char, _, image in images])
    odd = sorted(_odd_places(text, levelled, long))
    if not odd:
        return View(levelled), View(folded.casefold())
    return (
        _pieced(levelled, [(start, end, image) for start, end, image, _ in odd if end - start != 1 or image != text[start]]),
        _pieced(folded, [(start, end, image) for start, end, _, image in odd]).caseless(),
    )


def _replaced(text: str, images: list[tuple[str, str]]) -> str:
    """The text with single characters replaced by others, each of which stays what it is."""
    if len(images) > _FEW_IMAGES:
        return text.translate({ord(char): image for char, image in images})
    for char, image in images:
        text = text.replace(char, image)
    return text


class _Images(dict[str, str]):
    """What each character becomes, worked out when it is first met."""

    def __init__(self, case: Callable[[str], str]) -> None:
        super().__init__()
        self._case = case
        for quotes, quote in ((_SINGLE_QUOTES, "'"), (_DOUBLE_QUOTES, '"'), (_MINUS_SIGNS, "-")):
            self.update((char, quote) for char in quotes)
        self.update((char, case(char)) for char in _KEPT_AS_IS)
        self["\n"] = "\n"

    def __missing__(self, char: str) -> str:
        if _INVISIBLE.match(char):
            image = ""
        elif char.isspace():
            image = " "
        elif unicodedata.category(char) == "Pd":
            image = "-"
        else:
            compatible = unicodedata.normalize("NFKC", char).replace("\n", " ")
            image = "".join(self.get(c, c) for c in self._case(compatible))
            # a compatibility form may start with a space (´, ¨ …): such a mark stands for itself
            image = char if image[:1] == " " else image
        self[char] = image
        return image


def _caseless(text: str) -> str:
    return text.casefold().replace("ı", "i").replace("i̇", "i")


_LEVEL = _Images(str)
_FOLD = _Images(_caseless)
_SAME = {char for char in map(chr, range(32, 127)) if char != "`"} | {"\n"}
"""Characters that both views have as they are but for case; more are added when they are first met."""


def _odd_places(text: str, levelled: str, long: list[tuple[str, str, str]]) -> Iterator[tuple[int, int, str, str]]:
    """Where one of the views differs in length: (start, end, what stands there in the one, and in the other)."""
    taken: set[int] = set()
    if "  " in levelled or any(not image for _, image, _ in long):
        for run in _SPACE_RUN.finditer(levelled):
            taken.update(range(run.start(), run.end()))
            yield run.start(), run.end(), "", ""
    if not unicodedata.is_normalized("NFC", text):
        for cluster in _CLUSTER.finditer(text):
            start, end = cluster.start(), min(cluster.end(), cluster.start() + _CLUSTER_LIMIT)
            composed = unicodedata.normalize("NFC", text[start:end])
            if composed != text[start:end] and start not in taken:
                taken.update(range(start, end))
                yield start, end, "".join(map(_LEVEL.__getitem__, composed)), "".join(map(_FOLD.__getitem__, composed))
    for char, level_image, fold_image in long:
        at = text.find(char)
        while at >= 0:
            if at not in taken:
                yield at, at + 1, level_image, fold_image
            at = text.find(char, at + 1)


def _pieced(text: str, odd: list[tuple[int, int, str]]) -> View:
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    ends: list[int] = []
    length = 0
    done = 0
    for start, end, image in [*odd, (len(text), len(text), "")]:
        if start > done:
            starts.append(length)
            origins.append(done)
            ends.append(-1)
            pieces.append(text[done:start])
            length += start - done
        if image:
            starts.append(length)
            origins.append(start)
            ends.append(end)
            pieces.append(image)
            length += len(image)
        done = end
    if not starts:
        return View("")
    return View("".join(pieces), tuple(starts), tuple(origins), tuple(ends))
