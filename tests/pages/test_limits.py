"""Both sides of every limit of the readers of pages: what is still text, credit, caption, list or furniture."""

from __future__ import annotations

import pytest

from tasks.pages.completeness import missing_of
from tasks.pages.drafts import BodyPart
from tasks.pages.languages import is_chinese
from tasks.pages.lines.line_patterns import stock_phrase
from tasks.pages.lines.lines import Line
from tasks.pages.lines.publication_dates import find_date
from tasks.pages.lines.stated_days import publication_date
from tasks.pages.lines.word_spam import is_word_spam
from tasks.pages.reading import read_page
from tasks.pages.repetition import states_metadata
from tasks.pages.site_lines import count_lines
from tasks.pages.source_bounds import excess_of, excess_of_bytes, excess_of_dump
from tasks.records import Article, Page

SENTENCES = [
    "镇上的驿站昨天同时开门，过路的人可以进去歇脚、喝水、充电。",
    "住在老街的王阿婆说，现在走到哪儿都有一把椅子。",
    "驿站由沿街的商户轮流照看，镇里每月补贴三百元。",
    "半年来没有丢过一样东西，下雨天还有人送伞。",
    "村里的水渠修到了第九里，来年春天就能浇上地。",
    "会计说，木板不贵，贵的是天天有人写。",
    "夜间课堂每周两个晚上，已有三百多人报名。",
    "工具屋里有梯子、电钻、轮椅，登个名字就能借走。",
    "路灯亮了以后，晚上出来散步的人多了不少。",
    "食堂给八十岁以上的老人送饭，一份收五块钱。",
    "茶桌摆在树下，谁家有事都来坐一坐。",
    "网格员每天走三遍，把大家的话记在本子上。",
]
LONG = (
    "老街上的人都爱坐在树下喝茶聊天看孩子跑来跑去听收音机里唱戏说笑话讲古今中外的新鲜事情还把自家种的菜拿来分给邻居们尝一尝"
    "再商量明天谁去修水渠谁去看路灯谁去给老人送饭"
)
TITLE = "云溪镇把驿站开进老街"
CREDITS = "<p class='info'>2021-03-04 10:00 来源：青石日报</p>"


def told(count: int, first: int = 0) -> str:
    """So many sentences."""
    return "".join(SENTENCES[(first + number) % len(SENTENCES)] for number in range(count))


def chars(count: int) -> str:
    """So many characters without a mark."""
    return (LONG * 20)[:count]


def paragraphs(count: int, first: int = 0, sentences: int = 2) -> str:
    return "".join(f"<p>{told(sentences, first + number * sentences)}</p>" for number in range(count))


def read(body: str, head: str = CREDITS, *, title: str = TITLE, foot: str = "") -> Page:
    """A page of a site with ``head`` below its title, ``body`` as its text and ``foot`` below."""
    markup = (
        f"<html><head><title>{title}_青石新闻网</title></head><body><div class='nav'><a href=/>首页</a></div>"
        f"<div class='main'><h1>{title}</h1>{head}<div class='content'>{body}</div></div>{foot}</body></html>"
    )
    return read_page(markup, uri="pages/a.html", media_type="text/html")


def bare(markup: str, title: str = TITLE) -> Page:
    return read_page(
        f"<html><head><title>{title}</title></head><body>{markup}</body></html>",
        uri="pages/a.html",
        media_type="text/html",
    )


def dump(text: str) -> Page:
    return read_page(text, uri="pages/a.txt", media_type="text/plain")


def article(page: Page) -> Article:
    (found,) = page.articles
    return found


def lines(page: Page) -> list[str]:
    return article(page).text.split("\n")


# --- is the article all there -------------------------------------------------------------------------------------


def missing(gaps: list[int], length: int) -> bool:
    """Whether a passage is missing in a text of ``length`` characters with gaps of so many lost ones."""
    text = told(1) + "".join("驿站" + "□" * gap + "开门，" for gap in gaps)
    text += told(60)[: length - len(text) - 1].rstrip("，") + "。"
    return missing_of([BodyPart("paragraph", text)], is_flattened=True) is not None


def test_five_lost_characters_are_a_word_or_two_and_six_a_passage() -> None:
    assert (missing([5], 1_000), missing([6], 1_000)) == (False, True)


def test_of_a_hundred_characters_one_may_be_lost() -> None:
    assert (missing([1] * 9, 1_000), missing([1] * 14, 1_000)) == (False, True)


# --- which language -----------------------------------------------------------------------------------------------


