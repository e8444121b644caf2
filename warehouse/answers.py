"""Writes rows down as people and programs want them: a table, CSV, JSON or Markdown, with nothing live in it.

What a page says is text in each of them: a terminal finds nothing to obey, a spreadsheet no formula, Markdown no
markup.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import math
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, assert_never

import duckdb

from tasks.display import for_csv, for_markdown, for_terminal
from warehouse.formats import AnswerForm


def write_down(relation: duckdb.DuckDBPyRelation, form: AnswerForm, max_rows: int | None, width: int) -> str:
    """At most ``max_rows`` rows of ``relation`` (None: all), without a line feed at the end.

    A table is at most ``width`` columns of a terminal wide, a Chinese character being two; it says how many rows there
    are.
    """
    match form:
        case "table":
            return _table(relation, max_rows, width)
        case "csv":
            return _csv(relation.columns, _rows(relation, max_rows))
        case "json":
            return _json(relation.columns, _rows(relation, max_rows))
        case "markdown":
            return _markdown(relation.columns, _rows(relation, max_rows))
        case _:
            assert_never(form)


def _rows(relation: duckdb.DuckDBPyRelation, max_rows: int | None) -> list[tuple[Any, ...]]:
    return (relation if max_rows is None else relation.limit(max_rows)).fetchall()


def _table(relation: duckdb.DuckDBPyRelation, max_rows: int | None, width: int) -> str:
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        relation.show(max_rows=max_rows or 1_000_000, max_width=width)
    return for_terminal(shown.getvalue().rstrip("\n"))


def _csv(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> str:
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(columns)
    lines.writerows(
        [for_csv(_text(value)) if isinstance(value, str) else _text(value) for value in row] for row in rows
    )
    return for_terminal(written.getvalue().rstrip("\n"))


def _json(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> str:
    lines = (_dumped(dict(zip(columns, row, strict=True))) for row in rows)
    return for_terminal("[" + ",\n ".join(lines) + "]")


def _markdown(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> str:
    lines = [[for_markdown(column) for column in columns], ["---"] * len(columns)]
    lines += [[for_markdown(_text(value)) for value in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _text(value: Any) -> str:
    """A value as one cell: nothing for null, lists and structs as JSON."""
    if value is None:
        return ""
    if isinstance(value, list | dict | tuple):
        return _dumped(value)
    return str(_plain(value))


def _dumped(value: Any) -> str:
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    """``value`` as JSON knows it: days and moments in ISO 8601, no number that is none."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return str(value)
