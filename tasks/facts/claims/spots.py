"""Places of an article as possible actors: which of those named can be the one that practises something.

A place is named for many reasons: it is a partner (与某县签订), where a meeting is held, where a paper's author works, what
something is first in (全省首个), whom visitors go to see. ``Part`` says which; only an ``actor`` practises what is told.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from tasks.facts.claims.bare_bodies import IS_BODY
from tasks.facts.claims.clauses import Surroundings
from tasks.facts.places.reading import is_taken_over
from tasks.facts.text.items import begins_first_item, begins_item
from tasks.facts.text.needed import Tail
from tasks.facts.text.paragraphs import paragraph_start
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.gazetteer import gazetteer
from tasks.lexicon.word_lists import any_of, words_for
from tasks.records import PlaceLevel, PlaceMention, Sentence

# ``host``: gone to or learned from; ``dateline``: where a report was filed; ``out``: anything else but an actor.
Part = Literal["actor", "host", "dateline", "out"]

_LAST_PAUSE = re.compile(".*[，。；：！？\\n]", re.DOTALL)
# Characters before a place that are read: nothing that is looked for there is longer (考察了先进地区的 has eight).
_FARTHEST = 14
# Before a place that a practice is shared with, learned from or compared to, and not claimed of: 与|邻县结对, 荣获|市级奖项.
_PARTNER = Tail(
    "(?:(?<![共一相])同|(?<!”)[与跟]|会同|对口(?:支援|帮扶)?|帮扶|支援|援助|结对|结成|被|获得?|荣获|入选|受到?|按照?|根据|依据|贯彻|落实|响应|对接|接轨|融入|对标|看齐|经|"
    "比|例如|不同于|区别于|相比|相较|距离?|位于|地处|坐落[于在]?|隶属于?|属于|毗邻|邻近|紧邻|(?<![在而]一)(?<![在而])相邻的|接待|迎来|吸引了?|欢迎|引来|邀请了?|来自|从|代表|"
    "报送|上报|面向|授予|走在|位居|排名|名列|作为|列入|列为|评为|命名为|籍贯?|嫁到|调任|调到|离开|不只|不仅是?|有别于|借调|"
    "一样|好比|距|距离|和(?<=[^、”[:han:]]和))(?:了|过|好)?《?$"
)
# Before a place that somebody went to or learned from: 赴邻县考察, 借鉴邻县.
_GONE_TO = Tail(
    "(?:赴|(?<![看受做达提直得感拿遇找回])到|前?往|(?<![过])去|(?<![面])向|学习|借鉴|参照|仿照|照搬|效仿|观摩|考察|参观|慕名|访问|取经)(?:了|过)?"
    "(?:(?:邻近|相邻|兄弟|外地|外省|省外|市外|先进地区|发达地区|周边|毗邻|对口)(?:的|地区的?)?|邻[县市镇村区]的?)?$"
)
# 我到新宁县黄龙镇|驻村: who goes there to stay belongs there.
_STAYS = re.compile(
    "^[^，。；]{0,6}?(?:驻村|任职|挂职|担任|任(?:第一书记|村|镇|党)|当(?:村|支书|第一书记)|支教|扎根|安家|上任|报到)"
)
_REPORTER = re.compile(
    "(?:(?:记者|笔者|我们|作者|调研组|采访组|一行)[^，。；]{0,8}|(?:对照|比较|案例|田野|实证|个案)考察)$"
)
_COMPARED = re.compile("(?:比较|对比|对照|考察|走访|选取|调查)(?:了|过)?$")  # 比较了甲镇与乙镇: both are spoken of
# 我校位于石桥镇: where whoever writes is at home.
_AT_HOME = Tail(
    "(?:^|[，。；：\\n])(?:我们?|本|该)?(?:校|院|园|站|所|厂|村|镇|社区|小区|学校|医院|幼儿园|公司|单位|馆|店|卫生院|合作社)(?:位于|地处|坐落[于在]|设在|在)$"
)
_AT = Tail("(?:在|于|齐聚|聚首|相聚|云集)(?:了)?$")
# Behind a place that holds a meeting or a signing and does nothing else: 在武汉|召开的会议上.
_MEETING = re.compile(
    "^[^，。；]{0,10}?(?:召开|举行|举办|开幕|闭幕|(?:出席|参加)[^，。；“]{0,14}(?:会|论坛|培训|活动)|参会|会见|开会|签约|签署|签订|揭晓|发布|启幕|受访|接受采访)"
)
# 在石桥村村部|调解现场, 在东莞|打工: where somebody happens to be.
_AWAY = re.compile(
    "^[^，。；“”]{0,8}?(?:调解|事发|施工|救援|事故)现场|^[^，。；]{0,6}?(?:培训|打工|务工|经商|读书|上学|求学|当兵|服役|挂职|任职|工作|出生|养病|治病|开店|做生意|开庭|实习)"
)
_VISIT = re.compile("^[^，。；]{0,6}?(?:学习|考察|观摩|参观|取经|走访|见学)")
# Behind who comes to learn: 望谟县一行|前来学习, the practice is of those who are visited.
_COMES_TO_LEARN = re.compile(
    "^[^，。；“”]{0,16}?(?:前来|(?:专程|慕名|组团|带队|特意)(?:前?来)|来(?:我|本|该|此|这里|到)[县市镇村区]?)[^，。；“”]{0,8}?(?:学习|观摩|考察|参观|取经"
    "|借鉴|交流|调研)"
    "|^[^，。；“”]{0,10}?(?:派[人员]|来人|组团|带队)[^，。；“”]{0,4}(?:看|学|瞧)"
)
# 柳溪镇|前来取经，回去后组建“板凳会”: the practice is of those who came.
_GOES_HOME = re.compile(
    "，(?:回去|回来|返回|返程|归来)(?:之?后)?[^，。；“”]{0,10}(?:就|便|也|即)?(?:办|建|设|成立|组|推|搞|开)"
)
_WAY_HOME = 44  # characters
# Behind a place that is part of what somebody belongs to: 青石大学教授, 青石日报.
_AFFILIATION = re.compile(
    "^[^，。；、“”《]{0,8}?(?:大学(?!生|毕业)|学院|师大|研究院|研究所|研究中心|党校|社科院|科学院|智库|日报|晚报|晨报|早报|都市报|电视台|电台|"
    "出版社|杂志社|新闻网|律师事务所|高校|同乡会)"
)
# The place of a university in a list of authors: 武汉 430079.
_POSTCODE = pattern_of("^[ 　,，]*(?:[[:han:]]{1,6}[ 　,，]*)?\\d{6}(?=[）；;)\\s]|$)")
_ABOUT_AUTHOR = re.compile("(?:作者(?:单位|简介|系|为)|工作单位|通讯地址|基金项目)[^。\\n]*$")
# What a place is measured by: 全省首个, 全市率先, 全县推广会.
_MEASURE = re.compile(
    "^(?:率先|首个|首家|首创|首批|首例|唯一|第[一二三四五]|最早|最先|前列|领先|示范|先进|优秀|十佳|十大|典型|模范|劳模|文明|平安|知名|有名|闻名|平均|通报|表彰|"
    "范围内?(?:率先|推广|推介)|推广|推介|复制|经验交流|现场|推进会|之最|之首|排名|(?:基层|党建|社会|乡村|城市)?(?:治理|党建|工作)?(?:创新)?(?:十佳|优秀|典型|示范|试点|案例|现场会"
    "|品牌))"
)
_ALL_BEFORE = ("", "目前", "如今", "现在", "今年", "去年", "并")
# 全县|已建成, 全县|7个乡镇全部推开: all of a place acts; 落实全省部署: it does not.
_ALL_BEHIND = re.compile(
    "^(?:\\d{1,3}个(?:乡镇|镇|乡|街道|村|社区))?"
    "(?:范围内?|上下|各地|已|已经|共|统一|全面|先后|普遍|同步|全部|均|都){0,4}(?:推|建|设|成立|实行|实施|开展|启动|试点|铺开|打造|落实|组建)"
)
_DATELINE = pattern_of(
    "(?:(?:本报|新华社|新华网|人民网|中新社|中新网|央视网|光明网|中国新闻网)|[[:han:]]{2,8}(?:报|网|社|客户端|融媒))[^，。\n]{0,3}$"
)
_DATELINE_END = re.compile("^[^，。\n]{0,20}?[电讯](?![话视子器动机台])")
_LIST_MARK = re.compile("(?:、|和|及|以及|，以及|与|，)?(?:等)?$")
_JOINED = pattern_of("[[:list_mark:]]|以及|、?和|(?:各|已)?\\d{1,4}[个所家处支座间条]、")  # 石桥镇3所、柳溪镇2所
# Behind the last of them it tells that they do it together: 签订协议，共同建立.
_TOGETHER = re.compile(
    "^(?:[^，。；]{0,8}?(?:共同|联合|携手|一道|合作|共建|联手|两地|三地|两县|两市|两镇|两村|两区|[四五六七八九]地|跨)"
    "|[^，。；]{0,20}?(?:签订|签署|达成)[^，。；]{0,14}，(?:共同|联合|携手|合作|一起)(?:建|设|组|推行|实行|开展|打造|成立|创))"
)
# 石桥镇|已于2020年5月与|柳溪乡|试行“板凳会”: what both set up.
_WITH = re.compile(
    "(?:早在|早就)?(?:也|还|已|又|先后|率先|则|便)?(?:于|在)?[\\d年月日今去前初底]{0,11}(?:就|便|已|才)?[与同和跟]"
)
# The same: what both set up.
_BOTH_SET_UP = re.compile(
    f"(?:共同|联合|携手|一起|合作)?(?:[合共联][建办设]|{any_of(words_for('practices/setting_up_verbs', 'create'))})"
    f"了?(?:起来)?[^，。；“《]{{0,4}}[“《]"
)
# 相邻的|柳溪镇 at the head of a clause is its subject.
_NEIGHBOUR = re.compile("(?:而|此外|同样|就连)?(?:[与和同][^，。；]{2,8})?(?:相邻|毗邻|邻近|紧邻|紧挨着?|隔壁)的")
_WHICH = re.compile("前者|后者")
_NAME = re.compile("“[^“”]{1,20}”|《[^《》]{1,30}》")
# “夜巡灯”守护古寨（石桥镇）: the end of an entry in a list.
_IN_BRACKETS = re.compile("[”》]?[^，。；：（）“”\\n]{0,10}[（(]")
_NOTHING_ELSE = re.compile("[的、和及与等还有以及地]{0,6}")
# A police station may serve several towns, these offices one each.
_OFFICE_OF_TOWN = pattern_of("([[:han:]]{2,4}?)(?:司法所|综治中心|财政所|文化站|便民服务中心|法律服务所)")
_LONGEST_IN_BRACKETS = 30  # characters of a heading in brackets
_OPENING = 40  # characters of a paragraph in which a dateline stands


class Spot(NamedTuple):
    """A place named from ``start`` to ``end``; ``adcode`` is its code or that of its county, ``name`` None for a
    national body.

    ``clause``: start and end, by the offsets of the sentence, of the clause whose date holds for this place alone.
    """

    start: int
    end: int
    name: str | None
    adcode: str | None
    level: PlaceLevel
    clause: tuple[int, int] | None = None


class Group:
    """Places named in one list. The part they play is worked out when somebody asks: of most places nobody does."""

    __slots__ = ("_covered", "_part", "_text", "end", "spots", "start")

    def __init__(
        self,
        spots: tuple[Spot, ...],
        part: Part | None = None,
        text: str = "",
        covered: Sequence[tuple[int, int]] = (),
    ) -> None:
        """``part`` where it is known, else the text it is told from and where schools and media stand in it."""
        self.spots, self._part, self._text, self._covered = spots, part, text, covered
        self.start, self.end = spots[0].start, spots[-1].end

    @property
    def part(self) -> Part:
        if self._part is None:
            self._part = _part(self._text, self.spots[0], self.spots[-1], self._covered)
        return self._part


def spot_of(mention: PlaceMention, county: str | None) -> Spot:
    """``mention`` as a spot; ``county`` is the code of the county where it has none of its own."""
    level: PlaceLevel = mention.level
    return Spot(mention.start_char, mention.end_char, mention.place_name, mention.adcode or county, level)


def town_of_office(text: str, spot: Spot) -> Spot:
    """``spot``, or where an office that every town has stands behind a county, the town it is called by.

    >>> county = Spot(0, 3, "浙江省湖州市安吉县", "330523", "county")
    >>> [town_of_office(text, county).name[-3:] for text in ("安吉县梅溪司法所", "安吉县司法所", "安吉县梅溪学校")]
    ['梅溪镇', '安吉县', '安吉县']
    """
    office = _OFFICE_OF_TOWN.match(text, spot.end) if spot.level == "county" and spot.name is not None else None
    if office is None:
        return spot
    for suffix in ("镇", "乡", "街道"):
        if spot.adcode in gazetteer().township.get(office[1] + suffix, ()):
            name = f"{spot.name}{office[1]}{suffix}"
            return Spot(spot.start, office.end(1), name, spot.adcode, "township")
    return spot


def covering(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where each of ``spans`` begins, in order, and how far those that have begun by then reach.

    >>> covering([(9, 12), (0, 8), (2, 5)])
    [(0, 8), (2, 8), (9, 12)]
    """
    in_order = sorted(spans)
    return list(zip((start for start, _ in in_order), accumulate((end for _, end in in_order), max), strict=True))


