"""Questions about the page while it is at hand: which of a document's nodes a selector selects."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.etree import XPathError, _Element

from cleanarticle.selectors import select


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
