"""The main job as a flow of Prefect: its name, its states, its tables in the UI.

No postponed annotations here: a deployment loads this file by its path, and Prefect then finds no module in which to
look up the parameter types by name.
"""

import os
import signal
from pathlib import Path
from typing import cast

from prefect import flow
from prefect.states import Completed

from flows.job import RunSummary, load_sources
from flows.settings import Settings
from flows.showing import run_name, show_outcome, show_rejections, show_run
from flows.watchdog import watched_over
from tasks.worker_pool import die_with_parent


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

    With ``rebuild`` everything is made anew from the raw store. What it raises: ``flows.job.load_sources``.
    """
    chosen = (settings or Settings()).over_environment(os.environ)
    if "PREFECT__FLOW_RUN_ID" in os.environ:  # started by a worker of Prefect, which may be killed
        die_with_parent(signal.SIGTERM)
    with watched_over():
        summary = load_sources(sources, warehouse, chosen, rebuild=rebuild, show=show_run)
        show_rejections(summary.run_id, summary.rejected)
        outcome = show_outcome(summary.overview)
    # The state carries the outcome in words, and the summary to whoever called the flow.
    return cast("RunSummary", Completed(message=outcome, data=summary))
