"""Cases on both sides of a limit: one text whose filling grows by a step, and what is found on either side of it.

In ``text`` the braces ``{}`` stand for what fills it: a string, or so many times what is ``repeated``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

_REACHES = Path(__file__).parent / "cases" / "reaches"


def sides(family: str) -> list[Any]:
    """Text, title and what is found there, for both sides of every limit of the readers of ``family``."""
    return [
        pytest.param(
            case["text"].replace("{}", _filling(side["with"], case.get("repeated", ""))),
            case.get("title", ""),
            side["expect"],
            id=f"{case['label']}: {number}",
        )
        for case in json.loads((_REACHES / f"{family}.json").read_text(encoding="utf-8"))
        for number, side in enumerate(case["sides"])
    ]


def _filling(filling: str | int, repeated: str) -> str:
    return filling if isinstance(filling, str) else filling * repeated
