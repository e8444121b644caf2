"""Prints what lies between two states of a warehouse: rows by table, then places by practice."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.console import PageConsole, page_text
from warehouse.differences import ClaimChange, Difference

_PLACES_SHOWN = 5  # of a practice; mart.adoptions of either state has them all


def print_difference(difference: Difference, practices: int, console: Console | None = None) -> None:
    """Print the tables that differ, then the ``practices`` practices of which most changed."""
    out = console or PageConsole(soft_wrap=True, highlight=False)
    if not difference.tables:
        out.print(Text("No row differs."))
        return
    table = Table("table", "added", "removed", "changed", box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for one in difference.tables:
        table.add_row(one.table, *(f"{number:,}" if number else "" for number in (one.added, one.removed, one.changed)))
    out.print(table)
    if difference.unknown:
        out.print(Text(f"only in one of them, or without a key: {', '.join(difference.unknown)}", "yellow"))
    by_practice: dict[str, list[ClaimChange]] = defaultdict(list)
    for claim in difference.claims:
        by_practice[claim.practice].append(claim)
    ordered = sorted(by_practice.items(), key=lambda item: (-len(item[1]), item[0]))
    for practice, claims in ordered[:practices]:
        out.print(page_text(f"\n{practice}: {len(claims)} place{'' if len(claims) == 1 else 's'}", "bold"))
        for claim in claims[:_PLACES_SHOWN]:
            old, new = _told(claim.old_status, claim.old_day), _told(claim.new_status, claim.new_day)
            out.print(page_text(f"  {claim.place}: {old} → {new}"))
        if len(claims) > _PLACES_SHOWN:
            out.print(Text(f"  … and {len(claims) - _PLACES_SHOWN} more"))
    if len(ordered) > practices:
        out.print(Text(f"\n… and {len(ordered) - practices} practices more (--practices)"))


def _told(status: str | None, day: date | None) -> str:
    if status is None:
        return "nothing"
    return f"{status} {day.isoformat()}" if day else status
