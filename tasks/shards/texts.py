"""Decodes and repairs one shard of raw bodies, and notes which lines each site shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from tasks.pages.site_lines import count_lines, parse_page, site_of
from tasks.pages.source_bounds import MAX_VISIBLE_CHARS, excess_of, excess_of_bytes, excess_of_dump
from tasks.records import RejectionReason, Repair, stable_id
from tasks.repair.decoding.charsets import decode
from tasks.repair.sources import repair_source
from tasks.shards.deadlines import named, page_deadline
from tasks.shards.shard_files import write_frame
from tasks.sources.data_formats import data_format
from tasks.sources.media_types import FEED, HTML, PLAIN, SITEMAP, sniff_media_type
from warehouse.planning import SAMPLED_PAGES
from warehouse.raw_store import RawStore

ORDER_SCHEMA: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "uri": pl.String(),
    "media_type": pl.String(),
    "charset": pl.String(),
    "content_sha256": pl.String(),
    "byte_count": pl.Int64(),
    "fetched_on": pl.Date(),
    "pack": pl.String(),
}
TEXT_SCHEMA: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "uri": pl.String(),
    "media_type": pl.String(),
    "charset": pl.String(),
    "fetched_on": pl.Date(),
    "site_key": pl.String(),
    "text": pl.String(),
    "markup": pl.Binary(),  # the page parsed, where it was parsed to see which lines its site repeats
    "lost_char_count": pl.Int64(),
    "reason": pl.String(),
    "detail": pl.String(),
    "repairs": pl.List(
        pl.Struct(
            {
                "kind": pl.String(),
                "damaged": pl.String(),
                "restored": pl.String(),
                "confidence": pl.Float64(),
                "layer": pl.Int64(),
                "start_char": pl.Int64(),
                "block_ordinal": pl.Int64(),
            }
        )
    ),
}
LINE_SCHEMA: dict[str, pl.DataType] = {
    "site_key": pl.String(),
    "line": pl.String(),
    "document_id": pl.String(),
    "page_key": pl.String(),
}
# Images and fonts that a saved page carries within itself, most of its bytes: a thousand characters are no icon. What
# stands before them opens the pattern, so that a search leaps there instead of looking behind every character.
_INLINE_DATA = re.compile(r"(;base64,)[A-Za-z0-9+/=]{1000,}+")
_TITLE = re.compile(r"<title[^<>]*>([^<]*)<", re.IGNORECASE)
# Fetching opens archives, feeds and sitemaps; here they are met inside a row or an archive.
_UNSUPPORTED: dict[str, tuple[RejectionReason, str]] = {
    FEED: ("feed_unsupported", "a feed inside a row or an archive is not opened; give its address"),
    SITEMAP: ("sitemap_unsupported", "a sitemap inside a row or an archive is not opened"),
    "application/warc": ("warc_unsupported", "an archive inside a row or an archive is not opened"),
}


def read_texts(order_path: Path, store: RawStore, text_path: Path, line_path: Path) -> dict[str, int]:
    """Decode and repair the documents of a work order (see ORDER_SCHEMA); write TEXT_SCHEMA and LINE_SCHEMA files.

    Returns the counts ``documents`` and ``rejected``.
    """
    order = pl.read_parquet(order_path, glob=False)
    texts: list[dict[str, object]] = []
    for document, body in bodies_of(order, store):
        try:
            with page_deadline():
                row = read_text(document, body)
        except Exception as error:  # one page's surprise must not stop the others; it is reported by name
            row = _rejected(document, *named(error))
        texts.append(row)
    lines: list[dict[str, object]] = []
    for row in _sampled(texts):
        try:
            with page_deadline():
                lines += _lines_of(row)
        except Exception as error:
            row["reason"], row["detail"] = named(error)
    write_frame(_frame(texts, TEXT_SCHEMA), text_path)
    write_frame(_frame(lines, LINE_SCHEMA), line_path)
    return {"documents": len(texts), "rejected": sum(row.get("reason") is not None for row in texts)}


def read_text(document: dict[str, Any], body: bytes | None) -> dict[str, object]:
    """One page as a row of TEXT_SCHEMA."""
    if body is None:
        detail = (
            f"the bytes in the pack {document['pack'] or 'of another page'} no longer fit their SHA-256, or are gone"
        )
        return _rejected(document, "unreadable_pack", detail)
    excess = excess_of_bytes(body)
    if excess is not None:
        return _rejected(document, *excess)
    decoding = decode(body, declared=document["charset"], media_type=document["media_type"])
    if decoding.text is None:
        return _rejected(document, decoding.reason or "undecodable", decoding.detail)
    kind = data_format(decoding.text, document["media_type"])
    if kind is not None:
        detail = f"{kind}, no page; rows are read from .jsonl, .ndjson and .parquet"
        return _rejected(document, "unsupported_format", detail)
    excess = _excess(decoding.text, document["media_type"])
    if excess is not None:
        return _rejected(document, *excess)
    repaired = repair_source(decoding.text)
    media_type = sniff_media_type(repaired.text, document["media_type"])
    row: dict[str, object] = {
        "document_id": document["document_id"],
        "uri": document["uri"],
        "media_type": media_type,
        "charset": decoding.charset,
        "fetched_on": document["fetched_on"],
        # Repairs have their offsets in the whole of it.
        "text": repaired.text if repaired.repairs else _INLINE_DATA.sub(r"\1", repaired.text),
        "lost_char_count": repaired.lost_count,
        "repairs": [repair._asdict() for repair in repaired.repairs],
    }
    if media_type in _UNSUPPORTED:
        row["reason"], row["detail"] = _UNSUPPORTED[media_type]
        return row
    if media_type not in {HTML, PLAIN}:
        raise AssertionError(f"no reader for {media_type}")
    row["site_key"] = site_of(str(document["uri"]), repaired.text)
    return row


def _sampled(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows whose pages can be in the sample of their site: of each site those with the first ids."""
    taken: Counter[object] = Counter()
    found = []
    for row in sorted(rows, key=lambda row: str(row["document_id"])):
        if row.get("site_key") and taken[row["site_key"]] < SAMPLED_PAGES:
            taken[row["site_key"]] += 1
            found.append(row)
    return found


