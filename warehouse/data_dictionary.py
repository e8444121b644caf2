"""Writes the dictionary of a warehouse into it: ``meta.tables``, ``meta.columns``, ``meta.values``, ``meta.terms``.

Everything is read from what stands beside the SQL: the comments, the head of each file (``-- One row per``, ``--
Key:``, ``-- Values:``, ``-- Warning:``, a macro's ``-- Column x:``), the closed lists of the records and
``sql/dictionary.toml``. A column that says nothing of itself gets a row all the same; a test, not a run, fails for it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import duckdb

from warehouse.schemas import SQL_FOLDER
from warehouse.statements import FACT_COUNTS_HEAD, OWNERS, Catalogue

SCHEMAS = ("core", "mart", "meta")
_HEAD_LINE = re.compile(r"-- (?P<what>Key|Values|Warning|Column)(?: (?P<column>\w+))?: (?P<said>.+)")
_MACRO_LINE = re.compile(r"(?P<usage>\w+\(.*?\)): (?:one row per )?(?P<grain>.+)", re.IGNORECASE)
_SIGNATURE = re.compile(r"create or replace macro main\.(\w+)\(([^)]*)\)")
_READ = re.compile(r"\b(?:from|join)\s+((?:core|mart)\.\w+)")
_CLAUSE_ENDS = re.compile(r"[;.](?:\s|$)|, (?=null\b|else\b)|: (?=null\b)")
# What a number counts in, by how its column is called; the first that fits. A column whose unit is in its row says so.
_UNITS: tuple[tuple[str, str], ...] = (
    (r"(?:^|_)(?:lowest_|highest_)?value(?:_max)?$", "the unit that the row states"),
    (r"byte_count$", "bytes"),
    (r"(?:^|_)(?:start|end|mention|sentence|block_start)_char$", "characters (code points) from 0"),
    (r"char_count$", "characters (code points)"),
    (r"_count$|_counts$", "number"),
    (r"_days$", "days"),
    (r"^seconds$", "seconds"),
    (r"^(?:confidence|similarity|share)$|_share$", "from 0 to 1"),
    (r"^keyness$", "log-likelihood"),
    (r"^log_ratio$", "binary logarithm"),
    (r"^adjusted_p$", "from 0 to 1"),
    (r"^idf$", "natural logarithm"),
    (r"(?:^|_)year$", "calendar year"),
    (r"(?:^|_)month$", "first day of the month, Asia/Shanghai"),
    (r"^(?:ordinal|\w+_ordinal|position|layer)$", "place in order, from 0"),
    (r"^(?:follower_rank|version|\w+_version)$", "number in order, from 1"),
    (r"_hashes$|_starts$|_hash$", "none"),
    (r"^score$", "points of BM25"),
    (r"^quantity$", "bytes, characters or number, by action"),
)
_TYPE_UNITS = {"DATE": "day, Asia/Shanghai", "TIMESTAMP WITH TIME ZONE": "moment"}
# Types of which a reader must know what they count in.
MEASURED_TYPES = ("INTEGER", "BIGINT", "UBIGINT", "UINTEGER", "HUGEINT", "DOUBLE", *_TYPE_UNITS)


@dataclass
class Head:
    """What the first lines of a SQL file say of what it makes."""

    grain: str | None = None
    key: tuple[str, ...] = ()
    lists: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    column_warnings: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """``sql/dictionary.toml``: Chinese names of tables and columns, entries of closed lists, terms."""

    tables: Mapping[str, str]
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    terms: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class TableEntry:
    """What the dictionary of a warehouse says of one table."""

    chinese: str | None
    grain: str | None
    row_key: tuple[str, ...]
    usage: str
    warning: str | None


@dataclass(frozen=True)
class ColumnEntry:
    """What the dictionary of a warehouse says of one column."""

    chinese: str | None
    meaning: str
    unit: str | None
    list_name: str | None
    warning: str | None


@dataclass(frozen=True)
class Entries:
    """The dictionary as a warehouse holds it: ``lists`` gives each entry of a closed list its meaning."""

    tables: Mapping[tuple[str, str], TableEntry]
    columns: Mapping[tuple[str, str, str], ColumnEntry]
    lists: Mapping[str, Mapping[str, str | None]]
    terms: Sequence[tuple[str, str, str]]


def read_entries(connection: duckdb.DuckDBPyConnection) -> Entries:
    """The dictionary of the warehouse; empty where an earlier version made it, which had none."""
    there = connection.execute(
        "select count(*) from duckdb_tables() where schema_name "
        "= 'meta' and table_name in ('tables', 'columns', 'values', 'terms')"
    ).fetchall()
    if there[0][0] < 4:
        return Entries({}, {}, {}, ())
    tables = connection.execute(
        "select schema_name, table_name, chinese, grain, row_key, usage, warning from meta.tables"
    ).fetchall()
    columns = connection.execute(
        "select schema_name, table_name, column_name, chinese, meaning, unit, list_name, warning from meta.columns"
    ).fetchall()
    lists: dict[str, dict[str, str | None]] = {}
    for name, value, meaning in connection.execute(
        "select list_name, value, min(meaning) from meta.values group by all order by list_name, min(ordinal)"
    ).fetchall():
        lists.setdefault(name, {})[value] = meaning
    return Entries(
        {(schema, table): TableEntry(a, b, tuple(key), c, d) for schema, table, a, b, key, c, d in tables},
        {(schema, table, column): ColumnEntry(*rest) for schema, table, column, *rest in columns},
        lists,
        connection.execute("select term, chinese, meaning from meta.terms order by term").fetchall(),
    )


@cache
def words() -> Words:
    """The words of ``sql/dictionary.toml``."""
    with (SQL_FOLDER / "dictionary.toml").open("rb") as file:
        read = tomllib.load(file)
    terms = {term: (chinese, meaning) for term, (chinese, meaning) in read["terms"].items()}
    return Words(read["tables"], read["columns"], read["values"], terms)


def read_head(source: str) -> Head:
    """The head of a SQL file.

    >>> head = "-- One row per story\\n-- Key: story_id\\n-- Values: role StoryRole; kind BlockKind"
    >>> read_head(f"{head}\\n\\nselect 1").lists
    {'role': 'StoryRole', 'kind': 'BlockKind'}
    """
    head = Head()
    for line in source.split("\n\n", 1)[0].splitlines():
        if line.startswith("-- One row per "):
            head.grain = line.removeprefix("-- One row per ")
        match = _HEAD_LINE.match(line)
        if match is None:
            continue
        what, column, said = match["what"], match["column"], match["said"]
        if what == "Key":
            head.key = tuple(column.strip() for column in said.split(","))
        elif what == "Values":
            head.lists |= dict(part.split() for part in said.split(";"))
        elif what == "Column":
            head.columns[column] = said
        elif column:
            head.column_warnings[column] = said
        else:
            head.warnings.append(said)
    return head


def null_clause(comment: str) -> str | None:
    """The part of a comment that says when a column is null.

    >>> null_clause("Day it ended, as stated, else as reported; null where no text says so.")
    'null where no text says so'
    >>> null_clause("Official number (文号) where any article gives it; else null.")
    'else null'
    """
    clauses = [clause for clause in _CLAUSE_ENDS.split(_flat(comment)) if re.search(r"\bnull\b", clause)]
    return "; ".join(clauses) or None


def unit_of(column: str, data_type: str) -> str | None:
    """What the numbers, days or moments of a column count in; None for what is no measure."""
    if data_type in _TYPE_UNITS and not re.search(r"(?:^|_)month$", column):
        return _TYPE_UNITS[data_type]
    if data_type.removesuffix("[]") not in MEASURED_TYPES:
        return None
    return next((unit for pattern, unit in _UNITS if re.search(pattern, column)), None)


def write_dictionary(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Fill the tables of the schema meta, which must be there, for what the warehouse holds now."""
    tables = list(_tables(connection))
    held, comments = _columns_held(connection), _comments(connection)
    columns = [
        row
        for schema, table, kind in tables
        for row in (
            _macro_columns(connection, schema, table)
            if kind == "macro"
            else _columns(catalogue, schema, table, held[schema, table])
        )
    ]
    described = [_described(*table, comments[table]) for table in tables]
    values = [row for column in columns for row in _values(column)]
    terms = [(term, chinese, meaning) for term, (chinese, meaning) in words().terms.items()]
    for name, rows in {"tables": described, "columns": columns, "values": values, "terms": terms}.items():
        connection.execute(f"delete from meta.{name}")
        if rows:  # column by column: a thousand rows one by one take fifty times as long
            columns_of_rows = [list(column) for column in zip(*rows, strict=True)]
            unnested = ", ".join(["unnest(?)"] * len(columns_of_rows))
            connection.execute(f"insert into meta.{name} select {unnested}", columns_of_rows)


