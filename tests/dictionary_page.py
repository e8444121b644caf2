"""``sql/README.md``: the dictionary as a page, with the diagram of the core tables and the lineage of the summaries.

``python -m tests.dictionary_page`` writes it again; a test fails where it is stale.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from tasks.catalogue import catalogue
from warehouse.models import build_models, create_tables

PAGE = Path(__file__).resolve().parents[1] / "sql" / "README.md"
_SCHEMAS = {
    "core": "What was found on the pages",
    "mart": "Summaries",
    "main": "Macros",
    "meta": "The dictionary itself",
}
_DRAWN_APART = {"core.places"}  # nearly every table leads there: its arrows would hide the others


def empty_warehouse() -> duckdb.DuckDBPyConnection:
    """A warehouse in memory with every table, macro and the dictionary, without a row of data."""
    connection = duckdb.connect()
    create_tables(connection)
    build_models(connection, catalogue())
    return connection


def page() -> str:
    """The text of ``sql/README.md`` as the SQL files have it now."""
    with empty_warehouse() as connection:
        parts = [_head(), _diagram(connection), _lineage(connection)]
        parts += [_schema(connection, schema, title) for schema, title in _SCHEMAS.items()]
        parts += [_lists(connection), _terms(connection)]
    return "\n".join(parts)


def _head() -> str:
    return (
        "# The tables\n\n"
        "Written by `python -m tests.dictionary_page` from the comments and heads of the SQL files and from\n"
        "`sql/dictionary.toml`: mend it there. A warehouse holds the same as `meta.tables`, `meta.columns`,\n"
        "`meta.values` and `meta.terms`; `fangzhi export` puts it beside the data as a codebook.\n\n"
        "A file's place says what it is: `core/` tables that a run "
        "fills, `fills/` what fills some of them from others,\n"
        "`mart/` summaries, `macros/` questions with parameters, "
        "`meta/` this dictionary, `checks/` claims that every run\n"
        "is held to.\n"
    )


def _diagram(connection: duckdb.DuckDBPyConnection) -> str:
    rows = connection.execute(
        """
        select table_name, refers_to, list(column_name order by ordinal) from meta.columns
        where schema_name = 'core' and refers_to is not null group by all order by all
        """
    ).fetchall()
    lines = ["## How they hang together", "", "```mermaid", "erDiagram"]
    for table, refers_to, columns in rows:
        owner = ".".join(refers_to.split(".")[:2])
        if owner not in _DRAWN_APART:
            lines.append(f'    {owner.removeprefix("core.")} ||--o{{ {table} : "{", ".join(columns)}"')
    pointing = sorted({table for table, refers_to, _ in rows if refers_to.startswith("core.places.")})
    note = f"`adcode` leads to `core.places` from {', '.join(f'`{table}`' for table in pointing)}."
    return "\n".join([*lines, "```", "", note, ""])


def _lineage(connection: duckdb.DuckDBPyConnection) -> str:
    rows = connection.execute(
        "select table_name, unnest(reads) from meta.tables where schema_name = 'mart' order by all"
    ).fetchall()
    lines = ["## What summaries are made of", "", "```mermaid", "flowchart LR"]
    for table, read in rows:
        lines.append(f"    {read.replace('.', '_', 1)} --> mart_{table}")
    return "\n".join([*lines, "```", ""])


def _schema(connection: duckdb.DuckDBPyConnection, schema: str, title: str) -> str:
    tables = connection.execute(
        "select table_name, chinese, description, grain, row_key, usage, reads, warning from meta.tables"
        " where schema_name = ? order by table_name",
        [schema],
    ).fetchall()
    lines = [f"## {title}", ""]
    for table, chinese, description, grain, key, usage, reads, warning in tables:
        name = table if schema == "main" else f"{schema}.{table}"
        lines += [f"### {name}{f' {chinese}' if chinese else ''}", "", _cell(description)]
        if grain:
            columns = ", ".join(f"`{column}`" for column in key)
            lines += [f"One row per {_cell(grain)}." + (f" Key: {columns}." if key else "")]
        if schema == "main":
            lines += [f"`{usage}`"]
        if reads:
            lines += [f"Made of {', '.join(f'`{read}`' for read in reads)}."]
        if warning:
            lines += [f"**Mind:** {_cell(warning)}"]
        lines += ["", *_columns(connection, schema, table), ""]
    return "\n".join(lines)


def _columns(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> list[str]:
    rows = connection.execute(
        "select column_name, coalesce(chinese, ''), lower(data_type), "
        "meaning, unit, list_name, warning from meta.columns"
        " where schema_name = ? and table_name = ? order by ordinal",
        [schema, table],
    ).fetchall()
    lines = ["| column | 中文 | type | meaning |", "|---|---|---|---|"] if rows else []
    for column, chinese, data_type, meaning, unit, list_name, warning in rows:
        said = [meaning, f"Unit: {unit}." if unit else "", f"List: {list_name}." if list_name else "", warning or ""]
        lines.append(f"| `{column}` | {chinese} | {_cell(data_type)} | {_cell(' '.join(filter(None, said)))} |")
    return lines


def _lists(connection: duckdb.DuckDBPyConnection) -> str:
    rows = connection.execute(
        "select distinct list_name, ordinal, value, meaning from meta.values order by list_name, ordinal"
    ).fetchall()
    lines = ["## Closed lists", "", "| list | entry | meaning |", "|---|---|---|"]
    lines += [f"| {name} | `{value}` | {_cell(meaning)} |" for name, _, value, meaning in rows]
    return "\n".join([*lines, ""])


def _terms(connection: duckdb.DuckDBPyConnection) -> str:
    rows = connection.execute("select term, chinese, meaning from meta.terms order by term").fetchall()
    lines = ["## Terms", "", "| term | 中文 | meaning |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {term} | {chinese} | {_cell(meaning)} |" for term, chinese, meaning in rows), ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
