"""What the dictionary says of keys, nulls and closed lists is so in the loaded sample."""

from __future__ import annotations

import duckdb
import pytest

pytestmark = pytest.mark.xdist_group("flow")  # one server and one load of the sample for the group


def test_a_key_tells_every_row_from_the_others(sample: duckdb.DuckDBPyConnection) -> None:
    tables = sample.execute(
        "select schema_name || '.' || table_name, row_key from meta.tables where table_kind != 'macro'"
    ).fetchall()
    assert len(tables) > 60
    repeated = {
        table: sample.execute(
            f"select {', '.join(key)} from {table} group by all having count(*) > 1 limit 1"
        ).fetchall()
        for table, key in tables
    }
    assert {table: rows for table, rows in repeated.items() if rows} == {}


def test_a_column_that_can_be_null_says_when(sample: duckdb.DuckDBPyConnection) -> None:
    silent = sample.execute(
        "select schema_name || '.' || table_name, column_name from meta.columns"
        " where null_means is null and schema_name != 'main'"
    ).fetchall()
    assert len(silent) > 100
    found = {
        f"{table}.{column}"
        for table, column in silent
        if sample.execute(f'select 1 from {table} where "{column}" is null limit 1').fetchall()
    }
    assert found == set()


def test_a_closed_list_holds_every_entry_of_its_columns(sample: duckdb.DuckDBPyConnection) -> None:
    columns = sample.execute(
        "select schema_name || '.' || table_name, column_name, list(value) from meta.values"
        " where schema_name != 'main' group by all"
    ).fetchall()
    assert len(columns) > 40
    strange = {
        f"{table}.{column}": rows
        for table, column, values in columns
        if (
            rows := sample.execute(
                f"select distinct {column} from {table} where not list_contains(?, {column})", [values]
            ).fetchall()
        )
    }
    assert strange == {}
