"""New articles taken into known stories: only the stories that they can touch are worked out again.

The outcome is the one that all articles together would give.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from tasks.duplicates.index import AnchorIndex
from tasks.duplicates.relations import TextSource
from tasks.duplicates.stories import StoryTables, find_stories


@dataclass(frozen=True, slots=True)
class StoryUpdate:
    """``replaced_story_ids``: known stories that ``tables`` replace, with their articles and every link that names them
    or one of their articles. ``index``: the index with the new articles, to be saved with the tables.
    """

    replaced_story_ids: list[str]
    tables: StoryTables
    index: AnchorIndex


def update_stories(
    index: AnchorIndex,
    story_articles: pl.DataFrame,
    story_links: pl.DataFrame,
    new: pl.DataFrame,
    articles_of: Callable[[Sequence[str]], pl.DataFrame],
    text_of: TextSource,
) -> StoryUpdate:
    """What ``new`` articles change in the stories known so far.

    ``story_articles`` (columns article_id, story_id) and ``story_links`` (story_id, article_id) are the tables as they
    stand; ``articles_of`` returns the rows of known article ids with the columns of ``stories.ARTICLE_SCHEMA``. The
    ids in ``new`` must be unknown: where an article's text changed or an article is gone, all stories are to be found
    anew from the stored sketches.
    """
    touched = _joined_stories(index.touched_by(new), story_articles, story_links)
    known_ids = story_articles.filter(pl.col("story_id").is_in(touched))["article_id"].sort().to_list()
    extended = index.extended(new)
    tables = find_stories(articles_of(known_ids) if known_ids else new.clear(), new, text_of, extended)
    return StoryUpdate(touched, tables, extended)


def _joined_stories(article_ids: Sequence[str], story_articles: pl.DataFrame, story_links: pl.DataFrame) -> list[str]:
    """Stories of the articles, and those that round-ups join to them: whether a page is one depends on all it holds."""
    touched = story_articles.filter(pl.col("article_id").is_in(article_ids))["story_id"].unique()
    if story_links.is_empty():
        return touched.sort().to_list()
    ties = story_links.select(pl.col("story_id").alias("held"), "article_id").join(
        story_articles.select("article_id", pl.col("story_id").alias("page")), on="article_id"
    )
    while True:
        reached = ties.filter(pl.col("held").is_in(touched.implode()) | pl.col("page").is_in(touched.implode()))
        grown = pl.concat((touched, reached["held"], reached["page"])).unique()
        if len(grown) == len(touched):
            return touched.sort().to_list()
        touched = grown