def test_a_text_with_a_tenth_of_its_letters_chinese_is_chinese() -> None:
    assert is_chinese(chars(12) + "a" * 88)
    assert not is_chinese(chars(8) + "a" * 92)


def test_a_text_with_a_fifth_of_its_characters_kana_is_japanese() -> None:
    assert is_chinese(chars(82) + "かな" * 9)
    assert not is_chinese(chars(78) + "かな" * 11)


# --- poems --------------------------------------------------------------------------------------------------------


def poem(verses: list[str], title: str = "洗衣石") -> Page:
    return dump(f"麦岭文艺\n{title}\n□ 李一鸣\n" + "\n".join(verses))


@pytest.mark.parametrize(("count", "is_poem"), [(6, True), (5, False)])
def test_a_poem_has_six_verses_at_the_least(count: int, is_poem: bool) -> None:
    assert bool(poem([chars(8)] * count).articles) == is_poem


@pytest.mark.parametrize(("length", "is_poem"), [(24, True), (25, False)])
def test_a_verse_has_24_characters_at_the_most(length: int, is_poem: bool) -> None:
    assert bool(poem([chars(length)] * 8).articles) == is_poem


@pytest.mark.parametrize(("short", "is_poem"), [(4, True), (5, False)])
def test_verses_have_four_characters_on_average(short: int, is_poem: bool) -> None:
    assert bool(poem([chars(5)] * (8 - short) + [chars(3)] * short).articles) == is_poem


@pytest.mark.parametrize(("length", "is_poem"), [(20, True), (21, False)])
def test_the_title_of_a_poem_has_twenty_characters_at_the_most(length: int, is_poem: bool) -> None:
    assert bool(poem([chars(8)] * 8, chars(length)).articles) == is_poem


@pytest.mark.parametrize(
    ("verse", "is_poem"), [("河水搬不动石头", True), ("河水三百里路（三", True), ("地点：河边的石头", False)]
)
def test_a_label_is_no_verse(verse: str, is_poem: bool) -> None:
    assert bool(poem([chars(8)] * 6 + [verse]).articles) == is_poem


# --- what bounds a page -------------------------------------------------------------------------------------------


def test_a_source_has_24_million_characters_150000_tags_and_3000_levels_at_the_most() -> None:
    assert excess_of("甲" * 24_000_000) is None
    assert excess_of("甲" * 24_000_001) is not None
    assert excess_of("<br>" * 150_000) is None
    assert excess_of("<br>" * 150_001) is not None
    flat = "<b></b>" * 3_000
    assert excess_of(flat + "<div>" * 2_990) is None
    assert excess_of(flat + "<div>" * 3_010) is not None
    assert excess_of("<div>" * 4_900) is None  # too few tags to keep the parser busy


def test_bytes_tell_that_too_much_shows_before_they_are_decoded() -> None:
    many, book = "县" * 1_333_333, "县" * 1_333_334  # on either side of four million bytes
    assert excess_of_bytes(many.encode()) is None
    assert excess_of_bytes(f"<p>{book[:9]}</p><p class='a>b'>{book[9:]}</p>".encode()) is not None
    assert excess_of_bytes((book * 2).encode("gbk")) is not None
    assert excess_of_bytes(book.encode()) == (
        "too_large",
        "4,000,002 bytes of Chinese text, at most 1,000,000 characters are read",
    )


def test_what_a_page_does_not_show_is_not_counted_by_its_bytes() -> None:
    book = "县" * 1_400_000
    for page in (
        f"<script>{book}</script>",
        f"<script>var page = '<p>{book}",
        f"<!-- {book} --><p>县里开会。</p>",
        f"<STYLE>{book}</style>",
        f"<img alt='县里 > 开会：{book}'>",
        f'<a data-text = "<p>{book}</p>" title=县里>开会</a>',
        "县里开会，" * 100_000 + "a" * 4_000_000,
    ):
        assert excess_of_bytes(page.encode()) is None, page[:40]
    assert excess_of_bytes(("㰀㸀" * 1_400_000).encode("utf-16")) is None  # its halves look like tags


def test_a_tag_has_two_thousand_attributes_at_the_most() -> None:
    rest = ">" + "<p>县里开会。</p>" * 20_000  # a short page has no room for what keeps the parser busy
    assert excess_of("<p " + "甲=1 " * 1_990 + rest) is None
    assert excess_of("<p " + "甲=1 " * 2_010 + rest) is not None
    assert excess_of("<p " + "甲='<b>'" * 2_010 + rest) is not None
    assert excess_of("<p " + "甲=1 " * 2_010 + ">") is None
    assert excess_of(f"<img src='data:image/png;base64,{'A' * 100_000}'>") is None


