"""Extract: places, organisations, people, practices, figures, quotes and dates of every distinct article text."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.runs import Run, read_frames, run_shards
from tasks.shards.facts import extract_facts
from tasks.shards.files import table_files, write_frame
from tasks.worker_pool import run_in_worker
from warehouse.known import known_articles
from warehouse.planning import cut_shards
from warehouse.schemas import core_schemas

# Facts cost about 4 ms an article of 1,500 characters (three bytes each): shards of some ten seconds of work.
_SHARD_BYTES = 12_000_000


@task(name="extract", task_run_name="extract {number} of {total}", tags={"extract"}, cache_policy=NO_CACHE)
def extract_shard(article_path: Path, out_folder: Path, shard: str, number: int, total: int) -> dict[str, int]:
    """Facts of one shard of articles; the counts ``articles``, ``facts`` and ``failed``."""
    counts = run_in_worker(extract_facts, article_path, out_folder, shard)
    get_run_logger().info("%(facts)d facts in %(articles)d articles, %(failed)d failed", counts)
    return counts


def extract(run: Run) -> None:
    """Extract facts where they are missing: from articles read in this run and from those that stand for a story now.

    An article that is ``exact`` has its facts through its story's canonical article; facts it had are removed. Files
    ``facts/<table>/`` hold the facts, ``touched_facts.parquet`` the articles whose facts are replaced.
    """
    relations = read_frames(
        table_files(run.path("stories"), "story_articles"), core_schemas()["story_articles"].columns
    ).select("article_id", "relation")
    earlier = pl.read_parquet(run.path("known", "relations.parquet"))
    fresh = read_frames(table_files(run.path("pages"), "articles"), core_schemas()["articles"].columns)
    changed = (
        relations.join(earlier, on="article_id", how="left", suffix="_before")
        .filter(
            pl.col("article_id").is_in(fresh["article_id"].implode())
            | ((pl.col("relation") == "exact") != (pl.col("relation_before") == "exact"))
            | pl.col("relation_before").is_null()
        )
        .select("article_id", "relation")
    )
    gone = earlier.join(relations, on="article_id", how="anti").select("article_id")
    touched = pl.concat([changed.select("article_id"), gone]).unique().sort("article_id")
    write_frame(touched.select(id="article_id"), run.path("touched_facts.parquet"))

    wanted = changed.filter(pl.col("relation") != "exact").select("article_id")
    articles = _article_inputs(run, fresh, wanted)
    articles = articles.with_columns(byte_count=pl.col("text").str.len_bytes().cast(pl.Int64))
    arguments = []
    for number, shard in enumerate(cut_shards(articles, run.shard_documents * 2, _SHARD_BYTES)):
        path = run.path("to_extract", f"{number:05}.parquet")
        write_frame(shard, path)
        arguments.append((path, run.path("facts"), f"{number:05}"))
    counts = run_shards(run, "extract facts", extract_shard, arguments)
    total, failed = counts.get("articles", 0), counts.get("failed", 0)
    run.count("extract", "articles", total, counts.get("facts", 0), failed)


def _article_inputs(run: Run, fresh: pl.DataFrame, wanted: pl.DataFrame) -> pl.DataFrame:
    """What fact extraction needs of the ``wanted`` articles: those of this run and those loaded earlier, by id."""
    contributors = (
        read_frames(table_files(run.path("pages"), "contributors"), core_schemas()["contributors"].columns)
        .sort("article_id", "ordinal")
        .group_by("article_id", maintain_order=True)
        .agg(contributors=pl.col("name"))
    )
    uris = pl.read_parquet(run.path("documents.parquet")).select("document_id", "uri")
    columns = ["article_id", "document_id", "title", "text", "published_on", "site", "outlet", "dateline"]
    inputs = (
        fresh.select(columns)
        .join(wanted, on="article_id", how="semi")
        .join(contributors, on="article_id", how="left")
        .join(uris, on="document_id", how="left")
    )
    missing = wanted.join(inputs, on="article_id", how="anti")["article_id"].to_list()
    earlier = known_articles(run.files, missing) if missing else inputs.clear()
    return pl.concat([inputs, earlier.select(inputs.columns).cast(inputs.schema)]).sort("article_id")
