"""Detectors take what place, links, names of elements and metadata tell apart from the article, and spare what looks like it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from cleanarticle import Article, Cleaner
from cleanarticle.structure import DETECTORS
from helpers import STORY, page, paragraphs, words_only

URL = "https://harbour.example/news/ferry"
TITLE = "The ferry sails again after nine weeks"
HEAD = '<meta property="og:title" content="The ferry sails again after nine weeks"><meta name="author" content="Odalys Brandt">'


@dataclass(frozen=True)
class Case:
    """A page: markup above, between and below the paragraphs of a story; what one detector takes and what it must spare."""

    detector: str
    above: str = ""
    between: str = ""
    below: str = ""
    gone: list[str] = field(default_factory=list)
    spared: list[str] = field(default_factory=list)
    title: str = TITLE
    head: str = HEAD
    lang: str = "en"

    @property
    def source(self) -> str:
        """The page's HTML."""
        body = [self.above, paragraphs(*STORY[:2]), self.between, paragraphs(*STORY[2:]), self.below]
        return page(*body, title=self.title, head=self.head, lang=self.lang)


def only(detector: str) -> Cleaner:
    """A cleaner with one detector and no rules."""
    return Cleaner(rules=words_only(), disable=DETECTORS - {f"structure/{detector}"})


def removed(article: Article) -> list[str]:
    """The lines that went, in order."""
    return [line for removal in article.removals for line in removal.text.split("\n")]


HEADLINE = {
    "the title as a heading": Case("headline", above=f"<h1>{TITLE}</h1>", gone=[TITLE]),
    "the title as a paragraph": Case("headline", above=f"<p>{TITLE}</p>", gone=[TITLE]),
    "the title in capitals": Case("headline", above=f"<p>{TITLE.upper()}</p>", gone=[TITLE.upper()]),
    "the title with other quotes and dashes": Case(
        "headline",
        above="<h2>“Tern” – the ferry – sails</h2>",
        title='"Tern" - the ferry - sails',
        head="",
        gone=["“Tern” – the ferry – sails"],
    ),
    "the title with the site's name glued to it": Case(
        "headline", above=f"<h2>{TITLE} | Harbour Post</h2>", gone=[f"{TITLE} | Harbour Post"]
    ),
    "the page's title has the site's name, the line has not": Case(
        "headline", above=f"<h2>{TITLE}</h2>", title=f"{TITLE} | Harbour Post", head="", gone=[TITLE]
    ),
    "a kicker glued to the title": Case("headline", above=f"<h2>Islands: {TITLE}</h2>", gone=[f"Islands: {TITLE}"]),
    "most of the title": Case(
        "headline", above="<h2>The ferry sails again</h2>", title="The ferry sails again at last", head="", gone=["The ferry sails again"]
    ),
    "an h1 that is worded otherwise than the title": Case("headline", above="<h1>Nine weeks, one gull</h1>", gone=["Nine weeks, one gull"]),
    "a title of another script": Case(
        "headline",
        above="<h1>灯台の猫が帰ってきた</h1>",
        title="灯台の猫が帰ってきた | 港新聞",
        head="",
        gone=["灯台の猫が帰ってきた"],
        lang="ja",
    ),
    "the title and then the kicker above it": Case("headline", above=f"<p>Islands</p><h1>{TITLE}</h1>", gone=["Islands", TITLE]),
    "the title twice": Case("headline", above=f"<h1>{TITLE}</h1><p>{TITLE}</p>", gone=[TITLE, TITLE]),
    "one of two h1s, in the page's header, that agrees with no title": Case(
        "headline",
        above="<header><h1>What the captain said about gulls</h1></header>",
        between="<h1>Terns</h1>",
        gone=["What the captain said about gulls"],
        spared=["Terns"],
    ),
    "one of two h1s, named as a headline, that agrees with no title": Case(
        "headline",
        above="<h1 class='entry-title'>What the captain said about gulls</h1>",
        between="<h1>Terns</h1>",
        gone=["What the captain said about gulls"],
        spared=["Terns"],
    ),
    "one of two h1s that nothing names and that agrees with no title": Case(
        "headline",
        above="<h1>What the captain said about gulls</h1>",
        between="<h1>Terns</h1>",
        spared=["What the captain said about gulls", "Terns"],
    ),
    "no line like the title": Case("headline", above="<p>Forty people waited.</p>", spared=["Forty people waited."]),
    "a sentence with some words of the title": Case(
        "headline",
        above="<p>The ferry sails again, and there are many who never thought they would see it.</p>",
        spared=["The ferry sails again, and there are many who never thought they would see it."],
    ),
    "a sub-heading below the first paragraph that repeats the title": Case("headline", between=f"<h2>{TITLE}</h2>", spared=[TITLE]),
    "a short title that is a word of the text": Case("headline", above="<p>Owls</p>", title="Owl", head="", spared=["Owls"]),
    "a first sub-heading": Case("headline", above="<h2>What happened on the pier</h2>", spared=["What happened on the pier"]),
    "a first paragraph that begins as the title does": Case(
        "headline",
        title="Nobody",
        head="",
        above="<p>Nobody knows what the gulls think of it.</p>",
        spared=["Nobody knows what the gulls think of it."],
    ),
    "a refrain that is the title": Case(
        "headline",
        title="Row the boat ashore",
        head="",
        above=paragraphs(*["Row the boat ashore"] * 5),
        gone=["Row the boat ashore"] * 3,
    ),
}

STANDFIRST = "The captain kept looking over his shoulder to hear the engine, and the gulls had other plans."
REPEATED = {
    "a standfirst that stands again in the body": Case(
        "repeated-standfirst", above=f"<p>{STANDFIRST}</p>", between=f"<p>{STANDFIRST}</p>", gone=[STANDFIRST]
    ),
    "a standfirst that a paragraph begins with": Case(
        "repeated-standfirst", above=f"<h2>{STANDFIRST}</h2>", between=f"<p>{STANDFIRST} That is how it was.</p>", gone=[STANDFIRST]
    ),
    "a standfirst that stands once": Case("repeated-standfirst", above=f"<p>{STANDFIRST}</p>", spared=[STANDFIRST]),
    "a short line that stands twice": Case(
        "repeated-standfirst", above="<p>Row the boat ashore</p>", between="<p>Row the boat ashore</p>", spared=["Row the boat ashore"]
    ),
    "a line of the body that stands again below": Case(
        "repeated-standfirst", between=f"<p>{STANDFIRST}</p>", below=f"<p>{STANDFIRST}</p>", spared=[STANDFIRST, STANDFIRST]
    ),
}

