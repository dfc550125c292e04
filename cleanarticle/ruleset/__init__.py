"""Rule sets: what is loaded from rule files, which of it is used, and how sets are layered.

>>> rules = default_rules()
>>> len(rules) > 100
True
"""

from __future__ import annotations

import fnmatch
import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec

from cleanarticle._version import __version__
from cleanarticle.categories import CATEGORIES
from cleanarticle.errors import Problem, RuleFileError
from cleanarticle.ruleset import cache
from cleanarticle.ruleset.files import contents, rule_files
from cleanarticle.ruleset.hosts import ascii_host
from cleanarticle.ruleset.loading import compile_patterns, read_files
from cleanarticle.ruleset.model import Language, Rule, Site
from cleanarticle.ruleset.patterns import Programs
from cleanarticle.ruleset.shapes import parsed_pattern

__all__ = ["Language", "Rule", "RuleSet", "Site", "default_rules", "load_rules", "shipped_folder"]

Vocabulary = tuple[tuple[str, tuple[str, ...]], ...]
_NO_SITE = Site(pack="", hosts=())


def names(pattern: str, rule_id: str) -> bool:
    """Whether a pattern names a rule: its id, language or pack, or one of these with wildcards.

    >>> [names(pattern, "en/promo/book") for pattern in ("en", "en/promo", "*/book", "en/pro")]
    [True, True, True, False]
    """
    return rule_id == pattern or rule_id.startswith(pattern + "/") or ("*" in pattern and fnmatch.fnmatchcase(rule_id, pattern))


@dataclass(frozen=True)
class RuleSet:
    """Rules, site descriptions and language words that are used together. Immutable and picklable.

    `programs` holds compiled patterns, so that they need not be compiled again; a pattern may be missing there.
    """

    rules: tuple[Rule, ...] = ()
    sites: tuple[Site, ...] = ()
    languages: tuple[Language, ...] = ()
    vocabulary: Vocabulary = ()
    programs: Programs = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.rules)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __reduce__(self) -> tuple[type[RuleSet], tuple[object, ...]]:
        return RuleSet, (self.rules, self.sites, self.languages, self.vocabulary, self.programs)

    def __or__(self, other: RuleSet) -> RuleSet:
        """Both sets together, `other` layered over this one; RuleFileError when an id stands in both."""
        mine = {rule.id for rule in self.rules}
        twice = [
            Problem(rule.pack, rule.id, "this id is used by another rule set too: rename yours") for rule in other.rules if rule.id in mine
        ]
        if twice:
            raise RuleFileError(twice)
        return _ordered(
            [*self.rules, *other.rules],
            [*self.sites, *other.sites],
            [*self.languages, *other.languages],
            [*self.vocabulary, *other.vocabulary],
            {**self.programs, **other.programs},
        )

    @cached_property
    def version(self) -> str:
        """Digest of everything in the set: two sets with the same version remove the same."""
        return hashlib.sha256(msgspec.msgpack.encode((self.rules, self.sites, self.languages, self.vocabulary))).hexdigest()[:12]

    def words(self, key: str) -> frozenset[str]:
        """The words of all languages under one key of `language.toml`, folded."""
        return frozenset(word for language in self.languages for word in getattr(language, key))

    def ids_matching(self, pattern: str) -> frozenset[str]:
        """Ids that a pattern names: a category, a language ("en"), a pack ("en/promo"), a rule, or either with wildcards."""
        if pattern in CATEGORIES:
            return frozenset(rule_id for rule_id, category in self._categories.items() if category == pattern)
        return frozenset(rule_id for rule_id in self._categories if names(pattern, rule_id))

    @cached_property
    def _categories(self) -> dict[str, str]:
        """The category of each rule, and of what each site prunes, by id."""
        pruned: dict[str, str] = {site.prune_id: site.category for site in self.sites if site.prune}
        return pruned | {rule.id: rule.category for rule in self.rules}

    def select(
        self,
        *,
        languages: Collection[str] | None = None,
        disable: Collection[str] = (),
        keep_categories: Collection[str] = (),
        states: Collection[str] = ("stable",),
    ) -> RuleSet:
        """The rules that are used: of these languages (all when None; "any" and sites always), less what is switched off."""
        off = self._ids(disable)
        used = None if languages is None else {"any", "sites", *languages}
        return replace(
            self,
            rules=tuple(
                rule
                for rule in self.rules
                if rule.id not in off
                and rule.category not in keep_categories
                and rule.state in states
                and (used is None or rule.language in used)
            ),
            sites=tuple(msgspec.structs.replace(site, prune=()) if site.prune_id in off else site for site in self.sites),
        )

    def _ids(self, patterns: Iterable[str]) -> frozenset[str]:
        return frozenset(rule_id for pattern in patterns for rule_id in self.ids_matching(pattern))

    @cached_property
    def _sites_by_host(self) -> dict[str, Site]:
        return {host: site for site in self.sites for host in site.hosts}

    def site_of(self, host: str) -> Site:
        """The site description for a host name, those it extends merged in; an empty one when there is none."""
        host = ascii_host(host)
        while host:
            if host in self._sites_by_host:
                return self._merged(self._sites_by_host[host].pack)
            host = host.partition(".")[2]
        return _NO_SITE

    @cached_property
    def _sites_by_pack(self) -> dict[str, Site]:
        return {site.pack: site for site in reversed(self.sites)}

    def _merged(self, pack: str) -> Site:
        """A site with all it extends; `extends` of the result names every pack whose rules hold. What one disables prunes nothing."""
        parts = list(self._with_extended(pack))
        disable = tuple(dict.fromkeys(pattern for part in parts for pattern in part.disable))
        off = self._ids(disable)
        return Site(
            pack=pack,
            hosts=parts[0].hosts,
            extends=tuple(part.pack for part in parts),
            disable=disable,
            body=next((part.body for part in parts if part.body), ()),
            prune=tuple(dict.fromkeys(selector for part in parts if part.prune_id not in off for selector in part.prune)),
            category=parts[0].category,
        )

    def _with_extended(self, pack: str) -> Iterator[Site]:
        """A site and those it extends, each once, each before those that it extends in turn."""
        seen: set[str] = set()
        waiting = [pack]
        while waiting:
            site = self._sites_by_pack.get(waiting.pop())
            if site is not None and site.pack not in seen:
                seen.add(site.pack)
                yield site
                waiting += reversed(site.extends)


