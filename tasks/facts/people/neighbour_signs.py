"""What stands around a stretch of text for and against its being a personal name, as tables of signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from tasks.facts.people.name_signs import CLEARLY_TYPICAL, GROWS
from tasks.facts.people.stretches import (
    CLAUSE_EDGE,
    Stretch,
    given_merit,
    is_before_home,
    is_behind_home,
    is_field_in_row,
    is_spot,
    leaves_a_character,
    leaves_name_character,
    tag_of,
)
from tasks.facts.text.signs import Narrowed, Sign
from tasks.lexicon.body_heads import heads_by_ending
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import called_or_kin, surnames, words
from tasks.lexicon.posts import post_ending_at
from tasks.lexicon.speech import SPEECH
from tasks.lexicon.word_lists import words_for

# Words after which a noun phrase, not a person, goes on: 高山镇, 金山路, 马家庄.
_PLACE_AFTER = re.compile(
    r"[路街村邨镇乡区县市省山河江湖桥寺庙府庄屯湾坝沟岭坪店巷苑园馆楼站港岛州塘家](?![人里住中起在着出到了])|社区|街道|小区|公路|机场|隧道|大道|大厦|广场|公司|集团|路口"
)
_FIRST_OF_PLACE = "路街村邨镇乡区县市省山河江湖桥寺庙府庄屯湾坝沟岭坪店巷苑园馆楼站港岛州塘家社小大广公集机隧"
_PLACE_ENDINGS = frozenset(
    "路街村邨镇乡区县市省社站店楼桥岛周卡格庄沟寨湾坡滩嘴寺祠庙堂馆奖杯章盾派族氏菜椒栏浴舞衫鱼肉狗猫猪羊鸡鸭鹅驴"
)
_FUNCTION_AFTER = frozenset("并没不仍即的是在把被将和与及说也还都就则又从对向为让给等才已正便却曾有以因于")
_KIN = called_or_kin()
_Signs = tuple[Sign[Stretch], ...]

# What stands before.


def _is_behind_kin(s: Stretch) -> bool:
    opening = s.opening
    return opening.is_occupation or opening.before == "叫" or opening.text[opening.start - 2 : opening.start] in _KIN


def _is_labelled(s: Stretch) -> bool:
    """Whether a post and a colon stand before the name and a mark behind it: 联系人：杜鹃，"""
    opening = s.opening
    if opening.before not in ("：", ":") or not _is_at_edge(s):
        return False
    text, colon = opening.text, opening.start - 1
    if text[colon - 2 : colon] in _MINUTED and (colon == 2 or text[colon - 3] in CLAUSE_EDGE):
        return True  # 记录：周敏
    return post_ending_at(text, colon, max(0, colon - 11)) is not None


_MINUTED = frozenset(("主持", "记录", "出席", "列席", "缺席", "请假", "参会", "汇报"))  # labels of minutes


def _is_behind_age(s: Stretch) -> bool:
    return s.opening.before == "的" and s.opening.text.endswith(("岁的", "年出生的"), 0, s.opening.start)


def _is_behind_quote(s: Stretch) -> bool:
    opening = s.opening
    return opening.before == "”" and opening.text[opening.start - 2] in "，。！？…；"


_POST: _Signs = (
    Sign("behind a post", 3.5, lambda s: s.opening.surname_weight >= 0),
    # Behind a post even 于 and 和 are surnames; 由 and 从 are hardly anywhere.
    Sign("behind a post, a word that may be a surname", 4.5, lambda s: s.opening.surname_weight >= -1),
    Sign("behind a post, a word of grammar", 1.5, lambda s: True),
)
_BEFORE: _Signs = (
    Sign("behind an occupation, a kinsman or 叫", 2.5, _is_behind_kin),
    Sign("behind an age", 2.0, _is_behind_age, only="的"),
    Sign("behind where one is at home", 1.0, is_behind_home, only="的"),
    Sign("behind a post and a colon", 2.5, _is_labelled, only="：:"),  # 联系人：杜鹃，
    Sign("behind what was said", 1.6, _is_behind_quote, only="”"),
    Sign("behind a pronoun", -3.0, lambda s: True, only="他她它我你咱们这那每各"),  # | 她|练琴
    Sign("at a clause's edge", 0.8, lambda s: True, only=CLAUSE_EDGE),
    Sign("behind a preposition", 0.4, lambda s: True, only="和与及对向给让请由据跟为被把"),
    Sign("amid other words", -0.8, lambda s: True),
)


# What stands behind.


def _is_name_though_known(s: Stretch) -> bool:
    """Whether a known pair behind a post is a name though the dictionary knows it otherwise (站长于洋)."""
    if s.length != 2 or not s.is_known:
        return False
    tag = tag_of(s.surface)
    if tag in ("a", "n", "z", "b") and s.opening.before in "记任长席理" and (s.spoken or s.following in "在对、和，。"):
        return True  # 书记高远在会上强调: one who holds an office, and no 书记高兴地说
    is_name = s.opening.surname_weight >= 0 or given_merit(s.given) >= CLEARLY_TYPICAL
    return tag in ("ns", "nz") or (tag == "nr" and is_name and not leaves_name_character(s))


def _is_what_is_done(s: Stretch) -> bool:
    """Whether a known pair behind a post tells what its holder does (市民满怀喜悦地说, 专家连连称赞)."""
    if s.length != 2 or not s.is_known or s.opening.surname_weight >= 1 or _is_name_though_known(s):
        return False
    return not (s.spoken and tag_of(s.surface)[0] == "n")


def _has_post_in_brackets(s: Stretch) -> bool:
    """Whether brackets behind the name hold a post: 李强（石桥村党支部书记）."""
    if s.following not in ("（", "("):
        return False
    text = s.opening.text
    close = text.find("）" if s.following == "（" else ")", s.end, s.end + 26)
    return close > 0 and post_ending_at(text, close, s.end + 1) is not None


def _is_at_edge(s: Stretch) -> bool:
    return not s.following or s.following in CLAUSE_EDGE


def _is_before_speech(s: Stretch) -> bool:
    return s.spoken and s.following in "，," and bool(s.following)


_TAKES_OFFICE = re.compile(
    "(?:任|当选|担任|出任|兼任|接任|升任|调任|连任|就任|改任)(?:了|为)?[^，。；：、\\n]{0,28}?(?:长|书记|主任|主席|经理|委员|秘书|会计|总监)"
)


def _takes_office(s: Stretch) -> bool:  # 胡来喜任大队长, 周敏当选村委会主任
    return _TAKES_OFFICE.match(s.opening.text, s.end) is not None


def _is_before_place(s: Stretch) -> bool:
    text, end = s.opening.text, s.end
    if _PLACE_AFTER.match(text, end) is None:
        return False
    return not (s.following == "家" and s.opening.post is not None and text[end + 1 : end + 2] in "是的里住有门")


def _is_before_next_name(s: Stretch) -> bool:
    """Whether the title behind the stretch belongs to a name behind it (华星董事长赵成)."""
    if s.title is None:
        return False
    text, at = s.opening.text, s.title
    weight = surnames().get(text[at : at + 1], -1.0)
    return weight >= 1 and given_merit(text[at + 1 : at + 2]) > 0 and SPEECH.match(text, at) is None


def _is_addressed(s: Stretch) -> bool:
    return s.title is not None or s.opening.text[s.end : s.end + 2] in words_for("names/posts", "civil")


# 乌力罕（蒙古族）, 李强（男，43岁）, 王芳（化名）
_PERSONAL = pattern_of(
    r"[（(](?:[男女][，,、；;）)]|[[:han:]]{1,5}族|化名|\d{1,3}岁|时任|左|右)|今年\S{1,4}岁|[，,](?:[男女][，,、]|(?:今年)?\d{1,3}岁)"
)
_STOCK = re.compile(r"[（(](?:\d{6}|\d+\.\d)")  # （002773）


def _has_person_behind(s: Stretch) -> bool:
    """Whether sex, age or people stand behind the name."""
    return s.following in "（(今，," and _PERSONAL.match(s.opening.text, s.end) is not None


def _is_before_body(s: Stretch) -> bool:
    """Whether the last word of a body's name stands behind the stretch: 康弘|药业."""
    text, end = s.opening.text, s.end
    return text[end : end + 2] in _heads() or text[end : end + 3] in _heads() or text[end : end + 4] in _heads()


