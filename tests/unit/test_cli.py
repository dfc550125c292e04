"""The command line: what it writes where, its exit codes, and that it asks nobody on a private network for a page."""

from __future__ import annotations

import gzip
import http.server
import io
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import OpenerDirector

import pytest
from click.testing import CliRunner, Result

import cleanarticle
from cleanarticle.categories import CATEGORIES
from cleanarticle.cli import cleaning, fetching, main, output, rulefiles
from cleanarticle.ruleset import default_rules, shipped_folder
from cleanarticle.structure import DETECTORS

STORY = (
    "The lighthouse at Orrin was painted in a single night, and nobody on the island will say who held the brush or paid for it.",
    "It had been grey for a century and a half, which suited the weather, and now it is the yellow of the custard at the school.",
    "Three cans were found behind the chapel, empty and clean, with a note of thanks to whoever had left the ladder where it was.",
    "Ships have complained, the harbour office says, though only two, and one of them asked for the name of the colour.",
)
PITCH = "Sign up for our newsletter and get the best of Orrin in your inbox every Friday."
TEXT = "\n".join([*STORY[:2], PITCH, *STORY[2:]])
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><title>Yellow lighthouse</title></head><body><nav><a href='/'>Home</a></nav><article>"
    f"<h1>Yellow lighthouse</h1>{''.join(f'<p>{line}</p>' for line in TEXT.splitlines())}</article></body></html>"
)
EMPTY = "<html><body><nav></nav><form><input name='q'></form></body></html>"
RULES = """
format = 1
pack = "en/orrin"
category = "promo"

[[rule]]
name = "custard"
reason = "The school canteen's advertising"
contains = ["custard"]
max_words = 40
removes = ["Custard, the yellow of the school."]
spares = [{spared}]
kind = ["paragraph"]

[[rule.case]]
html = "<article><p>{story}</p><h2>On custard</h2><p>Eat custard.</p><p>{story}</p></article>"
after = [{after}]
"""


