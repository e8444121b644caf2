"""Holds what the readers found against the promises of the tables, before anything is written.

The checks in sql/checks hold for the whole warehouse or nothing is published. So a slip in one page must be caught
here, where it costs that page or that one fact and is reported by name, and not there, where it would cost the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from tasks.closed_lists import closed_lists_of
from tasks.records import Article, Facts, Page

if TYPE_CHECKING:  # whoever verifies pages need not load the rules of facts
    from tasks.facts.kinds import FactKind

# C0 and C1 controls but the line feed, surrogates, private use, noncharacters: never part of a readable text.
_UNREADABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]")
_FIELDS = ("title", "kicker", "summary", "rubric", "dateline", "site", "outlet", "text")


class BrokenPromiseError(ValueError):
    """What a reader returned does not hold together; the message says what."""


def verify_page(page: Page, fetched_on: date | None = None) -> None:
    """Raise BrokenPromiseError where a paragraph is not where it says, a text not readable, a kind not on its list or a
    day of publication later than ``fetched_on``."""
    for article in page.articles:
        _verify_article(article)
        if article.published_on is not None and article.published_on > (fetched_on or article.published_on):
            raise BrokenPromiseError(f"published on {article.published_on}, fetched on {fetched_on}")
    for rows in (page.blocks, page.removed_blocks, page.repairs):
        _verify_kinds(rows)
    _verify_kinds([page])
    for block in page.blocks:
        if block.article_ordinal is not None and not 0 <= block.article_ordinal < len(page.articles):
            raise BrokenPromiseError(f"a block belongs to article {block.article_ordinal}, which is not there")


def _verify_kinds(rows: Sequence[Any]) -> None:
    """Raise BrokenPromiseError where one of ``rows``, which are of one record, holds what its closed list does not."""
    if not rows:
        return
    record: type = type(rows[0])
    for name, allowed in _closed_lists(record).items():
        unknown = set(map(attrgetter(name), rows)) - allowed
        if unknown:
            raise BrokenPromiseError(f"{name} {', '.join(sorted(map(repr, unknown)))} is not on the list")


@cache
def _closed_lists(record: type) -> dict[str, frozenset[str | None]]:
    """As in ``closed_lists_of``, with None: whether a field may be empty is for the table to say."""
    return {name: entries | {None} for name, entries in closed_lists_of(record).items()}


def _verify_article(article: Article) -> None:
    _verify_kinds([article])
    _verify_kinds(article.paragraphs)
    _verify_kinds(article.contributors)
    body = [paragraph for paragraph in article.paragraphs if paragraph.start_char is not None]
    if "\n".join(paragraph.text for paragraph in body) != article.text:
        raise BrokenPromiseError("the text is not its headings and paragraphs")
    for paragraph in body:
        if article.text[paragraph.start_char : paragraph.end_char] != paragraph.text:
            raise BrokenPromiseError(f"a paragraph is not at its offset {paragraph.start_char}")
    if not article.text.strip():
        raise BrokenPromiseError("an article without text")
    for name in _FIELDS:
        value = getattr(article, name)
        if value is not None and _UNREADABLE.search(value):
            raise BrokenPromiseError(f"unreadable characters in the {name}")


def verified_facts(
    text: str, facts: Facts, kinds: Iterable[FactKind]
) -> tuple[dict[str, Sequence[tuple[Any, ...]]], list[str]]:
    """The facts by table without those that do not stand at their offsets or are of a kind that is not on its list, and
    a line for each one left out.

    Of several facts of one kind at one place the first is kept: the place is their key.
    """
    problems: list[str] = []
    kept: dict[str, Sequence[Any]] = {}
    for kind in kinds:
        rows = facts.rows[kind.table]
        if not rows:
            kept[kind.table] = rows
            continue
        lists = _closed_lists(kind.record)
        if lists:
            rows = tuple(_of_known_kinds(kind.table, lists, rows, problems))
        if kind.part_of is not None:
            starts = {fact.start_char for fact in kept[kind.part_of]}
            rows = tuple(row for row in rows if row.start_char in starts)
        elif "start_char" in kind.fields and not _all_stand(text, kind, rows):
            rows = tuple(_standing(text, kind, rows, problems))
        kept[kind.table] = rows
    return kept, problems


def _of_known_kinds(
    table: str, lists: dict[str, frozenset[str | None]], found: Iterable[Any], problems: list[str]
) -> Iterator[Any]:
    for fact in found:
        unknown = [
            f"{name} {getattr(fact, name)!r}" for name, entries in lists.items() if getattr(fact, name) not in entries
        ]
        if unknown:
            problems.append(f"{table} at {fact.start_char}: {', '.join(unknown)} is not on the list")
        else:
            yield fact


def _all_stand(text: str, kind: FactKind, found: Iterable[Any]) -> bool:
    """Whether each of ``found`` is where it says, one behind the other, as nearly always."""
    stating, length, last = _stating(kind), len(text), -1
    for fact in found:
        start, end = fact.start_char, fact.end_char
        if not last < start < end <= length or (stating and getattr(fact, stating) != text[start:end]):
            return False
        last = start
    return True


def _stating(kind: FactKind) -> str | None:
    """The field with the characters a fact stands on: its surface; of a quotation its text."""
    return next((name for name in ("surface", "text") if name in kind.fields), None)


def _standing(text: str, kind: FactKind, found: Iterable[Any], problems: list[str]) -> Iterator[Any]:
    stating = _stating(kind)
    seen: set[int] = set()
    for fact in sorted(found, key=attrgetter("start_char")):
        stated = getattr(fact, stating) if stating else None
        surface = text[fact.start_char : fact.end_char]
        if not 0 <= fact.start_char < fact.end_char <= len(text) or (stated is not None and stated != surface):
            problems.append(f"{kind.table} {stated!r} is not at {fact.start_char}:{fact.end_char}")
        elif fact.start_char not in seen:
            seen.add(fact.start_char)
            yield fact
