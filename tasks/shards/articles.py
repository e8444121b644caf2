"""Finds the articles on one shard of repaired texts and writes the rows of every table that describes a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl

from tasks.duplicates.doubtful_runs import doubtful_runs_of, doubts_in
from tasks.pages.listed import as_listed
from tasks.pages.reading import read_page
from tasks.records import Article, Page, RemovedBlock, Repair, stable_id
from tasks.shards.deadlines import named, page_deadline
from tasks.shards.shard_files import write_columns, write_tables
from tasks.shards.texts import stored_repairs
from tasks.shards.verification import verify_page
from tasks.work import ShardedTables

Rows = dict[str, list[dict[str, object]]]
# By table its columns. For time alone: a page has a thousand blocks, removed blocks and repairs.
Columns = dict[str, dict[str, list[object]]]

_BODY_KINDS = frozenset({"heading", "paragraph", "caption", "summary", "removed", "repeated"})


def read_articles(
    text_path: Path, repeated_path: Path, listings_path: Path, first_day: date, out: ShardedTables, shard: str
) -> dict[str, int]:
    """Read the pages of a text file; write ``documents`` (without what the store knows), ``articles`` and the rest.

    ``repeated_path`` holds site_key and line of the lines that each site repeats, ``listings_path`` what sources say of
    pages (``warehouse.listings.LISTING_SCHEMA``); none counts as published before ``first_day``. Returns the counts
    ``documents``, ``articles`` and ``rejected``.
    """
    texts = pl.read_parquet(text_path, glob=False)
    frozen = _repeated_lines(repeated_path, texts["site_key"].drop_nulls().unique())
    listings = _listings(listings_path, texts["document_id"])
    tables: Rows = defaultdict(list)
    columns: Columns = defaultdict(partial(defaultdict, list))
    for row in texts.iter_rows(named=True):
        page = None
        if row["reason"] is None:
            try:
                with page_deadline():
                    page = read_page(
                        row["text"],
                        uri=row["uri"],
                        media_type=row["media_type"],
                        repeated=frozen.get(row["site_key"], frozenset()),
                        fetched_on=row["fetched_on"],
                        first_day=first_day,
                        parsed=row["markup"],
                    )
                    verify_page(page, row["fetched_on"])
                listing = listings.get(row["document_id"], (None, None))
                page = replace(
                    page, articles=tuple(as_listed(article, *listing, first_day) for article in page.articles)
                )
            except Exception as error:  # one page's surprise must not stop the others; it is reported by name
                page, (row["reason"], row["detail"]) = None, named(error)
        _add_page(tables, columns, row, page)
    write_tables(tables, out, shard)
    write_columns(columns, out, shard)
    rejected = sum(document["status"] == "rejected" for document in tables["documents"])
    return {
        "documents": len(tables["documents"]),
        "articles": len(tables["articles"]),
        "rejected": rejected,
    }


def _repeated_lines(path: Path, site_keys: pl.Series) -> dict[str, frozenset[str]]:
    """What each of these sites repeats; the lines of all other sites stay on the disk."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = pl.scan_parquet(path, glob=False).filter(pl.col("site_key").is_in(site_keys.implode())).collect()
    for site_key, line in rows.select("site_key", "line").iter_rows():
        found[site_key].add(line)
    return {site_key: frozenset(lines) for site_key, lines in found.items()}


def _listings(path: Path, document_ids: pl.Series) -> dict[str, tuple[date | None, str | None]]:
    """What sources say of these documents: the day beside the link and the name of the site."""
    rows = pl.scan_parquet(path, glob=False).filter(pl.col("document_id").is_in(document_ids.implode())).collect()
    return {
        document_id: (listed_on, site)
        for document_id, listed_on, site in rows.select("document_id", "listed_on", "listed_site").iter_rows()
    }


def _add_page(tables: Rows, columns: Columns, row: dict[str, object], page: Page | None) -> None:
    document_id = str(row["document_id"])
    reason = page.rejection_reason if page else str(row["reason"])
    detail = page.rejection_detail if page else row["detail"]
    if page and not reason and not page.articles:
        reason, detail = "no_article_found", "nothing on the page reads like an article"
    lost = int(str(row["lost_char_count"] or 0))
    counts = [] if reason or not page else [visible_count(block.text) for block in page.blocks]
    tables["documents"].append(
        {
            "document_id": document_id,
            "media_type": row["media_type"],
            "charset": row["charset"],
            "site_key": row["site_key"],
            "status": "rejected" if reason else "loaded",
            "char_count": None if reason or not page else sum(counts),
            "lost_char_count": None if reason else lost,
        }
    )
    if reason:
        tables["rejections"].append(
            {
                "rejection_id": stable_id(str(row["uri"]), document_id, "clean", reason),
                "uri": row["uri"],
                "document_id": document_id,
                "stage": "clean",
                "reason": reason,
                "detail": detail,
            }
        )
    in_source = stored_repairs(row["repairs"])  # type: ignore[arg-type]
    _add_rows(columns["repairs"], document_id, Repair._fields, in_source + (page.repairs if page else ()))
    if page is None:
        return
    _add_rows(columns["removed_blocks"], document_id, RemovedBlock._fields, page.removed_blocks)
    if reason:
        return
    article_ids = {article.ordinal: stable_id(document_id, article.ordinal) for article in page.articles}
    blocks = [
        (kind, None if ordinal is None else article_ids.get(ordinal), None if kind in _BODY_KINDS else text, count)
        for (kind, text, ordinal), count in zip(page.blocks, counts, strict=True)
    ]
    _add_rows(columns["blocks"], document_id, ("kind", "article_id", "text", "char_count"), blocks)
    doubts = doubts_in(str(row["text"]), in_source)
    for article in page.articles:
        _add_article(tables, article, article_ids[article.ordinal], document_id)
        for run in doubtful_runs_of(article, page.blocks, doubts):
            tables["doubtful_runs"].append({"article_id": article_ids[article.ordinal], **asdict(run)})


def _add_rows(
    columns: dict[str, list[object]], document_id: str, names: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> None:
    """Put the ``rows`` of a page, whose fields have ``names``, in order below the ``columns`` of their table."""
    columns["document_id"] += [document_id] * len(rows)
    columns["ordinal"] += range(len(rows))
    for name, values in zip(names, zip(*rows, strict=True), strict=bool(rows)):
        columns[name] += values


def _add_article(tables: Rows, article: Article, article_id: str, document_id: str) -> None:
    row = {name: getattr(article, name) for name in article.__slots__ if name not in {"paragraphs", "contributors"}}
    tables["articles"].append(
        {**row, "article_id": article_id, "document_id": document_id, "char_count": len(article.text)}
    )
    for ordinal, paragraph in enumerate(article.paragraphs):
        tables["paragraphs"].append({"article_id": article_id, "ordinal": ordinal, **asdict(paragraph)})
    for ordinal, contributor in enumerate(article.contributors):
        tables["contributors"].append({"article_id": article_id, "ordinal": ordinal, **asdict(contributor)})


def visible_count(text: str) -> int:
    """Characters of ``text`` that are no white space."""
    return sum(map(len, text.split()))
