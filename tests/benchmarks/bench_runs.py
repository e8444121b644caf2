"""Whole runs at growing sizes: CPU seconds of the first run, of one with a tenth more, of one with nothing new; peak
memory.

``python -m tests.benchmarks.bench_runs [DOCUMENTS ...]`` composes documents of 1,500 characters (as bench_duplicates
does: seven of ten stand alone, the others are edited copies), loads them with one process and no server, and prints a
line for each size. Fixed costs are included. ``deploy/SCALE.md`` is made of these lines.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.bench_duplicates import make_documents

SIZES = (300, 1_000, 3_000)


def run(source: Path, warehouse: Path) -> tuple[float, float]:
    """CPU seconds of a run, and the peak of its memory so far in megabytes."""
    code = "from flows.command import main; main()"
    command = [sys.executable, "-c", code, "run", str(source), "-w", str(warehouse), "--no-server", "--workers", "1"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, after.ru_maxrss / 1024


def main() -> None:
    print(f"{'documents':>10} {'first':>8} {'a tenth more':>13} {'nothing new':>12} {'peak MB':>8} {'MB of file':>11}")
    for count in map(int, sys.argv[1:] or SIZES):
        texts = make_documents(count + count // 10, count)
        with tempfile.TemporaryDirectory() as folder:
            source, warehouse = Path(folder) / "rows.jsonl", Path(folder) / "w.duckdb"
            figures = []
            for some in (texts[:count], texts, texts):
                rows = (
                    json.dumps({"uri": f"https://s{number % 50}.example/{number}", "text": f"第{number}件事\n{text}"})
                    for number, text in enumerate(some)
                )
                source.write_text("\n".join(rows), "utf-8")
                figures.append(run(source, warehouse))
            seconds = [one for one, _ in figures]
            size = warehouse.stat().st_size / 1e6
            print(
                f"{count:>10,} {seconds[0]:>8.1f} {seconds[1]:>13.1f} "
                f"{seconds[2]:>12.1f} {figures[-1][1]:>8.0f} {size:>11.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
