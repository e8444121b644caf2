"""Units and measure words behind a number, and the word each is reported as (块钱 → 元, ㎡ → 平方米, 个小时 → 小时)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tasks.lexicon.word_lists import table_rows, word_set


@dataclass(frozen=True, slots=True)
class Unit:
    """``kind``: money, percent, tenths, time, day, hard, count, arabic, side, block, building, floor, major, term,
    point, group, region, none."""

    surface: str
    name: str
    factor: float
    kind: str
    not_before: tuple[str, ...]


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    """Every unit by its surface form."""
    return {
        row["surface"]: Unit(row["surface"], row["unit"], float(row["factor"]), row["kind"], _words(row["not_before"]))
        for row in table_rows("data/units.csv")
    }


def _words(field: str) -> tuple[str, ...]:
    return tuple(word for word in field.split("|") if word)


@lru_cache(maxsize=1)
def _by_beginning() -> tuple[dict[str, tuple[Unit, ...]], dict[str, tuple[Unit, ...]]]:
    """The units that can begin with two characters, longest first, and those that are one character, by that."""
    single: dict[str, tuple[Unit, ...]] = {surface: (unit,) for surface, unit in units().items() if len(surface) == 1}
    longer: dict[str, list[Unit]] = {}
    for surface, unit in units().items():
        if len(surface) > 1:
            longer.setdefault(surface[:2], []).append(unit)
    return {
        two: (*sorted(same, key=lambda unit: -len(unit.surface)), *single.get(two[0], ()))
        for two, same in longer.items()
    }, single


_BEHIND_HOUSES = ("乡镇", "乡村")  # 24家|乡镇卫生院 are houses


def unit_at(text: str, start_char: int, is_arabic: bool) -> Unit | None:
    """The longest unit that begins at ``start_char``, None where the word there is another (三家庭, 5年级).

    >>> unit_at("平方公里的", 0, True).name, unit_at("个小时", 0, True).name, unit_at("年级", 0, True)
    ('平方公里', '小时', None)
    """
    by_two, by_one = _by_beginning()
    same = by_two.get(text[start_char : start_char + 2]) or by_one.get(text[start_char : start_char + 1])
    if same is None:
        return None
    for unit in same:
        surface = unit.surface
        if not text.startswith(surface, start_char):
            continue
        end = start_char + len(surface)
        if is_arabic:
            # Behind an Arabic number a measure word is nearly always one; these words are the rest.
            if text[end - 1 : end + 1] in word_set("words_not_units") and not text.startswith(_BEHIND_HOUSES, end):
                continue
        elif unit.not_before and text.startswith(unit.not_before, end):
            continue
        return unit
    return None