def grouped(text: str, spots: list[Spot], covered: list[tuple[int, int]]) -> list[Group]:
    """``spots`` in order as lists; ``covered`` (``covering``) of schools and media, whose places are no actors."""
    lists: list[list[Spot]] = []
    for spot in (town_of_office(text, spot) for spot in spots):
        if lists and _is_listed(text, lists[-1][-1], spot):
            lists[-1].append(spot)
        elif lists and lists[-1][-1].end == spot.start and lists[-1][-1].level in ("other", "city", "county"):
            lists[-1][-1] = spot._replace(start=lists[-1][-1].start)  # 合肥经济技术开发区高刘街道 is the subdistrict
        else:
            lists.append([spot])
    return [Group(tuple(members), None, text, covered) for members in lists]


def _is_listed(text: str, left: Spot, right: Spot) -> bool:
    between = text[left.end : right.start]
    if between[-1:] in tuple("与同和跟") and _WITH.fullmatch(between) and _BOTH_SET_UP.match(text, right.end):
        return True
    if not between or _JOINED.fullmatch(between) is None:
        return False
    if between == "与":
        before = text[max(left.start - 8, 0) : left.start]
        return (
            _COMPARED.search(before) is not None
            or _TOGETHER.match(text, right.end) is not None
            or _TOGETHER.search(text[right.end : right.end + 12]) is not None
        )
    return True


