"""The dictionary in the warehouse: every table, column and entry has its row, and ``sql/README.md`` is what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tasks.catalogue import catalogue
from tests.dictionary_page import PAGE, empty_warehouse, page
from warehouse.data_dictionary import MEASURED_TYPES, SCHEMAS, words

# What the contract promises to scripts and notebooks: renaming or dropping one of these breaks them.
PROMISED = Path(__file__).parents[1] / "cases" / "sql" / "promised_columns.txt"


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse without rows, its dictionary filled."""
    with empty_warehouse() as connection:
        yield connection


def test_every_table_and_column_has_a_row_that_tells_what_it_is(empty: duckdb.DuckDBPyConnection) -> None:
    schemas = ", ".join(f"'{schema}'" for schema in SCHEMAS)
    missing = empty.execute(
        f"""
        select c.schema_name, c.table_name, c.column_name from duckdb_columns() as c
        anti join meta.columns as m
            on c.schema_name = m.schema_name and c.table_name = m.table_name and c.column_name = m.column_name
            and m.meaning != '' and m.chinese is not null
        where c.schema_name in ({schemas}) and not c.internal
        """
    ).fetchall()
    assert missing == [], "say what it is in its SQL file, and its Chinese name in sql/dictionary.toml"
    unclear = empty.execute(
        "select schema_name, table_name from meta.tables where description = ''"
        " or (table_kind != 'macro' and (grain is null or row_key = [] or chinese is null))"
    ).fetchall()
    assert unclear == [], "its SQL file begins with -- One row per … and -- Key: …"
    assert empty.execute("select table_name, column_name from meta.columns where meaning = ''").fetchall() == []


def test_every_key_is_of_columns_that_are_there(empty: duckdb.DuckDBPyConnection) -> None:
    unknown = empty.execute(
        """
        select k.* from (select schema_name, table_name, unnest(row_key) as column_name from meta.tables) as k
        anti join meta.columns as m using (schema_name, table_name, column_name)
        """
    ).fetchall()
    assert unknown == []


def test_every_number_day_and_moment_has_its_unit(empty: duckdb.DuckDBPyConnection) -> None:
    kinds = ", ".join(f"'{kind}'" for kind in MEASURED_TYPES)
    unmeasured = empty.execute(
        f"select schema_name, table_name, column_name from meta.columns where unit is null and data_type in ({kinds})"
    ).fetchall()
    assert unmeasured == [], "warehouse/data_dictionary.py tells units by how columns are called"


def test_every_entry_of_a_closed_list_is_explained_and_no_other() -> None:
    known = {name: catalogue().closed_lists[column] for column, name in catalogue().list_names.items()}
    assert len(known) > 20
    assert {name: set(words().values[name]) for name in known} == {name: set(known[name]) for name in known}


def test_every_list_that_a_file_names_is_there_and_every_word_is_used(empty: duckdb.DuckDBPyConnection) -> None:
    named = {name for (name,) in empty.execute("select distinct list_name from meta.columns").fetchall() if name}
    assert named == set(words().values)
    columns = {name for (name,) in empty.execute("select distinct column_name from meta.columns").fetchall()}
    assert set(words().columns) - columns == set()
    tables = {
        f"{schema}.{name}"
        for schema, name in empty.execute("select schema_name, table_name from meta.tables").fetchall()
    }
    assert set(words().tables) - tables == set()


def test_what_is_promised_has_a_row(empty: duckdb.DuckDBPyConnection) -> None:
    rows = empty.execute("select schema_name, table_name, column_name from meta.columns").fetchall()
    there = {
        f"{table}.{column}" if schema == "main" else f"{schema}.{table}.{column}" for schema, table, column in rows
    }
    promised = {
        f"{table}.{column}"
        for line in PROMISED.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
        for table, _, columns in [line.partition(": ")]
        for column in columns.split(", ")
    }
    assert len(promised) > 200
    assert sorted(promised - there) == []


def test_the_page_of_the_dictionary_is_not_stale() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m tests.dictionary_page"
