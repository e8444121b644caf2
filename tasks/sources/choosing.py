"""Which of the addresses that sources name are asked for in a run: what is new, what failed lately, what may have
changed.

A host is spared: an article that is in the store is not asked for again, but for once after some days, when corrections
have been made. What a source's budget does not hold is left for the next run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.sources.indexes.listed_articles import ListedArticle

# A page that could not be had is asked for again in every run for so long after it was named first; then it is given
# up: hosts put articles up a day late, and take few down to bring them back.
RETRY_DAYS = 7


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one address: when it was named and fetched first, and what came of it."""

    named_at: datetime | None = None
    fetched_at: datetime | None = None
    has_failed: bool = False
    has_nothing_to_read: bool = False
    was_rechecked: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """``ask``: addresses to fetch, in order; ``rechecks``: those of them that are in the store already; ``here``: named
    and in the store; ``left``: how many each source leaves for the next run."""

    ask: tuple[ListedArticle, ...]
    rechecks: tuple[str, ...]
    here: tuple[str, ...]
    left: Mapping[str, int]


def choose_addresses(
    named: Iterable[ListedArticle],
    known: Mapping[str, Known],
    budgets: Mapping[str, int],
    now: datetime,
    refetch_days: int,
    changed: Collection[str] = (),
) -> Choice:
    """Choose among the ``named`` addresses, each once; new ones come first, each source's in the order named.

    ``budgets`` are the pages a source may ask for in a run; a source that is not in it has no limit. ``changed`` are
    addresses of which their source says that they have changed since they were fetched.
    """
    fresh: dict[str, ListedArticle] = {}
    again: dict[str, ListedArticle] = {}
    here: dict[str, None] = {}
    for listed in named:
        state = known.get(listed.uri, Known())
        if state.fetched_at is not None:
            here.setdefault(listed.uri)
            if listed.uri in changed or _is_due(state, now, refetch_days):
                again.setdefault(listed.uri, listed)
        elif not (state.has_failed and _is_older(state.named_at, now, RETRY_DAYS)):
            fresh.setdefault(listed.uri, listed)
    spent: Counter[str] = Counter()
    left: Counter[str] = Counter()
    ask = []
    for listed in (*fresh.values(), *again.values()):
        if spent[listed.source] < budgets.get(listed.source, len(fresh) + len(again)):
            spent[listed.source] += 1
            ask.append(listed)
        else:
            left[listed.source] += 1
    asked = {listed.uri for listed in ask}
    return Choice(tuple(ask), tuple(sorted(asked & again.keys())), tuple(here), dict(left))


def _is_due(state: Known, now: datetime, refetch_days: int) -> bool:
    """Whether a page in the store is asked for again: it said nothing (系统繁忙, a wall), or its one check is due."""
    if state.has_nothing_to_read:
        return not _is_older(state.named_at or state.fetched_at, now, RETRY_DAYS)
    return not state.was_rechecked and _is_older(state.fetched_at, now, refetch_days)


def _is_older(moment: datetime | None, now: datetime, days: int) -> bool:
    return moment is not None and now - moment >= timedelta(days=days)


def still_wanted(addresses: Collection[str], known: Mapping[str, Known], now: datetime, refetch_days: int) -> list[str]:
    """Those of the ``addresses`` named in earlier runs that were left over, failed lately or are due for their
    check."""
    wanted = []
    for uri in addresses:
        state = known.get(uri, Known())
        if state.fetched_at is not None:
            if _is_due(state, now, refetch_days):
                wanted.append(uri)
        elif not (state.has_failed and _is_older(state.named_at, now, RETRY_DAYS)):
            wanted.append(uri)
    return sorted(wanted)
