"""How likely a stretch of text is a personal name, judged by its characters, its words and its neighbours."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

import rjieba

from tasks.facts.text.reading import TaggedWords
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import before_names, called_or_kin, given_name_characters, surnames, words
from tasks.lexicon.posts import occupation_ending_at, post_ending_at, title_starting_at

ACCEPTED = (
    4.0  # below: words that merely look like names; above: a post, a verb of saying or clear characters are needed
)
_UNKNOWN_CHARACTER = 0.0
SPEECH = re.compile(
    r"[，,]?(?:[^，。！？；：“”\n、]{0,6}?(?:地|着|，))?(?:[也还则又就曾便都]{0,2})(?:连忙|率先|首先|坦率|自豪|高兴|激动|感慨|欣慰|无奈|动情|骄傲|乐呵呵|笑呵呵|感激|深情|兴奋|开心)?"
    r"(?:地|得)?(?:对记者|向记者|跟记者|给记者|对此|如是|接着|继续|笑着|笑|这样|进一步|解释|介绍|补充|回忆|感叹|感慨|坦言|直言)?"
    r"(?:说|表示|介绍|告诉|坦言|直言|认为|指出|强调|感慨|感叹|透露|回忆|解释|补充|谈到|谈起|提到|讲述|讲(?![究解座堂台])|道(?![路理德具歉])|称(?![重职号呼霸])|问(?![题责卷候诊])|答(?![案卷复])|回答|建议|提议|"
    r"提醒|呼吁|倡议|总结|评价|反映|抱怨|吐槽|点赞|调侃|坦承|承认|喊|叹|感言|期待|希望|相信|觉得|算了|举例|接过话|接话|插话|搭话|应声|打开了?话匣子|打趣|发言(?!人|稿|席))"
)
_CLEAR_SPEECH = re.compile(
    r"坦言|表示|介绍|告诉|认为|指出|强调|感慨|透露|回忆|解释|补充|直言|说道|说起|笑着说|笑道|提醒"
)
_FUNCTION_AFTER = frozenset("并没不仍即的是在把被将和与及说也还都就则又从对向为让给等才已正便却曾有以因于")
# Words after which a noun phrase, not a person, goes on: 高山镇, 金山路, 马家庄.
_PLACE_AFTER = re.compile(
    r"[路街村镇乡区县市省山河江湖桥寺庙府庄屯湾坝沟岭坪店巷苑园馆楼站港岛州塘家](?![人里住中])|社区|街道|小区|大道|大厦|广场|公司|集团|路口"
)
_PLACE_ENDINGS = frozenset("路街村镇乡区县市省社站店楼桥岛周卡格庄沟寨湾坡滩嘴寺祠庙堂馆奖杯章盾派族氏菜椒栏浴舞衫")
_GRAMMAR_TAGS = frozenset(
    ("p", "d", "c", "uj", "ul", "u", "r", "y", "uz", "ug", "ud", "uv", "k", "vshi", "vyou", "m", "f")
)
_OPENING, _CLOSING = frozenset("“‘《「【"), frozenset("”’》」】")
_NEVER_LAST = frozenset("为及与把被向对从到说是等在的了都也又还要仍曾将并们")
_GIVEN_TAGS = frozenset(("nr", "nrfg", "nrt", "nz", "ns"))
_PREPOSITIONS = frozenset("向于和与从由对以")
_THREE, _UNLIKELY = 1.0, -0.9  # three characters are several times as common as two, where the last may end a name

_TELLING = 1.0
_NAME_TAGS = ("nz", "ns", "t")
_POOR = -2.3  # what a clause's edge and a verb of saying can still lift above what callers ask for
_HOPELESS = -4.5  # no neighbours can lift a name above what callers ask for (1.5) from here
_BEST_CHARACTER, _BEST_FIT = 7.0, 3.5  # what a last character and the segmentation, and what the latter alone can add
_CLAUSE_EDGE = frozenset("\n，。！？；：、“”‘’（）()《》—…,;:!? \u3000・｜|")


class NameGuess(NamedTuple):
    """A stretch that may be a name; ``score`` sums the evidence, ``has_context`` tells whether neighbours support it."""

    start: int
    end: int
    score: float
    has_context: bool


def guess_name(text: str, start: int, tagged: TaggedWords, index: int) -> NameGuess | None:
    """The best name that begins at ``start``, in or at word number ``index``, if any is likely."""
    weights = surnames()
    surname = text[start : start + 2] if text[start : start + 2] in weights else text[start]
    if surname not in weights:
        return None
    weight = weights[surname]
    word, tag = tagged.texts[index], tagged.tags[index]
    if weight < -1 and tag not in ("nr", "nrfg", "nrt"):
        return None  # 由楼栋长担任
    table, titles = given_name_characters(), _titles()
    given_start = start + len(surname)
    first, second = text[given_start : given_start + 1], text[given_start + 1 : given_start + 2]
    if not "\u4e00" <= first <= "\u9fff":
        return None
    if first + second in titles or text[start : given_start + 1] in titles:
        return None  # 杜先生, 干部慰问
    likely: list[tuple[int, float]] = []
    base = weight + table.get(first, _UNKNOWN_CHARACTER)
    poor = _POOR if text[start - 1 : start] not in before_names() else _HOPELESS
    if base + _BEST_CHARACTER < poor:
        return None
    if (
        "\u4e00" <= second <= "\u9fff"
        and not _is_no_given_name(text, given_start, first + second, weight)
        and text[start : given_start + 2] not in titles
    ):
        merit = base + table.get(second, _UNKNOWN_CHARACTER)
        if merit + _BEST_FIT > poor:
            merit += _fit(text, start, given_start + 2, tagged, index, word, tag)
            if merit > poor:
                likely.append((given_start + 2, merit))
    if base + _BEST_FIT > poor and first not in titles:
        merit = base + _fit(text, start, given_start + 1, tagged, index, word, tag)
        if merit > poor:
            likely.append((given_start + 1, merit))
    if not likely:
        return None
    return _best_in_context(text, start, likely, weight, start + len(word))


def _closes(text: str, end: int) -> bool:
    """Whether a mark or a form of address stands behind a name (蒋大为同志)."""
    return text[end : end + 1] in _CLAUSE_EDGE or text[end : end + 2] in words("civil_titles")


def _is_no_given_name(text: str, at: int, given: str, weight: float) -> bool:
    """Whether two characters behind a surname are a verb of saying, end in a verb said twice or in a word of grammar."""
    if (
        given in words("speech_words")
        or (given[1] in _NEVER_LAST and not _closes(text, at + 2))
        or text[at + 2 : at + 4] == "了" + given[1]
    ):
        return True  # 高岩顿了顿
    if text[at + 2 : at + 3] in ("了", "着", "过") and given_name_characters().get(given[1], 0.0) < 1.0:
        return True  # 周敏来了
    if given[1] in "和有" and text[at + 2 : at + 3] not in _CLAUSE_EDGE:
        return True
    if weight >= 0 or not is_word(given):
        return False
    return weight < -1 or _tag_of(given) not in _GIVEN_TAGS or _given(given) < 1.0  # 都明白; 常志强 is a name


@lru_cache(maxsize=20_000)
def _tag_of(word: str) -> str:
    return str(rjieba.tag(word)[0][1])


def _best_in_context(
    text: str, start: int, likely: list[tuple[int, float]], weight: float, word_end: int
) -> NameGuess | None:
    before = text[start - 1] if start else "\n"
    if "\u4e00" <= before <= "\u9fff" and is_word(text[start - 1 : start + 2]):
        return None  # the end of a longer word: 工|程师
    within = post_ending_at(text, start + 1, max(0, start - 3))
    if within is not None and within < start:
        return None  # the 任 of 主任 begins no name
    post = post_ending_at(text, start, max(0, start - 16))
    if post is None and text[start - 1 : start] == "”":
        post = post_ending_at(text, start - 1, max(0, start - 10))
    is_occupation = post is None and (occupation_ending_at(text, start) is not None or _is_said_to_be(text, start))
    if post is not None:
        # Behind a post even 于 and 和 are surnames; 由 and 从 are hardly anywhere.
        context = 3.5 if weight >= 0 else 4.5 if weight >= -1 else 1.5
    elif is_occupation or text[max(0, start - 2) : start] in called_or_kin() or before == "叫":
        context = 2.5
    elif before == "的" and text[max(0, start - 2) : start - 1] == "岁":
        context = 2.0
    elif before == "”" and text[start - 2] in "，。！？…；":
        context = 1.6  # who speaks stands behind what is said
    elif before in _CLAUSE_EDGE:
        context = 0.8
    elif before in "和与及对向给让请由据跟为被把":
        context = 0.4
    else:
        context = -0.8
    best: NameGuess | None = None
    for end, merit in likely:
        own = merit
        after, spoken = _after(text, end, post is not None)
        if post is not None and end - start == 2 and is_word(text[start:end]):
            known_as = _tag_of(text[start:end])
            if known_as in ("ns", "nz") or (known_as == "nr" and (weight >= 0 or _given(text[start + 1]) >= 1.5)):
                own += 2.5  # 站长于洋: after a post even a word the dictionary knows otherwise is a name
            elif weight < 1 and not (spoken and known_as[0] == "n"):
                own -= 2.0  # 市民满怀喜悦地说, 专家连连称赞
                after, spoken = 0.0, False
        score = own + context + after
        if context >= 2 and end - start == 3 and _given(text[end - 1]) > _UNLIKELY:
            score += _THREE
        if spoken and (post is not None or is_occupation or before == "”"):
            score += 2.0  # between a post or a quote and a verb of saying stands a name
        is_full = end - start == 3 and (own > 1.0 or after > 2)
        if text[start] in _PREPOSITIONS and end != word_end and not is_full:
            continue  # 工作人员向南方报社反映
        if (
            text[start] in _PREPOSITIONS
            and end - start == 3
            and is_word(text[start + 1 : end])
            and end != word_end
            and _given(text[start + 1 : end]) < 3.0  # 向春华
        ):
            continue  # 负责人向记者介绍
        if post is None:
            if end - start == 3 and text[end - 1] == text[end - 2] and weight < 1:
                score -= 4.0  # 金灿灿, 水灵灵
            if text[end - 1] in _PLACE_ENDINGS or (before in _OPENING and text[end : end + 1] in _CLOSING):
                score -= 4.0
            if not spoken and weight < 1:
                score -= 1.5
        if best is None or score > best.score:
            best = NameGuess(start, end, score, post is not None or spoken or is_occupation)
    return best


def _is_said_to_be(text: str, start: int) -> bool:
    """Whether a post with 出身的, 担任的 or plain 的 stands before ``start`` (渔民出身的张某)."""
    if text[start - 1 : start] != "的":
        return False
    end = start - 3 if text[start - 3 : start - 1] in ("出身", "担任") else start - 1
    return end > 0 and post_ending_at(text, end, max(0, end - 8)) is not None


@cache
def _titles() -> frozenset[str]:
    return words("civil_titles") | words("posts")


def _given(characters: str) -> float:
    table = given_name_characters()
    return sum([table.get(character, _UNKNOWN_CHARACTER) for character in characters])


def _fit(text: str, start: int, end: int, tagged: TaggedWords, index: int, word: str, tag: str) -> float:
    """How well the stretch fits the words the segmenter found."""
    if not tagged.is_start[start]:
        return 0.0 if tagged.is_start[end] or not is_word(tagged.texts[tagged.index_of(end)]) else -1.5
    score = 0.0
    is_person = tag in ("nr", "nrfg", "nrt")
    word_end = start + len(word)
    if word_end == end and end - start == 2 and is_word(word):
        # The dictionary tags many ordinary words as persons (顾客, 武功); a character typical of given names tells.
        if is_person:
            score += 0.5 if _given(word[1]) >= 1.5 else -1.5
        else:
            score -= 2.5 if tag in ("ns", "nz") else 4.0
    elif word_end == end:
        if tag == "nrt" and is_word(word):
            score -= 3.0  # transcriptions: 阿根廷, 温哥华
        else:
            in_dictionary = is_word(word)
            if (
                in_dictionary
                and is_person
                and surnames().get(text[start], 0.0) < 1
                and _given(text[start + 1 : end]) < _TELLING
            ):
                score -= 1.2  # 金桂厅, 富士康
            score += (
                (3.5 if in_dictionary else 2.5)
                if is_person
                else ((-2.5 if tag in _NAME_TAGS else -6.0) if in_dictionary else -1.0)
            )
            if not in_dictionary and end - start == 2 and _is_left_over(text, end + 1, tagged, index + 1):
                score -= 2.0
    elif word_end > end:
        score -= 3.0 if is_word(word) else (0.0 if is_person else 1.0)
    elif len(word) > 1 and not is_person and is_word(word):
        score -= 1.5 if tag in ("ns", "nz") else 2.5
    elif len(word) > 1:
        # The segmenter saw a shorter name, 李春 for 李春苗; what is left over is no word of its own before a mark.
        took_last = is_person and end == word_end + 1 and _hides_a_last_character(text, end, tagged, index + 1)
        score += 1.7 if took_last or (end == word_end + 1 and _is_left_over(text, end, tagged, index + 1)) else -0.8
        if took_last:
            return score
    if word_end == start + 1 and is_person:
        score += 1.0  # the segmenter set the surname apart
    if not tagged.is_start[end]:
        last = tagged.index_of(end - 1)
        if _CLEAR_SPEECH.match(text, end):
            return score  # 裘念平|坦言 though the segmenter reads 平坦
        if not (is_person and word_end > end and not is_word(word)):  # 谷小满算 is a name and a verb
            score -= 3.0 if is_word(tagged.texts[last]) else 1.0
    elif end > word_end:
        last = tagged.index_of(end - 1)
        rest = tagged.texts[last]
        if len(rest) == 2 and tagged.starts[last] == end - 2 and tagged.tags[last] not in _GIVEN_TAGS:
            score -= 0.3
        if (
            len(rest) == 1
            and given_name_characters().get(rest, 0.0) < 1.5
            and tagged.tags[last] in ("p", "d", "c", "uj", "ul", "u", "r", "y", "uz", "ug", "vshi")
        ):
            score -= 2.5
    return score


def _name_follows(text: str, at: int) -> bool:
    """Whether the title that ends at ``at`` belongs to a name behind it (华星董事长赵成)."""
    weight = surnames().get(text[at : at + 1], -1.0)
    return weight >= 1 and _given(text[at + 1 : at + 2]) > 0 and SPEECH.match(text, at) is None


_LINKS = frozenset("和因")  # 正在, 成为 and 参与 follow whole names


def _hides_a_last_character(text: str, end: int, tagged: TaggedWords, index: int) -> bool:
    """Whether word ``index`` is a name's last character and a word of grammar (蓝伟|平和|几名, 李福|根因|中风)."""
    if index >= len(tagged.texts) or tagged.starts[index] != end - 1:
        return False
    word = tagged.texts[index]
    if len(word) != 2 or word[1] not in _LINKS or given_name_characters().get(word[0], -1.0) < 0.3:
        return False
    return text[end + 1 : end + 2] not in "地的、，。"  # 刘洋平和地说