def _part(text: str, first: Spot, last: Spot, covered: Sequence[tuple[int, int]]) -> Part:
    start, end = first.start, last.end
    clause = max(start - _FARTHEST, 0)
    pause = _LAST_PAUSE.match(text, clause, start)
    if pause is not None:
        clause = pause.end()
    before = text[clause:start].rstrip("“‘")
    behind = text[end : end + 26]
    line = paragraph_start(text, start)
    if start - line <= _OPENING and _DATELINE_END.match(behind) and _DATELINE.search(text[line:start]):
        return "dateline"
    at = bisect_left(covered, (start + 1,)) - 1
    if (at >= 0 and end <= covered[at][1]) or _AFFILIATION.match(behind):
        return "out"
    if (
        (_COMES_TO_LEARN.match(behind) and not _GOES_HOME.search(text, end, end + _WAY_HOME))
        or _POSTCODE.match(behind)
        or _ABOUT_AUTHOR.search(text[max(line, start - 40) : start])
    ):
        return "out"
    if is_taken_over(text, start, end) or _GONE_TO.search(before):
        return "actor" if _REPORTER.search(text[clause:start]) or _STAYS.match(behind) else "host"
    if _AT.search(before) and (held := _held_there(behind)) is not None:
        return held
    if text[start] == "全" and (
        _MEASURE.match(behind)
        or not (before in _ALL_BEFORE or before.endswith(("在", "于")) or _ALL_BEHIND.match(behind))
    ):
        return "out"
    if _AT_HOME.search(text[max(start - 16, 0) : start]):
        return "actor"
    return _beside(before, behind)


