"""One Prefect server for all flow tests, and the bundled sample loaded once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from prefect.testing.utilities import prefect_test_harness

from flows.gazetteer import gazetteer
from flows.settings import Settings
from flows.watching import RunSummary
from tests.flows.sample_runs import NOW, SAMPLE_SOURCES, RunFlow


@pytest.fixture(scope="session")
def run_flow() -> Iterator[RunFlow]:
    """Run the main job with a fixed clock; keyword arguments are settings."""

    def run(sources: list[str], warehouse: Path, *, rebuild: bool = False, **settings: object) -> RunSummary:
        chosen = Settings.model_validate({"workers": 1, "now": NOW, "host_delay_seconds": 0} | settings)
        return gazetteer(sources, warehouse, rebuild, chosen)

    with prefect_test_harness(server_startup_timeout=180):
        yield run


@pytest.fixture(scope="session")
def sample_warehouse(run_flow: RunFlow, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, loaded into a fresh warehouse with two workers."""
    warehouse = tmp_path_factory.mktemp("sample") / "w.duckdb"
    run_flow(SAMPLE_SOURCES, warehouse, workers=2)
    return warehouse


@pytest.fixture
def sample(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A reading connection to the loaded sample."""
    with duckdb.connect(str(sample_warehouse), read_only=True) as connection:
        yield connection
