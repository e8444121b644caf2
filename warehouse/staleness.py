"""Which tables are to be made anew when others have changed: told by what the SQL files read and write.

A file reads every table it names and writes those it fills, deletes from, updates or creates; a mart writes the table
of its own name. So a run that changed nothing builds no summary, and one that only visited its sources builds the few
that tell of runs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

_NAMED = re.compile(r"\b(?:core|mart|meta)\.\w+")
_WRITTEN = re.compile(
    r"\b(?:insert into|update|delete from|create or replace (?:table|view)) ((?:core|mart|meta)\.\w+)", re.IGNORECASE
)
# Every run adds to these, also one that changed nothing: they tell of runs.
LEDGERS = frozenset({"core.runs", "core.run_stages"})
# What a file says in comments reads nothing.
_SAID = re.compile(r"--[^\n]*|\bcomment on [^']*'(?:[^']|'')*'", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """One file that builds ``table`` (such as ``mart.adoptions``)."""

    table: str
    text: str


def tables_of(statement: str) -> set[str]:
    """The tables that a statement names, comments aside.

    >>> sorted(tables_of("select 1 from core.articles as a -- not mart.sites"))
    ['core.articles']
    """
    return set(_NAMED.findall(_SAID.sub("", statement)))


def of_runs_only(sources: Iterable[Source]) -> frozenset[str]:
    """The tables that are made of LEDGERS and nothing else."""
    read = {source.table: tables_of(source.text) - {source.table} for source in sources}
    return frozenset(table for table, found in read.items() if found and found <= LEDGERS)


def stale_tables(changed: Iterable[str], sources: Iterable[Source], there: Collection[str]) -> frozenset[str]:
    """The ``changed`` tables and all that follow from them, by ``sources`` in the order in which they are run.

    A table that is not ``there`` is stale whatever it reads.
    """
    stale = set(changed)
    for source in sources:
        if source.table not in there or tables_of(source.text) & stale:
            stale |= {source.table, *_WRITTEN.findall(_SAID.sub("", source.text))}
    return frozenset(stale)
