"""The masthead of a page of a printed paper (版面): which paper it is, and what the page is called."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.lexicon.characters import pattern_of
from tasks.pages.lines.personal_names import looks_like_name

LONGEST_COLUMN = 4  # characters of a page's name without its number
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)[一二三四五六日天]")
LONGEST_MASTHEAD = 60  # characters of a line that names paper, day and page
_PAPER = pattern_of(
    r"^[\s《]*(?P<name>[[:han:]]{2,10}?(?:报|刊|周刊|月刊))(?:多媒体)?(?:数字报刊?|电子报|数字版|电子版)?"
    r"(?=[》\s_|｜\-—–·]|\d|数字|电子|第|$)"
)
# The number and name of a newspaper's page: 第03版：要闻.
_PAGE = pattern_of(
    r"(?<![上下前后])第?\s*(?:[A-Z]|[A-Z]?\d{1,3}|[[:one_to_ten:]]{1,3})\s*版(?![权本式次])\s*[：:·\-—|｜/／\s]*\s*"
    r"(?P<name>[[:han:]·]{2,10})?"
)
_LABELLED = pattern_of(r"(?:版名|版面)\s*[：:]\s*(?P<name>[[:han:]·]{2,10})")

# What a masthead prints beside paper, day and page: the weekday, the day of the lunar year, the number of the issue.
_BESIDE = pattern_of(
    r"[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?"
    r"|(?:农历|夏历)?(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥][[:han:]]?年)?"
    r"闰?[正冬腊[:one_to_ten:]]{1,2}月(?:初[[:one_to_ten:]]|[十廿][[:one_to_nine:]]?|[二三]十)"
    r"|(?:总|本报)?第?\s*\d{1,6}\s*期|出版|(?:今日|本期|共)\s*\d{1,3}\s*版|(?:国内统一(?:连续出版物|刊)号|邮发代号|CN)[\sA-Z：:]*[\d\-—]+"
)
_MARKS = re.compile(r"[\s|｜/／·•，,;；:：\-—_()（）《》]+")
_WHOLE_PAPER = pattern_of(
    r"(?P<name>[[:han:]]{2,10}?(?:报|刊|周刊|月刊))(?:多媒体)?(?:数字报刊?|电子报|数字版|电子版)?|(?:数字报|电子报|数字版|电子版)"
)
_PAGE_NUMBER = re.compile(r"[A-Z]?\d{1,2}")  # without the word for a page: 要闻 02
_PAGE_NAME = pattern_of(r"[[:han:]]{2,8}")
# Who made the page stands behind its name, with labels that the reader of credits knows.
_MADE_BY = pattern_of(
    r"[\s|｜]*(?:本版|值班)?(?:责任编辑|责编|编辑|主编|美编|版式|校对)(?:\s*[：:/／].*$|\s+[[:han:]]{2,4}(?=\s|$))"
    r"|(?:热线|新闻|值班)?电话\s*[：:]?\s*[\d\-—]{5,}"
)


# What an office sends round, and its issue: 青石政法简报（第14期）, 第14期（总第203期）.
_ISSUE_OF_BULLETIN = (
    r"[（(\[【]?\s*(?:(?:19|20)\d{2}\s*年)?\s*第?\s*[\d[:one_to_ten:]百]{1,4}\s*期"
    r"\s*(?:[（(]?\s*总\s*第?\s*\d{1,4}\s*期\s*[）)]?)?\s*[）)\]】]?"
)
# The name of a bulletin, with its issue where that stands beside it.
_BULLETIN = pattern_of(
    r"《?(?P<name>[[:han:]]{2,16}?(?:[简专快月周]报|信息|动态|内参|通讯|参考|要情))》?\s*"
    rf"(?P<issue>{_ISSUE_OF_BULLETIN})?"
)
_ISSUE = pattern_of(_ISSUE_OF_BULLETIN)


def bulletin_in(text: str) -> tuple[str, bool] | None:
    """The bulletin that a line names, and whether it names the issue as well; None for any other line.

    >>> bulletin_in("青石政法简报（第14期）"), bulletin_in("《青石信息》"), bulletin_in("青石信息公开第3期培训班")
    (('青石政法简报', True), ('青石信息', False), None)
    """
    match = _BULLETIN.fullmatch(text.strip())
    return (match["name"], match["issue"] is not None) if match is not None else None


def is_issue(text: str) -> bool:
    """Whether a line is the issue of a bulletin and nothing else.

    >>> is_issue("第 14 期（总第 203 期）"), is_issue("第3期培训班")
    (True, False)
    """
    return _ISSUE.fullmatch(text.strip()) is not None


# What the head of a journal's page prints beside its name: 第38卷 第4期（总第210期）, 2021年7月, Vol.38 No.4, 双月刊.
_ISSUE_MARK = (
    r"(?:第\s*\d{1,3}\s*卷|总?\s*第\s*\d{1,4}\s*期|(?:19|20)\d{2}\s*年\s*第\s*\d{1,3}\s*期"
    r"|Vol\.?\s*\d+|No\.?\s*\d+)"
)
_MONTH_OF_ISSUE = r"(?:19|20)\d{2}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?(?:\s*出版)?"
# A row of such marks that no word is glued to: 第3期培训班 is no issue.
_BESIDE_JOURNAL = pattern_of(
    rf"(?<![[:han:]])[（(\[【]?\s*(?:(?:{_ISSUE_MARK}|{_MONTH_OF_ISSUE}|(?:双月|月|季|半年|半月|旬)刊"
    r"|(?:19|20)\d{2}\s*[.,，]\s*\d+\s*[（(]\d+[）)])\s*[（(）)，,、·:：;；]*\s*)+[）)\]】]?(?![[:han:]])",
    re.IGNORECASE,
)
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z.,&'’()\s:\-–]*(?:\d{1,4}(?!\d))?")
_SPACED_NAME = pattern_of(r"[[:han:]](?:\s[[:han:]]){2,15}")
_JOURNAL = pattern_of(r"《?(?P<name>[[:han:]]{3,16}(?:\s?[（(][[:han:]]{2,10}版[）)])?)》?")
_JOURNAL_END = re.compile(r"(?:学报|刊|研究|论坛|论丛|杂志|科学|学术)$|版[）)]$")


@dataclass(frozen=True, slots=True)
class JournalHead:
    """What a line of the head of a journal's page says: the journal's ``name``, and whether its volume or issue."""

    name: str | None
    has_issue: bool


def journal_in(text: str) -> JournalHead | None:
    """What a line of the head of a journal's page says; None for a line that says anything else.

    >>> journal_in("第 38 卷 第 4 期 青 禾 社 会 科 学 Vol.38 No.4")
    JournalHead(name='青禾社会科学', has_issue=True)
    >>> journal_in("2021 年 7 月 QINGHE SOCIAL SCIENCES Jul. 2021"), journal_in("第3期培训班开班")
    (JournalHead(name=None, has_issue=False), None)
    """
    if len(text) > LONGEST_MASTHEAD * 2 or "。" in text:
        return None
    rest = _BESIDE_JOURNAL.sub("\t", text)
    is_marked = rest != text
    rest = _LATIN_NAME.sub("\t", rest).strip(" \t|·,，、.:：—-0123456789")
    has_issue = is_marked and re.search(_ISSUE_MARK, text, re.IGNORECASE) is not None
    if not rest:
        return JournalHead(None, has_issue) if is_marked or text.isascii() else None
    is_spaced = _SPACED_NAME.fullmatch(rest) is not None
    match = _JOURNAL.fullmatch("".join(rest.split()) if is_spaced else rest)
    if match is None or not (is_marked or is_spaced or _JOURNAL_END.search(match["name"])):
        return None
    return JournalHead(match["name"], has_issue)


def paper_in(text: str) -> str | None:
    """The paper whose name begins ``text``, without the word for its copy on the web.

    >>> paper_in("《青禾日报》数字报 2020年11月08日"), paper_in("青禾日报数字报"), paper_in("青禾日报的三十年")
    ('青禾日报', '青禾日报', None)
    """
    match = _PAPER.match(text)
    return match["name"] if match is not None else None


def page_in(text: str) -> re.Match[str] | None:
    """The match of a page of a paper in ``text``; its group ``name`` is what the page is called, where it says so.

    >>> page_in("青禾日报 第03版：综合新闻")["name"], page_in("版权所有") is None
    ('综合新闻', True)
    """
    numbered = _PAGE.search(text)
    if numbered is not None and numbered["name"]:
        return numbered
    return _LABELLED.search(text) or numbered


def _is_column(words: list[str], text: str) -> bool:
    """Whether the one word beside paper, day and weekday is the name of a page and not of who wrote."""
    is_one = len(words) == 1 and len(words[0]) <= LONGEST_COLUMN and not looks_like_name(words[0])
    return is_one and _WEEKDAY.search(text) is not None


def whole_paper(word: str) -> str | None:
    """The paper that ``word`` names and nothing else: 青禾日报, 青禾日报社.

    >>> whole_paper("青禾日报社"), whole_paper("青禾日报数字报"), whole_paper("青禾日报记者")
    ('青禾日报', '青禾日报', None)
    """
    match = _WHOLE_PAPER.fullmatch(word.removesuffix("社"))
    return match["name"] if match is not None else None


def beside_masthead(text: str) -> str:
    """``text`` with a bar for each weekday, lunar day and number of an issue, which mastheads print beside the day.

    >>> beside_masthead("青禾日报 星期二 第123期")
    '青禾日报 | |'
    """
    return _BESIDE.sub("|", text)


def masthead_in(text: str, day: tuple[int, int]) -> tuple[str, str | None] | None:
    """The paper and the name of its page on a line that is nothing but a masthead with its ``day`` at these places.

    >>> masthead_in("青禾日报 2019年8月6日 星期二", (5, 14)), masthead_in("青禾日报 2019年8月6日 李一鸣", (5, 14))
    (('青禾日报', None), None)
    >>> masthead_in("青禾日报数字报 2019年8月6日 第03版：乡村", (8, 17))
    ('青禾日报', '乡村')
    >>> masthead_in("2019年8月6日｜农历七月初六｜青禾日报｜A06版：乡村", (0, 9))
    ('青禾日报', '乡村')
    """
    rest = beside_masthead(_MADE_BY.sub("", f"{text[: day[0]]}|{text[day[1] :]}"))
    page = page_in(rest)
    name = page["name"] if page is not None else None
    if page is not None:
        is_paper = name is not None and _WHOLE_PAPER.fullmatch(name) is not None
        rest = f"{rest[: page.start()]}|{rest[page.start('name') if is_paper else page.end() :]}"
        name = None if is_paper else name
    words = [word for word in _MARKS.split(rest) if word]
    papers = [match["name"] for word in words if (match := _WHOLE_PAPER.fullmatch(word)) is not None and match["name"]]
    others = [word for word in words if _WHOLE_PAPER.fullmatch(word) is None]
    numbers = [word for word in others if _PAGE_NUMBER.fullmatch(word) is not None]
    others = [word for word in others if word not in numbers]
    if len(papers) != 1 or len(others) > 1:
        return None
    is_paged = page is not None or bool(numbers) or _is_column(others, text)
    if others and (not is_paged or name or _PAGE_NAME.fullmatch(others[0]) is None):
        return None
    return papers[0], name or (others[0] if others else None)
