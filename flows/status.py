"""Tells how a warehouse stands: its last runs, its sources, the room that is left, whether its rows are of other
code."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.code_version import code_version
from flows.console import PageConsole
from tasks.sources.resting import FAILED_IN_A_ROW, asked_rows, failed_in_a_row
from warehouse.connections import open_warehouse
from warehouse.files import WarehouseFiles
from warehouse.locations import Location
from warehouse.overview import versions_of_rows
from warehouse.visit_log import VisitLog

# A source that brought something before and nothing new in so many runs has gone quiet, or its page was rebuilt.
_QUIET_RUNS = 10
_LOW_DISK = 3.0  # a run copies the warehouse and writes its new pages: it wants several times the file's size


def print_status(
    warehouse: Path,
    runs: int,
    console: Console | None = None,
    storage: Location | None = None,
    current: str | None = None,
) -> None:
    """Print the last ``runs`` runs, the sources that want a look, the disk, and whether rows are of other code than
    ``current``."""
    out = console or PageConsole(soft_wrap=True, highlight=False)
    files = WarehouseFiles(warehouse, storage=storage)
    with open_warehouse(warehouse) as connection:
        last = connection.execute(
            """
            select started_at::varchar, status, input_count, new_document_count, rejected_count
            from core.runs order by started_at desc limit ?
            """,
            [runs],
        ).fetchall()
        versions = versions_of_rows(connection)
        totals = connection.execute(
            "select (select count(*) from core.documents), (select count(*) from core.articles),"
            " (select count(*) from core.stories), (select count(*) from core.practices)"
        ).fetchall()[0]
    names = ("documents", "articles", "stories", "practices")
    counts = ", ".join(f"{count:,} {name}" for count, name in zip(totals, names, strict=True))
    out.print(Text(f"{warehouse}: {counts}", "bold"))
    table = Table("run", "status", "inputs", "new", "rejected", box=None, pad_edge=False)
    for started, status, inputs, new, rejected in last:
        style = "red" if status == "failed" else ""
        table.add_row(started[:19], Text(status, style), f"{inputs:,}", f"{new:,}", f"{rejected:,}")
    out.print(table)
    _print_sources(out, VisitLog(files.raw_folder / "visits").source_runs())
    _print_disk(out, warehouse)
    if any(version != (current or code_version()) for version in versions):
        out.print(Text("rows of earlier runs were made by other code; fangzhi rebuild makes all anew", "yellow"))


class Trouble(NamedTuple):
    """What is wrong with a source; ``is_lasting`` where it is no bad morning any more."""

    why: str
    is_lasting: bool


def sources_in_trouble(source_runs: pl.DataFrame) -> dict[str, Trouble]:
    """Sources that want a look: nothing could be had of them in their last runs, or they bring nothing new any more.

    ``source_runs``: rows as of core.source_runs.
    """
    found = {}
    for (source,), rows in asked_rows(source_runs).sort("started_at").group_by("source", maintain_order=True):
        in_a_row = failed_in_a_row(rows)
        news = rows["new_count"].to_list()
        if in_a_row:
            runs = "run" if in_a_row == 1 else f"{in_a_row} runs"
            last = rows.row(-1, named=True)
            reasons = f"{', '.join(last['failure_reasons'])}; {last['example'] or ''}"
            why = f"nothing could be had in the last {runs}: {reasons}"
            found[str(source)] = Trouble(why, in_a_row >= FAILED_IN_A_ROW)
        elif len(news) > _QUIET_RUNS and any(news[:-_QUIET_RUNS]) and not any(news[-_QUIET_RUNS:]):
            found[str(source)] = Trouble(f"nothing new in the last {_QUIET_RUNS} runs", is_lasting=True)
    return found


def newly_in_trouble(source_runs: pl.DataFrame, run_id: str) -> dict[str, str]:
    """Sources that are in lasting trouble since the run ``run_id``, each with why; told once, not every morning."""
    before = sources_in_trouble(source_runs.filter(pl.col("run_id") != run_id))
    known = {source for source, trouble in before.items() if trouble.is_lasting}
    now = sources_in_trouble(source_runs)
    return {source: trouble.why for source, trouble in now.items() if trouble.is_lasting and source not in known}


def _print_sources(out: Console, source_runs: pl.DataFrame) -> None:
    if not source_runs.height:
        return
    trouble = sources_in_trouble(source_runs)
    out.print(Text(f"{source_runs['source'].n_unique()} sources, {len(trouble)} want a look", "bold"))
    for source, (why, is_lasting) in sorted(trouble.items()):
        out.print(Text(f"  {source}: {why}", "red" if is_lasting else "yellow"))


def _print_disk(out: Console, warehouse: Path) -> None:
    free = shutil.disk_usage(warehouse.resolve().parent).free
    size = warehouse.stat().st_size
    style = "red" if free < _LOW_DISK * size else ""
    out.print(Text(f"disk: {free / 1e9:,.1f} GB free; the warehouse takes {size / 1e9:,.3f} GB", style))
