"""The main calls: `clean`, `clean_text`, and `Cleaner` that is built once and used for any number of pages."""

from __future__ import annotations

import datetime
import os
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlsplit

from cleanarticle.article import Article, PageSource
from cleanarticle.categories import CATEGORIES
from cleanarticle.document import Document, text_document
from cleanarticle.errors import ExtractionError
from cleanarticle.evidence import Evidence
from cleanarticle.extraction import Extraction, ExtractionOptions, PageMetadata, extract
from cleanarticle.many import ErrorMode, PageError, clean_many
from cleanarticle.matching import Matcher, Session, Units
from cleanarticle.page import PageNodes
from cleanarticle.proposals import Proposal, Spans
from cleanarticle.recovery import recovered
from cleanarticle.ruleset import RuleSet, Site, default_rules
from cleanarticle.settling import Removal, is_anything_left, settle
from cleanarticle.structure import DETECTORS, FITTED, Structure, pruned
from cleanarticle.vocabulary import Vocabulary

_NOTHING_KNOWN = PageMetadata()
_MAX_ROUNDS = 3  # rules that ask for neighbours can make neighbours of each other


class Cleaner:
    """Strips from pages what is not their article. Immutable once built; picklable; safe to use from several threads.

    `extra_rules` are layered over the shipped ones; `rules` replaces the shipped ones. `keep_categories` names
    categories that stay in the text. `disable` switches off categories, languages ("en"), packs ("en/promo"), rules
    ("en/newsletter/sign-up") or detectors ("structure/headline"), also with wildcards ("*/promo/*"). `languages`
    restricts the rules to these languages and those that hold for all; by default all are used. The other options are
    trafilatura's: `tables` are part of the text; `links`, `images` show in the formats that have them; `comments` of
    readers; `favor_precision`, `favor_recall`.

    Raises ValueError for a category, language or pattern that names nothing, TypeError for what is no set of rules or names.
    """

    def __init__(
        self,
        *,
        extra_rules: RuleSet | None = None,
        rules: RuleSet | None = None,
        keep_categories: Collection[str] = (),
        disable: Collection[str] = (),
        languages: Collection[str] | None = None,
        tables: bool = True,
        images: bool = False,
        links: bool = False,
        comments: bool = False,
        favor_precision: bool = False,
        favor_recall: bool = False,
    ) -> None:
        _check_sets(rules=rules, extra_rules=extra_rules)
        base = default_rules() if rules is None else rules
        everything = base if extra_rules is None else base | extra_rules
        _check_names(everything, keep_categories, disable, languages)
        self._options = ExtractionOptions(
            tables=tables,
            images=images,
            links=links,
            comments=comments,
            favor_precision=favor_precision,
            favor_recall=favor_recall,
        )
        self._keep = frozenset(keep_categories)
        self._disable = tuple(sorted(disable))
        self._rules = everything.select(languages=languages, disable=disable, keep_categories=self._keep)

    def __getstate__(self) -> dict[str, Any]:
        # what was made ready for scanning is made again where the cleaner arrives
        return {name: value for name, value in self.__dict__.items() if name in ("_options", "_keep", "_disable", "_rules")}

    @property
    def rules(self) -> RuleSet:
        """The rules in use."""
        return self._rules

    @cached_property
    def rules_version(self) -> str:
        """Digest of the rules in use and the version of trafilatura: results with the same one are comparable."""
        from trafilatura import __version__ as trafilatura_version

        return f"{self._rules.version}+trafilatura-{trafilatura_version}"

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._rules)

    @cached_property
    def _structure(self) -> Structure:
        # the fitted model does not tell categories apart: where some are kept it could remove what is to stay
        some_stay = self._keep or not CATEGORIES.isdisjoint(self._disable)
        return Structure(self._rules.languages, disable=(*self._disable, FITTED) if some_stay else self._disable)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._rules.vocabulary)

    @cached_property
    def _abbreviations(self) -> frozenset[str]:
        return self._rules.words("abbreviations")

    def clean(self, html: Any, url: str | None = None) -> Article:
        """The article of a page.

        `html` is a str, bytes in any encoding, or an lxml tree (which is not changed); `url` tells which site rules
        hold and which links are internal. Raises ExtractionError when there is no article, TypeError for other types.
        """
        site, evidence = self._read(html, url)
        source = PageSource.of(html, url, self._options, site.body, evidence.metadata.language)
        return self._cleaned(evidence, site, source=source)

    def _read(self, html: Any, url: str | None) -> tuple[Site, Evidence]:
        """The page's site, and what the page tells once the parts of the article that are missing are put back."""
        site = self._rules.site_of(_host(url))
        extraction = extract(html, url, self._options, site.body)
        address = url or extraction.metadata.canonical
        evidence = self._gathered(extraction, extraction.document, address)
        document = recovered(extraction, evidence, self._vocabulary)
        return site, evidence if document is extraction.document else self._gathered(extraction, document, address)

    def _gathered(self, extraction: Extraction, document: Document, url: str) -> Evidence:
        page = PageNodes(extraction.tree, extraction.elements)
        units = Units(document, self._abbreviations, page.select)
        return Evidence(units, extraction.metadata, self._vocabulary, page, url)

    def clean_text(self, text: str, url: str | None = None, title: str | None = None) -> Article:
        """The article in text that another tool extracted, one block a line.

        `url` tells which site rules hold, `title` what a repeated headline looks like. Raises ExtractionError ("empty")
        for text without a word.
        """
        if not isinstance(text, str):
            raise TypeError(f"clean_text takes a str, not {type(text).__name__}: pages as bytes or trees go to clean()")
        if title is not None and not isinstance(title, str):
            raise TypeError(f"the title must be a str or None, not {type(title).__name__}")
        site = self._rules.site_of(_host(url))
        document = text_document(text)
        if not any(char.isalnum() for char in text):
            raise ExtractionError("empty", "there is no word in the text")
        metadata = PageMetadata(titles=(title,)) if title else _NOTHING_KNOWN
        evidence = Evidence(Units(document, self._abbreviations), metadata, self._vocabulary, url=url or "")
        return self._cleaned(evidence, site, title=title or "")

    def _cleaned(self, evidence: Evidence, site: Site, *, source: PageSource | None = None, title: str = "") -> Article:
        units, document = evidence.units, evidence.document
        session = self._matcher.session(units, site, lambda: _date_of(evidence.metadata))
        proposals: list[Proposal] = list(session.proposals)
        if evidence.has_page and site.prune:
            proposals += pruned(units, site)
        structure = self._structure.session(evidence, site.disable)
        proposals += structure.propose()
        proposals += _beside(session, units, proposals)
        proposals = [proposal for proposal in proposals if proposal.category not in self._keep]
        proposals = structure.reconsider(proposals)
        proposals += [proposal for proposal in structure.conclude(proposals) if proposal.category not in self._keep]
        settlement = settle(document, proposals)
        return Article(
            document=document,
            removals=settlement.removals,
            warnings=(*session.warnings, *settlement.warnings, *_nothing_left(document, settlement.removals)),
            rules_version=self.rules_version,
            url=evidence.url,
            page=source,
            withdrawn=settlement.withdrawn,
            near_misses=tuple(session.near_misses),
            given_title=title,
        )

    def clean_many(
        self,
        pages: Iterable[Any],
        workers: int | None = None,
        *,
        errors: ErrorMode = "return",
        metadata: bool = False,
    ) -> Iterator[Article | PageError]:
        """Articles of many pages, in the order given; a page that can't be cleaned gives a PageError in its place.

        `workers` is a number of processes, None for none; `errors` is "return", "raise" or "skip"; with `metadata` the
        workers find title, author and date too. See `cleanarticle.many.clean_many`.
        """
        return clean_many(self, pages, workers, errors, metadata)


