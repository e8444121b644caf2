"""Bodies that a text calls by their level alone (镇党委, 我镇), those of the state as a whole, and who answers a letter."""

from __future__ import annotations

import re

from tasks.facts.text.sought import Sought
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.word_lists import any_of, words_for

# Behind a bare level it tells that somebody acts: 县|民政, 镇|里说. What has a guard of its own is no word of the table.
_OFFICE = "委(?!员|托|屈|婉)|里(?!程|面(?!向|对))|上(?=的|各|也|就|还|都|把|开|办|建|设|搞|推)|“两委”|" + any_of(
    words_for("bodies/departments", "acts")
)
_KINDS = "自治区|省|市|州|区|县|旗|镇|乡|苏木|街道|社区|村"
# A body or place that is called by its level alone; what it belongs to was named before.
BARE = Sought(
    rf"(?:(?<![[:han:]])|(?<=[由据经是了请])|(?<=联合)|(?<=年来)|(?<=以来)|(?<=今年)|(?<=去年)|(?<=目前)|(?<=如今)"
    rf"|(?<=后来))({_KINDS})(?={_OFFICE})"
    rf"|(?:我们?|咱们?|我们这个)({_KINDS})(?![长民])"
    rf"|(?<![[:han:]])我(办)(?=[已将会正拟]|目前|高度|于|在)"
    rf"|(?:(?<![[:han:]])(?<![乡镇村区县旗][（(]))(?:如今|目前|近年来|今年以来|今年|去年|现在|为此|同时|此外|随后|于是|后来|最近|日前|近日|一年来|\d{{4}}年)?"
    rf"(街道|社区)(?!居民|工作者|群众|党员|治理|服务|矫正|养老|里的|矛盾|志愿|医院|医生|干事)"
)
# Bodies of the state as a whole, which tell no place: 民政部, 国家信访局, 全国妇联.
NATIONAL = Sought(
    "国务院|中共中央|党中央|中央(?:和国家机关|组织部|政法委|宣传部|社会工作部|文明办|农办|网信办|财政|政府|军委|办公厅)|"
    # 多地陆续启动, 各地积极探索: nobody in particular
    r"(?<![省市县区镇乡村旗])(?:多地|各地|许多地方|不少地方|一些地方|部分地区|多个省份)(?=(?:[^，。；“]{0,4})(?:先后|陆续|相继|纷纷|积极|开始|已))|"
    # 全国31个省份已全面建立
    r"(?<![[:han:]])全国(?:已有|共有|的)?\d{1,3}个(?:省|市|县|区|自治区|城市|地区)(?=[^，。；“]{0,14}(?:已|均|都|全面|建立|推行|推广|实行))|"
    rf"(?<![省市区县])(?:人力资源(?:和|及)?社会保障|{any_of(words_for('bodies/departments', 'ministry'))})部(?!门|长)|"
    "国家[[:han:]]{2,8}?(?:总?局|委员会|部|总社)|全国(?:妇联|总工会|人大|政协|工商联|老龄办|老龄委|爱卫办|残联|文明办)|最高人民(?:法院|检察院)|共青团中央|团中央"
)
# Behind a place that acts: a body of it, or where it acts.
IS_BODY = re.compile(f"(?:{_OFFICE})|在|于")
# Behind the office that writes what follows: 办事处回复：
ANSWERS = pattern_of("(?:[[:han:]]{0,10})?(?:回复|答复|回应|答|办事处|政府)[：:]")
_LONGEST_NAME = 40
_STOP = re.compile("[，。！？；\\n]")


_PARTNER_LEAD = re.compile(f"(?:(?<!参)与|[同跟])(?:(?:{_KINDS})(?:委|政府|里)[、和]?)*$")
_FARTHEST_PARTNER = 12  # characters


def is_partner(text: str, char: int) -> bool:
    """Whether the body called by its level at ``char`` is one with which somebody else goes along.

    >>> text = "县政府与市委、市政府保持一致"
    >>> is_partner(text, 4), is_partner(text, 7), is_partner(text, 0)
    (True, True, False)
    """
    return _PARTNER_LEAD.search(text, max(char - _FARTHEST_PARTNER, 0), char) is not None


def is_quoted(text: str, char: int, end: int) -> bool:
    """Whether the character at ``char`` is part of a name in quotation marks that closes before ``end``.

    >>> text = "石桥镇的“镇里镇外”与“板凳会”"
    >>> is_quoted(text, 7, len(text)), is_quoted(text, 2, len(text))
    (True, False)
    """
    opened = text.rfind("“", max(char - _LONGEST_NAME, 0), char)
    closed = text.find("”", char, min(char + _LONGEST_NAME, end))
    return 0 <= opened < closed and "”" not in text[opened:char] and _STOP.search(text[opened:closed]) is None
