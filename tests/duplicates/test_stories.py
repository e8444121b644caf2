"""What a reader of core.stories relies on."""

from __future__ import annotations

import random
from itertools import pairwise

import opencc
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.duplicates.stories import find_stories
from tasks.duplicates.tables import STORY_ARTICLE_SCHEMA, STORY_LINK_SCHEMA, STORY_SCHEMA
from tests.duplicates.composition import articles, compose, groups_of, relations_of, stories_of

HEAD = "首页 > 新闻中心 > 要闻 > 正文 责任编辑：林某 浏览次数：3021"
TAIL = "免责声明：本文仅代表作者个人观点，与本网无关，请读者仅作参考，并请自行核实相关内容。【打印此页】【关闭窗口】"


def edited(text: str, share: float, seed: int) -> str:
    draw = random.Random(seed)
    return "".join(draw.choice("天地玄黄宇宙洪荒日月盈昃") if draw.random() < share else one for one in text)


def without_sentences(text: str, share: float, seed: int) -> str:
    draw = random.Random(seed)
    return "".join(one + "。" for one in text.split("。")[:-1] if draw.random() >= share)


def test_every_article_is_in_exactly_one_story() -> None:
    tables = stories_of(a=compose(1), b=compose(2), c=compose(1), d="", e="", f="短")
    assert tables.story_articles["article_id"].to_list() == list("abcdef")
    assert groups_of(tables) == {frozenset(group) for group in ("ac", "b", "d", "e", "f")}


def test_an_article_alone_is_canonical_in_its_own_story() -> None:
    tables = stories_of(a=compose(1))
    assert tables.stories.select("canonical_article_id", "article_count", "site_count").row(0) == ("a", 1, 1)
    assert relations_of(tables) == {"a": "canonical"}


def test_texts_that_differ_in_width_script_and_spacing_are_exact_copies() -> None:
    text = compose(3) + "三年共建成15处。"
    tables = stories_of(
        a=text,
        b=opencc.OpenCC("s2t").convert(text),
        c=text.replace("，", " ，\u3000").replace("15", "１５"),
    )
    assert relations_of(tables) == {"a": "canonical", "b": "exact", "c": "exact"}
    assert tables.story_articles["similarity"].to_list() == [1.0, 1.0, 1.0]


def test_a_decimal_point_makes_another_text() -> None:
    text = compose(4)
    assert "exact" not in relations_of(stories_of(a=text + "投入1.5万元。", b=text + "投入15万元。")).values()


