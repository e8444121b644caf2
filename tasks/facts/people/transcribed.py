"""Names of other languages in Chinese writing, known by their characters behind a post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.facts.people.hui_names import hui_names
from tasks.facts.people.spans import Blocked, FoundName
from tasks.facts.people.yi_names import yi_names
from tasks.facts.text.reading import Reading, TaggedWords, words_with_tags
from tasks.facts.text.sought import Sought
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import TRANSCRIBING, called_or_kin, surnames, words
from tasks.lexicon.posts import occupation_ending_at, post_ending_at, post_starting_at
from tasks.lexicon.speech import SPEECH
from tasks.lexicon.word_lists import any_of, words_for

NAME_TAGS = frozenset(("nr", "nrt", "nrfg", "ns", "nz", "zg", "j", "g", "ng"))


@cache
def home_characters() -> frozenset[str]:
    """Characters of the names of the peoples of China in Chinese writing."""
    return frozenset(TRANSCRIBING) | words("home_transcription")


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(home_characters()))}]{{3,24}}")


_PERSON_BEHIND = pattern_of(
    r"[（(](?:[男女][，,、])?[[:han:]]{1,5}族|今年(?:\S{1,4}岁|[[:one_to_nine:]]十)|[，,]\d{1,3}岁"
)  # 乌力罕（蒙古族）
_NAMES_A_PLACE = re.compile("嘎查|苏木|[镇乡村旗县市州盟河山湖桥路街]|社区|草原|公司|学校|派出所|警务站")
_ENDS_BEFORE = frozenset("的把被将和与及在也还都就则又从对向为等才已正便却曾有以是家夫一两")
_FUNCTION_BEHIND = frozenset("对和来以")
_FUNCTION_FIRST = frozenset("对以别")
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
    for item in found:  # 阿思伦|别克, where the characters before the known part transcribe nowhere else
        for length in (4, 3, 2):
            part = text[item.end : item.end + length]
            if part in words("name_components") and (not is_word(part) or words_with_tags(part)[1][0] in ("nr", "nrt")):
                names.add(item.name + text[item.end : item.end + length])
                break
    names |= yi_names(text) | hui_names(text)
    if names or any(map(text.__contains__, _WHERE_THEY_LIVE)):
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
            is_place = blocked.covers(at, at + len(name)) and _NAMES_A_PLACE.match(text, at + len(name)) is not None
            if not is_place and not blocked.is_byline(at, name):  # 尼玛 is somebody, and 尼玛|县 is none
                result.append(FoundName(at, at + len(name), name))
            at = text.find(name, at + 1)
    return result


# Where a text speaks of peoples of whom many bear names of one part.
_WHERE_THEY_LIVE = ("西藏", "藏族", "藏乡", "拉萨", "玉树", "甘孜", "阿坝", "甘南", "嘎查", "苏木", "维吾尔", "哈萨克")


def _single_parts(reading: Reading, blocked: Blocked) -> set[str]:
    """Names of one part behind a post (民警多吉), where the article has other names of such parts or speaks of Tibet."""
    text = reading.text
    return {
        match[0]
        for match in _parts().finditer(text)
        if (
            post_ending_at(text, match.start(), max(0, match.start() - 12)) is not None  # 村民|尼玛, though 尼玛县 is
            or (
                text[match.start() - 1] in _OPENS
                and _OF_SOMEBODY.match(text, match.end()) is not None
                and not blocked.covers(*match.span())
            )
        )
        and (text[match.end() : match.end() + 1] not in home_characters() or text[match.end()] in _FUNCTION_BEHIND)
        and _ends_name(reading, match.end())
        and not blocked.covers(match.end(), match.end() + 1)
    }


# 旺堆|一家, 旺堆|口中的: what is said of people alone.
_OF_SOMEBODY = re.compile("一家|夫妇|夫妻|家(?:里|的|有|今)|口中|心里|告诉")


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(any_of(words("name_components") - {"别克"}))  # a make of cars as well


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
        if text[start] in _FUNCTION_FIRST and is_behind_post:
            continue  # 游客|对|阿勒腾
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
    if len(name) > 3 and name[-2:] in words("name_components"):
        telling = 2 + sum(char in TRANSCRIBING for char in name[:-2])  # 阿思伦|别克
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
    if following in "了过着" and words_with_tags(text[end - 2 : end])[1] == ["v"] and is_word(text[end - 2 : end]):
        return False  # 阿妮|参加了
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
        if text.startswith("族", country.end()):
            continue  # 朝鲜族
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
            if not table.issuperset(word) or (tag not in NAME_TAGS and is_word(word) and len(word) > 1):
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
