"""Decides whether a number with its unit states a quantity, and which approximator stands before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from tasks.facts.figures.exclusions import one_counts
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.numerals import Numeral
from tasks.lexicon.units import Unit

_LAST_PAUSE = re.compile(r".*[，。；！？\n：,;]", re.DOTALL)
_BEFORE = re.compile(
    r"(?P<word>大约|约为|约有|约合|约占|约|将近|接近|近乎|近|不足|不到|超过|超出|超|逾|大概|差不多|年近|年过|年逾|过|上|不下|约莫|最近)(?:是|有|达|了)?$"
)
LAST_OF_APPROXIMATORS = frozenset("约近足到过超出逾概多上下莫有是达为合占乎了")
_NOT_ABOUT = {  # the character before that makes another word of the approximator
    "约": "预签履合节制违契公缔毁邀相特失守解誓盟条规简隐绰大践赴立订续爽俭集婉",
    "近": "附最邻靠贴走拉亲就临远凑逼迫接相",
    "不到": "想看找达得遇听见感买吃做料意享收等用摸学拿碰轮",
    "超": "高",
    "上": "以网线路街桥马晚早加会身手台门车楼山村床书桌社市天地场实基史世际赶跟遇送带",
}
_THRESHOLD_BEFORE = re.compile(
    r"(?:不|不得|不能|不可|不应|不许|未|没有?|凡|如|若|一旦|且|并且?不|严禁|禁止|最多不|均不|不准)$"
)
_LAST_YEARS_BEFORE = re.compile(r"(?:^|[，。；、：“（\n在最从自对据仅\s])$")
_STRETCH_BEFORE = re.compile(r"(?:历时|耗时|用时|用了|花了|了|有|长达|持续|经过|历经|已|过去|工作|等了|住了|需要?|达)$")

_HAN = pattern_of(r"[[:han:]“]")

_POINTS_OF = re.compile(
    r"(?:工作)?(?:意见|建议|要求|体会|希望|做法|经验|原因|措施|启示|承诺|倡议|好处|变化|理由|不足|共识|诉求|期望|感受|思考|看法|提示|举措)"
)
_LINES = re.compile(
    r"(?:防线|关口|关(?![镇村])|菜|题|工序|程序|屏障|手续|闸|风景|难题|铁门|大门|门槛|选择题|保障|防护|监督)"
)
_ONE_EACH = re.compile(r"一(?![个家名位次年])")
_HISTORY = re.compile(r"[多前后来以]?的?历史")
_INSTRUMENTS = re.compile(r"(?:清单|台账)")
_FLOOR_BEHIND = re.compile(
    r"(?:楼房|小楼|楼高|高|建筑|住宅|民房|居民楼|办公楼|砖|框架|板房|小洋|别墅|楼(?!的?(?:居民|住户|王|李|张|邻居|会议)))"
)
_FLOOR_BEFORE = re.compile(r"(?:共|有|高|建了|盖了|盖起|加盖|地上|地下|总共|分为|分|超过|不足|建到|加到|达到?)$")
_TERM_BEFORE = re.compile(
    r"(?:连续|分[为成]?|超过|满|共|举办|开办|举行|了|已|开展|连任|办|组织|推出|刊发|完成|累计)(?:了|过)?$"
)
_TERM_BEHIND = pattern_of(r"(?:专题)?(?:培训|班|讲座|课|节目|活动|[“[:han:]]{0,6}(?:培训|学习班|讲堂|沙龙))")
_GROUP_BEHIND = re.compile(r"[长织成建合委员村党的支居网群村干部]")
_BUILDING_BEFORE = re.compile(
    r"(?:共|有|建|了|的|造|拆|及|和|、|为|修|盖|成|建成|新建|改造|涉及|，|这|那|全部|内|余|楼|房|住宅|别墅)$"
)
_BLOCK_GOODS = pattern_of(r"[[:han:]A-Za-z“]")
_BLOCK_THINGS_BEFORE = re.compile(
    r"(?:(?<![补津])贴|[插立挂摘竖铺刻装搬砌换挑选]|开垦|划分?|牌|碑|板|展|田|地|石|组件|[瓷地]砖|屏)(?:出|下|上|成)?(?:了|有|着|约|近|共)?$"
)
_BLOCK_MONEY_BEFORE = pattern_of(
    r"(?:花|卖|赚|挣|省|收|付|交|给|租金|工资|每斤|价|才|只要|掏|补|罚|领|凑|每天|每月|一斤|一个|奖)[[:han:]]{0,4}$"
)
_DAY_BEFORE = re.compile(r"(?:为期|历时|连续|长达|共|提前|满|超过|不超过|近|约|每|前后|少于)$")
_DAY_BEHIND = re.compile(r"(?:内|以内|之内|游|免费|无理由|有效)")
_FOR_AGES_BEFORE = re.compile(
    r"(?:[想说讲愣看找等问听聊吵劝哭犹豫琢磨嘀咕嘟囔]了?|[好老大]|[一下上]?[去来]了?)$"
)  # 想了半天
_ONE_IS_NOT_ENOUGH = pattern_of(r"一(?P<unit>[[:han:]])不(?:够|行|成)[，、]?(?:就|再|来)?[[:han:]]{0,2}$")
_SINCE_BEHIND = re.compile(r"(?:年|个月|天|周)(?:内|间|里|，|以来|来)")
_NOT_TENTHS = re.compile(r"[立为果员长效功本品都熟绩分群交人不]")
_ALWAYS_COUNT = frozenset(("money", "hard", "percent"))
# 100米半决赛, 4×100米接力 and 百米飞人大战 are names of races.
_RACE_BEHIND = re.compile(
    r"(?:[短长]?跑|自由泳|[蛙蝶仰]泳|混合泳|跨?栏|障碍)?(?:半?决赛|预赛|复赛|接力|飞人|大战|冲刺跑|比赛|冠军|世界纪录)"
)
_LETTERS = frozenset(("m", "t", "ha"))  # units that may begin a Latin word
_PEAKS = frozenset("尖峰岭峪坳垭")
_QUAKE = re.compile("(?:以上)?(?:地震|余震|强震)")
_CLAUSE_ENDS = re.compile(r"[，。；、！？）”\n]|$")
_ALL_HAN = pattern_of(r"[[:han:]]+$")
_LISTED = pattern_of(r"[[:list_mark:]]")
_SIDES_BEHIND = re.compile(r"[，。；、）都共也代一坐面]|$")
_RESIDENTS_BEHIND = pattern_of(
    r"(?:居民(?!楼|住宅|房|小区)|业主|住户|邻居|楼[栋道]?长|网格员|[[:han:]]{1,2}(?:阿姨|大[爷妈叔]|奶奶|爷爷|先生|女士|师傅))"
)
TWO_HAN = pattern_of(r"[[:han:]]{2}")


class Approximator(NamedTuple):
    start: int
    is_approximate: bool


@dataclass(slots=True)  # not frozen: one is made for every number of every article
class Candidate:
    text: str
    start: int
    surface: str
    numeral: Numeral
    unit: Unit | None
    kind: str
    unit_name: str
    unit_end: int
    has_approximator: bool

    def clause_start(self) -> int:
        """Where the clause of the number begins, at most 40 characters back."""
        first = max(self.start - 40, 0)
        pause = _LAST_PAUSE.match(self.text, first, self.start)
        return pause.end() if pause else first

    def before(self) -> str:
        return self.text[self.clause_start() : self.start]

    def behind(self, length: int = 8) -> str:
        return self.text[self.unit_end : self.unit_end + length]

    def block_name(self) -> str:
        """块: money (10块, 20块钱) or a measure of things (3块菜地)."""
        behind = self.behind(1)
        is_money = (
            self.numeral.value < 100_000
            and (
                not _BLOCK_THINGS_BEFORE.search(self.before()) or (self.numeral.value >= 100 and not _HAN.match(behind))
            )
            and (
                not behind
                or not _BLOCK_GOODS.match(behind)
                or behind in "钱多一凑左就、涨降跌升全都也才还又给交"
                or _BLOCK_MONEY_BEFORE.search(self.before())
            )
        )
        return "元" if is_money else "块"


def approximator_before(text: str, start: int, surface: str, kind: str) -> Approximator:
    """Where the figure begins once an approximator is taken in, and whether there is one.

    近三年 is the last three years, 不超过三天 a threshold: neither is approximate.

    >>> about, at_most = ("产值约3万元", 3, "3万", "money"), ("不超过3天", 3, "3", "time")
    >>> approximator_before(*about).start, approximator_before(*at_most).is_approximate
    (2, False)
    """
    if text[start - 1 : start] not in LAST_OF_APPROXIMATORS:
        return Approximator(start, False)
    window_start = max(start - 4, 0)
    match = _BEFORE.search(text, window_start, start)
    if match is None:
        return Approximator(start, False)
    word, at = match["word"], match.start()
    previous = text[at - 1 : at]
    nothing = Approximator(start, False)
    if word == "最近" or (word == "约" and text[at - 2 : at] == "规民"):
        return nothing  # 村规民约12条
    for key in ("约", "近", "不到", "超", "上"):
        if word == key and previous and previous in _NOT_ABOUT[key]:
            return nothing
    if word in ("超过", "超", "逾", "超出", "过", "不足") and _THRESHOLD_BEFORE.search(text, at - 3, at):
        return nothing
    if word in ("过", "上") and not (surface[0] in "百千万亿半" or surface == "半数"):
        return nothing
    if word == "近" and kind in ("time", "half", "day"):
        behind = text[start + len(surface) : start + len(surface) + 6]
        is_stretch = _STRETCH_BEFORE.search(text, at - 2, at) is not None or "的历史" in behind or "历史" in behind
        if not is_stretch and (at == 0 or _LAST_YEARS_BEFORE.search(text, at - 1, at) or "来" in behind[:4]):
            return nothing
        if not is_stretch and kind == "time" and _SINCE_BEHIND.match(behind):
            return nothing
    return Approximator(at, True)


def is_quantity(candidate: Candidate) -> bool:
    """Whether number and unit count something here; see the cases for what each kind of unit must show."""
    kind, numeral, surface = candidate.kind, candidate.numeral, candidate.surface
    text, start = candidate.text, candidate.start
    previous = text[start - 1 : start]
    if (
        previous == "第"
        or (previous.isascii() and previous.isalnum())
        or (previous and previous in "+/-—×." and kind != "money")
    ):
        return False
    if kind == "share":
        return True
    if candidate.unit is not None and candidate.unit.surface in _LETTERS and candidate.behind(1).isascii():
        return not candidate.behind(1).isalnum()  # 60m跑道, but 5max
    if _is_rank(candidate) or _is_name_of_rules(candidate):
        return False
    if surface == "一":
        return _one_is_counted(candidate, previous)
    if not numeral.is_arabic and _is_no_count_in_chinese(candidate, previous):
        return False
    # 三个一, 四个一批 are catchwords.
    is_catchword = (
        kind == "count"
        and text.startswith("一", candidate.unit_end)
        and not numeral.approximate
        and _ONE_EACH.match(candidate.behind(2)) is not None
    )
    return not is_catchword and _kind_allows(candidate)


def _one_is_counted(candidate: Candidate, previous: str) -> bool:
    """Whether 一 counts: 每周一次 does, 统一 and 周一 are words."""
    text, start = candidate.text, candidate.start
    is_new_term = text[max(start - 2, 0) : start] in ("每周", "上任", "到任", "就任", "离任", "卸任")
    return (is_new_term or not previous or previous not in "第统唯惟逐同单不某任专其划万之周初") and one_counts(
        text, start, candidate.kind, candidate.unit_name, candidate.unit_end, candidate.clause_start()
    )


def _is_no_count_in_chinese(candidate: Candidate, previous: str) -> bool:
    """Whether a number in Chinese characters is part of a word or of a way of speaking."""
    kind, numeral, surface = candidate.kind, candidate.numeral, candidate.surface
    text, start = candidate.text, candidate.start
    if len(surface) == 1 and surface != "半" and previous and previous in "第初周拜期老高大" and kind != "major":
        # 星期三 and 周二 are days, 有效期三年 and 建设周期两年 are not.
        is_term = kind == "time" and previous == "期" and text[start - 2 : start - 1] not in ("", "星")
        if not is_term:
            return True
    if (surface == "二" and kind not in ("money", "percent", "hard")) or (surface[0] in "零〇" and "." not in surface):
        return True
    if len(surface) == 1 and candidate.behind(1) in _PEAKS and candidate.unit_name not in ("个", "座", "条", "道"):
        return True  # 六股尖, a peak
    if surface in "两三四":
        short_of = _ONE_IS_NOT_ENOUGH.search(text, start - 8, start)
        if short_of is not None and text.startswith(short_of["unit"], start + 1):
            return True  # 一碗不够吃两碗: nobody counts bowls
    if numeral.is_bare_scale and not (candidate.has_approximator or numeral.approximate):
        is_part = kind not in ("hard", "money") or candidate.behind(1) in "户村镇乡县级"
        return is_part or (bool(previous) and previous in "每数几上")
    return False


def _kind_allows(candidate: Candidate) -> bool:
    kind = candidate.kind
    is_length = kind == "hard" and candidate.unit_name == "米"
    if (kind in _ALWAYS_COUNT and not is_length) or (kind == "count" and candidate.unit_name != "道"):
        return True
    behind = candidate.behind()
    if is_length:
        return _RACE_BEHIND.match(behind) is None
    before = candidate.text[max(candidate.start - 6, 0) : candidate.start]
    if kind in ("time", "day", "term"):
        return _time_counts(candidate, before, behind)
    if kind in ("side", "building", "floor", "point", "group", "count", "coin"):
        return _thing_counts(candidate, before, behind)
    numeral = candidate.numeral
    match kind:
        case "grade":  # 5.5级地震; steps and ranks have no decimals
            return "." in candidate.surface or _QUAKE.match(behind) is not None
        case "arabic":
            return (numeral.is_arabic or numeral.value >= 10) and not numeral.is_bare_scale
        case "tenths":
            return numeral.value <= 10 and not _NOT_TENTHS.match(behind)
        case "major":
            return _major_counts(candidate)
        case _:
            return True


def _time_counts(candidate: Candidate, before: str, behind: str) -> bool:
    """Whether a length of time, a number of days or of terms is meant, and no date."""
    numeral = candidate.numeral
    is_last = _HAN.match(before[-1:]) is not None and _CLAUSE_ENDS.match(behind) is not None
    if candidate.kind == "day":
        # 公示7日，: what were a day of the calendar the dates have taken.
        return is_last or bool(_DAY_BEFORE.search(before) or _DAY_BEHIND.match(behind))
    if candidate.kind == "term":
        is_tally = numeral.is_arabic and is_last
        return (is_tally or bool(_TERM_BEFORE.search(before) or _TERM_BEHIND.match(behind))) and not pattern_of(
            r"[[:one_to_nine:]]?[中全]"
        ).match(behind)
    if candidate.surface == "半" and candidate.unit_name == "天" and _FOR_AGES_BEFORE.search(before):
        return False
    if candidate.unit_name == "个月" and before.endswith("年前"):
        return False  # 今年前10个月 is a date
    is_year = candidate.unit_name == "年" and len(candidate.surface) == 4 and 1900 <= numeral.value < 2100
    return not is_year or candidate.has_approximator or _HISTORY.match(behind) is not None


def _thing_counts(candidate: Candidate, before: str, behind: str) -> bool:
    """Whether what may number or name a thing (21栋, 三方会商, 八道河) counts it."""
    numeral = candidate.numeral
    match candidate.kind:
        case "side":
            # 三方会商 and 四方联动 are kinds of action, 四方都在场 counts.
            names = not numeral.is_arabic and _SIDES_BEHIND.match(behind) is None
            names = names and len(_LISTED.findall(candidate.before())) < numeral.value - 1  # 居民、物业、社区三方签字
            return numeral.value < 10 and not names and not before.endswith(("第", "东", "西", "南", "北", "对"))
        case "building":
            if _RESIDENTS_BEHIND.match(behind) and not _BUILDING_BEFORE.search(before):
                return False  # 21栋居民代表 lives at number 21
            return bool(
                pattern_of(r"[[:han:]]").match(behind) and not pattern_of(r"[[:one_to_ten:]]?[单号]|\d").match(behind)
            ) or bool(_BUILDING_BEFORE.search(before))
        case "floor":
            return bool(_FLOOR_BEFORE.search(before) or _FLOOR_BEHIND.match(behind))
        case "point":
            return bool(_POINTS_OF.match(behind))
        case "group":
            return not _GROUP_BEHIND.match(behind) and not before.endswith(("村", "屯", "区", "队", "民"))
        case "count":
            return numeral.is_arabic or bool(_LINES.match(behind))  # 八道河, 三道街: mostly names
        case _:  # coins
            return not behind or not _HAN.match(behind) or behind[0] in "钱多左一"


def _is_rank(candidate: Candidate) -> bool:
    """居前五位, 前3名: a rank, while 以前3位 counts."""
    text, start = candidate.text, candidate.start
    return (
        candidate.unit_name in ("位", "名", "强")
        and text[start - 1 : start] == "前"
        and text[start - 2 : start - 1] not in tuple("以之目此日年月天")
    )


def _is_name_of_rules(candidate: Candidate) -> bool:
    """柳荫四条, 长安八法: a rule named after its place and its number; 意见三条 counts what has a common name."""
    if candidate.numeral.is_arabic or candidate.unit_name not in ("条", "招", "法", "策", "款"):
        return False
    before = candidate.before()
    is_all = 2 <= len(before) <= 3 and _CLAUSE_ENDS.match(candidate.behind()) is not None
    return is_all and _ALL_HAN.match(before) is not None and not is_word(before)


def _major_counts(candidate: Candidate) -> bool:
    """四大产业, 十大工程 count; 二十大, 四大班子 and 三大清单 name."""
    value, behind = candidate.numeral.value, candidate.behind()
    if value > 20 or 16 <= value <= 20:
        return False
    if not TWO_HAN.match(behind) or re.match(r"[型小队学会道厦楼米爷妈批量事人街赛数多都概约致体部众]", behind):
        return False
    return not _INSTRUMENTS.match(behind)