def _beside(session: Session, units: Units, proposals: list[Proposal]) -> list[Proposal]:
    """What rules that ask for removed neighbours propose, in rounds since they can ask for each other's."""
    found: list[Proposal] = []
    for _ in range(_MAX_ROUNDS):
        new = session.beside(_removed_as(units, [*proposals, *found]))
        if not new:
            break
        found += new
    return found


def _removed_as(units: Units, proposals: list[Proposal]) -> dict[int, set[str]]:
    """The blocks that would go whole, and as what."""
    starts = [unit.start for unit in units.blocks]
    found: dict[int, set[str]] = {}
    for category in {proposal.category for proposal in proposals}:
        spans = [(proposal.start, proposal.end) for proposal in proposals if proposal.category == category]
        covered = Spans(spans)
        touched = {index for start, end in spans for index in range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end))}
        for index in touched:
            if covered.cover(units.blocks[index].text, starts[index]):
                found.setdefault(index, set()).add(category)
    return found


def _nothing_left(document: Document, removals: Sequence[Removal]) -> tuple[str, ...]:
    """A warning when removals leave no word: never an empty text without one."""
    if is_anything_left(document, removals):
        return ()
    return ("nothing is left: every word of the extracted text was removed",)


def _check_sets(**given: object) -> None:
    for name, value in given.items():
        if isinstance(value, (str, os.PathLike)):
            raise TypeError(f"{name} takes loaded rules, not their path: write {name}=load_rules({os.fspath(value)!r})")
        if value is not None and not isinstance(value, RuleSet):
            raise TypeError(f"{name} takes what load_rules() gives, not {type(value).__name__}: for no rules write RuleSet()")


