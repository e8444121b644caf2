"""Index pages: articles told from navigation, days beside links, paging in its forms, e-papers, lists in JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

import pytest

from tasks.records import Fetched
from tasks.sources.indexes.anchors import parse_markup, read_anchors
from tasks.sources.indexes.article_links import ArticleLinks, choose_articles
from tasks.sources.indexes.json_lists import JsonListError, read_json_list
from tasks.sources.indexes.paging import next_index_page
from tasks.sources.indexes.printed_days import printed_day
from tasks.sources.indexes.walks import IndexWalk, IssueWalk, in_rounds, plan_walks
from tasks.sources.page_names import address_key
from tasks.sources.source_lists import SourceEntry

TODAY = date(2024, 3, 20)
SECTION = "http://www.yuanxian.example/zwgk/xzdt/"
TITLES = [
    "大峪镇办起“板凳议事会”",
    "河东街道：楼道里的十二张长桌",
    "关于公布第二批村级议事厅名单的通知",
    "清明将至 各村巡山队上岗",
    "县民政局走访独居老人",
]
NAVIGATION = "".join(
    f'<li><a href="/{path}/">{name}</a></li>'
    for path, name in [("zwgk", "政务公开"), ("hd", "互动"), ("fw", "办事服务")]
)


def section(first: int, *, days: bool = True, extra: str = "", form: str = "./202403/t202403{:02}_{}.html") -> str:
    items = "".join(
        f'<li><a href="{form.format(19 - number, 5500 + first - number)}" title="{title}">{title[:9]}…</a>'
        + (f"<span>2024-03-{19 - number:02}</span>" if days else "")
        + "</li>"
        for number, title in enumerate(TITLES)
    )
    return (
        f'<html><body><ul class="nav">{NAVIGATION}</ul><div class="list"><ul>{items}</ul></div>{extra}'
        '<div class="foot"><a href="/wzdt/">网站地图</a><a href="http://www.gov.example/">上级人民政府门户网站</a></div>'
        "</body></html>"
    )


def articles_of(markup: str, follow: str | None = None) -> ArticleLinks:
    return choose_articles(read_anchors(parse_markup(markup), SECTION, TODAY), SECTION, follow)


def walk_all(walks: list[IndexWalk], web: Mapping[str, str]) -> list[str]:
    """Walk to the end over a web of markup by address; the addresses asked for, in order."""
    asked = []
    for wants in in_rounds(walks):
        for walk, address in wants:
            asked.append(address)
            body = web.get(address)
            missing = {"reason": "http_error", "detail": "404 Not Found"} if body is None else {}
            walk.take(Fetched(address, walk.source.name, body.encode() if body else None, "text/html", **missing))
    return asked


def test_the_list_of_headlines_is_the_section_and_navigation_is_not() -> None:
    chosen = articles_of(section(0))
    assert [one.text for one in chosen.anchors] == TITLES
    assert [one.listed_on for one in chosen.anchors] == [date(2024, 3, 19 - back) for back in range(5)]
    assert chosen.form == "/zwgk/xzdt/#/t#_#.html"


def test_headlines_are_told_without_days_too() -> None:
    assert len(articles_of(section(0, days=False)).anchors) == 5


def test_a_side_bar_without_days_is_left_out_where_the_list_has_them() -> None:
    side = "".join(f'<li><a href="./202401/t20240101_{n}.html">热门：一件旧闻的第{n}次转载</a></li>' for n in range(9))
    assert len(articles_of(section(0, extra=f'<div class="side"><ol>{side}</ol></div>')).anchors) == 5


def test_files_and_other_sites_are_no_articles_unless_they_are_named() -> None:
    extra = (
        '<div class="list"><ul><li><a href="/f/5.pdf">第五号公报全文下载的链接</a><span>2024-03-01</span></li>'
        '<li><a href="http://www.other.example/t5.html">另一个网站上的一篇报道</a><span>2024-03-01</span></li></ul></div>'
    )
    assert {one.uri.split("/")[2] for one in articles_of(section(0, extra=extra)).anchors} == {"www.yuanxian.example"}
    followed = articles_of(section(0, extra=extra), follow=r"other\.example/t\d+\.html$")
    assert [one.uri for one in followed.anchors] == ["http://www.other.example/t5.html"]


def test_a_page_of_menus_has_no_articles() -> None:
    assert articles_of(f"<ul>{NAVIGATION}</ul>").anchors == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("某地新闻 2024-03-01", date(2024, 3, 1)),
        ("[03-01] 某地新闻", date(2024, 3, 1)),
        ("2024年3月1日", date(2024, 3, 1)),
        ("12-30 岁末", date(2023, 12, 30)),
        ("15 2024-02 雨水已过", date(2024, 2, 15)),
        ("发布：2024/3/1 截止：2024/3/9", None),
        ("2024-05-01", None),
        ("第3-5期简报", None),
        ("每村3-5人组成巡山队", None),
        ("3月5日", date(2024, 3, 5)),
        ("时间：3月5日", date(2024, 3, 5)),
        ("3月5日，全县各村的巡山队上岗", None),
        ("2024年3月1日起施行的办法", None),
        ("2024年3月1日 星期五", date(2024, 3, 1)),
        ("满意率98.2% 4.5万户", None),
        ("24-03-01", date(2024, 3, 1)),
        ("[20240301]", date(2024, 3, 1)),
        ("编号20240301", None),
        (" 15 2月", date(2024, 2, 15)),
        ("１２-３０", date(2023, 12, 30)),
        ("二〇二四年三月一日", date(2024, 3, 1)),
        ("发布于 二○二三年十二月二十八日", date(2023, 12, 28)),
        ("三月十九日", date(2024, 3, 19)),
        ("十二月三十日", date(2023, 12, 30)),
        ("三月三日，庙会照常", None),
        ("二〇二四年三月一日起施行", None),
        ("二〇二四年十三月一日", None),
        ("Mar 5, 2024", date(2024, 3, 5)),
        ("5 March 2024", date(2024, 3, 5)),
        ("05-Mar-2024", date(2024, 3, 5)),
        ("Sept. 1st, 2023", date(2023, 9, 1)),
        ("19 Mar", date(2024, 3, 19)),
        ("Mar.19", date(2024, 3, 19)),
        ("the 19 Mar line", None),
        ("May 40, 2024", None),
        ("Marine 5 2024", None),
    ],
)
def test_the_day_beside_a_link(text: str, day: date | None) -> None:
    assert printed_day(text, TODAY) == day


def test_a_day_that_the_headline_speaks_of_is_not_the_day_of_its_publication() -> None:
    items = (
        '<li><a href="/1.html">3月12日植树节：五个村的林长这样过</a><span>03-13</span></li>'
        '<li><a href="/2.html">2月2日龙抬头集市照常开放</a></li>'
        '<li><a href="/3.html">修订后的办法自2024年1月1日起施行</a> 2023-12-20</li>'
        '<li><a href="/4.html"><b>村史馆里的夜校</b> <i>2024-03-02</i></a></li>'
    )
    days = [one.listed_on for one in read_anchors(parse_markup(f"<ul>{items}</ul>"), SECTION, TODAY)]
    assert days == [date(2024, 3, 13), None, date(2023, 12, 20), date(2024, 3, 2)]


def test_the_day_may_stand_behind_the_item_or_elsewhere_on_its_card() -> None:
    lines = "".join(f'·<a href="{n}.htm">{title}</a> (3/{n})<br>' for n, title in enumerate(TITLES, 1))
    terms = "".join(
        f'<dt><a href="v.asp?ID={n}">{title}</a></dt><dd>2024-3-{n}</dd>' for n, title in enumerate(TITLES, 1)
    )
    cards = "".join(
        f'<div class="card"><h3><a href="/p/{n}">{title}</a></h3><p>3月20日，全县各村到场</p>'
        f'<div><a href="/tag/1">网格</a> <i>2024-03-0{n}</i></div></div>'
        for n, title in enumerate(TITLES, 1)
    )
    for markup in (f"<div>{lines}</div>", f"<dl>{terms}</dl>", cards):
        chosen = choose_articles(read_anchors(parse_markup(markup), SECTION, TODAY), SECTION)
        assert [one.listed_on for one in chosen.anchors] == [date(2024, 3, n) for n in range(1, len(TITLES) + 1)]


def test_a_day_behind_the_next_item_or_beside_another_headline_is_not_taken() -> None:
    items = f'<li><a href="/1.html">{TITLES[0]}</a></li><li><a href="/2.html">{TITLES[1]}</a><i>03-02</i></li>'
    pair = f'<div><p><a href="/1.html">{TITLES[0]}</a></p><p><a href="/2.html">{TITLES[1]}</a></p><i>03-02</i></div>'
    days = [[one.listed_on for one in read_anchors(parse_markup(one), SECTION, TODAY)] for one in (items, pair)]
    assert days[0] == [None, date(2024, 3, 2)]
    assert days[1][0] is None


def test_the_items_of_a_list_may_be_kept_in_a_script() -> None:
    records = "".join(
        f"<record><![CDATA[<li><a href='/art/2024/3/{n}/art_7_{n}.html'>{title}</a><b>2024-03-0{n}</b></li>]]></record>"
        for n, title in enumerate(TITLES, 1)
    )
    page = f"<div><script type='text/xml'><datastore><recordset>{records}</recordset></datastore></script></div>"
    chosen = choose_articles(read_anchors(parse_markup(page), SECTION, TODAY), SECTION)
    assert [one.text for one in chosen.anchors] == TITLES


def test_a_link_may_have_its_address_in_what_a_click_calls() -> None:
    def found(call: str) -> list[str]:
        items = "".join(f"<li><a {call % n}>{title}</a><i>03-0{n}</i></li>" for n, title in enumerate(TITLES, 1))
        return [one.uri for one in articles_of(f"<ul>{items}</ul>").anchors]

    opened = [f"{SECTION}{n}.html" for n in range(1, 6)]
    assert found("""href="javascript:;" onclick="window.open('./%d.html')\"""") == opened
    assert found("""href="#" onclick="location.href='%d.html'\"""") == opened
    assert found("""href="%d.html" onclick="window.open('/ad.html')\"""") == opened
    assert found("""href="javascript:;" onclick="open_detail(%d)\"""") == []