def test_a_dump_has_20000_lines_and_a_page_a_million_characters_at_the_most() -> None:
    assert excess_of_dump("甲\n" * 20_000) is None
    assert excess_of_dump("甲\n" * 20_001) is not None
    assert excess_of_dump("甲" * 1_000_000) is None
    assert excess_of_dump("甲" * 1_000_001) is not None


def test_lines_of_a_site_have_300_characters_and_3000_of_a_page_are_counted() -> None:
    assert len(count_lines(f"{chars(300)}\n\n{chars(301)}", media_type="text/plain")) == 1
    markup = "".join(f"<p>第{number}行</p>" for number in range(3_100))
    assert len(count_lines(f"<html><body>{markup}</body></html>", media_type="text/html")) == 3_000


# --- titles and stock phrases -------------------------------------------------------------------------------------


def test_a_paragraph_that_speaks_of_copyright_late_is_text() -> None:
    tale = "谁都能看。谁都能问。"
    assert stock_phrase(f"村里把账本挂在老槐树的下面，版权所有归全体村民，{tale}") is None
    assert stock_phrase(f"青石网版权所有，未经允许不得转载，{tale}") is not None


@pytest.mark.parametrize(("length", "is_told"), [(11, False), (12, True), (24, True)])
def test_a_notice_begins_with_its_phrase_within_twelve_characters(length: int, is_told: bool) -> None:
    said = f"{chars(length)}，版权所有：全体村民。谁都能看。谁都能问。"
    assert (stock_phrase(said) is None) == is_told


@pytest.mark.parametrize(("sentences", "is_told"), [(0, False), (1, True)])
def test_a_paragraph_that_speaks_of_copyright_has_two_sentences(sentences: int, is_told: bool) -> None:
    said = f"{chars(14)}，版权所有：全体村民，大家都看{'。谁都能看' * sentences}。"
    assert (stock_phrase(said) is None) == is_told


def test_a_label_set_wide_is_the_label_of_the_day_behind_it() -> None:
    found = [publication_date(f"{label} ：2023-03-05") for label in ("发 布 日 期", "成 文 日 期")]
    assert [str(one.on) if one else None for one in found] == ["2023-03-05", None]


@pytest.mark.parametrize(("end", "is_spam"), [("孩子们跑来跑去", False), ("孩子们在线上聊天视频", True)])
def test_a_string_of_three_words_of_spam_is_spam(end: str, is_spam: bool) -> None:
    text = f"村里的电影免费放映之夜 老街坊乘凉时看的高清画面 {end}"
    assert is_word_spam(text.replace(" ", ""), text) == is_spam


# --- credits ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "outlet"), [(80, "青石日报"), (130, None)])
def test_a_line_of_credits_has_120_characters(count: int, outlet: str | None) -> None:
    page = read(paragraphs(4), f"<p>来源：青石日报 作者：李一鸣 {chars(count)}</p>")
    assert article(page).outlet == outlet


@pytest.mark.parametrize(("length", "day"), [(80, "2021-03-04"), (110, "None")])
def test_a_line_above_a_body_states_its_day_within_120_characters(length: int, day: str) -> None:
    inside = read(paragraphs(4), f"<p>发布时间：2021-03-04 {chars(length)}</p>")
    linked = f"<div class=info>发布时间：2021-03-04 10:00 来源：青石日报 <a href=/>{chars(length)}</a></div>"
    beside = bare(f"<h1>{TITLE}</h1>{linked}<div class=z></div><div class=content>{paragraphs(14)}</div>")
    assert [str(article(page).published_on) for page in (inside, beside)] == [day, day]


@pytest.mark.parametrize(("count", "day"), [(6, "2021-03-04"), (7, "2021-03-01")])
def test_a_label_within_eight_lines_of_a_body_says_its_day_better_than_a_bare_one(count: int, day: str) -> None:
    between = "".join(f"<p>栏目{number}</p>" for number in range(count))
    page = read(f"<p>2021-03-01</p>{between}<p>发布时间：2021-03-04</p>{paragraphs(4)}", "")
    assert str(article(page).published_on) == day


@pytest.mark.parametrize("length", [0, 170])
def test_a_dateline_of_a_page_in_traditional_characters_names_its_reporter(length: int) -> None:
    page = read(
        f"<p>新華社青石５月３日電（記者 李一鳴）{chars(length)}，這裡，為，說，時，們，來，過，話，點。</p>"
        + "<p>這裡的時間過得很慢，我們來說話，為鄰居點燈。</p>" * 3,
        "<p>來源：青石日報</p>",
    )
    assert article(page).dateline == "新华社青石5月3日电（记者李一鸣）"


