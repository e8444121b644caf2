"""The noun phrase behind a figure, by the tags of the segmenter and what verbs do to nouns.

The segmenter tags each word by itself: 化解 in 化解率 is a verb to it, 自然 in 自然屯 an adverb. A single character that makes
a noun of what stands before it (率, 会, 屯) takes such words with it.
"""

from __future__ import annotations

import re

from tasks.facts.figures.nouns import (
    ADVERBS,
    MANNERS,
    PAID,
    PLURAL_SCOPE,
    QUOTES,
    SUFFIXES,
    Word,
    is_noun,
    is_person,
    names_something,
    words_between,
)
from tasks.facts.text.reading import TaggedWords, words_with_tags
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.word_lists import words_for

_ACTORS = frozenset("员者师生民")
_SPREAD = frozenset(["试点", "试行", "推行", "推广", "开展", "实施", "建立", "成立", "推出", "打造"])
_AWARDED = frozenset(
    ("同志", "个人", "集体", "单位", "企业", "家庭", "村民", "居民", "农户", "商户", "教师", "学生", "职工")
)
PER_HEAD = frozenset(("户均", "人均", "亩均", "社均", "每户", "每人"))
_WHERETO = frozenset("在到于")  # 居民代表|围坐在|一起
_NO_FIRST = frozenset("及和与或由被把向")  # no word begins with them, unless the dictionary has it
_LOCALIZERS = frozenset("里上中内下边")
_RESULTS = frozenset(("到", "为", "成", "至", "起来", "下来", "出来", "开来"))
_ASPECTS = frozenset(("了", "过", "起来", "下来"))
# What is asked of those who are counted, between number and noun: 年龄60岁以上的, 5亩以内.
_THRESHOLD = pattern_of(
    r"(?:年龄)?(?:在)?(?:\d{1,6}(?:\.\d+)?[万亿]?|[[:one_to_ten:]百]{1,4})(?:周?岁|元|亩|人|户|年|平方米|万元|公斤|吨|米"
    r"|公里)(?:[（(]含[）)])?(?:以[上下内]|及以[上下])的?"
)
# 40多个平均年龄不到35岁的|青年: by what measure they are described.
_DESCRIBED = pattern_of(
    r"[[:han:]]{1,6}(?:[率额量度期龄比]|收入|面积|产值)(?:均?[在为]|达到?|超过?|不[到足满]|[未已]满|[低高大小少多]于|仅为?|近|约)"
    r"(?:[\d.]{1,8}|[[:one_to_ten:]百千]{1,4})[万亿]?(?:%|[[:han:]]{1,4}?)(?:及?以[上下])?的(?=[[:han:]]{2})"
)
_SITUATED = pattern_of("在[村岗校册编职读建籍](?=[[:han:]]{2})")  # 49名|在村|党员
_LONGEST_RELATIVE = 26  # characters of a clause that ends in 的 before the noun it describes
_CLAUSE_END = re.compile(r"[，。；：！？、\n,;（）()]")
_LEADING = frozenset("在由从被对向与")  # prepositions behind 的
_EVENTS = frozenset("场次期轮堂")  # of which nobody can be the one who acts
_LONGEST = 14
_FARTHEST = 20  # what is left of it are its last words: 400户|全国医药健康产业上下游重点企业


