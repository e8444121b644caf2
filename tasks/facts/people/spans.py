"""Stretches of a text that hold a name, and stretches in which no person of the article is to be found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.facts.people.roles import PrintedRole
from tasks.facts.places.reading import PlaceReading
from tasks.facts.text.needed import led
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of
from tasks.records import OrganizationMention

# What stands before the names of those who wrote the article rather than of those it is about.
_BYLINE = led(
    r"(?:记者|通讯员|特约记者|见习记者|实习生|特派员|摄影报道|(?<!工)作者|责编|编辑|文/图|图/文|文图|供稿|摄影)[：:、 \u3000/]*"
    r"(?:[[:han:]·]{2,4}[、 \u3000]{1,2})*$"
)
_BYLINE_ENDS = frozenset("者员生派道辑文图稿影：:、 \u3000/编")
# Behind the last sentence of a paragraph a bracket of names alone signs it: （周敏李守正）.
_SIGNED = pattern_of(r"[（(](?<=[。！？”\n][（(])[[:han:]·、 \u3000]{2,24}[）)](?=\n|$)")
_SIGNS_PICTURE = re.compile(r"[ \u3000/]?(?:摄影|摄|供图)(?=[）)\n。]|$)")  # （周敏摄）
# 大潮柳溪（周敏）12月22日，…: who wrote it, between the outlet and the day.
_DATELINE = pattern_of(r"(?:^|(?<=\n))[[:han:]]{2,12}[（(][[:han:]·、 \u3000]{2,12}[）)](?=\d{1,2}月\d{1,2}日)")
_QUOTED_TITLE = re.compile(r"《[^》\n]{1,60}》")


@dataclass(slots=True)
class FoundName:
    """One mention: where it stands, whose name it is, and the post printed beside it or before its row of names."""

    start: int
    end: int
    name: str
    role: PrintedRole | None = None
    is_shared: bool = False  # the post stands before a row of names and is not printed beside this one


class Blocked:
    """Stretches in which no person is to be found: place names, cited titles, bylines."""

    def __init__(self, reading: Reading, places: PlaceReading) -> None:
        self.text = reading.text
        self.contributors = frozenset(reading.contributors)
        spans = [(m.start_char, m.end_char) for m in places.mentions]
        spans += [match.span() for match in _QUOTED_TITLE.finditer(reading.text)]
        spans += [match.span() for match in _SIGNED.finditer(reading.text)]
        spans += [match.span() for match in _DATELINE.finditer(reading.text)]
        spans.sort()
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]

    def covers(self, start: int, end: int) -> bool:
        """Whether ``start:end`` overlaps a place name or a cited title."""
        starts = self.starts
        behind = bisect_right(starts, start)
        return (behind > 0 and self.ends[behind - 1] > start) or (behind < len(starts) and starts[behind] < end)

    def is_byline(self, start: int, name: str) -> bool:
        """Whether the name signs the article."""
        if name in self.contributors:
            return True
        end = start + len(name)
        if _SIGNS_PICTURE.match(self.text, end - 1 if name[-1] == "摄" else end) is not None:
            return True
        if self.text[start - 1 : start] not in _BYLINE_ENDS:
            return False
        return bool(_BYLINE.search(self.text, start - 24, start))


def outside_bodies(found: list[FoundName], organizations: Sequence[OrganizationMention]) -> list[FoundName]:
    """Without what stands inside the name of a body: 霍普金斯大学, 李四光小学."""
    inside = {at for body in organizations for at in range(body.start_char, body.end_char)}
    return [item for item in found if not (item.start in inside and item.end - 1 in inside)]
