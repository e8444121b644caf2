"""Ends a run within seconds of somebody pressing Cancel in the UI, with all its workers.

Prefect's runner hears of a cancelled run by an event alone; under 3.8.8 that was seen not to arrive, and the run went
on to its end. So a run that a deployment started looks at its own state.
"""

from __future__ import annotations

import os
import signal
from threading import Event, Thread
from types import TracebackType
from typing import Self
from uuid import UUID

import httpx
from prefect import get_client
from prefect.exceptions import PrefectException

_SECONDS_BETWEEN = 2.0  # between two looks; each is one small request to a server nearby


class Cancelling:
    """While open, this process is told to end (SIGTERM) as soon as the run is being cancelled; ``is_wanted`` from then
    on."""

    def __init__(self, flow_run_id: UUID | None) -> None:
        self.is_wanted = False
        self._flow_run_id = flow_run_id
        self._is_over = Event()

    def __enter__(self) -> Self:
        if self._flow_run_id is not None:
            Thread(target=self._watch, args=(self._flow_run_id,), daemon=True, name="cancelling").start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()

    def _watch(self, flow_run_id: UUID) -> None:
        with get_client(sync_client=True) as client:
            while not self._is_over.wait(_SECONDS_BETWEEN):
                try:
                    state = client.read_flow_run(flow_run_id).state
                except (PrefectException, httpx.HTTPError):  # a server that is away for a moment cancels nothing
                    continue
                if state is not None and (state.is_cancelling() or state.is_cancelled()):
                    self.is_wanted = True
                    os.kill(os.getpid(), signal.SIGTERM)
                    return
