"""Whether the words before 镇, 村 or 社区 can be a name, or say something of places: 走完社区, 味道好社区, 苏木镇."""

from __future__ import annotations

import re
from functools import cache

from tasks.facts.text.reading import Reading
from tasks.facts.text.words import is_repeated
from tasks.lexicon.characters import FIRST_HAN, LAST_HAN, ONE_TO_TEN, pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.gazetteer import gazetteer
from tasks.lexicon.names import TRANSCRIBING_MONGOLIAN, surnames
from tasks.lexicon.posts import post_starting_at
from tasks.lexicon.word_lists import word_list
from tasks.records import PlaceLevel

_HAN = pattern_of(r"[[:han:]]+$")
LEVEL: dict[str, PlaceLevel] = {
    "街道": "township",
    "街办": "township",
    "镇": "township",
    "乡": "township",
    "苏木": "township",
    "社区": "community",
    "居民区": "community",
    "村": "village",
    "嘎查": "village",
    **dict.fromkeys(("侗寨", "苗寨", "瑶寨", "彝寨", "土寨", "古寨"), "village"),
}
# Single characters that end a name to the left; all of them are also function words or measure words.
STOP_CHARS = frozenset(
    "在到从的了和与及由对为把被将各该全本某每等是有向往去至进入出回离让使给比按据以于而且或但并又也都就还只才已曾再更很最较"
    "因所其之者离距这那哪几个名位户座条项次件年月日时第约近余超达共计驻包派赴访来住率领带请找看见说称指谈听问叫像用当像则若如"
)
_NEVER_AFTER_PLACE = frozenset("的和在与及等内外各全有对将把被下上辖所共是为从到由向以其某多每这那两几十")
_VERBS_BEFORE = frozenset("穿绕治扶护访富强美建管走进驻兴串")
# What villages are called for a virtue, an honour or where they lie: behind a township these are names (梅溪镇文明村).
_VIRTUES = frozenset(
    (
        "互助",
        "和谐",
        "文明",
        "平安",
        "和睦",
        "富强",
        "阳光",
        "健康",
        "明星",
        "新建",
        "先锋",
        "模范",
        "民主",
        "高山",
        "江边",
    )
)
_PERSON_TAGS = ("nr", "nrt", "nrfg")
_GENERIC_WORDS = re.compile(r"[农乡山全渔驻进入走]村|[城乡村集小古重]镇|[城家故老下返回异水山同侨串梦]乡")
_ANY_HOME = re.compile(r"(?:[回返离爱的我归]家|异[乡域]|.他)乡")
NUMERALS = frozenset(ONE_TO_TEN + "两百千几多")
_KINDS_OF_PLACES = frozenset(("苏木", "嘎查", "街道", "社区", "乡镇", "镇", "乡", "村", "屯", "寨", "场", "农场", "牧"))
_HONOURED = pattern_of(r"[十百千]?[[:one_to_ten:]百]?(?:佳|强|优|好|美)$|最[美好佳强]|[十百]大")
_COUNTED_PLACES = pattern_of(r"[[:one_to_ten:]百千万]+[村镇乡县]")
_CHANGE_OF_RANK = re.compile("[撤并改][乡镇村县社队][设建改并转入]$")
# 走完, 建强, 用好: a verb and what came of it, which the segmenter may not know for a word.
_COMPLEMENTS = frozenset("完好强成起出进上过住遍实牢通到")
_QUANTIFIERS = frozenset("全都不已共分正一相陆逐先大几所再又也还就才将曾更最非多")
_COUNTED = frozenset("个户人名家亩元里百千万多余" + ONE_TO_TEN)
_BUILDING = frozenset("建修")
# Any village, and what is said of one before its name: 小|山村, 建|新村.
_ANY_VILLAGE = frozenset(
    (
        "农村",
        "乡村",
        "渔村",
        "新村",
        "联村",
        "全村",
        "行政村",
        "空心村",
        "本村",
        "驻村",
        "包村",
        "各村",
        "强村",
        "富村",
        "穷村",
    )
)
# Behind a place too: 沙河镇|因|集镇扩容, 石桥乡|将|乡村建设….
_SAID_OF_VILLAGES = frozenset(
    "大小老新穷富古深美强建修进下驻访走到在从回离帮扶治兴各该全本每这那某几个因由为被把将对向给与"
)
_LISTING = ("、", "和", "与")
_HOW_VILLAGES_ARE = frozenset("大小新老")
_COMMON_VERBS = frozenset("走建用做打抓管治扶看找守护办过跑去来进补拉带搭聚融联沉")


@cache
def unnamed_stems() -> frozenset[str]:
    """Words that stand before a suffix without naming a place (各村, 老旧社区)."""
    return frozenset(word_list("unnamed_stems", "gazetteer/data"))


