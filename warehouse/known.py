"""What the warehouse already shows, read from the draft at the start of a run and handed to the stages as files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb
import polars as pl

from warehouse.connections import open_warehouse
from warehouse.files import WarehouseFiles
from warehouse.migrations import migrate
from warehouse.planning import repeated_lines
from warehouse.schemas import core_schemas


def learned_lines(warehouse: Path, site_key: str | None) -> frozenset[str]:
    """The lines that ``warehouse`` has learned the site to repeat; none of a page whose site nothing tells."""
    if site_key is None:
        return frozenset()
    with open_warehouse(warehouse) as connection:
        known = connection.sql("from core.site_lines where site_key = $site", params={"site": site_key}).pl()
    return frozenset(repeated_lines(known)["line"])


def export_known(files: WarehouseFiles, folder: Path, fact_tables: Collection[str], *, rebuild: bool = False) -> str:
    """Write what the draft shows to ``folder``, after its tables have got their present shape; what that took
    (``warehouse.migrations.migrate``).

    ``documents``, ``stories``, ``rejections`` and ``relations`` are what the run builds on;
    ``story_ids`` and ``story_aliases`` the identifiers published so far, also where everything is made anew.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open_warehouse(files.draft, writable=True) as connection:
        _export_identifiers(connection, folder)
        measure = migrate(connection, fact_tables, rebuild=rebuild)
        for table in ("documents", "stories", "rejections"):
            connection.table(f"core.{table}").write_parquet(str(folder / f"{table}.parquet"))
        relations = connection.sql("select article_id, story_id, relation from core.story_articles")
        relations.write_parquet(str(folder / "relations.parquet"))
    return measure


