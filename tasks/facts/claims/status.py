"""What a sentence claims of the practice it names, by the first sign that holds (``signs.SIGNS``).

Where no sign holds the practice is in use: reports tell what is done, and need no word for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, reduce
from operator import or_
from typing import NamedTuple, get_args

from tasks.facts.claims.clauses import BLANK, Surroundings
from tasks.facts.claims.rolled_out import rolled_out
from tasks.facts.claims.sign import Side, Sign
from tasks.facts.claims.signs import DONE, PLANNED_HEADING, PROGRAM, PROPOSED_HEADING, SIGNS
from tasks.facts.text.needed import Head, led
from tasks.lexicon.characters import spelled_out
from tasks.lexicon.clues import Clues
from tasks.lexicon.word_lists import any_of, words_for
from tasks.records import PracticeStatus

# A clause in which the sentence turns: what earlier ones wished for or planned no longer holds there.
_TURNED = led("回来|归来|返回|随后|此后|之后|于是|因此|为此|结合(?:本地|当地|实际)|(?<![今以])后(?=$|[^续备])|基础上")
# What the sentence says elsewhere than in the clause of the mention.
_OTHER_CLAUSES = frozenset(("sentence", "earlier", "following", "later", "next"))
# Who plans to go on with a practice, or to make it better, has it: 将继续推行, 下一步将完善.
_KEPT = led(
    "(?:继续|持续|进一步)[^，。；]{0,4}(?:推行|坚持|实施|办好|用好|抓好|做实|做好|开展|运行|发挥)(?!起来)"
    "|(?:完善|深化|优化|巩固|擦亮|升级|做强|做实|用好|办好|管好|拓展)(?:[^，。；]{0,10})$"
)


# What a place set up (石桥镇推出的) or is said to have (柳溪镇有个) is there, whatever else of the sentence asks or wishes.
_PRESUPPOSED = led(
    f"(?:{any_of(words_for('practices/setting_up_verbs', 'claim'))})(?:起来?|了|过|出)?的[“《]?$"
    f"|[镇村县乡区市旗{BLANK}](?:里|上)?(?:也|就|都|还|倒|已)?有(?:个|一个|一支|了)[“《]?$"
)
# 会议指出，石桥镇推行“板凳会”|以来: whoever says so, and asks for more, it is there.
_SINCE = re.compile("[”》]?(?:工作|制度|机制|活动|试点)?以来")
_NOT_THERE = frozenset(("denied", "ended"))
_STILL_TO_COME = frozenset(("general", "promoted", "planned", "proposed"))
_NOT_SET_UP = re.compile(
    "某[省市县区镇乡村地]|计划|打算|即将|拟|准备|将要?(?!军)|想|未|没|原定|争取|力争|申请|申报|建议|提出|希望|要求|应该?|如果|假如|要是|是否|有没有|哪"
)
# The page is a call for tenders or tells who won one: what it names is still to be built or bought.
_TENDER = re.compile(
    "(?:采购|招标|磋商|询价|谈判|比选|遴选|中标|成交|废标|流标|候选人|单一来源)[^，。：]{0,8}(?:公告|公示|通知|通知书|邀请|邀请书)$"
)


# Of what is put out to tender it says that it may be built.
_PERMITTED = re.compile("已经?(?:由[^，。；]{1,16})?(?:批准|核准|备案|立项|批复|获批)")

_TOLD_AS_DONE = led(
    "近[几两三]?年来?|早在|此前|截至|(?<![不尚还到])已(?:经|在|有|于|覆盖|建|累计|发展|推|形成|成为|取得)"
)
# 县里出台五年规划 is news of a plan, whose body tells what is done.
_NEWS_OF_PROGRAM = re.compile("出台|印发|发布|启动|通过|解读|审议|落实|推进|[，：！？]|实施情况|总结")
_ISSUED = re.compile("《([^《》]+)》的通知(?:（[^（）]*）)?$")  # 关于印发《2023年工作要点》的通知 is the plan itself
_GO_ON_WITH = re.compile(
    "(?:要|应当?|须)(?:继续|持续|一如既往地?)(?:推行|坚持|实施|办好|用好|抓好|做好|开展|运行)[“《]?$"
)
_GOES_ON = re.compile("[”》]?(?:续办|继续|延续|保持|照常|照旧|不变)")
# What a plan carries on is there: 复制推广石桥镇“板凳会”.
_KEPT_IN_PROGRAM = led("(?:复制|推广|总结|提升|深化|巩固|完善|优化|坚持|继续|用好|擦亮|发挥)[^，。；]{0,14}$")
PROGRAM_SIGN = "a plan by its title"
PROGRAM_TRIAL = "a trial in a plan by its title"
ROLLED_OUT = "tried first, then for all"


class Judgement(NamedTuple):
    """A status and the name of the sign that told it; None where no sign holds."""

    status: PracticeStatus
    sign: str | None


def judge(around: Surroundings, heading: str = "", title: str = "") -> Judgement:
    """What is claimed of the mention that ``around`` was made for, under the ``heading`` of its paragraph and the
    ``title`` of its article.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> from tasks.facts.text.reading import Reading
    >>> text = "石桥镇打算明年设立“板凳会”。"
    >>> judge(surroundings(Reading(text), text.index("板凳"), text.index("板凳") + 3))
    Judgement(status='planned', sign='planned_before')
    """
    before, behind = around.before, around.behind
    is_done = DONE.search(before) is not None or DONE.search(behind) is not None
    is_over = is_done or _TURNED.search(before) is not None
    is_there = _PRESUPPOSED.search(before) is not None and _NOT_SET_UP.search(before) is None
    for sign in _possible(around, before, behind, is_over):
        if _is_beside(sign, behind, is_there=is_there):
            continue
        if sign.side == "before":
            holds = _holds(sign, before)
        elif sign.side == "behind":
            holds = _holds(sign, behind)
        elif sign.side == "clause":
            holds = _holds(sign, f"{before}【】{behind}")
        elif sign.side == "sentence":
            holds = _holds(sign, around.sentence)
        elif sign.side == "earlier":
            holds = not is_over and _holds_earlier(sign, around.earlier_texts)
        elif sign.side == "following":
            holds = (
                bool(around.later_texts) and "“" not in around.later_texts[0] and _holds(sign, around.later_texts[0])
            )
        elif sign.side == "later":
            holds = _holds_later(sign, around.later_texts)
        else:
            is_of_another = sign.status in _NOT_THERE and _OF_ANOTHER.match(around.next_sentence) is not None
            holds = not is_of_another and _holds(sign, around.next_sentence)
        if holds and (within := sign.compiled_within) is not None:
            holds = within.search(f"{before}【】{behind}") is not None
        # 早年推行过“板凳会”，如今重新启用
        holds = holds and not (sign.name == "had_once" and any(map(_TAKEN_BACK.search, around.later_texts)))
        if holds:
            return _judged(sign, around, "", False) if is_done else _judged(sign, around, heading, _is_program(title))
    if _GOES_ON.match(behind):
        return Judgement("adopted", "kept")
    is_only_permitted = _PERMITTED.search(behind) is not None and _TENDER.search(title) is not None
    if is_done and not is_only_permitted:
        return Judgement("adopted", None)
    # A proposal begins with what others do: 近年来，某市推行“…”，已覆盖75个村。
    is_of_heading = not heading or _TOLD_AS_DONE.search(around.sentence) is None
    return _of_page(before, heading if is_of_heading else "", title)


def _is_program(title: str) -> bool:
    if (issued := _ISSUED.search(title)) is not None:
        return PROGRAM.search(issued[1]) is not None
    return PROGRAM.search(title) is not None and _NEWS_OF_PROGRAM.search(title) is None


def _is_beside(sign: Sign, behind: str, *, is_there: bool) -> bool:
    """Whether another clause shows ``sign``, of what is there whatever that clause asks or wishes."""
    if sign.side not in _OTHER_CLAUSES:
        return False
    return (is_there and sign.status == "general") or (
        sign.status in _STILL_TO_COME and _SINCE.match(behind) is not None
    )


def _of_page(before: str, heading: str, title: str) -> Judgement:
    """What the heading and the title say of what a sentence tells without a sign: on a page of plans it is to be."""
    if _TENDER.search(title):
        return Judgement("planned", "tender")
    if PLANNED_HEADING.search(heading):
        return Judgement("planned", "planned_heading")
    if PROPOSED_HEADING.search(heading):
        return Judgement("proposed", "proposed_heading")
    if _is_program(title) and _KEPT_IN_PROGRAM.search(before) is None:
        return Judgement("planned", PROGRAM_SIGN)
    return Judgement("adopted", None)


def _judged(sign: Sign, around: Surroundings, heading: str, is_program: bool) -> Judgement:
    """What ``sign`` tells of the mention of ``around``, under the ``heading`` and on the page of a program.

    To go on with a practice is no plan, a trial among plans is one, and one carried to all of a place no trial.
    """
    before = around.before
    if sign.status == "trial" and rolled_out(around) is not None:
        return Judgement("adopted", ROLLED_OUT)
    if (sign.status == "planned" and _KEPT.search(before)) or (
        sign.name == "ought_before" and _GO_ON_WITH.search(before)
    ):
        return Judgement("adopted", "kept")
    if sign.status == "trial" and PLANNED_HEADING.search(heading):
        return Judgement("planned", "planned_heading")
    if sign.status == "trial" and is_program:
        return Judgement("planned", PROGRAM_TRIAL)
    return Judgement(sign.status, sign.name)


def _possible(around: Surroundings, before: str, behind: str, is_over: bool) -> Iterator[Sign]:
    """The signs, in order, that the sentence has the characters for: of most sentences a few, and each is a search.

    ``is_over``: what earlier clauses wished for or planned does not hold at the mention.
    """
    clues, always = _clues()
    bits = always | clues["before"].bits(before) | clues["behind"].bits(behind)
    bits |= clues["sentence"].bits(around.sentence)
    if around.next_sentence:
        bits |= clues["next"].bits(around.next_sentence)
    if around.later_texts:
        bits |= clues["later"].bits("".join(around.later_texts)) | clues["following"].bits(around.later_texts[0])
    if not is_over and around.earlier_texts:
        bits |= clues["earlier"].bits("".join(around.earlier_texts))
    while bits:
        lowest = bits & -bits
        yield SIGNS[lowest.bit_length() - 1]
        bits ^= lowest


@cache
def _clues() -> tuple[dict[str, Clues], int]:
    """For each side the characters without which its signs do not hold; bits of the signs that are always searched.

    A sign of the whole clause is among those of either side of the mention.
    """
    sides: dict[str, dict[int, str]] = {side: {} for side in get_args(Side)}
    for number, sign in enumerate(SIGNS):
        # The pattern of a whole clause holds the mention, 【】, whose brackets tell nothing.
        sides[sign.side][number] = spelled_out(sign.spelled).replace("【】", "")
    of_clause = sides.pop("clause")
    sides["before"] |= of_clause
    sides["behind"] |= of_clause
    clues = {side: Clues(patterns) for side, patterns in sides.items()}
    return clues, reduce(or_, (of_side.always for of_side in clues.values()))


def _holds(sign: Sign, clause: str) -> bool:
    core = sign.core
    if (core is not None and core.search(clause) is None) or sign.compiled.search(clause) is None:
        return False
    but = sign.compiled_but
    return but is None or but.search(clause) is None


def _holds_earlier(sign: Sign, clauses: list[str]) -> bool:
    """Whether a clause before shows ``sign``, and none between it and the mention tells of something done."""
    for clause in clauses:
        if _holds(sign, clause):
            return True
        if DONE.search(clause):
            return False
    return False


def _holds_later(sign: Sign, clauses: list[str]) -> bool:
    """Whether a clause behind shows ``sign`` of the same place, and none behind that takes it back."""
    for number, clause in enumerate(clauses):
        if _OF_ANOTHER.match(clause) is not None:
            return False
        if _holds(sign, clause):
            return not any(_TAKEN_BACK.search(later) for later in clauses[number + 1 :])
    return False


# A clause that begins with the name of a place, blanked out, speaks of that: 甲镇建驿站，乙镇暂未建.
_OF_ANOTHER = Head(f"(?:而|但|至于|其中|可)?{BLANK}+[省市县区旗盟州镇乡村社道团寨]")
_TAKEN_BACK = re.compile("恢复|重新|重启|至今(?:仍|还)|沿用至今|全面推开|全面铺开|全面推行|全县推广|已经?建成|现已")
