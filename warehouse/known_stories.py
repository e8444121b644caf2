"""The stories of the last run and the sketches they were found by, as far as a day's articles need them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb
import polars as pl

from warehouse.connections import open_warehouse
from warehouse.files import WarehouseFiles

_SKETCHES_AT_ONCE = 20_000  # read together: at 1,500 characters fifteen megabytes
# What DuckDB keeps of the sketches that it has read; they are read once or twice, in order.
MEMORY_LIMIT = "512MB"


class KnownStories:
    """What an open draft shows of stories, but for what this run changes (``tasks.duplicates.increments.Corpus``)."""

    def __init__(self, draft: duckdb.DuckDBPyConnection, touched_documents: Sequence[str]) -> None:
        """``touched_documents`` (ids) are those that the run has read again or found gone."""
        self._draft = draft
        self._hold("touched", touched_documents)
        draft.execute(
            "create or replace temp table gone_articles as select article_id from core.articles"
            " where document_id in (select id from touched)"
        )
        draft.execute(
            "create or replace temp table joined as select distinct l.story_id as held, s.story_id as host"
            " from core.story_links as l join core.story_articles as s using (article_id)"
        )

    def count(self) -> int:
        """How many articles the draft has a sketch of."""
        return int(self._draft.execute("select count(*) from core.sketches").fetchall()[0][0])

    def gone(self) -> pl.DataFrame:
        """Sketches of the articles of touched documents."""
        return self._sketches("gone_articles")

    def sketches(self, article_ids: Sequence[str]) -> pl.DataFrame:
        """Sketches of these articles."""
        self._hold("wanted", article_ids)
        return self._sketches("(select id as article_id from wanted)")

    def walk(self) -> Iterator[pl.DataFrame]:
        """All sketches: article_id, text_hash, gram_count, sample_hashes, and whether the article is gone."""
        rows = self._draft.sql(
            "select article_id, text_hash, gram_count, sample_hashes,"
            " article_id in (from gone_articles) as is_gone from core.sketches"
        )
        yield from _batches(rows)

    def samples(self, version: int, among: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
        """article_id, sample_hashes and sample_starts of the sketches of that version, some thousands at a time: of all
        articles but those that are gone, or of those ``among`` these."""
        named = "true"
        if among is not None:
            self._hold("wanted", among)
            named = "article_id in (select id from wanted)"
        rows = self._draft.sql(
            "select article_id, sample_hashes, sample_starts from core.sketches"
            f" where sketch_version = {version:d} and article_id not in (from gone_articles) and {named}"
        )
        yield from _batches(rows)

    def kin(self, article_ids: Sequence[str]) -> pl.DataFrame:
        """article_id, story_id, article_count of the story, and whether links join it to others (is_linked)."""
        self._hold("wanted", article_ids)
        frame: pl.DataFrame = self._draft.sql(
            """
            select m.article_id, m.story_id, s.article_count,
                m.story_id in (select held from joined union all select host from joined) as is_linked
            from core.story_articles as m join core.stories as s using (story_id)
            where m.article_id in (select id from wanted)
            order by all
            """
        ).pl()
        return frame

    def linked(self, article_ids: Sequence[str]) -> tuple[list[str], list[str]]:
        """The stories of these articles, those that links join to them, and so on; and all articles of these."""
        self._hold("wanted", article_ids)
        self._draft.execute(
            "create or replace temp table family as select distinct story_id from core.story_articles"
            " where article_id in (select id from wanted)"
        )
        size = -1
        while (grown := self._count_of_family()) > size:
            size = grown
            self._draft.execute(
                "insert into family select held from joined where host in (from family) and held not in (from family)"
                " union select host from joined where held in (from family) and host not in (from family)"
            )
        stories = self._draft.execute("select story_id from family order by all").fetchall()
        articles = self._draft.execute(
            "select article_id from core.story_articles where story_id in (from family) order by all"
        ).fetchall()
        return [one for (one,) in stories], [one for (one,) in articles]

    def _count_of_family(self) -> int:
        return int(self._draft.execute("select count(*) from family").fetchall()[0][0])

    def _sketches(self, article_ids: str) -> pl.DataFrame:
        frame: pl.DataFrame = self._draft.sql(
            "select article_id, text_hash, gram_count, sample_hashes, sample_starts from core.sketches"
            f" where article_id in (select article_id from {article_ids}) order by article_id"
        ).pl()
        return frame

    def _hold(self, name: str, ids: Sequence[str]) -> None:
        frame = pl.DataFrame({"id": list(ids)}, schema={"id": pl.String})
        self._draft.register("held_ids", frame)
        self._draft.execute(f"create or replace temp table {name} as from held_ids")
        self._draft.unregister("held_ids")


def _batches(rows: duckdb.DuckDBPyRelation) -> Iterator[pl.DataFrame]:
    for batch in rows.to_arrow_reader(_SKETCHES_AT_ONCE):
        frame = pl.from_arrow(batch)
        assert isinstance(frame, pl.DataFrame)
        yield frame


@contextmanager
def known_stories(files: WarehouseFiles, touched_documents: Sequence[str]) -> Iterator[KnownStories]:
    """The stories that the draft shows, while it is open for reading."""
    with open_warehouse(files.draft) as draft:
        draft.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        yield KnownStories(draft, touched_documents)
