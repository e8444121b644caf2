"""Which lines of a dump can be the title of an article, by what they say and by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.lexicon.characters import pattern_of
from tasks.pages.dumps.line_marks import Mark
from tasks.pages.dumps.short_lines import PARTY
from tasks.pages.lines.affiliations import is_affiliation
from tasks.pages.lines.credits import is_note_of_passing
from tasks.pages.lines.lines import Line, han_count, stops

_LABELLED = re.compile(
    r"^(?:来源|作者|时间|日期|发布时间|发布日期|编辑|责任编辑|文号|索引号|浏览|点击|主题|议题|地点)\s*[：:]"
)
# The number of a section, and a period alone (2023年第一季度).
_NO_TITLE = pattern_of(
    r"^(?:[[:one_to_ten:]]{1,3}、|[（(][[:one_to_ten:]]{1,3}[）)])"
    r"|^[[:han:]]{2,14}[〔﹝\[（(](?:19|20)\d{2}[〕﹞\]）)]\s*第?\s*\d{1,5}\s*号$"  # of a document, below its title
    r"|^第一章\s*总\s*则$|^请(?:输入|选择|登录|填写)|^[[:han:]]{0,4}天气[：:]"
    r"|^[[:han:]]{2,24}(?:编著|主编|主办|承办)$"  # who made a book, who runs the site
    r"|^\d{4}年度?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月(?:份)?)?$"
)
# What stands above a text and is none of its title.
_NOTE = re.compile(r"^(?:编者的?[话按]|开栏的话|编前语?|主持人?[语按]|论文部分内容阅读)$")
_SEVERAL_NAMES = pattern_of(r"[[:han:]]\s*[\s、，,]\s*[[:han:]]")
# Who writes or speaks, by name and post: 李一鸣 青石县社会治理研究院院长.
_PERSON_AND_POST = pattern_of(
    r"^(?:[[:han:]]{2,4}|[[:han:]]\s[[:han:]])\s+\S{2,24}(?:长|主任|书记|教授|讲师|研究员|记者|编辑|作家|律师|医生|专家|评论员|委员|代表|总监|经理)$"
)
_OWN_POST = re.compile(r"原创 (?![|｜丨])")  # author and account; behind a stroke stands the title
# With the province or the device, as an account's posts have it.
_POSTED_FROM = pattern_of(r"\d{1,2}[:：]\d{2}\s*(?:发表于[[:han:]]{2,4}|来自\s*\S{2,12}(?:版|端|客户端|手机|超话))$")
LONGEST_ACCOUNT = 16  # characters
_WORD_FOR_TEXT = re.compile(r"\s*(?:正文|详情|内容|文章)$")
LINES_OF_HEAD = 12  # of a dump, in which the way to its page stands
LEAST_OF_PATH = 10  # characters of a title behind it; the names of columns are shorter
_BADGE = re.compile(r"微信公众(?:号|平台)?|抖音号|官方微[博信]|微信视频号")
_BULLET = re.compile(r"[•·●▪]")
KICKER_END = re.compile(r"[—–―─]{2,}\s*$")


def can_be_title(line: Line, mark: Mark) -> bool:
    if _LABELLED.match(line.text) or _NO_TITLE.match(line.text) or PARTY.match(line.text):
        return False
    if is_note_of_passing(line.text) or is_affiliation(line.text) or _OWN_POST.match(line.raw):
        return False
    if _NOTE.match(line.text) or _names_several(line, mark):
        return False
    if line.kind or mark.rule or mark.credits or mark.byline or mark.rubric or mark.kicker or mark.is_particular:
        return False
    text = line.text
    if not 4 <= len(text) <= 70 or han_count(text) * 4 < len(text) or "。" in text or text[-1] in "，；、,：:":
        return False
    return not (mark.is_running and stops(text) >= 3) and not _PERSON_AND_POST.match(line.raw)


def _names_several(line: Line, mark: Mark) -> bool:
    """Whether a line is the names of more than one person, each set off from the next."""
    return len(mark.bare_names or ()) > 1 and _SEVERAL_NAMES.search(line.raw.strip()) is not None


def is_account(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the account that posted the article, right above the moment at which it did."""
    is_short = index + 1 < len(lines) and len(lines[index].text) <= LONGEST_ACCOUNT
    return is_short and _POSTED_FROM.search(lines[index + 1].text) is not None


def take_badges(lines: Sequence[Line]) -> None:
    """Remove the names of sites right above the word for one of their accounts, as they stand under a code to scan."""
    for place, line in enumerate(lines[:-1]):
        if not line.kind and len(line.text) <= LONGEST_ACCOUNT and _BADGE.fullmatch(lines[place + 1].text):
            line.remove("share", "whose account is to be followed")


def is_bulleted(lines: list[Line], place: int) -> bool:
    """Whether a short line is an entry of a list with a sign before each, as particulars of a page are."""
    if len(lines[place].text) > LONGEST_ACCOUNT:
        return False
    return all(0 <= sign < len(lines) and _BULLET.fullmatch(lines[sign].text) for sign in (place - 1, place + 1))


def title_of_path(lines: Sequence[Line]) -> str | None:
    """The title with which the way to the page ends (首页 > 青石镇 > 小院议事何以长久 正文), where no other line prints it.

    >>> line = Line("", "首页 >青石镇 >小院里的议事桌为什么长了腿 正文")
    >>> line.remove("navigation", "breadcrumb")
    >>> title_of_path([line])
    '小院里的议事桌为什么长了腿'
    """
    for line in lines[:LINES_OF_HEAD]:
        parts = re.split(r"\s*[>›»＞]+\s*", line.raw) if line.removed_as == "navigation" else []
        last = _WORD_FOR_TEXT.sub("", parts[-1]).strip() if len(parts) > 1 else ""
        if len(last) >= LEAST_OF_PATH and han_count(last) * 2 > len(last) and "。" not in last:
            return last
    return None
