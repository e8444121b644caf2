"""What speaks for and against a noun phrase without quotation marks being the name of a practice: the table of signs.

Each sign has an example and a counter-example in tests/cases/facts/practices/unquoted_signs.json.
"""

from __future__ import annotations

import re

from tasks.facts.practices import introductions
from tasks.facts.text.signs import Sign
from tasks.lexicon.body_heads import words as body_words
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.practice_heads import Head, well_known
from tasks.lexicon.word_lists import any_of, words_for

_ENOUGH_OF_STRONG_HEAD = 1.0
_ENOUGH = 1.5
_ENOUGH_OF_SHORT_HEAD = 1.8
_ENOUGH_OF_SHORT_HEAD_NOT_FOUNDED = 2.5

_NOT_A_NAME = re.compile(
    r"第|首[个家批次]|本次|[每上下这该各某此那]|全[区县市镇省]|中国|我国|国家|国际|全球|世界|跨国|海外"
)
_TOOK_OFFICE = re.compile("(?<=..)(?<![责信担重主])任(?![务期职命用])")  # 赵成任总管家
_OFFICE = re.compile(r"书记|主任|局长|镇长|乡长|县长|区长|市长|队长")
_BARE_VERBS = frozenset("建做办用抓守管")  # 建好服务站: 好 is of the verb
_ANY_OF_THEM = ("各", "各大", "各个", "各类", "每个", "每家", "该", "多家", "某")
# 以文化共同体推动经济共同体: what drives and what is driven are ideas
_DRIVES_BEFORE = pattern_of(r"(?:^|[，。；：\n])以$|以[[:han:]]{2,12}(?:推动|促进|带动|助推|赋能|撬动|引领)$")
# “板凳会”是该县推行的一项邻里议事制度: what a name is, and no other name.
_DEFINES = re.compile("[”》](?:就|便|正)?(?:是|即|为)[^，。；“”]{0,40}(?:一[项种个套类支]|的)$")
_ENDS_OF_DEFINITION = frozenset("项种个套类支的")
_USED_BEFORE = re.compile(r"(?:通过|依托|借助|利用|运用|加入|参加|用好)(?:了|着)?$")
_COUNTED_BEHIND = re.compile(r"(?:共|达)?\d{1,6}(?:多|余)?[个件条项处家支名户场块本]")
_HEADING = pattern_of(r"(?:\n|^)[\d[:one_to_ten:]（）.、 ]{0,5}\|\n")
_CLAUSE_MARKS = frozenset("，。；：、\n")
# …由社区和学校合办, …成立两年, …每周三开门: a thing that people made goes about its work.
_ACTS_BEHIND = re.compile(
    rf"(?:每[周月季年天日晚]|{any_of(words_for('practices/at_work_words', 'unquoted'))}|开[办张设放课]"
    r"|的(?:成员|会员|钱|货|做法))"
)
# 发挥党建联席会议和居民代表会议等共治载体的作用
_KIND_BEHIND = pattern_of(
    r"(?:[[:list_mark:]][^，。；]{2,14})?等[[:han:]]{0,4}(?:做法|经验|机制|制度|模式|品牌|载体|平台|阵地|形式|方式|活动)"
)
_LISTED_BEFORE = pattern_of(r"”(?:[[:list_mark:]]|以及)$")
_LISTED_BEHIND = pattern_of(r"(?:[[:list_mark:]]|以及)“")
_TRADE = re.compile(any_of(words_for("practices/trade_words", "unquoted")))
# 党建品牌, 文旅项目: of what sort a thing is, where a field of work of two characters stands before one of these nouns.
_SORTED = frozenset(("品牌", "项目"))
_LONGEST_FIELD = 2  # characters
# 这间两层楼的敞亮食堂: what was told already, told again in other words.
_TOLD_AGAIN_BEFORE = pattern_of(r"[这那][一]?(?:[间家个处座所][^，。；“”]{0,14}的$|[间家个处座所项种]$)")
# 搭建扁平化的对话交流平台, 多样化带娃新模式, 常态化关爱品牌: said what it is like, and not what it is called.
_DESCRIBED_BEFORE = pattern_of(r"[[:han:]]{2}的$")
_DESCRIBED = pattern_of(r"^[[:han:]]{2,3}[化性][[:han:]]{2,}|(?:新|好)(?:模式|机制|平台|体系|品牌|制度)$")
# 联合巡查组, 志愿服务活动, 生态宜居美好家园; 7个|方面具体工作机制: what anybody forms, does or hopes for anywhere.
_ANYWHERE = pattern_of(
    r"(?:联合|专项|集中)?(?:巡查|督查|检查|执法|调研|排查|巡河)(?:组|队|小组|行动|活动)"
    r"|(?:党员)?(?:志愿服务|志愿者?|主题党日|党日|宣传|文体|文化|公益|实践|慰问|走访|帮扶)活动"
    r"|(?:培养|培训|培育|建设|提升|改造|整治|示范|惠民|民生)工程|志愿服务(?:模式|机制|体系|平台)"
    r"|[[:han:]]*(?:美好|美丽|宜居)家园|(?:方面|环节|领域|层面)[[:han:]]*"
)
# 中华民族共同体: ideas that no place founds.
_IDEA = re.compile("(?:民族|命运|生命|职业|学术|利益|情感)共同体$")


