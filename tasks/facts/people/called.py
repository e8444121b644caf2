"""People called by surname alone (靳师傅, 老李, 陈书记), joined to the full name where the article tells it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from tasks.facts.people.honorifics import addresses_in, familiar, of_households, seldom_familiar
from tasks.facts.people.roles import printed_role
from tasks.facts.people.spans import Blocked, FoundName
from tasks.facts.places.reading import PlaceReading
from tasks.facts.text.reading import Reading, TaggedWords
from tasks.lexicon.characters import FIRST_HAN, LAST_HAN
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import surnames
from tasks.lexicon.posts import post_ending_at
from tasks.lexicon.speech import SPEECH
from tasks.lexicon.word_lists import words_for
from tasks.records import OrganizationMention

_ROW_OR_EDGE = ("", "、", "，", "。", "：", "“", "\n")  # where a surname that mostly is another word is one (、尚师傅)


@cache
def _resolved() -> frozenset[str]:
    """Forms of address that stand for someone's full name told elsewhere; 高女士 and 王大妈 are names of their own."""
    posts = words_for("names/posts", "address")
    return posts | words_for("names/posts", "resolved") | {f"副{post}" for post in posts}


def _is_address(reading: Reading, start: int, end: int, surname: str, title: str) -> bool:
    """Whether ``start:end`` addresses somebody, and is no post, word or part of one."""
    text, tagged = reading.text, reading.words
    if text[start:end] in words_for("names/posts", "post"):
        return False  # 楼组长 is no 楼 who leads a group
    if not tagged.is_start[start] or not (tagged.is_start[end] or title in ("某", "某某")):
        return False
    if len(title) == 1 and title != "某" and tagged.texts[tagged.index_of(start)] != text[start:end]:
        return False
    if text[start - 1 : start] in ("副", "正", "总", "老", "小", "两", "各", "的") and start and len(title) == 1:
        return False
    if surname == "高" and text[start - 1 : start] in ("初", "普", "最"):
        return False  # 小初高|校长
    # 段兴华任组长
    return not (surname == "任" and start and FIRST_HAN <= text[start - 1] <= LAST_HAN)


def _is_familiar(reading: Reading, start: int, end: int) -> bool:
    """Whether 小谢 or 老彭 at ``start:end`` stands behind a post, or acts."""
    text, tagged = reading.text, reading.words
    if post_ending_at(text, start, max(0, start - 8)) is not None and (
        tagged.is_start[end] or not is_word(tagged.texts[tagged.index_of(end)])
    ):
        return True  # 司机小谢, 楼栋长老彭拍着胸脯 with 彭拍 for a word
    is_cut_out = tagged.is_start[start] and (tagged.is_start[end] or SPEECH.match(text, end))
    return bool(is_cut_out) and _acts(text, tagged, tagged.index_of(start), end)


def called_by_surname(
    reading: Reading,
    found: list[FoundName],
    blocked: Blocked,
    places: PlaceReading,
    organizations: Sequence[OrganizationMention],
) -> list[FoundName]:
    """People called by surname alone; one whose full name the article tells gets that name."""
    text, tagged = reading.text, reading.words
    by_surname: dict[str, list[FoundName]] = {}
    spans = [(item.start, item.end) for item in found]
    starts = [start for start, _ in spans]
    for item in found:
        by_surname.setdefault(item.name[:1], []).append(item)
    result: list[FoundName] = []
    for start, end, surname, title in addresses_in(text, reading.anchors.addresses):
        if not _is_address(reading, start, end, surname, title):
            continue
        if _inside(starts, spans, start) or blocked.covers(start, end):
            continue
        full = _full_names(by_surname.get(surname, []), start, title)
        if surnames()[surname] < 0 and not full and text[start - 1 : start] not in _ROW_OR_EDGE:
            continue
        if title in words_for("names/posts", "address") and tagged.texts[tagged.index_of(start)] not in (
            surname,
            text[start:end],
        ):
            continue
        name = full[0] if len(full) == 1 and (title in _resolved() or len(title) == 1) else text[start:end]
        result.append(FoundName(start, end, name))
    result = _without_epithets(text, result, starts)
    result += [
        item
        for item in _of_households(reading)
        if not _inside(starts, spans, item.start) and not blocked.covers(item.start, item.end)
    ]
    for match in _familiar_names(reading):
        start, end = match.span()
        if _inside(starts, spans, start) or blocked.covers(start, end):
            continue
        namesakes = by_surname.get(match.group(1), [])
        role = printed_role(text, start, end, places, organizations)
        if role is not None:  # 茶农老骆 is not the 骆 who is a clerk
            namesakes = [item for item in namesakes if item.role is None or item.role.role.endswith(role.role[-2:])]
        full = _full_names(namesakes, start, "")
        result.append(FoundName(start, end, full[0] if len(full) == 1 else match.group()))
    return result


