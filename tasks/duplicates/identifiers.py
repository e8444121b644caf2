"""Keeps the identifiers of stories: one that was published stays with its articles, whichever of them is canonical.

A new story is named after its canonical article. When an earlier copy arrives, another article may become canonical;
the name stays. Stories that turn out to be one keep the name most of their articles had; the others are aliases.
"""

from __future__ import annotations

import polars as pl

from tasks.duplicates.tables import StoryTables
from tasks.records import stable_id

ALIAS_SCHEMA: dict[str, pl.DataType] = {"alias_id": pl.String(), "story_id": pl.String()}


def keep_identifiers(
    tables: StoryTables, known: pl.DataFrame, aliases: pl.DataFrame, published: pl.Series | None = None
) -> tuple[StoryTables, pl.DataFrame]:
    """``tables`` under the identifiers that their articles had, and ``core.story_aliases`` as it is now.

    ``known`` holds article_id and story_id as published before, of the stories whose place these take; ``aliases`` what
    had given way by then; ``published`` all identifiers of stories published before, where ``known`` has not all.
    """
    published = known["story_id"].unique() if published is None else published
    if published.is_empty() and aliases.is_empty():
        return tables, pl.DataFrame(schema=ALIAS_SCHEMA)
    fresh = tables.story_articles.select("article_id", new_id="story_id")
    shared = (
        fresh.join(known.select("article_id", old_id="story_id"), on="article_id")
        .group_by("old_id", "new_id")
        .agg(article_count=pl.len())
    )
    # An identifier goes where most of its articles went; of several that meet, the one that brings most is kept.
    heirs = shared.sort("article_count", "new_id", descending=[True, False]).unique("old_id", keep="first")
    kept = heirs.sort("article_count", "old_id", descending=[True, False]).unique("new_id", keep="first")
    names = tables.stories.select(new_id="story_id", canonical="canonical_article_id").join(
        kept.select("new_id", final_id="old_id"), on="new_id", how="left"
    )
    taken = _among(published, names["new_id"])
    taken |= set(aliases.filter(pl.col("story_id").is_not_null())["alias_id"])
    final = [
        kept_id or _unused(new_id, canonical, taken, published) for new_id, canonical, kept_id in names.iter_rows()
    ]
    names = names.select("new_id", final_id=pl.Series(final, dtype=pl.String))
    staying = _among(published, aliases["alias_id"], aliases["story_id"].drop_nulls()) - set(known["story_id"])
    gone = _aliases(known, aliases, heirs.join(names, on="new_id").select("old_id", "final_id"), staying.union(final))
    return _renamed(tables, names), gone


def _among(published: pl.Series, *names: pl.Series) -> set[str]:
    """Those of ``names`` that were published: of a million identifiers a run asks for some thousands."""
    return set(published.filter(published.is_in(pl.concat(names).unique().implode())))


def _unused(new_id: str, canonical: str, taken: set[str], published: pl.Series) -> str:
    """A name for a new story; not one that another story had whose canonical article this has become.

    ``taken`` knows of new names alone whether they were published.
    """
    name, tries = new_id, 1
    while name in taken or (tries > 1 and (published == name).any()):
        tries += 1
        name = stable_id("story", canonical, tries)
    return name


def _aliases(known: pl.DataFrame, aliases: pl.DataFrame, heirs: pl.DataFrame, final: set[str]) -> pl.DataFrame:
    """Every identifier that was published and is no story's now, with the story its articles went to."""
    heir_of = dict(heirs.iter_rows())
    earlier: dict[str, str | None] = dict(aliases.select("alias_id", "story_id").iter_rows())
    rows = []
    for alias in sorted((set(known["story_id"]) | set(earlier)) - final):
        target = heir_of.get(alias) or earlier.get(alias)
        target = heir_of.get(str(target), target)
        rows.append((alias, target if target in final else None))
    return pl.DataFrame(rows, schema=ALIAS_SCHEMA, orient="row")


def _renamed(tables: StoryTables, names: pl.DataFrame) -> StoryTables:
    def renamed(frame: pl.DataFrame, *order: str) -> pl.DataFrame:
        columns = frame.columns
        joined = frame.rename({"story_id": "new_id"}).join(names, on="new_id", how="left")
        return joined.rename({"final_id": "story_id"}).select(columns).sort(order)

    return StoryTables(
        renamed(tables.stories, "story_id"),
        renamed(tables.story_articles, "article_id"),
        renamed(tables.story_links, "story_id", "article_id", "start_char"),
    )
