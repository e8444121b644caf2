"""What a day costs a warehouse that is there: 1,000 new pages, and nothing new, stage by stage, at growing sizes.

``python -m tests.benchmarks.bench_daily [ARTICLES ...]`` grows a warehouse of each size without reading a page
(``grown_warehouse``), loads 1,000 composed documents of 1,500 characters and of two months into it with one process and
no server, then the same once more, and prints CPU seconds of each stage and the peak of memory. Size 0 is an empty
warehouse: what the others are held against. ``--keep FOLDER`` keeps what was grown for the next time.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (0, 10_000, 100_000)
NEW_DOCUMENTS = 1_000


class _Clock:
    """A reporter that notes the CPU seconds at which pieces of work begin and end."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._what, self._since = "start", time.process_time()

    def _turn(self, what: str) -> None:
        now = time.process_time()
        self.spent[self._what] = self.spent.get(self._what, 0.0) + now - self._since
        self._what, self._since = what, now

    def start(self, what: str, total: int) -> None:
        self._turn(what)

    def advance(self) -> None: ...

    def tell(self, line: str) -> None: ...

    def finish(self) -> None:
        self._turn("between the stages")


def measure(source: Path, warehouse: Path) -> None:
    """Run once in this process; a line for each piece of work."""
    from flows import watching  # noqa: PLC0415  # importing is a part of what is measured
    from flows.job import load_sources  # noqa: PLC0415
    from flows.settings import Settings  # noqa: PLC0415

    clock = _Clock()
    clock.spent["imports"] = time.process_time()
    with watching.watched_by(clock):
        load_sources([str(source)], warehouse, Settings(workers=1, server=False))
    clock.finish()
    clock.spent["all"] = time.process_time()
    clock.spent["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(clock.spent))


def adopt(warehouse: Path) -> None:
    """Let the next run take the warehouse for one that its own code has made, whatever grew it."""
    import duckdb  # noqa: PLC0415

    from flows.code_version import code_version  # noqa: PLC0415

    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("update core.runs set code_version = ?", [code_version()])


def _of_a_process(*arguments: str) -> str:
    command = [sys.executable, "-m", "tests.benchmarks.bench_daily", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _grown(kept: Path, articles: int) -> Path:
    """The warehouse of so many articles: made where it is not kept."""
    path = kept / f"grown{articles}.duckdb"
    if articles and not path.exists():
        _of_a_process("--grow", str(path), str(articles))
    return path


def _dated(number: int, text: str) -> str:
    """A document as a paper of one of two months prints it, with a practice and a figure of its own beside the rest."""
    day = f"2023-0{5 + number % 2}-{1 + number % 28:02}"
    told = f"石狮市推行“邻里茶桌{number % 100}号”，{200 + number}户居民参加，每周三晚上在巷口开门。"
    return f"邻里茶桌开到第{number}家\n{day} 09:00 来源：山前日报\n{told}\n{text}"


def main(sizes: list[int], kept: Path) -> None:
    """Measure every size and show what each piece of work takes, side by side."""
    from tests.benchmarks.bench_duplicates import make_documents  # noqa: PLC0415

    columns: dict[str, dict[str, float]] = {}
    for size in sizes:
        grown = _grown(kept, size)
        with tempfile.TemporaryDirectory(dir=kept) as folder:
            source, warehouse = Path(folder) / "new.jsonl", Path(folder) / grown.name
            documents = make_documents(NEW_DOCUMENTS, 7)
            rows = [json.dumps({"uri": f"bench/{n}", "text": _dated(n, text)}) for n, text in enumerate(documents)]
            source.write_text("\n".join(rows), "utf-8")
            if size:
                for path in kept.glob(f"grown{size}.*"):
                    (shutil.copytree if path.is_dir() else shutil.copy2)(path, Path(folder) / path.name)
                _of_a_process("--adopt", str(warehouse))
            columns[f"{size} + 1,000"] = json.loads(_of_a_process("--measure", str(source), str(warehouse)))
            columns[f"{size} + 0"] = json.loads(_of_a_process("--measure", str(source), str(warehouse)))
    names = dict.fromkeys(name for spent in columns.values() for name in spent)
    print("", *columns, sep="\t")
    for name in names:
        print(name, *(f"{spent.get(name, 0):.2f}" for spent in columns.values()), sep="\t")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--adopt"]:
        adopt(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["--grow"]:
        from tests.benchmarks.grown_warehouse import grow

        grow(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        given = sys.argv[1:]
        if given[:1] == ["--keep"]:
            main([int(size) for size in given[2:]] or list(SIZES), Path(given[1]))
        else:
            with tempfile.TemporaryDirectory() as folder:
                main([int(size) for size in given] or list(SIZES), Path(folder))