@pytest.mark.parametrize("day", ["2021-03-04 10:00", "Published on 2021-03-04 10:00:00"])
def test_the_day_on_the_last_line_of_a_body_is_no_text(day: str) -> None:
    found = article(read(paragraphs(4) + f"<p>{day}</p>", ""))
    assert (len(found.text.split("\n")), str(found.published_on)) == (4, "2021-03-04")


@pytest.mark.parametrize(("count", "is_text"), [(10, False), (20, True)])
def test_beside_a_day_at_the_head_of_a_body_stand_16_characters(count: int, is_text: bool) -> None:
    page = read(f"<p>{chars(count)}2021年3月4日</p>" + paragraphs(4), "")
    assert (lines(page)[0].endswith("4日")) == is_text


@pytest.mark.parametrize(("count", "outlet"), [(8, "青石日报"), (14, None)])
def test_credits_stand_twelve_lines_below_a_body(count: int, outlet: str | None) -> None:
    foot = "".join(f"<p>栏目{number}</p>" for number in range(count)) + "<p>来源：青石日报</p>"
    assert article(read(paragraphs(4), "", foot=foot)).outlet == outlet


# --- what a body holds --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "is_table"), [(2, False), (3, True)])
def test_three_rows_of_cells_are_a_table(rows: int, is_table: bool) -> None:
    cells = "".join(f"<tr><td>石桥{number}村</td><td>路灯{number}盏</td></tr>" for number in range(rows))
    assert ("｜" in article(read(paragraphs(3) + f"<table>{cells}</table>" + paragraphs(2, 4))).text) == is_table


@pytest.mark.parametrize(("columns", "is_table"), [(15, True), (20, False)])
def test_a_table_has_fifteen_columns(columns: int, is_table: bool) -> None:
    row = "<tr>" + "".join(f"<td>路灯{number}</td>" for number in range(columns)) + "</tr>"
    assert ("｜" in article(read(paragraphs(3) + f"<table>{row * 4}</table>" + paragraphs(2, 4))).text) == is_table


@pytest.mark.parametrize(("count", "is_table"), [(100, True), (130, False)])
def test_cells_of_more_than_sixty_characters_are_a_layout(count: int, is_table: bool) -> None:
    rows = f"<tr><td>石桥村</td><td>{chars(count)}</td></tr>" * 4
    assert ("｜" in article(read(paragraphs(3) + f"<table>{rows}</table>" + paragraphs(2, 4))).text) == is_table


@pytest.mark.parametrize(("below", "is_cut"), [(3, True), (6, False)])
def test_below_the_editor_stands_less_than_three_fifths_of_the_text(below: int, is_cut: bool) -> None:
    rest = "".join(f"<p>{told(1, 6 + number)}</p>" for number in range(below))
    found = lines(read(paragraphs(6, sentences=1) + "<p>责任编辑：赵东</p>" + rest))
    assert (len(found) == 6) == is_cut


@pytest.mark.parametrize(("comments", "is_cut"), [(10, True), (30, False)])
def test_readers_may_write_four_times_as_much_as_the_author(comments: int, is_cut: bool) -> None:
    rest = "".join(f"<p>老街坊{number}：{told(1, number)}</p>" for number in range(comments))
    found = lines(read(paragraphs(4) + "<p>网友评论</p>" + rest))
    assert (len(found) == 4) == is_cut


# --- several articles, lists, walls -------------------------------------------------------------------------------


def posts(count: int, body: str, above: str = "") -> Page:
    entries = "".join(
        f"<div class='post'>{above}<h2>石桥村修好通往山里的第{number}条路</h2><p>2021-03-01</p>{body}</div>"
        for number in range(count)
    )
    return bare(entries, "青石论坛")


@pytest.mark.parametrize(("length", "count"), [(50, 1), (70, 3)])
def test_posts_of_120_characters_are_articles(length: int, count: int) -> None:
    assert len(posts(3, f"<p>{chars(length)}。</p><p>{chars(length - 5)}，好。</p>").articles) == count


