"""Answers questions in SQL: a SELECT over the warehouse, which reaches no file, no network and no setting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.answers import write_down
from warehouse.connections import address_of
from warehouse.formats import AnswerForm

# What a table is wide where there is no terminal to fit into.
PLAIN_WIDTH = 160
_LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}
_TAIL = re.compile(r";(?:\s|--[^\n]*(?:\n|\Z)|/\*.*?\*/)*\Z", re.DOTALL)
# PIVOT is a SELECT that DuckDB takes apart into several statements.
_READING = {duckdb.StatementType.SELECT, duckdb.StatementType.MULTI}


class QuestionError(Exception):
    """There is no answer; ``exit_status`` 2 where it is no question, 1 where it cannot be answered."""

    def __init__(self, message: str, exit_status: int) -> None:
        super().__init__(message)
        self.exit_status = exit_status


class Desk:
    """An open warehouse that answers questions one after the other; made by ``open_desk``."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def answer(self, query: str, max_rows: int | None, form: AnswerForm = "table", width: int = PLAIN_WIDTH) -> str:
        """The first rows of the answer, written down; all of them where ``max_rows`` is None. Raises QuestionError."""
        try:
            statements = self._connection.extract_statements(_text(query))
            if not statements:
                raise QuestionError("the question is empty; ask one SELECT", 2)
            if len(statements) > 1 or statements[0].type not in _READING:
                raise QuestionError("ask one SELECT; nothing else is done to a warehouse", 2)
            return write_down(self._connection.sql(self._bare(query)), form, max_rows, width)
        except (duckdb.Error, AttributeError) as error:
            raise QuestionError(" ".join(str(error).split()), 1) from error

    def _bare(self, query: str) -> str:
        """The question without its semicolon and what follows: it becomes part of the question for its rows."""
        bare = _TAIL.sub("", query)
        try:
            return bare if len(self._connection.extract_statements(bare)) == 1 else query
        except duckdb.Error:  # the semicolon stands in a quoted text
            return query

    def statements(self, text: str) -> list[str]:
        """The questions of a text, told apart by their semicolons. Raises QuestionError."""
        try:
            return [statement.query for statement in self._connection.extract_statements(_text(text))]
        except duckdb.Error as error:
            raise QuestionError(" ".join(str(error).split()), 1) from error

    def names(self, query: str) -> list[str]:
        """The first column of the answer to a question of our own; nothing where the warehouse has no such table."""
        try:
            return [str(row[0]) for row in self._connection.execute(query).fetchall()]
        except duckdb.Error:
            return []


def _text(query: str) -> str:
    """``query`` where it is text. What a terminal sends in another charset reaches Python as half characters."""
    try:
        query.encode("utf-8")
    except UnicodeEncodeError as error:
        raise QuestionError("the question is not in UTF-8; what the terminal sends is set by its locale", 2) from error
    return query


@contextmanager
def open_desk(warehouse: Path) -> Iterator[Desk]:
    """A desk at ``warehouse``, locked: nothing but reading it is possible. Raises QuestionError."""
    try:
        connection = duckdb.connect(address_of(warehouse), read_only=True, config=_LOCKED)
    except duckdb.Error as error:
        raise QuestionError(" ".join(str(error).split()), 1) from error
    with connection:
        yield Desk(connection)


def answer(
    warehouse: Path, query: str, max_rows: int | None, form: AnswerForm = "table", width: int = PLAIN_WIDTH
) -> str:
    """The answer to one question, written down. Raises QuestionError."""
    with open_desk(warehouse) as desk:
        return desk.answer(query, max_rows, form, width)
