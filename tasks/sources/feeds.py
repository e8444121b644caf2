"""Reads feeds (RSS, RDF, Atom): each entry is a page, either whole in the feed or to be fetched at its address."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from html import escape
from typing import Any
from urllib.parse import urljoin

from tasks.repair.decoding.charsets import decode

_CHINA = timezone(timedelta(hours=8))
_DECLARED = re.compile(r"<\?xml[^<>]{0,200}\?>")
_TAG = re.compile(r"<[^<>]*>")
_BLOCK = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_ZONE = re.compile(r"(?:[Zz]|GMT|UTC?|[ECMP][SD]T|CST|[+-]\d\d:?\d\d)\s*$")
_CUT_OFF = re.compile(r"(?:\.{3}|…|\[\W*\]|阅读全文|查看全文|閱讀全文|Read more)\W*$", re.IGNORECASE)
# A lead of three lines is no article, however it is marked up; short local news begin at about this length.
_WHOLE_CONTENT_CHARACTERS = 120
_WHOLE_SUMMARY_CHARACTERS = 300


@dataclass(frozen=True)
class FeedEntry:
    """One entry. ``page`` is its article as a page of UTF-8 HTML where the feed holds it whole, else None.

    ``published_on`` is the day on which the feed says that it was published, as the feed's own clock counts.
    """

    uri: str
    page: bytes | None
    updated_at: datetime | None
    title: str | None = None
    published_on: date | None = None


def read_feed(body: bytes, locator: str, charset: str | None = None) -> list[FeedEntry]:
    """The entries of the feed in its order, each address once; none where the bytes are no feed. Never raises.

    ``locator`` is the feed's own address: relative links start there. An entry without an address is named after the
    feed and its number.
    """
    from feedparser.api import parse as parse_feed  # noqa: PLC0415 (a run without feeds needs none)

    decoding = decode(body, declared=charset, media_type="application/xml")
    if decoding.text is None:
        return []
    # The declaration goes: feeds often claim another charset than they are in, and decoding has settled it.
    text = _DECLARED.sub("", decoding.text, count=1).lstrip("\ufeff \r\n\t")
    try:
        feed = parse_feed(
            text.encode("utf-8", "replace"), response_headers={"content-type": "application/xml; charset=utf-8"}
        )
    except Exception:  # the parser meets what strangers wrote; a feed it cannot take apart holds no entries
        return []
    site = str(feed.feed.get("title") or "")
    found: dict[str, FeedEntry] = {}
    for entry in _entries(feed, locator, site):
        found.setdefault(entry.uri, entry)
    return list(found.values())


def _entries(feed: Any, locator: str, site: str) -> Iterator[FeedEntry]:
    for number, entry in enumerate(feed.entries):
        uri = _address(locator, str(entry.get("link") or entry.get("id") or ""))
        updated_at = _moment(entry, "updated") or _moment(entry, "published")
        content = _whole_content(entry, has_address=uri is not None)
        page = _page(entry, content, site).encode("utf-8", "replace") if content else None
        if page is None and uri is None:
            page = b""  # neither a text nor an address: an empty page, so that it is counted
        title = " ".join(str(entry.get("title") or "").split()) or None
        yield FeedEntry(uri or f"{locator}#{number}", page, updated_at, title, _published_on(entry))


def _address(locator: str, link: str) -> str | None:
    """The address on the web that ``link`` names, None where it names none."""
    try:
        uri = urljoin(locator, link) if link else ""
    except ValueError:
        return None
    return uri if uri.startswith(("http://", "https://")) else None


def _whole_content(entry: Any, *, has_address: bool) -> str:
    """The markup of the article where the entry holds it whole, else an empty string."""
    for part in entry.get("content") or ():
        value = str(part.get("value") or "")
        if _length(value) >= _WHOLE_CONTENT_CHARACTERS and not _CUT_OFF.search(_TAG.sub("", value)):
            return value
    summary = str(entry.get("summary") or "")
    if not has_address:
        return summary
    is_whole = _length(summary) >= _WHOLE_SUMMARY_CHARACTERS and _BLOCK.search(summary) is not None
    return summary if is_whole and not _CUT_OFF.search(_TAG.sub("", summary)) else ""


def _length(markup: str) -> int:
    return len("".join(_TAG.sub("", markup).split()))


def _page(entry: Any, content: str, site: str) -> str:
    """The entry as a page that says of itself what the feed said of it."""
    title = escape(str(entry.get("title") or ""))
    metadata = {
        "og:title": title,
        "og:site_name": escape(site),
        "author": escape(str(entry.get("author") or "")),
        "article:published_time": escape(_published(entry)),
        "fangzhi:feed": "entry",
    }
    lines = [f'<meta property="{name}" content="{value}">' for name, value in metadata.items() if value]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html><head><meta charset="utf-8"><title>{title}</title>',
            *lines,
            f"</head><body><article><h1>{title}</h1>",
            content,
            "</article></body></html>",
        ]
    )


def _published(entry: Any) -> str:
    """The time of publication in ISO 8601, with its offset where the feed states one."""
    for name in ("published", "updated"):
        moment = _moment(entry, name)
        if moment is not None:
            has_offset = _ZONE.search(str(entry.get(name) or "")) is not None
            return (moment if has_offset else moment.replace(tzinfo=None)).isoformat()
    return ""


def _published_on(entry: Any) -> date | None:
    """The day of publication in China: a moment with an offset is moved there, one without is of there."""
    moment = _moment(entry, "published")
    if moment is None:
        return None
    has_offset = _ZONE.search(str(entry.get("published") or "")) is not None
    return (moment.astimezone(_CHINA) if has_offset else moment).date()


def _moment(entry: Any, name: str) -> datetime | None:
    # Asked for without "in", the parser answers for a missing key with another one's value.
    moment = entry[f"{name}_parsed"] if f"{name}_parsed" in entry else None  # noqa: SIM401
    try:
        return datetime.fromtimestamp(calendar.timegm(moment), UTC) if moment else None
    except (ValueError, OverflowError, OSError):
        return None
