"""Lets the spellings of one practice in one article share one name.

Two spellings are one practice where they differ in marks, brackets, place or a head noun that adds nothing, where the
text says so (甲机制，简称“乙”), and where one is made of the ends of the other's clauses (街乡吹哨、部门报到 and 吹哨报到).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tasks.facts.text.sought import Sought
from tasks.facts.text.traces import note
from tasks.lexicon.body_heads import words as body_words
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.practice_heads import head_of
from tasks.lexicon.practice_spelling_keys import canonical_practice_name
from tasks.lexicon.word_lists import words_for
from tasks.records import PracticeKind

_LEADING_COMMUNITY = re.compile(r"(?:社区|街道|小区|网格|乡镇|村级|基层|全县|全区|全市)")
_MARK = re.compile("[“”]")
_CLAUSE_MARKS = re.compile(r"[、，；+＋]")
_MARKED = re.compile(r"“([^“”\n]{4,12})”")
_IN_TITLE = re.compile("^《[^《》]*“([^“”]{2,20})”[^《》]*》?$")
_TAIL = re.compile(r"“([^“”\n]{3,10})”")
_COUNTS = "两二三四五六七八九"
_SHORTEST_TAIL = 3  # characters; two are a word of everyday language
_SHORTEST_WITH_TAIL = 5  # characters of a name whose end is a short form
_SHORTEST_END = 2  # characters that a short form keeps of each clause
# “甲、乙”工作机制（以下简称“丙”）
_GLOSSED = Sought(r"(?:简称|又称|又叫|也叫|俗称|即)(?:为|作)?[：:]?“(?P<short>[^”\n]{2,14})”")
_NOT_BEFORE_GLOSS = re.compile(r"[，（(]?(?:以下|下文)?$")
_COUNT_OF_RULES = re.compile(r"\d{1,3}[条项款]$")  # 村级权力清单|36条（以下简称
_LONGEST_GLOSSED = 48  # characters before a gloss in which the long form ends


@dataclass(slots=True)
class Practice:
    """A practice as one spelling of it: ``name`` as the article is to call it, ``inner`` without marks and head."""

    name: str
    inner: str
    kind: PracticeKind
    start: int
    is_quoted: bool = False


def joined(text: str, found: dict[str, Practice]) -> dict[str, Practice]:
    """``found`` with one practice for all spellings of one; the best spelling names it."""
    tails = {**_unmarked_tails(text, found), **_marked_tails(text, found)}
    found = found | _marked_short_forms(text, found)
    leaders: dict[str, Practice] = {}
    for practice in found.values():
        key = canonical_practice_name(practice.name)
        leader = leaders.get(key)
        if leader is None or _names_better(practice, leader):
            leaders[key] = practice
    together = {surface: leaders[canonical_practice_name(practice.name)] for surface, practice in found.items()}
    for surface, practice in together.items():
        if not practice.is_quoted and _LEADING_COMMUNITY.match(surface) and len(surface) > 5:
            shorter = next((other for other in together if other.startswith(surface[2:]) and other != surface), None)
            if shorter is not None:
                together[surface] = together[shorter]  # 街道、社区党建联席会议 where 党建联席会议制度 is named
    for long, short in (*_short_forms(together), *_glosses(text, together)):
        for surface, practice in together.items():
            if practice is long:
                together[surface] = short
    for surface in together:
        inner = _IN_TITLE.search(surface)
        if inner is not None and inner[1] in together:
            together[surface] = together[inner[1]]  # 《“板凳会”实施办法》 where “板凳会” is named
    for surface, practice in together.items():
        together[surface] = _with_its_place(text, surface, practice, together)
    for surface, long in tails.items():
        together[surface] = together[f"“{surface}”"] = together.get(long.inner, long)
    return together


def _with_its_place(text: str, surface: str, practice: Practice, found: dict[str, Practice]) -> Practice:
    """The practice that marks name with the town it is of, where ``surface`` is its name without: 评理堂 in a text of
    “桃园评理堂” and 桃园镇."""
    if practice.is_quoted:
        return practice
    longs = {
        id(other): other
        for other in found.values()
        if other.is_quoted and other.inner.endswith(surface) and _is_town(other.inner[: -len(surface)], text)
    }
    return next(iter(longs.values())) if len(longs) == 1 else practice


def _is_town(stem: str, text: str) -> bool:
    return _SHORTEST_END <= len(stem) <= _LONGEST_TOWN and any(f"{stem}{level}" in text for level in _LEVELS)


_LEVELS = ("县", "区", "市", "旗", "镇", "乡", "村", "街道", "社区")
_LONGEST_TOWN = 3  # characters of a town's name without 镇


def _has_tail(practice: Practice) -> bool:
    return practice.is_quoted and len(practice.inner) > _SHORTEST_TAIL and _CLAUSE_MARKS.search(practice.inner) is None


def _marked_tails(text: str, found: dict[str, Practice]) -> dict[str, Practice]:
    """Ends of a longer name in marks that stand in marks behind it: “直通车” where “村务监督直通车” is named."""
    longs = {practice.inner: practice for practice in found.values() if _has_tail(practice)}
    tails: dict[str, Practice | None] = {}
    for long in longs.values():
        # “小管家” is short for “三小管家”; 管家 would be for no other.
        for size in range(_SHORTEST_TAIL, len(long.inner) - (long.inner[0] not in _COUNTS)):
            tail = long.inner[-size:]
            tails[tail] = None if tail in tails or tail in longs else long  # the end of two is short for none
    short: dict[str, Practice] = {}
    for match in _TAIL.finditer(text) if tails else ():
        named = tails.get(match[1])
        if named is not None and named.start < match.start():
            note("practice_mentions", match.start(1), match.end(1), f"the end of {named.inner}")
            short[match[1]] = named
    return short


def _unmarked_tails(text: str, found: dict[str, Practice]) -> dict[str, Practice]:
    """Ends of a longer name in marks that are used without marks behind it: 早餐会 where “网格早餐会” is named.

    The end keeps a head noun with two characters before it that say something of their own (调解队 may be any).
    """
    short: dict[str, Practice] = {}
    for long in found.values():
        if not (_has_tail(long) and len(long.inner) >= _SHORTEST_WITH_TAIL):
            continue
        for size in range(len(long.inner) - _SHORTEST_END, _SHORTEST_TAIL - 1, -1):
            tail = long.inner[-size:]
            if (tail in found and found[tail].is_quoted) or not _is_telling(tail):
                continue
            begun = text.find(long.inner) + len(long.inner)
            # What was found as a name of its own stands alone somewhere: 老年幸福食堂, later 走进幸福食堂.
            alone = (
                re.compile(rf"(?<!{long.inner[: -len(tail)][-1]}){tail}") if tail in found else _standing_alone(tail)
            )
            first = next(alone.finditer(text, begun), None)
            if first is not None:
                ends = {other.inner for other in found.values() if other.inner.endswith(tail) and other.inner != tail}
                if all(inner.endswith(long.inner) for inner in ends):
                    note("practice_mentions", first.start(), first.end(), f"the end of {long.inner}")
                    short[tail] = long
                break
    return short


def _is_telling(tail: str) -> bool:
    head = head_of(tail)
    if head is None or head.strength == "weak" or tail in body_words("bare"):
        return False
    modifier = tail[: len(tail) - len(head.noun)]
    return len(modifier) >= _SHORTEST_END and modifier not in words_for("name_parts", "generic")


@lru_cache(maxsize=256)
def _standing_alone(tail: str) -> re.Pattern[str]:
    """``tail`` where no longer name ends: behind a mark, a verb or a particle."""
    return pattern_of(f"(?<![[:han:]“])(?:{tail})|(?<=[将把让由与和到在用以入行设办立使该])(?:{tail})")


def _marked_short_forms(text: str, found: dict[str, Practice]) -> dict[str, Practice]:
    """Short forms in marks that nothing but the longer name explains: “点灯到场” where “街道点灯、部门到场” is named."""
    longs = [practice for practice in found.values() if _CLAUSE_MARKS.search(practice.inner)]
    if not longs:
        return {}
    short: dict[str, Practice] = {}
    for match in _MARKED.finditer(text):
        for long in longs:
            if match[1] not in found and is_short_form(match[1], long.inner):
                note("practice_mentions", match.start(1), match.end(1), f"the ends of the clauses of {long.inner}")
                short[match[1]] = Practice(match[1], match[1], long.kind, match.start(1), True)
    return short


def _short_forms(found: dict[str, Practice]) -> list[tuple[Practice, Practice]]:
    """Pairs of a practice named by its clauses and of one named by their ends."""
    practices = list({id(practice): practice for practice in found.values()}.values())
    longs = [practice for practice in practices if _CLAUSE_MARKS.search(practice.inner)]
    return [
        (long, short)
        for long in longs
        for short in practices
        if long is not short and len(short.inner) < len(long.inner) and is_short_form(short.inner, long.inner)
    ]


def is_short_form(short: str, long: str) -> bool:
    """Whether ``short`` is made of the ends of the clauses of ``long``, all equally long.

    >>> is_short_form("点灯到场", "街道点灯、部门到场"), is_short_form("部门到场", "街道点灯、部门到场")
    (True, False)
    """
    clauses = _CLAUSE_MARKS.split(long)
    size, left = divmod(len(short), len(clauses))
    if len(clauses) < 2 or left or size < _SHORTEST_END:
        return False
    return short == "".join(clause[-size:] for clause in clauses)


def _glosses(text: str, found: dict[str, Practice]) -> list[tuple[Practice, Practice]]:
    """Pairs of which the text says that the second is short for the first."""
    pairs = []
    for match in _GLOSSED.finditer(text):
        short = found.get(match["short"])
        if short is None:
            continue
        window = max(match.start() - _LONGEST_GLOSSED, 0)
        before = _COUNT_OF_RULES.sub("", _NOT_BEFORE_GLOSS.sub("", text[window : match.start()]))
        longs = [surface for surface in found if before.endswith((surface, f"{surface}”"))]
        if longs and found[max(longs, key=len)] is not short:
            pairs.append((found[max(longs, key=len)], short))
    return pairs


def _names_better(practice: Practice, leader: Practice) -> bool:
    """The practice before the title of its rules, a quoted name before an unquoted one, one without its place before
    one with it, one with its head noun before one without."""
    if ("（" in practice.name) != ("（" in leader.name):
        return "（" in leader.name  # 河长制 before 河长（zhǎng）制
    if practice.name.startswith("《") != leader.name.startswith("《"):
        return leader.name.startswith("《")
    if practice.is_quoted != leader.is_quoted:
        return practice.is_quoted
    if leader.inner.endswith(practice.inner):
        return len(practice.inner) < len(leader.inner)
    return (
        len(practice.inner) > len(leader.inner) and practice.inner.startswith(leader.inner) and not practice.is_quoted
    )


def members_of_spellings(names: Iterable[str]) -> tuple[str, ...]:
    """The clauses of the first of ``names`` that is made of clauses; numbers (1+3+N) are none.

    >>> members_of_spellings(["街乡吹哨、部门报到"]), members_of_spellings(["“1+3+N”协同治理模式"])
    (('街乡吹哨', '部门报到'), ())
    """
    for name in names:
        clauses = [clause for clause in _CLAUSE_MARKS.split(name) if clause]
        if len(clauses) > 1 and all(len(clause) > 1 and not _MARK.search(clause) for clause in clauses):
            return tuple(clauses)
    return ()
