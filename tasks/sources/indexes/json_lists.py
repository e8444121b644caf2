"""Lists of articles in JSON: where they stand in the answer is said by the source, in dotted paths."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from html import unescape
from typing import Any
from urllib.parse import urljoin

from tasks.sources.indexes.printed_days import printed_day
from tasks.sources.page_names import canonical_address

_WRAPPED = re.compile(r"^\s*[\w$.]+\s*\(\s*(.*?)\s*\)\s*;?\s*$", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_CHINA = timezone(timedelta(hours=8))
# A count of seconds since 1970 has ten digits until 2286, one of milliseconds thirteen.
_MILLISECONDS = 10_000_000_000


class JsonListError(ValueError):
    """The answer is no list as the source describes it; the message says what is missing, in one line."""


@dataclass(frozen=True, slots=True)
class JsonItem:
    """One article of a list: its address, and title and day where the source says where they stand."""

    uri: str
    title: str | None
    listed_on: date | None


def read_json_list(
    text: str, base: str, items: str | None, address: str, title: str | None, day: str | None, today: date
) -> list[JsonItem]:
    """The items of the list at the path ``items`` (the answer itself where None), each address once, in order.

    JSONP is unwrapped. Relative addresses are resolved against ``base``. Raises JsonListError where the answer is no
    JSON, or has no list there, or no item has an address.

    >>> answer = '{"data": {"rows": [{"u": "/a/1.html", "t": "议事会换届", "d": 1709600000}]}}'
    >>> read_json_list(answer, "http://x.example/api", "data.rows", "u", "t", "d", date(2024, 5, 1))
    [JsonItem(uri='http://x.example/a/1.html', title='议事会换届', listed_on=datetime.date(2024, 3, 5))]
    """
    wrapped = _WRAPPED.match(text)
    try:
        answer = json.loads(wrapped[1] if wrapped else text)
    except (ValueError, RecursionError) as error:
        raise JsonListError(f"the answer is no JSON: {error}") from error
    rows = value_at(answer, items)
    if isinstance(rows, dict):
        rows = list(rows.values())
    if not isinstance(rows, list):
        raise JsonListError(f"there is no list at {items!r} in the answer")
    found: dict[str, JsonItem] = {}
    for row in rows:
        uri = _address(base, value_at(row, address))
        if uri is not None:
            name = value_at(row, title) if title else None
            listed_on = day_of_item(value_at(row, day), today) if day else None
            found.setdefault(uri, JsonItem(uri, plain_title(name) if isinstance(name, str) else None, listed_on))
    if rows and not found:
        raise JsonListError(f"no item has an address at {address!r}")
    return list(found.values())


def plain_title(title: str) -> str | None:
    """A title without the markup by which a search shows its words (<em>议事会</em>)."""
    return " ".join(unescape(_TAG.sub("", title)).split()) or None


def value_at(value: Any, path: str | None) -> Any:
    """What stands at a dotted path of keys and list positions, None where there is nothing.

    >>> value_at({"a": [{"b": 3}]}, "a.0.b")
    3
    """
    for step in path.split(".") if path else ():
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def _address(base: str, link: object) -> str | None:
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        uri = urljoin(base, link.strip())
    except ValueError:
        return None
    return canonical_address(uri) if uri.startswith(("http://", "https://")) else None


def day_of_item(value: object, today: date) -> date | None:
    """The day of a moment as lists write it: seconds or milliseconds since 1970, or text."""
    if isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) >= 10:
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if value >= _MILLISECONDS else value
        try:
            found = datetime.fromtimestamp(seconds, UTC).astimezone(_CHINA).date()
        except (OverflowError, OSError, ValueError):
            return None
        return found if found <= today + timedelta(days=1) else None
    return printed_day(value, today) if isinstance(value, str) else None
