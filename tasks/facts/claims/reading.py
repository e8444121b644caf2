"""What a sentence claims of a practice it names: whether a place has it, which places, since when.

A mention is found first; what is said of it is read here from its clause and the clauses around it: ``status`` by
signs, ``actors`` and ``spots`` for the places, ``times`` for the beginning.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from tasks.facts.claims.actors import Actors
from tasks.facts.claims.clauses import Surroundings, surroundings
from tasks.facts.claims.governing_dates import governing_date
from tasks.facts.claims.signs import HEADING_OF_YEAR
from tasks.facts.claims.spots import Spot
from tasks.facts.claims.status import PROGRAM_SIGN, Judgement, judge
from tasks.facts.claims.times import Stated, ended_time, is_yet_to_come, starts_later, stated_time, time_of_clause
from tasks.facts.claims.topics import heading_above
from tasks.facts.dates.resolution import FoundDate
from tasks.facts.places.reading import PlaceReading
from tasks.facts.text.reading import Reading
from tasks.facts.text.traces import is_traced, note
from tasks.lexicon.characters import pattern_of
from tasks.records import ClaimRole, OrganizationMention, PracticeMention, PracticePlace, PracticeStatus

# Of what is only wished for, asked for or defined nobody says since when.
_WITH_A_BEGINNING = frozenset(("adopted", "trial", "promoted"))


# Plans of a year are published up to its spring: reports of governments are given from January to March.
_LAST_MONTH_OF_PLANS = 4
# 曲周县有“科技小院”12个: of several in a place the place itself is told, whatever lies in it is told more often.
_COUNTED = pattern_of(
    "[”》]?(?:共|已|达|已有|已达)?(?:[2-9]|[1-9]\\d{1,4}|[[:one_to_ten:]]?十[[:one_to_nine:]]?|[三四五六七八九两])(?:多|余)?[个处家所支座间户名条]"
)
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
    spots: list[list[tuple[Spot, Stated | None]]] = []
    counted: list[bool] = []
    names = [(place.start_char, place.end_char) for place in places.mentions]
    for mention in practices:
        around = surroundings(reading, mention.start_char, mention.end_char, names)
        status, sign = judge_at(reading, around)
        is_program = sign == PROGRAM_SIGN
        began = governing_date(reading, around) if status in _WITH_A_BEGINNING or is_program else None
        if is_program and began is not None and _is_before_year(began, reading.published_on):
            status, sign = "adopted", None  # what a plan says was set up before it
        if status in _IN_USE and sign != "kept" and (is_yet_to_come(reading, began) or starts_later(reading, around)):
            status, sign, began = "planned", "a day that is yet to come", None
        if is_traced():
            told = "no sign against it" if sign is None else f"the sign {sign}"
            note("practice_mentions", mention.start_char, mention.end_char, f"{status}: {told}", about="status")
        stated = ended_time(reading, around) if status == "ended" else stated_time(reading, around, began)
        found = actors.at(around, status, mention.name)
        spots.append(_timed(reading, around, found, stated))
        counted.append(_COUNTED.match(around.behind) is not None)
        claimed.append(_claimed(mention, status, stated, found))
    return Claims(tuple(claimed), tuple(_placed(claimed, spots, counted)))


def _timed(
    reading: Reading, around: Surroundings, found: Sequence[Spot], stated: Stated | None
) -> list[tuple[Spot, Stated | None]]:
    """Each place with its time: that of the mention, or of the later clause that names the place.

    Where the clause of the mention names no place, the first that does has its time, unless it has one of its own:
    2019年推行“板凳会”，先在石桥镇试点.
    """
    timed: list[tuple[Spot, Stated | None]] = []
    for spot in found:
        own = stated if spot.clause is None else time_of_clause(reading, around, spot.clause)
        is_first_named = spot.clause is not None and spot.clause == found[0].clause
        timed.append((spot, stated if own is None and is_first_named else own))
    return timed


def judge_at(reading: Reading, around: Surroundings) -> Judgement:
    """Status and sign of the mention ``around`` was made for, under the heading above it."""
    span = heading_above(reading.text, around.offset)
    heading = "" if span is None else reading.text[slice(*span)]
    found = judge(around, heading, reading.title)
    if found == ("adopted", None) and _is_of_coming_year(heading, reading.published_on):
        return Judgement("planned", "heading of the coming year")
    return found


def _is_before_year(began: FoundDate, published_on: date | None) -> bool:
    """Whether a date lies in a year before that of publication: what a plan names with its own year is to come."""
    year = None if began.point is None else began.point.year
    return year is not None and (published_on is None or year < published_on.year)


def _is_of_coming_year(heading: str, published_on: date | None) -> bool:
    """Whether ``heading`` is that of the work of a year that lies ahead or has just begun when it is published."""
    match = HEADING_OF_YEAR.search(heading)
    if match is None or published_on is None:
        return False
    year = int(match["year"])
    return year > published_on.year or (year == published_on.year and published_on.month <= _LAST_MONTH_OF_PLANS)


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


def _placed(
    practices: Sequence[PracticeMention], spots: Sequence[list[tuple[Spot, Stated | None]]], counted: Sequence[bool]
) -> Iterator[PracticePlace]:
    counts: dict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
    for mention, found in zip(practices, spots, strict=True):
        counts[mention.name, mention.status in _IN_USE].update(spot.name for spot, _ in found if spot.name is not None)
    for mention, found, is_counted in zip(practices, spots, counted, strict=True):
        own = counts[mention.name, mention.status in _IN_USE]
        for spot, stated in found:
            if spot.name is not None:
                role: ClaimRole = "own" if is_counted or _is_most_named(own, spot.name) else "superior"
                times = (None, None, None) if stated is None else stated
                yield PracticePlace(mention.start_char, spot.name, spot.adcode, spot.level, role, *times)


def _is_most_named(own: Counter[str], name: str) -> bool:
    """Whether ``name`` is named more often than what lies in it, by the counts ``own``."""
    below = sum(count for other, count in own.items() if other != name and other.startswith(name))
    return own[name] > below
