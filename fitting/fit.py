"""Fits the trees of `cleanarticle/scoring` to labelled pages.

    pip install -e '.[fit]'
    python fitting/fit.py --corpora ../shared/corpora               # on the part that rules are written from
    python fitting/fit.py --corpora ../shared/corpora --part all    # on everything, once the figures on check are noted

Every line of a page is one case: its numbers (`scoring/features.py`), what the rules removed, and whether it is the article's.
Where the trees decide is chosen on sites that a fit had not seen (in turns, a fifth of the sites at a time): see `LOST`. What is
printed are the figures there; with --part tune also those on check, where the trees and the threshold come from tune alone.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import msgspec
import numpy as np

import cleanarticle.scoring
from cleanarticle import CleanArticleError, Cleaner
from cleanarticle.corpus import CorpusPage, Gold, read_corpus
from cleanarticle.scoring import LINE, REMOVED, Features, Trees
from cleanarticle.settling import kept_lines

CORPORA = ("news_dev", "press_dev", "world_dev", "blogs_dev")
READ_IN_FULL = ("press_dev", "world_dev")  # every line was read: what has no label is the article's
LOST = 0.0002  # share of the article's lines that the trees may remove
FOLDS = 5
TREES = 60
SETTINGS: dict[str, Any] = {
    "objective": "binary", "num_leaves": 8, "learning_rate": 0.15, "min_data_in_leaf": 30, "feature_fraction": 0.4,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 2, "seed": 1, "deterministic": True, "force_row_wise": True,
    "num_threads": 2, "verbose": -1,
}  # fmt: skip
WEIGHT_LEFT = 2.0  # of lines that rules leave and should not
# More of these never makes a line less likely to be something else (1), or more (-1).
MONOTONE = {
    **dict.fromkeys(("gone-2", "gone-1", "gone+1", "gone+2", "path_gone", "parent_gone"), 1),
    **dict.fromkeys(("body", "real"), -1),
}


class Case(NamedTuple):
    """A line: its numbers, whether it is the article's (0), is not (1) or nobody knows (-1), and what rules did with it."""

    numbers: list[float]
    answer: int
    may_go: bool
    gone: bool
    corpus: str
    site: str
    part: str


def cases(page: CorpusPage, corpus: str, cleaner: Cleaner) -> Iterator[Case]:
    """The lines of a page."""
    try:
        site, evidence = cleaner._read(page.html, page.url or None)
    except CleanArticleError:
        return
    article = cleaner._cleaned(evidence, site)
    kept = kept_lines(article.document, article.removals)
    gone = [index for index, line in enumerate(kept) if line is None]
    features = Features(evidence)
    removed = features.removed(gone)
    gold = Gold(page)
    labels = {line.strip(): category for line, category in page.labels.items()}
    for block in evidence.blocks:
        if not block.key:
            continue
        category = labels.get(block.text.strip())
        is_body = gold.has(block.text)
        if category is None:
            answer = 0 if is_body or corpus in READ_IN_FULL else -1
        elif category == "mixed" or (category != "body" and is_body):
            answer = -1
        else:
            answer = 0 if category == "body" else 1
        numbers = [*map(float, features.line(block.index)), *map(float, removed.line(block.index))]
        yield Case(
            numbers,
            answer,
            features.may_go(block.index) and removed.is_near(block.index),
            block.index in gone,
            corpus,
            page.site,
            page.part,
        )


def fit(numbers: Any, answers: Any, weights: Any, names: Sequence[str]) -> Any:
    """A fitted booster."""
    monotone = [MONOTONE.get(name, 0) for name in names]
    settings = {**SETTINGS, "monotone_constraints": monotone, "monotone_constraints_method": "advanced"}
    return lightgbm.train(settings, lightgbm.Dataset(numbers, answers, weight=weights), TREES)


def calibrated(scores: Any, answers: Any) -> tuple[float, float]:
    """Scale and offset that turn scores into log-odds: a logistic regression on one number, by Newton's method."""
    scale, offset = 1.0, 0.0
    design = np.stack([scores, np.ones_like(scores)], axis=1)
    for _ in range(50):
        p = 1 / (1 + np.exp(-(scale * scores + offset)))
        hessian = (design * (p * (1 - p))[:, None]).T @ design
        step = np.linalg.solve(hessian, design.T @ (answers - p))
        scale, offset = scale + step[0], offset + step[1]
    return float(scale), float(offset)


def written(booster: Any, names: Sequence[str], scale: float, offset: float, threshold: float) -> dict[str, Any]:
    """Trees as `scoring/trees.py` reads them."""
    grown = [info["tree_structure"] for info in booster.dump_model()["tree_info"]]
    trees = [columns(tree) for tree in grown if "split_index" in tree]
    return {"names": list(names), "scale": rounded(scale), "offset": rounded(offset), "threshold": rounded(threshold), "trees": trees}


