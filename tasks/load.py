"""Load: everything a run found goes into the draft warehouse in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import polars as pl

from tasks.facts.kinds import FACT_KINDS
from tasks.lexicon.gazetteer import places
from tasks.overrides import common_practices, override_rows, read_overrides
from tasks.records import stable_id
from tasks.runs import Run
from tasks.shards.shard_files import documents_of, read_frames, write_frame
from tasks.steps import note, step
from tasks.work import WorkFolder
from warehouse.changes import ChangeLog
from warehouse.connections import AS_WRITTEN, MEMORY_LIMIT, open_warehouse
from warehouse.loading import Concerned, merge_returning, merge_rows
from warehouse.models import create_tables
from warehouse.raw_store import times_not_believed
from warehouse.schemas import core_schemas, table_frame

_KNOWLEDGE_TABLES = ("places", "common_practices", "practice_overrides")
_PLACE_COLUMNS = ("adcode", "name", "full_name", "level", "parent_adcode", "short_name")
_PAGE_TABLES = ("repairs", "removed_blocks", "blocks", "articles")
_ARTICLE_TABLES = ("paragraphs", "contributors")
_LOGGED_TABLES = ("documents", "stories", "story_articles", "story_links")  # of which summaries have to know the rows
_STORY_TABLES = ("stories", "story_articles", "story_links")


def load(run: Run) -> None:
    """Bring the rows of this run into the draft; all of them or, where anything fails, none."""
    run.reporter.start("load", 1)
    rows = load_tables(run)
    run.reporter.advance()
    run.reporter.finish()
    run.count("load", "rows", rows, rows)


@step("load", "load the tables")
def load_tables(run: Run) -> int:
    """MERGE all files of the run; the number of rows inserted, updated or deleted."""
    _write_rejections(run)
    _write_source_runs(run)
    _write_knowledge(run)
    with open_warehouse(run.files.draft, writable=True) as connection:
        create_tables(connection)
        connection.execute("begin")
        connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        changed = _merge_all(run, connection)
        connection.execute("commit")
    run.changed_tables |= {table for table, count in changed.items() if count}
    note("%d rows changed", sum(changed.values()))
    return sum(changed.values())


def _merge_all(run: Run, connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many rows of each table were inserted, updated or deleted."""
    work = run.work
    _note_touched(connection, work)
    of_page = "known.document_id in (select id from touched_documents)"
    of_article = "known.article_id in (select id from touched_articles)"
    of_facts = "known.article_id in (select id from touched_facts)"
    log = ChangeLog(connection, work.documents) if run.builds_on_last else None
    documents = Concerned("document_id", "from touched_documents union from touched_twins", "from new_documents")
    articles = Concerned("article_id", "from touched_articles", "from new_articles")
    facts = Concerned("article_id", "from touched_facts", "from new_articles")
    changed: dict[str, int] = {}

    def merge(
        table: str,
        files: Sequence[Path],
        gone: str,
        preferred: Sequence[Path] = (),
        concerned: Concerned | None = None,
    ) -> None:
        if table in _LOGGED_TABLES:
            rows = merge_returning(connection, table, files, gone, preferred, concerned)
            changed[table] = rows.height
            if log is not None:
                log.note(table, rows)
        else:
            changed[table] = merge_rows(connection, table, files, gone, preferred, concerned)

    for table in _KNOWLEDGE_TABLES:
        files = work.loaded.files(table)
        if files and not (table == "practice_overrides" and _are_known(connection, files)):
            merge(table, files, "true")
    fresh = Concerned("document_id", "select null::varchar as id where false", "from new_documents")
    merge("documents", [work.documents], "false", work.restored.files("documents"), fresh)
    of_twins = "known.kind = 'twin' and known.document_id in (select id from touched_twins)"
    for table in _PAGE_TABLES:
        gone = f"{of_page} or ({of_twins})" if table == "repairs" else of_page
        merge(table, work.pages.files(table), gone, work.restored.files(table), documents)
    for table in _ARTICLE_TABLES:
        merge(table, work.pages.files(table), of_article, work.restored.files(table), articles)
    merge("sketches", work.stories.files("sketches"), of_article, (), articles)
    merge("doubtful_runs", work.restored.files("doubtful_runs"), of_article, (), articles)
    if work.stories.files("story_articles"):  # without them the stories are those of the last run
        gone, stories = _replaced_stories(connection, work)
        for table in _STORY_TABLES:
            merge(table, work.stories.files(table), gone, (), stories)
        merge("story_aliases", work.stories.files("story_aliases"), "true")
    for kind in FACT_KINDS:
        merge(kind.table, work.facts.files(kind.table), of_facts, (), facts)
    merge("site_lines", work.pages.files("site_lines"), "known.site_key in (select id from touched_sites)")
    merge("source_runs", work.loaded.files("source_runs"), "true")
    rejections = work.loaded.files("rejections")
    gone = f"known.document_id is null or {of_page}"
    merge("rejections", rejections, gone)
    run.changes = None if log is None else log.changes()
    return changed


