"""What a reader of the tables notices of articles that came as text dumps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.pages.reading import read_page
from tasks.records import Page

WEB = """• <sup id="q1"></sup>
在线娱乐官网_手机版下载_注册送礼金_视频免费在线
青石网

地区：安徽|北京|重庆|福建|甘肃|广东

当前位置：首页 > 新闻资讯 > 国内新闻

云溪镇把驿站开进老街

青石网   时间：2021-03-04    作者：佚名    来源：山乡网-青石日报

老街上的十二把椅子

——云溪镇把驿站开进老街纪实


居民在驿站里喝茶。 本报记者王芳摄

本报记者李一鸣 王芳

云溪镇的老街上，十二个驿站昨天同时开门，过路的人可以进去歇脚、喝水、充电。

1.jpg

  门朝街开，人往里走

“以前想找个坐的地方都难。”住在老街的王阿婆说，“现在走到哪儿都有一把椅子。”

驿站由沿街的商户轮流照看，镇里每月补贴三百元，半年来没有丢过一样东西。

编辑: 赵东

青石网免责声明：本站部分文章系转载自网络，如有侵犯，请联系我们删除。

阅读排行榜

村里的水渠修到了第九里
沛县| 灵丘县| 永胜县| 北安市| 汶川县| 岳池县|"""

NEWSPAPER = """基层观察 GUANCHA

云溪镇把驿站开进老街——

老街上的十二把椅子

本报记者 李一鸣

云溪镇的老街上，十二个驿站昨天同时开门，过路的人可以进去歇脚、喝水、充电，不用再坐在石阶上等车，也不用再为一口热水敲陌生人的门，这是镇里今年办的第一件小

事，花的钱不多，来的人却一天比一天多。

驿站由沿街的商户轮流照看，镇里每月补贴三百元，半年来没有丢过一样东西，到了下雨天还有人送伞。

驿站由沿街的商户轮流照看，镇里每月补贴三百元，半年来没有丢过一样东西，到了下雨天还有人送伞。

快讯窗 KUAIXUNCHUANG

石桥村修好通往山里的路

本报讯 记者王芳报道 石桥村通往山里的路三月修好，全长四公里，两旁种了六百棵茶树。

青石县办起夜间课堂

本报讯 青石县的夜间课堂四月开讲，每周两个晚上，已有三百多人报名，最大的学员七十一岁。

镜头 JINGTOU



云溪镇的共享工具屋

云溪镇的工具屋里有梯子、电钻、轮椅一共八十六件，登个名字就能借走，开张一年借出一千九百多次，只丢过一把螺丝刀，后来也有人悄悄送了回来，附了一张道歉的纸条。图为居民在借工具。 王小芳 摄

