"""Knows data and code from pages: JSON, tables, SQL, logs and source text are no articles, whatever stands in them.

What a suffix or a header claims settles it, and so does what the text looks like; a page that holds such text among its
paragraphs is still a page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from tasks.lexicon.characters import pattern_of

# Media types (as claimed by a server, or given to a suffix) of what is no page, with the word for the ledger.
CLAIMED = {
    "application/json": "JSON",
    "application/x-ndjson": "JSON lines",
    "application/sql": "SQL",
    "text/csv": "a table",
    "text/tab-separated-values": "a table",
    "text/x-log": "a log",
    "text/x-source": "source text",
    "text/css": "a style sheet",
    "text/javascript": "a script",
    "application/javascript": "a script",
}
SUFFIXES = {
    ".json": "application/json",
    ".geojson": "application/json",
    ".sql": "application/sql",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".log": "text/x-log",
    ".css": "text/css",
    ".js": "text/javascript",
    **dict.fromkeys((".py", ".java", ".c", ".cpp", ".h", ".sh", ".php", ".rb", ".go", ".rs", ".ts"), "text/x-source"),
    **dict.fromkeys((".ini", ".toml", ".yaml", ".yml"), "text/x-source"),
}

_HEAD_CHARACTERS = 20_000
_HEAD_LINES = 60
_DECLARED_PAGE = re.compile(
    r"\s*+(?:<!--.{0,500}?-->\s*+)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_JSON_START = re.compile(r"\s*+(?:[\w.$]{1,80}\s*+\(\s*+)?(?:\{\s*+\"|\[\s*+[\[{\"])")
_JSON_KEY = re.compile(r"\"[\w.$@-]{1,60}\"\s{0,4}:")
# The beginning of a statement of SQL on a line of its own.
_SQL = re.compile(
    r"\s*+(?:insert\s+into|create\s+(?:table|database|index|view)|drop\s+table|alter\s+table|lock\s+tables"
    r"|unlock\s+tables"
    r"|replace\s+into|delete\s+from|update\s+\S+\s+set|set\s+\S+\s*=|--|/\*!|\) engine)",
    re.IGNORECASE,
)
# The beginning of a line of a log: a moment, a level, an address.
_LOG = re.compile(
    r"(?=.{0,60}\d\d:\d\d:\d\d).{0,120}?(?:\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\b|\"(?:GET"
    r"|POST|HEAD) /)"
)
_SOURCE = re.compile(
    r"\s*+(?:import\s+[\w.{*]+|from\s+[\w.]+\s+import\b|def\s+\w+\s*\(|class\s+\w+\s*[(:{]|return\b.*[;)\w]$|#include\b"
    r"|(?:public|private|static|function|var|let|const)\s+\w+|[\])}]+[;,]?$|@\w+|//\s|if\s*\(.*\)\s*\{|\w+\s*=\s*\w+\()"
)
_CHINESE = pattern_of(r"[[:han:]]")


def data_format(text: str, claimed: str | None) -> str | None:
    """What kind of data or code ``text`` is, as a word for the ledger; None where it may be a page.

    >>> data_format('[{"title": "议事厅开门", "id": 3}]', None), data_format("议事厅开门\\n县里开会。", "text/plain")
    ('JSON', None)
    """
    head = text[:_HEAD_CHARACTERS]
    if _DECLARED_PAGE.match(head):
        return None
    if claimed in CLAIMED:
        return CLAIMED[claimed]
    if _JSON_START.match(head) and _is_json(text, head):
        return "JSON"
    lines = [line for line in head.split("\n")[:_HEAD_LINES] if line.strip()]
    if len(lines) < 3:
        return None
    if _share(_SQL, lines) >= 1 / 3 and ";" in head:
        return "SQL"
    if _share(_LOG, lines) >= 2 / 3:
        return "a log"
    if _share(_SOURCE, lines) >= 1 / 3 and _share(_CHINESE, lines) < 1 / 2:
        return "source text"
    return "a table" if _is_table(lines) else None


def _is_json(text: str, head: str) -> bool:
    stripped = text.strip()
    try:
        json.loads(stripped)
    except (ValueError, RecursionError):
        # Cut off, one object a line, or wrapped in a call: then the keys tell.
        return len(_JSON_KEY.findall(head)) >= 2
    return True


def _share(pattern: re.Pattern[str], lines: Sequence[str]) -> float:
    return sum(
        pattern.search(line) is not None if pattern is _CHINESE else pattern.match(line) is not None for line in lines
    ) / len(lines)


def _is_table(lines: Sequence[str]) -> bool:
    """Whether all lines have the same number of tabs, two or more: paragraphs have none, lists of a page have one."""
    counts = {line.count("\t") for line in lines}
    return len(counts) == 1 and counts.pop() >= 2
