"""Many pages: in order, lazily, whatever happens to one of them, with and without worker processes."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml.html import fromstring

import cleanarticle
from cleanarticle import Article, CleanArticleError, Cleaner, ExtractionError, Page, PageError, RuleSet, WorkerError
from cleanarticle.document import text_document
from cleanarticle.many import clean_many

WORKERS = [None, 2]
STORY = "The lighthouse at Orrin was painted in a single night, and nobody on the island will say who held the brush or paid for it."


def page(number: int) -> str:
    return f"<html><body><article><h1>Number {number}</h1>" + f"<p>{number}: {STORY}</p>" * 4 + "</article></body></html>"


class TroubleError(Exception):
    """An exception that pickles and can't be unpickled."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{what} in {where}")


class Scripted:
    """Stands in for a Cleaner: does what the page says."""

    def clean(self, html: str, url: str | None = None) -> Article:
        verb, _, rest = html.partition(" ")
        if verb == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        elif verb == "die-once":
            if not Path(rest).exists():
                Path(rest).touch()
                os.kill(os.getpid(), signal.SIGKILL)
        elif verb == "sleep":
            time.sleep(float(rest))
        elif verb == "trouble":
            raise TroubleError("a leak", "the cellar")
        elif verb == "divide":
            raise ZeroDivisionError(rest)
        elif verb == "interrupt":
            raise KeyboardInterrupt
        elif verb == "unsendable":
            return Article(text_document(html), page=threading.Lock())  # type: ignore[arg-type]
        return Article(text_document(html), url=f"pid:{os.getpid()}")


def scripted(pages: Any, workers: int | None, **options: Any) -> list[Any]:
    return [r.text if isinstance(r, Article) else r for r in clean_many(Scripted(), pages, workers, **options)]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner(rules=RuleSet())


@pytest.mark.parametrize("workers", [None, 1, 2])
def test_results_come_in_the_order_of_the_pages(cleaner: Cleaner, workers: int | None) -> None:
    results = list(cleaner.clean_many((page(number) for number in range(20)), workers))
    assert [r.text.partition(":")[0].split()[-1] for r in results if isinstance(r, Article)] == [str(n) for n in range(20)]


def test_the_number_of_workers_changes_nothing(cleaner: Cleaner) -> None:
    pages = [page(1), page(2).encode(), Page(page(3), url="https://orrin.example/3"), fromstring(page(4)), "", "just text", 17]
    alone, together = (list(cleaner.clean_many(pages, workers)) for workers in (1, 3))
    for one, other in zip(alone, together, strict=True):
        if isinstance(one, Article) and isinstance(other, Article):
            assert one.to_dict() == other.to_dict()
        else:
            assert isinstance(one, PageError)
            assert isinstance(other, PageError)
            assert (type(one.error), str(one.error)) == (type(other.error), str(other.error))


def test_a_slow_page_keeps_its_place() -> None:
    assert scripted(["sleep 0.3", "a", "b", "c"], 2) == ["sleep 0.3", "a", "b", "c"]


@pytest.mark.parametrize("workers", WORKERS)
def test_endless_pages_are_read_only_as_far_as_needed(workers: int | None) -> None:
    read = 0

    def endless() -> Iterator[str]:
        nonlocal read
        for number in itertools.count():
            read += 1
            yield f"page {number}"

    results = clean_many(Scripted(), endless(), workers)  # type: ignore[arg-type]
    assert read == 0
    taken = [r.text for r in itertools.islice(results, 30) if isinstance(r, Article)]
    assert taken == [f"page {number}" for number in range(30)]
    assert read <= 30 + 4 * (workers or 0)
    results.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("workers", WORKERS)
def test_an_error_stands_in_its_page_s_place(cleaner: Cleaner, workers: int | None) -> None:
    pages = [page(1), Page("no markup at all", url="https://orrin.example/note", id=("row", 7)), page(3)]
    first, bad, last = cleaner.clean_many(pages, workers)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, PageError)
    assert (bad.id, bad.url) == (("row", 7), "https://orrin.example/note")
    assert isinstance(bad.error, ExtractionError)
    assert bad.error.reason == "not_html"


@pytest.mark.parametrize("workers", WORKERS)
def test_errors_can_be_skipped_or_raised(workers: int | None) -> None:
    pages = ["a", "divide by zero", "b"]
    assert scripted(pages, workers, errors="skip") == ["a", "b"]
    results = clean_many(Scripted(), pages, workers, errors="raise")  # type: ignore[arg-type]
    assert isinstance(next(results), Article)
    with pytest.raises(ZeroDivisionError, match="by zero"):
        next(results)
    assert list(results) == []
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("workers", WORKERS)
def test_an_interrupt_is_no_page_error(workers: int | None) -> None:
    with pytest.raises(KeyboardInterrupt):
        scripted(["a", "interrupt"], workers)


def test_a_killed_worker_costs_only_its_page() -> None:
    pages = [Page(f"page {n}" if n not in (3, 7) else "die", url="u", id=n) for n in range(20)]
    results = scripted(pages, 2)
    assert [r for r in results if isinstance(r, str)] == [f"page {n}" for n in range(20) if n not in (3, 7)]
    dead = [r for r in results if isinstance(r, PageError)]
    assert [d.id for d in dead] == [3, 7]
    assert all(isinstance(d.error, WorkerError) and d.url == "u" for d in dead)


