"""The questions of the README and their answers: rendered from the loaded sample, so that they cannot grow stale.

``python -m tests.readme_answers WAREHOUSE`` writes the answers into README.md again.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

import duckdb

README = Path(__file__).resolve().parents[1] / "README.md"
_PAIR = re.compile(r"```sql\n(?P<query>.*?)```\n\n```text\n(?P<answer>.*?)```", re.DOTALL)


def question_pairs(readme: str) -> list[tuple[str, str]]:
    """Each SQL block that is followed by its answer, with that answer."""
    return [(match["query"], match["answer"]) for match in _PAIR.finditer(readme)]


def answer_of(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """The rows of ``query`` as a table of plain text; a Chinese character is two columns wide."""
    relation = connection.sql(query)
    rows = [tuple(relation.columns), *relation.fetchall()]
    cells = [["" if value is None else _plain(value) for value in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True)) for row in cells]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return str(value)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "FW" else 1 for character in text)


def main(warehouse: str) -> None:
    """Write the answers of ``warehouse`` into README.md."""
    readme = README.read_text("utf-8")
    with duckdb.connect(warehouse, read_only=True) as connection:

        def renew(match: re.Match[str]) -> str:
            return f"```sql\n{match['query']}```\n\n```text\n{answer_of(connection, match['query'])}```"

        README.write_text(_PAIR.sub(renew, readme), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
