"""What all tests share: where the labelled corpora are, how Hypothesis searches, and a cache folder of their own."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SHARED_VARIABLE = "CLEANARTICLE_SHARED"

# The same examples in every run, so that a failure is about the change at hand; HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--shared",
        metavar="PATH",
        default=os.environ.get(SHARED_VARIABLE),
        help=f"folder with bench/, corpora/ and seed/, which are not part of the project (default: ${SHARED_VARIABLE})",
    )


@pytest.fixture(scope="session")
def shared(request: pytest.FixtureRequest) -> Path:
    """The folder of labelled corpora; the test is skipped where there is none."""
    given = request.config.getoption("--shared")
    if not given:
        pytest.skip(f"needs the labelled corpora: give their folder with --shared PATH or {SHARED_VARIABLE}")
    path = Path(given).resolve()
    if not path.is_dir():
        pytest.skip(f"needs the labelled corpora: there is no folder {given}")
    return path


def _cache_folder() -> Path:
    """A folder for rules cached by the code as it is now: other code, whose cache may differ, has another."""
    total = hashlib.sha256()
    for file in sorted((Path(__file__).resolve().parent.parent / "cleanarticle").rglob("*.py")):
        total.update(file.read_bytes())
    return Path(tempfile.gettempdir()) / f"cleanarticle-tests-{total.hexdigest()[:16]}"


@pytest.fixture(scope="session", autouse=True)
def cache_of_the_tests() -> Iterator[None]:
    """Shipped rules are cached for the tests alone; small rule sets of single tests are not kept (see `helpers.load`)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(_cache_folder()))
        yield
