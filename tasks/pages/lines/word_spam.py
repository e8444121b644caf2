"""Lines of search terms that somebody wrote into a page to be found by them."""

from __future__ import annotations

import re

from tasks.lexicon.characters import pattern_of
from tasks.pages.lines.lines import ends_sentence

_WORD_LIST = re.compile(r"[_,，、|/\s]+")
# What hidden advertisements string together. One of these words tells of spam, or one of a page about leisure or trade;
# three of these tell, or of those that lead into an application. With two, a list of a library's services would go.
_SPAM_WORDS = "在线|视频|高清|免费|国产|精品|无码|av|亚洲|欧美|日韩|(?<![红绿特本景角黑蓝金白黄紫彩物成底亮出])色|彩票|博彩|娱乐|官网|下载|注册|代理|开户"
_SPAM = re.compile(f"(?i){_SPAM_WORDS}|性|体育|平台|游戏")
_SPAM_OR_ENTRANCE = re.compile(f"(?i){_SPAM_WORDS}|棋牌|入口|手机版|app")
_LEAST_SPAM = 3
# What a part of a title says that sells games of chance, films, papers or services nobody may offer.
_SELLING = re.compile(
    r"棋牌|博彩|旗舰厅|彩票网|赌场|投注|娱乐城|百家乐|老虎机|六合彩|时时彩|葡京|威尼斯人|足球比分|五月天|婷婷|麻豆|无码|色情|激情(?:网|视频)"
    r"|成人(?:视频|网|娱乐|影)|视频在线|在线(?:观看|视频)|免费(?:视频|高清|观看)|高清(?:视频|在线|免费)|国产(?:精品|视频)"
    r"|代孕|助孕|办证|刻章|私家侦探|代开发票|迷药|开户|(?:官网|app|手机版)(?:下载|登录|入口)|体育(?:app|官网|平台|在线)",
    re.IGNORECASE,
)
# The house of a brand: letters with figures or 体育 beside 官网. Bodies and schools have sites of that name too.
_HOUSE = re.compile(r"官网|官方网站")
_BRAND = pattern_of(r"[A-Za-z]\d|\d[A-Za-z]|^[A-Za-z]{2,5}[[:han:]]|[（(]中国[）)]|体育|娱乐|[[:han:]]\d")
_BODY = re.compile(r"[局厅委院校]|政府|大学|协会|中心|[日晚]?报|新闻|银行|集团")
_PART_MARK = re.compile(r"\s*[_|｜丨]+\s*|\s+[—·]+\s+|\s*[-–]+\s*|(?=【)|(?<=】)")
_NAME_OF_SITE = re.compile(r"(?:网|网站|在线|频道|政府|[日晚]报|局|委|厅|门户|首页|要闻|新闻)$")


def advertises(part: str) -> bool:
    """Whether a part of a title was put there by somebody who sells something.

    >>> advertises("青石棋牌官网下载"), advertises("QS8体育官网"), advertises("青石县体育局官网")
    (True, True, False)
    """
    if _SELLING.search(part):
        return True
    return _HOUSE.search(part) is not None and _BRAND.search(part) is not None and _BODY.search(part) is None


def without_advertisements(title: str) -> str:
    """``title`` without the parts that sell something, before or behind what it names; whole where nothing is left.

    >>> without_advertisements("免费视频在线观看_老街上的驿站开门_青石棋牌官网")
    '老街上的驿站开门'
    >>> without_advertisements("青石县严打网络投注_青石网")
    '青石县严打网络投注_青石网'
    """
    if not advertises(title):
        return title
    parts: list[tuple[int, int]] = []  # where each begins and ends
    start = 0
    for mark in _PART_MARK.finditer(title):
        parts.append((start, mark.start()))
        start = mark.end()
    parts.append((start, len(title)))
    kept = [not advertises(title[begin:end]) for begin, end in parts]
    titles = [place for place, (begin, end) in enumerate(parts) if kept[place] and not _is_site(title[begin:end])]
    if not titles:
        return title
    longest = max(titles, key=lambda place: parts[place][1] - parts[place][0])
    last = next((other - 1 for other in range(longest, len(parts)) if not kept[other]), len(parts) - 1)
    return title[parts[longest][0] : parts[last][1]]


def _is_site(part: str) -> bool:
    return len(part) < 2 or _NAME_OF_SITE.search(part) is not None


def is_word_spam(text: str, raw: str) -> bool:
    """Whether a line is a string of search terms that no sentence holds together, put there for search engines.

    >>> text = "村里的电视教室免费开放 老人每周三次来学视频聊天 教师是放假回乡的学生"
    >>> is_word_spam(text.replace(" ", ""), text)
    False
    >>> text = "亚洲精品视频在线观看 免费高清影院下载 成人娱乐平台注册"
    >>> is_word_spam(text.replace(" ", ""), text)
    True
    """
    if len(text) < 20 or "：" in text or "《" in text or "。" in text:
        return False
    if text.count("_") >= 3 and "__" not in text:  # a row of them is a line to be filled in
        return True
    if ends_sentence(text):
        return False
    parts = [part for part in _WORD_LIST.split(raw) if part]
    return (
        len(parts) >= 3
        and sum(len(part) for part in parts) / len(parts) >= 6
        and "、" not in text
        and _SPAM.search(text) is not None
        and len(_SPAM_OR_ENTRANCE.findall(text)) >= _LEAST_SPAM
    )
