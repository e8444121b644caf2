"""The numbers of a text, each with the unit behind it, before anything is decided about them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tasks.facts.figures.exclusions import is_article, is_fixed_phrase
from tasks.facts.text.needed import Head
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.numerals import NUMBER, Numeral, read_numeral
from tasks.lexicon.units import Unit, unit_at, units

# A number with what may stand before and behind it: a share (三分之二), a tenth (九成), a half, a percentage.
_TOKEN = pattern_of(
    r"(?:(?P<fraction>(?P<denominator>[百千]|\d+|[二三四五六七八九十]+)分之"
    r"(?P<numerator>\d+(?:\.\d+)?|[〇零[:one_to_nine:]]+\.[〇零[:one_to_nine:]]+|[一二两三四五六七八九十百点多几]+))"
    r"|(?P<slash>(?<![\d/])[1-9]/(?:[2-9]|10)(?![\d/A-Za-z])|(?<=[的约占])\d{1,2}/\d{2,3}(?![\d/A-Za-z]))"
    r"|(?P<half>(?<![大多对前后上下各])(?:(?<!过)|(?<=超过))(?<!另)一半(?!人生|天|是海)|(?<=另)一半(?=[是由来则])|(?<!多)半数)"
    r"|(?P<half_unit>(?<![大小前后上下一老多各个])半(?=年|个多?(?:月|小时|世纪|学期|钟头)|小时|天|亩|斤|公斤|公里|米(?![饭粉线面])|吨|里路|个工作日))"
    rf"|{NUMBER.pattern})"
)
_OTHER_NUMERALS = "〇零一二两三四五六七八九十百千万亿几半点分多余来"
_GOES_ON = frozenset(_OTHER_NUMERALS + ".")
_CHINESE_DIGITS = frozenset("〇零一二两三四五六七八九十百千万亿几数")


@lru_cache(maxsize=1)
def _beginning() -> re.Pattern[str]:
    """Where a token may begin. By far the most frequent numeral is 一, and most of them count nothing: 一些, 一起, 统一.

    A single class before everything else lets the scan leap from one such character to the next.
    """
    return re.compile(
        r"[\d〇零一二两三四五六七八九十百千万亿几数半]"
        rf"(?:(?<!一)|(?=[{re.escape(''.join(sorted(_first_of_units())))}{_OTHER_NUMERALS}]))(?:(?<![数几])|(?=[十百千万亿]))"
    )


# 两镇党委商定, 五村联建 count; 三镇 may be a name, 两省 and 三县一区 are left alone.
_REGIONS_BEHIND = re.compile(
    r"(?:党委|党支部|党组织|党总支|联合|联手|联建|联创|联盟|联治|联席|共(?!产)|协同|协作|合作|携手|抱团|交界|之间|接壤|毗邻|结对|群众|村民|干部|居民|人民|的)"
)
# 辖6镇3乡, 8县（市）3区, 24省区市96市州: regions of several kinds counted in a row.
_REGION_NAME = r"(?:省区市?|省(?=[（(])|[市州盟县区旗镇乡村]{1,3}|街道|办事处|社区)"
_REGION = rf"\s?{_REGION_NAME}(?:[（(][^（）()]{{1,12}}[）)])?[、和]?\s?"
_MORE_REGIONS = pattern_of(
    rf"{_REGION}(?:\d{{1,5}}|[[:one_to_ten:]百]{{1,5}})个?\s?(?:[市州盟县区旗镇乡村]|街道|办事处|社区|个)"
)
_REGIONS_BEFORE = pattern_of(rf"(?:\d|[[:one_to_ten:]]){_REGION}$")
# 31省区市, 8县市区: kinds of region that stand together count behind an Arabic number.
_REGIONS_TOGETHER = re.compile(r"省区市?|[县区市]市区|[县市]区|区县|市[县州盟]|州市|乡镇|[旗县]市?区|县旗")
_REGIONS_ALL = re.compile(r"(?:[等余]|其他|全国)$")  # 湖北等24省, 其余11市
_OTHER_NAME = Head(r"[（(]([[:han:]]{1,2})[）)]")  # 2300头（只）: the measure words of both kinds
# 两大锅酸汤: what holds a lot, not a count of big things.
_CONTAINERS = frozenset("锅碗桶袋盘包箱堆筐篮车摞捆盆缸壶杯勺瓶")
_JOINS = frozenset("至到-—–~、和与及 ")


@dataclass(slots=True)
class Token:
    """A number at ``start:end`` whose unit, if it has one, ends at ``unit_end``; ``kind`` is the unit's, or
    ``share``."""

    start: int
    end: int
    numeral: Numeral
    surface: str
    unit: Unit | None
    unit_end: int
    unit_name: str
    kind: str


def read_tokens(text: str, mask: bytearray) -> list[Token]:
    """The numbers of ``text`` in order, each with the unit behind it; none where ``mask`` is set.

    >>> [(token.surface, token.unit_name) for token in read_tokens("三百户中有一半，一些人走了2公里", bytearray(17))]
    [('三百', '户'), ('一半', '比例'), ('2', '公里')]
    """
    tokens: list[Token] = []
    position = unit_end = 0
    for beginning in _beginning().finditer(text):
        start = beginning.start()
        if start < position:
            continue
        char = text[start]
        if char in _CHINESE_DIGITS and text[start + 1 : start + 2] not in _GOES_ON:
            position = start + 1  # by far the most frequent: one digit alone, which needs no pattern
            if mask[start]:
                continue
            token = _number(text, char, start, position, unit_end)
        else:
            match = _TOKEN.match(text, start)
            if match is None:
                continue
            end = position = match.end()
            if mask[start] or mask[end - 1]:
                continue
            token = _token(text, match, start, end, unit_end)
        if token is not None:
            unit_end = token.unit_end
            tokens.append(token)
    return tokens


def _token(text: str, match: re.Match[str], start: int, end: int, previous_end: int) -> Token | None:
    surface = match[0]
    form = match.lastgroup
    if form == "fraction":
        return _fraction(match, start, end)
    if form == "slash":
        above, below = surface.split("/")
        return _share(start, end, int(above) / int(below), surface) if int(above) < int(below) else None
    if form == "half":
        return None if surface == "一半" and text[end : end + 1] == "一" else _share(start, end, 0.5, surface)
    if form == "half_unit":
        unit = unit_at(text, end, False)
        if unit is None:
            return None
        numeral = Numeral(0.5, None, "多" in unit.surface, False, False, 0.5, 1)
        return Token(start, end, numeral, surface, unit, end + len(unit.surface), unit.name, unit.kind)
    if surface == "一" and text_at(text, end) not in _first_of_units():
        return None  # 一些, 一起, 统一: by far the most frequent numeral
    return _number(text, surface, start, end, previous_end)


def _number(text: str, surface: str, start: int, end: int, previous_end: int) -> Token | None:
    numeral_read = read_numeral(surface)
    if numeral_read is None:
        return None
    is_arabic = numeral_read.is_arabic
    # The greedy number took 多/来/几 that belongs to the next word where no unit follows; that is rare and harmless.
    behind = text[end : end + 1]
    position = end + 1 if behind == " " else end
    unit = unit_at(text, position, is_arabic)
    if unit is not None and (
        unit.kind == "none" or (unit.kind == "region" and not _counts_regions(text, start, end, numeral_read))
    ):
        unit = None
    if unit is None:
        # A single Chinese digit without a unit counts only in a range, a list or a combined number (九成五).
        if not is_arabic and end - start == 1 and start != previous_end and behind not in _JOINS:
            return None
        if not is_arabic and is_fixed_phrase(text, start, end):
            return None
        return Token(start, end, numeral_read, surface, None, end, "", "")
    unit_end = position + len(unit.surface)
    name = unit.name
    if unit.kind == "major" and text_at(text, unit_end) in _CONTAINERS:
        unit = unit_at(text, unit_end, False) or unit
        name, unit_end = unit.name, unit_end + 1
    elif unit.kind == "major":
        name = "个"
    elif unit.kind == "region":
        together = _REGIONS_TOGETHER.match(text, position)
        if together is not None:
            name, unit_end = together[0], together.end()
    elif unit.kind == "count" and (other := _OTHER_NAME.match(text, unit_end)) is not None and other[1] in units():
        name, unit_end = f"{name}（{other[1]}）", other.end()
    if surface == "一" and is_article(text, unit.kind, unit.name, unit_end):
        return None
    if not is_arabic and is_fixed_phrase(text, start, end):
        return None
    return Token(start, end, numeral_read, surface, unit, unit_end, name, unit.kind)


def _counts_regions(text: str, start: int, end: int, numeral: Numeral) -> bool:
    if _MORE_REGIONS.match(text, end) or _REGIONS_BEFORE.search(text, max(start - 20, 0), start):
        return True
    if numeral.is_arabic and (
        _REGIONS_TOGETHER.match(text, end)
        or _REGIONS_ALL.search(text, max(start - 2, 0), start)
        or (text[end : end + 1] == "县" and text[end + 1 : end + 2].isdigit())  # 152县607万人
    ):
        return True
    return not numeral.is_arabic and 2 <= numeral.value <= 10 and _REGIONS_BEHIND.match(text, end + 1) is not None


def _fraction(match: re.Match[str], start: int, end: int) -> Token | None:
    numerator = read_numeral(match["numerator"])
    if numerator is None:
        return None
    denominator = match["denominator"]
    if denominator in "百千":
        value, high, name = numerator.value, numerator.value_max, "%" if denominator == "百" else "‰"
        if match["numerator"] == "百":
            value = 100.0
    else:
        below = read_numeral(denominator)
        if below is None or not below.value or numerator.value > below.value:
            return None
        value, high, name = numerator.value / below.value, None, "比例"
    numeral = Numeral(value, high, numerator.approximate, True, False, value, 1)
    return Token(start, end, numeral, match[0], None, end, name, "share")


def _share(start: int, end: int, value: float, surface: str) -> Token:
    return Token(start, end, Numeral(value, None, False, True, False, value, 1), surface, None, end, "比例", "share")


@lru_cache(maxsize=1)
def _first_of_units() -> frozenset[str]:
    """What may follow a bare 一 that counts: the beginning of a unit, or of a range."""
    return frozenset(surface[0] for surface in units()) | frozenset("至到-—~、 ")


def text_at(text: str, position: int) -> str:
    """The character at ``position``, or nothing behind the end."""
    return text[position : position + 1]


def shared_chinese_scale(low: Token, high: Token, value: float) -> float:
    """三到五百, 三至五万: the low end borrows the scale that ends the high one."""
    tail = high.surface[-1]
    scale = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}.get(tail)
    return value * scale if scale and len(low.surface) == 1 and value < 10 else value
