"""Measures what starting costs: the import beyond trafilatura's, and the shipped rules without and with their cache.

    python tests/bench/startup.py --rounds 7

Each figure is processor time (user and system) in a fresh interpreter, the median of some rounds.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIMED = """
import time
{before}
started = time.process_time()
{statement}
print(time.process_time() - started)
"""


def seconds(statement: str, rounds: int, before: str = "", cache: str | None = None) -> float:
    """Processor time of a statement in fresh interpreters; without a folder for it, each round has an empty cache."""
    times = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as empty:
            environment = {**os.environ, "XDG_CACHE_HOME": cache or empty, "PYTHONPATH": str(ROOT)}
            code = TIMED.format(before=before, statement=statement)
            done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
            times.append(float(done.stdout.strip().splitlines()[-1]))
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    trafilatura = seconds("import trafilatura", rounds)
    ours = seconds("import cleanarticle", rounds)
    names = seconds("from cleanarticle import Cleaner, clean, clean_text", rounds)
    beyond = names - trafilatura
    print(f"import trafilatura          {trafilatura * 1000:7.0f} ms")
    print(f"import cleanarticle         {ours * 1000:7.0f} ms")
    print(f"… and its main names        {names * 1000:7.0f} ms: {beyond * 1000:+.0f} ms, {names / trafilatura:.2f} times trafilatura")
    build, before = "default_rules()", "from cleanarticle.ruleset import default_rules"
    with tempfile.TemporaryDirectory() as cache:
        cold = seconds(build, max(1, rounds // 2), before)
        seconds(build, 1, before, cache)
        warm = seconds(build, rounds, before, cache)
        print(f"rules without their cache   {cold * 1000:7.0f} ms")
        print(f"rules from their cache      {warm * 1000:7.0f} ms: {cold / warm:.0f} times faster")
        first = "Cleaner().clean_text('The ferry sails again. Sign up for our newsletter.')"
        start = "from cleanarticle import Cleaner\nfrom cleanarticle.ruleset import default_rules\ndefault_rules()"
        print(f"cleaner and first text      {seconds(first, rounds, start, cache) * 1000:7.0f} ms")
        whole = seconds("from cleanarticle import clean_text; clean_text('The ferry sails again.')", rounds, cache=cache)
        print(f"from nothing to first text  {whole * 1000:7.0f} ms with the cache")


if __name__ == "__main__":
    main()
