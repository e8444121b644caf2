"""A run tells what code it was made by."""

from __future__ import annotations

import re
from datetime import date
from importlib.metadata import version
from pathlib import Path

from flows.code_version import code_version, digest_of, version_of_rows
from tasks.records import FIRST_DAY


def test_the_version_tells_what_was_released_and_what_was_run() -> None:
    assert re.fullmatch(re.escape(version("fangzhi")) + r"\+[0-9a-f]{10}", code_version())


def test_rows_made_with_another_first_day_are_of_another_version() -> None:
    assert version_of_rows(FIRST_DAY) == code_version()
    assert version_of_rows(date(1912, 1, 1)) == f"{code_version()} from 1912-01-01"


def test_other_rules_are_another_version_and_a_warehouse_beside_the_code_is_not(tmp_path: Path) -> None:
    rule = tmp_path / "tasks" / "facts" / "figures.py"
    rule.parent.mkdir(parents=True)
    rule.write_text("LIMIT = 1\n", encoding="utf-8")
    before = digest_of(tmp_path)
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "fangzhi.duckdb").write_bytes(b"rows")
    assert digest_of(tmp_path) == before
    rule.write_text("LIMIT = 2\n", encoding="utf-8")
    assert digest_of(tmp_path) != before
