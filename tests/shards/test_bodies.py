"""What the fetching of a shard brings into the raw store: pages, whatever held or named them, each asked for once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from tasks.records import Fetched
from tasks.shards.fetched_bodies import fetch_bodies, plan_body_shards
from tasks.shards.visits import Visits, VisitSettings
from tasks.sources.containers import Link
from tasks.sources.inputs import Input, plan_inputs
from tasks.sources.manners import FetchManners
from tasks.sources.source_lists import SourceEntry
from tests.sources.loopback import LOOPBACK, Request, loopback_web, serving
from warehouse.raw_store import RawStore
from warehouse.visit_log import VisitLog

NOW = datetime(2021, 5, 6, tzinfo=UTC)
MANNERS = FetchManners("test", 1.0, 1_000, 1, 0.0, NOW)
PATIENT = FetchManners("test", 10.0, 100_000, 1, 0.0, NOW, allow_private=LOOPBACK)


class Web:
    """Hosts that answer from a table, and remember what they were asked for."""

    def __init__(self, **pages: str) -> None:
        self.texts = {f"https://a.example/{name}": text for name, text in pages.items()}
        self.asked: list[str] = []
        self.now = NOW

    def __call__(
        self, manners: FetchManners, pauses: Mapping[tuple[str, str], datetime] | None = None
    ) -> AbstractContextManager[Web]:
        return nullcontext(self)

    def pauses(self) -> dict[tuple[str, str], datetime]:
        return {}

    def pages(self, inputs: Sequence[Input]) -> Iterator[Fetched]:
        for entry in inputs:
            self.asked.append(entry.locator.rpartition("/")[2])
            if entry.locator in self.texts:
                yield Fetched(
                    entry.locator, entry.source, self.texts[entry.locator].encode(), "text/html", None, self.now
                )
            else:
                yield Fetched(entry.locator, entry.source, None, reason="http_error", detail="404")


def sitemap(*names: str, changed: str = "", element: str = "url") -> str:
    day = f"<lastmod>{changed}</lastmod>" if changed else ""
    entries = "".join(f"<{element}><loc>https://a.example/{name}</loc>{day}</{element}>" for name in names)
    root = "urlset" if element == "url" else "sitemapindex"
    return f"<{root}>{entries}</{root}>"


def visit_of(folder: Path, day: int = 6) -> VisitSettings:
    return visit_at(folder, NOW.replace(day=day))


def visit_at(folder: Path, now: datetime) -> VisitSettings:
    return VisitSettings(
        f"run {now:%m-%d}", now, VisitLog(folder / "visits"), folder / "unread.parquet", 30, folder / "progress"
    )


def run(folder: Path, web: Web, monkeypatch: pytest.MonkeyPatch, *sources: str, now: datetime = NOW) -> pl.DataFrame:
    web.now = now
    monkeypatch.setattr("tasks.sources.web.Web", web)
    store = RawStore(folder / "raw")
    store.index().write_parquet(folder / "index.parquet")
    frames = []
    for number, shard in enumerate(plan_body_shards(plan_inputs(sources), 100, 1_000_000)):
        out = folder / f"{number}.parquet"
        visit = visit_at(folder, now)
        fetch_bodies(shard, store, folder / "index.parquet", out, PATIENT, 100, 1_000_000, visit)
        frames.append(pl.read_parquet(out))
    return pl.concat(frames).sort("uri")


def names(frame: pl.DataFrame) -> list[tuple[str, str | None]]:
    return [(uri.rpartition("/")[2], reason) for uri, reason in frame.select("uri", "reason").iter_rows()]


def test_pages_named_by_an_index_of_sitemaps_are_fetched_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web(index=sitemap("s1", "s2", element="sitemap"), s1=sitemap("1", "2"), s2=sitemap("2", "3"))
    web.texts |= {"https://a.example/1": "<p>甲", "https://a.example/2": "<p>乙"}
    found = run(tmp_path, web, monkeypatch, "https://a.example/index", "https://a.example/1")
    assert names(found) == [("1", None), ("2", None), ("3", "http_error")]
    assert sorted(web.asked) == ["1", "2", "3", "index", "s1", "s2"]


def test_a_page_is_known_by_all_its_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web(index=sitemap("1", "2"))
    web.texts |= {"https://a.example/1": "<p>甲", "https://a.example/2": "<p>乙", "http://a.example/3": "<p>丙"}
    run(tmp_path, web, monkeypatch, "https://a.example/index", "https://a.example/2")
    moved = sitemap("1", "2", "3", "3?spm=a.1").replace("https://a.", "http://www.a.")
    web.texts["https://a.example/index"] = moved.replace("http://www.a.example/3", "http://A.example:80/3")
    run(tmp_path, web, monkeypatch, "https://a.example/index", "https://a.example/2", now=NOW + timedelta(days=1))
    assert Counter(web.asked) == {"index": 2, "1": 1, "2": 2, "3": 1}


def test_a_page_that_is_there_is_asked_for_again_only_when_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web(index=sitemap("1"))
    web.texts["https://a.example/1"] = "<p>甲"
    first = run(tmp_path, web, monkeypatch, "https://a.example/index")
    again = run(tmp_path, web, monkeypatch, "https://a.example/index")
    assert web.asked == ["index", "1", "index"]
    assert first.equals(again)
    web.texts["https://a.example/index"] = sitemap("1", changed="2021-06-01")
    run(tmp_path, web, monkeypatch, "https://a.example/index")
    assert web.asked[3:] == ["index", "1"]


def test_a_page_that_a_feed_named_is_checked_once_after_some_days_though_the_feed_no_longer_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def feed(*names: str) -> str:
        items = "".join(f"<item><title>{name}</title><link>https://a.example/{name}</link></item>" for name in names)
        return f"<rss><channel>{items}</channel></rss>"

    web = Web(feed=feed("1", "2"))
    web.texts |= {f"https://a.example/{name}": f"<p>{name}" for name in "1234"}
    run(tmp_path, web, monkeypatch, "https://a.example/feed")
    web.texts["https://a.example/feed"] = feed("3")
    for day in (NOW + timedelta(days=29), NOW + timedelta(days=30), NOW + timedelta(days=90)):
        web.asked.clear()
        run(tmp_path, web, monkeypatch, "https://a.example/feed", now=day)
        expected = {29: ["feed", "3"], 30: ["1", "2", "feed"], 90: ["3", "feed"]}[(day - NOW).days]
        assert sorted(web.asked) == sorted(expected)


def test_a_run_that_is_stopped_before_it_has_noted_what_a_feed_names_asks_for_the_feed_again(tmp_path: Path) -> None:
    visits = Visits([], visit_of(tmp_path), RawStore(tmp_path / "raw").index(), asks_the_web=True)
    visits.note(Fetched("https://a.example/feed", "feed", b"<rss/>", etag='"1"'))
    visits.close([], {})
    assert visit_of(tmp_path).log.index_states().is_empty()
    visits.note(Fetched("https://a.example/feed", "feed", b"<rss/>", etag='"1"'))
    visits.follow([Link("https://a.example/1", "feed", None, "https://a.example/feed")])
    visits.close([], {})
    assert visit_of(tmp_path).log.index_states()["etag"].to_list() == ['"1"']
    assert visit_of(tmp_path).log.first_listed()["uri"].to_list() == ["https://a.example/1"]


def test_a_row_fetched_in_a_year_to_come_hides_no_later_state_and_is_taken_when_the_year_has_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = tmp_path / "rows.jsonl"
    states = (("甲", "2150-01-01T00:00:00Z"), ("乙", "2021-05-05T00:00:00Z"), ("丙", "9999-12-31T00:00:00Z"))
    told = [{"uri": f"https://a.example/{text}", "text": text, "fetched_at": moment} for text, moment in states]
    rows.write_text("\n".join(map(json.dumps, told)), "utf-8")
    assert names(run(tmp_path, Web(), monkeypatch, str(rows))) == [
        ("丙", None),
        ("乙", None),
        ("甲", "fetched_in_future"),
    ]
    (refused,) = RawStore(tmp_path / "raw").index().filter(pl.col("reason").is_not_null()).iter_rows(named=True)
    assert (refused["source"], refused["fetched_at"]) == (str(rows), None)
    assert refused["detail"] == "its source says it was fetched at 2150-01-01 00:00 UTC, it is 2021-05-06 00:00 UTC"
    found = run(tmp_path, Web(), monkeypatch, str(rows), now=NOW.replace(year=2150))
    assert names(found) == [("丙", None), ("乙", None), ("甲", None)]


def test_a_page_fetched_on_the_second_day_of_a_run_is_none_of_the_future(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class SlowWeb(Web):
        def pages(self, inputs: Sequence[Input]) -> Iterator[Fetched]:
            self.now = NOW + timedelta(days=3)
            return super().pages(inputs)

    web = SlowWeb(one="<p>甲")
    assert names(run(tmp_path, web, monkeypatch, "https://a.example/one")) == [("one", None)]


def test_sitemaps_that_name_each_other_come_to_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web(**{f"s{number}": sitemap(f"s{number + 1}", element="sitemap") for number in range(9)})
    web.texts["https://a.example/loop"] = sitemap("loop", element="sitemap")
    found = run(tmp_path, web, monkeypatch, "https://a.example/s0", "https://a.example/loop")
    assert names(found) == [("s4", "too_deep")]


def test_a_local_feed_leads_to_the_web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = "<rss><channel><item><title>甲</title><link>https://a.example/1</link></item></channel></rss>"
    (tmp_path / "feed.xml").write_text(feed, "utf-8")
    web = Web()
    web.texts["https://a.example/1"] = "<p>甲"
    assert names(run(tmp_path, web, monkeypatch, str(tmp_path / "feed.xml"))) == [("1", None)]


def test_a_section_brings_its_articles_and_asks_for_them_once(tmp_path: Path) -> None:
    items = "".join(
        f'<li><a href="/a/t{n}.html">{town}镇办起院坝议事会</a><span>2021-05-0{n}</span></li>'
        for n, town in enumerate(["南岭", "青石", "河湾"], 1)
    )
    pages = {"/a/": f"<ul>{items}</ul>"} | {f"/a/t{n}.html": f"<p>第{n}篇</p>" for n in (1, 2)}
    store = RawStore(tmp_path / "raw")
    with loopback_web(pages) as web:
        entry = SourceEntry(name="towns", kind="section", locations=(f"{web.address}/a/",))
        inputs = [Input("index", entry.locations[0], entry.name, entry=entry)]
        for morning in (1, 2):
            store.index().write_parquet(tmp_path / "index.parquet")
            out = tmp_path / f"{morning}.parquet"
            visit = visit_of(tmp_path, morning)
            fetch_bodies(inputs, store, tmp_path / "index.parquet", out, PATIENT, 100, 1_000_000, visit)
        assert web.asked.count("/a/") == 2
        assert web.asked.count("/a/t1.html") == 1
    became = pl.read_parquet(tmp_path / "1.parquet").select("uri", "reason").rows()
    assert [(uri.rpartition("/")[2], reason) for uri, reason in became] == [
        ("t1.html", None),
        ("t2.html", None),
        ("t3.html", "http_error"),
    ]


def test_a_source_that_is_dead_is_left_alone_for_longer_and_longer_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = tmp_path / "list.toml"

    def write(address: str) -> None:
        alive = '[[source]]\nname = "alive"\nlocations = ["https://a.example/1"]\n'
        listed.write_text(f'{alive}[[source]]\nname = "dead"\nlocations = ["{address}"]\n', "utf-8")

    write("https://a.example/dead")
    web = Web()
    web.texts["https://a.example/1"] = "<p>甲"
    asked_on, said_on = [], []
    for day in range(24):
        web.asked.clear()
        found = run(tmp_path, web, monkeypatch, str(listed), now=NOW + timedelta(days=day))
        asked_on += [day] if "dead" in web.asked else []
        said_on += [day] if ("dead", "source_resting") in names(found) else []
        assert "1" in web.asked
    assert asked_on == [0, 1, 2, 3, 4, 5, 7, 11, 18]
    assert sorted([*asked_on, *said_on]) == list(range(24))
    write("https://a.example/moved")
    web.asked.clear()
    run(tmp_path, web, monkeypatch, str(listed), now=NOW + timedelta(days=24))
    assert "moved" in web.asked, "a source whose entry was mended is asked at once"


def test_an_address_given_by_itself_is_asked_however_often_it_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    for day in range(9):
        run(tmp_path, web, monkeypatch, "https://a.example/dead", now=NOW + timedelta(days=day))
    assert web.asked == ["dead"] * 9


def test_a_host_that_asked_for_a_day_is_left_alone_in_the_runs_of_that_day(tmp_path: Path) -> None:
    asked: list[str] = []

    def reply(request: Request) -> None:
        asked.append(request.path)
        if request.path == "/robots.txt":
            request.answer(status="404 Not Found")
        else:
            request.answer(status="429 Too Many Requests", headers=["Retry-After: 86400"])

    store = RawStore(tmp_path / "raw")
    store.index().write_parquet(tmp_path / "index.parquet")
    with serving(reply) as port:
        inputs = [Input("url", f"http://127.0.0.1:{port}/1", "one")]
        for hours in (0, 2, 22, 25):
            now = NOW + timedelta(hours=hours)
            manners, out = replace(PATIENT, now=now), tmp_path / "out.parquet"
            visit = replace(visit_at(tmp_path, now), run_id=f"run {hours}")
            fetch_bodies(inputs, store, tmp_path / "index.parquet", out, manners, 100, 1_000_000, visit)
            asked.append(f"{hours}: {pl.read_parquet(out)['detail'][0]}")
    pause = "the host asked for a pause until 2021-05-07 00:00:00 UTC"
    assert [one for one in asked if one != "/robots.txt"] == [
        "/1", "0: 429 Too Many Requests", f"2: {pause}", f"22: {pause}", "/1", "25: 429 Too Many Requests",
    ]  # fmt: skip
