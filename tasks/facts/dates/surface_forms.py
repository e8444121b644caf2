"""The surface forms of dates and clock times, as compiled patterns over text whose digits are folded to ASCII."""

from __future__ import annotations

import re

from tasks.facts.dates.reigns import ERA_NAME, small_number, year_of_republic
from tasks.facts.text.sought import Sought
from tasks.lexicon.characters import FIRST_HAN, LAST_HAN, pattern_of
from tasks.lexicon.numerals import DIGITS
from tasks.records import DateRole

_CN_MONTH = r"十[一二]|[[:one_to_ten:]]|(?<![公纪])元"
_CN_DAY = r"三十一|二?十[[:one_to_nine:]]|[二三]?十|[[:one_to_nine:]]|廿[[:one_to_nine:]]"
_DASH = r"\s?(?:起?[至到]|[-—–~]{1,2})\s?"
# 19年10月 has a month behind it; 19年 alone is a length of time.
# 七四年 is a year of the last century, 〇八年 one of this; 七八年 and 三五年 may be lengths of time.
_SHORT_YEAR = (
    r"(?<![[:one_to_ten:]百千万亿零〇○几多])(?:[〇零○][[:one_to_nine:]]|(?!四五|五六|六七|七八|八九)[四五六七八九][〇零○[:one_to_nine:]])"
    r"(?=年(?![多来间内后前之级制期以]|时间))"
)
_YEAR = (
    r"(?<![\d.])(?:(?:18|19|20)\d\d|[012]\d(?=年\d{1,2}月))|(?:一九|二[〇零○O])[〇零○O[:one_to_nine:]]{2}"
    rf"|{_SHORT_YEAR}|民国\s?(?:元|\d{{1,3}}|[[:one_to_ten:]]{{1,3}})"
    # Years long past are no lengths of time where they stand alone in brackets, or are said to be of our era.
    r"|(?<=[（(])1[0-7]\d\d(?=年[）)])|(?<=公元)[1-9]\d{2,3}"
)
_OLD_YEAR = rf"{_YEAR}|(?<![\d.])1[0-7]\d\d"
_RELATIVE_YEAR = r"今年|去年|大前年|前年|明年|后年|本年度|本年|上年|当年|同年|次年|翌年|此年|该年|(?<![[:han:]])是年(?![底末初终中货味关夜])"
# What follows 月 in 月嫂, 月亮, 月饼 is another word; 3月子 does not occur.
_MONTH = rf"(?<![\d.,[:one_to_ten:]])(?P<month>\d{{1,2}}|{_CN_MONTH})\s?月(?![嫂亮球饼台薪租供经牙季])"
_DAY = rf"(?P<day>\d{{1,2}}|{_CN_DAY})\s?[日号]"
_PERIOD = (
    r"(?P<period>前(?:\d{1,2}|十?[一二两三四五六七八九十])个月|上半年|下半年|前三季度|前三个季度|前两个?季度|第?[一二三四1234]季度[末底]?|年底|年末|岁末|年终|年初|年中"
    r"|同期|[春夏秋冬](?:季(?!度|学期)|天|日|(?=[，、。]))|[初底末](?![中高级一二三步心片座层线子部]))"
)
# 今年54岁 says how old somebody is.
AGE_BEHIND = pattern_of(r"(?:已经?|刚|才|将|都|快|正好|年?[近满过逾])?(?:\d{1,3}|[[:one_to_ten:]百]{1,4})多?周?岁")

# Every alternative begins like one of these; asking first makes the scan several times faster.
_FIRST = (
    r"\d{1,4}\s?[年月日号世季至到、和与/.—–~-]|[[:one_to_ten:]廿〇零○O]{1,5}\s?[年月日号世季至到期时以末初”\"—–~-]"
    r"|[今去前明后本上当同次翌昨下这此该是][年月日天晚晨早夜周星半个世三两]|元月|大前|第[一二三四1234]季|[“\"][[:one_to_ten:]]"
    r"|(?:19|20)\d\d\s\d{1,2}\s\d|年[底末]|民国[元\d[:one_to_ten:]]|[昨今前明][（(]\d|前[\d[:one_to_ten:]两]{1,3}个"
    rf"|{ERA_NAME}[元\d[:one_to_ten:]]"
)

