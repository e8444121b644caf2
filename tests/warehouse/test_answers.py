"""An answer in each form says the same, and nothing in it comes to life."""

from __future__ import annotations

import csv
import json
import unicodedata

import duckdb
import pytest

from warehouse.answers import write_down
from warehouse.formats import AnswerForm


@pytest.fixture
def relation() -> duckdb.DuckDBPyRelation:
    connection = duckdb.connect()
    connection.execute(
        "create table said (place varchar, day date, share double, sites varchar[], number integer);"
        " insert into said values ('德清县', '2020-03-01', .5, ['山前网', '=1'], 3),"
        " ('=HYPERLINK(\"x\")' || chr(27) || '[31m', null, 'nan', [], -4), ('*[点](javascript:x)* "
        "| <b>', null, null, null, null)"
    )
    return connection.sql("from said")


def test_json_gives_back_what_was_asked(relation: duckdb.DuckDBPyRelation) -> None:
    rows = json.loads(write_down(relation, "json", None, 80))
    assert rows[0] == {"place": "德清县", "day": "2020-03-01", "share": 0.5, "sites": ["山前网", "=1"], "number": 3}
    assert (rows[1]["share"], rows[2]["sites"]) == (None, None)
    assert len(json.loads(write_down(relation, "json", 1, 80))) == 1


def test_csv_holds_no_formula_and_numbers_stay_numbers(relation: duckdb.DuckDBPyRelation) -> None:
    rows = list(csv.DictReader(write_down(relation, "csv", None, 80).splitlines()))
    assert rows[1]["place"].startswith("'=HYPERLINK")
    assert rows[1]["number"] == "-4"
    assert json.loads(rows[0]["sites"]) == ["山前网", "=1"]


def test_markdown_holds_no_markup(relation: duckdb.DuckDBPyRelation) -> None:
    lines = write_down(relation, "markdown", None, 80).splitlines()
    assert len(lines) == 5
    assert lines[4].startswith(r"| \*\[点\]\(javascript\:x\)\* \| \<b\> |")


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_no_form_holds_what_a_terminal_obeys(relation: duckdb.DuckDBPyRelation, form: AnswerForm) -> None:
    assert "\x1b" not in write_down(relation, form, None, 80)


@pytest.mark.parametrize("width", [80, 120])
def test_a_table_fits_the_terminal_and_its_lines_are_as_wide_as_one_another(width: int) -> None:
    relation = duckdb.connect().sql(
        "select '浙江省湖州市德清县' as place, '德清' || repeat('很长的名字', 40) as name from range(3)"
    )
    lines = write_down(relation, "table", None, width).splitlines()
    widths = {sum(2 if unicodedata.east_asian_width(one) in "FW" else 1 for one in line) for line in lines[:5]}
    assert len(widths) == 1
    assert widths.pop() <= width
