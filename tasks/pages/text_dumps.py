"""A text dump read as one or more articles: which lines begin an article, which belong to it, and what the rest is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks.pages.bylines import (
    Credits,
    photo_credit,
    read_bare_names,
    read_byline,
    read_credits,
    read_dateline,
    read_unlabelled,
)
from tasks.pages.drafts import BodyPart, Draft
from tasks.pages.fragments import order_parts
from tasks.pages.line_patterns import Rule, stock_phrase
from tasks.pages.lines import Line, clause_marks, closes, ends_sentence, han_count, is_headline, is_running
from tasks.pages.publication_dates import find_day
from tasks.pages.site_names import name_site
from tasks.pages.titles import cut_site_name, folded, is_subtitle, split_kicker

_RUBRIC = re.compile(
    r"^[【\[■◆●▲]?\s*(?P<name>[㐀-鿿]{2,8})\s+[A-Z][A-Z\s]{3,}$|^[【\[■◆]\s*(?P<boxed>[㐀-鿿·]{2,8})\s*[】\]]?$"
)
_SUMMARY = re.compile(
    r"^[\[【（(]?\s*(?:内容)?(?:摘要|提要|导读|导语|核心提示|内容提要|内容简介|编者按|提示|摘\s要)\s*(?:[\]】）)]\s*[：:]?|[：:])\s*(?P<text>.{8,})$"
)
_ROW = re.compile(r"[|｜│丨]")
_WORD_LIST = re.compile(r"[_,，、|/\s]+")
_KICKER_END = re.compile(r"[—–―─]{2,}\s*$")
_TAIL_CREDIT = re.compile(
    r"[（(](?:(?:本文|文中|文内|以上)?(?:图片|照片|图|配图|供图)[^（）()]{1,16}(?:提供|供图|摄|拍摄|来源[^（）()]{0,8})|完|责任编辑[^（）()]{2,20}|编辑[：:][^（）()]{2,20})[）)]\s*$"
)


@dataclass(slots=True)
class _Mark:
    """What a line is before it is known which article it belongs to."""

    rule: Rule | None = None
    credits: Credits | None = None
    byline: list[str] | None = None
    bare_names: list[str] | None = None
    dateline: tuple[str, list[str], str | None] | None = None
    rubric: str | None = None
    is_running: bool = False


def read_dump(lines: list[Line], *, repeated: frozenset[str]) -> list[Draft]:
    """Judge ``lines`` (markup already judged) and return the articles in the order of the page."""
    marks = [_mark(line, repeated) for line in lines]
    starts = _article_starts(lines, marks)
    _remove_preamble(lines, marks, starts[0][0] if starts else len(lines))
    drafts: list[Draft] = []
    for number, (start, title) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
        draft = _read_article(lines, marks, start, end, title, len(drafts))
        if draft.parts:
            drafts.append(draft)
            continue
        for line in lines[start:end]:
            if line.kind != "removed":
                line.article = None
                line.remove("other", "nothing of an article follows")
    for line in lines:
        if not line.kind:
            line.remove("other", "not part of an article")
    _share_rubric(drafts)
    site = name_site(line.text for line in lines if line.kind in ("removed", "metadata"))
    site = site or _site_before_credits(lines)
    for draft in drafts:
        draft.site = site
    return drafts


def _share_rubric(drafts: list[Draft]) -> None:
    """A brief without a rubric of its own stands under that of the brief before it."""
    for before, draft in pairwise(drafts):
        if draft.rubric is None and draft.dateline and before.dateline:
            draft.rubric = before.rubric


def _mark(line: Line, repeated: frozenset[str]) -> _Mark:
    mark = _Mark()
    if line.kind:
        return mark
    text, raw = line.text, line.raw
    if text in repeated:
        line.remove("repeated", "the site prints this line on many pages")
        return mark
    if _is_row_of_labels(text, raw):
        line.remove("navigation", "a row of links")
        return mark
    if _is_word_spam(text, raw):
        line.remove("spam", "a string of search terms that no sentence holds together")
        return mark
    mark.rubric = _rubric_of(raw)
    mark.is_running = is_running(text)
    if mark.rubric:
        return mark
    mark.byline = read_byline(raw)
    if mark.byline:
        return mark
    mark.dateline = read_dateline(raw) if len(text) > 20 else None
    if mark.dateline is None:
        mark.bare_names = read_bare_names(raw)
        if len(text) <= 120 and not (mark.is_running and len(text) > 40 and not re.match(r"[（(【\[]", text)):
            credits = read_credits(raw)
            if not credits.is_empty and _is_credits(credits, text):
                mark.credits = credits
    if mark.credits is None:
        mark.rule = stock_phrase(text)
    return mark


def _is_credits(credits: Credits, text: str) -> bool:
    if credits.outlet or credits.authors or credits.editors or credits.photographers:
        return bool(credits.date) or len(text) <= 60
    date = credits.date
    if date is None:
        return False
    rest = text[: date.start] + text[date.end :]
    if date.on is None:
        return len(text) <= 30 and clause_marks(text) == 0 and not ends_sentence(text) and len(rest) <= 16
    return len(rest) <= 30 and clause_marks(rest) <= 1 and not ends_sentence(text)


def _rubric_of(raw: str) -> str | None:
    match = _RUBRIC.match(raw.strip())
    return (match["name"] or match["boxed"]) if match else None


def _is_row_of_labels(text: str, raw: str) -> bool:
    parts = [part.strip() for part in _ROW.split(raw) if part.strip()]
    return len(parts) >= 4 and max(len(part) for part in parts) <= 16 and not ends_sentence(text)


def _is_word_spam(text: str, raw: str) -> bool:
    if len(text) < 20 or "：" in text or "《" in text or "。" in text:
        return False
    if text.count("_") >= 3:
        return True
    if ends_sentence(text):
        return False
    parts = [part for part in _WORD_LIST.split(raw) if part]
    return (
        len(parts) >= 3
        and sum(len(part) for part in parts) / len(parts) >= 6
        and "、" not in text
        and bool(
            re.search(
                r"(?i)在线|视频|高清|免费|国产|精品|无码|av|亚洲|欧美|日韩|性|色|彩票|博彩|娱乐|体育|官网|下载|注册|代理|开户|平台|游戏",
                text,
            )
        )
        and len(
            re.findall(
                r"(?i)在线|视频|高清|免费|国产|精品|无码|av|亚洲|欧美|日韩|色|彩票|博彩|娱乐|官网|下载|注册|代理|开户|棋牌|入口|手机版|app",
                text,
            )
        )
        >= 3
    )


def _can_be_title(line: Line, mark: _Mark) -> bool:
    if line.kind or mark.rule or mark.credits or mark.byline or mark.rubric:
        return False
    text = line.text
    if not 4 <= len(text) <= 70 or han_count(text) * 2 < len(text) or "。" in text or text[-1] in "，；、,：:":
        return False
    return not (mark.is_running and clause_marks(text) >= 3)


def _article_starts(lines: list[Line], marks: list[_Mark]) -> list[tuple[int, int | None]]:
    """(first line, line of the title) of each article."""
    starts: list[tuple[int, int | None]] = []
    has_body = False  # a paragraph has been seen since the last start
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
        if is_anchor and (has_body or not starts):
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
                    has_body = False
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


def _follows_title(lines: list[Line], marks: list[_Mark], index: int) -> bool:
    return index > 0 and _can_be_title(lines[index - 1], marks[index - 1]) and not marks[index - 1].bare_names


def _opens_again(lines: list[Line], marks: list[_Mark], index: int) -> bool:
    """A second dated line opens another article only where paragraphs follow it (a list of links has none)."""
    running = sum(
        1
        for line, mark in zip(lines[index + 1 : index + 6], marks[index + 1 : index + 6], strict=True)
        if mark.is_running and len(line.text) >= 40 and not line.kind
    )
    return running >= 2


def _title_above(lines: list[Line], marks: list[_Mark], index: int, floor: int) -> int | None:
    place = index - 1
    steps = 0
    while place > floor and steps < 4:
        line, mark = lines[place], marks[place]
        if line.kind == "removed" and line.removed_as == "markup":
            place -= 1
            continue
        if _can_be_title(line, mark) and not (mark.bare_names and place > floor + 1) and not is_subtitle(line.text):
            return place
        if mark.is_running and len(line.text) >= 30 and not mark.rule:
            return None
        place -= 1
        steps += 1
    return None


def _title_below(lines: list[Line], marks: list[_Mark], index: int) -> int | None:
    for place in range(index + 1, min(index + 4, len(lines))):
        if _can_be_title(lines[place], marks[place]) and not _KICKER_END.search(lines[place].text):
            return place
        if marks[place].is_running and len(lines[place].text) >= 30:
            return None
    return None


def _belongs_above(lines: list[Line], marks: list[_Mark], index: int, starts: Sequence[tuple[int, int | None]]) -> bool:
    """Whether the line above a title is its kicker or its rubric."""
    if starts and index <= starts[-1][0]:
        return False
    line = lines[index]
    if line.kind:
        return False
    return bool(marks[index].rubric) or bool(_KICKER_END.search(line.text) and len(line.text) <= 60)


def _remove_preamble(lines: list[Line], marks: list[_Mark], end: int) -> None:
    for line, mark in zip(lines[:end], marks[:end], strict=True):
        if line.kind:
            continue
        if mark.rule and mark.rule.kind != "metadata":
            line.remove(mark.rule.kind, mark.rule.reason)
        elif mark.credits or mark.byline:
            line.kind, line.reason = "metadata", "credits above the title"
        else:
            line.remove("navigation", "stands above the title of the first article")


def _read_article(
    lines: list[Line], marks: list[_Mark], start: int, end: int, title_index: int | None, ordinal: int
) -> Draft:
    draft = Draft()
    if title_index is not None:
        _take_title(lines, title_index, draft, ordinal)
    started = False
    over: tuple[str, str] | None = None
    running_left = sum(
        len(lines[i].text) for i in range(start, end) if marks[i].is_running and not marks[i].rule and not lines[i].kind
    )
    running_done = 0
    gaps = sorted(line.gap for line in lines[start:end] if line.removed_as != "markup")
    usual_gap = gaps[len(gaps) // 2] if gaps else 0
    for index in range(start, end):
        line, mark = lines[index], marks[index]
        if line.kind:
            continue
        text = line.text
        if mark.is_running and not mark.rule:
            running_left -= len(text)
            running_done += len(text)
        if over is not None:
            _judge_after_end(line, mark, over, draft, ordinal)
            continue
        line.article = ordinal
        if mark.rubric:
            line.kind, draft.rubric = "rubric", draft.rubric or mark.rubric
            continue
        if title_index is not None and index < title_index and _KICKER_END.search(text):
            line.kind, draft.kicker = "kicker", _KICKER_END.sub("", text).strip()
            continue
        if mark.rule is not None:
            rule = mark.rule
            if rule.kind == "metadata":
                line.kind, line.reason = "metadata", rule.reason
                continue
            line.article = None
            line.remove(rule.kind, rule.reason)
            if rule.ends and started and running_left <= running_done * 0.5:
                over = (rule.kind, f"follows a line that ends the article ({rule.reason})")
            continue
        if mark.byline or (mark.bare_names and _is_bare_byline(line, mark, draft, started)):
            names = mark.byline or mark.bare_names or []
            line.kind, line.reason = "metadata", "byline"
            _confirm_authors(draft, names, ordinal)
            continue
        if mark.credits is not None and not (started and mark.is_running and len(text) > 40):
            line.kind, line.reason = "metadata", "credits of the article"
            draft.credits.fill(read_unlabelled(line.raw, mark.credits))
            if started and mark.credits.editors and running_left <= running_done * 0.3:
                over = ("other", "follows the editor's credit at the end of the article")
            continue
        if not started and not draft.rubric and draft.title and _is_late_rubric(line, lines, marks, index):
            line.kind, draft.rubric = "rubric", text
            continue
        summary = _SUMMARY.match(text) if not started else None
        if summary:
            line.kind = "summary"
            draft.summary = re.sub(r"[.…]{2,}$|…$", "", summary["text"]).strip()
            continue
        if not started and draft.title and _take_inner_title(lines, marks, index, draft):
            continue
        if _take_caption(line, mark, lines, marks, index, usual_gap, draft):
            continue
        started = started or mark.is_running
        _take_body_line(line, mark, draft)
    _trim_end(draft)
    order_parts(draft)
    draft.is_complete = _is_whole(draft)
    return draft


def _take_title(lines: list[Line], index: int, draft: Draft, ordinal: int) -> None:
    line = lines[index]
    line.kind, line.article = "title", ordinal
    both = split_kicker(line.text)
    if both:
        draft.kicker, draft.title = both
    else:
        draft.title = cut_site_name(line.text)


def _confirm_authors(draft: Draft, names: list[str], ordinal: int) -> None:
    """Add ``names``; where they spell the same characters as glued names known so far, the byline's division holds."""
    known = draft.credits.authors
    if known and "".join(known) == "".join(names):
        draft.credits.authors = list(names)
        return
    draft.credits.fill(Credits(authors=names))


