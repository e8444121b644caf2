"""What the flow tests say to one another: the sample's sources, the moment of their runs, how a run is started."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flows.watching import RunSummary

NOW = datetime(2024, 7, 1, 6, 30, tzinfo=UTC)
SAMPLE = Path(__file__).resolve().parents[1] / "sample"
SAMPLE_SOURCES = [str(SAMPLE / "pages"), str(SAMPLE / "rows.jsonl")]

RunFlow = Callable[..., RunSummary]
