"""How many changed thresholds the tests of their own room notice.

    python tests/benchmarks/mutate.py --count 30 --seed 1
    python tests/benchmarks/mutate.py --room repair --count 5
    python tests/benchmarks/mutate.py --seed 2 --state seed2.json --seconds 150   # again and again until it is done

In a copy of the project one number at a time is changed (a constant of a module: doubled, or halved where it is a share
or a stretch), and the tests of its room are run until one fails. A mutation that nothing notices is a threshold that
could be anything: it wants a case on either side. A constant that bounds a cost alone says so in its comment (“for time
alone”, “for memory alone”) and is left out. Takes half a minute to a minute each.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
# The tests of each room, those of its limits first; facts have a file for each family. What takes seconds is left out
# where it is about time, memory or the network and no limit of the room depends on it.
ROOMS: dict[str, tuple[str, ...]] = {
    "tasks/repair": ("tests/repair/test_limits.py", "tests/repair/test_doubts.py", "tests/repair"),
    "tasks/pages": ("tests/pages/test_limits.py", "tests/pages"),
    "tasks/facts/claims": ("tests/facts/test_claims.py",),
    "tasks/facts/dates": ("tests/facts/test_dates.py",),
    "tasks/facts/figures": ("tests/facts/test_figures.py",),
    "tasks/facts/organizations": ("tests/facts/test_organizations.py",),
    "tasks/facts/people": ("tests/facts/test_people.py",),
    "tasks/facts/places": ("tests/facts/test_places.py",),
    "tasks/facts/practices": ("tests/facts/test_practices.py",),
    "tasks/facts/quotes": ("tests/facts/test_quotes.py",),
    "tasks/duplicates": (
        "tests/duplicates/test_judgement_by_sketch.py",
        "tests/duplicates/test_limits.py",
        "tests/duplicates",
    ),
    "tasks/sources": (
        "tests/sources/test_limits.py",
        "tests/sources",
        "--ignore=tests/sources/test_behaviours.py",
        "--deselect=tests/sources/test_compression.py::test_a_bomb_is_given_up_before_it_fills_the_memory",
    ),
    "warehouse": ("tests/warehouse/test_limits.py", "tests/warehouse"),
}
# Sizes of caches and batches decide how fast something is, never what it is.
SPEED = (
    "CACHE",
    "BATCH",
    "_AT_ONCE",
    "REMEMBERED",
    "PARTITION",
    "BITS",
    "BIN_",
    "SECONDS",
    "CHUNK",
    "LAYOUT",
    "_BYTES",
)
# What the comment of a constant says that bounds a cost, so that only a text made to be slow reaches it, or that is a
# fact of an encoding or a format: no test of behaviour can notice the one, and nobody would change the other.
MARKER = re.compile(r"\b(?:for (?:time|memory) alone|as given)\b", re.IGNORECASE)
# A script that makes data; what it made is tested, and changes when it is run anew.
NOT_OF_A_RUN = ("tasks/repair/data/build.py",)
# Stretches that a bounded pattern is sought in, and widths of a search: in a larger one nothing more is found, so that
# these are halved.
STRETCHES = {
    "tasks/facts/claims/spots.py _FARTHEST",
    "tasks/facts/figures/bounds.py _REACH",
    "tasks/facts/figures/reading.py _LONGEST_MARK",
    "tasks/facts/people/rows.py _REACH",
    "tasks/facts/places/shared_suffixes.py _LONGEST_ITEM",
    "tasks/facts/practices/quoted_signs.py _LONGEST_SPEECH",
    "tasks/facts/quotes/speakers.py _LONGEST_SIGN",
    "tasks/facts/quotes/speech_verbs.py _LONGEST_SIGN",
    "tasks/pages/lines/stated_days.py _BEFORE",
    "tasks/repair/suspicions.py _BEFORE_SIGN",
    "tasks/repair/suspicions.py _BEHIND_SIGN",
    "tasks/repair/torn/search.py _BEAM",
    "tasks/repair/torn/search.py _ENDS",
    "tasks/repair/torn/search.py _GUESSED_ENDS",
    "tasks/repair/torn/search.py _HEADS",
    "tasks/repair/torn/verdicts.py _CONTEXT",
    "tasks/repair/torn/votes.py _REACH",
}


@dataclass(frozen=True)
class Mutation:
    """``name`` of the module at ``path`` becomes ``after``; it is set on the lines from ``line`` to ``last_line``."""

    path: str
    line: int
    last_line: int
    name: str
    before: str
    after: str
    tests: tuple[str, ...]

    @property
    def key(self) -> str:
        """As it stands in the table above."""
        return f"{self.path} {self.name}"

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.name} {self.before} -> {self.after}"


def mutations(room: str, tests: tuple[str, ...]) -> Iterator[Mutation]:
    """Every number that a constant of this room is set to, changed; without those that bound a cost alone."""
    for path in sorted((PROJECT / room).rglob("*.py")):
        source = path.read_text("utf-8")
        lines = source.splitlines()
        for node in ast.parse(source).body:
            if not (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)):
                continue
            name = node.targets[0].id
            value = node.value.value if isinstance(node.value, ast.Constant) else None
            if (
                not isinstance(value, int | float)
                or isinstance(value, bool)
                or not name.isupper()
                or any(word in name for word in SPEED)
            ):
                continue
            where = str(path.relative_to(PROJECT))
            if where in NOT_OF_A_RUN or MARKER.search(_comment_of(lines, node.lineno - 1)):
                continue
            after = str(_changed(f"{where} {name}", value))
            yield Mutation(where, node.lineno, node.end_lineno or node.lineno, name, str(value), after, tests)


def _comment_of(lines: list[str], place: int) -> str:
    """What is said of the constant on the line at ``place``: behind it, or right above it."""
    above = place
    while lines[above - 1].startswith("#"):
        above -= 1
    return " ".join(line.strip("# ") for line in (*lines[above:place], lines[place].partition("#")[2]))


def _changed(key: str, value: float) -> float:
    if key in STRETCHES:
        return value // 2
    if not value:
        return 1.0
    return value * 2 + 1 if isinstance(value, int) else value / 2


def drawn(seed: int, room: str | None) -> Iterator[Mutation]:
    """All mutations in an order of chance, the rooms taking turns."""
    draw = random.Random(seed)
    decks = []
    for folder, tests in ROOMS.items():
        if room is None or room in folder:
            deck = list(mutations(folder, tests))
            draw.shuffle(deck)
            decks.append(deck)
    while any(decks):
        yield from [deck.pop() for deck in decks if deck]


def passes(copy: Path, tests: tuple[str, ...]) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    return subprocess.run(command, cwd=copy, capture_output=True, check=False, timeout=900).returncode == 0


def is_noticed(copy: Path, mutation: Mutation) -> bool:
    path = copy / mutation.path
    source = path.read_text("utf-8")
    lines = source.splitlines(keepends=True)
    lines[mutation.line - 1 : mutation.last_line] = [f"{mutation.name} = {mutation.after}\n"]
    path.write_text("".join(lines), "utf-8")
    try:
        return not passes(copy, mutation.tests)
    finally:
        path.write_text(source, "utf-8")


def verdict(copy: Path, mutation: Mutation, known: dict[str, bool | None]) -> bool | None:
    """Whether ``mutation`` is noticed; None where the tests of its room fail without it."""
    unchanged = f"unchanged {' '.join(mutation.tests)}"
    if unchanged not in known:
        known[unchanged] = passes(copy, mutation.tests)
    return is_noticed(copy, mutation) if known[unchanged] else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=30, help="another is drawn for each that its room cannot judge")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--room", help="part of the name of a folder, such as repair")
    parser.add_argument("--list", action="store_true", help="name the mutations and run nothing")
    parser.add_argument("--state", type=Path, help="a file that keeps what is known, so that a run can be continued")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin no mutation after so many")
    options = parser.parse_args()
    order = drawn(options.seed, options.room)
    if options.list:
        print("\n".join(map(str, islice(order, options.count))))
        return
    known = json.loads(options.state.read_text("utf-8")) if options.state and options.state.exists() else {}
    start = time.monotonic()
    told: list[bool] = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        left_out = shutil.ignore_patterns(".git", ".venv", "__pycache__", "*.duckdb*", "*.raw", "*.work")
        shutil.copytree(PROJECT, copy, ignore=left_out)
        for mutation in order:
            if mutation.key not in known:
                if time.monotonic() - start > options.seconds:
                    break
                known[mutation.key] = was_noticed = verdict(copy, mutation, known)
                word = {True: "noticed ", False: "SURVIVES", None: "left out (its room fails unchanged)"}[was_noticed]
                print(word, mutation, flush=True)
                if options.state:
                    options.state.write_text(json.dumps(known, indent=1), "utf-8")
            if known[mutation.key] is not None:
                told.append(known[mutation.key])
            if len(told) == options.count:
                break
    print(f"{sum(told)} of {len(told)} noticed by the tests of their own room, of {options.count} asked for")


if __name__ == "__main__":
    main()
