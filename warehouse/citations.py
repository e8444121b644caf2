"""What stands behind one number of a mart: sentence, article, page, bytes, repairs, and the damaged original.

The original is read from the raw store: the page's bytes are decoded and repaired as a run does, and the passage is
carried back through the edits. Where other code made the warehouse than reads it now, the passage may not be found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from tasks.records import Repair
from tasks.repair.decoding.charsets import decode
from tasks.repair.originals import find_passage, span_before
from tasks.repair.repaired import undo
from tasks.repair.sources import repair_source
from warehouse.connections import open_warehouse
from warehouse.files import WarehouseFiles
from warehouse.locations import Location
from warehouse.raw_store import RawStore

_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)]*|\n|$)")
_REFERENCE = re.compile(r"^(?P<article>[0-9a-f]{8,40})(?::(?P<start>\d{1,9}))?$")


class CitationError(ValueError):
    """There is nothing to cite; the message is one line that says why."""


@dataclass(frozen=True)
class Citation:
    """A sentence and where it comes from. ``original`` is what the page's bytes say there, None where it is not found;
    ``repairs`` are the edits of the block that holds the sentence and of the page that fall on it; ``version`` is that
    of the data (meta.versions), None where an earlier version of the program made them."""

    article_id: str
    start_char: int
    end_char: int
    sentence: str
    title: str | None
    outlet: str | None
    site: str | None
    published_on: date | None
    authors: tuple[str, ...]
    uri: str
    fetched_at: datetime | None
    content_sha256: str
    repairs: tuple[Repair, ...]
    original: str | None
    version: int | None = None


def parse_reference(reference: str) -> tuple[str, int]:
    """The article and the offset of ``ARTICLE_ID:START_CHAR``, the start of the text where no offset is given.

    Raises CitationError where it is neither.

    >>> parse_reference("4ea140588150773ce3d9:12")
    ('4ea140588150773ce3d9', 12)
    >>> parse_reference("4ea140588150773ce3d9")
    ('4ea140588150773ce3d9', 0)
    """
    match = _REFERENCE.match(reference.strip())
    if match is None:
        raise CitationError(f"{reference!r} is no ARTICLE_ID[:START_CHAR], as marts give them")
    return match["article"], int(match["start"] or 0)


def cite(warehouse: Path, reference: str, storage: Location | None = None) -> Citation:
    """The sentence at ``reference`` with all that leads back to its bytes, which lie beside the warehouse or in
    ``storage``. Raises CitationError."""
    article_id, start_char = parse_reference(reference)
    with open_warehouse(warehouse) as connection:
        row = _article(connection, article_id)
        text = str(row["text"])
        if start_char >= len(text):
            raise CitationError(f"article {article_id} has {len(text)} characters, none at {start_char}")
        start, end = sentence_span(text, start_char)
        local, block_start, block_end, repairs = _block_passage(connection, row, start, end)
        version = _version(connection)
    body = _body(warehouse, storage, str(row["content_sha256"]))
    original, page_repairs = (None, ()) if body is None else _original(body, row, local, repairs)
    of_block = tuple(one for one in repairs if _touches(one, block_start, block_end))
    return Citation(
        article_id,
        start,
        end,
        text[start:end],
        row["title"],
        row["outlet"],
        row["site"],
        row["published_on"],
        tuple(row["authors"] or ()),
        str(row["uri"]),
        row["fetched_at"],
        str(row["content_sha256"]),
        (*page_repairs, *of_block),
        original,
        version,
    )


def _version(connection: duckdb.DuckDBPyConnection) -> int | None:
    try:
        rows = connection.execute("select version from meta.versions where is_current").fetchall()
    except duckdb.CatalogException:
        return None
    return int(rows[0][0]) if rows else None


def sentence_span(text: str, at: int) -> tuple[int, int]:
    """Start and end of the sentence of ``text`` that holds the character ``at``.

    >>> sentence_span("去年3月开会。今年上墙。", 7)
    (7, 12)
    """
    for match in _SENTENCE.finditer(text):
        if match.end() > at and match[0].strip():
            return match.start(), match.end() - match[0].endswith("\n")
    return 0, len(text)


def _article(connection: duckdb.DuckDBPyConnection, article_id: str) -> dict[str, Any]:
    found = connection.execute(
        """
        select
            a.*, d.uri, d.fetched_at, d.content_sha256, d.charset, d.media_type,
            (select list(c.name order by c.ordinal) from core.contributors as c
             where c.article_id = a.article_id and c.role = 'author') as authors
        from core.articles as a inner join core.documents as d using (document_id)
        where a.article_id = ?
        """,
        [article_id],
    )
    names = [column[0] for column in found.description or ()]
    rows = found.fetchall()
    if not rows:
        raise CitationError(f"there is no article {article_id}")
    return dict(zip(names, rows[0], strict=True))


def _block_passage(
    connection: duckdb.DuckDBPyConnection, row: dict[str, Any], start: int, end: int
) -> tuple[str, int, int, tuple[Repair, ...]]:
    """The passage as its block had it before the block was repaired, its span there, and the repairs of the block."""
    paragraphs = connection.execute(
        "select text, start_char, end_char from core.paragraphs"
        " where article_id = ? and start_char is not null order by start_char",
        [row["article_id"]],
    ).fetchall()
    blocks = connection.execute(
        "select ordinal from core.blocks where article_id = ? and kind in ('heading', 'paragraph') order by ordinal",
        [row["article_id"]],
    ).fetchall()
    text = str(row["text"])
    for number, (paragraph, first, last) in enumerate(paragraphs):
        if not first <= start < last:
            continue
        begin, finish = start - first, min(end, last) - first
        # Where lines were joined to paragraphs, the blocks no longer count as the paragraphs do.
        if len(blocks) != len(paragraphs):
            return text[start:end], begin, finish, ()
        repairs = _repairs(connection, str(row["document_id"]), blocks[number][0])
        before = undo(paragraph, repairs)
        begin, finish = span_before(repairs, begin, finish)
        return before[begin:finish], begin, finish, repairs
    return text[start:end], start, end, ()


def _repairs(connection: duckdb.DuckDBPyConnection, document_id: str, block: int) -> tuple[Repair, ...]:
    rows = connection.execute(
        "select kind, damaged, restored, confidence, layer, start_char, block_ordinal from core.repairs"
        " where document_id = ? and block_ordinal = ? and kind != 'twin' order by ordinal",
        [document_id, block],
    ).fetchall()
    return tuple(Repair(*row) for row in rows)


def _body(warehouse: Path, storage: Location | None, content_sha256: str) -> bytes | None:
    store = RawStore(WarehouseFiles(warehouse, storage=storage).raw_folder)
    index = store.index()
    packs = index.filter((index["content_sha256"] == content_sha256) & index["has_body"])
    return store.bodies(packs["pack"][0], [content_sha256]).get(content_sha256) if packs.height else None


def _original(
    body: bytes, row: dict[str, Any], passage: str, repairs: tuple[Repair, ...]
) -> tuple[str | None, tuple[Repair, ...]]:
    """What the decoded bytes say where ``passage`` stands on the repaired page, and the page's edits within it."""
    decoding = decode(body, declared=_text(row["charset"]), media_type=_text(row["media_type"]))
    if decoding.text is None:
        return None, ()
    repaired = repair_source(decoding.text)
    found = find_passage(repaired.text, passage)
    if found is None:
        return None, ()
    start, end = span_before(repaired.repairs, *found)
    last_layer = max((one.layer for one in repaired.repairs), default=0)
    inside = []
    for layer in range(last_layer + 1):
        later = [one for one in repaired.repairs if one.layer >= layer]
        first, last = span_before(later, *found)
        inside += [one for one in later if one.layer == layer and _touches(one, first, last)]
    return decoding.text[start:end], tuple(inside)


def _touches(repair: Repair, start: int, end: int) -> bool:
    """Whether an edit of a text falls on its characters from ``start`` to ``end``."""
    return repair.start_char < end and repair.start_char + max(len(repair.damaged), 1) > start


def _text(value: object) -> str | None:
    return None if value is None else str(value)
