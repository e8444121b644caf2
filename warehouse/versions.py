"""Which of several states of one address is the current one: the latest that holds an article.

A page that came back with another counter shows the same article and is a copy of its earlier state, so that the
article keeps its identifier; one with a changed text supersedes what the address showed before. States of which nobody
can tell the order (pages that a file of rows gives under one address) are current side by side. All this depends on
what the store holds, not on the runs in which it came.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import polars as pl

NO_ARTICLE = "none"  # digest of a page that was read and holds no article: it supersedes nothing

VERSION_SCHEMA: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "media_type": pl.String(),
    "charset": pl.String(),
    "site_key": pl.String(),
    "article_digest": pl.String(),
}
_PLACE_SCHEMA: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "same_as": pl.String(),
    "superseded_by": pl.String(),
}


def states_of_changed_addresses(documents: pl.DataFrame) -> pl.DataFrame:
    """Those of ``documents`` (document_id, uri, seen_at) whose address has shown different bytes at different times."""
    has_changed = pl.col("seen_at").n_unique().over("uri") > 1
    return documents.filter(has_changed & (pl.col("document_id").n_unique().over("uri") > 1))


def place_states(states: pl.DataFrame, digests: pl.DataFrame) -> pl.DataFrame:
    """What each of ``states`` is: ``same_as`` the state whose article it shows again, or ``superseded_by`` the current.

    Both are null for a current state and for one without an article. ``digests`` holds document_id and article_digest.
    """
    known = states.join(digests, on="document_id").filter(pl.col("article_digest") != NO_ARTICLE)
    rows: list[tuple[str, str | None, str | None]] = []
    ordered = known.select("uri", "seen_at", "document_id", "article_digest").sort("uri", "seen_at", "document_id")
    for _, of_address in groupby(ordered.iter_rows(), key=lambda row: row[0]):
        moments = [
            [(document_id, digest) for _, _, document_id, digest in at_once]
            for _, at_once in groupby(of_address, key=lambda row: row[1])
        ]
        rows += _placed(moments)
    return pl.DataFrame(rows, schema=_PLACE_SCHEMA, orient="row")


def _placed(moments: Sequence[Sequence[tuple[str, str]]]) -> list[tuple[str, str | None, str | None]]:
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
    placed: list[tuple[str, str | None, str | None]] = []
    for at_once in moments:
        for document_id, _ in at_once:
            if document_id not in same:
                placed.append((document_id, None, current))
            elif first_state[same[document_id]] != document_id:
                placed.append((document_id, first_state[same[document_id]], None))
            else:
                placed.append((document_id, None, None))
    return placed
