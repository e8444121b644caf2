"""A run whose process died with whoever watched it stands as Crashed once somebody comes by; a living one does not."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from prefect import get_client, task
from prefect.states import Cancelled, Running

from flows.burying import bury
from flows.gazetteer import gazetteer
from tests.flows.sample_runs import SAMPLE, RunFlow
from warehouse.files import WarehouseFiles, dead_holders, name_holder, start_draft

pytestmark = pytest.mark.xdist_group("killing")  # one server for the group

PAGE = str(sorted((SAMPLE / "pages" / "www.lupan-morning.example").glob("2*.html"))[0])


def _step() -> None:
    """What a task of a run would do."""


def test_the_run_after_a_dead_one_says_that_it_crashed(run_flow: RunFlow, tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    with get_client(sync_client=True) as client:
        dead, cancelled = (
            client.create_flow_run(gazetteer, parameters={"sources": [PAGE], "warehouse": warehouse}, state=Running())
            for _ in range(2)
        )
        step = client.create_task_run(task(_step), dead.id, "fetch", state=Running())
        client.set_flow_run_state(cancelled.id, Cancelled(), force=True)
        for number, run_id in enumerate((dead.id, cancelled.id, uuid4(), "no name at all", "")):
            files = WarehouseFiles(warehouse, f"{number:020x}-77")
            files.work_folder.mkdir()
            name_holder(files, str(run_id))
        run_flow([PAGE], warehouse)
        states = [client.read_flow_run(one.id).state for one in (dead, cancelled)]
        states.append(client.read_task_run(step.id).state)
    assert [state and state.name for state in states] == ["Crashed", "Cancelled", "Crashed"]
    assert list(tmp_path.glob("*.work")) == []
    assert not bury(str(dead.id)), "once is enough"


def test_a_run_has_its_name_in_its_work_folder_alone(tmp_path: Path) -> None:
    files = WarehouseFiles(tmp_path / "w.duckdb", "a" * 20 + "-77")
    start_draft(files)
    assert dead_holders(files) == []
    name_holder(files, "7c2f")
    assert dead_holders(files) == ["7c2f"]
    name_holder(WarehouseFiles(tmp_path / "none" / "w.duckdb"), "7c2f")  # no folder, no name, no error
