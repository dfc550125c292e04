"""Articles as they come: sentences in several languages with boilerplate between and glued to them, in text and in markup."""

from __future__ import annotations

from html import escape

from hypothesis import strategies as st

BODY = [
    "The ferry sailed again on Monday after nine weeks in dock, and forty people waited on the pier to see it.",
    "Its captain said that the new engine was so quiet that he looked over his shoulder to hear it.",
    "“It is over,” she said, and shut the door.",
    "Dr. Lee left at 9 a.m. with J. K. Reed.",
    "Nobody knows why.",
    "Der Hafenmeister schüttelte den Kopf und zählte die Möwen noch einmal, denn am 3. Mai waren es mehr gewesen.",
    "Le facteur a posé son vélo contre le mur et n’a plus rien dit de la journée.",
    "El pueblo no tiene sombra desde que cortaron el último árbol.",
    "灯台には猫がいる。名前はまだない。",
    "桥头有一家茶馆，老人每天来喝茶。",
    "Паром снова ходит, и чайки недовольны.",
    "아침에 배가 떠났다.",
    "عاد البحار إلى الميناء بعد تسعة أسابيع.",
    "यह घर पुराना है।",
]
BOILERPLATE = [
    "Sign up for our newsletter.",
    "Subscribe to our weekly digest and get it in your inbox.",
    "© 2025 Harbour Post. All rights reserved.",
    "Photo: Ann Lee / Tern Agency",
    "(Photo by Ann Lee)",
    "By Ann Lee, staff writer",
    "Published on 12 March 2024, 9:30 am",
    "4 min read",
    "Advertisement",
    "ADVERTISEMENT - SCROLL TO CONTINUE",
    "Read more: Five gulls that changed the north",
    "Related stories",
    "Click here to read on.",
    "Follow us on Instagram.",
    "Share this article",
    "Leave a comment",
    "This website uses cookies.",
    "Disclaimer: the author owns a boat.",
    "About the author",
    "Do you have a story? Email us at news@harbour.example.",
    "Anzeige",
    "Jetzt den Newsletter abonnieren und nichts mehr verpassen.",
    "Foto: dpa",
    "Lesen Sie auch: Die letzte Möwe",
    "Mit Material von dpa",
    "関連記事",
    "Back to top",
    "Loading…",
    "1 / 14",
]
ODD = "\u00a0\u200b\u200d\u00ad\ufeff\u202e\u0301\u3000ßİıﬁ…“”’–™①\x00\x01\x1b\x7f\x85\u2028\ufffe\U0001f449\U00020000"
# lone surrogates are no text; they have tests of their own
characters = st.characters(exclude_categories=["Cs"])
noise = st.one_of(st.text(st.sampled_from(ODD), min_size=1, max_size=4), st.text(characters, max_size=20))
bodies, boilerplate = st.sampled_from(BODY), st.sampled_from(BOILERPLATE)
gaps = st.sampled_from([" ", " ", " ", "  ", "\u00a0", "", " \u200b "])


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    """Some sentences, of the article or not, with the gaps between them that pages have."""
    sentences = draw(st.lists(st.one_of(bodies, bodies, bodies, boilerplate, noise), min_size=1, max_size=5))
    return "".join(sentence + draw(gaps) for sentence in sentences)


marks = st.sampled_from(["", "", "", "- ", "* ", "• ", "> ", "| ", "## ", "► ", "(", "“", "\t", "  "])
lines = st.one_of(
    paragraphs(),
    st.builds(str.__add__, marks, boilerplate),
    st.builds(str.__add__, marks, paragraphs()),
    st.just(""),
    st.builds(lambda cells: "| " + " | ".join(cells) + " |", st.lists(st.one_of(boilerplate, bodies, noise), min_size=1, max_size=3)),
    st.builds(str.upper, boilerplate),
)
# text that someone else extracted: there is at least one sentence in it
texts = st.builds(
    lambda sentence, before, after: "\n".join([*before, sentence, *after]), bodies, st.lists(lines, max_size=8), st.lists(lines, max_size=8)
)

