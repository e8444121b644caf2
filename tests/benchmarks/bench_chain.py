"""The whole chain on thousands of pages, each another one, beside trafilatura's extraction alone on the same pages.

    python -m tests.benchmarks.bench_chain [--pages 2000] [--peers-python OTHER/bin/python] [--every 10]

Pages are composed (``composed_pages``). The chain is all of ``fangzhi run`` with one process, its start and all other
fixed costs included, and a second run says what each further page costs: a quarter of the pages goes before. Of
trafilatura, which is no dependency, the extraction of every n-th page is measured, nothing else of its process.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.bench_pages import EXTRACTORS
from tests.benchmarks.bench_peers import PROJECT, cost_of_run
from tests.benchmarks.composed_pages import pages_of_many_sites


def seconds_a_page(name: str, folder: Path, every: int) -> float:
    """CPU seconds in which an extractor reads one of every so many pages of ``folder``, the first few left out."""
    bodies = [path.read_bytes() for path in sorted(folder.rglob("*.html"))[::every]]
    extract = EXTRACTORS[name]()
    for body in bodies[:3]:
        extract(body)
    started = time.process_time()
    for body in bodies:
        extract(body)
    return (time.process_time() - started) / len(bodies)


def peer_seconds(python: str, name: str, folder: Path, every: int) -> float | None:
    """The same, asked of another interpreter; None where it has no such extractor."""
    command = [python, "-m", "tests.benchmarks.bench_chain", "--one", name, str(folder), "--every", str(every)]
    asked = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT)
    return float(json.loads(asked.stdout.splitlines()[-1])) if asked.returncode == 0 else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--peers-python", default=sys.executable)
    parser.add_argument("--every", type=int, default=10)
    parser.add_argument("--one", nargs=2, metavar=("NAME", "FOLDER"), help="measure one extractor and print it")
    given = parser.parse_args()
    if given.one:
        print(json.dumps(seconds_a_page(given.one[0], Path(given.one[1]), given.every)))
        return
    with tempfile.TemporaryDirectory() as work:
        some, pages = Path(work) / "some", Path(work) / "pages"
        for number, (name, body) in enumerate(pages_of_many_sites(given.pages)):
            for folder in (pages, some) if number < given.pages // 4 else (pages,):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(body)
        few = cost_of_run(some)
        whole = cost_of_run(pages)
        alone = peer_seconds(given.peers_python, "trafilatura", pages, given.every)
    seconds = whole["seconds"]
    speed = given.pages / seconds
    further = (seconds - few["seconds"]) / (given.pages - given.pages // 4)
    print(f"{given.pages:,} pages: {seconds:.1f} CPU s, {speed:.1f} a CPU s, peak {whole['peak'] / 1024:.0f} MB")
    print(f"each page beyond {given.pages // 4:,}: {1000 * further:.1f} ms, {1 / further:.1f} a CPU s")
    print(f"stages, by the wall clock: {whole['stages']}")
    if alone is None:
        print("trafilatura is not installed there: only the chain is measured")
    else:
        print(f"trafilatura alone: {1 / alone:.1f} a CPU s; the chain is {alone * speed:.2f} times as fast")


if __name__ == "__main__":
    main()
