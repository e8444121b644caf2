"""Fangzhi and its peers side by side on the same inputs, quality beside speed; writes the table of README.md here.

    python -m tests.benchmarks.bench_peers PAGES [--peers-python OTHER/bin/python] [--rounds 3] [--every N]

PAGES holds gold.jsonl and html/ and is no part of the project. Peers (trafilatura, magic-html, resiliparse, rensa,
jieba) are no dependency: an interpreter that has them measures them with this same file. Each measurement is a process
of its own, so that its peak of memory is its own; a round is all of them one after the other, and a ratio is the median
over the rounds of what two had in the same round: on a shared machine figures of different rounds do not compare.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from textwrap import wrap
from typing import Any

from tests.benchmarks.bench_pages import EXTRACTORS, SAMPLE, measure

PROJECT = Path(__file__).resolve().parents[2]
TABLE = Path(__file__).with_name("README.md")
TEXTS = 1_000  # for near-duplicates and segmentation
Result = dict[str, Any]


def _rows(folder: Path, every: int) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()][::every]


def extraction(name: str, folder: Path, every: int) -> Result:
    """Articles from HTML: body F1 against the gold of the folder."""
    rows = _rows(folder, every)
    bodies = [(folder / "html" / row["file"]).read_bytes() for row in rows]
    extract = EXTRACTORS[name]()
    for page in sorted(SAMPLE.rglob("*.html")):  # what a process loads once is no matter of speed per page
        with suppress(Exception):
            extract(page.read_bytes())
    found = measure(extract, rows, bodies)
    return {"items": len(rows), "seconds": len(rows) / found["pages_per_second"], "quality": f"F1 {found['f1']:.3f}"}


def whole_chain(name: str, folder: Path, every: int) -> Result:
    """All of ``fangzhi run``, from files to a published warehouse, start of the process and all fixed costs
    included."""
    with tempfile.TemporaryDirectory() as work:
        rows = _rows(folder, every)
        for row in rows:
            (Path(work) / row["file"]).write_bytes((folder / "html" / row["file"]).read_bytes())
        return {"items": len(rows), "quality": ""} | cost_of_run(Path(work))


def cost_of_run(source: Path) -> Result:
    """CPU seconds, peak of memory in kB and stages of a run over ``source`` into a new warehouse, with one process and
    no server."""
    with tempfile.TemporaryDirectory() as work:
        command = [sys.executable, "-c", "from flows.command import main; main()", "run", str(source)]
        command += ["-w", f"{work}/w.duckdb", "--no-server", "--workers", "1"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    stages = "; ".join(
        line.replace(" shards", "").replace(" shard", "") for line in said.splitlines() if line.endswith(" s")
    )
    return {"seconds": seconds, "stages": stages, "peak": after.ru_maxrss}


def _texts() -> list[str]:
    from tests.benchmarks.bench_duplicates import make_documents  # noqa: PLC0415 (imports what peers need not have)

    return make_documents(TEXTS, 1)


def _sketching(name: str) -> Callable[[list[str]], object]:
    if name == "fangzhi":
        from tasks.duplicates.sketches import sketch  # noqa: PLC0415

        return sketch
    from rensa import RMinHash  # type: ignore[import-not-found]  # noqa: PLC0415

    def sketch_all(texts: list[str]) -> object:
        found = []
        for text in texts:
            one = RMinHash(num_perm=128, seed=42)
            one.update([text[place : place + 5] for place in range(len(text) - 4)])
            found.append(one.digest())
        return found

    return sketch_all


def _segmenting(name: str) -> Callable[[list[str]], object]:
    if name == "fangzhi":
        import rjieba  # noqa: PLC0415

        return lambda texts: [rjieba.cut(text) for text in texts]
    import jieba  # type: ignore[import-untyped]  # noqa: PLC0415

    jieba.initialize()
    return lambda texts: [jieba.lcut(text) for text in texts]


def on_texts(name: str, build: Callable[[str], Callable[[list[str]], object]], folder: Path) -> Result:
    """A function of many texts; they are read from a file that every process shares."""
    texts = json.loads((folder / "texts.json").read_text("utf-8"))
    work = build(name)
    work(texts[:20])
    started = time.process_time()
    work(texts)
    return {"items": len(texts), "seconds": time.process_time() - started, "quality": ""}


# What is compared: each kind with ours and its peers; the first peer is what the ratio is to.
KINDS: dict[str, tuple[str, ...]] = {
    "whole chain": ("fangzhi", "trafilatura"),
    "articles": ("fangzhi", "trafilatura", "magic-html", "resiliparse"),
    "sketches of near-duplicates": ("fangzhi", "rensa"),
    "words": ("fangzhi", "jieba"),
}
PACKAGES = {"words": "rjieba"}


def measure_one(kind: str, name: str, folder: Path, shared: Path, every: int) -> Result:
    """One measurement in this process; ``missing`` where the peer is not installed."""
    try:
        if kind == "whole chain" and name == "fangzhi":
            found = whole_chain(name, folder, every)
        elif kind in {"whole chain", "articles"}:
            found = extraction(name, folder, every)
        else:
            found = on_texts(name, _sketching if kind.startswith("sketches") else _segmenting, shared)
        package = PACKAGES.get(kind, name) if name == "fangzhi" else name
        found["version"] = f"{package} {version(package)}" if package != "fangzhi" else f"fangzhi {version('fangzhi')}"
    except (ImportError, PackageNotFoundError):
        return {"missing": name}
    return {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss} | found


def _table(rounds: list[dict[tuple[str, str], Result]]) -> list[str]:
    lines = ["| what | who | per CPU second | of ours | quality | peak MB |", "|---|---|---|---|---|---|"]
    for kind, names in KINDS.items():
        for name in names:
            found = [one[kind, name] for one in rounds if "missing" not in one[kind, name]]
            if not found:
                lines.append(f"| {kind} | {name} | not installed | | | |")
                continue
            ours = [one[kind, "fangzhi"] for one in rounds]
            ratio = median(
                (theirs["items"] / theirs["seconds"]) / (own["items"] / own["seconds"])
                for theirs, own in zip(found, ours, strict=True)
            )
            speed = median(one["items"] / one["seconds"] for one in found)
            peak = max(one["peak"] for one in found) / 1024
            first = found[0]
            lines.append(
                f"| {kind} | {first['version']} | {speed:.1f} | {ratio:.2f} | {first['quality']} | {peak:.0f} |"
            )
    stages = rounds[0]["whole chain", "fangzhi"].get("stages", "")
    return [*lines, "", *wrap(f"Stages of the whole chain, by the wall clock: {stages}.", 120)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--peers-python", default=sys.executable)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--one", nargs=3, metavar=("KIND", "NAME", "FOLDER"), help="measure one and print it")
    given = parser.parse_args()
    if given.one:
        kind, name, shared = given.one
        print(json.dumps(measure_one(kind, name, given.pages, Path(shared), given.every)))
        return
    rounds: list[dict[tuple[str, str], Result]] = []
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "texts.json").write_text(json.dumps(_texts()), "utf-8")
        for _ in range(given.rounds):
            rounds.append({})
            for kind, names in KINDS.items():
                for name in names:
                    python = sys.executable if name == "fangzhi" else given.peers_python
                    command = [
                        python,
                        "-m",
                        "tests.benchmarks.bench_peers",
                        str(given.pages),
                        "--every",
                        str(given.every),
                    ]
                    command += ["--one", kind, name, folder]
                    printed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT).stdout
                    rounds[-1][kind, name] = json.loads(printed.splitlines()[-1])
    count = rounds[0]["whole chain", "fangzhi"]["items"]
    head = [
        "# Benchmarks",
        "",
        f"Written by `python -m tests.benchmarks.bench_peers` on {datetime.now(UTC):%Y-%m-%d}: {count} pages,",
        f"{TEXTS:,} texts of 1,500 characters, {given.rounds} rounds. “Of ours” is the median ratio of speeds within a",
        "round, below 1 where ours is faster. The whole chain is "
        "all of `fangzhi run` with its fixed costs, which few pages",
        "do not repay; it is held against the extraction of trafilatura alone. "
        "`python -m tests.benchmarks.bench_chain`",
        "does so on 2,000 composed pages.",
        "",
    ]
    TABLE.write_text("\n".join([*head, *_table(rounds), ""]), "utf-8")
    print(TABLE.read_text("utf-8"))


if __name__ == "__main__":
    main()
