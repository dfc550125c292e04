"""What trafilatura's first extractor finds, where nothing behind it in the cascade would change that.

trafilatura asks the readability algorithm for its view of every page, a third of its time, and takes that only where it
has more than twice the text, or where its own result has no paragraphs. On most pages its own result has half of the
page's text, and the answer is known before the question.

This follows the steps of one version of trafilatura, and uses what that does not call public: see `cascade`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from copy import copy
from types import FunctionType
from typing import Any, NoReturn, TypeVar, cast

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import main_extractor, xpaths
from trafilatura.baseline import html2txt
from trafilatura.core import ESCALATION_MAX_LENGTH, ESCALATION_PAGE_SHARE, _forum_thread_page
from trafilatura.external import SANITIZED_XPATH, try_readability
from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
from trafilatura.readability_lxml import Document as Readability
from trafilatura.settings import Document, Extractor
from trafilatura.utils import trim

from cleanarticle.extraction.attribute_tests import Selector, Selects, by_attributes

F = TypeVar("F", bound=Callable[..., Any])

_PREFERRED = 2
"""readability's text is taken where it is more than so many times as long as trafilatura's own: a constant of trafilatura."""
_VIDEO = len("VIDEO")  # readability's text for an iframe
_FRAMES = etree.XPath("count(//iframe)")
_UNCLOSED = etree.XPath("boolean(//title[not(node())] | //noframes | //noembed | //xmp | //plaintext)")
"""Elements that, written as XML and read as HTML, could make text of the markup behind them."""


LISTS = (
    "RAW_TREE_PRUNE_XPATH",
    "REMOVE_COMMENTS_AND_LISTS_XPATH",
    "BODY_XPATH",
    "OVERALL_DISCARD_XPATH",
    "TEASER_DISCARD_XPATH",
    "DISCARD_IMAGE_ELEMENTS",
)
"""trafilatura's lists of expressions that ask for attributes."""


def _selecting() -> dict[str, list[Selector]]:
    """What trafilatura selects by attributes, by the names of its lists."""
    lists = [getattr(xpaths, name) for name in LISTS]
    selects = iter(by_attributes(*(expression for each in lists for expression in each)))
    return {name: [next(selects) for _ in each] for name, each in zip(LISTS, lists, strict=True)}


def _with(function: F, **names: object) -> F:
    """A function of trafilatura's that finds something else under some of its module's names; the module stays as it is."""
    plain = cast("FunctionType", function)
    changed = FunctionType(plain.__code__, {**plain.__globals__, **names}, plain.__name__, plain.__defaults__, plain.__closure__)
    changed.__kwdefaults__ = plain.__kwdefaults__
    return cast("F", changed)


class _TooShortError(Exception):
    """So little was found that trafilatura tries again."""


def _too_short(*_: object) -> NoReturn:
    raise _TooShortError


def _same(tree: HtmlElement) -> HtmlElement:
    return tree


_SELECTS = _selecting()
_PRUNED_FIRST = Selects([*_SELECTS["RAW_TREE_PRUNE_XPATH"], *_SELECTS["REMOVE_COMMENTS_AND_LISTS_XPATH"]])
_prune_sections = _with(
    main_extractor.prune_unwanted_sections,
    **{name: Selects(_SELECTS[name]) for name in ("OVERALL_DISCARD_XPATH", "TEASER_DISCARD_XPATH", "DISCARD_IMAGE_ELEMENTS")},
)
_extract = _with(main_extractor._extract, BODY_XPATH=_SELECTS["BODY_XPATH"], prune_unwanted_sections=_prune_sections)
extract_content = _with(main_extractor.extract_content, _extract=_extract, deepcopy=_same, recover_wild_text=_too_short)
"""trafilatura's extractor, with its expressions evaluated by `by_attributes`, and without the copy for a second try."""


def is_plain(options: Extractor) -> bool:
    """Whether the options are those for which `decided_by_first` goes trafilatura's way."""
    return (
        options.focus == "balanced"
        and not (options.comments or options.fast or options.dedup or options.lang or options.with_metadata)
        and options.max_tree_size is None
        and options.min_output_size <= options.min_extracted_size
    )


def decided_by_first(page: HtmlElement, options: Extractor) -> Document | None:
    """The result of trafilatura's first extractor where nothing behind it in the cascade would change it; None elsewhere."""
    if _forum_thread_page(page):
        return None
    tree = _pruned(page)
    bound = _most_text(tree)
    try:
        body, text = extract_content(convert_tags(tree_cleaning(tree, options), options, options.url), options)
    except _TooShortError:
        return None
    if len(text) < options.min_extracted_size or body.xpath(SANITIZED_XPATH):
        return None  # justext has its say
    if not body.xpath(".//p//text()") or len(body.findall(".//table")) > len(body.findall(".//p")):
        return None  # readability is preferred where it has any text
    if bound > _PREFERRED * len(text):
        tree = _pruned(page)
        if _escalates(tree, len(text)) or _is_readability_preferred(tree, len(text)):
            return None
    document = Document()
    document.body, document.raw_text, document.commentsbody = body, text, etree.Element("body")
    return document


def _pruned(page: HtmlElement) -> HtmlElement:
    """A copy of the page without what trafilatura drops before all else."""
    tree = prune_unwanted_nodes(copy(page), _PRUNED_FIRST)  # type: ignore[arg-type]
    etree.strip_elements(tree, "script", "style", with_tail=False)  # all that follows does so first
    return tree


def _most_text(tree: HtmlElement) -> float:
    """More characters than readability finds, since it picks some of the page's text.

    Where that is no more than twice what the first extractor found it is not preferred, and no retry follows: that takes
    five times as many.
    """
    return math.inf if _UNCLOSED(tree) else _length(tree) + _VIDEO * cast("float", _FRAMES(tree))


def _escalates(tree: HtmlElement, length: int) -> bool:
    """Whether so little of the page was found that trafilatura tries again."""
    return length < ESCALATION_MAX_LENGTH and length < ESCALATION_PAGE_SHARE * len(html2txt(tree))


def _is_readability_preferred(tree: HtmlElement, length: int) -> bool:
    """Whether readability finds more than twice so many characters; it changes the tree.

    On every second page that is known once it has taken what it holds for unlikely, a third of its work.
    """
    for element in list(tree.iter("fencedframe")):
        element.drop_tree()
    Readability(tree, min_text_length=25).remove_unlikely_candidates()
    return _most_text(tree) > _PREFERRED * length and _length(try_readability(tree)) > _PREFERRED * length


def _length(element: etree._Element) -> int:
    return len(trim(etree.tostring(element, method="text", encoding="utf-8").decode()))