def _beside(before: str, behind: str) -> Part:
    """What a place is of which a partner, a neighbour or nothing stands ``before``."""
    if _NEIGHBOUR.fullmatch(before):
        return "actor"
    if _PARTNER.search(before):
        is_joint = before.endswith(("与", "同", "和")) and _TOGETHER.match(behind) is not None
        return "actor" if is_joint else "out"  # 某大学与石桥县共建
    if before.endswith("和") and len(before) > 1 and before[-2] != "”":
        return "out"  # 该镇和石桥镇签订: a list would have been joined
    return "actor"


def _held_there(behind: str) -> Part | None:
    """What a place is in which (在) somebody visits, meets or lives, by the words behind it; None where it may act."""
    if _VISIT.match(behind):
        return "host"
    meeting = _MEETING.match(behind)
    if meeting is not None and not _is_event(behind[meeting.end() :]):
        return "out"
    return "out" if _AWAY.match(behind) else None


def _is_event(behind: str) -> bool:
    """Whether what is held is named: 在石桥镇举办“板凳会”."""
    return re.match("了?(?:首[场次届]|一[场次]|第[^，。]{1,3}[场次届期])?[“《]", behind) is not None


def is_only_list(text: str, start: int, end: int, groups: Sequence[Group]) -> bool:
    """Whether a clause only lists places: 安吉县的梅溪镇、溪龙乡，长兴县的和平镇，都推行“板凳会”."""
    rest = text[start : groups[0].start]
    for group, following in zip(groups, [*groups[1:], None], strict=True):
        rest += text[group.end : end if following is None else following.start]
    return _NOTHING_ELSE.fullmatch(rest) is not None


