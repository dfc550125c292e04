"""Corpora: many pages on disk, with the article's text where somebody wrote it down.

A corpus is a folder of `*.html` files, each with its text in a `.txt` file beside it where there is one, or a file of JSON
lines (`.jsonl`, also `.gz`), one object a page: `html`, and if known `url`, `id`, `gold` (the article's lines, as a list or one
text), `labels` (what single lines are: a category, or "body") and `language`.
"""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from cleanarticle.errors import CleanArticleError
from cleanarticle.evidence import squeeze

Part = Literal["tune", "check"]
_CHECK_SHARE = 3  # one in so many sites is held back for measuring
_SHORT = 3  # letters of a second-level domain that is no name: co.uk, com.au, org.br
_MIN_PIECE = 20  # letters from which a piece of a line is told from an accident


class CorpusError(CleanArticleError):
    """A corpus can't be read; the message names the file, the line, and what is expected there."""


class _Line(msgspec.Struct):
    html: str
    url: str | None = None
    id: str | None = None
    gold: list[str] | str | None = None
    labels: dict[str, str] = {}
    language: str = ""


@dataclass(frozen=True, slots=True)
class CorpusPage:
    """A page of a corpus. `gold` is the article line by line, None when nobody wrote it down."""

    id: str
    html: str | bytes
    url: str | None = None
    gold: tuple[str, ...] | None = None
    labels: dict[str, str] = field(default_factory=dict)
    language: str = ""

    @property
    def site(self) -> str:
        """The site's domain, near enough; for a page without an address the beginning of its id.

        Told without the list of public suffixes, so that a new list moves no page from one part to the other.
        """
        host = urlsplit(self.url or "").hostname
        if not host:
            return self.id.split("/")[0]
        names = host.split(".")
        has_no_name = len(names) > 2 and len(names[-1]) == 2 and len(names[-2]) <= _SHORT
        return ".".join(names[-3:] if has_no_name else names[-2:])

    @property
    def part(self) -> Part:
        """ "check" for the pages of a third of the sites: rules are measured on them, and never written from them."""
        return "check" if hashlib.sha256(self.site.encode()).digest()[0] % _CHECK_SHARE == 0 else "tune"


class Gold:
    """What a page's article is, to be asked of lines.

    >>> gold = Gold(CorpusPage("a", "", gold=("The ferry sails again on Monday.",)))
    >>> gold.has("The ferry sails again on Monday"), gold.has("Share this")
    (True, False)
    """

    def __init__(self, page: CorpusPage) -> None:
        is_known = {squeeze(line): category for line, category in page.labels.items()}
        body = {squeeze(line) for line in page.gold or ()} | {key for key, category in is_known.items() if category == "body"}
        # the same words once as the article's, once as something else, tell nothing
        self._lines = {key for key in body if key and is_known.get(key, "body") == "body"}
        self._text = "\n".join(self._lines)

    def has(self, text: str) -> bool:
        """Whether one of the lines of a text is the article's, whole or as a piece of one."""
        keys = map(squeeze, text.splitlines())
        return any(key and (key in self._lines or (len(key) >= _MIN_PIECE and key in self._text)) for key in keys)


def read_corpus(path: Path) -> Iterator[CorpusPage]:
    """The pages of a corpus, one after the other. Raises CorpusError for what can't be read."""
    try:
        if path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.is_file() and _is_corpus_file(file))
            if not files:
                raise CorpusError(f"{path}: there is no .html, .jsonl or .jsonl.gz file in this folder")
            for file in files:
                yield from _pages(file, file.relative_to(path).with_suffix("").as_posix())
        else:
            yield from _pages(path, path.stem)
    except (OSError, EOFError) as error:
        raise CorpusError(f"{path}: can't be read ({getattr(error, 'strerror', None) or error})") from error


def _is_corpus_file(file: Path) -> bool:
    return file.suffix in (".html", ".htm") or _is_lines(file)


def _is_lines(file: Path) -> bool:
    return file.name.endswith((".jsonl", ".jsonl.gz"))


def _pages(file: Path, name: str) -> Iterator[CorpusPage]:
    if not _is_lines(file):
        text = file.with_suffix(".txt")
        gold = tuple(text.read_text(encoding="utf-8").splitlines()) if text.is_file() else None
        yield CorpusPage(name, file.read_bytes(), gold=gold)
        return
    decoder = msgspec.json.Decoder(_Line)
    with _opened(file) as lines:
        for number, content in enumerate(lines, 1):
            if not content.strip():
                continue
            try:
                line = decoder.decode(content)
            except (msgspec.MsgspecError, UnicodeError) as error:
                raise CorpusError(f'{file}: line {number}: {error}: write one object a line, such as {{"html": "…"}}') from error
            lines_of_gold = line.gold.splitlines() if isinstance(line.gold, str) else line.gold
            known = None if lines_of_gold is None else tuple(lines_of_gold)
            yield CorpusPage(line.id or f"{name}:{number}", line.html, line.url, known, line.labels, line.language)


def _opened(file: Path) -> gzip.GzipFile | io.BufferedReader:
    return gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb")
