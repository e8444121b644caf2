"""Whether an article is all there: signs that a passage of it is lost or stands on another page.

A character lost here and there is a repair that could not be made (its place shows □), not a passage: the article
counts as complete until more than one sentence's worth of them is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tasks.lexicon.characters import pattern_of
from tasks.pages.drafts import BodyPart
from tasks.pages.lines.lines import Line, clause_marks, closes
from tasks.pages.lines.publication_dates import chinese_number
from tasks.pages.lines.wrapped_words import begins_with_particle

LONGEST_GAP = 5  # lost characters in a row that are still a word or two
MOST_LOST_SHARE = 0.01  # of the text; above it sentences cannot be read any more

# After a space or a mark the square is a box to tick.
_LOST = pattern_of(r"(?<=[[:han:]\w])[□\N{REPLACEMENT CHARACTER}]+")
# What can only follow the beginning of its sentence: marks, and the end of an enumeration that began before.
_TAIL_OF_SENTENCE = re.compile(
    r"^(?:在内的|之一[，。]|[，。；、）”》])|^(?!.{0,10}(?:包括|包含|连同))[^，。]{2,12}在内的"
    r"|^(?:创办|创建|建立|成立|打造|推出|开发|组建|设立|举办|研发|制定|编写|出版|发布|报送|选送)的[“《]"
)
_MAY_BEGIN_IN_MIDST = frozenset("之，。；、）”》创建成打推出开组设举研发制编报选的了")
# The foot of a page that prints only a part of its article: 未完待续, 登录后阅读全文, 下转第三版.
_GOES_ON = pattern_of(
    r"[（(【\[]?\s*(?:未完待续|未完，?待续|下转第?\s*[A-Z]?[\d[:one_to_ten:]]+\s*版|(?:紧接|上接|下接)第?\s*[A-Z]?[\d[:one_to_ten:]]+\s*版"
    r"|余下全文|阅读(?:剩余|余下)(?:全文|内容)"
    r"|(?:剩余|还有|余下)\s*\d{1,3}\s*[%％](?:未读|的?内容)?|(?:登录|订阅|付费|购买|注册|开通会员|下载(?:客户端|APP))[^，。]{0,8}(?:阅读|查看|解锁)(?:全文|全部"
    r"|更多|余下|剩余)"
    r"|(?:接|转)(?:下页|第\s*\d+\s*页))",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"(?:\.{3,}|(?<!…)…)\s*[\[【（(]?\s*(?:详细|详情|全文|更多|查看全文|阅读全文|点击查看)?\s*[\]】）)]?$"
)
_PAGER = re.compile(
    r"^(?:[\s\d\[\]【】()（）|｜/·.…<>«»‹›＜＞共第页]|上一页|前一页|上页|首页|下一页|后一页|下页|尾页|末页|全文|显示全文|在本页|余下全文|分页|阅读)+$"
)
_NEXT_PAGE = re.compile(r"在本页.{0,4}全文|下一页|后一页|下页|尾页|末页")
_PAGE_COUNT = re.compile(r"共\s*(\d{1,3})\s*页")
_ANNOUNCED = re.compile(
    r"(?:有|为|出|了|即|以下|如下|主要)?(?P<count>[二两三四五六七八九])(?:个方面|方面|点|条|项|个|大|种)?[^，。；：]{0,8}[：:]\s*一是"
)
_POINT = pattern_of(r"(?<![[:han:]])([[:one_to_ten:]])是")
_NUMBERED = pattern_of(r"^(?P<open>[（(]?)(?P<number>[[:one_to_ten:]]{1,2})(?P<close>[、．.）)])")

_NUMBER_TO_CALL = re.compile(r"[：:]\s*[\d\-—、/（）() ]{7,}$")  # 联系电话：0571-12345678, below a reply


def missing_of(parts: Sequence[BodyPart], *, is_flattened: bool) -> str | None:
    """Why the text of ``parts`` cannot be the whole article, None where nothing speaks against it.

    ``is_flattened``: the text was taken from columns or a dump, where an open paragraph is a torn one. In markup a
    paragraph without a full stop is as often a row of a list or a signature.
    """
    texts = [part.text for part in parts if part.kind == "paragraph" and part.text]
    if not texts:
        return None
    whole = "\n".join(texts)
    has_gaps = "□" in whole or "\N{REPLACEMENT CHARACTER}" in whole
    gaps = [len(gap) for gap in _LOST.findall(whole)] if has_gaps else []
    if gaps and (max(gaps) > LONGEST_GAP or sum(gaps) > max(2.0, len(whole) * MOST_LOST_SHARE)):
        return "characters of a whole passage are lost"
    if any(_begins_in_midst(text) for text in texts):
        return "a paragraph begins in the midst of a sentence"
    if is_flattened and any(len(text) > 60 and not _ends(text) for text in texts):
        return "a paragraph ends in the midst of a sentence"
    last = texts[-1]
    if _is_open(last, texts[:-1]):
        return "the text ends in the midst of a sentence"
    if _GOES_ON.search(last[-60:]) or _GOES_ON.match(last):
        return "the text says that it goes on elsewhere"
    if len(texts) > 1 and _lacks_announced_point(whole):
        return "points that the text announces are missing"
    if _skips_number([part.text for part in parts]):
        return "a number is missing among the numbered passages"
    return None


def is_pager(line: Line) -> bool:
    """Whether the line turns the pages of one article: numbers and a link to the next page.

    >>> is_pager(Line("1 2 3 下一页", "1 2 3 下一页")), is_pager(Line("上一页 1 下一页", "上一页 1 下一页"))
    (True, False)
    >>> is_pager(Line("下一页的数据见附表。", "下一页的数据见附表。"))
    False
    """
    text = line.raw.strip()
    if len(text) > 80 or not _PAGER.match(text):
        return False
    counted = _PAGE_COUNT.search(text)
    if counted:
        return int(counted.group(1)) > 1
    numbers = [int(number) for number in re.findall(r"\d{1,3}", text)]
    return bool(_NEXT_PAGE.search(text)) and any(number > 1 for number in numbers)


def says_more_follows(lines: Iterable[Line]) -> str | None:
    """Why the article goes on elsewhere, by the pager or the notice among the ``lines`` around it; else None."""
    for line in lines:
        if line.kind not in ("removed", "metadata") or line.removed_as in ("hidden", "comment") or len(line.text) > 80:
            continue
        if is_pager(line):
            line.reason = "turns to the other pages of the article"
            return line.reason
        if len(line.text) <= 40 and _GOES_ON.match(line.text):
            line.reason = "says that the article goes on elsewhere"
            return line.reason
    return None


def _begins_in_midst(text: str) -> bool:
    if text[0] in _MAY_BEGIN_IN_MIDST or "在内的" in text[:18]:
        return _TAIL_OF_SENTENCE.match(text) is not None or _is_torn_start(text)
    return False


def _is_torn_start(text: str) -> bool:
    return text[:1] in ("的", "了") and begins_with_particle(text) and closes(text)


def _ends(text: str) -> bool:
    """Whether a paragraph ends as one may: with a mark, or with a remark in brackets."""
    return closes(text) or text.rstrip()[-1:] in "）)】]"


def _is_open(last: str, others: Sequence[str]) -> bool:
    """Whether the last paragraph is a sentence cut short, where the others end as sentences do."""
    stripped = last.rstrip()
    if _NUMBER_TO_CALL.search(stripped):
        return False
    if len(stripped) < 20 or not clause_marks(stripped) or re.search(r"[—]{1,2}[^，。—]{2,14}$", stripped):
        return False
    if stripped[-1] in "，、,":
        return len(stripped) >= 40 or _is_prose(others)
    if _CUT.search(stripped) and not stripped.endswith(("”", "’")):
        before = _CUT.sub("", stripped)
        return before[-1:] not in "。！？!?" and not _ends(before) and "…" not in "".join(others)
    return len(stripped) >= 25 and clause_marks(stripped) >= 2 and not _ends(stripped) and _is_prose(others)


def _is_prose(texts: Sequence[str]) -> bool:
    """Whether paragraphs end as sentences do."""
    long = [text for text in texts if len(text) >= 40]
    return len(long) >= 2 and sum(map(_ends, long)) >= len(long) * 0.9


def _lacks_announced_point(text: str) -> bool:
    if "一是" not in text:
        return False
    for match in _ANNOUNCED.finditer(text):
        count = {"两": 2}.get(match["count"]) or chinese_number(match["count"]) or 0
        found = 1
        for point in _POINT.finditer(text, match.end()):
            number = chinese_number(point.group(1))
            if number == found + 1:
                found = number
            elif number == 1:
                break
        # One point too few in a text that goes on is as often a slip of the pen as a loss.
        if found < count and (count - found > 1 or len(text) - match.end() < 400):
            return True
    return False


def _skips_number(texts: Sequence[str]) -> bool:
    """Whether one of the first three numbers of passages (一、二、… or （一）（二）…) is left out."""
    for brackets in (False, True):
        expected = 1
        for text in texts:
            match = _NUMBERED.match(text)
            if not match or bool(match["open"]) != brackets:
                continue
            number = chinese_number(match["number"])
            if number == 1:
                expected = 2
            elif expected > 1 and number == expected:
                expected += 1
            elif expected > 1 and number == expected + 1:
                return True
            else:
                expected = 1
    return False
