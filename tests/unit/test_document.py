"""Text that someone else extracted becomes blocks, one a line, that know what they look like."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanarticle import Block, Document, Kind, Node, Origin
from cleanarticle.document import text_document

KINDS = {
    "a line": ("The ferry sails.", Kind.PARAGRAPH, 0),
    "a hyphen and a space": ("- The ferry", Kind.LIST_ITEM, 0),
    "a star and a space": ("* The ferry", Kind.LIST_ITEM, 0),
    "a bullet and a space": ("• The ferry", Kind.LIST_ITEM, 0),
    "an indented item": ("  - The ferry", Kind.LIST_ITEM, 0),
    "a hyphen without a space": ("-The ferry", Kind.PARAGRAPH, 0),
    "a dash": ("– The ferry", Kind.PARAGRAPH, 0),
    "emphasis": ("*The* ferry", Kind.PARAGRAPH, 0),
    "a bar and a space": ("| The ferry | nine |", Kind.TABLE_ROW, 0),
    "a mark of quotations": ("> The ferry", Kind.QUOTE, 0),
    "one hash sign": ("# The ferry", Kind.HEADING, 1),
    "six hash signs": ("###### The ferry", Kind.HEADING, 6),
    "seven hash signs": ("####### The ferry", Kind.PARAGRAPH, 0),
    "a hashtag": ("#ferry", Kind.PARAGRAPH, 0),
    "nothing": ("", Kind.PARAGRAPH, 0),
}


@pytest.mark.parametrize(("line", "kind", "level"), KINDS.values(), ids=KINDS)
def test_a_line_is_what_it_looks_like(line: str, kind: Kind, level: int) -> None:
    """List items, quotations, table rows and headings are known by their marks."""
    block = text_document(line).blocks[0]
    assert (block.kind, block.level) == (kind, level)


def test_blocks_index_the_text() -> None:
    """Offsets are those of the lines."""
    document = text_document("One\nTwo\nThree")
    assert [(block.start, block.end) for block in document.blocks] == [(0, 3), (4, 7), (8, 13)]
    assert [document.block_text(block) for block in document.blocks] == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("One\n\nTwo", ["One\n", "Two"]),
        ("One\n \n\t\nTwo", ["One\n \n\t", "Two"]),
        ("One\n\nTwo\n\n\n", ["One\n", "Two"]),
        ("\n\nOne", ["One"]),
        ("- One\n\n- Two", ["- One\n", "- Two"]),
    ],
)
def test_blank_lines_belong_to_the_block_before_them(text: str, blocks: list[str]) -> None:
    """Blank lines are no blocks of their own, and those at either end are dropped."""
    document = text_document(text)
    assert [document.block_text(block) for block in document.blocks] == blocks


def test_blocks_of_text_have_no_origin() -> None:
    """Text came from no element, and none was put back."""
    (block,) = text_document("One").blocks
    assert block.origin is None
    assert not block.recovered
    assert list(text_document("One").ancestors(block)) == []


def test_ancestors_lead_to_the_root() -> None:
    """A block's elements come from the inside out."""
    nodes = (Node("html"), Node("body", 0), Node("p", 1, classes="lead"))
    document = Document("One", (Block(Kind.PARAGRAPH, 0, 3, Origin(2)),), nodes)
    assert [node.tag for node in document.ancestors(document.blocks[0])] == ["p", "body", "html"]


@given(st.text(max_size=120))
def test_the_blocks_are_the_text(text: str) -> None:
    """Whatever the text, its blocks joined by newlines are the document's text, with the same words."""
    document = text_document(text)
    assert "\n".join(map(document.block_text, document.blocks)) == document.text
    assert document.text.split() == text.split()
    assert document.text == document.text.rstrip()


@given(st.text(max_size=60))
def test_documents_are_values(text: str) -> None:
    """Documents of the same text are equal, can be hashed, and survive a journey."""
    document = text_document(text)
    assert document == text_document(text)
    assert hash(document) == hash(text_document(text))
    assert pickle.loads(pickle.dumps(document)) == document
