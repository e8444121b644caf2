"""Lists in running text: their members, and where the first begins and the last ends.

Only the marks between members are sure. The first member begins behind a verb or preposition and the last ends before a
verb; both are told by the other members, which are mostly as long, and else by the words of the text.
"""

from __future__ import annotations

import re

from tasks.facts.practices.introductions import is_founded
from tasks.facts.practices.name_words import may_name
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.word_lists import words_for

_ITEM = r"[^，。；：！？、“”‘’《》（）\s]"
_LIST = re.compile(rf"({_ITEM}{{2,24}})((?:、{_ITEM}{{2,14}}?)*)(?:、|以及|[和与及])({_ITEM}{{2,24}})")
_LINK = re.compile(r"、|以及|[和与及]")
_QUOTED_LIST = pattern_of(r"“[^“”]{2,14}”(?:[[:list_mark:]]?“[^“”]{2,14}”)+")
_QUOTED = re.compile(r"“([^“”]{2,14})”")
_CLAUSE_MARKS = "，。；：！？“”（）\n"
_CLAUSE_END = re.compile(r"[，。；：！？\s“”（）]|\Z")
# Characters: a clause of more is a table or lacks its marks, and lists no members of a practice.
_LONGEST_CLAUSE = 300
_LAST_LINK = re.compile(r"以及|[和与及](?!睦|谐|美|时)")


def split_list(text: str) -> list[str]:
    """The members of ``text`` that is a list from end to end.

    >>> split_list("问需、问计和问效")
    ['问需', '问计', '问效']
    """
    *members, last = text.split("、")
    link = _LAST_LINK.search(last)
    if link is not None and link.start() > 0 and link.end() < len(last):
        members += [last[: link.start()], last[link.end() :]]
    else:
        members.append(last)
    return members


def quoted_members(text: str, start: int, end: int) -> list[list[str]]:
    """The members of each list of quoted stretches in ``text[start:end]``: “甲”“乙”、“丙”."""
    return [_QUOTED.findall(match[0]) for match in _QUOTED_LIST.finditer(text, start, end)]


def members_before(reading: Reading, end: int) -> list[str]:
    """The members of the list that ends right before ``end``; empty where there is none."""
    clause = _clause_start(reading.text, end, 0)
    if clause is None:
        return []
    members = split_list(reading.text[clause:end])
    if len(members) < 2 or not all(members):
        return []
    first = members[0]
    length = _common_length(members[1:])
    if length is not None and len(first) >= length and _may_begin(reading, clause, clause + len(first) - length):
        members[0] = first[-length:]
    else:
        members[0] = first[_noun_start(reading, clause, clause + len(first)) - clause :]
    return members


def members_behind(reading: Reading, start: int, limit: int) -> list[str]:
    """The members of the first list between ``start`` and ``limit``, within one clause."""
    text = reading.text
    mark = text.find("、", start, limit)
    if mark < 0:
        return []
    clause = _clause_start(text, mark, start)
    end = _CLAUSE_END.search(text, mark, mark + _LONGEST_CLAUSE)
    if clause is None or end is None:
        return []
    stop = end.start()
    members = split_list(text[clause:stop])
    if len(members) < 2 or not all(members):
        return []
    inner = _common_length(members[1:-1])
    first, last = members[0], members[-1]
    is_start = reading.words.is_start
    begins = stop - len(last)
    if inner is not None and len(first) >= inner and _may_begin(reading, clause, clause + len(first) - inner):
        members[0] = first[-inner:]
    else:
        members[0] = first[_noun_start(reading, clause, clause + len(first)) - clause :]
    if inner is not None and len(last) >= inner and is_start[begins + inner]:
        members[-1] = last[:inner]
    else:
        members[-1] = last[: _noun_end(reading, begins, stop) - begins]
        endings = {member[-1:] for member in members[:-1]}
        alike = [size for size in range(2, len(members[-1])) if last[size - 1] in endings and is_start[begins + size]]
        if alike and members[-1][-1:] not in endings:
            members[-1] = last[: alike[-1]]  # 网格员和老党员组队进村: as the others end in 员, so does the last
    return members


def _clause_start(text: str, end: int, earliest: int) -> int | None:
    """Where the clause up to ``end`` begins, from ``earliest`` on; None where it is too long for one."""
    first = max(earliest, end - _LONGEST_CLAUSE)
    mark = max(text.rfind(mark, first, end) for mark in _CLAUSE_MARKS)
    if mark >= 0:
        return mark + 1
    return first if first == earliest else None


def _may_begin(reading: Reading, clause: int, at: int) -> bool:
    """Whether a member may begin at ``at``: where a word begins, or right behind a verb that the segmenter cut
    wrongly."""
    return bool(reading.words.is_start[at]) or is_founded(reading.text[clause:at])


def _common_length(members: list[str]) -> int | None:
    lengths = {len(member) for member in members}
    return lengths.pop() if len(lengths) == 1 else None


def _noun_start(reading: Reading, start: int, end: int) -> int:
    """Behind the last word in ``start:end`` that cannot be part of a noun phrase."""
    words, stop_verbs, naming_words = (
        reading.words,
        words_for("boundary_words", "phrase"),
        words_for("name_parts", "practice"),
    )
    at = end
    for index in range(words.index_of(end - 1), -1, -1):
        word = words.texts[index]
        if words.starts[index] < start or not may_name(word, words.tags[index], stop_verbs, naming_words):
            break
        at = words.starts[index]
    return at if at < end else start


def _noun_end(reading: Reading, start: int, end: int) -> int:
    """Before the first word in ``start:end`` that cannot be part of a noun phrase."""
    words, stop_verbs, naming_words = (
        reading.words,
        words_for("boundary_words", "phrase"),
        words_for("name_parts", "practice"),
    )
    at = start
    for index in range(words.index_of(start), len(words.texts)):
        word = words.texts[index]
        if words.starts[index] >= end or not may_name(word, words.tags[index], stop_verbs, naming_words):
            break
        at = words.starts[index] + len(word)
    return min(at, end) if at > start else end