@pytest.mark.parametrize(("length", "count"), [(36, 1), (44, 3)])
def test_a_brief_on_the_page_of_a_paper_has_forty_characters(length: int, count: int) -> None:
    briefs = "".join(
        f"<div class='art'><h3>石桥村修好通往山里的第{number}条路</h3><p>王芳</p><p>{chars(length - 6)}，好。</p></div>"
        for number in range(3)
    )
    assert len(bare(f"<p>青石日报 2021年03月04日 第03版：基层观察</p>{briefs}", "青石日报 第03版").articles) == count


@pytest.mark.parametrize(("length", "reason"), [(9, "empty_page"), (10, None)])
def test_a_post_that_only_a_script_holds_has_ten_characters(length: int, reason: str | None) -> None:
    fields = {"title": "老街的早市", "content_noencode": chars(length), "nick_name": "云溪发布"}
    script = ", ".join(f"{name}: JsDecode('{value}')" for name, value in fields.items())
    page = bare(
        f"<div id='page'></div><script>var d = {{{script}, create_time: JsDecode('2021-03-04 10:00')}}</script>", ""
    )
    assert (page.rejection_reason, len(page.articles)) == (reason, 0 if reason else 1)


@pytest.mark.parametrize(("lines_of_verse", "count"), [(6, 0), (7, 1)])
def test_verse_of_more_than_thirty_characters_is_an_article(lines_of_verse: int, count: int) -> None:
    verse = "<br>".join(chars(300)[number * 5 : number * 5 + 5] for number in range(lines_of_verse))
    page = bare(f"<h1>{TITLE}</h1><div>2021-03-04</div><div class='article-content'>{verse}</div>")
    assert len(page.articles) == count


@pytest.mark.parametrize(("count", "articles"), [(60, 60), (64, 1)])
def test_a_page_of_more_than_sixty_posts_is_an_archive(count: int, articles: int) -> None:
    assert len(posts(count, paragraphs(3)).articles) == articles


@pytest.mark.parametrize(("count", "reason"), [(2, None), (3, "list_page")])
def test_three_leads_with_a_link_to_the_rest_are_a_list(count: int, reason: str | None) -> None:
    leads = "".join(f"<p>{told(2, n)}</p><p><a href=/{n}>阅读全文</a></p>" for n in range(count))
    assert read(leads + paragraphs(1, 5, 3)).rejection_reason == reason


@pytest.mark.parametrize(("between", "reason"), [(2, "list_page"), (3, None)])
def test_a_link_to_the_rest_stands_three_lines_below_its_lead(between: int, reason: str | None) -> None:
    buttons = "".join(f"<p>次数{number}</p>" for number in range(between))
    leads = "".join(f"<p>{told(2, n)}</p>{buttons}<p><a href=/{n}>阅读全文</a></p>" for n in range(4))
    assert read(leads).rejection_reason == reason


@pytest.mark.parametrize(("count", "reason"), [(11, "no_article_found"), (12, "list_page")])
def test_twelve_headlines_without_a_text_are_a_list(count: int, reason: str) -> None:
    links = "".join(f"<li><a href=/{n}.html>第{n}个村的路灯为什么又亮起来了</a></li>" for n in range(count))
    assert bare(f"<ul>{links}</ul>", "石桥").rejection_reason == reason


@pytest.mark.parametrize(("length", "reason"), [(380, "paywall"), (420, None)])
def test_a_paywall_closes_within_400_characters(length: int, reason: str | None) -> None:
    assert read(f"<p>{chars(length - 12)}。付费订阅后继续阅读</p>").rejection_reason == reason


@pytest.mark.parametrize(("length", "reason"), [(180, "error_page"), (220, None)])
def test_a_notice_of_an_error_has_200_characters(length: int, reason: str | None) -> None:
    page = read(f"<p>{chars(length - 12)}。您访问的页面不存在。</p>", "", title="提示")
    assert page.rejection_reason == reason


@pytest.mark.parametrize(("length", "count"), [(70, 0), (85, 1)])
def test_a_post_drawn_by_a_script_counts_from_80_characters(length: int, count: int) -> None:
    script = f'<script>var data = {{"title":"{TITLE}","content":"<p>{chars(length)}。</p>"}}</script>'
    assert len(bare(f"<div>首页</div>{script}").articles) == count


@pytest.mark.parametrize(("length", "rubric"), [(20, "基层观察"), (50, None)])
def test_a_masthead_has_sixty_characters(length: int, rubric: str | None) -> None:
    page = bare(f"<p>青石日报 {chars(length)} 2021年03月04日 第03版：基层观察</p><h1>{TITLE}</h1>{paragraphs(4)}")
    assert article(page).rubric == rubric


