"""Extraction: the text is trafilatura's, every line is a block, and each block knows where it came from."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest
import trafilatura
from lxml.html import HtmlElement, document_fromstring
from trafilatura.settings import Extractor

from cleanarticle.document import Block, Document, Kind
from cleanarticle.errors import ExtractionError
from cleanarticle.extraction import Extraction, ExtractionOptions, extract

URL = "https://www.harbour-gazette.example.co.uk/2024/ferry"
OPENING = "The ferry to the outer islands will not sail this winter, the harbour board decided on a rainy Tuesday evening."
MIDDLE = "Two of the three engines are older than the captain, who is the son of the man that bought them in Stavanger."
CLOSING = "Islanders will be carried by a fishing boat until April, and the post will go with them in a wooden crate."


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html lang='en'><head><title>Ferry</title>{head}</head><body>{body}</body></html>"


def article(inner: str) -> str:
    return page(f"<main><article><p>{OPENING}</p>{inner}<p>{CLOSING}</p></article></main>")


def the_block(result: Extraction, words: str) -> Block:
    (block,) = [block for block in result.document.blocks if words in result.document.block_text(block)]
    return block


def chain(document: Document, block: Block) -> list[str]:
    return [node.tag for node in document.ancestors(block)]


RICH = article(
    "<h2>An old <em>boat</em></h2>"
    f"<p>{MIDDLE}</p>"
    "<ul><li>Engines: three of them, two broken</li><li>Crew: <a href='/crew'>four sailors</a> and a cat</li></ul>"
    "<blockquote><p>We could have seen it coming, and we did see it coming, said the harbour master.</p></blockquote>"
    "<div><img src='a.jpg' alt='Ferry'><figcaption><p>The ferry in its better days, off the point.</p></figcaption></div>"
    "<table><tr><th>Year</th><th>Sailings</th></tr><tr><td>2022</td><td>311</td></tr><tr><td>2023</td><td>287</td></tr></table>"
    "<p>First line of an address<br>Second line of an address<br>Third line of an address</p>"
    "<pre><code>depart = 7\nif storm:\n    wait()</code></pre>"
)


@pytest.mark.parametrize("html", [RICH, article(""), article(f"<div>{MIDDLE}<p>{CLOSING}</p>{MIDDLE}</div>")])
def test_the_text_is_what_trafilatura_returns(html: str) -> None:
    assert extract(html, URL).document.text == trafilatura.extract(html, url=URL, include_comments=False)


def test_links_and_images_leave_the_text_as_it_is() -> None:
    assert extract(RICH, URL, ExtractionOptions(links=True, images=True)).document.text == extract(RICH, URL).document.text


@pytest.mark.parametrize(
    ("options", "keywords"),
    [
        (ExtractionOptions(tables=False), {"include_tables": False}),
        (ExtractionOptions(favor_precision=True), {"favor_precision": True}),
        (ExtractionOptions(favor_recall=True), {"favor_recall": True}),
    ],
)
def test_options_mean_what_they_mean_to_trafilatura(options: ExtractionOptions, keywords: dict[str, bool]) -> None:
    assert extract(RICH, URL, options).document.text == trafilatura.extract(RICH, url=URL, include_comments=False, **keywords)


def test_comments_of_readers_come_when_asked_for() -> None:
    comment = "I crossed on that ferry every week for thirty years and never once got my feet dry, says a reader."
    html = article(f"<p>{MIDDLE}</p>").replace("</main>", f"</main><div id='comments'><p>{comment}</p></div>")
    assert comment not in extract(html, URL).document.text
    result = extract(html, URL, ExtractionOptions(comments=True))
    assert result.document.text == trafilatura.extract(html, url=URL)
    assert chain(result.document, the_block(result, comment))[:2] == ["p", "div"]


def test_every_line_is_a_block() -> None:
    document = extract(RICH, URL).document
    assert "\n".join(map(document.block_text, document.blocks)) == document.text


def test_kinds_come_from_the_result_and_from_the_page() -> None:
    result = extract(RICH, URL)
    kinds = {words: the_block(result, words).kind for words in ("outer islands", "An old", "Crew", "seen it", "better days", "2022")}
    assert kinds == {
        "outer islands": Kind.PARAGRAPH,
        "An old": Kind.HEADING,
        "Crew": Kind.LIST_ITEM,
        "seen it": Kind.QUOTE,
        "better days": Kind.CAPTION,
        "2022": Kind.TABLE_ROW,
    }
    assert the_block(result, "wait()").kind is Kind.CODE


def test_headings_have_their_level() -> None:
    result = extract(article("<h2>The engines</h2><p>" + MIDDLE + "</p><h4>The crew</h4><p>" + CLOSING + " Indeed.</p>"), URL)
    assert [the_block(result, words).level for words in ("The engines", "The crew", "Two of the three")] == [2, 4, 0]


def test_the_origin_is_the_innermost_element_that_holds_all_words() -> None:
    result = extract(RICH, URL)
    assert chain(result.document, the_block(result, "outer islands")) == ["p", "article", "main", "body", "html"]
    assert chain(result.document, the_block(result, "An old"))[0] == "h2"
    assert chain(result.document, the_block(result, "Crew"))[:2] == ["li", "ul"]
    assert chain(result.document, the_block(result, "2023"))[:2] == ["tr", "table"]
    assert chain(result.document, the_block(result, "Second line"))[:2] == ["p", "article"]


def test_a_block_that_is_all_link_comes_from_the_link() -> None:
    result = extract(article("<p><a href='/more'>Everything else that is known about the ferry and its captain</a></p>"), URL)
    assert chain(result.document, the_block(result, "Everything else"))[:2] == ["a", "p"]


def test_elements_run_parallel_to_nodes() -> None:
    result = extract(RICH, URL)
    assert [element.tag for element in result.elements] == [node.tag for node in result.document.nodes]
    for element, node in zip(result.elements, result.document.nodes, strict=True):
        parent = element.getparent()
        assert (result.elements[node.parent] if node.parent >= 0 else None) is parent
        assert element.getroottree().getroot() is result.tree


def test_nodes_carry_the_attributes_that_rules_look_at() -> None:
    attributes = "id='x' class='lead big' role='note' itemprop='text' aria-label='Lead'"
    result = extract(article(f"<div {attributes}><p>{MIDDLE}</p></div>"), URL)
    node = list(result.document.ancestors(the_block(result, "Two of the three")))[1]
    assert (node.id, node.classes, node.role, node.itemprop, node.label) == ("x", "lead big", "note", "text", "Lead")


@pytest.mark.parametrize(
    ("href", "internal"),
    [
        ("/crew", 1.0),
        ("crew.html", 1.0),
        ("#top", 1.0),
        ("https://shop.example.co.uk/x", 1.0),
        ("//EXAMPLE.co.uk/x", 1.0),
        ("https://other.co.uk/x", 0.0),
        ("https://notexample.co.uk/x", 0.0),
        ("mailto:captain@example.co.uk", 0.0),
        ("http://[broken", 0.0),
    ],
)
def test_links_are_internal_when_they_lead_to_the_same_registrable_domain(href: str, internal: float) -> None:
    html = article(f"<p>Ask <a href='{href}'>the captain</a> yourself, if he has the time to talk about it at all.</p>")
    origin = the_block(extract(html, URL), "yourself").origin
    assert origin is not None
    assert origin.linked == pytest.approx(len("thecaptain") / len("Askthecaptainyourself,ifhehasthetimetotalkaboutitatall."))
    assert origin.internal == internal


def test_without_any_address_the_site_that_most_links_lead_to_is_the_page_s_own() -> None:
    links = "".join(f"<a href='https://www.example.com/{number}'>{number}</a>" for number in range(10))
    link = f"<p>{MIDDLE} <a href='https://gazette.example.com/b'>Read on here.</a></p>"
    other = "".join(f"<a href='https://other.example.org/{number}'>{number}</a>" for number in range(9))
    found = [
        the_block(extract(article(f"{link}<nav>{around}</nav>")), "Read on").origin
        for around in ("", links[: len(links) // 2], links, links + other)
    ]
    assert [origin.internal for origin in found if origin is not None] == [0.0, 0.0, 1.0, 0.0]


def test_without_an_address_the_page_s_own_tells_which_links_are_internal() -> None:
    link = f"<p>{MIDDLE} <a href='https://gazette.example.com/b'>Read on here.</a></p>"
    own = "<link rel='canonical' href='https://www.example.com/a'>"
    known = the_block(extract(article(link).replace("</head>", own + "</head>")), "Read on").origin
    unknown = the_block(extract(article(link)), "Read on").origin
    assert known is not None
    assert unknown is not None
    assert (known.internal, unknown.internal) == (1.0, 0.0)


def test_the_tree_is_the_page_and_a_tree_handed_in_stays_as_it_is() -> None:
    tree = document_fromstring(RICH)
    before = [(element.tag, element.text, element.tail, element.sourceline) for element in tree.iter()]
    result = extract(tree, URL)
    assert result.document.text == extract(RICH, URL).document.text
    assert [(element.tag, element.text, element.tail, element.sourceline) for element in tree.iter()] == before
    assert [element.tag for element in result.tree.iter()] == [element.tag for element in tree.iter()]


def test_documents_pickle() -> None:
    document = extract(RICH, URL).document
    assert pickle.loads(pickle.dumps(document)) == document


def test_a_page_on_which_trafilatura_finds_nothing_is_tried_once_more_favouring_recall(monkeypatch: pytest.MonkeyPatch) -> None:
    from cleanarticle.extraction import article_text

    original, asked = article_text.extract_document, []

    def picky(tree: HtmlElement, options: Extractor) -> object:
        asked.append(options.focus)
        return original(tree, options) if options.focus == "recall" else None

    monkeypatch.setattr(article_text, "extract_document", picky)
    assert OPENING in extract(RICH, URL).document.text
    assert asked == ["balanced", "recall"]


def test_nothing_is_printed_about_pages_without_an_article() -> None:
    page = "<html><head><title>a</title></head><body><br></body></html>"
    code = f"import cleanarticle.extraction as x\ntry: x.extract({page!r})\nexcept x.ExtractionError as error: print(error.reason)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("no_article\n", "")


def test_the_list_of_public_suffixes_is_read_only_when_a_page_is_extracted() -> None:
    code = "import sys, cleanarticle.extraction; print('publicsuffixlist' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.parametrize("url", [b"https://a.example", 7])
def test_an_address_that_is_no_text_is_a_type_error(url: object) -> None:
    with pytest.raises(TypeError, match="url must be a str or None"):
        extract(RICH, url)  # type: ignore[arg-type]


@pytest.mark.parametrize("url", ["http://[broken", "not an address", "http://", "https://user:pw@host:99999/x", "\ud800"])
def test_addresses_that_make_no_sense_do_no_harm(url: str) -> None:
    assert OPENING in extract(RICH, url).document.text


def test_an_empty_article_is_no_article() -> None:
    with pytest.raises(ExtractionError) as caught:
        extract(page("<div></div><img src='x.png'>"))
    assert caught.value.reason == "no_article"
