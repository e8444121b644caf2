"""Units and measure words behind a number, and the word each is reported as (块钱 → 元, ㎡ → 平方米, 个小时 → 小时)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Unit:
    """``kind``: money, percent, tenths, time, day, hard, count, arabic, side, block, building, floor, major, term, point, group, region, none."""

    surface: str
    name: str
    factor: float
    kind: str
    not_before: tuple[str, ...]


@lru_cache(maxsize=1)
def _words_not_units() -> frozenset[str]:
    """Behind an Arabic number a measure word is nearly always one; these words are the rest."""
    return frozenset(files("tasks.facts").joinpath("data/words_not_units.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    """Every unit by its surface form."""
    lines = files("tasks.facts").joinpath("data/units.csv").read_text(encoding="utf-8").splitlines()
    return {
        row["surface"]: Unit(row["surface"], row["unit"], float(row["factor"]), row["kind"], _words(row["not_before"]))
        for row in csv.DictReader(lines)
    }


def _words(field: str) -> tuple[str, ...]:
    return tuple(word for word in field.split("|") if word)


@lru_cache(maxsize=1)
def _by_first() -> dict[str, tuple[Unit, ...]]:
    """For each first character the units that begin with it, longest first."""
    found: dict[str, list[Unit]] = {}
    for surface, unit in units().items():
        found.setdefault(surface[0], []).append(unit)
    return {first: tuple(sorted(same, key=lambda unit: -len(unit.surface))) for first, same in found.items()}


def unit_at(text: str, start_char: int, is_arabic: bool) -> Unit | None:
    """The longest unit that begins at ``start_char``, None where the word there is another (三家庭, 5年级).

    >>> unit_at("平方公里的", 0, True).name, unit_at("个小时", 0, True).name, unit_at("年级", 0, True)
    ('平方公里', '小时', None)
    """
    for unit in _by_first().get(text[start_char : start_char + 1], ()):
        surface = unit.surface
        if not text.startswith(surface, start_char):
            continue
        end = start_char + len(surface)
        if is_arabic:
            if text[end - 1 : end + 1] in _words_not_units():
                continue
        elif unit.not_before and text.startswith(unit.not_before, end):
            continue
        return unit
    return None
