"""How many changed thresholds the tests of their own room notice.

    python tests/benchmarks/mutate.py --count 30 --seed 1
    python tests/benchmarks/mutate.py --room repair --count 5

In a copy of the project one number at a time is changed (a constant of a module: doubled, or halved where it is a share
or a stretch), and the tests of its room are run until one fails. A mutation that nothing notices is a threshold that
could be anything: it wants a case on either side. Takes half a minute to a minute each.
"""

from __future__ import annotations

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
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
    "tasks/duplicates": ("tests/duplicates/test_limits.py", "tests/duplicates"),
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
# Limits that are there for time or memory alone: only a text made to be slow reaches them. Counted apart.
FOR_TIME_ALONE = {
    "tasks/facts/figures/exclusions.py _MOST_NAMES": "each name in marks is sought over the whole text",
    "tasks/facts/people/reading.py _MOST_WORDS": "what a long run keeps in mind of words",
    "tasks/pages/dumps/cutting.py SEARCHED_CHARS": "phrases that prove a join are sought in the page",
    "tasks/pages/dumps/fragments.py MAX_PARTS": "every paragraph is compared with every other",
    "tasks/pages/html/embedded.py MAX_SCRIPT_CHARS": "a script is searched for an article",
    "tasks/pages/html/embedded.py MOST_NODES": "nodes of a document in a script",
    "tasks/pages/html/head.py _MOST_SEARCHED": "characters of the head that are searched",
    "tasks/pages/html/scripts.py MOST_NODES": "nodes of a script's data",
    "tasks/pages/html/scripts.py MOST_SCRIPT_CHARS": "characters of a script that are read",
    "tasks/pages/languages.py _BEGINNING": "mostly the beginning holds Chinese enough for the whole",
    "tasks/pages/lines/line_patterns.py LONGEST_LABEL": "what is judged once for all pages of a site",
    "tasks/pages/reading.py LONGEST_LABEL": "what is set once for all pages of a site",
    "tasks/pages/reading.py LONGEST_MENDED": "the mending parser takes seconds",
    "tasks/pages/lines/titles.py _LONGEST_APPENDIX": "a title of dashes is quadratic in its pattern",
    "tasks/repair/decoding/likeness.py _SAMPLE": "characters of a page whose likeness to Chinese is measured",
    "tasks/repair/decoding/mojibake.py _REACH": "characters to the left in which a stretch begins",
    "tasks/repair/language/pairs.py _MOST_ROWS": "what a long run keeps in mind of pairs",
    "tasks/repair/suspicions.py _MOST_PASSAGES": "passages that are looked into one by one",
    "tasks/repair/suspicions.py _WORTH_CUTTING": "a shorter text is looked into as a whole",
    "tasks/repair/torn/echoes.py _REACH": "characters of the page that are searched for the same words",
    "tasks/repair/torn/runs.py _LONGEST_LINE": "characters of a line looked at for open marks",
    "tasks/repair/torn/search.py _LONGEST_RUN": "a longer run is not looked into",
    "tasks/repair/torn/search.py _LONGEST_STUDIED": "characters whose pairs are counted",
    "tasks/repair/torn/votes.py _MOST_VOTERS": "tears that vote on one another",
    "tasks/repair/writing/entities.py _MOST_EDITS": "references that are undone in one page",
}
# A script that makes data; what it made is tested, and changes when it is run anew.
NOT_OF_A_RUN = ("tasks/repair/data/build.py",)
# Facts of an encoding or a format, which are as they are.
GIVEN = {
    "tasks/duplicates/folding.py _UNIT_COUNT",
    "tasks/duplicates/sketches.py SKETCH_VERSION",
    "tasks/repair/decoding/missing_bytes.py MISSING",
    "tasks/repair/decoding/missing_bytes.py _BEGINS",
    "tasks/repair/torn/gbk.py EURO_BYTE",
}
# Stretches that a bounded pattern is sought in, and widths of a search: in a larger one nothing more is found, so that
# these are halved.
STRETCHES = {
    "tasks/facts/claims/spots.py _FARTHEST",
    "tasks/facts/figures/bounds.py _REACH",
    "tasks/facts/figures/reading.py _LONGEST_MARK",
    "tasks/facts/people/rows.py _REACH",
    "tasks/facts/places/shared_suffixes.py _LONGEST_ITEM",
    "tasks/facts/quotes/speakers.py _LONGEST_SIGN",
    "tasks/facts/quotes/speech_verbs.py _LONGEST_SIGN",
    "tasks/repair/torn/search.py _BEAM",
    "tasks/repair/torn/search.py _ENDS",
    "tasks/repair/torn/search.py _GUESSED_ENDS",
    "tasks/repair/torn/search.py _HEADS",
    "tasks/repair/torn/search.py _PROOFS",
    "tasks/repair/torn/verdicts.py _CONTEXT",
}


