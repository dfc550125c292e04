"""The evaluation of the shared folder, run once for all gates."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import measuring
import pytest


@pytest.fixture(scope="session")
def evaluation(shared: Path) -> ModuleType:
    """The evaluation script of the shared folder, as a module."""
    try:
        return measuring.evaluation(shared)
    except FileNotFoundError as error:
        pytest.skip(f"needs the evaluation script: there is no {error}")


@pytest.fixture(scope="session")
def figures(evaluation: ModuleType) -> measuring.Figures:
    """Figures of each corpus, whole and by part."""
    return measuring.measure(evaluation)
