"""Makes anew only those rows of the summaries that a run can have changed, and checks only those it can have broken.

A summary whose head has a line ``-- Part: story_id`` has rows that follow from the articles of single stories, so a row
can only be another one where its story was touched. Its SQL, which is the one that makes the whole table, is run over a
small database in memory that holds the touched stories whole; what comes out takes the place of their rows. With
``-- Part: practice_id`` the small database holds the stories that name a touched practice, and so on for each of KINDS;
rows of other practices come out of it too, made of too few articles, and are thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import polars as pl

from warehouse.staleness import tables_of
from warehouse.sums import Replaced, add_up, summed_by, summed_tables

_PART = re.compile(r"^-- Part: (.+)$", re.MULTILINE)
STORY = "story_id"
# Where a summary's rows follow from the articles that give one value to these columns of a core table: that table.
KINDS = {
    "practice_id": "core.practice_mentions",
    "adcode, subject": "core.figures",
    "speaker": "(select article_id, speaker from core.quotes where speaker is not null)",
}
# The same where a summary says it, which is made anew itself.
_KINDS_OF_SUMMARIES = {
    "month": "(select article_id, counted_month as month from mart.articles)",
    "year": "(select article_id, counted_year as year from mart.articles)",
    "site, month": "(select article_id, site, counted_month as month from mart.articles)",
    "figure_key": "mart.figure_keys",
}
_BY_STORY = frozenset({"story_id", "article_id"})  # parts that the touched stories hold
# What these say holds for rows of any story: where one of them has changed, all summaries are made anew.
TOLD_TO_ALL = frozenset({"core.places", "core.common_practices", "core.practice_overrides"})
# For time alone: above this share of all stories the small database is none, and a whole table is made at once without
# copying first.
_MOST_OF_ALL = 0.25
# Rows of these stand for an article; where another summary has an article_id, it is an example.
_BY_ARTICLE = frozenset(
    f"mart.{name}"
    for name in (
        *("articles", "figure_keys", "linked_spans"),
        *("practice_claims", "practice_facts", "practice_names", "texts"),
    )
)


@dataclass(frozen=True)
class Changes:
    """What a run has changed. ``stories`` (story_id): those with an article, a fact, a link or a page that is another
    one now; ``documents`` (document_id): pages whose row is; ``earlier``: for each of KINDS its columns as the rows had
    them that are gone."""

    stories: pl.DataFrame
    documents: pl.DataFrame
    earlier: Mapping[str, pl.DataFrame]


def part_of(text: str) -> str | None:
    """The columns by which the rows of a summary part, as the head of its file names them; None where none does."""
    found = _PART.search(text)
    return None if found is None else found.group(1)


class Slice:
    """A database in memory with the rows of an open warehouse that belong to some of its stories."""

    def __init__(
        self,
        warehouse: duckdb.DuckDBPyConnection,
        name: str,
        stories: str,
        documents: str = "select null::varchar as document_id where false",
        keys: pl.DataFrame | None = None,
    ) -> None:
        """``stories`` and ``documents`` are queries for story_id and document_id, ``keys`` the values of a kind; what
        tables of the slice need is loaded when they are named. ``name`` tells slices of one warehouse apart."""
        self._warehouse, self._name, self._keys = warehouse, name, keys
        self._held: set[str] = set()
        self.rows = duckdb.connect()
        self.rows.execute("create schema core; create schema mart; create schema meta")
        # What the models are told beside the tables (warehouse.models.tell_first_day) holds in the slice too.
        told = warehouse.execute("select getvariable('first_day')").fetchall()[0][0]
        if told is not None:
            self.rows.execute(f"set variable first_day = date '{told}'")
        self._note("stories", stories)
        self._note(
            "articles",
            f"select article_id from core.story_articles where story_id in (select story_id from {name}_stories)",
        )
        self._note(
            "pages",
            f"select document_id from core.articles where article_id in (select article_id from {name}_articles)"
            f" union {documents}",
        )
        of_pages = f"document_id in (select document_id from {name}_pages)"
        # A page belongs to the one whose bytes it has, and to the other states of its address.
        self._note(
            "documents",
            f"select document_id from core.documents where {of_pages}"
            f" or copy_of in (select document_id from {name}_pages)"
            f" or document_id in (select copy_of from core.documents where {of_pages} and copy_of is not null)"
            f" or uri in (select uri from core.documents where document_id in (select document_id from ({documents})))",
        )
        if keys is not None:
            warehouse.register(f"{name}_frame", keys)
            self._note("keys", f"from {name}_frame")
            warehouse.unregister(f"{name}_frame")

    def _note(self, what: str, query: str) -> None:
        self._warehouse.execute(f"create or replace temp table {self._name}_{what} as {query}")

    def build(self, table: str, text: str) -> None:
        """Make a summary of the slice, by its SQL, and of its rows keep those of the slice's own keys."""
        self.hold(tables_of(text) - {table})
        self.rows.execute(text)
        self._held.add(table)
        if self._keys is not None:
            self.rows.register("own_keys", self._keys)
            self.rows.execute(f"delete from {table} as r where not {_among(self._keys.columns, 'r', 'own_keys')}")
            self.rows.unregister("own_keys")

    def put(self, table: str) -> Replaced | None:
        """Let the rows of the slice take the place of those that the warehouse has of its stories or keys; both, where
        another summary adds them up."""
        if self._keys is not None:
            among = _among(self._keys.columns, "r", f"{self._name}_keys")
        elif STORY in self._warehouse.sql(f"from {table} limit 0").columns:
            among = f"r.story_id in (select story_id from {self._name}_stories)"
        else:
            among = (
                f"r.article_id in (select article_id from {self._name}_articles)"
                " or r.article_id not in (select article_id from core.articles)"
            )
        is_summed = table in summed_tables()
        gone = self._warehouse.sql(f"from {table} as r where {among}").to_arrow_table() if is_summed else None
        self._warehouse.execute(f"delete from {table} as r where {among}")
        fresh = self.rows.sql(f"from {table}").to_arrow_table()
        self._warehouse.register("fresh_part", fresh)
        self._warehouse.execute(f"insert into {table} by name from fresh_part")
        self._warehouse.unregister("fresh_part")
        return None if gone is None else Replaced(gone, fresh)

    def hold(self, tables: Iterable[str]) -> None:
        """Load what is not there yet of the rows that belong to the slice."""
        for table in sorted(set(tables) - self._held):
            self._held.add(table)
            rows = self._warehouse.sql(f"from {table} as r where {self._condition(table)}").to_arrow_table()
            self.rows.register("loaded", rows)
            self.rows.execute(f"create table {table} as from loaded")
            self.rows.unregister("loaded")

    def forget_links_to_others(self) -> None:
        """Drop links between a story of the slice and others, which name rows that the slice does not hold."""
        self.hold(["core.story_links", "core.articles", "core.stories"])
        self.rows.execute(
            "delete from core.story_links where article_id not in (select article_id from core.articles)"
            " or story_id not in (select story_id from core.stories)"
        )

    def _condition(self, table: str) -> str:
        columns = {str(name) for name in self._warehouse.sql(f"from {table} limit 0").columns}
        is_summary = table.startswith("mart.")
        if is_summary and self._keys is not None and set(self._keys.columns) <= columns:
            return _among(self._keys.columns, "r", f"{self._name}_keys")
        if table == "core.story_links" or (is_summary and table not in _BY_ARTICLE and STORY in columns):
            return f"r.story_id in (select story_id from {self._name}_stories)"
        # What was removed from a page belongs to none of its articles.
        if table == "core.blocks":
            return f"r.document_id in (select document_id from {self._name}_documents)"
        if "article_id" in columns and (not is_summary or table in _BY_ARTICLE):
            return f"r.article_id in (select article_id from {self._name}_articles)"
        if not is_summary and STORY in columns:
            return f"r.story_id in (select story_id from {self._name}_stories)"
        if not is_summary and "document_id" in columns:
            return f"r.document_id in (select document_id from {self._name}_documents)"
        return "true"


