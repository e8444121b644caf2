"""Sketches the articles of a run, finds the stories of all articles, known and new, and lets twins settle doubts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from tasks.duplicates.doubtful_runs import with_printed
from tasks.duplicates.sketches import SKETCH_VERSION, Sketches, sketch
from tasks.duplicates.stories import find_stories
from tasks.shards.files import table_files, write_frame
from tasks.shards.shelf import TextShelf
from tasks.shards.twins import restore_from_twins
from warehouse.files import WarehouseFiles
from warehouse.known import known_readings, known_story_articles, known_texts
from warehouse.schemas import core_schemas

_ARTICLES_AT_ONCE = 10_000


def write_stories(files: WarehouseFiles, work: Path) -> dict[str, int]:
    """Write ``sketches``, ``stories``, ``story_articles``, ``story_links`` and ``doubtful_runs`` below ``work/stories``.

    The first holds the articles of this run and those whose sketch is of another version, the next three all articles
    of the warehouse. Returns the counts ``articles``, ``stories``, ``links`` and ``settled``: doubtful runs
    that another article of the story fills in, corrects or proves.
    """
    touched = pl.read_parquet(work / "touched_documents.parquet")["id"].to_list()
    with TextShelf(work / "stories" / "texts") as shelf:

        def text_of(article_ids: Sequence[str]) -> dict[str, str]:
            """Texts as their own pages print them."""
            found = shelf.texts(article_ids)
            missing = [article_id for article_id in article_ids if article_id not in found]
            texts = known_texts(files, missing)
            for article_id, places in known_readings(files, missing).items():
                texts[article_id] = with_printed(texts[article_id], places)
            return found | texts

        fresh = _fresh_articles(work, shelf)
        known, renewed = _renewed(known_story_articles(files, touched), text_of)
        tables = find_stories(known, fresh, text_of)
        folder = work / "stories"
        columns = core_schemas()["sketches"].columns
        sketches = pl.concat([frame.select(list(columns)).cast(pl.Schema(columns)) for frame in (fresh, renewed)])
        if sketches.height:
            write_frame(sketches, folder / "sketches" / "all.parquet")
        for name, frame in (
            ("stories", tables.stories),
            ("story_articles", tables.story_articles),
            ("story_links", tables.story_links),
        ):
            write_frame(frame, folder / name / "all.parquet")
        settled = restore_from_twins(files, work, tables.story_articles, touched, text_of)
    return {
        "articles": tables.story_articles.height,
        "stories": tables.stories.height,
        "links": tables.story_links.height,
        "settled": settled,
    }


def _fresh_articles(work: Path, shelf: TextShelf) -> pl.DataFrame:
    """The articles of this run with their sketches and what the chain of a story depends on; texts go to the shelf."""
    columns = [name for name in core_schemas()["articles"].columns if name != "text"]
    frames = [pl.DataFrame(schema={name: core_schemas()["articles"].columns[name] for name in columns})]
    sketched = [_sketched([], [])]
    for path in table_files(work / "pages", "articles"):
        frame = pl.read_parquet(path)
        shelf.put(frame.select("article_id", "text").iter_rows())
        frames.append(frame.select(columns))
        sketched.append(_sketched(frame["article_id"].to_list(), frame["text"].to_list()))
    articles = pl.concat(frames).sort("article_id")
    documents = pl.read_parquet(work / "documents.parquet").select("document_id", "uri", "lost_char_count")
    repair_paths = table_files(work / "pages", "repairs")
    repairs = (
        pl.scan_parquet(repair_paths).group_by("document_id").agg(repair_count=pl.len().cast(pl.Int64)).collect()
        if repair_paths
        else pl.DataFrame(schema={"document_id": pl.String, "repair_count": pl.Int64})
    )
    return (
        articles.join(documents, on="document_id", how="left", maintain_order="left")
        .join(repairs, on="document_id", how="left", maintain_order="left")
        .join(pl.concat(sketched), on="article_id", how="left", maintain_order="left")
    )


def _sketched(article_ids: Sequence[str], texts: Sequence[str]) -> pl.DataFrame:
    frame = sketch(texts).to_frame(article_ids)
    return frame.with_columns(sketch_version=pl.lit(SKETCH_VERSION, dtype=pl.Int32))


def _renewed(
    known: pl.DataFrame, text_of: Callable[[Sequence[str]], dict[str, str]]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The known articles, all with sketches of this version, and those of them whose sketch had to be made anew."""
    old = known.filter(pl.col("sketch_version") != SKETCH_VERSION)
    if old.is_empty():
        return known, old
    frames = []
    for ids in old["article_id"].to_frame().iter_slices(_ARTICLES_AT_ONCE):
        texts = text_of(ids["article_id"].to_list())
        frames.append(_sketched(list(texts), list(texts.values())))
    columns = ["sketch_version", *Sketches.COLUMNS]
    renewed = old.drop(columns).join(pl.concat(frames), on="article_id").select(known.columns).cast(known.schema)
    current = known.filter(pl.col("sketch_version") == SKETCH_VERSION)
    return pl.concat([current, renewed]).sort("article_id"), renewed
