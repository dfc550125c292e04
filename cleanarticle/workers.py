"""Processes that clean pages, and what happens when one of them dies.

A process that is killed takes the whole pool with it. The pages that were in flight are then cleaned once more, each
alone in a pool of one: those that kill that pool too are at fault, and nothing is lost of the others.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from cleanarticle.errors import CleanArticleError
from cleanarticle.many import Page, PageError, WorkerError, cleaned, portable

if TYPE_CHECKING:
    from cleanarticle.article import Article
    from cleanarticle.cleaner import Cleaner

_AHEAD = 4  # pages in flight for each worker: none is idle while a slow page is waited for, or the caller is busy
_KILLED = "the process that cleaned this page was killed, and so was a second one that had only this page"
_NOT_STARTED = (
    "worker processes end before they clean a page. In a script, call clean_many under `if __name__ == '__main__':`, or use workers=1"
)


@dataclass(slots=True)
class _InFlight:
    """A page on its way; without a future it was never sent."""

    page: Page
    future: Future[Article | Exception] | None = None

    @property
    def is_done(self) -> bool:
        return self.future is None or self.future.done()

    @property
    def is_lost(self) -> bool:
        return self.future is None or (self.future.done() and isinstance(self.future.exception(), BrokenProcessPool))

    def result(self) -> Article | PageError:
        assert self.future is not None
        try:
            result = self.future.result()
        except BrokenProcessPool:
            raise
        except Exception as error:  # the page could not be sent, or its article could not be sent back
            result = error
        return PageError(self.page.id, self.page.url, result) if isinstance(result, Exception) else result


def in_processes(cleaner: Cleaner, pages: Iterable[Page], workers: int, metadata: bool) -> Generator[Article | PageError]:
    """Results of the pages in order. What `pages` raises is raised after the results of the pages before."""
    source = iter(pages)
    failure: Exception | None = None
    ended = False
    pool = _Pool(cleaner, workers, metadata)
    try:
        while True:
            room = _AHEAD * workers - len(pool.waiting)
            for added in range(room):
                # one page for each result keeps the workers busy; more only while there is nothing to hand over
                if ended or (added and pool.waiting[0].is_done):
                    break
                try:
                    page = next(source)
                except StopIteration:
                    ended = True
                except Exception as error:
                    ended, failure = True, error
                else:
                    pool.add(page)
            if not pool.waiting:
                break
            yield pool.take()
        if failure is not None:
            raise failure
    finally:
        pool.close()


class _Pool:
    """A pool of processes, and the pages on their way through it, oldest first."""

    def __init__(self, cleaner: Cleaner, workers: int, metadata: bool) -> None:
        self._cleaner = cleaner
        self._workers = workers
        self._metadata = metadata
        self._executor: ProcessPoolExecutor | None = None
        self.waiting: deque[_InFlight] = deque()

    def add(self, page: Page) -> None:
        """Sends a page to the workers."""
        flight = _InFlight(page)
        self.waiting.append(flight)
        if self._executor is None:
            self._executor = self._started(self._workers)
        with contextlib.suppress(BrokenProcessPool):  # take() sees to it
            flight.future = self._sent(self._executor, page)

    def take(self) -> Article | PageError:
        """The result of the oldest page, when it is there."""
        flight = self.waiting[0]
        if flight.future is not None:
            flight.future.exception()
        if flight.is_lost:
            self._recover()
        self.waiting.popleft()
        return flight.result()

    def close(self) -> None:
        """Ends the processes once they are through with the pages they are at."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _started(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, initializer=_start, initargs=(self._cleaner, self._metadata))

    def _sent(self, executor: ProcessPoolExecutor, page: Page) -> Future[Article | Exception]:
        return executor.submit(_work, _sendable(page.html), page.url)

    def _recover(self) -> None:
        """Cleans every page that was lost with the pool, one by one."""
        if self._executor is not None:
            self._executor.shutdown()
            self._executor = None
        alone: ProcessPoolExecutor | None = None
        try:
            for flight in self.waiting:
                if not flight.is_lost:
                    continue
                if alone is None:
                    alone = self._started(1)
                    try:
                        alone.submit(os.getpid).result()
                    except BrokenProcessPool:
                        raise RuntimeError(_NOT_STARTED) from None
                flight.future = self._sent(alone, flight.page)
                if isinstance(flight.future.exception(), BrokenProcessPool):
                    flight.future = Future()
                    flight.future.set_result(WorkerError(_KILLED))
                    alone.shutdown()
                    alone = None
        finally:
            if alone is not None:
                alone.shutdown()


def _sendable(html: Any) -> Any:
    """A page in a form that can be sent: trees as their markup."""
    if isinstance(html, memoryview):
        return bytes(html)
    if hasattr(html, "getroot") or hasattr(html, "getroottree"):
        from lxml.html import tostring

        tree = html.getroot() if hasattr(html, "getroot") else html
        return tostring(tree, encoding="unicode", with_tail=False)
    return html


# what follows runs in the workers

_cleaner: Cleaner | None = None
_metadata = False


def _start(cleaner: Cleaner, metadata: bool) -> None:
    global _cleaner, _metadata
    _cleaner, _metadata = cleaner, metadata
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent sees to the end of it
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends this process when its parent was killed: nobody would tell it to."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(html: Any, url: str | None) -> Article | Exception:
    assert _cleaner is not None
    result = cleaned(_cleaner, html, url, _metadata)
    if not isinstance(result, Exception):
        return result
    if not isinstance(result, CleanArticleError):
        # where it happened does not survive the way to the parent otherwise
        result.add_note("".join(traceback.format_exception(result)))
    return portable(result)
