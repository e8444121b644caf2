"""Kills runs at random moments and looks at what is left: ``python -m tests.benchmarks.bench_kills [TRIALS [SEED
[KIND]]]``.

Each trial copies a filled warehouse, starts a run that brings it more pages and kills the run, one of its workers or
the server it embeds at a random moment (kill -9). KIND ``term`` tells the run to end instead, ``interrupt`` is Ctrl-C.
Asserted are: the published file opens and is unchanged or complete, no process is left, the next run ends with the
digests of a run that nobody killed, and no work folder stays.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from tests.digests import table_digests
from tests.flows.sample_runs import NOW, SAMPLE_SOURCES

PROJECT = Path(__file__).resolve().parents[2]
_VICTIMS = ("main", "worker", "server")
_END_SECONDS = 40.0  # for the processes of a killed run to be gone


def command(warehouse: Path, sources: list[str]) -> list[str]:
    """How a run is started."""
    moment = NOW.isoformat().replace("+00:00", "+0000")
    start = [sys.executable, "-c", "from flows.command import main; main()", "run", *sources]
    return [*start, "--warehouse", str(warehouse), "--workers", "2", "--now", moment]


def environment(home: Path) -> dict[str, str]:
    """A Prefect of its own, so that its server can be killed too; the mark tells the processes of a trial."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return kept | {"PREFECT_HOME": str(home), "PYTHONPATH": str(PROJECT), "TRIAL_OF_FANGZHI": str(home)}


def processes(home: Path) -> dict[int, str]:
    """The living processes of a trial with their command lines."""
    mark = f"TRIAL_OF_FANGZHI={home}".encode()
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
    return found


def victim_of(kind: str, home: Path, main: int) -> int:
    """The process to be killed; the main one where there is none of that kind at the moment."""
    signs = {"worker": "spawn_main", "server": "uvicorn"}
    found = [pid for pid, line in processes(home).items() if kind in signs and signs[kind] in line]
    return found[0] if found else main


def trial(folder: Path, filled: Path, wanted: dict[str, str], kind: str, wait_seconds: float) -> list[str]:
    """What was not as it should be, in words."""
    warehouse, home = folder / "w.duckdb", folder / "prefect"
    shutil.copyfile(filled, warehouse)
    shutil.copytree(filled.with_suffix(".raw"), warehouse.with_suffix(".raw"))
    before = table_digests(warehouse)
    process = subprocess.Popen(
        command(warehouse, SAMPLE_SOURCES),
        cwd=PROJECT,
        env=environment(home),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + wait_seconds
    while time.monotonic() < end and process.poll() is None:
        time.sleep(0.02)
    was_over = process.poll() is not None
    if not was_over:
        sent = {"term": signal.SIGTERM, "interrupt": signal.SIGINT}.get(kind, signal.SIGKILL)
        os.kill(victim_of(kind, home, process.pid), sent)
    try:
        process.wait(timeout=300)
    except subprocess.TimeoutExpired:
        process.kill()
        return [f"{kind}: the run hung"]
    problems = []
    end = time.monotonic() + _END_SECONDS
    while processes(home) and time.monotonic() < end:
        time.sleep(0.1)
    problems += [f"{kind}: still alive: {line[:120]}" for line in processes(home).values()]
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        connection.execute("select count(*) from core.articles").fetchall()
    if table_digests(warehouse) not in (before, wanted):
        problems.append(f"{kind}: the published file is neither the old nor the new one")
    done = subprocess.run(
        [*command(warehouse, SAMPLE_SOURCES), "--no-server"],  # the same rows in half of the time
        cwd=PROJECT,
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        problems.append(f"{kind}: the next run failed: {done.stderr[-300:]}")
    elif table_digests(warehouse) != wanted:
        changed = [name for name, digest in table_digests(warehouse).items() if digest != wanted.get(name)]
        problems.append(f"{kind}: the next run ends with other rows in {', '.join(changed)}")
    problems += [f"{kind}: left behind: {path.name}" for path in folder.glob("*.work")]
    return problems


def main(trials: int, seed: int, kinds: tuple[str, ...]) -> None:
    """Run the trials and print what was seen."""
    chance = random.Random(seed)
    with TemporaryDirectory() as place:
        root = Path(place)
        filled, whole = root / "filled.duckdb", root / "whole.duckdb"
        started = time.monotonic()
        for path, sources in ((filled, [SAMPLE_SOURCES[1]]), (whole, [SAMPLE_SOURCES[1]]), (whole, SAMPLE_SOURCES)):
            begun = time.monotonic()
            subprocess.run(
                command(path, sources),
                cwd=PROJECT,
                env=environment(root / "home"),
                check=True,
                stdout=subprocess.DEVNULL,
            )
            length = time.monotonic() - begun
        print(f"an unbroken run takes {length:.0f} s; prepared in {time.monotonic() - started:.0f} s", flush=True)
        wanted = table_digests(whole)
        counts: Counter[str] = Counter()
        for number in range(trials):
            kind = kinds[number % len(kinds)]
            folder = root / str(number)
            folder.mkdir()
            moment = chance.uniform(0.1, 1.05) * length
            problems = trial(folder, filled, wanted, kind, moment)
            counts[f"{kind} {'as it should be' if not problems else 'NOT'}"] += 1
            print(number, kind, f"{moment:.1f} s", *problems, sep=" | ", flush=True)
            shutil.rmtree(folder)
        print(dict(counts))


if __name__ == "__main__":
    trials_wanted, seed_wanted, *kinds_wanted = [*sys.argv[1:], *("60", "1")[len(sys.argv) - 1 :]]
    main(int(trials_wanted), int(seed_wanted), tuple(kinds_wanted) or _VICTIMS)
