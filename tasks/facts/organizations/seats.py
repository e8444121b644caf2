"""Where an organisation has its seat: what its own name says, or else the place that the article speaks of there."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tasks.facts.organizations.bodies import BRANCHES
from tasks.facts.places.reading import FULL, PlaceReading, scan_hint
from tasks.lexicon.gazetteer import gazetteer
from tasks.lexicon.word_lists import words_for

# A national body and a house of learning is at home where its name says, and nowhere that an article happens to be.
_NATIONAL = ("国家", "国务院", "中央", "中共中央", "全国", "中国", "中华", "最高人民")
_LEARNED = ("大学", "研究院", "科学院", "社科院")
_LEAGUE = re.compile("团([省市州区县旗])委")
_BEFORE_PLACE = re.compile("(?:中共|共青团|中国共产党)?")


def seat_of(name: str, level: str, start: int, places: PlaceReading, *, is_whole: bool) -> str | None:
    """The code of the division in which the body ``name``, which is mentioned at ``start``, has its seat.

    ``level`` is the level that the text gives it instead of a place (县 in 县民政局), "" where it gives none;
    ``is_whole``: the name is complete without a place (民政部, 团县委).
    """
    known = gazetteer()
    league = _LEAGUE.fullmatch(name)
    level = league[1] if league is not None else level
    is_national = (is_whole and league is None) or name.startswith(_NATIONAL)
    own, is_full = _in_name(name, is_national)
    codes = own
    if len(own) > 1:
        here = places.adcode_at(start)
        codes = tuple(code for code in own if code == here)
    if codes and not is_full and known.by_code[codes[0]].level == "county":
        codes = codes if any(mention.adcode == codes[0] for mention in places.mentions) else ()  # 惠农合作社
    is_abroad = name.startswith(_countries())
    is_anywhere = is_national or is_abroad or any(map(name.__contains__, _LEARNED))
    if codes:
        return codes[0]
    if is_anywhere and not name.endswith(BRANCHES):
        return None
    spoken_of = places.adcode_at(start)
    above = (spoken_of, *reversed(known.by_code[spoken_of].ancestors)) if spoken_of is not None and level else ()
    return next((code for code in above if known.by_code[code].name.endswith(level)), spoken_of)


@cache
def _countries() -> tuple[str, ...]:
    return tuple(words_for("names/foreign_places", "country"))


@lru_cache(maxsize=1 << 12)  # an article names its bodies again and again
def _in_name(name: str, is_national: bool) -> tuple[tuple[str, ...], bool]:
    """The codes of the lowest division that opens ``name``, several where it may mean more than one, and whether its
    name stands there in full. Of a national body also what its branch is named after (中国农业银行|常德分行)."""
    prefix = _BEFORE_PLACE.match(name)
    found: tuple[tuple[str, ...], bool] = ((), False)
    end = prefix.end() if prefix is not None else 0
    for candidate in scan_hint(name):
        if candidate.start != end and (found[0] or not is_national):
            break
        if candidate.name[1:] == "区" and not found[0]:
            continue  # 东区街道幼儿园 is of any town, and not of the city that has a 东区
        if candidate.form != FULL and candidate.name in gazetteer().ordinary_words:
            break  # 中山大学
        inner = tuple(code for code in candidate.codes if any(gazetteer().is_within(code, upper) for upper in found[0]))
        found = (inner or candidate.codes, candidate.form == FULL)
        end = candidate.end
    return found