@dataclass(frozen=True)
class Mutation:
    """``name`` of the module at ``path`` becomes ``after``; ``line`` is where it is set."""

    path: str
    line: int
    name: str
    before: str
    after: str
    tests: tuple[str, ...]

    @property
    def key(self) -> str:
        """As it stands in the tables above."""
        return f"{self.path} {self.name}"


def mutations(room: str, tests: tuple[str, ...]) -> Iterator[Mutation]:
    """Every number that a constant of this room is set to, changed."""
    for path in sorted((PROJECT / room).rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if not (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)):
                continue
            name = node.targets[0].id
            value = node.value.value if isinstance(node.value, ast.Constant) else None
            if type(value) not in (int, float) or not name.isupper() or any(word in name for word in SPEED):
                continue
            where = str(path.relative_to(PROJECT))
            if where in NOT_OF_A_RUN:
                continue
            yield Mutation(where, node.lineno, name, str(value), str(_changed(f"{where} {name}", value)), tests)


def _changed(key: str, value: float) -> float:
    if key in STRETCHES:
        return value // 2
    if not value:
        return 1.0
    return value * 2 + 1 if isinstance(value, int) else value / 2


def chosen(count: int, seed: int, room: str | None) -> list[Mutation]:
    """So many mutations, the rooms taking turns."""
    draw = random.Random(seed)
    decks = []
    for folder, tests in ROOMS.items():
        if room is None or room in folder:
            deck = [
                each for each in mutations(folder, tests) if each.key not in FOR_TIME_ALONE and each.key not in GIVEN
            ]
            draw.shuffle(deck)
            decks.append(deck)
    found: list[Mutation] = []
    while len(found) < count and any(decks):
        found += [deck.pop() for deck in decks if deck]
    return found[:count]


def passes(copy: Path, tests: tuple[str, ...]) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    return subprocess.run(command, cwd=copy, capture_output=True, check=False, timeout=900).returncode == 0


def is_noticed(copy: Path, mutation: Mutation) -> bool:
    path = copy / mutation.path
    source = path.read_text("utf-8")
    lines = source.splitlines(keepends=True)
    lines[mutation.line - 1] = f"{mutation.name} = {mutation.after}\n"
    path.write_text("".join(lines), "utf-8")
    try:
        return not passes(copy, mutation.tests)
    finally:
        path.write_text(source, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--room", help="part of the name of a folder, such as repair")
    parser.add_argument("--list", action="store_true", help="name the mutations and run nothing")
    options = parser.parse_args()
    found = chosen(options.count, options.seed, options.room)
    noticed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        if not options.list:
            left_out = shutil.ignore_patterns(".git", ".venv", "__pycache__", "*.duckdb*", "*.raw", "*.work")
            shutil.copytree(PROJECT, copy, ignore=left_out)
        if not options.list:
            broken = [tests for tests in sorted({one.tests for one in found}) if not passes(copy, tests)]
            print("".join(f"left out: {tests[0]} fails without any change\n" for tests in broken), end="", flush=True)
            found = [one for one in found if one.tests not in broken]
        for mutation in found:
            text = f"{mutation.path}:{mutation.line} {mutation.name} {mutation.before} -> {mutation.after}"
            if options.list:
                print(text)
                continue
            was_noticed = is_noticed(copy, mutation)
            noticed += was_noticed
            print(f"{'noticed ' if was_noticed else 'SURVIVES'} {text}", flush=True)
    if not options.list:
        print(f"{noticed} of {len(found)} noticed by the tests of their own room")
        print(f"{len(FOR_TIME_ALONE)} limits are for time or memory alone and not among them")


if __name__ == "__main__":
    main()
