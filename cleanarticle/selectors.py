"""CSS selectors and the safe subset of XPath that rule files may use.

The subset is what selects elements by place and attributes: location paths, attribute tests, `contains`, `starts-with`,
`normalize-space`, `not`, `and`, `or`, `position`, `last`. Everything else of XPath can be made slow or reads outside the
page, and is refused.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cssselect import ExpressionError, HTMLTranslator, SelectorError
from cssselect.xpath import XPathExpr
from lxml.etree import XPath, XPathError, XPathEvalError, XPathSyntaxError, _Element

_MAX_LENGTH = 500
_MAX_STEPS = 12
_FUNCTIONS = frozenset(
    {
        "contains",
        "starts-with",
        "not",
        "position",
        "last",
        "normalize-space",
        "concat",
        "text",
        "node",
        "string",
        "name",
        "local-name",
        "count",
    }
)
_AXES = frozenset(
    {
        "self",
        "child",
        "descendant",
        "descendant-or-self",
        "parent",
        "ancestor",
        "ancestor-or-self",
        "following-sibling",
        "preceding-sibling",
        "attribute",
    }
)
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_FUNCTION = re.compile(r"([\w-]+)\s*\(")
_AXIS = re.compile(r"([\w-]+)\s*::")
_NEAR_AXES = frozenset({"self", "child", "parent", "attribute"})
_STEPS = re.compile(r"[\[\]]|//|([\w-]+)\s*::")
_BEFORE_ABSOLUTE = re.compile(r"(?:[\[(,|=<>!+*]|\b(?:and|or))\s*$")
_SIBLINGS = re.compile(r"[\[\]]|-sibling\s*::\s*[\w*:.-]+(?:\s*\(\s*\))?(?P<nearest>\s*\[\s*1\s*\])?")
_BEHIND_STEP = re.compile(r"/\s*(?:following|preceding)$")
_FIRST_OF_CONDITION = re.compile(r"(?:[\[=<>]|\b(?:and|or)|\bcount\s*\()\s*(?:following|preceding)$")


class _SiblingsError(ExpressionError):
    """A selector asks for siblings of what was found by its siblings."""


class _Translator(HTMLTranslator):
    """CSS to XPath in which siblings cost no more than a look at each of them, for each of them.

    `a + b` is the nearest sibling, `a ~ b` a condition on b: as steps of the path, siblings of all siblings would be gathered
    and compared with each other, which takes 14 s for "p ~ p" on 4,000 paragraphs.
    """

    def xpath_direct_adjacent_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        return left.join("/following-sibling::*[1]/self::", right)

    def xpath_indirect_adjacent_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        if "-sibling::" in str(left):
            raise _SiblingsError
        before = XPathExpr(element=left.element, condition=left.condition)
        right.path = left.path
        return right.add_condition(f"preceding-sibling::{before}[1]")


_TRANSLATOR = _Translator()


def css_to_xpath(selector: str) -> str:
    """XPath of a CSS selector; ValueError tells what is wrong with it.

    >>> css_to_xpath("aside")
    'descendant-or-self::aside'
    """
    if len(selector) > _MAX_LENGTH:
        raise ValueError(f"selector is longer than {_MAX_LENGTH} characters: write a shorter one")
    try:
        expression = str(_TRANSLATOR.css_to_xpath(selector))
    except _SiblingsError as error:
        raise ValueError(_css_siblings(selector)) from error
    except SelectorError as error:
        raise ValueError(f"{selector!r} is not a CSS selector ({error}): write one such as 'aside.related'") from error
    if _multiplies(_STRING.sub("''", expression)):
        raise ValueError(f"{selector!r} searches the page within a search of the page: write a simpler selector")
    if _gathers_siblings(_STRING.sub("''", expression)):
        raise ValueError(_css_siblings(selector))
    return expression


def _css_siblings(selector: str) -> str:
    return f"CSS selector {selector!r} looks for siblings of siblings: write '~' once, and behind no '+', ':first-child' or ':has()'"


def check_xpath(expression: str) -> str:
    """The expression itself when it is in the safe subset; ValueError tells what is wrong with it.

    >>> check_xpath("//div[contains(@class, 'promo')]")
    "//div[contains(@class, 'promo')]"
    """
    if len(expression) > _MAX_LENGTH:
        raise ValueError(f"XPath is longer than {_MAX_LENGTH} characters: write a shorter one")
    bare = _STRING.sub("''", expression)
    for function in _FUNCTION.findall(bare):
        if function not in _FUNCTIONS and function not in ("and", "or"):
            raise ValueError(f"XPath function {function}() is not in the safe subset: use {', '.join(sorted(_FUNCTIONS))}")
    for axis in _AXIS.findall(bare):
        if axis not in _AXES:
            raise ValueError(f"XPath axis {axis}:: is not in the safe subset: use {', '.join(sorted(_AXES))}")
    if "$" in bare or bare.count("//") + bare.count("::") > _MAX_STEPS:
        raise ValueError(f"XPath with variables or more than {_MAX_STEPS} // and axis steps: write a simpler path")
    if _multiplies(bare):
        raise ValueError("XPath that searches the page within a search of the page takes minutes on some pages: write a simpler path")
    if _gathers_siblings(bare):
        raise ValueError(
            f"XPath {expression!r} gathers siblings of siblings: write a step to siblings first in a condition, as in "
            "//p[preceding-sibling::h2], or take the nearest alone, as in //h2/following-sibling::p[1] or //p[not(preceding-sibling::p[1])]"
        )
    compile_xpath(expression)
    return expression


def _multiplies(bare: str) -> bool:
    """Whether a condition looks through the whole page, or a condition within a condition looks beyond its element's children."""
    depth = 0
    for found in _STEPS.finditer(bare):
        step = found.group()
        if step in "[]":
            depth += 1 if step == "[" else -1
        elif (depth > 1 and found[1] not in _NEAR_AXES) or (depth and step == "//" and _BEFORE_ABSOLUTE.search(bare, 0, found.start())):
            return True
    return False


def _gathers_siblings(bare: str) -> bool:
    """Whether siblings are gathered as a step of a path or for a function other than count(): for each of n elements, n are sorted."""
    depth = 0
    for found in _SIBLINGS.finditer(bare):
        if found.group() in "[]":
            depth += 1 if found.group() == "[" else -1
        elif _BEHIND_STEP.search(bare, 0, found.start()):
            if depth or not found["nearest"]:
                return True
        elif not found["nearest"] and not _FIRST_OF_CONDITION.search(bare, 0, found.start()):
            return True
    return False


@lru_cache(maxsize=2048)
def compile_xpath(expression: str) -> XPath:
    """A compiled XPath; ValueError when it is none."""
    try:
        return XPath(expression)
    except (XPathSyntaxError, XPathError) as error:
        raise ValueError(f"{expression!r} is not an XPath expression: {error}") from error


def select(tree: _Element, expression: str) -> list[_Element]:
    """Elements of the page that an expression selects; attribute and text results count for nothing.

    An expression that runs into libxml2's own limits on this page selects nothing there.
    """
    try:
        found = compile_xpath(expression)(tree)
    except XPathEvalError:
        return []
    return [item for item in found if isinstance(item, _Element)] if isinstance(found, list) else []
