"""The same tear twice on a page: behind the same words the same damage most often stands for the same original."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from tasks.lexicon.characters import pattern_of
from tasks.repair.torn.neighbourhood import clean
from tasks.repair.torn.torn_runs import Run
from tasks.repair.torn.verdicts import PRONOUNS, Reading

_SAME = 0.9  # how often two such tears had the same original
_SURE = 0.95  # the share from which the best reading of a tear is a witness
_OVERRULED = 0.95  # the share that a reading can get where the tear alone would have been taken for another
# For time alone: tears that vote on one another.
_MOST_VOTERS = 12
_SPEAKS = 0.02  # share from which a reading is one of those a run is taken for
_REACH = 12  # characters in which the two before a tear are found; one may carry its reading
_HAN = pattern_of("[[:han:]]")


def torn_alike(
    text: str, runs: Sequence[Run], weighed: Mapping[int, Sequence[tuple[float, Reading]]]
) -> Iterator[tuple[int, list[Run]]]:
    """The place in ``runs`` of each that others are like, and those; ``weighed``: shares and readings by their
    start."""
    groups: dict[str, list[int]] = {}
    for index, run in enumerate(runs):
        start = run.start_char
        likely = "".join(reading.restored for share, reading in weighed[start] if share > _SPEAKS)
        # Who is spoken of and which marks open and close is another question each time.
        if _HAN.search(likely) and PRONOUNS.isdisjoint(likely):
            behind = clean(text[max(start - _REACH, 0) : start])[-2:]
            groups.setdefault(behind + text[start : run.end_char], []).append(index)
    for indices in groups.values():
        voters = indices[: _MOST_VOTERS + 1]
        if len(voters) > 1:
            for index in indices:
                yield index, [runs[other] for other in voters if other != index]


def voted(
    weighed: Sequence[tuple[float, Reading]], others: Sequence[Sequence[tuple[float, Reading]]]
) -> list[tuple[float, Reading]]:
    """``weighed`` (shares and readings of one tear) in the light of ``others``, the same of its like; best first.

    Only those speak that are sure: what the doubtful ones prefer rests on what stands before the tear, which is the
    same everywhere and not to be counted again and again. No reading ends with a greater share than it has somewhere
    alone.

    >>> unsure = [(0.6, Reading(5, "个", 4.0, True)), (0.4, Reading(5, "债", 3.0, True))]
    >>> [reading.restored for _, reading in voted(unsure, [[(0.99, Reading(8, "债", 6.0, True))]])]
    ['债', '个']
    """
    witnesses = [other for other in others if other[0][0] >= _SURE]
    if not witnesses:
        return list(weighed)
    shares_of = [{reading.restored: share for share, reading in witness} for witness in witnesses]
    sums = []
    for share, reading in weighed:
        voices = [shares.get(reading.restored, 0.0) for shares in shares_of]
        # Half of the likelihood is what a reading has for nothing: less speaks against it.
        total = math.log(max(share, 1e-9)) + sum(math.log(2 * _SAME * voice + 1 - _SAME) for voice in voices)
        sums.append((total, max(share, *voices), reading))
    top = max(total for total, _, _ in sums)
    overall = sum(math.exp(total - top) for total, _, _ in sums)
    found = [(min(math.exp(total - top) / overall, alone), reading) for total, alone, reading in sums]
    found.sort(key=lambda each: (-each[0], each[1].end_char, each[1].restored))
    share, reading = found[0]
    if reading is not max(weighed, key=lambda each: each[0])[1]:
        found[0] = min(share, _OVERRULED), reading
    return found