def _is_bare_byline(line: Line, mark: _Mark, draft: Draft, started: bool) -> bool:
    names = mark.bare_names or []
    if draft.credits.authors and "".join(draft.credits.authors) == "".join(names):
        return True
    return not started and not draft.credits.authors and draft.title is not None


def _is_late_rubric(line: Line, lines: list[Line], marks: list[_Mark], index: int) -> bool:
    """A word or two alone between the byline and the first paragraph names the column of the newspaper."""
    if not re.fullmatch(r"[㐀-鿿]{2,5}", line.text) or index + 1 >= len(lines):
        return False
    above = marks[index - 1] if index else _Mark()
    return bool(above.byline or above.bare_names or above.rubric) and marks[index + 1].is_running


def _take_inner_title(lines: list[Line], marks: list[_Mark], index: int, draft: Draft) -> bool:
    """The printed title and its subtitle (——…) below the page's title: they replace it where it was made of them."""
    line = lines[index]
    text = line.text
    if draft.title and folded(text) == folded(draft.title):
        line.kind = "title"
        return True
    if is_subtitle(text) and not ends_sentence(text):
        line.kind = "kicker"
        draft.kicker = draft.kicker or text.lstrip("—–―─- ").strip()
        return True
    following = lines[index + 1] if index + 1 < len(lines) else None
    if (
        following is not None
        and not following.kind
        and is_subtitle(following.text)
        and not ends_sentence(following.text)
        and is_headline(text, 60)
        and not marks[index].is_running
    ):
        line.kind = "title"
        draft.title = text
        return True
    return False


