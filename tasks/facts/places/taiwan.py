"""Counties, cities, districts and townships of Taiwan, which GB/T 2260 gives no codes of their own: 台中市雾峰区.

Their short names are read where the text speaks of Taiwan, and their full ones too where a division elsewhere bears
the same name (连江县, 金门县).
"""

from __future__ import annotations

import re

from tasks.facts.places.overlaps import outside
from tasks.facts.text.sought import Sought
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.word_lists import any_of
from tasks.records import PlaceLevel, PlaceMention

_CITIES = ("台北", "新北", "桃园", "台中", "台南", "高雄", "基隆", "新竹", "嘉义")
_COUNTIES = ("新竹", "苗栗", "彰化", "南投", "云林", "嘉义", "屏东", "宜兰", "花莲", "台东", "澎湖")
# Short names that are hardly anything else, so that they count alone.
_ALONE = (
    "台北",
    "台中",
    "台南",
    "高雄",
    "基隆",
    "新竹",
    "苗栗",
    "彰化",
    "南投",
    "嘉义",
    "屏东",
    "花莲",
    "台东",
    "澎湖",
)
_SPOKEN_OF = Sought("台湾|台胞|台商|台青|台企|台资|两岸|[海涉对]台|台籍")
# A city with its district, a county with its town, either in full, or a short name alone.
_PLACE = pattern_of(
    rf"(?P<lead>台湾省?)?(?:(?P<city>{any_of(_CITIES)})市?(?P<district>[[:han:]]{{2}}区)"
    rf"|(?P<upper>{any_of(_COUNTIES)})县?(?P<town>[[:han:]]{{2,3}}?[乡镇])(?!镇长|亲|村|土)"
    rf"|(?P<whole>(?:{any_of(_CITIES)})市|(?:{any_of(_COUNTIES)})县)|(?P<alone>{any_of(_ALONE)}))"
)
_NO_PLACE_BEHIND = pattern_of("(?:路|街|大道|港路|广场|菜|米|大学)")


def with_taiwan(text: str, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """``mentions`` with those of places in Taiwan, which take the place of what else was read there; in order."""
    if "台" not in text or _SPOKEN_OF.search(text) is None:
        return mentions
    found = [mention for match in _PLACE.finditer(text) if (mention := _mention_of(text, match)) is not None]
    if not found:
        return mentions
    return sorted([*outside(mentions, found), *found], key=lambda mention: mention.start_char)


def _mention_of(text: str, match: re.Match[str]) -> PlaceMention | None:
    start, end = match.span()
    if _NO_PLACE_BEHIND.match(text, end):
        return None
    level: PlaceLevel
    if match["district"]:
        name, level = f"{match['city']}市{match['district']}", "county"
    elif match["town"]:
        name, level = f"{match['upper']}县{match['town']}", "township"
    else:
        name = match["whole"] or match["alone"] + ("市" if match["alone"] in _CITIES else "县")
        level = "county" if name.endswith("县") else "city"
    return PlaceMention(start, end, text[start:end], None, f"台湾省{name}", level)
