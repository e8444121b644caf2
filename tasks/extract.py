"""Extract: places, organisations, people, practices, figures, quotes and dates of every distinct article text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from tasks.engines import run_in_worker
from tasks.runs import Run, run_shards, shard_label
from tasks.shards.facts import extract_facts
from tasks.shards.shard_files import read_rows, write_frame
from tasks.steps import note, step
from tasks.work import ShardedTables
from warehouse.known import known_articles
from warehouse.planning import cut_shards, shard_size
from warehouse.schemas import core_schemas

# Facts cost about 5 ms an article of 1,500 characters (three bytes each): shards of some ten seconds of work.
_SHARD_BYTES = 12_000_000
_COLUMNS = ["article_id", "document_id", "title", "text", "published_on", "site", "outlet", "dateline"]


@step("extract", "extract")
def extract_shard(article_path: Path, out: ShardedTables, shard: str) -> dict[str, int]:
    """Facts of one shard of articles; the counts ``articles``, ``facts`` and ``failed``."""
    counts = run_in_worker(extract_facts, article_path, out, shard)
    note("%(facts)d facts in %(articles)d articles, %(failed)d failed", counts)
    return counts


def extract(run: Run) -> None:
    """Extract facts where they are missing: from articles read in this run and from those that stand for a story now.

    An article that is ``exact`` has its facts through its story's canonical article; facts it had are removed. Writes
    ``work.facts`` and ``work.touched_facts``.
    """
    if not run.work.stories.files("story_articles"):  # the stories are those of the last run, and so are the facts
        write_frame(pl.DataFrame(schema={"id": pl.String}), run.work.touched_facts)
        run.count("extract", "articles", 0, 0)
        return
    relations = read_rows(run.work.stories, "story_articles").select("article_id", "relation")
    replaced = pl.scan_parquet(run.work.replaced_stories, glob=False).select(story_id="id")
    relations_before = pl.scan_parquet(run.work.known("relations"), glob=False)
    earlier = relations_before.join(replaced, on="story_id", how="semi").collect()
    paths = run.work.pages.files("articles")
    read = [
        article_id
        for path in paths
        for article_id in pl.read_parquet(path, glob=False, columns=["article_id"])["article_id"]
    ]
    restored = read_rows(run.work.restored, "articles").select("article_id", "text")
    fresh = {*read, *restored["article_id"]}
    changed = (
        relations.join(earlier, on="article_id", how="left", suffix="_before")
        .filter(
            pl.col("article_id").is_in(list(fresh))
            | ((pl.col("relation") == "exact") != (pl.col("relation_before") == "exact"))
            | pl.col("relation_before").is_null()
        )
        .select("article_id", "relation")
    )
    gone = earlier.join(relations, on="article_id", how="anti").select("article_id")
    touched = pl.concat([changed.select("article_id"), gone]).unique().sort("article_id")
    write_frame(touched.select(id="article_id"), run.work.touched_facts)

    wanted = changed.filter(pl.col("relation") != "exact").select("article_id")
    arguments: list[tuple[Path, ShardedTables, str]] = []
    labels: list[str] = []
    size = shard_size(wanted.height, run.shard_documents)
    for articles in _packed(_article_inputs(run, wanted, read, restored), size):
        for shard in cut_shards(articles, size, _SHARD_BYTES):
            name = f"{len(arguments):05}"
            path = run.work.to_extract(name)
            write_frame(shard, path)
            arguments.append((path, run.work.facts, name))
            labels.append(shard_label(extract_shard.label, shard["uri"], "articles"))
    counts = run_shards(run, "extract facts", extract_shard, arguments, labels=labels)
    total, failed = counts.get("articles", 0), counts.get("failed", 0)
    run.count("extract", "articles", total, counts.get("facts", 0), failed)


def _article_inputs(
    run: Run, wanted: pl.DataFrame, read: Sequence[str], restored: pl.DataFrame
) -> Iterator[pl.DataFrame]:
    """What fact extraction needs of the ``wanted`` articles: those ``read`` in this run, then those loaded earlier.

    Their texts are the ``restored`` ones where twins settled something. Never all at once: the texts of a million
    articles are five gigabytes.
    """
    contributors = (
        read_rows(run.work.pages, "contributors")
        .sort("article_id", "ordinal")
        .group_by("article_id", maintain_order=True)
        .agg(contributors=pl.col("name"))
    )
    uris = pl.read_parquet(run.work.documents, glob=False).select("document_id", "uri")
    for path in run.work.pages.files("articles"):
        inputs = (
            pl.read_parquet(path, glob=False, columns=_COLUMNS)
            .select(_COLUMNS)
            .join(wanted, on="article_id", how="semi")
            .join(contributors, on="article_id", how="left")
            .join(uris, on="document_id", how="left")
        )
        yield _with_texts(inputs, restored).sort("article_id")
    known = wanted.filter(~pl.col("article_id").is_in(read)).sort("article_id")
    kinds = {name: core_schemas()["articles"].columns[name] for name in _COLUMNS}
    schema = pl.Schema({**kinds, "contributors": pl.List(pl.String()), "uri": pl.String()})
    for some in known.iter_slices(run.shard_documents):
        known_ones = known_articles(run.files, some["article_id"].to_list()).select(list(schema)).cast(schema)
        yield _with_texts(known_ones, restored)


def _with_texts(articles: pl.DataFrame, restored: pl.DataFrame) -> pl.DataFrame:
    """``articles`` with the texts of ``restored`` (article_id, text) where it has one."""
    found = articles.join(restored.rename({"text": "restored"}), on="article_id", how="left", maintain_order="left")
    return found.with_columns(text=pl.coalesce("restored", "text")).drop("restored")


def _packed(frames: Iterator[pl.DataFrame], max_articles: int) -> Iterator[pl.DataFrame]:
    """The same rows in frames of about so many, with the bytes of each text counted."""
    waiting: list[pl.DataFrame] = []
    for frame in frames:
        if frame.height:
            waiting.append(frame.with_columns(byte_count=pl.col("text").str.len_bytes().cast(pl.Int64)))
        if sum(one.height for one in waiting) >= max_articles:
            yield pl.concat(waiting)
            waiting = []
    if waiting:
        yield pl.concat(waiting)
