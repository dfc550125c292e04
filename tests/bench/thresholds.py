"""Measures what two thresholds rest on.

    python tests/bench/thresholds.py --shared ../shared

`REAL_PARAGRAPH_WORDS` in matching/units.py: the share of body paragraphs and of boilerplate lines that have as many words, so
that the first long paragraph can be taken for the start of the story. `MAIN_SHARE` in evidence.py: how large a share of the
letters the containers of boilerplate hold (for each labelled line the outermost element with nothing but boilerplate in
it), and how large the container of the article is (the innermost element with half of the body's letters).
"""

from __future__ import annotations

from collections import Counter

from corpora import CORPORA, Judge, arguments, evaluation, judge_of, percentiles, tune_pages

from cleanarticle import CleanArticleError
from cleanarticle.document import Document, Kind
from cleanarticle.extraction import extract
from cleanarticle.sentences import count_words

WORDS = (10, 12, 15, 18, 20, 22, 25, 30, 40)
PARAGRAPHS = (Kind.PARAGRAPH, Kind.QUOTE)


def container_shares(document: Document, judge: Judge) -> tuple[list[float], list[float]]:
    """Shares of the letters that hold: the containers of boilerplate, and (one value or none) that of the article."""
    body: Counter[int] = Counter()
    other: Counter[int] = Counter()
    for block in document.blocks:
        label = judge(document.block_text(block))
        node = block.origin.node if block.origin is not None else -1
        while node >= 0 and label:
            (body if label == "body" else other)[node] += block.end - block.start
            node = document.nodes[node].parent
    total = max(1, len(document.text))
    found: dict[int, float] = {}
    for block in document.blocks:
        if block.origin is None or judge(document.block_text(block)) in ("", "body"):
            continue
        node, outermost = block.origin.node, -1
        while node >= 0 and not body[node]:
            outermost, node = node, document.nodes[node].parent
        if outermost >= 0:
            found[outermost] = other[outermost] / total
    whole = max(body.values(), default=0)
    holding = [node for node, letters in body.items() if letters >= whole / 2 and whole]
    innermost = max(holding, key=lambda node: (-body[node] - other[node], node), default=None)
    return list(found.values()), [] if innermost is None else [(body[innermost] + other[innermost]) / total]


def main() -> None:
    given = arguments(__doc__).parse_args()
    module = evaluation(given.shared)
    body_words: list[float] = []
    boilerplate_words: list[float] = []
    boilerplate_shares: list[float] = []
    article_shares: list[float] = []
    for name in given.corpus or CORPORA:
        for page in tune_pages(given.shared, name, given.limit):
            try:
                document = extract(page["html"], page["url"] or None).document
            except CleanArticleError:
                continue
            judge = judge_of(module, page)
            for block in document.blocks:
                text = document.block_text(block)
                label = judge(text)
                if label == "body" and block.kind in PARAGRAPHS:
                    body_words.append(count_words(text))
                elif label not in ("", "body"):
                    boilerplate_words.append(count_words(text))
            containers, article = container_shares(document, judge)
            boilerplate_shares += containers
            article_shares += article
    print(f"{len(body_words)} body paragraphs, {len(boilerplate_words)} boilerplate lines")
    print("words   body paragraphs with as many   boilerplate lines with as many")
    for words in WORDS:
        shares = [sum(count >= words for count in counts) / max(1, len(counts)) for counts in (body_words, boilerplate_words)]
        print(f"{words:5} {shares[0]:28.1%} {shares[1]:32.1%}")
    print(f"containers of boilerplate hold so much of the text: {percentiles(boilerplate_shares, 50, 90, 95, 99, 100)}")
    print(f"the container of the article holds so much of it:   {percentiles(article_shares, 0, 1, 5, 10, 50)}")
    for share in (0.2, 0.3, 0.4, 0.5, 0.6):
        large = sum(value >= share for value in boilerplate_shares) / max(1, len(boilerplate_shares))
        small = sum(value < share for value in article_shares) / max(1, len(article_shares))
        print(f"at {share:.1f}: {large:.2%} of the containers of boilerplate are larger, {small:.2%} of the articles' are smaller")


if __name__ == "__main__":
    main()
