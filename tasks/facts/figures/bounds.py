"""On which side of a stated number the quantity lies: 不少于30户 at least, 不足四成 less than.

以上, 以下 and 以内 include the number, 超过, 不满 and 不足 do not (the Civil Code, article 1259, says so of laws; notices
and papers follow it). What 多 and 余 add is no bound but a rounded number.
"""

from __future__ import annotations

import re
from typing import cast

from tasks.facts.text.needed import led
from tasks.records import Bound

# What may stand between the word of a bound and the number: 不得超过了, 最高可给予奖励.
_LINK = (
    r"(?:[了过可能只达到为是有要按]|给予?|奖励?|补贴|补助|补|处|罚款?|支付|获得?|提供|贷款?|授信|享受|支持|报销){0,4}"
)
# A negation opens the longer word, and the search finds the leftmost: 不超过 is read before 超过.
_WORD_BEFORE = led(
    r"(?:(?P<at_least>不[得应能可宜]?(?:少于|低于|小于|短于)|至少|最少|最低|起码|≥)"
    r"|(?P<at_most>[不未][得应能可宜许准会再]{0,2}(?:超过|超出|超|多于|高于|大于|长于|逾|突破)|至多|最多|最高|≤)"
    r"|(?P<less_than>不足|不到|不满|[未没][满足到达]|低于|少于|小于|短于|[<＜])"
    r"|(?P<more_than>超过|超出|超|逾|突破|[多高大]于|不止|年过|[>＞]))"
    rf"(?P<link>{_LINK})$"
)
# These two say nothing but a bound, whatever verb they limit: 至少安排2名, 最多办理5件.
_WITH_A_VERB = led(r"(?:(?P<at_least>至少|起码)|(?P<at_most>至多|最多|限))[[:han:]]{1,3}$")
_FIRST_BEFORE = re.compile(r"[不限至最起≥未上≤没低少小短<＜超逾突多高大年>＞]")
_REACH = 12  # characters: a word of four, and a verb or two
# An extreme that was met is no bound (最多时达到500人): the verb has to grant or to allow.
_EXTREMES = frozenset(("最少", "最低", "最多", "最高"))
_GRANTS = re.compile(r"[可能给奖补助处罚付获供贷授享持销额]")
_MET = re.compile(r"[达到]")
_NO_VERB = re.compile(r"[的时达到是了]")
_SIDES = ("at_least", "at_most", "less_than", "more_than")
_WITHIN: dict[str, Bound] = {"不足": "less_than", "不到": "less_than"}
_WORD_BEHIND = re.compile(
    r"(?:[（(]不?含[^（）()]{0,8}[）)])?(?:(?P<at_least>以上|之上|起步|起(?=[，。；、）]|$))|(?P<at_most>以下|以内|之内|封顶|为限|内))"
)
_FIRST_BEHIND = frozenset("（(以之起封为内")
# 内 alone bounds a stretch of time or of a way: 5个工作日内, 3公里内; 3个小区内 lies inside.
_STRETCHES = frozenset(
    ("年", "个月", "月", "周", "天", "日", "小时", "分钟", "秒", "个工作日", "工作日", "公里", "米", "里")
)
_INCLUDED = frozenset("超逾突过")


def bound_of(text: str, start: int, end: int, unit: str) -> Bound | None:
    """The side on which the quantity lies that the figure at ``start:end`` states, None where it lies at the number.

    >>> bound_of("每村不少于3人", 5, 7, "人"), bound_of("限5个工作日内办结", 1, 6, "个工作日")
    ('at_least', 'at_most')
    >>> bound_of("不足四成", 0, 4, "%"), bound_of("最多时有300人", 4, 8, "人")
    ('less_than', None)
    """
    surface = text[start:end]
    if surface.endswith("以上"):
        return "at_least"
    if surface.endswith("以下"):
        return "at_most"
    if text[end : end + 1] in _FIRST_BEHIND and (behind := _WORD_BEHIND.match(text, end)) is not None:
        if behind["at_least"]:
            return "at_least"
        if behind["at_most"] != "内" or unit in _STRETCHES:
            return "at_most"
    # The approximator that describes stands inside the surface (超过七成), the one that limits before it (不超过).
    if surface[0] in _INCLUDED or surface.startswith("年过"):
        return "more_than"
    if (inside := _WITHIN.get(surface[:2])) is not None:
        return inside
    first = max(start - _REACH, 0)
    if _FIRST_BEFORE.search(text, first, start) is None:
        return None
    word = _WORD_BEFORE.search(text, first, start)
    if word is None:
        word = _WITH_A_VERB.search(text, start - 5, start)
        if word is None or _NO_VERB.search(word[0]) is not None:
            return None
        return "at_least" if word["at_least"] else "at_most"
    side = next(name for name in _SIDES if word[name])
    if word[side] in _EXTREMES and not _grants(text, word, word[side]):
        return None
    return cast(Bound, side)


def _grants(text: str, word: re.Match[str], extreme: str) -> bool:
    """Whether 最高 or 最多 limits what is granted, and does not report the highest that was met."""
    link = word["link"]
    if not link:
        return extreme in ("最少", "最多") or _GRANTS.search(text, max(word.start() - 2, 0), word.start()) is not None
    return link.startswith("可") or (_GRANTS.search(link) is not None and _MET.search(link) is None)
