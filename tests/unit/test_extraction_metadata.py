"""Metadata: what pages declare is gathered, whatever state it is in."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from cleanarticle.extraction import PageMetadata, full_metadata, page_metadata, parse


def of(head: str = "", body: str = "", html: str = "<html>") -> PageMetadata:
    return page_metadata(parse(f"{html}<head>{head}</head><body>{body}<br></body></html>"))


def ld(data: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_titles_are_distinct_and_come_from_everywhere() -> None:
    found = of(
        "<meta property='og:title' content='Moths'><meta name='twitter:title' content='Moths'><title>Moths &amp; men | The Lamp</title>"
        + ld({"@type": "NewsArticle", "headline": "Moths by night", "alternativeHeadline": "A lamp story"}),
        "<h1>Moths \n <i>everywhere</i></h1><svg><title>Icon</title></svg>",
    )
    assert found.titles == ("Moths", "Moths & men | The Lamp", "Moths by night", "A lamp story", "Moths everywhere")


def test_authors_are_names_not_addresses() -> None:
    found = of(
        "<meta name='author' content='Ida Falk'><meta property='article:author' content='https://lamp.example/ida'>"
        + ld(
            {
                "@type": "Article",
                "author": [{"@type": "Person", "name": "Ida Falk"}, {"name": ["Bo Ek", "Li Ao"]}, "Per Ås", "http://x.example"],
            }
        ),
        "<a rel='author' href='/x'>I. Falk</a><span itemprop='author'><b>Ida</b> F.</span>",
    )
    assert found.authors == ("Ida Falk", "Bo Ek", "Li Ao", "Per Ås", "I. Falk", "Ida F.")


def test_publishers_sections_and_dates() -> None:
    found = of(
        "<meta property='og:site_name' content='The Lamp'><meta name='application-name' content='Lamp'>"
        "<meta property='article:section' content='Nature'><meta property='article:published_time' content='2024-05-01T10:00:00Z'>"
        + ld(
            {
                "@graph": [
                    {"@type": "Article", "publisher": {"name": "Lamp Ltd"}, "articleSection": ["Insects"], "datePublished": "2024-05-01"},
                    {"@type": ["Organization"], "name": "Lamp Group", "description": "Not about the article"},
                    {"@type": "BreadcrumbList", "itemListElement": [{"name": "Home"}, {"item": {"name": "Moths"}}, {"item": "x"}, 3]},
                ]
            }
        ),
        "<time datetime='2024-05-02'>yesterday</time>",
    )
    assert found.site_names == ("The Lamp", "Lamp", "Lamp Ltd", "Lamp Group")
    assert found.sections == ("Nature", "Insects", "Home", "Moths")
    assert found.published == ("2024-05-01T10:00:00Z", "2024-05-01", "2024-05-02") or set(found.published) == {
        "2024-05-01T10:00:00Z",
        "2024-05-01",
        "2024-05-02",
    }
    assert found.descriptions == ()
    assert found.types == ("Article", "Organization", "BreadcrumbList")


@pytest.mark.parametrize(
    ("html", "head", "language"),
    [
        ("<html lang='de-AT'>", "", "de"),
        ("<html xml:lang='FR'>", "", "fr"),
        ("<html>", "<meta property='og:locale' content='pt_BR'>", "pt"),
        ("<html lang='en'>", "<meta property='og:locale' content='pt_BR'>", "en"),
        ("<html lang=''>", "<meta http-equiv='Content-Language' content='sv, en'>", "sv"),
        ("<html>", ld({"@type": "Article", "inLanguage": "nl-NL"}), "nl"),
        ("<html lang='english'>", "", ""),
        ("<html>", "", ""),
    ],
)
def test_the_language_is_a_code_of_two_letters_or_nothing(html: str, head: str, language: str) -> None:
    assert of(head, html=html).language == language


def test_the_address_is_the_canonical_one_before_the_one_for_networks() -> None:
    social = "<meta property='og:url' content='https://lamp.example/og'>"
    assert of(social).canonical == "https://lamp.example/og"
    assert of(social + "<link rel='Canonical' href='https://lamp.example/a'>").canonical == "https://lamp.example/a"


def test_the_body_in_structured_data_and_texts_of_images() -> None:
    found = of(
        ld({"@type": "Article", "articleBody": "Short."}) + ld([{"@type": "Article", "articleBody": "The longer of two bodies."}]),
        "<img src='a' alt=' A moth '><figure><figcaption>A moth, <i>seen</i> from below</figcaption></figure>",
    )
    assert found.article_body == "The longer of two bodies."
    assert found.images == ("A moth", "A moth, seen from below")


@pytest.mark.parametrize(
    "script",
    [
        "",
        "{",
        "null",
        '"text"',
        "[[[[]]]]",
        '{"@graph": {"@graph": 7}, "author": {"name": {"name": 1}}, "headline": ["", 3, null, {}]}',
        '{"headline": "broken \ud83d half"}',
        '{"headline": "\\ud800 half"}',
        "[" * 100_000,
        '{"@graph":' * 5_000,
        '{"a":1}' * 1000,
        '{"@type": "Article", "headline": "' + "x" * 2_000_000 + '"}',
    ],
)
def test_broken_structured_data_says_nothing_and_does_no_harm(script: str) -> None:
    found = of(f'<title>Still here</title><script type="application/ld+json">{script}</script>')
    assert found.titles[0] == "Still here"
    assert pickle.loads(pickle.dumps(found)) == found
    "".join(found.titles).encode()


@pytest.mark.parametrize(
    "script",
    [
        '{"headline": "Two\nlines"}',
        '<!-- {"headline": "Two lines"} -->',
        '{"headline": "Two lines"};',
        '{"headline": "Two&nbsp;lines"}',
        '[{"mainEntity": {"headline": "Two lines"}}]',
    ],
)
def test_slips_in_structured_data_are_forgiven(script: str) -> None:
    assert of(f'<script type="application/ld+json">{script}</script>').titles == ("Two lines",)


def test_a_flood_of_values_is_cut() -> None:
    found = of("".join(f"<meta property='og:title' content='t{n}'>" for n in range(5_000)), "<img alt='x'>" * 5_000)
    assert len(found.titles) == 200


def test_full_metadata_is_trafilatura_s() -> None:
    html = "<html><head><title>Moths</title><meta name='author' content='Ida Falk'><meta property='article:published_time' content='2024-05-01'></head><body><h1>Moths</h1><p>Text.</p></body></html>"
    found = full_metadata(parse(html), "https://lamp.example/moths")
    assert (found.title, found.author, found.date, found.hostname) == ("Moths", "Ida Falk", "2024-05-01", "lamp.example")


def test_full_metadata_of_a_page_that_breaks_it_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    from cleanarticle.extraction import metadata

    def fails(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(metadata, "extract_metadata", fails)
    assert full_metadata(parse("<html><head><title>Moths</title></head></html>")).title is None
