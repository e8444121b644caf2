"""Stories: every article in exactly one, with the article that printed it first and the chain of those that followed.

The result depends on the set of articles alone, not on the order or the batches in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.duplicates.alignments import NEAR_SHARE
from tasks.duplicates.anchors import anchors_of
from tasks.duplicates.chains import Copy, Link, order_chain, publisher_of, role_alone
from tasks.duplicates.folding import Counts, fold_with_offsets
from tasks.duplicates.matches import CrowdCount, find_matches
from tasks.duplicates.relations import Texts, TextSource, Unions, find_relations
from tasks.duplicates.resemblance import resemblances
from tasks.duplicates.roundups import Holding, resolve_holdings
from tasks.duplicates.sketches import Sketches, text_keys_of, tiers_of
from tasks.records import stable_id

ARTICLE_SCHEMA: dict[str, pl.DataType] = {
    "article_id": pl.String(),
    "title": pl.String(),
    "published_at": pl.Datetime("us", "UTC"),
    "published_on": pl.Date(),
    "site": pl.String(),
    "outlet": pl.String(),
    "uri": pl.String(),
    "is_complete": pl.Boolean(),
    "repair_count": pl.Int64(),
    "lost_char_count": pl.Int64(),
    "text_hash": pl.String(),
    "gram_count": pl.UInt32(),
    "sample_hashes": pl.List(pl.UInt64()),
    "sample_starts": pl.List(pl.UInt32()),
}
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
_LESSER_PART = 0.5  # of a page that holds it: the page is about something else
_SHORTEST_OPENING = 0.3  # of an article that a cut copy breaks off after


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


def find_stories(
    known: pl.DataFrame, new: pl.DataFrame, text_of: TextSource, all_anchors: CrowdCount | None = None
) -> StoryTables:
    """The stories of all articles of ``known`` and ``new`` together.

    Both frames have the columns of ``ARTICLE_SCHEMA`` (those that are missing are taken as unknown; further ones are
    ignored); an article of ``new`` replaces the one of ``known`` with the same id. ``text_of`` returns the texts of the
    article ids that it is given; it is asked for doubtful pairs only. Where ``known`` is only what the new articles can
    touch, ``all_anchors`` is the index of all articles, the new ones included (``updates.update_stories`` sees to it).
    """
    rows = _rows(known, new)
    if rows.is_empty():
        return StoryTables(
            pl.DataFrame(schema=STORY_SCHEMA),
            pl.DataFrame(schema=STORY_ARTICLE_SCHEMA),
            pl.DataFrame(schema=STORY_LINK_SCHEMA),
        )
    # Samples are long: they stay where they are until it is known which rows are wanted.
    articles = rows.drop("sample_hashes", "sample_starts").with_row_index("row")
    articles = articles.unique("article_id", keep="last").sort("article_id")
    # Texts are numbered by their hash, so that their order does not depend on which articles have come so far.
    articles = articles.with_columns(
        pl.when(pl.col("text_hash") == "").then("~" + pl.col("article_id")).otherwise("text_hash").alias("text")
    )
    text_index = (articles["text"].rank("dense").cast(pl.Int64) - 1).to_numpy()
    distinct = articles.unique("text", keep="first", maintain_order=True).sort("text")
    sketches = Sketches.from_frame(rows.select(Sketches.COLUMNS)[distinct["row"]])
    texts = Texts(distinct["article_id"].to_list(), text_of)
    matches = find_matches(anchors_of(sketches), tiers_of(sketches.gram_counts), text_keys_of(distinct), all_anchors)
    groups, holds = find_relations(matches, sketches.gram_counts, texts)
    holdings = resolve_holdings(groups, holds, sketches.gram_counts, texts)
    roots = np.array([groups.root(index) for index in range(distinct.height)], dtype=np.int64)
    traits = _traits(holds, groups, sketches)
    return _tables(articles, text_index, roots, sketches, traits, holdings, text_of, texts)


def _rows(known: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    frames = [
        frame.select(
            pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, dtype=kind).alias(name)
            for name, kind in ARTICLE_SCHEMA.items()
        )
        for frame in (known, new)
        if not frame.is_empty()
    ]
    if not frames:
        return pl.DataFrame(schema=ARTICLE_SCHEMA)
    return pl.concat(frames)


def _traits(holds: Sequence[tuple[int, int]], groups: Unions, sketches: Sketches) -> tuple[set[int], set[int]]:
    """Texts that hold their story as the lesser part, and texts that are cut from another one of their story."""
    holders, cuts = set(), set()
    for host, part in holds:
        if groups.root(host) != groups.root(part):
            continue
        share = sketches.gram_counts[part] / sketches.gram_counts[host]
        if share >= _LESSER_PART or (share >= _SHORTEST_OPENING and _opens_alike(sketches, host, part)):
            cuts.add(part)
        else:
            holders.add(host)
    return holders, cuts


def _opens_alike(sketches: Sketches, host: int, part: int) -> bool:
    """Whether the first sample of ``host`` stands at the same place in ``part``: one breaks off, the other goes on."""
    at = int(sketches.bounds[host])
    own = slice(int(sketches.bounds[part]), int(sketches.bounds[part + 1]))
    return bool(((sketches.hashes[own] == sketches.hashes[at]) & (sketches.starts[own] == sketches.starts[at])).any())


def _tables(
    articles: pl.DataFrame,
    text_index: Counts,
    roots: Counts,
    sketches: Sketches,
    traits: tuple[set[int], set[int]],
    holdings: Sequence[Holding],
    text_of: TextSource,
    texts: Texts,
) -> StoryTables:
    ids = articles["article_id"].to_list()
    chained = _chains(articles, roots[text_index], text_index, traits)
    order = np.array([row for row, _, _ in chained], dtype=np.int64)
    canonical = np.array([first for _, first, _ in chained], dtype=np.int64)
    links = [link for _, _, link in chained]
    relations, similarities = _relations(sketches, text_index[order], text_index[canonical], order == canonical)
    story_ids = {first: stable_id("story", ids[first]) for first in sorted(set(canonical.tolist()))}
    members = pl.DataFrame(
        {
            "article_id": [link.article_id for link in links],
            "story_id": [story_ids[first] for first in canonical.tolist()],
            "relation": relations,
            "similarity": similarities,
            "role": [link.role for link in links],
            "position": [link.position for link in links],
            "lag_days": [link.lag_days for link in links],
        },
        schema=STORY_ARTICLE_SCHEMA,
    )
    story_of_text = {int(text_index[row]): story_ids[first] for row, first, _ in chained}
    story_links = _story_links(holdings, text_index, ids, story_of_text, text_of, texts)
    return StoryTables(_stories(articles, members), members.sort("article_id"), story_links)


def _chains(
    articles: pl.DataFrame, story_of_row: Counts, text_index: Counts, traits: tuple[set[int], set[int]]
) -> list[tuple[int, int, Link]]:
    """Row, row of the canonical article and place in the chain, for every article."""
    order = np.argsort(story_of_row, kind="stable")
    ordered = story_of_row[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    sizes = np.diff(np.append(starts, len(order)))
    alone = order[starts[sizes == 1]]
    # Most articles have no copy; theirs is the same chain of one, without the work of ordering it.
    columns = articles[alone].select("article_id", "site", "outlet", pl.col("published_on").is_not_null())
    chained = [
        (row, row, Link(article_id, role_alone(site, outlet), 0, 0 if is_dated else None))
        for row, (article_id, site, outlet, is_dated) in zip(alone.tolist(), columns.iter_rows(), strict=True)
    ]
    together = sizes > 1
    rows = order[np.repeat(together, sizes)]
    copies = _copies(articles[rows], text_index[rows], traits)
    ends = np.cumsum(sizes[together]).tolist()
    for start, end in zip([0, *ends], ends, strict=False):
        members = {copy.article_id: row for copy, row in zip(copies[start:end], rows[start:end].tolist(), strict=True)}
        chain = order_chain(copies[start:end])
        first = members[chain[0].article_id]
        chained += [(members[link.article_id], first, link) for link in chain]
    return chained


def _copies(articles: pl.DataFrame, texts: Counts, traits: tuple[set[int], set[int]]) -> list[Copy]:
    holders, cuts = traits
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
        Copy(*(*row, text in holders, text in cuts))
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
    detailed = members.join(
        articles.select("article_id", "title", "published_on", pl.Series("publisher", publishers, dtype=pl.String)),
        on="article_id",
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
    ids: Sequence[str],
    story_of_text: dict[int, str],
    text_of: TextSource,
    texts: Texts,
) -> pl.DataFrame:
    rows_of_text: dict[int, list[int]] = defaultdict(list)
    hosts = {holding.host for holding in holdings}
    for row in np.flatnonzero(np.isin(text_index, list(hosts))).tolist():
        rows_of_text[int(text_index[row])].append(row)
    pages = text_of([ids[row] for host in sorted(hosts) for row in rows_of_text[host]]) if hosts else {}
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
