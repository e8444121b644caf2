"""What stands below the end of an article of a text dump: its last credits, then lines of others."""

from __future__ import annotations

from tasks.pages.drafts import Draft
from tasks.pages.dumps.line_marks import Mark
from tasks.pages.lines.credits import Credits
from tasks.pages.lines.lines import Line, Removal

_BELOW_EDITOR: Removal = ("other", "follows the editor's credit at the end of the article")
AT_EDITOR: Removal = ("other", "stands right below the editor's credit")


def judge_below(line: Line, mark: Mark, over: Removal, draft: Draft, ordinal: int) -> Removal:
    """Judge a line below the end of the article; what the lines after it are, as far as they do not say so."""
    found = mark.credits if len(line.text) <= 60 else None
    if found is not None and over == AT_EDITOR and _is_bare_day(found, line.text):
        draft.signed = draft.signed or draft.possible(found.date, line.raw)
        line.kind, line.reason, line.article = "metadata", "the day below the article", ordinal
        return over
    if found is not None and (found.editors or found.authors or (found.outlet and over == AT_EDITOR)):
        found.date = None
        draft.credits.fill(found)
        line.kind, line.reason, line.article = "metadata", "credits below the article", ordinal
        return over
    rule = mark.rule
    if over == AT_EDITOR:
        over = _BELOW_EDITOR  # what is credited further down is other articles
    if rule is None or rule.kind == "metadata":
        line.remove(*over)
        return over
    line.remove(rule.kind, rule.reason)
    return (rule.kind, f"listed below the article ({rule.reason})") if rule.kind in ("related", "ranking") else over


def _is_bare_day(found: Credits, text: str) -> bool:
    date = found.date
    return date is not None and date.on is not None and len(text) - (date.end - date.start) <= 4
