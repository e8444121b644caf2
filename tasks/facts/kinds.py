"""All kinds of fact: ``FACT_KINDS`` says of each where it ends, what it is, who reads it and what that reader needs.

The loop over a batch, the columns of the Parquet files, the tables that are loaded and the checks before they are
written derive from this list: a new kind is one line here, a record, a reader and the file of its table in sql/core.
"""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Callable, ItemsView, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from typing import Any

from tasks.facts.claims.reading import Claims, read_claims
from tasks.facts.dates.reading import read_dates
from tasks.facts.designations.reading import read_designations
from tasks.facts.documents import read_documents
from tasks.facts.figures.reading import read_figures
from tasks.facts.organizations.reading import read_organizations
from tasks.facts.people.reading import read_people
from tasks.facts.places.reading import PlaceReading, read_places
from tasks.facts.practices.headlines import read_title_practices
from tasks.facts.practices.reading import read_practices
from tasks.facts.quotes.reading import read_quotes
from tasks.facts.text.reading import Reading, SentencePlaces
from tasks.facts.text.words import count_words
from tasks.lexicon.practice_spelling_keys import canonical_practice_name
from tasks.records import (
    DateMention,
    Designation,
    DocumentMention,
    Facts,
    Figure,
    OrganizationMention,
    PersonMention,
    PlaceMention,
    PracticeMention,
    PracticePlace,
    Quote,
    Sentence,
    WordCount,
    stable_id,
)

# Each kind goes over a batch before the next begins: its tables stay in the processor's cache, which saves a fifth of
# the time. Below 16 articles the gain shrinks, beyond 64 it grows no more.
BATCH = 32


@dataclass(frozen=True, slots=True)
class FactKind:
    """One kind of fact.

    ``table``: the table in sql/core, and the attribute of ``Facts``. ``record``: the named tuple of one row, whose
    fields are columns. ``reader``: called with a ``Reading`` and what the readers of the kinds in ``needs`` returned
    for the same article; it returns the records, or something that gives them when iterated and knows more for the
    kinds that need it. ``derived``: further columns, each worked out from a record. ``part_of``: the table whose row at
    the same ``start_char`` each record is a part of. ``is_cited``: False for what serves search.
    """

    table: str
    record: type[tuple[Any, ...]]
    reader: Callable[..., Iterable[Any]]
    needs: tuple[str, ...] = ()
    derived: Mapping[str, Callable[[Any], object]] = field(default_factory=dict)
    part_of: str | None = None
    is_cited: bool = True

    @property
    def is_counted(self) -> bool:
        """Whether its records are facts of their own, which a run counts."""
        return self.is_cited and self.part_of is None

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the record's fields."""
        return self.record._fields  # type: ignore[attr-defined, no-any-return]


def _read_claimed_practices(reading: Reading, places: PlaceReading, bodies: Iterable[OrganizationMention]) -> Claims:
    found = read_practices(reading, places)
    found += read_title_practices(reading, places, found)
    named = [(place.start_char, place.end_char) for place in places.mentions]
    kept = [mention for mention in found if not _is_within(mention, named)]
    return read_claims(reading, places, sorted(kept, key=attrgetter("start_char")), tuple(bodies))


def _is_within(mention: PracticeMention, names: list[tuple[int, int]]) -> bool:
    """Whether ``mention`` is part of one of ``names``, which are in order: 曹县大集 of 曹县大集镇."""
    at = bisect_right(names, mention.start_char, key=itemgetter(0)) - 1
    return at >= 0 and names[at][1] >= mention.end_char


def _places_of_practices(_: Reading, claims: Claims) -> tuple[PracticePlace, ...]:
    return claims.places


def _practice_id(mention: PracticeMention) -> str:
    return stable_id(canonical_practice_name(mention.name))


def _count_words(reading: Reading) -> ItemsView[str, int]:
    # Plain pairs: as records of their own they would take longer to make than to count.
    return count_words(reading).items()


# In the order in which they need one another.
FACT_KINDS = (
    FactKind("place_mentions", PlaceMention, read_places),
    FactKind("organization_mentions", OrganizationMention, read_organizations, ("place_mentions",)),
    FactKind("person_mentions", PersonMention, read_people, ("place_mentions", "organization_mentions")),
    FactKind("dates", DateMention, read_dates),
    FactKind("figures", Figure, read_figures, ("place_mentions", "dates")),
    FactKind(
        "practice_mentions",
        PracticeMention,
        _read_claimed_practices,
        ("place_mentions", "organization_mentions"),
        derived={"practice_id": _practice_id, "spelling_id": _practice_id},
    ),
    FactKind(
        "practice_mention_places",
        PracticePlace,
        _places_of_practices,
        ("practice_mentions",),
        part_of="practice_mentions",
    ),
    FactKind(
        "designations",
        Designation,
        read_designations,
        ("place_mentions", "organization_mentions", "dates", "practice_mentions"),
    ),
    FactKind("quotes", Quote, read_quotes, ("person_mentions",)),
    FactKind("document_mentions", DocumentMention, read_documents),
    FactKind("sentences", Sentence, attrgetter("sentences"), is_cited=False),
    FactKind("words", WordCount, _count_words, is_cited=False),
)


def read_facts(reading: Reading) -> Facts:
    """Everything that can be cited from ``reading``, each kind in order of its start.

    >>> facts = read_facts(Reading("义乌市石桥社区书记周敏说：“去年新增车位120个。”"))
    >>> facts.person_mentions[0].name, facts.quotes[0].speaker, facts.figures[0].value
    ('周敏', '周敏', 120.0)
    """
    return read_facts_of_all((reading,))[0]


def read_facts_of_all(readings: Sequence[Reading]) -> list[Facts]:
    """The facts of each of ``readings``, best handed over ``BATCH`` at a time; what one raises, all raise."""
    # Facts and what leads to them hold no cycles: for the tenth of a second that a batch takes, the collector of cycles
    # would go through thousands of new records and find none.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return _kind_by_kind(readings)
    finally:
        if was_enabled:
            gc.enable()


def _kind_by_kind(readings: Sequence[Reading]) -> list[Facts]:
    for reading in readings:
        _ = reading.words
    found: dict[str, list[Iterable[Any]]] = {}
    for kind in FACT_KINDS:
        found[kind.table] = list(map(kind.reader, readings, *(found[table] for table in kind.needs)))
    return [
        Facts({table: _rows(reading, of_one) for table, of_one in zip(found, of_all, strict=True)})
        for reading, of_all in zip(readings, zip(*found.values(), strict=True), strict=True)
    ]


def _rows(reading: Reading, found: Iterable[Any]) -> Sequence[Any]:
    # By its class: an abstract one is asked ten times as long whether something is an instance of it.
    rows: Sequence[Any] = found if type(found) is SentencePlaces else tuple(found)
    if reading.printed is reading.text or not rows or not hasattr(rows[0], "surface"):
        return rows
    return tuple(row._replace(surface=reading.printed[row.start_char : row.end_char]) for row in rows)
