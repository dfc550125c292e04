"""The extracted text, cut into blocks that know where in the page they came from.

Everything here is plain immutable data: a `Document` pickles, compares and outlives the page it was made from.
Offsets count code points of `Document.text`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace


class Kind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    CAPTION = "caption"
    TABLE_ROW = "table_row"
    CODE = "code"


class Node(Struct, frozen=True, gc=False):
    """An element of the page, as far as rules and detectors look at it.

    `parent` indexes `Document.nodes`, where it stands before its children; -1 at the root.
    """

    tag: str
    parent: int = -1
    id: str = ""
    classes: str = ""
    role: str = ""
    itemprop: str = ""
    label: str = ""


class Origin(Struct, frozen=True, gc=False):
    """Where a block came from: `node` indexes `Document.nodes` and is the innermost element that holds the block's words.

    `linked` is the share of the block's letters that stand in links (0 to 1), `internal` the share of those
    linked letters whose link leads to the same site (0 to 1; 0 when nothing is linked).
    """

    node: int
    linked: float = 0.0
    internal: float = 0.0


class Block(Struct, frozen=True, gc=False):
    """A line of `Document.text`, with blank lines behind it: `start` and `end` are its offsets, `origin` is None when it is not known.

    `recovered` tells that trafilatura did not deliver this block and that it was put back.
    """

    kind: Kind
    start: int
    end: int
    origin: Origin | None = None
    level: int = 0
    recovered: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """An extracted text and its blocks; the blocks joined by newlines are the text."""

    text: str
    blocks: tuple[Block, ...]
    nodes: tuple[Node, ...] = field(default=(), repr=False)

    def block_text(self, block: Block) -> str:
        """The words of a block, without its newline."""
        return self.text[block.start : block.end]

    def ancestors(self, block: Block) -> Iterator[Node]:
        """The element a block came from, then its ancestors up to the root; nothing when the origin is unknown."""
        index = block.origin.node if block.origin is not None else -1
        while index >= 0:
            node = self.nodes[index]
            yield node
            index = node.parent


def text_document(text: str) -> Document:
    """A document made from lines of text that another tool extracted: what looks like a list item, a quote or a table row is one.

    Line ends of any kind become newlines; blank lines belong to the block before them; those at either end are dropped.

    >>> [block.kind.value for block in text_document("A line\\n- An item\\n| a | b |").blocks]
    ['paragraph', 'list_item', 'table_row']
    """
    lines = "\n".join(text.splitlines()).strip("\n").rstrip().split("\n")
    text = "\n".join(lines)
    blocks: list[Block] = []
    start = 0
    for line in lines:
        end = start + len(line)
        if line.strip() or not blocks:
            blocks.append(Block(_kind_of_line(line), start, end, level=_level_of_line(line)))
        else:
            blocks[-1] = replace(blocks[-1], end=end)
        start = end + 1
    return Document(text, tuple(blocks))


def _kind_of_line(line: str) -> Kind:
    stripped = line.lstrip()
    if stripped.startswith(("- ", "* ", "• ")):
        return Kind.LIST_ITEM
    if stripped.startswith("| "):
        return Kind.TABLE_ROW
    if stripped.startswith("> "):
        return Kind.QUOTE
    return Kind.HEADING if _level_of_line(line) else Kind.PARAGRAPH


def _level_of_line(line: str) -> int:
    """Level of a Markdown heading, 0 when the line is none."""
    marks = len(line) - len(line.lstrip("#"))
    return marks if 1 <= marks <= 6 and line[marks : marks + 1] == " " else 0
