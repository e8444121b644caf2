"""Practices whose names stand in quotation marks, told from speech, slogans, scare quotes and figures of speech.

Each quoted stretch collects evidence for and against being the name of an instrument of governance; no single sign
decides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from functools import cache
from typing import NamedTuple

from tasks.facts.practices.introductions import words_before
from tasks.facts.practices.quoted_signs import (
    QUOTED_SIGNS,
    is_name,
    is_part_to_play,
    is_spoken_against,
    is_vetoed,
)
from tasks.facts.practices.quoted_stretches import QuotedStretch
from tasks.facts.practices.rolls import is_in_roll
from tasks.facts.text.signs import reckoning
from tasks.facts.text.traces import is_traced, note
from tasks.lexicon.body_heads import words as body_words
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.practice_heads import Head, head_of, marked_head_pattern
from tasks.lexicon.word_lists import words_for

_QUOTED = re.compile(r"“([^“”\n]{2,30})”|‘([^‘’“”\n]{2,20})’")
_INNER = re.compile(r"(?!)(.)|‘([^‘’“”\n]{2,20})’")
_SENTENCE_MARK = pattern_of(r"[[:sentence_end:]；：…]")
# A name may be followed by its own head noun, with a few words between: “红石榴”党建品牌, “三色”预警的工作机制.
_HEAD_BEHIND = pattern_of(r"(?P<of>的|这[种一个项类])?(?P<phrase>[[:han:]A-Za-z]{1,14})")


class QuotedName(NamedTuple):
    """``start:end`` span the name as the text prints it; ``name`` is how the article is to call it.

    ``head``: the noun behind the name, or behind the list it stands in, or behind another mention of it.
    """

    start: int
    end: int
    name: str
    inner: str
    head: Head | None
    behind: str


def quoted_names(text: str, title: str, taken: bytearray) -> list[QuotedName]:
    """The quoted stretches that name a practice, in order; ``taken`` marks the characters that are none of theirs."""
    matches = _quoted_stretches(text, taken)
    found: list[QuotedName] = []
    named: set[str] = set()  # once is enough: every later mention is found by its name
    mentions: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in matches:
        mentions[_content(match)].append(match)
    left: list[tuple[QuotedStretch, int]] = []
    kept: list[tuple[QuotedStretch, int]] = []
    for stretch, phrase_length in _weighed(text, title, matches, named):
        if is_name(stretch):
            named.add(_named(stretch, phrase_length).inner)
            kept.append((stretch, phrase_length))
        else:
            left.append((stretch, phrase_length))
    tails = {inner[-_LONGEST_SHARED:] for inner in named if len(inner) > _LONGEST_SHARED}
    for stretch, phrase_length in left:
        if stretch.inner not in named and _is_one_of(stretch, tails):
            named.add(stretch.inner)
            kept.append((stretch, phrase_length))
    for stretch, phrase_length in sorted(kept, key=lambda pair: pair[0].start):
        if is_traced():
            note(
                "practice_mentions",
                stretch.start,
                stretch.end,
                "signs of a quoted name",
                reckoning(QUOTED_SIGNS, stretch).items(),
            )
        name = _named(stretch, phrase_length)
        head = name.head or stretch.listed
        if head is None and stretch.count > 1:
            head = _head_elsewhere(text, mentions[name.inner], stretch.end)
        found.append(name._replace(head=head))
    return found


_LONGEST_SHARED = 3  # characters at the end that names of one kind share: 田埂说法堂, 桥头说法堂


def _is_one_of(stretch: QuotedStretch, tails: Container[str]) -> bool:
    """Whether a stretch, no name by itself, ends as a name does, whose last characters ``tails`` holds: “马背法律明白人”
    beside “双语法律明白人”. Nothing may speak against it."""
    tail = stretch.inner[-_LONGEST_SHARED:]
    if len(stretch.inner) == len(tail) or tail not in tails or tail in body_words("bare"):
        return False
    return not (is_spoken_against(stretch) or stretch.before.endswith("级"))  # 创建为省级“…”: an honour


def quoted_stretches(text: str, title: str, taken: bytearray) -> Iterator[QuotedStretch]:
    """All stretches that are weighed, also those that turn out to be no names."""
    for stretch, _ in _weighed(text, title, _quoted_stretches(text, taken), ()):
        yield stretch


def _weighed(
    text: str, title: str, matches: list[re.Match[str]], done: Container[str]
) -> Iterator[tuple[QuotedStretch, int]]:
    """Stretch and length of the head behind it of each of ``matches`` that no veto rules out and is not ``done``."""
    counts = Counter(_content(match) for match in matches)
    listed = _listed_heads(text, matches)
    list_start = 0
    for index, match in enumerate(matches):
        if index == 0 or text[matches[index - 1].end() : match.start()] not in _LIST_MARKS:
            list_start = match.start()
        inner = _content(match)
        if inner in done:
            continue
        is_listed = text[match.start() - 1] == "：" and is_in_roll(text, match.start(), match.end())
        if is_vetoed(
            inner, words_before(text, match.start()), text[match.end() : match.end() + 20], is_listed=is_listed
        ):
            continue
        behind = _HEAD_BEHIND.match(text, match.end())
        head, phrase_length, has_of = None, 0, False
        if behind is not None and not (behind["of"] and is_part_to_play(text, match.end())):
            has_of = behind["of"] is not None
            phrase_length, head = _phrase_head(behind["phrase"], may_begin_with_verb=has_of)
        introduction = words_before(text, list_start)
        stretch = QuotedStretch(
            text, title, match.span(), inner, introduction, counts[inner], head, has_of, listed.get(index)
        )
        yield stretch, phrase_length


def _head_elsewhere(text: str, mentions: list[re.Match[str]], behind: int) -> Head | None:
    """“家门口”服务站 tells what “家门口” is, though the text names it without its head noun first."""
    for match in mentions:
        if match.start() >= behind:
            phrase = _HEAD_BEHIND.match(text, match.end())
            head = _phrase_head(phrase["phrase"])[1] if phrase and not phrase["of"] else None
            if head is not None:
                return head
    return None


def _quoted_stretches(text: str, taken: bytearray) -> list[re.Match[str]]:
    matches: list[re.Match[str]] = []
    for match in _QUOTED.finditer(text):
        if taken[match.start()]:
            continue
        # What someone says may name a practice: “街上建了‘歇脚亭’，累了能坐。”
        if match[1] is not None and "‘" in match[1] and (len(match[1]) > 14 or _SENTENCE_MARK.search(match[1])):
            matches += list(_INNER.finditer(text, match.start(), match.end()))
        else:
            matches.append(match)
    return matches


def _content(match: re.Match[str]) -> str:
    return match[1] or match[2]


def _listed_heads(text: str, matches: list[re.Match[str]]) -> dict[int, Head]:
    """“甲”“乙”、“丙”等品牌: the head behind the last of a list holds for all of it."""
    found: dict[int, Head] = {}
    index = 0
    while index < len(matches):
        run = [index]
        while run[-1] + 1 < len(matches) and text[matches[run[-1]].end() : matches[run[-1] + 1].start()] in _RUN_MARKS:
            run.append(run[-1] + 1)
        if len(run) > 1 or text.startswith("等", matches[index].end()):
            behind = _BEHIND_LIST.match(text, matches[run[-1]].end())
            head = _first_head(behind[0].lstrip("等")) if behind else None
            if head is not None:
                found |= dict.fromkeys(run, head)
        index = run[-1] + 1
    return found


def _first_head(phrase: str) -> Head | None:
    """The head noun at the end of the noun phrase that begins ``phrase``, as far as it can be told without a parser."""
    length, head = _phrase_head(phrase)
    return head if length else None


# “夕阳红”助老队: a body of its own behind the name, too short a word to be looked for anywhere else.
_SHORT_HEAD = pattern_of(
    r"[[:han:]]{1,4}?(?:队|(?<![纸谜疑面线棉])团|站|室|亭|厅|会|岗|圈|库)(?=$|[，。、；：成已每在“”])"
)
_BUILDING = re.compile("采购|装修|招标|施工|监理|维修|土建|改造")
_RUN_MARKS = frozenset(("", "、", "和", "与", "及"))
_LIST_MARKS = frozenset(("", "、", "和", "与", "及", "以及"))
_BEHIND_LIST = pattern_of(r"等(?:\d+个|[[:one_to_ten:]]+[个项大类])?(?:[[:han:]]{1,10})|[[:han:]]{2,8}")
_FUNCTION_CHARACTER = re.compile(
    r"[的了着过在把被将由从对向让使与及是有等后前并也都还已就又再]|[搬走开送登跑飞][上进到入]|中(?![心学队枢介])|和(?![谐睦美])"
)


@cache
def _founding_verbs() -> frozenset[str]:
    """Verbs of founding that are no part of names, as 共建 is."""
    return words_for("practices/setting_up_verbs", "create") - words_for("name_parts", "practice")


def _phrase_head(phrase: str, *, may_begin_with_verb: bool = False) -> tuple[int, Head | None]:
    """Length up to and including the first head noun of ``phrase`` that is not the modifier of another one."""
    if phrase[:2] in words_for("boundary_words", "phrase") and not may_begin_with_verb:
        return 0, None  # “甲”推动工作机制: a verb follows, not a head
    stop_verbs, founding = words_for("boundary_words", "phrase"), _founding_verbs()
    end = _FUNCTION_CHARACTER.search(phrase)
    phrase = phrase[: min(end.start() if end else len(phrase), 12)]
    best: tuple[int, Head | None] = (0, None)
    for match in marked_head_pattern().finditer(phrase):
        between = phrase[best[0] : match.start()]
        if _BUILDING.search(between) or (best[1] is not None and between == "建设"):
            break  # “甲”平台建设项目, “乙”驿站装修工程: what is built is the practice
        verbs = stop_verbs if best[1] is not None else founding
        if any(between[i : i + 2] in verbs for i in range(len(between) - 1)) and not (
            best[1] is None and may_begin_with_verb
        ):
            break  # …平台推动, 原则构建起: the noun phrase is over
        end_of_head = match.end() + (phrase[match.end() - 1 : match.end() + 1] == "制度")
        best = (end_of_head, head_of(match[0]))
    if best[1] is None:
        short = _SHORT_HEAD.match(phrase)
        if short is not None:
            return short.end(), head_of(short[0])
    return best


def _named(of: QuotedStretch, phrase_length: int) -> QuotedName:
    """Chooses between “甲” and “甲”乙机制 as the name: the inner one where it stands by itself or the head adds nothing."""
    text, start, end, inner, head = of.text, of.start, of.end, of.inner, of.head
    bare = QuotedName(start + 1, end - 1, inner, inner, head, of.behind)
    own = head_of(inner)
    if head is None or of.has_of or (own is not None and own.noun == head.noun):
        return bare  # “三张清单”资源清单58项: the next phrase begins
    whole = QuotedName(start, end + phrase_length, text[start : end + phrase_length], inner, head, of.behind)
    if len(inner) < _SHORTEST_ALONE:
        return whole
    phrase = of.behind[:phrase_length]
    if phrase == head.noun and head.strength != "strong" and head.noun not in _KEPT_HEADS:
        return bare
    if (head.kind == "brand" or head.strength == "weak") and head.noun not in _KEPT_HEADS:
        return bare
    return bare if of.count > 1 and _stands_alone(text, inner, phrase) else whole


# “三会”制度: two characters are too short a name without their head.
_SHORTEST_ALONE = 3
_KEPT_HEADS = frozenset(("服务站", "服务中心", "服务点", "平台", "热线", "小程序", "公众号", "工作站", "功能", "系统"))


def _stands_alone(text: str, inner: str, phrase: str) -> bool:
    position = text.find(inner)
    while position >= 0:
        behind = text[position + len(inner) : position + len(inner) + 1 + len(phrase)].lstrip("”")
        if not behind.startswith(phrase[:2]):
            return True
        position = text.find(inner, position + 1)
    return False
