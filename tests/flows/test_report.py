"""``fangzhi report``: one page that needs nothing else, on which text of pages is text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from prefect import get_client
from typer.testing import CliRunner

from flows.command import app
from tests.flows.sample_runs import RunFlow
from warehouse.reports.page import _cell, write_report
from warehouse.reports.pictures import boundary_map, tile_grid
from warehouse.reports.sections import SECTIONS, practice_sections

pytestmark = pytest.mark.xdist_group("flow")  # one server and one load of the sample for the group


def test_the_report_is_one_page_with_a_picture_its_query_and_its_caveat(sample_warehouse: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    result = CliRunner().invoke(app, ["report", str(target), "-w", str(sample_warehouse)])
    assert result.exit_code == 0, result.output
    page = target.read_text("utf-8")
    assert page.count("<section") == len(SECTIONS)
    assert page.count("<svg") == sum(section.picture is not None for section in SECTIONS)
    assert page.count('class="caveat"') == page.count("<summary>SQL</summary>") == len(SECTIONS)
    assert "榫卯联盟" in page
    assert re.findall(r"<(?:link|img|iframe|object|image)\b|\bsrc=|url\((?!#)|@import", page) == []
    assert "<script" not in page


def test_a_practice_has_a_page_of_its_own_and_an_unknown_one_is_a_bad_argument(
    sample_warehouse: Path, tmp_path: Path
) -> None:
    target = tmp_path / "one.html"
    assert write_report(sample_warehouse, target, "榫卯联盟") == len(practice_sections("榫卯联盟"))
    page = target.read_text("utf-8")
    assert "金华市兰溪市" in page
    assert [section.title for section in practice_sections("榫卯联盟") if f"<h2>{section.title}</h2>" not in page] == []
    evidence = re.search(r"<code>([0-9a-f]+:\d+)</code>", page)
    assert evidence is not None
    cited = CliRunner().invoke(app, ["cite", evidence[1], "-w", str(sample_warehouse)])
    assert "榫卯联盟" in cited.output
    result = CliRunner().invoke(
        app, ["report", str(target), "-w", str(sample_warehouse), "--practice", "<b>无此事</b>"]
    )
    assert (result.exit_code, "无此事" in result.output) == (2, True)


def test_each_province_has_a_tile() -> None:
    picture = tile_grid([{"province": "四川省", "count": 7}, {"province": "内蒙古自治区", "count": 3}], "stories")
    for shown in ("四川", "内蒙古", "香港", ">7<", ">3<"):
        assert shown in picture


def test_a_map_of_the_users_own_takes_the_place_of_the_tiles(sample_warehouse: Path, tmp_path: Path) -> None:
    corners = [[119, 28], [121, 28], [121, 30], [119, 28]]
    assert _filled(corners) == _filled(corners[::-1]), "a map fills its provinces whichever way its rings run"
    shapes = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"gb": "156330000", "name": "<script>alert(1)</script>"},
                "geometry": {"type": "Polygon", "coordinates": [corners]},
            }
        ],
    }
    path, target = tmp_path / "own.geojson", tmp_path / "out.html"
    path.write_text(json.dumps(shapes), "utf-8")
    options = ["report", str(target), "-w", str(sample_warehouse), "--boundaries", str(path)]
    result = CliRunner().invoke(app, options)
    assert result.exit_code == 0, result.output
    page = target.read_text("utf-8")
    assert 'aria-roledescription="geoshape"' in page
    assert "黑龙江" not in page
    assert "<script" not in page
    path.write_text('{"features": [{"properties": {}}]}', "utf-8")
    result = CliRunner().invoke(app, options)
    assert (result.exit_code, "adcode" in result.output) == (2, True)


def _filled(ring: list[list[int]]) -> int:
    """How many points the shape of a province has that is drawn with ``ring``."""
    feature = {"properties": {"adcode": 330000}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    picture = boundary_map([{"adcode": "330000", "count": 2}], "stories", {"features": [feature]})
    shape = re.search(r'aria-roledescription="geoshape"[^>]* d="([^"]+)"', picture)
    assert shape is not None
    return shape[1].count(",")


def test_text_of_pages_is_text_on_the_report(tmp_path: Path) -> None:
    cell = (
        _cell("page", 'javascript:alert("x")'),
        _cell("page", 'http://a.example/"onmouseover="x'),
        _cell("name", "<b>"),
    )
    assert cell[0].startswith("<td>javascript")
    assert 'href="http://a.example/&quot;onmouseover=&quot;x"' in cell[1]
    assert cell[2] == "<td>&lt;b&gt;</td>"


def test_each_run_writes_the_page_anew_and_links_to_it_and_does_not_fail_by_it(
    run_flow: RunFlow, tmp_path: Path
) -> None:
    article = tmp_path / "in" / "1.txt"
    article.parent.mkdir()
    text = "石狮市推行“邻里茶桌”，320户居民每周三晚上在巷口坐下来商量修路的事，办不成的也写明缘由。\n"
    article.write_text("一张茶桌议出来的路\n2021年3月4日 来源：石狮日报\n" + text * 3, "utf-8")
    page = tmp_path / "site" / "corpus.html"
    given = {"report": page, "report_url": "https://fangzhi.example.cn/corpus.html"}
    run_flow([str(article.parent)], tmp_path / "w.duckdb", **given)
    assert "<svg" in page.read_text("utf-8")
    with get_client(sync_client=True) as client:
        link = client.request("GET", "/artifacts/{key}/latest", path_params={"key": "report"}).json()
    assert "(https://fangzhi.example.cn/corpus.html)" in link["data"]
    page.unlink()
    page.mkdir()  # nothing can be written there
    run_flow([str(article.parent)], tmp_path / "w.duckdb", **given)
