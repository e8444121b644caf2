"""Who watches a run: by default nobody; the command line puts its progress bars here.

A flow's parameters must survive being sent to a server, which a terminal does not; so the watcher is set beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tasks.runs import Reporter, SilentReporter

_reporters: list[Reporter] = [SilentReporter()]


def reporter() -> Reporter:
    """The one who watches now."""
    return _reporters[-1]


@contextmanager
def watched_by(watcher: Reporter) -> Iterator[None]:
    """While open, ``watcher`` is told of every shard."""
    _reporters.append(watcher)
    try:
        yield
    finally:
        _reporters.remove(watcher)
