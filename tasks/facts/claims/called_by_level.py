"""Whose a body is that a text calls by its level alone (镇党委, 街道, 我县): that of a place named before, or behind.

A text may call bodies so thousands of times: what each place could lend is worked out once for all of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from tasks.facts.claims.bare_bodies import ANSWERS
from tasks.facts.claims.spots import Group, Spot, county_level, own_county
from tasks.facts.claims.topics import low_place
from tasks.facts.text.once import once
from tasks.lexicon.gazetteer import gazetteer
from tasks.records import PlaceLevel

_LOW_KINDS = ("镇", "乡", "苏木", "街道", "社区", "村")


class CalledByLevel:
    """The places of one article, asked for by the level of a body.

    ``actors`` are the places of ``groups`` that act; ``about`` gives what the article is about, where all else is
    silent.
    """

    def __init__(
        self, text: str, groups: Sequence[Group], actors: Sequence[Spot], about: Callable[[], Spot | None]
    ) -> None:
        self._text, self._groups, self._actors, self._about = text, groups, actors, about
        self._starts = [spot.start for spot in actors]
        self._low: dict[str, tuple[list[int], list[Spot]]] = {}
        self._low_hosts: dict[str, tuple[list[int], list[Spot]]] = {}
        self._upper: dict[str, tuple[list[int], list[str]]] = {}

    def place_of(self, kind: str, char: int) -> Spot | None:
        """The place that a body called only by its level ``kind`` at ``char`` belongs to."""
        before = bisect_left(self._starts, char)
        writer = None
        if self._text[char - 1] == "我" and (writer := self._writer(char)) is not None:
            if kind == "办":
                return writer._replace(start=char, end=char + 1)
        elif kind == "办":
            kind = "街道"
        behind = before if writer is None else before + 1
        if kind in _LOW_KINDS:
            low = self._low_at(kind, char, before, behind, writer)
            return None if low is None else low._replace(start=char, end=char + len(kind))
        return self._high_at(kind, char, before, behind, writer)

    def _low_at(self, kind: str, char: int, before: int, behind: int, writer: Spot | None) -> Spot | None:
        if writer is not None and (low := low_place(writer, kind)) is not None:
            return low
        numbers, places = self._low_actors(kind)
        if (last := bisect_left(numbers, before) - 1) >= 0:
            return places[last]
        ends, hosts = self._low_hosts_of(kind)
        if (last := bisect_right(ends, char) - 1) >= 0:
            return hosts[last]
        if (first := bisect_left(numbers, behind)) < len(numbers):
            return places[first]
        about = self._about()
        return None if about is None else low_place(about, kind)

    def _high_at(self, kind: str, char: int, before: int, behind: int, writer: Spot | None) -> Spot | None:
        about = self._about()
        found = next((code for spot in (about, writer) if (code := _upper_of(spot, kind)) is not None), None)
        if found is None:
            numbers, codes = self._upper_of_actors(kind)
            last = bisect_left(numbers, before) - 1
            found = codes[last] if last >= 0 else None
        if found is not None:
            division = gazetteer().by_code[found]
            level: PlaceLevel = division.level
            return Spot(char, char + len(kind), division.full_name, found, level)
        if self._text[char - 1] != "我":
            return None
        following = bisect_left(self._in_counties, behind)
        later = [self._actors[number] for number in self._in_counties[following : following + 1]]
        return own_county(kind, char, later if about is None else [about, *later])

    def _low_actors(self, kind: str) -> tuple[list[int], list[Spot]]:
        """The numbers of the places that act and are of ``kind`` or lie in such a one, and those."""
        if kind not in self._low:
            found = [(number, low) for number, spot in enumerate(self._actors) if (low := low_place(spot, kind))]
            self._low[kind] = [number for number, _ in found], [low for _, low in found]
        return self._low[kind]

    def _low_hosts_of(self, kind: str) -> tuple[list[int], list[Spot]]:
        """The same of the places that are visited, by where their lists end."""
        if kind not in self._low_hosts:
            hosts = [(group.end, spot) for group in self._groups if group.part == "host" for spot in group.spots]
            found = [(end, low) for end, spot in hosts if (low := low_place(spot, kind))]
            self._low_hosts[kind] = [end for end, _ in found], [low for _, low in found]
        return self._low_hosts[kind]

    def _upper_of_actors(self, kind: str) -> tuple[list[int], list[str]]:
        """The numbers of the places that act and are or lie in a division of ``kind``, and its codes."""
        if kind not in self._upper:
            found = [(number, code) for number, spot in enumerate(self._actors) if (code := _upper_of(spot, kind))]
            self._upper[kind] = [number for number, _ in found], [code for _, code in found]
        return self._upper[kind]

    @once
    def _in_counties(self) -> list[int]:
        """The numbers of the places that act and have the code of a county."""
        by_code = gazetteer().by_code
        coded = ((number, spot.adcode) for number, spot in enumerate(self._actors))
        return [number for number, code in coded if code is not None and by_code[code].level == "county"]

    def _writer(self, char: int) -> Spot | None:
        """The place of the office that answers at ``char``: 石桥街道办事处回复：…我办已将."""
        starts, answering = self._answering
        last = bisect_left(starts, char) - 1
        return answering[last] if last >= 0 else None

    @once
    def _answering(self) -> tuple[list[int], list[Spot]]:
        found = [group for group in self._groups if ANSWERS.match(self._text, group.end)]
        return [group.start for group in found], [group.spots[-1] for group in found]


def _upper_of(spot: Spot | None, kind: str) -> str | None:
    return None if spot is None or spot.adcode is None else county_level(spot.adcode, kind)
