"""Section pages whose list stands elsewhere: in a frame, behind a page that sends on, in the data of a script, behind a
button."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import pytest

from tasks.records import Fetched
from tasks.shards.index_pages import walk_all
from tasks.sources.indexes.anchors import parse_markup
from tasks.sources.indexes.doors import read_doors
from tasks.sources.indexes.script_lists import read_script_lists
from tasks.sources.indexes.section_walks import SectionWalk
from tasks.sources.indexes.walks import plan_walks
from tasks.sources.inputs import Input
from tasks.sources.source_lists import SourceEntry

TODAY = date(2024, 3, 20)
HOST = "http://www.linxi.example"
SECTION = f"{HOST}/xzdt/"
TITLES = ["河西镇把晒谷场改成议事场", "云台乡的护林队添了新骨干", "新店镇三个村合用一名医生", "东山街道清理沿河旧棚"]


class Web:
    """Answers from ``pages`` by address, each with an ETag; counts what it was asked."""

    def __init__(self, pages: Mapping[str, str], unchanged: Iterable[str] = ()) -> None:
        self.pages_by_address, self.unchanged = pages, set(unchanged)
        self.asked: list[str] = []

    def pages(self, inputs: Sequence[Input]) -> Iterator[Fetched]:
        for one in inputs:
            self.asked.append(one.locator)
            text = self.pages_by_address.get(one.locator)
            if one.locator in self.unchanged:
                yield Fetched(one.locator, one.source, None, is_unchanged=True)
            elif text is None:
                yield Fetched(one.locator, one.source, None, reason="http_error", detail="404 Not Found")
            else:
                yield Fetched(one.locator, one.source, text.encode(), "text/html", etag='"e"')


def rows(first: int, folder: str = "/xzdt", *, days: bool = True) -> str:
    items = (
        f'<li><a href="{folder}/202403/t{first + number}.html">{title}</a>'
        + (f"<span>2024-03-{first + number:02}</span></li>" if days else "</li>")
        for number, title in enumerate(TITLES)
    )
    return f"<ul class='list'>{''.join(items)}</ul>"


def walk(pages: Mapping[str, str], unchanged: Iterable[str] = (), **keys: object) -> tuple[SectionWalk, Web, set[str]]:
    """The walk of the section to its end, the web it saw, the pages that can be asked for by their ETag next time."""
    entry = SourceEntry.model_validate({"name": "towns", "kind": "section", "locations": [SECTION]} | keys)
    web = Web(pages, unchanged)
    (walked,) = plan_walks(entry, TODAY, (), ())
    assert isinstance(walked, SectionWalk)
    answers = walk_all([walked], web, {}).answers  # type: ignore[arg-type]
    return walked, web, {one.uri for one in answers if one.etag}


@pytest.mark.parametrize(
    "outer",
    [
        "<frameset rows='90,*'><frame src='top.html'><frame src='list.html'></frameset>",
        "<body><h1>乡镇动态</h1><iframe src='/xzdt/list.html'></iframe><a href='/'>首页</a></body>",
        "<meta http-equiv='refresh' content='0;url=list.html'>",
        "<META HTTP-EQUIV='Refresh' CONTENT='1; list.html'><a href='list.html'>没有跳转请点这里</a>",
        "<script>window.location.href = 'list.html';</script>",
        "<script>location.replace('./list.html')</script>",
    ],
)
def test_the_list_is_taken_from_the_page_that_the_section_page_leads_to(outer: str) -> None:
    pager = '<script>createPageHTML(2, 0, "list", "html");</script>'
    top = "<a href='/zwgk/'>政务公开</a>"
    pages = {SECTION: outer, f"{SECTION}top.html": top, f"{SECTION}list.html": rows(10) + pager}
    walked, web, known = walk(pages | {f"{SECTION}list_1.html": rows(2)})
    assert len(walked.found) == 8
    assert walked.failures == []
    assert web.asked[-1] == f"{SECTION}list_1.html"
    assert walked.notes == [f"the list stands in {SECTION}list.html"]
    assert f"{SECTION}list.html" in known
    assert SECTION not in known, "unchanged, it would hide what its frame has"
    again, _, _ = walk(pages, unchanged=[f"{SECTION}list.html"])
    assert (again.failures, again.found) == ([], {})


def test_a_page_with_a_list_of_its_own_opens_no_door() -> None:
    _, web, _ = walk({SECTION: rows(10) + "<iframe src='/weather.html'></iframe>"})
    assert web.asked == [SECTION]


def test_a_page_that_sends_on_may_send_on_to_a_frameset_and_not_further() -> None:
    sent = [f"<meta http-equiv='refresh' content='0;url={n}.html'>" for n in range(1, 5)]
    pages = {SECTION: sent[0], f"{SECTION}1.html": sent[1]}
    frames = {f"{SECTION}2.html": "<frameset><frame src='3.html'></frameset>", f"{SECTION}3.html": rows(10)}
    assert len(walk(pages | frames)[0].found) == 4
    further = {f"{SECTION}2.html": sent[2], f"{SECTION}3.html": sent[3], f"{SECTION}4.html": rows(10)}
    walked, web, _ = walk(pages | further)
    assert (walked.found, [one.reason for one in walked.failures]) == ({}, ["section_empty"])
    assert f"{SECTION}4.html" not in web.asked


def test_of_many_frames_eight_are_read() -> None:
    def outer(count: int) -> str:
        return "".join(f"<iframe src='{n}.html'></iframe>" for n in range(count))

    for count, found in ((8, 4), (9, 0)):
        pages = {SECTION: outer(count), f"{SECTION}{count - 1}.html": rows(10)}
        pages |= {f"{SECTION}{n}.html": "<p>" for n in range(count - 1)}
        assert len(walk(pages)[0].found) == found


def test_of_two_frames_with_lists_the_dated_one_is_meant_and_two_dated_ones_are_left_to_who_wrote_the_source() -> None:
    outer = "<frameset cols='1,1'><frame src='hot.html'><frame src='list.html'></frameset>"
    hot = rows(1, "/hot", days=False)
    walked, _, _ = walk({SECTION: outer, f"{SECTION}hot.html": hot, f"{SECTION}list.html": rows(10)})
    assert {uri.split("/")[3] for uri in walked.found} == {"xzdt"}
    walked, _, _ = walk({SECTION: outer, f"{SECTION}hot.html": rows(1, "/hot"), f"{SECTION}list.html": rows(10)})
    assert walked.found == {}
    assert [one.reason for one in walked.failures] == ["section_empty"]
    assert f"({SECTION}hot.html, {SECTION}list.html)" in str(walked.failures[0].detail)


def test_another_site_is_named_and_not_followed() -> None:
    walked, web, known = walk({SECTION: "<iframe src='http://data.other.example/list'></iframe>"})
    assert web.asked == [SECTION]
    assert "http://data.other.example/list" in str(walked.failures[0].detail)
    assert known == set(), "asked for by its ETag it would say nothing next time, and nobody would hear of it"


@pytest.mark.parametrize(
    "markup",
    [
        "<meta http-equiv='refresh' content='300'>",
        "<meta http-equiv='refresh' content='300;url=/xzdt/'>",
        "<iframe src='about:blank'></iframe><iframe src='javascript:;'></iframe><iframe></iframe>",
        "<script>location.href='a.html'; location.href='b.html'</script>",
        "<a href='1.html'>一</a><script>function go(){ location.href='a.html' }</script>",
        "<script>if (location.href == 'x') {}</script>",
    ],
)
def test_what_leads_nowhere_is_no_door(markup: str) -> None:
    assert read_doors(parse_markup(markup), SECTION).inside == ()


def test_a_frame_that_cannot_be_had_is_told_where_there_is_no_list() -> None:
    walked, _, _ = walk({SECTION: "<frameset><frame src='list.html'></frameset>"})
    assert [(one.uri, one.reason) for one in walked.failures] == [
        (f"{SECTION}list.html", "http_error"),
        (SECTION, "section_empty"),
    ]


def test_the_front_page_of_an_issue_may_be_a_frameset() -> None:
    front = f"{HOST}/paper/2024-03/20/node_1.htm"
    entry = SourceEntry(name="p", kind="epaper", locations=(f"{HOST}/paper/{{date:%Y-%m/%d}}/node_1.htm",), days=1)
    walks = plan_walks(entry, TODAY, (), ())
    folder = front.rpartition("/")[0]
    frames = "<frameset><frame src='left.htm'><frame src='../../2024-03/19/old.htm'></frameset>"
    listed = "<a href='content_1.htm'>河西镇把晒谷场改成议事场</a>"
    web = Web({front: frames, f"{folder}/left.htm": listed})
    walk_all(walks, web, {})  # type: ignore[arg-type]
    assert list(walks[0].found) == [f"{folder}/content_1.htm"]
    assert web.asked == [front, f"{folder}/left.htm"]


def script(keys: str, count: int = 4) -> str:
    """A list as JavaScript writes it, ``keys`` with the number of the item and its title in them."""
    objects = ",\n".join("{" + keys.replace("%n", str(n + 1)).replace("%t", TITLES[n]) + "}" for n in range(count))
    return f"<div id='list'></div><script>/* data */ var rows = [{objects},]; draw(rows);</script>"


@pytest.mark.parametrize(
    "keys",
    [
        '"title": "%t", "url": "/a/%n.html", "pubDate": "2024-03-0%n"',
        "title: '%t', link: './a/%n.html', day: '03-0%n', // newest first\n hits: 312",
        'id: %n, t: "%t", img: "/p/%n.jpg", u: "/a/%n.html", time: 17092%n0000, tags: ["村"], top: false',
        'name: "%t<br>", abstract: "%t，这件事说来话长，村里人都记得", href: "/a/%n.html", d: "2024-03-0%n 08:00:00"',
        'col: {list: [{x: 1}]}, title: "%t", url: "\\/a\\/%n.html", columnUrl: "/a/", c: "2024-03-0%n"',
        'title: "%t", url: "/a/%n.html", mobile: "http://www.linxi.example/a/%n.html", d: "2024-03-0%n"',
        'title: "%t", url: "/a/%n.html", pubTime: "2024-03-0%n", updated: "2024-03-19"',
    ],
)
def test_a_list_that_a_script_draws_is_read_from_its_data(keys: str) -> None:
    walked, _, known = walk({SECTION: "<a href='/'>首页</a>" + script(keys)})
    assert [one.title for one in walked.found.values()] == TITLES
    assert all(uri.startswith(HOST) and uri.endswith(".html") for uri in walked.found)
    assert all(one.listed_on is not None and one.listed_on.month in {2, 3} for one in walked.found.values())
    assert walked.notes == ["a script draws the list from data in the page"]
    assert known == {SECTION}


def test_the_data_of_a_script_may_be_pushed_one_by_one_or_be_a_text_that_it_parses() -> None:
    objects = [f'{{"t": "{title}", "u": "/a/{n}.html", "d": "2024-03-0{n}"}}' for n, title in enumerate(TITLES, 1)]
    text = ",".join(objects).replace('"', '\\"')
    pushed = "\n".join(f"list.push({one});" for one in objects)
    for code in (pushed, f'var list = JSON.parse("[{text}]");', f"var list = $.parseJSON('[{','.join(objects)}]');"):
        assert [one.title for one in walk({SECTION: f"<script>{code}</script>"})[0].found.values()] == TITLES
    calls = "\n".join(f"track.push(['{title}', '/a/{n}.html']);" for n, title in enumerate(TITLES, 1))
    assert walk({SECTION: f"<script>{calls}</script>"})[0].found == {}


@pytest.mark.parametrize(
    "page",
    [
        script('title: "%t", url: "/a/%n.html", source: "/b/%n.html"'),
        script('title: "%t", id: %n, day: "2024-03-0%n"'),
        script('title: "%t", url: "http://other.example/%n.html"'),
        script('title: "专栏", url: "/a/%n.html", day: "2024-03-0%n"'),
        script('title: "%t", url: "/a/%n.html", day: "2024-03-0%n"', count=1),
        script('title: "%t", url: "/a/" + %n + ".html"'),
        script('title: "%t", url: "/p/%n.jpg"'),
    ],
)
def test_where_it_is_not_clear_what_a_script_draws_nothing_is_made_of_it(page: str) -> None:
    walked, _, _ = walk({SECTION: page})
    assert (walked.found, [one.reason for one in walked.failures]) == ({}, ["section_empty"])


def test_a_list_of_links_with_days_stands_before_what_scripts_hold() -> None:
    drawn = script('title: "%t", url: "/hot/%n.html", day: "2024-03-0%n"')
    assert {uri.split("/")[3] for uri in walk({SECTION: rows(10) + drawn})[0].found} == {"xzdt"}
    undated = rows(10, "/side", days=False) + drawn
    assert {uri.split("/")[3] for uri in walk({SECTION: undated})[0].found} == {"hot"}


def test_half_of_the_items_have_headlines_or_it_is_no_list_of_articles() -> None:
    def found(headlines: int) -> int:
        texts = TITLES[:headlines] + ["公告"] * (4 - headlines)
        items = ",".join(f'{{t: "{text}", u: "/a/{n}.html"}}' for n, text in enumerate(texts))
        return len(walk({SECTION: f"<script>var l = [{items}]</script>"})[0].found)

    assert (found(2), found(1)) == (4, 0)


def test_days_that_contradict_one_another_are_no_day() -> None:
    page = script('title: "%t", url: "/a/%n.html", made: "2024-03-0%n", changed: "2024-03-1%n"')
    assert {one.listed_on for one in walk({SECTION: page})[0].found.values()} == {None}


@pytest.mark.parametrize("text", ["[{", "[{a:" * 5_000, '[{"a":"\\ud83d"},{"a":"\\ud83d\\ude00"}]', "[{a:1e999,b:}]"])
def test_a_script_may_hold_anything(text: str) -> None:
    page = f"<script>{text}</script>"
    assert read_script_lists(parse_markup(page), page, SECTION, TODAY) == []


@pytest.mark.parametrize(
    ("button", "pieces"),
    [
        ("<button data-url='/more?id=7&page=2'>加载更多</button>", "/more?id=7&page={}"),
        (
            "<div class='more' data-href='more_2.html' data-page='2'><span>点击加载更多</span></div>",
            "/xzdt/more_{}.html",
        ),
    ],
)
def test_a_button_that_loads_more_is_pressed_until_nothing_new_comes(button: str, pieces: str) -> None:
    web = {SECTION: rows(16) + button}
    web |= {HOST + pieces.format(n): rows(16 - 4 * (n - 1)) for n in (2, 3)}
    walked, seen, _ = walk(web)
    assert len(walked.found) == 12
    assert walked.failures == []
    assert seen.asked[1:] == [HOST + pieces.format(n) for n in (2, 3, 4)]


def test_what_a_button_loads_may_be_data() -> None:
    more = "[" + ",".join(f'{{"t": "{title}", "u": "/xzdt/202403/t{n}.html"}}' for n, title in enumerate(TITLES)) + "]"
    walked, _, _ = walk(
        {SECTION: rows(10) + "<a data-src='/more.json'>查看更多&gt;&gt;</a>", f"{HOST}/more.json": more}
    )
    assert len(walked.found) == 8


@pytest.mark.parametrize(
    "button",
    [
        "<button data-page='2'>加载更多</button>",
        "<button data-url='http://other.example/2'>加载更多</button>",
        "<button data-url='/more?page=2' data-api='/v2/more?page=2'>加载更多</button>",
        "<a data-url='/zwgk/index.html'>更多</a>",
        "<span data-url='/map.html'>查看地图</span>",
    ],
)
def test_a_button_that_does_not_say_what_it_loads_is_left_alone(button: str) -> None:
    assert walk({SECTION: rows(10) + button})[1].asked == [SECTION]
