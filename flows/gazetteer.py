"""The main job as a flow of Prefect: its name, its states, its tables in the UI.

No postponed annotations here: a deployment loads this file by its path, and Prefect then finds no module in which to
look up the parameter types by name.
"""

import os
import signal
from pathlib import Path
from typing import cast
from uuid import UUID

from prefect import flow
from prefect.exceptions import TerminationSignal
from prefect.runtime import flow_run
from prefect.states import Cancelled, Completed

from flows.burying import bury
from flows.cancelling import Cancelling
from flows.job import load_sources
from flows.settings import Settings
from flows.showing import (
    run_name,
    show_outcome,
    show_rejections,
    show_report,
    show_run,
    tell_of_failure,
    tell_of_trouble,
)
from flows.watchdog import watched_over
from flows.watching import RunSummary
from tasks.runs import Run
from tasks.worker_pool import die_with_parent

# A crawl of hundreds of hosts takes a morning; behind one that takes half a day something is wrong, and a run says so.
QUEUE_SECONDS = 43_200.0


@flow(
    name="gazetteer",
    flow_run_name=run_name,
    validate_parameters=True,
    persist_result=False,  # the warehouse is the result; a pickle beside it would serve nobody
)
def gazetteer(
    sources: list[str], warehouse: Path, rebuild: bool = False, settings: Settings | None = None
) -> RunSummary:
    """Fetch the sources, clean the pages, find their stories, extract facts, load the tables and summarise them.

    What it raises: ``flows.job.load_sources``.

    Args:
        sources: What to visit, one per line: a file, folder, glob, address, or a list of sources (LIST.toml);
            LIST.toml#NAME is one source of a list. None at all: only what the raw store holds already.
        warehouse: The DuckDB file, as a path on the machine that runs the job; made where there is none.
        rebuild: Make every table anew from the raw store. Takes as long as the first load; needed after new code only.
        settings: Leave as None for the FANGZHI_ variables of the machine; of Settings, only what is filled in counts.
    """
    chosen = (settings or Settings()).over_environment(os.environ)
    is_scheduled = "PREFECT__FLOW_RUN_ID" in os.environ  # started by a worker of Prefect, which may be killed
    if is_scheduled:
        die_with_parent(signal.SIGTERM)
    # A run that falls due while another one writes waits for it; one that somebody starts by hand says so at once.
    waiting = QUEUE_SECONDS if is_scheduled else 0.0
    cancelling = Cancelling(UUID(flow_run.id) if is_scheduled and flow_run.id else None)
    try:
        with cancelling, watched_over():
            summary = load_sources(
                sources,
                warehouse,
                chosen,
                rebuild=rebuild,
                show=_show,
                wait_seconds=waiting,
                holder=flow_run.id or "",
                bury=bury,
            )
            show_rejections(summary.run_id, summary.rejected)
            if chosen.report is not None and chosen.report.exists():
                show_report(chosen.report, chosen.report_url)
            outcome = show_outcome(summary.overview)
    except Exception as error:
        tell_of_failure(error, str(warehouse))
        raise
    except TerminationSignal:
        if not cancelling.is_wanted:
            raise
        return cast("RunSummary", Cancelled(message=f"cancelled by hand; {warehouse} is as it was before"))
    # The state carries the outcome in words, and the summary to whoever called the flow.
    return cast("RunSummary", Completed(message=outcome, data=summary))


def _show(run: Run) -> None:
    show_run(run)
    if "PREFECT_API_URL" in os.environ:  # a server of the run's own has nobody who would be told
        tell_of_trouble(run.run_id, run.visits.source_runs(), str(run.files.published))