def _is_left_over(text: str, end: int, tagged: TaggedWords, index: int) -> bool:
    """Whether word ``index`` is a single character that can end a name, ends at ``end`` and has a mark or 家 behind it."""
    if index >= len(tagged.texts) or len(tagged.texts[index]) > 1 or tagged.tags[index] in _GRAMMAR_TAGS:
        return False
    last = tagged.texts[index]
    if not "\u4e00" <= last <= "\u9fff" or given_name_characters().get(last, 0.0) < -1.0:
        return False
    following = text[end : end + 1]
    if given_name_characters().get(last, 0.0) >= _TELLING and tagged.tags[index][0] != "v" and last not in "常正曾":
        behind = tagged.tags[index + 1 : index + 2]
        if behind and behind[0] in ("v", "vn", "d", "p"):
            return True  # 陈素|清|突发
    return (
        not following or following in _CLAUSE_EDGE or following in "的为是等和与" or SPEECH.match(text, end) is not None
    )


def _after(text: str, end: int, after_post: bool) -> tuple[float, bool]:
    following = text[end : end + 1]
    if not following or following in _CLAUSE_EDGE:
        score = 0.5
        if following in "（(" and following:
            close = text.find("）" if following == "（" else ")", end, end + 26)
            if close > 0 and post_ending_at(text, close, end + 1) is not None:
                return 3.0, True  # 李强（石桥村党支部书记）
        if following in "，," and SPEECH.match(text, end):
            return 1.0, False
        return score, False
    if SPEECH.match(text, end) or text.startswith("看来", end):
        return 2.5, True
    title = title_starting_at(text, end)
    if title is not None:
        return (-2.0, False) if _name_follows(text, title) else (1.5, True)
    if text[end : end + 2] in words("civil_titles"):
        return 1.5, True
    if _PLACE_AFTER.match(text, end) and not (
        following == "家" and after_post and text[end + 1 : end + 2] in "是的里住有门"
    ):
        return -3.5, False
    if following in _FUNCTION_AFTER:
        return 0.6, False
    return 0.0, False
