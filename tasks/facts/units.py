"""Units and measure words behind a number, and the word each is reported as (块钱 → 元, ㎡ → 平方米, 个小时 → 小时)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

MAX_UNIT_LENGTH = 5

# Behind an Arabic number a measure word is one nearly always; these words are the rest.
_WORDS_NOT_UNITS = frozenset(
    "年级 年代 年度 家庭 部门 项目 条件 条例 人民 单位 区域 度假 处理 处置 面积 面向 名单 名称 台湾 天然 份额 件套 片区 节点 节能 "
    "节日 期间 期限 层次 本科 本级 支持 支部 对于 对口 首先 首届 口岸 道路 道德 行动 行业 章程 股份 级别 号楼 米饭 克拉 周边 周年庆 "
    "位于 批准 届时 排查 所有 所在 所需 只有 车辆 车站 车位 船舶 班子 班级 席位 包括 包联 双向 双方 分别 分布 分析 分类 月子 点位 点钟 年轻 "
    "年底 年初 年末 字形 起来 代表 年龄 家长 家具 家乡 家属 户籍 户型 户外 次日 任务 门口 门店 轮换 折叠 副镇 副县 副主 副书".split()
)


@dataclass(frozen=True, slots=True)
class Unit:
    """``kind``: money, percent, tenths, time, day, hard, count, arabic, side, block, building, floor, major, term, point, group, none."""

    surface: str
    name: str
    factor: float
    kind: str
    not_before: str


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    """Every unit by its surface form."""
    with files("tasks.facts").joinpath("data/units.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["surface"]: Unit(
                row["surface"], row["unit"], float(row["factor"]), row["kind"], row["not_before"] or ""
            )
            for row in csv.DictReader(lines)
        }


def unit_at(text: str, start_char: int, is_arabic: bool) -> Unit | None:
    """The longest unit that begins at ``start_char``, None where the word there is another (三家庭, 5年级).

    >>> unit_at("平方公里的", 0, True).name, unit_at("个小时", 0, True).name, unit_at("年级", 0, True)
    ('平方公里', '小时', None)
    """
    table = units()
    window = text[start_char : start_char + MAX_UNIT_LENGTH]
    for length in range(len(window), 0, -1):
        unit = table.get(window[:length])
        if unit is None:
            continue
        if is_arabic:
            if window[length - 1 : length + 1] in _WORDS_NOT_UNITS:
                continue
        else:
            behind = text[start_char + length : start_char + length + 1]
            if behind and behind in unit.not_before:
                continue
        return unit
    return None
