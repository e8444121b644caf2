"""Designations: who is pilot or model of what, who only asks to be, and what names nobody."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.facts.kinds import read_facts
from tasks.facts.text.reading import Reading
from tasks.records import Designation

CASES = Path(__file__).parents[1] / "cases" / "facts" / "designations"


def designations_of(text: str, published_on: str | None = None, title: str = "") -> tuple[Designation, ...]:
    day = date.fromisoformat(published_on) if published_on else None
    return read_facts(Reading(text, published_on=day, title=title)).designations


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=case["label"]) for case in json.loads((CASES / "named.json").read_text(encoding="utf-8"))],
)
def test_a_designation_is_told_from_talk_of_pilots(case: dict[str, Any]) -> None:
    found = {
        (row.place_name, row.practice_name, row.designation, row.status) for row in designations_of(**case["given"])
    }
    expected = {tuple(row) for row in case["expect"]}
    assert len(found) == len(expected)
    for place, *rest in expected:
        assert any(name.endswith(place) and told == rest for name, *told in found), (place, found)


def test_the_body_and_the_level_of_a_designation_are_those_of_its_sentence() -> None:
    (row,) = designations_of("2020年6月，石狮市被泉州市民政局列为全市邻里茶桌试点。")
    assert (row.level, row.designated_by, row.designated_at, row.adcode) == (
        "city",
        "泉州市民政局",
        "2020-06",
        "350581",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("去年，石狮市把“邻里茶桌”列为全市乡村治理试点，并印发通知。", ("2022-01-01", "2022-12-31", "year")),
        ("2021年3月，石狮市启动“邻里茶桌”试点。", ("2021-03-01", "2021-03-31", "month")),
        ("石狮市被列为“邻里茶桌”试点。", None),
        ("石狮市“邻里茶桌”计划明年申报全省试点。", None),
    ],
)
def test_a_designation_has_the_day_that_its_sentence_tells_of_the_practice(
    text: str, expected: tuple[str, str, str] | None
) -> None:
    (row,) = read_facts(Reading(text, published_on=date(2023, 5, 18))).designations
    told = (str(row.stated_on), str(row.stated_until), row.stated_precision)
    assert told == (expected or ("None", "None", None))


def test_a_village_has_the_code_of_its_county() -> None:
    (row,) = designations_of("永康市方岩镇被评为省级示范镇。")
    assert (row.place_name, row.adcode) == ("浙江省金华市永康市方岩镇", "330784")


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["石狮市", "晋江市", "被", "列为", "全省", "试点", "示范县", "申报", "取消", "未", "计划", "，", "。", "、", "“板凳会”",
             "把", "在", "开展", "《", "》", "\n", "民政局", "为", "：", "试点项目", "资格"]
        ),
        st.text(max_size=2),
    ),
    max_size=20,
).map("".join)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(PIECES)
def test_every_designation_stands_at_its_offsets_with_a_start_of_its_own(text: str) -> None:
    rows = designations_of(text)
    assert [text[row.start_char : row.end_char] for row in rows] == [row.surface for row in rows]
    assert len({row.start_char for row in rows}) == len(rows)


def test_the_sections_of_a_plan_are_of_what_its_title_names() -> None:
    text = "设立“邻里积分银行”。\n（一）试点阶段。在石狮市开展试点。\n推行“石榴邻长”。"
    (row,) = read_facts(Reading(text, title="关于推行“石榴邻长”的实施方案")).designations
    (other,) = read_facts(Reading(text, title="“石榴邻长”热了街巷")).designations
    assert (row.practice_name, other.practice_name) == ("石榴邻长", "邻里积分银行")
