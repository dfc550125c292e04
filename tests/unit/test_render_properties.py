"""On any page and for any removals, all formats carry the words that are kept."""

from __future__ import annotations

import html
import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_render_support import FORMATS, Given, kept_words, page, words

from cleanarticle.document import Document
from cleanarticle.extraction import ExtractionOptions
from cleanarticle.render import render

_WORDS = st.sampled_from(["harbour", "ferry", "Monday", "été", "Straße", "港口", "डेक", "12", "4", "<b>", "R&D", "a_b", "*", "#", "-", "1."])
_ENDS = st.sampled_from([".", ". ", "! ", "? ", " "])
_SENTENCES = st.tuples(st.lists(_WORDS, min_size=1, max_size=7), _ENDS).map(lambda found: html.escape(f"So {' '.join(found[0])}{found[1]}"))
_LINKS = _SENTENCES.map(lambda text: f"<a href=/x>{text}</a>")
_INLINE = st.recursive(
    _SENTENCES | _LINKS,
    lambda inner: st.tuples(st.sampled_from(["b", "i", "u", "sup", "span"]), st.lists(inner, min_size=1, max_size=3)).map(
        lambda found: f"<{found[0]}>{''.join(found[1])}</{found[0]}>"
    ),
    max_leaves=4,
)
_TEXTS = st.lists(_INLINE | st.just("<br>") | st.just("<img src='/a.jpg' alt='Ship'>"), min_size=1, max_size=4).map("".join)
_LISTS: st.SearchStrategy[Any] = st.recursive(
    st.tuples(st.just("ul"), st.lists(_TEXTS, min_size=1, max_size=3)),
    # trafilatura indents lists in items by two, which makes numbers in them words
    lambda inner: st.tuples(st.just("ul"), st.lists(_TEXTS | inner, min_size=1, max_size=3)),
    max_leaves=4,
)


def _list(found: tuple[str, list[Any]]) -> str:
    items = "".join(f"<li>{item if isinstance(item, str) else 'So in ' + _list(item)}</li>" for item in found[1])
    return f"<{found[0]}>{items}</{found[0]}>"


def _table(found: tuple[bool, list[list[str]]]) -> str:
    rows = ["".join(f"<t{'h' if found[0] and not row else 'd'}>{cell}" for cell in cells) for row, cells in enumerate(found[1])]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


_TABLES = st.tuples(st.booleans(), st.lists(st.lists(_SENTENCES | st.just(""), min_size=2, max_size=2), min_size=1, max_size=3)).map(_table)
_BLOCKS = (
    _TEXTS.map(lambda text: f"<p>{text}</p>")
    | _TEXTS.map(lambda text: f"<div>{text}</div>")
    | _TEXTS.map(lambda text: f"<blockquote><p>{text}</p></blockquote>")
    | _SENTENCES.map(lambda text: f"<h2>{text}</h2>")
    | _SENTENCES.map(lambda text: f"<pre><code>{text}{{\n  {text}\n}}</code></pre>")
    | _LISTS.map(_list)
    | st.lists(_TEXTS, min_size=1, max_size=3).map(lambda texts: _list(("ol", [*texts])))
    | _TABLES
)


@st.composite
def _removals(draw: st.DrawFn, document: Document) -> list[tuple[int, int]]:
    """Some blocks and some sentences, without the white space around them."""
    removed: list[tuple[int, int]] = []
    for block in document.blocks:
        pieces = draw(st.sampled_from([None, r".+", r"[^.!?]+[.!?]*"]))
        found = [match.span() for match in re.finditer(pieces, document.block_text(block))] if pieces else []
        for start, end in found:
            piece = document.block_text(block)[start:end]
            start += len(piece) - len(piece.lstrip())
            if piece.strip() and (len(found) == 1 or draw(st.booleans())):
                removed.append((block.start + start, block.start + start + len(piece.strip())))
    return removed


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.lists(_BLOCKS, min_size=1, max_size=5), st.booleans(), st.booleans())
def test_all_formats_carry_the_words_that_are_kept(data: st.DataObject, parts: list[str], links: bool, images: bool) -> None:
    source = Given(page(*parts), ExtractionOptions(links=links, images=images))
    document = source.document
    removed = data.draw(_removals(document))
    for output_format in FORMATS if removed else ():
        result = render(output_format, document, removed, source)  # type: ignore[arg-type]
        assert words(output_format, result) == kept_words(document, removed), output_format