def _replaced_stories(connection: duckdb.DuckDBPyConnection, work: WorkFolder) -> tuple[str, Concerned | None]:
    """Which known stories give way to those of this run, as a condition, and as what is concerned where others stay."""
    connection.execute(
        f"create or replace temp table replaced_stories as select id from read_parquet(?, {AS_WRITTEN})",
        [str(work.replaced_stories)],
    )
    replaced = "select id from replaced_stories"
    if not connection.execute(f"select 1 from core.stories where story_id not in ({replaced}) limit 1").fetchall():
        return "true", None
    return f"known.story_id in ({replaced})", Concerned("story_id", replaced, "select null::varchar where false")


def _are_known(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> bool:
    """Whether the analyst's corrections are those that the draft has: how many mentions each concerns is counted
    later, and would make every run one that corrects something."""
    fresh = read_frames(files, core_schemas()["practice_overrides"].columns).drop("mention_count").sort("ordinal")
    known = connection.sql("select * exclude (mention_count) from core.practice_overrides order by ordinal").pl()
    return fresh.equals(known.cast(fresh.schema))


def _note_touched(connection: duckdb.DuckDBPyConnection, work: WorkFolder) -> None:
    """What this run has read again or found gone, as tables of identifiers."""
    touched = {
        "touched_sites": work.touched_sites,
        "touched_documents": work.touched_documents,
        "touched_facts": work.touched_facts,
        "touched_twins": work.touched_twins,
    }
    for name, path in touched.items():
        connection.execute(
            f"create or replace temp table {name} as select id from read_parquet(?, {AS_WRITTEN})", [str(path)]
        )
    connection.execute(
        "create or replace temp table touched_articles as"
        " select article_id as id from core.articles where document_id in (select id from touched_documents)"
    )
    _note_new(connection, work)


def _note_new(connection: duckdb.DuckDBPyConnection, work: WorkFolder) -> None:
    """The pages and articles of this run that the draft does not have yet: no table holds a row of them."""
    articles = work.pages.files("articles")
    for name, files in (("documents", [work.documents]), ("articles", articles)):
        column = f"{name.removesuffix('s')}_id"
        schema = core_schemas()[name].columns
        found = pl.concat(
            [
                pl.DataFrame(schema={column: schema[column]}),
                *(pl.read_parquet(path, glob=False, columns=[column]) for path in files),
            ]
        )
        connection.register("found", found)
        connection.execute(
            f"create or replace temp table new_{name} as select {column} as id from found"
            f" where {column} not in (select {column} from core.{name})"
        )
        connection.unregister("found")


def _write_rejections(run: Run) -> None:
    """What this run rejected, and what the store remembers as refused unless the same address has brought a body by
    now, or of whose pages the time is not believed.

    Whose pages they are is known by their documents: the stages that reject a page do not know its source.
    """
    index, faults = run.store.survey()
    refused = index.filter(pl.col("reason").is_not_null()).join(
        index.filter(pl.col("content_sha256").is_not_null()).select("uri"), on="uri", how="anti"
    )
    told = ("uri", "source", "reason", "detail")
    refused = pl.concat([refused.select(told), times_not_believed(index).select(told)])
    rows: list[dict[str, object]] = [
        {
            "rejection_id": stable_id(row["uri"], "", "fetch", row["reason"]),
            "document_id": None,
            "stage": "fetch",
            **row,
        }
        for row in refused.unique(["uri", "reason"], keep="first", maintain_order=True).iter_rows(named=True)
    ]
    for fault in sorted(set(faults), key=repr):
        name = fault.uri or run.store.folder.joinpath(fault.pack).as_posix()
        rows.append(
            {
                "rejection_id": stable_id(name, fault.pack, "fetch", "unreadable_pack"),
                "uri": name,
                "document_id": None,
                "stage": "fetch",
                "reason": "unreadable_pack",
                "detail": f"{fault.pack}: {fault.detail}",
            }
        )
    columns = core_schemas()["rejections"].columns
    of_pages = [*run.work.pages.files("rejections"), *run.work.facts.files("rejections")]
    found = read_frames(of_pages, columns)
    sources = documents_of(run.work, found["document_id"]).select("document_id", of_document="source")
    found = found.join(sources, on="document_id", how="left")
    found = found.with_columns(source=pl.coalesce("source", "of_document")).select(list(columns))
    remembered = table_frame("rejections", rows).unique("rejection_id")
    write_frame(pl.concat([remembered, found]), run.work.loaded.whole("rejections"))


def _write_source_runs(run: Run) -> None:
    write_frame(run.visits.source_runs(), run.work.loaded.whole("source_runs"))


def _write_knowledge(run: Run) -> None:
    """What is known before any text is read, and what the analyst corrects beside the warehouse."""
    known: dict[str, list[dict[str, object]]] = {
        "practice_overrides": override_rows(read_overrides(run.files.overrides)),
    }
    if (
        not run.builds_on_last
    ):  # else they are there: reading the gazetteer takes longer than all else where nothing is new
        known["places"] = [dict(zip(_PLACE_COLUMNS, row, strict=True)) for row in places()]
        known["common_practices"] = [
            {"spelling_id": spelling_id, "name": name, "scope": scope}
            for spelling_id, name, scope in common_practices()
        ]
    for table, rows in known.items():
        write_frame(table_frame(table, rows), run.work.loaded.whole(table))
