"""What a page's JSON-LD says of the article; often broken, sometimes hostile, so nothing here raises or takes long."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

MAX_CHARS = 1_000_000
"""Scripts longer than this are skipped: long articles given in full stay below a tenth of it."""
MAX_NODES = 5_000

_TEXT = {
    "headline": "titles",
    "alternativeHeadline": "titles",
    "description": "descriptions",
    "articleSection": "sections",
    "datePublished": "published",
    "inLanguage": "language",
    "articleBody": "article_body",
    "author": "authors",
    "creator": "authors",
    "publisher": "site_names",
}
# what is said of these is not said of the article, but their names tell who made it
_NAMED = {
    "Organization": "site_names",
    "NewsMediaOrganization": "site_names",
    "WebSite": "site_names",
    "Person": "authors",
}
_NESTED = frozenset(("@graph", "mainEntity", "mainEntityOfPage", "breadcrumb"))
_HALF_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


def linked_data(text: str) -> Iterator[tuple[str, str]]:
    """What one script says, as pairs of a field of `PageMetadata` and a value; a script that can't be read says nothing."""
    queue: list[Any] = [_json(text)] if len(text) <= MAX_CHARS else []
    for _ in range(MAX_NODES):
        if not queue:
            return
        node = queue.pop(0)
        if isinstance(node, list):
            queue[:0] = node[:MAX_NODES]
        elif isinstance(node, dict):
            kinds = list(_strings(node.get("@type")))
            yield from (("types", kind) for kind in kinds)
            if field := next((_NAMED[kind] for kind in kinds if kind in _NAMED), None):
                yield from ((field, name) for name in _strings(node.get("name")))
            elif "BreadcrumbList" in kinds:
                yield from (("sections", name) for name in _breadcrumbs(node.get("itemListElement")))
            else:
                for key, value in node.items():
                    if field := _TEXT.get(key):
                        yield from ((field, item) for item in _strings(value))
                    elif key in _NESTED:
                        queue.append(value)


def _json(text: str) -> Any:
    """What a script holds, forgiving line breaks in strings, comment signs and semicolons around; None if it is broken."""
    try:
        return msgspec.json.decode(text)
    except (ValueError, RecursionError):
        pass
    if "\\ud" in text or "\\uD" in text:
        text = _HALF_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text)
    for attempt in (text, text.strip().removeprefix("<!--").removesuffix("-->").rstrip("; \n\t")):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _strings(value: Any) -> Iterator[str]:
    """The strings that a value is, lists, or names."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            name = item.get("name")
            yield from (part for part in (name if isinstance(name, list) else [name]) if isinstance(part, str))


def _breadcrumbs(value: Any) -> Iterator[str]:
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            item = entry.get("item")
            name = entry.get("name") or (item.get("name") if isinstance(item, dict) else None)
            if isinstance(name, str):
                yield name
