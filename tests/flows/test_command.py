"""What a user sees who makes a mistake: one clear line, the right exit status, and an untouched warehouse."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.digests import table_digests
from tests.flows.sample_runs import NOW, SAMPLE_SOURCES

pytestmark = pytest.mark.xdist_group("flow")  # one server and one load of the sample for the group


def fangzhi(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    code = "from flows.command import main; main()"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def only_line(result: subprocess.CompletedProcess[str]) -> str:
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    return lines[0]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text("本报讯 县里开会。\n", "utf-8")
    return path


def test_a_path_that_does_not_exist_is_a_bad_argument(tmp_path: Path) -> None:
    result = fangzhi("run", tmp_path / "nowhere", "--warehouse", tmp_path / "w.duckdb")
    assert result.returncode == 2
    assert "nowhere" in only_line(result)
    assert list(tmp_path.iterdir()) == []


def test_a_rebuild_needs_a_raw_store_and_a_reader_a_warehouse_of_this_version(tmp_path: Path) -> None:
    result = fangzhi("rebuild", "--warehouse", tmp_path / "w.duckdb")
    assert (result.returncode, "there is no raw store" in only_line(result)) == (2, True)
    with duckdb.connect(str(tmp_path / "other.duckdb")) as connection:
        connection.execute("create table thesis as select 7 as code")
    result = fangzhi("status", "--warehouse", tmp_path / "other.duckdb")
    assert (result.returncode, "holds no tables of Fangzhi" in only_line(result)) == (1, True)


def test_a_warehouse_that_is_no_duckdb_file_is_a_bad_argument_and_left_alone(page: Path, tmp_path: Path) -> None:
    precious = tmp_path / "thesis.txt"
    precious.write_text("three years of work, more than twelve bytes", "utf-8")
    result = fangzhi("run", page, "--warehouse", precious)
    assert result.returncode == 2
    assert "not a DuckDB file" in only_line(result)
    assert precious.read_text("utf-8").startswith("three years")


def test_a_warehouse_that_cannot_be_written_is_a_bad_argument(page: Path) -> None:
    result = fangzhi("run", page, "--warehouse", "/proc/fangzhi/w.duckdb")
    assert result.returncode == 2
    assert "cannot be written" in only_line(result)


def test_a_number_of_workers_that_makes_no_sense_is_a_bad_argument(page: Path, tmp_path: Path) -> None:
    assert fangzhi("run", page, "--warehouse", tmp_path / "w.duckdb", "--workers", "0").returncode == 2
    assert fangzhi("run").returncode == 2


def test_explain_shows_repairs_removals_and_the_article(sample_pages: Path) -> None:
    dump = sorted(sample_pages.glob("m.bafang-zixun.example/*.txt"))[0]
    result = fangzhi("explain", dump)
    assert result.returncode == 0, result.stderr
    for part in ("pinyin 1.00", "byte_shift", "script", "Removed blocks", "spam", "Article 0:"):
        assert part in result.stdout


def test_explain_tells_of_each_fact_what_made_it(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "石桥社区议事\n\n2021-05-06 来源：某某报\n\n　　义乌市石桥社区党委书记周敏走进院子，和居民一起清点车位。"
        "周敏说：“年底前再修三条路，先把东门的灯装上。”义乌市财政局派人到场，答应下周给出方案。\n",
        "utf-8",
    )
    shown = fangzhi("explain", page).stdout
    assert "behind a post +3.5" in shown
    assert "by rule: a verb of saying or a colon before it" in shown
    number = next(line.split()[0] for line in shown.splitlines() if "name 周敏" in line)
    one = fangzhi("explain", page, "--fact", number).stdout
    assert "the characters of surname and given name" in one
    assert "财政局" not in one
    assert fangzhi("explain", page, "--fact", "999").returncode == 2


EVERY_KIND_OF_FACT = (
    "石桥社区议事\n\n2021-05-06 来源：某某报\n\n　　2020年3月，义乌市石桥社区推行“板凳会”机制，累计化解纠纷32件。社区制定"
    "《居民公约》，被列为市级议事示范社区。社区党委书记周敏说：“年底前再修三条路，先把东门的灯装上。”"
    "近日，联盟村计划推行“圆桌会”，义乌市财政局派人到场，答应下周给出方案。\n"
)


def test_explain_leaves_no_fact_without_what_made_it(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(EVERY_KIND_OF_FACT, "utf-8")
    shown = fangzhi("explain", page).stdout
    for part in (
        *(
            "a month of a year",
            "a number with the unit 件",
            "a title behind a verb of issuing",
            "示范社区 behind 列为: designated",
        ),
        *("status: planned: the sign planned_before", "status: adopted: no sign against it"),
        *("metadata: 2021-05-06来源：某某报",),
    ):
        assert part in shown
    facts = [line for line in shown.splitlines() if re.match(r"\s+\d+ ", line)]
    reasons = [line for line in shown.splitlines() if line.startswith(" " * 9) and ": " in line]
    assert len(facts) > 10
    assert len(reasons) >= len(facts)


def test_explain_reads_a_page_as_a_run_into_the_warehouse_would(sample_warehouse: Path, sample_pages: Path) -> None:
    with duckdb.connect(str(sample_warehouse), read_only=True) as connection:
        uri, site_key = connection.execute(
            "select any_value(d.uri), s.site_key from core.site_lines s"
            " join core.documents d on list_contains(s.document_ids, d.document_id) where s.page_count >= 5"
            " group by s.site_key order by s.site_key limit 1"
        ).fetchone()  # type: ignore[misc]
    page = sample_pages / uri.rpartition("pages/")[2]
    shown = fangzhi("explain", page, "--warehouse", sample_warehouse).stdout
    assert re.search(rf"^Site {re.escape(site_key)}: [1-9]\d* lines learned", shown, re.MULTILINE)
    assert fangzhi("explain", page, "--warehouse", sample_warehouse.parent / "none.duckdb").returncode == 2


def test_explain_of_nothing_is_a_bad_argument(tmp_path: Path) -> None:
    assert fangzhi("explain", tmp_path / "nowhere.html").returncode == 2


def test_ask_answers_in_a_table_and_never_writes(sample_warehouse: Path) -> None:
    before = table_digests(sample_warehouse)
    result = fangzhi("ask", "select count(*) as stories from core.stories", "--warehouse", sample_warehouse)
    assert result.returncode == 0
    assert "stories" in result.stdout
    refused = fangzhi("ask", "drop table core.stories", "--warehouse", sample_warehouse)
    assert refused.returncode == 2
    assert table_digests(sample_warehouse) == before


def test_ask_says_once_why_a_damaged_file_cannot_be_opened(sample_warehouse: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.duckdb"
    content = bytearray(sample_warehouse.read_bytes())
    content[12:20] = (999).to_bytes(8, "little")  # the version of its form, in the file's header
    damaged.write_bytes(content)
    result = fangzhi("ask", "select 1", "--warehouse", damaged)
    assert result.returncode == 1
    assert result.stderr.count("Corrupt database file") == 1
    assert "cannot be opened by DuckDB" in result.stderr


def test_help_waits_for_nothing_that_a_run_needs() -> None:
    code = "import sys, flows.command; print(*{'prefect', 'polars', 'duckdb', 'pydantic', 'rich'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""


def test_a_run_without_a_server_knows_no_prefect_and_loads_the_same_rows(
    sample_warehouse: Path, tmp_path: Path
) -> None:
    warehouse = tmp_path / "w.duckdb"
    moment = NOW.isoformat().replace("+00:00", "+0000")
    code = "import sys; sys.modules['prefect'] = None; from flows.command import main; main()"
    command = [sys.executable, "-c", code, "run", *SAMPLE_SOURCES, "-w", warehouse, "--now", moment, "--no-server"]
    environment = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=environment)
    assert result.returncode == 0, result.stderr
    assert table_digests(warehouse) == table_digests(sample_warehouse)
