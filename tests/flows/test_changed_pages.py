"""What an address shows when it is fetched again: the same article, a changed one, or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from tasks.records import Fetched
from tests.flows.sample_runs import NOW, RunFlow
from tests.flows.test_repetition import differences
from warehouse.raw_store import RawStore

pytestmark = pytest.mark.xdist_group("killing")  # one server for the group

URI = "https://www.shanqian.example/2023/0508/1.html"
SHARED_URI = "http://shanqian.example/2023/0508/1.html?v=2&spm=a1.b2"
BODY = (
    "<p>本报讯 连日来，德清县溪口镇的居民把停车难题带进“楼栋议事厅”。全镇已有{count}个议事厅，每周三晚上开门。</p>"
    "<p>“以前有事不知道找谁，现在坐下来就能商量。”居民沈月娥说，楼道里的旧沙发、坏路灯，都是在议事厅里谈妥的。</p>"
    "<p>镇里的干部介绍，一年来议事厅收到意见420条，办结395条，没有办结的也逐条写明了缘由，贴在楼下的公告栏里。</p>"
)


def page(count: int, counter: int) -> str:
    return (
        "<html><head><title>溪口镇推行“楼栋议事厅”</title></head><body><h1>溪口镇推行“楼栋议事厅”</h1>"
        f"<div>2023-05-08 09:00 来源：山前日报 浏览次数：{counter}</div><div>{BODY.format(count=count)}</div></body></html>"
    )


def rows(path: Path, *pages: tuple[str, str, int]) -> str:
    """A file of rows: address, page and the day in May on which it was fetched."""
    lines = [
        json.dumps({"uri": uri, "html": html, "fetched_at": f"2023-05-{day:02}T12:00:00+08:00"})
        for uri, html, day in pages
    ]
    path.write_text("\n".join(lines), "utf-8")
    return str(path)


def test_a_state_of_a_year_to_come_that_an_earlier_version_stored_is_told_of_and_gives_way(
    run_flow: RunFlow, tmp_path: Path
) -> None:
    warehouse = tmp_path / "w.duckdb"
    store = RawStore(tmp_path / "w.raw")
    late = Fetched(URI, "old.jsonl", page(40, 1).encode(), "text/html", fetched_at=NOW.replace(year=2150))
    store.add([late], store.index(), NOW)
    run_flow([rows(tmp_path / "1.jsonl", (URI, page(36, 8), 9))], warehouse)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute("select status, fetched_at is null from core.documents order by all").fetchall()
        told = connection.execute("select uri, source, reason, detail from core.rejections").fetchall()
    assert found == [("loaded", False), ("superseded", True)]
    moments = (f"{moment:%Y-%m-%d %H:%M} UTC" for moment in (NOW.replace(year=2150), NOW))
    detail = "its source says it was fetched at {}, it was stored at {}: it counts as older than all else"
    assert told == [(URI, "old.jsonl", "fetched_in_future", detail.format(*moments))]


def test_one_address_has_one_current_article(run_flow: RunFlow, tmp_path: Path) -> None:
    warehouse, at_once = tmp_path / "w.duckdb", tmp_path / "at_once.duckdb"
    first = rows(tmp_path / "1.jsonl", (URI, page(36, 8), 9))
    again = rows(tmp_path / "2.jsonl", (SHARED_URI, page(36, 977), 10))
    changed = rows(tmp_path / "3.jsonl", (URI, page(38, 1024), 11), (URI, "<html><body>404</body></html>", 12))
    mirror = rows(tmp_path / "4.jsonl", ("https://www.bafang.example/1.html", page(38, 1024), 13))
    run_flow([first], warehouse)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        (article_id,) = connection.execute("select article_id from core.articles").fetchall()[0]
    run_flow([again], warehouse, now=NOW.replace(day=2))
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert connection.execute("select article_id from core.articles").fetchall() == [(article_id,)]
        assert connection.execute(
            "select status, count(*) from core.documents group by all order by all"
        ).fetchall() == [
            ("copy", 1),
            ("loaded", 1),
        ]
    run_flow([changed], warehouse, now=NOW.replace(day=3))
    run_flow([mirror], warehouse, now=NOW.replace(day=4))
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        documents = connection.execute(
            "select d.status, day(d.fetched_at), day(o.fetched_at) from core.documents as d"
            " left join core.documents as o on o.document_id = coalesce(d.copy_of, "
            "d.superseded_by) order by d.fetched_at"
        ).fetchall()
        assert documents == [
            ("superseded", 9, 11),
            ("superseded", 10, 11),
            ("loaded", 11, None),
            ("rejected", 12, None),
            ("loaded", 13, None),
        ]
        relations = connection.execute(
            "select s.relation, a.text like '%38个议事厅%' from core.story_articles "
            "as s join core.articles as a using (article_id)"
            " order by s.position"
        ).fetchall()
        assert relations == [("canonical", True), ("exact", True)]
    run_flow([first, again, changed, mirror], at_once)
    # What a story was called before, and the names of the sources, tell of the runs.
    assert differences(warehouse, at_once, but_for_stories=True) <= {"core.documents", "core.rejections"}
    query = "select * exclude (source) from core.documents order by document_id"
    with duckdb.connect(str(warehouse)) as one, duckdb.connect(str(at_once)) as other:
        assert one.execute(query).fetchall() == other.execute(query).fetchall()
