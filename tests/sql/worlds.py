"""Builds a small warehouse from a handful of articles, so that a case can say rows in and rows out in a few lines.

A world is a dict: ``articles`` (see ``_ARTICLE``), and rows of further core tables by table name. Mentions are given by
their surface; their offsets are found in the text, each after the last one with the same surface. The place of a
practice is a code, or several with a space between them (``_practice_place``).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from tasks.catalogue import catalogue
from tasks.facts.text.reading import split_sentences
from tasks.records import stable_id
from warehouse.models import all_checks, build_models, create_tables, tell_first_day
from warehouse.statements import fact_counts

SQL_FOLDER = Path(__file__).parents[2] / "sql"
CASE_FOLDER = Path(__file__).parents[1] / "cases" / "sql"

Row = dict[str, Any]

_ARTICLE: Row = {
    "id": "",
    "document": None,
    "text": "正文。",
    "title": None,
    "site": None,
    "outlet": None,
    "on": None,
    "story": None,
    "relation": "canonical",
    "role": "original",
    "position": 0,
    "lag": None,
    "similarity": 1.0,
    "words": {},
}

# For each kind of mention: its table, the names of what follows the surface, and what an empty place stands for.
_MENTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "places": ("place_mentions", ("adcode", "level", "place_name")),
    "organizations": ("organization_mentions", ("kind", "adcode")),
    "people": ("person_mentions", ("role", "organization")),
    "quotes": ("quotes", ("speaker", "speaker_role")),
    "dates": ("dates", ("iso",)),
    "figures": ("figures", ("value", "unit", "subject", "adcode", "year", "approximate", "value_max")),
    "designations": (
        "designations",
        ("place_name", "adcode", "designation", "status", "practice_name", "level", "designated_by", "designated_at"),
    ),
    "practices": (
        "practice_mentions",
        ("kind", "adcode", "name", "status", "stated_on", "stated_until", "stated_precision"),
    ),
    "documents": ("document_mentions", ("title", "number", "issuer")),
}

_GAZETTEER = (
    ("350000", "福建省", "福建省", "province", None, "福建"),
    ("350500", "泉州市", "福建省泉州市", "city", "350000", "泉州"),
    ("350581", "石狮市", "福建省泉州市石狮市", "county", "350500", "石狮"),
    ("350582", "晋江市", "福建省泉州市晋江市", "county", "350500", "晋江"),
    ("350583", "南安市", "福建省泉州市南安市", "county", "350500", "南安"),
    ("520000", "贵州省", "贵州省", "province", None, "贵州"),
    ("520300", "遵义市", "贵州省遵义市", "city", "520000", "遵义"),
    ("520382", "仁怀市", "贵州省遵义市仁怀市", "county", "520300", "仁怀"),
)


def load_cases(name: str) -> list[Row]:
    """The cases of ``tests/cases/sql/<name>.json``."""
    cases: list[Row] = json.loads((CASE_FOLDER / f"{name}.json").read_text("utf-8"))
    return cases


def sql_names(folder: str) -> list[str]:
    """The names of the files in ``sql/<folder>``, in order."""
    return sorted(path.stem for path in (SQL_FOLDER / folder).glob("*.sql"))


def open_warehouse() -> duckdb.DuckDBPyConnection:
    """A warehouse in memory with empty core tables."""
    connection = duckdb.connect()
    connection.execute("set timezone = 'Asia/Shanghai'")
    connection.execute("set threads = 1")
    create_tables(connection)
    tell_first_day(connection)
    return connection


def open_world(world: Row) -> duckdb.DuckDBPyConnection:
    """A warehouse in memory with the rows of ``world`` in core, all marts and macros built."""
    connection = open_warehouse()
    fill(connection, world)
    build_models(connection, catalogue())
    return connection


def fill(connection: duckdb.DuckDBPyConnection, world: Row) -> None:
    """Append the rows of ``world`` to the core tables."""
    for table, rows in core_rows(world).items():
        insert(connection, table, rows)


def build_summary(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Build one summary table and what it needs, nothing else."""
    connection.execute(fact_counts(catalogue()))
    connection.execute((SQL_FOLDER / "fills" / "practices.sql").read_text("utf-8"))
    _build(connection, table, set())


