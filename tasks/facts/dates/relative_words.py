"""Words for years, days and weeks counted from another one: 去年 (last year), 次年 (the year after), 昨日 (yesterday)."""

from __future__ import annotations

RELATIVE_YEARS = {
    "今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "前年": -2, "大前年": -3, "明年": 1, "后年": 2,
}  # fmt: skip
ANAPHORIC_YEARS = {"当年": 0, "同年": 0, "此年": 0, "该年": 0, "是年": 0, "次年": 1, "翌年": 1}
RELATIVE_DAYS = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "今天": 0, "今日": 0, "今晨": 0, "今早": 0,
    "今晚": 0, "明天": 1, "明日": 1, "后天": 2,
}  # fmt: skip
WEEKDAYS = {char: number for number, char in enumerate("一二三四五六日")} | {"天": 6}
WEEKS = {"上": -1, "本": 0, "这": 0, "下": 1}
