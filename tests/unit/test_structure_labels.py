"""Where a page stands on its site is no line of its story: sections above it, its own address."""

from __future__ import annotations

import pytest

from cleanarticle import Article, Cleaner
from cleanarticle.structure import DETECTORS
from helpers import STORY, page, paragraphs, words_only

URL = "https://harbour.example/sea-travel/ferry-sails-again-after-nine-weeks.html"
SECTION = '<meta property="article:section" content="Island life">'


def cleaned(*body: str, head: str = "", title: str = "Harbour news") -> Article:
    """A page's article, cleaned by this detector alone."""
    cleaner = Cleaner(rules=words_only(), disable=DETECTORS - {"structure/section-label"})
    return cleaner.clean(page(*body, head=head, title=title), url=URL)


CASES = {
    "a section that the page declares": (("Island life", *STORY), SECTION, ["Island life"]),
    "a part of the address": (("Sea travel", *STORY), "", ["Sea travel"]),
    "the page's address": ((*STORY, URL), "", [URL]),
    "the page's address above the story": ((f"www.{URL[8:]}", *STORY), "", [f"www.{URL[8:]}"]),
    "the page's canonical address": (
        (*STORY, "https://gulls.example/news/why-they-came"),
        '<link rel="canonical" href="https://gulls.example/news/why-they-came">',
        ["https://gulls.example/news/why-they-came"],
    ),
    "a line like a section within the story": ((STORY[0], "Sea travel", *STORY[1:]), "", []),
    "one word, which may be the place of the story": (("Fenmouth", *STORY), SECTION.replace("Island life", "Fenmouth"), []),
    "a line that is no section": (("Gulls", *STORY), SECTION, []),
    "a sentence about the section": (("Island life is quiet since the ferry is in dock.", *STORY), SECTION, []),
    "another address": ((*STORY, "https://harbour.example/timetable"), "", []),
    "the address of the site": ((*STORY, "https://harbour.example"), "", []),
    "an address in a sentence": ((*STORY, f"{URL} is where the first report stands."), "", []),
}


@pytest.mark.parametrize(("lines", "head", "gone"), CASES.values(), ids=CASES)
def test_where_the_page_is_goes(lines: tuple[str, ...], head: str, gone: list[str]) -> None:
    """Labels above the story that the address or the metadata repeat go, and the page's address; what looks like them stays."""
    article = cleaned(paragraphs(*lines), head=head)
    assert all(line in article.document.text for line in lines)
    assert [removal.text for removal in article.removals] == gone


def test_a_heading_that_is_a_section_stays() -> None:
    """A page about the section itself has it as its headline."""
    assert cleaned("<h1>Sea travel</h1>", paragraphs(*STORY), title="Sea travel").removals == ()


def test_a_broken_address_tells_nothing() -> None:
    """An address that can't be read is no reason to fail."""
    cleaner = Cleaner(rules=words_only())
    assert "Sea travel" in cleaner.clean(page(paragraphs("Sea travel", *STORY)), url="https://[harbour/sea-travel").text
