"""Lines of rolls, entries of lists by places, members of numbered names: 一等奖：石桥镇“板凳会”, 石桥镇：“板凳会”名单不全."""

from __future__ import annotations

import re

from tasks.facts.text.paragraphs import paragraph_start
from tasks.lexicon.characters import pattern_of

# A line of a roll: a rank, a place and one name in marks, or several of both, or the name and its place in brackets.
_ENTRY = (
    r"(?:[[:han:]]{0,24}(?:省|市|县|区|旗|镇|乡|街道|社区|村|局|院|站|园|"
    r"委)[：:]?)?“[^“”\n]{2,20}”[[:han:]]{0,6}(?:[（(][^（）\n]{2,24}[）)])?"
)
_ROLL_LINE = pattern_of(
    rf"\s{{0,2}}(?:[^“”，。；：\n]{{1,8}}[：:]|\d{{1,3}}[.．、])?{_ENTRY}(?:[、；]{_ENTRY}){{0,12}}[。；]?"
)
_ENTRY_BEFORE = pattern_of(r"[[:han:]]{2}(?:镇|乡|街道|社区|村|县|区|苏木|嘎查)[：:]$")


def is_in_roll(text: str, start: int, end: int) -> bool:
    """Whether the line from ``start`` to ``end`` is one of several that name one thing each, with its place.

    >>> text = "甲县石桥镇“板凳会”\\n乙县柳溪镇“河埠头”"
    >>> is_in_roll(text, 5, 10), is_in_roll(text[:10], 5, 10)
    (True, False)
    """
    first = paragraph_start(text, start)
    last = text.find("\n", end)
    if _ROLL_LINE.fullmatch(text[first : last if last >= 0 else len(text)]) is None:
        return False
    above = text[: max(first - 1, 0)].rsplit("\n", 2)[-2:]
    below = text[last + 1 :].split("\n", 2)[:2] if last >= 0 else []
    return any(_ROLL_LINE.fullmatch(line) for line in (*above, *below))


def is_entry_before(before: str) -> bool:
    """Whether the words before end with a place and a colon, as the entries of a list by places begin.

    >>> is_entry_before("海丰镇："), is_entry_before("镇长说：")
    (True, False)
    """
    return _ENTRY_BEFORE.search(before) is not None


def is_entry_of_roll(text: str, start: int, end: int) -> bool:
    """Whether a place and a colon stand before ``start`` in a line of a roll.

    >>> text = "1.青石县石桥镇：“板凳会”\\n2.青石县柳溪镇：“河埠头”"
    >>> is_entry_of_roll(text, 9, 14), is_entry_of_roll(text[:14], 9, 14)
    (True, False)
    """
    return text[start - 1 : start] == "：" and is_entry_before(text[start - 8 : start]) and is_in_roll(text, start, end)


_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_MEMBERS_BEHIND = pattern_of(r"[[:han:]]{0,6}[：，—]+[^，。；：]{3,60}")
_AND = pattern_of(r"(?<=[[:han:]]{2})[和与及](?=[[:han:]]{2})")
_LONGEST_LIST = 60  # characters before a name


def has_its_members(text: str, start: int, end: int) -> bool:
    """Whether as many members as the number in a quoted name says stand right before or behind it.

    >>> text = "磨细排查、磨平纠纷、磨合力量“三磨”"
    >>> has_its_members(text, 14, 18), has_its_members(text[5:], 9, 13)
    (True, False)
    """
    count = _COUNT.get(text[start + 1])
    if count is None:
        return False
    clause = re.split("[，。；：“”\n]", text[max(start - _LONGEST_LIST, 0) : start])[-1]
    members = _MEMBERS_BEHIND.match(text, end)
    return _marks(clause) == count - 1 or (members is not None and _marks(members[0]) == count - 1)


def _marks(members: str) -> int:
    return members.count("、") + len(_AND.findall(members.rpartition("、")[2]))