def test_a_long_list_without_years_goes_back_beyond_the_second_january() -> None:
    def page(days: list[str], following: str) -> str:
        rows = "".join(
            f'<li><a href="/a/t{following}_{n}.html">{title}</a><span>{day}</span></li>'
            for n, (day, title) in enumerate(zip(days, TITLES, strict=True))
        )
        return f'<ul>{rows}</ul><a href="/a/{following}.html">下一页</a>'

    source = SourceEntry(name="s", kind="section", locations=("http://x.example/a/",))
    walks = plan_walks(source, TODAY, (), ())
    web = {
        "http://x.example/a/": page(["03-10", "03-01", "02-20", "02-01", "01-05"], "2"),
        "http://x.example/a/2.html": page(["12-30", "11-02", "07-01", "04-01", "03-21"], "3"),
        "http://x.example/a/3.html": page(["03-01", "02-01", "01-31", "01-15", "01-02"], "4"),
        "http://x.example/a/4.html": page(["12-31", "12-01", "11-11", "11-10", "10-01"], "5"),
    }
    walk_all(walks, web)
    years = {uri.rpartition("/")[2]: one.listed_on.year for uri, one in walks[0].found.items() if one.listed_on}
    assert [year for _, year in sorted(years.items())] == [2024] * 5 + [2023] * 10 + [2022] * 5


