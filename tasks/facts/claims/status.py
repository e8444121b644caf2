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
from tasks.facts.claims.sign import Side, Sign
from tasks.facts.claims.signs import DONE, PLANNED_HEADING, PROPOSED_HEADING, SIGNS
from tasks.facts.text.needed import Clues
from tasks.records import PracticeStatus

# A clause in which the sentence turns: what earlier ones wished for or planned no longer holds there.
_TURNED = re.compile(
    "回来|归来|返回|随后|此后|之后|于是|因此|为此|结合(?:本地|当地|实际)|(?<![今以])后(?=$|[^续备])|基础上"
)
# Who plans to go on with a practice, or to make it better, has it: 将继续推行, 下一步将完善.
_KEPT = re.compile(
    "(?:继续|持续|进一步)[^，。；]{0,4}(?:推行|坚持|实施|办好|用好|抓好|做实|做好|开展|运行|发挥)(?!起来)"
    "|(?:完善|深化|优化|巩固|擦亮|升级|做强|做实|用好|办好|管好|拓展)(?:[^，。；]{0,10})$"
)


class Judgement(NamedTuple):
    """A status and the name of the sign that told it; None where no sign holds."""

    status: PracticeStatus
    sign: str | None


def judge(around: Surroundings, heading: str = "") -> Judgement:
    """What is claimed of the mention that ``around`` was made for, under the ``heading`` its paragraph has.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> from tasks.facts.text.reading import Reading
    >>> text = "石桥镇打算明年设立“板凳会”。"
    >>> judge(surroundings(Reading(text), text.index("板凳"), text.index("板凳") + 3))
    Judgement(status='planned', sign='planned_before')
    """
    before, behind = around.before, around.behind
    is_done = DONE.search(before) is not None or DONE.search(behind) is not None
    is_over = is_done or _TURNED.search(before) is not None
    for sign in _possible(around, before, behind, is_over):
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
            holds = _holds(sign, around.next_sentence)
        if holds and (within := sign.compiled_within) is not None:
            holds = within.search(f"{before}【】{behind}") is not None
        if holds and sign.status == "planned" and _KEPT.search(before):
            return Judgement("adopted", "kept")
        if holds:
            return Judgement(sign.status, sign.name)
    if not is_done:
        if PLANNED_HEADING.search(heading):
            return Judgement("planned", "planned_heading")
        if PROPOSED_HEADING.search(heading):
            return Judgement("proposed", "proposed_heading")
    return Judgement("adopted", None)


def _possible(around: Surroundings, before: str, behind: str, is_over: bool) -> Iterator[Sign]:
    """The signs, in order, that the sentence has the characters for: of most sentences a few, and each is a search.

    ``is_over``: what earlier clauses wished for or planned does not hold at the mention.
    """
    clues, always = _clues()
    bits = always | clues["before"].bits(before) | clues["behind"].bits(behind)
    bits |= clues["clause"].bits(before) | clues["clause"].bits(behind) | clues["sentence"].bits(around.sentence)
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
    """For each side the characters without which its signs do not hold; bits of the signs that are always searched."""
    sides: dict[str, dict[int, str]] = {side: {} for side in get_args(Side)}
    for number, sign in enumerate(SIGNS):
        # The pattern of a whole clause holds the mention, 【】, whose brackets tell nothing.
        sides[sign.side][number] = sign.compiled.pattern.replace("【】", "")
    clues = {side: Clues(patterns) for side, patterns in sides.items()}
    return clues, reduce(or_, (of_side.always for of_side in clues.values()))


def _holds(sign: Sign, clause: str) -> bool:
    if sign.compiled.search(clause) is None:
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
        if _OF_ANOTHER.match(clause) is None and _holds(sign, clause):
            return not any(_TAKEN_BACK.search(later) for later in clauses[number + 1 :])
    return False


# A clause that begins with the name of a place, blanked out, speaks of that: 甲镇建驿站，乙镇暂未建.
_OF_ANOTHER = re.compile(f"(?:而|但|至于|其中|可)?{BLANK}+[省市县区旗盟州镇乡村社道团寨]")
_TAKEN_BACK = re.compile("恢复|重新|重启|全面推开|全面铺开|全面推行|全县推广|已经?建成|现已")
