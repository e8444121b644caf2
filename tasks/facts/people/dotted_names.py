"""Names of other languages written with a middle dot (阿依古丽·买买提): the words that touch the dots."""

from __future__ import annotations

import re

from tasks.facts.people.spans import Blocked, FoundName
from tasks.facts.people.transcribed import NAME_TAGS, home_characters
from tasks.facts.text.reading import Reading, TaggedWords, words_with_tags
from tasks.lexicon.characters import FIRST_HAN, LAST_HAN, ONE_TO_TEN, pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import words
from tasks.lexicon.posts import post_ending_at

_DOTTED = pattern_of(r"[[:han:]]{2,6}(?:[·•‧][[:han:]]{1,7})+")
_DOTS, _OF_PLACES = re.compile("[·•‧]"), frozenset("江河山湖海岛省市县区镇路")
_ABDUL = re.compile("[阿哈][不布]都?")  # whose characters are words of grammar elsewhere


def dotted_names(reading: Reading, blocked: Blocked) -> list[FoundName]:
    """Names written with a middle dot (阿依古丽·买买提): the words that touch the dots."""
    text, tagged = reading.text, reading.words
    found: list[FoundName] = []
    if not any(dot in text for dot in "·•‧"):
        return found
    at = 0
    while (match := _DOTTED.search(text, at)) is not None:
        first = match.group().find(match.group().strip("·•‧").split("·")[0])
        dots = [match.start() + place for place, char in enumerate(match.group()) if char in "·•‧"]
        at = dots[-1] + 1  # 乌坦 of 胡安明·乌坦和沙拉坤提·木合塔尔 ends before the next name
        left = match.start() + max(first, 0)
        head = (
            _behind_post(text, dots[0], left)
            or _transcribed_run(tagged, text, dots[0] - 1, -1, left)
            or _word_run(tagged, dots[0] - 1, -1, left)
        )
        tail = _transcribed_run(tagged, text, dots[-1] + 1, 1, match.end()) or _word_run(
            tagged, dots[-1] + 1, 1, match.end()
        )
        if head is None and tail is not None and tail - dots[-1] > 2:
            head = _whole_word(tagged, dots[0], left)
        if (
            head is not None
            and tagged.is_start[head + 1]
            and post_ending_at(text, head + 1, max(0, head - 3)) is not None
        ):
            head += 1  # 大学生|艾力·买买提
        if head is not None and _is_first_of_clause(text, left, head):
            head = left  # 沙拉|坤提·木合亚提
        if head is None or tail is None or blocked.covers(head, tail):
            continue
        at = tail
        head, tail = _with_known_parts(text, head, tail, dots, left)
        if tail - dots[-1] > 3 and text[tail - 1] in _ALSO_VERBS and text[tail : tail + 1] in _ASPECTS:
            tail -= 1  # 哈孜别克|勒住, 吾守尔|带着
        if tail - dots[-1] > 3 and text[tail - 1] == "家":
            tail -= 1  # 麦麦提·托合提|家不远
        if _is_something(text, head, tail, dots):
            continue
        found.append(FoundName(head, tail, text[head:tail]))
    return found


def _is_something(text: str, head: int, tail: int, dots: list[int]) -> bool:
    """Whether what the dots join is no person: 网·讯, 联盟·靓点, 嫩江·松花江."""
    if head + 1 == dots[0] and tail == dots[-1] + 2:
        return True
    first = text[head : dots[0]]
    is_noun = is_word(first) and words_with_tags(first)[1] in (["n"], ["j"])
    if is_noun and words("transcription_characters").isdisjoint(text[dots[-1] + 1 : tail]):
        return True  # but 茉莉·西尔斯
    return all(part[-1] in _OF_PLACES for part in _DOTS.split(text[head:tail]))


