"""Opens what holds pages or names them: WARC archives, feeds, sitemaps. Everything else is a page itself."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tasks.records import Fetched, RejectionReason
from tasks.sources.compression import TooLargeError, UnpackingError, head_of, is_gzip, unpacked
from tasks.sources.feeds import read_feed
from tasks.sources.media_types import FEED, names_pages
from tasks.sources.sitemaps import MAX_ENTRIES, read_sitemap
from tasks.sources.warc import is_warc, read_warc

HEAD_BYTES = 16_384  # a declaration with a list of entities may stand before the first element
# What a feed or a sitemap may have unpacked: the protocol of sitemaps allows 50 MB, feeds of a day stay below 5.
LIST_BYTES = 52_428_800
_BOM = b"\xef\xbb\xbf"
# Addresses that wait to be fetched at one time, some 60 MB of them; at a page a second they last for two days.
MAX_LINKS = 200_000


@dataclass(frozen=True)
class Link:
    """A page that the feed or sitemap at ``listed_at`` names; what it says there: ``updated_at``, title and day.

    ``is_container`` where it names a further sitemap.
    """

    uri: str
    source: str
    updated_at: datetime | None
    listed_at: str = ""
    title: str | None = None
    listed_on: date | None = None
    is_container: bool = False


@dataclass(frozen=True)
class Contents:
    """What a container holds: ``pages`` as they are, and ``links`` to pages that are still to be fetched."""

    pages: Iterable[Fetched]
    links: tuple[Link, ...] = ()


def open_container(fetched: Fetched, max_bytes: int) -> Contents | None:
    """The contents of a fetched archive, feed or sitemap; None where it is a page or could not be had.

    An archive is read as its ``pages`` are taken, one at a time; a page in it may have ``max_bytes`` at the most.
    """
    body = fetched.body
    if not body:
        return None
    if is_warc(body):
        return Contents(read_warc(io.BytesIO(body), fetched.uri, fetched.source, max_bytes))
    # Latin-1 reads any bytes; the names of the elements are ASCII in every charset that a feed comes in.
    named = names_pages(head_of(body, HEAD_BYTES).removeprefix(_BOM).decode("latin-1"))
    if named is None:
        return None
    try:
        listed = unpacked(body, ["gzip"] if is_gzip(body) else [], LIST_BYTES)
    except UnpackingError as error:
        reason: RejectionReason = "too_large" if isinstance(error, TooLargeError) else "transfer_broken"
        return Contents([_empty(fetched, reason, str(error))])
    return _open_feed(fetched, listed) if named == FEED else _open_sitemap(fetched, listed)


def _open_feed(fetched: Fetched, body: bytes) -> Contents:
    entries = read_feed(body, fetched.uri, fetched.charset)
    if not entries:
        return Contents([_empty(fetched, "feed_empty", "no entry could be read in this feed")])
    pages = [
        Fetched(entry.uri, fetched.source, entry.page, "text/html", "utf-8", fetched.fetched_at)
        for entry in entries
        if entry.page is not None
    ]
    links = (
        Link(e.uri, fetched.source, e.updated_at, fetched.uri, e.title, e.published_on)
        for e in entries
        if e.page is None
    )
    return Contents(pages, tuple(links))


def _open_sitemap(fetched: Fetched, body: bytes) -> Contents:
    entries = read_sitemap(body)
    if not entries:
        return Contents([_empty(fetched, "sitemap_empty", "no address could be read in this sitemap")])
    links = (
        Link(e.uri, fetched.source, e.updated_at, fetched.uri, is_container=e.is_sitemap) for e in entries[:MAX_ENTRIES]
    )
    detail = f"the addresses behind the first {MAX_ENTRIES:,} of this sitemap are left out"
    rest = [_empty(fetched, "too_many_links", detail)] if len(entries) > MAX_ENTRIES else []
    return Contents(rest, tuple(links))


def read_all(items: Iterable[Fetched], max_bytes: int, links: list[Link]) -> Iterator[Fetched]:
    """``items`` with every container replaced by the pages in it; what containers name is added to ``links``."""
    for item in items:
        try:
            contents = open_container(item, max_bytes)
        except Exception as error:  # a list made to break its reader costs itself, never the run
            yield _empty(item, "processing_failed", f"{type(error).__name__}: {error}")
            continue
        if contents is None:
            yield item
            continue
        yield from contents.pages
        room = max(MAX_LINKS - len(links), 0)
        links += contents.links[:room]
        if len(contents.links) > room:
            yield _empty(item, "too_many_links", f"{MAX_LINKS:,} addresses wait already; the rest is left out")


def _empty(fetched: Fetched, reason: RejectionReason, detail: str) -> Fetched:
    return Fetched(fetched.uri, fetched.source, None, fetched.media_type, reason=reason, detail=detail)
