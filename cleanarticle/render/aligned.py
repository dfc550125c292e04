"""A tree's pieces and a document's text, letter by letter."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from cleanarticle.document import Document
from cleanarticle.render.align import align
from cleanarticle.render.pieces import Piece

# How well a gap may begin or end before a letter: at the edge of a text node or block, at the start of a word.
_EDGE, _WORD = 2, 1


class Aligned:
    """Which letter of the tree is which of the document.

    `positions` are the offsets of the document's letters. `found` tells for each of them its letter in the tree,
    `matched` the other way round; -1 where there is none. `stays` tells which letters of the tree stay, and `edges`
    is not 0 where something stands between a letter of the tree and the one before.
    """

    def __init__(self, pieces: Sequence[Piece], document: Document, gone: bytearray) -> None:
        self.pieces = [piece for piece in pieces if piece.letters]
        self._firsts = [piece.first for piece in self.pieces]
        self.document, self.gone = document, gone
        text = document.text
        self.positions = [position for position, char in enumerate(text) if char.isalnum()]
        tree = "".join("".join(filter(str.isalnum, piece.text)) for piece in self.pieces)
        letters = "".join(filter(str.isalnum, text))
        self.matched, self.found = [-1] * len(tree), [-1] * len(letters)
        self.edges = self._tree_edges(len(tree))
        for left, right, length in align(tree, letters, self.edges, self._text_edges()):
            self.matched[left : left + length] = range(right, right + length)
            self.found[right : right + length] = range(left, left + length)
        self.stays = bytes(index >= 0 and not gone[self.positions[index]] for index in self.matched)

    def _tree_edges(self, count: int) -> bytes:
        edges = bytearray(count) + bytes([_EDGE])
        for piece in self.pieces:
            _mark_edges(edges, piece.first, piece.letters)
        return bytes(edges)

    def _text_edges(self) -> bytes:
        edges = bytearray(len(self.positions)) + bytes([_EDGE])
        for block in self.document.blocks:
            first, end = self.letters_between(block.start, block.end)
            _mark_edges(edges, first, self.positions[first:end])
        return bytes(edges)

    def letters_between(self, start: int, end: int) -> tuple[int, int]:
        """The range of the document's letters that stand in `text[start:end]`."""
        first = bisect_left(self.positions, start)
        return first, bisect_left(self.positions, end, first)

    def place(self, letter: int) -> tuple[Piece, int]:
        """The piece and the offset in it at which a letter of the tree stands."""
        piece = self.pieces[bisect_right(self._firsts, letter) - 1]
        return piece, piece.letters[letter - piece.first]


def _mark_edges(edges: bytearray, first: int, letters: Sequence[int]) -> None:
    before = -2
    for index, offset in enumerate(letters, first):
        if offset != before + 1:
            edges[index] = _WORD
        before = offset
    if letters:
        edges[first] = _EDGE