def run(*arguments: str | Path, given: str | bytes | None = None, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(autouse=True)
def no_wishes_for_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.html"
    file.write_text(PAGE)
    return file


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return write_rules(tmp_path)


def write_rules(
    folder: Path, spared: str = " ".join(["Custard"] * 50), after: tuple[str, ...] = (STORY[0], "On custard", STORY[0])
) -> Path:
    file = folder / "orrin.toml"
    file.write_text(RULES.format(spared=json.dumps(spared), story=STORY[0], after=json.dumps(after)[1:-1]))
    return file


# clean


def test_a_file_gives_the_article_and_nothing_else(page: Path) -> None:
    result = run("clean", page)
    assert result.stdout == "\n".join(STORY) + "\n"
    assert result.stderr == ""


def test_standard_input_is_read_as_bytes_in_any_encoding() -> None:
    german = PAGE.replace("custard", "Soße").replace("<head>", "<head><meta charset='iso-8859-1'>")
    assert "Soße" in run("clean", "-", given=german.encode("latin-1")).stdout


def test_text_of_another_tool_is_taken_line_by_line() -> None:
    assert run("clean", "--text", "-", given=TEXT).stdout == "\n".join(STORY) + "\n"


def test_every_format_carries_the_words_and_json_the_removals(page: Path) -> None:
    for form in ("text", "markdown", "html", "xml"):
        written = run("clean", page, "--format", form).stdout
        assert "custard at the school" in written
        assert "newsletter" not in written
        assert written.endswith("\n")
    answer = json.loads(run("clean", page, "-f", "json").stdout)
    assert answer["text"] == "\n".join(STORY)
    assert "newsletter" in {removal["category"] for removal in answer["removals"]}


def test_categories_can_be_kept_and_rules_disabled(page: Path) -> None:
    assert PITCH in run("clean", page, "--keep-category", "newsletter").stdout
    assert PITCH in run("clean", page, "--disable", "en/newsletter", "--disable", "structure/*").stdout


def test_a_language_can_be_named(page: Path) -> None:
    assert PITCH in run("clean", page, "--language", "de").stdout
    assert PITCH not in run("clean", page, "--language", "de", "--language", "en").stdout


def test_own_rules_come_on_top(page: Path, rules: Path) -> None:
    assert run("clean", page, "--rules", rules).stdout.splitlines() == [STORY[0], *STORY[2:]]


def test_removals_are_listed_on_standard_error(page: Path) -> None:
    result = run("clean", page, "--show-removed")
    assert result.stdout == "\n".join(STORY) + "\n"
    lines = result.stderr.splitlines()
    at = lines.index(f"- {PITCH}")
    assert "newsletter: " in lines[at + 1]
    assert lines[-1] == "1 removal" if len(lines) == 3 else f"{len(lines) // 2} removals"
    assert "\x1b" not in result.stderr


def test_colours_are_for_terminals_that_want_them(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[31m" in run("clean", page, "--show-removed").stderr
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[31m" not in run("clean", page, "--show-removed").stderr


def test_explain_tells_why_instead_of_writing_the_article(page: Path) -> None:
    shown = run("clean", page, "--explain", "best of orrin").stdout
    assert shown.startswith(f"removed: {PITCH}")
    assert "(newsletter)" in shown
    assert run("clean", page, "--explain", "custard").stdout.startswith("kept: ")
    assert "no line" in run("clean", page, "--explain", "pelican", code=1).stderr


def test_a_file_can_be_written_and_is_left_alone_when_there_is_no_article(page: Path, tmp_path: Path) -> None:
    target = tmp_path / "article.txt"
    assert run("clean", page, "-o", target).stdout == ""
    assert target.read_text() == "\n".join(STORY) + "\n"
    run("clean", "-", "-o", target, given=EMPTY, code=1)
    assert target.read_text() == "\n".join(STORY) + "\n"


@pytest.mark.parametrize(
    ("given", "reason"),
    [("", "empty"), ("just words", "not_html: this is plain text, not HTML: use --text"), (EMPTY, "no_article")],
)
def test_without_an_article_the_reason_is_told(given: str, reason: str) -> None:
    result = run("clean", "-", given=given, code=1)
    assert result.stdout == ""
    assert result.stderr.startswith(f"cleanarticle: -: {reason}")


@pytest.mark.parametrize(
    "arguments",
    [
        ["clean"],
        ["clean", "no-such-file.html"],
        ["clean", "."],
        ["clean", "\0"],
        ["clean", "-", "--format", "pdf"],
        ["clean", "-", "--keep-category", "captions"],
        ["clean", "-", "--disable", "en/no-such-pack"],
        ["clean", "-", "--language", "xx"],
        ["clean", "-", "--nonsense"],
        ["clean", ""],
        ["clean", "-", "--explain", "orrin", "-f", "json"],
        ["clean", "file:///etc/hosts"],
        ["clean", "ftp://orrin.example/page"],
        ["rules", "show", "en/newsletter/no-such-rule"],
        ["rules", "list", "--category", "captions"],
        ["rules", "list", "--language", "xx"],
        ["rules", "list", "--pack", "en/no-such-pack"],
        ["rules", "lint"],
    ],
)
def test_wrong_use_is_exit_code_2(arguments: list[str]) -> None:
    result = run(*arguments, given=PAGE, code=2)
    assert result.stdout == ""
    assert "Usage: " in result.stderr


def test_what_can_t_be_written_is_wrong_use(page: Path, tmp_path: Path) -> None:
    run("clean", page, "-o", tmp_path / "no" / "such" / "folder", code=2)


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("www.orrin.example/a", "write https://www.orrin.example/a"),
        ("orrin.example/a.html", "write https://orrin.example/a.html"),
        ("", "the name is empty"),
    ],
)
def test_what_is_no_file_but_may_have_been_meant_is_told(source: str, hint: str) -> None:
    """An address without its scheme and a variable that is empty get a hint."""
    assert hint in " ".join(run("clean", source, code=2).stderr.split())


@pytest.mark.parametrize("source", ["page.html", "../page.html", "./a.b/page.html", "folder/page.html"])
def test_a_missing_file_is_not_taken_for_an_address(source: str) -> None:
    """What is named as files are gets no hint of addresses."""
    assert "https://" not in run("clean", source, code=2).stderr


@pytest.mark.parametrize("before", [["clean", "{page}", "--rules"], ["rules", "list", "--rules"], ["rules", "lint"], ["rules", "test"]])
def test_a_folder_without_rule_files_is_wrong_use(before: list[str], page: Path, tmp_path: Path) -> None:
    """Rules that someone relies on are never missing without a word."""
    folder = tmp_path / "empty"
    folder.mkdir()
    result = run(*(argument.format(page=page) for argument in before), folder, code=2)
    assert f"no rule file in {folder}" in result.stderr.replace("\n", "")
    assert result.stdout == ""


@pytest.mark.parametrize(
    "before",
    [
        ["clean", "{page}", "--rules"],
        ["rules", "list", "--rules"],
        ["rules", "show", "en/orrin/custard", "--rules"],
        ["rules", "lint"],
        ["rules", "test"],
    ],
)
def test_a_rule_file_that_may_not_be_read_is_exit_code_3(
    before: list[str], page: Path, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command names the file and says why."""
    opened = Path.open

    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path == rules:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    result = run(*(argument.format(page=page) for argument in before), rules, code=3)
    assert f"{rules}: can't be read (Permission denied)" in result.stderr


def test_broken_rule_files_are_exit_code_3(page: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("format = 1\npack = 'en/x'\n[[rule]]\nname = 'a'\nnonsense = 1\n[[rule]]\nname = 'B'\n")
    for before in (["clean", page, "--rules"], ["rules", "list", "--rules"], ["rules", "test"]):
        result = run(*before, broken, code=3)
        assert result.stdout == ""
        assert "nonsense" in result.stderr
        assert "'B'" in result.stderr
    assert "no such file" in run("clean", page, "--rules", tmp_path / "nowhere", code=3).stderr
    assert "another rule set" in run("clean", page, "--rules", shipped("en/newsletter.toml"), code=3).stderr


def test_warnings_are_told_on_standard_error(tmp_path: Path) -> None:
    greedy = tmp_path / "greedy.toml"
    greedy.write_text(
        "format = 1\npack = 'en/greedy'\ncategory = 'promo'\n[[rule]]\nname = 'all'\nreason = 'Too much'\n"
        "contains = ['the']\nconfidence = 'low'\nremoves = ['The end.']\nspares = ['An end.']\n"
    )
    result = run("clean", "--text", "-", "--rules", greedy, given="\n".join(STORY))
    assert result.stdout == "\n".join(STORY) + "\n"
    assert result.stderr.startswith("cleanarticle: warning: guard")


def shipped(name: str) -> Path:
    return Path(cleanarticle.__file__).parent / "rules" / name


# pages from the web


class Site(http.server.BaseHTTPRequestHandler):
    """A site of our own on the loopback interface."""

    def do_GET(self) -> None:
        body, headers, code = PAGE.encode(), {"Content-Type": "text/html"}, 200
        if self.path == "/packed":
            body, headers = gzip.compress(body), {**headers, "Content-Encoding": "gzip"}
        elif self.path == "/latin":
            body, headers = PAGE.replace("custard", "Soße “dick”").encode("cp1252"), {"Content-Type": "text/html; charset=iso-8859-1"}
        elif self.path == "/moved":
            headers, code = {"Location": "/p%C3%A4ge"}, 302
        elif self.path == "/outside":
            headers, code = {"Location": "file:///etc/hosts"}, 302
        elif self.path == "/transfer":
            headers, code = {"Location": "ftp://127.0.0.1/"}, 302
        elif self.path == "/inside":
            headers, code = {"Location": "http://10.0.0.1/"}, 302
        elif self.path == "/picture":
            headers = {"Content-Type": "image/png"}
        elif self.path == "/gone":
            code = 410
        elif self.path == "/bomb":
            body, headers = gzip.compress(b"<p>" * 10_000_000), {**headers, "Content-Encoding": "gzip"}
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(served: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The site, and a loopback interface that counts as public."""
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    return served


@pytest.mark.parametrize("path", ["/page", "/packed", "/moved"])
def test_pages_are_fetched(site: str, path: str) -> None:
    assert run("clean", site + path).stdout == "\n".join(STORY) + "\n"


def test_the_address_after_redirects_is_the_page_s(site: str) -> None:
    assert json.loads(run("clean", site + "/moved", "-f", "json").stdout)["url"] == f"{site}/p%C3%A4ge"


def test_an_encoding_that_only_the_server_names_is_used(site: str) -> None:
    assert "Soße “dick”" in run("clean", site + "/latin").stdout


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/gone", "410"),
        ("/picture", "image/png"),
        ("/outside", "not allowed"),
        ("/transfer", "unknown url type: ftp"),
        ("/inside", "10.0.0.1 is not on the public internet"),
        ("/bomb", "longer than"),
    ],
)
def test_what_is_no_page_is_refused(site: str, path: str, words: str) -> None:
    assert words in run("clean", site + path, code=1).stderr


def test_a_page_that_is_too_long_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 100)
    assert "longer than 100 bytes" in run("clean", site + "/page", code=1).stderr


