"""Dates: cases of resolution, offsets under any text."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.facts.dates.reading import read_dates
from tasks.facts.text.reading import Reading

CASES = Path(__file__).parents[1] / "cases" / "facts" / "dates"
ISO = re.compile(r"(?:\d{4}|-)(?:-\d\d(?:-\d\d(?:T\d\d:\d\d)?)?)?(?:/(?:\d{4}|-)(?:-\d\d(?:-\d\d)?)?)?")


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}-{case['label']}")
        for path in sorted(CASES.glob("*.json"))
        for case in json.loads(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("case", cases())
def test_a_date_is_as_precise_as_stated_and_resolved_against_the_day_of_issue(case: dict[str, Any]) -> None:
    published_on = case["given"]["published_on"]
    reading = Reading(case["given"]["text"], published_on=date.fromisoformat(published_on) if published_on else None)
    assert [mention.iso for mention in read_dates(reading)] == case["expect"], case["comment"]


@pytest.mark.parametrize(
    ("title", "iso"), [("2018年安吉县大事记（节选）", "2018-03-02"), ("2018年安吉县工作要点", "--03-02")]
)
def test_the_days_of_a_chronicle_are_of_the_year_in_its_title(title: str, iso: str) -> None:
    (found,) = read_dates(Reading("3月2日梅溪镇成立首个调解室。", title=title))
    assert found.iso == iso


def test_a_date_says_whether_it_is_a_beginning_an_end_or_a_plan() -> None:
    mentions = read_dates(Reading("截至2020年底完成；自2015年起实施；预计2022年6月建成；2018年立项。"))
    assert [mention.role for mention in mentions] == ["as_of", "since", "planned", None]


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["2019年", "3月", "5日", "今年", "去年", "底", "初", "至", "—", "21日", "下午2点", "每月", "当年", "次日", "上周五", "“", "”", "《",
             "》", "十四五", "期间", "上世纪", "80年代", "二〇一九年", "十二月", "农历", "，", "。", "\n", "99", "31日", "2月", "8:30"]
        ),
        st.text(max_size=3),
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(PIECES, st.one_of(st.none(), st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 1, 1))))
def test_every_date_stands_at_its_offsets_in_iso_form(text: str, published_on: date | None) -> None:
    end = 0
    for mention in read_dates(Reading(text, published_on=published_on)):
        assert text[mention.start_char : mention.end_char] == mention.surface != ""
        assert mention.start_char >= end
        assert ISO.fullmatch(mention.iso), mention.iso
        end = mention.end_char
