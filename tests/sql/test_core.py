"""The core tables and the records that stages exchange say the same thing."""

from __future__ import annotations

import types
import typing

import duckdb
import pytest

from tasks import records
from tasks.catalogue import TABLE_OF_RECORD
from tests.sql.worlds import open_warehouse, open_world
from warehouse.schemas import core_schemas

# The table of blocks is an account of them, not their rows.
_ROWS = {record: table for record, table in TABLE_OF_RECORD.items() if record is not records.Block}

# The columns that a user of the warehouse may rely on; more may be added, none may go.
_PROMISED = {
    "documents": "document_id uri content_sha256 source media_type charset byte_count fetched_at status copy_of"
    " superseded_by",
    "articles": "article_id document_id ordinal title kicker summary rubric published_at published_on"
    " published_precision published_from site outlet text char_count is_complete",
    "paragraphs": "article_id ordinal kind text start_char end_char",
    "contributors": "article_id ordinal role name",
    "repairs": "document_id ordinal kind damaged restored confidence",
    "removed_blocks": "document_id ordinal kind reason text",
    "stories": "story_id canonical_article_id article_count site_count first_published_on last_published_on",
    "story_articles": "article_id story_id relation similarity",
    "story_links": "story_id article_id start_char end_char share",
    "places": "adcode name full_name level parent_adcode",
    "place_mentions": "article_id start_char end_char surface adcode place_name level",
    "person_mentions": "article_id start_char end_char name role organization",
    "organization_mentions": "article_id start_char end_char surface name kind adcode",
    "practice_mentions": "article_id start_char end_char surface name kind adcode status place_name stated_on"
    " stated_precision",
    "practice_mention_places": "article_id start_char place_name adcode",
    "designations": "article_id start_char end_char practice_name designation status designated_by place_name adcode",
    "practices": "practice_id name kind aliases",
    "document_mentions": "article_id start_char end_char title number issuer",
    "figures": "article_id start_char end_char surface value value_max approximate unit subject adcode year "
    "place_name bound",
    "quotes": "article_id start_char end_char text speaker speaker_role",
    "dates": "article_id start_char end_char surface iso role",
    "rejections": "rejection_id uri source document_id stage reason detail",
    "runs": "run_id started_at finished_at status code_version",
}

_PROMISED_SUMMARIES = {
    "adoptions": "practice_id practice_name place_name adcode level status adopted_earliest adopted_latest precision "
    "basis"
    " story_count is_own_report confidence article_id start_char",
    "practices_by_place": "practice_id practice_name full_place_name adopted_earliest story_count article_count",
    "practice_adoption_by_year": "practice_id practice_name year new_place_count cumulative_place_count",
    "practice_spread": "practice_id practice_name lag_days relation",
    "exclusions": "summary reason article_count",
    "practice_figures": "practice_id value unit article_id start_char",
    "practice_quotes": "practice_id speaker article_id start_char",
    "articles": "article_id story_id title site outlet counted_on lead_place_name place_names story_article_count"
    " practice_mention_count figure_count quote_count",
    "places_by_year": "adcode year article_count story_count site_count",
    "stories_by_reach": "story_id article_count site_count first_published_on last_published_on original_outlet",
    "reprints_by_site_pair": "article_count median_lag_days",
    "figures_by_place": "adcode subject unit year",
    "figure_conflicts": "adcode subject unit",
    "speakers": "speaker post organization quote_count",
    "organizations_by_practice": "practice_id organization_name",
    "terms_by_month": "term month story_count keyness log_ratio adjusted_p",
    "articles_by_site_and_month": "site month article_count",
    "damage_by_site": "site",
    "pilots": "practice_name full_place_name designation status designated_by",
    "documents_cited": "title article_count",
    "run_ledger": "run_id",
}
_PROMISED_MACROS = {
    "panel": "practice level by",
    "cascades": "level",
    "story": "of_story_id",
    "evidence": "of_article_id at_char",
    "search": "query",
    "kwic": "term width",
    "trace": "article_id",
}


@pytest.fixture(scope="module")
def empty_warehouse() -> duckdb.DuckDBPyConnection:
    """A warehouse with empty core tables."""
    return open_warehouse()


@pytest.fixture(scope="module")
def built_warehouse() -> duckdb.DuckDBPyConnection:
    """A warehouse without articles, all summaries and macros built."""
    return open_world({})


@pytest.mark.parametrize(("record", "table"), _ROWS.items(), ids=_ROWS.values())
def test_a_table_has_the_attributes_of_its_record_in_order(record: type, table: str) -> None:
    columns = list(core_schemas()[table].columns)
    names = [name for name in typing.get_type_hints(record) if name not in {"paragraphs", "contributors"}]
    if record is records.Repair:  # the table shows what a reader asks first, the record how an edit is made
        columns, names = sorted(columns), sorted(names)
    assert [column for column in columns if column in names] == names


@pytest.mark.parametrize(("record", "table"), _ROWS.items(), ids=_ROWS.values())
def test_a_column_is_null_exactly_where_its_attribute_can_be_none(
    record: type, table: str, empty_warehouse: duckdb.DuckDBPyConnection
) -> None:
    query = "select column_name, is_nullable from duckdb_columns() where table_name = ?"
    nullable = dict(empty_warehouse.execute(query, [table]).fetchall())
    hints = typing.get_type_hints(record)
    for name, hint in hints.items():
        if name in nullable:
            assert nullable[name] == (types.NoneType in typing.get_args(hint)), name


@pytest.mark.parametrize("table", _PROMISED)
def test_a_promised_column_is_there(table: str) -> None:
    assert set(_PROMISED[table].split()) <= set(core_schemas()[table].columns)


@pytest.mark.parametrize("table", _PROMISED_SUMMARIES)
def test_a_promised_column_of_a_summary_is_there(table: str, built_warehouse: duckdb.DuckDBPyConnection) -> None:
    query = "select column_name from duckdb_columns() where schema_name = 'mart' and table_name = ?"
    columns = {name for (name,) in built_warehouse.execute(query, [table]).fetchall()}
    assert set(_PROMISED_SUMMARIES[table].split()) <= columns


@pytest.mark.parametrize("macro", _PROMISED_MACROS)
def test_a_promised_macro_takes_its_arguments(macro: str, built_warehouse: duckdb.DuckDBPyConnection) -> None:
    query = "select parameters from duckdb_functions() where function_name = ? and function_type = 'table_macro'"
    ((parameters,),) = built_warehouse.execute(query, [macro]).fetchall()
    names = _PROMISED_MACROS[macro].split()
    assert parameters[: len(names)] == names


def test_key_columns_are_columns_that_cannot_be_null(empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    for name, schema in core_schemas().items():
        query = "select column_name from duckdb_columns() where table_name = ? and not is_nullable"
        columns = {column for (column,) in empty_warehouse.execute(query, [name]).fetchall()}
        assert set(schema.key) <= columns, name
