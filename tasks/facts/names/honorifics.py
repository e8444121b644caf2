"""People known by surname alone: 靳师傅, 高女士, 老李, 陈书记."""

from __future__ import annotations

import re
from functools import cache

from tasks.facts.names.lexicon import surnames, words

# Posts by which someone is addressed after the bare surname; longer posts never are.
ADDRESS_POSTS = frozenset(
    "书记 主任 局长 部长 处长 科长 所长 站长 院长 校长 园长 厂长 会长 总经理 经理 总监 主席 镇长 乡长 县长 区长 市长 "
    "村长 组长 队长 班长 店长 馆长 行长 支书 教授 院士 博士 教练 导演 工程师 会计 警官 法官".split()
)
# Surnames that with 老 or 小 before them mostly make other words (小康, 老路, 小时).
_NOT_AFTER_OLD = frozenset("时程路花米金高方康年白师家城区学党人板小大夫乡房字话朋百手")


@cache
def addressed() -> re.Pattern[str]:
    """Matches a surname with a form of address; group 1 the surname, group 2 the form."""
    single = "".join(
        sorted(key for key, weight in surnames().items() if len(key) == 1 and (weight > -1 or key in "于安高方常关文"))
    )
    common = sorted((key for key in surnames() if len(key) == 2), key=lambda key: (-len(key), key))
    titles = sorted(words("civil_titles") | ADDRESS_POSTS, key=lambda title: (-len(title), title))
    return re.compile(f"({'|'.join(common)}|[{single}])({'|'.join(titles)})")


@cache
def familiar() -> re.Pattern[str]:
    """Matches 老 or 小 with a common surname."""
    common = "".join(sorted(key for key, weight in surnames().items() if weight >= 1 and len(key) == 1))
    allowed = "".join(char for char in common if char not in _NOT_AFTER_OLD)
    return re.compile(f"[老小阿]([{allowed}])")
