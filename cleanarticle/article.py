"""The result of cleaning: the kept text, and every removal with its reason."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Literal

import msgspec

from cleanarticle.categories import CATEGORIES
from cleanarticle.document import Block, Document, Node
from cleanarticle.folding import fold
from cleanarticle.proposals import Proposal
from cleanarticle.ruleset import default_rules, names
from cleanarticle.settling import Removal, kept_lines, kept_text
from cleanarticle.structure import DETECTORS

Format = Literal["markdown", "html", "xml"]
SCHEMA = 1  # version of the form of `to_dict` and `to_json`


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says of itself. Fields that it does not tell are empty."""

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a block stands or went.

    `removals` are those that touch it, `withdrawn` proposals that the guard took back, `near_misses` ids of rules whose
    words are there while their conditions (place, kind, links) are not met. `origin` leads from the block's element to
    the page's root.
    """

    text: str
    kept: str
    block: Block
    origin: tuple[Node, ...]
    removals: tuple[Removal, ...]
    withdrawn: tuple[Proposal, ...]
    near_misses: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"{'kept' if self.kept == self.text else 'removed' if not self.kept else 'kept in part'}: {self.text}"]
        lines += [f"  removed by {r.rule} ({r.category}): {r.reason}{_evidence(r.evidence)}" for r in self.removals]
        lines += [f"  {p.rule} ({p.category}) was withdrawn by the guard: {p.reason}" for p in self.withdrawn]
        lines += [f"  {rule} has the words, but not the place, kind or links it asks for" for rule in self.near_misses]
        if not (self.removals or self.withdrawn or self.near_misses):
            lines.append("  no rule and no detector asked for it")
        if self.origin:
            lines.append("  from " + " < ".join(map(_node_name, self.origin[:6])))
        return "\n".join(lines)


def _evidence(evidence: tuple[str, ...]) -> str:
    return f" [{'; '.join(evidence)}]" if evidence else ""


def _node_name(node: Node) -> str:
    return node.tag + (f"#{node.id}" if node.id else "") + "".join(f".{name}" for name in node.classes.split()[:3])


@dataclass(frozen=True, slots=True)
class PageSource:
    """The page an article was made from, kept so that metadata and formats can be made when they are asked for."""

    source: str | bytes
    url: str | None
    options: Any
    body: tuple[str, ...] = ()
    language: str = ""

    @classmethod
    def of(cls, page: Any, url: str | None, options: Any, body: tuple[str, ...], language: str) -> PageSource:
        """The source for a page as it was given; a tree is written out, since its owner may change it later."""
        if isinstance(page, (str, bytes)):
            return cls(page, url, options, body, language)
        if isinstance(page, (bytearray, memoryview)):
            return cls(bytes(page), url, options, body, language)
        from lxml.html import tostring

        tree = page.getroot() if hasattr(page, "getroot") else page
        return cls(tostring(tree, encoding="unicode"), url, options, body, language)

    def __reduce__(self) -> tuple[Any, ...]:
        is_text = isinstance(self.source, str)
        data = self.source.encode("utf-8", "surrogatepass") if isinstance(self.source, str) else self.source
        return _unpacked, (is_text, zlib.compress(data, 1), self.url, self.options, self.body, self.language)


def _unpacked(is_text: bool, packed: bytes, url: str | None, options: Any, body: tuple[str, ...], language: str) -> PageSource:
    data = zlib.decompress(packed)
    return PageSource(data.decode("utf-8", "surrogatepass") if is_text else data, url, options, body, language)


def _plain(removal: Removal) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(removal)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in plain.items()}


def _is_meant(removal: Removal, name: str | Removal) -> bool:
    if isinstance(name, Removal):
        return (removal.rule, removal.start, removal.end) == (name.rule, name.start, name.end)
    return removal.category == name or names(name, removal.rule)


def _is_known(name: str | Removal) -> bool:
    if isinstance(name, Removal):
        return False
    return name in CATEGORIES or any(fnmatchcase(detector, name) for detector in DETECTORS) or bool(default_rules().ids_matching(name))


def _unknown(name: str | Removal) -> str:
    if isinstance(name, Removal):
        return f"what {name.rule!r} removed at {name.start} is no removal of this article: take one of its own"
    return (
        f"{name!r} names no category, detector or shipped rule, and no rule that removed something from this article: "
        f"categories are {', '.join(sorted(CATEGORIES))}"
    )


@dataclass(frozen=True)
class Article:
    """An article: `text` is the body and nothing else; `removals` say what was taken from `document` and why.

    Immutable and picklable. Offsets count code points of `document.text`.
    """

    document: Document = field(repr=False)
    removals: tuple[Removal, ...] = ()
    warnings: tuple[str, ...] = ()
    rules_version: str = ""
    url: str = ""
    page: PageSource | None = field(default=None, repr=False)
    withdrawn: tuple[Proposal, ...] = field(default=(), repr=False)
    near_misses: tuple[tuple[str, int], ...] = field(default=(), repr=False)
    given_title: str = field(default="", repr=False)
    restored: tuple[Removal, ...] = field(default=(), repr=False)

    @cached_property
    def text(self) -> str:
        """The body, its blocks joined by newlines; no newline at the end."""
        return kept_text(self.document, self.removals)

    @property
    def title(self) -> str:
        """Title of the article as the page gives it, "" when it does not."""
        return self.given_title or self.metadata.title

    @property
    def author(self) -> str:
        """Authors, joined by "; ", "" when the page names none."""
        return self.metadata.author

    @property
    def date(self) -> str:
        """Date of publication as YYYY-MM-DD, "" when the page gives none."""
        return self.metadata.date

    @property
    def language(self) -> str:
        """ISO 639-1 code of the page's language as it declares it, "" when it does not."""
        return self.page.language if self.page is not None else ""

    @cached_property
    def metadata(self) -> Metadata:
        """Title, author, date, language and address; found when first asked for."""
        if self.page is None:
            return Metadata(title=self.given_title, url=self.url)
        from cleanarticle.extraction import full_metadata, parse

        found = full_metadata(parse(self.page.source, self.page.options.max_chars), self.page.url)
        return Metadata(
            title=found.title or "",
            author=found.author or "",
            date=found.date or "",
            language=self.page.language,
            url=self.url or found.url or "",
        )

    def restore(self, *names: str | Removal) -> Article:
        """The same article with removals put back: all that these names stand for, or single ones.

        A name is what `Cleaner(disable=…)` takes: a category, language, pack, rule or detector, also with wildcards. What
        is back already stays. Raises ValueError for a name of no category and no detector that fits neither a removal of
        this article nor a shipped rule, and for a removal of another article.

        >>> from cleanarticle import clean_text
        >>> article = clean_text("The ferry sails again, the council says.\\nSubscribe to our newsletter.")
        >>> article.restore("en/newsletter/*") == article.restore("newsletter") == article.restore(article.removals[0])
        True
        """
        removed = (*self.removals, *self.restored)
        for name in names:
            if not any(_is_meant(removal, name) for removal in removed) and not _is_known(name):
                raise ValueError(_unknown(name))
        back = tuple(removal for removal in self.removals if any(_is_meant(removal, name) for name in names))
        if not back:
            return self
        kept = tuple(removal for removal in self.removals if removal not in back)
        return replace(self, removals=kept, restored=tuple(sorted((*self.restored, *back), key=lambda removal: removal.start)))

    def explain(self, words: str) -> list[Explanation]:
        """Why the blocks that contain these words stand or went; all blocks for "". Case and typography are ignored."""
        wanted = " ".join(fold(words).text.split())
        kept = kept_lines(self.document, self.removals)
        found = []
        for index, block in enumerate(self.document.blocks):
            text = self.document.block_text(block)
            if wanted not in " ".join(fold(text).text.split()):
                continue
            found.append(
                Explanation(
                    text=text,
                    kept=kept[index] or "",
                    block=block,
                    origin=tuple(self.document.ancestors(block)),
                    removals=tuple(r for r in self.removals if r.start < block.end and block.start < r.end),
                    withdrawn=tuple(p for p in self.withdrawn if p.start < block.end and block.start < p.end),
                    near_misses=tuple(rule for rule, at in self.near_misses if at == index),
                )
            )
        return found

    def to_markdown(self) -> str:
        """The article as Markdown, as trafilatura writes it."""
        return self._rendered("markdown")

    def to_html(self) -> str:
        """The article as HTML, as trafilatura writes it."""
        return self._rendered("html")

    def to_xml(self) -> str:
        """The article as XML, as trafilatura writes it."""
        return self._rendered("xml")

    def to_dict(self) -> dict[str, Any]:
        """Text, metadata, blocks and removals with offsets, of plain types."""
        document = self.document
        return {
            "schema": SCHEMA,
            **{key: getattr(self.metadata, key) for key in ("author", "date", "language", "url")},
            "title": self.title,
            "text": self.text,
            "extracted": document.text,
            "blocks": [{"kind": b.kind.value, "start": b.start, "end": b.end, "recovered": b.recovered} for b in document.blocks],
            "removals": [_plain(removal) for removal in self.removals],
            "warnings": list(self.warnings),
            "rules_version": self.rules_version,
        }

    def to_json(self, indent: int = 0) -> str:
        """`to_dict` as JSON, pretty-printed when `indent` is above 0."""
        try:
            encoded = msgspec.json.encode(self.to_dict())
        except UnicodeEncodeError:  # lone surrogates have no UTF-8: they are escaped
            encoded = json.dumps(self.to_dict()).encode("ascii")
        return (msgspec.json.format(encoded, indent=indent) if indent else encoded).decode()

    def _rendered(self, output_format: Format) -> str:
        from cleanarticle.render import render_article

        told = self.metadata if output_format == "xml" else None
        return render_article(output_format, self.document, [(r.start, r.end) for r in self.removals], self.page, told)
