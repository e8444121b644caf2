"""The word lists of this folder, read once on first use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tasks.closed_lists import listed
from tasks.lexicon.word_lists import table_rows, word_set
from tasks.records import BodyKind


@dataclass(frozen=True, slots=True)
class Head:
    """The last word of a body's name. ``rule``: what must stand before it (``level``, ``stem`` or ``name``).

    ``whole``: the name of a national body, complete as it stands; ``brand``: that of a firm, where it is words by
    itself.
    """

    text: str
    kind: BodyKind
    rule: str


@cache
def heads_by_ending() -> dict[str, tuple[Head, ...]]:
    """Heads grouped by their last two characters, or by the only one they have; longest first."""
    grouped: dict[str, list[Head]] = {}
    for row in table_rows("data/bodies/heads.csv"):
        grouped.setdefault(row["head"][-2:], []).append(Head(row["head"], listed(BodyKind, row["kind"]), row["rule"]))
    for name in sorted(words("national")):
        kind = _kind_of_national(name)
        grouped.setdefault(name[-2:], []).append(Head(name, kind, "whole"))
    for name in sorted(words("brands")):
        grouped.setdefault(name[-2:], []).append(Head(name, "enterprise", "brand"))
    return {
        ending: tuple(sorted(heads, key=lambda head: (-len(head.text), head.text))) for ending, heads in grouped.items()
    }


def _kind_of_national(name: str) -> BodyKind:
    if name.endswith(("社", "总台", "日报", "电视台", "央视", "新华网", "人民网")):
        return "media"
    if name.endswith("银行"):
        return "enterprise"
    if name.startswith(("中央", "中组", "中宣", "中共")):
        return "party"
    if name.endswith(("移动", "电信", "联通", "邮政", "电网")):
        return "enterprise"
    if name.endswith(
        (
            "部",
            "院",
            "局",
            "办",
            "厅",
            "法",
            "检",
            "人大",
            "政协",
            "常委会",
            "改委",
            "改革委",
            "健委",
            "康委",
            "监会",
            "监督管理委员会",
            "管理总局",
            "军委",
            "国家监委",
            "国家民委",
            "代表大会",
        )
    ):
        return "government"
    return "social"


@cache
def words(name: str) -> frozenset[str]:
    """The words of ``data/bodies/<name>.txt``."""
    return word_set(f"bodies/{name}")
