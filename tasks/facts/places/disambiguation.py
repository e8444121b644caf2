"""Decide which division each spelling means, by the chain it stands in and by the other places of the article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from tasks.facts.places.evidence import Evidence, Spelling
from tasks.facts.places.misprints import differ_in_one
from tasks.facts.places.spellings import FORMER, FULL, SHORT, ZONE, Candidate, scan_dateline, scan_hint
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.gazetteer import Gazetteer, gazetteer

# What may stand before or after a short form that nothing else supports (家在义乌, 义乌市委, 义乌人).
_LOCATIVE_BEFORE = re.compile(r"(?:在|到|赴|于|自|从|去|往|离开|家住|老家|籍贯|抵达|来到|走进|走访|驻|回)$")
# Behind a short name that is a place there: 青石境内, 青石街头.
_PLACE_AFTER = re.compile(
    r"(?:\d{1,2}月\d{1,2}日)?[讯电](?![息子力话])|[市县区州省]|籍|境内|各地|当地|人(?![民才力口员大工文])|农村|城区|街头|全[市县区]|的?(?:乡村|街道|社区)|"
    + ZONE.pattern
)
# Districts whose names are also what any town calls its quarters.
_JOINS = frozenset("和与同及经由报")
_QUARTERS = frozenset(("老城区", "新城区", "城区", "郊区", "矿区", "东区", "西区", "新兴区", "城中区", "市中区"))


_SMALL_BEHIND = re.compile(r"街道|镇(?![街村])|乡(?![镇村])|社区|村|苏木")
# A county's name that is also a word, before what a county has, is that word and the county in hand: 会同|县财政局.
_BODY_BEHIND = pattern_of(
    r"[[:han:]]{0,14}?(?:局|委|院|中心|所|办|厅|社|会|部门|政府|公司|银行|站|领导|干部|负责人|同志|单位)"
)
_BODY_BEFORE = frozenset("局委院厅会府所部办处站社心记长任员导")  # 县住建局|会同|县委宣传部, 副书记|和|县有关领导
_HONOUR_BEFORE = re.compile(r"(?:[国省市州县]级|全国|全省|获评|荣获|获|创建|争创|建设)(?:首批)?[“]?$")


def resolve(reading: Reading, candidates: list[Candidate], townships: Iterable[str]) -> Evidence:
    """Set ``adcode`` of each candidate that can be told, mark those that are no places as dropped; return the evidence.

    ``townships`` are the names of the townships in the text: 鼓楼区 is the one in which they lie.
    """
    known = gazetteer()
    evidence = Evidence(known)
    _link_chains(candidates, known)
    _weigh_hints(reading, evidence)
    for township in sorted(set(townships)):
        evidence.townships.update(known.township.get(township, ()))
    signed = _signature_start(reading.text)
    for candidate in candidates:
        if candidate.name in _QUARTERS and candidate.chain_start == candidate.start:
            continue  # 东区 by itself is a quarter of any town: naming it twice proves nothing
        where: Literal["text", "signature"] = "text" if candidate.start < signed else "signature"
        if len(candidate.codes) == 1 and evidence.count(Spelling(candidate, where, known)):
            evidence.full_forms[candidate.codes[0]] += candidate.form == FULL and candidate.clean
    # Two rounds: what the first decides (鼓楼区 by its city) supports what the second has to (该市's other districts).
    for _ in range(2):
        for candidate in candidates:
            _choose(candidate, evidence)
    _correct_typos(reading.text, candidates, evidence)
    _drop_unsupported_shorts(reading, candidates, evidence)
    return evidence


# Who signs a notice or a reply, one line each, above its day.
_SIGNATURE = pattern_of(
    r"(?:\n[[:han:]（）]{2,24}(?:府|局|委|部|办|会|院|厅|社|室|所|站|处|中心|公司|[小领]组)){1,4}"
    r"\n\d{4}年\d{1,2}月\d{1,2}日(?:\n[^\n]{1,60})?\n*$"
)
_LONGEST_SIGNATURE = 200  # characters from the end of the text, the line to call included


def _signature_start(text: str) -> int:
    """Where the lines begin on which bodies sign a text with its day; the end of the text where none do."""
    found = _SIGNATURE.search(text, max(len(text) - _LONGEST_SIGNATURE, 0))
    return found.start() if found is not None else len(text)


def _link_chains(candidates: list[Candidate], known: Gazetteer) -> None:
    """Narrow the codes of a candidate that directly follows a division it lies in (大理州祥云县, 北京朝阳)."""
    previous: Candidate | None = None
    for candidate in candidates:
        candidate.chain_start = candidate.start
        if previous is not None and previous.end == candidate.start:
            pairs = [
                (upper, lower)
                for upper in previous.codes
                for lower in candidate.codes
                if upper != lower and known.is_within(lower, upper)
            ]
            if pairs:
                previous.codes = tuple(dict.fromkeys(upper for upper, _ in pairs))
                candidate.codes = tuple(dict.fromkeys(lower for _, lower in pairs))
                candidate.chain_start = previous.chain_start
                candidate.clean = True
                previous.clean = True
        previous = candidate


def _weigh_hints(reading: Reading, evidence: Evidence) -> None:
    known = evidence.known
    hints: tuple[tuple[str | None, Literal["title", "dateline", "outlet", "site"]], ...] = (
        (reading.title, "title"),
        (reading.dateline, "dateline"),
        (reading.outlet, "outlet"),
        (reading.site, "site"),
    )
    for text, where in hints:
        found = scan_dateline(text) if where == "dateline" else scan_hint(text)
        _link_chains(found, known)
        for candidate in found:
            if candidate.form == SHORT and (small := _SMALL_BEHIND.match(text or "", candidate.end)) is not None:
                evidence.townships.update(known.township.get(candidate.name + small[0], ()))
                continue  # 钢城街道 in a title speaks of a township, wherever a district of that name may lie
            if candidate.name in _QUARTERS and candidate.chain_start == candidate.start:
                continue  # nor 老城区的物业难题 for the district of that name
            if candidate.form == SHORT and _CALLED_AFTER.match(text or "", candidate.end):
                continue  # nor does 青山湖科技城 speak for a district
            if len(candidate.codes) != 1 or not evidence.count(Spelling(candidate, where, known)):
                continue
            if where in ("title", "dateline") and (candidate.form == FULL or candidate.chain_start != candidate.start):
                evidence.full_forms[candidate.codes[0]] += 1


def _choose(candidate: Candidate, evidence: Evidence) -> None:
    if len(candidate.codes) == 1:
        candidate.adcode = candidate.codes[0]
        return
    known = evidence.known
    was_open = candidate.adcode is None
    scored = sorted(((evidence.of(code), code) for code in candidate.codes), key=lambda pair: (-pair[0], pair[1]))
    best, code = scored[0]
    if candidate.form == SHORT:
        # 西安 is the city as soon as anything speaks of it, whatever district of that name the article is about.
        for other in candidate.codes:
            if known.by_code[other].level != "county" and (
                evidence.weight.get(other, 0.0) > 0 or evidence.around(other) > 0
            ):
                candidate.adcode = other
                return
    if candidate.form == SHORT and best <= scored[1][0]:
        # 朝阳 alone is the city rather than a district or county of that name, 吉林 the province rather than the city.
        levels = [known.by_code[other].level for other in candidate.codes]
        for level in ("province", "city"):
            if levels.count(level) == 1 and not any(evidence.full_forms[other] for other in candidate.codes):
                candidate.adcode = candidate.codes[levels.index(level)]
                return
    if best > scored[1][0]:
        candidate.adcode = code
        if was_open and candidate.form == FULL:
            evidence.add(code, 1.0)
            evidence.full_forms[code] += 1
    else:
        candidate.adcode = None


def _correct_typos(text: str, candidates: list[Candidate], evidence: Evidence) -> None:
    """Read a county's name as that of another county the article is about: one character off, nothing else speaks of
    the first."""
    known = evidence.known
    counties: list[str] | None = None  # those named in full, which few articles need
    for candidate in candidates:
        code = candidate.adcode
        if code is None or candidate.form != FULL or candidate.chain_start != candidate.start:
            continue
        division = known.by_code[code]
        if division.level != "county" or len(division.name) < 3:
            continue
        own = (
            sum(evidence.weight.get(a, 0.0) for a in division.ancestors)
            - 0.5 * len(division.ancestors) * evidence.full_forms[code]
        )
        if own > 0:
            continue
        if counties is None:
            counties = sorted(
                other
                for other, count in evidence.full_forms.items()
                if count and other in evidence.weight and known.by_code[other].level == "county"
            )
        for other in counties:
            place = known.by_code[other]
            if differ_in_one(place.name, division.name) and _is_named_beside(place.parent_adcode, other, evidence):
                candidate.adcode = other
                break


def _is_named_beside(parent: str | None, code: str, evidence: Evidence) -> bool:
    """Whether the article speaks of ``parent`` for itself and not only through ``code``."""
    return parent is not None and evidence.weight.get(parent, 0.0) - 0.5 * evidence.full_forms[code] >= 1


def _drop_unsupported_shorts(reading: Reading, candidates: list[Candidate], evidence: Evidence) -> None:
    known, text = evidence.known, reading.text
    for index, candidate in enumerate(candidates):
        is_behind_place = index > 0 and candidates[index - 1].end == candidate.start
        if (
            candidate.form != SHORT
            and len(candidate.name) >= 2
            and _is_a_word(text, candidate, evidence, is_behind_place)
        ):
            candidate.dropped = True
            continue
        if candidate.form != SHORT and len(candidate.name) > 2:
            if candidate.chain_start == candidate.start:
                _drop_longer(candidate, evidence)
            continue
        if candidate.chain_start != candidate.start or _leads_to_next(candidates, index):
            continue
        if len(candidate.name) == 2 and candidate.form == FULL:
            candidate.dropped = candidate.adcode is None or not _is_supported_generic(candidate, evidence)
            continue
        if not candidate.clean:
            candidate.dropped = True
            continue
        code = candidate.adcode or candidate.codes[0]
        if candidate.adcode is not None and len(candidate.name) > 2 and candidate.name[-1] in "县旗州":
            continue  # 长阳县 for 长阳土家族自治县
        _drop_short(reading, candidate, code, evidence, in_list=_stands_in_list(text, candidates, index, known))


def _drop_longer(candidate: Candidate, evidence: Evidence) -> None:
    """A former name, or one in 区 that may be any quarter, at the head of its chain."""
    if candidate.form == FORMER:
        candidate.dropped = candidate.adcode is None or not candidate.clean
    elif candidate.name[-1] == "区" and candidate.name[:-1] in evidence.known.ordinary_words:
        # 新兴区 may be any new quarter: alone, in an article on another place, it is not the district of that name.
        code = candidate.adcode
        alone = code is None or (evidence.full_forms[code] <= 1 and evidence.weight[code] < 2)
        is_quarter = candidate.name in _QUARTERS
        around = 0.0 if code is None else evidence.beside(code)
        candidate.dropped = (
            (alone or is_quarter) and around <= 0.5 and (is_quarter or _speaks_of_elsewhere(evidence, code))
        )


def _leads_to_next(candidates: list[Candidate], index: int) -> bool:
    """Whether the chain of the next candidate begins at or before this one."""
    if index + 1 == len(candidates):
        return False
    here, following = candidates[index], candidates[index + 1]
    return (
        following.chain_start < following.start and following.chain_start <= here.start and following.start >= here.end
    )


def _drop_short(reading: Reading, candidate: Candidate, code: str, evidence: Evidence, *, in_list: bool) -> None:
    """A short name of ``code``, by what else the text says of that place."""
    known, text = evidence.known, reading.text
    level = known.by_code[code].level
    ordinary = candidate.name in known.ordinary_words
    if level == "province":
        candidate.dropped = False
    elif level == "city":
        candidate.dropped = ordinary and not (
            in_list or evidence.full_forms[code] or (evidence.around(code) > 0 and _is_placed(text, candidate))
        )
    elif ordinary:
        is_spoken_of = evidence.full_forms[code] and (_is_placed(text, candidate) or _is_a_name(reading, candidate))
        candidate.dropped = not (in_list or is_spoken_of)
    else:
        is_near = evidence.around(code) > 0 and not _CALLED_AFTER.match(text, candidate.end)
        candidate.dropped = not (evidence.full_forms[code] or is_near or in_list or _is_placed(text, candidate))
    if not candidate.dropped and candidate.adcode is None and level == "county" and not evidence.around(code):
        candidate.dropped = True


def _is_a_word(text: str, candidate: Candidate, evidence: Evidence, is_behind_place: bool) -> bool:
    """Whether what looks like a county's name is an honour (省级平安县) or a word before 县 (会同县财政局, 和县农技中心)."""
    known = evidence.known
    stem, code = candidate.name[:-1], candidate.adcode or candidate.codes[0]
    if candidate.chain_start != candidate.start or known.by_code[code].level != "county":
        return False
    if stem not in known.ordinary_words and (len(stem) > 1 or stem not in _JOINS):
        return False
    if _HONOUR_BEFORE.search(text, candidate.start - 6, candidate.start) and candidate.name[-1] in "县市":
        return True
    if candidate.name[-1] not in "县市" or _BODY_BEHIND.match(text, candidate.end) is None:
        return False
    # 桦南县会同县财政局: what follows a place it does not lie in joins it to another.
    if text[candidate.start - 1 : candidate.start] in _BODY_BEFORE:
        return True
    return is_behind_place or (evidence.beside(code) <= 0 and _speaks_of_other_counties(evidence, code))


