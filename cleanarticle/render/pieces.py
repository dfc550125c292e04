"""A tree's text as pieces in reading order: which letters stand in which text node, and which nodes flow together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from unicodedata import normalize

from lxml.etree import _Element, iterwalk

from cleanarticle.render.escaping import resolved

# Elements that stand inside a line of text; all others begin and end one.
INLINE = frozenset({"hi", "ref", "del", "code", "lb", "graphic"})


class Role(Enum):
    """What a piece is: a text node, a line break or an image."""

    TEXT = auto()
    BREAK = auto()
    IMAGE = auto()


@dataclass(slots=True, eq=False)
class Piece:
    """A text node, the text of `element` or what follows it (`tail`), or an element that stands in the text.

    Pieces with the same `flow` run on in one line of text. `keep` has a byte per character as soon as one of them
    goes; `inserts` are texts to be put before a character.
    """

    element: _Element
    text: str
    flow: int
    tail: bool = False
    role: Role = Role.TEXT
    first: int = 0
    letters: list[int] = field(default_factory=list)
    keep: bytearray | None = None
    inserts: dict[int, str] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Whether anything goes or comes."""
        return self.keep is not None or bool(self.inserts)

    @property
    def starts_line(self) -> bool:
        """Whether the text begins a line of Markdown, of which trafilatura takes no heed."""
        return self.tail and self.element.tag not in INLINE - {"lb"} and next(self.element.iterancestors("cell"), None) is None

    @property
    def before_link(self) -> bool:
        """Whether a link follows immediately."""
        follower = self.element.getnext() if self.tail else next(iter(self.element), None)
        return follower is not None and follower.tag == "ref"

    @property
    def verbatim(self) -> bool:
        """Whether white space in this piece has a meaning."""
        return self.element.tag == "code" and not self.tail

    def drop(self, offset: int) -> None:
        """Marks a character as gone."""
        if self.keep is None:
            self.keep = bytearray(b"\x01" * len(self.text))
        self.keep[offset] = 0

    def result(self) -> str:
        """The text that is left."""
        keep = self.keep
        if not self.changed:
            return self.text
        parts: list[str] = []
        for offset, char in enumerate(self.text):
            if offset in self.inserts:
                parts.append(self.inserts[offset])
            if keep is None or keep[offset]:
                parts.append(char)
        parts.append(self.inserts.get(len(self.text), ""))
        return "".join(parts)


def pieces_of(roots: Sequence[_Element]) -> list[Piece]:
    """The pieces of some trees in reading order."""
    pieces = list(_walk(roots))
    count = 0
    for piece in pieces:
        piece.first = count
        piece.letters = [offset for offset, char in enumerate(piece.text) if char.isalnum()]
        count += len(piece.letters)
    return pieces


def _walk(roots: Sequence[_Element]) -> Iterator[Piece]:
    flow = 0
    for root in roots:
        flow += 1
        for event, element in iterwalk(root, events=("start", "end")):
            inline = element.tag in INLINE
            if event == "start":
                flow += not inline
                if element.tag == "graphic":
                    yield Piece(element, "", flow, role=Role.IMAGE)
                elif element.tag == "lb":
                    yield Piece(element, "", flow, role=Role.BREAK)
                if element.text:
                    yield Piece(element, normalize("NFC", resolved(element.text)), flow)
            else:
                flow += not inline
                if element.tail and element is not root:
                    yield Piece(element, normalize("NFC", resolved(element.tail)), flow, tail=True)
