"""Tells what a run would ask for, source by source, by visiting the index pages alone; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from flows.console import PageConsole, page_text
from tasks.records import Fetched, RejectionReason
from tasks.shards.index_pages import day_of, walk_all
from tasks.sources.containers import open_container
from tasks.sources.indexes.section_walks import SectionWalk
from tasks.sources.indexes.walks import IndexWalk, plan_walks
from tasks.sources.inputs import Input, plan_inputs
from tasks.sources.manners import FetchManners
from tasks.sources.source_lists import SourceEntry
from tasks.sources.web import Web

_EXAMPLES = 3
_DAY_WIDTH = 10


def check_sources(
    entries: Iterable[SourceEntry], manners: FetchManners, max_bytes: int, console: Console | None = None
) -> int:
    """Visit the index pages, feeds and sitemaps of ``entries`` and print what they name; the number of sources that
    fail."""
    out = console or PageConsole(soft_wrap=True, highlight=False)
    failed = 0
    with Web(manners) as web:
        for entry in entries:
            state = "" if entry.enabled else ", not enabled"
            when = f", at {entry.schedule!r}" if entry.schedule else ""
            out.print(Text(f"\n{entry.name}", "bold"), Text(f"({entry.kind}{when}{state})", "dim"))
            if entry.kind in {"section", "epaper", "api"}:
                failed += not _check_walks(out, plan_walks(entry, day_of(manners.now), (), ()), web)
            else:
                failed += not _check_locations(out, entry, web, max_bytes)
    return failed


def _check_walks(out: Console, walks: list[IndexWalk], web: Web) -> bool:
    walked = walk_all(walks, web, {})
    asked = [address for address, _ in walked.asked]
    out.print(
        Text(f"  {len(asked)} index pages, {len(walked.articles)} articles"),
        Text(", ".join(asked[:_EXAMPLES]), "dim"),
    )
    forms = sorted({walk.form for walk in walks if isinstance(walk, SectionWalk) and walk.form})
    for form in forms:
        out.print(Text(f"  addresses of the form {form}  (override with follow)", "cyan"))
    for note in sorted({note for walk in walks if isinstance(walk, SectionWalk) for note in walk.notes}):
        out.print(Text(f"  {note}", "cyan"))
    for listed in walked.articles[:_EXAMPLES]:
        day = listed.listed_on.isoformat() if listed.listed_on else "no day"
        out.print(Text(f"  {day:<{_DAY_WIDTH}}"), page_text(listed.title or ""), page_text(listed.uri))
    _print_failures(out, walked.failures)
    return bool(walked.articles)


def _check_locations(out: Console, entry: SourceEntry, web: Web, max_bytes: int) -> bool:
    inputs = [found for location in entry.locations for found in _planned(location)]
    refused = [
        Fetched(one.locator, entry.name, None, reason=one.reason, detail=one.detail) for one in inputs if one.reason
    ]
    if entry.kind == "page":
        out.print(Text(f"  {len(inputs) - len(refused)} pages, files or archives, read as they are"))
        _print_failures(out, refused)
        return len(refused) < len(inputs)
    links = 0
    for answer in web.pages([one for one in inputs if one.kind == "url"]):
        contents = open_container(answer, max_bytes)
        if answer.body is None:
            refused.append(answer)
        elif contents is None:
            detail = f"the answer is no {entry.kind}"
            reason: RejectionReason = "sitemap_empty" if entry.kind == "sitemap" else "feed_empty"
            refused.append(Fetched(answer.uri, entry.name, None, reason=reason, detail=detail))
        else:
            links += len(contents.links) + sum(1 for page in contents.pages if page.body is not None)
    out.print(Text(f"  {links} pages named"))
    _print_failures(out, refused)
    return links > 0


def _planned(location: str) -> list[Input]:
    try:
        return plan_inputs([location])
    except ValueError as error:
        return [Input("refused", location, location, "source_not_found", str(error))]


def _print_failures(out: Console, failures: Iterable[Fetched]) -> None:
    for failure in failures:
        out.print(Text(f"  {failure.reason}: {failure.uri}: {failure.detail}", "red"))
