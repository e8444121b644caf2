"""Bodies of the Corps, which are named by a division, a regiment or a company: 第九师党委, 三连党支部, 团医院."""

from __future__ import annotations

from functools import lru_cache

from tasks.facts.organizations.bodies import Body
from tasks.facts.organizations.fields_of_work import department_start
from tasks.facts.text.sought import Sought
from tasks.lexicon.body_heads import Head
from tasks.lexicon.characters import pattern_of

# The Corps counts its towns as regiments and its villages as companies: 六十八团, 三连.
CORPS = Sought("兵团|团场|连队|师市|[[:one_to_ten:]〇零\\d][团连](?!团|队伍|续|忙|长|夜|体)")
_CORPS_LEVEL = pattern_of(
    "(?:第?[[:one_to_ten:]〇零\\d]{1,5}[师团营连]|师市|(?<=[，。、；：\n和与及由向对在位])[师团连])$"
)


def body_of_the_corps(text: str, head: Head, at: int, end: int) -> Body | None:
    """A body of a division, a regiment or a company (三连党支部, 团医院), where the article speaks of the Corps."""
    if head.kind not in ("party", "government", "hospital", "school", "social") or len(head.text) < 2:
        return None
    if head.rule == "stem":
        at = department_start(text, at)  # 师市|质量技术监督|所
    elif text.endswith("党委", 0, at):
        at -= 2  # 第九师|党委|社会工作部
    level = _CORPS_LEVEL.search(text, at - 7, at)
    if level is None and head.rule == "stem":
        level = _CORPS_FIELD.search(text, at - 14, at)
    return None if level is None else Body(level.start(), end, at, head.kind, head.rule, None, "团")


# A field of work that no list holds, behind a bare level that opens a clause: 团|农业发展服务中心.
_CORPS_FIELD = pattern_of("(?<=[，。、；：\n])[师团连](?![队员长部组里内场以])[[:han:]]{2,8}$")


@lru_cache(maxsize=4)  # for time alone: one text is asked for many heads
def _speaks_of_corps(text: str) -> bool:
    return CORPS.search(text) is not None


def with_corps(text: str, head: Head, at: int, end: int, body: Body | None) -> Body | None:
    """``body``, or what stands there, as a body of the Corps where the article speaks of it."""
    if body is None:
        may_be = text[at - 1] in "团连师市" or head.rule == "stem" or text.endswith("党委", 0, at)
        return body_of_the_corps(text, head, at, end) if may_be and _speaks_of_corps(text) else None
    is_behind = text[body.start - 1 : body.start] in "师团连市" or text[body.start] in "师团连"
    if is_behind and body.place is None and _speaks_of_corps(text):
        _begin_with_corps(text, body)
    return body


def _begin_with_corps(text: str, body: Body) -> None:
    """Let a body begin with its division or regiment: 师市|市场监管局, 第八|师党委宣传部."""
    for end in (body.start, body.start + 1):
        level = _CORPS_LEVEL.search(text, end - 7, end)
        if level is not None and level.start() < body.start:
            body.start, body.level = level.start(), "团"
            return
