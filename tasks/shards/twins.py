"""Settles what damage left in doubt from other articles of the story, and rewrites the rows that this changes.

What an article is restored to depends on the texts as their own pages print them, never on restored ones: so neither the
order in which pages come nor their batches show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import polars as pl

from tasks.duplicates.doubtful_runs import readings_of_twins
from tasks.duplicates.twins import LOST
from tasks.shards.files import table_files, write_frame
from warehouse.files import WarehouseFiles
from warehouse.known import known_doubtful_runs, known_rows
from warehouse.schemas import core_schemas, table_frame

Row = dict[str, object]
TextSource = Callable[[Sequence[str]], dict[str, str]]

_WRITTEN = "twins.parquet"  # beside the shards of the pages
_ARTICLES_AT_ONCE = 256
_MOST_TWINS = 4  # read for one article: a story with hundreds of copies has no more to tell


def restore_from_twins(
    files: WarehouseFiles, work: Path, story_articles: pl.DataFrame, touched: Sequence[str], text_of: TextSource
) -> int:
    """Settle doubtful runs wherever a story holds an article that prints them; how many are settled by this run.

    ``touched`` are the documents read again or gone in this run, ``text_of`` gives texts as their pages print them.
    Writes ``stories/doubtful_runs`` and ``touched_twins.parquet`` below ``work``, and changes what this run found of
    articles, paragraphs, repairs and documents.
    """
    fresh, known = _fresh_runs(work), known_doubtful_runs(files, touched)
    runs = pl.concat([fresh, known])
    members = _members(runs, story_articles)
    due = _due_documents(work, runs, set(_fresh_articles(work)["article_id"]), members)
    before = runs.filter(pl.col("document_id").is_in(sorted(due)))
    write_frame(pl.DataFrame({"id": sorted(due)}, schema={"id": pl.String}), work / "touched_twins.parquet")
    if before.is_empty():
        return 0
    rows, texts = _with_readings(before, runs, members, text_of)
    write_frame(table_frame("doubtful_runs", rows), work / "stories" / "doubtful_runs" / "all.parquet")
    _rewrite_fresh(work, texts)
    _rewrite_known(files, work, texts, before.join(known, on="article_id", how="semi")["article_id"])
    _write_repairs(files, work, rows, touched)
    _count_losses(work, before, rows)
    return sum(row["restored"] is not None for row in rows)


def _fresh_articles(work: Path) -> pl.DataFrame:
    columns = {"article_id": pl.String(), "document_id": pl.String()}
    paths = table_files(work / "pages", "articles")
    return pl.scan_parquet(paths).select(list(columns)).collect() if paths else pl.DataFrame(schema=columns)


def _fresh_runs(work: Path) -> pl.DataFrame:
    """The doubtful runs of the articles read in this run, with their documents."""
    paths = table_files(work / "pages", "doubtful_runs")
    schema = core_schemas()["doubtful_runs"].columns
    runs = pl.concat([pl.read_parquet(path) for path in paths]) if paths else pl.DataFrame(schema=schema)
    return runs.join(_fresh_articles(work), on="article_id").select(*schema, "document_id")


def _members(runs: pl.DataFrame, story_articles: pl.DataFrame) -> dict[str, list[str]]:
    """For each article with a doubtful run the articles of its story in the order of their chain, itself included."""
    own = story_articles.join(runs.select("article_id").unique(), on="article_id", how="semi")
    chains = (
        story_articles.join(own.select("story_id").unique(), on="story_id", how="semi")
        .sort("story_id", "position", "article_id")
        .group_by("story_id", maintain_order=True)
        .agg(members="article_id")
    )
    return dict(own.join(chains, on="story_id").select("article_id", "members").iter_rows())


def _due_documents(work: Path, runs: pl.DataFrame, fresh: set[str], members: dict[str, list[str]]) -> set[str]:
    """Documents with doubtful runs whose story has other members now, or members that were read again."""
    earlier = pl.read_parquet(work / "known" / "relations.parquet")
    story_of = dict(earlier.select("article_id", "story_id").iter_rows())
    own_stories = [story_of[article_id] for article_id in members if article_id in story_of]
    before: dict[str, set[str]] = defaultdict(set)
    of_stories = earlier.filter(pl.col("story_id").is_in(own_stories))
    for article_id, story_id in of_stories.select("article_id", "story_id").iter_rows():
        before[story_id].add(article_id)
    due = set()
    for article_id, document_id in runs.select("article_id", "document_id").unique().iter_rows():
        now = set(members[article_id])
        if not now.isdisjoint(fresh) or now != before.get(story_of.get(article_id, ""), set()):
            due.add(document_id)
    return due


def _with_readings(
    before: pl.DataFrame, runs: pl.DataFrame, members: dict[str, list[str]], text_of: TextSource
) -> tuple[list[Row], dict[str, str]]:
    """The rows of ``before`` with what twins print there now, and the texts of their articles with that put in."""
    doubt_count = dict(runs.group_by("article_id").len().iter_rows())
    twins_of: dict[str, list[str]] = {}
    for article_id in before["article_id"].unique().sort().to_list():
        others = [other for other in members[article_id] if other != article_id]
        # Those with the fewest doubts first; among these the order of the chain.
        others.sort(key=lambda other: doubt_count.get(other, 0))
        twins_of[article_id] = others[:_MOST_TWINS]
    rows_of = before.sort("article_id", "start_char").partition_by("article_id", as_dict=True)
    rows: list[Row] = []
    final: dict[str, str] = {}
    for some in _batches(list(twins_of)):
        texts = text_of(sorted({name for article_id in some for name in (article_id, *twins_of[article_id])}))
        for article_id in some:
            twins = [(twin, texts[twin]) for twin in twins_of[article_id]]
            settled, final[article_id] = _settled(rows_of[article_id,], texts[article_id], twins)
            rows += settled
    return rows, final


def _batches(article_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(article_ids), _ARTICLES_AT_ONCE):
        yield article_ids[start : start + _ARTICLES_AT_ONCE]


def _settled(own: pl.DataFrame, text: str, twins: Sequence[tuple[str, str]]) -> tuple[list[Row], str]:
    """The doubtful runs of one article with what its twins print there, and its text with that put in."""
    places = list(own.drop_nulls("block_ordinal").select("start_char", "end_char").iter_rows())
    found = readings_of_twins(text, places, twins)
    rows: list[Row] = []
    for row in own.iter_rows(named=True):
        twin, reading = found.get(row["start_char"], (None, None))
        if reading is not None:
            text = text[: row["start_char"]] + reading.restored + text[row["end_char"] :]
        told = (reading.restored, twin, reading.confidence) if reading is not None else (None, None, None)
        rows.append(row | dict(zip(("restored", "twin_article_id", "confidence"), told, strict=True)))
    return rows, text


def _rewrite_fresh(work: Path, texts: dict[str, str]) -> None:
    """Put the final texts into the shards of articles and paragraphs of this run."""
    for table in ("articles", "paragraphs"):
        for path in table_files(work / "pages", table):
            ids = pl.read_parquet(path, columns=["article_id"])["article_id"]
            if not ids.is_in(list(texts)).any():
                continue
            frame = pl.read_parquet(path)
            changed = _with_texts(frame, texts)
            if not changed.equals(frame):
                write_frame(changed, path)


def _with_texts(frame: pl.DataFrame, texts: dict[str, str]) -> pl.DataFrame:
    """The rows of articles or paragraphs with the final texts; lengths and offsets stay as they are."""
    starts = frame["start_char"] if "start_char" in frame.columns else [0] * frame.height
    ends = frame["end_char"] if "end_char" in frame.columns else [None] * frame.height
    found = [
        text if (final := texts.get(article_id)) is None or start is None else final[start:end]
        for article_id, text, start, end in zip(frame["article_id"], frame["text"], starts, ends, strict=True)
    ]
    return frame.with_columns(text=pl.Series(found, dtype=pl.String))


def _rewrite_known(files: WarehouseFiles, work: Path, texts: dict[str, str], known: pl.Series) -> None:
    """Write the rows of articles that were read in earlier runs and whose text is another one now."""
    stored = known_rows(files, "articles", known.unique().sort().to_list())
    articles = _with_texts(stored, texts)
    articles = articles.filter(articles["text"] != stored["text"])
    if articles.is_empty():
        return
    for table in ("articles", "paragraphs", "contributors"):
        rows = articles if table == "articles" else known_rows(files, table, articles["article_id"].to_list())
        if not rows.is_empty():
            rows = _with_texts(rows, texts) if table == "paragraphs" else rows
            write_frame(rows, work / "pages" / table / _WRITTEN)


def _write_repairs(files: WarehouseFiles, work: Path, rows: Sequence[Row], touched: Sequence[str]) -> None:
    """One repair of kind ``twin`` for each reading, after all that the pages' own readers repaired."""
    paths = table_files(work / "pages", "repairs")
    columns = ["document_id", "ordinal", "layer", "block_ordinal"]
    documents = sorted({str(row["document_id"]) for row in rows})
    known = known_rows(files, "repairs", sorted(set(documents) - set(touched)), "document_id")
    own = pl.concat(
        [
            known.filter(pl.col("kind") != "twin").select(columns),
            *(pl.read_parquet(path, columns=columns) for path in paths),
        ]
    ).filter(pl.col("document_id").is_in(documents))
    ordinals = dict(own.group_by("document_id").agg(pl.col("ordinal").max() + 1).iter_rows())
    layers = {
        (document_id, block): layer
        for document_id, block, layer in own.drop_nulls("block_ordinal")
        .group_by("document_id", "block_ordinal")
        .agg(pl.col("layer").max() + 1)
        .iter_rows()
    }
    repairs: list[Row] = []
    for row in sorted(
        (row for row in rows if row["restored"] is not None),
        key=lambda row: (str(row["document_id"]), int(str(row["block_ordinal"])), int(str(row["block_start_char"]))),
    ):
        document_id = str(row["document_id"])
        ordinal = ordinals.get(document_id, 0)
        ordinals[document_id] = ordinal + 1
        repairs.append(
            {
                "document_id": document_id,
                "ordinal": ordinal,
                "kind": "twin",
                "damaged": row["printed"],
                "restored": row["restored"],
                "confidence": row["confidence"],
                "layer": layers.get((document_id, int(str(row["block_ordinal"]))), 0),
                "block_ordinal": row["block_ordinal"],
                "start_char": row["block_start_char"],
            }
        )
    if repairs:
        write_frame(table_frame("repairs", repairs), work / "pages" / "repairs" / _WRITTEN)


def _count_losses(work: Path, before: pl.DataFrame, rows: Sequence[Row]) -> None:
    """Take what is filled in now from what the documents count as lost, and add what was filled in before."""
    difference: dict[str, int] = defaultdict(int)
    for row in before.iter_rows(named=True):
        difference[row["document_id"]] += _filled(row)
    for row in rows:
        difference[str(row["document_id"])] -= _filled(row)
    path = work / "documents.parquet"
    documents = pl.read_parquet(path)
    change = pl.col("document_id").replace_strict(dict(difference), default=0, return_dtype=pl.Int64)
    write_frame(documents.with_columns(lost_char_count=(pl.col("lost_char_count") + change).clip(lower_bound=0)), path)


def _filled(row: Row) -> int:
    return str(row["printed"]).count(LOST) if row["restored"] is not None else 0
