"""What the load of a run has changed, as the summaries have to know it (``warehouse.parts``)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import polars as pl

from warehouse.connections import AS_WRITTEN
from warehouse.loading import quoted
from warehouse.parts import KINDS, Changes


class ChangeLog:
    """Keeps an eye on the load of a run: on an open draft with the tables ``touched_documents``, ``touched_twins``,
    ``touched_facts`` and ``new_articles`` of ``tasks.load``, from before its first row to after its last."""

    def __init__(self, draft: duckdb.DuckDBPyConnection, documents: Path) -> None:
        """``documents`` is the Parquet file of the rows of core.documents that can be other ones now."""
        self._draft = draft
        self._changed: dict[str, pl.DataFrame] = {}
        gone = "article_id in (select id from touched_facts where id not in (select id from new_articles))"
        self._earlier = {
            kind: draft.sql(f"select distinct {kind} from {table} where {gone}").pl() for kind, table in KINDS.items()
        }
        draft.execute(
            "create or replace temp table earlier_owners as select distinct known.copy_of as id"
            f" from core.documents as known"
            f" join read_parquet('{quoted(documents)}', {AS_WRITTEN}) as fresh using (document_id)"
            " where known.copy_of is not null and known.copy_of is distinct from fresh.copy_of"
        )

    def note(self, table: str, changed: pl.DataFrame) -> None:
        """The identifiers in the rows of a table that were inserted, updated or deleted (``merge_returning``)."""
        self._changed[table] = changed

    def changes(self) -> Changes:
        """All that follows from what was noted."""
        documents = self._changed["documents"].select("document_id").unique()
        self._hold("changed_documents", {"id": documents["document_id"]})
        found = [
            frame.select(pl.col("story_id").cast(pl.String))
            for table, frame in self._changed.items()
            if table in ("stories", "story_articles", "story_links")
        ]
        links = self._changed.get("story_links")
        hosts = [] if links is None else links["article_id"].unique().to_list()
        self._hold("link_hosts", {"id": pl.Series(hosts, dtype=pl.String)})
        stories = self._draft.sql(_TOUCHED_STORIES).pl()
        return Changes(pl.concat([*found, stories]).unique(), documents, self._earlier)

    def _hold(self, name: str, columns: Mapping[str, pl.Series]) -> None:
        frame = pl.DataFrame(columns)
        self._draft.register("held", frame)
        self._draft.execute(f"create or replace temp table {name} as from held")
        self._draft.unregister("held")


# Of pages whose row or whose articles are other ones, of those whose bytes or address they share, and of articles with
# other facts or links.
_TOUCHED_STORIES = """
with pages as (
    from changed_documents union from touched_documents union from touched_twins union from earlier_owners
    union
    select copy_of from core.documents where copy_of is not null and document_id in (from changed_documents)
    union
    select document_id from core.documents
    where uri in (select uri from core.documents where document_id in (from changed_documents))
),
articles as (
    select article_id from core.articles where document_id in (from pages)
    union
    from touched_facts
    union
    from link_hosts
)
select distinct story_id from core.story_articles where article_id in (from articles)
"""
