"""The lines of a body that say who made the article and when: credits at its head, labelled fields, bylines, its
number.

A day within the text is that of an event, a deadline or a signature; it stays in the text unless a label says that the
article was published on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.lexicon.characters import pattern_of
from tasks.pages.drafts import Draft
from tasks.pages.lines.affiliations import is_affiliation
from tasks.pages.lines.bylines import read_byline, read_pictures
from tasks.pages.lines.credits import (
    MEDIA_NAME,
    Credits,
    is_document_number,
    is_note_of_passing,
    read_credits,
    read_unlabelled,
    without_address,
)
from tasks.pages.lines.lines import Line, ends_sentence, is_running
from tasks.pages.lines.publication_dates import PublicationDate, find_date
from tasks.pages.lines.stated_days import LABELLED, PLAIN, publication_date

LONGEST_CREDIT = 120  # characters; a longer line is text whatever it names
# For time alone: characters of a cell that holds a day, its time and the day of the week.
LONGEST_DAY_ALONE = 24
MOST_BESIDE_DAY = 16  # characters beside a day at the head of a body; with more an event is told (an act passed on it)
_BRACKET = re.compile(r"[（(【\[][^（）()【】\[\]]{2,40}[）)】\]]")
LEAST_BEHIND = 20  # characters behind a bracket at the head of a paragraph; behind one of credits stand others
_POSTED = re.compile(r"\b(?:posted|published)(?:\s+on)?\b|\bby\s+\w+|\s+", re.IGNORECASE)
_BARE_LABEL = re.compile(
    r"^[（(【\[]?\s*(?:责任编辑|责编|编辑|作者|来源|文章来源|本文来源|信息来源|稿件来源|发布时间|发布日期|审核|校对|记者|摄影|供稿)\s*[：:]"
)
_LABEL_CELL = pattern_of(r"^[[:han:]\s]{2,8}[：:]\s*$")
_TERM_OF_DAY = pattern_of(r"^[[:han:]]{0,6}(?:时间|日期|期限|截止)$")  # of a list of terms or a table, without a colon
# The class of a proposal (A类), and who let its answer go out.
_FILED_AS = pattern_of(r"^[（(【]?(?:[A-Da-d]\d?类|类别[：:]\s*[A-Da-d]\d?)[）)】]?$|^签发人?[：:]\s*[[:han:]\s]{2,6}$")

# An app prints no year above its text, at most its own name before the day: 青石手机报 10月14日 07:02.
_MOMENT = pattern_of(
    r"^(?:(?P<name>[[:han:]A-Za-z·]{2,14})\s+)?\d{1,2}\s*[月/\-]\s*\d{1,2}\s*日?\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?$"
)


def take_credit_line(line: Line, started: bool, draft: Draft, *, is_last: bool = False) -> bool:
    """Whether ``line`` is no text but credits of the article, which then go to ``draft``.

    ``started``: a paragraph of the text stands above it; ``is_last``: nothing of the text stands below it.
    """
    text, raw = line.text, line.raw
    if len(text) > LONGEST_CREDIT or text.rstrip("”」")[-1:] in "？?！!":
        return False
    signed = _signed(raw)
    if signed is not None:
        _note(line, "byline")
        draft.credits.fill(signed)
        return True
    if _opens_paragraph(text):
        return False
    if len(text) > 16 and is_running(text) and text[0] not in "（(【[" and (started or ends_sentence(text)):
        return False
    found = read_unlabelled(raw, read_credits(raw), draft.site)
    is_named = bool(found.outlet or found.editors or found.authors or found.photographers)
    if not is_named and not found.date and len(text) <= 40 and _BARE_LABEL.match(text):
        _note(line, "credits of the article")
        return True
    if not started and _is_note_at_head(line, draft):
        return True
    if not is_named and not _states_publication(text, found.date, draft, started=started, is_last=is_last):
        return False
    if started and is_running(text) and len(text) > 60:
        return False
    if started and found.date and not is_named:
        draft.signed = draft.signed or draft.possible(found.date, raw)
        found.date = None
    _note(line, "credits of the article")
    draft.take_credits(found, raw)
    return True


def _signed(raw: str) -> Credits | None:
    """Who wrote and pictured the article, of a line that says nothing else."""
    pictures = read_pictures(raw) if "图" in raw or "摄" in raw else None
    if pictures is not None:
        return Credits(authors=pictures[0], photographers=pictures[1])
    names = read_byline(raw)
    return Credits(authors=names) if names else None


def _opens_paragraph(text: str) -> bool:
    """Whether a bracket at the head of a line is followed by sentences: （通讯员 李一鸣）7月4日，村里…"""
    bracket = _BRACKET.match(text) if text[0] in "（(【[" else None
    return bracket is not None and len(text) - bracket.end() >= LEAST_BEHIND and ends_sentence(text)


def with_label(lines: Sequence[Line], index: int) -> str:
    """A line with the label that stands in a cell of its own before it."""
    raw = lines[index].raw
    if not index or len(raw) > 40:
        return raw
    above = lines[index - 1]
    if _LABEL_CELL.match(above.raw):
        return f"{above.raw}{raw}"
    is_term = above.tag in ("dt", "th", "td") and _TERM_OF_DAY.match(above.text)
    return f"{above.raw}：{raw}" if is_term else raw


def names_other_day(lines: Sequence[Line], index: int) -> bool:
    """Whether a day stands below a term that makes it one of something else (活动日期, in a cell of its own)."""
    line = lines[index]
    if len(line.raw) > LONGEST_DAY_ALONE or not line.raw[:4].isdigit():
        return False
    labelled = with_label(lines, index)
    return labelled is not line.raw and find_date(line.raw) is not None and publication_date(labelled) is None


def _note(line: Line, reason: str) -> None:
    line.kind, line.reason = "metadata", reason


def _is_note_at_head(line: Line, draft: Draft) -> bool:
    """Whether ``line`` is one of the notes between title and text: where authors work, when an act was passed, its
    number, an app's moment."""
    moment = _MOMENT.match(line.raw)
    if moment is not None:
        _note(line, "moment without its year")
        is_outlet = moment["name"] is not None and MEDIA_NAME.search(moment["name"]) is not None
        draft.credits.outlet = draft.credits.outlet or (moment["name"] if is_outlet else None)
    elif is_affiliation(line.text):
        _note(line, "where the authors work")
    elif is_note_of_passing(line.text):
        _note(line, "note on when the act was passed")
    elif _FILED_AS.match(line.text):
        _note(line, "how an answer is filed")
    elif is_document_number(line.text):
        _note(line, "number of the document")
    else:
        return False
    return True