def test_a_page_that_takes_too_long_is_given_up(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "DEADLINE", -1.0)
    assert "not read to its end" in run("clean", site + "/page", code=1).stderr


def test_this_machine_and_its_network_are_not_asked(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = served.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "[::1]", "10.1.2.3", "192.168.1.1", "169.254.169.254", "0.0.0.0", "[::ffff:127.0.0.1]"):
        assert "not on the public internet" in run("clean", f"http://{host}:{port}/page", code=1).stderr
    # a public name that stands for this machine
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [(2, 1, 6, "", ("127.0.0.1", int(port)))])
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    assert "orrin.example (127.0.0.1)" in run("clean", f"http://orrin.example:{port}/page", code=1).stderr


def test_no_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise URLError("nobody home")

    monkeypatch.setattr(OpenerDirector, "open", fail)
    assert "https://orrin.example/: nobody home" in run("clean", "https://orrin.example/", code=1).stderr
    assert "no host" in run("clean", "https:///page", code=1).stderr


def test_addresses_are_sent_in_ascii() -> None:
    assert (
        fetching.ascii_url("HTTP://Bücher.example:8080/ä b?q=ß%20&r=1#top")
        == "http://xn--bcher-kva.example:8080/%C3%A4%20b?q=%C3%9F%20&r=1"
    )


