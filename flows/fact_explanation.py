"""Prints the facts of an article, each with the rule that made it or the signs that were added up for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from rich.console import Console
from rich.text import Text

from tasks.facts.kinds import FACT_KINDS, read_facts
from tasks.facts.text.reading import Reading
from tasks.facts.text.traces import Trace, traced
from tasks.records import Article

_MOST_SIGNS = 3  # of each fact in the list; all of them are shown for one
_CONTEXT_CHARACTERS = 12


class ShownFact(NamedTuple):
    """A fact with its table and all that was noted about its place."""

    table: str
    record: Any
    traces: tuple[Trace, ...]


def facts_of(article: Article) -> Iterator[ShownFact]:
    """The facts of ``article`` as a run would read them, table by table, with what led to each."""
    reading = Reading(
        text=article.text,
        title=article.title or "",
        published_on=article.published_on,
        site=article.site,
        outlet=article.outlet,
        dateline=article.dateline,
        contributors=tuple(c.name for c in article.contributors if c.role in ("author", "photographer")),
    )
    with traced() as traces:
        facts = read_facts(reading)
    by_place: dict[tuple[str, int, int], list[Trace]] = {}
    by_surface: dict[tuple[str, str], list[Trace]] = {}
    for trace in traces:
        by_place.setdefault((trace.table, trace.start, trace.end), []).append(trace)
        if not trace.about:
            surface = _without_marks(article.text[trace.start : trace.end])
            by_surface.setdefault((trace.table, surface), []).append(trace)
    for kind in FACT_KINDS:
        if not kind.is_counted:
            continue
        for record in facts.rows[kind.table]:
            place = (kind.table, record.start_char, record.end_char)
            led = by_place.get(place, [])
            if all(trace.about for trace in led):
                # What is clear once is found wherever it stands: the traces of the clear mention explain the others.
                surface = _without_marks(article.text[record.start_char : record.end_char])
                led = [*by_surface.get((kind.table, surface), []), *led]
            yield ShownFact(kind.table, record, tuple(led))


def print_facts(out: Console, article: Article, first: int, chosen: int | None) -> int:
    """Print the facts of ``article``, numbered from ``first``; only number ``chosen``, in full, where given. Returns
    the next number."""
    number = first
    table = ""
    for number, fact in enumerate(facts_of(article), first):
        if chosen is not None and number != chosen:
            continue
        if fact.table != table:
            table = fact.table
            out.print(Text(f"  {table}", "bold"))
        _print_fact(out, article.text, number, fact, in_full=chosen is not None)
        first = number + 1
    return max(number + 1, first) if table or chosen is not None else first


def _print_fact(out: Console, text: str, number: int, fact: ShownFact, *, in_full: bool) -> None:
    record = fact.record
    line = Text(f"  {number:4} ", "cyan")
    line.append(_flat(text[max(record.start_char - _CONTEXT_CHARACTERS, 0) : record.start_char]), "dim")
    line.append(_flat(text[record.start_char : record.end_char]), "green")
    line.append(_flat(text[record.end_char : record.end_char + _CONTEXT_CHARACTERS]), "dim")
    values = {
        name: value
        for name, value in record._asdict().items()
        if value not in (None, ()) and name not in ("start_char", "end_char", "surface", "text")
    }
    line.append("  " + ", ".join(f"{name} {value}" for name, value in values.items()))
    out.print(line)
    last: dict[str, Trace] = {}
    for trace in fact.traces:
        if trace.signs or not (trace.about in last and last[trace.about].signs):
            last[trace.about] = trace
    for trace in fact.traces if in_full else last.values():
        _print_trace(out, trace, in_full=in_full)


def _print_trace(out: Console, trace: Trace, *, in_full: bool) -> None:
    if not trace.signs:
        out.print(Text(f"         {trace.about or 'by rule'}: {trace.rule}", "italic"))
        return
    total = sum(weight for _, weight in trace.signs)
    signs = trace.signs if in_full else sorted(trace.signs, key=lambda sign: -abs(sign[1]))[:_MOST_SIGNS]
    if not in_full:
        said = ", ".join(f"{name} {weight:+.1f}" for name, weight in signs)
        out.print(Text(f"         {trace.rule}: {total:+.1f} ({said})", "italic"))
        return
    out.print(Text(f"         {trace.rule}, at {trace.start}: {total:+.1f}", "italic"))
    for name, weight in signs:
        out.print(Text(f"           {weight:+5.1f}  {name}"))


def _without_marks(surface: str) -> str:
    return surface.strip("“”‘’「」『』《》")


def _flat(text: str) -> str:
    return " ".join(text.split("\n"))