@pytest.mark.parametrize(("length", "articles"), [(40, 3), (70, 4)])
def test_a_lead_of_sixty_characters_above_a_round_up_is_an_article(length: int, articles: int) -> None:
    items = "".join(
        f"<p>【第{n}个村合办了一个老年人食堂】</p><p>{told(3, n)}</p><p>{told(3, n + 3)}（记者 王芳）</p>"
        for n in range(3)
    )
    assert len(read(f"<p>{chars(length)}。</p>{items}").articles) == articles


@pytest.mark.parametrize(("length", "articles"), [(110, 1), (126, 4)])
def test_an_item_told_in_full_has_120_characters(length: int, articles: int) -> None:
    items = "".join(
        f"<p>【青石{name}日报】第{name}个村合办了一个老年人食堂</p><p>{chars(length // 2)}。</p><p>{chars(length // 2 - 5)}，好。</p>"
        for name in "甲乙丙丁"
    )
    assert len(read(items).articles) == articles


@pytest.mark.parametrize(("count", "articles"), [(2, 1), (3, 3)])
def test_three_items_are_a_round_up(count: int, articles: int) -> None:
    items = "".join(
        f"<p>【第{n}个村合办了一个老年人食堂】</p><p>{told(3, n)}</p><p>{told(3, n + 3)}（记者 王芳）</p>"
        for n in range(count)
    )
    assert len(read(items).articles) == articles


@pytest.mark.parametrize(("length", "articles"), [(20, 1), (35, 4)])
def test_a_brief_under_its_headline_has_thirty_characters(length: int, articles: int) -> None:
    items = "".join(f"<p>石桥村修好通往山里的第{n}条路</p><p>本报讯 {chars(length - 5)}。</p>" for n in range(4))
    assert len(read(items).articles) == articles


# --- text dumps ---------------------------------------------------------------------------------------------------

HEAD = f"{TITLE}\n\n青石网   时间：2021-03-04    来源：青石日报\n\n"


@pytest.mark.parametrize(("count", "is_one"), [(12, True), (18, False)])
def test_twelve_short_lines_may_part_two_paragraphs(count: int, is_one: bool) -> None:
    short = "".join(f"第{number}项\n" for number in range(count))
    page = dump(f"{TITLE}\n{told(3)}\n{short}{told(3, 3)}\n{told(3, 6)}")
    assert lines(page)[0].startswith("镇上的驿站") == is_one


@pytest.mark.parametrize(("length", "is_once"), [(25, False), (40, True)])
def test_a_paragraph_of_thirty_characters_is_told_once(length: int, is_once: bool) -> None:
    said = f"{chars(length)}。"
    page = dump(HEAD + f"{said}\n\n{told(2)}\n\n{said}\n\n{told(2, 3)}")
    assert (article(page).text.count(said) == 1) == is_once


@pytest.mark.parametrize(("length", "is_joined"), [(8, True), (20, False)])
def test_a_stub_of_twelve_characters_waits_for_its_end(length: int, is_joined: bool) -> None:
    page = dump(
        HEAD + f"{told(2)}{chars(length)}\n\n{told(2, 3)}\n\n，谁都能看，谁都能问，{chars(30)}。\n\n{told(2, 5)}"
    )
    assert (f"{chars(length)}，谁都能看" in article(page).text) == is_joined


@pytest.mark.parametrize(("length", "kind"), [(44, "paragraph"), (46, "heading")])
def test_headings_of_45_characters_that_are_not_set_in_tell_that_paragraphs_are(length: int, kind: str) -> None:
    part = "".join(f"　　{told(2 + number % 2, number * 3)}\n\n" for number in range(5))
    page = dump(HEAD + "".join(f"{chars(length + first)[first:]}\n\n{part}　　办得好\n\n" for first in (0, 1)))
    assert [block.kind for block in article(page).paragraphs if block.text == "办得好"] in ([kind], [kind] * 2)


# --- what a page without a text is --------------------------------------------------------------------------------


def textless(rest: str, title: str = TITLE) -> str | None:
    """Why a page with a title, ``rest`` and no text is rejected."""
    return bare(f"<h1>{title}</h1>{rest}", f"{title}_青石新闻网").rejection_reason


@pytest.mark.parametrize(("count", "reason"), [(6, "no_text"), (8, "no_article_found")])
def test_credits_within_eight_lines_of_a_title_announce_an_article(count: int, reason: str) -> None:
    assert (
        textless("".join(f"<p>栏目{number}</p>" for number in range(count)) + "<p>2021-03-04 来源：青石日报</p>")
        == reason
    )