def _ordered(
    rules: Iterable[Rule],
    sites: Iterable[Site],
    languages: Iterable[Language],
    vocabulary: Iterable[tuple[str, Iterable[str]]],
    programs: Programs,
) -> RuleSet:
    """A rule set in which the order of files plays no part."""
    groups: dict[str, set[str]] = {}
    for group, names in vocabulary:
        groups.setdefault(group, set()).update(names)
    return RuleSet(
        tuple(sorted(rules, key=lambda rule: rule.id)),
        _layered_sites(sites),
        tuple(sorted(languages, key=lambda language: (language.language, msgspec.msgpack.encode(language)))),
        tuple((group, tuple(sorted(names))) for group, names in sorted(groups.items())),
        programs,
    )


def _layered_sites(sites: Iterable[Site]) -> tuple[Site, ...]:
    """One site a pack: a later file of a pack adds to the earlier one, and its choice of the body comes first."""
    layered: dict[str, Site] = {}
    for site in sites:
        below = layered.get(site.pack, Site(pack=site.pack, hosts=()))
        layered[site.pack] = Site(
            pack=site.pack,
            category=site.category,
            **{
                key: tuple(dict.fromkeys((*getattr(site, key), *getattr(below, key))))
                for key in ("hosts", "extends", "disable", "body", "prune")
            },
        )
    return tuple(layered[pack] for pack in sorted(layered))


def load_rules(*paths: str | os.PathLike[str]) -> RuleSet:
    """Rules from files and folders (every `.toml` in them, at any depth).

    Raises RuleFileError that names every problem in every file, or a path that does not exist or can't be read.
    """
    return _compiled([file for path in paths for file in contents(Path(path))])


def shipped_folder() -> Path:
    """Where the rule files that come with the library stand."""
    return Path(__file__).parent.parent / "rules"


@lru_cache(maxsize=1)
def default_rules() -> RuleSet:
    """The rules that come with the library."""
    folder = shipped_folder()
    files = [(str(file.relative_to(folder)), file.read_bytes()) for file in rule_files(folder)]
    return _compiled(files)


def _compiled(files: list[tuple[str, bytes]]) -> RuleSet:
    """Rules of the files, from the cache where they are known."""
    key = cache.digest(files, __version__)
    stored = cache.read(key)
    if stored is None:
        loaded = read_files(files)
        compile_patterns(loaded)
        parsed_pattern.cache_clear()
        if loaded.problems:
            raise RuleFileError(loaded.problems)
        rules = _ordered(loaded.rules, loaded.sites, loaded.languages, loaded.vocabulary.items(), loaded.programs)
        stored = cache.Compiled(rules.rules, rules.sites, rules.languages, rules.vocabulary, loaded.programs)
        cache.write(key, stored)
    return RuleSet(stored.rules, stored.sites, stored.languages, stored.vocabulary, stored.programs)
