"""A letter to an office with its answer, printed as labels and values: only the two texts are the article."""

from __future__ import annotations

import re
from functools import cache

from tasks.pages.drafts import Draft
from tasks.pages.html.data_tables import rows_of_tables
from tasks.pages.html.markup import Markup
from tasks.pages.lines.credits import clean_outlet, read_credits
from tasks.pages.lines.letter_fields import LETTER_FIELDS
from tasks.pages.lines.lines import Line
from tasks.pages.lines.titles import folded

LONGEST_LABEL = 10  # for time alone: characters of a label of at most six in brackets, with its colon
LEAST_FIELDS = 3  # with a text among them; fewer stand in any notice
_LABEL = re.compile(r"[【\[]?\s*(?P<label>\S{2,6}?)\s*[】\]]?\s*(?:[：:]\s*|$)")


def is_letter_label(text: str) -> bool:
    """Whether a line is a label of a letter with nothing behind it.

    >>> is_letter_label("来信内容"), is_letter_label("来信内容选登")
    (True, False)
    """
    match = _LABEL.fullmatch(text) if len(text) <= LONGEST_LABEL else None
    return match is not None and match["label"] in _keys()


@cache
def _keys() -> dict[str, str]:
    return {label: key for key, labels in LETTER_FIELDS.items() for label in labels.split()}


def take_letter(markup: Markup, lines: list[Line], span: tuple[int, int], draft: Draft) -> None:
    """Judge the fields of a letter in the ``span`` of the body, each a line or two cells, and leave its texts open."""
    fields = [(place, found) for place in range(*span) if (found := _field_at(lines[place])) is not None]
    if len(fields) < LEAST_FIELDS or not any(key == "content" for _, (key, _) in fields):
        return
    rows = rows_of_tables(markup)
    for place in [place for place in rows if span[0] <= place < span[1]]:
        del rows[place]
    labels = {place for place, _ in fields}
    for place, (key, start) in fields:
        line = lines[place]
        is_beside = start < len(line.text)
        value = place if is_beside else place + 1
        if key == "content":
            line.cut_to(start, len(line.text)) if is_beside else _note(line)
            continue
        _note(line)
        if value >= span[1] or (not is_beside and (value in labels or lines[value].kind)):
            continue
        _note(lines[value])
        said = line.raw[start:] if is_beside else lines[value].raw
        if key == "outlet":
            draft.credits.outlet = clean_outlet(said) or draft.credits.outlet
        elif key == "date":
            draft.take_credits(read_credits(f"发布时间：{said}"), said)
        elif key == "title" and folded(said) == folded(draft.title or ""):
            lines[value].kind, lines[value].article = "title", draft.ordinal


def _field_at(line: Line) -> tuple[str, int] | None:
    """What a line says of a letter, and where behind the label its value begins."""
    match = _LABEL.match(line.text) if not line.kind else None
    key = _keys().get(match["label"]) if match is not None else None
    return (key, match.end()) if match is not None and key is not None else None


def _note(line: Line) -> None:
    line.kind, line.reason = "metadata", "field of a letter to an office"
