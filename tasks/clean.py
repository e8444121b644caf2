"""Clean: bytes become repaired text, repaired text becomes articles with everything else accounted for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from tasks.engines import run_in_worker
from tasks.runs import Run, run_shards, shard_label
from tasks.shards.articles import read_articles
from tasks.shards.documents import copied_rejections, document_rows
from tasks.shards.index_pages import day_of
from tasks.shards.shard_files import read_frames, read_rows, write_frame
from tasks.shards.states import read_states
from tasks.shards.texts import ORDER_SCHEMA, read_texts
from tasks.steps import note, step
from tasks.work import ShardedTables
from warehouse.concerned import concerned_pages, with_neighbours
from warehouse.known import known_site_lines
from warehouse.listings import listed_anew, listings_of
from warehouse.planning import (
    DocumentPlan,
    LinePlan,
    cut_shards,
    plan_documents,
    plan_lines,
    sampled_lines,
    states_to_read,
    stored_documents,
    unsettled_sites,
)
from warehouse.raw_store import RawStore
from warehouse.versions import VERSION_SCHEMA


@step("clean", "clean: repair")
def repair_shard(order_path: Path, store: RawStore, text_path: Path, line_path: Path) -> dict[str, int]:
    """Decode and repair one shard of bodies; the counts ``documents`` and ``rejected``."""
    counts = run_in_worker(read_texts, order_path, store, text_path, line_path)
    note("repaired %(documents)d pages, %(rejected)d rejected", counts)
    return counts


@step("clean", "clean: segment")
def segment_shard(
    text_path: Path, repeated_path: Path, listings_path: Path, first_day: date, out: ShardedTables, shard: str
) -> dict[str, int]:
    """Find the articles on one shard of repaired pages; the counts ``documents``, ``articles`` and ``rejected``."""
    counts = run_in_worker(read_articles, text_path, repeated_path, listings_path, first_day, out, shard)
    note("%(articles)d articles on %(documents)d pages, %(rejected)d rejected", counts)
    return counts


@step("clean", "clean: compare")
def states_shard(order_path: Path, store: RawStore, out_path: Path) -> dict[str, int]:
    """Read one shard of pages whose address has shown something else before; the count ``documents``."""
    counts = run_in_worker(read_states, order_path, store, out_path)
    note("compared %(documents)d states of addresses that changed", counts)
    return counts


def clean(run: Run) -> None:
    """Read every page the warehouse does not show yet; tables of pages and articles go to ``work.pages``.

    The known pages of a site are read again where the lines that the site repeats have turned out to be others, and a
    known page where its source says another day or site than before. Where this code has made the last run, only the
    pages are planned that this run can place otherwise, and ``work.documents`` holds these alone.
    """
    known = pl.read_parquet(run.work.known("documents"), glob=False)
    index, faults = run.store.named_index()
    concerned = concerned_pages(index, known, run.visits) if run.builds_on_last and not faults else None
    placed = _place(run, index if concerned is None else concerned, known)
    plan = placed.plan
    losing = placed.known.filter(pl.col("document_id").is_in(plan.dropped))["site_key"].drop_nulls().unique()
    unsettled = unsettled_sites(known_site_lines(run.files, losing), plan.dropped)
    forgotten = _of_sites(run, index, known, plan, unsettled)
    _repair(run, pl.concat([pages.select(list(ORDER_SCHEMA)) for pages in (plan.to_read, forgotten)]), "new")
    relisted = _relisted(placed)
    line_plan = _learn_lines(run, unsettled, known.join(relisted, on="document_id", how="semi"))
    changed = [site_key for site_key in line_plan.changed if site_key not in unsettled]
    again = pl.concat([_of_sites(run, index, known, plan, changed), relisted])
    again = again.unique("document_id").sort("uri", "document_id")
    _repair(run, again.join(forgotten, on="document_id", how="anti"), "again")
    if concerned is not None:
        others = pl.concat([forgotten, again]).join(concerned, on="document_id", how="anti")
        if others.height:
            seeds = pl.concat([concerned["document_id"], others["document_id"]])
            placed = _place(run, with_neighbours(index, seeds), known, placed.states)

    write_frame(placed.listings, run.work.listings)
    write_frame(line_plan.repeated, run.work.repeated)
    write_frame(line_plan.site_lines, run.work.pages.whole("site_lines"))
    arguments = [
        (path, run.work.repeated, run.work.listings, run.first_day, run.work.pages, shard)
        for shard, path in run.work.all_texts().items()
    ]
    labels = [
        shard_label(segment_shard.label, pl.read_parquet(path, glob=False, columns=["uri"])["uri"], "pages")
        for path in run.work.all_texts().values()
    ]
    counts = run_shards(run, "clean: find the articles", segment_shard, arguments, labels=labels)
    _write_documents(run, placed)
    pages, rejected = counts.get("documents", 0), counts.get("rejected", 0)
    run.count("clean", "pages", pages, pages - rejected, rejected)


@dataclass(frozen=True)
class _Placed:
    """Pages of the store (``plan``), rows of core.documents of those that are ``known``, the ``states`` that were read
    to place them, and what sources say of them (``listings``)."""

    known: pl.DataFrame
    states: pl.DataFrame
    listings: pl.DataFrame
    plan: DocumentPlan


def _place(run: Run, index: pl.DataFrame, known: pl.DataFrame, states: pl.DataFrame | None = None) -> _Placed:
    """What the pages of ``index`` are, be they all or the concerned ones; ``states`` where they were read before."""
    documents = _documents(run, index)
    known = known.join(documents, on="document_id", how="semi", maintain_order="left")
    if states is None:
        states = _read_states(run, states_to_read(documents, known))
    digests = pl.concat([states, known.select(states.columns).join(states, on="document_id", how="anti")])
    plan = plan_documents(documents, known, digests.drop_nulls("article_digest"))
    return _Placed(known, states, listings_of(documents, run.visits), plan)


def _documents(run: Run, index: pl.DataFrame) -> pl.DataFrame:
    return stored_documents(index).with_columns(pl.col("fetched_on").fill_null(day_of(run.started_at)))


def _relisted(placed: _Placed) -> pl.DataFrame:
    """The pages shown still of which sources say something else than before."""
    ids = listed_anew(placed.known, placed.listings)
    return _shown_still(placed.plan.documents, placed.plan, placed.known).filter(pl.col("document_id").is_in(ids))


def _write_documents(run: Run, placed: _Placed) -> None:
    """Write the rows of the pages that were placed, the rejections of copies, and which pages are other ones now."""
    known, plan = placed.known, placed.plan
    read = read_rows(run.work.pages, "documents")
    rows = document_rows(plan.documents, read, known, placed.states, placed.listings)
    write_frame(rows, run.work.documents)
    fresh = read_rows(run.work.pages, "rejections")
    earlier = pl.read_parquet(run.work.known("rejections"), glob=False).join(
        read.select("document_id"), on="document_id", how="anti"
    )
    rejections = pl.concat([fresh, earlier])
    copied = copied_rejections(plan.documents, rows, rejections)
    write_frame(copied, run.work.pages.shard("rejections", "copies"))
    turned = rows.join(known, on="document_id", suffix="_before").filter(pl.col("status") != pl.col("status_before"))
    touched = sorted({*read["document_id"], *plan.dropped, *turned["document_id"]})
    write_frame(pl.DataFrame({"id": touched}, schema={"id": pl.String}), run.work.touched_documents)


def _learn_lines(run: Run, unsettled: list[str], again: pl.DataFrame) -> LinePlan:
    """What the sites of this run repeat: those of new pages, of pages that are read ``again``, and the unsettled
    ones."""
    texts = [pl.read_parquet(path, glob=False, columns=["site_key"]) for path in run.work.all_texts().values()]
    sites = sorted(pl.concat([*texts, again.select("site_key")])["site_key"].drop_nulls().unique())
    write_frame(
        pl.DataFrame({"id": [*sites, *unsettled]}, schema={"id": pl.String}).unique().sort("id"), run.work.touched_sites
    )
    known_lines = known_site_lines(run.files, {*sites, *unsettled})
    return plan_lines(known_lines, sampled_lines(run.work.all_lines("new"), known_lines, unsettled), unsettled)


def _read_states(run: Run, pages: pl.DataFrame) -> pl.DataFrame:
    """What each state of an address that changed shows, read for itself: what its site repeats is learned later."""
    arguments, labels = [], []
    for number, order in enumerate(cut_shards(pages.select(list(ORDER_SCHEMA)), run.shard_documents, run.shard_bytes)):
        order_path = run.work.order("states", number)
        write_frame(order, order_path)
        arguments.append((order_path, run.store, run.work.states(number)))
        labels.append(shard_label(states_shard.label, order["uri"], "pages"))
    if arguments:
        run_shards(run, "clean: compare states of an address", states_shard, arguments, labels=labels)
    return read_frames(run.work.all_states(), VERSION_SCHEMA)


def _repair(run: Run, pages: pl.DataFrame, group: str) -> None:
    arguments, labels = [], []
    shards = cut_shards(pages.select(list(ORDER_SCHEMA)), run.shard_documents, run.shard_bytes)
    for number, order in enumerate(shards):
        order_path = run.work.order(group, number)
        write_frame(order, order_path)
        arguments.append((order_path, run.store, run.work.text(group, number), run.work.lines(group, number)))
        labels.append(shard_label(repair_shard.label, order["uri"], "pages"))
    if arguments:
        run_shards(run, "clean: decode and repair", repair_shard, arguments, labels=labels)


def _shown_still(documents: pl.DataFrame, plan: DocumentPlan, known: pl.DataFrame) -> pl.DataFrame:
    """Those of the ``documents`` that the warehouse has read, as far as they are still to be shown; ORDER_SCHEMA."""
    shown = known.filter(~pl.col("status").is_in(["copy", "superseded"])).select("document_id")
    others = plan.documents.filter(pl.col("copy_of").is_not_null() | pl.col("superseded_by").is_not_null())
    return (
        documents.join(shown, on="document_id", how="semi")
        .join(others, on="document_id", how="anti")
        .filter(~pl.col("document_id").is_in(plan.dropped))
        .select(list(ORDER_SCHEMA))
        .sort("uri", "document_id")
    )


def _of_sites(
    run: Run, index: pl.DataFrame, known: pl.DataFrame, plan: DocumentPlan, site_keys: list[str]
) -> pl.DataFrame:
    """The pages of these sites that the warehouse shows still."""
    of_sites = known.filter(pl.col("site_key").is_in(site_keys))
    return _shown_still(_documents(run, with_neighbours(index, of_sites["document_id"])), plan, of_sites)