@pytest.mark.parametrize(
    ("label", "copy"),
    [
        ("heads and tails", lambda text: f"{HEAD}\n{text}\n{TAIL}"),
        ("cut", lambda text: text[: len(text) * 6 // 10]),
        ("a tenth of the sentences gone", lambda text: without_sentences(text, 0.1, 1)),
        ("five in a hundred characters wrong", lambda text: edited(text, 0.05, 2)),
        ("one in ten characters wrong", lambda text: edited(text, 0.1, 3)),
        ("paragraphs in another order", lambda text: "\n".join(reversed(text.split("\n")))),
        ("lost characters marked", lambda text: text[:300] + "□□" + text[302:500] + "□" + text[501:]),
    ],
)
def test_a_changed_reprint_stays_in_its_story(label: str, copy) -> None:  # type: ignore[no-untyped-def]
    text = compose(5, 30)
    assert groups_of(stories_of(a=text, b=copy(text), c=compose(6, 30))) == {frozenset("ab"), frozenset("c")}


def test_a_story_with_hundreds_of_copies_hangs_together() -> None:
    text = compose(7, 25)
    copies = {f"a{number:03d}": edited(text, 0.02, number) for number in range(150)}
    assert sorted(map(len, groups_of(stories_of(**copies, b=compose(8, 25))))) == [1, 150]


def test_a_disclaimer_shared_by_many_pages_joins_none_of_them() -> None:
    pages = {f"a{number:02d}": compose(100 + number, 12) + "\n" + TAIL * 3 for number in range(60)}
    assert len(groups_of(stories_of(**pages))) == 60


def test_a_page_that_holds_one_article_belongs_to_its_story() -> None:
    tables = stories_of(a=compose(9, 15), b=compose(10, 30) + "\n" + compose(9, 15) + "\n" + compose(11, 30))
    assert relations_of(tables) == {"a": "canonical", "b": "contains"}


def test_a_cut_copy_is_contained_in_its_story() -> None:
    text = compose(12, 30)
    assert relations_of(stories_of(a=text, b=text[: len(text) // 2])) == {"a": "canonical", "b": "contained"}


def test_a_roundup_belongs_to_none_of_its_stories_and_is_linked_to_each() -> None:
    first, second, third = compose(13, 15), compose(14, 12), compose(15, 9)
    page = "\n".join((first, second, third))
    tables = stories_of(a=first, b=second, c=third, page=page, mirror=page + "（完）")
    assert groups_of(tables) == {frozenset(group) for group in ("a", "b", "c", ("page", "mirror"))}
    story = dict(tables.story_articles.select("article_id", "story_id").iter_rows())
    links = {
        row["story_id"]: page[row["start_char"] : row["end_char"]]
        for row in tables.story_links.filter(article_id="page").iter_rows(named=True)
    }
    assert {story[name]: text.rstrip("。") for name, text in (("a", first), ("b", second), ("c", third))} == {
        key: text.rstrip("。") for key, text in links.items()
    }
    assert tables.story_links["share"].min() > 0.95


def test_a_page_of_two_articles_chains_neither_to_the_other() -> None:
    first, second = compose(16, 20), compose(17, 14)
    tables = stories_of(a=first, b=second, page=first + "\n" + second)
    assert len(groups_of(tables)) == 3


def test_a_short_item_below_a_reprint_does_not_join_two_stories() -> None:
    first, brief = compose(18, 40), compose(19, 3)
    tables = stories_of(a=first, b=brief, page=first + "\n" + brief)
    assert frozenset(("a", "page")) in groups_of(tables)
    assert frozenset("b") in groups_of(tables)


@pytest.mark.parametrize("seed", range(6))
def test_copies_that_lack_other_sentences_each_are_one_story(seed: int) -> None:
    text = compose(900 + seed, 11)
    cut = {f"cut{number}": without_sentences(text, 0.3, 10 * seed + number) for number in range(9)}
    assert len(groups_of(stories_of(whole=text, **cut))) == 1


def test_articles_with_one_opening_stay_apart_though_one_of_them_breaks_off() -> None:
    letters = sorted(set(compose(950, 60)))
    opening, *endings = ("".join(random.Random(951 + part).choices(letters, k=1_200)) for part in range(5))
    pages = {f"page{number}": opening + ending for number, ending in enumerate(endings)}
    pages["page3"] = pages["page3"][: len(opening) * 100 // 77]
    assert len(groups_of(stories_of(**pages))) == 4


def test_an_opening_that_several_articles_share_does_not_make_them_one_story() -> None:
    letters = sorted(set(compose(950, 60)))
    opening, *endings = ("".join(random.Random(971 + part).choices(letters, k=1_200)) for part in range(5))
    pages = {f"page{number}": opening + ending for number, ending in enumerate(endings)}
    tables = stories_of(**pages, cut=opening)
    assert len(groups_of(tables)) == 5
    assert sorted(tables.story_links["article_id"]) == sorted(pages)
    assert len(groups_of(stories_of(page0=pages["page0"], cut=opening))) == 1


BULLETIN = (
    "记者从{place}县防汛办获悉，截至{day}日{hour}时，全县平均降雨{rain}毫米，最大降雨出现在{town}镇，达{most}毫米。"
    "全县共转移群众{people}人，出动抢险队员{crew}人次，调用水泵{pumps}台，排查隐患点{spots}处。"
    "目前{place}县各水库水位平稳，主要道路通行正常，{town}镇受淹的{fields}亩农田正在排水。"
    "{place}县气象台预计，未来{more}小时仍有阵雨，请群众留意预警信息，避免前往河道、低洼地带和地质灾害隐患点。"
    "县防汛办要求，各乡镇要落实包保责任，加密巡查频次，提前转移危险区域群众，确保人员安全。"
)


def bulletin(seed: int) -> str:
    draw = random.Random(seed)
    names = ["青石", "白鹿", "东陵", "北岭", "南浦", "西峡口", "长汀坪", "云台", "明溪源", "双桥", "龙泉坞", "石门坎"]
    numbers = {key: draw.randint(11, 9999) for key in ("rain", "most", "people", "crew", "pumps", "spots", "fields")}
    return BULLETIN.format(
        place=draw.choice(names),
        town=draw.choice(names),
        day=draw.randint(1, 30),
        hour=draw.randint(1, 23),
        more=draw.choice((12, 24, 36, 48, 72)),
        **numbers,
    )


def test_look_alikes_of_one_form_stay_apart() -> None:
    notices = {f"a{number:02d}": bulletin(number) for number in range(40)}
    assert len(groups_of(stories_of(**notices))) == 40


def test_a_reprint_that_corrects_one_figure_stays_in_its_story() -> None:
    text = bulletin(1)
    corrected = text.replace("平均降雨", "平均降雨量约", 1).replace("人次", "余人次", 1)
    assert len(groups_of(stories_of(a=text, b=corrected))) == 1


def test_the_tables_have_the_columns_and_order_that_they_promise() -> None:
    tables = stories_of(b=compose(20), a=compose(20), c=compose(21))
    assert dict(tables.stories.schema) == STORY_SCHEMA
    assert dict(tables.story_articles.schema) == STORY_ARTICLE_SCHEMA
    assert dict(tables.story_links.schema) == STORY_LINK_SCHEMA
    assert tables.stories["story_id"].is_sorted()
    assert tables.story_articles["article_id"].is_sorted()


def test_nothing_in_gives_empty_tables() -> None:
    tables = find_stories(pl.DataFrame(), pl.DataFrame(), lambda ids: {})
    assert (tables.stories.height, tables.story_articles.height, tables.story_links.height) == (0, 0, 0)


def _mixed_corpus() -> dict[str, str]:
    corpus: dict[str, str] = {}
    for number in range(4):
        text = compose(200 + number, 14)
        corpus |= {
            f"o{number}": text,
            f"e{number}": edited(text, 0.04, number),
            f"c{number}": text[: len(text) * 7 // 10],
            f"h{number}": f"{HEAD}\n{text}\n{TAIL}",
            f"s{number}": without_sentences(text, 0.2, number),
            f"x{number}": text,
        }
    corpus["r1"] = compose(200, 14) + compose(201, 14)
    corpus["r2"] = compose(201, 14) + compose(202, 14) + compose(203, 14)
    corpus["r3"] = corpus["r2"] + "（完）"
    corpus["p"] = compose(300, 30) + compose(203, 14)
    return corpus | {f"u{number}": compose(400 + number, 10) for number in range(6)}


CORPUS_FRAME, CORPUS_TEXTS = articles(**_mixed_corpus())


@settings(max_examples=12, deadline=None)
@given(st.permutations(range(CORPUS_FRAME.height)), st.sets(st.integers(1, CORPUS_FRAME.height - 1), max_size=9))
def test_any_order_and_any_batches_give_the_same_tables(order: list[int], cuts: set[int]) -> None:
    def text_of(ids):  # type: ignore[no-untyped-def]
        return {one: CORPUS_TEXTS[one] for one in ids}

    whole = find_stories(CORPUS_FRAME.clear(), CORPUS_FRAME, text_of)
    edges = [0, *sorted(cuts), len(order)]
    known = CORPUS_FRAME.clear()
    for start, end in pairwise(edges):
        batch = CORPUS_FRAME[order[start:end]]
        tables = find_stories(known, batch, text_of)
        known = pl.concat((known, batch))
    assert tables.stories.equals(whole.stories)
    assert tables.story_articles.equals(whole.story_articles)
    assert tables.story_links.equals(whole.story_links)
