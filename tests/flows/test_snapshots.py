"""``fangzhi run --keep`` and ``fangzhi diff``: earlier states stay, and what changed since them is told."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from flows.command import app
from tests.digests import table_digests
from tests.flows.sample_runs import NOW, RunFlow
from warehouse.files import WarehouseFiles
from warehouse.snapshots import find_state, snapshots

pytestmark = pytest.mark.xdist_group("flow")  # one server and one load of the sample for the group

PLANNED = """德清县将推行门廊议事会
来源：溪畔晚报 2021-03-04
本报讯 德清县莫干山镇计划年底前建立“门廊议事会”，让村民在门廊下商量停车、绿化这些小事。
镇里的干部说，眼下还在听村民的意见，方案定下来以后，先在几个村里看看效果，再谈别的。
"""
ADOPTED = """德清县门廊议事会开张
来源：溪畔晚报 2021-12-20
本报讯 12月20日，德清县莫干山镇建立“门廊议事会”，当天就有二十多位村民坐下来议事。
镇里的干部说，村民在门廊下商量停车、绿化这些小事，办得成的当场定人，办不成的写明缘由。
"""


@pytest.fixture(scope="module")
def warehouse(run_flow: RunFlow, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four runs of which the last three kept two earlier states: a plan, its adoption, then nothing new."""
    folder = tmp_path_factory.mktemp("kept")
    pages, warehouse = folder / "pages", folder / "w.duckdb"
    pages.mkdir()
    for day, text in enumerate((PLANNED, ADOPTED, ADOPTED, ADOPTED), 1):
        (pages / f"{min(day, 2)}.txt").write_text(text, "utf-8")
        run_flow([str(pages)], warehouse, now=NOW.replace(day=day), keep_snapshots=2 if day > 1 else 0)
    return warehouse


def test_as_many_earlier_states_stay_as_are_to_be_kept(warehouse: Path) -> None:
    names = [path.stem for path in snapshots(WarehouseFiles(warehouse))]
    assert names == ["20240702T143000", "20240703T143000"]  # 06:30 UTC, in Asia/Shanghai
    with duckdb.connect(str(snapshots(WarehouseFiles(warehouse))[0]), read_only=True) as connection:
        assert connection.execute("select count(*), max(version) from meta.versions").fetchall() == [(2, 2)]
        assert (
            connection.execute("select run_id from meta.versions where is_current").fetchall()
            == connection.execute("select run_id from core.runs order by started_at desc limit 1").fetchall()
        )


def test_a_run_that_brings_nothing_new_differs_in_nothing(warehouse: Path) -> None:
    result = CliRunner().invoke(app, ["diff", "2024-07-02", "now", "-w", str(warehouse)])
    assert (result.exit_code, result.output.strip()) == (0, "No row differs.")


def test_a_difference_tells_tables_and_practices(run_flow: RunFlow, tmp_path: Path) -> None:
    for number, text in enumerate((PLANNED, ADOPTED), 1):
        (tmp_path / "pages").mkdir(exist_ok=True)
        (tmp_path / "pages" / f"{number}.txt").write_text(text, "utf-8")
        run_flow([str(tmp_path / "pages")], tmp_path / f"{number}.duckdb")
    states = [str(tmp_path / "1.duckdb"), str(tmp_path / "2.duckdb")]
    told = CliRunner().invoke(app, ["diff", *states])
    assert told.exit_code == 0, told.output
    assert "core.articles" in told.output
    assert "门廊议事会" in told.output
    assert "planned → adopted 2021-12-20" in told.output
    back = CliRunner().invoke(app, ["diff", *reversed(states)])
    assert "adopted 2021-12-20 → planned" in back.output


def test_a_state_that_does_not_exist_is_a_bad_argument(warehouse: Path) -> None:
    result = CliRunner().invoke(app, ["diff", "2023-01-01", "-w", str(warehouse)])
    assert result.exit_code == 2
    assert "20240702T143000" in result.output
    with pytest.raises(LookupError):
        find_state(WarehouseFiles(warehouse), "")


def test_a_warehouse_that_somebody_wrote_to_is_kept_with_what_they_wrote(run_flow: RunFlow, tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(PLANNED, "utf-8")
    warehouse = tmp_path / "w.duckdb"
    run_flow([str(tmp_path / "1.txt")], warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema thesis; create table thesis.codes as select 7 as code")
    before = table_digests(warehouse)
    run_flow([str(tmp_path / "1.txt")], warehouse, keep_snapshots=1)
    kept = snapshots(WarehouseFiles(warehouse))
    assert [table_digests(path) for path in kept] == [before]
    with duckdb.connect(str(kept[0]), read_only=True) as connection:
        assert connection.execute("from thesis.codes").fetchall() == [(7,)]


def test_earlier_states_are_kept_on_a_machine_that_begins_with_the_copy_in_the_storage(
    run_flow: RunFlow, tmp_path: Path
) -> None:
    storage = str(tmp_path / "storage")
    states = []
    for day, text in enumerate((PLANNED, ADOPTED), 1):
        (tmp_path / f"{day}.txt").write_text(text, "utf-8")
        (tmp_path / f"machine{day}").mkdir()
        warehouse = tmp_path / f"machine{day}" / "w.duckdb"
        kept = {"storage": storage, "keep_snapshots": 2, "now": NOW.replace(day=day)}
        run_flow([str(tmp_path / f"{day}.txt")], warehouse, **kept)
        states.append(table_digests(warehouse))
    (first,) = snapshots(WarehouseFiles(warehouse))
    assert first.stem == "20240701T143000"
    assert table_digests(first) == states[0]
    assert table_digests(tmp_path / "storage" / "w.duckdb") == states[1]
    told = CliRunner().invoke(
        app, ["diff", "2024-07-01", "now", "-w", str(warehouse)], env={"FANGZHI_STORAGE": storage}
    )
    assert "planned → adopted 2021-12-20" in told.output
