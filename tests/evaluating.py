"""The evaluation script of the shared folder, for the quality gate and for measurements."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType


def evaluation(shared: Path) -> ModuleType:
    """The evaluation script of the shared folder, as a module; FileNotFoundError when there is none."""
    path = shared / "bench" / "evaluate.py"
    if not path.exists():
        raise FileNotFoundError(path)
    spec = importlib.util.spec_from_file_location("evaluate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["evaluate"] = module
    spec.loader.exec_module(module)
    return module