def test_a_page_whose_worker_was_killed_from_outside_is_cleaned_after_all(tmp_path: Path) -> None:
    once = f"die-once {tmp_path / 'mark'}"
    assert scripted(["a", once, "b"], 2) == ["a", once, "b"]


def test_when_every_page_kills_its_worker_every_page_is_an_error() -> None:
    assert [type(r.error) for r in scripted(["die"] * 5, 2)] == [WorkerError] * 5


def test_unexpected_errors_of_workers_tell_where_they_happened() -> None:
    (result,) = scripted(["divide by zero"], 2)
    assert isinstance(result.error, ZeroDivisionError)
    assert "in clean" in "".join(result.error.__notes__)


@pytest.mark.parametrize("workers", WORKERS)
def test_page_errors_always_pickle(workers: int | None) -> None:
    lock = threading.Lock()
    (result,) = scripted([Page("trouble", id=lock)], workers)
    assert result.id is lock
    copy = pickle.loads(pickle.dumps(result))
    assert type(copy.error) is CleanArticleError
    assert str(copy.error) == "TroubleError: a leak in the cellar"
    assert copy.id == repr(lock)


def test_what_can_t_be_sent_is_that_page_s_error() -> None:
    results = scripted(["a", Page(threading.Lock(), id="lock"), "unsendable", "b"], 2)
    assert [r if isinstance(r, str) else type(r.error) for r in results] == ["a", TypeError, TypeError, "b"]


@pytest.mark.parametrize("workers", WORKERS)
def test_what_the_pages_raise_comes_after_the_results_before_it(workers: int | None) -> None:
    def broken() -> Iterator[str]:
        yield "a"
        yield "b"
        raise OSError("the disk is gone")

    results = clean_many(Scripted(), broken(), workers)  # type: ignore[arg-type]
    assert [r.text for r in itertools.islice(results, 2) if isinstance(r, Article)] == ["a", "b"]
    with pytest.raises(OSError, match="disk is gone"):
        next(results)


@pytest.mark.parametrize("workers", WORKERS)
def test_metadata_is_found_where_the_page_is_cleaned(cleaner: Cleaner, workers: int | None) -> None:
    for wanted in (False, True):
        (article,) = cleaner.clean_many([page(5)], workers, metadata=wanted)
        assert isinstance(article, Article)
        assert ("metadata" in article.__dict__) is wanted
        assert article.title == "Number 5"


def test_kept_errors_do_not_keep_the_page() -> None:
    (result,) = scripted(["divide by zero"], None)
    frame = result.error.__traceback__.tb_next.tb_frame
    assert frame.f_locals == {}


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"pages": "<p>one page</p>"}, TypeError, "use clean"),
        ({"pages": b"<p>one page</p>"}, TypeError, "use clean"),
        ({"pages": Page("<p>one page</p>")}, TypeError, "use clean"),
        ({"pages": 5}, TypeError, "iterable"),
        ({"errors": "ignore"}, ValueError, "'skip'"),
        ({"workers": 0}, ValueError, "workers"),
        ({"workers": "2"}, ValueError, "workers"),
    ],
)
def test_wrong_options_are_refused_at_once(options: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        clean_many(Scripted(), **{"pages": [], **options})  # type: ignore[arg-type]


def run_script(folder: Path, *last_lines: str) -> subprocess.CompletedProcess[str]:
    """Runs a script of its own: `run()` cleans pages with two workers and calls `see` with each result."""
    script = folder / "script.py"
    story = "<p>The lighthouse was painted in a single night, and nobody will say who held the brush.</p>"
    lines = [
        "import multiprocessing, os",
        "from cleanarticle import Cleaner, RuleSet",
        "def see(result): print(type(result).__name__, flush=True)",
        "def run():",
        f"    pages = ['<html><body><article>{story * 4}</article></body></html>'] * 20",
        "    for result in Cleaner(rules=RuleSet()).clean_many(pages, workers=2): see(result)",
        *last_lines,
    ]
    script.write_text("\n".join(lines))
    environment = os.environ | {"PYTHONPATH": str(Path(cleanarticle.__file__).parent.parent)}
    return subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=120, check=False, env=environment)


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_every_way_to_start_processes_works(method: str, tmp_path: Path) -> None:
    done = run_script(tmp_path, "if __name__ == '__main__':", f"    multiprocessing.set_start_method({method!r})", "    run()")
    assert done.stdout.split() == ["Article"] * 20, done.stderr


def test_a_script_without_a_main_guard_is_told_what_to_do(tmp_path: Path) -> None:
    done = run_script(tmp_path, "multiprocessing.set_start_method('spawn', force=True)", "run()")
    assert done.returncode == 1
    # behind the error Python may warn of what the killed workers could not give back
    said = [line for line in done.stderr.splitlines() if "resource_tracker" not in line]
    assert "__name__ == '__main__'" in said[-1], done.stderr


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    done = run_script(
        tmp_path,
        "def see(result):",
        "    print(*(child.pid for child in multiprocessing.active_children()), flush=True)",
        "    os.kill(os.getpid(), 9)",
        "if __name__ == '__main__': run()",
    )
    workers = [Path(f"/proc/{pid}/stat") for pid in done.stdout.split()]
    assert len(workers) == 2
    deadline = time.monotonic() + 20
    while any(worker.exists() and ") Z " not in worker.read_text() for worker in workers):
        assert time.monotonic() < deadline, "the workers live on"
        time.sleep(0.05)
