"""Names of other languages in Chinese writing: with a middle dot, or known by their characters behind a post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.facts.people.hui_names import hui_names
from tasks.facts.people.spans import Blocked, FoundName
from tasks.facts.people.yi_names import yi_names
from tasks.facts.text.reading import Reading, TaggedWords, words_with_tags
from tasks.facts.text.sought import Sought
from tasks.lexicon.characters import ONE_TO_TEN, pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import TRANSCRIBING, called_or_kin, surnames, words
from tasks.lexicon.posts import occupation_ending_at, post_ending_at, post_starting_at
from tasks.lexicon.speech import SPEECH
from tasks.lexicon.word_lists import any_of, words_for

_DOTTED = pattern_of(r"[[:han:]]{2,6}(?:[·•‧][[:han:]]{1,7})+")
_DOTS, _OF_PLACES = re.compile("[·•‧]"), frozenset("江河山湖海岛省市县区镇路")
_ABDUL = re.compile("[阿哈][不布]都?")  # whose characters are words of grammar elsewhere
_NAME_TAGS = frozenset(("nr", "nrt", "nrfg", "ns", "nz", "zg", "j", "g", "ng"))


def dotted_names(reading: Reading, blocked: Blocked) -> list[FoundName]:
    """Names written with a middle dot (阿依古丽·买买提): the words that touch the dots."""
    text, tagged = reading.text, reading.words
    found: list[FoundName] = []
    if not any(dot in text for dot in "·•‧"):
        return found
    for match in _DOTTED.finditer(text):
        first = match.group().find(match.group().strip("·•‧").split("·")[0])
        dots = [match.start() + at for at, char in enumerate(match.group()) if char in "·•‧"]
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
        if head is None or tail is None or blocked.covers(head, tail):
            continue
        head, tail = _with_known_parts(text, head, tail, dots, left)
        if tail - dots[-1] > 3 and text[tail - 1] in _ALSO_VERBS and text[tail : tail + 1] in _ASPECTS:
            tail -= 1  # 哈孜别克|勒住, 吾守尔|带着
        if all(part[-1] in _OF_PLACES for part in _DOTS.split(text[head:tail])):
            continue  # 嫩江·松花江
        found.append(FoundName(head, tail, text[head:tail]))
    return found


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
        if tag not in _NAME_TAGS and (edge is not None or (is_word(word) and len(word) > 1)):
            break
        if edge is not None and tag == "nz" and is_word(word):
            break  # 司马义|汇报
        edge = outer
        if len(word) > 1 and tag not in ("nr", "nrt"):
            break
        index += step
    return edge


@cache
def _home() -> frozenset[str]:
    """Characters of the names of the peoples of China in Chinese writing."""
    return frozenset(TRANSCRIBING) | words("home_transcription")


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(_home()))}]{{3,24}}")


_PERSON_BEHIND = pattern_of(
    r"[（(](?:[男女][，,、])?[[:han:]]{1,5}族|今年(?:\S{1,4}岁|[[:one_to_nine:]]十)|[，,]\d{1,3}岁"
)  # 乌力罕（蒙古族）
_NAMES_A_PLACE = re.compile("嘎查|苏木|[镇乡村旗县市州盟河山湖桥路街]|社区|草原|公司|学校")
_ENDS_BEFORE = frozenset("的把被将和与及在也还都就则又从对向为等才已正便却曾有以是家夫一两")
_FUNCTION_LAST = frozenset("和在与对以")
_LONGEST_AT_HOME = 8


def transcribed_names(reading: Reading, found: list[FoundName], blocked: Blocked) -> list[FoundName]:
    """Names of the peoples of China (那顺德力格尔, 乌力罕): clear behind a post or before their people in brackets.

    Such a name goes on as far as its characters do. Of ``found`` goes what took only its beginning.
    """
    text = reading.text
    names: set[str] = set()
    listed = -1  # where the next name of a row would begin
    for run, run_end in _stretches(text):
        composed = _composed_in(reading, run, run_end, blocked)
        if composed is not None and composed[1] - composed[0] >= _FEWEST_COMPOSED:
            names.add(text[slice(*composed)])
        found_at = _transcribed_in(reading, run, run_end, blocked, listed)
        if found_at is not None:
            start, end = found_at
            names.add(text[start:end])
            listed = end + 1 if text[end : end + 1] in ("、", "和", "与") else -1
    names |= yi_names(text) | hui_names(text)
    if names:
        names |= _single_parts(reading, blocked)
    names -= words_for("names/foreign_places", "surnamed")
    if not names:
        return []
    # 乌兰图雅 rather than the 乌兰图 that looks like a surname with a given name.
    found[:] = [item for item in found if not any(name.startswith(item.name) and name != item.name for name in names)]
    result: list[FoundName] = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        at = text.find(name)
        while at >= 0:
            if not blocked.is_byline(at, name):
                result.append(FoundName(at, at + len(name), name))
            at = text.find(name, at + 1)
    return result


def _single_parts(reading: Reading, blocked: Blocked) -> set[str]:
    """Names of one part behind a post (民警多吉), where the article has other names of such parts."""
    text = reading.text
    return {
        match[0]
        for match in _parts().finditer(text)
        if (
            post_ending_at(text, match.start(), max(0, match.start() - 12)) is not None
            or (text[match.start() - 1] in _OPENS and _OF_SOMEBODY.match(text, match.end()) is not None)
        )
        and text[match.end() : match.end() + 1] not in _home()
        and _ends_name(reading, match.end())
        and not blocked.covers(*match.span())
    }


# 旺堆|一家, 旺堆|口中的: what is said of people alone.
_OF_SOMEBODY = re.compile("一家|夫妇|夫妻|家(?:里|的|有|今)|口中|心里|告诉")


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(any_of(words("name_components")))


# Characters of a name made of known parts that is clear by itself; shorter ones (巴图|和) may be words.
_FEWEST_COMPOSED = 4


@cache
def _composed() -> re.Pattern[str]:
    """Names made of two parts or more that Tibetan, Uyghur, Kazakh and Mongol names are made of."""
    part = any_of(words("name_components"))
    return re.compile(f"{part}(?:{part}|[江汗]){{1,2}}")


@cache
def _whole_parts() -> re.Pattern[str]:
    """Parts of Uyghur women's names that are long enough to be nothing else."""
    return re.compile(any_of(part for part in words("name_components") if len(part) > 3 and part[-1] in "亚丽娜木拉尔"))


