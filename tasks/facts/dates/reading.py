"""Dates of an article in ISO 8601: absolute, relative to the day of issue, partial, ranges, with clock times.

What has no year stays without one (``--09-05``); what recurs (每周三) or is vague (近日) is no date of its own.
"""

from __future__ import annotations

from tasks.facts.dates.resolution import FoundDate, resolve_dates
from tasks.facts.dates.surface_forms import ROLES, SINCE_BEHIND
from tasks.facts.text.reading import Reading
from tasks.records import (
    DateMention,
    DateRole,
)


def read_dates(reading: Reading) -> tuple[DateMention, ...]:
    """Every date the text states, in order, with its ISO form; recurring, vague and undecidable ones are left out.

    ``iso`` is ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM``; ``start/end`` for ranges; ``--MM-DD`` where
    no year can be known. ``role`` is ``as_of``, ``since``, ``planned`` or None.

    >>> from datetime import date
    >>> found = read_dates(Reading("去年底启动，今年3月5日下午2点半揭牌。", published_on=date(2021, 4, 1)))
    >>> [(mention.surface, mention.iso) for mention in found]
    [('去年底', '2020-12'), ('今年3月5日下午2点半', '2021-03-05T14:30')]
    """
    text = reading.text
    return tuple(
        DateMention(
            found.start, found.end, text[found.start : found.end], found.point.iso() + found.time, _role(text, found)
        )
        for found in resolve_dates(reading)
        if found.point is not None
    )


def _role(text: str, found: FoundDate) -> DateRole | None:
    before = text[max(found.start - 6, 0) : found.start]
    for pattern, role in ROLES:
        if pattern.search(before):
            return role
    return "since" if SINCE_BEHIND.match(text, found.end) else None
