"""What a line of a text dump is before it is known which article it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.lexicon.characters import pattern_of
from tasks.pages.lines.bylines import read_byline, read_dateline
from tasks.pages.lines.credits import Credits, is_note_of_passing, read_credits
from tasks.pages.lines.line_patterns import Rule, stock_phrase
from tasks.pages.lines.lines import Line, clause_marks, ends_sentence, is_running, stops
from tasks.pages.lines.personal_names import read_bare_names
from tasks.pages.lines.word_spam import is_word_spam

# The rubric of a newspaper's page, with its name in Latin letters or in a box: 要闻 NEWS, 【时评】.
_RUBRIC = pattern_of(
    r"^[【\[■◆●▲]?\s*(?P<name>[[:han:]]{2,8})\s+[A-Z][A-Z\s]{3,}$|^[【\[■◆]\s*(?P<boxed>[[:han:]·]{2,8})\s*[】\]]?$"
)

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
    is_running: bool = False


def mark_line(line: Line) -> Mark:
    mark = Mark()
    if line.kind:
        return mark
    text, raw = line.text, line.raw
    if _is_row_of_labels(text, raw):
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
    mark.is_running = is_running(text)
    if mark.rubric:
        return mark
    mark.byline = read_byline(raw)
    if mark.byline:
        return mark
    mark.dateline = read_dateline(raw) if len(text) > 20 else None
    if mark.dateline is None:
        mark.bare_names = read_bare_names(raw)
        if len(text) <= 120 and not (ends_sentence(text) and len(text) > 40 and not re.match(r"[（(【\[]", text)):
            credits = read_credits(raw)
            if not credits.is_empty and _is_credits(credits, text) and not is_note_of_passing(text):
                mark.credits = credits
    if mark.credits is None:
        mark.rule = rule
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
    return len(rest) <= 30 and stops(rest) <= 1 and not ends_sentence(text)


def _rubric_of(raw: str) -> str | None:
    match = _RUBRIC.match(raw.strip())
    return (match["name"] or match["boxed"]) if match else None


def _is_row_of_labels(text: str, raw: str) -> bool:
    words = raw.split()
    if len(words) >= 6 and len(text) <= len(words) * 4 and not re.search(r"[，。：；“]|\d{4}", text):
        return True
    parts = [part.strip() for part in _ROW.split(raw) if part.strip()]
    return len(parts) >= 4 and max(len(part) for part in parts) <= 16 and not ends_sentence(text)
