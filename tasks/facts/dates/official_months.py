"""The year of a month in reports of authorities: months of what is planned, months up to which something is counted."""

from __future__ import annotations

from datetime import date, timedelta

from tasks.facts.dates.calendar import CalendarPoint
from tasks.facts.text.paragraphs import paragraph_start
from tasks.lexicon.characters import SENTENCE_END, pattern_of

# Of what a heading plans or sums up the months are those of its year: 三、2022年工作打算, 一、2021年工作开展情况.
_PLAN = pattern_of(
    r"(?P<number>[[:one_to_ten:]]{1,3}、)?[^，。；！？\n]{0,16}?年[^，。；！？\n]{0,10}"
    r"(?:打算|计划|安排|思路|展望|目标|部署|工作(?:开展|完成|主要)?情况|回顾|工作总结|工作小结|大事记?)\n"
)
_NEXT_NUMBER = pattern_of(r"\n[[:one_to_ten:]]{1,3}、")
_BEFORE_YEAR = 12  # characters of a heading before the year
LONGEST_SENTENCE = 200  # characters; for time alone: of what lies farther back no end of a sentence is looked for
_AS_OF = ("截至", "截止", "截至到", "截止到")
_LATELY = timedelta(days=100)


def planned_by_heading(text: str, start: int, point: CalendarPoint) -> tuple[int, int] | None:
    """The year named at ``start`` and where what it plans ends, if its line is a heading of what is planned for it."""
    line = paragraph_start(text, start)
    if point.year is None or point.month is not None or line == 0 or start - line > _BEFORE_YEAR:
        return None
    heading = _PLAN.match(text, line)
    if heading is None or start >= heading.end():
        return None
    following = _NEXT_NUMBER.search(text, heading.end() - 1) if heading["number"] else None
    return point.year, following.start() if following is not None else len(text)


def year_of_report(
    between: str, start: int, month: int, issued: date | None, plan: tuple[int, int] | None
) -> int | None:
    """The year of a month without one at ``start``, ``between`` the date before it and it, where a report tells it.

    That is what a heading plans (``planned_by_heading``), or the year of ``issued`` up to a month of which, just past,
    something is counted (截至4月底). A date in the same sentence says more.
    """
    if not any(char in between for char in SENTENCE_END + "\n"):
        return None
    if issued is not None and month <= issued.month and between.endswith(_AS_OF):
        return issued.year if issued - date(issued.year, month, 1) <= _LATELY else None
    return plan[0] if plan is not None and start < plan[1] else None