def _familiar_names(reading: Reading) -> list[re.Match[str]]:
    """The mentions of people called 老 or 小 with a surname."""
    text = reading.text
    found = [match for match in familiar().finditer(text) if _is_familiar(reading, *match.span())]
    return [match for match in (*found, *_seldom_called(reading)) if not _names_something(text, *match.span())]


_FEWEST_SELDOM = 2  # mentions of 老方: what is said of an old recipe once may look like it


def _seldom_called(reading: Reading) -> list[re.Match[str]]:
    """The mentions of 老 with a surname that is mostly another word, where one of them stands behind a post and acts."""
    text, tagged = reading.text, reading.words
    by_name: dict[str, list[re.Match[str]]] = {}
    for match in seldom_familiar().finditer(text):
        by_name.setdefault(match[0], []).append(match)
    kept = []
    for matches in by_name.values():
        is_somebody = any(
            post_ending_at(text, match.start(), max(0, match.start() - 8)) is not None
            and (SPEECH.match(text, match.end()) or _is_followed_by_verb(tagged, match.end()))
            for match in matches
        )
        if is_somebody and len(matches) >= _FEWEST_SELDOM:
            kept += [match for match in matches if tagged.is_start[match.end()]]
    return kept


def _is_followed_by_verb(tagged: TaggedWords, end: int) -> bool:
    return bool(tagged.is_start[end]) and end < len(tagged.numbers) and tagged.tags[tagged.index_of(end)] in ("v", "p")


def _without_epithets(text: str, found: list[FoundName], starts: list[int]) -> list[FoundName]:
    epithets = {item.name for item in found if _is_epithet(text, item, starts)}
    return [item for item in found if text[item.start : item.end] not in epithets]


def _is_epithet(text: str, item: FoundName, starts: list[int]) -> bool:
    """Whether marks hold a form of address and a full name stands right behind it: “石大姐”周敏 is known as that."""
    behind = item.end + 1
    if text[item.start - 1 : item.start] != "“" or text[item.end : behind] != "”":
        return False
    index = bisect_right(starts, behind) - 1
    return index >= 0 and starts[index] == behind


def _names_something(text: str, start: int, end: int) -> bool:
    """Whether marks hold more than the familiar name: “老秦帮帮团” is what is named after him."""
    close = text.find("”", end, end + 12) if text[start - 1 : start] == "“" else -1
    return close > end and not any(mark in text[end:close] for mark in "，。！？：；")


def _of_households(reading: Reading) -> list[FoundName]:
    """Who is called by the family: 周家老汉."""
    text = reading.text
    matches = of_households().finditer(text)
    return [FoundName(*match.span(), match[0]) for match in matches if reading.words.is_start[match.start()]]


def _full_names(found: list[FoundName], before: int, title: str) -> list[str]:
    """Whom a surname may mean: those who hold that post, else those named before, else all of that surname."""
    holders = [item.name for item in found if title and item.role and item.role.role.endswith(title)]
    earlier = [item.name for item in found if item.start < before]
    return list(dict.fromkeys(holders or earlier or [item.name for item in found]))


def _acts(text: str, tagged: TaggedWords, index: int, end: int) -> bool:
    """Whether what follows a familiar name (老吴, 小周) is what follows a person: a verb, an adverb, a time, a mark."""
    if text[end : end + 1] in "，、。：的":
        return tagged.tags[index] == "nr" or tagged.texts[index][-1:] != text[end - 1 : end]
    after = tagged.index_of(end) if end < len(text) else index
    return tagged.tags[after][0] in "vdtrpcial" or SPEECH.match(text, end) is not None


def _inside(starts: list[int], spans: list[tuple[int, int]], position: int) -> bool:
    index = bisect_right(starts, position) - 1
    return index >= 0 and spans[index][1] > position