def phrase_behind(
    words: TaggedWords, text: str, at: int, *, is_object: bool, reach: int = 24
) -> tuple[int, int] | None:
    """Where the noun phrase stands that begins at ``at``, None where none does; ``is_object``: a verb rules the figure.

    >>> from tasks.facts.text.reading import tag_words
    >>> def behind(text: str) -> str | None:
    ...     span = phrase_behind(tag_words(text), text, text.index("个") + 1, is_object=True)
    ...     return span and text[slice(*span)]
    >>> behind("12个红白理事会"), behind("58个自然屯开设夜校"), behind("5个村落先后入选"), behind("3个都来了")
    ('红白理事会', '自然屯', '村落', None)
    """
    if text[at : at + 1] == "在" and (situated := _SITUATED.match(text, at)) is not None:
        span = phrase_behind(words, text, situated.end(), is_object=is_object, reach=reach)
        return None if span is None else (at if span[0] == situated.end() else span[0], span[1])
    if at and text[at - 1] == "的" and text[at : at + 1] in _LEADING:
        at = _behind_clause(text, at, reach)
    skipped = _DESCRIBED.match(text, at) or _THRESHOLD.match(text, at)
    if skipped is not None:
        at = skipped.end()
    end = _CLAUSE_END.search(text, at, at + reach + _LONGEST_RELATIVE)
    last = end.start() if end else min(at + reach + _LONGEST_RELATIVE, len(text))
    found = words_between(words, at, min(last, at + _FARTHEST + 4))
    taken: list[Word] = []
    is_quoted = False
    for index, word in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        if word.text in QUOTES:
            if _ends_at_mark(word, following, taken):
                break
            is_quoted = word.text == "“" or (word.text == "·" and is_quoted)
            continue
        if is_quoted:
            taken.append(word)
            continue
        verdict = _goes_on(
            word, following, taken, found, index, is_object, not taken and text.find("的", word.end, last) >= 0
        )
        if verdict == "relative":
            start = _behind_relative(text, at, last)
            return phrase_behind(words, text, start, is_object=True, reach=reach) if start else None
        if verdict == "stop" and taken and _is_named_so(text, at, taken, found[index:], last, is_object=is_object):
            taken += found[index:]
            break
        if verdict == "stop" or word.end - (taken[0].start if taken else word.start) > _FARTHEST:
            break
        if verdict == "suffix":
            taken.append(Word(word.start, word.start + 1, word.text[0], "k"))
            break
        if verdict == "take":
            taken.append(word)
    return _span(taken, is_done=is_object)


def _is_named_so(text: str, at: int, taken: list[Word], rest: list[Word], last: int, *, is_object: bool) -> bool:
    """Whether a verb that would end the noun is part of it: 4场政策|宣介|专场活动, 100亿元的产业|投资."""
    if "的" in text[at - 1 : at + 1] and len(rest) == 1 and rest[0].text in PAID:
        return True
    if is_object and rest[0].tag == "vn" and len(rest) > 1 and not is_person(taken[-1]):
        return rest[-1].end == last and all(map(is_noun, rest[1:]))  # 2个重点|调研课题
    is_event = is_object and text[at - 1] in _EVENTS and text[at - 2 : at] != "人次"
    is_whole = rest[-1].end == last and rest[0].tag[0] in "vn" and len(rest) > 1
    return is_event and is_whole and all(map(_may_stand_in_noun, rest[1:])) and is_noun(rest[-1])


def _may_stand_in_noun(word: Word) -> bool:
    return is_noun(word) or (
        word.tag[0] == "v" and len(word.text) > 1 and word.text not in words_for("boundary_words", "phrase")
    )


def _span(taken: list[Word], *, is_done: bool) -> tuple[int, int] | None:
    """Where the words ``taken`` stand, without a number or a word for where at their end; of too many the last."""
    while taken and (
        (taken[-1].tag in ("f", "m") and not is_noun(taken[-1]) and taken[-1].text not in SUFFIXES)
        or (len(taken) > 1 and taken[-1].text in _LOCALIZERS)
    ):
        taken.pop()
    if not names_something(taken, is_done=is_done):
        return None
    first = next(word for word in taken if taken[-1].end - word.start <= _LONGEST or word is taken[-1])
    return first.start, taken[-1].end


def _ends_at_mark(word: Word, following: Word | None, taken: list[Word]) -> bool:
    if word.text == "“":
        return _ends_before_marks(taken)
    return word.text == "”" and bool(taken) and (following is None or not is_noun(following))


def _ends_before_marks(taken: list[Word]) -> bool:
    """Whether the noun ends before what stands in marks; what is done with that is taken off."""
    if len(taken) > 1 and taken[-1].text in _SPREAD:
        taken.pop()
        return True  # 3个村|试点|“积分超市”
    return bool(taken) and taken[-1].text in _AWARDED  # 10名|同志|“金牌调解员”称号


def _is_what_comes_of_it(word: Word, following: Word | None, taken: list[Word]) -> bool:
    """Whether a word is what is done with what was counted: 33家企业|串联|起来."""
    if following is None:
        return False
    return (word.tag == "vn" and following.text in _RESULTS) or (bool(taken) and following.text in _ASPECTS)