def sends(text: str, actor: Group, chosen: Group) -> bool:
    """Whether ``actor`` does something in ``chosen``, which lies elsewhere: 镇党委在西安、东莞设立“流动支部”."""
    here, there = actor.spots[-1], chosen.spots[0]
    if here.name is None or there.name is None or text[chosen.start - 1] not in "在于":
        return False
    if here.name.startswith(there.name) or there.name.startswith(here.name):
        return False
    same_city = here.adcode is not None and there.adcode is not None and here.adcode[:4] == there.adcode[:4]
    return not same_city and IS_BODY.match(text, actor.end) is not None


def stands_in_brackets(text: str, end: int, group: Group) -> bool:
    """Whether ``group`` is all that the brackets behind a mention, which ends at ``end``, hold: “板凳会”（石桥镇）."""
    opened = _IN_BRACKETS.fullmatch(text, end, group.start)
    return opened is not None and text[group.end : group.end + 1] in ("）", ")")


def bracket_end(text: str, line: int) -> int:
    """Where the heading in brackets that opens the line at ``line`` closes; -1 where that is not soon.

    >>> bracket_end("【“板凳会”】2015年设立", 0), bracket_end("【板凳会", 0)
    (6, -1)
    """
    return text.find("】" if text[line] == "【" else "］", line, line + _LONGEST_IN_BRACKETS)


def county_level(adcode: str, kind: str) -> str | None:
    """The division of ``kind`` (省, 市, 县 …) that ``adcode`` is or lies in.

    >>> county_level("330782", "市"), [county_level("330523", kind) for kind in "市省区"]
    ('330782', ['330500', '330000', None])
    """
    known = gazetteer()
    division = known.by_code[adcode]
    chain = (adcode, *reversed(division.ancestors))
    for code in chain:
        candidate = known.by_code[code]
        if kind in ("省", "自治区"):
            if candidate.level == "province":
                return code
        elif kind == "州":
            if candidate.level == "city":
                return code
        elif candidate.name.endswith(kind) and (kind == "市" or candidate.level == "county"):
            return code
    return None


def own_county(kind: str, char: int, spots: Sequence[Spot]) -> Spot:
    """What 我县 at ``char`` means, by the first of ``spots`` in a county, which may be a district by now; a spot without
    a name where none tells: in a text that names but others' places before it, it is none of those.

    >>> lower = Spot(9, 12, "浙江省湖州市安吉县梅溪镇", "330523", "township")
    >>> own_county("市", 3, [lower]).name, own_county("县", 3, []).name
    ('浙江省湖州市安吉县', None)
    """
    codes = (spot.adcode for spot in spots if spot.adcode is not None and kind in ("县", "区", "市", "旗"))
    divisions = (gazetteer().by_code[code] for code in codes)
    county = next((division for division in divisions if division.level == "county"), None)
    if county is None:
        return Spot(char, char + len(kind), None, None, "other")
    return Spot(char, char + len(kind), county.full_name, county.adcode, "county")


def is_below(lower: str | None, upper: str | None) -> bool:
    """Whether the full name ``lower`` is that of a place in ``upper``.

    >>> is_below("浙江省湖州市安吉县", "浙江省湖州市"), is_below("浙江省湖州市", "浙江省湖州市"), is_below(None, "浙江省")
    (True, False, False)
    """
    return lower is not None and upper is not None and lower != upper and lower.startswith(upper)


def spoken_before(text: str, char: int, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Those of ``sentences`` that may name who acts in the one at ``char``, the nearest first.

    What another item of a list names (一是…) is not spoken of in this one; what stands above the list is.
    """
    is_other_item = begins_item(text, char) and not begins_first_item(text, char)
    for sentence in reversed(sentences):
        if is_other_item:
            is_other_item = not begins_first_item(text, sentence.start_char)
        else:
            yield sentence


def told_apart(around: Surroundings, found: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """Those of ``found`` that the mention belongs to: 前者 (the former), or where names follow 分别 (respectively) the one
    that stands where the mention stands: 甲镇、乙镇分别推出“A”和“B”.
    """
    if len(found) < 2:
        return found
    if len(found) == 2 and (which := _WHICH.search(around.text, around.clause_start, around.start)) is not None:
        return found[:1] if which[0] == "前者" else found[1:]
    at = around.text.rfind("分别", around.clause_start, around.start)
    if at < 0:
        return found
    names = [match.span() for match in _NAME.finditer(around.text, at, around.clause_end)]
    places = [index for index, (start, end) in enumerate(names) if start <= around.start and around.end <= end]
    return found[places[0] : places[0] + 1] if places and len(names) == len(found) else found
