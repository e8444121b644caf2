"""Both sides of the limits of a warehouse: what a line of the site is, what a file, a cell and an answer hold."""

from __future__ import annotations

import re
import zipfile
from contextlib import nullcontext
from pathlib import Path

import duckdb
import polars as pl
import pytest

from warehouse import compaction, exports
from warehouse.analysis_forms import FORMS
from warehouse.overview import read_damage
from warehouse.packs import PACK_SCHEMA, write_pack
from warehouse.planning import plan_lines
from warehouse.questions import answer
from warehouse.reports.page import _cell
from warehouse.reports.pictures import Row, bars, small_multiples
from warehouse.reports.sections import SECTIONS
from warehouse.schemas import core_schemas

NO_LINES = pl.DataFrame(schema=core_schemas()["site_lines"].columns)


def repeated(page_count: int, on: int) -> bool:
    """Whether a line on ``on`` of ``page_count`` pages of a site is one that the site repeats."""
    rows = [
        {"site_key": "s", "line": line, "document_id": f"d{page:03}", "page_key": f"t{page}"}
        for page in range(page_count)
        for line in ("版权", f"第{page}页")[page >= on :]
    ]
    lines = plan_lines(NO_LINES, pl.DataFrame(rows)).repeated
    return "版权" in lines["line"].to_list()


@pytest.mark.parametrize(
    ("page_count", "on", "is_repeated"),
    [(2, 2, False), (3, 3, True), (6, 6, True), (8, 6, True), (8, 5, False), (8, 4, False)],
)
def test_a_line_is_repeated_on_three_pages_and_three_of_four(page_count: int, on: int, is_repeated: bool) -> None:
    assert repeated(page_count, on) == is_repeated


def test_of_a_site_32_pages_are_remembered() -> None:
    rows = [{"site_key": "s", "line": "版权", "document_id": f"d{n:03}", "page_key": f"t{n}"} for n in range(90)]
    assert plan_lines(NO_LINES, pl.DataFrame(rows)).site_lines["page_count"].to_list() == [32]


class _File:
    """A file of so many blocks, as DuckDB tells of it: how many it takes for a table differs from run to run."""

    def __init__(self, total: int, free: int) -> None:
        self.total, self.free = total, free

    def __call__(self, *_: object, **__: object) -> nullcontext[_File]:
        return nullcontext(self)

    def execute(self, query: str) -> _File:
        self.rows: list[tuple[object, ...]] = [
            ("v1.2.0",) if "storage_version" in query else (self.total, self.free),
        ]
        return self

    def fetchall(self) -> list[tuple[object, ...]]:
        return self.rows


@pytest.mark.parametrize(
    ("total", "free", "is_worth_it"), [(60, 20, True), (60, 12, False), (30, 20, False), (40, 11, True)]
)
def test_a_file_of_forty_blocks_is_copied_where_more_than_a_quarter_is_free(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, total: int, free: int, is_worth_it: bool
) -> None:
    monkeypatch.setattr(compaction.duckdb, "connect", _File(total, free))
    assert compaction._is_worth_it(tmp_path / "w.duckdb") == is_worth_it


def test_a_file_of_an_export_has_half_a_million_rows() -> None:
    with duckdb.connect() as connection:
        frames = list(exports._batches(connection, "select range as x from range(1_050_000)"))
    assert [frame.height for frame in frames] == [500_000, 500_000, 50_000]


def test_a_cell_of_a_sheet_shows_as_much_as_excel_takes(tmp_path: Path) -> None:
    flat = exports._Flat("core", "articles", "", "", ())
    exports._write_xlsx(pl.DataFrame({"text": ["甲" * 40_000]}), tmp_path / "a.xlsx", flat)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert sheet.count("甲") == 32_767


def test_a_cell_of_a_report_shows_160_characters() -> None:
    assert _cell("text", "甲" * 160) == f"<td>{'甲' * 160}</td>"
    assert _cell("text", "甲" * 161) == f"<td>{'甲' * 160}…</td>"


