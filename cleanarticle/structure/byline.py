"""Lines that hold a name, a date or a reading time and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from cleanarticle.document import Kind
from cleanarticle.evidence import BlockEvidence, Evidence
from cleanarticle.structure.detectors import NUMERIC_DATE, Finding, Words

_MAX_WORDS = 16
_MAX_NAMED_WORDS = 24  # for lines from an element that is named as a byline
_MAX_READING_WORDS = 8
_MIN_SENTENCE = 5
_FEW_BEHIND = 4  # of 25 development pages with bylines that only this finds none has more than 3
_LAST = 2
_MAX_LAST_WORDS = 10  # with words that are no name: for whom, or from where, somebody writes
_FULL_NAME = regex.compile(r"\p{Lu}[\p{L}'’.-]* \p{Lu}[\p{L}'’-]*\b\D*[^.!?:\d]$")
# Blocks that may stand above the first paragraph; where there is none (results, dates of events) all would. Of the 55
# lines there on the development pages one page has some further down.
_HEAD = 8
# "(abc)", "ab/cde" in the last two lines: 7 of 7 on the development pages are the author's or the agency's
_INITIALS = regex.compile(r"[(\[/]\s*\p{L}{2,4}(?:\s?[/,]\s?\p{L}{2,4}){0,3}\s*[)\]]?|\p{Ll}{2,3}(?:\s?[/,]\s?\p{Ll}{2,4}){0,3}")
_YEAR_OR_DAY = regex.compile(r"\b\d{1,4}(?:st|nd|rd|th|er|\.|º|日|月|年)?")
_CLOCK = regex.compile(r"\d{1,2}\s?[時时]\s?(?:\d{1,2}\s?分)?|\b\d{1,2}[:.h]\s?\d{2}(?::\d{2})?\b|\b\d{1,2}\s?[ap]\.?m\b\.?")
_SHORT_WORD = regex.compile(r"\b[\p{L}]{1,4}\b\.?")
_DAYS = regex.compile(r"\b\d{1,2}\s?-\s?\d{1,2}\b")  # of an event: nothing is published from the 6th to the 9th
_MAX_BEFORE = 1  # short words before a date: "on 12 May 2024"; with more it is a sentence, "Have your say by 30 June 2024"
_CURRENCY = regex.compile(r"\p{Sc}")
_FIRST_YEAR = 1980  # nothing that a page holds was published earlier; older dates are of history
_MIN_HISTORY = 2  # of such dates make a chronicle, and its later dates are no more the page's
_DATED_PARTS = 3  # dates alone on a line behind the first paragraph: then those at the end belong to parts as well
_LABELLED = regex.compile(r"[^\d:]{2,30}:")
_MAX_DATED_WORDS = 6
_DATE = "a date and nothing else"
_YEAR = regex.compile(r"(?:19|20)\d\d|[./-]\d\d\b")
_WHOLE_YEAR = regex.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")
_NUMBER = regex.compile(r"\d{1,4}")
_FROM_DIGIT = regex.compile(r"\d.*", regex.DOTALL)
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_LETTER = regex.compile(r"\p{L}")
_NAME = regex.compile(r"\p{Lu}[\p{L}'’.-]*")
_COMMAS = ",&/"
_NAME_OR_COMMA = regex.compile(r"[^\s,&/]+|[,&/]")


def byline(evidence: Evidence, words: Words) -> Iterator[Finding]:
    """Bylines, dates and reading times: above the body, and a few within it or below it.

    Where many stand behind the first paragraph they belong to its parts: entries of a live blog, events, letters.
    """
    found = list(_bylines(evidence, words))
    head = min(evidence.first_real, _HEAD)
    behind = sum(finding.block.index > head for finding in found)
    is_chronicle = sum(_is_history(finding.block, evidence, words) for finding in found) >= _MIN_HISTORY
    for finding in found:
        if behind > _FEW_BEHIND and finding.block.index > head:
            continue
        if _is_history(finding.block, evidence, words) or (is_chronicle and _is_date(finding.block, evidence, words)):
            continue
        yield finding


def _bylines(evidence: Evidence, words: Words) -> Iterator[Finding]:
    head = min(evidence.first_real, _HEAD)
    last = evidence.last_real
    parts = _dated_parts(evidence, words)
    for block in evidence.blocks:
        if not block.words or block.kind in (Kind.TABLE_ROW, Kind.CODE, Kind.QUOTE) or block.words > _MAX_NAMED_WORDS:
            continue
        if evidence.ends_quote(block):
            continue
        at_edge = block.kind not in (Kind.HEADING, Kind.LIST_ITEM) and (block.index <= head or block.index > last >= 0)
        reason = _named(block, evidence) or (_told_by_words(block, evidence, words) if at_edge else "")
        if reason == _DATE and parts >= _DATED_PARTS and block.index > head:
            continue
        if reason:
            yield Finding(block, "byline", (reason,))


def _is_history(block: BlockEvidence, evidence: Evidence, words: Words) -> bool:
    folded = evidence.units.blocks[block.index].folded.text
    years = [int(year) for year in _WHOLE_YEAR.findall(folded)]
    return bool(years) and max(years) < _FIRST_YEAR and is_date_line(folded, words)


def _is_date(block: BlockEvidence, evidence: Evidence, words: Words) -> bool:
    return is_date_line(evidence.units.blocks[block.index].folded.text, words)


def _dated_parts(evidence: Evidence, words: Words) -> int:
    """How many lines behind the first paragraph, apart from each other, are dates, as in a chronicle."""
    short = [block.index for block in evidence.blocks[evidence.first_real + 1 :] if 0 < block.words <= _MAX_DATED_WORDS]
    dates = [index for index in short if is_date_line(evidence.units.blocks[index].folded.text, words)]
    return sum(index - 1 not in dates for index in dates)


def _named(block: BlockEvidence, evidence: Evidence) -> str:
    """Whether the page says in its markup that this is a byline."""
    if block.has("byline", 2) and not block.has("related", 3) and not block.has("apparatus", 2) and block.kind is not Kind.HEADING:
        return "an element named as a byline or date"
    own = block.near[:2]
    if any(node.tag == "time" or node.itemprop in ("author", "datePublished", "dateModified") for node in own):
        return "marked up as author or date"
    return ""


def _told_by_words(block: BlockEvidence, evidence: Evidence, words: Words) -> str:
    if block.words > _MAX_WORDS:
        return ""
    unit = evidence.units.blocks[block.index]
    folded = unit.folded.text
    if block.key in evidence.authors:
        return "the author's name"
    if block.index > evidence.last_real >= 0 and block.index >= len(evidence.blocks) - _LAST and _INITIALS.fullmatch(block.text.strip()):
        return "initials at the end"
    if is_date_line(folded, words) and _is_of_page(folded, block, evidence):
        return _DATE
    if block.words <= _MAX_READING_WORDS and is_reading_time(folded, words):
        return "a reading time"
    start = words.after_byline_word(folded[unit.core[0] :])
    if start >= 0:
        behind = unit.level.text[unit.core[0] + start :]
        rest = behind.strip(" :")
        labelled = rest != behind.strip() or not folded[unit.core[0] + start - 1].isalpha()
        if _is_names(rest, words, labelled=labelled) or any(author in block.key for author in evidence.authors if len(author) > 5):
            return "a byline word and names"
        if block.index == len(evidence.blocks) - 1 and block.words <= _MAX_LAST_WORDS and _FULL_NAME.match(rest) is not None:
            return "a byline word and a name at the very end"
    return ""


def is_reading_time(folded: str, words: Words) -> bool:
    """Whether a folded line tells how long the text takes; a sentence ends with other words: "Allow 20 minutes to read the poem."."""
    if not any(char.isdigit() for char in folded) or not words.has_reading_time(folded):
        return False
    sentence = folded.rstrip().removesuffix(".")
    return sentence == folded.rstrip() or len(sentence.split()) < _MIN_SENTENCE or sentence.endswith(tuple(words.reading_time))


def _is_of_page(folded: str, block: BlockEvidence, evidence: Evidence) -> bool:
    """Whether a date may be the one on which the page was published, and not an event's."""
    return not (block.index > evidence.last_real and _of_event(folded)) and _is_declared(folded, evidence)