def _export_identifiers(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Identifiers of stories as an earlier version may have published them; none where there are no such tables."""
    for name, table, columns in (
        ("story_ids", "story_articles", ("article_id", "story_id")),
        ("story_aliases", "story_aliases", ("alias_id", "story_id")),
    ):
        there = connection.execute(
            "select 1 from duckdb_tables() where schema_name = 'core' and database_name = current_database()"
            " and table_name = ?",
            [table],
        ).fetchall()
        source = f"from core.{table}" if there else "where false"
        empty = ", ".join(f"null::varchar as {column}" for column in columns)
        chosen = ", ".join(columns) if there else empty
        connection.sql(f"select {chosen} {source}").write_parquet(str(folder / f"{name}.parquet"))


def is_made_by(files: WarehouseFiles, code_version: str) -> bool:
    """Whether the last run that published the draft was one of this code; what it has built is what this one would."""
    with open_warehouse(files.draft) as connection:
        rows = connection.execute(
            "select code_version from core.runs where status = 'completed' qualify started_at = max(started_at) over ()"
        ).fetchall()
    return bool(rows) and all(version == code_version for (version,) in rows)


def has_other_sketches(files: WarehouseFiles, version: int) -> bool:
    """Whether a sketch of another version is among those that are known."""
    with open_warehouse(files.draft) as connection:
        rows = connection.execute("select 1 from core.sketches where sketch_version != ? limit 1", [version]).fetchall()
    return bool(rows)


def known_site_lines(files: WarehouseFiles, site_keys: Collection[str]) -> pl.DataFrame:
    """What is known of the lines of these sites: rows of ``core.site_lines``."""
    return known_rows(files, "site_lines", sorted(site_keys), "site_key")


def known_articles(files: WarehouseFiles, article_ids: Sequence[str]) -> pl.DataFrame:
    """What fact extraction needs of articles loaded in earlier runs: the columns of ``tasks.shards.facts``."""
    with open_warehouse(files.draft) as connection:
        connection.register("wanted", pl.DataFrame({"id": list(article_ids)}, schema={"id": pl.String}))
        frame: pl.DataFrame = connection.sql(
            """
            select
                a.article_id, a.document_id, a.title, a.text, a.published_on, a.site, a.outlet, a.dateline,
                (select list(c.name order by c.ordinal) from core.contributors as c
                 where c.article_id = a.article_id) as contributors,
                d.uri
            from core.articles as a join core.documents as d using (document_id)
            where a.article_id in (select id from wanted)
            order by a.article_id
            """
        ).pl()
    return frame


def known_story_articles(
    files: WarehouseFiles, without_documents: Sequence[str], among: Sequence[str] | None = None
) -> pl.DataFrame:
    """Sketches of the articles loaded in earlier runs, without their samples, and what the chain of a story depends on.

    Losses and repairs are those of the page alone: what a twin filled in counts as lost, so that a story depends on its
    pages and not on what was made of them. Articles of ``without_documents`` are left out: those pages are read again
    in this run, or are gone; so are those that are not ``among`` these article ids, where they are given.
    """
    with open_warehouse(files.draft) as connection:
        connection.register("gone", pl.DataFrame({"id": list(without_documents)}, schema={"id": pl.String}))
        connection.register("named", pl.DataFrame({"id": list(among or ())}, schema={"id": pl.String}))
        frame: pl.DataFrame = connection.sql(
            f"""
            with wanted as (
                select article_id, document_id from core.articles
                where document_id not in (select id from gone)
                    and {"true" if among is None else "article_id in (select id from named)"}
            )
            select
                a.article_id, a.title, a.published_at, a.published_on, a.site, a.outlet, d.uri, a.is_complete,
                r.repair_count, d.lost_char_count + coalesce(f.filled_char_count, 0) as lost_char_count,
                s.sketch_version, s.text_hash, s.gram_count
            from core.articles as a
            join core.documents as d using (document_id)
            join core.sketches as s using (article_id)
            left join (
                select document_id, count(*) as repair_count from core.repairs
                where kind != 'twin' and document_id in (select document_id from wanted) group by all
            ) as r using (document_id)
            left join (
                select l.document_id, sum(length(l.printed) - length(replace(l.printed, '□', '')))::bigint
                    as filled_char_count
                from (
                    select o.document_id, t.printed
                    from core.doubtful_runs as t join core.articles as o using (article_id)
                    where t.restored is not null and o.document_id in (select document_id from wanted)
                ) as l
                group by all
            ) as f using (document_id)
            where a.article_id in (select article_id from wanted)
            order by a.article_id
            """
        ).pl()
    return frame


def known_texts(files: WarehouseFiles, article_ids: Sequence[str]) -> dict[str, str]:
    """The texts of articles loaded in earlier runs, by id."""
    if not article_ids:
        return {}
    with open_warehouse(files.draft) as connection:
        connection.register("wanted", pl.DataFrame({"id": list(article_ids)}, schema={"id": pl.String}))
        rows = connection.execute(
            "select article_id, text from core.articles where article_id in (select id from wanted)"
        ).fetchall()
    return dict(rows)


def known_readings(files: WarehouseFiles, article_ids: Sequence[str]) -> dict[str, list[tuple[int, int, str]]]:
    """Where twins were read in the texts of articles loaded in earlier runs, by article id: start, end, and what the
    article's own page has there."""
    if not article_ids:
        return {}
    with open_warehouse(files.draft) as connection:
        connection.register("wanted", pl.DataFrame({"id": list(article_ids)}, schema={"id": pl.String}))
        rows = connection.execute(
            "select article_id, list((start_char, end_char, printed) order by start_char) from core.doubtful_runs"
            " where restored is not null and article_id in (select id from wanted) group by all"
        ).fetchall()
    return dict(rows)


def known_doubtful_runs(files: WarehouseFiles, without_documents: Sequence[str], among: pl.Series) -> pl.DataFrame:
    """``core.doubtful_runs`` of the pages that have an article ``among`` these, with the document of each, but for
    ``without_documents``."""
    with open_warehouse(files.draft) as connection:
        connection.register("gone", pl.DataFrame({"id": list(without_documents)}, schema={"id": pl.String}))
        connection.register("named", pl.DataFrame({"id": among}, schema={"id": pl.String}))
        frame: pl.DataFrame = connection.sql(
            """
            select l.*, a.document_id
            from core.doubtful_runs as l join core.articles as a using (article_id)
            where a.document_id not in (select id from gone) and a.document_id in (
                select document_id from core.articles where article_id in (select id from named)
            )
            order by l.article_id, l.start_char
            """
        ).pl()
    return frame.cast(pl.Schema({**core_schemas()["doubtful_runs"].columns, "document_id": pl.String()}))


def known_chains(files: WarehouseFiles, article_ids: Sequence[str]) -> pl.DataFrame:
    """The rows of ``core.story_articles`` of all articles of the stories that these articles are in."""
    named = known_rows(files, "story_articles", article_ids)
    return known_rows(files, "story_articles", named["story_id"].unique().to_list(), "story_id")


def known_rows(files: WarehouseFiles, table: str, ids: Sequence[str], column: str = "article_id") -> pl.DataFrame:
    """The rows of ``core.<table>`` whose ``column`` is one of ``ids``."""
    schema = core_schemas()[table].columns
    if not ids:
        return pl.DataFrame(schema=schema)
    with open_warehouse(files.draft) as connection:
        connection.register("wanted", pl.DataFrame({"id": list(ids)}, schema={"id": pl.String}))
        frame: pl.DataFrame = connection.sql(
            f"select * from core.{table} where {column} in (select id from wanted) order by all"
        ).pl()
    return frame.cast(pl.Schema(schema))
