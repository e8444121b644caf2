"""A step of the job: Prefect's task where a flow of Prefect is under way, a plain call where none is.

The only module below the flows that knows Prefect, and it imports Prefect only inside a flow: the import takes two to
three seconds, more than the work on ten pages. One task of Prefect stands for a whole shard and is handed nothing but
its label and a call: Prefect would look through larger arguments for futures, element by element.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from functools import cache, partial
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID

from tasks.records import Stage

P = ParamSpec("P")
R = TypeVar("R")

_LOG = logging.getLogger("fangzhi")
# A bar that moves by less than a twentieth tells nobody anything, and each move is a request to the server.
_BAR_MOVES = 20


class Step(Generic[P, R]):
    """A function with the name that a person sees of it; made by ``step``."""

    def __init__(self, function: Callable[P, R], stage: Stage, label: str) -> None:
        self.function, self.stage, self.label = function, stage, label

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.run_as(self.label, *args, **kwargs)

    def run_as(self, label: str, *args: P.args, **kwargs: P.kwargs) -> R:
        """Call the function under a label of its own, such as ``extract 3 of 7``. Raises what the function raises."""
        if not in_flow():
            return self.function(*args, **kwargs)
        result: R = _prefect_task(self.function.__name__, self.stage)(label, partial(self.function, *args, **kwargs))
        return result


def step(stage: Stage, label: str) -> Callable[[Callable[P, R]], Step[P, R]]:
    """Decorates a function that does a piece of ``stage``."""
    return lambda function: Step(function, stage, label)


def in_flow() -> bool:
    """Whether a flow of Prefect is under way here; threads know it by the context they were given."""
    if "prefect.context" not in sys.modules:
        return False
    from prefect.context import FlowRunContext  # noqa: PLC0415 (see the head of the module)

    return FlowRunContext.get() is not None


def note(message: str, *counts: object) -> None:
    """Log what a step did: to the run in Prefect where there is one, else to the log ``fangzhi``."""
    if in_flow():
        from prefect import get_run_logger  # noqa: PLC0415

        get_run_logger().info(message, *counts)
    else:
        _LOG.info(message, *counts)


class ProgressBar:
    """The progress of one piece of work in Prefect's UI; nothing outside a flow."""

    def __init__(self, description: str, total: int) -> None:
        self._total, self._done, self._shown = total, 0, 0
        self._artifact: UUID | None = None
        if total > 1 and in_flow():
            from prefect.artifacts import create_progress_artifact  # noqa: PLC0415

            self._artifact = create_progress_artifact(0.0, description=description)  # type: ignore[assignment]

    def reach(self, percent: float, description: str) -> None:
        """So far, in percent and in words."""
        if self._artifact is not None:
            from prefect.artifacts import update_progress_artifact  # noqa: PLC0415

            update_progress_artifact(self._artifact, percent, description=description)

    def advance(self) -> None:
        """One shard further."""
        self._done += 1
        moved = (self._done - self._shown) * _BAR_MOVES >= self._total
        if self._artifact is not None and (moved or self._done == self._total):
            from prefect.artifacts import update_progress_artifact  # noqa: PLC0415

            self._shown = self._done
            update_progress_artifact(self._artifact, 100.0 * self._done / self._total)


@cache
def _prefect_task(name: str, stage: Stage) -> Callable[[str, Callable[[], Any]], Any]:
    from prefect import task  # noqa: PLC0415
    from prefect.cache_policies import NO_CACHE  # noqa: PLC0415

    @task(name=name, task_run_name="{label}", tags={stage}, cache_policy=NO_CACHE, persist_result=False)
    def run(label: str, work: Callable[[], Any]) -> Any:
        return work()

    return run