def _check_names(rules: RuleSet, keep: Collection[str], disable: Collection[str], languages: Collection[str] | None) -> None:
    for name, given in (("keep_categories", keep), ("disable", disable), ("languages", languages)):
        if isinstance(given, str):
            raise ValueError(f"{name} takes a collection of names: write {name}={{{given!r}}}")
        if given is None and name == "languages":
            continue
        if not isinstance(given, Collection):
            raise TypeError(f"{name} takes a collection of names, not {type(given).__name__}: write {name}=set() for none")
        for item in given:
            if not isinstance(item, str):
                raise TypeError(f"{name} takes names, which are texts, not {item!r}")
    for category in keep:
        if category not in CATEGORIES:
            raise ValueError(f"keep_categories: {category!r} is no category: they are {', '.join(sorted(CATEGORIES))}")
    import fnmatch

    for pattern in disable:
        detectors = any(fnmatch.fnmatchcase(detector, pattern) for detector in DETECTORS)
        if not detectors and pattern not in CATEGORIES and not rules.ids_matching(pattern):
            raise ValueError(f"disable: {pattern!r} names no category, language, pack, rule or detector")
    known = {rule.language for rule in rules} | {language.language for language in rules.languages}
    for language in languages or ():
        if language not in known:
            raise ValueError(f"languages: there are no rules for {language!r}; there are for {', '.join(sorted(known - {'any', 'sites'}))}")


def _host(url: str | None) -> str:
    if url is not None and not isinstance(url, str):
        raise TypeError(f"the url must be a str or None, not {type(url).__name__}")
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def _date_of(metadata: PageMetadata) -> datetime.date | None:
    for raw in metadata.published:
        try:
            return datetime.date.fromisoformat(raw[:10])
        except ValueError:
            continue
    return None


@lru_cache(maxsize=1)
def _default_cleaner() -> Cleaner:
    return Cleaner()


def clean(html: Any, url: str | None = None) -> Article:
    """The article of a page, with all shipped rules: `Cleaner().clean(html, url)`.

    >>> page = "<html><body><article><h1>Harbour reopens</h1>" + "<p>The ferry sailed on Monday after nine weeks.</p>" * 3
    >>> article = clean(page + "<p>Sign up for our newsletter.</p></article></body></html>")
    >>> "newsletter" in article.text
    False
    """
    return _default_cleaner().clean(html, url)


def clean_text(text: str, url: str | None = None, title: str | None = None) -> Article:
    """The article in text that another tool extracted, with all shipped rules.

    >>> clean_text("The ferry sails again.\\nSubscribe to our newsletter.").text
    'The ferry sails again.'
    """
    return _default_cleaner().clean_text(text, url, title)
