"""``fangzhi sql``: questions typed one after the other, with completion of tables, columns, macros and practices.

Without a terminal the questions are read from standard input, so that a file of SQL can be piped in.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import get_args

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import SqlLexer

from tasks.display import for_terminal
from warehouse.formats import AnswerForm
from warehouse.questions import PLAIN_WIDTH, Desk, QuestionError, open_desk

_KEYWORDS = (
    *(
        "all",
        "and",
        "as",
        "asc",
        "avg(",
        "between",
        "by",
        "case",
        "count(",
        "desc",
        "describe",
        "distinct",
        "else",
        "end",
    ),
    *(
        "from",
        "group",
        "having",
        "in",
        "is",
        "join",
        "left join",
        "like",
        "limit",
        "list(",
        "max(",
        "min(",
        "not",
        "null",
    ),
    *("on", "or", "order", "pivot", "select", "sum(", "then", "union", "using", "when", "where", "with"),
)
_NAME = re.compile(r"[\w.]+$")
_TABLES = """
select if(schema_name = 'main', usage, schema_name || '.' || table_name) as name, chinese, grain as one_row_per
from meta.tables where contains(concat_ws(' ', table_name, chinese), ':part') order by schema_name, table_name
"""
_COLUMNS = """
select column_name, chinese, lower(data_type) as type, unit, meaning
from meta.columns where table_name = ':table' order by schema_name, ordinal
"""
_HELP = """.tables [PART]    tables and macros, those with PART in their name
.columns TABLE    columns of a table or macro: type, meaning, unit
.as FORM          table, csv, json or markdown
.rows N           rows to show; 0 for all
.help  .quit
A question is one SELECT (or from …) and ends with a semicolon; Tab completes names."""


@dataclass
class _Manner:
    """How answers are written down until the user says otherwise."""

    form: AnswerForm = "table"
    rows: int | None = 40


class NameCompleter(Completer):
    """Names that may stand where the cursor is: within quotes those of practices, else tables, macros and columns."""

    def __init__(self, names: Iterable[str], practices: Iterable[str]) -> None:
        self._names = sorted(set(names)) + list(_KEYWORDS)
        self._practices = sorted(set(practices))

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Completions of the word before the cursor."""
        before = document.text_before_cursor
        if before.count("'") % 2:
            begun = before.rpartition("'")[2]
            for name in self._practices:
                if begun in name:
                    yield Completion(f"{name}'", start_position=-len(begun), display=for_terminal(name))
            return
        match = _NAME.search(before)
        word = match[0].lower() if match else ""
        for name in self._names:
            if word and (name.startswith(word) or name.partition(".")[2].startswith(word)):
                yield Completion(name, start_position=-len(word))


def run_shell(warehouse: Path) -> bool:
    """Answer until the user has no more questions; False where a question of a file had no answer.

    Raises QuestionError where the warehouse cannot be opened.
    """
    with open_desk(warehouse) as desk:
        manner = _Manner()
        if not sys.stdin.isatty():
            return _answer_all(desk, sys.stdin.read(), manner, print)
        print(f"{warehouse}; .help says what can be typed, .tables what can be asked")
        prompt: PromptSession[str] = PromptSession(completer=completer(desk), lexer=PygmentsLexer(SqlLexer))
        text = ""
        while True:
            try:
                line = prompt.prompt("  ...> " if text else "sql> ")
            except KeyboardInterrupt:
                text = ""
                continue
            except EOFError:
                return True
            if not text and line.strip() in {".quit", ".exit", "quit", "exit"}:
                return True
            text = f"{text}\n{line}" if text else line
            if text.lstrip().startswith(".") or text.rstrip().endswith(";") or not text.strip():
                _answer_all(desk, text, manner, print)
                text = ""


def completer(desk: Desk) -> NameCompleter:
    """The completer for what the warehouse at ``desk`` holds."""
    names = desk.names("select schema_name || '.' || table_name from meta.tables where schema_name != 'main'")
    names += desk.names("select table_name || '(' from meta.tables where schema_name = 'main'")
    names += desk.names("select distinct column_name from meta.columns")
    return NameCompleter(names, desk.names("select name from core.practices order by name limit 20000"))


def _answer_all(desk: Desk, text: str, manner: _Manner, say: Callable[[str], None]) -> bool:
    """Answer every question of ``text``, a line with a dot in front among them; whether all had an answer."""
    is_answered = True
    for part in re.split(r"^(\.[a-z]+.*)$", text, flags=re.MULTILINE):
        if part.startswith("."):
            is_answered &= _said(partial(_obey, desk, part.split(), manner), say)
            continue
        try:
            queries = desk.statements(part)
        except QuestionError as error:
            queries, is_answered = [], False
            say(for_terminal(f"no answer: {error}"))
        for query in queries:
            is_answered &= _said(partial(desk.answer, query, manner.rows, manner.form, width()), say)
    return is_answered


def _said(answer: Callable[[], str], say: Callable[[str], None]) -> bool:
    """Say the answer, or why there is none; whether there was one."""
    try:
        say(answer())
    except QuestionError as error:
        say(for_terminal(f"no answer: {error}"))
        return False
    return True


def _obey(desk: Desk, words: list[str], manner: _Manner) -> str:
    command, arguments = words[0], words[1:]
    quoted = arguments[0].replace("'", "''") if arguments else ""
    if command == ".tables":
        return desk.answer(_TABLES.replace(":part", quoted), None, "table", width())
    if command == ".columns" and quoted:
        return desk.answer(_COLUMNS.replace(":table", quoted.rpartition(".")[2]), None, "table", width())
    if command == ".as" and arguments and arguments[0] in get_args(AnswerForm):
        manner.form = next(form for form in get_args(AnswerForm) if form == arguments[0])
        return f"answers as {manner.form}"
    if command == ".rows" and arguments and arguments[0].isdigit():
        manner.rows = int(arguments[0]) or None
        return f"at most {manner.rows} rows" if manner.rows else "all rows"
    return _HELP


def width() -> int:
    """Columns of the terminal that answers go to; PLAIN_WIDTH where they go to a file."""
    return shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns if sys.stdout.isatty() else PLAIN_WIDTH
