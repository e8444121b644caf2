"""Names withheld in part: a surname with 某 for what is not told (赵某, 全某某, 陈某进).

Any character may be the surname, for 某 tells; what has to be told apart is 某 as a word of its own (在某地, 时任某局局长).
"""

from __future__ import annotations

from tasks.facts.people.spans import Blocked, FoundName
from tasks.facts.text.reading import Reading
from tasks.facts.text.words import is_repeated
from tasks.lexicon.characters import FIRST_HAN, LAST_HAN, pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import given_name_characters, surnames
from tasks.lexicon.posts import occupation_ending_at, post_ending_at
from tasks.lexicon.speech import SPEECH
from tasks.lexicon.word_lists import words_for

_WITHHELD = pattern_of("[[:han:]]某{1,2}")
# Words before which 某 is what it mostly is: 在某地, 由某公司, 从某种意义上.
_BEFORE_SOME = frozenset(
    "在有是由到为从以对给把被让将或每如的了等着过于用按据就因当各这那哪前后上下中内外其向与和及同任时原曾"
)
_ALSO_SURNAMES = frozenset(
    "于向和任时原曾"
)  # of those, the ones that are surnames where a post or a mark stands before
# What 某 as a word of its own stands before: 某地, 某公司, 某种.
_KINDS = frozenset("地种个些天日年月次件条款类村镇乡县市区省局部处科站所院校公单企小大项方")
_LIKELY_LAST = 0.5  # log odds of a last character: 强 in 徐某强, but not 高 in 徐某高兴
_EDGE = frozenset("\n，。！？；：、“”‘’（）()《》—… \u3000")
_ROW = frozenset("、和与及")


def withheld_names(reading: Reading, blocked: Blocked) -> list[FoundName]:
    """Every surname with 某 in order, with the last character where it is told.

    >>> from tasks.facts.places.reading import read_places
    >>> reading = Reading("经营户慈某、陈某进、石某在某地向某公司行骗，时任某局会计于某某被抓。")
    >>> [item.name for item in withheld_names(reading, Blocked(reading, read_places(reading)))]
    ['慈某', '陈某进', '石某', '于某某']
    """
    text = reading.text
    if "某" not in text:
        return []
    families = words_for("names/yi_names", "family")  # 某色
    found: list[FoundName] = []
    for match in _WITHHELD.finditer(text):
        start, end = match.span()
        if (
            text[start + 1 : start + 3] in families
            or text[start] in "某"
            or blocked.covers(start, end)
            or not _is_surname(reading, start, end)
        ):
            continue
        end = _with_last_character(reading, end)
        found.append(FoundName(start, end, text[start:end]))
    whole = {item.name for item in found}
    for item in found:
        longer = text[item.start : item.end + 1]
        if longer in whole and text[item.end - 1] == "某":
            item.end, item.name = item.end + 1, longer  # 佟某贵|家中, where it is clear elsewhere
    return found


def _is_surname(reading: Reading, start: int, end: int) -> bool:
    text, tagged = reading.text, reading.words
    surname, before, following = text[start], text[start - 1 : start], text[end : end + 1]
    word = tagged.texts[tagged.index_of(start)]
    is_behind_post = _is_behind_post(text, start)
    is_cut = is_word(text[start - 1 : start + 1]) or (not tagged.is_start[start] and is_word(word))
    if is_cut and post_ending_at(text, start, max(0, start - 8)) is None:
        return False  # 主持|某活动, 替代|某些人
    if following and following in _KINDS and SPEECH.match(text, end) is None:
        return False
    if surname in _BEFORE_SOME:
        if surname not in _ALSO_SURNAMES or not (is_behind_post or before == "、"):
            return False
        return (
            not following
            or following in _EDGE
            or following in "某的被因为"
            or text[end + 1 : end + 2] == "、"
            or SPEECH.match(text, end) is not None
        )
    if surname in surnames():
        return True
    return is_behind_post or not before or before in _EDGE or before in _ROW or before in "将对向把被由"


def _is_behind_post(text: str, start: int) -> bool:
    return post_ending_at(text, start, max(0, start - 8)) is not None or occupation_ending_at(text, start) is not None


def _with_last_character(reading: Reading, end: int) -> int:
    """Behind the last character of the name where it is told (陈某进、), else ``end``."""
    text, tagged = reading.text, reading.words
    last, following = text[end : end + 1], text[end + 1 : end + 2]
    if not FIRST_HAN <= last <= LAST_HAN or last in "等的和与及在将被于说称到为因向对" or SPEECH.match(text, end):
        return end
    again = text[end - 2 : end + 1]
    is_listed = following in ("、", "（") or (
        text[end - 3 : end - 2] == "、" and (following in _EDGE or following == "等")
    )
    is_single = bool(tagged.is_start[end + 1]) or not is_word(tagged.texts[tagged.index_of(end)])
    is_cut = bool(tagged.is_start[end]) or not is_word(tagged.texts[tagged.index_of(end)])
    if is_cut and tagged.is_start[end + 1] and given_name_characters().get(last, -1.0) >= _LIKELY_LAST:
        following_tag = tagged.tags[tagged.index_of(end + 1)] if end + 1 < len(text) else ""
        if following_tag[:1] in ("d", "p", "c"):
            return end + 1  # 徐某强|还
    if (is_listed and is_single) or (is_single and is_repeated(text, again)):
        return end + 1
    return end