@cache
def _heads() -> frozenset[str]:
    return frozenset(
        head.text
        for heads in heads_by_ending().values()
        for head in heads
        if head.kind in ("enterprise", "school", "hospital") and len(head.text) in (2, 3, 4)
    )


def _is_before_noun(s: Stretch) -> bool:
    """Whether a noun goes on behind the stretch as behind no name (智慧云|服务, 温馨|提醒)."""
    opening = s.opening
    if opening.post is not None or _is_at_edge(s) or not s.is_word_end:
        return False
    index = opening.tagged.index_of(s.end)
    word, tag = opening.tagged.texts[index], opening.tagged.tags[index]
    return len(word) > 1 and tag in ("n", "nz", "vn", "l", "an") and word not in _OF_A_PERSON and is_word(word)


_KINSFOLK = frozenset(
    ["家庭", "夫妇", "夫妻", "父子", "母女", "母子", "父女", "兄弟", "姐妹", "一家", "全家", "家人", "家属"]
)
_OF_A_PERSON = _KINSFOLK | {"本人", "团队", "心里", "眼里", "同志"}


def _is_before_adjective(s: Stretch) -> bool:
    tagged = s.opening.tagged
    if s.length != 2 or not s.is_known or not s.is_word_end or _is_at_edge(s):
        return False
    index = tagged.index_of(s.end)
    word = tagged.texts[index]
    return tagged.tags[index] == "a" and s.opening.text[s.end + len(word) : s.end + len(word) + 1] in CLAUSE_EDGE