# rules


def test_rules_are_listed_one_a_line(rules: Path) -> None:
    result = run("rules", "list", "--pack", "en/orrin", "--rules", rules)
    assert result.stdout == "en/orrin/custard  promo                The school canteen's advertising\n"
    assert result.stderr == "1 rule\n"
    german = run("rules", "list", "--language", "de", "--category", "credit").stdout.splitlines()
    assert german
    assert all(line.startswith("de/") and " credit " in line for line in german)


def test_rules_are_counted_by_pack(rules: Path) -> None:
    result = run("rules", "list", "--counts", "--rules", rules)
    counts = {line.split()[1]: int(line.split()[0]) for line in result.stdout.splitlines()}
    assert counts["en/orrin"] == 1
    assert result.stderr == f"{sum(counts.values()):,} rules\n"


def test_a_rule_is_shown_with_its_proof(rules: Path) -> None:
    shown = run("rules", "show", "en/orrin/custard", "--rules", rules).stdout
    for words in (
        "The school canteen's advertising",
        str(rules),
        "contains       custard",
        "max_words      40",
        "kind           paragraph",
    ):
        assert words in shown
    assert "removes        Custard, the yellow of the school." in shown
    assert "leaves" in shown
    assert "scanned for    custard" in shown


def test_an_unknown_rule_is_answered_with_near_ones() -> None:
    ids = [line.split()[0] for line in run("rules", "list", "--pack", "en/newsletter").stdout.splitlines()]
    assert ids[0] in run("rules", "show", ids[0] + "s", code=2).stderr


def test_unknown_languages_and_packs_are_answered_with_near_ones() -> None:
    """A list of nothing would read as if there were no such rules."""
    assert " de, " in run("rules", "list", "--language", "xx", code=2).stderr.replace("\n", " ")
    assert "did you mean en/newsletter" in run("rules", "list", "--pack", "en/newsletters", code=2).stderr
    assert "rules list --counts" in run("rules", "list", "--pack", "qqq", code=2).stderr


@pytest.mark.parametrize("detector", sorted(DETECTORS))
def test_detectors_are_shown_by_their_ids(detector: str) -> None:
    """What --show-removed names and --disable takes can be looked up."""
    id_line, reason, category, *_ = run("rules", "show", detector).stdout.splitlines()
    assert id_line == detector
    assert reason.strip()
    assert category.startswith("  category ")


