"""Holds what the readers found against the promises of the tables, before anything is written.

The checks in sql/checks hold for the whole warehouse or nothing is published. So a slip in one page must be caught
here, where it costs that page or that one fact and is reported by name, and not there, where it would cost the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from tasks.records import Article, Facts, Page

if TYPE_CHECKING:  # whoever verifies pages need not load the rules of facts
    from tasks.facts.kinds import FactKind

# C0 and C1 controls but the line feed, surrogates, private use, noncharacters: never part of a readable text.
_UNREADABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]")
_FIELDS = ("title", "kicker", "summary", "rubric", "dateline", "site", "outlet", "text")


class BrokenPromiseError(ValueError):
    """What a reader returned does not hold together; the message says what."""


def verify_page(page: Page) -> None:
    """Raise BrokenPromiseError where an article's paragraphs are not where they say, or a text is not readable."""
    for article in page.articles:
        _verify_article(article)
    for block in page.blocks:
        if block.article_ordinal is not None and not 0 <= block.article_ordinal < len(page.articles):
            raise BrokenPromiseError(f"a block belongs to article {block.article_ordinal}, which is not there")


def _verify_article(article: Article) -> None:
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
    """The facts by table without those that do not stand at their offsets, and a line for each one left out.

    Of several facts of one kind at one place the first is kept: the place is their key.
    """
    problems: list[str] = []
    kept: dict[str, Sequence[Any]] = {}
    for kind in kinds:
        rows = facts.rows[kind.table]
        if kind.part_of is not None:
            starts = {fact.start_char for fact in kept[kind.part_of]}
            rows = tuple(row for row in rows if row.start_char in starts)
        elif "start_char" in kind.fields:
            rows = tuple(_standing(text, kind, rows, problems))
        kept[kind.table] = rows
    return kept, problems


def _standing(text: str, kind: FactKind, found: Iterable[Any], problems: list[str]) -> Iterator[Any]:
    # The characters a fact stands on are its surface; those of a quotation are its text.
    stating = next((name for name in ("surface", "text") if name in kind.fields), None)
    seen: set[int] = set()
    for fact in sorted(found, key=attrgetter("start_char")):
        stated = getattr(fact, stating) if stating else None
        surface = text[fact.start_char : fact.end_char]
        if not 0 <= fact.start_char < fact.end_char <= len(text) or (stated is not None and stated != surface):
            problems.append(f"{kind.table} {stated!r} is not at {fact.start_char}:{fact.end_char}")
        elif fact.start_char not in seen:
            seen.add(fact.start_char)
            yield fact
