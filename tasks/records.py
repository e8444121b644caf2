"""The frozen records that stages exchange: one class per table, one attribute per column.

A record class is the schema of the Parquet shard that carries it and of the ``core`` table it ends in: attribute names
are column names, attribute order is column order (``warehouse.schemas`` derives both; a test holds ``sql/core`` to it).
What a page has hundreds of is a named tuple, which is made in a third of the time of a frozen dataclass. Identifiers
are stable hashes, so the same input gives the same rows wherever and whenever it is loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
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


# --- closed lists: what else such a column holds is a slip, told by mypy, the verifier and the checks ----------------

DocumentStatus = Literal["loaded", "copy", "superseded", "rejected"]
# No page of the People's Republic is older: an earlier day on one is that of the matter it tells of. The setting
# FANGZHI_FIRST_DAY lets older papers in.
FIRST_DAY = date(1949, 1, 1)
DatePrecision = Literal["second", "minute", "day", "month", "year"]
DateOrigin = Literal["page", "meta", "feed", "address"]
ParagraphKind = Literal["heading", "paragraph", "caption", "summary"]
ContributorRole = Literal["author", "editor", "photographer"]
RepairKind = Literal[
    "wrong_charset",  # the whole text had been decoded with the wrong charset
    "byte_shift",  # characters read one byte off after an edit that ignored character boundaries
    "pinyin",  # a reading that a mirror put behind a character
    "splice",  # a piece of the page's title that was put between its words
    "entity",  # a character reference that had been escaped twice
    "invisible",  # control, zero-width and private-use characters
    "lost",  # a character of which no byte survives, now marked
    "script",  # Traditional characters in place of Simplified ones
    "spacing",  # white space inside Chinese sentences
    "punctuation",  # half-width or straight marks in Chinese running text
    "bracket",  # a missing closing quotation mark or bracket
    "ocr",  # a word that text recognition misread
    "normalization",  # characters not in Unicode's composed form
    "twin",  # what another page of the story prints where this one is damaged
]
RemovedKind = Literal[
    "navigation", "advertisement", "spam", "disclaimer", "related", "ranking", "footer", "share", "markup",
    "placeholder", "repeated", "hidden", "script", "comment", "metadata", "other",
]  # fmt: skip
# ``metadata``: bylines, datelines, credits; ``repeated``: the same paragraph again.
BlockKind = Literal[
    "title", "kicker", "summary", "rubric", "metadata", "heading", "paragraph", "caption", "repeated", "removed"
]  # fmt: skip
StoryRelation = Literal["canonical", "exact", "near", "contains", "contained"]
StoryRole = Literal["original", "reprint_credited", "reprint_uncredited", "mirror"]
DivisionLevel = Literal["province", "city", "county"]
PlaceLevel = Literal["province", "city", "county", "township", "community", "village", "other"]
BodyKind = Literal[
    "party", "government", "enterprise", "social", "community", "media", "school", "hospital", "other"
]  # fmt: skip
DateRole = Literal["as_of", "since", "planned"]
Bound = Literal["at_least", "at_most", "less_than", "more_than"]
PracticeKind = Literal[
    "alliance", "service_station", "joint_meeting", "grid", "list_matching", "fund", "brand", "volunteer", "platform",
    "property", "regulation", "other",
]  # fmt: skip
# What a sentence claims of a practice (tasks/facts/claims): only ``adopted`` and ``trial`` say that a place has it.
PracticeStatus = Literal[
    "adopted", "trial", "planned", "proposed", "applied", "ended", "denied", "visited", "promoted", "general"
]  # fmt: skip
StatedPrecision = Literal["day", "month", "quarter", "half_year", "year", "period", "before"]
# ``superior``: above another place of the same practice and article, and named no more often.
ClaimRole = Literal["own", "superior"]
# What a text says of a designation: given, sought, intended, not given, taken away.
DesignationStatus = Literal["designated", "applied", "planned", "refused", "revoked"]
# Whose designation it is, as far as the words before it tell.
DesignationLevel = Literal["national", "province", "city", "county"]
Stage = Literal["fetch", "clean", "deduplicate", "extract", "load", "summarise"]
RunStatus = Literal["running", "completed", "failed"]
RejectionReason = Literal[
    "source_not_found", "source_list_invalid", "folder_empty", "warc_unsupported", "feed_unsupported",
    "sitemap_unsupported", "feed_empty", "sitemap_empty", "section_empty", "issue_missing", "unreadable_file",
    "unreadable_rows", "unreadable_warc", "warc_revisit", "fetched_in_future", "robots_disallowed", "unreachable",
    "timed_out", "http_error", "invalid_address", "private_address", "dns_failed", "tls_failed",
    "connection_refused", "rate_limited", "transfer_broken", "host_given_up", "source_resting",
    "budget_spent", "too_many_links", "too_slow", "not_a_file", "hidden", "own_files",
    "unsupported_format", "unreadable_pack", "too_large", "too_deep", "empty", "empty_page", "binary", "undecodable",
    "processing_failed", "no_article_found", "attachment_only", "no_text", "not_chinese", "list_page",
    "search_results", "error_page", "login_wall", "paywall", "forum_pager",
]  # fmt: skip


# --- what a page became -------------------------------------------------------------------------------------------


class Repair(NamedTuple):
    """One edit that turned damaged characters into restored ones; enough is kept to undo it.

    ``layer`` counts the passes over one text; ``start_char`` is the offset of ``damaged`` in the text as it stood
    before that layer. ``block_ordinal`` is None where the text was the whole decoded source, else the block's number.
    """

    kind: RepairKind
    damaged: str
    restored: str
    confidence: float
    layer: int
    start_char: int
    block_ordinal: int | None = None


class RemovedBlock(NamedTuple):
    """A stretch of the page that is not part of any article; ``reason`` says in plain words why."""

    kind: RemovedKind
    reason: str
    text: str


class Block(NamedTuple):
    """One line or element of the page in reading order; all blocks together are the whole visible text of the page.

    ``article_ordinal`` is None for what belongs to no article.
    """

    kind: BlockKind
    text: str
    article_ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Offsets into the article's text, end exclusive; None for captions and summaries, which are not part of it."""

    kind: ParagraphKind
    text: str
    start_char: int | None
    end_char: int | None


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody whom the page names as a maker of the article."""

    role: ContributorRole
    name: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as found on a page. ``text`` is headings and paragraphs joined by a line feed, nothing else.

    ``published_at`` is set (with an offset) only where a time of day is known; ``published_on`` wherever a day is.
    ``incomplete_reason`` says why ``is_complete`` is False and is None where it is True.
    """

    ordinal: int
    title: str | None
    kicker: str | None
    summary: str | None
    rubric: str | None
    dateline: str | None
    published_at: datetime | None
    published_on: date | None
    published_precision: DatePrecision | None
    published_from: DateOrigin | None
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
    rejection_reason: RejectionReason | None = None
    rejection_detail: str | None = None


