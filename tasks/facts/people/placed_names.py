"""Names of which neither surname nor characters tell anything, told by where they stand.

Behind 任命 and 免去, and behind the names of a row, stands a name. In a row of posts and names
(党委书记宝音斯格图、苏木达阿荣、副书记布和) what stands between a post and the mark is a name
where a neighbour's is one. And what stands behind a post here and before a verb of saying there is somebody (乡长桑扎;
桑扎介绍道).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.facts.people.spans import Blocked, FoundName
from tasks.facts.people.stretches import tag_of
from tasks.facts.people.transcribed import home_characters
from tasks.facts.text.reading import Reading, words_with_tags
from tasks.lexicon.characters import SENTENCE_END, pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import TRANSCRIBING, given_name_characters, surnames
from tasks.lexicon.posts import post_ending_at
from tasks.lexicon.speech import SPEECH

_LONGEST_CHINESE, _LONGEST = 3, 7  # characters of a name in a row: 上官云珠 has its surname, 呼日勒巴特尔 transcribes
_LONGEST_PART = 40  # characters of a part of a row, post and body included
_MARKS = "、；，"
_HAN = pattern_of("[[:han:]]+")
_CLAUSE = pattern_of(rf"[^{SENTENCE_END}\n“”（）]+")
_MARK = pattern_of(f"[{_MARKS}]")
# Log odds of the characters of a name in a row without a known surname, added up; 玲慧 has 6.9, words have less than 0.
_LIKELY = 1.5


def placed_names(reading: Reading, found: list[FoundName], blocked: Blocked) -> list[FoundName]:
    """The mentions of the names that their places tell; of ``found`` goes what took only a part of one."""
    text = reading.text
    known = {item.start: item.end for item in found}
    told = [
        *_in_rows(text, found, known),
        *_appointed(text, known),
        *_before_colons(text, known),
        *_named_and_speaking(reading, known),
        *_said_to_be(text, known),
        *_aged(reading, known),
    ]
    # A place may begin inside a name of a row (任海宁), where the name is clear.
    told = [(name, start) for name, start in told if not blocked.covers(start, start + len(name))]
    told += [(name, start) for name, start in _behind_names(text, found, known) if not blocked.covers(start, start + 1)]
    names = {name for name, _ in told}
    placed = [
        FoundName(match.start(), match.end(), name)
        for name in sorted(names, key=lambda name: (-len(name), name))
        for match in re.finditer(name, text)
        if known.get(match.start(), 0) <= match.end() and not blocked.is_byline(match.start(), name)
    ]
    if placed:
        taken = {char for item in placed for char in range(item.start, item.end)}
        found[:] = [item for item in found if taken.isdisjoint(range(item.start, item.end))]
    return placed


def _in_rows(text: str, found: list[FoundName], known: dict[int, int]) -> Iterator[tuple[str, int]]:
    done = -1
    for item in found:
        if item.start < done or (text[item.end : item.end + 1] not in _MARKS and text[item.end : item.end + 1] != "和"):
            continue
        if post_ending_at(text, item.start, max(0, item.start - 12)) is None:
            continue
        clause = _clause_around(text, item.start)
        done = clause[1]
        yield from _row_in(text, *clause, known)


def _clause_around(text: str, at: int) -> tuple[int, int]:
    """The stretch without the end of a sentence or marks of speech in which ``at`` lies."""
    start = at
    while start > 0 and text[start - 1] not in _BOUNDS:
        start -= 1
    match = _CLAUSE.match(text, at)
    return start, at if match is None else match.end()


_BOUNDS = frozenset(SENTENCE_END + "\n“”（）")


def _row_in(text: str, start: int, end: int, known: dict[int, int]) -> Iterator[tuple[str, int]]:
    """Names of the parts of a row at ``start:end`` that end in a post and what may be a name beside another."""
    parts = []
    at = start
    for mark in _MARK.finditer(text, start, end):
        parts.append((at, mark.start()))
        at = mark.end()
    parts.append((at, end))
    told = [_name_of(text, first, last, known) for first, last in parts]
    for number, name in enumerate(told):
        if name is None or known.get(name) == parts[number][1]:
            continue
        beside = told[max(0, number - 1) : number] + told[number + 1 : number + 2]
        last = parts[number][1]
        if any(other is not None for other in beside) and any(other is not None and other in known for other in told):
            yield text[name:last], name


def _name_of(text: str, first: int, last: int, known: dict[int, int]) -> int | None:
    """Where the name begins that ends a part of a row: one that is known, or what stands behind a post."""
    if last - first > _LONGEST_PART:
        return None
    for start in range(last - 2, max(first, last - _LONGEST) - 1, -1):
        if known.get(start) == last:
            return start
        if start > first and post_ending_at(text, start, first) is not None:
            return start if _may_be_name(text[start:last]) else None
    return None


def _may_be_name(name: str) -> bool:
    """Whether ``name`` looks like one where the place says that one stands there."""
    if _HAN.fullmatch(name) is None or is_word(name):
        return False
    transcribes = home_characters()
    if len(name) > _LONGEST_CHINESE:
        return sum(char in transcribes for char in name) * 3 >= len(name) * 2 and any(
            char in TRANSCRIBING for char in name
        )
    merit = sum(given_name_characters().get(char, -1.0) for char in name[1:])
    if surnames().get(name[0], -2.0) >= 0:
        return merit > 0
    if is_word(name[:2]) or is_word(name[-2:]):
        return False
    return given_name_characters().get(name[0], -1.0) + merit >= _LIKELY


# At the beginning of a clause, two to four characters and a verb of saying behind which no noun can stand.
_SPEAKING = pattern_of(
    r"(?:^|(?<=[\n。！？；，：”]))(?P<name>[[:han:]]{2,4}?)(?=(?:告诉记者|告诉我们|介绍道|介绍说|笑着说|笑着告诉|坦言|感慨|回忆道|回忆说"
    r"|笑了笑|顿了顿|点点头|摇摇头|接着说|说道?[，：。]|表示[，：]|介绍[，：]))"
)
_NEVER_IN = frozenset(
    "他她它我你您咱俺们这那谁某的了着过在和与及对向给把被也都又再还就才便却则而并且很不没有是一两几各每些"
)
_PERSON_ENDS = frozenset("人者员民家师工农长户生客友方众伯叔婶嫂爷奶妈爸哥姐弟妹女男娃孩汉仔子儿佬娘夫妻婆翁童")


def _named_and_speaking(reading: Reading, known: dict[int, int]) -> Iterator[tuple[str, int]]:
    """What speaks at the beginning of a clause and stands behind a post elsewhere: 桑扎介绍道, where 乡长桑扎 was named."""
    text = reading.text
    asked = set()
    for match in _SPEAKING.finditer(text):
        name = match["name"]
        if name in asked or not _NEVER_IN.isdisjoint(name) or name[-1] in _PERSON_ENDS or is_word(name):
            continue
        asked.add(name)
        is_known = match.start() in known
        if is_known or post_ending_at(text, match.end("name"), match.start()) is not None:
            continue
        at = text.find(name)
        while at >= 0:
            is_post = at > 0 and post_ending_at(text, at, max(0, at - 12)) is not None
            if is_post and _ends_here(reading, at + len(name)) and _is_unlike_words(reading, at, name):
                yield name, at
                break
            at = text.find(name, at + 1)


# What ends the last name of a row: 王芳、任海宁|三人, 王芳、马亚林|分别提出.
_ROW_ENDS = pattern_of(
    r"[、，。；：（(]|等|$|\n|[和与及][[:han:]]|[两[:one_to_ten:]\d]{1,2}[人名位]|分别|均|同志|出席|参加|列席|陪同|一行|共同|一起|先后|也|都"
)


def _behind_names(text: str, found: list[FoundName], known: dict[int, int]) -> Iterator[tuple[str, int]]:
    """What stands behind two names of a row or more and may be the next: 盛永刚、努尔兰、|任海宁三人."""
    ends = {item.end for item in found}
    for item in found:
        start = item.end + 1
        is_row = text[item.end : start] == "、" and (
            text[item.start - 1 : item.start] == "、" and item.start - 1 in ends
        )
        if not is_row or start in known:
            continue
        for length in (3, 2):
            name = text[start : start + length]
            if len(name) == length and _may_be_listed(name) and _ROW_ENDS.match(text, start + length) is not None:
                yield name, start
                break


def _may_be_listed(name: str) -> bool:
    """Whether a surname opens ``name`` and nothing in it is a word of grammar, where names stand beside it."""
    if _HAN.fullmatch(name) is None or not _NEVER_IN.isdisjoint(name) or is_word(name):
        return False
    table = given_name_characters()
    return surnames().get(name[0], -2.0) >= -1 and sum(table.get(char, -1.0) for char in name[1:]) > 0


# 任命纪雪为副主任, 免去詹秋来、梁卫民的副省长职务
_APPOINTS = pattern_of(
    r"(?:任命|免去|免除|罢免|撤销|决定接受|补选|增补|聘任|选举)(?P<names>[[:han:]]{2,4}(?:、[[:han:]]{2,4})*?)(?:等[[:han:]\d]{0,4}名?)?(?:同志)?"
    r"(?=为[^，。；\n]|的[^，。；\n]{2,40}职务|辞去)"
)


def _appointed(text: str, known: dict[int, int]) -> Iterator[tuple[str, int]]:
    """The names behind a verb of appointment, up to what the office begins with."""
    for match in _APPOINTS.finditer(text):
        at = match.start("names")
        names = match["names"].split("、")
        for name in names:
            surname = surnames().get(name[0], -2.0)
            merit = sum(given_name_characters().get(char, -1.0) for char in name[1:])
            # Alone it has to look like a name; in a row its neighbours do.
            is_likely = surname >= 0 and merit > 0 if len(names) == 1 else surname >= -1
            is_short = len(name) <= _LONGEST_CHINESE and (len(name) > 2 or not is_word(name))
            if at not in known and is_likely and is_short and _NEVER_IN.isdisjoint(name):
                yield name, at
            at += len(name) + 1


# 副处长霓娜：“…”: what stands between a post and what is said.
_COLON_OF_SPEECH = re.compile("[：:]“")


def _before_colons(text: str, known: dict[int, int]) -> Iterator[tuple[str, int]]:
    for match in _COLON_OF_SPEECH.finditer(text):
        colon = match.start()
        for start in range(colon - 2, max(colon - 5, 0), -1):
            if start in known or post_ending_at(text, start, max(0, start - 12)) is None:
                continue
            name = text[start:colon]
            is_name = _HAN.fullmatch(name) is not None and _NEVER_IN.isdisjoint(name) and _SAYS.isdisjoint(name)
            if is_name and not is_word(name) and _NAME_TAGS.issuperset(words_with_tags(name)[1]):
                yield name, start
            break


_NAME_TAGS = frozenset(("nr", "nrt", "nrfg", "ns", "nz", "n", "ng", "g", "zg", "x"))
_SAYS = frozenset("说道问答讲称喊示绍诉言调出写指话为是")
# 问小芳是某社区的工作人员: a surname that no list holds before characters that hardly anything but names has.
_IS_SOMEBODY = pattern_of(
    r"(?:^|(?<=[\n。！？；，”]))(?P<name>[[:han:]](?P<given>[[:han:]]{2}))是[^，。；：\n“”]{2,36}(?=[，。])"
)
_TYPICAL = 3.0  # log odds of two given characters together


def _said_to_be(text: str, known: dict[int, int]) -> Iterator[tuple[str, int]]:
    for match in _IS_SOMEBODY.finditer(text):
        name, given, table = match["name"], match["given"], given_name_characters()
        if match.start() in known or not _NEVER_IN.isdisjoint(name) or text.count(name) < _FEWEST_MENTIONS:
            continue
        is_typical = sum(table.get(char, -1.0) for char in given) >= _TYPICAL
        if is_typical and not is_word(name[:2]) and post_ending_at(text, match.end(), match.end("name")) is not None:
            yield name, match.start()


_FEWEST_MENTIONS = 2


# 8岁的岩坎亮是…, 岩三罕，今年68岁: whose age is told is somebody, whatever the name is made of.
_AGED = pattern_of(
    r"(?:(?<=岁的)|(?<=年出生的))(?P<behind>[[:han:]]{2,4})(?=[，是正]|在(?!内))"
    r"|(?:^|(?<=[\n。！？；]))(?P<before>[[:han:]]{2,4})(?=[，,](?:[男女][，,]|今年\d{1,3}岁|\d{4}年(?:\d{1,2}月)?出?生))"
)


def _aged(reading: Reading, known: dict[int, int]) -> Iterator[tuple[str, int]]:
    text = reading.text
    for match in _AGED.finditer(text):
        name = match["behind"] or match["before"]
        if match.start() in known or not _NEVER_IN.isdisjoint(name) or name[-1] in _PERSON_ENDS or is_word(name):
            continue
        if _is_unlike_words(reading, match.start(), name) and len(name) in _UNKNOWN_LENGTHS:
            yield name, match.start()


_UNKNOWN_LENGTHS = (3, 4)  # two characters may be a word that no list has: 网红


def _ends_here(reading: Reading, end: int) -> bool:
    following = reading.text[end : end + 1]
    return (
        not following
        or not following.isalnum()
        or following in "的时和与说"
        or SPEECH.match(reading.text, end) is not None
    )


def _is_unlike_words(reading: Reading, start: int, name: str) -> bool:
    """Whether the segmenter sees no words of more than one character in ``name``, but names."""
    tagged, at = reading.words, start
    while at < start + len(name):
        index = tagged.index_of(at)
        word = tagged.texts[index]
        if len(word) > 1 and is_word(word) and tag_of(word) not in ("nr", "nrt", "nrfg", "nz", "ns"):
            return False
        at = tagged.starts[index] + len(word)
    return True
