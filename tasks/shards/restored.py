"""Settles what damage left in doubt from other articles of the story, and writes the rows that this changes.

What the pages themselves tell stays as it was written: those who read both prefer these rows.
What an article is restored to depends on the texts as their own pages print them, never on restored ones: so neither
the order in which pages come nor their batches show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import polars as pl

from tasks.duplicates.doubtful_runs import readings_of_twins
from tasks.duplicates.twins import LOST
from tasks.shards.shard_files import documents_of, read_frames, read_rows, write_frame
from tasks.shards.shelf import PrintedTexts, TextShelf
from tasks.work import WorkFolder
from warehouse.files import WarehouseFiles
from warehouse.known import known_chains, known_doubtful_runs, known_rows
from warehouse.schemas import core_schemas, table_frame

Row = dict[str, object]
TextSource = Callable[[Sequence[str]], dict[str, str]]

_ARTICLES_AT_ONCE = 256
_MOST_TWINS = 4  # read for one article: a story with hundreds of copies has no more to tell


def restore_from_twins(files: WarehouseFiles, work: WorkFolder) -> int:
    """Settle doubtful runs wherever a story holds an article that prints them; how many are settled by this run.

    Reads what this run found of pages and stories; writes ``work.restored`` (doubtful_runs, articles, paragraphs,
    repairs, documents: rows that are other ones now) and ``work.touched_twins``.
    """
    touched = pl.read_parquet(work.touched_documents, glob=False)["id"].to_list()
    story_articles = read_rows(work.stories, "story_articles")
    articles = _fresh_articles(work)
    schema = core_schemas()["doubtful_runs"].columns
    fresh = read_rows(work.pages, "doubtful_runs").join(articles, on="article_id").select(*schema, "document_id")
    # Of other stories the members are those of the last run, and so is what they tell of one another.
    runs = pl.concat([fresh, known_doubtful_runs(files, touched, story_articles["article_id"])])
    others = runs.join(story_articles, on="article_id", how="anti")["article_id"].unique().to_list()
    earlier_chains = known_chains(files, others).select(story_articles.columns).cast(story_articles.schema)
    members = _members(runs, pl.concat([story_articles, earlier_chains]))
    due = _due_documents(work, runs, set(articles["article_id"]), members)
    before = runs.filter(pl.col("document_id").is_in(sorted(due)))
    write_frame(pl.DataFrame({"id": sorted(due)}, schema={"id": pl.String}), work.touched_twins)
    if before.is_empty():
        return 0
    with TextShelf(work.story_texts, later=True) as shelf:
        rows, texts = _with_readings(before, runs, members, PrintedTexts(shelf, files))
    write_frame(table_frame("doubtful_runs", rows), work.restored.whole("doubtful_runs"))
    _write_texts(files, work, texts)
    _write_repairs(files, work, rows, touched)
    _write_losses(work, before, rows)
    return sum(row["restored"] is not None for row in rows)


def _fresh_articles(work: WorkFolder) -> pl.DataFrame:
    columns = {"article_id": pl.String(), "document_id": pl.String()}
    paths = work.pages.files("articles")
    return pl.scan_parquet(paths, glob=False).select(list(columns)).collect() if paths else pl.DataFrame(schema=columns)


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


def _due_documents(work: WorkFolder, runs: pl.DataFrame, fresh: set[str], members: dict[str, list[str]]) -> set[str]:
    """Documents with doubtful runs whose story has other members now, or members that were read again."""
    earlier = pl.scan_parquet(work.known("relations"), glob=False).select("article_id", "story_id")
    own = pl.LazyFrame({"article_id": list(members)}, schema={"article_id": pl.String})
    story_of = dict(earlier.join(own, on="article_id", how="semi").collect().iter_rows())
    own_stories = pl.LazyFrame({"story_id": list(set(story_of.values()))}, schema={"story_id": pl.String})
    before: dict[str, set[str]] = defaultdict(set)
    for article_id, story_id in earlier.join(own_stories, on="story_id", how="semi").collect().iter_rows():
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


def _write_texts(files: WarehouseFiles, work: WorkFolder, texts: dict[str, str]) -> None:
    """Write the articles whose text is another one now, and their paragraphs."""
    articles = _rows_of("articles", sorted(texts), files, work)
    changed = articles.filter(pl.col("text") != pl.col("article_id").replace_strict(texts, return_dtype=pl.String))
    if changed.is_empty():
        return
    write_frame(_with_texts(changed, texts), work.restored.whole("articles"))
    paragraphs = _rows_of("paragraphs", changed["article_id"].to_list(), files, work)
    write_frame(_with_texts(paragraphs, texts), work.restored.whole("paragraphs"))


def _rows_of(table: str, article_ids: list[str], files: WarehouseFiles, work: WorkFolder) -> pl.DataFrame:
    """The rows of these articles: those read in this run from its files, the others from the draft."""
    wanted = pl.col("article_id").is_in(article_ids)
    fresh = read_frames([], core_schemas()[table].columns)
    for path in work.pages.files(table):
        fresh = pl.concat([fresh, pl.scan_parquet(path, glob=False).filter(wanted).collect().select(fresh.columns)])
    read = set(_fresh_articles(work)["article_id"])
    return pl.concat([fresh, known_rows(files, table, [name for name in article_ids if name not in read])])


def _with_texts(frame: pl.DataFrame, texts: dict[str, str]) -> pl.DataFrame:
    """The rows of articles or paragraphs with the final texts; lengths and offsets stay as they are."""
    starts = frame["start_char"] if "start_char" in frame.columns else [0] * frame.height
    ends = frame["end_char"] if "end_char" in frame.columns else [None] * frame.height
    found = [
        text if start is None else texts[article_id][start:end]
        for article_id, text, start, end in zip(frame["article_id"], frame["text"], starts, ends, strict=True)
    ]
    return frame.with_columns(text=pl.Series(found, dtype=pl.String))


def _write_repairs(files: WarehouseFiles, work: WorkFolder, rows: Sequence[Row], touched: Sequence[str]) -> None:
    """One repair of kind ``twin`` for each reading, after all that the pages' own readers repaired."""
    paths = work.pages.files("repairs")
    columns = ["document_id", "ordinal", "layer", "block_ordinal"]
    documents = sorted({str(row["document_id"]) for row in rows})
    known = known_rows(files, "repairs", sorted(set(documents) - set(touched)), "document_id")
    own = pl.concat(
        [
            known.filter(pl.col("kind") != "twin").select(columns),
            *(pl.read_parquet(path, glob=False, columns=columns) for path in paths),
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
        write_frame(table_frame("repairs", repairs), work.restored.whole("repairs"))


def _write_losses(work: WorkFolder, before: pl.DataFrame, rows: Sequence[Row]) -> None:
    """The documents without what is filled in now among what they count as lost, with what was filled in before."""
    difference: dict[str, int] = defaultdict(int)
    for row in before.iter_rows(named=True):
        difference[row["document_id"]] += _filled(row)
    for row in rows:
        difference[str(row["document_id"])] -= _filled(row)
    documents = documents_of(work, pl.Series(sorted(difference), dtype=pl.String))
    change = pl.col("document_id").replace_strict(dict(difference), return_dtype=pl.Int64)
    counted = documents.with_columns(lost_char_count=(pl.col("lost_char_count") + change).clip(lower_bound=0))
    write_frame(counted, work.restored.whole("documents"))


def _filled(row: Row) -> int:
    return str(row["printed"]).count(LOST) if row["restored"] is not None else 0