def _of_event(folded: str) -> bool:
    """Whether a date has a label but no year, as in the particulars under an announcement: "Date: May 3"."""
    return _LABELLED.match(folded) is not None and _YEAR.search(folded) is None


def _is_declared(folded: str, evidence: Evidence) -> bool:
    """Whether the day of a date is one on which the page says that it was published or changed; it may be an event's.

    A page that says nothing of the kind says so with this line.
    """
    numbers = set(map(int, _NUMBER.findall(folded)))
    days = [int(date[8:10]) for date in evidence.metadata.published if date[8:10].isdecimal()]
    return not days or any(day in numbers for day in days)


def is_date_line(folded: str, words: Words) -> bool:
    """Whether a folded line is a date, perhaps with a time of day and a word such as "updated", and nothing else."""
    if not any(char.isdigit() for char in folded) or len(folded) > 120 or not words.may_be_date(folded) or _CURRENCY.search(folded):
        return False
    numeric = NUMERIC_DATE.search(folded) is not None
    rest = NUMERIC_DATE.sub(" ", folded)
    rest = _CLOCK.sub(" ", rest)
    without = words.without_dates(rest)
    if not numeric and (without == rest or _DAYS.search(rest)):
        return False
    if not numeric and not _YEAR_OR_DAY.search(rest):
        return False
    before = len(_WORD.findall(words.without_dates(_FROM_DIGIT.sub("", folded))))
    if before > (_MAX_BEFORE if numeric or _WHOLE_YEAR.search(folded) or _CLOCK.search(folded) else 0):
        return False
    if not numeric and folded.isascii() and _is_mere_year(folded, words):
        return False
    without = _YEAR_OR_DAY.sub(" ", without)
    # what may be left are short words: at, on, the, utc, Uhr, le, de …
    return _LETTER.search(_SHORT_WORD.sub(" ", without)) is None


