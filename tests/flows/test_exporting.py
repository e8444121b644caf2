"""``fangzhi export``: every table in every form, nothing lost, nothing that comes to life in a spreadsheet."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import duckdb
import polars as pl
import pyreadstat
import pytest
from typer.testing import CliRunner

from flows.command import app
from warehouse.codebook import write_codebook
from warehouse.exports import LEFT_OUT, export_tables
from warehouse.formats import SUFFIXES, ExportFormat
from warehouse.models import create_tables

pytestmark = pytest.mark.xdist_group("flow")  # one server and one load of the sample for the group

HARMFUL = ["=HYPERLINK(0)", "+8613800000000", "-1", "@SUM(A1)", "0123", "12345678901234e56789", "2019-07", "3/4"]
HARMFUL += ["＝HYPERLINK(0)", "＋8", "－1", "＠SUM"]  # spreadsheets in China take the full-width signs too


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A warehouse of one table that holds all that a flat file finds hard."""
    path = tmp_path / "odd.duckdb"
    with duckdb.connect(str(path)) as connection:
        create_tables(connection)
        connection.execute(
            "create table mart.odd (name varchar, size double, day "
            "date, said varchar[], pages struct(site varchar, page integer)[])"
        )
        rows = [(text, 1.5, "2024-03-05", ["甲，乙", None], [{"site": "山前网", "page": 2}]) for text in HARMFUL]
        connection.executemany(
            "insert into mart.odd values (?, ?, ?, ?, ?)", [*rows, ("长" * 40_000, None, None, [], None)]
        )
        connection.execute("comment on table mart.odd is 'All that is odd.'")
    return path


def exported(warehouse: Path, folder: Path, form: ExportFormat) -> Path:
    result = CliRunner().invoke(app, ["export", str(folder), "-w", str(warehouse), "--as", form])
    assert result.exit_code == 0, result.output
    return folder


@pytest.mark.parametrize("form", SUFFIXES)
def test_every_table_of_the_sample_is_written_whole(sample_warehouse: Path, tmp_path: Path, form: ExportFormat) -> None:
    folder = exported(sample_warehouse, tmp_path, form)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    listed = {resource["path"] for resource in package["resources"]}
    assert listed == {path.relative_to(folder).as_posix() for path in folder.rglob(f"*.{SUFFIXES[form]}")}
    with duckdb.connect(str(sample_warehouse), read_only=True) as connection:
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('core', 'mart')"
        ).fetchall()
    tables = {name.replace(".", "/") for (name,) in names if name not in LEFT_OUT}
    assert tables <= {path.rpartition(".")[0] for path in listed}
    codebook = (folder / "codebook.md").read_text("utf-8")
    assert all(f"## {table.replace('/', '.')}" in codebook for table in tables)
    assert "| PracticeStatus | adopted |" in codebook
    assert "| adopted_earliest | 最早采纳日 |" in codebook


def test_rows_and_their_lists_come_back_from_parquet(sample_warehouse: Path, tmp_path: Path) -> None:
    exported(sample_warehouse, tmp_path, "parquet")
    spread = pl.read_parquet(tmp_path / "mart" / "practices_by_place.parquet")
    bridge = pl.read_parquet(tmp_path / "mart" / "practices_by_place__story_ids.parquet")
    counted = bridge.group_by("row_number").len().join(spread, on="row_number")
    assert counted.height == spread.height
    assert (counted["len"] == counted["story_count"]).all()


def test_a_terminal_that_shows_an_exported_table_finds_nothing_to_obey(odd: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(odd)) as connection:
        connection.execute("insert into mart.odd (name) select 'http://a.example/' || chr(27) || '[2J' || chr(155)")
    text = (exported(odd, tmp_path / "tables", "csv") / "mart" / "odd.csv").read_text("utf-8")
    assert "http://a.example/\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}" in text
    assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text) is None


