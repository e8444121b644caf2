"""The two ways from the sample to a diffusion table and a picture, as an analyst would go them."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

pytestmark = pytest.mark.xdist_group("flow")  # one server and one load of the sample for the group

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def test_python_gives_a_table_and_a_picture(
    sample: duckdb.DuckDBPyConnection, sample_warehouse: Path, tmp_path: Path
) -> None:
    command = [sys.executable, str(EXAMPLES / "diffusion.py"), str(sample_warehouse), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    practice = done.stdout.splitlines()[0]
    rows = list(csv.DictReader((tmp_path / "diffusion.csv").read_text("utf-8").splitlines()))
    reached = sample.execute(
        "select max(cumulative_county_count) from mart.practice_adoption_by_year where practice_name = ?", [practice]
    ).fetchall()
    assert int(rows[-1]["counties_so_far"]) == sum(int(row["new_counties"]) for row in rows) == reached[0][0] > 1
    assert practice in (tmp_path / "diffusion.svg").read_text("utf-8")


def test_plain_sql_gives_the_same_curve_drawn_with_bars(sample_warehouse: Path) -> None:
    command = [sys.executable, "-c", "from flows.command import main; main()", "sql", "-w", str(sample_warehouse)]
    script = (EXAMPLES / "diffusion.sql").read_text("utf-8")
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "████" in done.stdout
    assert "榫卯联盟" in done.stdout
    assert "evidence" in done.stdout