BYLINE = {
    "a name in other type at the end": Case("byline", below="<p><strong>Ivo Maar</strong></p>", spared=["Ivo Maar"]),
    "a name behind a dash at the end": Case("byline", below="<p>– Ivo van Maar</p>", spared=["– Ivo van Maar"]),
    "a name under a letter": Case("byline", below="<p>With best wishes,</p><p><em>Ivo Maar</em></p>", spared=["Ivo Maar"]),
    "a name under a quotation": Case(
        "byline",
        below="<p>“The light never failed us, not once in forty years, and I have slept with the curtains open on every night of them.”</p>"
        "<p>– Ivo Maar</p>",
        spared=["– Ivo Maar"],
    ),
    "a plain name at the end": Case("byline", below="<p>Ivo Maar</p>", spared=["Ivo Maar"]),
    "the time that a dish takes": Case(
        "byline", between="<div class='recipe-facts'><p class='time'>20 minutes</p></div>", spared=["20 minutes"]
    ),
    "initials at the end": Case("byline", below="<p>(obr)</p>", gone=["(obr)"]),
    "initials of an author and an agency": Case("byline", below="<p>obr/hpa</p>", gone=["obr/hpa"]),
    "a short word at the end": Case("byline", below="<p>Fin</p>", spared=["Fin"]),
    "initials between the paragraphs": Case("byline", between="<p>(obr)</p>", spared=["(obr)"]),
    "by and a name": Case("byline", above="<p>By Ann Lee</p>", gone=["By Ann Lee"]),
    "by and a name in capitals": Case("byline", above="<p>BY ANN LEE</p>", gone=["BY ANN LEE"]),
    "by and two names": Case("byline", above="<p>By Ann Lee and Jo van der Berg</p>", gone=["By Ann Lee and Jo van der Berg"]),
    "a byline below the story": Case("byline", below="<p>Written by Ann Lee</p>", gone=["Written by Ann Lee"]),
    "the author whom the page names": Case("byline", above="<p>Odalys Brandt</p>", gone=["Odalys Brandt"]),
    "by and the author whom the page names, with a role": Case(
        "byline", above="<p>By Odalys Brandt, who rows to work</p>", gone=["By Odalys Brandt, who rows to work"]
    ),
    "German": Case("byline", above="<p>Von Ann Lee</p><p>12. März 2024, 9:30 Uhr</p>", gone=["Von Ann Lee", "12. März 2024, 9:30 Uhr"]),
    "French": Case(
        "byline",
        above="<p>Par Anne Lefèvre</p><p>Publié le 12 mars 2024 à 9h30</p>",
        gone=["Par Anne Lefèvre", "Publié le 12 mars 2024 à 9h30"],
    ),
    "Spanish": Case("byline", above="<p>Por Ana López</p><p>12 de marzo de 2024</p>", gone=["Por Ana López", "12 de marzo de 2024"]),
    "Italian": Case("byline", above="<p>di Anna Lini</p><p>12 marzo 2024</p>", gone=["di Anna Lini", "12 marzo 2024"]),
    "Polish": Case("byline", above="<p>12 marca 2024, 9:30</p>", gone=["12 marca 2024, 9:30"]),
    "Russian": Case("byline", above="<p>12 марта 2024</p>", gone=["12 марта 2024"]),
    "Japanese": Case("byline", above="<p>2024年3月12日 9時30分</p>", gone=["2024年3月12日 9時30分"]),
    "Chinese": Case("byline", above="<p>2024-03-12 09:30:15</p>", gone=["2024-03-12 09:30:15"]),
    "Korean": Case("byline", above="<p>2024년 3월 12일</p>", gone=["2024년 3월 12일"]),
    "an English date": Case("byline", above="<p>March 12, 2024</p>", gone=["March 12, 2024"]),
    "a date with a weekday and a time": Case(
        "byline", above="<p>Tuesday, March 12th 2024 at 9:30 am</p>", gone=["Tuesday, March 12th 2024 at 9:30 am"]
    ),
    "a date with words before it": Case("byline", above="<p>Last updated: 12/03/2024</p>", gone=["Last updated: 12/03/2024"]),
    "published and updated": Case(
        "byline", above="<p>Published 12 March 2024 | Updated 13 March 2024</p>", gone=["Published 12 March 2024 | Updated 13 March 2024"]
    ),
    "a reading time": Case("byline", above="<p>4 min read</p>", gone=["4 min read"]),
    "a German reading time": Case("byline", above="<p>Lesezeit: 4 Minuten</p>", gone=["Lesezeit: 4 Minuten"]),
    "a byline word, a name and for whom she writes, at the very end": Case(
        "byline", below="<p>By Mira Solberg writing for Tide</p>", gone=["By Mira Solberg writing for Tide"]
    ),
    "the same before another line": Case(
        "byline", below="<p>By Mira Solberg writing for Tide</p><p>Pier and gull</p>", spared=["By Mira Solberg writing for Tide"]
    ),
    "a sentence that begins with by and a name, at the very end": Case(
        "byline", below="<p>By Mira Solberg it was never forgotten.</p>", spared=["By Mira Solberg it was never forgotten."]
    ),
    "a line of a song that begins with by, at the very end": Case(
        "byline", below="<p>By Hill and by Dale</p>", spared=["By Hill and by Dale"]
    ),
    "a last line in German that begins as a byline does": Case(
        "byline", below="<p>Von Hamburg bis nach Kiel</p>", spared=["Von Hamburg bis nach Kiel"]
    ),
    "a sentence that begins with by": Case(
        "byline", above="<p>By the time they left, it rained.</p>", spared=["By the time they left, it rained."]
    ),
    "a sentence that begins with by and a name": Case(
        "byline", above="<p>By Monday the ferry was back.</p>", spared=["By Monday the ferry was back."]
    ),
    "a sentence with a date": Case(
        "byline", above="<p>On March 12, 2024 the engine stopped.</p>", spared=["On March 12, 2024 the engine stopped."]
    ),
    "the day of an event below its announcement": Case(
        "byline", below="<p>Date: May 3</p><p>Place: Town hall</p>", spared=["Date: May 3", "Place: Town hall"]
    ),
    "the days of an event below its announcement": Case("byline", below="<p>Date: May 3-6, 2024</p>", spared=["Date: May 3-6, 2024"]),
    "a date between the paragraphs": Case("byline", between="<p>March 12, 2024</p>", spared=["March 12, 2024"]),
    "a date as a sub-heading": Case("byline", between="<h2>March 12, 2024</h2>", spared=["March 12, 2024"]),
    "a year as a sub-heading": Case("byline", above="<h2>1998</h2>", spared=["1998"]),
    "a date as a list item of a timeline": Case(
        "byline", above="<ul><li>12 March 2024</li><li>The ferry stopped.</li></ul>", spared=["- 12 March 2024", "- The ferry stopped."]
    ),
    "a name alone that the page does not name": Case("byline", above="<p>Captain Reed</p>", spared=["Captain Reed"]),
    "a quotation that begins with by": Case("byline", above="<p>“By Ann Lee?” he asked.</p>", spared=["“By Ann Lee?” he asked."]),
    "by and what is no name": Case(
        "byline", above="<p>By Candlelight</p>", below="<p>By Moonlight</p>", spared=["By Candlelight", "By Moonlight"]
    ),
    "by and a list of single words": Case("byline", above="<p>By Land, Sea and Air</p>", spared=["By Land, Sea and Air"]),
    "a name that begins with a word of bylines in other languages": Case("byline", above="<p>Von Maar</p>", lang="de", spared=["Von Maar"]),
    "a label and a name of one word": Case("byline", above="<p>Author: Solberg</p>", gone=["Author: Solberg"]),
    "by and a role": Case("byline", above="<p>By Staff Reporter</p>", gone=["By Staff Reporter"]),
    "a line that begins with by and ends with a year, at the very end": Case(
        "byline", below="<p>By Royal Appointment since 1902</p>", spared=["By Royal Appointment since 1902"]
    ),
    "a call with the last day for it": Case(
        "byline",
        above="<p>Have your say by 30 June.</p>",
        below="<p>Pay by 3 May</p>",
        spared=["Have your say by 30 June.", "Pay by 3 May"],
    ),
    "a sentence with the time that something takes to read": Case(
        "byline", below="<p>Allow 20 minutes to read the poem.</p>", spared=["Allow 20 minutes to read the poem."]
    ),
    "a fare": Case("byline", below="<p>Sail to Sark from just £29 one way.</p>", spared=["Sail to Sark from just £29 one way."]),
    "a date of history": Case("byline", above="<p>12 May 1945</p>", below="<p>9 June 1951</p>", spared=["12 May 1945", "9 June 1951"]),
    "a date of history that is marked up as one": Case("byline", between="<p class='date'>12 May 1945</p>", spared=["12 May 1945"]),
    "the dates of a chronicle": Case(
        "byline",
        above="<p>12 May 2024</p>",
        between="<p>14 May 2024</p><p>They row.</p><p>20 May 2024</p><p>They sleep.</p>",
        below="<p>2 June 2024</p><p>They land.</p>",
        gone=["12 May 2024"],
        spared=["14 May 2024", "20 May 2024", "2 June 2024"],
    ),
    "a date below the story": Case("byline", below="<p>12 March 2024</p>", gone=["12 March 2024"]),
    "a number of minutes in a sentence": Case(
        "byline", above="<p>It was a 4 minute walk to the pier, no more.</p>", spared=["It was a 4 minute walk to the pier, no more."]
    ),
    "a table of dates": Case(
        "byline",
        above="<table><tr><td>12 March 2024</td><td>nine</td></tr><tr><td>13 March 2024</td><td>ten</td></tr></table>",
        spared=["| 12 March 2024 | nine |", "| 13 March 2024 | ten |"],
    ),
}