更多精彩 扫码观看"""


def dump(text: str) -> Page:
    return read_page(text, uri="pages/a.txt", media_type="text/plain")


def visible(text: str) -> int:
    return len("".join(text.split()))


def test_a_dump_of_a_web_page_gives_its_article_and_nothing_else() -> None:
    (article,) = dump(WEB).articles
    assert article.text.split("\n") == [
        "云溪镇的老街上，十二个驿站昨天同时开门，过路的人可以进去歇脚、喝水、充电。",
        "门朝街开，人往里走",
        "“以前想找个坐的地方都难。”住在老街的王阿婆说，“现在走到哪儿都有一把椅子。”",
        "驿站由沿街的商户轮流照看，镇里每月补贴三百元，半年来没有丢过一样东西。",
    ]
    assert (article.title, article.kicker) == ("老街上的十二把椅子", "云溪镇把驿站开进老街纪实")
    assert (str(article.published_on), article.published_at) == ("2021-03-04", None)
    assert (article.site, article.outlet) == ("青石网", "山乡网-青石日报")
    assert [(who.role, who.name) for who in article.contributors] == [
        ("author", "李一鸣"),
        ("author", "王芳"),
        ("editor", "赵东"),
        ("photographer", "王芳"),
    ]
    assert [part.text for part in article.paragraphs if part.kind == "caption"] == ["居民在驿站里喝茶。"]


def test_lines_of_a_list_are_not_run_together_and_a_number_opens_a_heading_of_its_own() -> None:
    lead = "经推荐和审核，拟表彰以下四名同志，现予公示，公示期为五个工作日，如有异议请在期内来电反映，逾期不再受理。"
    roster = ["陈敏 东街社区网格员", "李刚 白马镇综治中心副主任", "赵秀英 白马镇三岔村党支部书记"]
    headings = ["一、表彰对象", "（一）网格员"]
    broken = ["村里的水渠修到了第九里", "山上的茶树长到了云里头"]
    names = ["王芳", "李守正", "周建国"]
    text = "\n".join(
        [
            "评议结果公示",
            lead,
            *headings,
            *roster,
            "受理电话在上班时间有人接听，来信请写明姓名和住址，匿名的不予受理，来访请先预约，免得跑了空路。",
            *broken,
            lead,
            *names,
            lead[:-5] + "。",
        ]
    )
    (article,) = dump(text).articles
    found = [(part.kind, part.text) for part in article.paragraphs]
    assert [("heading", text) for text in headings] == [part for part in found if part[1] in headings]
    assert [text.replace(" ", "") for text in roster] == [
        text for kind, text in found if "白马" in text or "东街" in text
    ]
    assert ("heading", "".join(broken)) in found
    assert [text for kind, text in found if kind == "paragraph" and len(text) < 5] == names


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("咨询电话：0991-1234567", "paragraph"),
        ("地点：县政府三楼301会议室", "paragraph"),
        ("总投资：1200万元", "paragraph"),
        ("石桥镇：7年林地纠纷3天化解", "heading"),
    ],
)
def test_a_field_is_no_heading_and_a_heading_with_a_number_is_no_field(line: str, kind: str) -> None:
    lead = "云溪镇的老街上，十二个驿站昨天同时开门，过路的人可以进去歇脚、喝水、充电，不用再坐在石阶上等车。"
    text = "\n".join(["驿站开进了老街", lead, line, lead[:-3] + "看车来车往。", lead[:-1] + "，也不用借伞。"])
    (article,) = dump(text).articles
    assert [part.kind for part in article.paragraphs if part.text == line] == [kind]


def test_every_removed_line_of_a_dump_says_what_it_was() -> None:
    kinds = [(block.kind, block.text[:6]) for block in dump(WEB).removed_blocks]
    assert ("spam", "在线娱乐官网") in kinds
    assert ("markup", "• <sup") in kinds
    assert ("placeholder", "1.jpg") in kinds
    assert ("disclaimer", "青石网免责声") in kinds
    assert ("ranking", "阅读排行榜") in kinds


def test_a_newspaper_page_comes_apart_at_rubrics_bylines_and_datelines() -> None:
    articles = dump(NEWSPAPER).articles
    assert [(article.rubric, article.kicker, article.title) for article in articles] == [
        ("基层观察", "云溪镇把驿站开进老街", "老街上的十二把椅子"),
        ("快讯窗", None, "石桥村修好通往山里的路"),
        ("快讯窗", None, "青石县办起夜间课堂"),
        ("镜头", None, "云溪镇的共享工具屋"),
    ]
    assert [article.dateline for article in articles] == [None, "本报讯记者王芳报道", "本报讯", None]


def test_a_paragraph_broken_by_a_column_is_one_paragraph_again() -> None:
    first = dump(NEWSPAPER).articles[0]
    assert "今年办的第一件小事，花的钱不多" in first.text
    assert first.is_complete


def test_a_paragraph_printed_twice_is_told_once_and_marked() -> None:
    page = dump(NEWSPAPER)
    assert page.articles[0].text.count("轮流照看") == 1
    assert [block.kind for block in page.blocks if "轮流照看" in block.text] == ["paragraph", "repeated"]


def test_a_photo_story_keeps_its_text_and_names_its_photographer() -> None:
    last = dump(NEWSPAPER).articles[-1]
    assert last.text.endswith("图为居民在借工具。")
    assert [part.text for part in last.paragraphs if part.kind == "caption"] == ["图为居民在借工具。"]
    assert [(who.role, who.name) for who in last.contributors] == [("photographer", "王小芳")]


def test_a_fragment_out_of_its_place_is_joined_where_only_it_fits() -> None:
    text = """石桥村的账本

本报记者 李一鸣

“树下账本”挂在石桥村口，村里的每一笔收支都写在上面，谁都能看，谁都能问。

账本”的有三十多人，问得最多的是路灯电费，其次是石桥维修的工钱，答复都写在当天的木板背面。

会计说，木板不贵，贵的是天天有人写。