def _take_caption(
    line: Line, mark: _Mark, lines: list[Line], marks: list[_Mark], index: int, usual_gap: int, draft: Draft
) -> bool:
    text = line.text
    credit = photo_credit(line.raw) if len(text) <= 600 else None
    if credit:
        kept_raw, names = credit
        draft.credits.fill(Credits(photographers=names))
        kept = text[: aligned(text, kept_raw)]
        is_story = (
            len(kept) > 60
            and not draft.parts
            and not any(
                marks[place].is_running and not lines[place].kind and len(lines[place].text) > 30
                for place in range(index + 1, min(index + 4, len(lines)))
            )
        )
        if len(kept) > 100 or is_story:
            # A photo story: the text is the article, its last sentence (图为…) describes the picture.
            line.kind = "paragraph"
            line.cut_to(0, len(kept))
            draft.parts.append(BodyPart("paragraph", line.text, [line]))
            picture = re.search(r"(?:图为|图中|图片为)[^。]{4,60}。?$", kept)
            if picture:
                draft.captions.append(picture.group())
            return True
        line.kind = "caption"
        if kept:
            draft.captions.append(kept)
        return True
    if re.match(r"^(?:图为|图片说明|[▲△↑▼]|图[一二三四五六七八九\d]+[：:])", text) and len(text) <= 100:
        line.kind = "caption"
        draft.captions.append(text.lstrip("▲△↑▼ "))
        return True
    if (
        line.gap >= usual_gap + 2
        and len(text) <= 60
        and draft.parts
        and ends_sentence(text)
        and text.count("。") == 1
        and not text.startswith("“大")
        and not re.search(r"[：:]“|”[，,].*说", text)
    ):
        line.kind = "caption"
        draft.captions.append(text)
        return True
    if (
        not mark.is_running
        and draft.parts
        and _stands_before_colon_heading(lines, marks, index)
        and draft.parts[-1].kind == "paragraph"
        and len(text) >= 8
    ):
        line.kind = "caption"
        draft.captions.append(text)
        return True
    following = _next_line(lines, index)
    if (
        not mark.is_running
        and following is not None
        and following.removed_as == "placeholder"
        and len(text) > 30
        and not clause_marks(text)
    ):
        line.kind = "caption"
        draft.captions.append(text)
        return True
    return False