@pytest.mark.parametrize(("length", "reason"), [(7, "no_article_found"), (8, "no_text")])
def test_the_title_of_an_article_has_eight_characters(length: int, reason: str) -> None:
    assert textless(CREDITS, chars(length)) == reason


@pytest.mark.parametrize(("count", "reason"), [(60, "no_text"), (61, "list_page")])
def test_sixty_links_to_others_may_stand_beside_an_article(count: int, reason: str) -> None:
    links = "".join(f"<li><a href=/{n}.html>第{n}个村的路灯为什么又亮起来了</a></li>" for n in range(count))
    assert textless(CREDITS + links) == reason


@pytest.mark.parametrize(("count", "reason"), [(2, "no_text"), (3, "no_article_found")])
def test_an_article_without_a_text_prints_three_days(count: int, reason: str) -> None:
    assert textless(CREDITS + "".join(f"<p>2021-03-{n + 1:02}</p>" for n in range(count))) == reason


# --- captions, posts, readers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("length", "kind"), [(60, "caption"), (90, "paragraph")])
def test_a_centered_line_below_a_picture_has_eighty_characters(length: int, kind: str) -> None:
    picture = f"<p align=center><img src=a.jpg></p><p align=center>{chars(length)}</p>"
    parts = article(read(paragraphs(2) + picture + paragraphs(4, 4))).paragraphs
    assert [part.kind for part in parts if part.text == chars(length)] == [kind]


@pytest.mark.parametrize(("count", "articles"), [(3, 3), (4, 1)])
def test_a_post_has_its_headline_in_its_first_four_lines(count: int, articles: int) -> None:
    above = "".join(f"<div>栏目{number}</div>" for number in range(count))
    assert len(posts(3, paragraphs(3), above).articles) == articles


def test_readers_who_wrote_three_times_as_much_as_the_author_are_readers() -> None:
    rest = "".join(f"<p>老街坊{number}：{told(1, number)}</p>" for number in range(18))
    assert len(lines(read(paragraphs(4) + "<p>网友评论</p>" + rest))) == 4


def test_a_year_of_the_republic_is_before_2100() -> None:
    found = [find_date(f"民国{year}年3月4日") for year in (180, 190)]
    assert [str(one.on) if one else None for one in found] == ["2091-03-04", None]


# --- the same article twice, days, scripts ------------------------------------------------------------------------


@pytest.mark.parametrize(("length", "count"), [(15, 6), (22, 3)])
def test_paragraphs_of_twenty_characters_tell_a_second_copy(length: int, count: int) -> None:
    copy = f"<p>{chars(length)}。</p><p>{chars(length + 3)}，好。</p><p>{told(1, 2)}</p>"
    assert len(lines(read(copy + copy))) == count


@pytest.mark.parametrize(("length", "count"), [(59, 2), (61, 1)])
def test_one_paragraph_of_sixty_characters_proves_a_second_copy(length: int, count: int) -> None:
    assert len(lines(read(f"<p>{chars(length)}。</p>" * 2))) == count


@pytest.mark.parametrize(("changed", "count"), [(1, 5), (2, 10)])
def test_a_second_copy_shares_seven_of_ten_paragraphs(changed: int, count: int) -> None:
    first = [told(2, number * 2) for number in range(5)]
    second = first[: 5 - changed] + [told(2, number * 2 + 1) for number in range(changed)]
    assert len(lines(read("".join(f"<p>{text}</p>" for text in first + second)))) == count


@pytest.mark.parametrize(("above", "count"), [(4, 8), (5, 10)])
def test_four_lines_above_a_second_copy_belong_to_it(above: int, count: int) -> None:
    copy = "".join(f"<p>致邻居{number}</p>" for number in range(above)) + paragraphs(4)
    assert len(lines(read(copy + copy))) == count


@pytest.mark.parametrize(("above", "is_title"), [(8, True), (9, False)])
def test_nine_lines_stand_between_a_slogan_and_the_title(above: int, is_title: bool) -> None:
    slogan = "我们的网站为乡亲们说话办事跑腿也为乡亲们唱歌写诗画画还请大家常来坐坐。"
    between = "".join(f"<p>栏{number}</p>" for number in range(above))
    body = f"<div class='content'><p>{slogan}</p>{between}<h1>{TITLE}</h1>{paragraphs(12)}</div>"
    assert (len(lines(bare(body))) < 12) == is_title


