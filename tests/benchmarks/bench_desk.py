"""What the analyst's commands cost on a generated warehouse: report, exports, the questions of the README.

``python -m tests.benchmarks.bench_desk [ARTICLES] [FORM ...]`` makes a warehouse of so many articles (100,000) as
bench_models does and prints wall seconds and peak memory of each command, every one in a process of its own, and of
each question. Wanted at 100,000 articles: report under 30 s, export of all tables under 60 s, memory under 2 GB, a
question under 1 s.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from tasks.catalogue import catalogue
from tests.benchmarks.bench_models import fill
from tests.readme_answers import README, question_pairs
from warehouse.connections import open_warehouse
from warehouse.models import build_models, create_tables

_MEGABYTE = 1024  # the system counts the peak in kilobytes


def make(path: Path, articles: int) -> None:
    """A warehouse of ``articles`` generated articles with all summaries."""
    with open_warehouse(path, writable=True) as connection:
        create_tables(connection)
        fill(connection, articles)
        build_models(connection, catalogue())
        connection.execute("checkpoint")


def measure(*arguments: str) -> None:
    """Run one command and print its seconds and its peak of memory."""
    started = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", "from flows.command import main; main()", *arguments], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    print(
        f"{' '.join(arguments[:1] + arguments[4:]):28}{seconds:8.1f} s{usage.ru_maxrss / _MEGABYTE:8.0f} MB", flush=True
    )
    if status:
        print(f"  ended with {os.waitstatus_to_exitcode(status)}")


def main(articles: int, forms: list[str]) -> None:
    """Make the warehouse, run the commands, ask the questions."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.duckdb"
        # The warehouse is made in a process of its own, because a child's peak of memory begins with its parent's.
        made = multiprocessing.get_context("spawn").Process(target=make, args=(path, articles))
        made.start()
        made.join()
        if made.exitcode:
            raise SystemExit(made.exitcode)
        print(f"{articles:,} articles, {path.stat().st_size / 1e6:,.0f} MB", flush=True)
        measure("report", str(Path(folder) / "all.html"), "-w", str(path))
        measure("report", str(Path(folder) / "one.html"), "-w", str(path), "--practice", "做法1")
        for form in forms:
            measure("export", str(Path(folder) / form), "-w", str(path), "--as", form)
        with duckdb.connect(str(path), read_only=True) as connection:
            for number, (query, _) in enumerate(question_pairs(README.read_text("utf-8")), 1):
                started = time.perf_counter()
                connection.execute(query).fetchall()
                print(f"question {number:<4}{time.perf_counter() - started:8.2f} s", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, sys.argv[2:] or ["parquet", "csv", "stata", "xlsx"])
