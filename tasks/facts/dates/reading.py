"""Dates of an article in ISO 8601: absolute, relative to the day of issue, partial, ranges, with clock times.

What has no year stays without one (``--09-05``); what recurs (每周三) or is vague (近日) is no date of its own.
"""

from __future__ import annotations

from tasks.facts.dates.calendar import FoundDate
from tasks.facts.dates.resolution import resolve_dates
from tasks.facts.dates.surface_forms import ROLES, SINCE_BEHIND
from tasks.facts.text.reading import Reading
from tasks.facts.text.traces import note
from tasks.records import (
    DateMention,
    DateRole,
)

# What each part of ATOM that can end a match is called where a fact is explained.
_FORMS = {
    "iso": "a day in figures",
    "year_range": "a range of years",
    "spaced": "a day in figures with spaces",
    "decade": "a decade",
    "listed_year": "one of a list of years",
    "plan": "a five-year plan",
    "year": "a year",
    "relative_year": "a year told from another",
    "month": "a month of a year",
    "day": "a day of a year",
    "month_part": "a part of a month",
    "period": "a period of a year",
    "relative_month": "a month told from another",
    "relative_month_day": "a day of a month told from another",
    "bare_to": "a range of months without a year",
    "bare_month": "a month without a year",
    "bare_day": "a day without a year",
    "relative_day": "a day told from another",
    "weekday": "a day of the week",
    "bare_period": "a period without a year",
    "lone_day": "a day without a month",
}
_LEANING = frozenset(name for name, said in _FORMS.items() if "without" in said or "told" in said or name == "weekday")


def read_dates(reading: Reading) -> tuple[DateMention, ...]:
    """Every date the text states, in order, with its ISO form; recurring, vague and undecidable ones are left out.

    ``iso`` is ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM``; ``start/end`` for ranges; ``--MM-DD``
    where no year can be known. ``role`` is ``as_of``, ``since``, ``planned`` or None.

    >>> from datetime import date
    >>> found = read_dates(Reading("去年底启动，今年3月5日下午2点半揭牌。", published_on=date(2021, 4, 1)))
    >>> [(mention.surface, mention.iso) for mention in found]
    [('去年底', '2020-12'), ('今年3月5日下午2点半', '2021-03-05T14:30')]
    """
    text = reading.text
    dates = []
    for found in resolve_dates(reading):
        if found.point is not None:
            role = _role(text, found)
            note("dates", found.start, found.end, f"{_FORMS.get(found.form, 'a day')}{_issue(reading, found.form)}")
            dates.append(
                DateMention(found.start, found.end, text[found.start : found.end], found.point.iso() + found.time, role)
            )
    return tuple(dates)


def _issue(reading: Reading, form: str) -> str:
    if form not in _LEANING:
        return ""
    return (
        f", read on the day of issue {reading.published_on}"
        if reading.published_on
        else ", read without a day of issue"
    )


def _role(text: str, found: FoundDate) -> DateRole | None:
    before = text[max(found.start - 6, 0) : found.start]
    for pattern, role in ROLES:
        if pattern.search(before):
            return role
    return "since" if SINCE_BEHIND.match(text, found.end) else None
