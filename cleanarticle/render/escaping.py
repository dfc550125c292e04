"""How plain text is written into a tree so that a format shows exactly that text, whatever stands in it."""

from __future__ import annotations

import re
from html import unescape

from cleanarticle.render.words import legal, own_lines, single_line

_SPECIAL = re.compile(r"[!-/:-@\[-`{}~\u2424]")
_CODE_SPECIAL = re.compile(r"[&\u2424]")
_INLINE_MARKUP = re.compile(r"[*_`~\[\]<]|\\(?=[!-/:-@\[-`{-~]|$)|&(?=#?\w+;)")
_LINE_MARKUP = re.compile(r"(\s*)(?=(?:#{1,6}|[-+])(?:\s|$)|>|-{2,}\s*$|=+\s*$)")
_NUMBER_MARKUP = re.compile(r"(\s*\d{1,9})(?=[.)](?:\s|$))")
_SPACE_ENTITY = re.compile(r"&(?=#1[03];|nbsp;)")
_INVISIBLE = "\u200b"


class Literal:
    """Writes text for one format; called with the text and the tag of the element that is to hold it."""

    def __init__(self, output_format: str) -> None:
        self._write = {"markdown": _markdown, "xml": _xml}.get(output_format, _plain)

    def __call__(self, text: str, tag: str) -> str:
        return self._write(text, tag)


def _plain(text: str, tag: str) -> str:
    return own_lines(text) if tag == "code" else single_line(text)


def _xml(text: str, tag: str) -> str:
    return _unspaced(_plain(text, tag))


def _unspaced(text: str) -> str:
    """Keeps trafilatura from taking "&nbsp;" that is spelled out for the space that it is in HTML.

    The invisible character in between is one that it drops afterwards.
    """
    return _SPACE_ENTITY.sub(f"&{_INVISIBLE}", text)


def _markdown(text: str, tag: str) -> str:
    """Escaped so that none of it is markup.

    trafilatura resolves entities at the very end, so what is written as entities passes untouched through its own
    treatment of formulas, line starts and the like.
    """
    if tag == "code":
        # a newline makes it a block of code, between fences
        return _encoded(_CODE_SPECIAL, f"{own_lines(text)}\n")
    text = _INLINE_MARKUP.sub(r"\\\g<0>", single_line(text).strip())
    if tag != "cell":
        text = _at_line_start(text)
    if tag == "head" and text.endswith("#"):
        text = f"{text[:-1]}\\#"
    # the bar is left to trafilatura, which escapes it inside tables
    return _encoded(_SPECIAL, text)


def _encoded(special: re.Pattern[str], text: str) -> str:
    """Special and invisible characters as entities; trafilatura drops invisible ones where they stand as they are."""
    text = special.sub(lambda char: f"&#{ord(char[0])};", text)
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char.isspace() else f"&#{ord(char)};" for char in text)


def _at_line_start(text: str) -> str:
    """A line that is not taken for a heading, a list, a quote or a rule."""
    for markup in (_LINE_MARKUP, _NUMBER_MARKUP):
        if found := markup.match(text):
            return f"{text[: found.end()]}\\{text[found.end() :]}"
    return text


def shield(text: str, output_format: str, *, starts_line: bool = False, before_link: bool = False) -> str:
    """Text that has no entities any more, for a tree whose serialisation resolves them (again).

    In Markdown it also escapes what trafilatura overlooks: line starts behind a break, and an exclamation mark that
    would make an image of the link that follows it.
    """
    if output_format == "markdown":
        text = text.replace("&", "&amp;") if "&" in text else text
        if before_link and text.endswith("!"):
            text = f"{text[:-1]}\\!"
        return _at_line_start(text) if starts_line else text
    return _unspaced(text) if output_format == "xml" and "&" in text else text


def resolved(text: str) -> str:
    """The text that a tree's text stands for, as trafilatura's plain text shows it."""
    return legal(unescape(text)) if "&" in text else text