def _is_mere_year(folded: str, words: Words) -> bool:
    """Whether a line has a year, but neither a day nor a month: "Created in 1998"."""
    numbers = _NUMBER.findall(folded)
    return len(numbers) == 1 and len(numbers[0]) == 4 and not any(word in words.months for word in _WORD.findall(folded))


def _is_names(text: str, words: Words, *, labelled: bool) -> bool:
    """One to ten words that are names, or the role of a person.

    Behind a preposition, not a label, one of the names is of two words or more: "By Candlelight", "By Land, Sea and Air".
    """
    if not text or text[-1] in ".!?:" or any(char.isdigit() for char in text):
        return False
    names = text.split()
    capitals = sum(name[0].isupper() for name in names)
    return 1 <= len(names) <= 10 and capitals >= 1 and _all_names(text, words) and (labelled or _has_full_name(text, words))


def _has_full_name(text: str, words: Words) -> bool:
    if text.lower() in words.roles:
        return True
    length = 0
    for part in _NAME_OR_COMMA.findall(text):
        if part in _COMMAS or part.lower() in words.and_words:
            length = 0
        elif part.lower() not in words.name_words:
            length += 1
        if length > 1:
            return True
    return False


def _all_names(text: str, words: Words) -> bool:
    parts = [part for part in _NAME_OR_COMMA.findall(text) if part not in _COMMAS]
    return text[0] not in _COMMAS and all(_NAME.fullmatch(part) or part in words.name_words or part in words.and_words for part in parts)
