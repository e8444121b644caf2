"""What a reader of the tables notices of articles that came as HTML."""

from __future__ import annotations

import json

import pytest

from tasks.pages.reading import read_page
from tasks.records import Article, Page

BODY = (
    "<p>　　本报讯（记者 李一鸣）青石县云溪镇的老街上，十二个驿站昨天同时开门，过路的人可以进去歇脚、喝水、充电。</p>"
    "<p><strong>门朝街开</strong></p>"
    "<p>　　“以前想找个坐的地方都难。”住在老街的王阿婆说，“现在走到哪儿都有一把椅子。”</p>"
    "<p>　　云溪镇镇长赵东介绍，驿站由沿街的商户轮流照看，镇里每月补贴三百元，半年来没有丢过一样东西。</p>"
)
HEAD = '<title>老街上的十二把椅子_要闻_青石网</title><meta property="og:site_name" content="青石网">'


def page_of(html: str, repeated: frozenset[str] = frozenset()) -> Page:
    return read_page(html, uri="pages/a.html", media_type="text/html", repeated=repeated)


def article_of(html: str, repeated: frozenset[str] = frozenset()) -> Article:
    page = page_of(html, repeated)
    assert page.rejection_reason is None, page.rejection_detail
    (article,) = page.articles
    return article


def portal(body: str = BODY, head: str = HEAD, above: str = "", below: str = "") -> str:
    return (
        f"<!doctype html><html><head>{head}</head><body>"
        "<ul class=nav><li><a href=/>首页</a><li><a href=/1>要闻</a><li><a href=/2>民生</a></ul>"
        "<div class=crumb>当前位置：<a href=/>青石网</a> &gt; 要闻 &gt; 正文</div>"
        f"{above}<h1>老街上的十二把椅子</h1>"
        "<div class=info>2021-03-04 08:15:00 来源：青石日报 作者：李一鸣</div>"
        f"<div id=content>{body}</div><div>（责任编辑：王芳）</div>{below}"
        "<div class=related><h3>相关阅读</h3><ul><li><a href=/9>村里的水渠修到了第九里</a></li></ul></div>"
        "<div class=footer>青石网 版权所有 浙ICP备12345678号</div></body></html>"
    )


def test_the_article_is_told_from_everything_around_it() -> None:
    article = article_of(portal())
    assert article.text.split("\n") == [
        "本报讯（记者李一鸣）青石县云溪镇的老街上，十二个驿站昨天同时开门，过路的人可以进去歇脚、喝水、充电。",
        "门朝街开",
        "“以前想找个坐的地方都难。”住在老街的王阿婆说，“现在走到哪儿都有一把椅子。”",
        "云溪镇镇长赵东介绍，驿站由沿街的商户轮流照看，镇里每月补贴三百元，半年来没有丢过一样东西。",
    ]
    assert [part.kind for part in article.paragraphs] == ["paragraph", "heading", "paragraph", "paragraph"]


def test_the_fields_of_an_article_are_found_where_the_page_prints_them() -> None:
    article = article_of(portal())
    assert (article.title, article.site, article.outlet) == ("老街上的十二把椅子", "青石网", "青石日报")
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2021-03-04T08:15:00+08:00"
    assert article.published_precision == "second"
    assert {(who.role, who.name) for who in article.contributors} == {("author", "李一鸣"), ("editor", "王芳")}
    assert article.dateline == "本报讯（记者李一鸣）"


def test_paragraphs_stand_at_their_offsets() -> None:
    article = article_of(portal())
    for part in article.paragraphs:
        assert part.start_char is not None
        assert article.text[part.start_char : part.end_char] == part.text


def test_every_removed_block_says_what_it_was() -> None:
    kinds = {block.text: block.kind for block in page_of(portal()).removed_blocks}
    assert kinds["首页"] == "navigation"
    assert kinds["村里的水渠修到了第九里"] == "related"
    assert kinds["青石网版权所有浙ICP备12345678号"] == "footer"
    assert all(block.reason for block in page_of(portal()).removed_blocks)


def test_the_line_above_the_title_is_its_kicker() -> None:
    article = article_of(portal(above="<h2 class=pretitle>青石县把驿站开进老街</h2>"))
    assert (article.kicker, article.title) == ("青石县把驿站开进老街", "老街上的十二把椅子")


def test_a_subtitle_after_a_dash_is_a_kicker_and_not_text() -> None:
    html = portal().replace("</h1>", "</h1><p>——青石县云溪镇驿站见闻</p>")
    article = article_of(html)
    assert article.kicker == "青石县云溪镇驿站见闻"
    assert "见闻" not in article.text


