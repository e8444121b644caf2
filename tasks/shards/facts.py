"""Extracts the facts of one shard of articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from tasks.facts.kinds import BATCH, read_facts, read_facts_of_all
from tasks.facts.practices.spelling_keys import canonical_practice_name
from tasks.facts.text.reading import Reading
from tasks.records import (
    DateMention,
    DocumentMention,
    Facts,
    Figure,
    OrganizationMention,
    PersonMention,
    PlaceMention,
    PracticeMention,
    PracticePlace,
    Quote,
    Sentence,
    stable_id,
)
from tasks.shards.files import write_frame, write_tables
from tasks.shards.verification import verified_facts
from warehouse.schemas import columns_frame

FACT_TABLES = {
    "place_mentions": "places",
    "organization_mentions": "organizations",
    "person_mentions": "people",
    "quotes": "quotes",
    "dates": "dates",
    "figures": "figures",
    "practice_mentions": "practices",
    "practice_mention_places": "practice_places",
    "document_mentions": "documents",
    "sentences": "sentences",
    "words": "words",
}
# What is told of sentences, words and other facts is not counted as a fact.
_NO_FACTS = frozenset({"practice_mention_places", "sentences", "words"})
_COLUMNS = {
    "place_mentions": PlaceMention._fields,
    "organization_mentions": OrganizationMention._fields,
    "person_mentions": PersonMention._fields,
    "quotes": Quote._fields,
    "dates": DateMention._fields,
    "figures": Figure._fields,
    "practice_mentions": PracticeMention._fields,
    "practice_mention_places": PracticePlace._fields,
    "document_mentions": DocumentMention._fields,
    "sentences": Sentence._fields,
    "words": ("word", "occurrence_count"),
}


def extract_facts(article_path: Path, out_folder: Path, shard: str) -> dict[str, int]:
    """Facts of the articles in a Parquet file (article_id, title, text, published_on, site, outlet, dateline,
    contributors: list of names); one file per fact table. Returns the counts ``articles``, ``facts`` and ``failed``.
    """
    tables: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    rejections: list[dict[str, object]] = []
    failed = 0
    frame = pl.read_parquet(article_path)
    for row, reading, found in _facts_of(frame):
        try:
            if isinstance(found, Exception):
                raise found
            facts, problems = verified_facts(reading.text, found)
        except Exception as error:  # the article stays; that its facts are missing is reported by name
            failed += 1
            rejections.append(_failure(row, f"{type(error).__name__}: {error}"))
            continue
        if problems:
            rejections.append(_failure(row, "; ".join(problems)))
        for table, attribute in FACT_TABLES.items():
            article_id = str(row["article_id"])
            tables[table] += [(article_id, *fact) for fact in facts[attribute]]
    for table, rows in tables.items():
        if rows:
            write_frame(_frame(table, rows), out_folder / table / f"{shard}.parquet")
    write_tables({"rejections": rejections}, out_folder, shard)
    facts_found = sum(len(tables[table]) for table in FACT_TABLES if table not in _NO_FACTS)
    return {"articles": frame.height, "facts": facts_found, "failed": failed}


def _facts_of(frame: pl.DataFrame) -> Iterator[tuple[dict[str, Any], Reading, Facts | Exception]]:
    """Row, reading and facts of each article; where one of a batch cannot be read, the batch is read one by one."""
    for first in range(0, frame.height, BATCH):
        rows = frame.slice(first, BATCH).to_dicts()
        readings = [_reading(row) for row in rows]
        found: Sequence[Facts | Exception]
        try:
            found = read_facts_of_all(readings)
        except Exception:
            found = [_facts_or_error(reading) for reading in readings]
        yield from zip(rows, readings, found, strict=True)


def _facts_or_error(reading: Reading) -> Facts | Exception:
    try:
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


def _frame(table: str, rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    """Facts of one kind, each behind the identifier of its article, as a frame of their table."""
    names = ("article_id", *_COLUMNS[table])
    columns: dict[str, Sequence[Any]] = dict(zip(names, zip(*rows, strict=True), strict=True))
    if table == "practice_mentions":
        columns["practice_id"] = [stable_id(canonical_practice_name(name)) for name in columns["name"]]
    return columns_frame(table, columns)


def _failure(row: dict[str, object], detail: str) -> dict[str, object]:
    return {
        "rejection_id": stable_id(str(row["article_id"]), "extract", "processing_failed"),
        "uri": row["uri"],
        "document_id": row["document_id"],
        "stage": "extract",
        "reason": "processing_failed",
        "detail": f"article {row['article_id']}: {detail}",
    }
