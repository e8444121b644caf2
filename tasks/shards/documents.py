"""Puts together the rows of ``core.documents``: what the store knows of a page and what reading it found out."""

from __future__ import annotations

import polars as pl

from tasks.pages.site_lines import site_of
from tasks.records import stable_id
from warehouse.schemas import core_schemas

_FOUND = ("media_type", "charset", "site_key", "status", "char_count", "lost_char_count")


def document_rows(stored: pl.DataFrame, read: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """One row per page of the store: ``read`` in this run, ``known`` from earlier ones, or a copy of one of these.

    A copy has the media type and charset of the page it copies; its site is its own. A page with the bytes of a
    rejected one is rejected as well: there is nothing it could be a copy of.
    """
    columns = core_schemas()["documents"].columns
    earlier = known.join(read.select("document_id"), on="document_id", how="anti").filter(pl.col("status") != "copy")
    found = pl.concat([read.select("document_id", *_FOUND), earlier.select("document_id", *_FOUND)])
    claimed = stored.drop("media_type", "charset")
    owners = claimed.filter(pl.col("copy_of").is_null()).join(found, on="document_id", how="left")
    copies = (
        claimed.filter(pl.col("copy_of").is_not_null())
        .join(
            found.select("media_type", "charset", copy_of="document_id", owner_site="site_key", owner_status="status"),
            on="copy_of",
            how="left",
        )
        .with_columns(
            site_key=pl.coalesce(
                pl.col("uri").map_elements(lambda uri: site_of(uri, ""), return_dtype=pl.String, skip_nulls=True),
                pl.col("owner_site"),
            ),
            status=pl.when(pl.col("owner_status") == "rejected").then(pl.lit("rejected")).otherwise(pl.lit("copy")),
            char_count=pl.lit(None, dtype=pl.Int64),
            lost_char_count=pl.lit(None, dtype=pl.Int64),
        )
        .with_columns(copy_of=pl.when(pl.col("status") == "copy").then("copy_of"))
    )
    frame = pl.concat([owners.select(list(columns)), copies.select(list(columns))])
    return frame.cast(pl.Schema(columns)).sort("document_id")


def copied_rejections(stored: pl.DataFrame, rows: pl.DataFrame, rejections: pl.DataFrame) -> pl.DataFrame:
    """A rejection for each page that has the bytes of a rejected one: the same reason under its own name.

    ``stored`` as above, ``rows`` from ``document_rows``, ``rejections`` of the pages that were read, now or earlier.
    """
    columns = core_schemas()["rejections"].columns
    of_owner = rejections.filter(pl.col("stage") == "clean").select("stage", "reason", "detail", copy_of="document_id")
    found = (
        stored.filter(pl.col("copy_of").is_not_null())
        .select("document_id", "uri", "copy_of")
        .join(rows.filter(pl.col("status") == "rejected").select("document_id"), on="document_id", how="semi")
        .join(of_owner, on="copy_of")
        .sort("document_id", "reason")
    )
    ids = [
        stable_id(uri, document_id, stage, reason)
        for uri, document_id, stage, reason in found.select("uri", "document_id", "stage", "reason").iter_rows()
    ]
    return found.with_columns(rejection_id=pl.Series(ids, dtype=pl.String)).select(list(columns))
