"""What a sentence claims of a practice it names: whether a place has it, which places, since when.

A mention is found first; what is said of it is read here from its clause and the clauses around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tasks.facts.text.reading import Reading
from tasks.lexicon.gazetteer import gazetteer
from tasks.records import PlaceLevel, PracticeMention, PracticePlace

_LEVEL_OF_CODE: dict[str, PlaceLevel] = {"province": "province", "city": "city", "county": "county"}
_ENDINGS: tuple[tuple[str, PlaceLevel], ...] = (
    ("街道", "township"),
    ("镇", "township"),
    ("乡", "township"),
    ("苏木", "township"),
    ("社区", "community"),
    ("居民区", "community"),
    ("村", "village"),
    ("嘎查", "village"),
)


class PlaceLookup(Protocol):
    """Whatever knows the place that holds at a character of the text."""

    def adcode_at(self, start_char: int) -> str | None: ...

    def name_at(self, start_char: int) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Claims:
    """The practices of an article with what is claimed of them, and every place that each is claimed of.

    Iterated, it gives the practices: the rows of ``core.practice_mentions``.
    """

    practices: tuple[PracticeMention, ...]
    places: tuple[PracticePlace, ...]

    def __iter__(self) -> Iterator[PracticeMention]:
        return iter(self.practices)


def read_claims(reading: Reading, places: PlaceLookup, practices: Sequence[PracticeMention]) -> Claims:
    """``practices`` with what their sentences claim, in the order they came in."""
    claimed: list[PracticeMention] = []
    placed: list[PracticePlace] = []
    for mention in practices:
        name = places.name_at(mention.start_char)
        claimed.append(mention._replace(place_name=name))
        if name is not None:
            placed.append(PracticePlace(mention.start_char, name, mention.adcode, _level(name, mention.adcode), "own"))
    return Claims(tuple(claimed), tuple(placed))


def _level(place_name: str, adcode: str | None) -> PlaceLevel:
    if adcode is not None and gazetteer().full_name(adcode) == place_name:
        return _LEVEL_OF_CODE[gazetteer().by_code[adcode].level]
    return next((level for ending, level in _ENDINGS if place_name.endswith(ending)), "other")