BIO = {
    "the author's name and what she does": Case(
        "author-bio",
        below="<p>Odalys Brandt rows to work and writes about it.</p>",
        gone=["Odalys Brandt rows to work and writes about it."],
    ),
    "the same before a last line": Case(
        "author-bio",
        below="<p>Odalys Brandt rows to work and writes about it.</p><p>Pier and gull</p>",
        gone=["Odalys Brandt rows to work and writes about it."],
    ),
    "two authors": Case(
        "author-bio",
        head='<meta name="author" content="Odalys Brandt"><meta property="article:author" content="Ann van der Lee">',
        below="<p>Odalys Brandt rows to work and back again.</p><p>Ann van der Lee prefers the gulls to that.</p>",
        gone=["Odalys Brandt rows to work and back again.", "Ann van der Lee prefers the gulls to that."],
    ),
    "the name further up": Case(
        "author-bio",
        between="<p>Odalys Brandt, who wrote this, was on board that day.</p>",
        spared=["Odalys Brandt, who wrote this, was on board that day."],
    ),
    "somebody else": Case(
        "author-bio", below="<p>Ann Lee rows to work and writes about it.</p>", spared=["Ann Lee rows to work and writes about it."]
    ),
    "the name within a sentence": Case(
        "author-bio",
        below="<p>The gulls, says Odalys Brandt, will not give in.</p>",
        spared=["The gulls, says Odalys Brandt, will not give in."],
    ),
    "a site that calls itself the author": Case(
        "author-bio",
        head='<meta name="author" content="Harbour Post"><meta property="og:site_name" content="Harbour Post">',
        below="<p>Harbour Post was on board that day too.</p>",
        spared=["Harbour Post was on board that day too."],
    ),
    "a name of one word": Case(
        "author-bio",
        head='<meta name="author" content="Harbour">',
        below="<p>Harbour and pier were empty again that day.</p>",
        spared=["Harbour and pier were empty again that day."],
    ),
}

TABLE = "<table><tr><td>Tern</td><td>nine</td></tr><tr><td>Gull</td><td>ten</td></tr></table>"
YEARS = "<table><tr><td>Year</td><td>Gulls</td></tr></table>"  # figures without one are not extracted
CAPTION = {
    "a standfirst that a picture repeats": Case(
        "caption",
        above="<p>The captain has one wish left for his new engine</p>",
        between="<img src='a.jpg' alt='The captain has one wish left for his new engine'>",
        spared=["The captain has one wish left for his new engine"],
    ),
    "an element named as a caption": Case(
        "caption", between="<p class='bildtext'>Forty people on the pier.</p>", gone=["Forty people on the pier."]
    ),
    "an element in one named as a caption": Case(
        "caption", between="<div class='bildunterschrift'><p>Forty people on the pier.</p></div>", gone=["Forty people on the pier."]
    ),
    "an element named as a credit": Case("caption", between="<p class='fotograf'>Ann Lee / Tern</p>", gone=["Ann Lee / Tern"]),
    "the alternative text of a picture": Case(
        "caption",
        between="<p><img src='a.jpg' alt='Forty people on the pier'></p><p>Forty people on the pier</p>",
        gone=["Forty people on the pier"],
    ),
    "the alternative text of a picture with another stop": Case(
        "caption",
        between="<p><img src='a.jpg' alt='Forty people, on the pier'></p><p>Forty people – on the pier.</p>",
        gone=["Forty people – on the pier."],
    ),
    "a line in italics right behind a picture": Case(
        "caption", between="<p><img src='a.jpg'></p><p><em>Forty people on the pier</em></p>", gone=["Forty people on the pier"]
    ),
    "a line in italics in one paragraph with a picture": Case(
        "caption", between="<p><img src='a.jpg'><br><i>Forty people on the pier.</i></p>", gone=["Forty people on the pier."]
    ),
    "a line behind a picture, in an element whose name speaks of pictures": Case(
        "caption",
        between="<div class='image-left'><div><img src='a.jpg'></div><p>Forty people on the pier</p></div>",
        gone=["Forty people on the pier"],
    ),
    "a sentence beside a picture": Case(
        "caption",
        between="<div class='image-left'><div><img src='a.jpg'></div><p>Forty people came.</p></div>",
        spared=["Forty people came."],
    ),
    "a line in a figure that is no sentence": Case(
        "caption", between=f"<figure>{YEARS}<p>Odalys Brandt, captain</p></figure>", gone=["Odalys Brandt, captain"]
    ),
    "a sentence in a figure": Case(
        "caption", between=f"<figure>{YEARS}<p>He waited for the tide.</p></figure>", spared=["He waited for the tide."]
    ),
    "a line in a figure that announces something": Case(
        "caption", between=f"<figure>{YEARS}<p>This is how the gulls pay:</p></figure>", spared=["This is how the gulls pay:"]
    ),
    "lines in figures on a page that is made of them": Case(
        "caption",
        between="".join(f"<figure>{YEARS}<p>Gull {name} on the pier</p></figure>" for name in ("Ada", "Bo", "Cy", "Di", "Ed")),
        spared=["Gull Ada on the pier", "Gull Ed on the pier"],
    ),
    "a cell named as a caption behind a picture": Case(
        "caption",
        between="<table><tr><td><img src='a.jpg'></td></tr><tr><td class='caption'>Forty people on the pier</td></tr></table>",
        gone=["| Forty people on the pier |"],
    ),
    "a cell named as a caption without a picture": Case(
        "caption",
        between="<table><tr><td class='caption'>Gulls</td><td>nine</td></tr><tr><td>Terns</td><td>four</td></tr></table>",
        spared=["| Gulls | nine |", "| Terns | four |"],
    ),
    "a cell behind a picture that nothing names": Case(
        "caption",
        between="<table><tr><td><img src='a.jpg'></td></tr><tr><td>Forty people on the pier</td></tr></table>",
        spared=["| Forty people on the pier |"],
    ),
    "a line behind a picture that nothing sets apart": Case(
        "caption", between="<p><img src='a.jpg'></p><p>Forty people came.</p>", spared=["Forty people came."]
    ),
    "a line in italics with words between it and the picture": Case(
        "caption", between="<p><img src='a.jpg'> Look:</p><p><em>Forty people came.</em></p>", spared=["Look:", "Forty people came."]
    ),
    "a line in italics behind an icon": Case(
        "caption", between="<p><img src='a.jpg' width='16'></p><p><em>Forty people came.</em></p>", spared=["Forty people came."]
    ),
    "a line in italics without a picture": Case("caption", between="<p><em>Forty people came.</em></p>", spared=["Forty people came."]),
    "a line of which a part is in italics": Case(
        "caption", between="<p><img src='a.jpg'></p><p><em>Forty</em> people came.</p>", spared=["Forty people came."]
    ),
    "a line in italics that announces something": Case(
        "caption", between="<p><img src='a.jpg'></p><p><em>What he heard then:</em></p>", spared=["What he heard then:"]
    ),
    "a paragraph in italics behind a picture": Case(
        "caption", between=f"<p><img src='a.jpg'></p><p><em>{STORY[0]} {STORY[1]}</em></p>", spared=[f"{STORY[0]} {STORY[1]}"]
    ),
    "a standfirst in italics below the first picture": Case(
        "caption",
        above="<p><img src='a.jpg'></p><p><em>They waited for nine weeks, and when it came the ferry was too quiet for them.</em></p>",
        spared=["They waited for nine weeks, and when it came the ferry was too quiet for them."],
    ),
    "an element whose name speaks of pictures, without one": Case(
        "caption", between="<div class='image-left'><p>Forty people came.</p></div>", spared=["Forty people came."]
    ),
    "a short alternative text is an accident": Case(
        "caption", between="<p><img src='a.jpg' alt='The pier'></p><p>The pier</p>", spared=["The pier"]
    ),
    "an alternative text that is the title": Case(
        "caption", above=f"<h1>{TITLE}</h1><p><img src='a.jpg' alt='{TITLE}'></p>", spared=[TITLE]
    ),
    "a sub-heading that a picture repeats": Case(
        "caption",
        between="<h2>What the captain heard</h2><p><img src='a.jpg' alt='What the captain heard'></p>",
        spared=["What the captain heard"],
    ),
    "a list item that a picture repeats": Case(
        "caption",
        between="<ul><li>Sand the hull all over</li><li>Paint it</li></ul><p><img src='a.jpg' alt='Sand the hull all over'></p>",
        spared=["- Sand the hull all over"],
    ),
    "a body sentence about a picture": Case(
        "caption", between="<p>The picture shows forty people on the pier.</p>", spared=["The picture shows forty people on the pier."]
    ),
    "a table in an element named as a caption": Case(
        "caption", between=f"<div class='bildtext'>{TABLE}</div>", spared=["| Tern | nine |", "| Gull | ten |"]
    ),
    "a whole paragraph in an element named as a caption": Case(
        "caption", between=f"<p class='bildtext'>{STORY[0]} {STORY[1]} {STORY[2]}</p>", spared=[f"{STORY[0]} {STORY[1]} {STORY[2]}"]
    ),
    "a page that is mostly captions": Case(
        "caption", between="".join(f"<p class='bildtext'>{text}</p>" for text in STORY for _ in range(2)), spared=[STORY[3]]
    ),
}

