"""The unit of a number that is printed without one: money, people, years of age, or the noun behind it."""

from __future__ import annotations

import re

from tasks.facts.figures.acceptance import TWO_HAN, Candidate
from tasks.facts.text.paragraphs import paragraph_start
from tasks.lexicon.characters import pattern_of

# What tells that a number without a unit is an amount of money.
_MONEY = pattern_of(
    r"(?<![全我各本外该两])省(?:下|了|出|去)?[[:han:]]{0,2}$|报价|要价|掏|攒|垫|亏|开销|花销|耗资|斥资|借了?|补偿|缴|付|收入|工资|补贴|花|赚|挣|贷|奖|投资|投入|价|利润|租"
    r"|产值|年薪|罚|出资|募|捐|(?<![首新一两每此该各多这])款|费|资金|存|省下|增收|损失|卖|欠|债|钱|营业额|销售|补助|报酬|薪|筹|净利|成本|彩礼|礼金|盈利|税|额|拿到|分红|赔|押金|预算|支出"
)
_MONEY_BEHIND = re.compile(
    r"(?:左右|上下|多|余)?的?(?:年|总|月)?(?:产值|收入|资金|投资|利润|贷款|营业额|产业基金|奖金|补贴|税收|销售额|欠款|货款|债务|赔偿)"
)
_NO_SUBJECT = re.compile(
    r"(?:每[年月天户人村家]|共|总共|共计|总计|合计|累计|[今去前]年|全年|一年|一共|人均|平均|达|约|近)+"
)
_PEOPLE = re.compile(r"人口|人民|职工|学生|居民|常住|户籍|党员|群众|人数|村民|游客|客流|粉丝|用户|老人")
_NOT_A_NOUN_BEHIND = pattern_of(r"[[:han:]]?(?:[，。；、！？）”\n]|$)")
_OLD_BEHIND = re.compile(r"(?:多|好几)?[了啦，。]")
_OLD_BEFORE = re.compile(r"(?:[我他她]|今年|已经|都|快|满|年满)(?:快|都|已)?$")
_AGED = ("年近", "年过", "年逾", "年满")
_NO_NOUN_BEGINS = re.compile(r"[以左上开不的年月日分之]")


def unit_of_bare_number(candidate: Candidate) -> str | None:
    """The unit of a number that has none: 元 where money is meant, 人 where people are, nothing before a noun; else None.

    >>> from tasks.lexicon.numerals import read_numeral
    >>> number = read_numeral("两万")
    >>> unit_of_bare_number(Candidate("一年能挣两万。", 4, "两万", number, None, "", "", 6, False))
    '元'
    """
    numeral = candidate.numeral
    text, start = candidate.text, candidate.start
    previous = text[start - 1 : start]
    if previous == "第" or (previous.isascii() and previous.isalnum()) or (previous and previous in "+/-—×."):
        return None
    behind = candidate.behind()
    if behind.startswith("出头") or text.startswith(_AGED, max(start - 2, 0), start):
        return "岁" if 20 <= numeral.value <= 110 else None
    if 40 <= numeral.value <= 105 and _OLD_BEHIND.match(behind) and _OLD_BEFORE.search(text, start - 3, start):
        return "岁"  # 我七十三了
    if numeral.is_bare_scale and not (candidate.has_approximator or numeral.approximate):
        return None
    before = candidate.before()
    if _NO_SUBJECT.fullmatch(before):  # 专项资金，每年20万
        first = candidate.clause_start()
        before = text[max(first - 14, paragraph_start(text, first)) : start]
    return _money_or_people(candidate, before, behind)


def _money_or_people(candidate: Candidate, before: str, behind: str) -> str | None:
    """The unit of a number that counts money, people or the noun behind it; None where it counts nothing."""
    numeral, surface = candidate.numeral, candidate.surface
    is_last = _NOT_A_NOUN_BEHIND.match(behind) is not None
    if is_last and numeral.value >= 100 and surface[-1] in "百千" and _MONEY.search(before[-6:]):
        return "元"  # 能省四五千, 都捐了两百
    has_scale = any(char in surface for char in "万亿")
    is_said_more_or_less = (numeral.approximate or candidate.has_approximator) and numeral.value >= 10
    if not has_scale and not is_said_more_or_less:
        return None
    if surface[-1] in "来几":
        return None
    if has_scale and (_MONEY.search(before[-14:]) or _MONEY_BEHIND.match(behind)) and not _PEOPLE.search(before[-6:]):
        return "元"
    if re.match(r"[A-Za-z]", behind):
        return None  # 7.8万IPS: a unit we do not know
    if is_last and pattern_of(r".*万[[:one_to_nine:]]").fullmatch(surface):
        return "元"  # 四万六: said of money
    if (has_scale or numeral.value >= 100) and is_last and _PEOPLE.search(before):
        return "人"
    if is_last:
        return "" if has_scale and numeral.is_arabic else None
    if not TWO_HAN.match(behind) or _NO_NOUN_BEGINS.match(behind):
        return "" if has_scale and numeral.is_arabic else None
    return ""
