"""What sources say of pages that no page says itself: the day printed beside a link, the name of the site in the list.

It stands in the log of visits, so a warehouse that is built again from the raw store knows it too.
"""

from __future__ import annotations

import polars as pl

from warehouse.visit_log import VisitLog

LISTING_SCHEMA: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "listed_on": pl.Date(),
    "listed_site": pl.String(),
}


def listings_of(documents: pl.DataFrame, log: VisitLog) -> pl.DataFrame:
    """LISTING_SCHEMA rows of those ``documents`` (document_id, uri, source, fetched_on) of which a source says
    something.

    A day after that on which the page was fetched is left out: the list speaks of a later state of it.
    """
    named = log.first_listed().select("uri", "listed_on")
    sites = log.sites().select("source", listed_site="site")
    return (
        documents.select("document_id", "uri", "source", "fetched_on")
        .join(named, on="uri", how="left")
        .join(sites, on="source", how="left")
        .with_columns(listed_on=pl.when(pl.col("listed_on") <= pl.col("fetched_on")).then("listed_on"))
        .filter(pl.col("listed_on").is_not_null() | pl.col("listed_site").is_not_null())
        .select(list(LISTING_SCHEMA))
        .sort("document_id")
    )


def listed_anew(known: pl.DataFrame, listings: pl.DataFrame) -> list[str]:
    """Ids of the ``known`` documents (rows of core.documents) of which sources say something else than before."""
    columns = ["document_id", "listed_on", "listed_site"]
    now = known.select("document_id").join(listings, on="document_id", how="left").select(columns)
    return sorted(now.join(known.select(columns), on=columns, how="anti", nulls_equal=True)["document_id"])


def listed_otherwise(known: pl.DataFrame, log: VisitLog) -> pl.Series:
    """Ids of the ``known`` documents (rows of core.documents) of which a source may say something else than before:
    whether its day counts is told by when the page was fetched (``listings_of``)."""
    named = log.first_listed().select("uri", now_on="listed_on")
    sites = log.sites().select("source", now_site="site")
    now = (
        known.select("document_id", "uri", "source", "listed_on", "listed_site")
        .join(named, on="uri", how="left")
        .join(sites, on="source", how="left")
    )
    is_other = pl.col("now_on").ne_missing(pl.col("listed_on")) | pl.col("now_site").ne_missing(pl.col("listed_site"))
    found: pl.Series = now.filter(is_other)["document_id"]
    return found
