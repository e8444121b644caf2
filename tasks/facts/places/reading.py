"""Places of an article: provinces, cities and counties by code, townships, communities and villages by name.

The work is done in steps: ``spellings`` finds spellings, ``small_places`` what the gazetteer has no code for,
``misprints`` reads names with a wrong character, ``disambiguation`` decides what ambiguous spellings mean, ``chains``
puts names together, ``anaphora`` reads 该区 and 全县. Nothing here guesses: what nothing decides keeps its candidates.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from tasks.facts.places.anaphora import read_anaphora
from tasks.facts.places.chains import build_chains
from tasks.facts.places.disambiguation import resolve
from tasks.facts.places.evidence import Evidence
from tasks.facts.places.hong_kong import with_hong_kong
from tasks.facts.places.honorary_places import without_honours
from tasks.facts.places.misprints import with_misprints
from tasks.facts.places.regiments import scan_regiments
from tasks.facts.places.scenes import Scene, is_passing, is_taken_over
from tasks.facts.places.shared_suffixes import with_lists
from tasks.facts.places.small_places import SmallPlace, scan_small
from tasks.facts.places.spellings import FULL, Candidate, scan, scan_hint
from tasks.facts.places.taiwan import with_taiwan
from tasks.facts.text.reading import Reading
from tasks.facts.text.traces import is_traced, note
from tasks.lexicon.gazetteer import gazetteer
from tasks.records import PlaceMention


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """The place mentions of one article and, for every character, the place that is being spoken of there.

    Iterated, it gives the mentions: the rows of ``core.place_mentions``.
    """

    mentions: tuple[PlaceMention, ...]
    scene: Scene

    def at(self, start_char: int) -> tuple[str | None, str | None]:
        """Code and full name of the place a fact at ``start_char`` is about; a village has the code of its county."""
        return self.scene.at(start_char)

    def __iter__(self) -> Iterator[PlaceMention]:
        return iter(self.mentions)

    def is_in_passing(self, mention: PlaceMention) -> bool:
        """Whether a place is named for another's sake: where something is from, a partner, a model."""
        return is_passing(self.scene.text, mention.start_char, mention.end_char)

    def adcode_at(self, start_char: int) -> str | None:
        """The code of the place a fact at ``start_char`` is about: the lowest with a code, None where none is known."""
        return self.scene.at(start_char)[0]

    def name_at(self, start_char: int) -> str | None:
        """The full name of the place a fact at ``start_char`` is about, township or village included."""
        return self.scene.at(start_char)[1]


def read_places(reading: Reading) -> PlaceReading:
    """All place mentions of ``reading`` in order; a chain of names is one mention of its lowest place.

    >>> from tasks.facts.text.reading import Reading
    >>> found = read_places(Reading("浙江省安吉县梅溪镇的党员来到长兴县。该县有8个镇。"))
    >>> [(m.surface, m.adcode, m.place_name) for m in found.mentions][:2]
    [('浙江省安吉县梅溪镇', None, '浙江省湖州市安吉县梅溪镇'), ('长兴县', '330522', '浙江省湖州市长兴县')]
    >>> found.mentions[2].surface, found.mentions[2].adcode
    ('该县', '330522')
    """
    candidates = with_misprints(reading.text, scan(reading), gazetteer())
    small = without_honours(reading.text, with_lists(reading.text, scan_small(reading, candidates)))
    if regiments := scan_regiments(reading.text):
        small = sorted([*small, *regiments], key=lambda place: place.start)
    candidates = _outside_small(candidates, small)
    evidence = resolve(reading, candidates, (place.name for place in small if place.is_known))
    kept = [candidate for candidate in candidates if not candidate.dropped]
    mentions, scene = build_chains(reading, kept, small, evidence)
    mentions = with_hong_kong(reading.text, with_taiwan(reading.text, mentions))
    mentions = read_anaphora(reading, mentions, scene)
    scene.settle(mentions, reading.title)
    if is_traced():
        _trace(mentions, candidates, scene, evidence)
    return PlaceReading(tuple(mentions), scene)


def _trace(mentions: list[PlaceMention], candidates: list[Candidate], scene: Scene, evidence: Evidence) -> None:
    """Note for each mention how it was read, and the signs that speak for its division."""
    forms = {candidate.chain_start: candidate.form for candidate in candidates}
    for mention in mentions:
        start, code = mention.start_char, mention.adcode or scene.county_of.get(mention.start_char)
        form = forms.get(start)
        rule = f"{form} name" if form else "its suffix" if mention.adcode is None else "a pointer to a place named"
        note("place_mentions", start, mention.end_char, rule, evidence.told.get(code or "", ()))


def _outside_small(candidates: list[Candidate], small: list[SmallPlace]) -> list[Candidate]:
    """Drop spellings that are part of a smaller place's name (the 朝阳 of 朝阳镇)."""
    if not small:
        return candidates
    starts = [place.start for place in small]
    kept = []
    for candidate in candidates:
        index = bisect_right(starts, candidate.start) - 1
        if index >= 0 and candidate.end <= small[index].end:
            continue
        nxt = small[index + 1] if index + 1 < len(small) else None
        if nxt is not None and candidate.start < nxt.start < candidate.end:
            continue
        kept.append(candidate)
    return kept


__all__ = ["FULL", "PlaceReading", "gazetteer", "is_taken_over", "read_places", "scan_hint"]