def _tables(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str, str]]:
    rows = connection.execute(
        """
        select schema_name, table_name, 'table' as kind from duckdb_tables() where database_name = current_database()
        union all
        select schema_name, view_name, 'view' from duckdb_views() where database_name = current_database()
            and not internal
        union all
        select distinct schema_name, function_name, 'macro' from duckdb_functions()
        where database_name = current_database() and not internal and schema_name = 'main'
            and function_type in ('macro', 'table_macro')
        order by all
        """
    ).fetchall()
    sources = _sources()
    for schema, name, kind in rows:
        if schema in SCHEMAS or (kind == "macro" and f"main.{name}" in sources):
            yield schema, name, kind


@cache
def _sources() -> dict[str, str]:
    """The text of the file that makes each table, view and macro, by its name; a view of the program by its head."""
    folders = {"core": "core", "mart": "mart", "meta": "meta", "macros": "main"}
    found = {
        f"{schema}.{path.stem}": path.read_text("utf-8")
        for folder, schema in folders.items()
        for path in sorted((SQL_FOLDER / folder).glob("*.sql"))
    }
    return found | {"mart.fact_counts": FACT_COUNTS_HEAD}


def _described(schema: str, table: str, kind: str, comment: str) -> tuple[Any, ...]:
    name = f"{schema}.{table}"
    source = _sources().get(name, "")
    head = read_head(source)
    usage, grain = f"from {name}", head.grain
    if kind == "macro":
        signature = _SIGNATURE.search(source)
        asked = f"{table}({signature[2] if signature else ''})"
        usage = f"from {asked}" if "as table" in source else f"select {asked}"
        first = _MACRO_LINE.match(source.split("\n", 1)[0].removeprefix("-- "))
        grain = first["grain"] if first and "as table" in source else None
    reads = sorted({read for read in _READ.findall(source) if read != name})
    return (
        schema,
        table,
        kind,
        words().tables.get(name),
        _flat(comment),
        grain,
        list(head.key),
        usage,
        reads,
        " ".join(head.warnings) or None,
    )


