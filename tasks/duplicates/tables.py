"""The tables of stories, their articles and their links, once it is known which texts belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.duplicates.alignments import NEAR_SHARE
from tasks.duplicates.chains import Copy, Link, order_chain, publisher_of, role_alone
from tasks.duplicates.folding import Counts, fold_with_offsets
from tasks.duplicates.relations import Texts, TextSource
from tasks.duplicates.resemblance import resemblances
from tasks.duplicates.roundups import Holding
from tasks.duplicates.sketches import Sketches
from tasks.records import stable_id

STORY_SCHEMA: dict[str, pl.DataType] = {
    "story_id": pl.String(),
    "canonical_article_id": pl.String(),
    "title": pl.String(),
    "article_count": pl.Int64(),
    "site_count": pl.Int64(),
    "first_published_on": pl.Date(),
    "last_published_on": pl.Date(),
}
STORY_ARTICLE_SCHEMA: dict[str, pl.DataType] = {
    "article_id": pl.String(),
    "story_id": pl.String(),
    "relation": pl.String(),
    "similarity": pl.Float64(),
    "role": pl.String(),
    "position": pl.Int64(),
    "lag_days": pl.Int64(),
}
STORY_LINK_SCHEMA: dict[str, pl.DataType] = {
    "story_id": pl.String(),
    "article_id": pl.String(),
    "start_char": pl.Int64(),
    "end_char": pl.Int64(),
    "share": pl.Float64(),
}

_COPY_SIZE_SHARE = 0.8  # texts that differ less in length are near copies, not one within the other


@dataclass(frozen=True, slots=True)
class StoryTables:
    """``stories``, ``story_articles`` and ``story_links`` with the columns of the schemas above, sorted by their keys.

    ``similarity`` is with the canonical article: the estimated share of grams in common (Jaccard), for ``contains`` and
    ``contained`` the share of the shorter text that the longer one prints. ``share`` of a link: how much of the held
    article the page prints.
    """

    stories: pl.DataFrame
    story_articles: pl.DataFrame
    story_links: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Traits:
    """Numbers of texts: ``holders`` hold their story as the lesser part, ``cuts`` are cut from another one of
    theirs."""

    holders: set[int]
    cuts: set[int]


def no_stories() -> StoryTables:
    """The tables with their columns and no rows."""
    return StoryTables(
        pl.DataFrame(schema=STORY_SCHEMA),
        pl.DataFrame(schema=STORY_ARTICLE_SCHEMA),
        pl.DataFrame(schema=STORY_LINK_SCHEMA),
    )


def build_tables(
    articles: pl.DataFrame,
    text_index: Counts,
    roots: Counts,
    sketches: Sketches,
    traits: Traits,
    holdings: Sequence[Holding],
    text_of: TextSource,
    texts: Texts,
) -> StoryTables:
    """The tables for ``articles``; ``text_index`` numbers the text of each, ``roots`` the story of each text."""
    story_of_row = roots[text_index]
    order = np.argsort(story_of_row, kind="stable")
    ordered = story_of_row[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    sizes = np.diff(np.append(starts, len(order)))
    rows = order[np.repeat(sizes > 1, sizes)]
    members = pl.concat(
        (
            _alone(articles[order[starts[sizes == 1]]]),
            _together(articles[rows], text_index[rows], sizes[sizes > 1], sketches, traits),
        )
    )
    canonical = members["canonical_article_id"].unique()
    story_ids = pl.Series("story_id", [stable_id("story", one) for one in canonical.to_list()], dtype=pl.String)
    members = members.join(pl.DataFrame((canonical, story_ids)), on="canonical_article_id")
    members = members.select(list(STORY_ARTICLE_SCHEMA)).sort("article_id")
    # Articles are in order of their ids too: row by row the same.
    links = _story_links(holdings, text_index, articles["article_id"], members["story_id"], text_of, texts)
    return StoryTables(_stories(articles, members), members, links)


def _alone(articles: pl.DataFrame) -> pl.DataFrame:
    """Most articles have no copy: a chain of one, without the work of ordering it."""
    roles = np.full(articles.height, "original", dtype=object)
    for row in np.flatnonzero(articles["outlet"].fill_null("") != "").tolist():
        roles[row] = role_alone(articles["site"][row], articles["outlet"][row])
    return articles.select(
        "article_id",
        pl.col("article_id").alias("canonical_article_id"),
        pl.lit("canonical").alias("relation"),
        pl.lit(1.0).alias("similarity"),
        pl.Series("role", roles.tolist(), dtype=pl.String),
        pl.lit(0, dtype=pl.Int64).alias("position"),
        pl.when(pl.col("published_on").is_not_null()).then(pl.lit(0, dtype=pl.Int64)).alias("lag_days"),
    )


def _together(
    articles: pl.DataFrame, text_index: Counts, sizes: Counts, sketches: Sketches, traits: Traits
) -> pl.DataFrame:
    """Articles that have copies; ``sizes`` of their stories, which follow one another."""
    copies = _copies(articles, text_index, traits)
    text_of_article = dict(zip((copy.article_id for copy in copies), text_index.tolist(), strict=True))
    links: list[Link] = []
    canonical: list[str] = []
    end = 0
    for size in sizes.tolist():
        start, end = end, end + size
        chain = order_chain(copies[start:end])
        links += chain
        canonical += [chain[0].article_id] * size
    own_texts = np.array([text_of_article[link.article_id] for link in links], dtype=np.int64)
    canonical_texts = np.array([text_of_article[one] for one in canonical], dtype=np.int64)
    is_canonical = np.array([link.position == 0 for link in links], dtype=np.bool_)
    relations, similarities = _relations(sketches, own_texts, canonical_texts, is_canonical)
    return pl.DataFrame(
        {
            "article_id": pl.Series([link.article_id for link in links], dtype=pl.String),
            "canonical_article_id": pl.Series(canonical, dtype=pl.String),
            "relation": pl.Series(relations, dtype=pl.String),
            "similarity": pl.Series(similarities, dtype=pl.Float64),
            "role": pl.Series([link.role for link in links], dtype=pl.String),
            "position": pl.Series([link.position for link in links], dtype=pl.Int64),
            "lag_days": pl.Series([link.lag_days for link in links], dtype=pl.Int64),
        }
    )


def _copies(articles: pl.DataFrame, texts: Counts, traits: Traits) -> list[Copy]:
    columns = articles.select(  # in the order of the attributes of Copy
        "article_id",
        "published_on",
        "published_at",
        "site",
        "outlet",
        "uri",
        pl.col("is_complete").fill_null(True),
        pl.col("lost_char_count").fill_null(0),
        pl.col("repair_count").fill_null(0),
    )
    return [
        Copy._make((*row, text in traits.holders, text in traits.cuts))
        for row, text in zip(columns.iter_rows(), texts.tolist(), strict=True)
    ]


def _relations(
    sketches: Sketches, texts: Counts, canonical_texts: Counts, is_canonical: npt.NDArray[np.bool_]
) -> tuple[list[str], list[float]]:
    other = np.flatnonzero(texts != canonical_texts)
    jaccard, contained = resemblances(sketches, texts[other], canonical_texts[other])
    own_size, size = sketches.gram_counts[texts[other]], sketches.gram_counts[canonical_texts[other]]
    is_copy = np.minimum(own_size, size) >= _COPY_SIZE_SHARE * np.maximum(own_size, size)
    is_copy |= contained < NEAR_SHARE
    relations = np.where(is_canonical, "canonical", "exact").astype(object)
    relations[other] = np.where(is_copy, "near", np.where(own_size > size, "contains", "contained"))
    similarities = np.ones(len(texts))
    similarities[other] = np.where(is_copy, jaccard, contained).round(4)
    return relations.tolist(), similarities.tolist()


def _stories(articles: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    publishers = [publisher_of(site, uri) for site, uri in articles.select("site", "uri").iter_rows()]
    detailed = members.select(
        "story_id",
        "position",
        "article_id",
        articles["title"],
        articles["published_on"],
        pl.Series("publisher", publishers, dtype=pl.String),
    ).sort("story_id", "position")
    return (
        detailed.group_by("story_id", maintain_order=True)
        .agg(
            pl.col("article_id").first().alias("canonical_article_id"),
            pl.col("title").first(),
            pl.len().cast(pl.Int64).alias("article_count"),
            pl.max_horizontal(pl.col("publisher").drop_nulls().n_unique(), 1).cast(pl.Int64).alias("site_count"),
            pl.col("published_on").min().alias("first_published_on"),
            pl.col("published_on").max().alias("last_published_on"),
        )
        .select(list(STORY_SCHEMA))
    )


def _story_links(
    holdings: Sequence[Holding],
    text_index: Counts,
    article_ids: pl.Series,
    story_ids: pl.Series,
    text_of: TextSource,
    texts: Texts,
) -> pl.DataFrame:
    if not holdings:
        return pl.DataFrame(schema=STORY_LINK_SCHEMA)
    rows_of_text: dict[int, list[int]] = defaultdict(list)
    hosts = {holding.host for holding in holdings}
    concerned = hosts | {holding.part for holding in holdings}
    for row in np.flatnonzero(np.isin(text_index, list(concerned))).tolist():
        rows_of_text[int(text_index[row])].append(row)
    ids = {row: article_ids[row] for rows in rows_of_text.values() for row in rows}
    story_of_text = {text: story_ids[rows[0]] for text, rows in rows_of_text.items()}
    pages = text_of([ids[row] for host in sorted(hosts) for row in rows_of_text[host]])
    found: dict[tuple[str, str, int], tuple[int, float]] = {}
    for host, part in sorted({(holding.host, holding.part) for holding in holdings}):
        if story_of_text[host] == story_of_text[part]:
            continue
        texts.fetch([host, part])
        start, end, share = texts.place_in(host, part)
        for row in rows_of_text[host]:
            _, offsets = fold_with_offsets(pages.get(ids[row], ""))
            if not 0 <= start < end <= len(offsets):
                continue
            key = story_of_text[part], ids[row], int(offsets[start])
            place = int(offsets[end - 1]) + 1, round(share, 4)
            found[key] = max(found.get(key, place), place)
    return pl.DataFrame(
        [(*key, *place) for key, place in sorted(found.items())], schema=STORY_LINK_SCHEMA, orient="row"
    )
