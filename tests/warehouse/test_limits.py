"""Both sides of the limits of a warehouse: what a line of the site is, what a file, a cell and an answer hold."""

from __future__ import annotations

import zipfile
from contextlib import nullcontext
from pathlib import Path

import duckdb
import polars as pl
import pytest

from warehouse import compaction, exports
from warehouse.packs import PACK_SCHEMA, write_pack
from warehouse.planning import plan_lines
from warehouse.questions import answer
from warehouse.reports.page import _cell
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
