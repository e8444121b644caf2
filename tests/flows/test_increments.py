"""Days of pages end as the same pages loaded at once, whatever came on which day: what a run leaves alone is right."""

from __future__ import annotations

import json
import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.job import load_sources
from flows.settings import Settings
from tests.benchmarks.bench_duplicates import make_documents
from tests.digests import table_digests
from tests.flows.sample_runs import SAMPLE
from warehouse.files import WarehouseFiles

FIRST_DAY = datetime(2024, 7, 1, 6, 30, tzinfo=UTC)
COMPOSED = 60  # documents, a third of them edited copies of one another


@pytest.fixture
def inputs(tmp_path: Path) -> list[Path]:
    """The files of the sample, those of a folder together, and composed documents in files of a few."""
    folder = tmp_path / "inputs"
    shutil.copytree(SAMPLE / "pages", folder / "pages")
    found = [path for path in sorted((folder / "pages").rglob("*")) if path.is_file()]
    documents = make_documents(COMPOSED, 3)
    for start in range(0, COMPOSED, 6):
        path = folder / f"composed{start:02}.jsonl"
        rows = [{"uri": f"composed/{start + n}", "text": text} for n, text in enumerate(documents[start : start + 6])]
        path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
        found.append(path)
    return found


@pytest.mark.parametrize("is_corrected", [False, True])
@pytest.mark.parametrize("seed", [1, 2])
def test_random_days_of_pages_give_the_tables_of_one_run_over_all(
    inputs: list[Path], seed: int, is_corrected: bool, tmp_path: Path
) -> None:
    draw = random.Random(seed)
    days: list[list[Path]] = [[] for _ in range(3)]
    # The last days bring little, as most do: only then are summaries made anew in parts.
    late = draw.sample(inputs, 4)
    for path in inputs:
        if path not in late:
            draw.choice(days).append(path)
    days += [late[:3], late[3:], []]
    by_day, at_once = tmp_path / "by_day.duckdb", tmp_path / "at_once.duckdb"
    if is_corrected:
        lines = "action,name,place,target\nrename,榫卯联盟,,榫卯共治联盟\nmerge,灶头清单,,茶亭驿站\n"
        for warehouse in (by_day, at_once):
            WarehouseFiles(warehouse).overrides.write_text(lines, "utf-8")
    for number, paths in enumerate(days):
        load(by_day, paths, FIRST_DAY + timedelta(days=number))
    load(at_once, inputs, FIRST_DAY + timedelta(days=len(days) - 1))
    ours, theirs = (table_digests(warehouse, but_for_stories=True) for warehouse in (by_day, at_once))
    assert {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)} == set()


def load(warehouse: Path, paths: list[Path], now: datetime) -> None:
    """Run the job in this process, without Prefect."""
    settings = Settings(workers=1, server=False, now=now, host_delay_seconds=0)
    load_sources([str(path) for path in paths], warehouse, settings)
