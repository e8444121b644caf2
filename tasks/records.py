"""The frozen records that stages exchange: one class per table, one attribute per column.

A record class is the schema of the Parquet shard that carries it and of the ``core`` table it ends in: attribute names
are column names, attribute order is column order (``warehouse.schemas`` derives both; a test holds ``sql/core`` to it).
What a page has hundreds of is a named tuple, which is made in a third of the time of a frozen dataclass. Identifiers are stable hashes, so the same input gives the same rows wherever and whenever it is loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

ID_HEX_DIGITS = 20  # 80 bits: under one collision expected in 10^12 rows


def stable_id(*parts: str | int) -> str:
    """The first 20 hex digits of the SHA-256 of ``parts`` joined by the unit separator.

    >>> stable_id("a", 1) == stable_id("a", "1")
    True
    """
    joined = "\x1f".join(map(str, parts))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:ID_HEX_DIGITS]


# --- what a page became -------------------------------------------------------------------------------------------


class Repair(NamedTuple):
    """One edit that turned damaged characters into restored ones; enough is kept to undo it.

    ``layer`` counts the passes over one text; ``start_char`` is the offset of ``damaged`` in the text as it stood
    before that layer. ``block_ordinal`` is None where the text was the whole decoded source, else the block's number.
    """

    kind: str
    damaged: str
    restored: str
    confidence: float
    layer: int
    start_char: int
    block_ordinal: int | None = None


class RemovedBlock(NamedTuple):
    """A stretch of the page that is not part of any article: ``kind`` from a closed list, ``reason`` in plain words."""

    kind: str
    reason: str
    text: str


class Block(NamedTuple):
    """One line or element of the page in reading order; all blocks together are the whole visible text of the page.

    ``kind``: ``title``, ``kicker``, ``summary``, ``rubric``, ``metadata`` (bylines, datelines, credits), ``heading``,
    ``paragraph``, ``caption``, ``repeated`` (the same paragraph again) or ``removed``. ``article_ordinal`` is None for
    what belongs to no article.
    """

    kind: str
    text: str
    article_ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``kind``: ``heading``, ``paragraph``, ``caption`` or ``summary``; offsets into the article's text, end exclusive.

    Captions and summaries are not part of the text: their offsets are None.
    """

    kind: Literal["heading", "paragraph", "caption", "summary"]
    text: str
    start_char: int | None
    end_char: int | None


@dataclass(frozen=True, slots=True)
class Contributor:
    """``role``: ``author``, ``editor`` or ``photographer``."""

    role: Literal["author", "editor", "photographer"]
    name: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as found on a page. ``text`` is headings and paragraphs joined by a line feed, nothing else.

    ``published_at`` is set (with an offset) only where a time of day is known; ``published_on`` wherever a day is.
    ``published_precision``: ``second``, ``minute``, ``day``, ``month``, ``year`` or None. ``incomplete_reason`` says why
    ``is_complete`` is False and is None where it is True.
    """

    ordinal: int
    title: str | None
    kicker: str | None
    summary: str | None
    rubric: str | None
    dateline: str | None
    published_at: datetime | None
    published_on: date | None
    published_precision: str | None
    site: str | None
    outlet: str | None
    text: str
    is_complete: bool
    incomplete_reason: str | None
    paragraphs: tuple[Paragraph, ...]
    contributors: tuple[Contributor, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What one page became: articles, or a reason why there is none; and an account of every other character of it."""

    articles: tuple[Article, ...]
    blocks: tuple[Block, ...]
    removed_blocks: tuple[RemovedBlock, ...]
    repairs: tuple[Repair, ...]
    rejection_reason: str | None = None
    rejection_detail: str | None = None


# --- facts: offsets into the article's text, end exclusive; named tuples, for an article has hundreds ----------------


class PlaceMention(NamedTuple):
    """``adcode``: GB/T 2260, six digits, None below county level or undecided (then ``candidates`` holds the codes)."""

    start_char: int
    end_char: int
    surface: str
    adcode: str | None
    place_name: str
    level: str
    candidates: tuple[str, ...] = ()


class OrganizationMention(NamedTuple):
    start_char: int
    end_char: int
    surface: str
    name: str
    kind: str
    adcode: str | None


