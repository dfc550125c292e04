"""Measures where the guard should stand: how much of the text goes, page by page, and how often that is right.

    python tests/bench/guard.py --shared ../shared

For each share: the pages of the tune part of which more would go without a guard; those of them of which, by the labels, no
body line would go; and what withdrawing the uncertain proposals on these pages keeps, body lines and boilerplate lines.
`GUARD_SHARE` in settling.py is chosen by these figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from captured import capturing
from corpora import CORPORA, arguments, evaluation, judge_of, percentiles, tune_pages

from cleanarticle import CleanArticleError, Cleaner
from cleanarticle.document import Document
from cleanarticle.settling import Removal

SHARES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def lines_gone(document: Document, removals: Sequence[Removal]) -> set[str]:
    """The blocks that go whole."""
    gone = set()
    for block in document.blocks:
        taken = sum(max(0, min(removal.end, block.end) - max(removal.start, block.start)) for removal in removals)
        if taken and taken >= len(document.block_text(block).strip()):
            gone.add(document.block_text(block))
    return gone


def main() -> None:
    given = arguments(__doc__).parse_args()
    module = evaluation(given.shared)
    cleaner = Cleaner()
    exceeding: Counter[float] = Counter()
    right: Counter[float] = Counter()
    body_saved: Counter[float] = Counter()
    boilerplate_kept: Counter[float] = Counter()
    shares: list[float] = []
    by_corpus: dict[str, list[float]] = {}
    with capturing() as captured:
        for name in given.corpus or CORPORA:
            for page in tune_pages(given.shared, name, given.limit):
                try:
                    cleaner.clean(page["html"], page["url"] or None)
                except CleanArticleError:
                    continue
                judge = judge_of(module, page)
                removals = captured.settled(1.0).removals
                share = sum(removal.end - removal.start for removal in removals) / max(1, len(captured.document.text))
                shares.append(share)
                by_corpus.setdefault(name, []).append(share)
                gone = lines_gone(captured.document, removals)
                for limit in SHARES:
                    if share <= limit:
                        break
                    exceeding[limit] += 1
                    right[limit] += not any(judge(line) == "body" for line in gone)
                    kept = gone - lines_gone(captured.document, captured.settled(limit).removals)
                    body_saved[limit] += sum(judge(line) == "body" for line in kept)
                    boilerplate_kept[limit] += sum(judge(line) not in ("body", "") for line in kept)
    for name, found in by_corpus.items():
        print(f"{name}: share of the text that goes on {len(found)} pages: {percentiles(found, 50, 75, 90, 95, 99)}")
    print(f"{len(shares)} pages in all")
    print("share   pages above   no body line goes   by withdrawing: body lines saved, boilerplate lines kept")
    for limit in SHARES:
        print(f"{limit:5.1f} {exceeding[limit]:13} {right[limit]:19} {body_saved[limit]:35} {boilerplate_kept[limit]:12}")


if __name__ == "__main__":
    main()
