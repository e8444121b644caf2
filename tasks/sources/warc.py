"""Reads WARC and WET archives: each response or conversion record is a page under its target URI.

Other records (requests, metadata) are about pages and no inputs of their own. What a record says it could not fetch, or
holds in another form than text, is an input with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, HeaderMap, WarcRecord, WarcRecordType

from tasks.records import Fetched
from tasks.sources.compression import DamagedError, TooLargeError, head_of, is_gzip, unpacked

_PAGES = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource | WarcRecordType.revisit
_HEAD_BYTES = 4_096
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_TEXTUAL = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom")
_UNCERTAIN = {"application/octet-stream", "application/http", "unknown/unknown"}


def is_warc(body: bytes) -> bool:
    """Whether these bytes begin as an archive does, gzipped or not.

    >>> is_warc(b"WARC/1.0\\r\\nWARC-Type: warcinfo")
    True
    """
    return head_of(body[:_HEAD_BYTES], 16).startswith(b"WARC/")


def read_warc(stream: BinaryIO, locator: str, source: str, max_bytes: int) -> Iterator[Fetched]:
    """Every page of the archive in its order. ``fetched_at`` is the record's date; an archive that breaks off or holds
    no record ends with an input of its own (``unreadable_warc``), so that the loss is seen."""
    count = 0
    try:
        # Lenient parsing: archives of older crawlers end their lines with a bare line feed.
        for record in ArchiveIterator(stream, record_types=_PAGES, parse_http=True, quirks_mode=True):
            count += 1
            yield _page(record, locator, source, max_bytes, count)
    except Exception as error:  # whatever a strange archive does to its reader costs the rest of it, never the run
        yield Fetched(locator, source, None, reason="unreadable_warc", detail=f"after {count} pages: {error}")
        return
    if not count:
        yield Fetched(locator, source, None, reason="unreadable_warc", detail="no page in it")


def _page(record: WarcRecord, locator: str, source: str, max_bytes: int, number: int) -> Fetched:
    uri = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or f"{locator}#{number}"
    moment = _moment(record)
    if record.record_type == WarcRecordType.revisit:
        detail = "the record says the page had not changed and holds no bytes of it"
        return Fetched(uri, source, None, fetched_at=moment, reason="warc_revisit", detail=detail)
    http = record.http_headers
    if http is not None and http.status_code != 200:
        detail = f"{http.status_code} {http.reason_phrase or ''}".strip()
        return Fetched(uri, source, None, fetched_at=moment, reason="http_error", detail=detail)
    claims = Message()
    claims["content-type"] = (
        http.get("Content-Type") if http is not None else record.headers.get("Content-Type")
    ) or ""
    media_type = claims.get_content_type() if claims["content-type"] else None
    if media_type is not None and not media_type.startswith(_TEXTUAL) and media_type not in _UNCERTAIN:
        return Fetched(uri, source, None, media_type, fetched_at=moment, reason="binary", detail=media_type)
    if record.content_length > max_bytes:
        detail = f"more than {max_bytes:,} bytes"
        return Fetched(uri, source, None, media_type, fetched_at=moment, reason="too_large", detail=detail)
    raw = record.reader.read(max_bytes + 1)
    if len(raw) < record.content_length:
        detail = f"the archive breaks off in this record, after {len(raw):,} of {record.content_length:,} bytes"
        return Fetched(uri, source, None, media_type, fetched_at=moment, reason="unreadable_warc", detail=detail)
    try:
        body = _unpacked(raw, http, max_bytes)
    except TooLargeError as error:
        return Fetched(uri, source, None, media_type, fetched_at=moment, reason="too_large", detail=str(error))
    except DamagedError as error:
        return Fetched(uri, source, None, media_type, fetched_at=moment, reason="transfer_broken", detail=str(error))
    charset = claims.get_content_charset()
    if record.record_type == WarcRecordType.conversion:
        charset = charset or "utf-8"  # what WET holds by its definition
    return Fetched(uri, source, body, media_type, charset, moment)


def _moment(record: WarcRecord) -> datetime | None:
    """When the record was made; None where it says a time that is none, or one beyond the calendar."""
    try:
        moment = record.record_date
        return moment.astimezone(UTC) if moment is not None else None
    except (ValueError, OverflowError):
        return None


def _unpacked(body: bytes, http: HeaderMap | None, max_bytes: int) -> bytes:
    """``body`` without the encodings of its transfer. Some crawlers keep them, others undo them and leave the headers
    as they were: a header counts only where the bytes agree with it."""
    headers = {name.lower(): value.lower() for name, value in http.asdict().items()} if http is not None else {}
    if "chunked" in headers.get("transfer-encoding", ""):
        body = _joined_chunks(body)
    encodings = headers.get("content-encoding", "").split(",")
    # Some crawlers drop the header and keep the packing.
    return unpacked(body, encodings if any(encodings) or not is_gzip(body) else ["gzip"], max_bytes)


def _joined_chunks(body: bytes) -> bytes:
    parts, position = [], 0
    while (size := _CHUNK_SIZE.match(body, position)) is not None:
        start = size.end()
        position = start + int(size[1], 16)
        if position == start:
            break
        parts.append(body[start:position])
        position += 2
    return b"".join(parts) or body