@pytest.mark.parametrize(("count", "day"), [(5, "2021-03-04"), (6, "None")])
def test_of_six_days_on_a_line_one_may_be_that_of_publication(count: int, day: str) -> None:
    days = "，".join(f"截止日期：2020年5月{number + 1}日" for number in range(count))
    assert str(article(read(paragraphs(4), f"<p>{days} 发布时间：2021-03-04</p>")).published_on) == day


@pytest.mark.parametrize(("length", "count"), [(55, 2), (65, 1)])
def test_a_page_that_shows_less_than_sixty_characters_keeps_its_article_in_a_script(length: int, count: int) -> None:
    content = f"<p>{told(6)}</p><p>{told(5, 6)}</p>"
    script = f'<script>var data = {{"title":"{TITLE}","content":"{content}"}}</script>'
    assert len(lines(bare(f"<p>{chars(length)}。</p>{script}"))) == count


@pytest.mark.parametrize(("count", "is_foot"), [(7, True), (8, False)])
def test_the_foot_of_a_site_has_eight_lines(count: int, is_foot: bool) -> None:
    foot = "".join(f"<p>{chars(10 + number)}</p>" for number in range(count))
    body = paragraphs(4) + f"<p>主办：青石县人民政府办公室</p>{foot}<p>版权所有 青石新闻网 京ICP备12345678号</p>"
    assert (len(lines(read(body))) == 4) == is_foot


def test_comments_follow_a_text_that_is_worth_half_of_a_paragraph() -> None:
    comments = f"<div class=x><p>网友评论（12）</p><p>{told(3)}</p><p>{told(3, 3)}</p></div>"
    assert [len(lines(read(f"<p>{chars(length)}。</p>{comments}"))) for length in (30, 90)] == [3, 1]


@pytest.mark.parametrize(("count", "title"), [(12, "镇上的驿站昨天开进了老街"), (13, None)])
def test_fourteen_lines_stand_between_a_headline_and_its_text(count: int, title: str | None) -> None:
    between = "".join(f"第{number}项，\n" for number in range(count))
    text = "\n\n".join(told(3, number) for number in range(4))
    assert article(dump(f"镇上的驿站昨天开进了老街\n{between}{text}")).title == title


@pytest.mark.parametrize(("length", "title"), [(11, "镇上的驿站昨天开进了老街的大院子里"), (12, chars(12))])
def test_a_headline_has_twelve_characters_where_nothing_else_tells_it(length: int, title: str) -> None:
    text = "\n\n".join(told(3, number) for number in range(4))
    assert article(dump(f"镇上的驿站昨天开进了老街的大院子里\n{chars(length)}\n{text}")).title == title


@pytest.mark.parametrize(("length", "is_metadata"), [(90, True), (110, False)])
def test_a_line_that_states_the_outlet_has_120_characters(length: int, is_metadata: bool) -> None:
    text = f"来源：青石日报 2021-03-04 {chars(length)}"
    assert states_metadata([Line(text, text)], 0) == is_metadata


# --- what stands beside a text with a label ------------------------------------------------------------------------


@pytest.mark.parametrize(("length", "outlet"), [(16, chars(16)), (17, None)])
def test_the_name_of_an_account_has_sixteen_characters(length: int, outlet: str | None) -> None:
    text = f"{TITLE}\n{chars(length)}\n2022-09-30 18:20 发表于河南\n" + "\n".join(map(told, (3, 4)))
    assert article(dump(text)).outlet == outlet


@pytest.mark.parametrize(("count", "title"), [(3, TITLE), (2, None)])
def test_a_record_has_three_keys(count: int, title: str | None) -> None:
    fields = ['"id": 7', f'"title": "{TITLE}"', f'"content": "{told(6)}"'][-count:]
    found = dump(f"{{{', '.join(fields)}}}").articles
    assert (found[0].title if found else None) == title


@pytest.mark.parametrize(("length", "is_kicker"), [(57, True), (58, False)])
def test_a_labelled_kicker_has_sixty_characters_with_its_label(length: int, is_kicker: bool) -> None:
    page = dump(f"引题：{chars(length)}\n{TITLE}\n青石日报 2021-03-04\n{told(3)}\n{told(4)}")
    assert (article(page).kicker == chars(length)) == is_kicker


@pytest.mark.parametrize(("kind", "outlet"), [("留言类型：建议", "青石县民政局"), ("", None)])
def test_a_letter_to_an_office_has_three_fields(kind: str, outlet: str | None) -> None:
    letter = f"<p>{kind}</p><p>留言内容：{told(3)}</p><p>回复单位：青石县民政局</p><p>{told(4, 3)}</p>"
    assert article(read(letter, "")).outlet == outlet
