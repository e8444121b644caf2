"""Both sides of the limits of what twins restore and of what makes one story of two texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tasks.duplicates.doubtful_runs import doubts_in
from tasks.duplicates.twins import read_places
from tasks.records import Repair
from tests.duplicates.composition import groups_of, relations_of, stories_of

WORLDS = json.loads((Path(__file__).parents[1] / "cases" / "duplicates" / "worlds.json").read_text("utf-8"))
TEXT = "老街上的驿站昨天同时开门过路的人可以进去歇脚喝水充电还能坐下来和邻居说说话"


def restored(damaged: str, twin: str) -> str | None:
    """What ``twin`` says of the first mark of ``damaged``."""
    start = damaged.index("□")
    end = start + len(damaged[start:]) - len(damaged[start:].lstrip("□"))
    found = read_places(damaged, [(start, end)], twin)
    return found[0].restored if found else None


@pytest.mark.parametrize(("distance", "found"), [(9, "开"), (7, None)])
def test_eight_letters_on_either_side_find_a_place_in_a_twin(distance: int, found: str | None) -> None:
    at = TEXT.index("开门")
    damaged = TEXT[:at] + "□" + TEXT[at + 1 :]
    twin = TEXT[: at - distance - 1] + "某" + TEXT[at - distance :]
    assert restored(damaged, twin) == found


@pytest.mark.parametrize(("distance", "found"), [(5, "开"), (3, None)])
def test_four_letters_between_two_marks_are_enough_to_find_one(distance: int, found: str | None) -> None:
    at = TEXT.index("开门")
    damaged = TEXT[:at] + "□" + TEXT[at + 1 : at + 1 + distance] + "□" + TEXT[at + 2 + distance :]
    assert restored(damaged, TEXT) == found


@pytest.mark.parametrize(("printed", "found"), [("开了大门", "开了大门"), ("开了两扇很大的木门", None)])
def test_a_mark_stands_for_four_letters_more_than_it_has(printed: str, found: str | None) -> None:
    damaged = TEXT.replace("开门", "□")
    assert restored(damaged, TEXT.replace("开门", printed)) == found


def test_a_reading_of_the_length_of_the_loss_is_surer_than_another() -> None:
    same = read_places(TEXT.replace("开门", "□□"), [(10, 12)], TEXT)
    longer = read_places(TEXT.replace("开门", "□"), [(10, 11)], TEXT)
    assert [one.confidence for one in (*same, *longer)] == [0.99, 0.9]


@pytest.mark.parametrize(("confidence", "count"), [(0.7, 1), (0.89, 1), (0.9, 0)])
def test_a_repair_of_less_than_nine_in_ten_is_doubtful(confidence: float, count: int) -> None:
    at = TEXT.index("开门")
    doubts = doubts_in(TEXT, [Repair("byte_shift", "?", "开门", confidence, 0, at)])
    assert len(doubts) == count
    assert all(len(doubt.after) == 24 for doubt in doubts)


@pytest.mark.parametrize("world", [pytest.param(world, id=world["label"]) for world in WORLDS])
def test_texts_of_one_origin_are_one_story_and_others_are_not(world: dict[str, Any]) -> None:
    tables = stories_of(**world["given"])
    assert sorted(sorted(group) for group in groups_of(tables)) == world["expect"]["stories"]
    assert relations_of(tables) == world["expect"]["relations"]
    assert tables.story_links.height == world["expect"]["links"]
