"""What the page tells about each block, gathered once for all detectors.

Text that came without a page has no origins: then nothing is near, nothing is linked, and detectors that need such
evidence are silent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from cleanarticle.document import Kind, Node
from cleanarticle.extraction.metadata import PageMetadata
from cleanarticle.folding import fold
from cleanarticle.matching.units import Units
from cleanarticle.page import PageNodes
from cleanarticle.ruleset.spaced import spaced
from cleanarticle.vocabulary import Vocabulary

# An element with this share of the letters is where the article stands, and so are those around it: what they are
# called says nothing about a block. On development pages 0.7 % of the elements that hold nothing of the article are larger,
# and in 2.0 % of the pages the article's own is smaller.
MAIN_SHARE = 0.4
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NAME_PARTS = re.compile(r"[-_:. ]+")
_MAX_ID_PARTS = 4
# The element that holds this share of the story's letters is where the story stands. On the development pages 0.6 to 0.9
# give the same lines but for a handful; below that, pages made of sections lose their last ones.
_STORY_SHARE = 0.7
_LINKED = 0.5
_MIN_STORY = 3  # paragraphs that tell where the story stands
_MIN_IMAGE_TEXT = 15  # characters from which an agreement with a line can be no accident
_NO_CONTAINERS = frozenset({"p", "span", "strong", "b", "em", "i", "a", "font", "ul", "ol", "li", "blockquote"})
_TEXT_ELEMENTS = _NO_CONTAINERS | _HEADINGS
_NOT_STORY = (("comments", 6), ("related", 4), ("consent", 6), ("window", 6))
_TITLE_SEPARATOR = re.compile(r"\s+[|–—·•»:-]+\s+|[|»｜]|\s*[_]\s*")


def squeeze(text: str) -> str:
    """Letters and digits only, folded: the same words however they are laid out."""
    return _letters(fold(text).text)


def unnumbered(tag: str, classes: str) -> str:
    """What an element is called, numbers aside: the same for the items of a list that are counted.

    >>> unnumbered("p", "item-12 text")
    'p.item- text'
    """
    return f"{tag}.{_DIGITS.sub('', classes)}"


_DIGITS = re.compile(r"\d+")
_NO_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}


def _letters(folded: str) -> str:
    return folded.translate(_NO_LETTERS) if folded.isascii() else spaced(folded).replace(" ", "")


class BlockEvidence(Struct, gc=False):
    """One block: its words, and what the elements around it are.

    `near` are the elements from the block's own up to, not including, the main container; `groups` what their names say,
    with the distance of the nearest such element.
    """

    index: int
    kind: Kind
    text: str
    words: float
    linked: float
    internal: float
    near: Sequence[Node]
    folded: str
    groups: dict[str, int] = {}
    share: float = 1.0
    _key: str | None = None

    @property
    def key(self) -> str:
        """The block's letters and digits, folded."""
        if self._key is None:
            self._key = _letters(self.folded)
        return self._key

    def is_in(self, *tags: str) -> bool:
        """Whether one of the near elements is one of these."""
        return any(node.tag in tags for node in self.near)

    def has(self, group: str, within: int = 99) -> bool:
        """Whether an element at most so far out belongs to a group of names."""
        return self.groups.get(group, 1000) <= within


class Place(Struct, frozen=True, gc=False):
    """Where a block stands seen from the element that holds the story.

    `out` counts how many levels up from there the first element is that holds both (0: the block stands in it);
    `branch` is the node below that element through which the block is reached, -1 within the story.
    """

    out: int
    branch: int


