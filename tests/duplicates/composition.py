"""Invented articles for the tests of duplicates: composed from clauses, the same for the same seed."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import polars as pl

from tasks.duplicates.sketches import sketch
from tasks.duplicates.stories import find_stories
from tasks.duplicates.tables import StoryTables

_SUBJECTS = [
    "村支书",
    "网格员",
    "老党员",
    "志愿者",
    "物业经理",
    "楼栋长",
    "居民代表",
    "驻村干部",
    "调解员",
    "社区民警",
    "合作社社长",
    "退休教师",
]
_VERBS = [
    "走访了",
    "登记了",
    "联系了",
    "清理了",
    "修缮了",
    "化解了",
    "核对了",
    "组织了",
    "回访了",
    "筹集了",
    "公示了",
    "整理了",
]
_OBJECTS = [
    "独居老人",
    "楼道杂物",
    "邻里纠纷",
    "低洼路段",
    "路灯线路",
    "积分台账",
    "议事厅",
    "灌溉水渠",
    "停车泊位",
    "健身器材",
    "旧房屋顶",
    "公共菜园",
]
_PLACES = [
    "东岭坡",
    "柳树湾",
    "石桥头",
    "南塘边",
    "旧粮站",
    "青龙渡",
    "枫林口",
    "白沙滩",
    "磨盘山",
    "双井巷",
    "桃花坞",
    "老渡口",
]
_ENDINGS = [
    "大家都说好",
    "事情当天办结",
    "来年还要继续",
    "账目贴在墙上",
    "孩子们也来帮忙",
    "雨停后才收工",
    "镇里派人看过",
    "下月再碰头",
]


def compose(seed: int, sentence_count: int = 20) -> str:
    """An article of so many sentences, one paragraph to four of them."""
    draw = random.Random(seed)
    sentences = [
        f"{draw.choice(_SUBJECTS)}在{draw.choice(_PLACES)}{draw.choice(_VERBS)}{draw.choice(_OBJECTS)}，"
        f"又到{draw.choice(_PLACES)}{draw.choice(_VERBS)}{draw.choice(_OBJECTS)}，{draw.choice(_ENDINGS)}。"
        for _ in range(sentence_count)
    ]
    return "\n".join("".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))


def articles(**texts: str | dict[str, Any]) -> tuple[pl.DataFrame, dict[str, str]]:
    """The frame of articles that ``find_stories`` reads, and their texts; a value is a text or columns with
    ``text``."""
    rows = {name: value if isinstance(value, dict) else {"text": value} for name, value in texts.items()}
    sketched = sketch([row["text"] for row in rows.values()]).to_frame(list(rows))
    columns = {
        "published_on": pl.Date,
        "site": pl.String,
        "outlet": pl.String,
        "uri": pl.String,
        "is_complete": pl.Boolean,
        "repair_count": pl.Int64,
        "lost_char_count": pl.Int64,
    }
    return (
        sketched.with_columns(
            pl.Series(name, [row.get(name) for row in rows.values()], dtype=kind) for name, kind in columns.items()
        ),
        {name: row["text"] for name, row in rows.items()},
    )


def stories_of(**texts: str | dict[str, Any]) -> StoryTables:
    """The stories of these articles, loaded in one batch."""
    frame, text_by_id = articles(**texts)
    return find_stories(frame.clear(), frame, lambda ids: {one: text_by_id[one] for one in ids})


def groups_of(tables: StoryTables) -> set[frozenset[str]]:
    """The articles of each story together."""
    grouped = tables.story_articles.group_by("story_id").agg("article_id")["article_id"].to_list()
    return {frozenset(group) for group in grouped}


def relations_of(tables: StoryTables) -> dict[str, str]:
    return dict(tables.story_articles.select("article_id", "relation").iter_rows())


def roles_of(tables: StoryTables) -> dict[str, str]:
    return dict(tables.story_articles.select("article_id", "role").iter_rows())


def day(number: int) -> date:
    return date(2021, 3, number)
