"""The evaluation of the shared folder, run once for all gates."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CORPORA = ("news_dev", "press_dev", "world_dev", "blogs_dev")


@pytest.fixture(scope="session")
def evaluation(shared: Path) -> ModuleType:
    """The evaluation script of the shared folder, as a module."""
    path = shared / "bench" / "evaluate.py"
    if not path.exists():
        pytest.skip(f"needs the evaluation script: there is no {path}")
    spec = importlib.util.spec_from_file_location("evaluate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["evaluate"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def figures(evaluation: ModuleType) -> dict[str, dict[str, Any]]:
    """Figures of each corpus: `all`, and `removed` of the parts `tune` and `check`. Each page is cleaned once."""
    found: dict[str, dict[str, Any]] = {}
    for name in CORPORA:
        pages = list(evaluation.load(name))
        texts: dict[tuple[str, str, str], str | Exception] = {}

        def remembered(extractor: str, extract: Any, texts: dict[tuple[str, str, str], str | Exception] = texts) -> Any:
            def call(html: str, url: str) -> str:
                key = (extractor, html, url)
                if key not in texts:
                    try:
                        texts[key] = extract(html, url)
                    except Exception as error:  # the evaluation counts failures by their type
                        texts[key] = error
                result = texts[key]
                if isinstance(result, Exception):
                    raise result
                return result

            return call

        extractors = {
            "trafilatura": remembered("trafilatura", evaluation.trafilatura_text),
            "cleanarticle": remembered("cleanarticle", evaluation.cleanarticle_text),
        }
        parts = {part: [page for page in pages if evaluation.in_part(page, part)] for part in ("tune", "check")}
        found[name] = {"all": evaluation.evaluate(pages, extractors)}
        for part, chosen in parts.items():
            found[name][part] = evaluation.evaluate(chosen, extractors)
    return found
