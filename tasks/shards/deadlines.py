"""Gives each page its share of a worker's time: a page that takes longer is rejected, not waited for.

The clock is that of the processor, not of the wall: how busy the machine is must not decide which pages are loaded. The
limit lies a thousand times above what a page takes, so that it only ever meets pages made to hang a reader.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType

from tasks.records import RejectionReason

# Seconds of processor time for one page in one stage: pages take milliseconds, the largest newspapers some seconds.
PAGE_SECONDS = 120.0


class TooSlowError(Exception):
    """The page took more than its share; the message says how much that is."""


@contextmanager
def page_deadline(seconds: float = PAGE_SECONDS) -> Iterator[None]:
    """While open, work that takes longer raises TooSlowError, in the middle of a regular expression too.

    The alarm reaches the main thread of a process only; workers and runs of one process read pages there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _have_it_ring()
    # It rings again each second: a reader that takes it for a slip of its own does not go on for ever.
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.0)


@cache
def _have_it_ring() -> None:
    """Say what the alarm does, once for a process: it rings only while a deadline is set, and to say so and take it
    back for each page of each stage takes a hundredth of all that a short text takes."""
    signal.signal(signal.SIGVTALRM, _ring)


def named(error: Exception) -> tuple[RejectionReason, str]:
    """What stopped a page, as reason and detail of its rejection.

    >>> named(ZeroDivisionError("an error nobody thought of"))
    ('processing_failed', 'ZeroDivisionError: an error nobody thought of')
    """
    if isinstance(error, TooSlowError):
        return "too_slow", str(error)
    return "processing_failed", f"{type(error).__name__}: {error}"


def _ring(number: int, frame: FrameType | None) -> None:
    raise TooSlowError("it took more work than a page may")
