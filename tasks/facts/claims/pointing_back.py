"""Words that open a sentence or clause and point back to what was mentioned before, with a date behind them."""

from __future__ import annotations

import re

from tasks.facts.claims.clauses import Surroundings
from tasks.facts.text.reading import Reading
from tasks.lexicon.word_lists import any_of, words_for

# A practice or the body that does it: 该队, 这一做法.
POINTER = (
    "(?:它|其|该(?:队|会|站|点|组织|机制|制度|做法|模式|项目|平台|服务)|这[个一][^，。；“”]{0,8}?(?:办法|法子|习惯|规矩)，?"
    "|这(?:支?队伍|个组织|一?(?:机制|制度|做法|模式|办法|项目|平台|品牌|服务)))"
)
BEGAN_BY = any_of(words_for("practices/setting_up_verbs", "since"))
# Before the date of the next sentence: 这支队伍始于2019年春.
_POINTS_BACK = re.compile(f"{POINTER}(?:最早|最初)?(?:是|系)?(?:{BEGAN_BY}?[于自]|在|从)?")
_THIS_ONE = re.compile(
    "(?:这|那|该)[一]?[所个支家座间处条辆项种套张本]?(?P<what>[^，。；]{1,4}?)(?:最早|最初)?(?:是|系)?(?:在|于|自|从|始于|建于|成立于)?$"
)
_AT_THAT = re.compile("(?:最早|最初)?(?:是|系)?(?:于|自|从|在|始于|建于|成立于)?")


def points_back(reading: Reading, around: Surroundings, start: int, end: int) -> bool:
    """Whether what stands from ``start`` to ``end`` is a word for the mention, its own last characters among them."""
    if _POINTS_BACK.fullmatch(reading.text, start, end):
        return True
    name = around.text[around.start : around.end].strip("“”《》")
    lead = reading.text[start:end]
    if (it := _THIS_ONE.match(lead)) is not None and name.endswith(it["what"]):
        return True
    return any(
        _AT_THAT.fullmatch(lead.removeprefix(name[-size:])) for size in (4, 3, 2) if lead.startswith(name[-size:])
    )