@cache
def known_stems() -> frozenset[str]:
    """Stems of the townships in the gazetteer: 向阳, 团结, 和平 are names before a suffix, though verbs and nouns."""
    stems = set()
    for name in gazetteer().township:
        stem = re.sub(r"(?:街道|镇|乡|苏木)$", "", name)
        if 2 <= len(stem) <= 4:
            stems.add(stem)
    return frozenset(stems - unnamed_stems())


def is_generic(reading: Reading, at: int) -> bool:
    """Whether the segmenter sees a common noun in a known name: 占 + 城镇."""
    is_start = reading.words.is_start
    return bool(is_start[at - 1]) and not is_start[at] and _GENERIC_WORDS.match(reading.text, at - 1) is not None


_OF_YEARS = NUMERALS | frozenset("去今明前后当每近同全半往常逐早连")


def _is_never_a_stem(stem: str, is_chained: bool) -> bool:
    """Whether ``stem`` says something before any suffix, whatever stands around the two."""
    stems, unnamed = known_stems(), unnamed_stems()
    if stem in _KINDS_OF_PLACES or _HONOURED.match(stem) or stem[-1] in "以于之离距靠":
        return True  # 苏木镇, 嘎查村; 十佳社区; 构建起以居民区党组织为核心; 资金靠村集体
    is_virtue = is_chained and stem in _VIRTUES
    if not is_virtue and (stem in unnamed or (stem[-2:] in unnamed and stem not in stems)):
        return True
    if _CHANGE_OF_RANK.match(stem) or stem.endswith("街办"):
        return True  # 撤乡设镇, 撤村并居: what is done to places
    if stem[0] in "这那不没未委" and stem not in stems:
        return True  # 我们这代社区人; 只长产业、不长社区
    if stem[-1:] in "的了在得驻" or "是" in stem or (stem[-1:] == "和" and not is_chained):
        return True
    if NUMERALS.issuperset(stem) and stem not in stems:
        return True  # 三镇联办 counts them, 八一村 is a name
    # 屏锦镇万年村, 新渡镇柏年村
    is_long = is_chained and (stem[0] in "万千百" or (stem[-1] == "年" and len(stem) == 2 and stem[0] not in _OF_YEARS))
    return (stem[-1] in "年月日天时们" and not is_long) or "及" in stem  # 前几年村里


def _ends_otherwise(stem: str, suffix: str) -> bool:
    """Whether the end of ``stem`` is a verb that has the place for its object: 改扩建|镇卫生院, 周敏任|村党支部书记."""
    if stem[-1] in _BUILDING and stem not in known_stems():
        return True
    return suffix == "村" and stem[-1] == "任" and stem[0] in surnames()


def _is_man(text: str, start: int, at: int, suffix: str) -> bool:
    """Whether ``start:at`` is a post and the first character of whose it is: 教授|田村由美."""
    return suffix == "村" and post_starting_at(text, start) == at - 1


def _is_too_short(text: str, stem: str, suffix: str) -> bool:
    """Whether ``stem`` is no name for its length, or counts (一沟一村); a row names short ones too (柳溪村、木村)."""
    if len(stem) < 2:
        may_be = suffix == "村" and stem not in STOP_CHARS and stem not in _SAID_OF_VILLAGES
        if not (may_be and f"村、{stem}村" in text):
            return True
    return (suffix == "苏木" and len(stem) < 3) or (len(stem) == 3 and stem[0] == stem[2] == "一")


def _opens_list(text: str, start: int, at: int) -> bool:
    """Whether ``start:at`` and a suffix of one character stand clear before another of its kind: 佳山村、桃坪村."""
    return (stands_clear(text, start) or text[start - 1] == "的") and text[at + 1 : at + 2] in _LISTING


# 县聘|乡用, 村收|镇运: who does what, a level and a verb twice.
_LEVELS_ACT = pattern_of("[省市区县乡镇村组户][[:han:]][市区县乡镇村组](?=[[:han:]])")


def _is_said_of_levels(reading: Reading, start: int, at: int) -> bool:
    """Whether ``start:at`` and the suffix are of a phrase in which levels act (县聘|乡用)."""
    words = reading.words
    if at - start != 2 or _LEVELS_ACT.match(reading.text, start) is None or words.is_start[at + 1]:
        return False
    return bool(words.is_start[at]) and not is_word(words.texts[words.index_of(at)])  # but 县东|村委会


def is_listed_behind(text: str, start: int, end: int, place_end: int) -> bool:
    """Whether ``start:end`` follows a place that ends at ``place_end`` in a list, and no word hangs on it: 柳溪村、前进村。"""
    joins = text[place_end] == "、" or (text[place_end] in "和与及" and text[place_end - 1] == text[end - 1])
    return start == place_end + 1 and joins and text[end : end + 1] in _BEHIND_LISTED


