"""What led to a fact, kept only while somebody looks: the rule that made it and the signs that were added up.

Readers of facts call :func:`note` where they decide. In a run nothing is kept; ``fangzhi explain`` reads an article
inside :func:`traced`. Notes are told from one another by table and by where they stand, as facts are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple


class Trace(NamedTuple):
    """One decision about ``start:end`` for a fact of ``table``.

    ``signs`` are names and weights where they were summed, empty for a plain rule. ``about``: the column of the fact
    that was decided on, empty for whether there is a fact at all.
    """

    table: str
    start: int
    end: int
    rule: str
    signs: tuple[tuple[str, float], ...]
    about: str = ""


_kept: list[list[Trace]] = []  # of those who look, the last one gets what is noted


@contextmanager
def traced() -> Iterator[list[Trace]]:
    """The list in which everything that is noted meanwhile is kept.

    >>> note("quotes", 0, 2, "lost")
    >>> with traced() as traces:
    ...     note("person_mentions", 3, 5, "signs", [("behind a post", 3.5)])
    >>> traces
    [Trace(table='person_mentions', start=3, end=5, rule='signs', signs=(('behind a post', 3.5),), about='')]
    """
    traces: list[Trace] = []
    _kept.append(traces)
    try:
        yield traces
    finally:
        _kept.pop()


def is_traced() -> bool:
    """Whether somebody looks: asked before signs are gathered that only a trace needs."""
    return bool(_kept)


def note(
    table: str, start: int, end: int, rule: str, signs: Iterable[tuple[str, float]] = (), *, about: str = ""
) -> None:
    """Keep a decision, where somebody looks."""
    if _kept:
        _kept[-1].append(Trace(table, start, end, rule, tuple(signs), about))
