"""Where the name of a body begins: departments, own names and the words that bound them."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

from tasks.facts.text.reading import Reading, words_with_tags
from tasks.lexicon.body_heads import Head, words
from tasks.lexicon.characters import FIRST_HAN, LAST_HAN, pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.gazetteer import gazetteer
from tasks.lexicon.word_lists import words_for

LEVELS = ("自治区", "自治州", "街道", "社区", "小区", "省", "市", "区", "县", "旗", "州", "盟", "镇", "乡", "村")
# What zones with offices of their own are called by; before a body they are a level as 县 is: 高新区|财政局.
_OF_TRADE = ("经济技术开发区", "高新技术产业开发区", "经济开发区", "开发区", "高新区", "经开区", "工业园区", "产业园区")
_OF_OTHERS = ("保税区", "保税港区", "旅游度假区", "度假区", "示范区", "新区", "管理区", "合作区", "试验区")
_OF_SCIENCE = ("科技城", "科学城", "生态城", "自贸区", "综保区", "经济区", "自然保护区", "国家公园")
ZONES = (*_OF_TRADE, *_OF_OTHERS, *_OF_SCIENCE, "实验区", "风景名胜区")
_LONGEST_NAME = 16
_NAME_TAGS = frozenset(
    ("n", "ns", "nr", "nz", "nt", "j", "ng", "b", "vn", "l", "i", "nrt", "nrfg", "zg", "g", "an", "s", "eng", "x", "m")
)
_HAN = pattern_of(r"[[:han:]A-Za-z0-9]+$")
_BOUND = re.compile(r".*(?:[由在到从把被的了给让是]|[须应需可请均][向对经报])", re.DOTALL)
_FUNCTION_TAGS = frozenset(("p", "c", "uj", "ul", "r", "d", "u", "m", "t"))
_STOP_CHARS = frozenset(
    "在到从的了和与及由对为把被将各该全本某每等是有向往去至进入出回离让使给比按据以于而且或但并又也都就还只才已曾再更很最较"
    "因所其之者这那哪几名位户条项次件年月日时第约近余超达共计驻派赴访来住率请找看见说称指谈听问叫像用当则若如个家支着过地得类种批组"
)


def stands_clear(text: str, start: int) -> bool:
    """Whether what precedes ``start`` cannot be part of a name."""
    return start == 0 or text[start - 1] in "，。、；：“”（）\n和与及由在到向对被从为经据"


def name_start(
    reading: Reading,
    at: int,
    place_ends: Container[int],
    head: Head,
) -> int:
    """Walk back over the words that belong to the name that ends in ``head``."""
    text, tagged = reading.text, reading.words
    if text[at - 1] in "”》":
        return _quoted_name_start(text, at)
    start = at
    index = tagged.index_of(at - 1)
    while index >= 0 and at - tagged.starts[index] <= _LONGEST_NAME:
        word_start, tag = tagged.starts[index], tagged.tags[index]
        if start < at and (place_end := _place_end_in(word_start, start, place_ends)) is not None:
            start = place_end
            break
        piece = text[word_start:start]
        cut = _cut_in(piece, is_place=start == at or start in place_ends)
        if cut is not None:
            start = start if cut == len(piece) else word_start + cut
            break
        if not _HAN.match(piece) or (
            piece in words_for("boundary_words", "body") and not text.startswith(_NUMBERED, start)
        ):
            break
        if not _may_be_part(reading, index, piece, head):
            whole = _whole_start(reading, index, start, at, piece, head, place_ends)
            if whole is not None:
                return whole
            if piece in ("中", "里", "内", "下") and tag == "f":
                if stands_clear(text, word_start):
                    start = word_start
                break  # 联盟中的社团
            if _is_bound(reading, index, piece, head, is_first=start == at):
                break
        if tag in ("m", "mq", "q") and piece not in ("第一", "第二", "第三", "八一", "九三"):
            if _is_of_miles(text[word_start:at], head, is_behind_place=word_start in place_ends):
                return word_start  # 五里|牌|小学, 安徽省|六味|圣草|有限公司
            if tag != "m" or start < at or not _numbers(piece, head):
                break
        if piece in LEVELS or piece == "经" or piece[0] in "不没很要" or "不" in piece:
            break
        start = word_start
        index -= 1
    return _behind_mark(reading, start) if start < at else start


def _place_end_in(word_start: int, start: int, place_ends: Container[int]) -> int | None:
    """Where a place ends behind or inside a word: 佛山市三水|云东海公司, which the segmenter reads as 三|水云|东海."""
    return next((end for end in range(start, word_start, -1) if end in place_ends), None)


def _whole_start(
    reading: Reading, index: int, start: int, at: int, piece: str, head: Head, place_ends: Container[int]
) -> int | None:
    """Where a name begins that word ``index`` opens though it is a verb or says how, None where it opens none."""
    text, word_start, tag = reading.text, reading.words.starts[index], reading.words.tags[index]
    if _is_first_verb(text, word_start, start, at, piece, tag, head):
        return word_start  # 丰收果蔬专业合作社
    if _is_named_place(text, word_start, piece, tag, head, place_ends):
        return word_start  # 江苏|鼎盛|建设集团
    return reading.words.starts[index - 1] if _is_field_of_school(reading, index, piece, head) else None


def _is_field_of_school(reading: Reading, index: int, piece: str, head: Head) -> bool:
    """Whether a verb right behind a place says what a school is for: 湖南|警察|学院."""
    tags = reading.words.tags
    is_led = head.kind == "school" and tags[index] in ("v", "vn") and len(piece) == 2 and tags[index - 1] == "ns"
    does = words_for("boundary_words", "founding") | words_for("boundary_words", "phrase")
    return is_led and index > 0 and piece not in does


def _behind_mark(reading: Reading, start: int) -> int:
    """Where a name begins that goes on at ``start`` behind a dot or a closing mark, ``start`` behind anything else."""
    mark = reading.text[start - 1 : start]
    if mark == "）" and (inner := _IN_BRACKETS.search(reading.text, max(0, start - 20), start)) is not None:
        known = gazetteer()
        is_place = inner["place"] in known.short or inner["place"] in known.full or inner["place"] == "中国"
        return inner.start("name") if is_place else start  # 青禾（山东）教育科技有限公司
    if mark in ("·", "•"):
        return _dotted_start(reading, start)
    return _quoted_name_start(reading.text, start) if mark == "”" else start  # “老家”农机合作社


def _dotted_start(reading: Reading, start: int) -> int:
    """Where a transcribed name begins whose last part begins at ``start``, behind a dot: 约翰斯·霍普金斯."""
    index = reading.words.index_of(start - 2)
    first, is_place = reading.words.starts[index], reading.words.tags[index] == "ns"  # 重庆·西南大学
    return first if 2 <= start - 1 - first <= _LONGEST_PART and not is_place else start


# What has its place in brackets within the name: words that stand clear in front.
_IN_BRACKETS = pattern_of(
    r"(?:^|(?<=[，。、；：“\n和与由在到向及]))(?P<name>[[:han:]]{2,8})（(?P<place>[[:han:]]{2,4})）$"
)
_JOINING = ("和县", "会同县")  # a word that joins bodies and a level, which are a county elsewhere
_LONGEST_PART = 5  # characters before the dot


def _may_be_part(reading: Reading, index: int, piece: str, head: Head) -> bool:
    """Whether the tag of a word lets it stand in a name, or its neighbours do."""
    is_named = reading.words.tags[index] in _NAME_TAGS or piece in words_for("name_parts", "working")
    return is_named or _is_time_in_name(reading, index, piece, head)


def _is_time_in_name(reading: Reading, index: int, piece: str, head: Head) -> bool:
    """Whether a time dates nothing (今年, 日前) and is in a firm's name, a name before it: 宁波|青禾|未来|传媒公司."""
    tags = reading.words.tags
    dates = piece[0] in "今去昨当上下本" or piece[-1] in "年月日前期近后天初底末" or len(piece) != 2
    is_named = tags[index] == "t" and index > 0 and tags[index - 1] in ("ns", "nr", "nrt", "nz")
    return is_named and not dates and head.kind == "enterprise"