class Evidence:
    """Everything that detectors look at, for one document."""

    def __init__(self, units: Units, metadata: PageMetadata, vocabulary: Vocabulary, page: PageNodes | None = None, url: str = "") -> None:
        self.units = units
        self.url = url
        self._page = page
        self.document = units.document
        self.metadata = metadata
        shares = self._shares()
        self._groups_of_node: dict[int, frozenset[str]] = {}
        self.blocks = [self._block(index, shares, vocabulary) for index in range(len(units.blocks))]
        if self.story >= 0 and shares[self.story] < MAIN_SHARE * len(self.document.text):
            self._leave_out_story()

    def _shares(self) -> list[int]:
        """Letters under each node."""
        own: Counter[int] = Counter()
        for block in self.document.blocks:
            if block.origin is not None:
                own[block.origin.node] += block.end - block.start
        return _under(own, self.document.nodes)

    def _block(self, index: int, shares: list[int], vocabulary: Vocabulary) -> BlockEvidence:
        block, unit = self.document.blocks[index], self.units.blocks[index]
        if block.origin is None:
            return BlockEvidence(index, block.kind, unit.text, unit.words, 0.0, 0.0, (), unit.folded.text)
        nodes = self.document.nodes
        limit = MAIN_SHARE * max(1, len(self.document.text))
        near: list[Node] = []
        groups: dict[str, int] = {}
        number = block.origin.node
        share = 1.0
        while number >= 0 and (shares[number] < limit or not near):
            node = nodes[number]
            if shares[number] < limit:
                share = shares[number] / max(1, len(self.document.text))
                for group in self._node_groups(number, node, vocabulary):
                    groups.setdefault(group, len(near))
            near.append(node)
            number = node.parent
        return BlockEvidence(
            index, block.kind, unit.text, unit.words, block.origin.linked, block.origin.internal, near, unit.folded.text, groups, share
        )

    def _leave_out_story(self) -> None:
        """What an element that holds the story is called says nothing either, however small its share of the letters."""
        around: set[int] = set()
        node = self.story
        while node >= 0:
            around.add(node)
            node = self.document.nodes[node].parent
        for block in self.blocks:
            if block.groups:
                outer = next((distance for distance, node in enumerate(self.chain(block)) if node in around), 0)
                block.groups = {group: distance for group, distance in block.groups.items() if distance < outer}

    def _node_groups(self, number: int, node: Node, vocabulary: Vocabulary) -> frozenset[str]:
        found = self._groups_of_node.get(number)
        if found is None:
            # the id of a heading, or of an anchor in it, is made from its words, and so are long ids
            in_heading = node.tag in _HEADINGS or (node.parent >= 0 and self.document.nodes[node.parent].tag in _HEADINGS)
            by_words = in_heading or len(_NAME_PARTS.split(node.id)) > _MAX_ID_PARTS
            names = node.classes if by_words else f"{node.classes} {node.id}"
            found = vocabulary.groups(names) if names.strip() else frozenset()
            self._groups_of_node[number] = found
        return found

    def chain(self, block: BlockEvidence) -> list[int]:
        """Indexes of the nodes around a block, from its own to the root."""
        origin = self.document.blocks[block.index].origin
        chain: list[int] = []
        node = origin.node if origin is not None else -1
        while node >= 0:
            chain.append(node)
            node = self.document.nodes[node].parent
        return chain

    def follows_picture(self, block: BlockEvidence) -> bool:
        """Whether a picture stands right before a block; not where there is no page."""
        origin = self.document.blocks[block.index].origin
        return self._page is not None and origin is not None and self._page.follows_picture(origin.node)

    @property
    def has_page(self) -> bool:
        """Whether the text came from a page: else nothing is linked."""
        return self._page is not None

    def ends_quote(self, block: BlockEvidence) -> bool:
        """Whether a line stands behind a quotation: it tells whom that is from."""
        return block.index > 0 and self.blocks[block.index - 1].kind is Kind.QUOTE

    @cached_property
    def story(self) -> int:
        """Index of the innermost node that holds most of the story; -1 when there is none."""
        nodes = self.document.nodes
        unlinked = [block for index in self.units.real_paragraphs if (block := self.blocks[index]).linked < _LINKED]
        real = [block for block in unlinked if not any(block.has(group, within) for group, within in _NOT_STORY)]
        if len(real) < _MIN_STORY:
            real = unlinked
        if len(real) < _MIN_STORY:
            return -1
        own: Counter[int] = Counter()
        for block in real:
            origin = self.document.blocks[block.index].origin
            if origin is not None:
                own[origin.node] += len(block.text)
        if not own:
            return -1
        least = _STORY_SHARE * own.total()
        # the nodes that hold more than half of the story lie within each other: the last is the innermost
        found = max((node for node, count in enumerate(_under(own, nodes)) if count >= least), default=-1)
        while found >= 0 and nodes[found].tag in _NO_CONTAINERS:
            found = nodes[found].parent
        return found

    @cached_property
    def places(self) -> list[Place]:
        """For each block where it stands seen from the story; in it when that is not known."""
        inside = Place(0, -1)
        if self.story < 0:
            return [inside] * len(self.blocks)
        nodes = self.document.nodes
        known: dict[int, Place] = {}
        node = self.story
        while node >= 0:
            known[node] = Place(len(known), -1)
            node = nodes[node].parent
        found = []
        for block in self.document.blocks:
            node = block.origin.node if block.origin is not None else self.story
            chain = []
            while node not in known:
                chain.append(node)
                node = nodes[node].parent
            place = known[node]
            if chain and place.branch < 0:
                # what stands there without an element around it belongs together
                branch = nodes[chain[-1]].parent if nodes[chain[-1]].tag in _TEXT_ELEMENTS else chain[-1]
                place = Place(place.out, branch) if place.out else inside
            for new in chain:
                known[new] = place
            found.append(place)
        return found

    @cached_property
    def titles(self) -> frozenset[str]:
        """Keys of the page's titles, whole and without the site's name."""
        keys: set[str] = set()
        for title in self.metadata.titles:
            keys.add(squeeze(title))
            parts = [part for part in _TITLE_SEPARATOR.split(title) if part and part.strip()]
            if len(parts) > 1:
                keys.add(squeeze(max(parts, key=len)))
        return frozenset(key for key in keys if key)

    @cached_property
    def descriptions(self) -> frozenset[str]:
        """Keys of the page's descriptions."""
        return frozenset(key for key in map(squeeze, self.metadata.descriptions) if key)

    @cached_property
    def declared(self) -> str:
        """Key of the body that the page's linked data declares; empty where it declares none."""
        return squeeze(self.metadata.article_body) if self.metadata.article_body else ""

    @cached_property
    def authors(self) -> frozenset[str]:
        """Keys of the authors' names."""
        return frozenset(key for key in map(squeeze, self.metadata.authors) if key)

    @cached_property
    def image_texts(self) -> frozenset[str]:
        """Keys of the alternative texts and captions of the page's images; of none that are only a word or two."""
        return frozenset(squeeze(text) for text in self.metadata.images if len(text) >= _MIN_IMAGE_TEXT)

    @cached_property
    def key_counts(self) -> Counter[str]:
        """How many blocks have the same letters."""
        return Counter(block.key for block in self.blocks)

    @cached_property
    def first_real(self) -> int:
        """Index of the first paragraph that carries the story and is not the title; the number of blocks when there is none."""
        for index in self.units.real_paragraphs:
            if self.blocks[index].key not in self.titles:
                return index
        return len(self.blocks)

    @cached_property
    def last_real(self) -> int:
        """Index of the last paragraph that carries the story; -1 when there is none."""
        return self.units.real_paragraphs[-1] if self.units.real_paragraphs else -1


def _under(own: Counter[int], nodes: Sequence[Node]) -> list[int]:
    """What stands under each node, from what stands in each alone."""
    total = [own[number] for number in range(len(nodes))]
    for number in range(len(nodes) - 1, 0, -1):  # parents stand before their children
        if (parent := nodes[number].parent) >= 0:
            total[parent] += total[number]
    return total
