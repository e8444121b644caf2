"""Both sides of every limit of the readers of sources: what still counts, and what does not any more."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpcore
import httpx
import pytest

from tasks.records import Fetched
from tasks.sources import containers
from tasks.sources.addresses import AddressError, checked_url
from tasks.sources.compression import DamagedError, TooLargeError, unpacked
from tasks.sources.connections import CheckedTransport
from tasks.sources.containers import Link, read_all
from tasks.sources.data_formats import data_format
from tasks.sources.feeds import read_feed
from tasks.sources.indexes.anchors import parse_markup, read_anchors
from tasks.sources.indexes.article_links import choose_articles
from tasks.sources.indexes.printed_days import printed_day
from tasks.sources.indexes.walks import IssueWalk
from tasks.sources.local_files import read_file
from tasks.sources.media_types import names_pages, sniff_media_type
from tasks.sources.sitemaps import read_sitemap
from tasks.sources.source_lists import SourceEntry
from tasks.sources.storable import of_the_past, storable
from tests.sources.test_web import MANNERS, fetch, open_host

TODAY = date(2024, 3, 20)
ONCE = replace(MANNERS, attempts=1)
HOST = "http://www.yuanxian.example/"
SENTENCE = "溪口镇的楼栋议事厅每周三晚上开门，居民把停车的难题带到厅里来商量。"


def test_an_address_of_8000_characters_is_asked_for_and_a_longer_one_is_a_trap() -> None:
    assert checked_url((HOST + "a" * 8_000)[:8_000]).host == "www.yuanxian.example"
    with pytest.raises(AddressError, match="characters"):
        checked_url(HOST + "a" * 8_000)


def test_a_name_of_8000_characters_is_kept_and_of_a_longer_one_the_beginning_is_shown() -> None:
    assert storable(Fetched("a" * 8_000, "files", b"x")).reason is None
    refused = storable(Fetched("a" * 8_001, "files", b"x"))
    assert (refused.reason, len(refused.uri)) == ("invalid_address", 8_000)
    assert refused.detail == f"the name is no text: {'a' * 200!r}"


def test_a_name_in_which_nul_stands_is_refused_and_shown_whole() -> None:
    refused = storable(Fetched("http://a.example/1\0.html", "rows", b"x"))
    assert (refused.reason, refused.uri) == ("invalid_address", r"http://a.example/1\x00.html")


def test_a_page_may_have_been_fetched_a_day_after_the_start_of_the_run_and_not_later() -> None:
    now = datetime(2024, 5, 6, 7, tzinfo=UTC)
    page = Fetched("http://a.example/", "rows", b"x", fetched_at=now + timedelta(days=1))
    assert of_the_past(page, now) == page
    late = replace(page, fetched_at=now + timedelta(days=1, seconds=1))
    assert of_the_past(late, now).reason == "fetched_in_future"
    far = replace(page, fetched_at=datetime(2201, 1, 1, tzinfo=UTC))  # no clock shows it: the time is unknown
    assert storable(of_the_past(far, now)) == replace(page, fetched_at=None)


def test_a_file_that_is_larger_than_any_page_is_not_read_unless_it_is_a_list_of_addresses(tmp_path: Path) -> None:
    page, listed, huge = (tmp_path / name for name in ("a.html", "sitemap.xml", "all.xml"))
    page.write_text(f"<p>{SENTENCE * 50}</p>", "utf-8")
    head = '<?xml version="1.0"?><urlset><url><loc>http://a.example/</loc></url>'
    listed.write_text(head + " " * 10_000 + "</urlset>", "utf-8")
    assert read_file(str(page), "files", page.stat().st_size).reason is None
    assert read_file(str(page), "files", page.stat().st_size - 1).reason == "too_large"
    assert read_file(str(listed), "files", 1_000).reason is None
    huge.write_text(head + " " * 52_428_800, "utf-8")
    assert read_file(str(huge), "files", 1_000).reason == "too_large"


def test_a_page_packed_four_times_is_unpacked_and_one_packed_five_times_is_refused() -> None:
    body = b"<p>" + SENTENCE.encode()
    for _ in range(4):
        body = gzip.compress(body)
    assert unpacked(body, ["gzip"] * 4, 10_000).decode() == f"<p>{SENTENCE}"
    with pytest.raises(DamagedError, match="5 times"):
        unpacked(gzip.compress(body), ["gzip"] * 5, 10_000)


def test_a_body_may_grow_a_hundred_times_and_not_three_hundred_times() -> None:
    # Rows that repeat but for a number: the more of them is blank, the more they grow.
    rows = "".join(f"<tr><td>{number}</td>{' ' * 500}</tr>" for number in range(18_000)).encode()
    packed = gzip.compress(rows)
    assert 100 < len(rows) / len(packed) < 200
    assert unpacked(packed, ["gzip"], 100_000_000) == rows
    bare = "".join(f"{number}{' ' * 2_000}" for number in range(5_000)).encode()
    packed = gzip.compress(bare)
    assert 200 < len(bare) / len(packed) < 400
    with pytest.raises(TooLargeError, match="200 times"):
        unpacked(packed, ["gzip"], 100_000_000)


def test_a_body_that_is_plain_text_of_nine_characters_was_unpacked_already() -> None:
    assert unpacked("议事厅今天晚上开门".encode(), ["gzip"], 100) == "议事厅今天晚上开门".encode()
    with pytest.raises(DamagedError):
        unpacked("议事厅今晚开门".encode(), ["gzip"], 100)


class _Refusing(httpcore.AsyncNetworkBackend):
    """Refuses every number and notes it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore.AsyncNetworkStream:
        self.asked.append(host)
        raise httpcore.ConnectError("refused")