_BEHIND_LISTED = ("", *"、，。；等和与及（都均也各\n")


def _is_any_village(reading: Reading, start: int, at: int, *, is_chained: bool) -> bool:
    """Whether the segmenter sees a common noun (农业农村局, 回家乡), and neither a place before it nor a list names it."""
    text, length = reading.text, at - start
    is_listed = text[at + 1 : at + 2] in _LISTING and text[start] in _HOW_VILLAGES_ARE  # 新山村、笏雅村
    is_said = text[start] in _SAID_OF_VILLAGES and not is_listed
    is_named = length == 2 and not is_said and (is_chained or _opens_list(text, start, at))
    is_named = is_named or (is_chained and length == 3 and text[start] in "上下")  # 乐平镇上秦山村
    if is_chained and text[start - 1] in "镇乡" and text[start:at] in ("小山", "大山"):
        return False  # 石桥镇小山村: behind its town a name
    if _ANY_HOME.match(text, at - 2):
        return True
    # 安吉县剑山村, but 安吉县小山村: any village of the county
    return _GENERIC_WORDS.match(text, at - 1) is not None and not reading.words.is_start[at] and not is_named


def stem_end(text: str, at: int, suffix: str) -> int:
    """Where what may be a name ends before a ``suffix`` at ``at``, and before what sort of village it is.

    >>> stem_end("柳营行政村", 4, "村"), stem_end("石桥村", 2, "村")
    (2, 2)
    """
    return at - 2 if suffix == "村" and text.startswith(("行政", "自然"), at - 2) else at


def is_name(reading: Reading, start: int, at: int, suffix: str, is_chained: bool) -> bool:
    """Whether ``start:at`` names a place with ``suffix``, and does not merely say which kind of place."""
    text, words = reading.text, reading.words
    stem, stems = text[start:at], known_stems()
    if _is_never_a_stem(stem, is_chained):
        return False
    if _is_any_village(reading, start, at, is_chained=is_chained) or _is_said_of_levels(reading, start, at):
        return False
    if len(stem) > 2 and _ends_otherwise(stem, suffix):
        return False
    if is_chained:
        return stem not in STOP_CHARS
    if suffix == "镇" and words.tags[words.index_of(at)] in _PERSON_TAGS and not words.is_start[at + 1]:
        return False  # 田镇东 is a man
    if suffix.endswith("寨") or not _could_name(reading, start, at, stem, suffix):
        return False
    if _is_too_short(text, stem, suffix):
        return False
    last = words.index_of(at - 1)
    is_noun = words.starts[last] == start and words.tags[last] in ("n", "l") and is_word(stem)
    is_founded = text.endswith((*_RANK_VERBS, "同意", "保留"), 0, start)  # 同意撤销|晏河乡
    if is_noun and not is_founded and stem not in stems and not is_repeated(text, stem + suffix):
        return False  # a common noun before a bare suffix: 这类困难街道无法解决
    if words.starts[last] == at - 1 and stem[-1] in _VERBS_BEFORE:
        return False  # 富人治村
    is_clear = stands_clear(text, start) or text[start - 1] in "的为"  # 相邻的晏河乡, 发起人为晏河乡
    is_clear = is_clear or is_founded or (text[start - 1] == "是" and text[at + 1 : at + 2] == "、")  # 分别是晏河乡、
    if LEVEL[suffix] == "township" and not is_clear and not is_repeated(text, stem + suffix):
        return False  # the gazetteer knows the townships; another has to stand clear or to be named twice
    return not (suffix == "村" and stem[-1] == "新" and len(stem) > 2)  # 纺织新村: an estate in town as a rule


