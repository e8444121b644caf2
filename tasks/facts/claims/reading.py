"""What a sentence claims of a practice it names: whether a place has it, which places, since when.

A mention is found first; what is said of it is read here from its clause and the clauses around it: ``status`` by
signs, ``actors`` and ``spots`` for the places, ``times`` for the beginning.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tasks.facts.claims.actors import Actors, heading_above, is_most_named
from tasks.facts.claims.clauses import Surroundings, surroundings
from tasks.facts.claims.spots import Spot
from tasks.facts.claims.status import Judgement, judge
from tasks.facts.claims.times import Stated, ended_time, governing_date, is_yet_to_come, stated_time
from tasks.facts.places.reading import PlaceReading
from tasks.facts.text.reading import Reading
from tasks.facts.text.traces import is_traced, note
from tasks.records import ClaimRole, OrganizationMention, PracticeMention, PracticePlace, PracticeStatus

# Of what is only wished for, asked for or defined nobody says since when.
_WITH_A_BEGINNING = frozenset(("adopted", "trial", "promoted"))


# Of these a place has the practice; what is only planned for a part of it takes nothing from the whole.
_IN_USE = frozenset(("adopted", "trial"))


class Claims(NamedTuple):
    """The practices of an article with what is claimed of them, and every place that each is claimed of.

    It gives the practices when it is gone through, so that it can stand for them among the kinds of fact.
    """

    practices: tuple[PracticeMention, ...]
    places: tuple[PracticePlace, ...]

    def __iter__(self) -> Iterator[PracticeMention]:  # type: ignore[override]
        return iter(self.practices)


def read_claims(
    reading: Reading,
    places: PlaceReading,
    practices: Sequence[PracticeMention],
    bodies: Sequence[OrganizationMention] = (),
) -> Claims:
    """``practices`` with what their sentences claim, in the order they came in; ``bodies`` are those of the article.

    >>> from tasks.facts.places.reading import read_places
    >>> reading = Reading("安吉县计划明年推行“板凳会”。")
    >>> mention = PracticeMention(9, 12, "板凳会", "板凳会", "joint_meeting", None)
    >>> claims = read_claims(reading, read_places(reading), [mention])
    >>> claims.practices[0].status, claims.places[0].place_name
    ('planned', '浙江省湖州市安吉县')
    """
    if not practices:
        return Claims((), ())
    actors = Actors(reading, places, bodies)
    claimed: list[PracticeMention] = []
    spots: list[tuple[Spot, ...]] = []
    names = [(place.start_char, place.end_char) for place in places.mentions]
    for mention in practices:
        around = surroundings(reading, mention.start_char, mention.end_char, names)
        status, sign = judge_at(reading, around)
        began = governing_date(reading, around) if status in _WITH_A_BEGINNING else None
        if status in _IN_USE and sign != "kept" and is_yet_to_come(reading, began):
            status, sign, began = "planned", "a day that is yet to come", None
        if is_traced():
            told = "no sign against it" if sign is None else f"the sign {sign}"
            note("practice_mentions", mention.start_char, mention.end_char, f"{status}: {told}", about="status")
        stated = ended_time(reading, around) if status == "ended" else stated_time(reading, around, began)
        found = actors.at(around, status)
        spots.append(found)
        claimed.append(_claimed(mention, status, stated, found))
    return Claims(tuple(claimed), tuple(_placed(claimed, spots)))


def judge_at(reading: Reading, around: Surroundings) -> Judgement:
    """Status and sign of the mention ``around`` was made for, under the heading above it."""
    span = heading_above(reading.text, around.offset)
    return judge(around, "" if span is None else reading.text[slice(*span)], reading.title)


def _claimed(
    mention: PracticeMention, status: PracticeStatus, stated: Stated | None, spots: tuple[Spot, ...]
) -> PracticeMention:
    first = spots[0] if spots else None
    return mention._replace(
        status=status,
        place_name=None if first is None else first.name,
        adcode=None if first is None else first.adcode,
        stated_on=None if stated is None else stated.first,
        stated_until=None if stated is None else stated.last,
        stated_precision=None if stated is None else stated.precision,
    )


def _placed(practices: Sequence[PracticeMention], spots: Sequence[tuple[Spot, ...]]) -> Iterator[PracticePlace]:
    counts: dict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
    for mention, found in zip(practices, spots, strict=True):
        counts[mention.name, mention.status in _IN_USE].update(spot.name for spot in found if spot.name is not None)
    for mention, found in zip(practices, spots, strict=True):
        own = counts[mention.name, mention.status in _IN_USE]
        for spot in found:
            if spot.name is not None:
                role: ClaimRole = "own" if is_most_named(own, spot.name) else "superior"
                yield PracticePlace(mention.start_char, spot.name, spot.adcode, spot.level, role)