def test_of_a_host_with_many_numbers_four_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    async def look_up(host: str, port: int) -> Sequence[str]:
        del host, port
        return [f"1.1.1.{last}" for last in range(1, 8)]

    async def ask() -> None:
        async with httpx.AsyncClient(transport=CheckedTransport((), look_up)) as client:
            await client.get("http://many.example/")

    network = _Refusing()
    monkeypatch.setattr(httpcore, "AnyIOBackend", lambda: network)
    with pytest.raises(httpx.ConnectError):
        asyncio.run(ask())
    assert network.asked == ["1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4"]


def test_ten_redirects_are_followed_and_an_eleventh_is_not() -> None:
    def host(count: int) -> Fetched:
        def page(request: httpx.Request) -> httpx.Response:
            number = int(request.url.path[1:])
            if number == count:
                return httpx.Response(200, content=b"<p>")
            return httpx.Response(302, headers={"location": f"/{number + 1}"})

        return fetch(open_host(page), "https://a.example/0")[0]

    assert host(10).body == b"<p>"
    assert (host(11).body, host(11).reason) == (None, "http_error")


def test_an_answer_has_two_hundred_lines_of_headers_at_the_most() -> None:
    def page(count: int) -> Fetched:
        headers = [(f"x-{number}", "1") for number in range(count)]
        return fetch(open_host(lambda _: httpx.Response(200, content=b"", headers=headers)), "https://a.example/1")[0]

    assert page(190).reason is None
    assert page(210).reason == "transfer_broken"


def test_a_validator_of_more_than_500_characters_is_not_sent_back() -> None:
    def etag(length: int) -> str | None:
        headers = {"etag": "e" * length}
        return fetch(open_host(lambda _: httpx.Response(200, content=b"x", headers=headers)), "https://a.example/1")[
            0
        ].etag

    assert (etag(500), etag(501)) == ("e" * 500, None)


def test_five_failures_in_a_row_are_a_host_that_is_down() -> None:
    def reasons(failing: int) -> list[str | None]:
        def page(request: httpx.Request) -> httpx.Response:
            return httpx.Response(502 if int(request.url.path[1:]) < failing else 200, content=b"x")

        return [
            one.reason for one in fetch(open_host(page), *(f"https://a.example/{n}" for n in range(7)), manners=ONCE)
        ]

    assert reasons(4) == ["http_error"] * 4 + [None] * 3
    assert reasons(7) == ["http_error"] * 5 + ["host_given_up"] * 2


