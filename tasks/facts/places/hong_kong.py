"""Districts of Hong Kong and freguesias of Macao, which GB/T 2260 gives no codes of their own: 香港湾仔区, 花地玛堂区.

They are read where the text names the region; without 香港 before them only those whose names no other place bears.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.facts.places.overlaps import outside
from tasks.facts.text.sought import Sought
from tasks.lexicon.word_lists import any_of
from tasks.records import PlaceMention

_HONG_KONG, _MACAO = "香港特别行政区", "澳门特别行政区"
_DISTRICTS = {
    **dict.fromkeys(("中西", "湾仔", "油尖旺", "深水埗", "九龙城", "黄大仙", "观塘", "葵青", "荃湾"), _HONG_KONG),
    **dict.fromkeys(("屯门", "元朗", "大埔", "沙田", "西贡", "离岛", "东", "南", "北"), _HONG_KONG),
    **dict.fromkeys(("花地玛堂", "圣安多尼堂", "望德堂", "大堂", "风顺堂"), _MACAO),
}
_ANYWHERE = frozenset(("东", "南", "北", "离岛", "大堂"))  # behind the name of the region alone
# 深水埗 and 屯门 are what the districts are called, too; 东区 and 离岛区 hardly are without their 区.
_CALLED_SO = ("湾仔", "深水埗", "油尖旺", "黄大仙", "观塘", "葵青", "荃湾", "屯门", "元朗", "沙田")
# Districts that are Hong Kong's wherever they are named; two of them tell where a text is from that never says so.
_UNMISTAKABLE = ("湾仔", "深水埗", "油尖旺", "黄大仙", "观塘", "葵青", "荃湾", "九龙城")
_FEWEST_UNMISTAKABLE = 2
_IN_ROW = (*_CALLED_SO, "西贡", "大埔", "九龙城")
_ROW = Sought(rf"(?:{any_of(_IN_ROW)})区?(?:[、和与及，](?:{any_of(_IN_ROW)}|[东南北](?=区)|离岛(?=区))区?){{2,}}")
_OF_ROW = re.compile(rf"({any_of(_DISTRICTS)})区|({any_of(_IN_ROW)})")
_BEHIND = "(?![域间分别])"  # 东|区域
_PLACE = Sought(
    rf"(?P<region>香港|澳门)(?:特别行政区)?(?:(?P<district>{any_of(_DISTRICTS)})区{_BEHIND}"
    rf"|(?P<called>{any_of(_CALLED_SO)})(?![区镇乡村街道路山湖人]))"
    rf"|(?P<alone>{any_of(name for name in _DISTRICTS if name not in _ANYWHERE)})区{_BEHIND}"
)


def with_hong_kong(text: str, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """``mentions`` with those of districts of Hong Kong and Macao, which take the place of what was read there; in
    order.

    >>> [m.place_name for m in with_hong_kong("香港湾仔区和沙田区的社工来了。", [])]
    ['香港特别行政区湾仔区', '香港特别行政区沙田区']
    >>> with_hong_kong("宜昌市沙田区的社工来了。", [])
    []
    """
    is_of_hong_kong = "香港" in text or _names_several(text)
    if not is_of_hong_kong and "澳门" not in text:
        return mentions
    found = list(_in_rows(text)) if is_of_hong_kong else []
    in_rows = {mention.start_char for mention in found}
    for match in _PLACE.finditer(text):
        if match.start() in in_rows:
            continue
        led_by, district = match["region"], match["district"] or match["called"] or match["alone"]
        region = _DISTRICTS[district]
        if (led_by or region[:2]) != region[:2] or (
            region[:2] not in text and not (region == _HONG_KONG and is_of_hong_kong)
        ):
            continue  # no district of 澳门 is called 湾仔
        if led_by is None and text[match.start() - 1 : match.start()] in ("市", "州", "县"):
            continue  # 宜昌市|沙田区
        found.append(PlaceMention(match.start(), match.end(), match[0], None, f"{region}{district}区", "county"))
    return sorted([*outside(mentions, found), *found], key=lambda mention: mention.start_char)


def _names_several(text: str) -> bool:
    return sum(f"{name}区" in text for name in _UNMISTAKABLE) >= _FEWEST_UNMISTAKABLE


def _in_rows(text: str) -> Iterator[PlaceMention]:
    """The districts of a row of three or more, which need no 区 there: 分布在西贡、沙田、屯门及大埔."""
    for row in _ROW.finditer(text):
        for match in _OF_ROW.finditer(text, row.start(), row.end()):
            name = match[1] or match[2]
            yield PlaceMention(match.start(), match.end(), match[0], None, f"{_HONG_KONG}{name}区", "county")
