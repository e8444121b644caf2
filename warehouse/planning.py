"""Works out what a run has to do: the difference between what the raw store holds and what the warehouse shows.

The raw store is the truth. Whatever it holds and the warehouse does not (new inputs, the leftovers of a killed run,
everything when a warehouse is built again) is read; a page that turns out to be a copy of an earlier one is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from warehouse.raw_store import document_id, fetched_later, with_seen_at
from warehouse.versions import place_states, states_of_changed_addresses

REPEATED_ON_PAGES = 3  # a line on fewer different pages of a site may be chance; F1 of peers gains from three on
_HOST = r"^[Hh][Tt]{2}[Pp][Ss]?://(?:[^/?#@]*@)?([^/?#:]+)"  # files and rows without an address have no host
# Of a site's pages. Navigation and footers stand on nearly all of them; a form that a tenth of the pages are made by,
# or the day on which three of them were published, stays far below.
REPEATED_SHARE = 0.75
_ZONE = "Asia/Shanghai"  # of the days that pages print
# For time alone: shards that a run has at least where it has several, so that the last ones end together. Of 3,000
# documents in shards of 1,000 one of two workers would read 2,000. And documents below which a shard costs more than it
# evens out: its files take some 30 ms, a document 5.
_FEWEST_SHARDS, _WORTH_A_SHARD = 8, 250
SAMPLED_PAGES = 32  # of each site; with half as many the share of a line would be known to a tenth only


@dataclass(frozen=True)
class DocumentPlan:
    """``documents``: every page of the store with its ``document_id``, ``copy_of`` and ``superseded_by``; ``to_read``:
    those to be read now, with the ``pack`` of their body; ``dropped``: ids of pages that are shown as loaded but are
    copies or superseded now."""

    documents: pl.DataFrame
    to_read: pl.DataFrame
    dropped: list[str]


def stored_documents(index: pl.DataFrame) -> pl.DataFrame:
    """Every page of the store's ``index``, an address and what it showed: once, with its ``document_id``, the ``host``
    of its address, when it showed that last (``seen_at``), the day on which it was fetched first, or where that is
    unknown stored (``fetched_on``), and the ``pack`` that has the bytes. A time of fetching behind that of storing is
    none."""
    stored = with_seen_at(index.filter(pl.col("content_sha256").is_not_null()))
    stored = stored.with_columns(fetched_at=pl.when(~fetched_later()).then("fetched_at"))
    if "document_id" not in stored.columns:
        ids = [document_id(uri, digest) for uri, digest in stored.select("uri", "content_sha256").iter_rows()]
        stored = stored.with_columns(document_id=pl.Series(ids, dtype=pl.String))
    packs = stored.filter("has_body").group_by("content_sha256").agg(pl.col("pack").min())
    return (
        stored.drop("pack", "has_body", "twin", strict=False)
        .with_columns(
            seen_at=pl.col("seen_at").max().over("document_id"),
            fetched_on=pl.coalesce("fetched_at", "stored_at")
            .min()
            .over("document_id")
            .dt.convert_time_zone(_ZONE)
            .dt.date(),
        )
        .sort("fetched_at", "stored_at", "uri", "source", nulls_last=[True, False, False, True])
        .unique("document_id", keep="first", maintain_order=True)
        .drop("stored_at")
        .join(packs, on="content_sha256", how="left")
        .with_columns(host=pl.col("uri").str.extract(_HOST).str.to_lowercase().str.strip_prefix("www.").fill_null(""))
        .sort("document_id")
    )


def states_to_read(documents: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Pages of an address that changed of which it is not ``known`` (document_id, article_digest) what they show."""
    read = known.filter(pl.col("article_digest").is_not_null()).select("document_id")
    return states_of_changed_addresses(documents).join(read, on="document_id", how="anti").sort("uri", "document_id")


def plan_documents(documents: pl.DataFrame, known: pl.DataFrame, digests: pl.DataFrame) -> DocumentPlan:
    """Compare what the store holds with the warehouse's ``known`` documents (document_id, status).

    Of the states of an address the current one is read (``warehouse.versions``; ``digests`` say what each shows), and
    of pages of one site with the same bytes the earliest fetched one, ties by uri; the others are its copies. That is a
    function of the set of pages, so the order of their coming does not matter.
    """
    places = place_states(states_of_changed_addresses(documents), digests)
    placed = documents.join(places, on="document_id", how="left", maintain_order="left")
    is_current = pl.col("superseded_by").is_null() & pl.col("same_as").is_null()
    owners = (
        placed.filter(is_current)
        .sort("fetched_at", "uri", "source", nulls_last=True)
        .with_columns(owner=pl.col("document_id").first().over("content_sha256", "host"))
        .select("document_id", "owner")
    )
    shown_by = pl.DataFrame({"same_as": owners["document_id"], "owner_of_same": owners["owner"]})
    placed = (
        placed.join(owners, on="document_id", how="left")
        .join(shown_by, on="same_as", how="left")
        .with_columns(owner=pl.coalesce("owner_of_same", "owner"))
        .with_columns(
            copy_of=pl.when(pl.col("superseded_by").is_null() & (pl.col("owner") != pl.col("document_id"))).then(
                "owner"
            )
        )
        .drop("owner", "owner_of_same", "same_as", "seen_at", "host")
        .sort("document_id")
    )
    is_read = pl.col("copy_of").is_null() & pl.col("superseded_by").is_null()
    shown = known.filter(~pl.col("status").is_in(["copy", "superseded"])).select("document_id")
    to_read = placed.filter(is_read).join(shown, on="document_id", how="anti").sort("uri", "document_id")
    loaded = known.filter(pl.col("status") == "loaded").select("document_id")
    dropped = sorted(placed.filter(~is_read).join(loaded, on="document_id", how="semi")["document_id"])
    return DocumentPlan(placed, to_read, dropped)