def _build(connection: duckdb.DuckDBPyConnection, table: str, built: set[str]) -> None:
    """Build one summary table after those its ``-- After:`` line names."""
    if table in built:
        return
    built.add(table)
    source = (SQL_FOLDER / "mart" / f"{table}.sql").read_text("utf-8")
    after = re.search(r"^-- After: (.+)$", source, re.MULTILINE)
    for name in after.group(1).split(",") if after else ():
        _build(connection, name.strip().removeprefix("mart/"), built)
    connection.execute(source)


def failing(connection: duckdb.DuckDBPyConnection, check: str) -> list[tuple[Any, ...]]:
    """The offending rows of one check."""
    return connection.execute(all_checks(catalogue())[check]).fetchall()


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    """Append ``rows`` to ``core.<table>``; a column that a row does not name is null."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    if rows:
        marks = ", ".join(f"({', '.join('?' * len(names))})" for _ in rows)
        values = [row.get(name) for row in rows for name in names]
        connection.execute(f"insert into core.{table} ({', '.join(names)}) values {marks}", values)


def core_rows(world: Row) -> dict[str, list[Row]]:
    """The rows of every core table that ``world`` describes."""
    tables: dict[str, list[Row]] = defaultdict(list)
    tables["places"] = [dict(row) for row in _gazetteer()]
    documents: dict[str, list[Row]] = defaultdict(list)
    for given in world.get("articles", ()):
        article = _ARTICLE | given
        article["document"] = article["document"] or f"d-{article['id']}"
        article["story"] = article["story"] or f"s-{article['id']}"
        documents[article["document"]].append(article)
    for document_id, articles in documents.items():
        _add_document(tables, document_id, articles)
    _add_stories(tables, [article for articles in documents.values() for article in articles])
    for table, rows in world.items():
        if table != "articles":
            tables[table] = [*tables[table], *rows]
    return tables


@cache
def _gazetteer() -> tuple[Row, ...]:
    columns = ("adcode", "name", "full_name", "level", "parent_adcode", "short_name")
    return tuple(dict(zip(columns, row, strict=True)) for row in _GAZETTEER)


def _add_document(tables: dict[str, list[Row]], document_id: str, articles: list[Row]) -> None:
    visible = 0
    number = 0
    for ordinal, article in enumerate(articles):
        for text in article["text"].split("\n"):
            size = sum(map(len, text.split()))
            visible += size
            block = {"kind": "paragraph", "article_id": article["id"], "char_count": size}
            tables["blocks"].append({"document_id": document_id, "ordinal": number, **block})
            number += 1
        _add_article(tables, document_id, ordinal, article)
    tables["documents"].append(
        {
            "document_id": document_id,
            "uri": f"pages/{document_id}.txt",
            "content_sha256": stable_id(document_id),
            "source": "pages",
            "media_type": "text/plain",
            "charset": "utf-8",
            "byte_count": visible * 3,
            "status": "loaded",
            "site_key": articles[0].get("site_key"),
            "char_count": visible,
            "lost_char_count": articles[0].get("lost", 0),
        }
    )


def _add_article(tables: dict[str, list[Row]], document_id: str, ordinal: int, article: Row) -> None:
    text = article["text"]
    tables["articles"].append(
        {
            "article_id": article["id"],
            "document_id": document_id,
            "ordinal": ordinal,
            "title": article["title"],
            "published_on": _day(article["on"]),
            "published_precision": "day" if article["on"] else None,
            "site": article["site"],
            "outlet": article["outlet"],
            "text": text,
            "char_count": len(text),
            "is_complete": True,
        }
    )
    start = 0
    for number, paragraph in enumerate(text.split("\n")):
        span = {"start_char": start, "end_char": start + len(paragraph)}
        row = {"article_id": article["id"], "ordinal": number, "kind": "paragraph", "text": paragraph}
        tables["paragraphs"].append(row | span)
        start += len(paragraph) + 1
    if article["relation"] == "exact":
        return
    for sentence in split_sentences(text):
        span = {"start_char": sentence.start_char, "end_char": sentence.end_char}
        tables["sentences"].append({"article_id": article["id"], **span})
    for word, count in article["words"].items():
        tables["words"].append({"article_id": article["id"], "word": word, "occurrence_count": count})
    for kind, (table, names) in _MENTIONS.items():
        found: dict[str, int] = {}
        for surface, *rest in article.get(kind, ()):
            start = text.index(surface, found.get(surface, 0))
            found[surface] = start + len(surface)
            row = {"article_id": article["id"], "start_char": start, "end_char": start + len(surface)}
            named = dict(zip(names, rest, strict=False))
            mention = row | _mention(kind, surface, named)
            tables[table].append(mention)
            if kind == "practices":
                times = {name: mention.get(name) for name in ("stated_on", "stated_until", "stated_precision")}
                spoken_of = [_practice_place(row, place) | times for place in (named.get("adcode") or "").split()]
                tables["practice_mention_places"] += spoken_of
                if spoken_of:
                    mention["adcode"], mention["place_name"] = spoken_of[0]["adcode"], spoken_of[0]["place_name"]


def _mention(kind: str, surface: str, named: Row) -> Row:
    if kind == "places":
        return {"surface": surface, "place_name": surface, "level": "county", "candidates": []} | named
    if kind == "organizations":
        return {"surface": surface, "name": surface, "kind": "government"} | named
    if kind == "people":
        return {"name": surface} | named
    if kind == "quotes":
        return {"text": surface} | named
    if kind == "dates":
        return {"surface": surface} | named
    if kind == "figures":
        return {"surface": surface, "unit": "户", "approximate": False} | named
    if kind == "practices":
        given = {name: value for name, value in named.items() if value is not None}
        row = {"surface": surface, "name": surface, "kind": "other", "parts": [], "status": "adopted"} | given
        return row | {"practice_id": f"p-{row['name']}", "spelling_id": f"p-{row['name']}"}
    if kind == "designations":
        return {"surface": surface} | named
    return named


def _practice_place(mention: Row, place: str) -> Row:
    """One place of a practice mention: its code, ``350581+灵秀镇`` for one in it, ``^350500`` for a mere superior."""
    code, _, below = place.removeprefix("^").partition("+")
    name, level = next(((full, level) for adcode, _, full, level, *_ in _GAZETTEER if adcode == code), (code, "other"))
    if below:
        level = {"村": "village", "区": "community"}.get(below[-1], "township")
    row = {"article_id": mention["article_id"], "start_char": mention["start_char"], "adcode": code}
    return row | {
        "place_name": name + below,
        "level": level,
        "role": "superior" if place.startswith("^") else "own",
    }


def _add_stories(tables: dict[str, list[Row]], articles: list[Row]) -> None:
    stories: dict[str, list[Row]] = defaultdict(list)
    for article in articles:
        stories[article["story"]].append(article)
        tables["story_articles"].append(
            {
                "article_id": article["id"],
                "story_id": article["story"],
                "relation": article["relation"],
                "similarity": article["similarity"],
                "role": article["role"],
                "position": article["position"],
                "lag_days": article["lag"],
            }
        )
    for story_id, members in stories.items():
        canonical = next(member for member in members if member["relation"] == "canonical")
        days = [date.fromisoformat(member["on"]) for member in members if member["on"]]
        tables["stories"].append(
            {
                "story_id": story_id,
                "canonical_article_id": canonical["id"],
                "title": canonical["title"],
                "article_count": len(members),
                "site_count": len({member["site"] for member in members if member["site"]}),
                "first_published_on": min(days, default=None),
                "last_published_on": max(days, default=None),
            }
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