@pytest.mark.parametrize(("length", "is_page"), [(119, False), (120, True)])
def test_a_content_of_120_characters_is_the_whole_article(length: int, is_page: bool) -> None:
    content = f"<content:encoded><![CDATA[<p>{(SENTENCE * 9)[:length]}</p>]]></content:encoded>"
    body = f"<item><link>{HOST}1</link>{content}</item>"
    feed = (
        f'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{body}</channel></rss>'
    )
    (entry,) = read_feed(feed.encode(), HOST)
    assert (entry.page is not None) == is_page


@pytest.mark.parametrize(("length", "is_page"), [(299, False), (300, True)])
def test_a_summary_of_300_characters_in_paragraphs_is_the_whole_article(length: int, is_page: bool) -> None:
    body = f"<item><link>{HOST}1</link><description><![CDATA[<p>{(SENTENCE * 20)[:length]}</p>]]></description></item>"
    (entry,) = read_feed(f'<rss version="2.0"><channel>{body}</channel></rss>'.encode(), HOST)
    assert (entry.page is not None) == is_page


def test_addresses_that_wait_already_leave_room_for_so_many_more(monkeypatch: pytest.MonkeyPatch) -> None:
    sitemap = b"<urlset>" + b"".join(b"<url><loc>http://a.example/%d</loc></url>" % n for n in range(3)) + b"</urlset>"
    item = Fetched("http://a.example/0.xml", "a", sitemap, "application/xml")
    waiting = [Link("http://a.example/w", "a", None)] * 199_999
    rest = list(read_all([item], 1_000_000, waiting))
    assert (len(waiting), [one.reason for one in rest]) == (200_000, ["too_many_links"])
    monkeypatch.setattr(containers, "MAX_LINKS", 200_002)
    waiting = waiting[:199_999]
    assert list(read_all([item], 1_000_000, waiting)) == []


def test_a_sitemap_gives_fifty_thousand_addresses_and_word_of_one_more() -> None:
    entries = b"".join(b"<url><loc>http://a.example/%d</loc></url>" % number for number in range(50_003))
    assert len(read_sitemap(b"<urlset>" + entries + b"</urlset>")) == 50_001


def test_an_address_of_a_sitemap_has_fewer_than_8000_characters() -> None:
    def found(length: int) -> int:
        return len(read_sitemap(b"<urlset><url><loc>%s</loc></url></urlset>" % (HOST + "a" * length)[:length].encode()))

    assert (found(7_999), found(8_000)) == (1, 0)


def test_a_head_of_50_parts_is_a_prolog_and_of_more_is_none() -> None:
    assert names_pages("<!-- x -->" * 49 + "<rss>") is not None
    assert names_pages("<!-- x -->" * 51 + "<rss>") is None


def test_a_document_is_known_by_its_first_4000_characters() -> None:
    assert sniff_media_type("甲" * 3_980 + "<html>", None) == "text/html"
    assert sniff_media_type("甲" * 4_000 + "<html>", None) == "text/plain"


def test_a_fragment_of_a_page_has_a_tag_every_400_characters() -> None:
    assert sniff_media_type("<p>" + "甲" * 390, None) == "text/html"
    assert sniff_media_type("<p>" + "甲" * 410, None) == "text/plain"


def test_data_are_known_by_the_first_60_lines_and_20000_characters() -> None:
    text = [SENTENCE] * 40
    statements = ["INSERT INTO news VALUES (1);"] * 20
    assert data_format("\n".join(text + statements), None) == "SQL"
    assert data_format("\n".join([*text, SENTENCE, *statements]), None) is None
    assert data_format("\n".join([SENTENCE] * 60 + statements * 3), None) is None
    long = SENTENCE * 11
    assert data_format("\n".join([long] * 40 + statements), None) == "SQL"
    assert data_format("\n".join([long * 2] * 40 + statements), None) is None


def test_a_day_stands_within_400_characters_of_its_item() -> None:
    assert printed_day("甲" * 385 + " 2024-03-05", TODAY) == date(2024, 3, 5)
    assert printed_day("甲" * 400 + " 2024-03-05", TODAY) is None


