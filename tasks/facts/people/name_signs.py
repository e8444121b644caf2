"""What a stretch of text says by itself for and against being a personal name, as tables of signs.

Which signs are asked depends on how the segmenter cut the stretch. Behind a sign stands an example or, after a bar,
what it keeps from being a name; both kinds are cases under tests/cases/facts/people.
"""

from __future__ import annotations

from tasks.facts.people.stretches import CLAUSE_EDGE, Cut, Stretch, given_merit, is_spoken, joins_nothing, tag_of
from tasks.facts.text.needed import Head
from tasks.facts.text.signs import Sign
from tasks.lexicon.characters import FIRST_HAN, LAST_HAN, ONE_TO_TEN
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import given_name_characters
from tasks.lexicon.posts import title_starting_at
from tasks.lexicon.speech import SPEECH
from tasks.lexicon.word_lists import any_of, words_for

GIVEN_TAGS = frozenset(("nr", "nrfg", "nrt", "nz", "ns"))
_GRAMMAR_TAGS = frozenset(
    ("p", "d", "c", "uj", "ul", "u", "r", "y", "uz", "ug", "ud", "uv", "k", "vshi", "vyou", "m", "f")
)
_HARDLY_LAST_TAGS = frozenset(("p", "d", "c", "uj", "ul", "u", "r", "y", "uz", "ug", "vshi"))
_CLEAR_SPEECH = Head(any_of(words_for("names/speech_words", "clear")))
GROWS = frozenset("树林草花果木苗山河湖江海")  # what the word before it names a kind of: 胡杨|树
_STOPS = frozenset("，。！？；、）)”》")
_PARTICLES = frozenset("也都还就才不没的" + ONE_TO_TEN)
_LINKS = frozenset("和因")  # 正在, 成为 and 参与 follow whole names
# Log odds of a character in given names: from the first on it is typical, from the second hardly anything else.
_TYPICAL, CLEARLY_TYPICAL = 1.0, 1.5


def _is_left_over(s: Stretch, end: int, index: int) -> bool:
    """Whether word ``index``, which ends at ``end``, is a single character that can end a name, as what follows
    allows."""
    tagged, text = s.opening.tagged, s.opening.text
    if index >= len(tagged.texts) or len(tagged.texts[index]) > 1:
        return False
    last, following = tagged.texts[index], text[end : end + 1]
    merit = given_name_characters().get(last, 0.0)
    if last == "和":
        return joins_nothing(text, end)
    if tagged.tags[index] in _GRAMMAR_TAGS:
        # No adverb, preposition or number stands before a mark or a title: 张宝|才|，, 袁道|先|教授.
        is_out_of_place = (
            following in _STOPS
            or (following == "的" and tagged.tags[index] in "pc")
            or (tagged.tags[index] == "m" and tagged.tags[index + 1 : index + 2] == ["v"])
            or title_starting_at(text, end) is not None
        )
        is_likely = merit >= -1.0 or (last == "年" and is_spoken(text, end))  # 许松|年|担心
        return is_out_of_place and tagged.tags[index] in "dpcm" and last not in _PARTICLES and is_likely
    if not FIRST_HAN <= last <= LAST_HAN or merit < -1.0:
        return False
    if merit >= _TYPICAL and tagged.tags[index][0] != "v" and last not in "常正曾":
        behind = tagged.tags[index + 1 : index + 2]
        if behind and behind[0] in ("v", "vn", "d", "p"):
            return True  # 陈素|清|突发
        if behind and behind[0] in ("m", "mq") and s.opening.is_person:
            return True  # 赵云|舒|三次到村
    return (
        not following or following in CLAUSE_EDGE or following in "的为是等和与" or SPEECH.match(text, end) is not None
    )


def _opens_unknown_word(s: Stretch) -> bool:
    """Whether the next word, which no dictionary knows, begins with what may be a name's last character (陈健|仪列|了)."""
    return (
        s.opening.is_person
        and s.end == s.opening.word_end + 1
        and not s.is_word_end
        and not is_word(s.last_word)
        and given_name_characters().get(s.given[-1], 0.0) >= 0.3
    )


def _hides_last_character(s: Stretch) -> bool:
    """Whether the next word is a name's last character and a word of grammar (蓝伟|平和|几名, 李福|根因|中风)."""
    opening, word = s.opening, s.last_word
    if not opening.is_person or s.end != opening.word_end + 1 or s.is_word_end:
        return False
    merit = given_name_characters().get(word[0], -1.0)
    if len(word) == 2 and word[1] == "在" and word[0] != "正" and merit >= _TYPICAL:
        return opening.text[s.end + 1 : s.end + 2] not in CLAUSE_EDGE  # 贺子|健在|会上说
    if len(word) != 2 or word[1] not in _LINKS or merit < 0.3:
        return False
    return opening.text[s.end + 1 : s.end + 2] not in "地的、，。"  # 刘洋平和地说


