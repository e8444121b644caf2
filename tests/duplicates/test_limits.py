"""Both sides of the limits of what twins restore and of what makes one story of two texts."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tasks.duplicates.alignments import align, place_in, profiles_of
from tasks.duplicates.doubtful_runs import doubts_in
from tasks.duplicates.matches import find_matches
from tasks.duplicates.sketches import sketch
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


def letters(count: int, seed: int) -> str:
    """So many Chinese characters at random, the same for the same seed."""
    draw = random.Random(seed)
    return "".join(chr(draw.randrange(0x4E00, 0x9FA0)) for _ in range(count))


PASSAGES = [letters(30, 1), letters(30, 2), letters(30, 3)]


@pytest.mark.parametrize(("inserted", "passages"), [(6, 1), (7, 2)])
def test_six_letters_inserted_do_not_part_a_passage(inserted: int, passages: int) -> None:
    first, second, _ = PASSAGES
    copy = align(*profiles_of([first + second, first + letters(inserted, 9) + second]))
    assert len(copy.spans) == passages


@pytest.mark.parametrize(("between", "phrases"), [(55, 2), (56, 0)])
def test_a_phrase_sixty_letters_from_the_next_one_is_no_copy(between: int, phrases: int) -> None:
    one, other = letters(5, 11), letters(5, 12)
    texts = [letters(20, seed) + one + letters(between, seed + 1) + other + letters(20, seed + 2) for seed in (21, 31)]
    assert len(align(*profiles_of(texts)).spans) == phrases


@pytest.mark.parametrize(("between", "start"), [(200, 50), (202, 282)])
def test_stretches_two_hundred_letters_apart_are_one_place_of_a_page(between: int, start: int) -> None:
    first, second, third = PASSAGES
    page = letters(50, 4) + first + letters(between, 5) + second + third + letters(50, 6)
    found, _, share = place_in(profiles_of([page])[0], profiles_of([first + second + third])[0])
    assert (found, share) == (start, 1.0)


def notice(names: list[str], numbers: list[int]) -> str:
    """A form with slots for names and numbers."""
    parts = []
    for place in range(max(len(names), len(numbers))):
        parts += [letters(9, 100 + place), *names[place : place + 1]]
        parts += [letters(9, 200 + place), *map(str, numbers[place : place + 1])]
    return "".join(parts) + letters(12, 300)


@pytest.mark.parametrize(("kept", "relation"), [(5, None), (6, "near")])
def test_three_other_names_beside_six_numbers_that_stay_are_a_correction(kept: int, relation: str | None) -> None:
    numbers = [51 + 7 * place for place in range(kept)]
    names, others = ["赵建国", "钱秀英", "孙志明"], ["吴海燕", "郑新雪", "王宏伟"]
    assert align(*profiles_of([notice(names, numbers), notice(others, numbers)])).relation == relation


@pytest.mark.parametrize(
    ("numbers", "others", "relation"), [([51, 62, 73], [54, 65, 76], None), ([501, 602, 703], [504, 605, 706], "near")]
)
def test_a_digit_of_three_may_be_damaged_and_one_of_two_is_another_number(
    numbers: list[int], others: list[int], relation: str | None
) -> None:
    assert align(*profiles_of([notice([], numbers), notice([], others)])).relation == relation


@pytest.mark.parametrize(("rest", "is_match"), [(4, True), (6, False)])
def test_one_run_of_letters_in_common_tells_something_of_a_text_of_eight(rest: int, is_match: bool) -> None:
    phrase = letters(6, 1)
    texts = [letters(3, 2) + phrase + letters(rest, 3), letters(4, 4) + phrase + letters(rest, 5)]
    assert bool(len(find_matches(sketch(texts)).left)) == is_match


@pytest.mark.parametrize(
    ("gap", "other", "is_bridged"), [(12, 12, True), (24, 24, False), (4, 12, True), (4, 16, False)]
)
def test_a_gap_of_nearly_equal_length_counts_as_copied(gap: int, other: int, is_bridged: bool) -> None:
    first, second = letters(60, 1), letters(60, 2)
    found = find_matches(sketch([first + letters(gap, 7) + second, first + letters(other, 8) + second]))
    assert bool(found.bridges[0]) == is_bridged


@pytest.mark.parametrize(("other", "is_in_step"), [(15, True), (18, False)])
def test_a_gap_of_eight_letters_more_keeps_what_follows_in_step(other: int, is_in_step: bool) -> None:
    first, second = letters(60, 1), letters(60, 2)
    found = find_matches(sketch([first + letters(4, 7) + second, first + letters(other, 8) + second]))
    assert (found.in_step[0] == found.shared[0] - 1) == is_in_step
