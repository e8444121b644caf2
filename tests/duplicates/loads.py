"""Loads of articles one after the other, as a warehouse would take them in."""

from __future__ import annotations

import polars as pl

from tasks.duplicates.index import AnchorIndex
from tasks.duplicates.relations import TextSource
from tasks.duplicates.tables import StoryTables
from tasks.duplicates.updates import update_stories


def take_in(
    tables: StoryTables, index: AnchorIndex, batch: pl.DataFrame, frame: pl.DataFrame, text_of: TextSource
) -> tuple[StoryTables, AnchorIndex]:
    """The tables and the index with the articles of ``batch``; ``frame`` has all articles, those to come as well."""
    update = update_stories(
        index,
        tables.story_articles,
        tables.story_links,
        batch,
        lambda ids: frame.filter(pl.col("article_id").is_in(ids)),
        text_of,
    )
    replaced = update.replaced_story_ids
    pages = tables.story_articles.filter(pl.col("story_id").is_in(replaced))["article_id"].to_list()
    kept = (
        tables.stories.filter(~pl.col("story_id").is_in(replaced)),
        tables.story_articles.filter(~pl.col("story_id").is_in(replaced)),
        tables.story_links.filter(~pl.col("story_id").is_in(replaced) & ~pl.col("article_id").is_in(pages)),
    )
    return (
        StoryTables(
            pl.concat((kept[0], update.tables.stories)).sort("story_id"),
            pl.concat((kept[1], update.tables.story_articles)).sort("article_id"),
            pl.concat((kept[2], update.tables.story_links)).sort("story_id", "article_id", "start_char"),
        ),
        update.index,
    )