def _states_publication(text: str, date: PublicationDate | None, draft: Draft, *, started: bool, is_last: bool) -> bool:
    """Whether a line without names says when the article was published; another day in it is noted and stays text."""
    if date is None or date.on is None:
        return False
    others = len(_POSTED.sub("", without_address(text))) - (date.end - date.start)
    if date.rank == LABELLED:
        return not started or others <= MOST_BESIDE_DAY
    if started and date.rank == PLAIN:
        # Below a signature a day is that of the letter; below a sentence the page says when it was published.
        if others <= 12:
            draft.signed = draft.signed or draft.possible(date, text)
        is_said = is_last or (draft.stated is not None and draft.stated.on == date.on)
        return is_said and others <= 2 and bool(draft.parts) and ends_sentence(draft.parts[-1].text)
    if others > MOST_BESIDE_DAY:
        return False
    return draft.stated is None or draft.stated.on == date.on


def names_editor(text: str) -> bool:
    """Whether a credit line names who edited the article, as the last line of most pages does."""
    # 编辑｜… stands among the text of an account, which goes on below it.
    if re.search(r"[|｜丨]", text[:8]):
        return False
    return bool(re.search(r"(?:责任?编辑?|编辑|编审|校对|审核|监制)\s*[：:/]", text)) or "编辑" in text[:4]
