"""A step of the job: Prefect's task where a flow of Prefect is under way, a plain call where none is.

The only module below the flows that knows Prefect, and it imports Prefect only inside a flow: the import takes two to
three seconds, more than the work on ten pages. One task of Prefect stands for a whole shard and is handed nothing but
its label and a call: Prefect would look through larger arguments for futures, element by element. Prefect keeps the
history of the work, and no work is lost with its server: what it cannot be told is done without it.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from functools import cache, partial
from typing import Any, Generic, ParamSpec, TypeVar, cast
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
        call = _Call(partial(self.function, *args, **kwargs))
        try:
            _prefect_task(f"{self.stage}: {self.function.__name__}")(label, call)
        except Exception as error:
            if call.error is not None:
                raise call.error from None
            _LOG.info("%s goes on without Prefect: %s", label, error)
        return call.result()


class _Call(Generic[R]):
    """A call that is made once, and keeps what came of it: the server may be lost before it, or after."""

    def __init__(self, function: Callable[[], R]) -> None:
        self.error: Exception | None = None
        self._function = function
        self._results: list[R] = []

    def __call__(self) -> None:
        try:
            self._results.append(self._function())
        except Exception as error:
            self.error = error
            raise

    def result(self) -> R:
        """What the function returns, called now where it was not called before."""
        if not self._results:
            self()
        return self._results[0]


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


def tell_prefect(call: Callable[[], R]) -> R | None:
    """What ``call`` returns, which shows something of the run on Prefect's server; None where it cannot be reached.

    A server that is away is asked for a minute by each call, so that a run which could not tell it one thing tells it
    nothing more but its end."""
    import httpx  # noqa: PLC0415 (a run without Prefect and without the web needs none)
    from prefect.context import FlowRunContext  # noqa: PLC0415
    from prefect.exceptions import PrefectException  # noqa: PLC0415

    context = FlowRunContext.get()
    run_id = context.flow_run.id if context is not None and context.flow_run is not None else None
    if run_id in _untold_runs:
        return None
    try:
        return call()
    except (PrefectException, httpx.HTTPError, OSError) as error:
        _untold_runs.add(run_id)
        _LOG.info("Prefect's server is not told of this run any more: %s", error)
        return None


_untold_runs: set[UUID | None] = set()


class ProgressBar:
    """The progress of one piece of work in Prefect's UI; nothing outside a flow."""

    def __init__(self, description: str, total: int) -> None:
        self._total, self._done, self._shown = total, 0, 0
        self._artifact: UUID | None = None
        if total > 1 and in_flow():
            from prefect.artifacts import create_progress_artifact  # noqa: PLC0415

            made = tell_prefect(partial(create_progress_artifact, 0.0, description=description))
            self._artifact = cast("UUID | None", made)  # a coroutine only where one is under way

    def reach(self, percent: float, description: str | None = None) -> None:
        """So far, in percent and in words."""
        if self._artifact is not None:
            from prefect.artifacts import update_progress_artifact  # noqa: PLC0415

            tell_prefect(partial(update_progress_artifact, self._artifact, percent, description=description))

    def advance(self) -> None:
        """One shard further."""
        self._done += 1
        moved = (self._done - self._shown) * _BAR_MOVES >= self._total
        if moved or self._done == self._total:
            self._shown = self._done
            self.reach(100.0 * self._done / self._total)


@cache
def _prefect_task(name: str) -> Callable[[str, Callable[[], Any]], Any]:
    from prefect import task  # noqa: PLC0415
    from prefect.cache_policies import NO_CACHE  # noqa: PLC0415

    # The name tells the stage, not a tag: for each task with one Prefect asks its server for a slot first, twice a
    # task, and where it could not once, no later task of the process is shown as begun.
    @task(name=name, task_run_name="{label}", cache_policy=NO_CACHE, persist_result=False)
    def run(label: str, work: Callable[[], Any]) -> Any:
        return work()

    return run
