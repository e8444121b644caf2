"""The head nouns that governance practices are named with, and the words that make a name say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tasks.closed_lists import listed
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.word_lists import any_of, table_rows
from tasks.records import PracticeKind


@dataclass(frozen=True, slots=True)
class Head:
    """``strength``: strong (names a practice nearly always), medium (with a telling modifier), weak (only after a
    mark), quoted (only as the end of a name in quotation marks)."""

    noun: str
    kind: PracticeKind
    strength: str


@lru_cache(maxsize=1)
def heads() -> dict[str, Head]:
    """Head nouns by their form."""
    return {
        row["head"]: Head(row["head"], listed(PracticeKind, row["kind"]), row["strength"])
        for row in table_rows("data/practice_heads.csv")
    }


@lru_cache(maxsize=1)
def well_known() -> dict[str, PracticeKind]:
    """Instruments known by one name all over the country, with their kind: 积分制, 村规民约, 河长制."""
    return {row["name"]: listed(PracticeKind, row["kind"]) for row in table_rows("data/well_known_practices.csv")}


@lru_cache(maxsize=1)
def well_known_patterns() -> dict[str, re.Pattern[str]]:
    """By their first character what matches the names of :func:`well_known` in running text."""
    return {first: re.compile(any_of(names)) for first, names in _by_first(well_known()).items()}


@lru_cache(maxsize=1)
def _longest_head() -> int:
    return max(map(len, heads()))


@lru_cache(maxsize=8192)
def head_of(name: str) -> Head | None:
    """The longest head noun that ``name`` ends with.

    >>> head_of("商圈党建联盟").kind, head_of("红色")
    ('alliance', None)
    """
    if not name or name[-1] not in _last_characters():
        return None
    table = heads()
    for length in range(min(len(name), _longest_head()), 0, -1):
        head = table.get(name[-length:])
        if head is not None:
            return head
    return None


@lru_cache(maxsize=1)
def _last_characters() -> frozenset[str]:
    return frozenset(noun[-1] for noun in heads())


@lru_cache(maxsize=1)
def heads_in_text() -> tuple[str, ...]:
    """The strong and medium heads, which are looked for in running text."""
    return tuple(head.noun for head in heads().values() if head.strength in ("strong", "medium"))


@lru_cache(maxsize=1)
def head_patterns() -> dict[str, re.Pattern[str]]:
    """By their first character what matches :func:`heads_in_text`, longest first."""
    return {first: _any_of(nouns) for first, nouns in _by_first(heads_in_text()).items()}


def _by_first(names: Iterable[str]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name in names:
        grouped.setdefault(name[0], []).append(name)
    return grouped


@lru_cache(maxsize=1)
def marked_head_pattern() -> re.Pattern[str]:
    """Matches every head noun that can stand behind a quoted name."""
    return _any_of([head.noun for head in heads().values() if head.strength != "quoted"])


# A head noun whose last character begins another word with the next one is none: 服务团队 is no 服务团, 治理法治化 no 治理法.
_GOES_ON = {
    "体": "系制育", "团": "队伙体", "队": "员长伍", "站": "长", "制": "度定造",
    "法": "院庭官律治", "社": "区会", "岗": "位", "点": "位", "约": "定", "室": "内",
}  # fmt: skip


def _any_of(nouns: list[str]) -> re.Pattern[str]:
    """Grouped by first character: one step decides at most places of the text."""

    def closed(rest: str) -> str:
        goes_on = _GOES_ON.get(rest[-1:])
        return re.escape(rest) + (f"(?![{goes_on}])" if goes_on else "")

    return re.compile(
        "|".join(
            f"{re.escape(first)}(?:{'|'.join(closed(noun[1:]) for noun in sorted(own, key=len, reverse=True))})"
            for first, own in sorted(_by_first(nouns).items())
        )
    )


_KIND_WORDS = pattern_of(
    r"""(?P<property>物业|管家)
    |(?P<grid>网格|包[片户联组村楼连保]|巡查|一个?格$|党小组$)
    |(?P<fund>基金|资金池|互助金|[转励益学助导]金$|资金$|贷$)
    |(?P<joint_meeting>联席|议事|恳谈|板凳会|圆桌|协商|说事|夜谈|夜访|院坝|评议会|理事会|听证|会商|约谈|代表会议|评理(?!团)|屋场会
        |[议谈商说听评场坝]会$|管委$|[一二三四]会制度$)
    |(?P<alliance>联盟|共同体|联合体|联建|联合党委|大党委|联防|联调|联合党(?:支部|总支)|链党委$|协作机制$|[四五六]方联动)
    |(?P<list_matching>清单|点单|派单|接单|菜单|微心愿|揭榜|认领|民情簿|账本|台账|回条|微项目|簿$|[暖系心民]卡$)
    |(?P<volunteer>志愿|义警|义工|服务队|先锋队|突击队|巡逻队|轻骑兵|服务团|合伙人|红马甲|[护代调互巡助义宣保防][[:han:]]{0,3}队$|评理团|帮帮团|救护员|团队$)
    |(?P<service_station>驿站|驿亭|服务站|服务中心|服务点|会客厅|之家|港湾|食堂|课堂|夜校|书屋|工作室|小屋|服务圈|生活圈|小院|家园|法庭
        |托管班|专窗|窗口|[递办助餐]点$|[解询务]室$|诊所|小铺)
    |(?P<platform>平台|系统|小程序|公众号|APP|热线|超市|银行|大集|库$|码$|码[上通]|大脑|直通车|一键|云上|掌上|智慧|通办|[下次站]办$|墙$)
    """,
    re.VERBOSE,
)
# 积分 names a brand, unless it is a rule that is told: 积分管理办法.
_POINTS = pattern_of(r"积分(?!制|[[:han:]]{0,4}(?:办法|细则|制度|规则))")
# 制度 and 方案 end the names of meetings, grids and funds too, so they tell only where nothing else does.
_REGULATION = pattern_of(
    r"公约|民约|规约|款约|红黑榜|积分|长制|责任制|承诺制|制度|办法|条例|方案|规定|细则|守则|规则|程序|[[:han:]](?<!有)约$"
)


@lru_cache(maxsize=8192)
def kind_of(name: str, head: Head | None, behind: str = "") -> PracticeKind:
    """The kind of a practice from its own words first, then from its head noun, then from what stands behind it.

    Of several telling words the last decides, since a Chinese name ends in what it names.

    >>> kind_of("红色管家", None), kind_of("红石榴", None, "品牌"), kind_of("大厦物业融合平台", None)
    ('property', 'brand', 'platform')
    """
    telling = [str(match.lastgroup) for match in _KIND_WORDS.finditer(name)]
    if telling:
        kind: PracticeKind = listed(PracticeKind, telling[-1])
        return kind
    if _POINTS.search(name):
        return "brand"
    if _REGULATION.search(name):
        return "regulation"
    if head is not None:
        return head.kind
    for length in range(min(len(behind), 12), 1, -1):
        found = head_of(behind[:length])
        if found is not None and found.strength != "quoted":
            return found.kind
    return "other"