LINK = "<a href='/news/gulls-of-the-north'>Five gulls that changed the north</a>"
LINK_TEXT = "Five gulls that changed the north"
LYRICS = [
    "Row the boat ashore and home tonight",
    "Gulls are all over the harbour pier",
    "Nobody knows where the sailors go",
    "Row the boat ashore and home again",
]
TEASER = {
    "a line that is a link to the site": Case("teaser", between=f"<p>{LINK}</p>", gone=[LINK_TEXT]),
    "a line that is a link with the site's address": Case(
        "teaser", between=f"<p><a href='https://www.harbour.example/x'>{LINK_TEXT}</a></p>", gone=[LINK_TEXT]
    ),
    "a linked sub-heading": Case("teaser", between=f"<h3>{LINK}</h3>", gone=[LINK_TEXT]),
    "a linked sub-heading that is numbered": Case("teaser", between=f"<h3>3. {LINK}</h3>", spared=[f"3. {LINK_TEXT}"]),
    "a label, a colon and a link": Case("teaser", between=f"<p>Nature: {LINK}</p>", gone=[f"Nature: {LINK_TEXT}"]),
    "a label in bold and a link": Case("teaser", between=f"<p><b>Nature |</b> {LINK}</p>", gone=[f"Nature | {LINK_TEXT}"]),
    "a link and a date": Case("teaser", between=f"<p>{LINK} (12 March 2024)</p>", gone=[f"{LINK_TEXT} (12 March 2024)"]),
    "a link and a numeric date": Case("teaser", between=f"<p>12.03.2024 {LINK}</p>", gone=[f"12.03.2024 {LINK_TEXT}"]),
    "a link and numbers that are no date": Case(
        "teaser", between=f"<p>1710 {LINK} 184 (18/19)</p>", spared=[f"1710 {LINK_TEXT} 184 (18/19)"]
    ),
    "a link and a date and what it is": Case(
        "teaser", between=f"<p>{LINK} of 12 March 2024, in his own words</p>", spared=[f"{LINK_TEXT} of 12 March 2024, in his own words"]
    ),
    "more links behind the story than it has text": Case(
        "teaser",
        below="".join(f"<p><a href='/news/{n}'>{LINK_TEXT}, and who had to pay for it in year {n}</a></p>" for n in range(6)),
        gone=[f"{LINK_TEXT}, and who had to pay for it in year {n}" for n in range(6)],
    ),
    "a link of two words behind the story": Case("teaser", below="<a href='/news'>All news</a>", gone=["All news"]),
    "a sentence of two words that is a link behind the story": Case(
        "teaser", below="<a href='/news/gulls'>Gulls left.</a>", spared=["Gulls left."]
    ),
    "an address of the site behind the story": Case(
        "teaser", below="<a href='/news/gulls'>www.harbour.example/gulls</a>", spared=["www.harbour.example/gulls"]
    ),
    "a link of two words amid the story": Case("teaser", between="<a href='/news/gulls'>The gulls</a>", spared=["The gulls"]),
    "a link of two words to another site behind the story": Case(
        "teaser", below="<a href='https://gulls.example/x'>The gulls</a>", spared=["The gulls"]
    ),
    "a link to another site": Case("teaser", between=f"<p><a href='https://gulls.example/x'>{LINK_TEXT}</a></p>", spared=[LINK_TEXT]),
    "a linked heading of a ranking": Case("teaser", between=f"<h3>2. {LINK}</h3>", spared=[f"2. {LINK_TEXT}"]),
    "a link of two words": Case("teaser", between="<h3><a href='/x'>The gulls</a></h3>", spared=["The gulls"]),
    "a sentence that is a link": Case(
        "teaser",
        between="<p><a href='/x'>The gulls have been there for longer than the pier.</a></p>",
        spared=["The gulls have been there for longer than the pier."],
    ),
    "a sentence with a link in it": Case(
        "teaser",
        between=f"<p>The council, which wrote about {LINK} last year, said nothing.</p>",
        spared=[f"The council, which wrote about {LINK_TEXT} last year, said nothing."],
    ),
    "half a sentence that extraction parted at a link": Case(
        "teaser", between="<p><a href='/x'>as the council of the islands said</a></p>", spared=["as the council of the islands said"]
    ),
    "a linked list item": Case(
        "teaser", between=f"<ul><li>{LINK}</li><li>The council</li></ul>", spared=[f"- {LINK_TEXT}", "- The council"]
    ),
    "linked sub-headings that structure the page": Case(
        "teaser",
        between="".join(
            f"<h3><a href='/pier/{n}'>What is {name} about the pier</a></h3><p>{text}</p>"
            for n, (name, text) in enumerate(zip(("old", "new", "odd", "sad"), STORY, strict=True))
        ),
        spared=["What is old about the pier", "What is new about the pier", "What is odd about the pier", "What is sad about the pier"],
    ),
    "a page whose lines are all links, as lyrics with notes are": Case(
        "teaser",
        between=paragraphs(*(f"<a href='/notes/{n}'>{line}</a>" for n, line in enumerate(LYRICS * 3))),
        spared=LYRICS * 3,
    ),
}

ITEMS = [
    "Five gulls that changed the north of the island, and the one man who saw them do it",
    "Why the pier was built twice in a single summer, and who had to pay for it in the end",
    "A captain and his two engines: how the ferry learned to whisper on its way to the north",
    "What the council knew about the shelter and its bench when it voted for a second one",
]


SHORT_ITEMS = [" ".join(item.split()[:16]) for item in ITEMS]


def link_items(*texts: str, host: str = "") -> str:
    """A list of links."""
    return "<ul>" + "".join(f"<li><a href='{host}/news/{n}'>{text}</a></li>" for n, text in enumerate(texts)) + "</ul>"


