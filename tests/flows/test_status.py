"""``fangzhi status``: runs, sources that want a look, disk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from flows.command import app
from flows.job import load_sources
from flows.settings import Settings
from flows.status import FAILED_IN_A_ROW, newly_in_trouble, sources_in_trouble
from tests.flows.sample_runs import NOW

pytestmark = pytest.mark.xdist_group("flow")  # one server and one load of the sample for the group


def source_runs(**history: list[tuple[int, int]]) -> pl.DataFrame:
    """New and failed addresses of each source, run after run."""
    start = datetime(2024, 3, 1, tzinfo=UTC)
    rows = [
        {
            "source": source,
            "started_at": start + timedelta(days=day),
            "new_count": new,
            "unchanged_count": 0,
            "failed_count": failed,
            "failure_reasons": ["http_error"] * failed,
            "example": None,
            "run_id": f"run {day}",
        }
        for source, runs in history.items()
        for day, (new, failed) in enumerate(runs)
    ]
    return pl.DataFrame(rows)


def test_a_source_that_fails_again_and_again_or_goes_quiet_wants_a_look() -> None:
    trouble = sources_in_trouble(
        source_runs(
            dead=[(3, 0)] + [(0, 1)] * FAILED_IN_A_ROW,
            recovered=[(3, 0)] + [(0, 1)] * 4 + [(2, 0)],
            quiet=[(3, 0)] + [(0, 0)] * 10,
            slow=[(3, 0)] + [(0, 0)] * 5,
            new=[(5, 1)],
        )
    )
    assert set(trouble) == {"dead", "quiet"}
    assert trouble["dead"].why == f"nothing could be had in the last {FAILED_IN_A_ROW} runs: http_error; "


def test_trouble_is_told_once_when_it_has_lasted() -> None:
    history = source_runs(dead=[(3, 0)] + [(0, 1)] * (FAILED_IN_A_ROW + 1), shaky=[(3, 0), (0, 1)])
    told = [
        sorted(newly_in_trouble(history.filter(pl.col("started_at") <= moment), run_id))
        for run_id, moment in history.select("run_id", "started_at").unique().sort("started_at").iter_rows()
    ]
    assert told == [[]] * FAILED_IN_A_ROW + [["dead"], []]


def test_the_name_of_a_source_is_no_command_to_the_terminal(tmp_path: Path) -> None:
    page, listed = tmp_path / "page.txt", tmp_path / "county.toml"
    page.write_text("县里开会。", "utf-8")
    name = "\\u001b[2J\\u202etowns[red]"
    listed.write_text(f'[[source]]\nname = "{name}"\nlocations = ["{tmp_path / "gone.html"}"]\n', "utf-8")
    load_sources([str(listed), str(page)], tmp_path / "w.duckdb", Settings(workers=1, now=NOW))
    result = CliRunner().invoke(app, ["status", "-w", str(tmp_path / "w.duckdb")])
    assert "␛[2J\N{REPLACEMENT CHARACTER}towns[red]: nothing could be had" in result.output
    assert "\x1b[2J" not in result.output


def test_the_sample_says_how_it_stands(sample_warehouse: Path) -> None:
    result = CliRunner().invoke(app, ["status", "-w", str(sample_warehouse)])
    assert result.exit_code == 0
    for shown in ("documents", "completed", "GB free", "0 want a look"):
        assert shown in result.output
