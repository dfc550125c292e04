"""The article's root as a site file chooses it: a page made of what its selectors find."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from functools import lru_cache

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

Selector = str | etree.XPath
"""CSS or XPath as written (XPath begins with a slash, a dot and a slash, a parenthesis or an axis), or compiled by lxml."""

_IS_XPATH = re.compile(
    r"\s*(?:\.{0,2}/|\(|(?:self|child|parent|(?:descendant|ancestor)(?:-or-self)?|(?:following|preceding)(?:-sibling)?)::)"
)


def select_body(tree: HtmlElement, selectors: Sequence[Selector]) -> HtmlElement | None:
    """A page with the tree's head and, as its body, copies of the elements that the first selector with words finds."""
    for selector in selectors:
        try:
            found = (compiled(selector) if isinstance(selector, str) else selector)(tree)
        except etree.XPathEvalError:  # libxml2's own limits: on this page it selects nothing
            continue
        chosen: list[HtmlElement] = []
        for element in found if isinstance(found, list) else []:
            if isinstance(element, HtmlElement) and not any(ancestor in chosen for ancestor in element.iterancestors()):
                chosen.append(element)
        if any(not text.isspace() for element in chosen for text in element.itertext()):
            return _page_of(tree, chosen)
    return None


@lru_cache(maxsize=4096)
def compiled(selector: str) -> etree.XPath:
    """A selector ready to be used; raises what lxml or cssselect raise when it is not valid."""
    if _IS_XPATH.match(selector):
        return etree.XPath(selector)
    return CSSSelector(selector, translator="html")


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
