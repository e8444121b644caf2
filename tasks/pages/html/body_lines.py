"""The leaves of the body of an HTML page judged one by one: text, heading, caption, credit, or not of the article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.pages.drafts import BodyPart, Draft
from tasks.pages.html.body_element import asides_of, worths_of
from tasks.pages.html.data_tables import CELL_MARK, rows_of_tables
from tasks.pages.html.markup import Markup
from tasks.pages.lines.bylines import photo_credit, read_byline, read_dateline
from tasks.pages.lines.credits import (
    Credits,
    is_affiliation,
    is_note_of_passing,
    read_credits,
    read_unlabelled,
    without_address,
)
from tasks.pages.lines.line_patterns import stock_phrase
from tasks.pages.lines.lines import (
    Line,
    Removal,
    aligned,
    clause_marks,
    ends_sentence,
    is_headline,
    is_running,
)
from tasks.pages.lines.personal_names import read_bare_names
from tasks.pages.lines.publication_dates import find_day
from tasks.pages.lines.summaries import lead_of, read_summary
from tasks.pages.lines.titles import folded
from tasks.pages.sign_offs import take_sign_off

_LEAD_HINT = re.compile(
    r"(?:^|[ _-])(?:lead|summary|abstract|digest|daodu|zhaiyao|daoyu|intro|excerpt|subtitle-text|art-lead)(?:[ _-]|$)"
)


_CAPTION_HINT = re.compile(
    r"(?:^|[ _-])(?:caption|figcaption|img-?(?:desc|title|txt|text|note|info)|pic-?(?:desc|title|txt|info|note)|image-?(?:desc|caption)|tuzhu|photo-?desc)(?:[ _-]|$)"
)
_DATED_FIELD = re.compile(r"(?:发布|发表|刊发|上传|录入|添加)(?:时间|日期)\s*[：:]\s*\d")
_POSTED = re.compile(r"\b(?:posted|published)(?:\s+on)?\b|\bby\s+\w+|\s+", re.IGNORECASE)
_SPEECH = re.compile(r"[说道：:]“")
_BARE_LABEL = re.compile(
    r"^[（(【\[]?\s*(?:责任编辑|责编|编辑|作者|来源|文章来源|本文来源|信息来源|稿件来源|发布时间|发布日期|审核|校对|记者|摄影|供稿)\s*[：:]"
)

_LABELLED_DAY = re.compile(r"^.{0,4}(?:编辑|修改|更新|发布|发表|时间|日期)[于时间日期]{0,2}\s*[：:]?\s*\d")
_LINK_TAIL = re.compile(
    r"[\[【（(]?\s*(?:返回[㐀-鿿]{0,8}(?:首页|频道)?|详情|详细|详细内容|查看(?:详情|全文)|阅读全文|更多)\s*(?:[>＞»]{1,4}|\]|】)\s*[\]】）)]?$"
)
MOST_BELOW = 0.6  # of the article: what stands below a line that ends it is less
MOST_ANSWERS = 4.0  # readers may write more than the author
COUNTER = re.compile(r"^\d{1,3}\s*/\s*\d{1,3}\s*(?=[㐀-鿿“])")


def judge_body(
    markup: Markup,
    lines: list[Line],
    body: int,
    title_index: int | None,
    draft: Draft,
    span: tuple[int, int] | None = None,
) -> None:
    """Judge the lines of the element ``body``, or of the ``span`` of them that is one of several articles."""
    first, end = span or markup.elements.span(body)
    worths = worths_of(markup)
    total = sum(max(worth, 0.0) for worth in worths[first:end]) or 1.0
    _remove_asides(markup, lines, body, (first, end), worths, total)
    title_fold = folded(draft.title or "")
    title_sign = next((char for char in title_fold if "㐀" <= char <= "鿿"), "")  # stands in every line that prints it
    has_prose = any(not line.kind and is_running(line.text) for line in lines[first:end])
    rows = rows_of_tables(markup)
    row = -1
    positions_are_captions = not _is_told_in_pictures(markup, lines, first, end)
    started = False
    done = 0.0
    skip_until = -1
    skip: Removal = ("other", "")
    is_over: Removal | None = None
    for index in range(first, end):
        line = lines[index]
        if not line.kind and index < skip_until:
            line.remove(*skip)
        if line.kind:
            done += max(worths[index], 0.0)
            continue
        text = line.text
        if title_fold and len(text) <= 120 and title_sign in text and folded(text) == title_fold:
            line.kind, line.article = "title", draft.ordinal
            continue
        if is_over is not None:
            is_over = _judge_tail(line, is_over, draft)
            continue
        worth = max(worths[index], 0.0)
        if title_index is not None and index < title_index:
            line.remove("navigation", "stands above the title")
            done += worth
            continue
        if index in rows:
            line.kind, line.article = "paragraph", draft.ordinal
            if rows[index] == row and draft.parts:
                draft.parts[-1].text += CELL_MARK + text
                draft.parts[-1].lines.append(line)
            else:
                draft.parts.append(BodyPart("paragraph", text, [line]))
            row, started = rows[index], True
            continue
        rule = stock_phrase(text)
        if rule is not None and rule.kind == "navigation" and not started and find_day(text):
            rule = None
        if rule is not None:
            if rule.kind == "metadata":
                line.kind, line.reason = "metadata", rule.reason
                done += worth
                continue
            line.remove(rule.kind, rule.reason)
            if rule.ends:
                most = MOST_ANSWERS if rule.kind == "comment" else MOST_BELOW
                if started and _left(lines, worths, index + 1, end) <= max(done, 1.0) * most:
                    is_over = (rule.kind, f"follows a line that ends the article ({rule.reason})")
                elif rule.kind in ("related", "ranking"):
                    span = _block_of(markup, index, total, worths)
                    skip_until, skip = span[1], (rule.kind, "listed under the heading of other articles")
                    if skip_until <= index + 1:
                        skip_until = _links_after(lines, index + 1, end)
            done += worth
            continue
        if _is_credit_line(line, started, draft):
            if started and _names_editor(text) and _left(lines, worths, index + 1, end) <= max(done, 1.0) * 0.6:
                is_over = ("other", "follows the editor's credit at the end of the article")
            done += worth
            continue
        is_sentence = ends_sentence(text) and (line.link_share < 0.9 or (len(text) >= 40 and clause_marks(text) >= 3))
        if line.link_share >= 0.6 and not is_sentence:
            line.remove("related" if started else "navigation", "a link to another page")
            continue
        done += worth
        summary = read_summary(text) if not draft.summary and len(draft.parts) <= 1 else None
        if summary or (not started and is_lead(markup, index, body)):
            line.kind, line.article = "summary", draft.ordinal
            draft.summary = draft.summary or summary or lead_of(text)
            continue
        if line.tag == "figcaption" or _is_caption(markup, lines, index, positions_are_captions):
            _take_caption(line, draft)
            continue
        if not started and has_prose and not draft.credits.authors:
            names = read_bare_names(line.raw)
            # One short word is as often the name of a column as that of a person.
            if names and all(len(name) > 2 for name in names):
                line.kind, line.reason = "metadata", "byline"
                draft.credits.fill(Credits(authors=names))
                continue
        if (
            not started
            and has_prose
            and not is_running(text)
            and len(text) < 40
            and not (line.is_bold or line.is_set_off)
            and line.tag not in ("p", "h2", "h3")
        ):
            line.remove("other", "a short label above the first paragraph")
            continue
        started = True
        line.kind = "heading" if _is_heading(line) else "paragraph"
        line.article = draft.ordinal
        counter = COUNTER.match(text)
        if counter:
            line.cut_to(counter.end(), len(text))
        link = _LINK_TAIL.search(line.text) if line.text[-1:] in ">＞»]】）)" else None
        if link and link.start() >= 12:
            line.cut_to(0, link.start())
        draft.parts.append(BodyPart(line.kind, line.text, [line]))
        if line.kind == "paragraph":
            _take_dateline(line, draft)
    while draft.parts and draft.parts[-1].kind == "heading":
        part = draft.parts.pop()
        # A heading that nothing follows is the last line of the text (a signature, a place) unless it is marked up.
        line = part.lines[0]
        is_label = not re.search(r"[。！？]|^“", line.text)
        if is_label and (line.tag.startswith("h") or line.is_bold):
            line.remove("related", "a heading that nothing of the article follows")
            line.article = None
        else:
            part.kind = line.kind = "paragraph"
            draft.parts.append(part)
            break
    take_sign_off(draft)


def _left(lines: list[Line], worths: Sequence[float], start: int, end: int) -> float:
    """The worth of what is still to be judged."""
    return sum(
        max(worth, 0.0) for line, worth in zip(lines[start:end], worths[start:end], strict=True) if not line.kind
    )


def is_lead(markup: Markup, index: int, body: int) -> bool:
    """Whether the line stands in an element that the page names as its summary."""
    element = markup.leaves.elements[index]
    while element > body:
        if _LEAD_HINT.search(markup.elements.hints[element]):
            return True
        element = markup.elements.parents[element]
    return False


def _is_told_in_pictures(markup: Markup, lines: list[Line], first: int, end: int) -> bool:
    """Whether so much of the text stands below pictures that it is the text itself and not captions."""
    below = total = 0
    for index in range(first, end):
        line = lines[index]
        if line.kind or line.link_share > 0.5:
            continue
        total += len(line.text)
        if line.after_image and line.is_centered and len(line.text) <= 80:
            below += len(line.text)
    return below > total * 0.3


def _remove_asides(
    markup: Markup, lines: list[Line], body: int, span: tuple[int, int], worths: Sequence[float], total: float
) -> None:
    first, end = span
    skip_until = first
    asides, elements = asides_of(markup), markup.elements
    for index in range(body + 1, len(elements)):
        start, stop = elements.span(index)
        if start >= end:
            break
        found = asides[index]
        if found is None or start < skip_until or stop <= start or stop > end:
            continue
        held = sum(max(worth, 0.0) for worth in worths[start:stop])
        if held > total * 0.35:
            continue
        kind, reason = found
        for line in lines[start:stop]:
            if not line.kind:
                line.remove(kind, reason)
        skip_until = stop


def _links_after(lines: list[Line], start: int, end: int) -> int:
    index = start
    while index < end and (lines[index].kind or lines[index].link_share >= 0.5 or len(lines[index].text) < 12):
        index += 1
    return index


def _block_of(markup: Markup, index: int, total: float, worths: Sequence[float]) -> tuple[int, int]:
    """The leaves of the smallest element around leaf ``index`` that holds more than it, yet not half of the body."""
    element = markup.leaves.elements[index]
    span = (index, index + 1)
    while element >= 0:
        first, end = markup.elements.span(element)
        if sum(max(worth, 0.0) for worth in worths[first:end]) > total * 0.3:
            break
        span = (first, end)
        if end - first > 2:
            break
        element = markup.elements.parents[element]
    return span


def _judge_tail(line: Line, ending: Removal, draft: Draft) -> Removal:
    """Judge a line below the end of the article; what the lines after it are, as far as they do not say so."""
    if len(line.text) <= 120:
        found = read_credits(line.raw)
        found.date = None
        if not found.is_empty:
            draft.credits.fill(found)
            line.kind, line.reason = "metadata", "credits below the article"
            return ending
    rule = stock_phrase(line.text)
    if rule is None or rule.kind == "metadata":
        line.remove(*ending)
        return ending
    line.remove(rule.kind, rule.reason)
    return (rule.kind, f"listed below the article ({rule.reason})") if rule.kind in ("related", "ranking") else ending


def _is_credit_line(line: Line, started: bool, draft: Draft) -> bool:
    text, raw = line.text, line.raw
    if len(text) > 120 or text.rstrip("”」")[-1:] in "？?！!":
        return False
    names = read_byline(raw)
    if names:
        line.kind, line.reason = "metadata", "byline"
        draft.credits.fill(Credits(authors=names))
        return True
    if len(text) > 16 and is_running(text) and text[0] not in "（(【[" and (started or ends_sentence(text)):
        return False
    found = read_unlabelled(raw, read_credits(raw), draft.site)
    strong = bool(found.outlet or found.editors or found.authors or found.photographers)
    if not strong and not found.date and len(text) <= 40 and _BARE_LABEL.match(text):
        line.kind, line.reason = "metadata", "credits of the article"
        return True
    if not started and is_affiliation(text):
        line.kind, line.reason = "metadata", "where the authors work"
        return True
    if not started and is_note_of_passing(text):
        line.kind, line.reason = "metadata", "note on when the act was passed"
        return True
    date = found.date
    others = len(_POSTED.sub("", without_address(text))) - (date.end - date.start) if date else 0
    if date is not None and not started and _DATED_FIELD.search(text):
        others = 0  # fields of the page, whatever they are called
    if not strong and (date is None or date.on is None or others > 16):
        # A day among more words (an act passed on it, an event held on it) is part of the text.
        return False
    if not strong and started and (others > 12 or (len(text) > 24 and not _LABELLED_DAY.match(text))):
        return False
    if started and is_running(text) and len(text) > 60:
        return False
    if started and found.date and not strong:
        draft.signed = draft.signed or found.date
        found.date = None
    line.kind, line.reason = "metadata", "credits of the article"
    draft.credits.fill(found)
    return True


def _names_editor(text: str) -> bool:
    # 编辑｜… stands among the text of an account, which goes on below it.
    if re.search(r"[|｜丨]", text[:8]):
        return False
    return bool(re.search(r"(?:责任?编辑?|编辑|编审|校对|审核|监制)\s*[：:/]", text)) or "编辑" in text[:4]


def _is_caption(markup: Markup, lines: list[Line], index: int, by_position: bool) -> bool:
    line = lines[index]
    if _CAPTION_HINT.search(markup.elements.hints_of(line.element)):
        return True
    if by_position and len(line.text) <= 80 and photo_credit(line.raw) and not _SPEECH.search(line.text):
        return True
    if not line.after_image or len(line.text) > 120:
        return False
    if re.match(r"^[▲△↑▼]", line.text) or re.search(r"(?:摄|供图|图源|图片来源.{0,20}|资料图)[）)]?。?$", line.text):
        return True
    return by_position and line.is_centered and len(line.text) <= 80 and clause_marks(line.text) <= 1


def _take_caption(line: Line, draft: Draft) -> None:
    line.kind, line.article = "caption", draft.ordinal
    text = line.text.lstrip("▲△↑▼ ")
    credit = photo_credit(line.raw)
    if credit:
        kept, names = credit
        draft.credits.fill(Credits(photographers=names))
        text = text[: aligned(text, kept)]
    if text:
        draft.captions.append(text)


def tell_by_captions(draft: Draft, lines: Sequence[Line]) -> None:
    """Make the captions of a page that is told in pictures alone its text."""
    draft.captions.clear()
    for line in lines:
        if line.kind != "caption":
            continue
        credit = photo_credit(line.raw)
        kept = line.text[: aligned(line.text, credit[0])] if credit else line.text
        if kept.strip():
            line.kind = "paragraph"
            line.cut_to(0, len(kept))
            draft.parts.append(BodyPart("paragraph", line.text, [line]))


def _is_heading(line: Line) -> bool:
    if line.is_set_off:
        return True
    if len(line.text) > 45 or not is_headline(line.text):
        return False
    return line.tag in ("h2", "h3", "h4", "h5", "h6") or line.is_bold


def _take_dateline(line: Line, draft: Draft) -> None:
    # A dateline further down is that of a report which the article quotes.
    found = read_dateline(line.raw) if len(draft.parts) <= 3 else None
    if not found:
        return
    text, names, agency = found
    if draft.dateline is None:
        draft.dateline = line.text[: aligned(line.text, text)]
        draft.credits.fill(Credits(authors=names))
        if agency and draft.credits.outlet is None:
            draft.credits.outlet = agency