# DuckDB lists all it holds to find one: a question for each of eighty tables took half a second of each first run.
def _comments(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str], str]:
    """The comments of the tables, views and macros of the warehouse, by schema, name and kind; empty where none is."""
    rows = connection.execute(
        """
        select schema_name, table_name, 'table' as kind, comment from duckdb_tables()
        where database_name = current_database()
        union all
        select schema_name, view_name, 'view', comment from duckdb_views() where database_name = current_database()
        union all
        select schema_name, function_name, 'macro', min(comment) from duckdb_functions()
        where database_name = current_database() and not internal group by all
        """
    ).fetchall()
    return {(schema, name, kind): comment or "" for schema, name, kind, comment in rows}


def _columns_held(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[tuple[Any, ...]]]:
    """Name, type, whether it may be null, and comment of each column in its order, by schema and table."""
    held: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for schema, table, *column in connection.execute(
        "select schema_name, table_name, column_name, data_type, is_nullable, coalesce(comment, '')"
        " from duckdb_columns() where database_name = current_database() order by schema_name, table_name, column_index"
    ).fetchall():
        held.setdefault((schema, table), []).append(tuple(column))
    return held


def _columns(
    catalogue: Catalogue, schema: str, table: str, held: Sequence[tuple[Any, ...]]
) -> Iterator[tuple[Any, ...]]:
    head = read_head(_sources().get(f"{schema}.{table}", ""))
    for ordinal, (column, data_type, is_nullable, comment) in enumerate(held):
        yield (
            schema,
            table,
            ordinal,
            column,
            words().columns.get(column),
            data_type,
            _flat(comment),
            null_clause(comment) if is_nullable else None,
            unit_of(column, data_type),
            head.lists.get(column) or (catalogue.list_names.get(f"{table}.{column}") if schema == "core" else None),
            _reference(schema, table, column) if data_type == "VARCHAR" else None,
            head.column_warnings.get(column),
        )


def _macro_columns(connection: duckdb.DuckDBPyConnection, schema: str, macro: str) -> Iterator[tuple[Any, ...]]:
    """What a macro gives: described in its head or else as the column of that name in the tables it reads."""
    source = _sources()[f"{schema}.{macro}"]
    head = read_head(source)
    signature = _SIGNATURE.search(source)
    if "as table" not in source or signature is None:
        return
    needed = [parameter for parameter in signature[2].split(",") if ":=" not in parameter]
    found = connection.execute(f"describe select * from {macro}({', '.join(['null'] * len(needed))})").fetchall()
    reads = sorted(set(_READ.findall(source)), key=lambda name: (name.startswith("core"), name))
    comments = dict(
        connection.execute(
            """
            select column_name, arg_min(comment, list_position($reads, schema_name || '.' || table_name))
            from duckdb_columns()
            where database_name = current_database() and list_contains($reads, schema_name || '.' || table_name)
            group by column_name
            """,
            {"reads": reads},
        ).fetchall()
    )
    for ordinal, (column, found_type, *_) in enumerate(found):
        data_type = "VARCHAR" if found_type == '"NULL"' else found_type  # what is given back as it was asked
        meaning = head.columns.get(column) or _flat(comments.get(column) or "")
        yield (
            *(schema, macro, ordinal, column, words().columns.get(column), data_type, meaning),
            *(null_clause(meaning), unit_of(column, data_type), head.lists.get(column)),
            *(_reference(schema, macro, column), head.column_warnings.get(column)),
        )


def _reference(schema: str, table: str, column: str) -> str | None:
    """The column of core that has a row for each value of this one: told by its name, as identifiers are called."""
    owner = next((name for name in OWNERS if column == name or column.endswith(f"_{name}")), None)
    if owner is None or (schema, table, column) == ("core", OWNERS[owner], owner):
        return None
    return f"core.{OWNERS[owner]}.{owner}"


def _values(column: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    schema, table, _, name, *_ = column
    list_name = column[9]
    entries = words().values.get(list_name, {}) if list_name else {}
    for ordinal, (value, meaning) in enumerate(entries.items()):
        yield schema, table, name, list_name, ordinal, value, meaning


def _flat(text: str) -> str:
    return " ".join(text.split())