ATOM = pattern_of(
    rf"""
    (?={_FIRST})(?:
      (?P<iso>(?<![\d.-])(?P<iso_year>(?:19|20)\d\d)(?P<separator>[-/.])(?P<iso_month>\d\d?)
        (?P=separator)(?P<iso_day>\d\d?)(?![\d.]))
    | (?P<year_range>(?P<from_year>{_OLD_YEAR})年?{_DASH}(?P<to_year>{_OLD_YEAR})
        (?:年|(?<=\d)(?=[）)]))(?![级代]|的?历史|\s?\d{{1,2}}月))
    | (?P<spaced>(?<![\d.])(?P<spaced_year>(?:19|20)\d\d)\s(?P<spaced_month>0?[1-9]|1[0-2])
        \s(?P<spaced_day>0?[1-9]|[12]\d|3[01])(?![\d.,%]|\s\d))
    | (?P<era>(?P<era_name>{ERA_NAME})(?P<era_number>元|\d{{1,2}}|[[:one_to_ten:]]{{1,3}})年
        (?:闰?(?:{_CN_MONTH})月(?:初?(?:{_CN_DAY})日?)?)?)
    | (?P<reign>(?<![第近约]..)(?<=[[:han:]][[:han:]])(?:元|[[:one_to_ten:]]{{1,3}})年
        [（(](?:公元)?(?P<reign_year>[1-9]\d{{2,3}})年?[）)])
    | (?P<daily>(?P<daily_word>[昨今前明])[（(](?P<daily_number>\d{{1,2}})[）)]日)
    | (?P<decade>(?:(?:上(?:个)?世纪|(?P<century>\d\d|十九|二十)世纪)(?P<tens>[1-9]0|[[:one_to_nine:]]十)
        |(?<![\d.])(?P<decade_year>(?:18|19|20)\d0)|(?<![\d.、[:one_to_ten:]])(?P<late_tens>[5-9]0|[五六七八九]十))年代)
    | (?P<listed_year>(?<![\d.])(?:19|20)\d\d(?=(?:[、和与](?:19|20)\d\d){{1,8}}年(?!级|代)))
    | (?P<plan>[“"]?(?P<plan_number>十[一二三四五六]|一|二|三|四|五|六|七|八|九|十)五[”"]?(?P<plan_tail>期间|时期|以来|末|初期))
    | (?:(?P<year>{_YEAR})\s?年(?!级|代|[前后来以]?的?历史)(?:度(?![假过]))?|(?P<relative_year>{_RELATIVE_YEAR}))
      (?:
          的?\s?{_PERIOD}
        | 的?\s?(?P<month_from>\d{{1,2}})(?:月?(?:份)?{_DASH}|、(?:\d{{1,2}}、)*)(?P<month_to>\d{{1,2}})月(?!\d{{1,2}}[日号])
        | 的?\s?{_MONTH}(?:{_DAY}|份?的?(?P<month_part>上旬|中旬|下旬|初|底|末))?
      )?
    | (?P<relative_month>(?:本|当|上个?|下个?|这个|同)月)(?:{_DAY.replace("day", "relative_month_day")}|(?:上旬|中旬|下旬|初|底|末))?
    | (?<![\d.,[:one_to_ten:]])(?P<bare_from>\d{{1,2}})(?:月?(?:份)?{_DASH}
        |(?:(?<=[^\n。；：\d]\d)|(?<=[^\n。；：\d]\d\d))、(?:\d{{1,2}}、){{0,4}})(?P<bare_to>\d{{1,2}})月(?!\d{{1,2}}[日号]|份?[嫂亮])
    | {_MONTH.replace("<month>", "<bare_month>")}(?:
        {_DAY.replace("<day>", "<bare_day>")}|份?的?(?:上旬|中旬|下旬|初|底|末)|(?P<lunar>[[:one_to_ten:]廿]+))?
    | (?P<relative_day>大前天|前天|昨天|昨日|昨晚|昨夜|今天|今日|今晨|今早|今晚|(?:当[天日晚]|同日)(?=[上下早晚中凌傍]|\d{{1,2}}[点时:])
        |明天|明日|后天|(?<![\d[:one_to_ten:]几多])次日(?!常)|翌日)
    | (?P<week>上个?|本|这|下个?)(?:周|星期)(?P<weekday>[一二三四五六日天])(?![期])
    | (?P<bare_period>(?<![[:han:]\d])前(?:\d{{1,2}}|十?[一二两三四五六七八九十])个月(?![前内里])
        |上半年|下半年|前三季度|前三个季度|(?<![\d一二三四])第?[一二三四]季度[末底]?
        |(?<![[:han:]\d])年[底末](?=[，、。前之])|(?<=[在到至于争保])年[底末])
    | (?P<monthly>(?<=[每个]月)\d{{1,2}}[日号])
    | (?P<lone_day>(?<![\d.,月\-/:年—~第期时])(?P<lone_day_number>\d{{1,2}})日(?![游均内间常报照用托产子之以元]))
    )
    """,
    re.VERBOSE,
)

