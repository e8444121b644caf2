"""Sees to it that nothing of a run outlives it: a small process waits for its end and clears up behind it.

A process that is killed outright clears up nothing. Its workers die with it by themselves; the server that Prefect
embeds does not, and goes on for ever.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# Reads the numbers of processes until the run is over, waits for them to end, and ends them. Runs without a package.
_WATCH = """
import os, signal, sys, time
def started(pid):
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
            return None if fields[0] == b"Z" else fields[19]
    except OSError:
        return None
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
known = {int(line): started(int(line)) for line in sys.stdin}
for number, seconds in ((None, 8), (signal.SIGTERM, 8), (signal.SIGKILL, 2)):
    alive = [pid for pid, moment in known.items() if moment is not None and started(pid) == moment]
    for pid in alive:
        if number is not None:
            try:
                os.kill(pid, number)
            except OSError:
                pass
    end = time.monotonic() + seconds
    while time.monotonic() < end and any(started(pid) == moment for pid, moment in known.items() if moment):
        time.sleep(0.1)
"""


@contextmanager
def watched_over() -> Iterator[Callable[[int], None]]:
    """While open and after it, however this process ends: what it has started by now ends with it, and so does each
    process whose number is given to what this yields. One small process watches, however often this is opened.
    """
    if not Path("/proc/self/stat").exists():  # the processes of a run are found and known by /proc
        yield lambda number: None
        return
    watcher = _living_watcher()
    assert watcher.stdin is not None
    told = watcher.stdin

    def watch(number: int) -> None:
        told.write(f"{number}\n".encode())
        told.flush()

    for number in _children():
        if number != watcher.pid:
            watch(number)
    yield watch


# The watcher of this process. Its input stays open until this process ends, and that is what it waits for.
_kept: list[subprocess.Popen[bytes]] = []


def _living_watcher() -> subprocess.Popen[bytes]:
    if not _kept or _kept[-1].poll() is not None:
        watcher = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _WATCH],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _kept.append(watcher)
    return _kept[-1]


def _children() -> list[int]:
    found: list[int] = []
    for thread in Path("/proc/self/task").iterdir():
        try:
            found += map(int, (thread / "children").read_text("ascii").split())
        except OSError:
            continue
    return [number for number in found if number != os.getpid()]
