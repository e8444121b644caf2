"""Takes the tables of a warehouse elsewhere: flat Parquet first, and from it CSV, Stata or Excel files.

Lists, structs and maps have no place in a flat file: each becomes a bridge table of its own, with a row per entry and
the number of the row it belongs to. What would come to harm in a spreadsheet (a formula, an identifier that looks like
a number) is marked as text. Nothing is held in memory but a batch of rows; what is too large for one file goes on in a
next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

import duckdb
import polars as pl

from warehouse.analysis_forms import FORMS, SCHEMA
from warehouse.connections import open_warehouse
from warehouse.data_dictionary import Entries, read_entries
from warehouse.formats import SUFFIXES, ExportFormat

EXPORT_SCHEMAS = ("core", "mart", "meta")
# What serves the machine alone: samples of texts for finding copies, and what a site repeats.
LEFT_OUT = frozenset({"core.sketches", "core.site_lines"})
# A sheet of Excel has 1,048,576 rows and 32,767 characters to a cell; a Stata string variable 2,045 bytes, above which
# it is a long string. Files of this many rows are opened by all three in bearable time.
ROWS_PER_FILE = 500_000
# A large table becomes a folder of Parquet files of this many rows, which readers of data sets take as one table.
ROWS_PER_PART = 2_000_000
_CELL_CHARACTERS = 32_767  # as given by Excel
ROW_NUMBER = "row_number"
# What a spreadsheet would take for a formula, a number, a date or a truth value.
_READ_AS_MORE = re.compile(
    r"^(?:[=+\-@＝＋－＠\t\r\n]|\s*\d[\d.,]*(?:[eE][+-]?\d+)?\s*$|\d{1,4}[-/]\d{1,2}(?:[-/]\d{1,4})?$)"
)
_CONTROLS = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x{9F}]"


@dataclass(frozen=True)
class ExportedTable:
    """One flat table that was written: ``files`` in order, ``columns`` with their DuckDB types, where it comes from."""

    schema: str
    name: str
    comment: str
    columns: tuple[tuple[str, str, str], ...]
    row_count: int
    files: tuple[Path, ...]


@dataclass(frozen=True)
class _Flat:
    """A query that gives one flat table; its columns with type and comment.

    ``large``: the stored table that it is, where sorting that would take longer than writing it.
    """

    schema: str
    name: str
    comment: str
    query: str
    columns: tuple[tuple[str, str, str], ...]
    large: str | None = None


def export_tables(
    warehouse: Path, folder: Path, file_format: ExportFormat, only: frozenset[str] = frozenset()
) -> tuple[list[ExportedTable], Entries]:
    """Write every table of the schemas core, mart and meta below ``folder``; what was written, and the dictionary of
    it.

    ``only`` names tables as ``mart.adoptions``.

    Files lie in ``folder/<schema>/``. Raises duckdb.Error where the warehouse cannot be read, OSError where the folder
    cannot be written, KeyError with its name where a table of ``only`` does not exist.
    """
    with open_warehouse(warehouse) as connection:
        connection.execute("set timezone = 'Asia/Shanghai'")
        flats = [*_flat_tables(connection), *_analysis_tables(connection)]
        known = {f"{flat.schema}.{flat.name.split('__')[0]}" for flat in flats}
        for name in sorted(only - known):
            raise KeyError(name)
        wanted = [flat for flat in flats if not only or f"{flat.schema}.{flat.name.split('__')[0]}" in only]
        return [_export(connection, flat, folder, file_format) for flat in wanted], read_entries(connection)


def _flat_tables(connection: duckdb.DuckDBPyConnection) -> Iterator[_Flat]:
    rows = connection.execute(
        """
        select c.schema_name, c.table_name, c.column_name, c.data_type, coalesce(c.comment, ''),
            coalesce(t.comment, ''),
            t.row_count
        from duckdb_columns() as c
        join (
            select schema_name, table_name, comment, estimated_size as row_count from duckdb_tables() where not internal
            union all
            select schema_name, view_name, comment, 0 from duckdb_views() where not internal
        ) as t using (schema_name, table_name)
        order by c.schema_name, c.table_name, c.column_index
        """
    ).fetchall()
    tables: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    comments, large = {}, set()
    for schema, table, column, kind, comment, of_table, row_count in rows:
        if schema in EXPORT_SCHEMAS and f"{schema}.{table}" not in LEFT_OUT:
            tables.setdefault((schema, table), []).append((column, kind, comment))
            comments[schema, table] = of_table
            if row_count > ROWS_PER_PART:
                large.add((schema, table))
    for (schema, table), columns in tables.items():
        is_large = (schema, table) in large
        yield from _flattened(schema, table, comments[schema, table], columns, is_large=is_large)


def _analysis_tables(connection: duckdb.DuckDBPyConnection) -> Iterator[_Flat]:
    """The tables of warehouse.analysis_forms; none where the marts they are made of are missing."""
    for form in FORMS:
        try:
            described = connection.execute(f"describe {form.query}").fetchall()
        except duckdb.CatalogException:
            continue
        columns = tuple((name, kind, form.columns[name]) for name, kind, *_ in described)
        yield _Flat(SCHEMA, form.name, form.comment, form.query, columns)


def _flattened(
    schema: str, table: str, comment: str, columns: list[tuple[str, str, str]], *, is_large: bool
) -> Iterator[_Flat]:
    """The table without its nested columns, then a bridge table for each of these."""
    plain = [column for column in columns if not _is_nested(column[1])]
    nested = [column for column in columns if _is_nested(column[1])]
    order = ", ".join(f'"{name}"' for name, _, _ in plain)
    source = f"{schema}.{table}"
    if not nested and is_large:
        yield _Flat(schema, table, comment, f"select {order} from {source}", tuple(plain), source)
        return
    if not nested:
        yield _Flat(schema, table, comment, f"select {order} from {source} order by all", tuple(plain))
        return
    numbered = f"select row_number() over (order by {order}) as {ROW_NUMBER}, * from {source}"
    row_number = (ROW_NUMBER, "BIGINT", f"Number of the row; {table}__… tables refer to it.")
    query = f"select {ROW_NUMBER}, {order} from ({numbered}) order by {ROW_NUMBER}"
    yield _Flat(schema, table, comment, query, (row_number, *plain))
    for name, kind, of_column in nested:
        entries = f'map_entries("{name}")' if kind.startswith("MAP") else f'"{name}"'
        item = _item_type(kind)
        fields = _fields(item)
        chosen = ", ".join(f'entry."{field}"' for field, _ in fields) if fields else "entry as value"
        unnested = (
            f"select {ROW_NUMBER}, unnest({entries}) as entry, generate_subscripts({entries}, 1) - 1 as ordinal"
            f" from ({numbered})"
        )
        bridge = f"select {ROW_NUMBER}, ordinal, {chosen} from ({unnested}) order by {ROW_NUMBER}, ordinal"
        described = [(field, of_field, of_column) for field, of_field in fields] or [("value", item, of_column)]
        key = [(ROW_NUMBER, "BIGINT", f"Row of {table}."), ("ordinal", "BIGINT", "Place in the list, from 0.")]
        yield _Flat(schema, f"{table}__{name}", f"Entries of {source}.{name}.", bridge, (*key, *described))


def _is_nested(kind: str) -> bool:
    return kind.endswith("[]") or kind.startswith(("MAP(", "STRUCT("))


def _item_type(kind: str) -> str:
    if kind.startswith("MAP("):
        key, value = _split_types(kind[4:-1])
        return f"STRUCT(key {key}, value {value})"
    return kind.removesuffix("[]")


def _fields(kind: str) -> list[tuple[str, str]]:
    """Names and types of a struct's fields, none where ``kind`` is no struct.

    >>> _fields('STRUCT("value" DOUBLE, site VARCHAR)')
    [('value', 'DOUBLE'), ('site', 'VARCHAR')]
    """
    if not kind.startswith("STRUCT("):
        return []
    pairs = (part.strip().partition(" ") for part in _split_types(kind[7:-1]))
    return [(name.strip('"'), of_field) for name, _, of_field in pairs]


def _split_types(inside: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for position, character in enumerate(inside):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append(inside[start:position].strip())
            start = position + 1
    return [*parts, inside[start:].strip()]


def _export(
    connection: duckdb.DuckDBPyConnection, flat: _Flat, folder: Path, file_format: ExportFormat
) -> ExportedTable:
    target = folder / flat.schema
    target.mkdir(parents=True, exist_ok=True)
    if file_format == "parquet":
        return _export_parquet(connection, flat, target)
    files: list[Path] = []
    rows = 0
    for number, frame in enumerate(_batches(connection, flat.query)):
        suffix = "" if number == 0 else f"_{number + 1}"
        path = target / f"{flat.name}{suffix}.{SUFFIXES[file_format]}"
        _write(frame, path, flat, file_format)
        files.append(path)
        rows += frame.height
    return ExportedTable(flat.schema, flat.name, flat.comment, flat.columns, rows, tuple(files))


def _export_parquet(connection: duckdb.DuckDBPyConnection, flat: _Flat, target: Path) -> ExportedTable:
    """One file, or for a large table a folder of its name with a file for every so many rows, in no order.

    DuckDB writes it without the rows passing through here.
    """
    path = target / f"{flat.name}.parquet"
    folder = target / flat.name
    for stale in (path, *folder.glob("part_*.parquet")):
        stale.unlink(missing_ok=True)
    if flat.large is None:
        rows = _copy(connection, flat.query, path)
        return ExportedTable(flat.schema, flat.name, flat.comment, flat.columns, rows, (path,))
    folder.mkdir(exist_ok=True)
    files, rows = [], 0
    last = int(connection.execute(f"select max(rowid) from {flat.large}").fetchall()[0][0])
    for number, first in enumerate(range(0, last + 1, ROWS_PER_PART), 1):
        part = folder / f"part_{number:04}.parquet"
        rows += _copy(connection, f"{flat.query} where rowid between {first} and {first + ROWS_PER_PART - 1}", part)
        files.append(part)
    return ExportedTable(flat.schema, flat.name, flat.comment, flat.columns, rows, tuple(files))


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> int:
    """Write the rows of ``query``; how many."""
    quoted = path.as_posix().replace("'", "''")
    written = connection.execute(f"copy ({query}) to '{quoted}' (format parquet, compression zstd)").fetchall()
    return int(written[0][0])


def _batches(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[pl.DataFrame]:
    """The rows of ``query`` in frames of at most ROWS_PER_FILE rows; one empty frame where there is none."""
    reader = connection.sql(query).to_arrow_reader(50_000)
    waiting: list[pl.DataFrame] = []
    height, is_first = 0, True
    for batch in reader:
        frame = pl.DataFrame(batch)
        waiting.append(frame)
        height += frame.height
        if height >= ROWS_PER_FILE:
            yield pl.concat(waiting)
            waiting, height, is_first = [], 0, False
    if waiting:
        yield pl.concat(waiting)
    elif is_first:
        yield pl.DataFrame(reader.schema.empty_table())


def _write(frame: pl.DataFrame, path: Path, flat: _Flat, file_format: ExportFormat) -> None:
    match file_format:
        case "parquet":
            raise AssertionError("Parquet is written by _export_parquet")
        case "csv":
            # The mark at the beginning tells Excel that the file is in UTF-8.
            _as_plain_text(frame).write_csv(path, include_bom=True, date_format="%Y-%m-%d")
        case "xlsx":
            _write_xlsx(frame, path, flat)
        case "stata":
            _write_stata(frame, path, flat)
        case _:
            assert_never(file_format)


def _as_plain_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Text that a spreadsheet would read as something else gets an apostrophe in front, as spreadsheets mark text; what
    a terminal would obey and readers of CSV stumble over (an address may hold any byte) is marked as lost."""
    text = [name for name, kind in frame.schema.items() if kind == pl.String]
    frame = frame.with_columns(pl.col(text).str.replace_all(_CONTROLS, "\N{REPLACEMENT CHARACTER}"))
    harmful = _READ_AS_MORE.pattern
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(harmful))
        .then(pl.concat_str(pl.lit("'"), pl.col(name)))
        .otherwise(pl.col(name))
        .alias(name)
        for name in text
    )