def _is_first_of_clause(text: str, left: int, head: int) -> bool:
    """Whether nothing but one or two transcribing characters stands between a clause's edge and the ``head`` found."""
    is_edge = left == 0 or not FIRST_HAN <= text[left - 1] <= LAST_HAN
    return is_edge and 0 < head - left <= _LEFT_OVER and home_characters().issuperset(text[left:head])


_LEFT_OVER = 2


def _behind_post(text: str, dot: int, limit: int) -> int | None:
    """Where the part of a name before ``dot`` begins that stands right behind a post: 主任|买买提明·托合提."""
    starts = range(dot - 2, limit, -1)
    return next((start for start in starts if post_ending_at(text, start, limit) is not None), None)


def _with_known_parts(text: str, head: int, tail: int, dots: list[int], left: int) -> tuple[int, int]:
    """The edges of a name with dots as the parts that names are made of tell them: 热孜|万古丽·…, …·肉孜|一人."""
    parts = words("name_components")
    for length in (4, 3, 2):
        if dots[0] - length >= left and text[dots[0] - length : dots[0]] in parts:
            head = min(head, dots[0] - length)
        if head - length >= left and text[head - length : head] in parts:
            head -= length
        end = dots[-1] + 1 + length
        if end < tail and text[dots[-1] + 1 : end] in parts and text[end] in ONE_TO_TEN:
            tail = end
    return head, tail


def _whole_word(tagged: TaggedWords, end: int, limit: int) -> int | None:
    """Where the noun of two or three characters begins that ends at ``end``: 茉莉 before the dot of 茉莉·西尔斯."""
    index = tagged.index_of(end - 1)
    start = tagged.starts[index]
    return start if start >= limit and 2 <= end - start <= 3 and tagged.tags[index][0] == "n" else None


def _transcribed_run(tagged: TaggedWords, text: str, char: int, step: int, limit: int) -> int | None:
    """The outer edge of the run of characters used in transcriptions that touches a dot, of at most six."""
    table = words("transcription_characters")
    at, taken = char, 0
    while (
        0 <= at < len(text)
        and (text[at] in table or (text[at] in "不都" and _ABDUL.search(text, at - 2, at + 2) is not None))
        and taken < 6
        and (at >= limit if step < 0 else at < limit)
    ):
        at += step
        taken += 1
    if step < 0 and text[at : at + 3] in words("name_components"):
        return at  # 居|马力
    if step < 0:
        return at + 1 if taken >= 2 else None
    if text[at - 1 : at + 1] == "夫妇":
        at, taken = at - 1, taken - 1
    if at < len(text) and text[at - taken : at + 1] in words("name_components"):
        return at + 1  # 吐尔|地, whose last character transcribes nowhere else
    if step > 0 and taken > 2 and text[at - 1] == "提":
        return at  # 艾海|提领着: the end of many names
    while taken > 2 and not tagged.is_start[at] and is_word(tagged.texts[tagged.index_of(at)]):
        at, taken = at - 1, taken - 1  # 西亚松|日前, but 努尔兰 of 努尔|兰说
    return at if taken >= 2 else None


# Verbs of one character that transcribe as well, and what follows a verb but no name.
_ALSO_VERBS = frozenset("勒带扎拉来加当养买开守做达托合散")
_ASPECTS = frozenset("着了过住起")


def _word_run(tagged: TaggedWords, char: int, step: int, limit: int) -> int | None:
    """The outer edge of the name part that touches a dot: one word, or several where they are single characters."""
    index = tagged.index_of(char)
    edge = None
    while 0 <= index < len(tagged.texts):
        word, tag, start = tagged.texts[index], tagged.tags[index], tagged.starts[index]
        outer = start if step < 0 else start + len(word)
        if (outer < limit) if step < 0 else (outer > limit):
            break
        if tag not in NAME_TAGS and (edge is not None or (is_word(word) and len(word) > 1)):
            break
        if edge is not None and tag == "nz" and is_word(word):
            break  # 司马义|汇报
        edge = outer
        if len(word) > 1 and tag not in ("nr", "nrt"):
            break
        index += step
    return edge