def shard_size(count: int, max_documents: int) -> int:
    """How many of ``count`` documents a shard takes: all where they fit into one, else even shares of them.

    >>> shard_size(1_000, 1_000), shard_size(1_001, 1_000), shard_size(3_000, 1_000), shard_size(10_000, 1_000)
    (1000, 251, 375, 1000)
    """
    if count <= max_documents:
        return max_documents
    fewest = min(_FEWEST_SHARDS, count // min(_WORTH_A_SHARD, max_documents))
    return -(-count // max(-(-count // max_documents), fewest))


def cut_shards(frame: pl.DataFrame, max_documents: int, max_bytes: int) -> list[pl.DataFrame]:
    """``frame`` (with ``byte_count``) in order, cut into even shares where it is too much for one shard, and where a
    shard is full; no shard is empty."""
    max_documents = shard_size(frame.height, max_documents)
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
    """``site_lines``: the table as it will be; ``repeated``: site_key and line of what each site repeats; ``changed``:
    keys of the sites that repeat other lines than before, whose known pages are read again."""

    site_lines: pl.DataFrame
    repeated: pl.DataFrame
    changed: list[str]


def unsettled_sites(known: pl.DataFrame, dropped: list[str]) -> list[str]:
    """The sites that lose a page of their sample in the ``known`` table of site lines: they are learned anew."""
    lost = known.explode("document_ids", empty_as_null=False).filter(pl.col("document_ids").is_in(dropped))
    return sorted(lost["site_key"].unique())


def sampled_lines(paths: Sequence[Path], known: pl.DataFrame, unsettled: Sequence[str]) -> pl.DataFrame:
    """Of the lines in ``paths`` (files as ``plan_lines`` wants them) those of pages that come into the sample of their
    site.

    Only names of pages are held for all of them: the lines of 40,000 pages are five gigabytes.
    """
    if not paths:
        return pl.DataFrame(schema=dict.fromkeys(("site_key", "line", "document_id", "page_key"), pl.String()))
    seen = pl.scan_parquet(list(paths), glob=False)
    pages = seen.select("site_key", "document_id").unique().collect(engine="streaming")
    earlier = (
        known.filter(~pl.col("site_key").is_in(unsettled))
        .select("site_key", document_id="document_ids")
        .explode("document_id")
        .unique()
    )
    sample = _samples(pl.concat([pages, earlier]).unique())
    return seen.join(sample.lazy(), on=["site_key", "document_id"], how="semi").collect(engine="streaming")


def _samples(pages: pl.DataFrame) -> pl.DataFrame:
    """Of each site the pages (site_key, document_id) whose ids come first."""
    return pages.sort("site_key", "document_id").group_by("site_key", maintain_order=True).head(SAMPLED_PAGES)


def plan_lines(known: pl.DataFrame, seen: pl.DataFrame, unsettled: Sequence[str] = ()) -> LinePlan:
    """Add the lines ``seen`` (site_key, line, document_id, page_key) to the ``known`` table of site lines.

    Of each site only a sample is kept: the SAMPLED_PAGES pages whose ids come first. Ids are hashes, so that is a
    sample by chance, and one that does not depend on the order in which the pages came. What is known of an
    ``unsettled`` site is forgotten.
    """
    columns = ["site_key", "line", "document_id", "page_key"]
    earlier = (
        known.filter(~pl.col("site_key").is_in(unsettled))
        .select("site_key", "line", document_id="document_ids", page_key="page_keys")
        .explode("document_id", "page_key")
    )
    lines = pl.concat([earlier.select(columns), seen.select(columns)]).unique(["site_key", "line", "document_id"])
    sample = _samples(lines.select("site_key", "document_id").unique())
    table = (
        lines.join(sample, on=["site_key", "document_id"], how="semi")
        .sort("site_key", "line", "document_id")
        .group_by("site_key", "line", maintain_order=True)
        .agg(
            page_count=pl.col("page_key").n_unique().cast(pl.Int32),
            document_ids=pl.col("document_id"),
            page_keys=pl.col("page_key"),
        )
        .select(known.columns)
    )
    before, after = repeated_lines(known), repeated_lines(table)
    differing = pl.concat(
        [
            before.join(after, on=["site_key", "line"], how="anti"),
            after.join(before, on=["site_key", "line"], how="anti"),
        ]
    )
    return LinePlan(table, after, sorted({*differing["site_key"], *unsettled}))


def repeated_lines(site_lines: pl.DataFrame) -> pl.DataFrame:
    """site_key and line of the lines that stand on most pages of their site's sample.

    Pages with the same title count once, so that an article a site shows at several addresses does not make its own
    paragraphs look like boilerplate.
    """
    pages = (
        site_lines.select("site_key", "page_keys")
        .explode("page_keys", empty_as_null=False)
        .group_by("site_key")
        .agg(sampled=pl.col("page_keys").n_unique())
    )
    return (
        site_lines.join(pages, on="site_key")
        .filter(
            (pl.col("page_count") >= REPEATED_ON_PAGES) & (pl.col("page_count") >= pl.col("sampled") * REPEATED_SHARE)
        )
        .select("site_key", "line")
        .sort("site_key", "line")
    )