def _composed_in(reading: Reading, run: int, run_end: int, blocked: Blocked) -> tuple[int, int] | None:
    """The first name in a run that known parts make as a whole, None where there is none."""
    match = _whole_parts().match(reading.text, run, run_end)  # 祖丽菲亚, all that the run holds
    if match is None or match.end() < run_end:
        match = _composed().search(reading.text, run, run_end + 1)  # 江村 ends in no character of transcriptions
    if match is None or blocked.covers(*match.span()) or _NAMES_A_PLACE.match(reading.text, match.end()):
        return None
    return None if NAMED_AFTER.match(reading.text, match.end()) else match.span()


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The runs of transcribing characters, parted at a 和 that joins another post (庭长娜仁托娅|和嘎查达斯仁)."""
    for match in _runs().finditer(text):
        start = match.start()
        joint = text.find("和", start + 2, match.end())
        while joint > 0:
            if post_starting_at(text, joint + 1) is not None:
                yield start, joint
                start = joint + 1
            joint = text.find("和", joint + 1, match.end())
        yield start, match.end()


def _transcribed_in(reading: Reading, run: int, run_end: int, blocked: Blocked, listed: int) -> tuple[int, int] | None:
    """The name in a run of transcribing characters, None where nothing says that there is one."""
    text, parts = reading.text, words("name_components")
    if run == listed and (post := post_starting_at(text, run)) is not None:
        run = listed = post  # 庭长娜仁托娅和|嘎查达|斯仁道尔吉
    for start in range(run, min(run + 4, run_end - 2)):  # 大学生|艾力: the last character of a post may be one of them
        is_behind_post = (
            start == listed
            or post_ending_at(text, start, max(0, start - 12)) is not None
            or (occupation_ending_at(text, start) is not None and not is_word(text[start - 1 : start + 1]))
            or text[max(0, start - 2) : start] in called_or_kin()
        )
        if not is_behind_post and (start > run or (start > 0 and text[start - 1] not in _OPENS)):
            continue
        whole = _composed().match(text, start, run_end)
        furthest = min(run_end, start + _LONGEST_AT_HOME)
        if whole is not None and _begins_grammar(reading, whole.end()):
            furthest = whole.end()  # 尼玛扎西|则更看重
        for end in range(furthest, start + 2, -1):
            name = text[start:end]
            is_composed = _composed().fullmatch(name) is not None or (len(name) > 3 and name[-2:] in parts)
            if (not is_composed and not _ends_name(reading, end)) or (
                name[-1] in _FUNCTION_LAST and text[end : end + 1].isalnum()
            ):
                continue
            is_said = is_behind_post or _PERSON_BEHIND.match(text, end) is not None or _is_addressed(text, end)
            is_said = is_said or (len(name) > 3 and SPEECH.match(text, end) is not None)
            if is_said and _is_transcription(reading, start, name) and not blocked.covers(start, end):
                return start, end
            break
    return None


def _begins_grammar(reading: Reading, at: int) -> bool:
    """Whether a word of grammar begins at ``at``, whatever names its characters transcribe elsewhere."""
    tagged = reading.words
    return bool(tagged.is_start[at]) and at < len(reading.text) and tagged.tags[tagged.index_of(at)] in _GRAMMAR_TAGS


def _is_addressed(text: str, end: int) -> bool:
    """Whether a form of address stands behind the name: 塔斯肯|大妈."""
    return text[end : end + 2] in words_for("names/posts", "civil")


def _is_transcription(reading: Reading, start: int, name: str) -> bool:
    """Whether a stretch of transcribing characters is a name of this kind rather than words or a Chinese name."""
    telling = sum(char in TRANSCRIBING for char in name)
    if name in words("name_components") or (len(name) == 3 and name[:2] in words("name_components")):
        return True  # 其木格, 拉毛措
    if is_word(name) and words_with_tags(name)[1][0] not in ("nr", "nrt"):
        return len(name) > 3 and telling == len(name)  # 宝音德力格尔, a place for the segmenter
    if len(name) > 3:
        return telling * 2 >= len(name)
    if telling < 2 and surnames().get(name[0], 0.0) >= 1:
        return False
    tagged = reading.words
    first = tagged.index_of(start)
    return telling > 0 and (tagged.tags[first] not in _GRAMMAR_TAGS or not is_word(tagged.texts[first]))


def _ends_name(reading: Reading, end: int) -> bool:
    """Whether a name may end at ``end``: before a mark, a verb of saying or a word of grammar, or where a word ends."""
    text, tagged = reading.text, reading.words
    following = text[end : end + 1]
    if not following or not following.isalnum():
        return True
    if text[end - 1] in "来都" and (following in "了到过自" or text[end - 1] == "都"):
        return False
    if _NAMES_A_PLACE.match(text, end):
        return False
    if SPEECH.match(text, end) or following in _ENDS_BEFORE:
        return not is_word(text[end - 1 : end + 1]) or bool(tagged.is_start[end])
    return bool(tagged.is_start[end]) and tagged.tags[tagged.index_of(end)][0] in "vdpcurnmti"


_OPENS = frozenset("\n，。！？；：、“”（） \u3000")


# What makes of a name the name of something else: 阿莫顿酒店.
NAMED_AFTER = re.compile("酒店|饭店|公司|集团|大学|学院|医院|奖|杯|[省州市县区路街港湾山河岛队镇]")
_LONGEST_NAME = 8


@cache
def _countries() -> Sought:
    return Sought(any_of(words_for("names/foreign_places", "country")))


def foreigners(reading: Reading, blocked: Blocked) -> list[FoundName]:
    """Names in transcription behind a country and a post (意大利选手雅科布斯), at every mention."""
    text, tagged = reading.text, reading.words
    names: dict[str, None] = {}
    for country in _countries().finditer(text):
        for start in range(country.end() + 2, min(country.end() + 10, len(text))):
            if not tagged.is_start[start] or post_ending_at(text, start, country.end()) is None:
                continue
            end = _transcribed_words(tagged, start)
            if end - start >= 2 and NAMED_AFTER.match(text, end) is None:
                names[text[start:end]] = None
                break
    found = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if not blocked.covers(at, end) and text[at - 1 : at] not in "·•‧" and text[end : end + 1] not in "·•‧":
                found.append(FoundName(at, end, name))
            at = text.find(name, end)
    return found


def _transcribed_words(tagged: TaggedWords, start: int) -> int:
    """Where the words at ``start`` end that consist of characters of transcriptions and are no words of Chinese."""
    table = words("transcription_characters")
    index, end = tagged.index_of(start), start
    while index < len(tagged.texts) and end - start < _LONGEST_NAME:
        word, tag = tagged.texts[index], tagged.tags[index]
        is_known = tag in ("nr", "nrt") and len(word) > 1  # 岸田文雄
        opens = len(word) == 1 and tagged.tags[index + 1 : index + 2] == ["nrt"]  # 朔|尔茨
        if not (is_known or opens):
            if not table.issuperset(word) or (tag not in _NAME_TAGS and is_word(word) and len(word) > 1):
                break
            if len(word) == 1 and tag in _GRAMMAR_TAGS:
                break
        end += len(word)
        index += 1
    cut = tagged.texts[index] if end > start and index < len(tagged.texts) else ""
    # 雅科布|斯以|9秒80: the segmenter joined the last character to a word of grammar.
    return end + 1 if len(cut) == 2 and cut[0] in table and cut[1] in _LINKS and not is_word(cut) else end


_LINKS = frozenset("以和在对于与向说为是的也将")
_GRAMMAR_TAGS = frozenset(("p", "d", "c", "uj", "ul", "u", "v", "r", "m", "f"))
