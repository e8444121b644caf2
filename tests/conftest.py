"""What several tests share: where the sample lies, and the settings of an offline Prefect."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from flows.settings import prepare_prefect

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"

prepare_prefect(os.environ)  # before any test imports Prefect


def pytest_configure(config: pytest.Config) -> None:
    """Draw the same examples each time, so that no test fails by chance; ``--hypothesis-seed=7`` draws others.

    There is no time limit for an example: the first one may load a table, and a busy machine proves nothing.
    """
    is_seeded = config.getoption("--hypothesis-seed", default=None) is not None
    settings.register_profile("patient", deadline=None, derandomize=not is_seeded, database=None)
    settings.load_profile("patient")


@pytest.fixture
def sample_pages() -> Path:
    """The folder of the bundled sample's pages."""
    return PROJECT / "tests" / "sample" / "pages"


@pytest.fixture
def shared() -> Path:
    """The folder of shared material beside the project; the test is skipped where a clone has none."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside this clone: its documents are not part of the project")
    return SHARED