def _goes_on(
    word: Word,
    following: Word | None,
    taken: list[Word],
    found: list[Word],
    index: int,
    is_object: bool,
    is_described: bool,
) -> str:
    """``take``, ``skip``, ``stop``, or ``relative`` where a clause describes the noun that follows it.

    ``is_described``: a 的 stands behind in the clause.
    """
    if not taken:
        if is_described and _says_which(found[index : index + 4]):
            return "relative"
        opening = _opens(word, found, index, is_described)
        if opening:
            return opening
    elif word.text in PER_HEAD or word.text[:2] in ADVERBS or (word.tag == "l" and word.text[-1] in _WHERETO):
        return "stop"
    if taken and (_begins_with_suffix(word, taken[-1]) or (word.text[0] == "农" and not is_word(word.text))):
        return "suffix"
    at_seam = _at_seam(word, following, taken)
    if at_seam:
        return at_seam
    if _acts(word, found[index + 1 :], taken, is_object):
        return "stop"
    if is_noun(word):
        return "stop" if _is_what_comes_of_it(word, following, taken) else "take"
    if len(word.text) == 1 and word.text in SUFFIXES and taken and not _is_auxiliary(word, following):
        return "take"
    nouns_follow = following is not None and _may_be_a_noun(following)
    tag = word.tag[0]
    if tag in "ad":
        # An adverb before one character is half of a noun.
        is_half = len(word.text) == 2 and following is not None and len(following.text) == 1
        return "take" if nouns_follow and (tag == "a" or is_half) else "stop"
    if tag != "v" or len(word.text) < 2:
        return "stop"
    return _verb_in_row(word, following, taken, found[index + 1 :], is_object, is_described)


def _verb_in_row(
    word: Word, following: Word | None, taken: list[Word], rest: list[Word], is_object: bool, is_described: bool
) -> str:
    nouns_follow = following is not None and _may_be_a_noun(following)
    if following is not None and len(following.text) == 1 and following.text in SUFFIXES:
        second = rest[1] if len(rest) > 1 else None
        return "stop" if _is_auxiliary(following, second) else "take"
    is_subject = not taken and not is_object and nouns_follow and _predicate_follows(rest[1:])
    return _verb_goes_on(word, following, taken, nouns_follow, is_object or is_subject, is_described)


def _acts(word: Word, rest: list[Word], taken: list[Word], is_object: bool) -> bool:
    """Whether a verb that may stand inside a noun tells what those counted do: 3名党员|服务|群众, 5名乡贤|返乡|创业."""
    attributive = words_for("name_parts", "attributive")
    if not taken or not is_person(taken[-1]) or word.text not in attributive:
        return False
    if all(each.text in attributive for each in rest):
        return bool(rest)
    behind = next((index for index, each in enumerate(rest) if not is_noun(each)), len(rest))
    return behind == len(rest) > 0 and is_person(rest[-1]) and not is_object


def _at_seam(word: Word, following: Word | None, taken: list[Word]) -> str:
    """What a word does that the segmenter cut or tagged against its neighbours; nothing where it is one like any
    other."""
    if not taken and following is not None and _begins_with_actor(following, word):
        return "take"
    if taken and following is not None and word.text in ("以上", "以下") and is_noun(following):
        return "take"  # 规模|以上|企业
    if taken and len(word.text) > 1 and word.text[0] in _NO_FIRST and not is_word(word.text):
        return "stop"  # 9家企业|及区|、镇统计人员, 2元的标准|由笋|农自筹
    if taken and word.text in (*MANNERS, *PLURAL_SCOPE) and following is not None and following.tag[0] == "v":
        return "stop"  # 23名|负责人|现场|接听
    if following is not None and following.text == "式":
        return "stop"  # 16项任务|清单|式管理
    if taken and _says_how(word.text):
        return "stop"
    if taken and following is None and word.tag == "ns" and word.text[-1] not in SUFFIXES:
        return "stop"  # 26名党员|包联: a place stands before a noun, never behind it
    return ""


def _begins_with_actor(following: Word, word: Word) -> bool:
    """Whether the last character of a noun for persons went to the word behind: 52名|代办|员共为, 306户|杏|农多."""
    if following.text[0] == "农":
        return not is_word(following.text)
    return following.text[0] in _ACTORS and _begins_with_suffix(following, word)


def _says_how(text: str) -> bool:
    """Whether a word behind a noun says how it acts or is: 5处宽带|时断时续, 3名航天员|按计划."""
    is_twofold = (len(text) == 4 and text[0] == text[2]) or text.startswith(("日益", "不断", "持续", "稳步", "逐年"))
    return is_twofold or (len(text) > 2 and text[0] in "按照依" and is_word(text[1:]))


