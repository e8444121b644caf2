"""Practices: names told from slogans, every mention found, spellings joined."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.facts.kinds import read_facts
from tasks.facts.practices.headlines import read_title_practices
from tasks.facts.practices.quoted_signs import QUOTED_SIGNS
from tasks.facts.practices.reading import read_practices, reckon
from tasks.facts.practices.spellings import Practice, joined
from tasks.facts.practices.unquoted_signs import UNQUOTED_SIGNS
from tasks.facts.text.reading import Reading
from tasks.facts.text.signs import Sign
from tasks.lexicon.practice_spelling_keys import canonical_practice_name
from tasks.records import PracticeMention
from tests.reaches import sides

CASES = Path(__file__).parents[1] / "cases" / "facts" / "practices"
KINDS = {
    "alliance", "service_station", "joint_meeting", "grid", "list_matching", "fund", "brand", "volunteer", "platform",
    "property", "regulation", "other",
}  # fmt: skip


class Nowhere:
    def adcode_at(self, start_char: int) -> str | None:
        return None


def practices_of(text: str, title: str = "") -> tuple[PracticeMention, ...]:
    return read_practices(Reading(text, title=title), Nowhere())


def cases(name: str) -> list[Any]:
    return [pytest.param(case, id=case["label"]) for case in json.loads((CASES / name).read_text(encoding="utf-8"))]


@pytest.mark.parametrize("case", cases("signs.json"))
def test_each_sign_of_a_name_weighs_what_it_should(case: dict[str, Any]) -> None:
    found = practices_of(case["given"]["text"], case["given"]["title"])
    assert list(dict.fromkeys(mention.name for mention in found)) == case["expect"], case["comment"]


SIGNS = [
    pytest.param(case, id=f"{table}: {case['sign']}")
    for table in ("quoted", "unquoted")
    for case in json.loads((CASES / f"{table}_signs.json").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", SIGNS)
def test_a_sign_applies_to_its_example_and_not_to_its_counter_example(case: dict[str, str]) -> None:
    weighed = reckon(Reading(case["text"], title=case["title"]))
    assert any(case["sign"] in row.signs for row in weighed)
    against = reckon(Reading(case["counter"], title=case["counter_title"]))
    assert against, "the counter-example has to be weighed too"
    assert not any(case["sign"] in row.signs for row in against)


@pytest.mark.parametrize(("table", "signs"), [("quoted", QUOTED_SIGNS), ("unquoted", UNQUOTED_SIGNS)])
def test_every_sign_has_an_example(table: str, signs: tuple[Sign[Any], ...]) -> None:
    cases = json.loads((CASES / f"{table}_signs.json").read_text(encoding="utf-8"))
    assert [sign.name for sign in signs] == list(
        dict.fromkeys(case["sign"] for case in sorted(cases, key=_place(signs)))
    )


def _place(signs: tuple[Sign[Any], ...]) -> Callable[[dict[str, str]], int]:
    names = [sign.name for sign in signs]
    return lambda case: names.index(case["sign"])


def test_most_practices_of_invented_articles_are_found_and_few_others() -> None:
    hits = wanted = reported = 0
    for (case,) in (param.values for param in cases("articles.json")):
        mentions = practices_of(case["given"]["text"], case["given"]["title"])
        parts = {_bare(part) for mention in mentions for part in mention.parts}
        found = {_bare(mention.name) for mention in mentions}
        expected = {_bare(name) for name in case["expect"]}
        hits += len(found & expected)
        wanted += len(expected)
        reported += len(found - parts | found & expected)
    assert hits / wanted >= 0.9
    assert hits / reported >= 0.8


APART = json.loads((CASES.parent / "articles" / "practices.json").read_text(encoding="utf-8"))


def test_most_practices_of_articles_set_apart_before_the_rules_are_found() -> None:
    hits = wanted = reported = 0
    for case in APART:
        gold = case["expect"]["practices"]
        mentions = practices_of(case["given"]["text"], case["given"]["title"])
        found = [{_bare(mention.name), _bare(mention.surface)} for mention in mentions]
        must = [_spellings(practice) for practice in gold if not practice.get("optional")]
        may = [_spellings(practice) for practice in gold] + [
            {part} for practice in gold for part in practice.get("parts", ())
        ]
        hits += sum(any(_agree(forms, names) for names in found) for forms in must)
        wanted += len(must)
        reported += len(
            {mention.name for mention in mentions if any(_agree({_bare(mention.name)}, forms) for forms in must)}
        )
        reported += len(
            {mention.name for mention in mentions if not any(_agree({_bare(mention.name)}, forms) for forms in may)}
        )
    assert hits / wanted >= 0.75
    assert hits / reported >= 0.9


@pytest.mark.parametrize("genre", ["county business news", "sports news"])
def test_news_of_business_and_sports_names_no_practice(genre: str) -> None:
    (case,) = (case for case in APART if case["label"] == genre)
    assert practices_of(case["given"]["text"], case["given"]["title"]) == ()


@pytest.mark.parametrize("case", cases("other_genres.json"))
def test_theatres_scenic_spots_and_novels_name_no_practice_and_counties_do(case: dict[str, Any]) -> None:
    mentions = practices_of(case["given"]["text"], case["given"]["title"])
    assert list(dict.fromkeys(mention.name for mention in mentions)) == case["expect"]


def _spellings(practice: dict[str, Any]) -> set[str]:
    return {_bare(name) for name in (practice["name"], *practice.get("aliases", ()))}


def _agree(forms: set[str], names: set[str]) -> bool:
    """Whether two sets of spellings share one, or one is a shorter form of the other."""
    return any(
        form == name
        or (min(len(form), len(name)) >= max(3, max(len(form), len(name)) / 2) and (form in name or name in form))
        for form in forms
        for name in names
    )


def _bare(name: str) -> str:
    return "".join(char for char in name if char.isalnum() or char == "+")


def test_every_later_mention_of_a_name_is_a_mention_of_the_practice() -> None:
    text = "镇里推出“红石榴”调解品牌。红石榴调解员上门。如今，“红石榴”家喻户晓。"
    assert [mention.start_char for mention in practices_of(text) if mention.name == "红石榴"] == [5, 14, 27]


def test_quoted_names_of_other_news_are_no_practices_of_governance() -> None:
    match_report = "主队派出“双塔联盟”，“快攻平台”效率惊人，被称为“钢铁防线”。球迷高呼“夺冠模式”已经启动。\n" * 60
    assert practices_of(match_report) == ()
    aside = match_report + "赛后，社区组织村民在“邻里驿站”观看了比赛。"
    assert {mention.name for mention in practices_of(aside)} == {"邻里驿站"}


def test_a_numbered_practice_lists_its_members() -> None:
    text = "建立“三张清单”：梳理“问题清单”“任务清单”“责任清单”，逐项销号。"
    parts = {mention.name: mention.parts for mention in practices_of(text)}
    assert parts["三张清单"] == ("问题清单", "任务清单", "责任清单")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("成立果农党建联盟。", "alliance"),
        ("建起“蜂巢驿站”。", "service_station"),
        ("推行“圆桌议事会”。", "joint_meeting"),
        ("划分“七彩网格”。", "grid"),
        ("建立“需求清单”制度。", "list_matching"),
        ("设立乡村互助基金。", "fund"),
        ("打造“映山红”党建品牌。", "brand"),
        ("组建“蓝海豚”志愿服务队。", "volunteer"),
        ("建成大厦物业党建融合平台。", "platform"),
        ("创建“一巷一品牌”。", "brand"),
        ("打造“邻里有约”“四点相伴”等特色服务品牌。", "brand"),
        ("服务送到“巷子口”。\n居民区有了“巷子口”服务站，推出“巷子口”服务清单。", "service_station"),
        ("开通“云上议事”平台。", "platform"),
        ("引进“红色物业”。", "property"),
        ("制定《河湾村公约》。", "regulation"),
    ],
)
def test_a_practice_has_the_kind_its_name_tells(text: str, kind: str) -> None:
    assert {mention.kind for mention in practices_of(text)} == {kind}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“板凳会”机制", "板凳会"),
        ("“１＋５＋Ｎ”治理模式", "“1+5+N”"),
        ("积分制", "积分制度"),
        ("云河县红色物业", "“红色物业”"),
        ("《河湾公约》", "河湾公约"),
        ("APP议事厅", "app 议事厅"),
        ("“竹排管家”物业服务制度", "竹排管家"),
    ],
)
def test_spellings_of_one_practice_share_a_key(one: str, other: str) -> None:
    assert canonical_practice_name(one) == canonical_practice_name(other)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("县里推行“街道点灯、部门到场”机制。“点灯到场”推行三年。", "点灯到场"),
        ("县里成立寨级议事理事会，简称“寨理会”。寨理会推行“积分制”。", "寨理会"),
        ("县里推行“渔民护航”工作机制（以下简称“渔护”）。", "渔护"),
    ],
)
def test_a_short_form_and_what_it_is_short_for_are_one_practice(text: str, name: str) -> None:
    mentions = [mention for mention in practices_of(text) if "积分" not in mention.name]
    assert {mention.name for mention in mentions} == {name}
    assert len(mentions) > 1


@pytest.mark.parametrize(("long", "count"), [("柳溪评理堂", 1), ("午后评理堂", 2)])
def test_a_name_and_the_same_with_its_town_before_it_are_one_practice(long: str, count: int) -> None:
    found = {
        long: Practice(long, long, "mechanism", 10, is_quoted=True),
        "评理堂": Practice("评理堂", "评理堂", "mechanism", 40),
    }
    together = joined(f"镇里有一处“{long}”。柳溪镇在石桥社区建起第一个评理堂。", found)
    assert len({practice.name for practice in together.values()}) == count


def test_names_that_only_share_words_stay_two_practices() -> None:
    text = "县里推行“街道点灯、部门到场”机制，推出“部门到场”服务。"
    assert len({mention.name for mention in practices_of(text)}) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("茶农党建联盟", "果农党建联盟"),
        ("农贸市场党建联盟", "场党建联盟"),
        ("长效机制", "长效"),
        ("红色物业", "红色驿站"),
    ],
)
def test_different_practices_keep_different_keys(one: str, other: str) -> None:
    assert canonical_practice_name(one) != canonical_practice_name(other)


@given(st.text(st.characters(exclude_characters='“”「」"'), max_size=12))
def test_a_canonical_name_is_its_own_canonical_name_in_case_and_width(name: str) -> None:
    key = canonical_practice_name(name)
    assert key == key.strip()
    assert canonical_practice_name(f"“{name}”") == key


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["推行", "“", "”", "板凳会", "机制", "党建联盟", "成立", "《", "》", "公约", "制定", "三大清单", "1+3+N", "驿站", "、", "，", "。",
             "\n", "积分制", "的", "问题", "破解", "等", "品牌", "‘", "’", "青禾县", "志愿服务队", "分钟", "15", "服务圈"]
        ),
        st.text(max_size=3),
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(PIECES, st.text(max_size=6))
def test_every_practice_stands_at_its_offsets_and_has_a_known_kind(text: str, title: str) -> None:
    end = 0
    for mention in practices_of(text, title):
        assert text[mention.start_char : mention.end_char] == mention.surface != ""
        assert mention.start_char >= end
        assert mention.name
        assert mention.kind in KINDS
        end = mention.end_char


def test_a_practice_that_only_the_title_names_stands_on_the_list_of_its_members() -> None:
    text = "乡里先后织起信息网、服务网和治安网，山里人办事不再跑冤枉路。"
    facts = read_facts(Reading(text, title="“三张网”兜住山里的事"))
    (practice,) = [mention for mention in facts.practice_mentions if mention.name == "三张网"]
    assert text[practice.start_char : practice.end_char] == "信息网、服务网和治安网"
    assert practice.parts == ("信息网", "服务网", "治安网")


def test_a_number_in_the_title_that_the_text_does_not_fill_names_nothing() -> None:
    facts = read_facts(Reading("乡里织起信息网、服务网，还差一张。", title="“三张网”兜住山里的事"))
    assert [mention.name for mention in facts.practice_mentions if "网" in mention.name] == []


@pytest.mark.parametrize(("text", "title", "expect"), sides("practices"))
def test_a_name_reaches_so_far_and_no_farther(text: str, title: str, expect: dict[str, Any]) -> None:
    mentions = practices_of(text, title)
    mentions += read_title_practices(Reading(text, title=title), Nowhere(), mentions)
    assert {mention.name: list(mention.parts) for mention in mentions} == expect
