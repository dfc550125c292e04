"""Measures how many blocks are traced to the element that they came from.

    python tests/bench/provenance.py --shared ../shared
    python tests/bench/provenance.py --shared ../shared --corpus blogs_dev --part tune --show 20

The truth: a copy of each page gets a rare letter (CJK Extension B) before every text that holds a letter or digit, each
element its own letter (the text after a child belongs to the element around it). trafilatura delivers the same
text but for those letters on nearly all pages, and the letters tell which elements a line is made of; the
innermost element holding them all is where it came from. Blocks of the unmarked page are compared with that.

A block counts as traced when its origin is that element, or one that no words tell apart from it: the words of both
are the same, and so are the words of what stands around them. Exits with 1 below 98.5 % in any corpus.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import sys
from collections import Counter
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

from lxml.html import HtmlElement
from trafilatura import extract as trafilatura_extract

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cleanarticle.errors import ExtractionError
from cleanarticle.extraction import Extraction, extract, parse

FLOOR = 0.985
FIRST, LAST = 0x20000, 0x2A6D0
MARK = re.compile(f"[{chr(FIRST)}-{chr(LAST)}]")
WORDS = re.compile(r"[^\W_]")
SKIPPED = ("script", "style", "head", "title")


def marked(tree: HtmlElement) -> tuple[HtmlElement, list[HtmlElement]]:
    """A copy with a letter in front of each text, and the elements of the tree in the order of their letters."""
    copy = deepcopy(tree)
    elements = list(tree.iter("*"))
    for number, element in enumerate(copy.iter("*")):
        letter = chr(FIRST + number)
        if element.tag not in SKIPPED and element.text and WORDS.search(element.text):
            element.text = put(letter, element.text)
        for child in element:
            if child.tail and WORDS.search(child.tail):
                child.tail = put(letter, child.tail)
    return copy, elements


def put(letter: str, text: str) -> str:
    """The letter goes to the end of the first word, so that what begins and ends a text stays as it is."""
    place = WORDS.search(text)
    assert place is not None
    return text[: place.end()] + letter + text[place.end() :]


def common(elements: list[HtmlElement]) -> HtmlElement:
    chains = [[element, *element.iterancestors()][::-1] for element in elements]
    level = [steps[0] for steps in zip(*chains, strict=False) if all(step is steps[0] for step in steps)]
    return level[-1]


def words(element: HtmlElement | None) -> str:
    return "" if element is None else "".join(WORDS.findall("".join(element.itertext())))


def same_text_around(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether no words tell two elements apart: neither their own, nor those of the element around them."""
    if words(one) != words(other):
        return False
    return one in other.iterancestors() or other in one.iterancestors() or words(one.getparent()) == words(other.getparent())


def measure(pages: list[dict[str, Any]], show: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for page in pages:
        url = page["url"] or None
        try:
            tree = parse(page["html"])
            result = extract(tree, url)
        except ExtractionError:
            counts["refused"] += 1
            continue
        if len(list(tree.iter("*"))) > LAST - FIRST:
            counts["too many elements"] += 1
            continue
        copy, elements = marked(result.tree)
        text = trafilatura_extract(copy, url=url, include_comments=False) or ""
        counts["pages"] += 1
        if MARK.sub("", text) != result.document.text:
            counts["differed"] += 1
            continue
        for line, block in zip(text.split("\n"), result.document.blocks, strict=True):
            letters = dict.fromkeys(MARK.findall(line))
            if not letters:
                counts["no marker"] += bool(line.strip())
                continue
            counts["blocks"] += 1
            truth = common([elements[ord(letter) - FIRST] for letter in letters])
            origin = result.elements[block.origin.node] if block.origin is not None else None
            if origin is truth:
                counts["exact"] += 1
                counts["traced"] += 1
            elif origin is not None and same_text_around(origin, truth):
                counts["traced"] += 1
            elif show > 0:
                show -= 1
                report(page, result, block, truth, origin)
    return counts


def report(page: dict[str, Any], result: Extraction, block: Any, truth: HtmlElement, origin: HtmlElement | None) -> None:
    path = result.tree.getroottree().getpath
    print(f"  {page['id']}: {result.document.block_text(block)[:100]!r}")
    print(f"      is from {path(truth)}")
    print(f"      traced  {path(origin) if origin is not None else None}")


def load_evaluate(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("evaluate", shared / "bench" / "evaluate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder that holds bench/ and corpora/")
    parser.add_argument("--corpus", action="append", help="name of a corpus; news_dev and press_dev if not given")
    parser.add_argument("--part", choices=["tune", "check"], help="only that part of the sites")
    parser.add_argument("--limit", type=int, help="only the first N pages of each corpus")
    parser.add_argument("--show", type=int, default=0, help="print so many blocks that are not traced; of tune only")
    args = parser.parse_args()
    if args.show and args.part != "tune":
        parser.error("--show goes with --part tune: nobody looks at the rest")
    evaluate = load_evaluate(args.shared)
    failed = False
    for name in args.corpus or ["news_dev", "press_dev"]:
        pages = [page for page in evaluate.load(name) if evaluate.in_part(page, args.part)][: args.limit]
        counts = measure(pages, args.show)
        share = counts["traced"] / (counts["blocks"] or 1)
        failed |= share < FLOOR
        print(
            f"{name}: {counts['pages']} pages compared, {counts['differed']} differed when marked, {counts['refused']} refused, "
            f"{counts['blocks']} blocks with a marker ({counts['no marker']} without), "
            f"traced {share:.2%}, to the very element {counts['exact'] / (counts['blocks'] or 1):.2%}",
            flush=True,
        )
    sys.exit(failed)


if __name__ == "__main__":
    main()
