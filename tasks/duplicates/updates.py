"""New articles taken into known stories: only the stories that they can touch are worked out again.

The outcome is the one that all articles together would give. What two texts are to one another depends on them alone
(``matches``); other texts decide only whether they are compared. Stories are worked out component by component: texts
that relations connect, so that the tables show them as one story or as stories that links tie. A component stays as it
is unless a text joins it or two of its texts are no longer compared, and that happens to known texts only where a key
that they share becomes crowded or gets another hub: then its component is worked out again, by the same code. Texts that
have no relation have none to lose. Why the flow computes all stories instead is in DECISIONS.md, "Stories are a function
of the set of articles".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from tasks.duplicates.index import AnchorIndex, Touched
from tasks.duplicates.matches import find_matches
from tasks.duplicates.relations import TextSource, Unions, judged_by_sketch
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
    replaced = _stories_to_replace(touched, related, story_articles, story_links)
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


def _stories_to_replace(
    touched: Touched, related: set[str], story_articles: pl.DataFrame, story_links: pl.DataFrame
) -> list[str]:
    """The stories of all components that gain a text or may lose a relation, in order."""
    tied = _tied_stories(story_articles, story_links)
    changed = touched.same | related | touched.hubs
    concerned = story_articles.filter(pl.col("article_id").is_in(changed.union(*touched.crowds)))
    concerned = concerned.join(tied, on="story_id", how="left").with_columns(pl.coalesce("component", "story_id"))
    component_of = dict(concerned.select("article_id", "component").iter_rows())
    components = {component_of[one] for one in changed}
    for crowd in touched.crowds:
        held = Counter(component_of[one] for one in crowd)
        components |= {component for component, count in held.items() if count > 1}
    stories = pl.concat((concerned.select("story_id", "component"), tied))
    return stories.filter(pl.col("component").is_in(components))["story_id"].unique().sort().to_list()


def _tied_stories(story_articles: pl.DataFrame, story_links: pl.DataFrame) -> pl.DataFrame:
    """The component (one of its stories) of each story that a link ties to another one (columns story_id, component)."""
    ties = story_links.select(pl.col("story_id").alias("held"), "article_id").join(
        story_articles.select("article_id", pl.col("story_id").alias("page")), on="article_id"
    )
    ends = np.concatenate((ties["held"].to_numpy(), ties["page"].to_numpy()))
    stories, numbers = np.unique(ends.astype(object), return_inverse=True)
    roots = Unions.of_pairs(len(stories), *numbers.reshape(2, -1)).roots()
    schema = {"story_id": pl.String, "component": pl.String}
    return pl.DataFrame([stories.tolist(), stories[roots].tolist()], schema=schema)