def _numbers(piece: str, head: Head) -> bool:
    """Whether a number names the place of a body: 八道中队."""
    return len(piece) == 2 and head.text in _NUMBERED_PLACES and not piece.isdigit()


def _cut_in(piece: str, *, is_place: bool = False) -> int | None:
    """Where in ``piece`` the name begins that it bounds, its length where it has no part of it; None if it bounds
    none."""
    if piece[1:] in LEVELS and piece[0] in "我本该全":
        return len(piece)  # 我区|富农合作社
    if piece in _JOINING and not is_place:
        return len(piece) - 1  # 镇商会|和|县瑶乡教育基金会: no mention of 和县
    bound = _BOUND.match(piece)
    if bound is not None:
        cut = bound.end()
        goes_on = cut < len(piece) and piece[cut:] not in LEVELS and piece[cut] not in _STOP_CHARS
        return cut if goes_on else len(piece)
    if piece[1:] in LEVELS and not is_word(piece) and _is_no_beginning(piece[0]):
        return 1  # 整合进|区综治中心, 报|镇司法所
    if _is_phrase(piece) or (piece[-1] == "经" and len(piece) > 1 and not is_word(piece)):
        return len(piece)  # 期满|后经|业主大会
    return None


def _is_bound(reading: Reading, index: int, piece: str, head: Head, *, is_first: bool) -> bool:
    """Whether a word that is no noun bounds the name; ``is_first``: it stands right before the head.

    扬帆制药 and 步高集团 are names though their first words are verbs; 成立公司 and 依托联盟 are none.
    """
    tag, known = reading.words.tags[index], is_word(piece)
    if len(piece) > 1 and known:
        is_trade = head.kind in ("enterprise", "school", "hospital") and head.text not in words("bare")
        may_open = is_first and len(piece) == 2 and tag in ("v", "a", "ad", "d") and is_trade
        return not _says_what_it_makes(piece, tag, head) and not (
            may_open and _may_be_a_verb(reading.text, reading.words.starts[index], piece)
        )
    if len(piece) > 1:
        return tag in _FUNCTION_TAGS or (tag == "v" and piece[0] == "一")  # 牧民|一进|牧场
    if known and not _is_inside_name(reading, index):
        return True  # 想|咨询|新|公司, but 飞鸿|达|物流
    is_verb = is_first and head.text in words("bare") and known and tag == "v"
    return (piece in _STOP_CHARS and piece != "达") or is_verb


