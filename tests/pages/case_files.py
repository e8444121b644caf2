"""The cases of tests/cases/pages as pytest parameters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).resolve().parents[1] / "cases" / "pages"


def cases(name: str) -> list[Any]:
    """(given, expect) of every case in ``name``.json, named by its label."""
    rows = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return [pytest.param(row["given"], row["expect"], id=row["label"]) for row in rows]