def _write_xlsx(frame: pl.DataFrame, path: Path, flat: _Flat) -> None:
    import xlsxwriter  # noqa: PLC0415 (one format of four needs it)

    zoned = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Datetime) and kind.time_zone]
    frame = frame.with_columns(pl.col(name).dt.strftime("%Y-%m-%dT%H:%M:%S%z") for name in zoned)
    text = [name for name, kind in frame.schema.items() if kind == pl.String]
    frame = frame.with_columns(pl.col(name).str.slice(0, _CELL_CHARACTERS) for name in text)
    # Text stays text: no cell becomes a formula, a link or a number; memory holds one row at a time.
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet(flat.name[:31])
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, frame.columns, book.add_format({"bold": True}))
        dates = {number for number, kind in enumerate(frame.dtypes) if kind == pl.Date}
        for row_number, row in enumerate(frame.iter_rows(), 1):
            for number, value in enumerate(row):
                if value is None:
                    continue
                if number in dates:
                    sheet.write_datetime(row_number, number, value, day)
                elif isinstance(value, str):
                    sheet.write_string(row_number, number, value)
                else:
                    sheet.write(row_number, number, value)


def _write_stata(frame: pl.DataFrame, path: Path, flat: _Flat) -> None:
    import pyreadstat  # noqa: PLC0415 (one format of four needs it)

    zoned = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Datetime) and kind.time_zone]
    truths = [name for name, kind in frame.schema.items() if kind == pl.Boolean]
    wide = [name for name, kind in frame.schema.items() if kind in (pl.Int64, pl.UInt64, pl.UInt32)]
    frame = frame.with_columns(
        *(pl.col(name).dt.strftime("%Y-%m-%dT%H:%M:%S%z") for name in zoned),
        *(pl.col(name).cast(pl.Int8) for name in truths),
        *(pl.col(name).cast(pl.Float64) for name in wide),  # Stata has no whole numbers of 64 bits
    )
    labels = {name: comment[:80] for name, _, comment in flat.columns}
    frame = frame.rename({name: name[:32] for name in frame.columns})
    pyreadstat.write_dta(
        frame, str(path), file_label=flat.comment[:80], column_labels=list(labels.values()), version=15
    )
