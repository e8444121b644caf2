"""People known by surname alone: 靳师傅, 高女士, 老李, 陈书记."""

from __future__ import annotations

import re
from functools import cache

from tasks.facts.names.lexicon import surnames, words

# Surnames that with 老 or 小 before them mostly make other words (小康, 老路, 小时).
_NOT_AFTER_OLD = frozenset("时程路花米金高方康年白师家城区学党人板小大夫乡房字话朋百手")


@cache
def addressed() -> re.Pattern[str]:
    """Matches a surname with a form of address; group 1 the surname, group 2 the form."""
    single = "".join(
        sorted(key for key, weight in surnames().items() if len(key) == 1 and (weight > -1 or key in "于安高方常关文"))
    )
    common = sorted((key for key in surnames() if len(key) == 2), key=lambda key: (-len(key), key))
    titles = sorted(words("civil_titles") | words("address_posts"), key=lambda title: (-len(title), title))
    return re.compile(f"({'|'.join(common)}|[{single}])({'|'.join(titles)})")


@cache
def familiar() -> re.Pattern[str]:
    """Matches 老 or 小 with a common surname."""
    common = "".join(sorted(key for key, weight in surnames().items() if weight >= 1 and len(key) == 1))
    allowed = "".join(char for char in common if char not in _NOT_AFTER_OLD)
    return re.compile(f"[老小阿]([{allowed}])")