def _next_line(lines: list[Line], index: int) -> Line | None:
    for line in lines[index + 1 : index + 4]:
        if line.removed_as == "markup":
            continue
        if not line.kind and stock_phrase(line.text) is not None:
            rule = stock_phrase(line.text)
            if rule is not None and rule.kind == "placeholder":
                line.remove(rule.kind, rule.reason)
        return line
    return None


def _stands_before_colon_heading(lines: list[Line], marks: list[_Mark], index: int) -> bool:
    """A headline-like line right above a short label with a colon (某市：) belongs to the picture above the label."""
    if lines[index].text[-1:] in "：:":
        return False
    following = next((line for line in lines[index + 1 : index + 3] if line.removed_as != "markup"), None)
    return following is not None and not following.kind and len(following.text) <= 8 and following.text[-1:] in "：:"


def aligned(text: str, kept: str) -> int:
    """Where in ``text`` the characters of ``kept`` end, white space not counted."""
    wanted = len("".join(kept.split()))
    seen = 0
    for place, char in enumerate(text):
        if seen >= wanted:
            return place
        if not char.isspace():
            seen += 1
    return len(text)


def _take_body_line(line: Line, mark: _Mark, draft: Draft) -> None:
    text = line.text
    if mark.dateline is not None and draft.dateline is None:
        dateline, names, agency = mark.dateline
        draft.dateline = text[: aligned(text, dateline)]
        draft.credits.fill(Credits(authors=names))
        if agency and draft.credits.outlet is None:
            draft.credits.outlet = agency
    tail = _TAIL_CREDIT.search(text)
    kept = text[: tail.start()].rstrip() if tail else text
    if not mark.is_running and is_headline(text) and not closes_like_speech(text):
        line.kind = "heading"
        if draft.parts and draft.parts[-1].kind == "heading":
            part = draft.parts[-1]
            part.text += text
            part.lines.append(line)
            return
        draft.parts.append(BodyPart("heading", text, [line]))
        return
    if not kept:
        line.kind, line.reason = "metadata", "credit of the pictures"
        return
    line.kind = "paragraph"
    line.cut_to(0, len(kept))
    draft.parts.append(BodyPart("paragraph", line.text, [line]))


