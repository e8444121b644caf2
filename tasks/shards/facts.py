"""Extracts the facts of one shard of articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from tasks.facts.kinds import BATCH, FACT_KINDS, FactKind, read_facts, read_facts_of_all
from tasks.facts.text.reading import Reading
from tasks.records import Facts, RejectionReason, stable_id
from tasks.shards.deadlines import named, page_deadline
from tasks.shards.shard_files import write_frame, write_tables
from tasks.shards.verification import verified_facts
from tasks.work import ShardedTables
from warehouse.schemas import columns_frame


def extract_facts(article_path: Path, out: ShardedTables, shard: str) -> dict[str, int]:
    """Facts of the articles in a Parquet file (article_id, title, text, published_on, site, outlet, dateline,
    contributors: list of names); one file per fact table. Returns the counts ``articles``, ``facts`` and ``failed``.
    """
    tables: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    of_articles: dict[str, list[str]] = defaultdict(list)
    rejections: list[dict[str, object]] = []
    failed = 0
    frame = pl.read_parquet(article_path, glob=False)
    for row, reading, found in _facts_of(frame):
        try:
            if isinstance(found, Exception):
                raise found
            facts, problems = verified_facts(reading.text, found, FACT_KINDS)
        except Exception as error:  # the article stays; that its facts are missing is reported by name
            failed += 1
            rejections.append(_failure(row, *named(error)))
            continue
        if problems:
            rejections.append(_failure(row, "processing_failed", "; ".join(problems)))
        article_id = str(row["article_id"])
        for table, rows in facts.items():
            of_articles[table] += [article_id] * len(rows)
            tables[table] += rows
    for kind in FACT_KINDS:
        if tables[kind.table]:
            frame_of_kind = _frame(kind, of_articles[kind.table], tables[kind.table])
            write_frame(frame_of_kind, out.shard(kind.table, shard))
    write_tables({"rejections": rejections}, out, shard)
    facts_found = sum(len(tables[kind.table]) for kind in FACT_KINDS if kind.is_counted)
    return {"articles": frame.height, "facts": facts_found, "failed": failed}


def _facts_of(frame: pl.DataFrame) -> Iterator[tuple[dict[str, Any], Reading, Facts | Exception]]:
    """Row, reading and facts of each article; where one of a batch cannot be read, the batch is read one by one."""
    for first in range(0, frame.height, BATCH):
        rows = frame.slice(first, BATCH).to_dicts()
        readings = [_reading(row) for row in rows]
        found: Sequence[Facts | Exception]
        try:
            with page_deadline():
                found = read_facts_of_all(readings)
        except Exception:
            found = [_facts_or_error(reading) for reading in readings]
        yield from zip(rows, readings, found, strict=True)


def _facts_or_error(reading: Reading) -> Facts | Exception:
    try:
        with page_deadline():
            return read_facts(reading)
    except Exception as error:
        return error


def _reading(row: dict[str, Any]) -> Reading:
    return Reading(
        text=row["text"],
        title=row["title"] or "",
        published_on=row["published_on"] if isinstance(row["published_on"], date) else None,
        site=row["site"],
        outlet=row["outlet"],
        dateline=row["dateline"],
        contributors=tuple(row["contributors"] or ()),
    )


def _frame(kind: FactKind, article_ids: list[str], facts: list[tuple[Any, ...]]) -> pl.DataFrame:
    """Facts of one kind and the article of each as a frame of their table."""
    columns: dict[str, Sequence[Any]] = {"article_id": article_ids}
    columns |= zip(kind.fields, zip(*facts, strict=True), strict=True)
    columns |= {name: list(map(derive, facts)) for name, derive in kind.derived.items()}
    return columns_frame(kind.table, columns)


def _failure(row: dict[str, object], reason: RejectionReason, detail: str) -> dict[str, object]:
    return {
        "rejection_id": stable_id(str(row["article_id"]), "extract", reason),
        "uri": row["uri"],
        "document_id": row["document_id"],
        "stage": "extract",
        "reason": reason,
        "detail": f"article {row['article_id']}: {detail}",
    }
