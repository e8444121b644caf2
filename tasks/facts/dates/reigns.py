"""Years as local histories count them: of an emperor's reign (光绪二十六年), of the Republic (民国17年, and on from there)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tasks.lexicon.characters import pattern_of
from tasks.lexicon.numerals import DIGITS

# The first years of the reigns of the last two dynasties.
_ERAS = {
    "洪武": 1368, "建文": 1399, "永乐": 1403, "洪熙": 1425, "宣德": 1426, "正统": 1436, "景泰": 1450, "天顺": 1457,
    "成化": 1465, "弘治": 1488, "正德": 1506, "嘉靖": 1522, "隆庆": 1567, "万历": 1573, "天启": 1621, "崇祯": 1628,
    "顺治": 1644, "康熙": 1662, "雍正": 1723, "乾隆": 1736, "嘉庆": 1796, "道光": 1821, "咸丰": 1851, "同治": 1862,
    "光绪": 1875, "宣统": 1909,
}  # fmt: skip
ERA_NAME = rf"(?:{'|'.join(_ERAS)})"
_YEAR_BEFORE_FIRST = 1911  # the year before the first of the Republic
_LAST_YEAR = 38  # 1949
_CLAUSE_BEGINS = frozenset("，。；、：（(\n至自到")
# 20年3月, 21年春; 3年多 is a length of time.
_GOES_ON = pattern_of(
    r"(?P<year>\d{1,2}|[[:one_to_ten:]]{1,3})年(?:(?P<month>\d{1,2}|十[一二]|[[:one_to_ten:]])月(?:(?P<day>\d{1,2})[日号])?"
    r"|[春夏秋冬初底末](?=[，、]))?(?![多来间内以后前之的级代])"
)


class RepublicanDate(NamedTuple):
    """``number``: the year as the Republic counts it."""

    number: int
    month: int | None
    day: int | None
    end: int


def small_number(surface: str) -> int:
    """A month, day or hour in Arabic or Chinese digits; of 元月 the first.

    >>> small_number("二十三"), small_number("十"), small_number("7"), small_number("廿一"), small_number("元")
    (23, 10, 7, 21, 1)
    """
    if surface.isdigit():
        return int(surface)
    if surface == "元":
        return 1
    if surface.startswith("廿"):
        return 20 + (DIGITS.get(surface[1:2], 0))
    head, ten, tail = surface.partition("十")
    if not ten:
        return DIGITS.get(surface, 0)
    return (DIGITS[head] if head else 1) * 10 + (DIGITS[tail] if tail else 0)


def old_year(group: Mapping[str, str | None]) -> int | None:
    """The year of our era, as the parts of ``surface_forms.ATOM`` tell it; only years of emperors stand in brackets.

    >>> old_year({"era": "光绪二十六年", "era_name": "光绪", "era_number": "二十六"})
    1900
    >>> old_year({"era": None, "reign_year": "907"}), old_year({"era": None, "reign_year": "1953"})
    (907, None)
    """
    if group["era"]:
        return _ERAS[group["era_name"] or ""] + small_number(group["era_number"] or "") - 1
    year = int(group["reign_year"] or 0)
    return year if year <= _YEAR_BEFORE_FIRST else None


def year_of_republic(number: int) -> int:
    """The year of our era.

    >>> year_of_republic(17)
    1928
    """
    return _YEAR_BEFORE_FIRST + number


def republican_date(text: str, start: int, least: int) -> RepublicanDate | None:
    """A date at ``start`` that opens a clause and goes on from the year ``least`` of the Republic, if there is one.

    >>> republican_date("民国17年修志。20年3月，修桥。", 8, 17)
    RepublicanDate(number=20, month=3, day=None, end=13)
    >>> republican_date("民国17年修志，3年完工。", 8, 17)
    """
    if text[start - 1 : start] not in _CLAUSE_BEGINS:
        return None
    match = _GOES_ON.match(text, start)
    if match is None or not least <= small_number(match["year"]) <= _LAST_YEAR:
        return None
    month, day = (small_number(match[part]) if match[part] else None for part in ("month", "day"))
    return RepublicanDate(small_number(match["year"]), month, day, match.end())
