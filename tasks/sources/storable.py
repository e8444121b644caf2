"""Makes what came in fit for the store: every name is text, every time lies in the age of the web.

Names come from file systems, archives and rows of strangers. A name in other bytes than UTF-8 is half a character in
the eyes of Python, which no table takes; one such name must cost its own input at the most, not the run.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tasks.records import Fetched

_FIRST_YEAR, _LAST_YEAR = 1990, 2200  # before the first there was no web; what lies beyond the last is no clock
_CLOCKS_DIFFER = timedelta(days=1)  # a time of China that was noted as one of Greenwich is eight hours ahead
_MAX_NAME_CHARACTERS = 8_000  # longer than any path and than any address a server takes
_SHOWN_CHARACTERS = 200


def storable(fetched: Fetched) -> Fetched:
    """``fetched`` with names that can be stored; an input whose name is none is refused under what can be shown of it.

    >>> storable(Fetched("a#\\ud800", "rows", b"x")).reason
    'invalid_address'
    """
    uri = readable_name(fetched.uri)
    broken = fetched.uri if not _is_text(uri) else None
    if len(uri) > _MAX_NAME_CHARACTERS or not uri or "\0" in uri:
        broken = fetched.uri
    names = {
        "uri": _shown(uri)[:_MAX_NAME_CHARACTERS],
        "source": _shown(readable_name(fetched.source)),
        "media_type": None if fetched.media_type is None else _shown(fetched.media_type),
        "charset": None if fetched.charset is None else _shown(fetched.charset),
        "detail": None if fetched.detail is None else _shown(fetched.detail),
    }
    if broken is not None and fetched.reason is None:
        detail = f"the name is no text: {broken[:_SHOWN_CHARACTERS]!r}"
        return Fetched(names["uri"] or "?", names["source"] or "", None, reason="invalid_address", detail=detail)
    moment = fetched.fetched_at if _is_of_the_web(fetched.fetched_at) else None
    return replace(fetched, fetched_at=moment, **names)  # type: ignore[arg-type]


def of_the_past(fetched: Fetched, now: datetime) -> Fetched:
    """``fetched`` as a file told of it, refused where it was fetched after ``now`` by more than a day.

    The latest state of an address is what the address shows: one of a year to come would hide every state that is
    fetched until then. It is refused and not taken as of unknown time, since what was stored once keeps its time: where
    it is the clock of this machine that goes wrong, the next run takes the page as it is. A year that no clock shows
    (9999 for “not known”) hides nothing: ``storable`` takes the time away.
    """
    moment = fetched.fetched_at
    if moment is None or fetched.body is None or not _is_of_the_web(moment) or moment <= now + _CLOCKS_DIFFER:
        return fetched
    detail = f"its source says it was fetched at {moment:%Y-%m-%d %H:%M} UTC, it is {now:%Y-%m-%d %H:%M} UTC"
    return replace(fetched, body=None, fetched_at=None, reason="fetched_in_future", detail=detail)


def readable_name(name: str) -> str:
    """``name`` of a file as text, where the file system gave bytes of GBK that Python could only carry along.

    >>> readable_name("关于通知.html".encode("gbk").decode("utf-8", "surrogateescape"))
    '关于通知.html'
    """
    if _is_text(name):
        return name
    try:
        return name.encode("utf-8", "surrogateescape").decode("gb18030")
    except UnicodeError:
        return name


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _shown(name: str) -> str:
    # A NUL ends a text for much of what reads a warehouse: what stands behind it would not be seen.
    return name.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


def _is_of_the_web(moment: datetime | None) -> bool:
    return moment is not None and _FIRST_YEAR <= moment.year <= _LAST_YEAR