# --- facts: offsets into the article's text, end exclusive; named tuples, for an article has hundreds ----------------


class PlaceMention(NamedTuple):
    """``adcode``: GB/T 2260, six digits, None below county level or undecided (then ``candidates`` holds the codes)."""

    start_char: int
    end_char: int
    surface: str
    adcode: str | None
    place_name: str
    level: PlaceLevel
    candidates: tuple[str, ...] = ()


class OrganizationMention(NamedTuple):
    start_char: int
    end_char: int
    surface: str
    name: str
    kind: BodyKind
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
    role: DateRole | None


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


class PracticeMention(NamedTuple):
    """``name`` is the canonical spelling within the article; ``parts`` are the named members of a numbered practice.

    ``place_name`` is the full name of the first place that practises it, as low as the text tells; ``adcode`` is the
    code of that place or of the county it lies in. It is said to have begun between ``stated_on`` and ``stated_until``.
    """

    start_char: int
    end_char: int
    surface: str
    name: str
    kind: PracticeKind
    adcode: str | None
    parts: tuple[str, ...] = ()
    status: PracticeStatus = "adopted"
    place_name: str | None = None
    stated_on: date | None = None
    stated_until: date | None = None
    stated_precision: StatedPrecision | None = None


class PracticePlace(NamedTuple):
    """One of the places that the practice mention at ``start_char`` speaks of.

    It is said to have begun there between ``stated_on`` and ``stated_until``, which differ from those of the mention
    where a clause of its own dates the place.
    """

    start_char: int
    place_name: str
    adcode: str | None
    level: PlaceLevel
    role: ClaimRole
    stated_on: date | None = None
    stated_until: date | None = None
    stated_precision: StatedPrecision | None = None


class Designation(NamedTuple):
    """A place that is named pilot or model of ``practice_name``, asks to be, or is not; ``designated_at`` is an ISO
    date.

    The span is the word of the designation, for the second and later places of a list the place's name. ``stated_on``
    to ``stated_until`` is when the sentence says that its practice began there.
    """

    start_char: int
    end_char: int
    surface: str
    practice_name: str | None
    designation: str
    status: DesignationStatus
    level: DesignationLevel | None
    designated_by: str | None
    designated_at: str | None
    place_name: str
    adcode: str | None
    stated_on: date | None = None
    stated_until: date | None = None
    stated_precision: StatedPrecision | None = None


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
    """Everything extracted from one article text: ``rows`` by table, each in order of its records' start.

    A table's rows are an attribute as well: ``facts.place_mentions`` is ``facts.rows["place_mentions"]``.
    """

    rows: Mapping[str, Sequence[Any]]

    def __getattr__(self, table: str) -> Sequence[Any]:
        rows: Mapping[str, Sequence[Any]] = self.__dict__.get("rows", {})
        if table not in rows:
            raise AttributeError(f"there is no kind of fact with the table {table}")
        return rows[table]


# --- what came in --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fetched:
    """One input as it came: the body's bytes, or the reason why there are none.

    ``media_type`` and ``charset`` are what the source claims (file suffix, HTTP header), None where it claims nothing;
    ``fetched_at`` is None where nobody recorded it. ``etag`` and ``last_modified`` are what a server gave to ask by
    whether a page has changed; ``is_unchanged`` where it answered, without a body, that it has not.
    """

    uri: str
    source: str
    body: bytes | None
    media_type: str | None = None
    charset: str | None = None
    fetched_at: datetime | None = None
    reason: RejectionReason | None = None
    detail: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    is_unchanged: bool = False