def _takes_last_character(s: Stretch) -> bool:
    return s.end == s.opening.word_end + 1 and _is_left_over(s, s.end, s.opening.index + 1)


def _leaves_last_character(s: Stretch) -> bool:
    return s.length == 2 and not s.opening.is_known and _is_left_over(s, s.end + 1, s.opening.index + 1)


def _takes_from_verb(s: Stretch) -> bool:
    """Whether the last character begins a verb with what follows (何平|站起来)."""
    pair = s.given[-1] + s.following
    if given_merit(s.given[-1]) >= _TYPICAL or not is_word(pair):
        return False
    return tag_of(pair) == "v" and len(s.given) > 1


def _takes_from_object(s: Stretch) -> bool:
    """Whether the surname is a verb to the segmenter, what follows a noun that no name has, or begins it (修|水龙头)."""
    opening, noun = s.opening, s.last_word
    if opening.tag != "v" or len(opening.word) > 1 or s.last_tag[0] != "n" or s.last_tag in GIVEN_TAGS:
        return False
    if not is_word(noun):
        return False
    if noun == s.given:  # 修|水泵, but 管|海洋, 应|佳运
        is_rare = opening.surname_weight < 1 and max(map(given_merit, s.given)) < _TYPICAL
        return is_rare and len(noun) > 1 and not is_spoken(opening.text, s.end)
    return not s.is_word_end and noun.startswith(s.given)


def _is_other_word(s: Stretch) -> bool:
    return not s.opening.is_person and s.opening.is_known


def _has_little_of_a_name(s: Stretch) -> bool:
    return s.opening.surname_weight < 1 and given_merit(s.given) < _TYPICAL


def _is_before_all(s: Stretch) -> bool:
    return s.following == "均" and s.opening.text[s.end + 1 : s.end + 2] in _DONE_TO_ALL


_DONE_TO_ALL = frozenset("因被系已获为由受")
_Signs = tuple[Sign[Stretch], ...]
_INSIDE_A_WORD = ("inside a word",)  # of signs that only ask for what ends there

_INSIDE: _Signs = (  # 主|任何|静 | 能|源头|
    Sign("begins and ends inside words", -1.5, lambda s: is_word(s.last_word), only=_INSIDE_A_WORD),
)

_KNOWN_PAIR: _Signs = (
    Sign(
        "a known person, the last character one of names",
        0.5,
        lambda s: s.opening.is_person and given_merit(s.given) >= CLEARLY_TYPICAL,
    ),  # 高峰
    Sign("a known pair tagged as a person", -1.5, lambda s: s.opening.is_person),  # | 武功, 顾客
    Sign("a known place or thing", -2.5, lambda s: s.opening.tag in ("ns", "nz")),
    Sign("a known word of two characters", -4.0, lambda s: True),  # | 安全
)
_KNOWN_WORD: _Signs = (
    Sign("a known kind of plant", -2.5, lambda s: s.given[-1] in GROWS and is_word(s.surface[:2])),  # | 胡杨树
    Sign("a known transcription", -3.0, lambda s: s.opening.tag == "nrt"),  # | 阿根廷
    Sign(
        "a known person with little of a name about it", 2.3, lambda s: s.opening.is_person and _has_little_of_a_name(s)
    ),  # | 富士康
    Sign("a known person", 3.5, lambda s: s.opening.is_person),
    Sign("another known name", -2.5, lambda s: s.opening.tag in ("nz", "ns", "t")),
    Sign("a known word", -6.0, lambda s: True),  # | 常态化
)
_GUESSED_WORD: _Signs = (
    Sign(
        "taken for a person of a common surname, three characters",
        3.2,
        lambda s: s.opening.is_person and s.length == 3 and s.opening.surname_weight >= 1,
    ),
    Sign("taken for a person", 2.5, lambda s: s.opening.is_person),
    Sign("a word of its own", -1.0, lambda s: True),
)
_FROM_VERB: _Signs = (Sign("takes a verb's first character", -5.0, _takes_from_verb),)  # | 何平站|起来
_LEFT_OVER: _Signs = (
    Sign(
        "leaves a 和 over that joins nothing",
        -6.0,
        lambda s: s.following == "和" and s.length == 2 and joins_nothing(s.opening.text, s.end + 1),
    ),
    Sign("leaves a character over", -2.0, _leaves_last_character),
)  # | 李春|苗

_LONGER: _Signs = (
    Sign("the beginning of a known word", -3.0, lambda s: s.opening.is_known),
    Sign("the beginning of what is taken for a person", 0.0, lambda s: s.opening.is_person),
    Sign("the beginning of an unknown word", 1.0, lambda s: True),
)

