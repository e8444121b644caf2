"""A stretch of text that may be a personal name, and what stands around it.

What is asked of the beginning is asked once for the two or three ends a name may have.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import rjieba

from tasks.facts.text.needed import Head
from tasks.facts.text.reading import TaggedWords
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import given_name_characters
from tasks.lexicon.posts import occupation_ending_at, post_ending_at, title_starting_at
from tasks.lexicon.speech import SPEECH
from tasks.lexicon.word_lists import words_for

CLAUSE_EDGE = frozenset("\n，。！？；：、“”‘’（）()《》—…,;:!? \u3000・｜|")
Cut = Literal[
    "inside a word",
    "a known pair",
    "a known word",
    "a word",
    "part of a word",
    "a word and more",
    "a surname and more",
    "a surname of two characters",
]
PERSON_TAGS = frozenset(("nr", "nrfg", "nrt"))
# Nothing that 和 joins begins so: 李志和，今年六十岁; 李志和被选上了; 李志和一家住进了楼房.
_JOINS_NOTHING = Head(
    r"[，。！？；：、）)”》]|被(?![[:han:]]{1,4}的)|[把也]|将(?!军)|在(?=\d)|一家(?=[通住搬是也都从在的，、])|夫[妇妻]"
)


@lru_cache(maxsize=20_000)
def tag_of(word: str) -> str:
    """The tag of a word of the dictionary; of anything else, that of its first piece."""
    return str(rjieba.tag(word)[0][1])


def given_merit(characters: str) -> float:
    """Log odds of ``characters`` in a given name against running text, added up; 0 for one that no list knows."""
    table = given_name_characters()
    return sum([table.get(character, 0.0) for character in characters])


# What only a person does: 陈松年|担心水不够.
_FEELS = (
    *("看来", "担心", "操心", "发愁", "犯愁", "犯难", "纳闷", "惦记", "牵挂", "心疼", "心动", "后悔", "懊恼", "害怕"),
    *("着急", "犯嘀咕", "放心不下", "舍不得", "盼着", "琢磨", "寻思", "打定主意", "下定决心", "想不通", "心里"),
)


def is_spoken(text: str, at: int) -> bool:
    """Whether what stands at ``at`` says that somebody speaks, thinks or feels: 笑着说, 看来, 担心."""
    if SPEECH.match(text, at) is not None:
        return True
    return text[at : at + 2] in _FEELS_BEGIN and text.startswith(_FEELS, at)  # hardly anybody feels


_FEELS_BEGIN = frozenset(feels[:2] for feels in _FEELS)


COMPOUND = 2.0  # the weight of 欧阳 and 诸葛, which are hardly anything but surnames


def joins_nothing(text: str, end: int) -> bool:
    """Whether a 和 that ends at ``end`` joins nothing, so that it can only end a name."""
    return _JOINS_NOTHING.match(text, end) is not None or SPEECH.match(text, end) is not None


class Opening:
    """Where a name may begin, at or in word number ``index``, with the weight of the surname that stands there.

    What scores no more than ``least`` by itself, no neighbour can make a name.
    """

    __slots__ = (
        "_looked",
        "before",
        "index",
        "is_known",
        "is_occupation",
        "is_person",
        "is_word_start",
        "least",
        "post",
        "start",
        "surname",
        "surname_weight",
        "tag",
        "tagged",
        "text",
        "word",
        "word_end",
    )

    def __init__(
        self, text: str, start: int, tagged: TaggedWords, index: int, surname: str, surname_weight: float, least: float
    ) -> None:
        self.text, self.start, self.tagged, self.index = text, start, tagged, index
        self.surname, self.surname_weight, self.least = surname, surname_weight, least
        self.word, self.tag = tagged.texts[index], tagged.tags[index]
        self.is_word_start = bool(tagged.is_start[start])
        self.is_known = is_word(self.word)
        self.is_person = self.tag in PERSON_TAGS
        self.word_end = start + len(self.word)
        self.before = text[start - 1] if start else "\n"
        self.post: int | None = None
        self.is_occupation = False
        self._looked = False

    def look_left(self) -> None:
        """Find the post or the occupation before the name, once for all its ends."""
        if self._looked:
            return
        self._looked = True
        text, start = self.text, self.start
        self.post = post_ending_at(text, start, max(0, start - 16))
        if self.post is None and self.before == "”":
            self.post = post_ending_at(text, start - 1, max(0, start - 10))
        self.is_occupation = self.post is None and (
            occupation_ending_at(text, start) is not None or self._is_said_to_be()
        )

    def _is_said_to_be(self) -> bool:
        """Whether a post with 出身的, 担任的 or plain 的 stands before the name (渔民出身的张某)."""
        text, start = self.text, self.start
        if self.before != "的":
            return False
        end = start - 3 if text[start - 3 : start - 1] in ("出身", "担任") else start - 1
        return end > 0 and post_ending_at(text, end, max(0, end - 8)) is not None


class Stretch:
    """From ``opening`` to ``end``: a surname and one or two characters, whose ``merit`` is what they say by
    themselves."""

    __slots__ = (
        "cut",
        "end",
        "following",
        "given",
        "is_known",
        "is_word_end",
        "last_tag",
        "last_word",
        "length",
        "merit",
        "opening",
        "spoken",
        "support",
        "surface",
        "title",
    )

    def __init__(self, opening: Opening, end: int, merit: float) -> None:
        text, tagged, start = opening.text, opening.tagged, opening.start
        self.opening, self.end, self.merit = opening, end, merit
        self.length = end - start
        self.surface = text[start:end]
        self.given = text[start + len(opening.surname) : end]
        self.following = text[end : end + 1]
        self.is_word_end = bool(tagged.is_start[end])
        last = tagged.index_of(end - 1)
        self.last_word, self.last_tag = tagged.texts[last], tagged.tags[last]
        self.cut: Cut = self._how_cut()
        self.is_known = self.spoken = False
        self.title: int | None = None
        self.support: bool | None = None  # what has_support says, once it is asked

    def _how_cut(self) -> Cut:
        opening = self.opening
        if opening.surname_weight >= COMPOUND:
            return "a surname of two characters"
        if not opening.is_word_start:
            return "inside a word"
        if opening.word_end == self.end:
            return "a word" if not opening.is_known else "a known pair" if self.length == 2 else "a known word"
        if opening.word_end > self.end:
            return "part of a word"
        return "a word and more" if len(opening.word) > 1 else "a surname and more"

    def look_around(self) -> None:
        """Find what stands beside the name: asked only where it may be one by itself."""
        text, end = self.opening.text, self.end
        self.opening.look_left()
        self.is_known = is_word(self.surface)
        self.spoken = is_spoken(text, end)
        self.title = None if self.spoken else title_starting_at(text, end)


_KIN = frozenset("父母夫妻爸妈爷奶兄嫂弟姐妹儿女家")  # 李明父说 is said by another one
_COMING = frozenset(("来", "到", "去"))
_ADVERBS = frozenset("刚又也再常还都就才已曾便")  # the segmenter joins some of them to the verb: 李明|刚到|县里


def leaves_a_character(s: Stretch) -> bool:
    """Whether one character is left between a surname with one character and a verb of saying or coming, and it is no
    word that leads to the verb: 胡松 in 胡松年笑着说, but not 李明 in 李明也说."""
    text, tagged = s.opening.text, s.opening.tagged
    is_coming = text[s.end + 1 : s.end + 2] in _COMING
    if s.length != 2 or s.following in _KIN or s.following in _ADVERBS or not (is_coming or is_spoken(text, s.end + 1)):
        return False
    index = tagged.index_of(s.end)
    if is_coming and tagged.is_start[s.end] and len(tagged.texts[index]) == 2:
        return not is_word(tagged.texts[index])  # 龙海|清来|村里
    if not tagged.is_start[s.end]:
        return bool(tagged.is_start[s.end + 1])  # 钱|松年|笑着说: the end would part a word
    return len(tagged.texts[index]) == 1 and tagged.tags[index][:1] in "nmqt"


_MOST_OF_NAMES = 1.0  # log odds of a last character from which on it is hardly met outside of names


def leaves_name_character(s: Stretch) -> bool:
    """Whether a word of one character stands behind that hardly anything but names has: 韩文|魁|当天."""
    return s.opening.tagged.is_start[s.end + 1 : s.end + 2] == b"\x01" and given_merit(s.following) > _MOST_OF_NAMES


_HOMES = frozenset("村组屯寨")


def is_behind_home(s: Stretch) -> bool:
    """Whether the place that somebody is of stands before the name, and 的: 柳溪村的赵铁柱, 村里的孙有福."""
    text, end = s.opening.text, s.opening.start - 1
    return text[end - 1 : end] in _HOMES or text[end - 2 : end] == "村里"


def is_field_in_row(s: Stretch) -> bool:
    """Whether the stretch is what departments are called by, and a mark of a row stands beside it."""
    is_in_row = s.opening.before in "、和与" or s.following in ("、", "和", "与")
    return s.length == 2 and is_in_row and s.surface in words_for("bodies/departments", "field")


def is_before_home(s: Stretch) -> bool:
    """Whether the next word is what a village, a park or a feast is called behind its name: 民俗村, 文化园."""
    if not s.is_word_end or s.opening.post is not None:
        return False
    word = s.opening.tagged.texts[s.opening.tagged.index_of(s.end)] if s.following else ""
    return len(word) > 2 and word[-1] in "村寨镇屯园节"


def is_spot(s: Stretch) -> bool:
    """Whether the stretch is where something is: 在田坎上, while 周敏上来 is someone."""
    return s.following in ("上", "里", "边", "旁") and s.opening.text[s.end + 1 : s.end + 2] in CLAUSE_EDGE