def test_an_answer_is_160_characters_wide(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    duckdb.connect(str(path)).close()
    columns = ", ".join(f"{number} as a_column_with_a_name_{number}" for number in range(40))
    shown = answer(path, f"select {columns}", 5)
    assert 120 < max(map(len, shown.split("\n"))) <= 160


def test_a_row_of_a_pack_is_marked_by_16_digits_as_in_all_packs_before(tmp_path: Path) -> None:
    row = {"uri": "a.html", "content_sha256": "0" * 64}
    frame = pl.DataFrame({name: [row.get(name)] for name in PACK_SCHEMA}, schema=PACK_SCHEMA)
    write_pack(frame.drop("body"), [b"<p>"], tmp_path / "one.parquet")
    assert len(pl.read_parquet(tmp_path / "one.parquet")["row_mark"].item()) == 16


def test_a_part_of_a_large_table_has_two_million_rows(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("create table t as select range as x from range(2_000_001)")
        flat = exports._Flat("core", "t", "", "select x from t", (("x", "BIGINT", ""),), large="t")
        written = exports._export_parquet(connection, flat, tmp_path)
    assert [len(pl.read_parquet(path)) for path in written.files] == [2_000_000, 1]


@pytest.mark.parametrize(("practices", "counties", "told"), [(3, 1, 0), (3, 2, 3), (21, 2, 20)])
def test_an_event_history_tells_twenty_practices_of_two_counties_or_more(
    practices: int, counties: int, told: int
) -> None:
    query = next(form.query for form in FORMS if form.name == "event_history")
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            create schema mart;
            create table mart.place_ancestry as
            select '33010' || c as adcode, '330100' as city_adcode, '330000' as province_adcode, c as full_place_name
            from range({counties}) as t (c);
            create table mart.places_by_year as
            select adcode, 'county' as level, 2019 as year, 1 as article_count from mart.place_ancestry;
            create table mart.practices_by_place as
            select
                p::varchar as practice_id, p::varchar as practice_name, adcode, 'county' as level,
                true as is_own_report, false as is_generic, false as is_national,
                date '2019-05-01' as adopted_earliest, date '2019-05-01' as adopted_latest
            from mart.place_ancestry, range({practices}) as t (p);
            """
        )
        assert connection.sql(f"select count(distinct practice_id) from ({query})").fetchall() == [(told,)]


def test_of_the_most_damaged_page_twenty_repairs_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            """
            create schema core;
            create table core.documents as select 'd' as document_id, 'a.html' as uri;
            create table core.repairs as
            select 'd' as document_id, range as ordinal, 'lost' as kind, range // 2 || '?' as damaged, '□' as restored
            from range(50);
            """
        )
    shown = read_damage(path, pl.DataFrame({"id": ["d"]}))
    assert shown["times"].to_list() == [2] * 20, "what comes again is shown once"
    assert shown["damaged"].to_list() == [f"{number}?" for number in range(20)]


def test_pictures_of_a_report_are_as_wide_as_its_text_at_the_most() -> None:
    rows: list[Row] = [{"year": 2019, "places": 3, "claim": "adopted", "name": name} for name in "甲乙丙丁"]
    drawn = [bars(rows, "year", "places", "places"), small_multiples(rows, "year", "places", "claim", "name", "places")]
    for picture in drawn:
        found = re.search(r'<svg[^>]* width="([0-9.]+)', picture)
        assert found is not None
        assert 550 < float(found[1]) < 54 * 16  # rem of 16 pixels


@pytest.mark.parametrize("title", ["Articles by site", "Damage by site"])
def test_a_report_shows_25_sites(title: str) -> None:
    query = next(section.query for section in SECTIONS if section.title == title)
    with duckdb.connect() as connection:
        connection.execute(
            """
            create schema mart;
            create table mart.articles_by_site_and_month as
            select
                's' || range as site, 1 as article_count, 1 as original_count, 0 as reprint_count,
                date '2019-05-01' as month
            from range(40);
            create table mart.damage_by_site as
            select 's' || range as site, 1 as repair_count, map {'lost': 1} as repairs_by_kind from range(40);
            """
        )
        assert len(connection.sql(query).fetchall()) == 25
