"""Which pages a run can place otherwise than the last run did: new ones, those seen again, those of which a source says
something else, and all that share an address or bytes with one of these.

What a page is (loaded, a copy, superseded) follows from the pages that share its address or its bytes, and from theirs.
So the plan of these pages alone is what the plan of all pages says of them, and the others stay what they are.
"""

from __future__ import annotations

import polars as pl

from warehouse.listings import listed_otherwise
from warehouse.visit_log import VisitLog

# For time alone: above this share of all pages the plan of all of them is made at once.
_MOST_OF_ALL = 0.25


def concerned_pages(index: pl.DataFrame, known: pl.DataFrame, log: VisitLog) -> pl.DataFrame | None:
    """The rows of ``index`` (``RawStore.named_index``) of the pages that this run can place otherwise; None where that
    is so much of all that all had better be planned, or where a ``known`` page (a row of core.documents) is gone from
    the store. What was deleted from a store by hand and leaves all pages is not noticed until its pages are concerned.
    """
    seen = index.drop_nulls("document_id").group_by("document_id").len()
    if seen.join(known, on="document_id", how="semi").height < known.height:
        return None
    fresh = seen.join(known, on="document_id", how="anti")["document_id"]
    again = seen.filter(pl.col("len") > 1)["document_id"]
    seeds = pl.concat([fresh, again, listed_otherwise(known, log)])
    if seeds.len() > _MOST_OF_ALL * seen.height:
        return None
    return with_neighbours(index, seeds)


def with_neighbours(index: pl.DataFrame, seeds: pl.Series) -> pl.DataFrame:
    """The rows of ``index`` (``RawStore.named_index``) of the pages ``seeds`` and of all that share an address or bytes
    with one of them, or with one that does."""
    found = pl.DataFrame({"document_id": seeds.unique()}, schema={"document_id": pl.String})
    names = index.select("document_id", "content_sha256", "twin").drop_nulls("document_id")
    size = -1 if found.height else 0
    while found.height > size:
        size = found.height
        own = names.join(found, on="document_id", how="semi")
        related = [
            names.join(own.select(column).unique(), on=column, how="semi").select("document_id")
            for column in ("content_sha256", "twin")
        ]
        found = pl.concat([found, *related]).unique()
    return index.join(found, on="document_id", how="semi", maintain_order="left")
