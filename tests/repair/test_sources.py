"""What a whole decoded page gets back, and what it must keep."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from tasks.records import RepairKind
from tasks.repair.repaired import undo
from tasks.repair.sources import repair_source
from tasks.repair.torn.readings import reads_as
from tests.damage_simulator import PINYIN_OF, damage, site_table, to_mirror_traditional

CASES = Path(__file__).parents[1] / "cases" / "repair"


def cases(name: str) -> list[Any]:
    return [pytest.param(case, id=case["label"]) for case in json.loads((CASES / f"{name}.json").read_text("utf-8"))]


@pytest.mark.parametrize("case", cases("sources"))
def test_a_damaged_source_is_restored_and_every_edit_can_be_undone(case: dict[str, str]) -> None:
    repaired = repair_source(case["given"])
    assert repaired.text == case["expect"]
    assert undo(repaired.text, repaired.repairs) == case["given"]
    assert {repair.kind for repair in repaired.repairs} <= set(get_args(RepairKind))


@pytest.mark.parametrize("case", cases("untouched_sources"))
def test_an_undamaged_source_is_not_touched(case: dict[str, str]) -> None:
    repaired = repair_source(case["given"])
    assert repaired.text == case["given"]
    assert repaired.repairs == ()


def test_each_annotation_and_each_run_is_one_repair() -> None:
    damaged = damage(to_mirror_traditional("这个区的人说：“办得很好。”城里人也都说好，区里满意。"), {"區": "qū"}, "！")
    kinds = [repair.kind for repair in repair_source(damaged).repairs]
    assert kinds.count("pinyin") == 2
    assert kinds.count("byte_shift") == 1


def test_an_annotation_put_inside_two_characters_is_removed_with_its_damage() -> None:
    text = to_mirror_traditional("人们为了孩子，优化服务，优质又方便")
    damaged = damage(text, {"優": "yōu"})
    assert "?yōu)" in damaged
    assert repair_source(damaged).text == text


def test_a_mirror_that_drops_lost_bytes_is_repaired_too() -> None:
    text = to_mirror_traditional("居民区的老人说：“现在方便多了。”社区干部说，区里还要再办几件实事。")
    damaged = damage(text, {"區": "qū"}, "！", lost="")
    assert "?" not in damaged
    assert repair_source(damaged).text == text


def test_what_no_byte_of_survives_is_marked_and_counted() -> None:
    damaged = "這個社區(qū)是區(qū)里的???。近來小區(qū)的人很多"
    repaired = repair_source(damaged)
    assert "???" not in repaired.text
    assert repaired.lost_count == repaired.text.count("□")
    assert all(repair.confidence < 0.9 for repair in repaired.repairs if repair.kind == "lost")


def test_a_repaired_page_needs_no_second_repair() -> None:
    articles = json.loads((CASES / "clean_articles.json").read_text("utf-8"))
    for article in articles:
        repaired = repair_source(damage(to_mirror_traditional(article), site_table(60)))
        assert repair_source(repaired.text).repairs == ()


def test_the_ready_table_reads_every_character_as_the_dictionary_does() -> None:
    assert [character for character, reading in PINYIN_OF.items() if not reads_as(character, reading)] == []
