"""Rows of names (王芳、李守正（女）、赵敏): the clear ones tell that what stands between the marks is a name as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping

import rjieba

from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import surnames

_MARK = pattern_of(r"(?:[（(](?!\d{6})[^（）()\n]{1,8}[）)])?[[:list_mark:]]")
_NAME = pattern_of(r"[[:han:]]{2,4}?(?=[（(、，。；;\n等]|[和与及为任][^、，。]|$)")
_DOTTED = pattern_of("[[:han:]]{1,8}(?:[·•‧][[:han:]]{1,8})+(?=[（(、，。；;\n等]|$)")  # found by its dots
_LEFT = pattern_of(r"[、：:](?P<name>[[:han:]]{2,4})(?:[（(](?!\d{6})[^（）()\n]{1,8}[）)])?[[:list_mark:]]$")
_SHARE = re.compile(r"[（(]\d{6}")
_REACH = 16  # a name of four characters, a note in brackets and the marks
_PERSON_TAGS = frozenset(("nr", "nrfg", "nrt", "nz", "ns"))


def names_in_rows(text: str, clear: list[tuple[int, int]]) -> set[str]:
    """The names that stand in one row with two of the ``clear`` stretches or more, each as long as the marks allow.

    >>> sorted(names_in_rows("有王芳、李守正（女）、赵敏参加", [(1, 3), (11, 13)]))
    ['李守正', '王芳', '赵敏']
    """
    listed = []
    for start, clear_end in clear:
        end = clear_end
        whole = _NAME.match(text, start) if end - start == 2 and text[start - 1 : start] == "、" else None
        if whole is not None and len(whole[0]) == 3 and _may_be_listed(whole[0]):
            end = whole.end()  # the segmenter cut off the last character
        if _SHARE.match(text, end) is not None:
            continue  # 欧菲光（002456）
        if text[start - 1 : start] == "、" or text[end : end + 1] in ("、", "（", "("):
            listed.append((start, end))
    if len(listed) < 2:
        return set()
    ends = dict(listed)
    found: set[str] = set()
    done = -1
    for start, end in listed:
        if start < done:
            continue
        row, clear_count, at = {text[start:end]}, 1, end
        while True:
            mark = _MARK.match(text, at)
            if mark is None:
                break
            if mark.end() in ends:
                clear_count += 1
                at = ends[mark.end()]
                row.add(text[mark.end() : at])
                continue
            dotted = _DOTTED.match(text, mark.end())
            if dotted is not None:
                at = dotted.end()
                continue
            name = _NAME.match(text, mark.end())
            if name is None or not _may_be_listed(name[0]):
                break
            row.add(name[0])
            at = name.end()
        done = at
        at = start
        while (match := _LEFT.search(text, at - _REACH, at)) is not None and _may_be_listed(match["name"]):
            row.add(match["name"])
            at = match.start("name")
        if clear_count > 1:
            found |= row
    return found


# 黄芪、黄芩、防风等百余种
_COUNTS_THINGS = pattern_of(
    r"等(?:\d+|[[:one_to_ten:]百千几数两])*(?:多|余|来)?(?:个|大)?(?:[种类款]|品种|味)(?![一二三四五]?级)"
)
_PEOPLES = pattern_of("(?:[[:han:]]{2,5}、)+[[:han:]]{1,4}族")  # 阿美、鲁凯、卑南族
_CLAUSE_MARKS = "，。；：！？\n有"


def without_things(text: str, names: dict[str, float]) -> dict[str, float]:
    """``names`` without what is counted or stands only among things: 黄芩 among 黄芪、黄芩等百余种, 38个温里屯."""
    lengths = {len(name) for name in names}
    ends = [match.end() for match in _COUNTED.finditer(text)]
    counted = {name for end in ends for length in lengths if (name := text[end : end + length]) in names}
    names = {name: score for name, score in names.items() if name not in counted and not _is_dish(text, name, names)}
    spans = []
    for match in _COUNTS_THINGS.finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in _CLAUSE_MARKS) + 1
        if "、" in text[start : match.start()]:
            spans.append((start, match.start()))
    spans += [match.span() for match in _PEOPLES.finditer(text)]
    if not spans:
        return names
    inside = [text[start:end] for start, end in spans]
    return {name: score for name, score in names.items() if text.count(name) > sum(part.count(name) for part in inside)}


# People are no 个 beyond one, and nothing else that is counted so.
_COUNTED = pattern_of(r"(?:\d|[两三四五六七八九十百千几多数])(?:个|座|所|处|条|项|种|件|道|碗|份|盘)(?=[[:han:]])")
_ENTRY_BEFORE = pattern_of("[[:han:]]{2}、$")  # the last word before the mark
_ENTRY_BEHIND = pattern_of("、[[:han:]]{1,4}(?![[:han:]])")


def _is_dish(text: str, name: str, names: Mapping[str, float]) -> bool:
    """Whether ``name`` stands nowhere but in rows of common nouns: 胡辣汤 in 烧饼、胡辣汤、凉粉."""
    at = text.find(name)
    while at >= 0:
        before = _ENTRY_BEFORE.search(text, max(0, at - 6), at)
        behind = _ENTRY_BEHIND.match(text, at + len(name))
        entries = [entry.group().strip("、") for entry in (before, behind) if entry is not None]
        if len(entries) < 2 or not all(_is_common_noun(entry) and entry not in names for entry in entries):
            return False
        at = text.find(name, at + len(name))
    return True


def _is_common_noun(word: str) -> bool:
    return is_word(word) and rjieba.tag(word)[0][1] == "n"


def without_shares(text: str, names: dict[str, float]) -> dict[str, float]:
    """``names`` without those that stand before the number of a share: 欧菲光（002456）."""
    firms = {name for share in _SHARE.finditer(text) for name in names if text.endswith(name, 0, share.start())}
    return {name: score for name, score in names.items() if name not in firms} if firms else names


def _may_be_listed(name: str) -> bool:
    table = surnames()
    surname = name[:2] if name[:2] in table and len(name) > 2 else name[0]
    if table.get(surname, -2.0) < -1 or not 1 <= len(name) - len(surname) <= 2:
        return False
    return not is_word(name) or rjieba.tag(name)[0][1] in _PERSON_TAGS