def test_a_spreadsheet_finds_no_formula_and_no_number_in_text(odd: Path, tmp_path: Path) -> None:
    exported(odd, tmp_path / "csv", "csv")
    content = (tmp_path / "csv" / "mart" / "odd.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert {row["name"] for row in rows if len(row["name"]) < 99} == {f"'{text}" for text in HARMFUL}
    exported(odd, tmp_path / "xlsx", "xlsx")
    with zipfile.ZipFile(tmp_path / "xlsx" / "mart" / "odd.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "HYPERLINK" in sheet


def test_stata_reads_the_labels_and_the_long_text(odd: Path, tmp_path: Path) -> None:
    exported(odd, tmp_path, "stata")
    frame, about = pyreadstat.read_dta(str(tmp_path / "mart" / "odd.dta"), output_format="polars")
    assert about.file_label == "All that is odd."
    assert set(HARMFUL) <= set(frame["name"])
    pages, _ = pyreadstat.read_dta(str(tmp_path / "mart" / "odd__pages.dta"), output_format="polars")
    assert pages["site"].unique().to_list() == ["山前网"]


def test_one_table_can_be_asked_for_and_an_unknown_one_is_a_bad_argument(odd: Path, tmp_path: Path) -> None:
    assert [table.name for table in export_tables(odd, tmp_path, "csv", frozenset({"mart.odd"}))[0]] == [
        "odd",
        "odd__said",
        "odd__pages",
    ]
    result = CliRunner().invoke(app, ["export", str(tmp_path), "-w", str(odd), "--only", "mart.none"])
    assert (result.exit_code, "mart.none" in result.output) == (2, True)


def test_the_descriptor_is_valid_where_its_validator_is_installed(sample_warehouse: Path, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    exported(sample_warehouse, tmp_path, "csv")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["name", "message"])[:3]


def test_a_large_table_becomes_a_folder_of_parts_with_every_row_once(
    sample_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.exports.ROWS_PER_PART", 100)
    tables, _ = export_tables(sample_warehouse, tmp_path, "parquet", frozenset({"core.figures", "core.stories"}))
    parts = sorted((tmp_path / "core" / "figures").iterdir())
    assert [len(table.files) for table in tables] == [len(parts), 1]
    assert {pl.read_parquet(part).height for part in parts[:-1]} == {100}
    whole = pl.read_parquet(tmp_path / "core" / "figures")
    assert whole.height == whole.unique(["article_id", "start_char"]).height == tables[0].row_count > 500


def test_an_event_history_ends_with_the_adoption_and_knows_nothing_where_nobody_looked(
    sample_warehouse: Path, tmp_path: Path
) -> None:
    exported(sample_warehouse, tmp_path, "parquet")
    history = pl.read_parquet(tmp_path / "analysis" / "event_history.parquet")
    cascades = pl.read_parquet(tmp_path / "analysis" / "cascades.parquet")
    joint = cascades.filter(pl.col("practice") == "榫卯联盟")
    events = history.filter((pl.col("practice") == "榫卯联盟") & (pl.col("event") == 1))
    assert sorted(events["place_name"]) == sorted(joint["place_name"])
    assert sorted(events["year"]) == sorted(joint["adopt_year"])
    assert history.group_by("practice", "adcode").agg(pl.col("event").sum())["event"].max() == 1
    last = history.group_by("practice", "adcode").agg(
        pl.col("event").sort_by("year").last(), pl.col("event").sum().alias("n")
    )
    assert last.filter((pl.col("n") == 1) & (pl.col("event") != 1)).height == 0
    unseen = history.filter((pl.col("is_covered") == 0) & pl.col("event").is_not_null())
    assert set(unseen["event"]) <= {1}, "a year without an article is no year without the practice"
    late = events.sort("year").row(-1, named=True)
    assert late["adopted_anywhere"] == sum(joint["adopt_year"] < late["year"])


@pytest.mark.parametrize("form", SUFFIXES)
def test_the_codebook_holds_the_scripts_that_read_the_analysis_tables(
    sample_warehouse: Path, tmp_path: Path, form: ExportFormat
) -> None:
    tables, entries = export_tables(sample_warehouse, tmp_path, form, frozenset({"analysis.event_history"}))
    codebook = write_codebook(tmp_path, tables, entries, form).read_text("utf-8")
    scripts = sorted(path.name for path in (tmp_path / "analysis").iterdir() if path.suffix in {".R", ".do"})
    assert scripts == (["event_history.R"] if form == "parquet" else ["event_history.R", "event_history.do"])
    for name in scripts:
        script = (tmp_path / "analysis" / name).read_text("utf-8")
        assert f"event_history.{SUFFIXES[form]}" in script
        assert script.strip() in codebook
        assert len(script.splitlines()) <= 10


def test_r_reads_the_event_history_and_fits_a_model(sample_warehouse: Path, tmp_path: Path) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("R is not installed")
    exported(sample_warehouse, tmp_path, "csv")
    folder = tmp_path / "analysis"
    done = subprocess.run(
        [program, "event_history.R"], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "adopted_in_province" in done.stdout


# What the script asks of R's NetworkInference, which only CRAN has: that the events are in the form it takes.
_NETWORK_INFERENCE = """
as_cascade_long <- function(data, cascade_node_name, event_time, cascade_id) {
  stopifnot(is.numeric(data[[event_time]]), !anyNA(data), min(table(data[[cascade_id]])) > 1)
  stopifnot(!anyDuplicated(data[c(cascade_id, cascade_node_name)]))
  data
}
netinf <- function(cascades, trans_mod, n_edges, params) cascades
"""


def test_r_reads_the_cascades_and_hands_on_only_those_with_a_second_place(
    sample_warehouse: Path, tmp_path: Path
) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("R is not installed")
    exported(sample_warehouse, tmp_path, "csv")
    script = tmp_path / "analysis" / "cascades.R"
    lines = script.read_text("utf-8").replace("library(NetworkInference)", _NETWORK_INFERENCE)
    script.write_text(lines, "utf-8")
    done = subprocess.run(
        [program, "--encoding=UTF-8", script.name],
        cwd=script.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "榫卯联盟" in done.stdout