class Parts:
    """The parts that a run has changed, of the tables of an open warehouse whose load is done."""

    def __init__(self, warehouse: duckdb.DuckDBPyConnection, changes: Changes) -> None:
        self._warehouse, self._earlier = warehouse, dict(changes.earlier)
        self._slices: dict[str, Slice] = {}
        self._replaced: dict[str, Replaced] = {}
        self._too_large: set[str] = set()
        self._stories = self._keep("touched_stories", changes.stories)
        self._documents = self._keep("changed_documents", changes.documents)
        self._practices = self._keep("touched_practices", pl.DataFrame(schema={"practice_id": pl.String}))

    def build(self, table: str, text: str) -> None:
        """Make a table anew by its SQL: the rows that have changed where its parts are known, else all of them."""
        named = (
            self._warehouse.sql(f"select {_NAMES[table]} from {table}").to_arrow_table() if table in _NAMES else None
        )
        kind, replaced = part_of(text), self._replaced.pop(summed_by(text) or "", None)
        part = None if kind is None else self._slice(kind)
        if replaced is not None:
            add_up(self._warehouse, table, text, replaced)
        elif part is None:
            self._warehouse.execute(text)
        else:
            part.build(table, text)
            found = part.put(table)
            if found is not None:
                self._replaced[table] = found
        if named is not None:
            self._touch_renamed(table, named)

    def checked_by(self, statement: str) -> duckdb.DuckDBPyConnection:
        """The rows that a check is to look at: those of touched stories, or all of them where it asks for summaries or
        for no table at all."""
        named = tables_of(statement)
        part = self._slice(STORY)
        if part is None or not named or any(table.startswith("mart.") for table in named):
            return self._warehouse
        part.hold(named)
        part.forget_links_to_others()
        return part.rows

    def _touch_renamed(self, table: str, before: Any) -> None:
        """Touch what takes another name from a table that was made anew."""
        self._warehouse.register("before", before)
        now = f"(select {_NAMES[table]} from {table})"
        key = _NAMES[table].split(",")[0]
        self._warehouse.execute(
            f"create or replace temp table renamed as select distinct {key} from"
            f" ((from before except from {now}) union all (from {now} except from before))"
        )
        self._warehouse.unregister("before")
        if table == "core.practices":
            self._warehouse.execute("insert into touched_practices from renamed")
        self._warehouse.execute(f"insert into {self._stories} {_STORIES_OF_NAMES[table]}")

    def touch_days(self, earlier_day: object) -> None:
        """Touch the stories of pages whose day of fetching nobody knows, where their own day is later than that of the
        run before this one: they cannot be of a later day than the last run, and this run has another day."""
        self._warehouse.execute(f"insert into {self._stories} {_LATE_STORIES}", {"day": earlier_day})

    def _slice(self, kind: str) -> Slice | None:
        kind = STORY if kind in _BY_STORY else kind
        if kind not in self._slices and kind not in self._too_large:
            made = self._story_slice() if kind == STORY else self._kind_slice(kind)
            if made is None:
                self._too_large.add(kind)
            else:
                self._slices[kind] = made
        return self._slices.get(kind)

    def _story_slice(self) -> Slice | None:
        """Pages are taken whole, with all their articles, and the stories of these: what a check of a page or a story
        asks for is all there."""
        # A round-up counts what it prints of other stories as theirs: it follows them.
        self._warehouse.execute(
            f"insert into {self._stories} select distinct s.story_id from core.story_links as l"
            " join core.story_articles as s using (article_id)"
            f" where l.story_id in (select story_id from {self._stories})"
        )
        self._earlier |= {
            kind: self._warehouse.sql(
                f"select distinct {kind} from {rows} as r where r.article_id in"
                f" (select article_id from mart.articles where story_id in (select story_id from {self._stories}))"
            ).pl()
            for kind, rows in _KINDS_OF_SUMMARIES.items()
        }
        self._warehouse.execute(
            "create or replace temp table shared_pages as select document_id, list(s.story_id) as story_ids"
            " from core.articles as a join core.story_articles as s using (article_id)"
            " group by document_id having count(distinct s.story_id) > 1"
        )
        size = -1
        while (grown := self._count(f"select count(distinct story_id) from {self._stories}")) > size:
            if grown > _MOST_OF_ALL * self._count("select count(*) from core.stories"):
                return None
            size = grown
            self._warehouse.execute(
                f"insert into {self._stories} with pages as (select document_id, unnest(story_ids) as story_id"
                " from shared_pages) select distinct o.story_id from pages as p join pages as o using (document_id)"
                f" where p.story_id in (select story_id from {self._stories})"
            )
        return Slice(
            self._warehouse,
            "story_part",
            f"select distinct story_id from {self._stories}",
            f"select document_id from {self._documents}",
        )

    def _kind_slice(self, kind: str) -> Slice | None:
        rows = (KINDS | _KINDS_OF_SUMMARIES)[kind]
        keys = self._keys(kind, rows)
        self._warehouse.register("kind_keys", keys)
        self._warehouse.execute(
            "create or replace temp table kind_stories as select distinct s.story_id from core.story_articles as s"
            f" where s.article_id in (select r.article_id from {rows} as r"
            f" where {_among(keys.columns, 'r', 'kind_keys')})"
        )
        self._warehouse.unregister("kind_keys")
        # With what they print of others, whose words are not theirs.
        self._warehouse.execute(
            "insert into kind_stories select distinct l.story_id from core.story_links as l"
            " join core.story_articles as s using (article_id)"
            " where s.story_id in (select story_id from kind_stories)"
            " and l.story_id not in (select story_id from kind_stories)"
        )
        if self._count("from kind_stories select count(*)") > _MOST_OF_ALL * self._count(
            "select count(*) from core.stories"
        ):
            return None
        name = "_".join([*keys.columns, "part"])
        return Slice(self._warehouse, name, "from kind_stories", keys=keys)

    def _keys(self, kind: str, rows: str) -> pl.DataFrame:
        """The values of a kind that a touched story has, or had before."""
        now = self._warehouse.sql(
            f"select distinct {kind} from {rows} as r where article_id in (select article_id from core.story_articles"
            f" where story_id in (select story_id from {self._stories}))"
        ).pl()
        frames = [now, self._earlier[kind].cast(now.schema)]
        if kind == "practice_id":
            frames.append(self._warehouse.sql(f"select practice_id from {self._practices}").pl().cast(now.schema))
        found: pl.DataFrame = pl.concat(frames).unique()
        return found

    def _keep(self, name: str, frame: pl.DataFrame) -> str:
        self._warehouse.register("kept", frame)
        self._warehouse.execute(f"create or replace temp table {name} as from kept")
        self._warehouse.unregister("kept")
        return name

    def _count(self, query: str) -> int:
        return int(self._warehouse.execute(query).fetchall()[0][0])


