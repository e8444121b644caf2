"""Which of the days on a line is that of publication: told by the label before it and by what follows it.

A page is full of days: of the event, of the deadline, of the signature, of the manuscript's arrival. A day counts as
that of publication where a label says so, or where it stands without any other label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from tasks.lexicon.characters import pattern_of
from tasks.pages.lines.publication_dates import ANY_DAY, PossibleDays, PublicationDate, find_date

MOST_DAYS = 6  # on one line; a line of more days is a chronicle
LABELLED, PLAIN, EDITED, OTHER = 3, 2, 1, 0  # ranks: how plainly the page says that the day is that of publication

_BEFORE = 16  # characters before a day in which its label stands
_PUBLISHING = re.compile(
    r"(?:发布|发表|刊发|[发编]稿|编发|首发|出版|刊登|刊载|见报|公布|公开|公告|播出|播发|首播|上传|录入|添加|推送|转载|入库|创建|发文|发帖|发送|提交|登载|新闻|文章|本文|稿件|信息|报道|来源)$"
)
_EDITING = re.compile(r"(?:更新|编辑|修改|修订|变更)$")
_ANSWERED = re.compile(r"(?:答复|回复|办结|反馈)(?:时间|日期)\s*[：:｜]\s*")
_LABEL = pattern_of(
    r"(?P<stem>[[:han:]]*?)(?P<noun>时间|日期|时限|期限|时段)(?:[】\]〕]?[：:]|[】\]〕]|为|是)?$|(?P<verb>[[:han:]]*)于$"
)
# Words right before a day that make it one of something else, whether a label or a sentence holds them.
_ELSE = re.compile(r"(?:收稿|修回|录用|签发|成文|生成|印发|生效|截至|截止|有效期|自|从|至|到)[】\]〕]?[：:]?$")
_PERIOD = pattern_of(r"\s*(?:[-—–~～－]{1,2}|至|到)\s*(?:\d{1,4}\s*[年月日.\-/]|[[:one_to_ten:]]{1,3}[月日])")
_DEADLINE = re.compile(r"\s*(?:之前|以前|前|止|起|截止|开始|结束|以来)")


def day_of_answer(texts: Iterable[str], days: PossibleDays = ANY_DAY) -> PublicationDate | None:
    """The day on which a letter or a call was answered, as the last of the ``texts`` of a form that tells it says.

    >>> day_of_answer(["来电时间｜2023-04-18 08:31", "答复时间｜2023-04-20 16:05"]).on
    datetime.date(2023, 4, 20)
    """
    answered = None
    for text in texts:
        label = _ANSWERED.search(text)
        found = find_date(text, start=label.end()) if label is not None else None
        if label is not None and found is not None and found.start == label.end() and days.hold(found):
            answered = replace(found, rank=EDITED)
    return answered


def publication_date(raw: str, days: PossibleDays = ANY_DAY) -> PublicationDate | None:
    """The date on a line that can be that of publication, one of ``days``: a labelled one before others, of equals the
    first.

    >>> publication_date("成文日期：2023-03-01 发布日期：2023-03-05").on
    datetime.date(2023, 3, 5)
    >>> publication_date("报名时间：2023年3月7日-3月26日") is None, publication_date("收稿日期：2020-01-02") is None
    (True, True)
    """
    best: PublicationDate | None = None
    start = 0
    for _ in range(MOST_DAYS):
        found = find_date(raw, start=start)
        if found is None:
            break
        start = found.end
        rank = _rank_of(raw, found)
        if rank == OTHER or not days.hold(found):
            continue
        ranked = replace(found, rank=rank)
        if best is None or (ranked.on is not None, rank) > (best.on is not None, best.rank):
            best = ranked
    return best


def _rank_of(raw: str, found: PublicationDate) -> int:
    if found.on is not None and (_PERIOD.match(raw, found.end) or _DEADLINE.match(raw, found.end)):
        return OTHER
    before = _token_before(raw[max(found.start - _BEFORE, 0) : found.start])
    label = _LABEL.search(before)
    if label is None:
        return OTHER if _ELSE.search(before) else PLAIN
    stem = label["stem"] if label["noun"] else label["verb"]
    if _PUBLISHING.search(stem or ""):
        return LABELLED
    if _EDITING.search(stem or ""):
        return EDITED
    return OTHER if stem else PLAIN


def _token_before(text: str) -> str:
    """The last word of ``text``; of a label set wide (发 布 时 间：) all its characters.

    >>> _token_before("青石网  时间："), _token_before("发 布 时 间：")
    ('时间：', '发布时间：')
    """
    words = text.split()
    token = ""
    while words and (not token or len(token.rstrip("：:")) <= 1 or len(words[-1]) == 1):
        token = words.pop() + token
    return token
