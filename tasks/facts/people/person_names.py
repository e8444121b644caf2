"""How likely a stretch of text is a personal name, judged by its characters, its words and its neighbours.

What speaks for a name is summed in ``name_signs`` and ``neighbour_signs``; here stands where a name may begin and end
at all, and which of the two or three that begin at one place is the best.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from tasks.facts.people.name_signs import GIVEN_TAGS, INSIDE
from tasks.facts.people.neighbour_signs import has_support, signs_around
from tasks.facts.people.stretches import (
    CLAUSE_EDGE,
    PERSON_TAGS,
    Opening,
    Stretch,
    given_merit,
    is_spoken,
    joins_nothing,
    tag_of,
)
from tasks.facts.text.reading import TaggedWords
from tasks.facts.text.signs import leading, weigh_leading
from tasks.facts.text.traces import is_traced, note
from tasks.lexicon.characters import FIRST_HAN, LAST_HAN
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import before_names, given_name_characters, surnames
from tasks.lexicon.posts import post_ending_at
from tasks.lexicon.units import units
from tasks.lexicon.word_lists import words_for

# Below it lie words that merely look like names; to reach it takes a post, a verb of saying or clear characters.
ACCEPTED = 4.0
_OF_HOMESTEADS = frozenset("大小老新上下前后")
_NEVER_LAST = frozenset("之为及与则把被替让给跟向对从到说是等在的了都也又还要仍曾将并们")
_NO_ASPECT = frozenset(("过去", "过年", "过节", "过日", "着急", "着手", "了解"))
_PREPOSITIONS = frozenset("向于和与从由对以")
_POOR = -2.3  # what a clause's edge and a verb of saying can still lift above what callers ask for
_HOPELESS = -4.5  # no neighbours can lift a name above what callers ask for (1.5) from here
_BEST_CHARACTER, _BEST_FIT = 7.0, 3.5  # what a last character and the segmentation, and what the latter alone can add


class NameGuess(NamedTuple):
    """A stretch that may be a name; ``score`` sums the evidence, ``has_context`` tells whether neighbours support
    it."""

    start: int
    end: int
    score: float
    has_context: bool


def guess_name(text: str, start: int, tagged: TaggedWords, index: int) -> NameGuess | None:
    """The best name that begins at ``start``, in or at word number ``index``, if any is likely."""
    best: NameGuess | None = None
    for stretch in stretches_at(text, start, tagged, index):
        score = stretch.merit + weigh_leading(INSIDE[stretch.cut][stretch.is_word_end], stretch)
        if score <= stretch.opening.least:
            continue
        stretch.look_around()
        if _is_preposition(stretch, score):
            continue
        score += weigh_leading(signs_around(stretch), stretch)
        if best is None or score > best.score:
            opening = stretch.opening
            has_context = opening.post is not None or opening.is_occupation or has_support(stretch)
            if is_traced():
                note("person_mentions", start, stretch.end, "signs of a personal name", signs_of(stretch))
            best = NameGuess(start, stretch.end, score, has_context)
    return best


def signs_of(stretch: Stretch) -> list[tuple[str, float]]:
    """What speaks for and against ``stretch`` with its weight: the sum that ``guess_name`` compares, taken apart."""
    stretch.look_around()
    found = leading((*INSIDE[stretch.cut][stretch.is_word_end], *signs_around(stretch)), stretch)
    return [("the characters of surname and given name", stretch.merit), *((sign.name, sign.weight) for sign in found)]


def stretches_at(text: str, start: int, tagged: TaggedWords, index: int) -> list[Stretch]:
    """The stretches at ``start`` that may be a name as far as their own characters tell, the longest first."""
    weights = surnames()
    surname = text[start : start + 2] if text[start : start + 2] in weights else text[start]
    if surname not in weights:
        return []
    weight = weights[surname]
    if weight < -1 and tagged.tags[index] not in ("nr", "nrfg", "nrt"):
        return []  # 由楼栋长担任
    table, titles = given_name_characters(), _titles()
    given_start = start + len(surname)
    first, second = text[given_start : given_start + 1], text[given_start + 1 : given_start + 2]
    if not FIRST_HAN <= first <= LAST_HAN:
        return []
    if _names_no_person(surname, first, second):
        return []
    if first + second in titles or text[start : given_start + 1] in titles:
        return []  # 杜先生, 干部慰问
    if (
        first + second in words_for("names/speech_words", "said")
        or first + second in LEVELS
        or _is_counted(text, start, surname)
    ):
        return []  # 经理曾感叹, 6张靓丽名片
    base = weight + table.get(first, 0.0)
    poor = _POOR if text[start - 1 : start] not in before_names() else _HOPELESS
    if base + _BEST_CHARACTER < poor:
        return []
    ends = []
    if (
        FIRST_HAN <= second <= LAST_HAN
        and not _is_no_given_name(text, given_start, first + second, weight)
        and text[start : given_start + 2] not in titles
        and base + table.get(second, 0.0) + _BEST_FIT > poor
    ):
        ends.append((given_start + 2, base + table.get(second, 0.0)))
    is_weekday = surname == "周" and first in _DAYS
    if base + _BEST_FIT > poor and first not in titles and first != "家" and not is_weekday:  # 马家 is a family
        ends.append((given_start + 1, base))
    if not ends or _is_end_of_word(text, start):
        return []
    opening = Opening(text, start, tagged, index, surname, weight, poor)
    found = [Stretch(opening, end, merit) for end, merit in ends]
    return [stretch for stretch in found if stretch.given not in LEVELS]  # 干部包村, 屯长包组


def _names_no_person(surname: str, first: str, second: str) -> bool:
    """Whether a clan, its homestead or a verb said twice stands there: 王氏宗祠, 王家大院, 谢谢."""
    return first in ("氏", surname) or (first == "家" and second in _OF_HOMESTEADS)


# What 包 (to take charge of) and other verbs that are surnames have for an object.
LEVELS = frozenset(("嘎查", "苏木", "社区", "街道", "小区", "楼栋", "网格", *"省市区县旗州镇乡村屯组连片户楼栋"))
_DAYS = frozenset("一二三四五六日末")  # 周五 is a day of the week
_COUNTING = frozenset("0123456789０１２３４５６７８９几两每这那数多")


def _is_counted(text: str, start: int, surname: str) -> bool:
    """Whether the surname is a measure word behind a number, 这 or 每 (6张靓丽名片, 这段光辉岁月)."""
    return text[start - 1 : start] in _COUNTING and start > 0 and surname in units()


def _is_end_of_word(text: str, start: int) -> bool:
    """Whether what begins at ``start`` is the end of a longer word (工|程师) or of a post (主|任)."""
    before = text[start - 1] if start else "\n"
    if FIRST_HAN <= before <= LAST_HAN and is_word(text[start - 1 : start + 2]):
        return True
    within = post_ending_at(text, start + 1, max(0, start - 3))
    return within is not None and within < start


def _is_preposition(stretch: Stretch, own: float) -> bool:
    """Whether the surname is what it mostly is: 工作人员向南方报社反映, 负责人向记者介绍."""
    opening = stretch.opening
    if opening.surname not in _PREPOSITIONS or stretch.end == opening.word_end:
        return False
    if stretch.length < 3:
        return True
    if is_word(stretch.given) and given_merit(stretch.given) < 3.0:
        return True  # not 向春华
    if _begins_longer_name(stretch):
        return True
    return own <= 1.0 and not has_support(stretch)


def _begins_longer_name(stretch: Stretch) -> bool:
    """Whether the segmenter finds a person behind the surname whom the stretch would cut: 党员向|秦德柱|同志学习."""
    opening, at = stretch.opening, stretch.opening.start + 1
    tagged = opening.tagged
    index = tagged.index_of(at)
    is_person = tagged.starts[index] == at and tagged.tags[index] in PERSON_TAGS
    end = at + len(tagged.texts[index])
    goes_on = end > stretch.end or (opening.surname == "向" and end == stretch.end)  # 于|江洪 is a name now and then
    return is_person and goes_on and surnames().get(opening.text[at], -1.0) >= 1


def _closes(text: str, end: int) -> bool:
    """Whether a mark or a form of address stands behind a name (蒋大为同志)."""
    return text[end : end + 1] in CLAUSE_EDGE or text[end : end + 2] in words_for("names/posts", "civil")


def _is_no_given_name(text: str, at: int, given: str, weight: float) -> bool:
    """Whether two characters behind a surname are end in a verb said twice or in a word of grammar."""
    ends = (given[1] in "之为" and is_spoken(text, at + 2)) or _closes(text, at + 2)  # 林牧之认为
    if (given[1] in _NEVER_LAST and not ends) or text[at + 2 : at + 4] == "了" + given[1]:
        return True  # 高岩顿了顿
    is_aspect = text[at + 2 : at + 3] in ("了", "着", "过") and text[at + 2 : at + 4] not in _NO_ASPECT
    if is_aspect and given_name_characters().get(given[1], 0.0) < 1.0:
        return True  # 周敏来了, but 周来喜过去每月来
    if given[1] in "和有" and text[at + 2 : at + 3] not in CLAUSE_EDGE:
        # 石大有说, 在钱大有看来; 李志和被选上了
        return not joins_nothing(text, at + 2) if given[1] == "和" else not is_spoken(text, at + 2)
    if given[1] in "来到去进" and text[at + 3 : at + 4] == "里":
        return True  # 村民王军来|村里
    if weight >= 0 or not is_word(given):
        return False
    # 都明白; 常志强 is a name, and so is 职工苗建新
    is_name = tag_of(given) in GIVEN_TAGS or (at > 1 and post_ending_at(text, at - 1) is not None)
    return weight < -1 or not is_name or given_merit(given) < (1.0 if tag_of(given) in GIVEN_TAGS else 0.8)


@cache
def _titles() -> frozenset[str]:
    return words_for("names/posts", "civil") | words_for("names/posts", "post")