def _says_what_it_makes(piece: str, tag: str, head: Head) -> bool:
    """Whether an adjective is part of a firm's name: 锐泽|精密|科技股份有限公司."""
    return tag in ("a", "ad", "an", "z") and len(piece) == 2 and head.text.endswith("有限公司")


def _is_of_miles(name: str, head: Head, *, is_behind_place: bool) -> bool:
    """Whether a number opens the name of a school or a firm: 五里牌小学, 十里铺中学; behind a place 六味圣草有限公司."""
    if is_behind_place and head.text.endswith("有限公司"):
        return len(name) > 2 and not name[0].isdigit() and name[1] not in "家个多余户"
    return 2 < len(name) < 5 and name[1] in "里道" and head.kind in ("school", "hospital", "enterprise", "social")


def _is_named_place(text: str, word_start: int, piece: str, tag: str, head: Head, place_ends: Container[int]) -> bool:
    """Whether a word of two characters right behind a place is a firm's or a school's own name, whatever else it
    means."""
    return (
        head.kind in ("enterprise", "school", "hospital", "other")
        and word_start in place_ends
        and len(piece) == 2
        and tag[0] in "azvidb"
        and piece not in words_for("boundary_words", "founding")
        and piece not in words_for("name_parts", "working")
        and text[word_start - 1] not in _STOP_CHARS
    )