LONG = f"{STORY[3]} {STORY[2]} {STORY[1]}"
WIKI = ("ferry", "pier", "gull", "engine", "dock")
LISTS = {
    "a list of sources": Case("link-list", below=f"<div class='references'>{link_items(*ITEMS)}</div>", spared=[f"- {ITEMS[0]}"]),
    "a list of links to the site": Case("link-list", between=link_items(*ITEMS), gone=[f"- {item}" for item in ITEMS]),
    "a list of links at the end": Case("link-list", below=link_items(*ITEMS), gone=[f"- {item}" for item in ITEMS]),
    "a list of links with counters": Case(
        "link-list",
        below="<ul>" + "".join(f"<li>{n}{40_000 + n} <a href='/news/{n}'>{item}</a></li>" for n, item in enumerate(SHORT_ITEMS)) + "</ul>",
        gone=[f"- {n}{40_000 + n} {item}" for n, item in enumerate(SHORT_ITEMS)],
    ),
    "a list of links with remarks": Case(
        "link-list",
        below="<ul>"
        + "".join(f"<li><a href='/news/{n}'>{item}</a> (first heard in it)</li>" for n, item in enumerate(SHORT_ITEMS))
        + "</ul>",
        spared=[f"- {item} (first heard in it)" for item in SHORT_ITEMS],
    ),
    "more lists of links behind the story than one amid it may have": Case(
        "link-list",
        between=f"<p>{LONG}</p><p>{LONG}</p>",
        below="".join(f"<h3>Part {n}</h3>{link_items(*SHORT_ITEMS)}" for n in range(3)),
        gone=[f"- {item}" for item in SHORT_ITEMS] * 3,
    ),
    "a list of links to other sites": Case(
        "link-list", between=link_items(*ITEMS, host="https://gulls.example"), spared=[f"- {item}" for item in ITEMS]
    ),
    "a single linked item": Case(
        "link-list", between=f"<ul><li><a href='/x'>{ITEMS[0]}</a></li><li>{LONG}</li></ul>", spared=[f"- {ITEMS[0]}", f"- {LONG}"]
    ),
    "a list of items without links": Case(
        "link-list", between="<ul><li>Sand the hull all over</li><li>Paint it in two coats</li></ul>", spared=["- Sand the hull all over"]
    ),
    "a list of items with links in them": Case(
        "link-list",
        between="<ul><li>Sand the hull as <a href='/hull'>we showed</a> in the spring of last year</li>"
        "<li>Paint it with <a href='/paint'>paint</a> that does not mind the salt</li></ul>",
        spared=["- Sand the hull as we showed in the spring of last year"],
    ),
    "a list of linked names": Case(
        "link-list",
        between=f"<ul><li><a href='/t'>Tern</a></li><li><a href='/g'>Gull</a></li><li><a href='/a'>Auk</a></li><li>{LONG}</li></ul>",
        spared=["- Tern", "- Gull", "- Auk", f"- {LONG}"],
    ),
    "a list of links of a wiki, whose paragraphs link to one another": Case(
        "link-list",
        above="".join(
            f"<p>The <a href='/wiki/{word}'>{word}</a> is described elsewhere, and so is most of this. {STORY[1]}</p>" for word in WIKI
        ),
        below=link_items(*ITEMS),
        spared=[f"- {item}" for item in ITEMS],
    ),
    "a page that is a collection of lists of links": Case(
        "link-list",
        between="".join(f"<h3>Part {n}</h3>{link_items(*ITEMS)}<p>{text}</p>" for n, text in enumerate(STORY)),
        spared=[f"- {ITEMS[0]}"],
    ),
}

RELATED = {
    "a heading and links": Case(
        "related-section", below=f"<h3>Related stories</h3>{link_items(*ITEMS)}", gone=["Related stories", *(f"- {item}" for item in ITEMS)]
    ),
    "a heading with a colon": Case(
        "related-section",
        below=f"<p><b>Related stories:</b></p>{link_items(*ITEMS)}",
        gone=["Related stories:", *(f"- {item}" for item in ITEMS)],
    ),
    "a heading in capitals": Case(
        "related-section", below=f"<h3>SEE ALSO</h3>{link_items(*ITEMS)}", gone=["SEE ALSO", *(f"- {item}" for item in ITEMS)]
    ),
    "a German heading": Case(
        "related-section", below=f"<h3>Lesen Sie auch</h3>{link_items(*ITEMS)}", gone=["Lesen Sie auch", *(f"- {item}" for item in ITEMS)]
    ),
    "headlines without links": Case(
        "related-section",
        below="<h3>Related stories</h3><ul><li>Five gulls of the north</li><li>Why the pier was built twice</li></ul>",
        gone=["Related stories", "- Five gulls of the north", "- Why the pier was built twice"],
    ),
    "a linked paragraph, up to the next paragraph": Case(
        "related-section", between=f"<h3>Related</h3><p>{LINK}</p>", gone=["Related", LINK_TEXT]
    ),
    "a heading at the very end": Case("related-section", below="<p>Related stories</p>", gone=["Related stories"]),
    "a heading with more words": Case(
        "related-section",
        below=f"<h3>Read more about gulls</h3>{link_items(*ITEMS)}",
        gone=["Read more about gulls", *(f"- {item}" for item in ITEMS)],
    ),
    "a longer line with a colon": Case(
        "related-section",
        below=f"<p>Lesen Sie mehr über Möwen:</p>{link_items(*ITEMS)}",
        gone=["Lesen Sie mehr über Möwen:", *(f"- {item}" for item in ITEMS)],
    ),
    "a heading with more words, over a list without links": Case(
        "related-section",
        below="<h3>Related stories of the pier</h3><ul><li>Five gulls</li><li>Why it was built twice</li></ul>",
        spared=["Related stories of the pier", "- Five gulls"],
    ),
    "a sentence with the words": Case(
        "related-section",
        below=f"<p>Related stories are told in every harbour.</p>{link_items(*ITEMS)}",
        spared=["Related stories are told in every harbour.", f"- {ITEMS[0]}"],
    ),
    "the words as a line of the text": Case(
        "related-section",
        between="<p>Related</p>",
        spared=["Related"],
    ),
    "a list of sentences": Case(
        "related-section",
        between="<p>Related</p><ul><li>The gulls are cousins of the terns.</li><li>The terns deny it.</li></ul>",
        spared=["Related", "- The gulls are cousins of the terns.", "- The terns deny it."],
    ),
}


def card(number: int, *lines: str) -> str:
    """A card: a linked headline and lines that belong to it."""
    return f"<div class='c'><h4><a href='/g/{number}'>Five gulls of pier {number}</a></h4>{paragraphs(*lines)}</div>"


SAID = "They came with the herring, and nobody has had a sandwich to himself there in all the years since."
BREAD = "They stayed for the bread, which the council has forbidden twice and the gulls have twice ignored."
LONG = f"{SAID} {BREAD}"
MORE = (
    "The old ferry had been loud enough to wake both islands at five in the morning, which is why nobody there owns a clock. "
    "Now the council has bought forty of them, and the first were handed out on Monday by the mayor, who overslept on Tuesday."
)
CARD = {
    "headlines with lines between the paragraphs": Case(
        "card",
        above=paragraphs(MORE),
        between=f"<div>{card(1, SAID)}{card(2, BREAD)}</div>",
        gone=["Five gulls of pier 1", SAID, "Five gulls of pier 2", BREAD],
    ),
    "headlines with standfirsts and dates behind the story": Case(
        "card",
        above=paragraphs(MORE),
        below=f"<div>{card(1, SAID, 'May 2')}{card(2, BREAD, 'May 3')}</div>",
        gone=["Five gulls of pier 1", SAID, "May 2", "Five gulls of pier 2", BREAD, "May 3"],
    ),
    "one such element": Case("card", below=f"<div>{card(1, SAID)}</div>", spared=["Five gulls of pier 1", SAID]),
    "headlines with paragraphs in the midst of the story, a list of the best": Case(
        "card", between=f"<div>{card(1, LONG)}{card(2, LONG + ' So it is.')}</div>", spared=["Five gulls of pier 1", LONG]
    ),
    "headlines with more lines than a card has": Case(
        "card",
        below="<div>" + "".join(card(n, *(f"Gull {letter}{n} has a sandwich." for letter in "abcde")) for n in (1, 2)) + "</div>",
        spared=["Five gulls of pier 1", "Gull a1 has a sandwich."],
    ),
    "a link below a text": Case(
        "card",
        between="".join(
            f"<div><div class='c'><p>{text}</p><p>Then <a href='/g/{n}'>ask the gull</a></p></div></div>"
            for n, text in enumerate((SAID, BREAD))
        ),
        spared=[SAID, BREAD],
    ),
    "questions and answers": Case(
        "card", below=f"<div class='faq'>{card(1, SAID)}{card(2, BREAD)}</div>", spared=["Five gulls of pier 1", SAID]
    ),
    "links to another site": Case(
        "card",
        below=f"<div>{card(1, SAID)}{card(2, BREAD)}</div>".replace("href='/", "href='https://gulls.example/"),
        spared=["Five gulls of pier 1", SAID],
    ),
    "so many that they are the article": Case(
        "card", below=f"<div>{''.join(card(n, f'Of gull {n} it is told: {SAID}') for n in range(5))}</div>", spared=["Five gulls of pier 1"]
    ),
}