def _could_name(reading: Reading, start: int, at: int, stem: str, suffix: str) -> bool:
    """Whether the words of an unknown name are no words that say something: 走完社区, 味道好社区, 建强村."""
    words = reading.words
    if len(stem) >= _FEWEST_TRANSCRIBED and TRANSCRIBING_MONGOLIAN.issuperset(stem):
        return True  # 满都胡宝拉格镇
    if _COUNTED_PLACES.match(stem) or _is_man(reading.text, start, at, suffix):
        return False  # 千村百镇, 议员|木村正夫
    last = words.index_of(at - 1)
    if words.starts[last] == start and words.tags[last] in ("v", "c", "d", "p") and is_word(stem):
        return is_repeated(reading.text, stem + suffix)  # 比如 is a county too
    if stem in known_stems():
        return True
    if len(stem) == 2 and stem[0] in _COMMON_VERBS and stem[1] in _COMPLEMENTS:
        return is_repeated(reading.text, stem + suffix)
    holder = words.index_of(at)
    if words.starts[holder] < at and is_word(words.texts[holder]) and not is_repeated(reading.text, stem + suffix):
        # 户长上|联村, 报|乡镇; but 鲁|家村, 登|江村 are villages
        # In a list even 新|山村 is a name.
        is_listed = stem[0] in _HOW_VILLAGES_ARE and _opens_list(reading.text, start, at)
        return suffix == "村" and len(stem) == 2 and (is_listed or _is_village(reading, start, words.texts[holder]))
    for index in range(words.index_of(start), last + 1):
        word, tag = words.texts[index], words.tags[index]
        if len(word) == 1:
            # A verb or an adjective behind a noun says something of it: 投诉率|占, 味道|好.
            if index == last and len(stem) > 2 and tag in ("v", "a", "p", "c", "d") and is_word(words.texts[index - 1]):
                return False
            continue
        if is_word(word) and tag[0] in "vadbcpr":
            return False
    return True


_FEWEST_TRANSCRIBED = 4  # characters that hardly stand side by side in words


def _is_village(reading: Reading, start: int, holder: str) -> bool:
    """Whether the character at ``start`` and the word behind it, which ends in 村, are the name of a village."""
    text, words = reading.text, reading.words
    if len(holder) != 2 or holder in _ANY_VILLAGE or text[start] in _SAID_OF_VILLAGES:
        return False
    before = words.index_of(start - 1) if start else 0
    is_clear = stands_clear(text, start) or (start > 0 and words.tags[before] in ("c", "d", "t", "f", "ns"))
    return bool(words.is_start[start]) and words.texts[words.index_of(start)] == text[start] and is_clear


def reads_as_name(reading: Reading, start: int, at: int) -> bool:
    """Whether all that stands between a place and a suffix can be the name of what lies in it."""
    stem, words = reading.text[start:at], reading.words
    if stem in _VIRTUES or (len(stem) == 2 and stem[1] == "才" and surnames().get(stem[0], 0.0) >= 1):
        return True  # 吉迈镇龙才村
    if _stands_before_office(reading.text, start, at + 1):
        return True
    if len(stem) > 3 and stem.startswith(_RANK_VERBS):
        return False  # 九江乡建制，|设置|九江街道
    first = words.index_of(start)
    if words.starts[first] == start and words.tags[first] == "d" and len(stem) == len(words.texts[first]) == 2:
        # 驷马镇当先村: an adverb before a village says nothing, but 梅溪镇全部村 counts them.
        return stem not in unnamed_stems() and stem[0] not in _QUANTIFIERS and words.tags[words.index_of(at)] == "zg"
    if words.starts[first] == start and words.tags[first] == "m" and len(stem) == len(words.texts[first]) == 2:
        return stem[0] in "百千万" and stem[1] not in _COUNTED  # 屏锦镇万年村, but not 万人村
    for index in range(first, words.index_of(at - 1) + 1):
        if words.starts[index] < start:
            continue  # 大瑶|镇天|和|社区: a word that holds the end of the township tells nothing
        if words.texts[index] != "和" and words.tags[index] in (
            "d",
            "p",
            "r",
            "c",
            "u",
            "ul",
            "uj",
            "m",
            "q",
            "mq",
            "v",
        ):
            return False
    is_upper = len(stem) == 3 and stem[0] in "上下" and not is_word(stem[:2])  # 乐平镇上秦山村, but 石桥镇下辖村
    if (
        not _HAN.fullmatch(stem)
        or (stem[0] in _NEVER_AFTER_PLACE and not is_upper)
        or any(char in "的了在是为等" for char in stem)
    ):
        return False
    return not any(stem[begin : begin + 2] in unnamed_stems() for begin in range(len(stem) - 1))


_RANK_VERBS = ("设置", "设立", "新设", "撤销", "成立", "组建", "合并", "更名", "改设")
_VILLAGE_OFFICES = ("村委会", "党支部", "党总支", "村民小组", "村委")


def _stands_before_office(text: str, start: int, end: int) -> bool:
    """Whether what ``start:end`` names has its office right behind it, whatever words it is made of: 更沙村|村委会."""
    stem = text[start : end - 1]
    is_one = _NEVER_AFTER_PLACE.isdisjoint(stem) and stem not in unnamed_stems()
    return is_one and text[end - 1] == "村" and text.startswith(_VILLAGE_OFFICES, end)


def stands_clear(text: str, start: int) -> bool:
    return start == 0 or not FIRST_HAN <= text[start - 1] <= LAST_HAN or text[start - 1] in "在到从和与区县市镇乡道"
