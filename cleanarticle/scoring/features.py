"""What the page tells about a line, as numbers that the fitted trees read.

Every number has a name, under which the trees ask for it, and words in which a removal tells it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from cleanarticle.document import Kind
from cleanarticle.evidence import BlockEvidence, Evidence, unnumbered

_GROUPS = ("related", "caption", "promo", "boxed", "hidden", "row", "apparatus", "standfirst")
_KINDS = (Kind.PARAGRAPH, Kind.HEADING, Kind.LIST_ITEM)
_TAGS = ("div", "span", "strong", "a")
_STEPS_TO = {"words": (-2, -1, 1, 2), "linked": (-1, 1, 2), "alike": (-2, -1, 2), "heading": (1,), "end": (-1, 1)}
_STEPS_GONE = (-2, -1, 1, 2)
_FAR = 20  # elements or lines away: as good as not there
_PATH = 4  # elements that make a path
_MIN_NAME = 5  # characters of an author's name
_MOST_WORDS = 60  # of a line that the trees are asked about
_MIN_DESCRIPTION = 10  # characters from which standing in a description is no accident
_NOTHING = -1.0  # where there is no such neighbour, or it is not known

_END = re.compile(r"""[.!?…。！？।۔؟:;]["»”’)\]]*\s*$""")
_WORD = re.compile(r"\w+")
_QUOTES = re.compile('["“”„«»]')

_AROUND = {
    "words": "words of the line", "linked": "share linked of the line", "alike": "same path: the line", "heading": "a heading: the line",
    "end": "ends like a sentence: the line",
}  # fmt: skip


def _at(step: int) -> str:
    return {-2: "before the one before", -1: "before", 1: "behind", 2: "behind the one behind"}[step]


LINE: dict[str, str] = {
    "words": "words", "chars": "characters", "end": "ends like a sentence", "colon": "ends with a colon",
    "digits": "share of digits", "upper": "share of capitals", "caps": "share of words with a capital", "commas": "commas",
    "stops": "stops within", "quote": "quotation marks", "bar": "upright bars",
    **{f"kind_{kind.value}": f"is a {kind.value.replace('_', ' ')}" for kind in _KINDS},
    "linked": "share linked", "internal": "share of links to the same site",
    "pos": "place in the text, 0 to 1", "at": "lines before", "to_end": "lines behind", "lines": "lines of the text",
    "before": "share of the text before", "behind": "share of the text behind",
    "real_before": "paragraphs of the story before", "real_behind": "paragraphs of the story behind", "real": "is a paragraph of the story",
    "since_real": "lines since a paragraph of the story", "until_real": "lines until a paragraph of the story",
    "out": "levels out of the story's element", "branch": "in a part of the page beside the story",
    "depth": "elements around", "names": "class names", "share": "share of the text in the largest element of its own",
    **{f"tag_{tag}": f"stands in <{tag}>" for tag in _TAGS},
    **{f"group_{group}": f"elements to one named {group}" for group in _GROUPS},
    "same": "lines with the same words", "path_lines": "lines under the same path", "path_share": "share of the text under the same path",
    "path_real": "share of paragraphs of the story under the same path",
    "parent_lines": "lines under the same parent", "parent_share": "share of the text under the same parent",
    "title": "share of its words that the title has", "is_title": "is in the title", "description": "is in the description",
    "body": "is in the body that the page declares", "author": "names the author", "picture": "follows a picture",
    **{f"{what}{step:+d}": f"{_AROUND[what]} {_at(step)}" for what, steps in _STEPS_TO.items() for step in steps},
}  # fmt: skip
"""What is told of a line by the page alone."""

REMOVED: dict[str, str] = {
    **{f"gone{step:+d}": f"removed: the line {_at(step)}" for step in _STEPS_GONE},
    "path_gone": "share of the lines under the same path that is removed",
    "parent_gone": "share of the lines under the same parent that is removed",
    "gone": "share of all lines that is removed",
    "gone_before": "share of the lines before that is removed",
    "gone_behind": "share of the lines behind that is removed",
}
"""What rules and detectors did around it."""