def test_a_labelled_kicker_is_one_without_its_label_and_a_field_of_the_text_is_none() -> None:
    article = article_of(portal().replace("</h1>", "</h1><p>副题：青石县云溪镇驿站见闻</p>"))
    assert article.kicker == "青石县云溪镇驿站见闻"
    assert article_of(portal(BODY + "<p>副题：不超过二十个字</p>")).kicker is None


def test_a_quotation_mark_that_cuts_a_tag_does_not_cut_the_title() -> None:
    head = '<meta property="og:title" content="老街上的"十二把"椅子"><title>老街上的"十二把"椅子</title>'
    html = portal(head=head).replace("<h1>老街上的十二把椅子", '<h1>老街上的"十二把"椅子')
    assert article_of(html).title == "老街上的“十二把”椅子"


def test_text_after_a_premature_end_of_the_document_is_read() -> None:
    cut = BODY.replace("<p>　　云溪镇镇长", "</html><p>　　云溪镇镇长")
    assert article_of(portal(cut)).text.endswith("没有丢过一样东西。")


def test_an_article_of_one_sentence_is_read() -> None:
    article = article_of(portal("<p>青石县今年新修乡村公路十二公里，通了四个村。</p>"))
    assert article.text == "青石县今年新修乡村公路十二公里，通了四个村。"


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">{}</div>',
        '<p style="font-size:0">{}</p>',
        '<div style="position:absolute;left:-9999px">{}</div>',
        "<p hidden>{}</p>",
        "<noscript><p>{}</p></noscript>",
    ],
)
def test_what_no_reader_sees_is_no_text(hidden: str) -> None:
    spam = "注册即送礼金，真人平台，高仿手表，全场包邮，客服在线。" * 4
    assert "礼金" not in article_of(portal(BODY + hidden.format(spam))).text


def test_an_article_that_waits_for_a_script_is_read() -> None:
    html = (
        "<title></title><body><h1 id=activity-name>老街上的十二把椅子</h1>"
        f'<div id=js_content style="visibility: hidden; opacity: 0">{BODY}</div>'
        '<script>var nickname = "云溪街坊";var ct = "1614816000";</script>'
    )
    article = article_of('<meta property="og:site_name" content="微信公众平台">' + html)
    assert article.text.endswith("没有丢过一样东西。")
    assert (article.title, article.site, str(article.published_on)) == ("老街上的十二把椅子", "云溪街坊", "2021-03-04")


def test_an_article_kept_in_a_script_is_read() -> None:
    state = {"title": "老街上的十二把椅子", "publish_time": "2021-03-04 08:15:00", "content": BODY}
    html = f"<title>青石</title><body><div id=root></div><script>window.__STATE__={json.dumps(state)}</script>"
    article = article_of(html)
    assert article.title == "老街上的十二把椅子"
    assert str(article.published_on) == "2021-03-04"
    assert article.text.endswith("没有丢过一样东西。")


def test_lines_that_the_site_repeats_are_no_text() -> None:
    slogan = "青石网记者在现场，为您带来第一手的乡村消息，敬请继续关注。"
    html = portal(BODY + f"<p>{slogan}</p>")
    assert slogan in article_of(html).text
    assert slogan not in article_of(html, frozenset([slogan])).text
    assert page_of(html, frozenset([slogan])).removed_blocks[-3].kind in {"repeated", "related"}


def test_a_page_that_the_site_shows_at_many_addresses_keeps_its_text() -> None:
    text = article_of(portal()).text
    assert article_of(portal(), frozenset([*text.split("\n"), "首页"])).text == text


def test_leads_of_other_articles_are_not_appended() -> None:
    leads = "".join(
        f"<div class=item><h4><a href=/{n}>第{n}个村的路灯为什么又亮起来了</a></h4>"
        f"<p>第{n}个村的路灯坏了三年，记者近日走访了解到，今年春天它又亮了起来，村民晚上出门不再摸黑。</p></div>"
        for n in range(20)
    )
    assert "路灯" not in article_of(portal(below=f"<div>{leads}</div>")).text


def test_links_under_the_heading_of_other_articles_are_left_out_and_the_text_goes_on() -> None:
    middle = "<p>相关新闻：</p><p><a href=/1>云溪镇修好了通往山里的路</a></p>"
    first, rest = BODY.split("<p><strong>", 1)
    article = article_of(portal(first + middle + "<p><strong>" + rest))
    assert "通往山里" not in article.text
    assert article.text.endswith("没有丢过一样东西。")


def test_a_caption_is_kept_beside_the_text_with_its_photographer() -> None:
    picture = (
        "<p style='text-align:center'><img src=1.jpg></p><p style='text-align:center'>居民在驿站里喝茶。王芳 摄</p>"
    )
    article = article_of(portal(BODY + picture + "<p>驿站的灯一直亮到晚上十点，最后一个走的人负责关门。</p>"))
    captions = [part for part in article.paragraphs if part.kind == "caption"]
    assert [(part.text, part.start_char) for part in captions] == [("居民在驿站里喝茶。", None)]
    assert "喝茶" not in article.text
    assert ("photographer", "王芳") in {(who.role, who.name) for who in article.contributors}


