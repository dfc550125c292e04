"""Pages of many kinds that are all article: all detectors together take the headline and nothing else."""

from __future__ import annotations

import pytest

from cleanarticle import Cleaner
from helpers import STORY, page, paragraphs, words_only

TITLE = "A year on the old pier"
DATES = ("12 May 1890", "3 June 1912", "1 July 1950", "2 August 1999")
FACTS = ("The first stone was laid.", "A storm took the pier.", "The light became electric.", "The boat shed burned down.")
QUESTIONS = {
    "When does it sail?": "Every hour from six to eight, and on Sundays only when the captain has slept enough to find the wheel again.",
    "May I bring a dog?": "Yes, on a lead and outside, because the captain has a cat that does not like to share the cabin with others.",
    "What does it cost?": "Four crowns for one and six for a family, however large it is, and nothing at all on the day of the feast.",
}
FORMS = ("Application for a mooring in winter", "Notice that a boat was sold", "Request to keep a dog on board")
PIERS = ("North pier of the old island", "South pier by the boat shed", "The pier that nobody finds at night")
ELSEWHERE = ("Red Cross of the island", "Fire brigade", "Sea rescue service")


def items(texts: tuple[str, ...], address: str) -> str:
    """A list of links."""
    return "<ul>" + "".join(f"<li><a href='{address.format(n)}'>{text}</a></li>" for n, text in enumerate(texts)) + "</ul>"


BODIES = {
    "events, each with its date": "".join(
        f"<h3>Concert {n}</h3><p class='date'>{date}</p><p>{fact}</p>" for n, (date, fact) in enumerate(zip(DATES, FACTS, strict=True))
    ),
    "a timeline": paragraphs(STORY[0])
    + "".join(f"<div><span class='time'>{date}</span><p>{fact}</p></div>" for date, fact in zip(DATES, FACTS, strict=True))
    + paragraphs(*STORY[1:]),
    "results": paragraphs(
        "Final", "1. Tern, 12:04", "2. Gull, 12:09", "3. Heron, 12:44", "The wind blew all day.", "Start 10:30", "Finish 11:15"
    ),
    "verse with a refrain": paragraphs(
        "He climbs the stairs at night and does not sleep till dawn is bright",
        "and gulls complain",
        "He climbs the stairs at night and does not sleep till dawn is bright",
        "and then again",
    ),
    "questions that open their answers": "".join(
        f"<div><input type='checkbox' id='q{n}'><label for='q{n}'>{question}</label><div><p>{answer}</p></div></div>"
        for n, (question, answer) in enumerate(QUESTIONS.items())
    ),
    "a list of the best, each with a link": "".join(
        f"<div class='product-card'><h2><a href='/piers/{n}'>{pier}</a></h2><p>{text}</p></div>"
        for n, (pier, text) in enumerate(zip(PIERS, STORY, strict=False))
    ),
    "forms to choose from": paragraphs(*STORY[:2], "Choose the form that you need:") + items(FORMS, "/forms/{}") + paragraphs(*STORY[2:]),
    "books under a heading that often stands over links": paragraphs(*STORY[:2])
    + "<h2>Recommended reading</h2><ul><li>The keeper and his cat</li><li>Nine weeks in dock</li></ul>"
    + paragraphs(*STORY[2:]),
    "where to look something up": paragraphs(*STORY[:2], "Fares: <a href='/fares'>https://isle.example/fares</a>") + paragraphs(*STORY[2:]),
    "forms to load": paragraphs(*STORY[:2]) + items(FORMS, "/forms/{}.pdf") + paragraphs(*STORY[2:]),
    "places with addresses": paragraphs(STORY[0])
    + f"<h2>Office</h2><address>Pier Road 4, 2nd floor</address><h2>Doctor</h2><address>Mill Lane 2</address>{paragraphs(*STORY[1:])}",
    "quotations and whom they are from": paragraphs(*STORY[:2])
    + "<blockquote><p>The light never failed us.</p></blockquote><p class='author'>Ivo Maar, keeper</p>"
    + paragraphs(*STORY[2:]),
    "a letter with a name under it": paragraphs("Dear friends,", *STORY, "With best wishes,", "Ivo Maar"),
    "sections of a paper": "".join(
        f"<section id='{name}'><h2>{name.title()}</h2>{paragraphs(text)}</section>"
        for name, text in zip(("introduction", "discussion", "recommendations", "rights"), (*STORY[:2], *FACTS[:2]), strict=True)
    )
    + paragraphs(*STORY[2:]),
    "headings that link to themselves": "".join(
        f"<h2 id='p{n}'><a href='https://isle.example/pier#p{n}'>{pier}</a></h2>{paragraphs(text)}"
        for n, (pier, text) in enumerate(zip(PIERS[:1], STORY, strict=False))
    )
    + paragraphs(*STORY[1:]),
    "particulars in a box behind the text": f"<div>{paragraphs(*STORY)}</div>"
    "<div class='card'><h2>Details</h2><p>Saturday, ten o'clock</p><p>Old pier, north side</p><p>Entry four crowns</p><p>Bring a bag</p></div>",
    "addresses of help behind the text": f"<div>{paragraphs(*STORY)}</div>"
    f"<div class='help'><h2>Where you find help</h2>{items(ELSEWHERE, 'https://help{}.example')}</div>",
    "text beside a picture": "<div class='wp-block-media-text'><figure><img src='a.jpg'></figure>"
    f"<div class='wp-block-media-text__content'><p>The school has two rooms and eleven pupils.</p></div></div>{paragraphs(*STORY)}",
    "pictures as sections": paragraphs(*STORY[:2])
    + "<h2>The pier at dawn</h2><figure><img src='a.jpg'><figcaption>Two boats, seen from the shed</figcaption></figure>"
    + f"<h2>The pier at night</h2>{paragraphs(*STORY[2:])}",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_pages_that_are_all_article_stay(body: str) -> None:
    """Nothing goes but the headline, and captions where there are pictures."""
    source = page(f"<h1>{TITLE}</h1>", body, title=TITLE)
    article = Cleaner(rules=words_only()).clean(source, url="https://isle.example/pier")
    assert [removal for removal in article.removals if removal.category not in ("headline", "caption")] == []
    assert [removal.text for removal in article.removals if removal.category == "headline"] == [TITLE]


def test_bylines_of_parts_stay_whoever_would_take_them() -> None:
    """Rules as well as detectors leave dates that stand between the lines of a story, and take the page's own date."""
    entries = "".join(f"<p>{date}</p><p>{fact}</p>" for date, fact in zip(DATES, FACTS, strict=True))
    article = Cleaner().clean(page(f"<h1>{TITLE}</h1><p>4 March 2024</p>", paragraphs(*STORY[:1]), entries, title=TITLE))
    assert all(date in article.text for date in DATES)
    assert "4 March 2024" not in article.text
