"""Which words can be parts of a name."""

from __future__ import annotations

import re

from tasks.lexicon.dictionary import is_word

# What stands behind a head noun and makes it a part of another word: 议事会员, 联盟杯, 基金经理.
HEAD_GOES_ON = re.compile(
    r"会(?![员上将在有定给为让把对])|[制度化长员式型性家者区药造作服订定止裁剂品]|(?<=联盟)[链杯]|(?<=机制)体制|(?<=体制)机制|(?<=基金)(?:经理|公司|业|互认|份额|产品|净值|管理|持有"
    r"|投资|[等发]|的?(?:业绩|规模|仓位))"
)
_OFFICES = frozenset(
    ("主任", "副主任", "书记", "副书记", "局长", "副局长", "镇长", "乡长", "县长", "区长", "市长", "部长", "任")
)
_PREPOSITIONS = frozenset("因被把将由从对与向以")


def may_name(word: str, tag: str, stop_verbs: frozenset[str], naming_words: frozenset[str]) -> bool:
    """Whether a word can be part of a name: nouns and their like, and verbs that make names (调解, 培养)."""
    if word in naming_words:
        return True
    if word in stop_verbs or word[-1].isdigit() or (len(word) >= 4 and word[:2] in stop_verbs):
        return False
    if tag in ("v", "vd", "vi") or word in _OFFICES:
        return False
    if len(word) == 2 and word[1] in _PREPOSITIONS and not is_word(word):
        return False  # 一个|村因|理事会成员外出: a word that the segmenter made up
    if tag.startswith("n"):
        return not (tag in ("ns", "nt") and len(word) >= 3 and word[-1] in "省市县区镇乡")
    return tag in (
        "vn",
        "b",
        "j",
        "a",
        "an",
        "ad",
        "l",
        "i",
        "eng",
        "s",
        "ng",
        "g",
        "z",
        "tg",
        "vg",
        "ag",
        "nz",
        "x",
    ) or (tag == "q" and len(word) > 1)
