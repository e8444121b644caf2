"""What a line of a text dump is before it is known which article it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.lexicon.characters import pattern_of
from tasks.lexicon.posts import post_ending_at
from tasks.pages.lines.bylines import is_picture_credit, photo_credit, read_byline, read_dateline, read_pictures
from tasks.pages.lines.credits import Credits, is_note_of_passing, read_credits
from tasks.pages.lines.line_patterns import Rule, stock_phrase
from tasks.pages.lines.lines import Line, clause_marks, ends_sentence, is_running, stops
from tasks.pages.lines.personal_names import read_bare_names
from tasks.pages.lines.titles import behind_kicker_label
from tasks.pages.lines.word_spam import is_word_spam

# The rubric of a newspaper's page, with its name in Latin letters or in a box: 要闻 NEWS, 【时评】.
_RUBRIC = pattern_of(
    r"^[【\[■◆●▲]?\s*(?P<name>[[:han:]]{2,8})\s+[A-Z][A-Z\s]{3,}$|^[【\[■◆]\s*(?P<boxed>[[:han:]·]{2,8})\s*[】\]]?$"
)

_AFFILIATED = pattern_of(
    r"^(?P<names>[[:han:]\s、，,]{2,30})[（(][^（）()。]{2,40}?(?:大学|学院|党校|研究[院所]|研究中心|\d{6})[^（）()。]{0,30}[）)]$"
)
_SIGNED_WITH_POST = pattern_of(
    r"^[□◎○■◆▲△☆★]\s*(?P<post>[[:han:]]{2,30})\s+(?P<name>[[:han:]]{2,4}|[[:han:]]\s[[:han:]])$"
)
_OWN_POST = pattern_of(r"^原创\s+(?P<names>[[:han:]\s]{2,20})\s+[^\s\d]{2,16}$")  # author and account
# Where, when and with whom a meeting was held, each on a line of its own. Its day is none of publication.
_PARTICULAR = pattern_of(
    r"^(?:会议|活动|举办|召开)?(?P<what>时间|日期|地点|主题|议题|主持人?|主讲人?|记录人?|(?:参会|参加|与会|出席|列席|缺席)(?:人员|人|单位)?)"
    r"\s*[：:]\s*\S"
)
_ACCOUNT = pattern_of(r"^@(?P<name>[[:han:]\w·-]{2,20})[：:]?$")  # who posted on a microblog
# A brief ends with who sent it in: ….（李一鸣）
_SENT_IN = pattern_of(r"[。！？]”?[（(][[:han:]\s、]{2,16}[）)]$")
_ROW = re.compile(r"[|｜│丨]")


@dataclass(slots=True)
class Mark:
    """What a line is before it is known which article it belongs to."""

    rule: Rule | None = None
    credits: Credits | None = None
    byline: list[str] | None = None
    bare_names: list[str] | None = None
    dateline: tuple[str, list[str], str | None] | None = None
    rubric: str | None = None
    kicker: str | None = None  # behind a label
    is_particular: bool = False  # where, when and with whom something was held
    is_running: bool = False


def mark_line(line: Line) -> Mark:
    mark = Mark()
    if line.kind:
        return mark
    text, raw = line.text, line.raw
    mark.kicker = behind_kicker_label(text)
    if mark.kicker:
        return mark
    account = _ACCOUNT.match(text) if text[:1] == "@" else None
    if account is not None:
        mark.credits = Credits(account=account["name"])
        return mark
    mark.byline = _byline_of(raw)
    if mark.byline:
        return mark
    if _is_row_of_labels(text, raw) and not _is_row_of_credits(raw):
        line.remove("navigation", "a row of links")
        return mark
    if is_word_spam(text, raw):
        line.remove("spam", "a string of search terms that no sentence holds together")
        return mark
    rule = stock_phrase(text)
    if rule is not None and rule.kind == "comment":
        mark.rule = rule
        return mark
    mark.rubric = _rubric_of(raw) if rule is None else None
    if mark.rubric and raw[:1] in "■◆" and _is_name(mark.rubric):
        mark.rubric = None
    mark.is_running = is_running(text) or _SENT_IN.search(text) is not None
    if mark.rubric:
        return mark
    mark.dateline = read_dateline(raw) if len(text) > 20 else None
    if mark.dateline is None:
        mark.bare_names = read_bare_names(raw) or _names_behind_sign(raw)
        if len(text) <= 120 and not (ends_sentence(text) and len(text) > 40 and not re.match(r"[（(【\[]", text)):
            credits = read_credits(raw)
            is_said = not is_note_of_passing(text) and not _is_pictured(raw)
            if is_said and not credits.is_empty and _is_credits(credits, text):
                mark.credits = credits
    if mark.credits is None:
        mark.rule = rule
    return mark


def _byline_of(raw: str) -> list[str] | None:
    """Who wrote the article, of a line that says nothing else but where they work."""
    if is_picture_credit(raw):
        return None
    affiliated = _AFFILIATED.match(raw) if raw.endswith(("）", ")")) else None
    posted = _OWN_POST.match(raw)
    if posted is not None:
        return read_bare_names(posted["names"])
    pictures = read_pictures(raw)
    if pictures is not None:
        return pictures[0]
    return read_byline(raw) or (read_bare_names(affiliated["names"]) if affiliated is not None else None)


def _names_behind_sign(raw: str) -> list[str] | None:
    """Who wrote the article, set off by a sign and with the post: ◎ 青石镇党委书记 李一鸣."""
    match = _SIGNED_WITH_POST.match(raw)
    if match is None or post_ending_at(match["post"], len(match["post"])) is None:
        return None
    return read_bare_names(match["name"])


def _is_pictured(raw: str) -> bool:
    """Whether a line is a sentence about a picture and who took it."""
    pictured = photo_credit(raw)
    return pictured is not None and ends_sentence(pictured[0])


def _is_row_of_credits(raw: str) -> bool:
    """Whether the fields of a row are credits with labels: 来源：青石日报 | 作者：李一鸣 | 2021-03-04."""
    found = read_credits(raw)
    if "：" not in raw and ":" not in raw:
        return bool(found.authors or found.editors)
    return sum(map(bool, (found.date, found.outlet, found.authors, found.editors))) > 1


def _is_credits(credits: Credits, text: str) -> bool:
    if credits.outlet or credits.authors or credits.editors or credits.photographers:
        return bool(credits.date) or len(text) <= 60
    date = credits.date
    if date is None:
        return False
    rest = text[: date.start] + text[date.end :]
    if date.on is None:
        return len(text) <= 30 and clause_marks(text) == 0 and not ends_sentence(text) and len(rest) <= 16
    return len(rest) <= 30 and stops(rest) <= 1 and not ends_sentence(text)


def _rubric_of(raw: str) -> str | None:
    match = _RUBRIC.match(raw.strip())
    return (match["name"] or match["boxed"]) if match else None


def _is_name(text: str) -> bool:
    """Whether what a sign sets off is the name of who wrote: ■李一鸣, but ■背景."""
    return len(text) == 3 and read_bare_names(text) is not None


def _is_row_of_labels(text: str, raw: str) -> bool:
    words = raw.split()
    if len(words) >= 6 and len(text) <= len(words) * 4 and not re.search(r"[，。：；“]|\d{4}", text):
        return True
    parts = [part.strip() for part in _ROW.split(raw) if part.strip()]
    return len(parts) >= 4 and max(len(part) for part in parts) <= 16 and not ends_sentence(text)


def mark_particulars(lines: Sequence[Line], marks: list[Mark]) -> None:
    """Take the credits from the lines that say when a meeting was held, and know them and those beside as its text."""
    found: list[tuple[int, str]] = []
    for index, line in enumerate([*lines, None]):
        match = _PARTICULAR.match(line.text) if line is not None and not line.kind else None
        if match is not None:
            found.append((index, match["what"]))
            continue
        if len(found) > 1 and any(what == "地点" for _, what in found):
            for place, _ in found:
                marks[place] = Mark(is_particular=True, is_running=is_running(lines[place].text))
        found = []
