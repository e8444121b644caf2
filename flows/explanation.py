"""Takes one page apart in front of a person: what was repaired, what was removed and why, what is left as articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from flows.console import PageConsole
from flows.fact_explanation import print_facts
from flows.settings import Settings
from tasks.pages.reading import read_page
from tasks.pages.site_lines import site_of
from tasks.records import Article, Fetched, Repair
from tasks.repair.decoding.charsets import decode
from tasks.repair.sources import repair_source
from tasks.shards.index_pages import day_of
from tasks.sources.containers import open_container
from tasks.sources.inputs import Input, NoSuchSourceError, plan_inputs
from tasks.sources.local_files import read_file
from tasks.sources.media_types import sniff_media_type
from tasks.sources.web import fetch_urls
from warehouse.known import learned_lines

_CONTEXT_CHARACTERS = 12
_EXCERPT_CHARACTERS = 160


@dataclass
class UnreadableError(Exception):
    """There is nothing to take apart; ``exit_status`` 2 where the argument is at fault, 1 where the page is."""

    message: str
    exit_status: int

    def __str__(self) -> str:
        return self.message


def explain_page(
    source: str,
    settings: Settings,
    console: Console | None = None,
    fact: int | None = None,
    warehouse: Path | None = None,
) -> None:
    """Print the page at ``source``, or of it only fact number ``fact`` with all that led to it.

    The page is read as a run into ``warehouse`` would read it, which knows what the site prints on all its pages;
    without a warehouse as the first page of its site.

    Raises UnreadableError where there is no such page or no bytes to be had.
    """
    out = console or PageConsole(soft_wrap=True, highlight=False)
    fetched = _fetch_one(source, settings)
    if fetched.body is None:
        raise UnreadableError(f"{source}: {fetched.reason}: {fetched.detail}", 1)
    decoding = decode(fetched.body, declared=fetched.charset, media_type=fetched.media_type)
    out.print(Text(f"{source}: {len(fetched.body):,} bytes, charset {decoding.charset or 'unknown'}", "bold"))
    if decoding.text is None:
        raise UnreadableError(f"{source}: {decoding.reason}: {decoding.detail}", 1)
    repaired = repair_source(decoding.text)
    media_type = sniff_media_type(repaired.text, fetched.media_type)
    fetched_on = day_of(fetched.fetched_at)
    site_key = site_of(fetched.uri, repaired.text)
    repeated = learned_lines(warehouse, site_key) if warehouse is not None else frozenset()
    page = read_page(
        repaired.text,
        uri=fetched.uri,
        media_type=media_type,
        repeated=repeated,
        fetched_on=fetched_on,
        first_day=settings.first_day,
    )

    if fact is not None:
        _print_one_fact(out, page.articles, fact)
        return
    if warehouse is not None:
        out.print(Text(f"Site {site_key or 'unknown'}: {len(repeated)} lines learned from its other pages"))
    repairs = (*repaired.repairs, *page.repairs)
    out.print(Text(f"\nRepairs: {len(repairs)}, characters lost: {repaired.lost_count}", "bold"))
    # The text of the first layer is at hand; later layers and blocks show the edit without its surroundings.
    for repair in repairs:
        out.print(_repair_line(repair, decoding.text if repair.layer == 0 and repair.block_ordinal is None else ""))
    out.print(Text(f"\nRemoved blocks: {len(page.removed_blocks)}", "bold"))
    for block in page.removed_blocks:
        line = Text(f"  {block.kind}: ", "yellow")
        line.append(_excerpt(block.text), "dim")
        line.append(f"  ({block.reason})", "italic")
        out.print(line)
    credits = [block.text for block in page.blocks if block.kind == "metadata"]
    out.print(Text(f"\nLines of credits, read and taken out: {len(credits)}", "bold"))
    for text in credits:
        out.print(Text(f"  metadata: {_excerpt(text)}", "dim"))
    if page.rejection_reason:
        out.print(Text(f"\nRejected: {page.rejection_reason}: {page.rejection_detail}", "bold red"))
    number = 1
    for article in page.articles:
        _print_article(out, article)
        out.print(Text("  Facts", "bold"))
        number = print_facts(out, article, number, None)


def _print_one_fact(out: Console, articles: Sequence[Article], fact: int) -> None:
    number = 1
    for article in articles:
        number = print_facts(out, article, number, fact)
    if not 1 <= fact < number:
        raise UnreadableError(f"there is no fact {fact}; the page has {number - 1}", 2)


def _fetch_one(source: str, settings: Settings) -> Fetched:
    try:
        inputs = plan_inputs([source])
    except NoSuchSourceError as error:
        raise UnreadableError(str(error), 2) from error
    if len(inputs) != 1 or inputs[0].kind not in {"file", "url"}:
        kinds = inputs[0].detail if inputs and inputs[0].kind == "refused" else "explain takes one page at a time"
        raise UnreadableError(f"{source}: {kinds}", 2)
    entry: Input = inputs[0]
    max_bytes = settings.http_max_bytes * 4
    if entry.kind == "file":
        fetched = read_file(entry.locator, entry.source, max_bytes)
    else:
        fetched = fetch_urls([entry], settings.manners)[0]
    if open_container(fetched, max_bytes) is not None:
        raise UnreadableError(f"{source}: holds or names several pages; explain takes one page at a time", 2)
    return fetched


def _repair_line(repair: Repair, text: str) -> Text:
    start, end = repair.start_char, repair.start_char + len(repair.damaged)
    line = Text(f"  {repair.kind} {repair.confidence:.2f}  ", "cyan")
    line.append(_flat(text[max(start - _CONTEXT_CHARACTERS, 0) : start]))
    line.append(_excerpt(repair.damaged), "red strike")
    line.append(" → ", "dim")
    line.append(_excerpt(repair.restored), "green")
    line.append(_flat(text[end : end + _CONTEXT_CHARACTERS]))
    return line


def _print_article(out: Console, article: Article) -> None:
    out.print(Text(f"\nArticle {article.ordinal}: {article.title or 'without a title'}", "bold green"))
    people = ", ".join(f"{contributor.role} {contributor.name}" for contributor in article.contributors)
    facts = {
        "kicker": article.kicker,
        "rubric": article.rubric,
        "published": article.published_at or article.published_on,
        "site": article.site,
        "outlet": article.outlet,
        "contributors": people,
        "summary": article.summary,
        "incomplete": article.incomplete_reason,
    }
    for name, value in facts.items():
        if value:
            out.print(Text(f"  {name}: {value}"))
    for paragraph in article.paragraphs:
        style = {"heading": "bold", "caption": "italic", "summary": "italic"}.get(paragraph.kind, "")
        out.print(Text(f"  {paragraph.kind:9} {paragraph.text}", style))


def _flat(text: str) -> str:
    return " ".join(text.split("\n"))


def _excerpt(text: str) -> str:
    flat = _flat(text)
    return flat if len(flat) <= _EXCERPT_CHARACTERS else f"{flat[:_EXCERPT_CHARACTERS]}…"
