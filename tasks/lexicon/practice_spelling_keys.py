"""The key under which spelling variants of one practice join over articles."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tasks.lexicon.characters import pattern_of

_MARKS = re.compile(r"[\s“”‘’\"'「」『』《》〈〉【】\[\]（）()·•、,，.。:：;；!！?？_—–\-~]+")
_MARKED = re.compile(r"^[“\"「]([^“”\"「」]{3,})[”\"」].")
# How a character is read, for readers who may not know: 河长（zhǎng）制.
_READ_ALOUD = re.compile(r"[（(][a-zü\u00e0-\u01dc' ]{1,16}[）)]")
# What a head noun adds to a name that already stands without it: 积分制 and 积分制度, 板凳会 and 板凳会机制.
_TAIL = re.compile(
    r"(?:的?(?:工作|治理|服务|管理|运行|创新|党建)?(?:机制|制度|模式|品牌|做法|理念|体系|活动|行动|工程|项目|计划|方法|方式|经验|办法))+$"
)
# The places with which a name begins and without which it is the same practice: 青石县白沙镇|板凳议事会.
_LEADING_PLACE = pattern_of(
    r"^(?:[[:han:]]{2,7}?(?:自治[区州县]|[省县]|市(?![场民政级容域集值])))?(?:[[:han:]]{1,5}?(?:新区|区|县|市(?![场民政级容域集值])"
    r"|(?<![红锦国党彩军团])旗(?![手袍帜舰下号杆])))?(?:[[:han:]]{1,6}?(?:街道|镇|乡|社区|村))?(?=[[:han:]A-Za-z0-9+]{4,}$)"
)
# What begins like a place and is none: 城市党建联盟, 社区食堂.
NOT_PLACES = re.compile(
    r"^(?:社区|街道|小区|网格|城市|乡村|农村|商圈|市场|市民|园区|片区|校区|景区|院区|辖区|党建|智慧|美丽|幸福|平安|红色|城乡|数字|全市|全县|全区|楼宇|村|县|市|区|镇|乡)"
)
_SHORTEST_KEY = 2


@lru_cache(maxsize=8192)  # a batch names the same practices again and again
def canonical_practice_name(name: str) -> str:
    """The folded key of a practice: no marks, spaces or letter case, no leading place, no head noun that adds nothing.

    >>> canonical_practice_name("“板凳会”机制"), canonical_practice_name("板凳会")
    ('板凳会', '板凳会')
    >>> canonical_practice_name("河长（zhǎng）制"), canonical_practice_name("两员（网格员）联防")
    ('河长制', '两员网格员联防')
    >>> canonical_practice_name("“１＋５＋Ｎ”治理模式"), canonical_practice_name("云河县红色物业")
    ('1+5+n', '红色物业')
    """
    folded = _READ_ALOUD.sub("", unicodedata.normalize("NFKC", name).lower())
    marked = _MARKED.match(folded)
    if marked is not None:
        folded = marked[1]  # “竹排管家”物业服务制度 is told by what stands in the marks
    folded = _MARKS.sub("", folded)
    if not NOT_PLACES.match(folded):
        place = _LEADING_PLACE.match(folded)
        if place is not None and place[0]:
            folded = folded[place.end() :]
    shortened = _TAIL.sub("", folded)
    if len(shortened) >= _SHORTEST_KEY and not _is_generic(shortened):
        return shortened
    # 积分制度 and 积分制, 河长制度 and 河长制: too short a stem to stand alone.
    return folded[:-1] if folded.endswith("制度") and len(shortened) == _SHORTEST_KEY else folded


def _is_generic(stem: str) -> bool:
    """联席会议 of 联席会议制度 stands alone; 长效 of 长效机制 does not."""
    if pattern_of(r"[二两三四五六七八九十][^[:one_to_ten:]百千万年月日个种项]").fullmatch(stem):
        return False  # 三会 of 三会制度
    return len(stem) < 3 or bool(
        re.fullmatch(r"(?:长效|工作|管理|服务|协同|联动|共享|协商|考核|激励|保障|监督)+", stem)
    )
