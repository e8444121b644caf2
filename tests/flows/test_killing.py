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


@pytest.mark.parametrize("stage", ["facts"])
def test_a_killed_run_leaves_the_warehouse_and_the_next_finishes(
    run_flow: RunFlow, sample_warehouse: Path, tmp_path: Path, stage: str
) -> None:
    warehouse = tmp_path / "w.duckdb"
    run_flow([SAMPLE_SOURCES[1]], warehouse)
    before = warehouse.read_bytes()

    # The killed process reports to the server of these tests: starting one of its own would take most of the time.
    environment = dict(os.environ) | {"PREFECT_API_URL": str(PREFECT_API_URL.value()), "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-c", "from flows.command import main; main()", "run", *SAMPLE_SOURCES]
    command += ["--warehouse", str(warehouse), "--workers", "1", "--now", NOW.isoformat().replace("+00:00", "+0000")]
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env=environment,
        start_new_session=True,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not list(tmp_path.glob(f"w.*.work/{stage}")):
        assert process.poll() is None, "the run ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()

    assert warehouse.read_bytes() == before
    # The bodies are in the raw store, so the next run finishes the work even if it is asked for something else.
    run_flow([SAMPLE_SOURCES[1]], warehouse)
    # Stories keep the names under which the first run published them.
    finished, unbroken = (table_digests(one, but_for_stories=True) for one in (warehouse, sample_warehouse))
    assert finished == unbroken
    assert not list(tmp_path.glob("*.work"))