# In a list each line begins with a name: 滚明焰，某县某镇某村党支部书记；
_ITS_POST = re.compile("[，,]([^，。；：、\n“”（）()]{2,30})[，。；、\n]")


def _opens_line_of_list(s: Stretch) -> bool:
    """Whether the name opens a line, and a clause that ends in a post stands behind it."""
    if s.opening.before != "\n":
        return False
    clause = _ITS_POST.match(s.opening.text, s.end)
    return clause is not None and post_ending_at(s.opening.text, clause.end(1), clause.start(1)) is not None


_AFTER: _Signs = (
    Sign("at the head of a line, a post behind it", 4.0, _opens_line_of_list, only="，,"),
    Sign("sex, age or people behind it", 3.0, _has_person_behind, only="（(今，,"),  # 乌力罕（蒙古族）
    Sign(
        "a number of a share behind it", -5.0, lambda s: _STOCK.match(s.opening.text, s.end) is not None, only="（("
    ),  # | 康弘（002773）
    Sign("a post in brackets behind it", 3.0, _has_post_in_brackets, only="（("),
    Sign("a word of place behind it", -3.0, is_spot, only="上里边旁"),  # | 田坎|上，
    Sign("a comma and a verb of saying behind it", 1.0, _is_before_speech, only="，,"),
    Sign("a mark behind it", 0.5, lambda s: True, only=CLAUSE_EDGE | {""}),  # or nothing at all
    Sign("a character left before a verb of saying", -4.0, leaves_a_character),  # | 胡松|年说
    Sign("a verb of saying behind it", 2.5, lambda s: s.spoken),
    Sign("the title of the next name behind it", -2.0, _is_before_next_name),
    Sign("a title behind it", 1.5, _is_addressed),
    Sign("an office is taken behind it", 2.0, _takes_office, only="任当担出兼接升调连就改"),  # 胡来喜|任大队长
    Sign("the rest of a place's or a firm's name behind it", -3.5, _is_before_place, only=_FIRST_OF_PLACE),  # | 高山|镇
    Sign("the last word of a body behind it", -4.5, _is_before_body),  # | 康弘|药业
    Sign("a word of grammar behind it", 0.6, lambda s: True, only=_FUNCTION_AFTER),
    Sign("a noun of a place or a feast behind it", -4.0, is_before_home),  # | 金达莱|文化园
    Sign("a noun behind two characters", -3.0, lambda s: s.length == 2 and _is_before_noun(s)),  # | 温馨|提醒
    Sign("a noun behind it", -1.5, _is_before_noun),  # | 智慧云|服务
)
_AFTER_POST: _Signs = (
    Sign("a known pair that tells what is done", -2.0, _is_what_is_done),  # | 市民满怀
    Sign("a known pair before an adjective", -4.0, _is_before_adjective),  # | 志愿者马甲鲜亮，
    *_AFTER,
)  # | 市民满怀


