"""Puts together the rows of ``core.documents``: what the store knows of a page and what reading it found out."""

from __future__ import annotations

import polars as pl

from tasks.pages.site_lines import site_of
from warehouse.schemas import core_schemas

_FOUND = ("media_type", "charset", "site_key", "status", "char_count", "lost_char_count")


def document_rows(stored: pl.DataFrame, read: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """One row per page of the store: ``read`` in this run, ``known`` from earlier ones, or a copy of one of these.

    A copy has the media type and charset of the page it copies; its site is its own.
    """
    columns = core_schemas()["documents"].columns
    earlier = known.join(read.select("document_id"), on="document_id", how="anti").filter(pl.col("status") != "copy")
    found = pl.concat([read.select("document_id", *_FOUND), earlier.select("document_id", *_FOUND)])
    claimed = stored.drop("media_type", "charset")
    owners = claimed.filter(pl.col("copy_of").is_null()).join(found, on="document_id", how="left")
    copies = (
        claimed.filter(pl.col("copy_of").is_not_null())
        .join(
            found.select(copy_of="document_id", media_type="media_type", charset="charset", owner_site="site_key"),
            on="copy_of",
            how="left",
        )
        .with_columns(
            site_key=pl.coalesce(
                pl.col("uri").map_elements(lambda uri: site_of(uri, ""), return_dtype=pl.String, skip_nulls=True),
                pl.col("owner_site"),
            ),
            status=pl.lit("copy"),
            char_count=pl.lit(None, dtype=pl.Int64),
            lost_char_count=pl.lit(None, dtype=pl.Int64),
        )
    )
    frame = pl.concat([owners.select(list(columns)), copies.select(list(columns))])
    return frame.cast(pl.Schema(columns)).sort("document_id")
