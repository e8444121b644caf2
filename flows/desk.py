"""The commands of the analyst's desk: ask, sql, cite, export, report, status, diff. They read a warehouse, never write
it."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.command_line import DEFAULT_WAREHOUSE, Warehouse, check_shape, check_there, one_line, stop, storage_of
from warehouse.formats import AnswerForm, ExportFormat


def ask(
    query: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT.", show_default=False)],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    rows: Annotated[
        int | None, typer.Option(min=1, help="Rows to show; of a table 20, else all.", show_default=False)
    ] = None,
    form: Annotated[AnswerForm, typer.Option("--as", help="How the answer is written.")] = "table",
) -> None:
    """Ask a warehouse a question in SQL: one SELECT, which can read the warehouse and nothing else."""
    from flows.shell import width  # noqa: PLC0415 (what other commands need not load)
    from warehouse.questions import QuestionError, answer  # noqa: PLC0415

    check_there(warehouse)
    try:
        print(answer(warehouse, query, rows or (20 if form == "table" else None), form, width()))
    except QuestionError as error:
        from warehouse.migrations import other_version  # noqa: PLC0415

        why = (other_version(warehouse) if error.exit_status == 1 else None) or ""
        is_told = " ".join(str(error).split()) in why  # a file that cannot be opened is told of with its error
        stop(error.exit_status, why if is_told else "; ".join(filter(None, (str(error), why))))


def sql(warehouse: Warehouse = DEFAULT_WAREHOUSE) -> None:
    """Ask questions one after the other, with completion and a list of tables; or pipe a file of SQL in."""
    from flows.shell import run_shell  # noqa: PLC0415 (what other commands need not load)
    from warehouse.questions import QuestionError  # noqa: PLC0415

    check_there(warehouse)
    try:
        is_answered = run_shell(warehouse)
    except QuestionError as error:
        stop(error.exit_status, str(error))
    if not is_answered:
        raise typer.Exit(1)


def cite(
    reference: Annotated[
        str, typer.Argument(metavar="ARTICLE_ID[:START_CHAR]", help="As marts give them.", show_default=False)
    ],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    now: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the reference.")] = None,
) -> None:
    """Show the sentence behind a number: page, day, bytes, repairs, the damaged original, a reference to paste."""
    from warehouse.citations import CitationError, cite  # noqa: PLC0415 (what other commands need not load)

    check_shape(warehouse)
    try:
        citation = cite(warehouse, reference, storage_of(os.environ))
    except CitationError as error:
        stop(2, str(error))
    from flows.citation import print_citation  # noqa: PLC0415

    print_citation(citation, (now or datetime.now()).date())


def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the files go.", show_default=False)],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    file_format: Annotated[
        ExportFormat, typer.Option("--as", help="What the tables become; all have a codebook beside them.")
    ] = "parquet",
    only: Annotated[
        list[str] | None, typer.Option(help="Only this table, such as mart.pilots; may be repeated.")
    ] = None,
) -> None:
    """Write all tables of a warehouse as flat files, with a codebook and a datapackage.json."""
    from importlib.metadata import version  # noqa: PLC0415

    import duckdb  # noqa: PLC0415

    from warehouse.codebook import write_codebook, write_descriptor  # noqa: PLC0415
    from warehouse.exports import export_tables  # noqa: PLC0415

    check_shape(warehouse)
    try:
        tables, entries = export_tables(warehouse, folder, file_format, frozenset(only or ()))
        write_codebook(folder, tables, entries, file_format)
        write_descriptor(folder, tables, file_format, entries, version("fangzhi"))
    except KeyError as error:
        stop(2, f"there is no table {error.args[0]}")
    except (duckdb.Error, OSError) as error:
        stop(1, one_line(error))
    rows = sum(table.row_count for table in tables)
    print(f"{len(tables)} tables, {rows:,} rows in {folder}; codebook.md says what they hold")


def report(
    target: Annotated[Path, typer.Argument(metavar="OUT.html", help="The page to write.", show_default=False)],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    practice: Annotated[str | None, typer.Option(help="The page of this practice.", show_default=False)] = None,
    boundaries: Annotated[
        Path | None, typer.Option(metavar="FILE.geojson", help="Draw maps with these boundaries.", show_default=False)
    ] = None,
) -> None:
    """Write one self-contained page: coverage, adoption, spread, reprints, conflicts, damage, each with its SQL."""
    import duckdb  # noqa: PLC0415 (what other commands need not load)

    from warehouse.reports.page import BoundariesError, NoSuchPracticeError, write_report  # noqa: PLC0415

    check_shape(warehouse)
    try:
        sections = write_report(warehouse, target, practice, boundaries)
    except (BoundariesError, NoSuchPracticeError) as error:
        stop(2, str(error))
    except (duckdb.Error, OSError) as error:
        stop(1, one_line(error))
    print(f"{sections} sections in {target}")


def status(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    runs: Annotated[int, typer.Option(min=1, help="Runs to look back over.")] = 10,
) -> None:
    """How it stands: last runs, what they took in, sources that failed or went quiet, free disk, other code."""
    from flows.code_version import version_of_rows  # noqa: PLC0415 (what other commands need not load)
    from flows.settings import Settings  # noqa: PLC0415
    from flows.status import print_status  # noqa: PLC0415

    check_shape(warehouse)
    storage = storage_of(os.environ)
    current = version_of_rows(Settings.from_environment(os.environ).first_day)
    print_status(warehouse, runs, storage=storage, current=current)


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="A file, or a snapshot by its day: 2026-11-29.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The same; now is the warehouse itself.")] = "now",
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    practices: Annotated[int, typer.Option(min=0, help="Practices to show.")] = 20,
) -> None:
    """Show what changed from one state of a warehouse to another: rows by table, places by practice."""
    import duckdb  # noqa: PLC0415 (what other commands need not load)

    from flows.differing import print_difference  # noqa: PLC0415
    from warehouse.differences import compare  # noqa: PLC0415
    from warehouse.files import WarehouseFiles  # noqa: PLC0415
    from warehouse.snapshots import find_state  # noqa: PLC0415

    try:
        old, new = (find_state(WarehouseFiles(warehouse), name) for name in (before, after))
        print_difference(compare(old, new), practices)
    except LookupError as error:
        stop(2, str(error.args[0]))
    except duckdb.Error as error:
        stop(1, one_line(error))


DESK = (ask, sql, cite, export, report, status, diff)