def _predicate_follows(rest: list[Word]) -> bool:
    """Whether a verb follows the nouns, so that one before them describes them: 9名|涉案|嫌疑人|悉数|落网."""
    behind = next(
        (index for index, word in enumerate(rest) if not is_noun(word) or word.text in PLURAL_SCOPE), len(rest)
    )
    if behind < len(rest) and rest[behind].text in PLURAL_SCOPE:
        behind += 1  # 22项|量化|指标任务|全部|完成
    tags = [word.tag[0] for word in rest[behind : behind + 2]]
    return tags[:1] == ["v"] or tags == ["d", "v"]


def _may_be_a_noun(word: Word) -> bool:
    return is_noun(word) or (len(word.text) == 1 and word.text in SUFFIXES)


def _begins_with_suffix(word: Word, verb: Word) -> bool:
    """Whether the segmenter has put the end of a noun before the wrong word: 代办|员共为."""
    return verb.tag[0] == "v" and word.text[0] in SUFFIXES and len(word.text) > 1 and not is_word(word.text)


def _opens(word: Word, found: list[Word], index: int, is_described: bool) -> str:
    """What the first word of a phrase does before a noun; nothing where it is a word like any other."""
    following = found[index + 1] if index + 1 < len(found) else None
    if index == 0 and _describes_person(word, following, found):
        return "take"  # 向20名|受助|儿童捐出同学的书
    if word.text in PLURAL_SCOPE or (word.text == "的" and index == 0):
        return "skip"
    is_deed = index == 0 and word.tag == "v" and len(word.text) == 1  # 三四个|做结构化的|专户
    if (word.text == "有" or is_deed) and is_described:
        return "relative"
    if word.tag == "m" and word.text[0] == "第":
        return "skip"  # 三个|第四代|港口
    if following is None or not is_noun(following):
        return ""
    if word.tag == "q" and index == 0:
        return "take"  # 五分之四以上|户|代表
    if word.text in ("涉", "含"):
        return "skip"  # 156条|涉|电信网络诈骗线索
    return "take" if word.text in ("无", "非") else ""  # 1012个|无|物业小区


def _describes_person(word: Word, following: Word | None, found: list[Word]) -> bool:
    """Whether a verb before a noun for persons says which, and a verb behind tells what is done."""
    if word.tag != "v" or len(word.text) != 2 or following is None or not is_person(following):
        return False
    return len(found) > 2 and found[2].tag[0] in "vdf" and word.text not in words_for("boundary_words", "phrase")


def _says_which(words: list[Word]) -> bool:
    """Whether ``words`` only say what is counted is like: 3个|条件成熟|的村, 5名|德高望重|的老人, 6家|技术|先进|的企业."""
    first, *rest = words
    at = next((index for index, word in enumerate(rest) if word.text == "的"), -1)
    if at == 0:
        is_told = first.tag == "l" and words_with_tags(first.text[2:])[1][0][0] in "av"
        return len(first.text) == 4 and (first.tag == "i" or is_told)
    is_so = at > 0 and (rest[at - 1].tag == "a" or rest[at - 1].text in ("多", "少"))  # 矛盾|较|多|的自然村
    return is_so and first.tag in ("n", "an") and (at == 1 or rest[0].tag in ("d", "zg"))


def _verb_goes_on(
    word: Word, following: Word | None, taken: list[Word], nouns_follow: bool, is_object: bool, is_described: bool
) -> str:
    """Whether a verb is part of the noun behind it, describes it, or ends the phrase."""
    if word.text in words_for("name_parts", "attributive"):
        return (
            "take"
            if nouns_follow
            or (taken and following is not None and following.text in words_for("name_parts", "attributive"))
            else "stop"
        )
    if word.text in words_for("boundary_words", "phrase") or taken:
        return "relative" if not taken and is_described else "stop"
    if is_described:
        return "relative"
    return "take" if nouns_follow and is_object else "stop"


def _is_auxiliary(word: Word, following: Word | None) -> bool:
    """Whether 会 begins a predicate (会来) rather than ends a noun (理事会)."""
    return word.text == "会" and following is not None and following.tag[0] in "vd"


def _behind_clause(text: str, at: int, reach: int) -> int:
    """Where the noun begins that a clause at ``at`` describes, ``at`` where none does: 17.5%的|在中国出货的|手机."""
    end = _CLAUSE_END.search(text, at, at + reach)
    return _behind_relative(text, at, end.start() if end else at + reach) or at


def _behind_relative(text: str, first: int, last: int) -> int:
    at = text.rfind("的", first, min(first + _LONGEST_RELATIVE, last))
    return at + 1 if at >= 0 else 0