# Where one may begin.
BEGINNING = Sought(rf"(?={_FIRST})")

RANGE_MARK = re.compile(_DASH)
RANGE_DAY = pattern_of(rf"{_DASH}(?P<day>\d{{1,2}}|{_CN_DAY})[日号]")

# A clock time behind a day, with the part of the day: 下午2点半, （周三）上午9：30, 晚七时.
TIME = pattern_of(
    r"(?:[（(][周星期一二三四五六日天礼拜]{2,4}[）)])?[的，,\s]?(?P<part>凌晨|清晨|早上|早晨|一早|上午|中午|正午|午后|下午|傍晚|晚上|晚间|夜间|深夜|晚|早|夜里)?的?\s?"
    r"(?:(?P<hour>\d{1,2})(?:[时点](?!间|候|的|至|到)(?:(?P<minute>\d{1,2})(?:分(?:\d{1,2}秒)?)?|(?P<half>半)|(?P<quarter>一刻))?"
    r"|[:：](?P<colon_minute>\d\d)(?!\d))"
    r"|(?P<cn_hour>十[一二]|[零一二两三四五六七八九十])(?:[点时](?!间|候|的|至|到|多|左)(?:(?P<cn_half>半)"
    r"|(?P<cn_minute>[一二三四五]?十[[:one_to_nine:]]?)分?)?))"
)

# Dates that come again and again are not dates of a thing that happened.
RECURRING = re.compile(r"(?:每|逢|历年|往年|常年|农历|阴历|古历)(?:个|年|逢|月|到|年的|年农历)?的?$")

# 近2000年, 距今1900年: a length, not a year.
LENGTH_BEFORE = re.compile(r"(?:近|约|距今|超过|超|逾|长达|达|有着?)$")
LENGTH_BEHIND = re.compile(r"的?(?:历史|时间|之久|文明|以上|左右|前[，的])")

FUTURE = re.compile(r"(?:将|拟|计划|预计|力争|即将|准备|有望|打算|确保|争取|目标)[^，。；]{0,12}$")

