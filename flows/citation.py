"""Prints what stands behind a number, and a reference that can be pasted into a paper."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from rich.console import Console
from rich.text import Text

from flows.console import PageConsole
from warehouse.citations import Citation

_REPAIRS_SHOWN = 12


def print_citation(citation: Citation, accessed_on: date, console: Console | None = None) -> None:
    """Sentence, page, site, day, SHA-256, repairs and damaged original, then BibTeX and GB/T 7714."""
    out = console or PageConsole(soft_wrap=True, highlight=False)
    out.print(Text(citation.sentence, "bold"))
    fetched = citation.fetched_at.isoformat() if citation.fetched_at else "unknown when (the source does not tell)"
    lines = {
        "title": citation.title,
        "published": citation.published_on.isoformat() if citation.published_on else "no day on the page",
        "outlet": citation.outlet,
        "site": citation.site,
        "page": citation.uri,
        "fetched": fetched,
        "sha256": citation.content_sha256,
        "data": f"version {citation.version} (meta.versions)" if citation.version else None,
        "characters": f"{citation.article_id}:{citation.start_char}-{citation.end_char}",
    }
    for name, value in lines.items():
        if value:
            out.print(Text(f"  {name:<11}", "dim"), Text(value), end="\n")
    out.print(Text(f"\nRepairs in this sentence: {len(citation.repairs)}", "bold"))
    for repair in citation.repairs[:_REPAIRS_SHOWN]:
        out.print(
            Text(f"  {repair.kind} {repair.confidence:.2f}  {_shown(repair.damaged)} → {_shown(repair.restored)}")
        )
    if len(citation.repairs) > _REPAIRS_SHOWN:
        out.print(Text(f"  … and {len(citation.repairs) - _REPAIRS_SHOWN} more (core.repairs)"))
    out.print(Text("\nOn the page as it was fetched", "bold"))
    if citation.original is None:
        out.print(Text("  not found: the raw store is not beside the warehouse, or other code made the tables"))
    else:
        out.print(Text(f"  {_shown(citation.original)}"))
    out.print(Text("\nBibTeX", "bold"))
    out.print(Text(bibtex(citation, accessed_on)))
    out.print(Text("\nGB/T 7714", "bold"))
    out.print(Text(gb_t_7714(citation, accessed_on)))


def bibtex(citation: Citation, accessed_on: date) -> str:
    """An ``@online`` entry; its key is the article's identifier."""
    fields = {
        "author": " and ".join(f"{{{author}}}" for author in citation.authors) or _braced(citation.outlet),
        "title": f"{{{_braced(citation.title) or _braced(citation.sentence[:30])}}}",
        "organization": _braced(citation.outlet or citation.site),
        "date": citation.published_on.isoformat() if citation.published_on else "",
        "url": citation.uri if _is_address(citation.uri) else "",
        "urldate": accessed_on.isoformat(),
        "note": f"sha256:{citation.content_sha256}, characters {citation.start_char}--{citation.end_char}",
    }
    body = "\n".join(f"  {name} = {{{value}}}," for name, value in fields.items() if value)
    return f"@online{{{citation.article_id},\n{body}\n}}"


def gb_t_7714(citation: Citation, accessed_on: date) -> str:
    """The reference as the Chinese standard GB/T 7714-2015 writes one to a page on the web ([EB/OL])."""
    who = ", ".join(citation.authors) or citation.outlet or citation.site
    published = f"({citation.published_on.isoformat()})" if citation.published_on else ""
    head = ". ".join(part for part in (who, f"{citation.title or citation.sentence[:30]}[EB/OL]") if part)
    where = f" {citation.uri}." if _is_address(citation.uri) else f" sha256:{citation.content_sha256}."
    return f"{head}. {published}[{accessed_on.isoformat()}].{where}"


def _is_address(uri: str) -> bool:
    return urlsplit(uri).scheme in {"http", "https"}


def _braced(value: str | None) -> str:
    """A value without the braces and backslashes that would end a field."""
    return (value or "").translate(str.maketrans("", "", "{}\\"))


def _shown(text: str) -> str:
    """Text of a page on one line, what a terminal would act upon made visible."""
    flat = " ".join(text.split())
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in flat) or "(nothing)"
