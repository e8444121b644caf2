"""People: names of every build, posts before and after them, and words that only look like names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.facts.organizations.reading import read_organizations
from tasks.facts.people.reading import read_people
from tasks.facts.people.rows import names_in_rows
from tasks.facts.places.reading import read_places
from tasks.facts.text.reading import Reading
from tasks.records import PersonMention
from tests.reaches import sides

CASES = Path(__file__).parents[1] / "cases" / "facts" / "people"


def people_of(text: str, **hints: Any) -> tuple[PersonMention, ...]:
    reading = Reading(text, **hints)
    places = read_places(reading)
    return read_people(reading, places, read_organizations(reading, places))


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}-{case['label']}")
        for path in sorted(CASES.glob("*.json"))
        for case in json.loads(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("case", cases())
def test_a_person_is_found_at_every_mention_with_the_post_as_printed(case: dict[str, Any]) -> None:
    told = list(case["expect"][0]) if case["expect"] else ["name", "role"]
    found = [{column: getattr(m, column) for column in told} for m in people_of(**case["given"])]
    assert found == case["expect"], case["comment"]


def test_the_organisation_is_the_body_before_the_post() -> None:
    (person,) = people_of("安吉县委组织部副部长李岚到场。")
    assert person.organization == "安吉县委组织部"


def test_a_body_and_its_heads_post_may_have_a_character_in_common() -> None:
    told = {
        person.name: person.organization for person in people_of("县财政局长王敏、白沙乡长宋国栋和新任局长李强到会。")
    }
    assert told == {"王敏": "县财政局", "宋国栋": "白沙乡", "李强": None}


def test_a_place_that_begins_with_and_is_not_parted_there() -> None:
    (person,) = people_of("去年到任的新疆维吾尔自治区和田市委书记陈远被免职。")
    assert person.organization == "新疆维吾尔自治区和田市委"


def test_the_body_before_a_name_belongs_to_the_title_behind_it() -> None:
    (person,) = people_of("陪同的是安吉县林业局李岚副局长。")
    assert (person.role, person.organization) == ("副局长", "安吉县林业局")


def test_the_day_of_a_chronicle_is_no_part_of_the_organisation() -> None:
    (person,) = people_of("5月11日安吉县副县长李岚到镇里调研。")
    assert (person.role, person.organization) == ("副县长", "安吉县")


def test_an_author_is_no_person_of_the_article() -> None:
    assert people_of("方小雨走进院子。方小雨问，能停几辆车。", contributors=("方小雨",)) == ()


def test_the_one_who_wrote_in_another_article_is() -> None:
    assert [m.name for m in people_of("教师方小雨走进院子。方小雨问，能停几辆车。")] == ["方小雨", "方小雨"]


PIECES = st.sampled_from(
    [
        "书记",
        "周敏",
        "王建国",
        "老李",
        "高女士",
        "于站长",
        "·",
        "买买提",
        "说",
        "，",
        "。",
        "\n",
        "的",
        "和",
        "任",
        "组长",
        "“",
        "”",
        "记者",
        "何静",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join))
def test_mentions_stand_in_order_within_any_text(text: str) -> None:
    end = 0
    for mention in people_of(text):
        assert end <= mention.start_char < mention.end_char <= len(text)
        assert mention.role is None or mention.role.strip()
        end = mention.end_char


@pytest.mark.parametrize(("note", "is_of_row"), [("外聘的老师们", True), ("昨天才从外地来的老师", False)])
def test_a_name_with_a_note_before_two_clear_ones_is_of_their_row(note: str, is_of_row: bool) -> None:
    text = f"到会的有：慕容守正（{note}）、王芳、赵敏。"
    clear = [(text.index(name), text.index(name) + 2) for name in ("王芳", "赵敏")]
    assert ("慕容守正" in names_in_rows(text, clear)) == is_of_row


@pytest.mark.parametrize(("text", "title", "expect"), sides("people"))
def test_a_name_reaches_so_far_and_no_farther(text: str, title: str, expect: list[str]) -> None:
    assert [mention.name for mention in people_of(text, title=title)] == expect


@pytest.mark.parametrize("name", ["阿依古丽·买买提", "艾力·吐尔地", "古丽·马力", "玛丽·布朗夫妇"])
def test_a_name_with_a_dot_may_end_the_text_at_any_character(name: str) -> None:
    for end in range(1, len(name) + 1):
        people_of(f"图为干部{name[:end]}")
    assert [mention.name for mention in people_of("图为干部阿依古丽·买买提")] == ["阿依古丽·买买提"]
