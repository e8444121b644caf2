"""Which of several states of one address is the current one: the latest that holds an article.

A page that came back with another counter shows the same article and is a copy of its earlier state, so that the
article keeps its identifier; one with a changed text supersedes what the address showed before. States of which nobody
can tell the order (pages that a file of rows gives under one address) are current side by side. An address may be
spelled in several ways, and telephones may have a twin of it (``warehouse.address_spellings``), which shows a copy
where the article is the same and an article of its own where it is not. All this depends on what the store holds, not
on the runs in which it came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

import polars as pl

from warehouse.address_spellings import with_addresses

NO_ARTICLE = "none"  # digest of a page that was read and holds no article: it supersedes nothing

VERSION_SCHEMA: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "media_type": pl.String(),
    "charset": pl.String(),
    "site_key": pl.String(),
    "article_digest": pl.String(),
}
Placed = tuple[str, str | None, str | None]  # document_id, same_as, superseded_by


class Seen(NamedTuple):
    """A state of an address: whether that is a telephone's, the moment it was seen at and what it shows."""

    is_telephone: bool
    at: datetime
    digest: str


_PLACE_SCHEMA: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "same_as": pl.String(),
    "superseded_by": pl.String(),
}


def states_of_changed_addresses(documents: pl.DataFrame) -> pl.DataFrame:
    """Those of ``documents`` (document_id, uri, seen_at) whose address has shown different bytes at different times, or
    was asked for in different spellings, with their ``address`` and ``twin``."""
    known = with_addresses(documents)
    has_changed = (pl.col("seen_at").n_unique().over("twin") > 1) | (pl.col("uri").n_unique().over("twin") > 1)
    return known.filter(has_changed & (pl.col("document_id").n_unique().over("twin") > 1))


def place_states(states: pl.DataFrame, digests: pl.DataFrame) -> pl.DataFrame:
    """What each of ``states`` is: ``same_as`` the state whose article it shows again, or ``superseded_by`` the current.

    Both are null for a current state and for one without an article. ``digests`` holds document_id and article_digest.
    """
    known = states.join(digests, on="document_id").filter(pl.col("article_digest") != NO_ARTICLE)
    rows: list[Placed] = []
    columns = ("twin", "address", "seen_at", "document_id", "article_digest")
    for twin, of_twin in groupby(known.select(columns).sort(columns).iter_rows(), key=lambda row: row[0]):
        placed: list[Placed] = []
        seen: dict[str, Seen] = {}
        for address, of_address in groupby(of_twin, key=lambda row: row[1]):
            states_in_order = [row[2:] for row in of_address]
            is_telephone = address != twin
            seen.update({state: Seen(is_telephone, moment, digest) for moment, state, digest in states_in_order})
            moments = [
                [(document_id, digest) for _, document_id, digest in at_once]
                for _, at_once in groupby(states_in_order, key=lambda row: row[0])
            ]
            placed += _placed(moments)
        rows += _joined(placed, seen)
    return pl.DataFrame(rows, schema=_PLACE_SCHEMA, orient="row")


def _joined(placed: Sequence[Placed], seen: Mapping[str, Seen]) -> list[Placed]:
    """The states of an address and of its twins, of which those that show the same article are copies of the
    earliest that is not for telephones alone."""
    first: dict[str, str] = {}  # of each article that is current at one of the addresses, the state that shows it
    current = [document_id for document_id, same_as, superseded_by in placed if not (same_as or superseded_by)]
    for document_id in sorted(current, key=lambda document_id: (*seen[document_id][:2], document_id)):
        first.setdefault(seen[document_id].digest, document_id)
    owners = {document_id: first[seen[document_id].digest] for document_id in current}
    # What gave way at the address itself has given way for telephones too, however long they go on showing it.
    given_way = {
        seen[document_id].digest: owners[superseded_by]
        for document_id, _, superseded_by in placed
        if superseded_by and not seen[document_id].is_telephone
    }
    joined: list[Placed] = []
    for document_id, same_as, superseded_by in placed:
        shown_by = owners[superseded_by or same_as or document_id]
        later = given_way.get(seen[shown_by].digest) if seen[shown_by].is_telephone else None
        if superseded_by or later:
            shown_by = later or shown_by
            joined.append((document_id, None, shown_by))
        else:
            joined.append((document_id, shown_by if shown_by != document_id else None, None))
    return joined


def _placed(moments: Sequence[Sequence[tuple[str, str]]]) -> list[Placed]:
    """States of one address, moment by moment, as (document_id, same_as, superseded_by)."""
    first_state: dict[str, str] = {}  # of each article that is current, the earliest state that shows it unbroken
    for document_id, digest in moments[-1]:
        first_state.setdefault(digest, document_id)
    open_digests = set(first_state)
    same: dict[str, str] = dict(moments[-1])
    for at_once in reversed(moments[:-1]):
        shown: dict[str, list[str]] = {}
        for document_id, digest in at_once:
            shown.setdefault(digest, []).append(document_id)
        open_digests &= set(shown)
        if not open_digests:
            break
        for digest in open_digests:
            first_state[digest] = shown[digest][0]
            same.update(dict.fromkeys(shown[digest], digest))
    current = min(first_state.values())
    placed: list[Placed] = []
    for at_once in moments:
        for document_id, _ in at_once:
            if document_id not in same:
                placed.append((document_id, None, current))
            elif first_state[same[document_id]] != document_id:
                placed.append((document_id, first_state[same[document_id]], None))
            else:
                placed.append((document_id, None, None))
    return placed
