"""How the full name of an administrative division is shortened in print, by rule rather than by list."""

from __future__ import annotations

import re

# The peoples named in autonomous prefectures, counties and banners; the longer spelling stands first.
_PEOPLES = (
    "维吾尔族|维吾尔|哈萨克族|哈萨克|柯尔克孜族|柯尔克孜|塔吉克族|塔吉克|蒙古族|蒙古|锡伯族|锡伯|朝鲜族|达斡尔族|达斡尔|"
    "土家族|布依族|哈尼族|景颇族|傈僳族|仫佬族|毛南族|仡佬族|纳西族|拉祜族|布朗族|独龙族|普米族|裕固族|保安族|东乡族|"
    "撒拉族|藏族|羌族|彝族|苗族|侗族|壮族|傣族|白族|回族|满族|畲族|瑶族|黎族|水族|佤族|怒族|土族|各族"
)
_AUTONOMOUS = re.compile(rf"^(?P<stem>.{{2,}}?)(?:{_PEOPLES})*自治(?P<suffix>[区州县旗])$")
_SUFFIX = re.compile(r"^(?P<stem>.{2,}?)(?:市|新区|林区|地区|区|县|省|特别行政区)$")


def short_forms(full_name: str) -> tuple[str, ...]:
    """The shorter spellings of ``full_name``, the usual one first; none where only one character would remain.

    >>> short_forms("义乌市"), short_forms("忠县"), short_forms("长阳土家族自治县")
    (('义乌',), (), ('长阳', '长阳县'))
    >>> short_forms("广西壮族自治区"), short_forms("延边朝鲜族自治州")
    (('广西',), ('延边', '延边州'))
    """
    autonomous = _AUTONOMOUS.match(full_name)
    if autonomous:
        stem, suffix = autonomous["stem"], autonomous["suffix"]
        if len(stem) > 2 and stem in _PEOPLES.split("|"):
            stem = stem.removesuffix("族")  # 东乡族自治县 bears the name of its people and nothing else
        return (stem,) if suffix == "区" else (stem, stem + suffix)
    plain = _SUFFIX.match(full_name)
    return (plain["stem"],) if plain else ()
