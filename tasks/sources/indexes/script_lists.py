"""Lists that a script draws, where their data stands in the page: ``var list = [{title: "…", url: "…", date: "…"}]``.

Nothing is run. A list is an array of objects, written as JSON or as JavaScript writes it, in each of which one key
holds an address of a page and one a headline. Where two keys could be the address, no list is made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from tasks.sources.indexes.anchors import Anchor, base_of, is_headline, resolved
from tasks.sources.indexes.article_links import can_be_page
from tasks.sources.indexes.json_lists import day_of_item, plain_title

_ARRAY_OF_OBJECTS = re.compile(r"(\[\s*\{)")
_PUSHED = re.compile(r"\.push\s*\(\s*(\{)")
_ESCAPED_JSON = '[{\\"'
# What an address looks like, as against a title, a name of a column or a number.
_ADDRESS = re.compile(r"(?:https?:)?//\S+|\.{0,2}/\S+|[\w./-]+\.(?:s?html?|jsp|aspx?|php|do)(?:[?#]\S*)?|\?\S+")
_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
_WORD = re.compile(r"[\w$]+")
_NUMBER = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d+)?", re.ASCII)
_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\$]|\\.)*)`", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "", "b": "", "f": "", "0": "", "\n": ""}
_CONSTANTS = {"true": True, "false": False, "null": None, "undefined": None}
_DEEPEST = 12  # for time alone: data of a page is a few levels deep
_MOST_BYTES = 3_000_000  # for time alone: a page with more data than this is no list of articles
_LEAST_ITEMS = 2  # one object with an address is a picture, a column or a button
_HEADLINE_SHARE = 0.5  # of a list's texts; a link to a list of names would be one by chance
_IN_2001 = 1_000_000_000  # seconds since 1970; a smaller number is a count or an identifier


class _NoLiteralError(ValueError):
    """What stands there is an expression, or no value at all."""


def read_script_lists(tree: LexborHTMLParser, text: str, address: str, today: date) -> list[Anchor]:
    """The items of the lists in the scripts of the page at ``address``, or in its ``text`` where that is JSON itself.

    Each list has a ``place`` of its own, as the lists of links have. Never raises.

    >>> item = '{name: "石桥镇把议事厅搬到桥头", link: "/a/%d.html", day: "2024-03-05"}'
    >>> page = f"<script>var rows = [{item % 1}, {item % 2}]</script>"
    >>> found = read_script_lists(LexborHTMLParser(page), page, "http://x.example/", date(2024, 3, 9))
    >>> [(one.uri, one.text, str(one.listed_on)) for one in found][1:]
    [('http://x.example/a/2.html', '石桥镇把议事厅搬到桥头', '2024-03-05')]
    """
    base = base_of(tree, address)
    is_data = text.lstrip()[:1] in {"{", "["}
    sources = [text] if is_data else [node.text() for node in tree.css("script:not([src])")]
    rows = (found for source in sources if len(source) <= _MOST_BYTES for found in _arrays_in(source))
    return [item for number, one in enumerate(rows) for item in _items(one, base, today, f"script {number}")]


def _items(rows: list[dict[str, Any]], base: str, today: date, place: str) -> list[Anchor]:
    """The articles that ``rows`` are, none where they are something else or it is not clear which key says what."""
    address = _key_of_addresses(rows, base) if len(rows) >= _LEAST_ITEMS else None
    title = _key_of_titles(rows, address) if address is not None else None
    if address is None or title is None:
        return []
    day = _key_of_days(rows, today)
    found = []
    for row in rows:
        uri = _uri(row.get(address), base)
        if uri is not None:
            text = row.get(title)
            named = plain_title(text) if isinstance(text, str) else None
            found.append(Anchor(uri, named or "", day_of_item(row.get(day), today) if day else None, place))
    return found


def _key_of_addresses(rows: list[dict[str, Any]], base: str) -> str | None:
    """The one key under which every row that has a value has the address of a page, each another one."""
    keys = []
    for key in rows[0]:
        values = [row[key] for row in rows if row.get(key)]
        uris = [_uri(value, base) for value in values]
        if len(values) > len(rows) / 2 and None not in uris and len(set(uris)) == len(uris):
            keys.append((key, uris))
    same = {tuple(uris) for _, uris in keys}
    return keys[0][0] if len(same) == 1 else None


def _key_of_titles(rows: list[dict[str, Any]], address: str) -> str | None:
    """The key whose texts are headlines; of several, an abstract among them, the one with the shortest texts."""
    lengths = {}
    for key in rows[0]:
        texts = [row[key] for row in rows if isinstance(row.get(key), str)]
        if key != address and sum(is_headline(text) for text in texts) >= _HEADLINE_SHARE * len(rows):
            lengths[key] = sum(map(len, texts))
    return min(lengths, key=lambda key: (lengths[key], key), default=None)


def _key_of_days(rows: list[dict[str, Any]], today: date) -> str | None:
    """The key under which every row has a day; of several that differ, the one that is named after publication."""
    days = {}
    for key in rows[0]:
        if any(isinstance(row.get(key), str) and is_headline(row[key]) for row in rows):
            continue  # a headline that holds a day
        found = tuple(day_of_item(row.get(key), today) for row in rows)
        if None not in found and not _counts(rows, key):
            days[key] = found
    published = [key for key in days if "pub" in key.lower()]
    if len(set(days.values())) == 1:
        return min(days)
    return published[0] if len(published) == 1 else None


def _counts(rows: list[dict[str, Any]], key: str) -> bool:
    """Whether the numbers under ``key`` count something rather than the seconds since 1970."""
    return any(isinstance(row.get(key), int | float) and row[key] < _IN_2001 for row in rows)


def _uri(value: object, base: str) -> str | None:
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value.strip()):
        return None
    uri = resolved(base, value)
    return uri if uri is not None and can_be_page(uri) else None


def _arrays_in(source: str) -> Iterator[list[dict[str, Any]]]:
    """The arrays of objects that stand in a script: those within others too, and what is pushed one by one."""
    yield from (rows for value in _literals(source, _ARRAY_OF_OBJECTS) for rows in _arrays_of(value))
    pushed = [value for value in _literals(source, _PUSHED) if isinstance(value, dict) and value]
    if pushed:
        yield pushed
    if _ESCAPED_JSON in source:  # as a text that the script parses
        yield from _arrays_in(source.replace('\\"', '"'))


def _literals(source: str, beginning: re.Pattern[str]) -> Iterator[Any]:
    place = 0
    while begin := beginning.search(source, place):
        try:
            value, place = _value(source, begin.end() - len(begin[1]), 0)
        except _NoLiteralError:
            place = begin.start() + 1
            continue
        yield value


def _arrays_of(value: Any) -> Iterator[list[dict[str, Any]]]:
    if isinstance(value, list):
        if value and all(isinstance(one, dict) and one for one in value):
            yield value
        for one in value:
            yield from _arrays_of(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _arrays_of(one)


def _value(source: str, place: int, depth: int) -> tuple[Any, int]:
    """The literal that begins at ``place``, and where it ends. Raises _NoLiteralError where there is none."""
    place = _behind_space(source, place)
    head = source[place : place + 1]
    if depth > _DEEPEST:
        raise _NoLiteralError
    if head in {"[", "{"}:
        return _several(source, place + 1, depth, "]" if head == "[" else "}")
    if head and head in "\"'`":
        return _string(source, place)
    number = _NUMBER.match(source, place)
    if number:
        return (int(number[0]) if number[0].isdecimal() else float(number[0])), number.end()
    word = _WORD.match(source, place)
    if word and word[0] in _CONSTANTS:
        return _CONSTANTS[word[0]], word.end()
    raise _NoLiteralError


def _several(source: str, place: int, depth: int, end: str) -> tuple[Any, int]:
    """What stands between brackets, up to ``end``: a list, or an object with its keys."""
    values: list[Any] = []
    fields: dict[str, Any] = {}
    while True:
        place = _behind_space(source, place)
        if source[place : place + 1] == end:
            return (values if end == "]" else fields), place + 1
        if end == "}":
            key, place = _key(source, place)
            fields[key], place = _value(source, place, depth + 1)
        else:
            value, place = _value(source, place, depth + 1)
            values.append(value)
        place = _behind_space(source, place)
        if source[place : place + 1] == ",":
            place += 1
        elif source[place : place + 1] != end:
            raise _NoLiteralError


def _key(source: str, place: int) -> tuple[str, int]:
    word = _WORD.match(source, place)
    key, place = (word[0], word.end()) if word else _string(source, place)
    place = _behind_space(source, place)
    if source[place : place + 1] != ":":
        raise _NoLiteralError
    return key, place + 1


def _string(source: str, place: int) -> tuple[str, int]:
    found = _STRING.match(source, place)
    if found is None:
        raise _NoLiteralError
    body = next(part for part in found.groups() if part is not None)
    if "\\" in body:
        # Characters beyond the basic plane are escaped in two halves.
        body = _ESCAPE.sub(_unescaped, body).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return body, found.end()


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    if code:
        return chr(int(code, 16))
    return _ESCAPED.get(escape[3], escape[3])


def _behind_space(source: str, place: int) -> int:
    space = _SPACE.match(source, place)
    return space.end() if space else place