def test_what_a_site_prunes_is_shown_by_its_id(tmp_path: Path) -> None:
    """Shipped or one's own: the category, the site's hosts and the selectors."""
    shown = run("rules", "show", "sites/taipeitimes.com/prune").stdout
    for words in ("From an element that is not the article", "category       related", "taipeitimes.com", "bigbox2"):
        assert words in shown
    own = tmp_path / "orrin.toml"
    own.write_text('format = 1\npack = "sites/orrin.example"\nhosts = ["orrin.example"]\nprune_css = ["aside.tides"]\n')
    assert "tides" in run("rules", "show", "sites/orrin.example/prune", "--rules", own).stdout


def test_a_rule_of_a_broken_file_is_answered_with_what_is_wrong(tmp_path: Path) -> None:
    """That there is no such rule would be half the truth."""
    broken = tmp_path / "broken.toml"
    broken.write_text("format = 1\npack = en/orrin\n")
    assert f"{broken}: not TOML" in run("rules", "show", "en/orrin/custard", "--rules", broken, code=3).stderr


def test_every_shipped_rule_can_be_shown() -> None:
    for language in ("any", "en"):
        first = run("rules", "list", "--language", language).stdout.split()[0]
        assert run("rules", "show", first).stdout.startswith(first)


def test_rules_that_hold_pass_lint_and_test(rules: Path) -> None:
    assert run("rules", "lint", rules).stdout == "1 rule, 0 problems\n"
    assert run("rules", "test", rules.parent).stdout == "1 rule, 2 examples, 1 case: all hold\n"


def test_a_file_of_words_alone_passes_lint(tmp_path: Path) -> None:
    """It has no rules, but its form is checked."""
    (tmp_path / "language.toml").write_text('format = 1\nlanguage = "en"\n')
    assert run("rules", "lint", tmp_path).stdout == "0 rules, 0 problems\n"


def test_failing_examples_are_shown_as_a_difference(tmp_path: Path) -> None:
    rules = write_rules(tmp_path, spared="Custard is cheap.", after=(STORY[0], "On custard", "Eat custard.", STORY[0]))
    shown = run("rules", "test", rules, code=1).stdout
    assert "en/orrin/custard: spares 1" in shown
    assert "    - Custard is cheap.\n" in shown
    assert "en/orrin/custard: case 1" in shown
    assert "    - Eat custard.\n" in shown
    assert f"      {STORY[0]}\n" in shown
    assert shown.endswith("1 rule, 2 examples, 1 case: 2 failed\n")
    problems = run("rules", "lint", rules, code=1).stdout
    assert "case 1: leaves" in problems


def test_a_condition_that_only_a_page_shows_is_proved_by_it(rules: Path) -> None:
    rules.write_text(rules.read_text().replace("<h2>On custard</h2>", "").replace('"On custard", ', ""))
    assert "no case needs 'kind'" in run("rules", "lint", rules, code=1).stdout


def test_a_case_without_an_article_is_a_problem_not_the_end(rules: Path) -> None:
    rules.write_text(rules.read_text().split("html = ")[0] + f'html = "{EMPTY}"\nafter = []\n')
    assert "no_article" in run("rules", "lint", rules, code=1).stdout


def test_ids_of_shipped_rules_are_taken(rules: Path) -> None:
    taken = run("rules", "list", "--pack", "en/newsletter").stdout.split()[0]
    pack, _, name = taken.rpartition("/")
    rules.write_text(rules.read_text().replace("en/orrin", pack).replace('"custard"', f'"{name}"', 1))
    assert f"{taken}: a shipped rule has this id" in run("rules", "lint", rules, code=1).stdout


def test_only_some_rules_can_be_checked(tmp_path: Path) -> None:
    rules = write_rules(tmp_path, spared="Custard is cheap.")
    for command in ("lint", "test"):
        assert "no rules in" in run("rules", command, rules, "--only", "en/other", code=1).stderr
    run("rules", "test", rules, "--only", "en/orrin", "--only", "en/other", code=1)


# the whole


