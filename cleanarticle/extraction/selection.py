"""The article's root as a site file chooses it: a page made of what its selectors find."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from lxml import etree
from lxml.html import HtmlElement

from cleanarticle.selectors import select


def select_body(tree: HtmlElement, selectors: Sequence[str]) -> HtmlElement | None:
    """A page with the tree's head and, as its body, copies of the elements that the first XPath with words finds."""
    for selector in selectors:
        chosen: list[HtmlElement] = []
        for element in select(tree, selector):
            if isinstance(element, HtmlElement) and not any(ancestor in chosen for ancestor in element.iterancestors()):
                chosen.append(element)
        if any(not text.isspace() for element in chosen for text in element.itertext()):
            return _page_of(tree, chosen)
    return None


def _page_of(tree: HtmlElement, chosen: list[HtmlElement]) -> HtmlElement:
    """Copies keep the numbers that tell the elements they were made of."""
    page = tree.makeelement(tree.tag if tree.tag == "html" else "html", dict(tree.attrib) if tree.tag == "html" else {})
    if (head := tree.find("head")) is not None:
        page.append(copy(head))
    frame = etree.SubElement(etree.SubElement(page, "body"), "article")
    for element in chosen:
        duplicate = copy(element)
        duplicate.tail = None
        if duplicate.tag in ("body", "html"):
            duplicate.tag = "div"
        frame.append(duplicate)
    return page
