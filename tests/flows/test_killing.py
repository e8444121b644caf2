"""A run that is killed outright harms nobody, and the next one ends as if nothing had happened."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from prefect.settings import PREFECT_API_URL

from tests.digests import table_digests
from tests.flows.sample_runs import NOW, SAMPLE_SOURCES, RunFlow

pytestmark = pytest.mark.xdist_group("killing")  # one server and one load of the sample for the group

PROJECT = Path(__file__).resolve().parents[2]
_PATIENCE_SECONDS = 240


def _running(warehouse: Path, stage: str) -> subprocess.Popen[str]:
    """A run of the sample into ``warehouse`` in a group of processes of its own, seen to have begun ``stage``."""
    # The process reports to the server of these tests: starting one of its own would take most of the time.
    environment = dict(os.environ) | {"PREFECT_API_URL": str(PREFECT_API_URL.value()), "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-c", "from flows.command import main; main()", "run", *SAMPLE_SOURCES]
    command += ["--warehouse", str(warehouse), "--workers", "1", "--now", NOW.isoformat().replace("+00:00", "+0000")]
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env=environment,
        start_new_session=True,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not list(warehouse.parent.glob(f"w.*.work/{stage}")):
        assert process.poll() is None, "the run ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return process


def _is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_run_that_is_told_to_end_says_so_in_one_line_and_leaves_nothing(run_flow: RunFlow, tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    process = _running(warehouse, "texts")
    process.send_signal(signal.SIGTERM)
    said = process.communicate(timeout=_PATIENCE_SECONDS)[1].splitlines()
    assert process.returncode == 1
    assert said[-1] == f"fangzhi: interrupted; {warehouse} is as it was before"
    assert [line for line in said if "Traceback" in line] == []
    assert not warehouse.exists()
    assert not list(tmp_path.glob("*.work"))
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while _is_alive(process.pid):
        assert time.monotonic() < deadline, "a worker outlives its run"
        time.sleep(0.05)


@pytest.mark.parametrize("stage", ["facts"])
def test_a_killed_run_leaves_the_warehouse_and_the_next_finishes(
    run_flow: RunFlow, sample_warehouse: Path, tmp_path: Path, stage: str
) -> None:
    warehouse = tmp_path / "w.duckdb"
    run_flow([SAMPLE_SOURCES[1]], warehouse)
    before = warehouse.read_bytes()
    process = _running(warehouse, stage)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()

    assert warehouse.read_bytes() == before
    # The bodies are in the raw store, so the next run finishes the work even if it is asked for something else.
    run_flow([SAMPLE_SOURCES[1]], warehouse)
    # Stories keep the names under which the first run published them.
    finished, unbroken = (table_digests(one, but_for_stories=True) for one in (warehouse, sample_warehouse))
    assert finished == unbroken
    assert not list(tmp_path.glob("*.work"))
