"""What the words right before a figure tell of it so plainly that no noun need be sought: a label, a sum invested."""

from __future__ import annotations

import re

from tasks.facts.figures.said_behind import fate_behind, lasting_behind, put_to
from tasks.lexicon.characters import pattern_of

# 占地面积：3360平方米, in a box of facts.
_LABEL = pattern_of(
    r"(?:^|[\n。；•·|])\s?([[:han:]]{1,8}?(?:面积|人口|里程|产量|产值|收入|投资|支出|总额|金额|数量|单价|均价|[率量额数积度价值费资]))：$"
)
_INVESTED = pattern_of(r"(?:(?<![[:han:]])|(?<=[为的]))((?:计划|拟|概算|固定资产)?总?投资)(?:约为?|近|达到?|共)?$")
# 人口与2010年普查的7254人相比: what is set against an earlier figure is told before.
_SET_AGAINST = re.compile(r"([^，。；：、]{2,24}?)[与和同跟较][^，。；]{2,28}$")
_APART = re.compile("(?:相距|距离?|间距|隔着)[^，。；]{0,20}$")
_EXTENT = re.compile(r"(?:南北|东西)(?:纵)?最?[长宽](?:各|约|近|达|为)?$")
_RATE = pattern_of("[在其该]?([[:han:]]{2,6}[率度比])")  # 调撤率, which the segmenter takes apart
# 起付线, 租期: nouns that the segmenter takes apart, alone in their clause.
_SHORT_NOUN = pattern_of("[[:han:]]{1,3}[费价款线额期限金]")
_PERSONS = ("人", "名")
_LONGEST = 56


def label_before(text: str, start: int) -> str | None:
    """The label of a figure that stands alone behind it.

    >>> label_before("校园\\n占地面积：3360平方米", 8), label_before("村民：3亩", 3)
    ('占地面积', None)
    """
    if text[start - 1 : start] != "：":
        return None
    found = _LABEL.search(text, max(0, start - 12), start)
    return None if found is None else found[1]


def invested_before(text: str, start: int) -> str | None:
    """What is invested, where what it is invested in follows.

    >>> invested_before("其中，总投资2亿元粮库项目", 6), invested_before("引导投资2亿元", 4)
    ('总投资', None)
    """
    if text.rfind("投资", max(0, start - 6), start) < 0:
        return None
    found = _INVESTED.search(text, max(0, start - 12), start)
    return None if found is None else found[1]


def extent_before(text: str, start: int) -> str | None:
    """How far it is from one place to another, or the direction in which a land extends.

    >>> extent_before("全县南北长79公里", 5), extent_before("东西各长3公里", 4)
    ('南北长', None)
    """
    if _APART.search(text, max(0, start - 24), start) is not None:
        return "距离"
    found = _EXTENT.search(text, max(0, start - 8), start)
    return None if found is None else found[0].rstrip("各约近达为")


def told_beside(text: str, start: int, end: int, unit: str, *, is_time: bool) -> str | None:
    """A label before the figure, what has lasted so long, what is invested, or the fund that a sum is put to."""
    if is_time:
        return label_before(text, start) or lasting_behind(text, end)
    if unit in _PERSONS and (fate := fate_behind(text, end)) is not None:
        return fate
    is_sum = unit == "元"
    return label_before(text, start) or ((invested_before(text, start) or put_to(text, end)) if is_sum else None)


def set_against(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The stretch before the figure ``start:end`` that names what grew or fell against it.

    >>> text = "全市人口与2010年的72万人相比"
    >>> text[slice(*set_against(text, 11, 15))]
    '全市人口'
    """
    if not text.startswith("相比", end):
        return None
    first = max(text.rfind(mark, max(0, start - _LONGEST), start) for mark in "，。；：\n") + 1
    found = _SET_AGAINST.match(text, first, start)
    return None if found is None else found.span(1)


def noun_taken_apart(text: str, first: int, last: int, is_share: bool, is_sum_or_time: bool) -> str | None:
    """The noun at ``first:last`` that the segmenter knows no word of, where the unit tells that it is one."""
    if is_share:
        found = _RATE.fullmatch(text, first, last)
    else:
        found = _SHORT_NOUN.fullmatch(text, first, last) if is_sum_or_time else None
    return None if found is None else found[found.re.groups]