class Features:
    """The numbers of the lines of one page."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._blocks = evidence.blocks
        self._sizes = [len(block.text) for block in self._blocks]
        self._total = max(1, len(evidence.document.text))
        self._real = frozenset(evidence.units.real_paragraphs)
        known: dict[int, str] = {}
        self._paths = [self._path(block, known) for block in self._blocks]
        self._parents = [self._parent(block) for block in self._blocks]
        self._path_lines, self._parent_lines = Counter(self._paths), Counter(self._parents)
        self._path_real = Counter(self._paths[index] for index in self._real)
        self._path_size: Counter[tuple[str, ...]] = Counter()
        self._parent_size: Counter[int] = Counter()
        self._starts: list[int] = []
        self._real_before: list[int] = []
        at = count = 0
        for index, size in enumerate(self._sizes):
            self._starts.append(at)
            self._real_before.append(count)
            at += size
            count += index in self._real
            self._path_size[self._paths[index]] += size
            self._parent_size[self._parents[index]] += size
        self._titles = [set(_WORD.findall(title.lower())) for title in evidence.metadata.titles[:3]]
        self._descriptions = " ".join(evidence.descriptions)

    def may_go(self, index: int) -> bool:
        """Whether a line may be removed by what trees say: no long paragraph, and none of the story's."""
        block = self._blocks[index]
        return 0 < block.words <= _MOST_WORDS and not (index in self._real and self._evidence.places[index].out == 0)

    def line(self, index: int) -> list[float]:
        """The numbers of a line that the page alone tells, in the order of `LINE`."""
        block, evidence = self._blocks[index], self._evidence
        text, words = block.text, block.words
        count, size, path, parent = len(self._blocks), len(text), self._paths[index], self._parents[index]
        tokens = text.split()
        letters = sum(map(str.isalpha, text)) or 1
        place = evidence.places[index]
        own = block.near[0] if block.near else None
        spoken = set(_WORD.findall(text.lower()))
        start = self._starts[index]
        real_before = self._real_before[index]
        is_real = index in self._real
        values: list[float] = [
            words, size, _END.search(text) is not None, text.rstrip().endswith((":", "：")),
            sum(map(str.isdigit, text)) / max(1, size), sum(map(str.isupper, text)) / letters,
            sum(token[:1].isupper() for token in tokens) / max(1, len(tokens)), text.count(","), text.count(". "),
            _QUOTES.search(text) is not None, "|" in text,
            *(block.kind is kind for kind in _KINDS),
            block.linked, block.internal,
            index / max(1, count - 1), index, count - 1 - index, count,
            start / self._total, 1 - (start + size) / self._total,
            real_before, len(self._real) - real_before - is_real, is_real,
            self._to_real(index, -1), self._to_real(index, 1),
            place.out, place.branch >= 0,
            len(evidence.chain(block)), len(own.classes.split()) if own is not None else 0, block.share,
            *(own is not None and own.tag == tag for tag in _TAGS),
            *(min(block.groups.get(group, _FAR), _FAR) for group in _GROUPS),
            evidence.key_counts[block.key], self._path_lines[path], self._path_size[path] / self._total,
            self._path_real[path] / self._path_lines[path],
            self._parent_lines[parent], self._parent_size[parent] / self._total,
            max((len(spoken & title) / max(1, len(spoken)) for title in self._titles), default=0.0),
            bool(block.key) and any(block.key in title for title in evidence.titles),
            len(block.key) > _MIN_DESCRIPTION and block.key in self._descriptions,
            0 if not evidence.declared else 1 if block.key in evidence.declared else _NOTHING,
            any(author in block.key for author in evidence.authors if len(author) >= _MIN_NAME),
            evidence.follows_picture(block),
        ]  # fmt: skip
        near = {step: self._neighbour(index + step) for step in _STEPS_GONE}
        values += [_NOTHING if (other := near[step]) is None else other.words for step in _STEPS_TO["words"]]
        values += [_NOTHING if (other := near[step]) is None else other.linked for step in _STEPS_TO["linked"]]
        values += [(other := near[step]) is not None and self._paths[other.index] == path for step in _STEPS_TO["alike"]]
        values += [(other := near[step]) is not None and other.kind is Kind.HEADING for step in _STEPS_TO["heading"]]
        values += [(other := near[step]) is not None and _END.search(other.text) is not None for step in _STEPS_TO["end"]]
        return values

    def removed(self, gone: Collection[int]) -> Removed:
        """The same page with some lines removed."""
        return Removed(gone, self._paths, self._parents, self._path_lines, self._parent_lines)

    def _neighbour(self, index: int) -> BlockEvidence | None:
        return self._blocks[index] if 0 <= index < len(self._blocks) else None

    def _to_real(self, index: int, step: int) -> int:
        return next((distance for distance in range(1, _FAR) if index + step * distance in self._real), _FAR)

    def _path(self, block: BlockEvidence, known: dict[int, str]) -> tuple[str, ...]:
        """What an element and those around it are called, numbers aside; `known` are elements whose names were read."""
        origin = self._evidence.document.blocks[block.index].origin
        nodes = self._evidence.document.nodes
        at = origin.node if origin is not None else -1
        parts: list[str] = []
        while at >= 0 and len(parts) < _PATH:
            name = known.get(at)
            if name is None:
                name = known[at] = unnumbered(nodes[at].tag, nodes[at].classes)
            parts.append(name)
            at = nodes[at].parent
        return tuple(parts)

    def _parent(self, block: BlockEvidence) -> int:
        origin = self._evidence.document.blocks[block.index].origin
        return -1 if origin is None else self._evidence.document.nodes[origin.node].parent


class Removed:
    """What is told by the lines that are removed."""

    def __init__(
        self,
        gone: Collection[int],
        paths: Sequence[tuple[str, ...]],
        parents: Sequence[int],
        path_lines: Counter[tuple[str, ...]],
        parent_lines: Counter[int],
    ) -> None:
        self._gone = gone
        self._paths, self._parents = paths, parents
        self._path_lines, self._parent_lines = path_lines, parent_lines
        self._path_gone = Counter(paths[index] for index in gone)
        self._parent_gone = Counter(parents[index] for index in gone)
        self._before: list[int] = []
        count = 0
        for index in range(len(paths)):
            self._before.append(count)
            count += index in gone

    def is_near(self, index: int) -> bool:
        """Whether lines around one are removed, or under the same path.

        Of the lines on development pages where that is not so the trees would remove one in a thousand.
        """
        return self._path_gone[self._paths[index]] > 0 or any(index + step in self._gone for step in _STEPS_GONE)

    def line(self, index: int) -> list[float]:
        """The numbers of a line, in the order of `REMOVED`."""
        count, before = len(self._paths), self._before[index]
        self_gone = index in self._gone
        path, parent = self._paths[index], self._parents[index]
        return [
            *(_NOTHING if not 0 <= index + step < count else index + step in self._gone for step in _STEPS_GONE),
            _share(self._path_gone[path] - self_gone, self._path_lines[path] - 1),
            _share(self._parent_gone[parent] - self_gone, self._parent_lines[parent] - 1),
            len(self._gone) / count,
            before / max(1, index),
            (len(self._gone) - before - self_gone) / max(1, count - 1 - index),
        ]


def _share(part: int, whole: int) -> float:
    """A share of which a single line proves little."""
    return part / (whole + 1)