COMMENT = "I was on that ferry, and it is louder than he says."
CONTAINER = {
    "readers' comments": Case("container", below=f"<div class='leserbriefe'><p>{COMMENT}</p></div>", gone=[COMMENT]),
    "a heading that bears the name of the table of contents": Case(
        "container", between="<h3 class='toc-anchor'>Five gulls of the north</h3>", spared=["Five gulls of the north"]
    ),
    "a newsletter box": Case(
        "container",
        between="<div class='mailchimp-box'><p>Letters from the pier, once a week.</p></div>",
        gone=["Letters from the pier, once a week."],
    ),
    "a box of related articles": Case(
        "container",
        between="<div class='further-reading'><p><a href='/gulls'>Gulls of the north, and why</a> they came</p></div>",
        gone=["Gulls of the north, and why they came"],
    ),
    "what the story recommends": Case(
        "container",
        between="<div class='recommendations'><p>Wear two pairs of socks</p><p>Bring a flask of tea</p></div>",
        spared=["Wear two pairs of socks", "Bring a flask of tea"],
    ),
    "the discussion of a paper": Case(
        "container",
        between=f"<div id='discussion'><p>{LONG}</p></div><div id='rights'><p>Passengers may wait in the shelter.</p></div>",
        spared=[LONG, "Passengers may wait in the shelter."],
    ),
    "many comments behind a story": Case(
        "container",
        below="<div class='leserbriefe'>" + "".join(f"<p>{SAID} And {n} more.</p>" for n in ("one", "two", "ten")) + "</div>",
        gone=[f"{SAID} And {n} more." for n in ("one", "two", "ten")],
    ),
    "a call to action": Case(
        "container",
        between="<div class='post-cta'><h3>Row with us</h3><p>Two hours on the water, every Friday.</p></div>",
        gone=["Row with us", "Two hours on the water, every Friday."],
    ),
    "a product that the story is about": Case(
        "container",
        between="<div class='product-text'><p>The oars come in three lengths.</p></div>",
        spared=["The oars come in three lengths."],
    ),
    "a dialog about cookies": Case(
        "container",
        between="<div class='gdpr-note'><p>We keep small files on your machine.</p></div>",
        gone=["We keep small files on your machine."],
    ),
    "text of a page builder's component": Case(
        "container", between="<div class='cmp-text'><p>He left it all to the gulls.</p></div>", spared=["He left it all to the gulls."]
    ),
    "an element around that is named for sharing": Case(
        "container",
        between="<div class='wechat-box'><div><div><p>The gulls are on every wall now</p></div></div></div>",
        gone=["The gulls are on every wall now"],
    ),
    "what a box says again and again": Case(
        "container",
        between="".join(f"<div class='wechat-box'><p>{COMMENT}</p></div><p>{text}</p>" for text in STORY * 4),
        gone=[COMMENT] * 4 * len(STORY),
    ),
    "a window behind the story": Case(
        "container",
        below="<div class='modal'><p>Choose the harbour whose news you want</p></div>",
        gone=["Choose the harbour whose news you want"],
    ),
    "a window amid the story": Case(
        "container",
        between="<div class='modal'><p>The glass of the ferry's first bridge</p></div>",
        spared=["The glass of the ferry's first bridge"],
    ),
    "what is embedded behind the story": Case(
        "container",
        below="<div class='ticker'><p>How the islands voted in the spring</p></div>",
        gone=["How the islands voted in the spring"],
    ),
    "what is embedded amid the story": Case(
        "container",
        between="<div class='ticker'><p>How the islands voted in the spring</p></div>",
        spared=["How the islands voted in the spring"],
    ),
    "a byline above the story": Case("container", above="<div class='dateline'><p>Tern, north pier</p></div>", gone=["Tern, north pier"]),
    "an element named as a byline amid the story": Case(
        "container", between="<div class='dateline'><p>Tern, north pier</p></div>", spared=["Tern, north pier"]
    ),
    "words for screen readers": Case("container", between="<div class='sr-only'>Picture 3 of 12</div>", gone=["Picture 3 of 12"]),
    "a heading for screen readers": Case("container", between="<h2 class='visually-hidden'>What he heard</h2>", spared=["What he heard"]),
    "a footnote that opens": Case(
        "container",
        between="<div class='footnote-popup'><p>See the notebook of 1950.</p></div>",
        spared=["See the notebook of 1950."],
    ),
    "a question to readers": Case(
        "container",
        between="<div class='article-poll'><p>Do you like the new engine?</p></div>",
        gone=["Do you like the new engine?"],
    ),
    "a box about the author": Case(
        "container",
        below="<div class='autorenbox'><p>Ann Lee rows to work and writes about it.</p></div>",
        gone=["Ann Lee rows to work and writes about it."],
    ),
    "a box of the firm": Case(
        "container", below="<div class='press-boilerplate'><p>Tern is a maker of ferries.</p></div>", gone=["Tern is a maker of ferries."]
    ),
    "an element far out": Case(
        "container",
        below="<div class='autorenbox'><div><div><div><div><div><p>Ann Lee rows to work.</p></div></div></div></div></div></div>",
        spared=["Ann Lee rows to work."],
    ),
    "a long paragraph in a newsletter box": Case(
        "container",
        between=f"<div class='mailchimp-box'><p>{STORY[0]} {STORY[1]} {STORY[3]}</p></div>",
        spared=[f"{STORY[0]} {STORY[1]} {STORY[3]}"],
    ),
    "the whole story in an element with such a name": Case(
        "container", between=f"<div class='further-reading'>{paragraphs(*STORY, *STORY)}</div>", spared=[STORY[0], STORY[3]]
    ),
    "a table in a box": Case(
        "container", between=f"<div class='further-reading'>{TABLE}</div>", spared=["| Tern | nine |", "| Gull | ten |"]
    ),
    "a heading whose id is made of its words": Case(
        "container", between="<h2 id='newsletter-boom'>The newsletter boom</h2>", spared=["The newsletter boom"]
    ),
    "an element whose long id is made of words": Case(
        "container",
        between="<p id='why-he-left-his-mailing-list-to-the-gulls'>He left it all to the gulls.</p>",
        spared=["He left it all to the gulls."],
    ),
    "a post of a blog in the midst of another": Case(
        "container",
        between="<article class='post type-post status-publish format-standard'>"
        "<p><a href='/gulls'>Gulls of the north, and why</a> they came</p></article>",
        gone=["Gulls of the north, and why they came"],
    ),
    "a sub-heading that a table of contents lists": Case(
        "container", between="<h2 class='toc-entry'>What he heard</h2>", spared=["What he heard"]
    ),
    "a sub-heading that links to itself": Case(
        "container", between="<h2><a class='toclink' href='#heard'>What he heard</a></h2>", spared=["What he heard"]
    ),
    "an element with an innocent name": Case(
        "container", between="<div class='wide'><p>He left it all to the gulls.</p></div>", spared=["He left it all to the gulls."]
    ),
}

PARTS = ["What north means", "Which sorts to choose", "Watering"]
SECTIONS = "".join(f"<h2>{part}</h2><p>{text}</p>" for part, text in zip(PARTS, STORY, strict=False))
ITEMS_OF_PARTS = "<ul>" + "".join(f"<li>{part}</li>" for part in PARTS) + "</ul>"
CONTENTS = {
    "the headings as a list at the top": Case(
        "contents", above=f"<p>On this page</p>{ITEMS_OF_PARTS}", below=SECTIONS, gone=[f"- {part}" for part in PARTS]
    ),
    "a list that a sentence announces": Case(
        "contents",
        above=f"<p>Whoever grows tomatoes up there has three things to think of:</p>{ITEMS_OF_PARTS}",
        below=SECTIONS,
        spared=[f"- {part}" for part in PARTS],
    ),
    "a list that says more than the headings": Case(
        "contents",
        above=f"<p>In short</p>{ITEMS_OF_PARTS.replace('</ul>', '<li>A fourth thing, which is patience</li></ul>')}",
        below=SECTIONS,
        spared=[*(f"- {part}" for part in PARTS), "- A fourth thing, which is patience"],
    ),
    "a list that repeats headings above it": Case(
        "contents", above=SECTIONS, below=f"<p>In short</p>{ITEMS_OF_PARTS}", spared=[f"- {part}" for part in PARTS]
    ),
}