def columns(tree: dict[str, Any]) -> dict[str, list[Any]]:
    """A tree as columns, its root first: see `scoring.trees.Tree`."""
    found: dict[str, list[Any]] = {name: [] for name in ("asked", "most", "left", "right", "values", "leaves")}

    def walk(node: dict[str, Any]) -> int:
        if "split_index" not in node:
            found["leaves"].append(rounded(node["leaf_value"]))
            return -len(found["leaves"])
        at = len(found["asked"])
        found["asked"].append(node["split_feature"])
        found["most"].append(node["threshold"])
        found["values"].append(rounded(node["internal_value"]))
        found["left"].append(0)
        found["right"].append(0)
        found["left"][at], found["right"][at] = walk(node["left_child"]), walk(node["right_child"])
        return at

    walk(tree)
    return found


def rounded(value: float) -> float:
    """Six digits: enough for weights, not for what numbers are compared with."""
    return float(f"{value:.6g}") if abs(value) > 1e-9 else 0.0


def save(content: dict[str, Any], path: Path) -> None:
    """One tree a line, so that a change can be read."""
    head = {key: value for key, value in content.items() if key != "trees"}
    lines = ",\n".join("  " + json.dumps(tree, separators=(",", ":")) for tree in content["trees"])
    path.write_text(json.dumps(head, indent=1)[:-2] + ',\n "trees": [\n' + lines + "\n ]\n}\n", encoding="utf-8")


def main() -> None:
    """Reads, fits, tells and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder of the labelled corpora")
    parser.add_argument("--part", choices=["tune", "all"], default="tune")
    parser.add_argument("--out", type=Path, default=Path(cleanarticle.scoring.__file__).with_name("trees.json"))
    args = parser.parse_args()
    cleaner = Cleaner(disable={"structure/fitted"})
    found = [
        case for corpus in CORPORA for page in read_corpus(args.corpora / f"{corpus}.jsonl.gz") for case in cases(page, corpus, cleaner)
    ]
    numbers = np.array([case.numbers for case in found])
    answers, gone, may_go, site, part, corpus = (
        np.array([getattr(case, name) for case in found]) for name in ("answer", "gone", "may_go", "site", "part", "corpus")
    )
    known = (answers >= 0) & ((part == "tune") | (args.part == "all"))
    print(f"{len(found)} lines, fitted on {known.sum()}")
    names = (*LINE, *REMOVED)
    weights = np.where((answers == 1) & ~gone, WEIGHT_LEFT, 1.0)
    folds = np.array([zlib.crc32(name.encode()) % FOLDS for name in site])
    scores = np.zeros(len(found))
    for fold in range(FOLDS):
        train = known & (folds != fold)
        scores[folds == fold] = fit(numbers[train], answers[train], weights[train], names).predict(numbers[folds == fold], raw_score=True)
    asked = ~gone & may_go
    scale, offset = calibrated(scores[known & asked], answers[known & asked])
    scores = np.where(asked, scale * scores + offset, -np.inf)
    threshold = float(np.quantile(scores[known & ~gone & (answers == 0)], 1 - LOST, method="higher"))
    booster = fit(numbers[known], answers[known], weights[known], names)
    content = written(booster, names, scale, offset, threshold)
    save(content, args.out)
    trees = msgspec.convert(content, Trees)
    unseen = np.where(asked, scale * booster.predict(numbers, raw_score=True) + offset, -np.inf)
    told = [trees.score(case.numbers) for case, is_asked in zip(found, asked, strict=True) if is_asked]
    assert np.abs(np.array(told) - unseen[asked]).max() < 1e-3, "the trees that were written say something else"
    print(f"threshold {threshold:.2f}, a probability of {1 / (1 + np.exp(-threshold)):.3f}")
    report("sites left out", scores > threshold, known & ~gone, answers, corpus)
    if args.part == "tune":
        report("check", unseen > threshold, (answers >= 0) & (part == "check") & ~gone, answers, corpus)


def report(where: str, hit: Any, left: Any, answers: Any, corpus: Any) -> None:
    """Prints how many of the lines that rules leave are hit, of those that are the article's and of those that are not."""
    for one in (*CORPORA, "all"):
        here = left & ((corpus == one) | (one == "all"))
        other, body = here & (answers == 1), here & (answers == 0)
        print(
            f"  {where:14} {one:10} goes: {(hit & other).sum()} of {other.sum()} lines that are not the article's, "
            f"{(hit & body).sum()} of {body.sum()} that are"
        )


if __name__ == "__main__":
    main()
