"""County names printed with one wrong character, read by the city they follow or by what the article is about."""

from __future__ import annotations

from tasks.facts.places.spellings import FULL, Candidate
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.gazetteer import Gazetteer

# What any city may have: no misprint of a district's name (新城区 for 增城区).
_ANY_CITY = frozenset(
    (
        "新城区",
        "老城区",
        "主城区",
        "中心区",
        "开发区",
        "高新区",
        "示范区",
        "新市区",
        "城区",
        "郊区",
        "经开区",
        "工业区",
        "保税区",
    )
)


def differ_in_one(left: str, right: str) -> bool:
    """Whether two names of one length and suffix differ in exactly one character."""
    if len(left) != len(right) or left[-1] != right[-1] or len(left) < 3:
        return False
    return sum(a != b for a, b in zip(left, right, strict=True)) == 1


def with_misprints(text: str, candidates: list[Candidate], known: Gazetteer) -> list[Candidate]:
    """Candidates in which a county that does not lie in the city before it is read as the one it resembles.

    Where the name after a city is no county anywhere, it is added if it resembles exactly one of the city's.
    """
    by_start = {candidate.start: candidate for candidate in candidates}
    added = []
    for candidate in candidates:
        if len(candidate.codes) != 1 or known.by_code[candidate.codes[0]].level == "county" or not candidate.clean:
            continue
        upper = candidate.codes[0]
        following = by_start.get(candidate.end)
        if following is not None:
            if (
                following.form == FULL
                and following.name not in _ANY_CITY
                and following.name[:-1] not in known.ordinary_words
            ):
                _reread(following, upper, known)
            continue
        for length in (3, 4):
            name = text[candidate.end : candidate.end + length]
            if len(name) < length or name[-1] not in "区县市" or name in _ANY_CITY or is_word(name[:-1]):
                continue
            codes = _alike(name, upper, known)
            if len(codes) == 1 and candidate.form == FULL:
                added.append(Candidate(candidate.end, candidate.end + length, name, FULL, codes, True))
                break
    return sorted([*candidates, *added], key=lambda candidate: candidate.start) if added else candidates


def _reread(candidate: Candidate, upper: str, known: Gazetteer) -> None:
    if any(known.is_within(code, upper) or known.is_within(upper, code) for code in candidate.codes):
        return
    if any(known.by_code[code].level != "county" for code in candidate.codes):
        return
    codes = _alike(candidate.name, upper, known)
    if len(codes) == 1:
        candidate.codes = codes


def _alike(name: str, upper: str, known: Gazetteer) -> tuple[str, ...]:
    below = known.children.get(upper, ())
    lower = [code for code in below if known.by_code[code].level == "county"]
    return tuple(code for code in lower if differ_in_one(known.by_code[code].name, name))