ELEMENT = {
    "a name in italics behind the story": Case("element", below="<p><em>Odalys Brandt</em></p>", gone=["Odalys Brandt"]),
    "initials in italics behind the story": Case("element", below="<p><i>(ob)</i></p>", gone=["(ob)"]),
    "a sentence in italics behind the story": Case("element", below="<p><em>He left it.</em></p>", spared=["He left it."]),
    "a word in italics amid the story": Case("element", between="<p><em>Larus argentatus</em></p>", spared=["Larus argentatus"]),
    "small print": Case(
        "element", between="<p><small>All times are those of the tide</small></p>", gone=["All times are those of the tide"]
    ),
    "an address": Case("element", below="<address><p>Harbour Post, Pier 3</p></address>", gone=["Harbour Post, Pier 3"]),
    "a row of things side by side": Case("element", above="<div class='d-flex align-items-center'><p>Islands</p></div>", gone=["Islands"]),
    "a table that is made of rows": Case(
        "element",
        between="".join(f"<div class='d-flex justify-content-between'><p>Gull {n}</p></div>" for n in range(5)),
        spared=["Gull 0", "Gull 4"],
    ),
    "a heading in a row": Case(
        "element", between="<div class='flex items-center'><h2>What the captain heard</h2></div>", spared=["What the captain heard"]
    ),
    "a list item in a row": Case(
        "element",
        between="<ul class='flex items-center'><li>Sand the hull</li><li>Paint it</li></ul>",
        spared=["- Sand the hull", "- Paint it"],
    ),
    "a sentence in a row": Case(
        "element",
        between="<div class='flex items-center'><p>The captain, who has steered it for thirty years, said that he missed the noise.</p></div>",
        spared=["The captain, who has steered it for thirty years, said that he missed the noise."],
    ),
    "a paragraph in small print": Case(
        "element", between=f"<p><small>{STORY[0]} {STANDFIRST}</small></p>", spared=[f"{STORY[0]} {STANDFIRST}"]
    ),
    "a paragraph in an address": Case("element", below=f"<address><p>{SAID} So it is.</p></address>", spared=[f"{SAID} So it is."]),
    "notes in small print": Case(
        "element", below="<div class='footnotes'><p><small>Ann Lee, Gulls, 1998</small></p></div>", spared=["Ann Lee, Gulls, 1998"]
    ),
    "small print within the story and at its end": Case(
        "element",
        between="<p><small>Cast on 40 stitches, then turn.</small></p>",
        below="<p><small>Sizes: 40, 44, 48.</small></p>",
        spared=["Cast on 40 stitches, then turn.", "Sizes: 40, 44, 48."],
    ),
    "a page that is all small print": Case(
        "element",
        between="".join(
            f"<p><small>Gull {name} has never paid for a sandwich in its life</small></p>" for name in ("Ada", "Bo", "Cy", "Di", "Ed")
        ),
        spared=["Gull Ada has never paid for a sandwich in its life"],
    ),
}

NAMED = HEAD + '<meta property="og:site_name" content="Harbour Post">'
COLOPHON = {
    "a line that names the site": Case(
        "colophon", head=NAMED, below="<p>This is a text of the Harbour Post</p>", gone=["This is a text of the Harbour Post"]
    ),
    "a line that names the site before two more": Case(
        "colophon",
        head=NAMED,
        below="<p>All that the Harbour Post has on gulls</p><p>Pier and gull</p><p>Tide</p>",
        gone=["All that the Harbour Post has on gulls"],
    ),
    "a line that names the author": Case("colophon", below="<p>Seen by Odalys Brandt</p>", gone=["Seen by Odalys Brandt"]),
    "what the author says": Case(
        "colophon",
        below="<p>Odalys Brandt: I never did.</p><p>“Never,” said Odalys Brandt.</p>",
        spared=["Odalys Brandt: I never did.", "“Never,” said Odalys Brandt."],
    ),
    "a line that names neither": Case(
        "colophon", head=NAMED, below="<p>This is a text of the Herald</p>", spared=["This is a text of the Herald"]
    ),
    "a line that names the site amid the story": Case(
        "colophon", head=NAMED, between="<p>He read the Harbour Post.</p>", spared=["He read the Harbour Post."]
    ),
    "a paragraph that names the site": Case(
        "colophon",
        head=NAMED,
        below=f"<p>{STANDFIRST[:-1]}, as he told the Harbour Post on the morning of that day on the pier, in the rain.</p>",
        spared=[f"{STANDFIRST[:-1]}, as he told the Harbour Post on the morning of that day on the pier, in the rain."],
    ),
    "a list item that names the site": Case(
        "colophon",
        head=NAMED,
        below="<ul><li>Harbour Post, 1998</li><li>Tide, 2004</li></ul>",
        spared=["- Harbour Post, 1998", "- Tide, 2004"],
    ),
    "a sentence with the words that the site is called by": Case(
        "colophon",
        head='<meta property="og:site_name" content="The Tides">',
        below="<p>The tides have no say in it.</p>",
        spared=["The tides have no say in it."],
    ),
    "a sentence that names the site, with a link": Case(
        "colophon",
        head=NAMED,
        below="<p>The Harbour Post is <a href='https://gulls.example/x'>on Gulls</a> too, for those who wait.</p>",
        gone=["The Harbour Post is on Gulls too, for those who wait."],
    ),
    "a word that has the site's name in it": Case(
        "colophon",
        head='<meta property="og:site_name" content="Harbour">',
        below="<p>Nine harbourmasters and one tide</p>",
        spared=["Nine harbourmasters and one tide"],
    ),
    "a line in Japanese that names the site": Case(
        "colophon",
        head='<meta property="og:site_name" content="みなと港新聞">',
        below="<p>みなと港新聞の記事です</p>",
        gone=["みなと港新聞の記事です"],
    ),
    "a site with a name of four letters": Case(
        "colophon",
        head='<meta property="og:site_name" content="Tide">',
        below="<p>What he owes to the tide</p>",
        spared=["What he owes to the tide"],
    ),
}

