"""Rolls of places below what they are named: 现命名下列村为示范村：, and a place on each line that follows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from tasks.lexicon.characters import pattern_of
from tasks.records import PlaceMention

# What may stand between the word and its roll: 示范村（社区）候选单位，现予公示：
_ANNOUNCED = re.compile(r"[^。；！？：\n]{0,40}：\n")
ROLL_HEADING = re.compile(r"(?:（[^（）\n]{1,8}）)?(?:候选|拟命名|推荐)?(?:单位)?名单(?:（[^（）\n]{1,12}）)?\n")
_NUMBER = pattern_of(r"[ \u3000]*(?:[（(]?(?:\d{1,3}|[[:one_to_ten:]]{1,3})[）).．、｜])?[ \u3000]*")
_LABELS = re.compile(r"[^\n]{0,40}｜[^\n]{0,40}\n")  # of a table's columns
_MOST_LINES = 2_000  # for time alone
_MOST_BESIDE = 8  # characters of a line that are no place: 等2个村, （3个）


def places_in_roll(text: str, places: Sequence[PlaceMention], end: int) -> list[PlaceMention]:
    """The places on the lines below the word that ends at ``end``, as far as each line opens with a place and holds
    hardly anything else; none where the line of the word does not announce a roll."""
    head = ROLL_HEADING.match(text, end) or _ANNOUNCED.match(text, end)
    if head is None:
        return []
    found: list[PlaceMention] = []
    line = head.end()
    index = bisect_left(places, line, key=lambda place: place.start_char)
    labels = _LABELS.match(text, line)
    if labels is not None and (index == len(places) or places[index].start_char >= labels.end()):
        line = labels.end()
    for _ in range(_MOST_LINES):
        stop = text.find("\n", line)
        stop = len(text) if stop < 0 else stop
        number = _NUMBER.match(text, line)
        first, covered = index, text.count("｜", line, stop)
        while index < len(places) and places[index].end_char <= stop:
            covered += places[index].end_char - places[index].start_char
            index += 1
        begins = line if number is None else number.end()
        if first == index or places[first].start_char != begins or stop - begins - covered > _MOST_BESIDE:
            break
        found += places[first:index]
        line = stop + 1
    return found
