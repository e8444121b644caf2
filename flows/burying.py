"""Says of a run that died together with whoever watched it that it has crashed.

A worker tells the server that its run has died. Where both go at once (the machine was switched off), nobody does: the
run would stay *Running* in the UI for ever. But its name stands in the work folder that it left beside the warehouse,
and whoever holds the lock next finds it there.
"""

from __future__ import annotations

from uuid import UUID

import httpx
from prefect import get_client
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterId,
    TaskRunFilter,
    TaskRunFilterState,
    TaskRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.sorting import TaskRunSort
from prefect.exceptions import PrefectException
from prefect.states import Crashed

# A server answers with so many at once; under way at one time are as many as the run has workers.
_MOST_TASKS = 200
_MESSAGE = "its process died, and nobody was left to say so; the next run found what it had left"


def bury(holder: str) -> bool:
    """Set the flow run ``holder`` and its task runs to Crashed where the server knows it and does not know its end;
    whether it did."""
    try:
        run_id = UUID(holder)
    except ValueError:
        return False
    try:
        with get_client(sync_client=True) as client:
            state = client.read_flow_run(run_id).state
            if state is None or state.is_final():
                return False
            client.set_flow_run_state(run_id, Crashed(message=_MESSAGE), force=True)
            _bury_tasks(client, run_id)
            return True
    except (PrefectException, httpx.HTTPError):  # it reported to another server, or this one is away
        return False


def _bury_tasks(client: SyncPrefectClient, run_id: UUID) -> None:
    of_run = FlowRunFilter(id=FlowRunFilterId(any_=[run_id]))
    under_way = TaskRunFilter(state=TaskRunFilterState(type=TaskRunFilterStateType(any_=[StateType.RUNNING])))
    order = TaskRunSort.EXPECTED_START_TIME_ASC
    for task in client.read_task_runs(flow_run_filter=of_run, task_run_filter=under_way, sort=order, limit=_MOST_TASKS):
        client.set_task_run_state(task.id, Crashed(message=_MESSAGE), force=True)
