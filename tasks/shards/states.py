"""Reads pages whose address has shown different bytes, to see whether the article on them is still the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from tasks.pages.reading import read_page
from tasks.records import stable_id
from tasks.shards.deadlines import page_deadline
from tasks.shards.shard_files import write_frame
from tasks.shards.texts import bodies_of, read_text
from warehouse.raw_store import RawStore
from warehouse.versions import NO_ARTICLE, VERSION_SCHEMA


def read_states(order_path: Path, store: RawStore, out_path: Path) -> dict[str, int]:
    """Write a VERSION_SCHEMA file for the documents of a work order (``tasks.shards.texts.ORDER_SCHEMA``).

    Each page is read for itself, without what its site repeats: what it shows is then a function of its bytes.
    Returns the count ``documents``.
    """
    order = pl.read_parquet(order_path, glob=False)
    rows = [_read(document, body) for document, body in bodies_of(order, store)]
    write_frame(
        pl.DataFrame({name: [row.get(name) for row in rows] for name in VERSION_SCHEMA}, schema=VERSION_SCHEMA),
        out_path,
    )
    return {"documents": len(rows)}


def _read(document: dict[str, Any], body: bytes | None) -> dict[str, object]:
    """A page that cannot be read shows no article; the run reports it by name where it is read in earnest."""
    row: dict[str, Any] = {"document_id": document["document_id"], "media_type": document["media_type"]}
    try:
        with page_deadline():
            row = read_text(document, body)
            digest = NO_ARTICLE if row.get("reason") else _digest(row)
    except Exception:
        digest = NO_ARTICLE
    return {**row, "article_digest": digest}


def _digest(row: dict[str, Any]) -> str:
    page = read_page(row["text"], uri=row["uri"], media_type=row["media_type"], fetched_on=row["fetched_on"])
    if page.rejection_reason or not page.articles:
        return NO_ARTICLE
    return stable_id(*(part for article in page.articles for part in (article.title or "", article.text)))
