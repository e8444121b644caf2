"""Regiments and companies of the Production and Construction Corps of Xinjiang: 六十八团 is a township, its 三连 a village.

Numerals before 团 and 连 name a place only where the text speaks of the Corps: troupes, delegations and the army have
them too.
"""

from __future__ import annotations

from tasks.facts.places.small_places import SmallPlace
from tasks.facts.text.sought import Sought
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.gazetteer import gazetteer

_CORPS = Sought(r"兵团|团场|连队|军垦|屯垦|团党委|连[“]?两委|第?[[:one_to_ten:]]{1,3}师[^[:han:]]?")
_REGIMENT = Sought(r"(?<![[:one_to_ten:]百〇零\d])(?:[[:one_to_ten:]百〇零]{2,5}|\d{2,3})团(?![体员队支结圆伙购圈])")
_COMPANY = Sought(
    r"(?<![[:one_to_ten:]百\d])(?:[[:one_to_ten:]]{1,3}|\d{1,2})连(?![续接连环冠胜忙夜同带任锁贯成心线通词着片])"
)
# Behind its division a regiment of one figure is no other group: 第一师阿拉尔市|十团.
_OF_DIVISION = Sought(
    r"(?P<division>十四|十[一二三]|[[:one_to_ten:]])师(?:[[:han:]]{2,4}市)?(?P<name>[[:one_to_ten:]]团)(?![体员队支结圆伙购圈])"
)
_DIVISION_BEFORE = pattern_of(r"第?(十四|十[一二三]|[[:one_to_ten:]])师(?:[[:han:]]{2,4}市)?$")
# 库尔勒市第二师三十三团: the city around the regiment is told, so that its division's tells nothing of others.
_CITY_BEFORE = pattern_of(r"[市县州]第?(?:十?[[:one_to_ten:]])师$")
# The cities that are run by a division of the Corps, by its number (as of 2023; the 11th to the 13th have none but 新星).
_CITIES = {
    "一": "阿拉尔市", "二": "铁门关市", "三": "图木舒克市", "四": "可克达拉市", "五": "双河市", "六": "五家渠市",
    "七": "胡杨河市", "八": "石河子市", "九": "白杨市", "十": "北屯市", "十三": "新星市", "十四": "昆玉市",
}  # fmt: skip


_FARM = pattern_of(r"[、和与及](?P<name>[[:han:]]{2,3}?(?:农|牧|总|良种|种畜)场)(?![长区])")


def _farms_beside(text: str, regiments: list[SmallPlace]) -> list[SmallPlace]:
    """The farms that stand in one row with regiments, which are townships of the Corps as well: 一六一团和团结农场."""
    found = []
    for regiment in regiments:
        farm = _FARM.match(text, regiment.end)
        if farm is not None:
            start, end = farm.span("name")
            found.append(SmallPlace(start, end, farm["name"], "township", False, regiment.county))
    return found


_FIRST = pattern_of(
    r"(?:(?<=[、和与及])[[:one_to_ten:]]团(?=[，。、的党])|(?<![[:han:]\d])[[:one_to_ten:]]团(?=[、和与及]$))"
)


def _first_regiments(text: str, regiments: list[SmallPlace]) -> list[SmallPlace]:
    """The regiments of one figure beside others (一团、十一团), which alone may be any group."""
    found = []
    for regiment in regiments:
        for match in (
            _FIRST.search(text, max(regiment.start - 4, 0), regiment.start),
            _FIRST.match(text, regiment.end + 1),
        ):
            if match is not None:
                found.append(SmallPlace(match.start(), match.end(), match[0], "township", False, regiment.county))
    return found


def scan_regiments(text: str) -> list[SmallPlace]:
    """Regiments and companies of ``text`` in order; none where it does not speak of the Corps.

    >>> [place.name for place in scan_regiments("兵团第四师六十八团三连的职工")]
    ['六十八团', '三连']
    >>> scan_regiments("文工团来了，三连冠")
    []
    """
    if "团" not in text or _CORPS.search(text) is None:
        return []
    found = []
    for match in _REGIMENT.finditer(text):
        place = SmallPlace(match.start(), match.end(), match[0], "township", False)
        division = _DIVISION_BEFORE.search(text, max(match.start() - 10, 0), match.start())
        if division is not None and (city := _CITIES.get(division[1])) is not None:
            place.county = next(iter(gazetteer().full.get(city, ())), None)
        found.append(place)
    for match in _OF_DIVISION.finditer(text):
        county = next(iter(gazetteer().full.get(_CITIES.get(match["division"], ""), ())), None)
        found.append(SmallPlace(*match.span("name"), match["name"], "township", False, county))
    cities = {
        place.county
        for place in found
        if place.county is not None and _CITY_BEFORE.search(text, max(place.start - 5, 0), place.start) is None
    }
    if len(cities) == 1:  # a regiment that is told without its division is one of the division spoken of
        for place in found:
            place.county = place.county or next(iter(cities))
    if found:
        found += _first_regiments(text, found)
        found += _farms_beside(text, found)
        found += [
            SmallPlace(match.start(), match.end(), match[0], "village", False) for match in _COMPANY.finditer(text)
        ]
    return sorted(found, key=lambda place: place.start)
