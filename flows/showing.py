"""What a person sees of a run in the Prefect UI: its name, its sources, what each stage counted, what was rejected.

Text of pages is quoted as data: a cell of an artifact is Markdown, and a page may hold any.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
from prefect import get_client
from prefect.artifacts import create_link_artifact, create_table_artifact
from prefect.runtime import flow_run
from prefect.settings import PREFECT_API_URL

from flows.status import newly_in_trouble
from tasks.display import for_markdown
from tasks.records import stable_id
from tasks.runs import Run, StageCount
from tasks.sources.inputs import NoSuchSourceError, plan_inputs
from tasks.steps import tell_prefect
from warehouse.overview import Overview, read_damage

_CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
_REJECTIONS_SHOWN = 200  # an artifact is for reading; all of them are in core.rejections
_RUNS_SHOWN = 30
_EXAMPLES = 3
_REFUSED = {name: pl.String() for name in ("source", "uri", "reason", "detail")}
_DAMAGE_CHARACTERS = 120  # of one repair; a whole text that had the wrong charset is one
# The events that the alarms of flows/alarms.py wait for.
TROUBLE = "fangzhi.source.in-trouble"
FAILED = "fangzhi.run.failed"


def run_name() -> str:
    """The day, the time and how many sources, as the runs of one deployment are told apart: 2026-11-30 06:30 · 14
    sources."""
    given: Mapping[str, Any] = flow_run.parameters
    started = flow_run.scheduled_start_time or datetime.now(UTC)
    count = _count_sources([str(source) for source in given.get("sources", ())])
    return f"{started.astimezone(_CHINA):%Y-%m-%d %H:%M} · {count} source{'' if count == 1 else 's'}"


def _count_sources(sources: list[str]) -> int:
    """How many sources a run visits: the tables of a list count each, a folder counts once."""
    try:
        return len({entry.source for entry in plan_inputs(sources)})
    except (NoSuchSourceError, OSError, ValueError):
        return len(sources)


def show_outcome(overview: Overview) -> str:
    """Add what came in to the run's name; the one line that says how the run ended."""
    inputs = overview.inputs
    line = (
        f"{inputs['inputs']:,} inputs = {inputs['loaded']:,} loaded + {inputs['copies']:,} copies"
        f" + {inputs['rejected']:,} rejected; {overview.new_documents:,} new documents"
    )
    if flow_run.id is not None:
        tell_prefect(partial(_rename, UUID(flow_run.id), f"{flow_run.name} · +{overview.new_documents:,}"))
    return line


def show_run(run: Run) -> None:
    """Tables of the stages and the sources of ``run``, as far as it has come."""
    show_stages(run.run_id, tuple(run.counts))
    show_sources(run.run_id, run.visits.source_runs())
    touched = run.work.touched_documents
    if touched.exists() and run.files.published.exists() and not run.files.draft.exists():  # it was published
        show_damage(read_damage(run.files.published, pl.read_parquet(touched, glob=False)))
    else:  # core.rejections will know nothing of it
        _show_refused(run)


def show_stages(run_id: str, counts: tuple[StageCount, ...]) -> None:
    """A table of what each stage counted so far; of a failed run too."""
    rows = [
        {"stage": one.stage, "unit": one.unit, "in": one.inputs, "out": one.outputs, "rejected": one.rejected}
        for one in counts
    ]
    _show_table(key="stages", table=rows or [{"stage": "none"}], description=f"Counts per stage of run {run_id}")


def show_sources(run_id: str, source_runs: pl.DataFrame) -> None:
    """A table of the sources: how each fared in this run, and what it brought over the last runs."""
    now = source_runs.filter(pl.col("run_id") == run_id)
    earlier = source_runs.sort("started_at")
    rows = []
    for row in now.sort("failed_count", "source", descending=[True, False]).iter_rows(named=True):
        history = earlier.filter(pl.col("source") == row["source"]).tail(_RUNS_SHOWN)["new_count"].to_list()
        reasons = zip(row["failure_reasons"], row["failure_counts"], strict=True)
        rows.append(
            {
                "source": for_markdown(row["source"]),
                "kind": row["kind"],
                "new": row["new_count"],
                "new in the last runs": " ".join(map(str, history)),
                "unchanged": row["unchanged_count"],
                "failed": ", ".join(f"{reason} {count}" for reason, count in reasons),
                "example": for_markdown(row["example"] or ""),
                "left for next time": row["left_count"],
                "index pages": row["index_page_count"],
                "seconds": row["seconds"],
            }
        )
    _show_table(key="sources", table=rows or [{"source": "none"}], description=f"Sources of run {run_id}")


