"""Measures what each structure detector takes: labelled boilerplate, and body.

    python tests/bench/structure.py --shared ../shared
    python tests/bench/structure.py --shared ../shared --corpus press_dev --show structure/teaser

For each detector and corpus, on the tune part: lines that are labelled boilerplate, lines of the body, and how many of the
boilerplate lines no rule and no other detector takes. With --show the body lines that a detector takes.
"""

from __future__ import annotations

from collections import Counter

from captured import capturing
from corpora import CORPORA, arguments, evaluation, judge_of, tune_pages

from cleanarticle import CleanArticleError, Cleaner
from cleanarticle.structure import DETECTORS


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--show", metavar="DETECTOR", help="print the body lines that this detector takes")
    given = parser.parse_args()
    module = evaluation(given.shared)
    cleaner = Cleaner()
    taken: Counter[tuple[str, str, str]] = Counter()
    alone: Counter[tuple[str, str]] = Counter()
    right_category: Counter[tuple[str, str]] = Counter()
    lines: Counter[tuple[str, str]] = Counter()
    names = given.corpus or list(CORPORA)
    with capturing() as captured:
        for name in names:
            for page in tune_pages(given.shared, name, given.limit):
                try:
                    cleaner.clean(page["html"], page["url"] or None)
                except CleanArticleError:
                    continue
                judge = judge_of(module, page)
                document = captured.document
                for block in document.blocks:
                    text = document.block_text(block)
                    label = judge(text)
                    if not label:
                        continue
                    kind = "body" if label == "body" else "boilerplate"
                    lines[name, kind] += 1
                    by = {p.rule: p.category for p in captured.proposals if p.start <= block.start and block.end <= p.end}
                    for detector in by.keys() & DETECTORS:
                        taken[detector, name, kind] += 1
                        alone[detector, name] += kind == "boilerplate" and len(by) == 1
                        right_category[detector, name] += by[detector] == label
                        if kind == "body" and detector == given.show:
                            print(f"BODY {page['id']}: {text[:160]}")
    for name in names:
        print(f"\n{name}: {lines[name, 'boilerplate']} boilerplate lines, {lines[name, 'body']} body lines")
        print(f"  {'':30} boilerplate  alone  category right   body  body per 1,000")
        for detector in sorted(DETECTORS):
            boilerplate, body = taken[detector, name, "boilerplate"], taken[detector, name, "body"]
            right, per_thousand = right_category[detector, name], 1000 * body / max(1, lines[name, "body"])
            print(f"  {detector:30} {boilerplate:11} {alone[detector, name]:6} {right:15} {body:6} {per_thousand:15.2f}")


if __name__ == "__main__":
    main()
