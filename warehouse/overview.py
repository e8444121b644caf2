"""What a warehouse holds, at a glance: the counts a closing summary shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from warehouse.connections import open_warehouse

COUNTED_TABLES = (
    "documents",
    "articles",
    "stories",
    "practices",
    "place_mentions",
    "person_mentions",
    "organization_mentions",
    "figures",
    "quotes",
    "repairs",
)


@dataclass(frozen=True)
class Overview:
    """``inputs``: the outcome counts of the run; ``tables``: rows of the main tables; ``rejections``: all of them.

    ``other_versions``: the code of earlier runs whose rows the warehouse may still hold, where it was other code;
    ``new_documents``: pages the warehouse did not have before the run; ``idle_overrides``: lines of overrides.csv that
    change no mention.
    """

    inputs: dict[str, int]
    tables: dict[str, int]
    rejections: pl.DataFrame
    other_versions: tuple[str, ...] = ()
    new_documents: int = 0
    idle_overrides: tuple[str, ...] = ()


# Repairs of what somebody broke; white space, punctuation and script differ on every other page.
_DAMAGE = ("wrong_charset", "byte_shift", "pinyin", "entity", "lost", "ocr", "twin")
_DAMAGE_SHOWN = 20


def read_damage(warehouse: Path, touched: pl.DataFrame) -> pl.DataFrame:
    """The repairs of the most damaged page among the ``touched`` documents (``id``), each once, in the order of the
    page: uri, kind, damaged, restored, times."""
    with open_warehouse(warehouse) as connection:
        connection.register("touched", touched)
        found: pl.DataFrame = connection.sql(
            """
            with damage as (
                select r.*, count(*) over (partition by r.document_id) as damage_count
                from core.repairs as r
                where r.kind in (select unnest(?)) and r.document_id in (select id from touched)
            )
            select d.uri, r.kind, r.damaged, r.restored, count(*) as times
            from damage as r join core.documents as d using (document_id)
            where r.document_id = (select document_id from damage order by damage_count desc, document_id limit 1)
            group by d.uri, r.kind, r.damaged, r.restored
            order by min(r.ordinal) limit ?
            """,
            params=[list(_DAMAGE), _DAMAGE_SHOWN],
        ).pl()
    return found


def versions_of_rows(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The code that may have made rows of an open warehouse: that of each run since all pages were read anew."""
    rows = connection.execute(
        """
        select distinct code_version
        from core.runs
        where code_version is not null
            and started_at >= (select coalesce(max(started_at) filter (has_read_all), min(started_at)) from core.runs)
        order by code_version
        """
    ).fetchall()
    return [version for (version,) in rows]


def read_overview(warehouse: Path, run_id: str) -> Overview:
    """The overview after the run ``run_id``; the warehouse is only read."""
    with open_warehouse(warehouse) as connection:
        rows = connection.execute(
            "select input_count, loaded_count, copy_count, rejected_count, new_document_count"
            " from core.runs where run_id = ?",
            [run_id],
        ).fetchall()
        *counts, new_documents = rows[0] if rows else (0, 0, 0, 0, 0)
        tables = {
            table: int(connection.execute(f"select count(*) from core.{table}").fetchall()[0][0])
            for table in COUNTED_TABLES
        }
        rejections = connection.sql(
            "select stage, reason, source, uri, detail from core.rejections order by stage, reason, uri, detail"
        ).pl()
        versions = versions_of_rows(connection)
        own = connection.execute("select code_version from core.runs where run_id = ?", [run_id]).fetchall()
        idle = connection.execute(
            "select concat_ws(' ', action, name, adcode, target) from core.practice_overrides"
            " where mention_count = 0 order by ordinal"
        ).fetchall()
    inputs = dict(zip(("inputs", "loaded", "copies", "rejected"), counts, strict=True))
    others = tuple(one for one in versions if (one,) not in own)
    return Overview(inputs, tables, rejections, others, new_documents, tuple(line for (line,) in idle))
