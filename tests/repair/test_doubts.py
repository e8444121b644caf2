"""How a page's own words settle what a lost byte was, and where a repair says that it is not sure."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tasks.repair.repaired import LOST_MARK, undo
from tasks.repair.sources import repair_source
from tests.damage_simulator import damage, site_table, to_mirror_traditional

TABLE = site_table(60)
# Paragraphs of invented articles as mirrors show them, each the one that a certain weight or limit decides: with half
# or twice of it the page would come out wrong, or certain where it may not be.
TORN = json.loads((Path(__file__).parents[1] / "cases" / "repair" / "torn_runs.json").read_text("utf-8"))


def mirrored(text: str, cuts: str = "！", *, strict_python: bool = True) -> str:
    return damage(to_mirror_traditional(text), TABLE, cuts, strict_python=strict_python)


def test_a_name_torn_once_is_read_as_the_page_writes_it_elsewhere() -> None:
    lines = ["社区的网格员叫莫青水，莫青水住在溪边。", "“我每天走三遍。”莫青水说，社区里的事都记在本子上。"]
    text = "\n".join(lines)
    assert repair_source(mirrored(text)).text == to_mirror_traditional(text)


def test_the_speaker_is_the_woman_the_paragraph_speaks_of() -> None:
    head = "社区的网格员王梅每天都要走一遍，她把居民的要求记下来，她还会告诉大家怎么办。\n"
    text = head + "“我们只是多走几步路。”她说，“要办的事一件也没有少。”她笑了。"
    restored = repair_source(mirrored(text)).text
    assert "他" not in restored
    assert restored.count("她") + restored.count(LOST_MARK) == text.count("她")


def test_a_number_that_may_have_lost_its_first_digit_is_doubted() -> None:
    text = "社区的人都说：“现在办得快，办事员认得我们。”52岁的区里居民这样讲。"
    repaired = repair_source(mirrored(text, strict_python=False))
    assert "52岁" not in repaired.text.replace("歲", "岁")  # the mirror swallowed the 5
    runs = [repair for repair in repaired.repairs if repair.kind in ("byte_shift", "lost")]
    assert runs
    assert all(repair.confidence < 0.9 for repair in runs)


def test_a_page_made_of_damage_is_read_in_part_and_the_rest_is_marked() -> None:
    sentence = "社区里的老人说：“办得好。”城里人都知道。“来得快。”村里人也说好。\n"
    damaged = mirrored(sentence * 2_000)
    repaired = repair_source(damaged)
    assert "?！" not in repaired.text
    assert repaired.lost_count > 1_000
    assert all(repair.confidence < 0.1 for repair in repaired.repairs if repair.restored == LOST_MARK)
    assert undo(repaired.text, repaired.repairs) == damaged


def test_a_bracket_that_waits_for_its_partner_gets_it() -> None:
    text = "社区的网格员王梅（住在溪边的人都说她个子小）。每天她都会到大家家里去，当面记下要办的事。"
    damaged = mirrored(text, "。")
    assert "）" not in damaged
    assert "）。每天" in repair_source(damaged).text


def test_a_digit_that_went_down_with_a_torn_character_is_marked_and_not_left_out() -> None:
    text = "社区的人都说办得快，区里的事务进了网，会当面办。老人写来一封信。“根据43号文件，要办的事都要进网。”他说。"
    damaged = mirrored(text, strict_python=False)
    assert "43" not in damaged
    assert f"{LOST_MARK}3" in repair_source(damaged).text


def test_the_same_tear_behind_the_same_words_is_read_the_same_everywhere() -> None:
    lines = [
        "社区的网格员会对居民说，云溪县发行公益债券，办学的钱都从公益债券来。",
        "区里的人说，公益债由大家当面定，当然公益债不会变少。公益债怎么还？大家都会问。",
    ]
    truth = to_mirror_traditional("\n".join(lines))
    damaged = damage(truth, {**TABLE, "鎮": "zhèn"}, "！", strict_python=True)
    assert "債" not in damaged
    assert repair_source(damaged).text == truth


def test_a_note_in_brackets_of_its_own_is_closed_as_it_was_opened() -> None:
    text = "社区的网格员会对居民说网格的事。\n【编后：说话的人进城去了，网上的名字都改过。】\n区里的人都说办得好。"
    damaged = mirrored(text)
    assert "】" not in damaged
    assert repair_source(damaged).text == to_mirror_traditional(text)
    shown_otherwise = repair_source(mirrored(text, strict_python=False))
    assert "改過。】" in shown_otherwise.text


def test_a_tear_right_behind_an_annotated_character_is_mended() -> None:
    truth = to_mirror_traditional("社区的网格员会对居民说，大家接到任务报上名字，区里的人当面记下来。")
    damaged = damage(truth, {"請": "qǐng", **TABLE}, "！", strict_python=True)
    assert "務(wù)?" in damaged
    assert repair_source(damaged).text == truth


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in TORN])
def test_a_torn_run_is_read_by_all_that_is_known_of_it(case: dict[str, Any]) -> None:
    repaired = repair_source(case["damaged"])
    assert repaired.text == case["restored"]
    runs = [repair for repair in repaired.repairs if repair.kind != "pinyin"]
    certain = [repair.restored for repair in runs if repair.confidence >= 0.9]
    assert certain == case.get("certain", certain)
    assert undo(repaired.text, repaired.repairs) == case["damaged"]


@pytest.mark.parametrize("pronoun", ["他", "她"])
def test_the_one_who_speaks_is_the_one_spoken_of_before(pronoun: str) -> None:
    text = f"王梅走进院子，{pronoun}的脚步很轻。“门开着，人就来。”{pronoun}说。{pronoun}还要再走一遍。"
    assert repair_source(mirrored(text)).text == to_mirror_traditional(text)


@pytest.mark.parametrize("said", ["水也清了许多。", "三户正好，五户就推来推去。"])
@pytest.mark.parametrize("name", ["钟水荣", "丁月桂", "麻春花"])
def test_where_a_cleaner_has_taken_private_use_characters_no_wrong_reading_is_certain(name: str, said: str) -> None:
    text = f"埠头修好以后，当时的网格员会议上还有人提问题。“{said[:-1]}。”{name}说，“{said}”大家听了都点头。\n"
    mirrors_text = to_mirror_traditional(text)
    damaged = damage(mirrors_text, site_table())
    stripped = re.sub("[\ue000-\uf8ff]", "", damaged)
    assert stripped != damaged
    repaired = repair_source(stripped)
    certain = [each.restored for each in repaired.repairs if each.kind == "byte_shift" and each.confidence >= 0.9]
    assert [restored for restored in certain if restored not in mirrors_text] == []
    assert undo(repaired.text, repaired.repairs) == stripped
