"""Communities and villages that are no places but honours: “幸福社区”称号, 和谐社区建设示范社区, 评为岳阳市文明村.

An honour is told by what is done with it (it is given, won, aimed at) and by what it is called behind its name (称号,
示范), never by a list of honours: 幸福社区 is a community elsewhere. Some words leave no doubt, so that the name is an
honour wherever the text has it; others hold where it stands in such a place each time.
"""

from __future__ import annotations

import re

from tasks.facts.places.small_places import SmallPlace
from tasks.facts.text.needed import Head
from tasks.lexicon.characters import pattern_of

_GIVEN = pattern_of(
    r"(?:命名为|评[选定]?为|授予|获评|获得?|荣获|定为|认定为|确定为|列为|入选|打造|创成|创建成?为?|争创)(?:了)?"
    r"(?:(?:首批|全国|全[省市区县]|[国省市区县]级|[[:han:]]{2,3}[省市区县])){0,2}$"
)
_HONOUR_BEHIND = Head(r"”[^，。；！？\n]{0,4}?(?:称号|试点|示范|荣誉|品牌|评选|奖)")
_KIND_BEHIND = Head("(?:创?建设?)?(?:示范|试点|先进|模范)(?:单位|社区|村|点|县|区|街道)")
# 目前为|某市|文明村、某省示范基地: a village right behind a city or a province, which has hundreds of them.
_HONOUR_OF_CITY = pattern_of(r"(?:为|获|成为|入选|列入)(?:了)?[[:han:]]{2,6}[省市州]$")
_BEHIND_HONOUR = re.compile("[、，。；（”]|称号")
_LONGEST_LEAD = 24  # characters before a name in which an honour is given
# Several in a row, and titles that are striven for: 开展“和睦社区”“五好家庭”等创建活动.
_AWARDED_BEFORE = pattern_of(
    r"(?:荣获|获评|评为|评上|获得|授予|命名为|认定为|创建|争创|创评|争当|入选|列入)(?:了|过)?"
    r"[[:han:]\d]{0,8}"
    r"(?:“[^“”\n]{2,16}”(?:[、和及]|以及)?)*$"
)
_AWARDED_BEHIND = pattern_of(
    r"(?:(?:[、和及]|以及)?“[^“”\n]{2,16}”)*等?[[:han:]]{0,4}?"
    r"(?:创建|评选|评比|评定|争创|称号|荣誉|奖牌|牌匾|表彰|名单)"
)
_LONGEST_ROW = 60  # characters before a name, a row of honours in marks


def without_honours(text: str, small: list[SmallPlace]) -> list[SmallPlace]:
    """``small`` without the names of honours.

    >>> from tasks.facts.places.small_places import scan_small
    >>> from tasks.facts.text.reading import Reading
    >>> text = "柳溪社区获“和睦社区”称号。"
    >>> [place.name for place in without_honours(text, scan_small(Reading(text), []))]
    ['柳溪社区']
    >>> text = "镇里开展“和睦社区”“五好家庭”等创建活动，柳溪社区先行。"
    >>> [place.name for place in without_honours(text, scan_small(Reading(text), []))]
    ['柳溪社区']
    """
    honours = {place.name for place in small if place.level in ("community", "village") and _is_honour(text, place)}
    awarded = {place.name for place in small if not place.is_known and _is_awarded(text, place)}
    for place in small:
        if place.name in awarded and not _is_awarded(text, place):
            awarded.discard(place.name)
    honours |= awarded
    return [place for place in small if place.name not in honours] if honours else small


def _is_honour(text: str, place: SmallPlace) -> bool:
    start, end = place.start, place.end
    lead = max(0, start - _LONGEST_LEAD)
    if _KIND_BEHIND.match(text, end) is not None:
        return True
    if _is_marked(text, place):
        return _HONOUR_BEHIND.match(text, end) is not None or _GIVEN.search(text, lead, start - 1) is not None
    is_of_city = text[start - 1 : start] in ("省", "市", "州") and _HONOUR_OF_CITY.search(text, lead, start) is not None
    return is_of_city and place.level == "village" and _BEHIND_HONOUR.match(text, end) is not None


def _is_awarded(text: str, place: SmallPlace) -> bool:
    if not _is_marked(text, place):
        return False
    if _AWARDED_BEHIND.match(text, place.end + 1) is not None:
        return True
    return _AWARDED_BEFORE.search(text, max(0, place.start - _LONGEST_ROW), place.start - 1) is not None


def _is_marked(text: str, place: SmallPlace) -> bool:
    return text[place.start - 1 : place.start] == "“" and text[place.end : place.end + 1] == "”"
