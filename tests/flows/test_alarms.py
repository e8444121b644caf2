"""Alarms reach whoever wants them: a failed run, a source in trouble; made again, there is one of each."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from prefect import get_client

from flows.alarms import set_alarms
from flows.showing import tell_of_trouble
from tasks.fetch import AllSourcesFailedError
from tests.flows.sample_runs import RunFlow
from tests.flows.test_status import source_runs
from tests.sources.loopback import Request, serving

pytestmark = pytest.mark.xdist_group("killing")  # one server for the group

_PATIENCE_SECONDS = 120  # the server notifies within seconds; a busy machine takes longer


def test_a_failed_run_and_a_source_in_trouble_are_told_in_one_line_each(run_flow: RunFlow, tmp_path: Path) -> None:
    told: list[dict[str, str]] = []

    def hear(request: Request) -> None:
        told.append(json.loads(request.body()))
        request.answer(b"")

    with serving(hear) as port:
        address = f"http://127.0.0.1:{port}/hook"
        names = set_alarms(address, ["30 6 * * *"], "Asia/Shanghai")
        assert set_alarms(address, ["30 6 * * *"], "Asia/Shanghai") == names
        with get_client(sync_client=True) as client:
            assert [len(client.read_automations_by_name(name)) for name in names] == [1, 1, 1, 1]
        history = source_runs(towns=[(3, 0)] + [(0, 1)] * 5)
        assert set(tell_of_trouble("run 5", history, "w.duckdb")) == {"towns"}
        dead = tmp_path / "dead.toml"
        dead.write_text('[[source]]\nname = "closed portal"\nlocations = ["http://127.0.0.1:9/1"]\n', "utf-8")
        with pytest.raises(AllSourcesFailedError):
            run_flow([str(dead)], tmp_path / "w.duckdb")
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while len(told) < 2:
            assert time.monotonic() < deadline, told
            time.sleep(0.2)
    texts = {one["title"]: one["text"] for one in told}
    assert texts["Fangzhi: a source is in trouble"] == (
        "towns: nothing could be had in the last 5 runs: http_error;  (w.duckdb)"
    )
    assert "closed portal: private_address (http://127.0.0.1:9/1" in texts["Fangzhi: a run failed"]


def test_an_address_that_nobody_knows_is_refused(run_flow: RunFlow) -> None:
    del run_flow  # the server
    with pytest.raises(ValueError, match="nobody://"):
        set_alarms("nobody://somewhere", ["30 6 * * *"], "Asia/Shanghai")


def test_nobody_is_told_of_a_source_that_fares_well() -> None:
    fine = source_runs(towns=[(3, 0)] * 6)
    assert tell_of_trouble("run 5", fine, "w.duckdb") == {}
    assert fine.filter(pl.col("started_at") > datetime(2024, 3, 6, tzinfo=UTC)).is_empty()