def is_glued_level(reading: Reading, at: int, level: str) -> bool:
    """Whether a level stands in one piece with the verb before it (报镇|司法所), where no place ends behind it."""
    tagged = reading.words
    piece = tagged.texts[tagged.index_of(at)]
    if piece in _county_names():
        return True  # no mention of 和县 or 会同县: X 和|县财政局, 会同|县民政局
    joins = piece[1:] in (f"和{level}", f"与{level}", f"及{level}")  # 县农业局和镇|农技中心
    return joins or (piece[1:] == level and not is_word(piece) and _is_no_beginning(piece[0]))


@cache
def _county_names() -> frozenset[str]:
    return frozenset(division.name for division in gazetteer().by_code.values())


def _is_no_beginning(character: str) -> bool:
    """Whether a character is a verb or a word of grammar rather than the beginning of a name."""
    return (
        character in _STOP_CHARS
        or character in "报送交请约会经"
        or words_with_tags(character)[1][0] in ("v", "p", "c", "d")
    )


def _is_phrase(piece: str) -> bool:
    """Whether a word of four characters begins with a verb, an adverb or a time: 充分利用, 建立健全, 节日期间."""
    if len(piece) != 4 or not (is_word(piece[:2]) and is_word(piece[2:])):
        return False
    first, second = words_with_tags(piece[:2])[1][0], words_with_tags(piece[2:])[1][0]
    if piece[:2] in words_for("name_parts", "working"):
        return False
    if second[0] == "n" or (second == "vn" and first[0] == "a"):
        return False  # 运载火箭, 特殊教育
    return first in ("v", "d", "a", "ad", "vd", "p", "c", "r") or second in ("f", "t", "p")


def _is_inside_name(reading: Reading, index: int) -> bool:
    """Whether the word before word ``index`` is a name's or no word at all, so that a verb of one character goes on
    with it."""
    if index == 0:
        return False
    before, tag = reading.words.texts[index - 1], reading.words.tags[index - 1]
    if len(before) == 1:
        return tag in ("nr", "ng", "zg", "g", "ag", "vg")  # 逸|清
    return tag in ("nr", "nz", "ns", "nt", "nrt", "nrfg", "j") or not is_word(before)


def bounded_stem(reading: Reading, at: int, place_ends: Container[int]) -> int:
    """Where the field of work begins that ends at ``at`` and stands right behind a place or a level; ``at`` where none
    does.

    县|农业技术推广|中心, 旗|政务服务与数据管理|局: nouns and what is done, joined at most once.
    """
    text, tagged = reading.text, reading.words
    index = tagged.index_of(at - 1)
    if tagged.starts[index] + len(tagged.texts[index]) != at and tagged.starts[index] < at:
        piece = text[tagged.starts[index] : at]  # 管理|局 of 管理局
        if len(piece) > 1 and is_word(piece):
            start = tagged.starts[index]
            index -= 1
        else:
            return at
    else:
        start = at
    joined = 0
    while index >= 0 and at - start <= _LONGEST_FIELD:
        if start < at and (start in place_ends or _is_level_end(reading, start)):
            return start if at - start >= 2 and text[start] not in "和与" else at
        piece, tag = tagged.texts[index], tagged.tags[index]
        if piece in ("和", "与") and start < at and not joined:
            joined = 1
        elif (
            len(piece) < 2
            or piece[-2:] in _HEADS_OF_FIELDS
            or piece[-1] in "局委办"
            or tag not in _FIELD_TAGS
            or piece in words_for("boundary_words", "body")
            or _is_phrase(piece)
            or not FIRST_HAN <= piece[0] <= LAST_HAN
        ):
            return at
        start = tagged.starts[index]
        index -= 1
    return at