# What only holds where left and right are looked at together.


def has_support(s: Stretch) -> bool:
    """Whether what stands behind the name says that it is a person's: a verb of saying, a title, a post in brackets."""
    if s.support is None:
        s.support = _is_supported(s)
    return s.support


def _is_supported(s: Stretch) -> bool:
    if s.opening.post is not None and _is_what_is_done(s):
        return False
    if _has_post_in_brackets(s) or _has_person_behind(s) or _is_labelled(s) or _takes_office(s):
        return True
    if s.following in ("，", ",") and _opens_line_of_list(s):
        return True
    return not _is_at_edge(s) and (s.spoken or (_is_addressed(s) and not _is_before_next_name(s)))


def _is_long_behind_person(s: Stretch) -> bool:
    return s.length == 3 and given_merit(s.given[-1]) > -0.9 and (_is_behind_kin(s) or _is_behind_age(s))


def _stands_in_marks(s: Stretch) -> bool:
    """Whether marks hold the name, alone or as the beginning of another one: “宋韵夜巡队”."""
    return s.opening.before in "“‘《【" and _REST_IN_MARKS.match(s.opening.text, s.end) is not None


def _ends_what_marks_hold(s: Stretch) -> bool:
    """Whether marks hold a post and the stretch and at most a character, and it has little of a name: “网格员金点子”."""
    text, start = s.opening.text, s.opening.start
    if s.merit >= _MUCH_OF_A_NAME or "”" not in text[s.end : s.end + 2]:
        return False
    opened = text.rfind("“", max(start - _LONGEST_POST, 0), start)
    return opened >= 0 and text[opened + 1 : start].isalpha()


_MUCH_OF_A_NAME, _LONGEST_POST = 3.0, 10
_REST_IN_MARKS = pattern_of("[[:han:]]{0,4}(?:·[[:han:]]{1,8})?[”’》】]")


def _opens_with_known_word(s: Stretch) -> bool:
    """Whether the first two of three characters are a word (胡杨|树, 幸福|感), not a surname of two (东方|朔)."""
    if (
        s.length != 3
        or len(s.given) < 2
        or s.given[0] == "家"
        or not is_word(s.surface[:2])
        or _is_behind_kin(s)
        or has_support(s)
        or (_is_cut_name(s) or (_is_behind_age(s) and s.merit >= _MUCH_OF_A_NAME))
    ):
        return False  # 吴楚|珊
    return not words("transcription_characters").issuperset(s.surface)


def _is_cut_name(s: Stretch) -> bool:
    """Whether the segmenter took the first two characters for a person, and the third ends names (吴楚|珊, no 胡杨|林)."""
    is_likely = given_merit(s.given[-1]) > _LIKELY_LAST and s.given[-1] not in GROWS
    if not s.opening.is_person or s.opening.surname_weight < 1 or s.opening.word_end >= s.end:
        return False
    return is_likely and s.surface[:2] not in _KIN


_LIKELY_LAST = 0.5  # log odds of a last character: from here on it is met in names rather than elsewhere


def _is_rare_without_support(s: Stretch) -> bool:
    return s.opening.surname_weight < 1 and not (has_support(s) or _is_behind_kin(s) or _is_behind_age(s))


