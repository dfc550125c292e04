"""Many pages: in order, read as they are needed, in this process or in several. A bad page never ends the run."""

from __future__ import annotations

import contextlib
import pickle
import traceback
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from cleanarticle.errors import CleanArticleError

if TYPE_CHECKING:
    from cleanarticle.article import Article
    from cleanarticle.cleaner import Cleaner

ErrorMode = Literal["return", "raise", "skip"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page for `clean_many`: `id` is whatever tells the caller which one it was, and never leaves this process."""

    html: Any
    url: str | None = None
    id: Any = None


@dataclass(frozen=True, slots=True)
class PageError:
    """A page that could not be cleaned, and why. It always pickles: what of it does not is replaced by its description."""

    id: Any
    url: str | None
    error: Exception

    def __reduce__(self) -> tuple[type[PageError], tuple[Any, str | None, Exception]]:
        return PageError, (self.id if _pickles(self.id) else repr(self.id), self.url, portable(self.error))


class WorkerError(CleanArticleError):
    """The process that cleaned a page died over it, twice: memory ran out, or a library crashed."""


def clean_many(
    cleaner: Cleaner,
    pages: Iterable[Any],
    workers: int | None = None,
    errors: ErrorMode = "return",
    metadata: bool = False,
) -> Iterator[Article | PageError]:
    """Articles of many pages, in the order given.

    `pages` are str, bytes or `Page`, read only as far ahead as the workers need, so that they can be endless. `workers`
    None or 1 cleans in this process, more in so many processes. Every exception that a page causes becomes its
    `PageError`: `errors` says whether that stands in the page's place ("return"), is left out ("skip") or is raised
    ("raise"). With `metadata` the title, author and date are found in the worker, where they cost this process nothing.

    Returns an iterator of `Article` and, for "return", `PageError`. Raises ValueError and TypeError for wrong options at
    once, a page's exception when `errors` is "raise", RuntimeError when processes can't be started, and whatever `pages`
    raises, after the results of what came before.

    >>> from cleanarticle import Cleaner, Page
    >>> page = "<html><body><article><h1>Harbour reopens</h1>" + "<p>The ferry sailed on Monday after nine weeks.</p>" * 3
    >>> for result in clean_many(Cleaner(), [Page(page, id="ferry"), Page("no markup", id="note")]):
    ...     print(f"{result.id}: {result.error}" if isinstance(result, PageError) else result.title)
    Harbour reopens
    note: this is plain text, not HTML: use clean_text() for text that was already extracted
    """
    if isinstance(pages, (str, bytes, bytearray, Page)):
        raise TypeError(f"clean_many takes an iterable of pages, not one {type(pages).__name__}: use clean() for one page")
    if errors not in get_args(ErrorMode):
        raise ValueError(f"errors is one of {', '.join(map(repr, get_args(ErrorMode)))}, not {errors!r}")
    if workers is not None and (not isinstance(workers, int) or workers < 1):
        raise ValueError(f"workers is a number of processes of 1 or more, or None, not {workers!r}")
    source = (page if isinstance(page, Page) else Page(page) for page in iter(pages))
    if workers is None or workers == 1:
        return _delivered(_in_this_process(cleaner, source, errors, metadata), errors)
    from cleanarticle.workers import in_processes  # multiprocessing takes time to import

    return _delivered(in_processes(cleaner, source, workers, metadata), errors)


def _delivered(results: Generator[Article | PageError], errors: ErrorMode) -> Iterator[Article | PageError]:
    with contextlib.closing(results):
        for result in results:
            if not isinstance(result, PageError) or errors == "return":
                yield result
            elif errors == "raise":
                raise result.error


def _in_this_process(cleaner: Cleaner, pages: Iterable[Page], errors: ErrorMode, metadata: bool) -> Generator[Article | PageError]:
    for page in pages:
        result = cleaned(cleaner, page.html, page.url, metadata)
        if not isinstance(result, Exception):
            yield result
            continue
        if errors == "return":
            _forget_locals(result)
        yield PageError(page.id, page.url, result)


def cleaned(cleaner: Cleaner, html: Any, url: str | None, metadata: bool) -> Article | Exception:
    """The article of one page, or the exception that it caused."""
    try:
        article = cleaner.clean(html, url)
        if metadata:
            _ = article.metadata  # found here, it travels with the article
    except Exception as error:
        return error
    return article


def _forget_locals(error: BaseException | None) -> None:
    """Frees the pages and trees that the traceback of a kept exception holds on to."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def portable(error: Exception) -> Exception:
    """The exception, or one that describes it when it can't be pickled."""
    if _pickles(error):
        return error
    try:
        described = f"{type(error).__name__}: {error}"
    except Exception:
        described = type(error).__name__
    substitute = CleanArticleError(described)
    for note in getattr(error, "__notes__", ()):
        substitute.add_note(str(note))
    return substitute


def _pickles(value: Any) -> bool:
    try:
        pickle.loads(pickle.dumps(value))
    except Exception:
        return False
    return True
