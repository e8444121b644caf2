"""Reads the lists and tables of this folder: what the rules of several kinds of fact know about words.

Each file begins with a line ``# what it is; who uses it; source``, which is not part of it. Lists are read in words,
whatever stands between them; tables by the names of their columns.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


def data_lines(path: str) -> list[str]:
    """The lines of ``tasks/lexicon/<path>`` below its header.

    >>> data_lines("data/units.csv")[0]
    'surface,unit,factor,kind,not_before'
    """
    lines = (_FOLDER / path).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def table_rows(path: str) -> list[dict[str, str]]:
    """The rows of a ``.csv`` or ``.tsv`` file below ``tasks/lexicon`` by the names of its columns."""
    return list(csv.DictReader(data_lines(path), delimiter="\t" if path.endswith(".tsv") else ","))


def word_list(name: str, folder: str = "data") -> list[str]:
    """The words of ``<folder>/<name>.txt`` in the order in which they stand there."""
    return [word for line in data_lines(f"{folder}/{name}.txt") for word in line.split()]


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of ``data/<name>.txt``.

    >>> "书记" in word_set("governance_words"), "书记" in word_set("stop_words")
    (True, False)
    """
    return frozenset(word_list(name))


@cache
def words_for(table: str, use: str) -> frozenset[str]:
    """The words of ``data/<table>.csv`` that its column ``uses`` gives for ``use``: each word stands once, with its
    readers.

    >>> "推行" in words_for("practices/setting_up_verbs", "create")
    True
    """
    words = frozenset(row["word"] for row in table_rows(f"data/{table}.csv") if use in row["uses"].split())
    if not words:
        raise ValueError(f"{table} has no word for {use}")
    return words


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, the longest first so that no shorter one hides it, grouped by first characters.

    >>> any_of(["推行", "推出", "办"])
    '(?:办|推(?:出|行))'
    """
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    groups = [
        re.escape(first) + (rests[0] if len(rests) == 1 else f"(?:{'|'.join(rests)})")
        for first, rests in sorted(by_first.items())
    ]
    return f"(?:{'|'.join(groups)})"
