"""Folding evens out what nobody sees or means, and every folded character knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanarticle.folding import View, fold, level, trim

FOLDED = {
    "curly double quotes are straight": ("“Subscribe”", '"subscribe"'),
    "German and low quotes are straight": ("„Gänse“ ‚Enten‘", "\"gänse\" 'enten'"),
    "full-width quotes are straight": ("＂now＂", '"now"'),
    "curly apostrophes are straight": ("Don’t", "don't"),
    "accents and primes used as apostrophes are straight": ("rock ´n` roll, 5′", "rock 'n' roll, 5'"),
    "every dash is a hyphen": ("a–b—c‒d―e‐f‑g", "a-b-c-d-e-f-g"),
    "a minus sign is a hyphen": ("−5", "-5"),
    "sharp s is two letters": ("Straße", "strasse"),
    "capital sharp s is two letters": ("STRAẞE", "strasse"),
    "dotted capital I of Turkish is i": ("İstanbul", "istanbul"),
    "dotless i of Turkish is i": ("Haberin devamı", "haberin devami"),
    "ligatures are their letters": ("ﬁnal oﬃce", "final office"),
    "full-width letters are plain": ("ＳＵＢＳＣＲＩＢＥ！", "subscribe!"),
    "half-width katakana are whole": ("ﾒｰﾙ", "メール"),
    "small capitals of Greek end the same": ("ΛΟΓΟΣ", "λογοσ"),
    "an ellipsis is three stops": ("more…", "more..."),
    "a no-break space is a space": ("sign\u00a0up", "sign up"),
    "an ideographic space is a space": ("関連\u3000記事", "関連 記事"),
    "a narrow no-break space is a space": ("10\u202fkm", "10 km"),
    "runs of white space are one space": ("sign \t\u00a0 up", "sign up"),
    "a tab is a space": ("sign\tup", "sign up"),
    "newlines stay": ("One \n Two", "one \n two"),
    "a zero-width space inside a word is gone": ("news\u200bletter", "newsletter"),
    "a zero-width joiner inside a word is gone": ("news\u200dletter", "newsletter"),
    "a word joiner is gone": ("news\u2060letter", "newsletter"),
    "a byte order mark is gone": ("\ufeffnews", "news"),
    "a soft hyphen is gone": ("news\u00adletter", "newsletter"),
    "direction marks are gone": ("\u202aAnzeige\u202c", "anzeige"),
    "variation selectors are gone": ("▶\ufe0f Play", "▶ play"),
    "white space with something invisible in it is one space": ("sign \u200b up", "sign up"),
    "decomposed accents are composed": ("Cafe\u0301 Nai\u0308ve", "café naïve"),
    "decomposed Hangul is composed": ("\u1100\u1161", "가"),
    "Cyrillic letters in a Latin word are Latin": ("Nеwslеttеr", "newsletter"),
    "Greek letters in a Latin word are Latin": ("Phοtο", "photo"),
    "Cyrillic capitals in a Latin word are Latin": ("АDVERTISEMENT", "advertisement"),
    "Cyrillic words stay Cyrillic": ("Новости сообщает ТАСС", "новости сообщает тасс"),
    "Greek words stay Greek": ("Διαβάστε ακόμη", "διαβάστε ακόμη"),
    "Cyrillic and Latin words side by side stay what they are": ("Сообщает Reuters", "сообщает reuters"),
    "a Cyrillic word joined to a Latin one by a hyphen stays Cyrillic": ("Москва-based", "москва-based"),
    "a trade mark is not letters": ("Lamp™", "lamp™"),
    "a numero sign is not letters": ("№ 5", "№ 5"),
    "copyright stays": ("© 2025", "© 2025"),
    "digits of other shapes are digits": ("２０２５ ①", "2025 1"),
    "plain text only loses its capitals": ("Plain, ASCII text.", "plain, ascii text."),
    "nothing is nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "folded"), FOLDED.values(), ids=FOLDED)
def test_fold_evens_out(text: str, folded: str) -> None:
    """Each variant of quotes, dashes, spaces, letters and case folds to its plain form."""
    assert fold(text).text == folded


LEVELLED = {
    "case stays": ("Read More", "Read More"),
    "typography is evened out": ("“Don’t” – ﬁrst\u00a0word", '"Don\'t" - first word'),
    "sharp s stays": ("Straße", "Straße"),
    "dotted capital I stays a capital": ("İZMİR", "İZMİR"),
    "homoglyphs are evened out": ("Nеwslеttеr", "Newsletter"),
}


@pytest.mark.parametrize(("text", "levelled"), LEVELLED.values(), ids=LEVELLED)
def test_level_keeps_capitals(text: str, levelled: str) -> None:
    """The view for patterns evens out all but case."""
    assert level(text).text == levelled


SPANS = {
    "plain text": ("Sign up now", "up", "up"),
    "behind an ignored character": ("news\u00adletter now", "now", "now"),
    "around an ignored character": ("our news\u00adletter now", "newsletter", "news\u00adletter"),
    "behind a letter that grows": ("Straße am See", "see", "See"),
    "a letter that grows": ("große Straße", "strasse", "Straße"),
    "half of a letter that grows": ("Straße", "stras", "Straß"),
    "behind a ligature": ("ﬁnal word", "word", "word"),
    "behind a run of white space": ("one \t two  three", "three", "three"),
    "across a run of white space": ("one \t two", "one two", "one \t two"),
    "behind a decomposed accent": ("Cafe\u0301 open", "open", "open"),
    "a decomposed accent": ("Cafe\u0301 open", "café", "Cafe\u0301"),
    "behind a dotted capital I": ("İİ Haber", "haber", "Haber"),
    "a word with posing letters": ("our Nеwslеttеr", "newsletter", "Nеwslеttеr"),
    "behind a half-width pair": ("ｶﾞ 記事", "記事", "記事"),
}


@pytest.mark.parametrize(("text", "needle", "original"), SPANS.values(), ids=SPANS)
def test_spans_lead_back_to_the_original(text: str, needle: str, original: str) -> None:
    """What is found in the folded text is found again in the original by its span."""
    view = fold(text)
    at = view.text.index(needle)
    start, end = view.span(at, at + len(needle))
    assert text[start:end] == original


TRIMMED = {
    "bullets and closing stops": ("- related stories.", "related stories"),
    "arrows and colons": ("► related:", "related"),
    "brackets around": ("(photo: ann lee)", "photo: ann lee"),
    "square brackets and bars": ("[ | advertisement | ]", "advertisement"),
    "an emoji": ("👉 read more", "read more"),
    "several ornaments in a row": ("*** » related «", "related"),
    "a quotation mark in front stays": ('"subscribe" he said', '"subscribe" he said'),
    "an apostrophe in front stays": ("'photo' was its name", "'photo' was its name"),
    "a hash sign stays": ("#news", "#news"),
    "an at sign stays": ("@news", "@news"),
    "a copyright sign stays": ("© 2025 news", "© 2025 news"),
    "money stays": ("$5 off", "$5 off"),
    "Spanish opening marks stay": ("¿leíste?", "¿leíste"),
    "per cent at the end stays": ("up 5%", "up 5%"),
    "nothing but ornaments": ("***", ""),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("folded", "core"), TRIMMED.values(), ids=TRIMMED)
def test_trim_passes_over_ornaments(folded: str, core: str) -> None:
    """Bullets, arrows, brackets and sentence punctuation around a unit are passed over, what changes its meaning is not."""
    start, end = trim(folded)
    assert folded[start:end] == core


# characters that folding treats in special ways, mixed with any others
ODD = "ßẞİıﬁﬃ…‘’“”„«»´`–—−\u00a0\u3000\u200b\u200d\u00ad\ufeff\u0301\u0308\u0327™№①½ｶﾞ\u1100\u1161аеоΑο日本语한ا।\t\r\x0b\x0c\x1c\x85\u2028 "
texts = st.text(st.one_of(st.sampled_from(ODD), st.sampled_from("abc ABC.,'\""), st.characters(exclude_characters="\n")), max_size=40)
lines_of_text = st.lists(texts, max_size=6).map("\n".join)
views = pytest.mark.parametrize("view_of", [fold, level], ids=["fold", "level"])


@views
@given(lines_of_text, st.data())
def test_any_span_lies_inside_the_text(view_of: type[View], text: str, data: st.DataObject) -> None:
    """Whatever piece of a view is asked for, its span is a piece of the original and not the wrong way round."""
    view = view_of(text)  # type: ignore[call-arg]
    if not view.text:
        return
    start = data.draw(st.integers(0, len(view.text) - 1))
    end = data.draw(st.integers(start + 1, len(view.text)))
    first, last = view.span(start, end)
    assert 0 <= first < last <= len(text)


@views
@given(lines_of_text)
def test_spans_are_in_order(view_of: type[View], text: str) -> None:
    """A later character of a view never comes from before an earlier one."""
    view = view_of(text)  # type: ignore[call-arg]
    spans = [view.span(at, at + 1) for at in range(len(view.text))]
    assert spans == sorted(spans)


@views
@given(lines_of_text)
def test_a_span_grows_with_what_it_covers(view_of: type[View], text: str) -> None:
    """The span of a whole view covers the spans of its characters."""
    view = view_of(text)  # type: ignore[call-arg]
    if not view.text:
        return
    first, last = view.span(0, len(view.text))
    assert all(first <= start and end <= last for start, end in (view.span(at, at + 1) for at in range(len(view.text))))


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    """Literals of rules are folded once and compared with folded text: folding what is folded leaves it as it is."""
    once = fold(text).text
    assert fold(once).text == once


@given(st.text(st.sampled_from("abcABC .,-'\"\u00a0\u200b\u00ad–’ﬁß\t"), max_size=40))
def test_folded_text_has_no_two_spaces_in_a_row(text: str) -> None:
    """Literals are written with single spaces, so folded text has no others."""
    assert "  " not in fold(text).text


@given(lines_of_text)
def test_fold_is_level_without_case(text: str) -> None:
    """The two views differ in case alone: folding the one for patterns gives the one for literals."""
    assert fold(level(text).text).text == fold(text).text


@views
@given(st.lists(texts, min_size=1, max_size=6))
def test_lines_of_a_view_are_views_of_the_lines(view_of: type[View], lines: list[str]) -> None:
    """Cutting the view of a document gives what folding each line gives, and spans count from the line's start."""
    starts = [sum(len(line) + 1 for line in lines[:index]) for index in range(len(lines))]
    whole = view_of("\n".join(lines)).lines(starts)  # type: ignore[call-arg]
    for line, view in zip(lines, whole, strict=True):
        alone = view_of(line)  # type: ignore[call-arg]
        assert view.text == alone.text
        assert [view.span(at, at + 1) for at in range(len(view.text))] == [alone.span(at, at + 1) for at in range(len(alone.text))]


@given(st.text(max_size=60))
def test_ornaments_and_core_make_up_the_unit(text: str) -> None:
    """Trimming yields a piece of the text, never one that is the wrong way round."""
    folded = fold(text).text
    start, end = trim(folded)
    assert 0 <= start <= end <= len(folded)


@given(st.text(st.sampled_from("!?.…:;-»› ▶•*"), max_size=200))
def test_ornaments_alone_are_no_core(text: str) -> None:
    """A line of punctuation has no first word however long it is: its core holds no letter."""
    start, end = trim(text)
    assert not any(char.isalnum() for char in text[start:end])
