"""Where the articles of a text dump begin: at the title above a dated line, a byline, a dateline, or below a rubric."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.pages.bylines import photo_credit
from tasks.pages.dump_marks import Mark
from tasks.pages.lines import Line, clause_marks, han_count
from tasks.pages.titles import is_subtitle

_LABELLED = re.compile(r"^(?:来源|作者|时间|日期|发布时间|发布日期|编辑|责任编辑|文号|索引号|浏览|点击)\s*[：:]")
KICKER_END = re.compile(r"[—–―─]{2,}\s*$")


def can_be_title(line: Line, mark: Mark) -> bool:
    if _LABELLED.match(line.text):
        return False
    if line.kind or mark.rule or mark.credits or mark.byline or mark.rubric:
        return False
    text = line.text
    if not 4 <= len(text) <= 70 or han_count(text) * 3 < len(text) or "。" in text or text[-1] in "，；、,：:":
        return False
    return not (mark.is_running and clause_marks(text) >= 3)


def article_starts(lines: list[Line], marks: list[Mark]) -> list[tuple[int, int | None]]:
    """(first line, line of the title) of each article."""
    starts: list[tuple[int, int | None]] = []
    has_body = False  # a paragraph has been seen since the last start
    has_ended = False  # a line that ends an article has been seen since
    for index, mark in enumerate(marks):
        line = lines[index]
        if line.kind:
            continue
        is_anchor = bool(
            (mark.credits and mark.credits.date and mark.credits.date.on)
            or mark.byline
            or mark.dateline
            or mark.rubric
            or (mark.bare_names and _follows_title(lines, marks, index))
        )
        if mark.rule is not None and mark.rule.ends and has_body:
            has_ended = True
        if has_ended and not mark.rubric:
            # Below the article a page lists others, with dates and names of their own.
            continue
        if is_anchor and (has_body or not starts) and _text_follows(lines, marks, index):
            title = _title_above(lines, marks, index, starts[-1][0] if starts else -1)
            if mark.rubric:
                title = _title_below(lines, marks, index)
            if title is not None and not (has_body and mark.credits and not _opens_again(lines, marks, index)):
                first = title
                while first > 0 and _belongs_above(lines, marks, first - 1, starts):
                    first -= 1
                if mark.rubric:
                    first = min(first, index)
                if not starts or first > starts[-1][0]:
                    starts.append((first, title))
                    has_body = mark.dateline is not None
                    has_ended = False
                    continue
        if (
            mark.is_running
            and len(line.text) >= 30
            and not mark.rule
            and not mark.credits
            and not photo_credit(line.raw)
        ):
            has_body = True
    if starts:
        return starts
    for index, mark in enumerate(marks):
        if mark.is_running and len(lines[index].text) >= 20 and not lines[index].kind and not mark.rule:
            title = _title_above(lines, marks, index, -1)
            return [(title if title is not None else index, title)]
    return []


def _text_follows(lines: list[Line], marks: list[Mark], index: int) -> bool:
    """Whether running text begins soon at or after an anchor: names and dates also stand in menus and lists."""
    # Buttons and counters may stand between a dated line and the text.
    end = index + (25 if marks[index].credits else 12)
    for line, mark in zip(lines[index:end], marks[index:end], strict=True):
        if not line.kind and mark.is_running and len(line.text) >= 22 and not mark.rule:
            return True
    return False


def _follows_title(lines: list[Line], marks: list[Mark], index: int) -> bool:
    return index > 0 and can_be_title(lines[index - 1], marks[index - 1]) and not marks[index - 1].bare_names


def _opens_again(lines: list[Line], marks: list[Mark], index: int) -> bool:
    """A second dated line opens another article only where paragraphs follow it (a list of links has none)."""
    running = sum(
        1
        for line, mark in zip(lines[index + 1 : index + 6], marks[index + 1 : index + 6], strict=True)
        if mark.is_running and len(line.text) >= 40 and not line.kind
    )
    return running >= 2


def _title_above(lines: list[Line], marks: list[Mark], index: int, floor: int) -> int | None:
    place = index - 1
    steps = 0
    while place > floor and steps < 4:
        line, mark = lines[place], marks[place]
        if line.kind == "removed" and line.removed_as == "markup":
            place -= 1
            continue
        if can_be_title(line, mark) and not (mark.bare_names and place > floor + 1) and not is_subtitle(line.text):
            return place
        if mark.is_running and len(line.text) >= 30 and not mark.rule:
            return None
        place -= 1
        steps += 1
    return None


def _title_below(lines: list[Line], marks: list[Mark], index: int) -> int | None:
    for place in range(index + 1, min(index + 4, len(lines))):
        if can_be_title(lines[place], marks[place]) and not KICKER_END.search(lines[place].text):
            return place
        if marks[place].is_running and len(lines[place].text) >= 30:
            return None
    return None


def _belongs_above(lines: list[Line], marks: list[Mark], index: int, starts: Sequence[tuple[int, int | None]]) -> bool:
    """Whether the line above a title is its kicker or its rubric."""
    if starts and index <= starts[-1][0]:
        return False
    line = lines[index]
    if line.kind:
        return False
    return bool(marks[index].rubric) or bool(KICKER_END.search(line.text) and len(line.text) <= 60)