PAGERS = {
    "link": ('<div class="p"><a href="index_1.html">下一页</a></div>', "index_1.html"),
    "arrow": ('<a href="?page=2">&gt;</a>', "?page=2"),
    "rel": ('<link rel="next" href="list_2.shtml">', "list_2.shtml"),
    "trs": ('<script>createPageHTML(8, 0, "index", "html");</script>', "index_1.html"),
    "trs with an element": ('<script>createPageHTML("page", 8, 1, "list", "shtml", 160);</script>', "list_2.shtml"),
    "numbers": (
        '<a class="on">1</a><a href="?page=2">2</a><a href="?page=3">3</a><a href="?page=40">40</a>',
        "?page=2",
    ),
    "picture": ('<a href="p_2.html"><img src="n.gif" alt="下一页"></a>', "p_2.html"),
    "choice": ('<select><option value="p_1.html">1</option><option value="p_2.html">2</option></select>', "p_2.html"),
    "click": ("""<a href="javascript:;" onclick="location.href='p_2.html'">下页</a>""", "p_2.html"),
}


@pytest.mark.parametrize("pager", PAGERS)
def test_the_next_index_page_is_found(pager: str) -> None:
    markup, target = PAGERS[pager]
    assert next_index_page(parse_markup(markup), markup, SECTION, SECTION, 1) == SECTION + target