def _is_noun_behind_rare(s: Stretch) -> bool:
    if s.opening.surname_weight >= 1 or len(s.given) < 2 or not is_word(s.given) or has_support(s):
        return False
    return tag_of(s.given) in ("n", "nz", "ns", "nt") and not _is_behind_kin(s)


def _is_part_of_transcription(s: Stretch) -> bool:
    """Whether transcribing characters stand beside a stretch of nothing else (罗森|伯格, 贝辛|斯托克)."""
    table, text = words("transcription_characters"), s.opening.text
    if not table.issuperset(s.surface):
        return False
    if s.opening.before in table or s.opening.before in "·•‧":
        return True
    behind = text[s.end : s.end + 1]
    if not behind or behind not in table:
        return False
    tagged = s.opening.tagged
    index = tagged.index_of(s.end)
    return not s.is_word_end or (len(tagged.texts[index]) > 1 and table.issuperset(tagged.texts[index]))


_THREE = "three characters where a person is named"  # they are several times as common as two
_BETWEEN = "between a post or a quote and a verb of saying"
_MORE_BEHIND_POST: tuple[_Signs, ...] = (
    (Sign("a name though known otherwise", 2.5, _is_name_though_known),),  # 站长于洋 | 市民满怀
    (
        Sign(
            _THREE, 1.0, lambda s: s.length == 3 and s.opening.surname_weight >= -1 and given_merit(s.given[-1]) > -0.9
        ),
    ),
    (Sign(_BETWEEN, 2.0, has_support),),
    (Sign("ends what marks hold", -3.0, _ends_what_marks_hold),),  # | “网格员|金点子”
    (
        Sign(
            "opens with a known word",
            -5.0,
            lambda s: s.opening.surname_weight < 1 and s.is_known and _opens_with_known_word(s),
        ),
    ),  # | 居民幸福感
)
_OF_THREE = ("three",)
_MORE_ELSEWHERE: tuple[_Signs, ...] = (
    (Sign(_THREE, 1.0, _is_long_behind_person, only=_OF_THREE),),
    (Sign(_BETWEEN, 2.0, lambda s: (s.opening.is_occupation or s.opening.before == "”") and has_support(s)),),
    (
        Sign(
            "a character redoubled",  # | 金灿灿, 水灵灵
            -4.0,
            lambda s: s.given[-1:] == s.given[-2:-1] and s.opening.surname_weight < 1,
            only=_OF_THREE,
        ),
    ),
    (
        Sign(
            "ends like a place or a thing, or stands in marks or among fields of work",  # | 公安、林草、卫健人员
            -4.0,
            lambda s: s.given[-1] in _PLACE_ENDINGS or _stands_in_marks(s) or is_field_in_row(s),
        ),
    ),
    (Sign("opens with a known word", -4.0, _opens_with_known_word, only=_OF_THREE),),  # | 胡杨|树
    (Sign("a rare surname before a noun", -2.5, _is_noun_behind_rare),),  # | 白|瓜子
    (Sign("a transcription that goes on", -3.0, _is_part_of_transcription),),  # | 罗森|伯格
    (Sign("a rare surname without support", -1.5, _is_rare_without_support),),
)
_OF_ANY_LENGTH = tuple(group for group in _MORE_ELSEWHERE if group[0].only is None)
_BY_BEFORE, _BY_AFTER, _BY_AFTER_POST = Narrowed(_BEFORE), Narrowed(_AFTER), Narrowed(_AFTER_POST)


def signs_around(s: Stretch) -> Iterator[Sequence[Sign[Stretch]]]:
    """The groups of signs that are asked of what stands around ``s``, by what stands right beside it."""
    if s.opening.post is not None:
        return chain((_POST, _BY_AFTER_POST.at(s.following)), _MORE_BEHIND_POST)
    more = _MORE_ELSEWHERE if s.length == 3 else _OF_ANY_LENGTH
    return chain((_BY_BEFORE.at(s.opening.before), _BY_AFTER.at(s.following)), more)
