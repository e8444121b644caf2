"""What is said of a section page whose list was not told, or not all of whose headlines were taken."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.records import Fetched
from tasks.sources.indexes.section_walks import SectionWalk
from tasks.sources.indexes.walks import plan_walks
from tasks.sources.source_lists import SourceEntry

SECTION = "http://www.linxi.example/dt/"
TITLES = ["云岭镇给老井装上水表", "青石桥社区的夜班门诊", "柳河乡巡田队查出渗漏", "东坝街道改建旧粮站"]


def walked(markup: str) -> SectionWalk:
    (walk,) = plan_walks(SourceEntry(name="s", kind="section", locations=(SECTION,)), date(2024, 3, 20), (), ())
    assert isinstance(walk, SectionWalk)
    walk.take(Fetched(SECTION, "s", markup.encode(), "text/html"))
    return walk


def rows(form: str, count: int = 4) -> str:
    return "<ul>" + "".join(form.format(n=n, t=title) for n, title in enumerate(TITLES[:count], 1)) + "</ul>"


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ('<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', "it is a feed: kind = 'feed' reads it"),
        ("<urlset><url><loc>http://www.linxi.example/1.html</loc></url></urlset>", "kind = 'sitemap' reads it"),
        (rows("<li><a href='http://mp.other.example/s/{n}'>{t}</a></li>"), "4 of its headlines lead to another site"),
        (rows("<li><a href='javascript:open({n})'>{t}</a></li>"), "4 of its headlines call a script (open(1))"),
        (rows("<li onclick=\"window.open('x')\">{t}</li>"), "4 of its headlines call a script"),
        ("<ul><li><a href='/dt/1.html'>春耕</a></li><li><a href='/dt/2.html'>村晚</a></li></ul>", "/dt/#.html (2)"),
        ("<p>系统繁忙，请稍后再试</p>", "it has no links"),
        (rows("<li><a href='http://mp.other.example/s/{n}'>{t}</a></li>", 2), "it has no links"),
    ],
)
def test_a_page_without_a_list_says_what_it_has_instead(page: str, said: str) -> None:
    (failure,) = walked(page).failures
    assert failure.reason == "section_empty"
    assert said in str(failure.detail)


def test_headlines_that_are_left_out_are_named_by_their_form() -> None:
    listed = rows("<li><a href='/dt/{n}.html'>{t}</a><i>03-0{n}</i></li>")
    assert walked(listed + rows("<p><a href='/zt/{n}/'>{t}</a></p>")).notes == [
        "not taken: 4 headlines of the form /zt/#/"
    ]
    assert walked(listed + rows("<p><a href='/zt/{n}/'>{t}</a></p>", 2)).notes == []


def test_the_title_of_a_card_is_its_headline() -> None:
    card = (
        "<div><a href='/dt/{n}.html'><b>0{n}</b><i>2024/03</i><p class='tit'>{t}</p><p>说的是村里的事情</p></a></div>"
    )
    assert [one.title for one in walked(rows(card)).found.values()] == TITLES