CASES = {
    f"{case.detector}: {name}": case
    for group in (HEADLINE, REPEATED, BYLINE, BIO, CAPTION, TEASER, CARD, LISTS, RELATED, CONTAINER, ELEMENT, CONTENTS, COLOPHON)
    for name, case in group.items()
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_detector_takes_and_spares(case: Case) -> None:
    """One detector alone takes these lines of the page and no others, though the extraction delivered all of them."""
    article = only(case.detector).clean(case.source, url=URL)
    extracted = [article.document.block_text(block).strip() for block in article.document.blocks]
    assert [line for line in (*case.gone, *case.spared) if line not in extracted] == [], extracted
    assert removed(article) == case.gone
    assert {removal.rule for removal in article.removals} <= {f"structure/{case.detector}"}


@pytest.mark.parametrize("case", [case for case in CASES.values() if case.gone], ids=[name for name, case in CASES.items() if case.gone])
def test_a_detector_says_why(case: Case) -> None:
    """Each removal names its evidence."""
    for removal in only(case.detector).clean(case.source, url=URL).removals:
        assert removal.reason
        assert removal.evidence
        assert all(removal.evidence)


TESTED_APART = {"structure/empty-heading", "structure/fitted", "structure/outside", "structure/section-label", "structure/stranded"}


@pytest.mark.parametrize("detector", sorted(DETECTORS))
def test_every_detector_has_both_kinds_of_cases(detector: str) -> None:
    """No detector is without a page on which it takes lines and one on which it spares some."""
    if detector in TESTED_APART:
        return
    cases = [case for case in CASES.values() if f"structure/{case.detector}" == detector]
    assert any(case.gone for case in cases)
    assert any(case.spared for case in cases)


TEXT_CASES = {
    "a byline": ("byline", ["By Ann Lee", *STORY], ["By Ann Lee"]),
    "a date": ("byline", ["Published on 12 March 2024", *STORY], ["Published on 12 March 2024"]),
    "a date in the middle": ("byline", [*STORY[:2], "12 March 2024", *STORY[2:]], []),
    "a heading that announces headlines": (
        "related-section",
        [*STORY, "Related stories", "- Five gulls", "- Two piers"],
        ["Related stories", "- Five gulls", "- Two piers"],
    ),
    "a heading that announces paragraphs": ("related-section", [STORY[0], "Related", STORY[1], STORY[2]], []),
    "a standfirst that stands again": ("repeated-standfirst", [STANDFIRST, STORY[0], f"{STANDFIRST} So it was.", STORY[1]], [STANDFIRST]),
    "headlines, which nothing tells apart without links": ("teaser", [STORY[0], LINK_TEXT, STORY[1]], []),
    "items, which nothing tells apart without links": ("link-list", [STORY[0], *(f"- {item}" for item in ITEMS), STORY[1]], []),
    "lines, which nothing tells apart without elements": ("container", [STORY[0], COMMENT, STORY[1]], []),
    "captions, which nothing tells apart without elements": ("caption", [STORY[0], "Forty people on the pier", STORY[1]], []),
    "a first line, which nothing tells apart without a title": ("headline", [TITLE, *STORY], []),
}


@pytest.mark.parametrize(("detector", "lines", "gone"), TEXT_CASES.values(), ids=TEXT_CASES)
def test_detectors_at_work_on_text(detector: str, lines: list[str], gone: list[str]) -> None:
    """What words alone tell is seen in text too; what needs a page is left."""
    assert removed(only(detector).clean_text("\n".join(lines))) == gone


PITCH = "Letters from the pier, once a week."
BOX = f"<div class='mailchimp-box'><p>{PITCH}</p></div>"
EMPTY = {
    # markup between the story's paragraphs, markup below them, headings that go
    "a heading whose only paragraph goes": (f"<h2>Stay in touch</h2>{BOX}<h2>The gulls</h2>", "", ["Stay in touch"]),
    "a heading whose paragraph at the end goes": ("", f"<h2>Stay in touch</h2>{BOX}", ["Stay in touch"]),
    "a heading and the one below it": ("", f"<h2>More</h2><h3>Stay in touch</h3>{BOX}", ["More", "Stay in touch"]),
    "a heading that keeps a paragraph": (f"<h2>Stay in touch</h2><p>The captain writes letters.</p>{BOX}", "", []),
    "a heading that keeps a paragraph behind what goes": (f"<h2>Stay in touch</h2>{BOX}<p>The captain writes letters.</p>", "", []),
    "a heading right above another": ("<h2>Part one</h2><h3>The gulls</h3>", "", []),
    "a heading of a part of which one section is left": (
        f"<h2>Part one</h2><h3>Stay in touch</h3>{BOX}<h3>The gulls</h3><p>They had grown used to it.</p>",
        "",
        ["Stay in touch"],
    ),
    "a sentence set as a heading": ("", f"<h2>The captain writes letters.</h2>{BOX}", []),
    "a long line set as a heading": ("", f"<h2>{STORY[0]}</h2>{BOX}", []),
    "a last line in italics that announces something": ("", "<p><em>What else we know about it:</em></p>", ["What else we know about it:"]),
    "a line in bold behind which all goes": ("", f"<p><b>What else we know about it:</b></p>{BOX}", ["What else we know about it:"]),
    "a line in bold behind which something stays": ("", f"<p><b>What else we know about it:</b></p><p>Gulls</p>{BOX}", []),
    "a last line in italics that announces nothing": ("", "<p><em>What else we know about it</em></p>", []),
    "a last line with a colon that nothing sets apart": ("", "<p>What else we know about it:</p>", []),
    "a line in bold that announces something amid the story": ("<p><b>What else we know about it:</b></p>", "", []),
}


@pytest.mark.parametrize(("between", "below", "gone"), EMPTY.values(), ids=EMPTY)
def test_headings_without_content_go(between: str, below: str, gone: list[str]) -> None:
    """A heading goes when nothing is left under it because of what went, and stays otherwise."""
    cleaner = Cleaner(rules=words_only(), disable=DETECTORS - {"structure/container", "structure/empty-heading"})
    article = cleaner.clean(Case("container", between=between, below=below).source, url=URL)
    assert all(heading in article.document.text for heading in gone)
    assert [removal.text for removal in article.removals if removal.rule == "structure/empty-heading"] == gone
    assert PITCH not in article.text.split("\n")


def test_a_heading_goes_as_what_stood_under_it() -> None:
    """Its category is that of the first line that went from under it."""
    cleaner = Cleaner(rules=words_only(), disable=DETECTORS - {"structure/container", "structure/empty-heading"})
    article = cleaner.clean(Case("container", below=f"<h2>More</h2><h3>Stay in touch</h3>{BOX}").source, url=URL)
    assert [removal.category for removal in article.removals] == ["newsletter"] * 3


def test_a_heading_at_the_end_of_a_text_goes() -> None:
    """A heading behind which nothing comes announces nothing."""
    article = only("empty-heading").clean_text("\n".join([*STORY, "## Stay in touch"]))
    assert removed(article) == ["## Stay in touch"]


def test_a_text_of_one_heading_stays() -> None:
    """A text that is nothing but a heading is kept."""
    assert removed(only("empty-heading").clean_text("## Stay in touch")) == []


def box(*lines: str) -> str:
    """A box of which the container detector takes these lines, and the lines between them not."""
    return "".join(f"<p>{line[1:]}</p>" if line.startswith("=") else f"<div class='mailchimp-box'><p>{line}</p></div>" for line in lines)


STRANDED = {
    # markup between the story's paragraphs, markup below them, lines that go
    "a fragment between lines that go": (box(PITCH, "=Pier and gull", PITCH), "", ["Pier and gull"]),
    "a sentence between lines that go, above the last paragraph": (box(PITCH, "=Gulls write too.", PITCH), "", []),
    "a sentence between lines that go, below the last paragraph": ("", box(PITCH, "=Gulls write too.", PITCH), ["Gulls write too."]),
    "the last line, behind one that goes": ("", box(PITCH, "=Gulls write too."), ["Gulls write too."]),
    "a line behind one that goes, and others behind it": ("", box(PITCH, "=Gulls write too.", "=They do."), []),
    "a fragment before a line that goes": (box("=Pier and gull", PITCH), "", []),
    "a paragraph between lines that go": ("", box(PITCH, "=" + STORY[0], PITCH), []),
    "a heading between lines that go": (f"{BOX}<h2>Pier and gull</h2>{BOX}", "", []),
    "a list between lines that go": (f"{BOX}<ul><li>Pier and gull</li></ul>{BOX}", "", []),
}


@pytest.mark.parametrize(("between", "below", "gone"), STRANDED.values(), ids=STRANDED)
def test_scraps_between_removed_lines_go(between: str, below: str, gone: list[str]) -> None:
    """A short line goes when removals enclose it, and stays otherwise."""
    cleaner = Cleaner(rules=words_only(), disable=DETECTORS - {"structure/container", "structure/stranded"})
    article = cleaner.clean(Case("container", between=between, below=below).source, url=URL)
    assert all(line in article.document.text for line in gone)
    assert [removal.text for removal in article.removals if removal.rule == "structure/stranded"] == gone
    assert {removal.category for removal in article.removals} == {"newsletter"}


def test_what_the_element_around_the_story_is_called_says_nothing() -> None:
    """Not even where a table is longer than the story, so that its element holds but a small part of the text."""
    rows = "".join(f"<tr><td>The gull of pier {n}</td><td>has a mate at pier {n + 1}</td></tr>" for n in range(9))
    body = f"<div class='further-reading'><p>Forty people came.</p><div>{paragraphs(*STORY)}</div></div><table>{rows}</table>"
    article = only("container").clean(page(body), url=URL)
    assert "Forty people came." in article.document.text
    assert removed(article) == []


def test_detectors_agree_on_a_page_with_everything() -> None:
    """Together the detectors leave the story."""
    case = Case(
        "headline",
        above=f"<h1>{TITLE}</h1><p>By Ann Lee</p><p>12 March 2024</p>",
        between=f"<p class='bildtext'>Forty people on the pier.</p><p>{LINK}</p>",
        below=f"{BOX}<h3>Related stories</h3>{link_items(*ITEMS)}",
    )
    article = Cleaner(rules=words_only()).clean(case.source, url=URL)
    assert article.text.split("\n") == list(STORY)
    assert {removal.category for removal in article.removals} == {"headline", "byline", "caption", "related", "newsletter"}
