"""Summarise: the SQL models are built over the loaded tables, the checks are run, the ledger is written."""

from __future__ import annotations

from datetime import date, datetime

import duckdb
import polars as pl

from tasks.catalogue import catalogue
from tasks.overrides import read_overrides
from tasks.runs import STAGES, Run
from tasks.steps import note, step
from warehouse.connections import AS_WRITTEN, MEMORY_LIMIT, open_warehouse
from warehouse.models import build_models, count_models, find_stale, run_checks
from warehouse.parts import TOLD_TO_ALL, Parts
from warehouse.raw_store import document_id
from warehouse.schemas import core_schemas


def summarise(run: Run, finished_at: datetime) -> None:
    """Build every summary table in the draft and check every claim; raises FailedCheckError where one does not hold."""
    run.reporter.start("summarise", 1)
    models = count_models()
    run.count("summarise", "models", models, models)
    build_summaries(run, finished_at)
    run.reporter.advance()
    run.reporter.finish()


@step("summarise", "summarise and check")
def build_summaries(run: Run, finished_at: datetime) -> None:
    """Write the ledger, build the models, run the checks; all in one transaction."""
    with open_warehouse(run.files.draft, writable=True) as connection:
        connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        connection.execute("begin")
        _write_ledger(run, connection, finished_at)
        stale, parts = None, None
        if run.builds_on_last:
            changed = {f"core.{table}" for table in run.changed_tables}
            earlier_day, is_new_day = _earlier_day(run, connection)
            stale = find_stale(connection, catalogue(), changed, is_new_day=is_new_day)
            if run.changes is not None and not changed & TOLD_TO_ALL:
                parts = Parts(connection, run.changes)
                if is_new_day:
                    parts.touch_days(earlier_day)
        models = build_models(connection, catalogue(), stale, parts, run.first_day)
        checks = run_checks(connection, catalogue(), stale, parts)
        connection.execute("commit")
        connection.execute("checkpoint")
    note("%d models built, %d checks hold", models, checks)


def _earlier_day(run: Run, connection: duckdb.DuckDBPyConnection) -> tuple[date | None, bool]:
    """The day of the last run before this one, and whether this one has another and there are pages of which nobody
    knows when they were fetched: they are taken to be no later than the last run."""
    rows = connection.execute(
        """
        with days as (
            select
                max((started_at at time zone 'Asia/Shanghai')::date) as this_day,
                max((started_at at time zone 'Asia/Shanghai')::date) filter (run_id != ?) as earlier_day
            from core.runs
        )
        select
            earlier_day,
            this_day is distinct from earlier_day
            and exists (select 1 from core.documents where fetched_at is null)
        from days
        """,
        [run.run_id],
    ).fetchall()
    return rows[0][0], bool(rows[0][1])


def input_outcomes(run: Run, connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """What became of the inputs of this run: the counts ``loaded``, ``copy`` and ``rejected``; each input is in one.

    A page that its address has superseded since counts as a copy: the address is there already.
    """
    schema = {"uri": pl.String(), "content_sha256": pl.String()}  # a rebuild has no inputs
    found = [pl.read_parquet(path, glob=False, columns=list(schema)) for path in run.work.all_fetched()]
    inputs = pl.concat([pl.DataFrame(schema=schema), *found]).unique()
    ids = [
        None if digest is None else document_id(uri, digest)
        for uri, digest in inputs.select("uri", "content_sha256").iter_rows()
    ]
    frame = pl.DataFrame({"document_id": ids}, schema={"document_id": pl.String})
    connection.register("inputs_of_run", frame)
    rows = connection.execute(
        "select coalesce(if(d.status = 'superseded', 'copy', d.status), 'rejected') as outcome, count(*)"
        " from inputs_of_run as i"
        " left join core.documents as d using (document_id) group by all"
    ).fetchall()
    connection.unregister("inputs_of_run")
    return {"loaded": 0, "copy": 0, "rejected": 0} | dict(rows)


def _note_failed_runs(connection: duckdb.DuckDBPyConnection) -> None:
    """A row for each run that visited sources and published nothing: it stopped, or a check of it failed."""
    connection.execute(
        """
        insert into core.runs (
            run_id, started_at, status, sources, input_count, loaded_count, copy_count, rejected_count,
            new_document_count, article_count, story_count, changed_story_count
        )
        select s.run_id, min(s.started_at), 'failed', list(s.source order by s.source), 0, 0, 0, 0, 0, 0, 0, 0
        from core.source_runs as s
        where s.run_id not in (select run_id from core.runs)
        group by s.run_id
        """
    )


def _write_ledger(run: Run, connection: duckdb.DuckDBPyConnection, finished_at: datetime) -> None:
    outcomes = input_outcomes(run, connection)
    known = [str(run.work.known(name)) for name in ("documents", "stories")]
    counts = connection.execute(
        f"""
        select
            (select count(*) from core.documents as d
             where not exists (from read_parquet($documents, {AS_WRITTEN}) as k where k.document_id = d.document_id)),
            (select count(*) from core.articles where document_id in (from read_parquet($touched, {AS_WRITTEN}))),
            (select count(*) from core.stories),
            (select count(*) from core.stories as s
             where not exists (
                 from read_parquet($stories, {AS_WRITTEN}) as k
                 where k.story_id = s.story_id and k.article_count = s.article_count
             ))
        """,
        {"documents": known[0], "stories": known[1], "touched": str(run.work.touched_documents)},
    ).fetchall()[0]
    values = {
        "run_id": run.run_id,
        "started_at": run.started_at,
        "finished_at": finished_at,
        "status": "completed",
        "code_version": run.code_version,
        "sources": list(run.sources),
        "input_count": sum(outcomes.values()),
        "loaded_count": outcomes["loaded"],
        "copy_count": outcomes["copy"],
        "rejected_count": outcomes["rejected"],
        "new_document_count": counts[0],
        "article_count": counts[1],
        "story_count": counts[2],
        "changed_story_count": counts[3],
        "overrides": [str(one) for one in read_overrides(run.files.overrides)],
        "has_read_all": run.reads_all,
    }
    columns = list(core_schemas()["runs"].columns)
    connection.execute("delete from core.runs where run_id = ?", [run.run_id])
    connection.execute("delete from core.run_stages where run_id = ?", [run.run_id])
    marks = ", ".join("?" * len(columns))
    connection.execute(
        f"insert into core.runs ({', '.join(columns)}) values ({marks})", [values[column] for column in columns]
    )
    _note_failed_runs(connection)
    for count in run.counts:
        connection.execute(
            "insert into core.run_stages (run_id, ordinal, stage, input_count, output_count, rejected_count)"
            " values (?, ?, ?, ?, ?, ?)",
            [run.run_id, STAGES.index(count.stage), count.stage, count.inputs, count.outputs, count.rejected],
        )
