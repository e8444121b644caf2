"""The title of an article: what the page prints above it, confirmed by what the page calls itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from tasks.lexicon.characters import pattern_of
from tasks.pages.lines.word_spam import advertises, without_advertisements

_NOT_WORD = re.compile(r"[\W_]+")
_SEPARATOR = pattern_of(
    r"\s*[_|｜丨]+\s*|\s+[-–—·@]+\s+|\s*::\s*|\s*[-–]+\s*(?=[^-–]{2,14}$)|\s*--+\s*|\s*-(?=[[:han:]])"
)
# What a title in the head of a page has behind the headline: _青石新闻网, - 青石县人民政府.
_SITE_TAIL = re.compile(
    r"(?:网|网站|频道|新闻|资讯|日报|晚报|早报|时报|政府|人民政府|门户|在线|客户端|首页|新华|论坛|博客|社区|中心|财经|科技|体育|娱乐|军事|"
    r"教育|健康|文化|委员会|党建|公众平台|平台|栏目|专栏|要闻|时政|国内|社会|国际|动态|即时|速读|快讯|头条|看点|焦点|消息|看热讯|短讯|"
    r"热点|滚动|公司|集团|号|局|厅|委|办|\.com|\.cn|\.net)$",
    re.IGNORECASE,
)
# Some sites put their own name first.
_SITE_HEAD = pattern_of(
    r"^[[:han:]]{2,10}(?:网|在线|政府|日报|晚报|早报|晨报|频道|电视台|论坛|门户)(?:\s*[_|｜]\s*|\s+[-–—]\s+|\s*(?:－－|--)\s*)(.{8,})$"
)
# The edition of a paper on the web, which is no title however short the one behind it is.
_EDITION_HEAD = pattern_of(r"^[[:han:]]{2,10}(?:数字|电子|多媒体)[报版刊]\s*[-–—_|｜：:]{1,2}\s*(.{2,})$")
# Characters at the end of a title in which names of columns and of the site stand: five of them with their marks have
# some 120. The pattern of the marks looks ahead at each dash, which a title of nothing but dashes makes quadratic.
# For time alone.
_LONGEST_APPENDIX = 300
_SOFTWARE_TAIL = re.compile(r"\s{0,20}[-–—_|·]{0,20}\s{0,20}Powered\s+by\b.*$", re.IGNORECASE)
# What can only be the name of a site, even behind a title of two characters (通知-某区人民政府).
_INSTITUTION_TAIL = pattern_of(
    r"(?:政府|门户网站|[日晚早晨时]报|新闻网|政务网|委员会|[[:han:]]{2}网|[[:han:]]{2}(?:在线|局|厅|法院|检察院|街道|办事处))$"
)
# What a sub-title says of the title before it: on what it stands, whom it portrays, what kind of text it is.
_SUBTITLE = re.compile(
    r"^(?:基于|来自|记|访|写在|写给|兼[论谈]|读)|(?:为例|考察|调查|思考|研究|启示|报告|观察|分析|纪实|侧记)$"
)
_SUBTITLE_MARK = re.compile(r"^\s*[—–―─-]{2,}\s*")
_KICKER_LABEL = re.compile(r"^[（(【\[]?\s*(?:引题|肩题|眉题|副题|副标题)\s*[】\])）]?\s*[：:|｜]\s*(?=\S{4})")
LONGEST_KICKER = 60  # characters, two lines of a paper's column


@lru_cache(maxsize=1_000)  # the lines above a text are asked for once for each judge of its title
def folded(text: str) -> str:
    """``text`` in NFKC, lower case, without punctuation or white space: what two spellings of a title share."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).lower())


def without_software(title: str) -> str:
    """``title`` without the name of the program that made the page (- Powered by Discuz!)."""
    return _SOFTWARE_TAIL.sub("", title.strip())