def test_a_labelled_summary_is_no_paragraph() -> None:
    article = article_of(portal("<p>[摘要] 十二个驿站同时开门，过路人有了歇脚处。...</p>" + BODY))
    assert article.summary == "十二个驿站同时开门，过路人有了歇脚处。"
    assert "有了歇脚处" not in article.text


def test_the_fields_of_an_electronic_paper_are_read_from_its_comment() -> None:
    html = (
        "<title>青石日报数字报-老街上的十二把椅子</title><!--enpproperty <date>2021-03-04 00:00:00.0</date>"
        "<author>李一鸣</author><title>老街上的十二把椅子</title><introtitle>青石县把驿站开进老街</introtitle>"
        f"<website>青石日报数字报</website>/enpproperty--><body><h1>老街上的十二把椅子</h1><div>{BODY}</div>"
    )
    article = article_of(html)
    assert (article.kicker, article.site, article.outlet) == ("青石县把驿站开进老街", "青石日报数字报", "青石日报")
    assert (str(article.published_on), article.published_at) == ("2021-03-04", None)


def test_an_article_without_a_date_has_none() -> None:
    html = portal().replace("2021-03-04 08:15:00 ", "")
    article = article_of(html)
    assert (article.published_on, article.published_at, article.published_precision) == (None, None, None)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "字",
        "<table><tr><td>" * 40_000 + "字",
        "<p>一段话，很长。</p>" * 4_200_000,
        "<ul>" + "<li><a href=/x>第几个村的路灯又亮了</a></li>" * 200_000 + "</ul>",
        ("<script>var a='" + "x" * 2_000_000 + "'</script>") * 3,
    ],
    ids=["nesting", "nested tables", "50 MB", "200,000 links", "scripts"],
)
def test_a_hostile_page_is_rejected(html: str) -> None:
    page = page_of("<html>" + html)
    assert page.rejection_reason in {"too_deep", "too_large", "empty_page", "list_page"}
    assert page.rejection_detail


def test_a_traditional_page_is_read_in_simplified_characters() -> None:
    html = "<h1>老街上的驛站</h1><div>2021/03/04</div><p>雲溪鎮的老街上，十二個驛站開門了，過路的人可以進去歇腳、喝水。</p>"
    article = article_of("<html><title>老街上的驛站</title><body>" + html)
    assert (article.title, str(article.published_on)) == ("老街上的驿站", "2021-03-04")
    assert article.text.startswith("云溪镇的老街上，十二个驿站开门了")


def test_a_label_before_the_title_goes_where_the_page_states_the_title_without_it() -> None:
    text = "<p>青禾县的村民在老槐树下议事，值守的干部把事情写进本子，七天之内给回音。</p>" * 4
    head = "<title>[春雨超市]老槐树下听民声-青禾网</title><h2 class=post-title>[春雨超市]老槐树下听民声</h2><p>2021-09-17</p>"
    plain = read_page(f"{head}<div class=content>{text}</div>", uri="a.html", media_type="text/html")
    stated = read_page(
        f"{head}<div class=content><p>原标题：老槐树下听民声</p>{text}</div>", uri="a.html", media_type="text/html"
    )
    assert plain.articles[0].title == "[春雨超市]老槐树下听民声"
    assert stated.articles[0].title == "老槐树下听民声"


def test_an_article_in_a_script_is_bounded_as_one_in_the_page_is() -> None:
    paragraph = "<p>青禾县的村民在老槐树下议事，值守的干部把事情写进本子。</p>"
    page = read_page(
        '<html><body><script>var a={"content":"' + paragraph * 40_000 + '"}</script></body></html>',
        uri="a.html",
        media_type="text/html",
    )
    assert (page.articles, page.rejection_reason) == ((), "too_large")


def test_a_tag_with_attributes_without_end_is_refused_before_it_is_parsed() -> None:
    """The parser compares each attribute with all before it, and no deadline reaches into it."""
    many = "<p " + " ".join(f'a{number}="<b>"' for number in range(50_000)) + ">县里开会。</p>"
    page = read_page(many, uri="a.html", media_type="text/html")
    assert (page.rejection_reason, page.rejection_detail) == ("too_large", "a tag with more than 2,000 attributes")
    rich = (
        "<div " + " ".join(f"data-a{number}=1" for number in range(1_500)) + ">" + "<p class=a>县里开会。</p>" * 9_000
    )
    assert read_page(rich, uri="a.html", media_type="text/html").rejection_detail != page.rejection_detail
