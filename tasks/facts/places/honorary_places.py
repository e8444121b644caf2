"""Communities and villages that are no places but honours: “幸福社区”称号, 和谐社区建设示范社区, 评为岳阳市文明村.

An honour is told by what is done with it (it is given, won, aimed at) and by what it is called behind its name (称号,
示范), never by a list of honours: 幸福社区 is a community elsewhere.
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


def without_honours(text: str, small: list[SmallPlace]) -> list[SmallPlace]:
    """``small`` without the names of honours, wherever the text speaks of them by a name given as an honour.

    >>> from tasks.facts.places.small_places import scan_small
    >>> from tasks.facts.text.reading import Reading
    >>> text = "柳溪社区获“和睦社区”称号。"
    >>> [place.name for place in without_honours(text, scan_small(Reading(text), []))]
    ['柳溪社区']
    """
    honours = {place.name for place in small if place.level in ("community", "village") and _is_honour(text, place)}
    return [place for place in small if place.name not in honours] if honours else small


def _is_honour(text: str, place: SmallPlace) -> bool:
    start, end = place.start, place.end
    lead = max(0, start - _LONGEST_LEAD)
    if _KIND_BEHIND.match(text, end) is not None:
        return True
    if text[start - 1 : start] == "“" and text[end : end + 1] == "”":
        return _HONOUR_BEHIND.match(text, end) is not None or _GIVEN.search(text, lead, start - 1) is not None
    is_of_city = text[start - 1 : start] in ("省", "市", "州") and _HONOUR_OF_CITY.search(text, lead, start) is not None
    return is_of_city and place.level == "village" and _BEHIND_HONOUR.match(text, end) is not None
