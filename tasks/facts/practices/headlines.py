"""A numbered practice that only the headline names, found where the text lists its members.

A headline announces “三张网”, and the text never says so but tells of 信息网、服务网、治安网: as many members as the number
says, each ending in the announced noun. The listing is what the mention stands on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tasks.facts.practices.reading import PlaceLookup
from tasks.facts.text.reading import Reading
from tasks.facts.text.traces import note
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.numerals import read_numeral
from tasks.lexicon.practice_heads import head_of, kind_of
from tasks.records import PracticeMention

_NUMBERED = re.compile(
    r"[“‘]((?P<count>[两二三四五六七八九十2-9])(?:[条张个大项支种类级本套道])?(?P<noun>\w{1,3}))[”’]"
)
_MOST_LONG_MEMBER = 8


def read_title_practices(
    reading: Reading, places: PlaceLookup, known: Iterable[PracticeMention]
) -> tuple[PracticeMention, ...]:
    """Mentions of numbered practices of the title that are not among the ``known`` ones, where the text lists them.

    >>> class Nowhere:
    ...     def adcode_at(self, start_char): return None
    >>> reading = Reading("镇里织起信息网、服务网、治安网，事情有人管。", title="“三张网”兜住山里的事")
    >>> [(mention.name, mention.surface, mention.parts) for mention in read_title_practices(reading, Nowhere(), ())]
    [('三张网', '信息网、服务网、治安网', ('信息网', '服务网', '治安网'))]
    """
    named = {mention.name for mention in known}
    taken = {mention.start_char for mention in known}
    found = []
    for title in _NUMBERED.finditer(reading.title):
        name, noun = title.group(1), title.group("noun")
        if name in named or name in reading.text:
            continue
        listing = _listing(reading.text, noun, title.group("count"))
        if listing is None or listing.start() in taken:
            continue
        parts = tuple(pattern_of("[[:list_mark:]]").split(listing.group()))
        adcode = places.adcode_at(listing.start())
        kind = kind_of(name, head_of(name))
        note("practice_mentions", listing.start(), listing.end(), f"the list of what the title numbers as {name}")
        found.append(PracticeMention(listing.start(), listing.end(), listing.group(), name, kind, adcode, parts))
    return tuple(found)


def _listing(text: str, noun: str, count: str) -> re.Match[str] | None:
    numeral = read_numeral(count)
    if numeral is None:
        return None
    total = int(numeral.value)
    # The first member begins where its clause gives it no way to begin earlier: after a particle, verb or mark it is
    # told apart by being about as long as the others, so its length is taken from the second member.
    others = pattern_of(rf"(?:[[:list_mark:]]\w{{1,{_MOST_LONG_MEMBER}}}?{re.escape(noun)}){{{total - 1}}}")
    for match in others.finditer(text):
        second = pattern_of("[[:list_mark:]]").split(match.group())[1]
        start = match.start() - len(second)
        member = text[max(start, 0) : match.start()]
        follows = text[match.end() : match.end() + 1]
        if start >= 0 and member.endswith(noun) and member.isalnum() and follows != "、":
            whole = re.compile(re.escape(text[start : match.end()]))
            return whole.match(text, start)
    return None