# Tables that others take names from: the columns they take, the key first.
_NAMES = {
    "core.practices": "practice_id, name, kind, is_generic, is_national",
    "mart.sites": "site_key, site",
    "mart.posts": "post",
}
_STORIES_OF_NAMES = {
    "core.practices": "select distinct s.story_id from core.practice_mentions as m"
    " join core.story_articles as s using (article_id) where m.practice_id in (select practice_id from renamed)",
    "mart.sites": "select distinct s.story_id from core.documents as d join core.articles as a using (document_id)"
    " join core.story_articles as s using (article_id)"
    " where a.site is null and d.site_key in (select site_key from renamed)",
    "mart.posts": "select distinct s.story_id from core.quotes as q join core.story_articles as s using (article_id)"
    " where q.speaker in (select post from renamed)",
}
_LATE_STORIES = (
    "select distinct s.story_id from core.documents as d join core.articles as a using (document_id)"
    " join core.story_articles as s using (article_id) join core.stories as t using (story_id)"
    " where d.fetched_at is null and coalesce(a.published_on, t.first_published_on) > coalesce($day, date '0001-01-01')"
)


def _among(columns: Collection[str], row: str, keys: str) -> str:
    same = " and ".join(f"{row}.{column} is not distinct from k.{column}" for column in columns)
    return f"exists (select 1 from {keys} as k where {same})"
