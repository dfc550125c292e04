"""Pins the floors of the quality gate to what is reached now.

    python tests/quality/pin.py --shared ../shared
    python tests/quality/pin.py --shared ../shared --lower "the rule for bare names took names from lists of winners"

A floor goes up with its figure, less a little that other machines and patch versions of trafilatura may cost. Where a figure
fell below its floor nothing is written and the exit code is 1, unless --lower gives the reason, which is kept in the file.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from measuring import CORPORA, FLOORS_FILE, PARTS, Figures, digest, evaluation, figure, floors, measure

# what must be reached, and what must not be exceeded, with the room that is left
LEAST = {"f1": 0.0005, "exact": 0.006, "removed": 0.003, "recall": 0.0005, "snippets": 0.002}
MOST = {"lost": 0.0, "words lost": 0.00005, "body lost": 0.0005}
_ROUNDING = 1e-6

Pinned = dict[tuple[str, str, str, str], float]
"""Floors by "least" or "most", corpus, part and figure."""


def pinned(known: dict[str, Any]) -> Pinned:
    """The floors of a file."""
    return {
        (side, corpus, part, name): value
        for side in ("least", "most")
        for corpus, parts in known.get(side, {}).items()
        for part, values in parts.items()
        for name, value in values.items()
    }


def reached(figures: Figures) -> Pinned:
    """Floors just under the figures, and ceilings just above them."""
    found: Pinned = {}
    for corpus in CORPORA:
        for part in PARTS:
            for side, room, sign in (("least", LEAST, -1), ("most", MOST, 1)):
                for name, slack in room.items():
                    value = figure(figures[corpus][part], name)
                    if value is not None:
                        found[side, corpus, part, name] = round(value + sign * (slack + _ROUNDING), 6)
    return found


def worse(old: Pinned, figures: Figures) -> Iterator[tuple[tuple[str, str, str, str], float, float]]:
    """Floors that a figure has fallen below, and ceilings that one exceeds."""
    for key, floor in sorted(old.items()):
        side, corpus, part, name = key
        value = figure(figures[corpus][part], name)
        if value is None or (value < floor if side == "least" else value > floor):
            yield key, floor, float("nan") if value is None else value


def written(new: Pinned, known: dict[str, Any], digests: dict[str, str], lowered: list[dict[str, Any]]) -> str:
    """The file with these floors."""
    lines = [
        "# Written by tests/quality/pin.py: what cleaning the labelled corpora must reach. What the figures mean stands at the top",
        "# of bench/evaluate.py in the shared folder; `check` are the sites that nobody looks at. Floors go up; a floor that went",
        "# down has its reason under [[lowered]].",
        "",
        f'trafilatura = "{version("trafilatura")}"',
        "",
        "[digests]",
        *(f'{corpus} = "{value}"' for corpus, value in digests.items()),
        "",
        "# recall at most so much below trafilatura's",
        "[below_trafilatura]",
        *(f"{corpus} = {value}" for corpus, value in known["below_trafilatura"].items()),
        "",
        '# "removed" of check at most so much below that of tune',
        "[generalises]",
        *(f"{corpus} = {value}" for corpus, value in known["generalises"].items()),
    ]
    for side in ("least", "most"):
        for corpus in CORPORA:
            for part in PARTS:
                names = [name for name in (LEAST if side == "least" else MOST) if (side, corpus, part, name) in new]
                lines += ["", f"[{side}.{corpus}.{part}]", *(f'"{name}" = {new[side, corpus, part, name]}' for name in names)]
    for entry in lowered:
        lines += [
            "",
            "[[lowered]]",
            *(f"{key} = {value!r}" if isinstance(value, float) else f'{key} = "{value}"' for key, value in entry.items()),
        ]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, metavar="PATH", help="folder with bench/ and corpora/")
    parser.add_argument("--lower", metavar="REASON", default="", help="why floors may go down this time")
    given = parser.parse_args()
    known = floors()
    old = pinned(known)
    figures = measure(evaluation(given.shared))
    fallen = list(worse(old, figures))
    for (side, corpus, part, name), floor, value in fallen:
        print(f"{corpus} {part}: {name} is {value:.5f}, {side} {floor:.5f}")
    if fallen and not given.lower:
        print('nothing is pinned: mend it, or say why with --lower "…"')
        return 1
    new = reached(figures)
    for key, floor in old.items():
        if key not in {fell for fell, _, _ in fallen}:
            new[key] = max(new.get(key, floor), floor) if key[0] == "least" else min(new.get(key, floor), floor)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    lowered = [
        *known.get("lowered", []),
        *(
            {"figure": f"{corpus} {part} {name}", "floor": floor, "now": round(value, 6), "date": today, "reason": given.lower}
            for (_, corpus, part, name), floor, value in fallen
        ),
    ]
    FLOORS_FILE.write_text(written(new, known, {corpus: digest(given.shared, corpus) for corpus in CORPORA}, lowered), encoding="utf-8")
    print(f"{sum(new[key] != old.get(key) for key in new)} of {len(new)} floors are new")
    return 0


if __name__ == "__main__":
    sys.exit(main())
