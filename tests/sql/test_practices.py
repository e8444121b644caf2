"""Which practice a mention is of: its spelling, corrected by overrides.csv; identifiers that give way are kept."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from tasks.catalogue import catalogue
from tests.sql.worlds import Row, insert, open_world
from warehouse.models import build_models

_COUNTIES = ("350581", "350582", "520382")


def world(names: list[str], **tables: list[Row]) -> Row:
    """An article for each name and county, day after day."""
    pairs = [(name, county) for name in names for county in _COUNTIES]
    articles = [
        {
            "id": f"a{number}",
            "on": f"2020-01-{number + 1:02}",
            "text": f"推行{name}。",
            "practices": [[name, "other", county]],
        }
        for number, (name, county) in enumerate(pairs)
    ]
    return {"articles": articles, **tables}


# One county of each of six provinces, then two more of the first.
_SCATTERED = ("350581", "520382", "330523", "110105", "610402", "440306")
_LED = ("350582", "350583")


@pytest.mark.parametrize(
    ("counties", "is_generic"),
    [
        (_SCATTERED[:5], False),  # five provinces may be chance
        (_SCATTERED, True),
        ((*_SCATTERED, *_LED), False),  # the first province has three of eight places: it leads
    ],
)
def test_a_name_at_work_in_six_provinces_without_a_leader_is_generic(
    counties: tuple[str, ...], is_generic: bool
) -> None:
    articles = [
        {"id": f"a{number}", "on": "2020-01-01", "text": "推行茶桌会。", "practices": [["茶桌会", "other", county]]}
        for number, county in enumerate(counties)
    ]
    found = open_world({"articles": articles})
    assert rows(found, "select is_generic, is_national from core.practices") == [(is_generic, False)]


def override(action: str, name: str, target: str | None = None, place: str | None = None, ordinal: int = 0) -> Row:
    names = action in {"merge", "split"}
    return {
        "ordinal": ordinal,
        "action": action,
        "name": name,
        "spelling_id": f"p-{name}",
        "adcode": place,
        "target": target,
        "target_id": f"p-{target}" if names else None,
        "mention_count": 0,
    }


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[Any]:
    return connection.execute(query).fetchall()


PLACES = "select practice_name, list(adcode order by adcode) from mart.practices_by_place group by all order by all"


def test_merged_practices_are_one_under_the_name_they_are_merged_with() -> None:
    found = open_world(world(["茶桌会", "茶桌议事"], practice_overrides=[override("merge", "茶桌议事", "茶桌会")]))
    assert rows(found, PLACES) == [("茶桌会", list(_COUNTIES))]
    assert rows(found, "select story_count from mart.practices_by_place") == [(2,)] * 3
    assert rows(found, "select aliases from core.practices") == [(["茶桌议事"],)]
    assert rows(found, "select mention_count from core.practice_overrides") == [(3,)]


def test_a_name_that_means_something_else_in_a_province_is_split_off() -> None:
    found = open_world(world(["茶桌会"], practice_overrides=[override("split", "茶桌会", "遵义茶桌会", "520000")]))
    assert rows(found, PLACES) == [("茶桌会", ["350581", "350582"]), ("遵义茶桌会", ["520382"])]


def test_a_dropped_name_is_no_practice() -> None:
    found = open_world(world(["茶桌会", "茶桌节"], practice_overrides=[override("drop", "茶桌节")]))
    assert [name for name, _ in rows(found, PLACES)] == ["茶桌会"]
    assert rows(found, "select count(*) from core.practice_mentions where practice_id is null") == [(3,)]


def test_a_renamed_practice_keeps_its_identifier() -> None:
    found = open_world(world(["茶桌会"], practice_overrides=[override("rename", "茶桌会", "邻里茶桌会")]))
    assert rows(found, "select practice_id, name, aliases from core.practices") == [
        ("p-茶桌会", "邻里茶桌会", ["茶桌会"])
    ]


@pytest.mark.parametrize(
    ("scope", "flags"), [("generic", (True, False)), ("national", (False, True)), ("specific", (False, False))]
)
def test_a_mark_outweighs_the_list_of_common_names(scope: str, flags: tuple[bool, bool]) -> None:
    listed = [{"spelling_id": "p-茶桌会", "name": "茶桌会", "scope": "generic"}]
    marked = [override("mark", "茶桌会", scope)]
    found = open_world(world(["茶桌会"], common_practices=listed, practice_overrides=marked))
    assert rows(found, "select is_generic, is_national from core.practices") == [flags]


def test_a_correction_that_is_taken_out_is_taken_back_and_identifiers_are_never_lost() -> None:
    found = open_world(world(["茶桌会", "茶桌议事"]))
    before = rows(found, "from core.practices order by all")
    insert(found, "practice_overrides", [override("merge", "茶桌议事", "茶桌会")])
    build_models(found, catalogue())
    assert rows(found, "from core.practice_aliases") == [("p-茶桌议事", "p-茶桌会", "茶桌议事")]
    assert rows(found, "select distinct practice_name from panel('p-茶桌议事')") == [("茶桌会",)]
    found.execute("delete from core.practice_overrides")
    build_models(found, catalogue())
    assert rows(found, "from core.practices order by all") == before
    assert rows(found, "from core.practice_aliases") == []


def test_the_identifier_of_a_practice_that_no_text_names_any_more_is_kept() -> None:
    found = open_world(world(["茶桌会", "茶桌议事"]))
    for table in ("practice_mentions", "practice_mention_places"):
        found.execute(f"delete from core.{table} where article_id in ('a3', 'a4', 'a5')")
    build_models(found, catalogue())
    assert rows(found, "from core.practice_aliases") == [("p-茶桌议事", None, "茶桌议事")]
