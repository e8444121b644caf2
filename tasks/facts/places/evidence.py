"""What speaks for a division: where it is named and in which form, each a sign with its weight, and what lies around
it.

A division that is named speaks for those above it by half, so that 鼓楼区 is the district of the city the article names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Literal, NamedTuple

from tasks.facts.places.spellings import FULL, SHORT, Candidate
from tasks.facts.text.signs import Narrowed, Sign
from tasks.facts.text.traces import is_traced
from tasks.lexicon.gazetteer import Gazetteer


class Spelling(NamedTuple):
    """A spelling with a single meaning, and where it stands."""

    candidate: Candidate
    where: Literal["text", "title", "dateline", "outlet", "site", "signature"]
    known: Gazetteer


def _is_in_chain(spelling: Spelling) -> bool:
    return spelling.candidate.chain_start != spelling.candidate.start


def _is_a_name(spelling: Spelling) -> bool:
    """Whether the spelling can be nothing but a name: in full, in a chain, or no ordinary word."""
    candidate = spelling.candidate
    return candidate.form == FULL or _is_in_chain(spelling) or candidate.name not in spelling.known.ordinary_words


def _is_plain_short(spelling: Spelling) -> bool:
    """Whether a short form of a province or city is not also an ordinary word: it counts without further support."""
    candidate, known = spelling.candidate, spelling.known
    return (
        candidate.form == SHORT
        and candidate.clean
        and candidate.name not in known.ordinary_words
        and known.by_code[candidate.codes[0]].level in ("province", "city")
    )


# The first that applies counts. A title speaks of what the article is about; an outlet prints news of elsewhere too, so
# that two of them weigh less than one county named in full.
SIGNS: tuple[Sign[Spelling], ...] = (
    Sign("in the title", 2.0, _is_a_name, only=("title",)),  # 安吉县的停车难题, not 团结的力量
    Sign("in the dateline", 2.0, _is_a_name, only=("dateline",)),  # 本报安吉讯
    Sign("in the signature", 3.0, _is_a_name, only=("signature",)),  # a reply tells more of what others do than of 我县
    Sign("in the outlet's name", 0.6, _is_a_name, only=("outlet",)),  # 湖州日报, not 朝阳新闻
    Sign("in the site's name", 0.6, _is_a_name, only=("site",)),  # 安吉县人民政府
    Sign(
        "in full", 1.0, lambda s: s.candidate.form == FULL and s.candidate.clean, only=("text",)
    ),  # 安吉县有8个镇; 今柯桥区 only where the segmenter parts it
    Sign("a city's short form", 0.8, _is_plain_short, only=("text",)),  # 义乌 is a county: not
    Sign("in a chain", 2.0, _is_in_chain, only=("text",)),  # 安徽|凤台: each proves the other
)
_BY_WHERE = Narrowed(SIGNS)


class Evidence:
    """How strongly the article speaks of each division and of the divisions it lies in."""

    def __init__(self, known: Gazetteer) -> None:
        self.known = known
        self.weight: dict[str, float] = defaultdict(float)
        self.full_forms: Counter[str] = Counter()
        self.townships: Counter[str] = Counter()
        self.told: dict[str, list[tuple[str, float]]] = defaultdict(list)  # the signs, while somebody looks

    def count(self, spelling: Spelling) -> bool:
        """Add the weight of the first sign that applies to what ``spelling`` means; whether one did."""
        for name, weight, applies, _ in _BY_WHERE.at(spelling.where):
            if applies(spelling):
                code = spelling.candidate.codes[0]
                self.add(code, weight)
                if is_traced():
                    self.told[code].append((f"{name} at {spelling.candidate.start}", weight))
                return True
        return False

    def add(self, code: str, weight: float) -> None:
        """Count ``weight`` for ``code`` and half of it for each division above."""
        self.weight[code] += weight
        for ancestor in self.known.by_code[code].ancestors:
            self.weight[ancestor] += weight / 2

    def of(self, code: str) -> float:
        """Support for ``code``: its own weight and townships, its city's in full and its province's by a quarter."""
        division = self.known.by_code[code]
        total = 2 * self.weight.get(code, 0.0) + self.townships[code]
        for depth, ancestor in enumerate(reversed(division.ancestors)):
            total += self.weight.get(ancestor, 0.0) * (1.0 if depth == 0 else 0.25)
        return total

    def around(self, code: str) -> float:
        """Support from the divisions above ``code`` alone."""
        return sum(self.weight.get(ancestor, 0.0) for ancestor in self.known.by_code[code].ancestors)

    def beside(self, code: str) -> float:
        """Support from the divisions above ``code`` that does not come from naming ``code`` itself."""
        return self.around(code) - 0.5 * self.full_forms[code] * len(self.known.by_code[code].ancestors)
