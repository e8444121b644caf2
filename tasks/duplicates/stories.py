"""Stories: every article in exactly one, with the article that printed it first and the chain of those that followed.

The result depends on the set of articles alone, not on the order or the batches in which they came.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from tasks.duplicates.folding import Counts
from tasks.duplicates.matches import Crowds, find_matches
from tasks.duplicates.relations import Texts, TextSource, find_relations
from tasks.duplicates.roundups import open_alike, resolve_holdings
from tasks.duplicates.sketches import Sketches
from tasks.duplicates.tables import StoryTables, Traits, build_tables, no_stories

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
_LESSER_PART = 0.5  # of a page that holds it: the page is about something else
_SHORTEST_OPENING = 0.3  # of an article that a cut copy breaks off after


def find_stories(
    known: pl.DataFrame,
    new: pl.DataFrame,
    text_of: TextSource,
    crowds_of: Callable[[Sequence[str]], Crowds] | None = None,
    sketches_of: Callable[[pl.DataFrame], Sketches] | None = None,
    folder: Path | None = None,
) -> StoryTables:
    """The stories of all articles of ``known`` and ``new`` together.

    Both frames have the columns of ``ARTICLE_SCHEMA`` (those that are missing are taken as unknown; further ones are
    ignored); an article of ``new`` replaces the one of ``known`` with the same id. ``text_of`` returns the texts of the
    article ids that it is given; it is asked for doubtful pairs only. Where the articles are whole families of a larger
    corpus (``tasks.duplicates.increments``), ``crowds_of`` is given the hashes of their texts in order and says which
    keys are crowded in all of it; the stories are then those that all articles would leave. Where the articles are too
    many for their samples to be held in a frame, ``sketches_of`` is given article_id, text_hash and gram_count of each
    text in order and returns their sketches; the frames then need no samples. ``folder``: see ``find_matches``.
    """
    rows = _rows(known, new)
    if rows.is_empty():
        return no_stories()
    # Samples are long: they stay where they are until it is known which rows are wanted.
    articles = rows.drop("sample_hashes", "sample_starts").with_row_index("row")
    articles = articles.unique("article_id", keep="last").sort("article_id")
    # Texts are numbered from short to long, then by hash: an order that does not depend on which articles have come so
    # far, and in which the hub of a crowded key is the text that the other holders are likeliest to contain.
    articles = articles.with_columns(
        pl.when(pl.col("text_hash") == "").then("~" + pl.col("article_id")).otherwise("text_hash").alias("text")
    )
    distinct = articles.unique("text", keep="first", maintain_order=True).sort("gram_count", "text")
    numbered = distinct.select("text", pl.int_range(pl.len(), dtype=pl.Int64).alias("number"))
    text_index = articles.join(numbered, on="text", how="left", maintain_order="left")["number"].to_numpy()
    if sketches_of is None:
        sketches = Sketches.from_frame(rows, distinct["row"])
    else:
        sketches = sketches_of(distinct.select("article_id", "text_hash", "gram_count"))
    texts = Texts(distinct["article_id"].to_list(), text_of)
    matches = find_matches(sketches, None if crowds_of is None else crowds_of(distinct["text"].to_list()), folder)
    groups, holds = find_relations(matches, sketches.gram_counts, texts)
    holdings = resolve_holdings(groups, holds, sketches, texts)
    roots = groups.roots()
    traits = _traits(holds, roots, sketches)
    return build_tables(articles, text_index, roots, sketches, traits, holdings, text_of, texts)


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


def _traits(holds: Sequence[tuple[int, int]], roots: Counts, sketches: Sketches) -> Traits:
    """Texts that hold their story as the lesser part, and texts that are cut from another one of their story."""
    pairs = np.array(holds, dtype=np.int64).reshape(-1, 2)
    host, part = pairs[roots[pairs[:, 0]] == roots[pairs[:, 1]]].T
    share = sketches.gram_counts[part] / sketches.gram_counts[host]
    is_cut = (share >= _LESSER_PART) | ((share >= _SHORTEST_OPENING) & open_alike(sketches, host, part))
    return Traits(set(host[~is_cut].tolist()), set(part[is_cut].tolist()))
