"""What was tried and is there for good by now: 试点半年的“板凳会”在全镇推开, 年初试点，当年12月在全区推行."""

from __future__ import annotations

from tasks.facts.claims.clauses import Surroundings
from tasks.facts.claims.told_on import NOT_DONE
from tasks.facts.text.needed import led

_FOR_ALL = led(
    "(?:全(?:县|市|区|旗|镇|乡|村|街道?|社区|团|州|域)[^，。；“”]{0,12}?"
    "|(?:所有|各个?)[村社乡镇街小县区][^，。；“”]{0,10}?)"
    "(?:推开|推行|铺开|推广|实施|施行|普及|全覆盖)(?:开来|实施)?了?$"
)
_WITH_LIMITS = led("下半年|逐步|再|[要待]|能|应|未")


def rolled_out(around: Surroundings) -> tuple[int, int] | None:
    """Start and end of the clause, the mention's or one behind it, by which a trial was carried to all of a place.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> from tasks.facts.text.reading import Reading
    >>> told = ("年初试点“板凳会”，12月在全镇推开。", "年初试点“板凳会”，12月前将在全镇推开。")
    >>> [rolled_out(surroundings(Reading(text), 5, 8)) for text in told]
    [(10, 18), None]
    """
    for start, end in ((around.end, around.clause_end), *around.later):
        clause = around.text[start:end]
        if NOT_DONE.search(clause) or _WITH_LIMITS.search(clause):
            return None
        if _FOR_ALL.search(clause):
            return start, end
    return None
