"""Places: chains, ambiguity, anaphora and what is no place; the gazetteer behind them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.facts.places.reading import read_places
from tasks.facts.text.reading import Reading
from tasks.lexicon.gazetteer import gazetteer, places
from tasks.lexicon.gazetteer.short_forms import short_forms
from tests.reaches import sides

CASES = Path(__file__).parents[1] / "cases" / "facts" / "places"


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}-{case['label']}")
        for path in sorted(CASES.glob("*.json"))
        for case in json.loads(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("case", cases())
def test_a_place_is_found_with_its_code_and_its_whole_chain(case: dict[str, Any]) -> None:
    found = [
        {"surface": m.surface, "adcode": m.adcode, "place_name": m.place_name, "level": m.level}
        for m in read_places(Reading(**case["given"])).mentions
    ]
    assert found == case["expect"], case["comment"]


def test_what_nothing_decides_keeps_its_candidates() -> None:
    (mention,) = read_places(Reading("鼓楼区新增车位五百个。")).mentions
    assert mention.adcode is None
    assert mention.candidates == ("320106", "320302", "350102", "410204")


def test_a_fact_belongs_to_the_last_place_named_in_its_paragraph_and_else_to_that_of_the_article() -> None:
    text = "安吉县新增车位。\n去年花了20万元。\n长兴县新增30个。"
    found = read_places(Reading(text, title="安吉县的停车难题"))
    assert found.adcode_at(text.index("20万")) == "330523"
    assert found.adcode_at(text.index("30个")) == "330522"
    assert found.name_at(text.index("30个")) == "浙江省湖州市长兴县"


def test_something_brought_from_elsewhere_does_not_move_the_scene() -> None:
    text = "安吉县柳溪村从云南引进茶苗5000株。"
    assert read_places(Reading(text)).adcode_at(text.index("5000")) == "330523"


def test_a_quotation_plays_where_its_speaker_is_from() -> None:
    text = "浙江省安吉县的网格员很忙。\n“我们有30个网格。”长兴县委组织部负责人说，还会再增20个。"
    found = read_places(Reading(text))
    assert found.adcode_at(text.index("30个")) == "330522"
    assert found.adcode_at(text.index("20个")) == "330522"


def test_what_a_sentence_says_of_a_place_named_behind_it_is_of_that_place() -> None:
    text = "长兴县的干部来了。“红旗驿站”是安吉县的新事。德清县也有10个。"
    found = read_places(Reading(text))
    assert found.adcode_at(text.index("红旗")) == "330523"
    assert found.adcode_at(text.index("10个")) == "330521"


def test_an_article_that_goes_from_place_to_place_stays_where_it_came_last() -> None:
    text = (
        "湖州：先行一步\n湖州市长兴县的支部有了驿站。\n此前，这里只有6个网格。\n"
        "丽水：后来居上\n丽水市庆元县的支部有了清单。\n此前，这里只有8个网格。\n"
        "台州：另辟蹊径\n台州市仙居县的支部有了基金。\n此前，这里只有9个网格。"
    )
    found = read_places(Reading(text))
    assert [found.adcode_at(text.index(figure)) for figure in ("6个", "8个", "9个")] == ["330522", "331126", "331024"]


def test_an_article_about_one_place_comes_back_from_another_with_each_paragraph() -> None:
    text = "安吉县的村干部去长兴县学习。\n回来后，他们建了12个驿站。\n安吉县今年再建3个。安吉县的经验传开了。"
    assert read_places(Reading(text)).adcode_at(text.index("12个")) == "330523"


@pytest.mark.parametrize(
    ("opening", "scene"),
    [
        ("青海省祁连县的牧民有了调解队。", "632222"),  # the province stands only in front of the county
        ("青海省各县都有调解队。青海省祁连县最早。", "630000"),
    ],
)
def test_a_province_that_only_stands_in_front_of_a_county_is_not_what_the_article_is_about(
    opening: str, scene: str
) -> None:
    text = f"{opening}\n两年调解了217件。\n如今，刚察县、海晏县也组建了类似的队伍。"
    assert read_places(Reading(text)).adcode_at(text.index("217")) == scene


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("习水县有短板。一是温水镇有12人缺岗。二是有34处漏报。", "34处", "贵州省遵义市习水县"),
        ("习水县有短板。温水镇有12人缺岗，有34处漏报。", "34处", "贵州省遵义市习水县温水镇"),
        ("沅江讯（通讯员甲）“路灯坏了20天。”沅江市南大膳镇的村民说。", "20天", "湖南省益阳市沅江市南大膳镇"),
        ("桐乡市推广梧桐街道“老娘舅”经验，建成30个工作室。", "30个", "浙江省嘉兴市桐乡市"),
    ],
)
def test_what_only_lends_its_ways_or_stands_in_another_item_is_not_the_scene(text: str, word: str, place: str) -> None:
    assert read_places(Reading(text)).name_at(text.index(word)) == place


def test_a_province_that_a_place_is_held_up_to_is_not_the_scene() -> None:
    text = "湖州市作为全省的竹乡，有3处竹海。全省有40处。"
    found = read_places(Reading(text, outlet="浙江日报"))
    assert found.adcode_at(text.index("3处")) == "330500"
    assert found.adcode_at(text.index("40处")) == "330000"


def test_an_article_without_places_has_no_scene() -> None:
    found = read_places(Reading("大家一起动手。"))
    assert found.mentions == ()
    assert found.adcode_at(2) is None
    assert found.name_at(2) is None


def test_every_division_has_a_chain_that_ends_in_its_name_and_a_parent_that_exists() -> None:
    known = gazetteer().by_code
    rows = places()
    assert len(rows) > 3000
    for adcode, name, full_name, level, parent, short_name in rows:
        assert len(adcode) == 6
        assert full_name.endswith(name)
        assert name.startswith(short_name)
        assert (parent is None) == (level == "province")
        assert parent is None or full_name.startswith(known[parent].full_name)


def test_a_former_name_leads_to_a_division_that_exists() -> None:
    known = gazetteer()
    assert all(code in known.by_code for codes in known.former.values() for code in codes)


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("新疆维吾尔自治区", ("新疆",)),
        ("大理白族自治州", ("大理", "大理州")),
        ("锡林郭勒盟", ()),
        ("成县", ()),
        ("神农架林区", ("神农架",)),
    ],
)
def test_a_short_form_drops_peoples_and_suffix_but_keeps_two_characters(name: str, forms: tuple[str, ...]) -> None:
    assert short_forms(name) == forms


PIECES = st.sampled_from(
    [
        "安吉县",
        "鼓楼区",
        "该县",
        "全市",
        "稠城街道",
        "柳溪村",
        "镇里",
        "、",
        "，",
        "。",
        "\n",
        "的",
        "在",
        "和平",
        "朝阳",
        "一",
        "x",
        "“",
        "省",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join))
def test_mentions_stand_in_order_at_their_offsets_under_any_text(text: str) -> None:
    found = read_places(Reading(text, title=text[:5]))
    end = 0
    for mention in found.mentions:
        assert text[mention.start_char : mention.end_char] == mention.surface
        assert mention.start_char >= end
        end = mention.end_char
    for char in range(0, len(text), 5):
        assert found.adcode_at(char) is None or found.adcode_at(char) in gazetteer().by_code


@pytest.mark.parametrize(
    ("text", "title", "word", "place"),
    [
        # The village holds nearly all that is named below the county, so the article plays there.
        (
            "安吉县梅溪镇柳溪村吵了起来。\n柳溪村的沟很窄。\n两家人量了3次。",
            "",
            "3次",
            "浙江省湖州市安吉县梅溪镇柳溪村",
        ),
        # One example among others does not move an article about a county.
        (
            "安吉县推开议事会。\n全县建了30个。\n安吉县很重视，安吉县出了钱。\n梅溪镇柳溪村先行。\n一年省下9万元。",
            "",
            "9万元",
            "浙江省湖州市安吉县",
        ),
        (
            "柳溪村：议出好风气\n安吉县梅溪镇先行。\n村民捐了8万元。",
            "安吉县柳溪村",
            "8万元",
            "浙江省湖州市安吉县梅溪镇柳溪村",
        ),
        # Behind a list a figure is of all that it names, inside of the place before it.
        ("安吉县梅溪镇、孝丰镇等共有7个点。", "", "7个", "浙江省湖州市安吉县"),
        ("安吉县梅溪镇3个、孝丰镇4个。", "", "3个", "浙江省湖州市安吉县梅溪镇"),
        # A yardstick, a bureau of the county and a partner are not where the village's figures play.
        ("安吉县梅溪镇柳溪村人均3万元，高于全县平均水平2000元。", "", "2000", "浙江省湖州市安吉县梅溪镇柳溪村"),
        ("安吉县梅溪镇柳溪村找到安吉县农业农村局，申请了5万元。", "", "5万元", "浙江省湖州市安吉县梅溪镇柳溪村"),
        ("安吉县柳溪村与长兴县石桥村结对，新增6个点。", "", "6个", "浙江省湖州市安吉县柳溪村"),
        # What an article about one place touches holds for its sentence.
        ("安吉县的干部去长兴县看了4个点。回来建了12个。", "安吉县的事", "12个", "浙江省湖州市安吉县"),
        # A heading holds until the next.
        (
            "安吉县各镇比一比。\n梅溪镇：议事\n办了11件。\n孝丰镇：评理\n办了22件。",
            "",
            "22件",
            "浙江省湖州市安吉县孝丰镇",
        ),
        # Who stands in a list with his village is there when the text comes back to him.
        (
            "一、名单\n沈小溪：安吉县梅溪镇柳溪村网格员\n周大田：长兴县石桥村网格员\n二、事迹\n沈小溪跑坏了2辆车。",
            "",
            "2辆",
            "浙江省湖州市安吉县梅溪镇柳溪村",
        ),
    ],
)
def test_a_figure_plays_in_the_lowest_place_the_text_tells(text: str, title: str, word: str, place: str) -> None:
    assert read_places(Reading(text, title=title)).name_at(text.index(word)) == place


@pytest.mark.parametrize(("text", "title", "expect"), sides("places"))
def test_a_place_reaches_so_far_and_no_farther(text: str, title: str, expect: Any) -> None:
    """Where the text has a star the place spoken of there is expected, else the mentions."""
    reading = Reading(text.replace("★", ""), title=title)
    places = read_places(reading)
    found = places.at(text.index("★"))[1] if "★" in text else [mention.place_name for mention in places.mentions]
    assert found == expect


def test_a_district_is_told_by_one_that_is_only_told_behind_it() -> None:
    """桥西区 is in two cities of 河北, 长安区 in one of them: what the second says holds for the first as well."""
    text = "桥西区的人来了。长安区的人也来了。河北省的天很热。"
    places = read_places(Reading(text)).mentions
    assert [place.place_name for place in places] == ["河北省石家庄市桥西区", "河北省石家庄市长安区", "河北省"]
