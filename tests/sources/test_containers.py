"""Archives, feeds and sitemaps: what is in them becomes pages under the pages' own addresses, nothing is lost."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.records import Fetched
from tasks.sources import containers
from tasks.sources.containers import Link, open_container, read_all
from tasks.sources.feeds import read_feed
from tasks.sources.sitemaps import MAX_ENTRIES, read_sitemap
from tasks.sources.warc import read_warc

LIMIT = 1_000_000
PAGE = "<html><body><p>溪口镇的“楼栋议事厅”开了三十六个。</p></body></html>".encode("gbk")
ARTICLE = "<p>" + "溪口镇的楼栋议事厅每周三晚上开门，居民把停车的难题带到厅里来商量。" * 4 + "</p>"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "pages" / "fixtures"


def record(kind: str, body: bytes, http: str | None = "200 OK", headers: Mapping[str, str] | None = None) -> bytes:
    fields = {"Content-Type": "text/html; charset=GBK"} | dict(headers or {})
    if http is not None:
        head = f"HTTP/1.1 {http}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        body = head.encode() + b"\r\n" + body
        fields = {"Content-Type": "application/http; msgtype=response"}
    lines = {
        "WARC-Type": kind,
        "WARC-Target-URI": "https://news.example/1.html",
        "WARC-Date": "2021-03-04T05:06:07Z",
        "WARC-Record-ID": "<urn:uuid:de77d812-183e-4130-9fe9-d878d67bf4b5>",
        "Content-Length": str(len(body)),
    }
    head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in (lines | fields).items())
    return head.encode() + b"\r\n" + body + b"\r\n\r\n"


def pages(archive: bytes) -> list[Fetched]:
    return list(read_warc(io.BytesIO(archive), "a.warc", "test", LIMIT))


def test_a_page_in_an_archive_keeps_its_address_its_claims_and_its_day() -> None:
    (page,) = pages(record("warcinfo", b"software: x", None) + record("request", b"", None) + record("response", PAGE))
    assert page == Fetched(
        "https://news.example/1.html", "test", PAGE, "text/html", "gbk", datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    )


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2021-02-30", "昨天"])
def test_a_record_of_an_impossible_day_is_a_page_of_an_unknown_one(moment: str) -> None:
    archive = record("response", PAGE).replace(b"2021-03-04T05:06:07Z", moment.encode())
    found = pages(archive + record("response", PAGE))
    assert [(page.body, page.fetched_at is None) for page in found] == [(PAGE, True), (PAGE, False)]


def test_a_list_that_breaks_its_reader_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(body: bytes) -> list[object]:
        raise OverflowError("a day nobody thought of")

    monkeypatch.setattr(containers, "read_sitemap", broken)
    sitemap = Fetched(
        "https://a.example/sitemap.xml", "test", b"<urlset><url><loc>https://a.example/1</loc></url></urlset>"
    )
    page = Fetched("https://a.example/1.html", "test", PAGE)
    found = list(read_all([sitemap, page], LIMIT, []))
    assert [(item.uri, item.reason, item.detail) for item in found] == [
        ("https://a.example/sitemap.xml", "processing_failed", "OverflowError: a day nobody thought of"),
        ("https://a.example/1.html", None, None),
    ]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE, mtime=0), {"Content-Encoding": "gzip"}),
        (brotli.compress(PAGE), {"Content-Encoding": "br"}),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), {"Transfer-Encoding": "chunked"}),
        (PAGE, {"Content-Encoding": "gzip"}),
        (PAGE, {"Content-Encoding": "br"}),
        (PAGE, {"Transfer-Encoding": "chunked"}),
    ],
    ids=["gzip", "br", "chunked", "gzip undone", "br undone", "chunks joined"],
)
def test_a_header_about_the_transfer_counts_where_the_bytes_agree(body: bytes, headers: dict[str, str]) -> None:
    found = pages(record("response", body, headers=headers) * 2)
    assert [page.body for page in found] == [PAGE, PAGE]


def test_what_an_archive_could_not_fetch_is_an_input_with_a_reason() -> None:
    archive = (
        record("response", b"gone", "404 Not Found")
        + record("revisit", b"")
        + record("response", b"\x89PNG", headers={"Content-Type": "image/png"})
        + record("response", PAGE * (LIMIT // len(PAGE) + 1))
    )
    assert [page.reason for page in pages(archive)] == ["http_error", "warc_revisit", "binary", "too_large"]


def test_plain_text_extracts_are_read_as_utf_8() -> None:
    (page,) = pages(record("conversion", "楼栋议事厅".encode(), None, {"Content-Type": "text/plain"}))
    assert (page.media_type, page.charset, page.body) == ("text/plain", "utf-8", "楼栋议事厅".encode())


@pytest.mark.parametrize("archive", [b"", b"junk", b"\x1f\x8b", gzip.compress(b"WARC/1.0\r\n", mtime=0)[:-9]])
def test_an_archive_that_holds_no_page_says_so(archive: bytes) -> None:
    (page,) = pages(archive)
    assert (page.uri, page.reason) == ("a.warc", "unreadable_warc")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_an_archive_that_breaks_off_keeps_its_first_pages(pack: Callable[[bytes], bytes]) -> None:
    archive = pack(record("response", PAGE)) + pack(record("response", PAGE * 50))[:-30]
    first, second = pages(archive)
    assert (first.body, second.body, second.reason) == (PAGE, None, "unreadable_warc")


@given(st.binary(max_size=400), st.integers(0, 900))
def test_no_bytes_break_the_readers(noise: bytes, cut: int) -> None:
    archive = record("response", PAGE)[:cut] + noise
    assert all(page.body is not None or page.reason for page in pages(archive))
    fetched = Fetched("https://a.example/f", "test", b"<rss>" + noise)
    links: list[Link] = []
    found = list(read_all([fetched, Fetched("https://a.example/s", "test", b"<urlset>" + noise)], LIMIT, links))
    assert len(found) + len(links) >= 2


def test_an_archive_from_the_web_is_opened_too() -> None:
    fetched = Fetched("https://a.example/x.warc.gz", "test", gzip.compress(record("response", PAGE)))
    assert [page.uri for page in read_all([fetched], LIMIT, [])] == ["https://news.example/1.html"]


def feed(*items: str, charset: str = "utf-8") -> bytes:
    head = f'<?xml version="1.0" encoding="{charset}"?><!-- a <b>comment</b> --><rss version="2.0" xmlns:content="c">'
    return f"{head}<channel><title>山前日报</title>{''.join(items)}</channel></rss>".encode(charset)


def item(link: str, content: str = "", summary: str = "", date: str = "Wed, 05 May 2021 08:00:00 +0800") -> str:
    parts = f"<item><title>议事厅开门</title><link>{link}</link><pubDate>{date}</pubDate>"
    if content:
        parts += f'<encoded xmlns="http://purl.org/rss/1.0/modules/content/"><![CDATA[{content}]]></encoded>'
    return parts + f"<description><![CDATA[{summary}]]></description></item>"


def test_an_entry_is_a_page_where_the_feed_holds_it_whole_and_a_link_where_it_does_not() -> None:
    body = feed(item("https://a.example/1", ARTICLE), item("https://a.example/2", summary="溪口镇的楼栋议事厅……"))
    links: list[Link] = []
    (page,) = read_all([Fetched("https://a.example/feed", "test", body)], LIMIT, links)
    assert page.uri == "https://a.example/1"
    text = (page.body or b"").decode()
    assert "居民把停车的难题带到厅里来商量。" in text
    assert '<meta property="article:published_time" content="2021-05-05T00:00:00+00:00">' in text
    assert '<meta property="og:site_name" content="山前日报">' in text
    assert links == [
        Link(
            "https://a.example/2",
            "test",
            datetime(2021, 5, 5, tzinfo=UTC),
            "https://a.example/feed",
            "议事厅开门",
            date(2021, 5, 5),
        )
    ]


def test_a_feed_is_read_in_the_charset_of_its_bytes_not_the_one_it_declares() -> None:
    body = feed(item("https://a.example/1", ARTICLE), charset="gb18030").replace(b"gb18030", b"utf-8")
    (entry,) = read_feed(body, "https://a.example/feed")
    assert "停车的难题" in (entry.page or b"").decode()


def test_a_time_without_an_offset_stays_one() -> None:
    (entry,) = read_feed(feed(item("https://a.example/1", ARTICLE, date="2021-05-05 08:00:00")), "https://a.example/f")
    assert b'content="2021-05-05T08:00:00"' in (entry.page or b"")


def test_a_local_entry_without_an_address_is_named_after_the_feed() -> None:
    (entry,) = read_feed(feed(item("", summary="溪口镇开了一间议事厅。")), "feeds/a.xml")
    assert entry.uri == "feeds/a.xml#0"
    assert "议事厅" in (entry.page or b"").decode()


def test_a_link_that_is_no_address_does_not_stop_the_feed() -> None:
    first, second = read_feed(feed(item("http://[bad", ARTICLE), item("https://a.example/1")), "https://a.example/f")
    assert (first.uri, first.page is not None, second.uri) == ("https://a.example/f#0", True, "https://a.example/1")


def test_a_sitemap_names_pages_and_an_index_names_sitemaps() -> None:
    days = "<url><loc> https://a.example/1.html </loc><lastmod>2021-05-05</lastmod></url>"
    body = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{days * 2}</urlset>'
    links: list[Link] = []
    assert not list(read_all([Fetched("https://a.example/s.xml.gz", "t", gzip.compress(body.encode()))], LIMIT, links))
    assert links == [
        Link("https://a.example/1.html", "t", datetime(2021, 5, 5, tzinfo=UTC), "https://a.example/s.xml.gz")
    ]
    (entry,) = read_sitemap(b"<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>")
    assert entry.is_sitemap


def test_a_feed_and_a_sitemap_without_entries_are_rejected_by_name() -> None:
    given = [Fetched("f", "t", b"<rss><channel/></rss>"), Fetched("s", "t", b"<urlset></urlset>")]
    assert [page.reason for page in read_all(given, LIMIT, [])] == ["feed_empty", "sitemap_empty"]


def test_a_sitemap_of_too_many_addresses_gives_the_first_of_them_and_says_so() -> None:
    entries = "".join(f"<url><loc>https://a.example/{number}</loc></url>" for number in range(MAX_ENTRIES + 2))
    links: list[Link] = []
    (rest,) = read_all([Fetched("s", "t", f"<urlset>{entries}</urlset>".encode())], LIMIT, links)
    assert (rest.reason, len(links)) == ("too_many_links", MAX_ENTRIES)


@pytest.mark.parametrize(
    "subset", ["", ' [<!ENTITY nbsp "&#160;"><!ENTITY gt "]>">]', ' PUBLIC "-//N" "http://a.example/r.dtd"']
)
def test_a_feed_with_a_document_type_is_a_feed(subset: str) -> None:
    body = feed(item("https://a.example/1", ARTICLE)).replace(b"<rss", f"<!DOCTYPE rss{subset}>\n<rss".encode(), 1)
    (page,) = read_all([Fetched("https://a.example/feed", "test", body)], LIMIT, [])
    assert page.uri == "https://a.example/1"


def test_a_page_is_no_container() -> None:
    assert open_container(Fetched("p", "t", PAGE), LIMIT) is None
    assert open_container(Fetched("p", "t", None, reason="unreachable"), LIMIT) is None


@pytest.mark.skipif(not SHARED.exists(), reason="the shared pages are not here")
def test_real_archives_and_feeds_give_their_pages() -> None:
    counts = {}
    for path in sorted((SHARED / "warc").glob("*.gz")):
        found = pages(path.read_bytes())
        counts[path.name] = (len(found), sum(page.body is not None for page in found))
    assert counts == {"clueweb-quirk.warc.gz": (29, 29), "warcfile.warc.gz": (16, 16)}
    for path in sorted(SHARED.glob("feeds_*/*.com.xml")):
        assert read_feed(path.read_bytes(), path.as_posix()), path.name