def cut_site_name(title: str, known: Sequence[str] = ()) -> str:
    """``title`` without the names of columns and of the site that pages append to it.

    ``known`` are names of the site: a last part equal to one is always cut.

    >>> cut_site_name("青石镇建起三个驿站_要闻_青石新闻网")
    '青石镇建起三个驿站'
    >>> cut_site_name("青石新闻网 - 青石镇建起三个驿站")
    '青石镇建起三个驿站'
    >>> cut_site_name("青石日报数字报-喊寨")
    '喊寨'
    >>> cut_site_name("五年规划-怎么看")
    '五年规划-怎么看'
    """
    title = without_advertisements(without_software(title))
    headed = _SITE_HEAD.match(title)
    if headed is not None and not _SITE_TAIL.search(headed.group(1)):
        title = headed.group(1)
    edition = _EDITION_HEAD.match(title)
    if edition is not None and not _SITE_TAIL.search(edition.group(1)):
        title = edition.group(1)
    names = {folded(name) for name in known if name}
    cut_before = ""
    for _ in range(5):
        marks = [
            mark for mark in _SEPARATOR.finditer(title, max(0, len(title) - _LONGEST_APPENDIX)) if mark.start() >= 2
        ]
        if not marks:
            break
        mark = marks[-1]
        tail = title[mark.end() :].strip()
        if mark.start() < 4 and not (folded(tail) in names or _INSTITUTION_TAIL.search(tail)):
            break
        is_underscore = "_" in mark.group() or "|" in mark.group() or "::" in mark.group()
        if (
            not tail
            or folded(tail) in names
            or (mark.start() < 4 and len(tail) <= 24)
            or (len(tail) <= min(16, mark.start()) and (_SITE_TAIL.search(tail) or is_underscore))
            # Before the name of the site, set off by the same mark, stands that of the column.
            or (mark.group() == cut_before and pattern_of(r"[[:han:]]{2,6}").fullmatch(tail) and mark.start() >= 8)
        ):
            title, cut_before = title[: mark.start()], mark.group()
        else:
            break
    return title.strip(" _-–—|｜·")


def without_glued(title: str, names: Sequence[str]) -> str:
    """``title`` without the advertisements at either end, which may be glued to what the page calls itself."""
    rest = cut_site_name(title)
    for name in names:
        if rest != title or name == title or advertises(name):
            continue
        if (title.startswith(name) and advertises(title[len(name) :])) or (
            title.endswith(name) and advertises(title[: -len(name)])
        ):
            return name
    return rest


def is_subtitle(text: str) -> bool:
    """Whether the line begins with the dash of a subtitle (副题)."""
    return bool(_SUBTITLE_MARK.match(text)) and len(text) <= 60


def last_of_path(title: str) -> str | None:
    """The last part of a title that names its site first and the column next: 某市人民政府-文化-青石书院.

    >>> last_of_path("青石市人民政府门户网站-人文青石-青石书院"), last_of_path("青石书院开馆-青石日报")
    ('青石书院', None)
    """
    parts = [part.strip() for part in re.split(r"\s*[-_|｜–—>]+\s*", title)]
    if len(parts) < 2 or not _INSTITUTION_TAIL.search(parts[0]) or _SITE_TAIL.search(parts[-1]):
        return None
    return parts[-1] if len(parts[-1]) >= 2 else None


def behind_kicker_label(text: str) -> str | None:
    """What stands behind the label of a kicker or a sub-title, the only field that some clerks name.

    >>> behind_kicker_label("引题：一张长桌 三杯清茶"), behind_kicker_label("副题要短")
    ('一张长桌 三杯清茶', None)
    """
    label = _KICKER_LABEL.match(text) if len(text) <= LONGEST_KICKER else None
    return text[label.end() :].strip() if label is not None else None


def split_kicker(text: str) -> tuple[str, str] | None:
    """(kicker, title) of a line that holds both around a dash: 某县探索新路——让老街活起来.

    >>> split_kicker("青石县以小院议事破题——让老街活起来")
    ('青石县以小院议事破题', '让老街活起来')
    >>> split_kicker("小院议事何以长久——基于青石县的考察") is None
    True
    """
    parts = re.split(r"\s*—{2,}\s*", text.strip()) if len(text) <= 60 else []
    if len(parts) == 2 and len(parts[0]) >= 4 and len(parts[1]) >= 4 and not _SUBTITLE.search(parts[1]):
        return parts[0], parts[1]
    return None


def shared_prefix(left: str, right: str) -> int:
    """The number of characters that two folded titles have in common at their beginning."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def agreement(candidate: str, names: Sequence[str]) -> float:
    """How well a printed heading agrees with what the page calls itself, 0 to 1 (folded texts)."""
    best = 0.0
    length = len(candidate)
    if candidate and candidate in names:
        return 1.0
    if length < 3:
        return 0.0
    for name in names:
        if not name:
            continue
        if name.startswith(candidate):
            best = max(best, min(1.0, 0.5 + length / (2 * len(name))))
        elif candidate in name:
            # At the end of the page's name stands the site's: only most of the name is agreement.
            best = max(best, length / len(name))
        elif name in candidate and len(name) >= 6:
            best = max(best, 0.95 * len(name) / length)
        else:
            best = max(best, 0.9 * shared_prefix(candidate, name) / length)
    return best
