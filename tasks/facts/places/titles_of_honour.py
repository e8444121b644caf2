"""Titles that are spelt like the name of a small place: 荣获“平安社区”称号, 争创“和谐村”."""

from __future__ import annotations

from typing import Protocol, TypeVar

from tasks.lexicon.characters import pattern_of

_MOST_BEFORE = 60  # characters, a list of titles in marks
_AWARDED_BEFORE = pattern_of(
    r"(?:荣获|获评|评为|评上|获得|授予|命名为|认定为|创建|争创|创评|争当|入选|列入)(?:了|过)?"
    r"[[:han:]\d]{0,8}"
    r"(?:“[^“”\n]{2,16}”(?:[、和及]|以及)?)*$"
)
_AWARDED_BEHIND = pattern_of(
    r"(?:(?:[、和及]|以及)?“[^“”\n]{2,16}”)*等?[[:han:]]{0,4}?"
    r"(?:创建|评选|评比|评定|争创|称号|荣誉|奖牌|牌匾|表彰|名单)"
)


class Spelled(Protocol):
    """A small place as spelled at ``start:end``; what ``is_known`` stands in the gazetteer."""

    start: int
    end: int
    name: str
    is_known: bool


Place = TypeVar("Place", bound=Spelled)


def without_titles(text: str, found: list[Place]) -> list[Place]:
    """``found`` without what fills quotation marks and is awarded or striven for, unless it is named elsewhere."""
    if "“" not in text:
        return found
    titles = {place.name for place in found if not place.is_known and _is_awarded(text, place.start, place.end)}
    for place in found:
        if place.name in titles and not _is_awarded(text, place.start, place.end):
            titles.discard(place.name)
    return [place for place in found if place.name not in titles]


def _is_awarded(text: str, start: int, end: int) -> bool:
    if text[start - 1 : start] != "“" or text[end : end + 1] != "”":
        return False
    if _AWARDED_BEHIND.match(text, end + 1) is not None:
        return True
    return _AWARDED_BEFORE.search(text, max(0, start - _MOST_BEFORE), start - 1) is not None
