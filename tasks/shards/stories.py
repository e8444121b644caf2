"""Sketches the articles of a run and finds the stories of all articles, known and new."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from tasks.duplicates.sketches import sketch
from tasks.duplicates.stories import find_stories
from tasks.shards.files import table_files, write_frame
from warehouse.files import WarehouseFiles
from warehouse.known import known_story_articles, known_texts
from warehouse.schemas import core_schemas


def write_stories(files: WarehouseFiles, work: Path) -> dict[str, int]:
    """Write ``sketches``, ``stories``, ``story_articles`` and ``story_links`` below ``work/stories``.

    The first holds the articles of this run, the others all articles of the warehouse. Returns the counts
    ``articles``, ``stories`` and ``links``.
    """
    fresh = _fresh_articles(work)
    touched = pl.read_parquet(work / "touched_documents.parquet")["id"].to_list()
    known = known_story_articles(files, touched)
    texts = dict(fresh.select("article_id", "text").iter_rows())

    def text_of(article_ids: Sequence[str]) -> dict[str, str]:
        found = {article_id: texts[article_id] for article_id in article_ids if article_id in texts}
        missing = [article_id for article_id in article_ids if article_id not in texts]
        return found | known_texts(files, missing)

    tables = find_stories(known, fresh.drop("text"), text_of)
    folder = work / "stories"
    if fresh.height:
        columns = core_schemas()["sketches"].columns
        write_frame(fresh.select(list(columns)).cast(pl.Schema(columns)), folder / "sketches" / "all.parquet")
    for name, frame in (
        ("stories", tables.stories),
        ("story_articles", tables.story_articles),
        ("story_links", tables.story_links),
    ):
        write_frame(frame, folder / name / "all.parquet")
    return {
        "articles": tables.story_articles.height,
        "stories": tables.stories.height,
        "links": tables.story_links.height,
    }


def _fresh_articles(work: Path) -> pl.DataFrame:
    """The articles of this run with their sketches and what the chain of a story depends on."""
    article_columns = core_schemas()["articles"].columns
    paths = table_files(work / "pages", "articles")
    articles = pl.concat([pl.read_parquet(path) for path in paths]) if paths else pl.DataFrame(schema=article_columns)
    articles = articles.sort("article_id")
    documents = pl.read_parquet(work / "documents.parquet").select("document_id", "uri", "lost_char_count")
    repair_paths = table_files(work / "pages", "repairs")
    repairs = (
        pl.scan_parquet(repair_paths).group_by("document_id").agg(repair_count=pl.len().cast(pl.Int64)).collect()
        if repair_paths
        else pl.DataFrame(schema={"document_id": pl.String, "repair_count": pl.Int64})
    )
    sketches = sketch(articles["text"].to_list()).to_frame(articles["article_id"].to_list())
    return (
        articles.join(documents, on="document_id", how="left", maintain_order="left")
        .join(repairs, on="document_id", how="left", maintain_order="left")
        .join(sketches, on="article_id", how="left", maintain_order="left")
    )
