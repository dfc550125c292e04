"""Makes a format's tree carry exactly the words of a document less its removals.

The tree's letters are aligned with the document's. Letters that the document removes or never had go, white space
around them shrinks to one space or line break, elements left empty are dropped, and text that only the document has
is put where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from lxml.etree import _Element
from trafilatura.xml import delete_element

from cleanarticle.document import Block, Document
from cleanarticle.render.aligned import Aligned
from cleanarticle.render.blocks import Line, build
from cleanarticle.render.escaping import Literal, shield
from cleanarticle.render.pieces import Piece, Role, pieces_of
from cleanarticle.render.placing import place
from cleanarticle.render.pruning import drop_emptied
from cleanarticle.render.words import kept_text

# A tree that lacks more of the kept letters than this share is that of another article: not worth mending.
MAX_MISSING = 0.5
# How far a punctuation mark is looked for in text that only the document has.
_REACH = 5_000


def edit(roots: Sequence[_Element], document: Document, gone: bytearray, output_format: str) -> bool:
    """Edits trees, together one text, in place for a format; False when they aren't the document's."""
    pieces = pieces_of(roots)
    had_text = {(piece.element, piece.tail) for piece in pieces if piece.role is Role.TEXT and piece.text.strip()}
    aligned = Aligned(pieces, document, gone)
    missing = [index for index, letter in enumerate(aligned.found) if letter < 0 and not gone[aligned.positions[index]]]
    if len(missing) > MAX_MISSING * len(aligned.positions):
        return False
    _drop_letters(aligned)
    _drop_between(aligned, pieces)
    blocks = _insert_in_lines(aligned, missing)
    breaks: list[_Element] = []
    for _, flow in groupby(pieces, key=lambda piece: piece.flow):
        line = list(flow)
        if any(piece.changed for piece in line):
            breaks.extend(_tidy(line))
    for piece in pieces:
        if piece.role is Role.TEXT:
            text = piece.result()
            if piece.verbatim and "\n" in piece.text and "\n" not in text and text:
                # code of several lines stays a block of code
                text = f"{text}\n"
            _write(piece, shield(text, output_format, starts_line=piece.starts_line, before_link=piece.before_link))
    for before, after, lines in blocks:
        place(roots[0], before, after, build(lines, Literal(output_format)))
    for element in breaks:
        delete_element(element)
    for root in roots:
        drop_emptied(root, had_text)
        for code in root.iter("code") if breaks else ():
            _begin_with_text(code)
    return True


def _begin_with_text(code: _Element) -> None:
    """Makes code that begins with line breaks begin with words: trafilatura leaves code without a text of its own out."""
    while not (code.text or "").strip() and len(code) and code[0].tag == "lb":
        code.text, code[0].tail = code[0].tail, None
        del code[0]


def _write(piece: Piece, text: str) -> None:
    if piece.tail:
        if piece.element.tail != text:
            piece.element.tail = text or None
    elif piece.element.text != text:
        piece.element.text = text or None


def _drop_letters(aligned: Aligned) -> None:
    """Marks the letters that go."""
    stays = aligned.stays
    for piece in aligned.pieces:
        if 0 in stays[piece.first : piece.first + len(piece.letters)]:
            for index, offset in enumerate(piece.letters, piece.first):
                if not stays[index]:
                    piece.drop(offset)


def _suspects(aligned: Aligned) -> list[int]:
    """Where characters between letters may go: before which letters of the tree."""
    stays, found, gone = aligned.stays, aligned.found, aligned.gone
    suspects: set[int] = set()
    start = stays.find(0)
    while start >= 0:
        end = stays.find(1, start)
        end = len(stays) if end < 0 else end
        suspects.update(range(start, end + 1))
        start = stays.find(0, end)
    start = gone.find(1)
    while start >= 0:
        end = gone.find(0, start)
        end = len(gone) if end < 0 else end
        first, last = aligned.letters_between(start, end)
        if first == last:
            if first < len(found) and found[first] >= 0:
                suspects.add(found[first])
            elif first and found[first - 1] >= 0:
                suspects.add(found[first - 1] + 1)
        start = gone.find(1, end)
    return sorted(letter for letter in suspects if aligned.edges[letter])


def _drop_between(aligned: Aligned, pieces: Sequence[Piece]) -> None:
    """Marks the punctuation that goes: what the document removes, and what stands beside letters that go."""
    suspects = _suspects(aligned)
    if not suspects:
        return
    text, positions, matched, stays = aligned.document.text, aligned.positions, aligned.matched, aligned.stays
    number = {piece: index for index, piece in enumerate(pieces)}
    ends = _next_positions(aligned)
    pointer = done = 0
    for letter in suspects:
        # the document's own characters since the last letter that both have
        while done < letter:
            if matched[done] >= 0:
                pointer = max(pointer, positions[matched[done]] + 1)
            done += 1
        before = aligned.place(letter - 1) if letter else None
        after = aligned.place(letter) if letter < len(matched) else None
        sides = [(side[0].flow, stays[index]) for side, index in ((before, letter - 1), (after, letter)) if side]
        for piece, offset in _between(pieces, number, before, after):
            position = text.find(piece.text[offset], pointer, min(ends[letter], pointer + _REACH))
            if position >= 0:
                pointer = position + 1
                keep = not aligned.gone[position]
            else:
                # only the tree has it: it goes with the words in its line, those before it first
                beside = [stay for flow, stay in sides if flow == piece.flow]
                keep = bool(beside[0]) if beside else any(stay for _, stay in sides)
            if not keep:
                piece.drop(offset)


def _next_positions(aligned: Aligned) -> list[int]:
    """For each letter of the tree, and for its end, where in the document the next letter stands that both have."""
    result = [len(aligned.document.text)] * (len(aligned.matched) + 1)
    for letter in range(len(aligned.matched) - 1, -1, -1):
        index = aligned.matched[letter]
        result[letter] = aligned.positions[index] if index >= 0 else result[letter + 1]
    return result


def _between(
    pieces: Sequence[Piece], number: dict[Piece, int], before: tuple[Piece, int] | None, after: tuple[Piece, int] | None
) -> Iterator[tuple[Piece, int]]:
    """The characters, other than white space, between two letters of the tree."""
    first = number[before[0]] if before else 0
    last = number[after[0]] if after else len(pieces) - 1
    for index in range(first, last + 1):
        piece = pieces[index]
        if piece.role is not Role.TEXT:
            continue
        start = before[1] + 1 if before and index == first else 0
        end = after[1] if after and index == last else len(piece.text)
        for offset in range(start, end):
            if not piece.text[offset].isspace():
                yield piece, offset


def _insert_in_lines(aligned: Aligned, missing: Sequence[int]) -> list[tuple[Piece | None, Piece | None, list[Line]]]:
    """Puts text that the tree lacks into its lines; returns whole blocks with the pieces before and after them."""
    blocks: list[tuple[Piece | None, Piece | None, list[Line]]] = []
    wanted = set(missing)
    if not wanted:
        return blocks
    previous, following = _previous_letters(aligned.found), _next_letters(aligned.found)
    last_before: int | None = None
    for block in aligned.document.blocks:
        first, end = aligned.letters_between(block.start, block.end)
        if wanted.isdisjoint(range(first, end)):
            continue
        if any(aligned.found[index] >= 0 for index in range(first, end)):
            _insert_words(aligned, wanted, first, end)
            continue
        before, after = previous[first], following[end]
        line = _line(aligned, block)
        if blocks and before == last_before:
            blocks[-1][2].append(line)
            continue
        last_before = before
        left = aligned.place(before)[0] if before >= 0 else None
        right = aligned.place(after) if after >= 0 else None
        if left is not None and right is not None and left.flow == right[0].flow:
            _insert(right[0], right[1], f"{line.text.strip()} ")
            last_before = None
        else:
            blocks.append((left, right[0] if right else None, [line]))
    return blocks


def _line(aligned: Aligned, block: Block) -> Line:
    return Line(block.kind, kept_text(aligned.document.text, aligned.gone, block.start, block.end), block.level)


def _previous_letters(found: Sequence[int]) -> list[int]:
    """For each letter of the document the last letter of the tree that stands before it; -1 for none."""
    return list(accumulate(found, max, initial=-1))


def _next_letters(found: Sequence[int]) -> list[int]:
    """For each letter of the document, and for its end, the first letter of the tree from there on; -1 for none."""
    result = [-1]
    for letter in reversed(found):
        result.append(letter if letter >= 0 else result[-1])
    return result[::-1]


def _insert_words(aligned: Aligned, wanted: set[int], first: int, end: int) -> None:
    """Inserts the words of a block of which the tree has only others."""
    found, positions = aligned.found, aligned.positions
    for lacking, group in groupby(range(first, end), key=lambda index: found[index] < 0):
        run = list(group)
        if not lacking or wanted.isdisjoint(run):
            continue
        words = _kept(aligned, positions[run[0]], positions[run[-1]] + 1)
        lead = _kept(aligned, positions[run[0] - 1] + 1, positions[run[0]]) if run[0] > first else None
        trail = _kept(aligned, positions[run[-1]] + 1, positions[run[-1] + 1]) if run[-1] + 1 < end else None
        if trail is not None and (lead is None or not trail.strip()):
            piece, offset = aligned.place(found[run[-1] + 1])
            _insert(piece, offset, words + trail)
        elif lead is not None:
            piece, offset = aligned.place(found[run[0] - 1])
            _insert(piece, offset + 1, lead + words)


def _kept(aligned: Aligned, start: int, end: int) -> str:
    return "".join(char for char, gone in zip(aligned.document.text[start:end], aligned.gone[start:end], strict=True) if not gone)


def _insert(piece: Piece, offset: int, text: str) -> None:
    piece.inserts[offset] = piece.inserts.get(offset, "") + text


def _tidy(line: Sequence[Piece]) -> list[_Element]:
    """Leaves of the white space around what goes from a line one space, or one line break; returns breaks to delete."""
    breaks: list[_Element] = []
    spaces: list[tuple[Piece, int]] = []
    cut_at: int | None = None
    begun = False
    for piece, offset, kept in _atoms(line):
        if kept is None:
            spaces.append((piece, offset))
        elif not kept:
            cut_at = len(spaces)
        else:
            if cut_at is not None:
                breaks.extend(_shrink(spaces, cut_at, begun))
            spaces, cut_at, begun = [], None, True
    if cut_at is not None:
        breaks.extend(_shrink(spaces, cut_at, False))
    return breaks


def _atoms(line: Sequence[Piece]) -> Iterator[tuple[Piece, int, bool | None]]:
    """The characters of a line of text, with whether they stay; None for white space."""
    for piece in line:
        if piece.role is Role.BREAK:
            yield piece, -1, None
        elif piece.role is Role.IMAGE:
            yield piece, -1, True
        else:
            for offset, char in enumerate(piece.text):
                if offset in piece.inserts:
                    yield piece, offset, True
                if char.isspace():
                    yield piece, offset, None
                else:
                    yield piece, offset, piece.keep is None or bool(piece.keep[offset])
            if len(piece.text) in piece.inserts:
                yield piece, len(piece.text), True


def _shrink(spaces: Sequence[tuple[Piece, int]], cut_at: int, inside: bool) -> list[_Element]:
    """Drops white space around a cut but for one; all of it where a line begins or ends. Returns breaks to delete."""
    kept: set[int] = set()
    if inside and spaces:
        breaks = [number for number, (piece, _) in enumerate(spaces) if piece.role is Role.BREAK]
        if breaks:
            kept = {breaks[0]}
        elif spaces[-1][0].verbatim:
            kept = set(range(cut_at, len(spaces))) or set(range(len(spaces)))
        else:
            kept = {0 if cut_at else len(spaces) - 1}
    doomed: list[_Element] = []
    for number, (piece, offset) in enumerate(spaces):
        if number in kept:
            continue
        if piece.role is Role.BREAK:
            doomed.append(piece.element)
        else:
            piece.drop(offset)
    return doomed
