"""What a process has started ends with it, also where it is killed before its run has begun."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
_PATIENCE_SECONDS = 120

# A process that starts another one and is killed at once, as a run is whose embedded server is still coming up.
_RUN = """
import subprocess, sys, time
from flows.watchdog import watched_over
with watched_over() as watch:
    server = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], stdout=subprocess.DEVNULL)
    watch(server.pid)
print(server.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found by /proc")
def test_what_a_killed_process_started_ends_too() -> None:
    process = subprocess.Popen([sys.executable, "-c", _RUN], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    server = Path("/proc") / process.stdout.readline().strip()
    assert server.name.isdigit()
    assert server.exists()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while server.exists():
        assert time.monotonic() < deadline, "the server outlives its run"
        time.sleep(0.1)