_HEADS_OF_FIELDS = frozenset(("中心", "公司", "学校", "医院", "支队", "大队", "中队", "支部", "政府", "商会", "协会"))
_LONGEST_FIELD = 16
_FIELD_TAGS = frozenset(("n", "vn", "nz", "v", "j", "b", "l", "an", "zg", "nt"))


def _is_level_end(reading: Reading, end: int) -> bool:
    """Whether a level (县, 镇, 市) ends at ``end`` as a word of its own."""
    text, is_start = reading.text, reading.words.is_start
    if text[end - 1] in "区城" and text.endswith(ZONES, 0, end) and is_start[end]:
        return True
    return text[end - 1] in _LAST_OF_LEVELS and any(
        text.startswith(level, end - len(level))
        and end >= len(level)
        and (is_start[end - len(level)] or is_glued_level(reading, end - len(level), level))
        and is_start[end]
        for level in _GOVERNED
    )


_LAST_OF_LEVELS = frozenset("道省市区县旗州盟镇乡")
_GOVERNED = ("街道", "省", "市", "区", "县", "旗", "州", "盟", "镇", "乡")


_NUMBERED = (
    "人民医院",
    "中学",
    "小学",
    "实验",
    "幼儿园",
    "高级",
    "职业",
    "中医",
    "监狱",
    "看守所",
    "养老",
)  # 第一人民医院
_NUMBERED_PLACES = frozenset(("中队", "大队", "派出所", "分局", "支队", "法庭"))


def _may_be_a_verb(text: str, start: int, piece: str) -> bool:
    """Whether a verb right before the head may be a firm's name: 扬帆制药 at a clause's edge, not 安抚银行."""
    return piece in words("name_verbs") or (
        stands_clear(text, start) and piece not in words_for("boundary_words", "founding")
    )


def _quoted_name_start(text: str, end: int) -> int:
    """Where the quoted name that closes at ``end`` opens; ``end`` itself where the marks hold a sentence."""
    opening = text.rfind("“" if text[end - 1] == "”" else "《", max(0, end - 14), end)
    is_name = opening >= 0 and not any(mark in text[opening:end] for mark in "，。！？；：")
    return opening if is_name else end


def _is_first_verb(text: str, word_start: int, start: int, at: int, piece: str, tag: str, head: Head) -> bool:
    """Whether a verb that opens a clause opens a company's name, and does not tell that it was founded."""
    return (
        head.kind == "enterprise"
        and start < at
        and len(piece) == 2
        and tag in ("v", "vn", "a", "ad")
        and (tag != "v" or piece in words("name_verbs"))
        and piece not in words_for("boundary_words", "founding")
        and stands_clear(text, word_start)
    )


def is_own_name(reading: Reading, stem: int, at: int, head: Head) -> bool:
    """Whether the words before the head make a name rather than a common noun (物业公司, 上市公司, 律师协会)."""
    tagged, text = reading.words, reading.text
    if at - stem < 2:
        return False
    if text[stem] in "“《":
        return True
    trades = words_for("name_parts", "trade")
    index = tagged.index_of(stem)
    while index < len(tagged.starts) and tagged.starts[index] < at:
        piece = text[max(stem, tagged.starts[index]) : min(at, tagged.starts[index] + len(tagged.texts[index]))]
        is_kind = (
            head.text == "物业"
            and is_word(piece)
            and tagged.tags[index] not in ("ns", "nr", "nz")
            and piece[-1] not in "城庭邦家泰信"
        )  # 绿城物业 is a company, 小区物业 a kind
        if (
            not is_kind
            and piece not in trades
            and (head.kind == "social" or piece not in words_for("name_parts", "working"))
        ):
            return True
        index += 1
    return head.text.endswith("队") or (at - stem >= 6 and head.text != "物业")
