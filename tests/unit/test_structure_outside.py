"""What stands behind the element that holds the story goes, what may be the story's end stays."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from cleanarticle import Cleaner
from cleanarticle.structure import DETECTORS
from helpers import STORY, page, paragraphs, words_only

URL = "https://harbour.example/news/ferry"
LONG = "The crew has sworn to feed them, which the council forbids, and so the last word on the gulls of the old pier is not spoken yet."


@dataclass(frozen=True)
class Case:
    """Markup behind the element with the story's paragraphs: what goes, and what stays."""

    behind: str
    gone: list[str] = field(default_factory=list)
    spared: list[str] = field(default_factory=list)
    story: str = paragraphs(*STORY)
    above: str = ""

    @property
    def source(self) -> str:
        """The page's HTML."""
        return page(self.above, f"<div class='running'>{self.story}</div>", self.behind)


CASES = {
    "short lines in elements with innocent names": Case(
        "<div class='x1'><div class='x2'><p>Four islands, one boat</p></div><p>Gulls of the north</p></div>",
        gone=["Four islands, one boat", "Gulls of the north"],
    ),
    "tags as list items": Case("<ul class='x'><li>Ferries</li><li><a href='/t/gulls'>Gulls</a></li></ul>", gone=["- Ferries", "- Gulls"]),
    "a heading over cards": Case(
        "<div class='x'><h3>From the harbour</h3><div><p><a href='/islands'>Four islands</a>, one boat</p></div></div>",
        gone=["From the harbour", "Four islands, one boat"],
    ),
    "a long line in an element named as an invitation": Case(f"<div class='mailchimp-box'><p>{LONG}</p></div>", gone=[LONG]),
    "a long line in an element named as a product": Case(f"<div class='product-text'><p>{LONG}</p></div>", spared=[LONG]),
    "a list in an element named as a product": Case(
        "<div class='product-text'><ul><li>One ferry</li><li>Forty gulls</li></ul></div>", spared=["- One ferry", "- Forty gulls"]
    ),
    "the story's last paragraph in an element of its own": Case(f"<div class='x'><p>{LONG}</p></div>", spared=[LONG]),
    "a heading and the story's last paragraph": Case(
        f"<div class='x'><h3>What comes next</h3><p>{LONG}</p><p>We shall see.</p></div>", spared=["What comes next", LONG, "We shall see."]
    ),
    "the same without an element around them": Case(
        f"<h3>What comes next</h3><p>{LONG}</p><p>We shall see.</p>", spared=["What comes next", LONG, "We shall see."]
    ),
    "sources": Case("<div class='sources'><p>Ann Lee, Gulls, 1998</p></div>", spared=["Ann Lee, Gulls, 1998"]),
    "a correction": Case(
        "<div class='correction'><p>An earlier version named a wrong pier.</p></div>", spared=["An earlier version named a wrong pier."]
    ),
    "what is in a recipe": Case("<div class='recipe-list'><ul><li>200 g of flour</li></ul></div>", spared=["- 200 g of flour"]),
    "a list that nothing names or links": Case(
        "<div class='x'><ul><li>One ferry</li><li>Forty gulls</li></ul></div>", spared=["- One ferry", "- Forty gulls"]
    ),
    "a list at the margin": Case(
        "<div class='marginalspalte'><ul><li>Ferries</li><li>Gulls</li></ul></div>", gone=["- Ferries", "- Gulls"]
    ),
    "a list in a box": Case("<div class='box'><ul><li>Ferries</li><li>Gulls</li></ul></div>", spared=["- Ferries", "- Gulls"]),
    "hours under a heading": Case(
        "<div class='x'><h2>When it sails</h2><p>Monday to Friday</p></div>", spared=["When it sails", "Monday to Friday"]
    ),
    "a pitch under a heading": Case(
        "<div class='x'><h2>Sail with us</h2><p>Two hours on the water, every Friday.</p></div>",
        gone=["Sail with us", "Two hours on the water, every Friday."],
    ),
    "many lines that nothing names or links": Case(
        "<div class='x'><p>One ferry</p><p>Two piers</p><p>Nine weeks</p><p>Forty gulls</p></div>", spared=["One ferry", "Forty gulls"]
    ),
    "a table": Case(
        "<div class='x'><table><tr><td>Tern</td><td>nine</td></tr><tr><td>Gull</td><td>ten</td></tr></table></div>",
        spared=["| Tern | nine |", "| Gull | ten |"],
    ),
    "a quotation": Case("<blockquote><p>Nobody asked the gulls.</p></blockquote>", spared=["Nobody asked the gulls."]),
    "lines above the story's element": Case("", above="<div class='x'><p>Nine weeks, one gull</p></div>", spared=["Nine weeks, one gull"]),
    "a story in as many elements as paragraphs": Case(
        "<div class='x'><p>We shall see.</p></div>",
        story="",
        above="".join(f"<section><p>{text}</p></section>" for text in STORY),
        spared=["We shall see."],
    ),
    "more short lines than a third of the text": Case(
        f"<div class='x'>{paragraphs(*(f'The gull of pier {n} has a mate' for n in range(20)))}</div>",
        spared=["The gull of pier 3 has a mate"],
    ),
    "too few paragraphs to tell where the story stands": Case(
        "<div class='x'><p>We shall see.</p></div>", story=paragraphs(*STORY[:2]), spared=["We shall see."]
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_stands_behind_the_story(case: Case) -> None:
    """The detector alone takes these lines and no others, though the extraction delivered all of them."""
    article = Cleaner(rules=words_only(), disable=DETECTORS - {"structure/outside"}).clean(case.source, url=URL)
    extracted = [article.document.block_text(block).strip() for block in article.document.blocks]
    assert [line for line in (*case.gone, *case.spared) if line not in extracted] == [], extracted
    assert [line for removal in article.removals for line in removal.text.split("\n")] == case.gone
    assert all(removal.rule == "structure/outside" and removal.evidence for removal in article.removals)


def test_the_category_is_what_the_element_is_named_as() -> None:
    """A named element tells the category; without a name headings are about other articles, and lines are pitches."""
    behind = "<div class='mailchimp-box'><p>Letters once a week</p></div><div class='x'><h3>Gulls of the north</h3><p>Here is why they came.</p></div>"
    article = Cleaner(rules=words_only(), disable=DETECTORS - {"structure/outside"}).clean(Case(behind).source, url=URL)
    assert [removal.category for removal in article.removals] == ["newsletter", "related", "promo"]
