"""The word lists of this folder, read once on first use."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Head:
    """The last word of a body's name. ``rule``: what must stand before it (``level``, ``stem`` or ``name``).

    ``whole``: the name of a national body, complete as it stands.
    """

    text: str
    kind: str
    rule: str


@cache
def heads_by_ending() -> dict[str, tuple[Head, ...]]:
    """Heads grouped by their last two characters, or by the only one they have; longest first."""
    grouped: dict[str, list[Head]] = {}
    with (_DATA / "heads.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            grouped.setdefault(row["head"][-2:], []).append(Head(row["head"], row["kind"], row["rule"]))
    for name in sorted(words("national")):
        kind = (
            "party"
            if name.startswith(("中央", "中组", "中宣"))
            else "government"
            if name[-1] in "部院局委办厅法检"
            else "social"
        )
        grouped.setdefault(name[-2:], []).append(Head(name, kind, "whole"))
    return {
        ending: tuple(sorted(heads, key=lambda head: (-len(head.text), head.text))) for ending, heads in grouped.items()
    }


@cache
def words(name: str) -> frozenset[str]:
    """The words of ``data/<name>.txt``."""
    return frozenset((_DATA / f"{name}.txt").read_text("utf-8").split())