class NounPhrase:
    """A noun phrase that ends in a head noun, with what stands around it; ``count`` is how often the text has it."""

    __slots__ = (
        *("text", "title", "start", "end", "name", "head", "count", "before", "modifier", "is_generic", "is_founded"),
        "is_heading",
    )

    def __init__(
        self, text: str, title: str, span: tuple[int, int], head: Head, count: int, *, is_listed_founded: bool = False
    ) -> None:
        self.text, self.title, (self.start, self.end), self.head, self.count = text, title, span, head, count
        self.name = text[self.start : self.end]
        self.before = introductions.words_before(text, self.start)
        self.modifier = self.name[: len(self.name) - len(head.noun)]
        self.is_founded = is_listed_founded or introductions.is_created(self.before)
        around = text[max(self.start - 5, 0) : self.start] + "|" + text[self.end : self.end + 1]
        self.is_heading = _HEADING.search(around) is not None
        # A strong head says something itself, whatever stands before it.
        generic = words_for("name_parts", "generic")
        self.is_generic = self.modifier in generic if head.strength == "strong" else _is_generic(self.modifier)


def _is_driving(of: NounPhrase) -> bool:
    return of.count == 1 and not of.is_founded and "以" in of.before and _DRIVES_BEFORE.search(of.before) is not None


def _is_described(of: NounPhrase) -> bool:
    if of.count > 1 or of.head.strength == "strong" or of.name in of.title:
        return False
    return _DESCRIBED.search(of.name) is not None or _DESCRIBED_BEFORE.search(of.before) is not None


UNQUOTED_SIGNS: tuple[Sign[NounPhrase], ...] = (
    Sign("founded", 1.5, lambda of: of.is_founded),
    # 开展法治剪纸活动: something done on a day, until the text comes back to it
    Sign("event told once", -1.0, lambda of: of.head.noun == "活动" and of.count == 1 and of.name not in of.title),
    Sign("grid that nobody draws", -1.0, lambda of: of.head.noun == "网格" and not of.is_founded),
    Sign("counted", 0.3, lambda of: _COUNTED_BEHIND.match(of.text, of.end) or introductions.is_counted(of.before)),
    Sign("generic words", -1.7, lambda of: of.is_generic),
    Sign("word of the dictionary", -2.2, lambda of: is_word(of.name)),
    Sign(
        "listed with a quoted name",
        0.8,
        lambda of: _LISTED_BEFORE.search(of.before) or _LISTED_BEHIND.match(of.text, of.end),
    ),
    Sign("one of a listed kind", 1.0, lambda of: _KIND_BEHIND.match(of.text, of.end)),
    Sign("known everywhere", 1.0, lambda of: of.name in well_known()),
    Sign("in use", 0.8, lambda of: not of.is_founded and _USED_BEFORE.search(of.before)),
    Sign("said twice", 1.0, lambda of: of.count > 1),
    Sign("said three times", 1.0, lambda of: of.count > 2),
    Sign("in the title", 1.0, lambda of: of.name in of.title),
    Sign("strong head", 1.0, lambda of: of.head.strength == "strong"),
    Sign("word of the trade", 0.7, lambda of: of.head.strength != "strong" and _TRADE.search(of.modifier)),
    Sign("thing that acts", 1.0, lambda of: of.before[-1:] in _CLAUSE_MARKS and _ACTS_BEHIND.match(of.text, of.end)),
    Sign("heading of its own", 1.0, lambda of: of.count > 1 and of.is_heading),
    Sign("words of its own", 0.3, lambda of: len(of.modifier) >= 4),
    Sign("drives or is driven", -1.5, _is_driving),
    Sign("described", -1.5, _is_described),
)


def enough(of: NounPhrase) -> float:
    """The sum from which on the phrase counts as a name: a strong head asks for less."""
    if of.head.strength == "quoted" and not of.is_founded:
        return _ENOUGH_OF_SHORT_HEAD_NOT_FOUNDED
    return {"strong": _ENOUGH_OF_STRONG_HEAD, "quoted": _ENOUGH_OF_SHORT_HEAD}.get(of.head.strength, _ENOUGH)


def is_vetoed(of: NounPhrase) -> bool:
    """Whether the phrase cannot be a name: any of several (各类联盟), another word (担任管家)."""
    return bool(
        of.name in body_words("bare")
        or _OFFICE.search(of.modifier)
        or (of.before[-1:] in _BARE_VERBS and of.name[0] in "好成起优强实")
        or _NOT_A_NAME.match(of.name)
        or _TOOK_OFFICE.search(of.modifier)
        or of.before.endswith(_ANY_OF_THEM)
        or _is_sort(of)
        or (of.count == 1 and _TOLD_AGAIN_BEFORE.search(of.before))
        or _IDEA.search(of.name)
        or _ANYWHERE.fullmatch(of.name)
        or "的" in of.name
        or of.before.endswith("”的")  # “甲+乙”的矛盾化解工作法: the kind of thing that the marks name
        or (of.before[-1:] in _ENDS_OF_DEFINITION and _DEFINES.search(of.text[max(of.start - 50, 0) : of.start]))
    )


def _is_sort(of: NounPhrase) -> bool:
    """Whether the phrase only says of what field of work a thing is: 党建品牌, 文旅项目."""
    return of.head.noun in _SORTED and len(of.modifier) <= _LONGEST_FIELD and of.name not in well_known()


def _is_generic(modifier: str) -> bool:
    """Whether the words before a head say nothing of their own: 长效, 服务管理, 重点民生."""
    generic = words_for("name_parts", "generic")
    position = 0
    while position < len(modifier):
        for length in range(min(4, len(modifier) - position), 0, -1):
            if modifier[position : position + length] in generic:
                position += length
                break
        else:
            return False
    return True