# A day without a year before which something is due, or from which a rule holds, lies ahead: 6月底前完成, 10月1日起施行.
AHEAD_BEHIND = re.compile(
    r"份?(?:还|也|又)?(?:要(?!求)|拟|准备|将(?=再|在|于|举|开|陆|正|新|全|启|建|投|迎|完))"
    r"|(?:之?前|以前)(?![^，。；]{0,10}[已曾])|日?起(?:正式)?(?:施行|执行|实施|生效|启用)"
)
AHEAD_BEFORE = re.compile(r"[应须要请定拟][于在]$|务必[于在]$")
_AFTERNOON = frozenset(
    ("下午", "午后", "傍晚", "晚上", "晚间", "夜间", "深夜", "晚", "夜里", "昨晚", "今晚", "昨夜", "当晚")
)

ROLES: tuple[tuple[re.Pattern[str], DateRole], ...] = (
    (re.compile(r"(?:截至|截止到?|截止至|到)$"), "as_of"),
    (re.compile(r"(?:自|从|自从|始于|起于)$"), "since"),
    (re.compile(r"(?:力争|预计|计划|将于|拟于|确保|争取|将在)(?:在|到|于)?$"), "planned"),
)
SINCE_BEHIND = re.compile(r"(?:以来|起|开始|至今)")

_DAY_ENDS = frozenset("，。；、）)\n")
_DAY_BEGINS = frozenset("间于在到至从自是止、和与及（(")


def year_number(surface: str) -> int:
    """A four-digit year in Arabic or Chinese digits.

    >>> year_number("二〇一九"), year_number("2019")
    (2019, 2019)
    >>> year_number("七四"), year_number("〇八"), year_number("民国十七"), year_number("民国元")
    (1974, 2008, 1928, 1912)
    """
    if surface.startswith("民国"):
        return year_of_republic(small_number(surface[2:].strip()))
    if surface.isdigit():
        return int(surface) if len(surface) > 2 else 2000 + int(surface)
    number = int("".join("0" if char in "○O零" else str(DIGITS[char]) for char in surface))
    return number if len(surface) == 4 else number + (2000 if number < 10 else 1900)


def clock_time(time: re.Match[str], part: str | None) -> str | None:
    """The hour and minute of a match of ``TIME`` as ISO 8601; ``part`` is the part of the day it falls in.

    >>> [clock_time(match, match["part"]) for match in map(TIME.match, ("下午2点半", "8:30")) if match]
    ['T14:30', 'T08:30']
    """
    if time["hour"] is not None:
        hour = int(time["hour"])
        minute = int(time["minute"] or time["colon_minute"] or 0)
        minute = 30 if time["half"] else 15 if time["quarter"] else minute
    else:
        hour = 2 if time["cn_hour"] == "两" else small_number(time["cn_hour"])
        minute = 30 if time["cn_half"] else small_number(time["cn_minute"]) if time["cn_minute"] else 0
    if part in _AFTERNOON and 1 <= hour < 12:
        hour += 12
    if part in ("中午", "正午") and 1 <= hour <= 3:
        hour += 12
    if hour > 24 or minute > 59:
        return None
    return f"T{hour:02d}:{minute:02d}"


def is_length(text: str, match: re.Match[str]) -> bool:
    """近2000年 is a length of time, not a year; 公示7日 is one too, and 今年54岁 an age."""
    if match["lone_day"]:
        before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return FIRST_HAN <= before <= LAST_HAN and before not in _DAY_BEGINS and (not behind or behind in _DAY_ENDS)
    if match["relative_year"] == "今年" and match.end() - match.start() == 2:
        return AGE_BEHIND.match(text, match.end()) is not None
    if not match["year"] or match["period"] or match["month"] or match["month_from"]:
        return False
    if LENGTH_BEFORE.search(text, max(match.start() - 3, 0), match.start()):
        return True
    return match["year"].endswith("00") and LENGTH_BEHIND.match(text, match.end()) is not None


def lies_ahead(text: str, start: int, end: int) -> bool:
    """Whether the sentence says that the date at ``start:end`` is still to come."""
    before = FUTURE.search(text, start - 20, start) or AHEAD_BEFORE.search(text, start - 3, start)
    return (before or AHEAD_BEHIND.match(text, end)) is not None
