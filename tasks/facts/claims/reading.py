"""What a sentence claims of a practice it names: whether a place has it, which places, since when.

A mention is found first; what is said of it is read here from its clause and the clauses around it: ``status`` by
signs, ``actors`` and ``spots`` for the places, ``times`` for the beginning.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from tasks.facts.claims.actors import Actors
from tasks.facts.claims.clauses import Surroundings, surroundings
from tasks.facts.claims.governing_dates import BY_NOW, DISTANCES, Dates, date_leading, governing_date
from tasks.facts.claims.headings import announced
from tasks.facts.claims.rolled_out import rolled_out
from tasks.facts.claims.said_of_none import said_of_none
from tasks.facts.claims.signs import HEADING_OF_YEAR, PLANNED_HEADING
from tasks.facts.claims.spots import Spot
from tasks.facts.claims.status import PROGRAM_SIGN, PROGRAM_TRIAL, ROLLED_OUT, Judgement, judge
from tasks.facts.claims.times import Stated, ended_time, is_yet_to_come, starts_later, stated_time, time_of_clause
from tasks.facts.claims.told_on import Pointer, belongs_to, told_on
from tasks.facts.claims.told_years import dates_of
from tasks.facts.claims.topics import heading_above
from tasks.facts.dates.resolution import FoundDate
from tasks.facts.places.reading import PlaceReading
from tasks.facts.text.needed import led
from tasks.facts.text.paragraphs import paragraph_start
from tasks.facts.text.reading import Reading
from tasks.facts.text.traces import is_traced, note
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.word_lists import any_of, words_for
from tasks.records import ClaimRole, OrganizationMention, PracticeMention, PracticePlace, PracticeStatus

# Of what is only wished for, asked for or defined nobody says since when.
_WITH_A_BEGINNING = frozenset(("adopted", "trial", "promoted"))


# Plans of a year are published up to its spring: reports of governments are given from January to March.
_LAST_MONTH_OF_PLANS = 4
# 曲周县有“科技小院”12个: of several in a place the place itself is told, whatever lies in it is told more often.
_COUNTED = pattern_of(
    "[”》]?(?:共|已|达|已有|已达)?(?:[2-9]|[1-9]\\d{1,4}|[[:one_to_ten:]]?十[[:one_to_nine:]]?|[三四五六七八九两])(?:多|余)?[个处家所支座间户名条]"
)
# 该县|创新探索实施的“板凳会”: the place itself set it up, whatever lies in it is told more often.
_SET_UP_BY_IT = led(
    "(?:也|还|已|则|便|就|积极|大力|在全[国省市州]){0,2}(?:率先|首创|创新|探索|首推|最早|首先){1,2}"
    f"(?:{any_of(words_for('practices/setting_up_verbs', 'create'))})(?:实施|推行|推出|建立|形成)?(?:了|起|的){{0,2}}[“《]?"
)
_TRIED = led("试点|试行|推行|推广|推开|铺开|实施")
_LEAD_OF_LINE = re.compile("[^，。；：\\n]{4,24}：")  # 2024年重点工作：全面推行
# Of these a place has the practice; what is only planned for a part of it takes nothing from the whole.
_IN_USE = frozenset(("adopted", "trial"))
_BEHIND_ALL = "\U0010ffff"


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
    names = [(place.start_char, place.end_char) for place in places.mentions]
    pointers = told_on(reading, actors.groups)
    told = _all_told(reading, actors, practices, pointers, names)
    claimed = [
        _claimed(mention, claim.status, claim.stated, claim.spots)
        for mention, claim in zip(practices, told, strict=True)
    ]
    further = _told_on(reading, claimed, pointers, names)
    timed_spots, counted = [claim.timed for claim in told], [claim.is_counted for claim in told]
    return Claims(tuple(claimed), tuple(_placed(claimed, timed_spots, counted, further)))


class _Told(NamedTuple):
    """What is claimed of one mention: ``timed`` are its ``spots`` with their times, ``is_counted`` whether they are
    spoken of themselves, whatever is told of what lies in them."""

    status: PracticeStatus
    stated: Stated | None
    spots: tuple[Spot, ...]
    timed: list[tuple[Spot, Stated | None]]
    is_counted: bool


def _all_told(
    reading: Reading,
    actors: Actors,
    practices: Sequence[PracticeMention],
    pointers: Sequence[Pointer],
    names: Sequence[tuple[int, int]],
) -> list[_Told]:
    """What is claimed of each of ``practices``, in order; a heading claims what the lines below it do."""
    below = announced(reading, practices)
    told: list[_Told] = []
    waiting: list[int] = []
    for number, mention in enumerate(practices):
        around = surroundings(reading, mention.start_char, mention.end_char, names)
        status, sign, began = _status(reading, around)
        if is_traced():
            why = "no sign against it" if sign is None else f"the sign {sign}"
            note("practice_mentions", mention.start_char, mention.end_char, f"{status}: {why}", about="status")
        if number in below and sign is None and began is None and not actors.are_in_line_of(mention.start_char):
            waiting.append(number)
            told.append(_Told(status, None, (), [], False))
        else:
            claim = _claim_of(reading, around, actors, mention.name, (status, sign, began))
            if status == "promoted" and (
                taken_up := _taken_up(reading, around, pointers, practices[number + 1 : number + 2])
            ):
                timed = [(spot, time_of_clause(reading, around, spot.clause or (0, 0))) for spot in taken_up]
                claim = _Told("adopted", None, taken_up, timed, claim.is_counted)  # the day of the appeal is not theirs
            told.append(claim)
            if number in below and sign is None and began is None:
                waiting.append(number)
    for number in reversed(waiting):
        if _is_announced(told[number], told[below[number]]):
            told[number] = told[below[number]]
    return told


def _status(reading: Reading, around: Surroundings) -> tuple[PracticeStatus, str | None, FoundDate | None]:
    """What is claimed of the mention ``around`` was made for, the sign of it, and the date it began at."""
    status, sign = judge_at(reading, around)
    is_program = sign in (PROGRAM_SIGN, PROGRAM_TRIAL)
    began = governing_date(reading, around) if status in _WITH_A_BEGINNING or is_program else None
    if sign == PROGRAM_TRIAL and began is not None and not is_yet_to_come(reading, began):
        status, sign = "trial", None
    elif is_program and began is not None and _is_before_year(began, reading.published_on):
        status, sign = "adopted", None  # what a plan says was set up before it
    if status in _IN_USE and sign != "kept" and (is_yet_to_come(reading, began) or starts_later(reading, around)):
        return "planned", "a day that is yet to come", None
    return status, sign, began


def _claim_of(
    reading: Reading,
    around: Surroundings,
    actors: Actors,
    name: str,
    judged: tuple[PracticeStatus, str | None, FoundDate | None],
) -> _Told:
    status, sign, began = judged
    stated = ended_time(reading, around) if status == "ended" else stated_time(reading, around, began)
    found = actors.at(around, status, name)
    if sign == ROLLED_OUT and len(found) == 1 and found[0].clause is None:
        stated = time_of_clause(reading, around, rolled_out(around) or (0, 0)) or stated
    # 在全县推行 speaks of the county itself.
    is_whole = any(reading.text.startswith("全", spot.start) and spot.end > spot.start for spot in found)
    is_its_own = status in _IN_USE and (is_whole or _is_founder(reading, around, found))
    is_counted = is_its_own or _COUNTED.match(around.behind) is not None
    return _Told(status, stated, found, _timed(reading, around, found, stated), is_counted)


def _is_founder(reading: Reading, around: Surroundings, found: Sequence[Spot]) -> bool:
    """Whether the one place ``found`` is said to have set up itself what is mentioned."""
    if len(found) != 1 or found[0].clause is not None or not found[0].end > found[0].start >= around.offset:
        return False
    return _SET_UP_BY_IT.fullmatch(reading.text, found[0].end, around.offset + around.start) is not None


def _is_announced(heading: _Told, below: _Told) -> bool:
    """Whether a heading says but what is told ``below`` it: it names no place, or one that holds those below."""
    names = [spot.name for spot in below.spots if spot.name is not None]
    return bool(names) and all(
        spot.name is None or all(name.startswith(spot.name) for name in names) for spot in heading.spots
    )


def _taken_up(
    reading: Reading, around: Surroundings, pointers: Sequence[Pointer], behind: Sequence[PracticeMention]
) -> tuple[Spot, ...]:
    """The places that took up what ``around`` only asks for: 县里号召学习“板凳会”，石桥村、柳溪村先后办了起来.

    ``pointers`` are in order. ``behind`` is the mention that follows, if any: what stands behind it is of that.
    """
    end = around.offset + around.end
    last = min(around.offset + len(around.text), behind[0].start_char if behind else len(reading.text))
    found = pointers[bisect_left(pointers, (end,)) : bisect_left(pointers, (last,))]
    clauses = {
        span: pointer
        for pointer in found
        for span in around.later
        if span[0] <= pointer.start - around.offset < span[1]
    }
    return tuple(spot._replace(clause=span) for span, pointer in clauses.items() for spot in pointer.spots)


def _told_on(
    reading: Reading,
    practices: Sequence[PracticeMention],
    pointers: Sequence[Pointer],
    names: Sequence[tuple[int, int]],
) -> dict[int, list[tuple[Spot, Stated | None]]]:
    """By the start of a mention the places that a clause behind it adds by a word that points back, with their
    times."""
    further: dict[int, list[tuple[Spot, Stated | None]]] = defaultdict(list)
    ends = [mention.end_char for mention in practices]
    # Two towns gave it up, others take it over: what is told last is the mention before those.
    tellers: list[int] = []
    for number, practice in enumerate(practices):
        is_past = practice.status == "ended" and number > 0 and practices[number - 1].name == practice.name
        tellers.append(tellers[-1] if is_past else number)
    # How many mentions there are before the text names another practice than its first.
    alone = next((n for n, practice in enumerate(practices) if practice.name != practices[0].name), len(practices))
    for pointer in pointers:
        number = bisect_right(ends, pointer.word) - 1
        if number < 0:
            continue
        told = tellers[number]
        if practices[told].status not in _IN_USE:
            continue
        if belongs_to(reading, pointer, ends[number], is_only=number < alone):
            around = surroundings(reading, pointer.start, pointer.end, names)
            # 去年8月，石桥镇推行“板凳会”，柳溪镇相继跟进: the day is that of the first.
            found = date_alone(reading, around)
            is_of_first = (
                found is not None and around.offset <= found.start < practices[number].start_char < pointer.start
            )
            if is_of_first or (found is not None and reading.text.startswith(("以后", "之后"), found.end)):
                found = None
            if not is_yet_to_come(reading, found):
                stated = stated_time(reading, around, found)
                if stated is not None and stated.first is None:
                    stated = None  # 到11月底，全市已有9个镇采用了这一做法: the report says as much
                further[practices[told].start_char] += [(spot, stated) for spot in pointer.spots]
    return further


def _timed(
    reading: Reading, around: Surroundings, found: Sequence[Spot], stated: Stated | None
) -> list[tuple[Spot, Stated | None]]:
    """Each place with its time: that of the mention, or of the later clause that names the place.

    Where the clause of the mention names no place, the first that does has its time, unless it has one of its own:
    2019年推行“板凳会”，先在石桥镇试点.
    """
    timed: list[tuple[Spot, Stated | None]] = []
    if stated is None and found and found[0].clause is not None:
        stated = stated_time(reading, around, date_leading(reading, around, found[0].clause))
    for spot in found:
        if spot.clause is None:
            timed.append((spot, stated))
            continue
        own = time_of_clause(reading, around, spot.clause)
        is_first_named = spot.clause == found[0].clause and BY_NOW.match(around.text, spot.clause[0]) is None
        timed.append((spot, stated if own is None and is_first_named else own))
    return timed


def date_alone(reading: Reading, around: Surroundings) -> FoundDate | None:
    """The date of the clause of the mention, or one that stands alone before it, whatever verb follows.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> reading = Reading("2021年，这一做法在石桥镇推开。")
    >>> date_alone(reading, surroundings(reading, 6, 10)).point.year
    2021
    """
    at = Dates(dates_of(reading), around)
    own = [found for found in at.between(around.clause_start, around.clause_end) if found.form not in DISTANCES]
    return own[-1] if own else None if BY_NOW.match(around.before) else at.standing_alone()


def judge_at(reading: Reading, around: Surroundings) -> Judgement:
    """Status and sign of the mention ``around`` was made for, under the heading above it."""
    span = heading_above(reading.text, around.offset)
    heading = "" if span is None else reading.text[slice(*span)]
    found = judge(around, heading, reading.title)
    lead = _LEAD_OF_LINE.match(reading.text, paragraph_start(reading.text, around.offset + around.start))
    headings = (heading,) if lead is None or lead.end() > around.offset + around.start else (heading, lead[0])
    if found.status == "visited" and PLANNED_HEADING.search(heading) and _TRIED.search("".join(around.later_texts)):
        return Judgement("planned", "planned_heading")  # what is learned elsewhere in order to be tried
    if found == ("adopted", None) and (of_none := said_of_none(reading, around)) is not None:
        return Judgement("general", of_none)
    is_told = found == ("adopted", None) or found.status == "trial"
    if is_told and any(_is_of_coming_year(each, reading.published_on) for each in headings):
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
    practices: Sequence[PracticeMention],
    spots: Sequence[list[tuple[Spot, Stated | None]]],
    counted: Sequence[bool],
    further: dict[int, list[tuple[Spot, Stated | None]]],
) -> Iterator[PracticePlace]:
    counts: dict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
    for mention, found in zip(practices, spots, strict=True):
        counts[mention.name, mention.status in _IN_USE].update(spot.name for spot, _ in found if spot.name is not None)
    most_named = {key: _MostNamed(own) for key, own in counts.items()}
    for mention, found, is_counted in zip(practices, spots, counted, strict=True):
        own = most_named[mention.name, mention.status in _IN_USE]
        for spot, stated in found:
            if spot.name is not None:
                role: ClaimRole = "own" if is_counted or own.is_over(spot.name) else "superior"
                times = (None, None, None) if stated is None else stated
                yield PracticePlace(mention.start_char, spot.name, spot.adcode, spot.level, role, *times)
        named = {spot.name for spot, _ in found}
        for spot, stated in further.get(mention.start_char, ()):
            if spot.name is not None and spot.name not in named:
                named.add(spot.name)
                times = (None, None, None) if stated is None else stated
                yield PracticePlace(mention.start_char, spot.name, spot.adcode, spot.level, "own", *times)


class _MostNamed:
    """How often places are named, by their full names, which begin with the names of those they lie in."""

    def __init__(self, counts: Counter[str]) -> None:
        self._counts, self._names = counts, sorted(counts)
        self._sums = [0, *accumulate(counts[name] for name in self._names)]

    def is_over(self, name: str) -> bool:
        """Whether ``name`` is named more often than what lies in it: the names that begin with it stand behind it."""
        first = bisect_right(self._names, name)
        below = bisect_right(self._names, name + _BEHIND_ALL)
        return self._counts[name] > self._sums[below] - self._sums[first]