def _speaks_of_other_counties(evidence: Evidence, code: str) -> bool:
    """Whether any division that does not hold ``code`` carries weight."""
    known = evidence.known
    return any(weight >= 1 and not known.is_within(code, other) for other, weight in evidence.weight.items())


def _speaks_of_elsewhere(evidence: Evidence, code: str | None) -> bool:
    """Whether any division outside the province of ``code`` carries weight."""
    return any(weight >= 1 and (code is None or other[:2] != code[:2]) for other, weight in evidence.weight.items())


def _is_supported_generic(candidate: Candidate, evidence: Evidence) -> bool:
    if candidate.chain_start != candidate.start:
        return True
    code = candidate.adcode
    if code is None:
        return False
    if candidate.name in _QUARTERS:
        # 城区 is what every county calls its town: only its own city speaks for the district of that name.
        city = evidence.known.by_code[code].parent_adcode
        return city is not None and evidence.weight.get(city, 0.0) - 0.5 * evidence.full_forms[code] > 0.5
    return evidence.full_forms[code] > 1 or evidence.around(code) > 0.5


_CALLED_AFTER = re.compile("科技城|科学城|生态城|新城|小镇|风?景区|湿地|公园|水库|大桥|电站")


def _is_placed(text: str, candidate: Candidate) -> bool:
    if text[candidate.start - 1 : candidate.start] == "【" and text[candidate.end : candidate.end + 1] == "】":
        return True  # 【三水】 at the head of an item of a round-up
    if _CALLED_AFTER.match(text, candidate.end):
        return False  # 青山湖科技城 is called after a lake, wherever a district of that name may lie
    before = text[max(0, candidate.start - 2) : candidate.start]
    return bool(_LOCATIVE_BEFORE.search(before) or _PLACE_AFTER.match(text, candidate.end))


