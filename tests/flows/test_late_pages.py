"""What a later page changes in what is known: it may be the original, and it may print what a known page lost."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.flows.sample_runs import NOW, RunFlow
from tests.flows.test_repetition import differences

pytestmark = pytest.mark.xdist_group("killing")  # one server for the group

BODY = (
    "本报讯 连日来，德清县溪口镇的居民把停车难题带进“楼栋议事厅”。全镇已有36个议事厅，每周三晚上开门。\n"
    "“以前有事不知道找谁，现在坐下来就能商量。”居民沈月娥说，楼道里的旧沙发、坏路灯，都是在议事厅里谈妥的。\n"
    "镇里的干部介绍，一年来议事厅收到意见420条，办结395条，没有办结的也逐条写明了缘由，贴在楼下的公告栏里。\n"
)
LOST = "\N{REPLACEMENT CHARACTER}"
REPRINT = f"溪口镇推行“楼栋议事厅”\n2023-05-08 09:00 来源：山前日报\n{BODY.replace('36', LOST * 2)}"
ORIGINAL = f"溪口镇推行“楼栋议事厅”\n2023-05-06 08:00 来源：山前日报\n{BODY}"


def test_a_late_original_leads_its_story_and_fills_in_what_a_reprint_lost(run_flow: RunFlow, tmp_path: Path) -> None:
    folder, warehouse, at_once = tmp_path / "pages", tmp_path / "w.duckdb", tmp_path / "at_once.duckdb"
    folder.mkdir()
    (folder / "reprint.txt").write_text(REPRINT, "utf-8")
    run_flow([str(folder)], warehouse)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert connection.execute("select restored from core.doubtful_runs").fetchall() == [(None,)]
        assert connection.execute("select lost_char_count from core.documents").fetchall() == [(2,)]
        before = connection.execute("select story_id from core.stories").fetchall()

    (folder / "original.txt").write_text(ORIGINAL, "utf-8")
    run_flow([str(folder)], warehouse, now=NOW.replace(day=2))
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        chain = connection.execute(
            "select parse_filename(d.uri), s.role, s.lag_days, a.text like '%已有36个议事厅%', d.lost_char_count"
            " from core.story_articles as s join core.articles as a using (article_id)"
            " join core.documents as d using (document_id) order by s.position"
        ).fetchall()
        assert [row[0] for row in chain] == ["original.txt", "reprint.txt"]
        assert [row[2:] for row in chain] == [(0, True, 0), (2, True, 0)]
        assert connection.execute("select story_id from core.stories").fetchall() == before
        repairs = connection.execute("select damaged, restored from core.repairs where kind = 'twin'").fetchall()
        assert repairs == [("□□", "36")]
        figures = connection.execute("select count(*) from core.figures where value = 36 and unit = '个'").fetchall()
        assert figures == [(2,)]
        changed = connection.execute("select changed_story_count from core.runs order by started_at").fetchall()
        assert changed == [(1,), (1,)]
    run_flow([str(folder)], at_once)
    assert differences(warehouse, at_once, but_for_stories=True) == set()

    # Sketches that another version made are made anew; they never meet those of this one.
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("update core.sketches set sketch_version = 0, gram_count = 1, sample_hashes = [7::ubigint]")
    run_flow([str(folder)], warehouse, now=NOW.replace(day=3))
    assert differences(warehouse, at_once, but_for_stories=True) == set()
