"""What stands in a rule file, field by field, and what it becomes once loaded.

The `…Spec` types are the file format: strict, so that a misspelt key is an error. `Rule`, `Site` and `Language` are what
matching works with: literals folded, selectors checked, examples left behind.
"""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from cleanarticle.categories import Category

Scope = Literal["block", "sentence", "match", "section", "rest"]
KindName = Literal["paragraph", "heading", "list_item", "quote", "caption", "table_row", "code"]
Position = Literal["head", "tail"]
Confidence = Literal["high", "low"]
State = Literal["candidate", "preview", "stable", "retired"]
Texts = list[str]


class _Strict(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    pass


class CaseSpec(_Strict):
    """A whole article, as blocks of text or as a page, and what is left of it."""

    after: Texts
    before: Texts | None = None
    html: str | None = None
    url: str | None = None


class RuleSpec(_Strict):
    """One `[[rule]]` of a rule file."""

    name: str
    reason: str = ""
    scope: Scope = "block"
    category: Category | None = None
    equals: Texts = []
    starts_with: Texts = []
    ends_with: Texts = []
    contains: Texts = []
    contains_all: Texts = []
    regex: Texts = []
    unless: Texts = []
    unless_regex: Texts = []
    min_words: int | None = None
    max_words: int | None = None
    kind: list[KindName] = []
    position: Position | None = None
    min_linked: float | None = None
    max_linked: float | None = None
    inside: Texts = []
    outside: Texts = []
    after: list[Category] = []
    before: list[Category] = []
    since: datetime.date | None = None
    until: datetime.date | None = None
    confidence: Confidence = "high"
    state: State = "stable"
    unscannable: bool = False
    removes: Texts = []
    spares: Texts = []
    case: list[CaseSpec] = []


class RuleFile(_Strict):
    """A rule file: header and rules; the keys from `hosts` on are for site files."""

    format: Literal[1]
    pack: str
    category: Category | None = None
    rule: list[RuleSpec] = []
    hosts: Texts = []
    extends: Texts = []
    disable: Texts = []
    body_css: Texts = []
    body_xpath: Texts = []
    prune_css: Texts = []
    prune_xpath: Texts = []


class LanguageFile(_Strict):
    """A `language.toml`: the words of one language that structure detectors need."""

    format: Literal[1]
    language: str
    related_headings: Texts = []
    byline: Texts = []
    roles: Texts = []
    name_words: Texts = []
    and_words: Texts = []
    months: Texts = []
    weekdays: Texts = []
    date_words: Texts = []
    reading_time: Texts = []
    abbreviations: Texts = []


class VocabularyFile(_Strict):
    """A `vocabulary.toml`: what the names of classes and ids say about an element."""

    format: Literal[1]
    groups: dict[str, Texts]


class Anchor(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Literals of which one stands wherever a rule holds, by its literal keys or by one of its patterns.

    They are literals of the folded and spaced text (see `spaced`), or of the text with its signs when they have one.
    `leading`: no letter or digit stands before them in the unit. `also`: more sets of literals of each of which one stands
    in the unit. `pattern`: index of the pattern, -1 for the literal keys. `longest`: characters from the unit's first letter
    or digit to its last at most, 0 when there is no bound. `begins`: with one of these the unit begins at its first letter or
    digit; empty when that is not known. `signs`: sets of signs and digits of each of which it has one.
    """

    literals: tuple[str, ...]
    leading: bool
    also: tuple[tuple[str, ...], ...]
    pattern: int
    longest: int = 0
    begins: tuple[str, ...] = ()
    signs: tuple[tuple[str, ...], ...] = ()


class Rule(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A rule as matching uses it.

    It can only hold where one of its anchors does. Without anchors it is tried on every line; `digit` says that only
    those with a digit come into question.
    """

    id: str
    category: Category
    reason: str
    scope: Scope
    equals: tuple[str, ...]
    starts_with: tuple[str, ...]
    ends_with: tuple[str, ...]
    contains: tuple[str, ...]
    contains_all: tuple[str, ...]
    regex: tuple[str, ...]
    unless: tuple[str, ...]
    unless_regex: tuple[str, ...]
    min_words: int | None
    max_words: int | None
    kind: tuple[str, ...]
    position: Position | None
    min_linked: float | None
    max_linked: float | None
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    after: tuple[str, ...]
    before: tuple[str, ...]
    since: datetime.date | None
    until: datetime.date | None
    confidence: Confidence
    state: State
    anchors: tuple[Anchor, ...]
    digit: bool

    @property
    def pack(self) -> str:
        """The pack the rule belongs to: its id without its name."""
        return self.id.rpartition("/")[0]

    @property
    def language(self) -> str:
        """First part of the pack: a language code, "any" or "sites"."""
        return self.id.partition("/")[0]


class Site(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What a site file says besides its rules; selectors are XPath."""

    pack: str
    hosts: tuple[str, ...]
    extends: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    prune: tuple[str, ...] = ()
    category: Category = "navigation"

    @property
    def prune_id(self) -> str:
        """What stands as the rule for what the site prunes."""
        return f"{self.pack}/prune"


class Language(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """The words of one language, folded."""

    language: str
    related_headings: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    name_words: tuple[str, ...] = ()
    and_words: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    date_words: tuple[str, ...] = ()
    reading_time: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