def closes_like_speech(text: str) -> bool:
    """Whether a short line is speech or an ellipsis rather than a heading."""
    return (
        (text[:1] in "“‘" and text[-1:] in "”’" and closes(text)) or set(text) <= set("…．.· ") or ends_sentence(text)
    )


def _judge_after_end(line: Line, mark: _Mark, over: tuple[str, str], draft: Draft, ordinal: int) -> None:
    if mark.credits is not None and (mark.credits.editors or mark.credits.authors) and len(line.text) <= 60:
        found = mark.credits
        found.date = None
        draft.credits.fill(found)
        line.kind, line.reason, line.article = "metadata", "credits below the article", ordinal
        return
    if mark.rule is not None and mark.rule.kind != "metadata":
        line.remove(mark.rule.kind, mark.rule.reason)
    else:
        line.remove(*over)


def _trim_end(draft: Draft) -> None:
    """Headings at the end that no paragraph follows are not headings of this article."""
    while draft.parts and draft.parts[-1].kind == "heading":
        part = draft.parts.pop()
        for line in part.lines:
            line.article = None
            line.remove("other", "a heading that nothing of the article follows")


_ORPHAN = re.compile(r"^(?:[的了着过地得]|在内的|之一|以及|[，。；、）”》])|^[^，。包含]{2,12}在内的")


def _is_whole(draft: Draft) -> bool:
    for part in draft.parts:
        if "□" in part.text or "�" in part.text:
            return False
        if part.kind == "paragraph" and (_ORPHAN.match(part.text) or (len(part.text) > 60 and not closes(part.text))):
            return False
    return True


def _site_before_credits(lines: list[Line]) -> str | None:
    """The name before the date of the credits line, where the page prints it as a line of its own as well."""
    alone = {line.text for line in lines if len(line.text) <= 16}
    for line in lines:
        if line.kind == "metadata":
            head = re.split(r"\s+|时间|发布|\d{4}", line.raw.strip())[0]
            if head in alone and len(line.text) > len(head) + 6 and find_day(line.raw):
                return head
    return None


__all__ = ["aligned", "read_dump"]
