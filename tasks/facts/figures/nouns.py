"""The words of a stretch of text, and which of them are nouns."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import NamedTuple

from tasks.facts.text.reading import TaggedWords
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.word_lists import words_for

_TIME_WORDS = pattern_of(
    r"(?:[今去前明后当同本上下]|[\d[:one_to_ten:]]+)(?:年|月|日|天|晚|季度|周|期)|[今去][春夏秋冬]|先后|目前|如今|现在|同期|近年|全年|当场|最初"
)
_GROWS = frozenset("延增成生助伸拉加特见擅专动复人全")  # 延长, 增长, 动员 and 人员 are no offices
_OFFICES = frozenset("长员户工师")  # 楼栋长 is no person's name, whatever the segmenter guesses

# Characters that make a noun of the verb or noun before them.
SUFFIXES = frozenset(
    "类位煤桩率量费额数度值价款金期限长员会队组站点室厅院所岗户房楼区园厂店线网法制书证单卡车机品者师生民村镇乡屯寨处部群班社团棚渠项地"
)
PLURAL_SCOPE = frozenset(("全部", "其余", "其中", "其他", "以上", "以下", "多个", "各类"))
_UNKNOWN_ADVERBS = frozenset("仍却则均皆亦尚且即便就才")  # single characters whose tag says nothing
ADVERBS = frozenset(
    (
        "分别",
        "累计",
        "共计",
        "总计",
        "合计",
        "平均",
        "大约",
        "至少",
        "仅仅",
        "足足",
        "整整",
        "先后",
        "基本",
        "已经",
        "同比",
        "环比",
        "最多",
        "最少",
        "轮流",
        "轮番",
        "前来",
        "前往",
        "一同",
        "一道",
        "派员",
        "派人",
        "先行",
        "率先",
    )
)
QUOTES = ("“", "”", "·")


class Word(NamedTuple):
    start: int
    end: int
    text: str
    tag: str


PAID = frozenset(("投资", "收入", "支出", "消费", "销售", "出口", "进口", "补贴", "补助", "奖励", "投入", "减免"))
# Nouns to the segmenter that mostly say how: 负责人|现场|接听来电.
MANNERS = frozenset(("现场", "当场", "全程", "线上", "线下", "当面", "上门", "集体"))


_PERSONS = frozenset("员人者师民工众贤士友")
_MORE_PERSONS = frozenset(
    (
        "干部",
        "学生",
        "青年",
        "儿童",
        "孩子",
        "妇女",
        "少年",
        "专家",
        "医生",
        "先生",
        "家长",
        "校长",
        "院长",
        "会长",
        "组长",
        "楼长",
        "骨干",
    )
)


def is_person(word: Word) -> bool:
    """Whether the word is a noun for somebody who can act."""
    return len(word.text) > 1 and (word.text[-1] in _PERSONS or word.text in _MORE_PERSONS)


_THINGS_BY_MEASURE = dict.fromkeys(
    "本只头棵株辆台口眼座匹条家顶床扇", "书羊牛猪马车树井桥船枪鸡鸭鹅狗蜂田渠路沟河塘"
) | {"个": "群县市区乡镇村屯组队班站点店厂校岗所库园馆栏棚窖池", "亩": "地田", "节": "课", "堂": "课", "顿": "饭"}


def is_thing(words: TaggedWords, text: str, at: int, measure: str) -> bool:
    """Whether the single character at ``at`` is a word that names what is counted by ``measure``: 16本|书, 118个|群."""
    if text[at : at + 1] not in _THINGS_BY_MEASURE.get(measure, "") or at >= len(text):
        return False
    return not text[at + 1 : at + 2].isalnum() or words.texts[words.index_of(at)] == text[at]


def begins_with_verb(words: TaggedWords, at: int) -> bool:
    """Whether those counted do something: 3000人|游览紫禁城; persons may have a noun behind (12人|小组), but no verb."""
    index = words.index_of(at)
    return words.starts[index] == at and words.tags[index] in ("v", "vn") and len(words.texts[index]) > 1


def word_at(words: TaggedWords, char: int) -> Word:
    """The word that holds the character at ``char``."""
    index = words.index_of(char)
    start, text = words.starts[index], words.texts[index]
    return Word(start, start + len(text), text, words.tags[index])


def words_between(words: TaggedWords, first: int, last: int) -> list[Word]:
    """The words in ``first:last``, clipped to it."""
    if first >= last:
        return []
    low, high = words.index_of(first), words.index_of(last - 1) + 1
    texts = words.texts[low:high]
    found = [
        _WORD_OF((start, start + len(text), text, tag))
        for start, text, tag in zip(words.starts[low:high], texts, words.tags[low:high], strict=True)
    ]
    for index in {0, high - low - 1}:
        start, end, text, tag = found[index]
        if start < first or end > last:
            left, right = max(start, first), min(end, last)
            found[index] = Word(left, right, text[left - start : right - start], tag)
    return found


# The constructor of a named tuple is a function of Python; this is none.
_WORD_OF = partial(tuple.__new__, Word)


def _is_office(text: str) -> bool:
    """Whether a word ends like an office (组长, 站长), which are verbs to the segmenter."""
    return len(text) > 1 and text[-1] in "长员" and text[-2] not in _GROWS


@lru_cache(maxsize=1 << 15)  # articles share most words
def _is_noun_tagged(text: str, tag: str) -> bool:
    if _is_office(text):
        return True
    if text in words_for("counted_deeds", "thing"):
        return True
    if text in words_for("boundary_words", "phrase") or (len(text) > 1 and text[-1] == "了"):
        return False
    if tag in ("nr", "nrt", "nrfg") and text[-1] not in _OFFICES and not is_word(text):
        return False  # a person
    if tag == "zg" and text in _UNKNOWN_ADVERBS:
        return False
    if tag[0] in "njbsligzk" or tag in ("vn", "an", "eng"):
        return _TIME_WORDS.match(text) is None
    if tag == "t":
        return _TIME_WORDS.match(text) is None and text[-1] not in "年月日天时"
    return text in words_for("counted_deeds", "deed")


def is_noun(word: Word) -> bool:
    """Whether the segmenter's tag, mended where it is mostly wrong, makes a noun of ``word``."""
    return _is_noun_tagged(word.text, word.tag)


def names_something(taken: list[Word], *, is_done: bool) -> bool:
    """Whether the words hold a noun, and do not only say how (免费) or, unless it ``is_done``, what is done (设置)."""
    if len(taken) != 1:
        return bool(taken)
    word = taken[0]
    is_noun = (
        word.tag[0] in "njlisgz"
        or word.tag == "eng"
        or word.text in SUFFIXES
        or word.text in words_for("counted_deeds", "deed")
        or word.text in words_for("counted_deeds", "thing")
        or _is_office(word.text)
    )
    return is_noun or (is_done and word.tag[0] in "vad")