@pytest.mark.parametrize(
    ("text", "depth", "day"),
    [
        ("县里开会", 6, date(2024, 3, 5)),
        ("县里开会", 7, None),
        ("县里办起邻里食堂", 8, date(2024, 3, 5)),
        ("县里办起邻里食堂", 9, None),
    ],
)
def test_a_day_belongs_to_a_link_six_elements_below_it_and_to_a_headline_three_more(
    text: str, depth: int, day: date | None
) -> None:
    link = "<b>" * depth + f'<a href="/1.html">{text}</a>' + "</b>" * depth
    (anchor,) = read_anchors(parse_markup(f"<div><p>{link}<i>2024-03-05</i></p></div>"), HOST, TODAY)
    assert anchor.listed_on == day


def test_four_elements_tell_one_list_from_another() -> None:
    def places(levels: int) -> int:
        inside = '<li><a href="/{}.html">县里办起邻里食堂</a></li><li><a href="/x{}.html">县里办起夜间课堂</a></li>'
        lists = [
            f'<div class="c{n}">' + "<div>" * levels + f"<ul>{inside.format(n, n)}</ul>" + "</div>" * levels + "</div>"
            for n in range(2)
        ]
        return len({one.place for one in read_anchors(parse_markup("".join(lists)), HOST, TODAY)})

    assert (places(1), places(2)) == (2, 1)


def links(count: int, text: str, place: str = "list", *, first: int = 0, day: str = "") -> str:
    items = "".join(f'<li><a href="/zw/{first + n}.html">{text}</a>{day}</li>' for n in range(count))
    return f'<ul class="{place}">{items}</ul>'


def chosen(markup: str) -> int:
    return len(choose_articles(read_anchors(parse_markup(markup), HOST, TODAY), HOST).anchors)


def test_a_headline_has_seven_characters() -> None:
    assert chosen(links(6, "县里办起老食堂")) == 6
    assert chosen(links(6, "县里办起食堂")) == 0


def test_half_of_a_list_of_articles_are_headlines() -> None:
    menu = "".join(f'<li><a href="/zw/{n}.html">办事</a></li>' for n in range(50, 54))
    assert chosen(links(4, "县里办起老食堂").replace("</ul>", menu + "</ul>")) == 8
    assert chosen(links(3, "县里办起老食堂").replace("</ul>", menu + "</ul>")) == 0


def test_half_of_a_list_with_days_has_days() -> None:
    day = "<i>2024-03-05</i>"

    def page(dated: int) -> str:
        head = links(6, "县里办起老食堂", day=day)
        side = links(dated, "镇上办起老食堂", "side", first=50, day=day)
        return head + side.replace("</ul>", links(4 - dated, "村里办起老食堂", first=80)[17:])

    assert (chosen(page(2)), chosen(page(1))) == (10, 6)


def test_a_list_a_fifth_as_long_as_the_longest_is_part_of_the_section() -> None:
    def page(count: int) -> str:
        return links(20, "县里办起老食堂") + links(count, "镇上办起老食堂", "more", first=70)

    assert (chosen(page(4)), chosen(page(3))) == (24, 20)


def test_an_issue_has_at_most_150_pages() -> None:
    front = "http://paper.example/html/2024-03/20/node_1.htm"
    source = SourceEntry(
        name="paper", locations=("http://paper.example/html/{date:%Y-%m/%d}/node_1.htm",), kind="epaper"
    )
    walk = IssueWalk(source, front, TODAY)
    asked = 0
    while walk.wanted() and asked < 400:
        address = walk.wanted()[0]
        asked += 1
        number = int(address.rpartition("_")[2].removesuffix(".htm"))
        markup = f'<a href="node_{number + 1}.htm">第{number + 1:02}版：要闻</a><a href="content_{number}.htm">镇上办起老食堂</a>'
        walk.take(Fetched(address, "paper", markup.encode(), "text/html"))
    assert asked == 150


def test_a_schedule_has_five_fields() -> None:
    assert SourceEntry(name="a", locations=("http://a.example/",), schedule="0 6 * * *").schedule
    for wrong in ("0 6 * *", "0 6 * * * *"):
        with pytest.raises(ValueError, match="five fields"):
            SourceEntry(name="a", locations=("http://a.example/",), schedule=wrong)