def _lines_of(row: dict[str, object]) -> list[dict[str, object]]:
    """What a page shows as rows of LINE_SCHEMA; the page as it was parsed for that stays with its ``row``."""
    text = str(row["text"])
    seen_on = {
        "site_key": row["site_key"],
        "document_id": row["document_id"],
        "page_key": _page_key(text, str(row["document_id"])),
    }
    markup = parse_page(text, str(row["media_type"]))
    row["markup"] = markup.to_bytes() if markup is not None else None
    found = count_lines(text, media_type=str(row["media_type"]), markup=markup)
    return [{**seen_on, "line": line} for line in sorted(found)]


def _page_key(text: str, document_id: str) -> str:
    """What two addresses of one article share: the page's title; the document itself where it has none."""
    title = _TITLE.search(text)
    folded = "".join(title.group(1).split()) if title else ""
    return stable_id(folded) if folded else document_id


def _excess(text: str, media_type: str | None) -> tuple[RejectionReason, str] | None:
    """Why a text is beyond what is read, told before its repair, which takes several times its size in memory."""
    if len(text) <= MAX_VISIBLE_CHARS:
        return None
    return excess_of_dump(text) if sniff_media_type(text, media_type) == PLAIN else excess_of(text)


def _rejected(document: dict[str, Any], reason: RejectionReason, detail: str | None) -> dict[str, object]:
    return {
        "document_id": document["document_id"],
        "uri": document["uri"],
        "media_type": document["media_type"],
        "reason": reason,
        "detail": detail,
        "repairs": [],
    }


def bodies_of(order: pl.DataFrame, store: RawStore) -> Iterator[tuple[dict[str, Any], bytes | None]]:
    """Each document of a work order with its bytes, pack by pack; None where the store has lost them."""
    for (pack,), group in order.group_by("pack", maintain_order=True):
        bodies = {} if pack is None else store.bodies(str(pack), group["content_sha256"])
        for document in group.iter_rows(named=True):
            yield document, bodies.get(document["content_sha256"])


def _frame(rows: list[dict[str, object]], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in schema}, schema=schema)


def stored_repairs(value: list[dict[str, object]] | None) -> tuple[Repair, ...]:
    """The repairs of one row of a text file as records."""
    return tuple(Repair(**repair) for repair in value or [])  # type: ignore[arg-type]
