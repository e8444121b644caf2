"""SQL that says one thing of many tables, written out for each of sql/core: a new table is held to it without a word.

A check is a SELECT of the offending rows, as in sql/checks; what only one table promises has its file there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from warehouse.schemas import TableSchema, core_schemas
from warehouse.staleness import tables_of

# The table that has a row for each identifier of this name.
OWNERS = {
    "article_id": "articles",
    "document_id": "documents",
    "story_id": "stories",
    "practice_id": "practices",
    "adcode": "places",
    "run_id": "runs",
}


# The head that the file of the view mart.fact_counts would have.
FACT_COUNTS_HEAD = "-- One row per article text and kind of fact\n-- Key: article_id, kind\n\n"


@dataclass(frozen=True)
class Catalogue:
    """What the records of the stages know of the core tables and sql/core does not say.

    ``closed_lists``: what a column may hold, by ``table.column``. ``fact_tables``: what is read from a text, by table:
    whether its rows are counted as facts. ``parts``: the table whose row each row of a table belongs to, both having
    ``article_id`` and ``start_char``. ``list_names``: the name of each of ``closed_lists``.
    """

    closed_lists: Mapping[str, frozenset[str]]
    fact_tables: Mapping[str, bool]
    parts: Mapping[str, str]
    list_names: Mapping[str, str]


def catalogue_checks(catalogue: Catalogue, stale: Collection[str] | None = None) -> dict[str, str]:
    """One statement for each claim that holds of many tables, by its name; only of ``stale`` ones where they are
    known."""
    selects: dict[str, Iterable[str]] = {
        "keys_are_unique": map(_repeated_keys, core_schemas().values()),
        "every_identifier_names_a_row": _dangling_identifiers(),
        "every_mention_stands_at_its_offsets": map(_misplaced, filter(_is_placed, core_schemas().values())),
        "every_part_has_its_fact": (_lost_part(table, whole) for table, whole in catalogue.parts.items()),
        "kinds_are_from_their_lists": (_off_the_list(name, found) for name, found in catalogue.closed_lists.items()),
        "facts_hang_on_distinct_texts": map(_facts_of_copies, catalogue.fact_tables),
    }
    wanted = {
        name: [one for one in found if stale is None or tables_of(one) & set(stale)] for name, found in selects.items()
    }
    return {name: _united(found) for name, found in wanted.items() if found}


def fact_counts(catalogue: Catalogue) -> str:
    """The view ``mart.fact_counts``: one row for each article text and kind of fact that is found in it.

    A view finds its tables wherever the file is attached; a macro within a macro would not.
    """
    counted = [table for table, is_counted in catalogue.fact_tables.items() if is_counted]
    counts = _united(
        f"select f.article_id, '{table}' as kind, count(*) as fact_count from core.{table} as f group by f.article_id"
        for table in counted
    )
    return (
        f"create or replace view mart.fact_counts as {counts} order by article_id, kind;"
        " comment on view mart.fact_counts is 'How many facts of each kind an article has.';"
        " comment on column mart.fact_counts.article_id is 'core.articles.article_id, "
        "never one whose relation is exact.';"
        " comment on column mart.fact_counts.kind is 'Name of the table of schema core that holds them.';"
        " comment on column mart.fact_counts.fact_count is 'Rows of the article in that table.'"
    )


def _united(selects: Iterable[str]) -> str:
    return "\nunion all\n".join(selects)


def _repeated_keys(schema: TableSchema) -> str:
    # One group for each first column of the key, the rest as hashes of 64 bits: groups of a few hundred stay in the
    # processor's cache, so that ten times the rows take ten times the time; one group for each key takes thirteen.
    columns = ", ".join(schema.key)
    first, *rest = schema.key
    repeated = f"len(list_distinct(list(hash({', '.join(rest)})))) < count(*)" if rest else "count(*) > 1"
    return (
        f"select '{schema.name}' as table_name, concat_ws('|', {columns}) as row_key, count(*) as row_count"
        f" from core.{schema.name} where {first} in"
        f" (select {first} from core.{schema.name} group by {first} having {repeated})"
        f" group by {columns} having count(*) > 1"
    )


def _dangling_identifiers() -> Iterator[str]:
    for schema in core_schemas().values():
        for column in schema.columns:
            name = next((name for name in OWNERS if column == name or column.endswith(f"_{name}")), None)
            # An alias is the identifier of what has given way: its row is gone on purpose.
            is_alias = schema.name.endswith("_aliases") and column in schema.key
            if name is not None and (schema.name, column) != (OWNERS[name], name) and not is_alias:
                yield (
                    f"select '{schema.name}.{column}' as column_name, r.{column} as id"
                    f" from (select distinct {column} from core.{schema.name} where {column} is not null) as r"
                    f" anti join core.{OWNERS[name]} as k on r.{column} = k.{name}"
                )


def _is_placed(schema: TableSchema) -> bool:
    return {"article_id", "start_char"} <= set(schema.key) and "end_char" in schema.columns


def _misplaced(schema: TableSchema) -> str:
    """Rows whose offsets lie outside the article's text or span other characters than the row says."""
    stated = next((f"m.{name}" for name in ("surface", "text") if name in schema.columns), None)
    differs = f"substring(a.text, m.start_char + 1, m.end_char - m.start_char) is distinct from {stated}"
    return (
        f"select '{schema.name}' as table_name, m.article_id, m.start_char, m.end_char, {stated or 'null'} as surface"
        f" from core.{schema.name} as m inner join core.articles as a on m.article_id = a.article_id"
        " where m.start_char < 0 or m.end_char <= m.start_char or m.end_char > a.char_count"
        + (f" or {differs}" if stated else "")
    )


def _lost_part(table: str, whole: str) -> str:
    return (
        f"select '{table}' as table_name, p.article_id, p.start_char from core.{table} as p"
        f" anti join core.{whole} as w on p.article_id = w.article_id and p.start_char = w.start_char"
    )


def _off_the_list(name: str, entries: Iterable[str]) -> str:
    table, column = name.split(".")
    allowed = ", ".join(f"'{entry}'" for entry in sorted(entries))
    return (
        f"select distinct '{name}' as column_name, {column} as entry from core.{table} "
        f"where {column} not in ({allowed})"
    )


def _facts_of_copies(table: str) -> str:
    return (
        f"select distinct '{table}' as table_name, f.article_id from core.{table} as f"
        " inner join core.story_articles as s on f.article_id = s.article_id where s.relation = 'exact'"
    )