def _is_a_name(reading: Reading, candidate: Candidate) -> bool:
    """Whether the segmenter takes the whole spelling for the name of a place rather than for a word (团结, 和平)."""
    words = reading.words
    index = words.index_of(candidate.start)
    return words.texts[index] == candidate.name and words.tags[index] == "ns"


def _stands_in_list(text: str, candidates: list[Candidate], index: int, known: Gazetteer) -> bool:
    """Whether a neighbour joined by 、和与及 is a place under the same parent or of the same rank."""
    candidate = candidates[index]
    mine = {known.by_code[code].parent_adcode for code in candidate.codes}
    for other_index in (index - 1, index + 1):
        if not 0 <= other_index < len(candidates):
            continue
        other = candidates[other_index]
        left, right = (other, candidate) if other_index < index else (candidate, other)
        if right.start - left.end == 1 and text[left.end] in "、和与及" and not other.dropped:
            for code in (other.adcode,) if other.adcode else other.codes:
                if known.by_code[code].parent_adcode in mine:
                    return True
            if text[left.end] == "、" and _is_unmistakable(other, known) and _is_unmistakable(candidate, known):
                return True
    return False


def _is_unmistakable(candidate: Candidate, known: Gazetteer) -> bool:
    return len(candidate.codes) == 1 and candidate.clean and candidate.name not in known.ordinary_words
