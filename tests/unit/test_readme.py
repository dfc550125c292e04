"""The README is true word by word. What it shows in Python runs as a doctest, its commands run in `.ci/run`."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from cleanarticle import CATEGORIES, clean
from cleanarticle.cli import main

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "fixtures/pages/harbourtimes.example/tidal-barrier/source.html"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_what_is_marked_goes_and_the_rest_stays_in_this_order() -> None:
    (diff,) = blocks("diff")
    shown = [(line[0] == "-", line[2:].removesuffix(" …")) for line in diff.splitlines()]
    lines = clean(EXAMPLE.read_bytes()).explain("")
    for (gone, words), explanation in zip(shown, lines, strict=False):
        assert explanation.text.startswith(words)
        assert explanation.kept == ("" if gone else explanation.text)


def test_there_are_two_commands_and_the_page_is_there() -> None:
    first, second = blocks("sh")
    assert str(EXAMPLE.relative_to(ROOT)) in first
    assert second.rstrip().endswith("-m pytest")


def test_the_rule_file_has_ten_lines_and_holds(tmp_path: Path) -> None:
    (rule,) = blocks("toml")
    assert len(rule.splitlines()) == 10
    (tmp_path / "orrin.toml").write_text(rule, encoding="utf-8")
    for command in ("test", "lint"):
        result = CliRunner().invoke(main, ["rules", command, str(tmp_path)])
        assert result.exit_code == 0, result.output


def test_every_option_it_names_is_one() -> None:
    help_text = CliRunner().invoke(main, ["clean", "--help"]).output + CliRunner().invoke(main, ["rules", "list", "--help"]).output
    options = set(re.findall(r"(?<=[ `])--[a-z-]+", README.replace("\n", " ")))
    assert {option for option in options if option not in help_text} == set()


def test_the_categories_are_complete() -> None:
    listed = re.search(r"The categories are ([^.]*)\.", README)
    assert listed is not None
    assert {name.strip() for name in listed[1].split(",")} == CATEGORIES


def test_links_lead_somewhere() -> None:
    for document in ("README.md", "CHANGELOG.md"):
        for target in re.findall(r"\]\(([^)#]+)", (ROOT / document).read_text(encoding="utf-8")):
            assert target.startswith("https://") or (ROOT / target).exists(), target