@pytest.mark.parametrize(
    "markup",
    [
        '<script>createPageHTML(1, 0, "index", "html");</script>',
        '<a href="javascript:void(0)">下一页</a>',
        '<a href="http://www.other.example/2.html">下一页</a>',
        '<a href="/2024/">2024</a>',
        "",
    ],
)
def test_no_next_page_is_made_up(markup: str) -> None:
    assert next_index_page(parse_markup(markup), markup, SECTION, SECTION, 1) is None


def test_a_section_is_walked_until_a_page_names_nothing_new() -> None:
    pager = '<script>createPageHTML(9, {}, "index", "html");</script>'
    web = {SECTION: section(0, extra=pager.format(0))}
    web |= {f"{SECTION}index_{n}.html": section(n * 5, extra=pager.format(n)) for n in range(1, 9)}
    source = SourceEntry(name="county", kind="section", locations=(SECTION,), max_index_pages=9)
    third = {f"{SECTION}202403/t202403{19 - n:02}_{5500 + 10 - n}.html" for n in range(5)}
    walks = plan_walks(source, TODAY, set(map(address_key, third)), ())
    assert walk_all(walks, web) == [SECTION, f"{SECTION}index_1.html", f"{SECTION}index_2.html"]
    limited = plan_walks(source.model_copy(update={"max_index_pages": 2}), TODAY, (), ())
    assert len(walk_all(limited, web)) == 2


def test_a_pattern_may_count_from_one_or_from_two() -> None:
    source = SourceEntry(name="county", kind="section", locations=(SECTION,), next="?page={n}")
    web = {SECTION: section(0), f"{SECTION}?page=1": section(0), f"{SECTION}?page=2": section(5)}
    walks = plan_walks(source, TODAY, (), ())
    walk_all(walks, web)
    assert len(walks[0].found) == 10
    assert walks[0].failures == []  # the page behind the last one is missing, which ends the section


def test_a_section_that_shows_no_list_says_so() -> None:
    source = SourceEntry(name="county", kind="section", locations=(SECTION,))
    walks = plan_walks(source, TODAY, (), ())
    walk_all(walks, {SECTION: "<p>系统繁忙，请稍后再试</p>"})
    assert [failure.reason for failure in walks[0].failures] == ["section_empty"]


