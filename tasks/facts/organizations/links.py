"""The links of a chain of places, of which the last one gives its name to the bodies there."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tasks.lexicon.gazetteer import gazetteer


@cache
def _full_names() -> frozenset[str]:
    return frozenset(division.full_name for division in gazetteer().by_code.values())


_TOWNSHIP = re.compile(r".{1,6}?(?:街道|镇(?!镇)|乡(?!乡)|苏木)(?=.{2,}$)")  # 壶镇镇 is one name


@lru_cache(maxsize=1 << 12)  # an article names its places again and again
def last_name(place_name: str, level: str) -> str:
    """The last link of a chain: what is left without the division it lies in, and without its township.

    >>> last_name("浙江省金华市义乌市石桥镇柳溪村", "village"), last_name("江西省上饶市信州区西市街道", "township")
    ('柳溪村', '西市街道')
    """
    ends = (end for end in range(len(place_name) - 2, 1, -1) if place_name[:end] in _full_names())
    rest = place_name[next(ends, 0) :]
    township = _TOWNSHIP.match(rest) if level in ("community", "village") else None
    return rest[township.end() :] if township else rest
