"""Organisations of an article, found by the last word of their names and what stands before it.

Each mention gets the fullest form of its name that the article gives.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from functools import cache, partial

from tasks.facts.organizations.bodies import Body
from tasks.facts.organizations.fields_of_work import is_function
from tasks.facts.organizations.finding import find_bodies
from tasks.facts.organizations.links import last_name
from tasks.facts.organizations.seats import seat_of
from tasks.facts.organizations.unheaded import unheaded_organizations
from tasks.facts.places.reading import PlaceReading
from tasks.facts.text.reading import Reading
from tasks.lexicon.gazetteer import gazetteer
from tasks.lexicon.word_lists import words_for
from tasks.records import OrganizationMention, PlaceMention

# Every town has one: by itself it is a kind (整合派出所、司法所力量), unless the article tells whose.
_OF_EVERY_TOWN = frozenset(("派出所", "司法所", "综治中心", "便民服务中心", "矛调中心", "政务服务中心", "人民法庭"))
_SPOKEN_OF = 160  # characters: a paragraph, behind which another street may be meant


def read_organizations(reading: Reading, places: PlaceReading) -> tuple[OrganizationMention, ...]:
    """Mentions of organisations in order; ``name`` is the fullest form the article gives.

    >>> from tasks.facts.places.reading import read_places
    >>> reading = Reading("义乌市财政局和云帆商贸公司签约。财政局出了钱。")
    >>> [(m.surface, m.name, m.kind) for m in read_organizations(reading, read_places(reading))]
    [('义乌市财政局', '义乌市财政局', 'government'), ('云帆商贸公司', '云帆商贸公司', 'enterprise'), ('财政局', '义乌市财政局', 'government')]
    """
    bodies = find_bodies(reading, places)
    return unheaded_organizations(reading, places, _named(reading, places, bodies))


def _named(reading: Reading, places: PlaceReading, bodies: list[Body]) -> tuple[OrganizationMention, ...]:
    """Give each mention the fullest form of its name in the article."""
    text = reading.text
    surfaces = sorted({text[body.start : body.end] for body in bodies}, key=lambda surface: (-len(surface), surface))
    mentions = []
    longer = _longer(surfaces, {text[body.start : body.stem_end] for body in bodies if body.rule == "own"})
    of_level = cache(partial(_PlacesOfLevel, places))
    for body in bodies:
        surface = text[body.start : body.end]
        is_listed = text[body.end : body.end + 1] == "、" or text[body.start - 1 : body.start] == "、"
        if body.place is None and surface in _OF_EVERY_TOWN and (surface not in longer or is_listed):
            continue
        is_field = (
            surface.endswith("中心")
            and surface[:-2] in words_for("bodies/departments", "field")
            and not is_function(surface)
        )
        if is_field and body.place is None and surface not in longer:
            continue  # 商业、金融和交通中心
        name = _fullest_name(text, body, longer, of_level)
        is_of_any = body.kind in ("party", "social") or surface.endswith(("街道办", "办事处"))
        if body.rule != "own" and body.place is None and name == surface and body.level == "街道" and is_of_any:
            continue  # 以街道党工委为核心: of no street in particular
        adcode = body.place and (body.place.adcode or places.scene.county_of.get(body.place.start_char))
        adcode = adcode or seat_of(name, body.level, body.start, places, is_whole=body.rule == "whole")
        mentions.append(OrganizationMention(body.start, body.end, surface, name, body.kind, adcode))
    return tuple(mentions)


def _longer(surfaces: list[str], nouns: set[str]) -> dict[str, str]:
    """Of each of ``surfaces``, the longest first, and of the ``nouns``, the longest surface that ends in it."""
    asked = nouns.union(surfaces)
    lengths = sorted(set(map(len, asked)))
    found: dict[str, str] = {}
    for surface in surfaces:
        for length in lengths[: bisect_left(lengths, len(surface))]:
            ending = surface[len(surface) - length :]
            if ending in asked:
                found.setdefault(ending, surface)
    return found


def _fullest_name(text: str, body: Body, longer: Mapping[str, str], of_level: Callable[[str], _PlacesOfLevel]) -> str:
    """The longest surface of the article that ends as this one does, or the one with the name of its street."""
    surface = text[body.start : body.end]
    if body.rule == "own":
        noun, party = text[body.start : body.stem_end], text[body.stem_end : body.end]
        return longer[noun] + party if noun in longer else surface
    if body.place is not None and body.kind not in ("party", "government"):
        return surface
    name = longer.get(surface, surface)
    if body.place is None and body.level and (name == surface or body.level == "街道"):
        return of_level(body.level).name_of(surface, body.start)
    return name


def _name_of(code: str) -> str:
    return gazetteer().by_code[code].name


class _PlacesOfLevel:
    """The places of one level in an article, which lend their names: 区委 where 临平区 is spoken of is 临平区委."""

    def __init__(self, places: PlaceReading, level: str) -> None:
        is_small = level in ("村", "社区", "小区")
        # 社区 ends in 区 and is no district.
        self._alike = [
            mention
            for mention in places.mentions
            if mention.place_name.endswith(level)
            and not mention.place_name.endswith("特别行政区")
            and (is_small or mention.level not in ("community", "village"))
        ]
        self._starts = [mention.start_char for mention in self._alike]
        self._is_one_of_several = len(level) > 1 and len({mention.place_name for mention in self._alike}) > 1
        main = places.scene.main_county or places.scene.main_city
        own = () if main is None else (main, *reversed(gazetteer().by_code[main].ancestors))
        # The county that the article is of, or the city or the province that this lies in.
        self._own = next((n for n in map(_name_of, own) if n.endswith(level)), "")
        self._level, self._places = level, places
        self._last: dict[int, PlaceMention | None] = {-1: None}  # that is not in passing, up to each of the places

    def name_of(self, surface: str, start: int) -> str:
        """The name of the body at ``start``: the last place of the level lends it its own."""
        count = bisect_right(self._starts, start)
        if self._is_one_of_several:
            # Of several streets the one just spoken of.
            near = self._alike[count - 1] if count else None
            return self._whole(surface, near if near and start - near.end_char <= _SPOKEN_OF else None)
        before = self._last_of_its_own(count - 1)
        if before is None and self._own.endswith(self._level):
            return self._own + surface[len(self._level) :]  # before a place that is named later and in passing
        return self._whole(surface, before or next(iter(self._alike[count : count + 1]), None))

    def _whole(self, surface: str, place: PlaceMention | None) -> str:
        return surface if place is None else last_name(place.place_name, place.level) + surface[len(self._level) :]

    def _last_of_its_own(self, number: int) -> PlaceMention | None:
        first = number
        while first not in self._last and self._places.is_in_passing(self._alike[first]):
            first -= 1
        found = self._last[first] if first in self._last else self._alike[first]
        self._last.update(dict.fromkeys(range(first, number + 1), found))
        return found