_PIECES: _Signs = (
    Sign("opens with a place or a thing", -1.5, lambda s: _is_other_word(s) and s.opening.tag in ("ns", "nz")),
    Sign("opens with a known word", -2.5, _is_other_word),
    Sign(
        "a shorter name, its last character hidden in the next word", 1.7, _hides_last_character, only=_INSIDE_A_WORD
    ),  # 蓝伟|平和|几名
    Sign("a shorter name, its last character left over", 1.7, _takes_last_character),  # 李春|苗|，
    Sign(
        "a shorter name before an unknown word that its last character opens",
        1.7,
        _opens_unknown_word,
        only=_INSIDE_A_WORD,
    ),  # 陈健|仪列
    Sign("a shorter name with more behind it", -0.8, lambda s: True),
)

_APART: _Signs = (Sign("the surname set apart", 1.0, lambda s: s.opening.is_person),)  # 李|晓梅

_LONGER_END: _Signs = (
    Sign(
        "a verb of saying cut in two", 0.0, lambda s: _CLEAR_SPEECH.match(s.opening.text, s.end) is not None
    ),  # 裘念|平坦|言
    Sign(
        "more taken for a person than the name", 0.0, lambda s: s.opening.is_person and not s.opening.is_known
    ),  # 谷小满算
    Sign("ends inside a known word", -3.0, lambda s: is_word(s.last_word)),
    Sign("ends inside a word", -1.0, lambda s: True),
)
_END: _Signs = (
    Sign("a verb and the beginning of its object", -8.0, _takes_from_object),  # | 志愿者修|水龙头
    Sign("before 均 and what was done to all of a list", 0.0, _is_before_all, only=_INSIDE_A_WORD),  # 李和平|均因
    Sign(
        "a verb of saying cut in two",
        0.0,
        lambda s: _CLEAR_SPEECH.match(s.opening.text, s.end) is not None,
        only=_INSIDE_A_WORD,
    ),
    Sign(
        "a character hidden in the next word",
        0.0,
        lambda s: _hides_last_character(s) or _opens_unknown_word(s),
        only=_INSIDE_A_WORD,
    ),
    Sign("a character left over", 0.0, _takes_last_character),
    Sign("ends inside a known word", -3.0, lambda s: is_word(s.last_word), only=_INSIDE_A_WORD),
    Sign("ends inside a word", -1.0, lambda s: True, only=_INSIDE_A_WORD),
    Sign("ends in another word", -0.3, lambda s: len(s.last_word) == 2 and s.last_tag not in GIVEN_TAGS),
    Sign(
        "ends in a word of grammar",  # | 李强|也
        -2.5,
        lambda s: (
            len(s.last_word) == 1
            and s.last_tag in _HARDLY_LAST_TAGS
            and given_name_characters().get(s.last_word, 0.0) < CLEARLY_TYPICAL
        ),
    ),
)

# 欧阳, 诸葛: who is meant is clear; where the name ends, the words tell.
_COMPOUND: _Signs = (Sign("a surname of two characters", 3.0, lambda s: True),)
_COMPOUND_END: _Signs = (
    Sign(
        "begins inside a known word", -6.0, lambda s: not s.opening.is_word_start and s.opening.is_known
    ),  # | 打|扫夏|侯爵
    Sign(
        "a verb of saying cut in two",
        0.0,
        lambda s: _CLEAR_SPEECH.match(s.opening.text, s.end) is not None,
        only=_INSIDE_A_WORD,
    ),
    Sign("ends inside a known word", -2.0, lambda s: is_word(s.last_word), only=_INSIDE_A_WORD),
    Sign(
        "leaves a character over",
        -2.0,
        lambda s: len(s.given) == 1 and _is_left_over(s, s.end + 1, s.opening.tagged.index_of(s.end)),
    ),
    Sign("ends inside a word", -1.0, lambda s: True, only=_INSIDE_A_WORD),
    Sign(
        "ends in a word of grammar",
        -2.5,
        lambda s: (
            len(s.given) > 1
            and len(s.last_word) == 1
            and s.last_tag in _HARDLY_LAST_TAGS
            and not _is_left_over(s, s.end, s.opening.tagged.index_of(s.end - 1))
        ),
    ),
    Sign("two characters behind it", 1.0, lambda s: len(s.given) > 1),
)

# By how the segmenter cut the stretch, what is asked of it.
_BY_CUT: dict[Cut, tuple[_Signs, ...]] = {
    "inside a word": (_INSIDE,),
    "a known pair": (_KNOWN_PAIR,),
    "a known word": (_KNOWN_WORD,),
    "a word": (_GUESSED_WORD, _LEFT_OVER, _FROM_VERB),
    "part of a word": (_LONGER, _LONGER_END),
    "a word and more": (_PIECES, _END),
    "a surname and more": (_APART, _END),
    "a surname of two characters": (_COMPOUND, _COMPOUND_END),
}
# The same for what ends inside a word and for what does not, of which some signs cannot hold.
INSIDE: dict[Cut, tuple[tuple[_Signs, ...], tuple[_Signs, ...]]] = {
    cut: (groups, tuple(tuple(sign for sign in group if sign.only != _INSIDE_A_WORD) for group in groups))
    for cut, groups in _BY_CUT.items()
}
