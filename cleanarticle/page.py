"""Questions about the page while it is at hand: which of a document's nodes a selector selects."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.etree import XPathError, _Element

from cleanarticle.selectors import select

_PICTURES = ("img", "picture", "amp-img", "video", "figure")
_UNSEEN = frozenset({"script", "style", "noscript", "template"})
_STEPS = 40  # elements that are passed on the way back to a picture
_SIZE = re.compile(r"\s*(\d{1,4})\s*(?:px)?\s*$")
_SMALL_STYLE = re.compile(r"(?:width|height)\s*:\s*(?:\d(?:\.\d+)?em|[1-5]?\dpx)")
_ICON = 60  # pixels up to which a picture is an icon, and what stands behind it no caption


class PageNodes:
    """The elements of a page that `Document.nodes` describes, in the same order."""

    def __init__(self, tree: _Element, elements: Sequence[_Element]) -> None:
        self._tree = tree
        self._elements = elements
        self._index: dict[_Element, int] | None = None
        self._selected: dict[str, frozenset[int]] = {}

    def select(self, expression: str) -> frozenset[int]:
        """Indexes of the nodes that an XPath selects; none when it can't be evaluated on this page."""
        found = self._selected.get(expression)
        if found is None:
            if self._index is None:
                self._index = {element: index for index, element in enumerate(self._elements)}
            try:
                elements = select(self._tree, expression)
            except XPathError:  # libxml2's own limits: the condition is unknown on this page, so it does not hold
                elements = []
            found = frozenset(self._index[element] for element in elements if element in self._index)
            self._selected[expression] = found
        return found

    def follows_picture(self, node: int) -> bool:
        """Whether a picture stands right before a node: no word between, and larger than an icon."""
        element = self._elements[node]
        for _ in range(_STEPS):
            previous = element.getprevious()
            if previous is None:
                parent = element.getparent()
                if parent is None or parent.tag == "body" or _is_said(parent.text):
                    return False
                element = parent
                continue
            if _is_said(previous.tail):
                return False
            if isinstance(previous.tag, str) and previous.tag not in _UNSEEN:
                pictures = [previous] if previous.tag in _PICTURES else list(previous.iter(*_PICTURES))
                if any(map(_is_said, previous.itertext())):
                    return False
                if pictures:
                    return not _is_icon(pictures[-1])
            element = previous
        return False


def _is_said(text: str | bytes | None) -> bool:
    return bool(text and not text.isspace())


def _is_icon(picture: _Element) -> bool:
    sizes = (_SIZE.match(picture.get(name) or "") for name in ("width", "height"))
    return any(size is not None and int(size[1]) <= _ICON for size in sizes) or _SMALL_STYLE.search(picture.get("style") or "") is not None
