"""Lines of search terms that somebody wrote into a page to be found by them."""

from __future__ import annotations

import re

from tasks.pages.lines.lines import ends_sentence

_WORD_LIST = re.compile(r"[_,，、|/\s]+")
# What hidden advertisements string together. One of these words tells of spam, or one of a page about leisure or trade;
# three of these tell, or of those that lead into an application. With two, a list of a library's services would go.
_SPAM_WORDS = "在线|视频|高清|免费|国产|精品|无码|av|亚洲|欧美|日韩|色|彩票|博彩|娱乐|官网|下载|注册|代理|开户"
_SPAM = re.compile(f"(?i){_SPAM_WORDS}|性|体育|平台|游戏")
_SPAM_OR_ENTRANCE = re.compile(f"(?i){_SPAM_WORDS}|棋牌|入口|手机版|app")
_LEAST_SPAM = 3


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
