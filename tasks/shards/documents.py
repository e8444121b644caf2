"""Puts together the rows of ``core.documents``: what the store knows of a page and what reading it found out."""

from __future__ import annotations

import polars as pl

from tasks.pages.site_lines import site_of
from tasks.records import stable_id
from warehouse.schemas import core_schemas

_FOUND = ("media_type", "charset", "site_key", "status", "char_count", "lost_char_count")


def document_rows(
    stored: pl.DataFrame, read: pl.DataFrame, known: pl.DataFrame, states: pl.DataFrame, listings: pl.DataFrame
) -> pl.DataFrame:
    """One row per page of the store: ``read`` in this run, ``known`` from earlier ones, a copy or superseded.

    ``states`` is what the pages of addresses that changed show, read in this run, ``listings`` what sources say of
    pages. A copy has the media type and charset of the page it copies, or its own where it is another state of that
    page's address; its site is its own. A page with the bytes of a rejected one is rejected as well: there is nothing
    it could be a copy of.
    """
    columns = core_schemas()["documents"].columns
    earlier = known.join(read.select("document_id"), on="document_id", how="anti")
    earlier = earlier.filter(~pl.col("status").is_in(["copy", "superseded"]))
    found = pl.concat([read.select("document_id", *_FOUND), earlier.select("document_id", *_FOUND)])
    is_shown = pl.col("copy_of").is_null() & pl.col("superseded_by").is_null()
    digests = pl.concat([states, known.select(states.columns).join(states, on="document_id", how="anti")])
    digests = digests.filter(pl.col("article_digest").is_not_null())
    claimed = stored.drop("media_type", "charset").join(listings, on="document_id", how="left")
    owners = claimed.filter(is_shown).join(found, on="document_id", how="left")
    owners = owners.join(digests.select("document_id", "article_digest"), on="document_id", how="left")
    of_owner = found.select(
        copy_of="document_id",
        owner_media_type="media_type",
        owner_charset="charset",
        owner_site="site_key",
        owner_status="status",
    )
    others = (
        claimed.filter(~is_shown)
        .join(digests, on="document_id", how="left")
        .join(of_owner, on="copy_of", how="left")
        .with_columns(
            media_type=pl.coalesce("media_type", "owner_media_type"),
            charset=pl.coalesce("charset", "owner_charset"),
            site_key=pl.coalesce(
                "site_key",
                pl.col("uri").map_elements(lambda uri: site_of(uri, ""), return_dtype=pl.String, skip_nulls=True),
                pl.col("owner_site"),
            ),
            status=pl.when(pl.col("superseded_by").is_not_null())
            .then(pl.lit("superseded"))
            .when(pl.col("owner_status") == "rejected")
            .then(pl.lit("rejected"))
            .otherwise(pl.lit("copy")),
            char_count=pl.lit(None, dtype=pl.Int64),
            lost_char_count=pl.lit(None, dtype=pl.Int64),
        )
        .with_columns(copy_of=pl.when(pl.col("status") == "copy").then("copy_of"))
    )
    frame = pl.concat([owners.select(list(columns)), others.select(list(columns))])
    return frame.cast(pl.Schema(columns)).sort("document_id")


def copied_rejections(stored: pl.DataFrame, rows: pl.DataFrame, rejections: pl.DataFrame) -> pl.DataFrame:
    """A rejection for each page that has the bytes of a rejected one: the same reason under its own name.

    ``stored`` as above, ``rows`` from ``document_rows``, ``rejections`` of the pages that were read, now or earlier.
    """
    columns = core_schemas()["rejections"].columns
    of_owner = rejections.filter(pl.col("stage") == "clean").select("stage", "reason", "detail", copy_of="document_id")
    found = (
        stored.filter(pl.col("copy_of").is_not_null())
        .select("document_id", "uri", "source", "copy_of")
        .join(rows.filter(pl.col("status") == "rejected").select("document_id"), on="document_id", how="semi")
        .join(of_owner, on="copy_of")
        .sort("document_id", "reason")
    )
    ids = [
        stable_id(uri, document_id, stage, reason)
        for uri, document_id, stage, reason in found.select("uri", "document_id", "stage", "reason").iter_rows()
    ]
    return found.with_columns(rejection_id=pl.Series(ids, dtype=pl.String)).select(list(columns))
