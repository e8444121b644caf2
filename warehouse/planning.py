"""Works out what a run has to do: the difference between what the raw store holds and what the warehouse shows.

The raw store is the truth. Whatever it holds and the warehouse does not (new inputs, the leftovers of a killed run,
everything when a warehouse is built again) is read; a page that turns out to be a copy of an earlier one is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from warehouse.raw_store import document_id

REPEATED_ON_PAGES = 3  # a line on fewer different pages of a site may be chance; F1 of peers gains from three on


@dataclass(frozen=True)
class DocumentPlan:
    """``documents``: every page of the store with its ``document_id`` and ``copy_of``; ``to_read``: those to be read
    now, with the ``pack`` of their body; ``dropped``: ids of pages that are shown as loaded but are copies now."""

    documents: pl.DataFrame
    to_read: pl.DataFrame
    dropped: list[str]


def plan_documents(index: pl.DataFrame, known: pl.DataFrame) -> DocumentPlan:
    """Compare the store's ``index`` with the warehouse's ``known`` documents (document_id, status).

    Of pages with the same bytes the earliest fetched one is read, ties by uri; the others are its copies. That is a
    function of the set of pages, so the order of their coming does not matter.
    """
    stored = index.filter(pl.col("content_sha256").is_not_null())
    ids = [document_id(uri, digest) for uri, digest in stored.select("uri", "content_sha256").iter_rows()]
    packs = stored.filter("has_body").group_by("content_sha256").agg(pl.col("pack").min())
    documents = (
        stored.drop("pack", "has_body")
        .with_columns(document_id=pl.Series(ids, dtype=pl.String))
        .sort("fetched_at", "uri", "source", nulls_last=True)
        .unique("document_id", keep="first", maintain_order=True)
        .with_columns(owner=pl.col("document_id").first().over("content_sha256"))
        .with_columns(copy_of=pl.when(pl.col("owner") != pl.col("document_id")).then("owner"))
        .join(packs, on="content_sha256", how="left")
        .sort("document_id")
    )
    owners = documents.filter(pl.col("copy_of").is_null())
    shown = known.filter(pl.col("status") != "copy").select("document_id")
    to_read = owners.join(shown, on="document_id", how="anti").sort("uri", "document_id")
    copies = documents.filter(pl.col("copy_of").is_not_null())
    loaded = known.filter(pl.col("status") == "loaded").select("document_id")
    dropped = sorted(copies.join(loaded, on="document_id", how="semi")["document_id"])
    return DocumentPlan(documents.drop("owner"), to_read, dropped)


def cut_shards(frame: pl.DataFrame, max_documents: int, max_bytes: int) -> list[pl.DataFrame]:
    """``frame`` (with ``byte_count``) in order, cut where a shard is full; no shard is empty."""
    shards, start, size = [], 0, 0
    for position, byte_count in enumerate(frame["byte_count"]):
        if position > start and (position - start >= max_documents or size + byte_count > max_bytes):
            shards.append(frame[start:position])
            start, size = position, 0
        size += byte_count
    if start < frame.height:
        shards.append(frame[start:])
    return shards


@dataclass(frozen=True)
class LinePlan:
    """``site_lines``: the table as it will be; ``reread``: ids of known pages that hold a line now known as repeated."""

    site_lines: pl.DataFrame
    reread: list[str]


def plan_lines(known: pl.DataFrame, seen: pl.DataFrame, dropped: list[str]) -> LinePlan:
    """Add the lines ``seen`` (site_key, line, document_id, page_key) to the ``known`` table of site lines.

    Counting stops at REPEATED_ON_PAGES: from then on a line is repeated, whatever follows, and its pages need no
    naming. Pages with the same title count once, so that an article a site shows at several addresses does not make
    its own paragraphs look like boilerplate.
    """
    done = known.filter(pl.col("page_count") >= REPEATED_ON_PAGES)
    open_lines = (
        known.filter(pl.col("page_count") < REPEATED_ON_PAGES)
        .select("site_key", "line", document_id="document_ids", page_key="page_keys")
        .explode("document_id", "page_key")
        .filter(~pl.col("document_id").is_in(dropped))
        .with_columns(is_known=pl.lit(True))
    )
    fresh = seen.select("site_key", "line", "document_id", "page_key").with_columns(is_known=pl.lit(False))
    counted = (
        pl.concat([open_lines, fresh])
        .join(done.select("site_key", "line"), on=["site_key", "line"], how="anti")
        .unique(["site_key", "line", "document_id"], keep="first", maintain_order=True)
        .sort("site_key", "line", "document_id")
        .group_by("site_key", "line", maintain_order=True)
        .agg(
            page_count=pl.col("page_key").n_unique().clip(upper_bound=REPEATED_ON_PAGES).cast(pl.Int32),
            document_ids=pl.col("document_id"),
            page_keys=pl.col("page_key"),
            known_ids=pl.col("document_id").filter("is_known"),
        )
    )
    crossed = pl.col("page_count") >= REPEATED_ON_PAGES
    reread = sorted(set(counted.filter(crossed)["known_ids"].explode(empty_as_null=False).drop_nulls()))
    nothing = pl.lit([], dtype=pl.List(pl.String()))
    counted = counted.with_columns(
        document_ids=pl.when(crossed).then(nothing).otherwise("document_ids"),
        page_keys=pl.when(crossed).then(nothing).otherwise("page_keys"),
    ).select(known.columns)
    return LinePlan(pl.concat([done, counted]).sort("site_key", "line"), reread)
