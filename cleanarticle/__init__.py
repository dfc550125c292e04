"""cleanarticle: just the article, and an account of everything else.

>>> from cleanarticle import clean_text
>>> article = clean_text("The ferry sails again.\\nSubscribe to our newsletter.")
>>> article.text
'The ferry sails again.'
>>> article.removals[0].category
'newsletter'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cleanarticle._version import __version__

if TYPE_CHECKING:
    from cleanarticle.article import Article, Explanation
    from cleanarticle.categories import CATEGORIES
    from cleanarticle.cleaner import Cleaner, clean, clean_text
    from cleanarticle.document import Block, Document, Kind, Node, Origin
    from cleanarticle.errors import CleanArticleError, ExtractionError, Problem, RuleFileError
    from cleanarticle.many import Page, PageError, WorkerError
    from cleanarticle.ruleset import RuleSet, load_rules
    from cleanarticle.settling import Removal

__all__ = [
    "CATEGORIES",
    "Article",
    "Block",
    "CleanArticleError",
    "Cleaner",
    "Document",
    "Explanation",
    "ExtractionError",
    "Kind",
    "Node",
    "Origin",
    "Page",
    "PageError",
    "Problem",
    "Removal",
    "RuleFileError",
    "RuleSet",
    "WorkerError",
    "__version__",
    "clean",
    "clean_text",
    "load_rules",
]

# Where the public names live. They are imported when first used, so that `cleanarticle --help` need not wait for trafilatura.
_HOMES = {
    "article": ("Article", "Explanation"),
    "categories": ("CATEGORIES",),
    "cleaner": ("Cleaner", "clean", "clean_text"),
    "document": ("Block", "Document", "Kind", "Node", "Origin"),
    "errors": ("CleanArticleError", "ExtractionError", "Problem", "RuleFileError"),
    "many": ("Page", "PageError", "WorkerError"),
    "ruleset": ("RuleSet", "load_rules"),
    "settling": ("Removal",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
