"""Extracts the facts of one shard of articles."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from tasks.facts.facts import read_facts
from tasks.facts.practice_names import canonical_practice_name
from tasks.facts.readings import Reading
from tasks.records import stable_id
from tasks.shards.files import write_tables
from tasks.shards.verification import verified_facts

FACT_TABLES = {
    "place_mentions": "places",
    "organization_mentions": "organizations",
    "person_mentions": "people",
    "quotes": "quotes",
    "dates": "dates",
    "figures": "figures",
    "practice_mentions": "practices",
    "document_mentions": "documents",
    "sentences": "sentences",
    "words": "words",
}


def extract_facts(article_path: Path, out_folder: Path, shard: str) -> dict[str, int]:
    """Facts of the articles in a Parquet file (article_id, title, text, published_on, site, outlet, dateline,
    contributors: list of names); one file per fact table. Returns the counts ``articles``, ``facts`` and ``failed``.
    """
    tables: dict[str, list[dict[str, object]]] = defaultdict(list)
    failed = 0
    frame = pl.read_parquet(article_path)
    for row in frame.iter_rows(named=True):
        reading = Reading(
            text=row["text"],
            title=row["title"] or "",
            published_on=_day(row["published_on"]),
            site=row["site"],
            outlet=row["outlet"],
            dateline=row["dateline"],
            contributors=tuple(row["contributors"] or ()),
        )
        try:
            facts, problems = verified_facts(reading.text, read_facts(reading))
        except Exception as error:  # the article stays; that its facts are missing is reported by name
            failed += 1
            tables["rejections"].append(_failure(row, f"{type(error).__name__}: {error}"))
            continue
        if problems:
            tables["rejections"].append(_failure(row, "; ".join(problems)))
        _add_facts(tables, str(row["article_id"]), facts)
    write_tables(tables, out_folder, shard)
    facts_found = sum(len(tables[table]) for table in FACT_TABLES if table not in {"sentences", "words"})
    return {"articles": frame.height, "facts": facts_found, "failed": failed}


def _add_facts(tables: dict[str, list[dict[str, object]]], article_id: str, facts: dict[str, list[Any]]) -> None:
    for table, attribute in FACT_TABLES.items():
        for fact in facts[attribute]:
            row = {"article_id": article_id, **asdict(fact)}
            if table == "practice_mentions":
                row["practice_id"] = stable_id(canonical_practice_name(row["name"]))
            tables[table].append(row)


def _failure(row: dict[str, object], detail: str) -> dict[str, object]:
    return {
        "rejection_id": stable_id(str(row["article_id"]), "extract", "processing_failed"),
        "uri": row["uri"],
        "document_id": row["document_id"],
        "stage": "extract",
        "reason": "processing_failed",
        "detail": f"article {row['article_id']}: {detail}",
    }


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