def command(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    variables = os.environ | {"PYTHONPATH": str(Path(cleanarticle.__file__).parent.parent)} | environment
    return subprocess.Popen(
        [sys.executable, "-m", "cleanarticle", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=variables
    )


def test_version_and_exit_codes_are_in_the_help() -> None:
    assert run("--version").stdout == f"cleanarticle, version {cleanarticle.__version__}\n"
    assert "Exit codes" in run("--help").stdout
    shown = run("clean", "-h").stdout
    assert all(f"\n    {code}  " in shown for code in range(5))
    assert all(category in shown for category in CATEGORIES)


def test_help_does_not_wait_for_the_library() -> None:
    code = (
        "import sys; from cleanarticle.cli import main; main(['clean', '--help'], standalone_mode=False); "
        "print([m for m in sys.modules if m in ('trafilatura', 'lxml', 'rich', 'regex')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(cleanarticle.__file__).parent.parent)},
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
@pytest.mark.parametrize("arguments", [("rules", "list"), ("clean", "{page}"), ("rules", "test", "{rules}")])
def test_a_reader_that_goes_away_is_no_error(arguments: tuple[str, ...], page: Path, rules: Path) -> None:
    process = command(*(argument.format(page=page, rules=rules) for argument in arguments))
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    told = process.stderr.read()
    assert process.wait() == output.EXIT_BROKEN_PIPE
    assert "Traceback" not in told
    assert "Broken" not in told
    process.stderr.close()


def shell(line: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command in a shell that does with its input and output what only a shell can: `$run` is the command."""
    variables = os.environ | {"PYTHONPATH": str(Path(cleanarticle.__file__).parent.parent)}
    words = ["sh", "-c", line.replace("$run", f'"{sys.executable}" -m cleanarticle'), "sh", *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, env=variables, check=False)


@pytest.mark.skipif(os.name != "posix", reason="shells of POSIX")
@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("$run clean - <&-", 2, "standard input is closed"),
        ('$run clean - 0>"$3/new"', 2, "can't read standard input"),
        ('$run clean "$1" >&-', 4, "standard output is closed"),
        ("$run rules list >&-", 4, "standard output is closed"),
        ('$run rules lint "$2" >&-', 4, "standard output is closed"),
        ('$run rules test "$2" >&-', 4, "standard output is closed"),
        ("$run rules show structure/headline >&-", 4, "standard output is closed"),
        ('$run clean "$1" >/dev/full', 4, "No space left"),
        ('$run clean "$1" -f json >/dev/full', 4, "No space left"),
        ('$run clean "$1" -o /dev/full', 4, "No space left"),
        ("$run rules list >/dev/full", 4, "No space left"),
        ('$run rules lint "$2" >/dev/full', 4, "No space left"),
        ('$run clean "$2/no.html" 2>&-', 2, ""),
    ],
)
def test_closed_and_full_outputs_are_told_in_one_line(line: str, code: int, told: str, page: Path, rules: Path) -> None:
    """What can't be read or written is not "no article" and no traceback."""
    if "/dev/full" in line and not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    done = shell(line, page, rules, rules.parent)
    assert done.returncode == code, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert [row for row in done.stderr.splitlines() if told in row][-1:] == done.stderr.splitlines()[-1:]


def test_rules_are_listed_in_any_encoding() -> None:
    """Where standard output is no terminal it is UTF-8, whatever is set."""
    process = command("rules", "list", "--language", "zh", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    out, told = process.communicate()
    assert (process.returncode, "Traceback" in told) == (0, False)
    assert out.startswith("zh/")


def test_ctrl_c_has_an_exit_code_of_its_own(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not the one of pages without an article."""

    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cleaning, "_article", interrupt)
    assert "interrupted" in run("clean", page, code=output.EXIT_INTERRUPTED).stderr


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_does_not_obey_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    """Escape sequences of a page are masked where they would be obeyed; elsewhere the article is written as it is."""
    text = "The ferry\x1b]0;sank\x07 sails.\n"
    monkeypatch.setattr("sys.stdout", Terminal())
    output.write(text)
    assert sys.stdout.getvalue() == output.visible(text)  # type: ignore[attr-defined]
    monkeypatch.undo()
    assert "\x1b]0;sank\x07" in run("clean", "--text", "-", given=text * 3).stdout


def test_who_waits_for_the_rules_at_a_terminal_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Making the cache is announced where a person sees it, and nothing is said in pipes or when there is one."""
    monkeypatch.setattr("cleanarticle.ruleset.rule_files", lambda folder: [shipped_folder() / "en/newsletter.toml"])
    told = []
    try:
        for stream, home in ((io.StringIO(), "pipe"), (Terminal(), "terminal"), (Terminal(), "terminal")):
            monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / home))
            monkeypatch.setattr("sys.stderr", stream)
            default_rules.cache_clear()
            assert len(rulefiles.shipped_rules())
            told.append(stream.getvalue())
    finally:
        default_rules.cache_clear()
    assert [text.count("being prepared") for text in told] == [0, 1, 0]


def test_output_is_utf_8_whatever_the_terminal(page: Path) -> None:
    page.write_text(PAGE.replace("custard", "crème"), encoding="utf-8")
    process = command("clean", str(page), PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    out, _ = process.communicate()
    assert process.returncode == 0
    assert "crème" in out


def test_what_a_terminal_would_obey_is_not_shown() -> None:
    assert output.visible("a\x1b[31mb\x9bc\td\n") == "a\ufffd[31mb\ufffdc\td\n"


@pytest.fixture
def corpus(tmp_path: Path, page: Path) -> Path:
    """Two pages, one of a site that is held back, of which the article is known but for its first line."""
    html = page.read_text(encoding="utf-8")
    gold = cleanarticle.clean(html).text.split("\n")
    lines = [{"html": html, "id": name, "url": f"https://{name}.example/a", "gold": gold[1:]} for name in ("orrel", "bell")]
    path = tmp_path / "pages.jsonl"
    path.write_text("\n".join(map(json.dumps, [*lines, {"html": "no page", "id": "note"}])), encoding="utf-8")
    return path


def own_rule(folder: Path, literal: str) -> Path:
    """A folder with one rule file that removes lines which begin with some words."""
    folder.mkdir()
    text = f'format = 1\npack = "en/mine"\ncategory = "promo"\n[[rule]]\nname = "x"\nreason = "x"\nstarts_with = [{json.dumps(literal)}]\n'
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    return folder


def test_rules_check_tells_what_each_rule_did_and_which_hit_the_article(corpus: Path, tmp_path: Path) -> None:
    """Exit code 1 is for rules that hit the article; lines of the part that is held back are not shown."""
    result = run("rules", "check", corpus, "--json")
    assert "left out, 1 page: this is plain text" in result.stderr
    reports = json.loads(result.stdout)
    assert reports
    assert all(report["gold"] == 0 and report["hits"] == 2 and report["sites"] == 2 for report in reports)
    assert {example["page"] for report in reports for example in report["examples"]} == {"orrel"}
    second = cleanarticle.clean(json.loads(corpus.read_text(encoding="utf-8").split("\n")[0])["html"]).text.split("\n")[1]
    greedy = own_rule(tmp_path / "greedy", second.lower())
    result = run("rules", "check", corpus, "--rules", greedy, "--only", "en/mine", "--workers", "2", code=1)
    assert second[:60] in result.stdout
    assert "1 rule, 2 hits, 2 of them on the article" in result.stderr
    assert second[:60] not in run("rules", "check", corpus, "--rules", greedy, "--only", "en/mine", "--part", "check", code=1).stdout


def test_rules_diff_shows_what_is_newly_removed_and_what_no_longer(corpus: Path, tmp_path: Path) -> None:
    """As text, as JSON and as an HTML page in which nothing of a page is markup."""
    first, second = cleanarticle.clean(json.loads(corpus.read_text(encoding="utf-8").split("\n")[0])["html"]).text.split("\n")[:2]
    old, new = own_rule(tmp_path / "old", first.lower()), own_rule(tmp_path / "new", second.lower())
    html = tmp_path / "diff.html"
    result = run("rules", "diff", old, new, corpus, "--html", html)
    assert f"+ en/mine/x  article  {second[:60]}" in result.stdout
    assert f"- en/mine/x  {first[:60]}" in result.stdout
    assert "2 lines newly removed, 2 no longer" in result.stderr
    assert second in html.read_text(encoding="utf-8")
    changes = json.loads(run("rules", "diff", old, new, corpus, "--json", "--part", "check").stdout)
    assert [(change["removed"], change["text"]) for change in changes] == [(False, ""), (True, "")]


def test_a_corpus_that_is_none_is_wrong_use(tmp_path: Path) -> None:
    result = run("rules", "check", tmp_path / "none.jsonl", code=2)
    assert "can't be read" in result.stderr
    assert "there is no rule file" in run("rules", "diff", tmp_path, "shipped", tmp_path, code=2).stderr
    assert "no id begins with 'en/promos'" in run("rules", "check", tmp_path, "--only", "en/promos", code=2).stderr