def show_rejections(run_id: str, rejections: pl.DataFrame) -> None:
    """A table of what this run rejected, by source and reason, with examples."""
    _show_table(
        key="rejections",
        table=_rejection_rows(rejections),
        description=f"What run {run_id} rejected; core.rejections holds every one",
    )


def _show_refused(run: Run) -> None:
    """The same table of a run that failed, of what it could not fetch."""
    fetched = [pl.read_parquet(path, glob=False, columns=list(_REFUSED)) for path in run.work.all_fetched()]
    refused = pl.concat(fetched).filter(pl.col("reason").is_not_null()) if fetched else pl.DataFrame(schema=_REFUSED)
    _show_table(
        key="rejections",
        table=_rejection_rows(refused),
        description=f"What run {run.run_id} could not fetch before it failed",
    )


def _rejection_rows(rejections: pl.DataFrame) -> list[dict[str, Any]]:
    grouped = (
        rejections.sort("source", "reason", "uri")
        .group_by("source", "reason", maintain_order=True)
        .agg(count=pl.len(), examples=pl.col("uri").head(_EXAMPLES), detail=pl.col("detail").drop_nulls().first())
        .sort("count", "source", "reason", descending=[True, False, False])
        .head(_REJECTIONS_SHOWN)
    )
    rows = [
        {
            "source": for_markdown(row["source"] or ""),
            "reason": row["reason"],
            "count": row["count"],
            "detail": for_markdown(row["detail"] or ""),
            "examples": for_markdown(" ".join(row["examples"])),
        }
        for row in grouped.iter_rows(named=True)
    ]
    return rows or [{"reason": "none"}]


def show_damage(repairs: pl.DataFrame) -> None:
    """A table of the page of this run that was damaged most: what it prints, and what was made of it."""
    rows = [
        {
            "repaired as": kind,
            "the page prints": for_markdown(damaged[:_DAMAGE_CHARACTERS]),
            "restored": for_markdown(restored[:_DAMAGE_CHARACTERS]),
            "times": times,
        }
        for _, kind, damaged, restored, times in repairs.iter_rows()
    ]
    page = repairs["uri"][0] if repairs.height else "no page of this run was damaged"
    _show_table(
        key="damage", table=rows or [{"repaired as": "nothing"}], description=f"Damage undone: {for_markdown(page)}"
    )


def show_report(page: Path, url: str | None) -> None:
    """A link to the page that was written after the run: ``url`` where a server shows it, else the file."""
    tell_prefect(
        partial(
            create_link_artifact,
            key="report",
            link=url or page.absolute().as_uri(),
            link_text=page.name,
            description=f"The corpus after this run: {for_markdown(str(page))}",
        )
    )


def _show_table(key: str, table: list[dict[str, Any]], description: str) -> None:
    tell_prefect(partial(create_table_artifact, key=key, table=table, description=description))


def _rename(run_id: UUID, name: str) -> None:
    with get_client(sync_client=True) as client:
        client.update_flow_run(run_id, name=name)


def tell_of_trouble(run_id: str, source_runs: pl.DataFrame, warehouse: str) -> dict[str, str]:
    """Emit an event for each source that got into trouble in the run ``run_id``, once; those sources, each with why."""
    from prefect.events import emit_event  # noqa: PLC0415 (half a second that a run without a server need not wait for)

    found = newly_in_trouble(source_runs, run_id)
    for source, why in found.items():
        emit_event(
            TROUBLE,
            resource={"prefect.resource.id": f"fangzhi.source.{stable_id(source)}", "prefect.resource.name": source},
            payload={"why": why, "warehouse": warehouse},
        )
    return found


def tell_of_failure(error: Exception, warehouse: str) -> None:
    """Emit the event of a run that fails, which names the source, page or check, where a server keeps it.

    Prefect's own event of a failed run waits for the one before it, and where a runner's two first states came within
    moments of one another 3.8.8 was seen to lose their order, and to tell nobody for a quarter of an hour.
    """
    if PREFECT_API_URL.value() is None:  # a server of the run's own has nobody who would be told
        return
    from prefect.events import emit_event  # noqa: PLC0415 (half a second that a run without a server need not wait for)

    emit_event(
        FAILED,
        resource={"prefect.resource.id": f"fangzhi.run.{flow_run.id}", "prefect.resource.name": str(flow_run.name)},
        payload={
            "why": f"{type(error).__name__}: {' '.join(str(error).split())}",
            "warehouse": warehouse,
            "page": str(flow_run.ui_url),
        },
    )
