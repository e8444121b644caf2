"""Organisations: bodies with a name of their own or of their function, and kinds of body that are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.facts.organizations.reading import read_organizations
from tasks.facts.places.reading import read_places
from tasks.facts.text.reading import Reading
from tasks.records import OrganizationMention
from tests.reaches import sides

CASES = Path(__file__).parents[1] / "cases" / "facts" / "organizations"
KINDS = {"party", "government", "enterprise", "social", "community", "media", "school", "hospital", "other"}


def organizations_of(text: str) -> tuple[OrganizationMention, ...]:
    reading = Reading(text)
    return read_organizations(reading, read_places(reading))


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}-{case['label']}")
        for path in sorted(CASES.glob("*.json"))
        for case in json.loads(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("case", cases())
def test_a_body_is_found_under_its_fullest_name_and_a_kind_of_body_is_not(case: dict[str, Any]) -> None:
    found = [{"surface": m.surface, "name": m.name, "kind": m.kind} for m in organizations_of(case["given"]["text"])]
    assert found == case["expect"], case["comment"]


def test_a_body_lies_where_its_place_name_says_and_else_where_the_article_is() -> None:
    found = organizations_of("安吉县民政局来了。\n长兴县的代表和云帆商贸公司也来了。")
    assert [(m.name, m.adcode) for m in found] == [("安吉县民政局", "330523"), ("云帆商贸公司", "330522")]
    found = organizations_of("中山市的开学日到了，东区街道柳景幼儿园很热闹。")
    assert [(m.name, m.adcode) for m in found] == [("东区街道柳景幼儿园", "442000")]  # not that of 攀枝花市东区


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("奉化区岳林街道桃源社区设了基金，区审计局每年抽查一次。", "奉化区审计局"),  # 社区 is no 区
        ("西塞山区领先一步。在黄石港区尚未起步的时候，该区率先选聘。区民政局发了文件。", "西塞山区民政局"),
        ("西塞山区领先一步。黄石港区随后跟上，区民政局发了文件。", "黄石港区民政局"),
        ("扎鲁特旗办起议事包。科尔沁左翼中旗考察团一行来旗考察，旗民政局作了介绍。", "扎鲁特旗民政局"),
        ("奉化区设了基金，鄞州区已派员考察。区民政局作了介绍。", "奉化区民政局"),
        ("奉化区设了基金。鄞州区派员赴外地考察，区民政局作了介绍。", "鄞州区民政局"),
    ],
)
def test_a_bureau_is_of_the_division_spoken_of_and_not_of_one_named_in_passing(text: str, name: str) -> None:
    assert organizations_of(text)[-1].name == name


PIECES = st.sampled_from(
    [
        "安吉县",
        "区",
        "县委",
        "组织部",
        "财政局",
        "公司",
        "云帆",
        "协会",
        "党支部",
        "的",
        "和",
        "在",
        "“",
        "”",
        "。",
        "书记",
        "大学",
        "学院",
        "厅",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join))
def test_mentions_stand_in_order_at_their_offsets_under_any_text(text: str) -> None:
    end = 0
    for mention in organizations_of(text):
        assert text[mention.start_char : mention.end_char] == mention.surface
        assert mention.start_char >= end
        assert mention.kind in KINDS
        end = mention.end_char


@pytest.mark.parametrize(("text", "title", "expect"), sides("organizations"))
def test_a_name_reaches_so_far_and_no_farther(text: str, title: str, expect: list[str]) -> None:
    del title  # no organisation depends on it
    assert [mention.name for mention in organizations_of(text)] == expect


@pytest.mark.parametrize(
    ("text", "name", "adcode"),
    [
        ("安吉县推行“板凳会”，国务院办公厅作了批示。", "国务院办公厅", None),
        ("安吉县先行，浙江大学的老师来了。", "浙江大学", "330000"),
        ("安吉县先行，清华大学的老师来了。", "清华大学", None),
        ("安吉县的网格员从省民政厅领奖。", "省民政厅", "330000"),
        ("安吉县与中国农业银行湖州分行签约。", "中国农业银行湖州分行", "330500"),
        ("安吉县的团县委发动青年。", "团县委", "330523"),
        ("安吉县的惠农土地股份合作社分红。", "惠农土地股份合作社", "330523"),
        ("安吉县民政局到德清县考察，德清县先行。安吉县民政局记下了。", "安吉县民政局", "330523"),
        ("开化县推行新办法，得到市委政法委肯定。江山市派人来学习。", "衢州市委政法委", "330800"),
        ("上海市要求各区跟进。浦东新区北蔡镇党委牵头，上海市随后推广。", "北蔡镇党委", "310115"),
        ("开化县学习了美国青溪基金会的做法。", "美国青溪基金会", None),
    ],
)
def test_the_seat_is_what_the_name_says_and_else_the_place_spoken_of(text: str, name: str, adcode: str | None) -> None:
    reading = Reading(text)
    found = [m for m in read_organizations(reading, read_places(reading)) if name in (m.surface, m.name)]
    assert found
    assert {m.adcode for m in found} == {adcode}


def test_bodies_that_sign_side_by_side_are_as_many_as_their_places() -> None:
    found = organizations_of("印发如下。\n石狮市司法局石狮市民政局\n2023年11月6日")
    assert [m.surface for m in found] == ["石狮市司法局", "石狮市民政局"]
    assert [m.surface for m in organizations_of("石狮市人民法院宝盖镇法庭开庭。")] == ["石狮市人民法院宝盖镇法庭"]


def test_a_body_founded_under_a_name_in_marks_is_one_and_an_alliance_is_none() -> None:
    text = "安吉县成立“竹乡联合党支部委员会”，组建“红马甲联盟”。竹乡联合党支部委员会有9人。"
    assert [(m.surface, m.kind) for m in organizations_of(text)] == [("竹乡联合党支部委员会", "party")] * 2
