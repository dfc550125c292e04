"""cleanarticle: just the article, and an account of everything else.

    >>> from cleanarticle import clean_text
    >>> article = clean_text("The ferry sails again.\\nSubscribe to our newsletter.")
    >>> article.text
    'The ferry sails again.'
    >>> article.removals[0].category
    'newsletter'
"""

from cleanarticle._version import __version__
from cleanarticle.article import Article, Explanation
from cleanarticle.categories import CATEGORIES
from cleanarticle.cleaner import Cleaner, Page, PageError, clean, clean_text
from cleanarticle.document import Block, Document, Kind, Node, Origin
from cleanarticle.errors import CleanArticleError, ExtractionError, Problem, RuleFileError
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
    "__version__",
    "clean",
    "clean_text",
    "load_rules",
]
