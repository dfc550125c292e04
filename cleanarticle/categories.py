"""The twenty categories of what is not the article. Their names are part of the public API."""

from __future__ import annotations

from typing import Final, Literal, get_args

Category = Literal[
    "newsletter",
    "promo",
    "paywall",
    "related",
    "social",
    "comments",
    "credit",
    "caption",
    "byline",
    "attribution",
    "author_bio",
    "disclaimer",
    "copyright",
    "company_boilerplate",
    "contact",
    "advertisement",
    "consent",
    "navigation",
    "embed",
    "headline",
]
CATEGORIES: Final[frozenset[str]] = frozenset(get_args(Category))