def founder_issue(day: str, pages: int) -> dict[str, str]:
    """An e-paper as content systems of newspapers make them: an image map and a title list on each page."""
    root = f"http://paper.example/html/{day}/"
    nodes = "".join(f'<a href="node_{n}.htm">第{n:02}版：要闻</a>' for n in range(1, pages + 1))
    web = {}
    for n in range(1, pages + 1):
        areas = "".join(f'<area shape="poly" coords="0,0,9,9" href="content_{n}_{k}.htm">' for k in range(3))
        titles = "".join(f'<li><a href="content_{n}_{k}.htm">{TITLES[k]}</a></li>' for k in range(2))
        other = '<a href="../../2024-03/18/node_1.htm">上一期</a><a href="/about/index.htm">关于我们这家报社的介绍</a>'
        web[f"{root}node_{n}.htm"] = f"<map>{areas}</map><ul>{titles}</ul>{nodes}{other}"
    return web


def test_an_issue_is_walked_page_by_page_through_maps_and_lists() -> None:
    source = SourceEntry(
        name="daily", kind="epaper", locations=("http://paper.example/html/{date:%Y-%m/%d}/node_1.htm",), days=2
    )
    web = founder_issue("2024-03/20", 4)
    walks = plan_walks(source, TODAY, (), ())
    asked = walk_all(walks, web)
    assert len(asked) == 4 + 1
    today, yesterday = walks
    assert isinstance(today, IssueWalk)
    assert isinstance(yesterday, IssueWalk)
    assert len(today.found) == 12
    assert {one.listed_on for one in today.found.values()} == {TODAY}
    assert (today.is_complete, yesterday.is_complete) == (True, False)
    assert [failure.reason for failure in yesterday.failures] == ["issue_missing"]
    done = plan_walks(source, TODAY, (), {"http://paper.example/html/2024-03/20/node_1.htm"})
    assert [walk.day for walk in done if isinstance(walk, IssueWalk)] == [date(2024, 3, 19)]


def test_pages_of_an_issue_are_told_by_a_letter_and_a_number_too() -> None:
    root = "http://paper.example/epaper/20240320/"
    labels = "<a href='A01.html'>A01 要闻</a><a href='A02.html'>A02 民生</a><a href='A01/1.html'>3 名网格员的一天</a>"
    web = {root: labels, f"{root}A01.html": labels, f"{root}A02.html": "<a href='A02/2.html'>河长上岗</a>"}
    location = "http://paper.example/epaper/{date:%Y%m%d}/"
    walks = plan_walks(SourceEntry(name="p", kind="epaper", locations=(location,), days=1), TODAY, (), ())
    walk_all(walks, web)
    assert sorted(uri.removeprefix(root) for uri in walks[0].found) == ["A01/1.html", "A02/2.html"]


def test_a_list_in_json_is_read_by_its_paths_and_page_by_page() -> None:
    source = SourceEntry(
        name="app",
        kind="api",
        locations=("http://x.example/api?p=1",),
        next="?p={n}",
        items="data.list",
        address="link",
        title="name",
        day="time",
    )
    items = {p: {"link": f"/a/{p}.html", "name": "<em>河长</em>&nbsp;上岗", "time": f"2024-03-0{p}"} for p in (1, 2, 3)}
    web = {f"http://x.example/api?p={p}": json.dumps({"data": {"list": [item]}}) for p, item in items.items()}
    walks = plan_walks(source, TODAY, {"x.example/a/3.html"}, ())
    assert len(walk_all(walks, web)) == 3
    second = walks[0].found["http://x.example/a/2.html"]
    assert (second.title, second.listed_on) == ("河长 上岗", date(2024, 3, 2))


@pytest.mark.parametrize("answer", ["<html>", '{"data": []}', '{"rows": [{"t": "无址"}]}', "[" * 100_000])
def test_an_answer_that_is_no_such_list_is_refused_with_a_reason(answer: str) -> None:
    with pytest.raises(JsonListError):
        read_json_list(answer, "http://x.example/", "rows", "u", None, None, TODAY)
