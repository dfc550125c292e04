"""What holds for every page, and for everything that is none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleanarticle.errors import CleanArticleError, ExtractionError
from cleanarticle.extraction import Extraction, decode, extract, page_metadata, parse

WORDS = [
    "river",
    "maps",
    "the",
    "clock of Tarn",
    "ünïcödé",
    "鐘の音",
    "a",
    "42",
    "&amp;",
    "&nbsp;",
    "- ",
    "| ",
    "\u0301",
    "\u200b",
    "x\ny",
    "Ad",
]
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
BLOCKS = ["p", "div", "li", "h2", "blockquote", "td", "pre", "span", "figcaption", "section"]
INLINE = ["a href='/x'", "a href='https://other.example/'", "b", "em", "code", "span", "q", "br", "button", "script", "noscript", "sup"]


def wrapped(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag.split()[0]}>"


INLINES = st.recursive(
    TEXT, lambda inner: st.builds(wrapped, st.sampled_from(INLINE), inner) | st.lists(inner, max_size=3).map(" ".join), max_leaves=5
)
PARTS = st.recursive(
    st.builds(wrapped, st.sampled_from(BLOCKS), INLINES) | INLINES,
    lambda inner: st.builds(
        wrapped, st.sampled_from([*BLOCKS, "ul", "ol", "table", "tr", "article", "aside", "main"]), st.lists(inner, max_size=4).map("".join)
    ),
    max_leaves=15,
)
PAGES = st.lists(PARTS, min_size=1, max_size=8).map(
    lambda parts: f"<html><head><title>T</title></head><body>{''.join(parts)}</body></html>"
)


def extracted(page: str | bytes) -> Extraction | None:
    try:
        return extract(page, "https://tarn.example/a")
    except CleanArticleError:
        return None


@given(PAGES)
def test_blocks_are_the_lines_of_the_text_in_order(page: str) -> None:
    if result := extracted(page):
        document = result.document
        assert "\n".join(map(document.block_text, document.blocks)) == document.text
        assert [block.start for block in document.blocks[1:]] == [block.end + 1 for block in document.blocks[:-1]]


@given(PAGES)
def test_origins_are_nodes_with_the_words_of_the_block(page: str) -> None:
    if result := extracted(page):
        for block in result.document.blocks:
            if block.origin is not None:
                assert 0 <= block.origin.linked <= 1
                assert 0 <= block.origin.internal <= 1
                element = result.elements[block.origin.node]
                shown = [text for text in element.xpath(".//text()") if text.getparent().tag != "script" or text.is_tail]
                held = "".join(filter(str.isalnum, "".join(shown)))
                words = result.document.block_text(block).split()
                assert all("".join(filter(str.isalnum, word)) in held or not word.isascii() for word in words)


@given(PAGES)
def test_every_node_stands_after_its_parent(page: str) -> None:
    if result := extracted(page):
        assert all(node.parent < index for index, node in enumerate(result.document.nodes))


@given(PAGES)
def test_str_bytes_and_tree_give_the_same_document(page: str) -> None:
    documents = [result.document if (result := extracted(form)) else None for form in (page, page.encode(), page.encode("utf-16"))]
    assert documents[0] == documents[1] == documents[2]


@given(st.text() | st.binary() | st.text(alphabet="<>/=\"' &;#xpdivbra!-\x00\ud800\n"))
def test_whatever_comes_in_only_errors_of_this_library_come_out(page: str | bytes) -> None:
    extracted(page)


@given(st.binary(max_size=2_000))
def test_bytes_become_text_or_are_told_to_be_none(data: bytes) -> None:
    try:
        found = decode(data)
    except ExtractionError as error:
        told = str(error)
    else:
        told = "" if isinstance(found, str) else repr(found)
    assert not told or "these bytes are" in told


@given(st.text(alphabet=st.characters(exclude_categories=["C"]), max_size=2_000))
def test_text_without_control_characters_is_never_taken_for_another_file(text: str) -> None:
    assert decode(f"<p>{text}".encode()) == f"<p>{text}"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["@type", "@graph", "author", "name", "headline", "itemListElement", "item", "publisher", "mainEntity", "inLanguage"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    )
)
def test_structured_data_of_any_shape_gives_strings(data: object) -> None:
    import json

    found = page_metadata(
        parse(
            f"<html><head><script type='application/ld+json'>{json.dumps(data).replace('<', ' ')}</script></head><body><br></body></html>"
        )
    )
    assert all(
        isinstance(value, str)
        for values in (found.titles, found.authors, found.types, found.sections, found.site_names)
        for value in values
    )
