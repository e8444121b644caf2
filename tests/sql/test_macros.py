"""What an analyst calls: search, words in context, the trace of an article."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tasks.catalogue import catalogue
from tests.sql.worlds import fill, open_world
from warehouse.models import build_models, create_tables

_TEA = "石狮市推出邻里茶桌，居民围着茶桌议事。\n茶桌摆到了巷口。"


@pytest.fixture(scope="module")
def warehouse() -> duckdb.DuckDBPyConnection:
    """Four articles: two on tea tables (one of them an exact copy), one that names them once, one on something else."""
    return open_world(
        {
            "articles": [
                {
                    "id": "a1",
                    "on": "2020-06-01",
                    "title": "茶桌摆到巷口",
                    "text": _TEA,
                    "words": {"茶桌": 3, "居民": 1, "石狮": 1},
                    "places": [["石狮市", "350581"]],
                    "practices": [["邻里茶桌", "platform", "350581"]],
                },
                {
                    "id": "a2",
                    "on": "2020-06-05",
                    "story": "s-a1",
                    "relation": "exact",
                    "role": "reprint_credited",
                    "position": 1,
                    "lag": 4,
                    "text": _TEA,
                },
                {"id": "a3", "on": "2020-05-01", "text": "茶桌旁的居民说好。", "words": {"茶桌": 1, "居民": 1}},
                {"id": "a4", "on": "2020-07-01", "text": "河边植树。", "words": {"植树": 1}},
            ],
            "repairs": [
                {
                    "document_id": "d-a1",
                    "ordinal": 0,
                    "kind": "pinyin",
                    "damaged": "茶(chá)",
                    "restored": "茶",
                    "confidence": 1.0,
                    "layer": 0,
                    "start_char": 7,
                }
            ],
            "removed_blocks": [
                {"document_id": "d-a1", "ordinal": 0, "kind": "navigation", "reason": "links", "text": "上一篇"}
            ],
            "story_links": [{"story_id": "s-a3", "article_id": "a1", "start_char": 0, "end_char": 9, "share": 0.95}],
        }
    )


def test_search_puts_the_article_with_more_of_the_word_first(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute("select article_id, title from search('茶桌')").fetchall()
    assert rows == [("a1", "茶桌摆到巷口"), ("a3", None)]


def test_search_finds_the_words_inside_a_longer_query(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute("select article_id, terms from search('哪里的居民去植树')").fetchall()
    assert sorted(rows) == [("a1", ["居民"]), ("a3", ["居民"]), ("a4", ["植树"])]
    assert rows[0][0] == "a4"  # the rarer word weighs more


def test_search_for_what_no_text_holds_finds_nothing(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert warehouse.execute("from search('铁路')").fetchall() == []
    assert warehouse.execute("from search('')").fetchall() == []


def test_kwic_shows_every_occurrence_with_its_context(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = "select article_id, left_context, keyword, right_context, start_char from kwic('茶桌', 4)"
    assert warehouse.execute(query).fetchall() == [
        ("a3", "", "茶桌", "旁的居民", 0),
        ("a1", "推出邻里", "茶桌", "，居民围", 7),
        ("a1", "居民围着", "茶桌", "议事。 ", 14),
        ("a1", "议事。 ", "茶桌", "摆到了巷", 20),
    ]


def test_kwic_offsets_count_characters_outside_the_basic_plane_as_one() -> None:
    text = "𬒈𠮷茶桌，𠮷茶桌"
    connection = open_world({"articles": [{"id": "a1", "text": text}]})
    rows = connection.execute("select start_char, left_context from kwic('茶桌', 2)").fetchall()
    assert rows == [(2, "𬒈𠮷"), (6, "，𠮷")]


def test_kwic_of_nothing_is_nothing(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert warehouse.execute("from kwic('')").fetchall() == []
    assert warehouse.execute("from kwic('铁路', 5)").fetchall() == []


def test_trace_tells_what_was_done_in_the_order_of_the_stages(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute("select stage, action, kind, before, after from trace('a1')").fetchall()
    assert [row[:3] for row in rows] == [
        ("fetch", "page", "loaded"),
        ("clean", "repair", "pinyin"),
        ("clean", "removal", "navigation"),
        ("clean", "article", "complete"),
        ("deduplicate", "story", "canonical"),
        ("deduplicate", "link", "holds"),
        ("extract", "facts", "place_mentions"),
        ("extract", "facts", "practice_mentions"),
    ]
    assert rows[1][3:] == ("茶(chá)", "茶")
    assert rows[2][3:] == ("上一篇", None)


def test_the_trace_of_an_exact_copy_names_the_text_its_facts_come_from(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = "select kind, detail, quantity from trace('a2') where action = 'facts' order by kind"
    found = warehouse.execute(query).fetchall()
    assert found == [
        ("place_mentions", "from the text of article a1", 1),
        ("practice_mentions", "from the text of article a1", 1),
    ]


def test_the_trace_of_an_unknown_article_is_empty(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert warehouse.execute("from trace('nowhere')").fetchall() == []


def test_sentence_of_gives_the_sentence_around_a_fact(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = "select sentence_of(article_id, start_char) from core.practice_mentions"
    assert warehouse.execute(query).fetchall() == [("石狮市推出邻里茶桌，居民围着茶桌议事。",)]


@pytest.mark.parametrize("alias", ["a", "s", "m"])
def test_sentence_of_takes_columns_of_a_table_under_any_name(alias: str, warehouse: duckdb.DuckDBPyConnection) -> None:
    query = f"select sentence_of({alias}.article_id, {alias}.start_char) from core.practice_mentions as {alias}"
    assert warehouse.execute(query).fetchall() == [("石狮市推出邻里茶桌，居民围着茶桌议事。",)]


_COUNTIES = {
    "articles": [
        {
            "id": "p1",
            "on": "2019-03-05",
            "text": "石狮市推行邻里茶桌。",
            "practices": [["邻里茶桌", "platform", "350581"]],
            "places": [["石狮市", "350581"]],
        },
        {
            "id": "p2",
            "on": "2021-03-05",
            "text": "早在2017年3月，晋江市就推行邻里茶桌；泉州市也有邻里茶桌。",
            "practices": [
                ["邻里茶桌", "platform", "350582", None, "adopted", "2017-03-01", "2017-03-31", "month"],
                ["邻里茶桌", "platform", "350500"],
            ],
        },
        {"id": "p3", "on": "2020-01-01", "text": "石狮市植树。", "places": [["石狮市", "350581"]]},
        {"id": "p4", "on": "2021-01-01", "text": "石狮市停办邻里茶桌。", "practices": [["邻里茶桌", "platform", "350581", None,
        "ended"]]},
        {"id": "p5", "on": "2019-01-01", "text": "南安市植树。", "places": [["南安市", "350583"]]},
    ]
}  # fmt: skip


@pytest.fixture(scope="module")
def counties() -> duckdb.DuckDBPyConnection:
    """A practice of two counties and their city, one of which states its start and one gives it up."""
    return open_world(_COUNTIES)


def test_a_panel_is_null_where_no_article_covers_place_and_year(counties: duckdb.DuckDBPyConnection) -> None:
    query = "select adcode, year, adopted, article_count, entered_on::varchar, left_on::varchar from panel('邻里茶桌')"
    stone, river, south = ("350581", "350582", "350583")
    entered = "2017-03-01"
    assert counties.execute(query).fetchall() == [
        (stone, 2019, True, 1, "2019-03-05", "2021-01-01"),
        (stone, 2020, True, 1, "2019-03-05", "2021-01-01"),
        (stone, 2021, False, 1, "2019-03-05", "2021-01-01"),
        (river, 2019, None, 0, entered, None),
        (river, 2020, None, 0, entered, None),
        (river, 2021, True, 1, entered, None),
        (south, 2019, False, 1, None, None),
        (south, 2020, None, 0, None, None),
        (south, 2021, None, 0, None, None),
    ]


def test_a_panel_holds_places_of_one_level(counties: duckdb.DuckDBPyConnection) -> None:
    query = "select distinct adcode from panel('p-邻里茶桌', level := 'city')"
    assert counties.execute(query).fetchall() == [("350500",)]


def test_a_panel_by_reports_knows_no_stated_start(counties: duckdb.DuckDBPyConnection) -> None:
    query = "select distinct entered_on::varchar from panel('邻里茶桌', by := 'reported') where adcode = '350582'"
    assert counties.execute(query).fetchall() == [("2021-03-05",)]


@pytest.mark.parametrize(
    "call",
    ["panel('屋檐会')", "panel(null)", "panel('邻里茶桌', level := 'town')", "panel('邻里茶桌', by := 'chance')"],
)
def test_a_panel_of_what_is_unknown_is_an_error(call: str, counties: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.Error, match=r"no practice|level is|by is"):
        counties.execute(f"from {call}").fetchall()


def test_cascades_are_places_of_one_level_with_their_year(counties: duckdb.DuckDBPyConnection) -> None:
    assert counties.execute("from cascades()").fetchall() == [
        ("福建省泉州市晋江市", "邻里茶桌", 2017),
        ("福建省泉州市石狮市", "邻里茶桌", 2019),
    ]
    assert counties.execute("select adopt_year from cascades(level := 'city')").fetchall() == [(2021,)]
    with pytest.raises(duckdb.Error, match="level is"):
        counties.execute("from cascades(level := 'town')").fetchall()


@pytest.mark.parametrize("use", [True, False])
def test_macros_work_where_the_file_is_attached_under_any_name(use: bool, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:
        create_tables(connection)
        fill(connection, _COUNTIES)
        build_models(connection, catalogue())
    calls = {
        "panel": ("'邻里茶桌'", 9),
        "cascades": ("level := 'county'", 2),
        "search": ("'植树'", 0),
        "kwic": ("'茶桌'", 4),
        "trace": ("'p1'", 5),
    }
    where, named = ("", "") if use else ('"another name".', ", warehouse := 'another name'")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{tmp_path / 'w.duckdb'}' as \"another name\" (read_only)")
        if use:
            connection.execute('use "another name"')
        for macro, (given, count) in calls.items():
            rows = connection.execute(f"from {where}{macro}({given}{named})").fetchall()
            assert len(rows) == count, macro
        sentence = connection.execute(f"select {where}sentence_of('p1', 5{named})").fetchall()
        assert sentence == [("石狮市推行邻里茶桌。",)]


def test_every_macro_has_a_comment(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select function_name from duckdb_functions() where schema_name = 'main' and not internal and comment is null"
    )
    assert warehouse.execute(query).fetchall() == []