今年以来，外村来看“树下账本”的有两千多人次，本村每天都来看“树下"""
    (article,) = dump(text).articles
    assert "每天都来看“树下账本”的有三十多人" in article.text


def test_a_name_behind_a_character_is_no_word_that_two_paragraphs_share() -> None:
    first = "茶园的女主人今年四十岁，早先在城里的服装厂上班，工作做得顺手，是厂里的老师傅。"
    named = "周敏去年回到云溪镇的老家，当上了返乡职业农民，茶园里二十亩的地都由这位女主人照看。"
    between = "第二年父亲摔伤了腿，家里的地没有人种，只能靠邻居们轮流来帮忙。"
    broken_off = "“我现在明白了，种地是一门手艺，学起来不比裁剪容易。”周敏说，“不过，头一年当返乡职业农"
    text = "\n\n".join(("茶园来了女主人", first, named, between, broken_off))
    page = read_page(text, uri="a.txt", media_type="text/plain")
    assert page.articles[0].text.splitlines() == [first, named, between, broken_off]


def test_a_paragraph_that_names_a_telephone_is_part_of_the_article() -> None:
    told = (
        "镇里把十二个驿站的位置印成一张小图，贴在车站门口。图上写着服务电话：62003344，白天有人接听。夜里转到值班室。"
    )
    after = "编辑: 赵东"
    article = dump(WEB.replace(after, f"{told}\n\n王阿婆把小图揣在口袋里，逢人就讲。\n\n{after}")).articles[0]
    assert article.text.endswith(f"{told}\n王阿婆把小图揣在口袋里，逢人就讲。")


def test_a_passage_without_its_end_makes_an_article_incomplete() -> None:
    text = NEWSPAPER.replace(
        "来的人却一天比一天多。",
        "来的人却一天比一天多，从早到晚没有断过，有的人甚至从邻县赶来，看一看这里的椅子和热水，再把办法带回",
    )
    article = dump(text).articles[0]
    assert (article.is_complete, article.incomplete_reason) == (False, "a paragraph ends in the midst of a sentence")


def test_lines_cut_at_one_width_are_paragraphs_again() -> None:
    paragraph = "云溪镇的老街上十二个驿站昨天同时开门过路的人可以进去歇脚喝水充电驿站由沿街的商户轮流照看镇里每月补贴三百元半年来没有丢过一样东西大家都说这件小事办得好。"
    wrapped = "\n".join(paragraph[place : place + 20] for place in range(0, len(paragraph), 20))
    others = [wrapped.replace("云溪", town) for town in ("石桥", "青石")]
    text = "\n\n".join(["老街上的十二把椅子", "青石日报 2021年03月04日", wrapped, *others])
    (article,) = dump(text).articles
    assert article.text.split("\n")[0] == paragraph
    assert article.outlet == "青石日报"


def test_names_glued_to_the_date_come_apart_as_the_byline_has_them() -> None:
    text = """老街上的十二把椅子

2021-03-04 10:55:24李一鸣王芳
山乡杂志 2021年5期
关键词：驿站老街

李一鸣 王芳

云溪镇的老街上，十二个驿站昨天同时开门，过路的人可以进去歇脚、喝水、充电。"""
    (article,) = dump(text).articles
    assert [who.name for who in article.contributors] == ["李一鸣", "王芳"]
    assert article.outlet == "山乡杂志"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2021-03-04T10:55:24+08:00"


_LINES = st.lists(
    st.sampled_from((WEB + "\n" + NEWSPAPER).split("\n")) | st.text("县里“的。，：|_<p>— 1", max_size=30),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(_LINES)
def test_every_character_of_a_dump_is_in_exactly_one_block(lines: list[str]) -> None:
    page = dump("\n".join(lines))
    body = sum(visible(block.text) for block in page.blocks if block.kind in ("paragraph", "heading"))
    assert body == sum(visible(article.text) for article in page.articles)
    if page.rejection_reason != "empty_page" and page.blocks:
        assert all(block.text.strip() for block in page.blocks)
    for article in page.articles:
        for part in article.paragraphs:
            if part.start_char is not None:
                assert article.text[part.start_char : part.end_char] == part.text


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300) | st.text("<>/pdiva=\"' 县里。", max_size=300))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    page = dump(text)
    assert page.articles or page.rejection_reason
    assert read_page(text, uri="https://example.cn/a", media_type="text/html") == read_page(
        text, uri="https://example.cn/a", media_type="text/html"
    )


def test_a_round_up_as_text_gives_its_items_with_the_day_above_them_and_the_names_below_each() -> None:
    items = [
        ("旧粮站改成了村里的议事厅", "李小满", "镇上"),
        ("河边的荒滩分给十二户人家", "王秋实", "村里"),
        ("三百辆货车装上了提醒器", "周大田", "县里"),
    ]
    text = ["一周基层新闻汇总", "2019-03-05 来源：麦岭网"]
    for title, name, place in items:
        text.append(f"【{title}】")
        text.append(f"{place}办这件事用了半年，谁家有难处都可以来说，说完当场记下由谁去办，七天之内给回音。")
        text.append(f"{place}的人说，事情不大，可是办得快，心里就热乎，明年还要接着办下去。（记者 {name}）")
    articles = dump("\n".join([*text, "责任编辑：盛一宁"])).articles
    assert [article.title for article in articles] == [title for title, _, _ in items]
    for article, (_, name, _) in zip(articles, items, strict=True):
        assert (str(article.published_on), article.outlet) == ("2019-03-05", "麦岭网")
        assert [who.name for who in article.contributors if who.role == "author"] == [name]
        assert "记者" not in article.text


def test_sub_headings_in_brackets_leave_a_text_one_article() -> None:
    text = ["议事厅办事指南请收好", "2019-03-05 来源：麦岭网"]
    for heading in ("议事厅在什么地方怎么走", "什么人可以来说什么事情", "说完以后多久能听到回音"):
        text += [f"【{heading}】", "议事厅设在旧粮站，每月逢五开门，谁家有难处都可以来说，说完当场记下由谁去办。"]
    assert len(dump("\n".join(text)).articles) == 1
