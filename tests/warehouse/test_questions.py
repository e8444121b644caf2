"""A question reads the warehouse and nothing else."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.connections import open_warehouse
from warehouse.questions import QuestionError, answer


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table places as select '德清县' as name, 2020 as year")
    return path


@pytest.mark.parametrize(
    "query",
    ["select name from places", "from places", "with p as (from places) select * from p;", "describe places",
     "pivot places on year using count(*)", "select name from places; -- which ones?\n", "select '; -- x' as x",
     "/* all */ from places /* of them */ ; /* now */"],
)  # fmt: skip
def test_every_way_to_read_is_answered(warehouse: Path, query: str) -> None:
    assert "│" in answer(warehouse, query, 5)


@pytest.mark.parametrize(
    "query",
    ["", " ; ", "-- nothing", "select 1; select 2", "drop table places", "copy places to '{out}'", "attach '{out}'",
     "install httpfs", "load httpfs", "set threads = 1", "pragma version", "export database '{out}'",
     "select * from read_csv('/etc/passwd')", "from read_text('/etc/passwd')", "from '/etc/passwd'", "from glob('/*')",
     "select 1; copy places to '{out}'", "insert into places values ('x', 1)", "checkpoint", "call pragma_version()"],
)  # fmt: skip
def test_nothing_else_is_done(warehouse: Path, tmp_path: Path, query: str) -> None:
    before = warehouse.read_bytes()
    with pytest.raises(QuestionError):
        answer(warehouse, query.format(out=tmp_path / "out"), 5)
    assert warehouse.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["w.duckdb"]


@pytest.mark.parametrize("name", ["md:corpus", "s3:corpus.duckdb", "sqlite:corpus.db", "http:corpus", ":memory:"])
def test_the_name_of_a_warehouse_is_no_address(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """DuckDB would take it for one, and ask the net for an extension that knows the way."""
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(warehouse.read_bytes())
    assert "│" in answer(Path(name), "from places", 5)
    with open_warehouse(Path(name)) as connection:
        assert connection.execute("select count(*) from places").fetchone() is not None


def test_a_question_in_another_charset_is_told_as_such(warehouse: Path) -> None:
    with pytest.raises(QuestionError, match="UTF-8") as raised:
        answer(warehouse, "select '县'".encode("gbk").decode("utf-8", "surrogateescape"), 5)
    assert raised.value.exit_status == 2


def test_an_empty_question_is_told_as_such(warehouse: Path) -> None:
    with pytest.raises(QuestionError, match="empty"):
        answer(warehouse, "", 5)
