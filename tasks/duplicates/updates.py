"""New articles taken into known stories: only the stories that they can touch are worked out again.

The outcome is the one that all articles together would give, as far as tests tell; what is not proved, and why the flow
computes all stories instead, is in DECISIONS.md, "Stories are a function of the set of articles".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from tasks.duplicates.index import AnchorIndex
from tasks.duplicates.matches import find_matches
from tasks.duplicates.relations import TextSource, judged_by_sketch
from tasks.duplicates.sketches import Sketches, text_keys_of
from tasks.duplicates.stories import find_stories
from tasks.duplicates.tables import StoryTables


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
    extended = index.extended(new)
    touched = index.touched_by(new)
    related = _related_to(new, articles_of(sorted(touched.beside)), extended) if touched.beside else set()
    bound = _bound(touched.unsettled, story_articles, story_links)
    replaced = _joined_stories(sorted(touched.same | related | bound), story_articles, story_links)
    known_ids = story_articles.filter(pl.col("story_id").is_in(replaced))["article_id"].sort().to_list()
    tables = find_stories(articles_of(known_ids) if known_ids else new.clear(), new, text_of, extended)
    return StoryUpdate(replaced, tables, extended)


def _related_to(new: pl.DataFrame, known: pl.DataFrame, all_anchors: AnchorIndex) -> set[str]:
    """The known articles that sketches do not rule out as copies, parts or hosts of a new one."""
    columns = ["article_id", *Sketches.COLUMNS]
    rows = pl.concat((known.select(columns), new.select(columns)))
    articles = (
        rows.select("article_id", "text_hash", "gram_count")
        .with_row_index("row")
        .unique("text_hash", keep="first")
        .sort("gram_count", "text_hash")
    )
    sketches = Sketches.from_frame(rows, articles["row"])
    is_new = articles["article_id"].is_in(new["article_id"].implode()).to_numpy()
    matches = find_matches(sketches, text_keys_of(articles), all_anchors, is_new)
    possible = np.logical_or.reduce(judged_by_sketch(matches))
    known_side = np.where(is_new[matches.left], matches.right, matches.left)[possible]
    return set(articles["article_id"][np.unique(known_side)].to_list())


def _bound(article_ids: set[str], story_articles: pl.DataFrame, story_links: pl.DataFrame) -> set[str]:
    """Those of the articles that have a relation to lose: copies or links."""
    stories = story_articles.filter(pl.col("article_id").is_in(sorted(article_ids)))
    sizes = story_articles.filter(pl.col("story_id").is_in(stories["story_id"].implode())).group_by("story_id").len()
    alone = stories.join(sizes.filter(pl.col("len") == 1), on="story_id", how="semi")
    unlinked = alone.join(story_links, on="story_id", how="anti").join(story_links, on="article_id", how="anti")
    return set(stories["article_id"].to_list()) - set(unlinked["article_id"].to_list())


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
