"""Sketches the articles of a run and finds the stories that they change, or those of all articles, known and new."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import polars as pl

from tasks.duplicates.identifiers import keep_identifiers
from tasks.duplicates.increments import MOST_OF_ALL, concerned_by
from tasks.duplicates.sketches import SKETCH_VERSION, sketch
from tasks.duplicates.stories import find_stories
from tasks.shards.sample_arrays import SampleArrays
from tasks.shards.shard_files import read_rows, write_frame
from tasks.shards.shelf import PrintedTexts, TextShelf
from tasks.work import WorkFolder
from warehouse.files import WarehouseFiles
from warehouse.known import known_story_articles
from warehouse.known_stories import KnownStories, known_stories
from warehouse.schemas import core_schemas

_ARTICLES_AT_ONCE = 10_000
_NO_SAMPLES = ("article_id", "sketch_version", "text_hash", "gram_count")


def write_stories(files: WarehouseFiles, work: WorkFolder, *, in_parts: bool = False) -> dict[str, int]:
    """Write ``sketches``, ``stories``, ``story_articles`` and ``story_links`` of ``work.stories``, and
    ``work.replaced_stories``.

    The first holds the articles of this run and those whose sketch is of another version, the others all stories that
    take the place of the replaced ones: of all articles or, ``in_parts``, of those whose stories this run can change.
    In parts is right only where the draft has all stories of its articles, and sketches of this version. Returns the
    counts ``articles``, ``stories`` and ``links`` of the stories written, ``replaced_articles`` and
    ``replaced_stories`` of those whose place they take.
    """
    touched = pl.read_parquet(work.touched_documents, glob=False)["id"].to_list()
    with TextShelf(work.story_texts) as shelf, known_stories(files, touched) as known:
        text_of = PrintedTexts(shelf, files)
        fresh = _fresh_articles(work, shelf)
        concerned = None
        if in_parts and fresh.height < MOST_OF_ALL * known.count():
            concerned = concerned_by(read_rows(work.stories, "sketches"), known, text_of)
        among = None if concerned is None else concerned.articles
        articles = known_story_articles(files, touched, among)
        if concerned is None:
            articles = _renewed(articles, text_of, work)
        samples = SampleArrays(partial(_samples, work, known, among), work.story_samples)
        crowds_of = None if concerned is None else concerned.crowds_of
        work.story_samples.mkdir(parents=True, exist_ok=True)
        tables = find_stories(articles, fresh, text_of, crowds_of, samples, work.story_samples)
    replaced = _replaced(work, None if concerned is None else concerned.stories)
    tables, aliases = keep_identifiers(
        tables,
        replaced,
        pl.read_parquet(work.known("story_aliases"), glob=False),
        pl.scan_parquet(work.known("story_ids"), glob=False).select("story_id").unique().collect()["story_id"],
    )
    write_frame(aliases, work.stories.whole("story_aliases"))
    write_frame(tables.stories, work.stories.whole("stories"))
    write_frame(tables.story_articles, work.stories.whole("story_articles"))
    write_frame(tables.story_links, work.stories.whole("story_links"))
    return {
        "articles": tables.story_articles.height,
        "stories": tables.stories.height,
        "links": tables.story_links.height,
        "replaced_articles": replaced.height,
        "replaced_stories": replaced["story_id"].n_unique(),
    }


def _replaced(work: WorkFolder, stories: Sequence[str] | None) -> pl.DataFrame:
    """article_id and story_id of the known stories that this run replaces: all of them, or the named ones."""
    known = pl.scan_parquet(work.known("story_ids"), glob=False)
    named = pl.DataFrame({"story_id": [] if stories is None else list(stories)}, schema={"story_id": pl.String})
    replaced = known.collect() if stories is None else known.join(named.lazy(), on="story_id", how="semi").collect()
    ids = replaced["story_id"].unique().sort()
    write_frame(pl.DataFrame({"id": ids}, schema={"id": pl.String}), work.replaced_stories)
    return replaced


def _samples(work: WorkFolder, known: KnownStories, among: Sequence[str] | None) -> Iterator[pl.DataFrame]:
    """The samples of the articles that this run has sketched, then those of all that are known, or of some."""
    for path in work.stories.files("sketches"):
        yield pl.read_parquet(path, glob=False)
    yield from known.samples(SKETCH_VERSION, among)


def _fresh_articles(work: WorkFolder, shelf: TextShelf) -> pl.DataFrame:
    """The articles of this run with what the chain of a story depends on; texts go to the shelf, sketches to
    ``work.stories``."""
    columns = [name for name in core_schemas()["articles"].columns if name != "text"]
    frames = [pl.DataFrame(schema={name: core_schemas()["articles"].columns[name] for name in columns})]
    sketched = [_sketched([], []).select(_NO_SAMPLES)]
    for path in work.pages.files("articles"):
        frame = pl.read_parquet(path, glob=False)
        shelf.put(frame.select("article_id", "text").iter_rows())
        frames.append(frame.select(columns))
        made = _sketched(frame["article_id"].to_list(), frame["text"].to_list())
        sketched.append(made.select(_NO_SAMPLES))
        if made.height:
            write_frame(made, work.stories.shard("sketches", path.stem))
    articles = pl.concat(frames).sort("article_id")
    documents = pl.read_parquet(work.documents, glob=False).select("document_id", "uri", "lost_char_count")
    repair_paths = work.pages.files("repairs")
    repairs = (
        pl.scan_parquet(repair_paths, glob=False)
        .group_by("document_id")
        .agg(repair_count=pl.len().cast(pl.Int64))
        .collect()
        if repair_paths
        else pl.DataFrame(schema={"document_id": pl.String, "repair_count": pl.Int64})
    )
    return (
        articles.join(documents, on="document_id", how="left", maintain_order="left")
        .join(repairs, on="document_id", how="left", maintain_order="left")
        .join(pl.concat(sketched), on="article_id", how="left", maintain_order="left")
    )


def _sketched(article_ids: Sequence[str], texts: Sequence[str]) -> pl.DataFrame:
    """Rows of ``core.sketches``."""
    columns = core_schemas()["sketches"].columns
    frame = sketch(texts).to_frame(article_ids)
    return frame.with_columns(sketch_version=pl.lit(SKETCH_VERSION)).select(list(columns)).cast(pl.Schema(columns))


def _renewed(known: pl.DataFrame, text_of: Callable[[Sequence[str]], dict[str, str]], work: WorkFolder) -> pl.DataFrame:
    """The ``known`` articles; those whose sketch is of another version get one of this, which goes to
    ``work.stories``."""
    old = known.filter(pl.col("sketch_version") != SKETCH_VERSION)
    if old.is_empty():
        return known
    frames = []
    for number, ids in enumerate(old["article_id"].to_frame().iter_slices(_ARTICLES_AT_ONCE)):
        texts = text_of(ids["article_id"].to_list())
        made = _sketched(list(texts), list(texts.values()))
        write_frame(made, work.stories.shard("sketches", f"renewed{number:05}"))
        frames.append(made.select(_NO_SAMPLES))
    renewed = old.drop(_NO_SAMPLES[1:]).join(pl.concat(frames), on="article_id").select(known.columns)
    current = known.filter(pl.col("sketch_version") == SKETCH_VERSION)
    return pl.concat([current, renewed.cast(known.schema)]).sort("article_id")
