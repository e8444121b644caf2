"""Kills runs at random moments and looks at what is left: ``python -m tests.benchmarks.bench_kills FOLDER [--trials 60]
[--seed 1] [--seconds 150] [--kinds main worker server]``.

Each trial copies a filled warehouse, starts a run that brings it more pages and kills the run, one of its workers or
the server it embeds (kill -9). The kind ``term`` tells the run to end instead, ``interrupt`` is Ctrl-C. Each stage of
the run has its turn with each kind: the moment is a random part of the time that this stage took, counted from the
first sign of it, so that neither the start of the processes nor their end takes the kills away from the work.
Asserted are: the published file opens, passes every check and is unchanged or complete, no process is left, the next
run ends with the digests of a run that nobody killed, and no work folder stays.

FOLDER keeps what was prepared and what was seen, a line for each trial, so that the trials can be had in slices: a call
begins none after ``--seconds`` and goes on where the last one stopped. They are one series of one code: another one
wants another folder.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import duckdb

from flows.code_version import code_version
from tasks.catalogue import catalogue
from tests.digests import table_digests
from tests.flows.sample_runs import NOW, SAMPLE
from warehouse.models import run_checks

PROJECT = Path(__file__).resolve().parents[2]
_VICTIMS = ("main", "worker", "server")
_START_SECONDS = 5.0  # for the workers of a run to be there
_END_SECONDS = 40.0  # for the processes of a killed run to be gone
# Few pages, which reprint one another, in so small shards that workers share them: a trial is a quarter of a minute.
_SHOWN = [str(SAMPLE / "pages" / site) for site in ("www.jiangan-river.example", "www.xiangsheng-paper.example")]
_ARRIVING = [
    *(str(SAMPLE / "pages" / name) for name in ("www.yuanshan-net.example", "m.bafang-zixun.example", "broken")),
    str(SAMPLE / "rows.jsonl"),
]
_SETTINGS = {"FANGZHI_SHARD_DOCUMENTS": "6"}
_SAID = "said.txt"  # what a run writes
# The stages in their order, each with what shows that it has begun: a file in the work folder, or what the run says.
_SIGNS = {
    "start": "published.stamp",
    "fetch": "index.parquet",
    "clean": "orders",
    "deduplicate": "story_texts",
    "extract": "to_extract",
    "load": "loaded",
    "summarise": "load:",
    "publish": "summarise:",
}
_POLL_SECONDS = 0.01


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


def victim_of(kind: str, home: Path, process: subprocess.Popen[bytes]) -> int:
    """The process to be killed. Workers are waited for where they are only starting; the main one stands in for what
    has ended."""
    signs = {"worker": "spawn_main", "server": "uvicorn"}
    end = time.monotonic() + _START_SECONDS
    while kind in signs and process.poll() is None and time.monotonic() < end:
        found = [pid for pid, line in processes(home).items() if signs[kind] in line]
        if found:
            return found[0]
        time.sleep(_POLL_SECONDS)
    return process.pid


def stage_of(folder: Path) -> str:
    """The stage that a run is in by the last of its signs; ``none`` before the first."""
    try:
        seen = {path.name for work in folder.glob("*.work") for path in work.iterdir()}
    except FileNotFoundError:  # it was just removed
        seen = set()
    said = (folder / _SAID).read_text("utf-8") if (folder / _SAID).exists() else ""
    return ([stage for stage, sign in _SIGNS.items() if sign in seen or f"\n{sign}" in said] or ["none"])[-1]


def start(folder: Path, warehouse: Path, home: Path, sources: list[str]) -> subprocess.Popen[bytes]:
    """A run under way that writes what it says into ``folder``."""
    with (folder / _SAID).open("wb") as said:
        said.write(b"\n")
        said.flush()
        return subprocess.Popen(
            command(warehouse, sources),
            cwd=PROJECT,
            env=environment(home) | _SETTINGS,
            start_new_session=True,
            stdout=said,
            stderr=said,
        )


def seconds_of_stages(folder: Path, process: subprocess.Popen[bytes]) -> dict[str, float]:
    """How long a run stays in each stage; waits for its end."""
    begun: dict[str, float] = {}
    while process.poll() is None:
        begun.setdefault(stage_of(folder), time.monotonic())
        time.sleep(_POLL_SECONDS)
    ends = [*list(begun.values())[1:], time.monotonic()]
    return {stage: end - start for (stage, start), end in zip(begun.items(), ends, strict=True)}


def wait_for(stage: str, folder: Path, process: subprocess.Popen[bytes], seconds: float) -> None:
    """Until ``seconds`` after the first sign of a stage or of a later one, or the end of the process."""
    names = list(_SIGNS)
    while process.poll() is None and stage_of(folder) not in names[names.index(stage) :]:
        time.sleep(_POLL_SECONDS)
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        time.sleep(_POLL_SECONDS)


def trial(
    folder: Path, filled: Path, wanted: dict[str, str], kind: str, aim: tuple[str, float]
) -> tuple[str, list[str]]:
    """The stage in which the kill fell, and what was not as it should be, in words. ``aim``: the stage in which it is
    to fall, and how many seconds after the stage's begin."""
    warehouse, home = folder / "w.duckdb", folder / "prefect"
    shutil.copyfile(filled, warehouse)
    shutil.copytree(filled.with_suffix(".raw"), warehouse.with_suffix(".raw"))
    shutil.copytree(filled.parent / "home", home)
    before = table_digests(warehouse)
    process = start(folder, warehouse, home, [*_SHOWN, *_ARRIVING])
    wait_for(aim[0], folder, process, aim[1])
    victim = victim_of(kind, home, process)
    stage = stage_of(folder) if process.poll() is None else "it had ended"
    if process.poll() is None:
        sent = {"term": signal.SIGTERM, "interrupt": signal.SIGINT}.get(kind, signal.SIGKILL)
        stage += " (main)" if victim == process.pid and kind in {"worker", "server"} else ""
        os.kill(victim, sent)
    try:
        process.wait(timeout=300)
    except subprocess.TimeoutExpired:
        process.kill()
        return stage, ["the run hung"]
    problems = []
    end = time.monotonic() + _END_SECONDS
    while processes(home) and time.monotonic() < end:
        time.sleep(0.1)
    problems += [f"still alive: {line[:120]}" for line in processes(home).values()]
    try:
        with duckdb.connect(str(warehouse)) as connection:
            run_checks(connection, catalogue())
    except Exception as error:
        problems.append(f"the published file: {error}")
    if table_digests(warehouse) not in (before, wanted):
        problems.append("the published file is neither the old nor the new one")
    done = subprocess.run(
        # The same rows in half of the time.
        [*command(warehouse, [*_SHOWN, *_ARRIVING]), "--no-server", "--workers", "1"],
        cwd=PROJECT,
        env=environment(home) | _SETTINGS,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        problems.append(f"the next run failed: {done.stderr[-300:]}")
    elif table_digests(warehouse) != wanted:
        changed = [name for name, digest in table_digests(warehouse).items() if digest != wanted.get(name)]
        problems.append(f"the next run ends with other rows in {', '.join(changed)}")
    problems += [f"left behind: {path.name}" for path in folder.glob("*.work")]
    return stage, problems


def prepare(root: Path) -> dict[str, float]:
    """A filled warehouse, and one that nobody killed; the seconds that a run from the one to the other spends in each
    stage."""
    filled, whole = root / "filled.duckdb", root / "whole.duckdb"
    seconds = {}
    for path, sources in ((filled, _SHOWN), (whole, _SHOWN), (whole, [*_SHOWN, *_ARRIVING])):
        process = start(root, path, root / "home", sources)
        seconds = seconds_of_stages(root, process)
        if process.returncode:
            raise SystemExit((root / _SAID).read_text("utf-8"))
    return seconds


def main(root: Path, trials: int, seed: int, seconds: float, kinds: tuple[str, ...]) -> None:
    """Run what is left of the trials, as far as the time reaches, and print what was seen in all."""
    end = time.monotonic() + seconds
    root.mkdir(exist_ok=True)
    series, seen = root / "series.json", root / "trials.jsonl"
    if not series.exists():
        series.write_text(json.dumps({"code": code_version(), "seconds": prepare(root)}))
    told = json.loads(series.read_text())
    if told["code"] != code_version():
        raise SystemExit(f"{root} is a series of {told['code']}, this is {code_version()}")
    wanted = table_digests(root / "whole.duckdb")
    rows = [json.loads(line) for line in seen.read_text().splitlines()] if seen.exists() else []
    while len(rows) < trials and time.monotonic() < end:
        number = len(rows)
        kind = kinds[number % len(kinds)]
        folder = root / str(number)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        aimed = list(_SIGNS)[number // len(kinds) % len(_SIGNS)]
        moment = random.Random(f"{seed} {number}").random() * told["seconds"][aimed]
        stage, problems = trial(folder, root / "filled.duckdb", wanted, kind, (aimed, moment))
        rows.append({"number": number, "kind": kind, "seconds": round(moment, 2), "stage": stage, "problems": problems})
        with seen.open("a") as file:
            file.write(json.dumps(rows[-1], ensure_ascii=False) + "\n")
        print(*rows[-1].values(), sep=" | ", flush=True)
        shutil.rmtree(folder)
    print(told, dict(Counter((row["kind"], "NOT" if row["problems"] else "as it should be") for row in rows)))
    for stage in (*_SIGNS, "it had ended"):
        fell = Counter(row["kind"] for row in rows if row["stage"].partition(" (")[0] == stage)
        print(f"{stage}: {fell.total()}", ", ".join(f"{kind} {count}" for kind, count in sorted(fell.items())))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--trials", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=150.0)
    parser.add_argument("--kinds", nargs="+", default=_VICTIMS)
    given = parser.parse_args()
    main(given.folder.resolve(), given.trials, given.seed, given.seconds, tuple(given.kinds))
