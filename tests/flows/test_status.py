"""``fangzhi status``: runs, sources that want a look, disk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from flows.command import app
from flows.status import FAILED_IN_A_ROW, sources_in_trouble

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
    assert f"{FAILED_IN_A_ROW} runs" in trouble["dead"]


def test_the_sample_says_how_it_stands(sample_warehouse: Path) -> None:
    result = CliRunner().invoke(app, ["status", "-w", str(sample_warehouse)])
    assert result.exit_code == 0
    for shown in ("documents", "completed", "GB free", "0 want a look"):
        assert shown in result.output