class PersonMention(NamedTuple):
    start_char: int
    end_char: int
    name: str
    role: str | None
    organization: str | None


class Quote(NamedTuple):
    """``text`` is what stands between the marks; ``start_char:end_char`` spans exactly that."""

    start_char: int
    end_char: int
    text: str
    speaker: str | None
    speaker_role: str | None


class DateMention(NamedTuple):
    start_char: int
    end_char: int
    surface: str
    iso: str
    role: str | None


Bound = Literal["at_least", "at_most", "less_than", "more_than"]


class Figure(NamedTuple):
    """``bound`` says on which side of ``value`` the quantity lies; ``place_name`` is as low as the text tells."""

    start_char: int
    end_char: int
    surface: str
    value: float
    value_max: float | None
    approximate: bool
    unit: str
    subject: str | None
    adcode: str | None
    year: int | None
    place_name: str | None = None
    bound: Bound | None = None


# What a sentence claims of a practice it names. Only ``adopted`` and ``trial`` say that a place has it: ``planned`` is
# decided but not begun, ``proposed`` asked for, ``applied`` sought from above, ``ended`` given up, ``denied`` not there,
# ``visited`` seen elsewhere, ``promoted`` carried on from above, ``general`` said of no place in particular.
PracticeStatus = Literal[
    "adopted", "trial", "planned", "proposed", "applied", "ended", "denied", "visited", "promoted", "general"
]
# How long the time is in which a practice is said to have begun; ``before`` where only its latest day is told.
StatedPrecision = Literal["day", "month", "quarter", "half_year", "year", "period", "before"]
PlaceLevel = Literal["province", "city", "county", "township", "community", "village", "other"]
# ``superior``: a place that lies above another one of the same practice and article, and is named no more often.
ClaimRole = Literal["own", "superior"]


class PracticeMention(NamedTuple):
    """``name`` is the canonical spelling within the article; ``parts`` are the named members of a numbered practice.

    ``place_name`` is the full name of the first place that practises it, as low as the text tells; ``adcode`` is the
    code of that place or of the county it lies in. It is said to have begun between ``stated_on`` and ``stated_until``.
    """

    start_char: int
    end_char: int
    surface: str
    name: str
    kind: str
    adcode: str | None
    parts: tuple[str, ...] = ()
    status: PracticeStatus = "adopted"
    place_name: str | None = None
    stated_on: date | None = None
    stated_until: date | None = None
    stated_precision: StatedPrecision | None = None


class PracticePlace(NamedTuple):
    """One of the places that the practice mention at ``start_char`` speaks of."""

    start_char: int
    place_name: str
    adcode: str | None
    level: PlaceLevel
    role: ClaimRole


class DocumentMention(NamedTuple):
    start_char: int
    end_char: int
    title: str | None
    number: str | None
    issuer: str | None


class Sentence(NamedTuple):
    start_char: int
    end_char: int


class WordCount(NamedTuple):
    """How often ``word`` occurs in an article; in bulk, plain pairs of the same order stand for it."""

    word: str
    occurrence_count: int


@dataclass(frozen=True)
class Facts:
    """Everything extracted from one article text: ``rows`` by table, each tuple in order of its records' start.

    A table's rows are an attribute as well: ``facts.place_mentions`` is ``facts.rows["place_mentions"]``.
    """

    rows: Mapping[str, tuple[Any, ...]]

    def __getattr__(self, table: str) -> tuple[Any, ...]:
        rows: Mapping[str, tuple[Any, ...]] = self.__dict__.get("rows", {})
        if table not in rows:
            raise AttributeError(f"there is no kind of fact with the table {table}")
        return rows[table]


# --- what came in --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fetched:
    """One input as it came: the body's bytes, or the reason why there are none.

    ``media_type`` and ``charset`` are what the source claims (file suffix, HTTP header), None where it claims nothing;
    ``fetched_at`` is None where nobody recorded when the bytes were fetched.
    """

    uri: str
    source: str
    body: bytes | None
    media_type: str | None = None
    charset: str | None = None
    fetched_at: datetime | None = None
    reason: str | None = None
    detail: str | None = None