names = st.sampled_from(
    [
        "",
        "caption",
        "bildtext",
        "author",
        "related",
        "further-reading",
        "newsletter",
        "promo",
        "comments",
        "wide",
        "tags",
        "kicker",
        "mailchimp",
        "credit",
    ]
)
tags = st.sampled_from(["p", "p", "p", "p", "div", "h2", "h3", "blockquote", "li", "td", "figcaption", "span", "time", "pre"])


@st.composite
def elements(draw: st.DrawFn) -> str:
    """One element with a line of an article in it: plain, linked, listed or in a box with a name."""
    text = escape(draw(lines))
    shape = draw(st.integers(0, 9))
    if shape == 0:
        text = f'<a href="{draw(st.sampled_from(["/a", "https://gulls.example/b", "#c", "javascript:void(0)"]))}">{text}</a>'
    elif shape == 1:
        text = f"<strong>{text}</strong><br>{escape(draw(lines))}"
    elif shape == 2:
        text = f'<img src="/a.jpg" alt="{text}">{text}'
    tag, name = draw(tags), draw(names)
    wrapped = f'<{tag} class="{name}">{text}</{tag}>' if name else f"<{tag}>{text}</{tag}>"
    if tag == "li":
        return f"<ul>{wrapped}<li>{escape(draw(lines))}</li></ul>"
    if tag == "td":
        return f"<table><tr>{wrapped}<td>{escape(draw(lines))}</td></tr><tr><td>Tern</td><td>nine</td></tr></table>"
    return f'<div class="{name}">{wrapped}</div>' if shape == 3 else wrapped


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page with enough body text for an article to be found, and anything else."""
    title = escape(draw(st.one_of(bodies, boilerplate, noise)))
    story = "".join(f"<p>{BODY[0]} {sentence}</p>" for sentence in draw(st.lists(bodies, min_size=2, max_size=4)))
    above, between, below = ("".join(draw(st.lists(elements(), max_size=5))) for _ in range(3))
    head = f'<meta charset="utf-8"><title>{title}</title><meta property="og:title" content="{title}">'
    article = f"<article>{above}{story}{between}<p>{BODY[1]}</p>{below}</article>"
    return f'<html lang="en"><head>{head}</head><body><nav><a href="/">Home</a></nav>{article}</body></html>'


fragments = st.sampled_from(
    [
        "<",
        ">",
        "</",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?xml version='1.0'?>",
        "<!DOCTYPE html>",
        "<html>",
        "<body>",
        "<p>",
        "</p>",
        "<div",
        " class='",
        "'>",
        "<table><tr><td>",
        "<ul><li>",
        "<script>",
        "</script>",
        "<svg><title>",
        "<noscript>",
        "<template>",
        "<iframe>",
        "<select><option>",
        "&amp;",
        "&#0;",
        "&#xD800;",
        "&#x110000;",
        "&nbsp;",
        "&",
        "\x00",
        "\ufffe",
        "<a href='http://[",
        "<meta charset='utf-7'>",
        "<meta charset='none'>",
        "<base href='//'>",
        "<h1>",
        "<h2>",
        "<blockquote>",
        "<pre><code>",
        "<img alt='",
        "<p itemprop='author'>",
        "<time datetime='0000-99-99'>",
        "<script type='application/ld+json'>{\"headline\": [[[",
        "<link rel='canonical' href='http://[::'>",
        "<html lang='\x01'>",
        "<math><mi>",
        "</html>",
        "<br/>" * 50,
        "<div>" * 300,
        "<b><i>" * 100,
        "</div>" * 50,
    ]
)
hostile_markup = st.lists(st.one_of(fragments, fragments, bodies, noise), max_size=30).map("".join)
hostile_bytes = st.one_of(
    st.binary(max_size=200),
    st.builds(
        lambda text, encoding, garbage: garbage + text.encode(encoding, "replace") + garbage,
        st.one_of(hostile_markup, pages()),
        st.sampled_from(["utf-8", "utf-16", "utf-32", "cp1252", "shift_jis", "gb18030", "utf-7"]),
        st.binary(max_size=8),
    ),
)
