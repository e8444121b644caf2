"""What the core tables are by the records that fill them: which columns hold closed lists, which tables hold facts."""

from __future__ import annotations

from functools import cache
from typing import Any

from tasks.closed_lists import closed_lists_of, entries_of, names_of_lists
from tasks.facts.kinds import FACT_KINDS
from tasks.records import (
    Article,
    Block,
    Contributor,
    DivisionLevel,
    DocumentStatus,
    Paragraph,
    RejectionReason,
    RemovedBlock,
    Repair,
    RunStatus,
    Stage,
    StoryRelation,
    StoryRole,
)
from warehouse.statements import Catalogue

TABLE_OF_RECORD: dict[type, str] = {
    Repair: "repairs",
    RemovedBlock: "removed_blocks",
    Block: "blocks",
    Paragraph: "paragraphs",
    Contributor: "contributors",
    Article: "articles",
    **{kind.record: kind.table for kind in FACT_KINDS},
}
# Columns of tables that are filled from frames, for which there is no record.
_OTHER_LISTS: dict[str, Any] = {
    "documents.status": DocumentStatus,
    "story_articles.relation": StoryRelation,
    "story_articles.role": StoryRole,
    "places.level": DivisionLevel,
    "rejections.stage": Stage,
    "rejections.reason": RejectionReason,
    "runs.status": RunStatus,
    "run_stages.stage": Stage,
}


@cache
def catalogue() -> Catalogue:
    """The catalogue from which checks over many tables are written."""
    lists = {name: entries_of(closed_list) for name, closed_list in _OTHER_LISTS.items()}
    for record, table in TABLE_OF_RECORD.items():
        lists |= {f"{table}.{column}": entries for column, entries in closed_lists_of(record).items()}
    return Catalogue(
        closed_lists=lists,
        fact_tables={kind.table: kind.is_counted for kind in FACT_KINDS},
        list_names={name: names_of_lists()[entries] for name, entries in lists.items() if entries in names_of_lists()},
        parts={kind.table: kind.part_of for kind in FACT_KINDS if kind.part_of is not None},
    )
