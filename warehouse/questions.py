"""Answers one question in SQL: a SELECT over the warehouse, which reaches no file, no network and no setting."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import duckdb

_MAX_WIDTH = 160
_LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}
# PIVOT is a SELECT that DuckDB takes apart into several statements.
_READING = {duckdb.StatementType.SELECT, duckdb.StatementType.MULTI}


class QuestionError(Exception):
    """There is no answer; ``exit_status`` 2 where it is no question, 1 where it cannot be answered."""

    def __init__(self, message: str, exit_status: int) -> None:
        super().__init__(message)
        self.exit_status = exit_status


def answer(warehouse: Path, query: str, max_rows: int) -> str:
    """The first rows of the answer as a table of text. Raises QuestionError."""
    try:
        with duckdb.connect(str(warehouse), read_only=True, config=_LOCKED) as connection:
            statements = connection.extract_statements(query)
            if not statements:
                raise QuestionError("the question is empty; ask one SELECT", 2)
            if len(statements) > 1 or statements[0].type not in _READING:
                raise QuestionError("ask one SELECT; nothing else is done to a warehouse", 2)
            relation = connection.sql(query)
            shown = io.StringIO()
            with contextlib.redirect_stdout(shown):
                relation.show(max_rows=max_rows, max_width=_MAX_WIDTH)
            return shown.getvalue().rstrip("\n")
    except (duckdb.Error, AttributeError) as error:
        raise QuestionError(" ".join(str(error).split()), 1) from error
