"""Townships, communities and villages that share one suffix: 北苑、稠城、廿三里等街道."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tasks.facts.places.small_places import SmallPlace
from tasks.facts.places.stems import LEVEL, STOP_CHARS, unnamed_stems
from tasks.lexicon.characters import ONE_TO_TEN, pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.gazetteer import gazetteer

# Places that share one suffix: 青石、白沙、黄陂三镇.
_LIST = pattern_of(
    r"(?P<items>[[:han:]]{2,8}(?:、[[:han:]]{2,4}?){1,30}?(?:[和与][[:han:]]{2,4}?)?)等?"
    r"(?P<count>(?:\d{1,3}|[二两三四五六七八九十]{1,2})个?)?(?P<suffix>街道|镇街|街镇|乡镇|镇乡|社区|[镇乡村])(?![民庄委务里级组干内])"
)
_LONGEST_ITEM = 8
_GAP = pattern_of(r"[^[:han:]、\d]")
_ANY_SUFFIX = re.compile(r"[镇乡村区道]")
_LEAD = re.compile(
    r".*(?:周边|附近|沿线|下辖|辖区|所辖|其中|邻近|相邻|包括|涉及|覆盖|选择|选取|确定|带动|联合|组织|推动|安排|走访|走进|深入|位于|对|在|有|与|将|把|为)"
)
_TWO_KINDS = ("镇街", "街镇", "乡镇", "镇乡")


def with_lists(text: str, found: list[SmallPlace]) -> list[SmallPlace]:
    """``found`` with the names added that a list gives without their suffix, each a mention of its own.

    Townships have to be known to the gazetteer; communities and villages have to be counted (柳湾、石桥、大田3个村), for
    lists of other things end in the same words (停车、漏水等社区问题). Villages that are not counted are names where
    most are no words (柳湾、墩头、徽道等村), or where most are named elsewhere.
    """
    if "、" not in text:
        return found
    added: list[SmallPlace] = []
    taken_by_list: set[int] = set()
    known = {place.name for place in found}
    for match in _lists(text):
        names = _names(text, match) or _named_before(text, match, known)
        if len(names) < 2:
            continue
        known.update(name for _, _, name in names)
        for start, end, name in names:
            level = LEVEL["街道" if name.endswith("街道") else "社区" if name.endswith("社区") else name[-1]]
            added.append(SmallPlace(start, end, name, level, name in gazetteer().township))
        # 画水两镇 was no name of its own.
        taken_by_list.update(place.start for place in found if names[0][0] < place.end <= match.end() + 2)
    if not added:
        return found
    kept = [place for place in found if place.start not in taken_by_list]
    return sorted([*kept, *added], key=lambda place: place.start)


def _lists(text: str) -> Iterator[re.Match[str]]:
    """The matches of a list in order; only stretches with a mark and a suffix behind it are read."""
    mark = text.find("、")
    while mark >= 0:
        gap = _GAP.search(text, mark)
        end = gap.start() if gap else len(text)
        if _ANY_SUFFIX.search(text, mark, end):
            yield from _LIST.finditer(text, mark - _LONGEST_ITEM, end + 1)
        mark = text.find("、", end)


def _tallies(text: str, match: re.Match[str]) -> bool:
    """Whether the number before the suffix is that of the items, or more where 等 says there are others."""
    items = re.findall(r"[^、和与]+", match["items"])
    if any(item[-1] in "院行局校站所会部员户办业司校家" for item in items):
        return False
    digits = match["count"].rstrip("个")
    number = int(digits) if digits.isdecimal() else ("零" + ONE_TO_TEN).find(digits.replace("两", "二"))
    return number == len(items) or (number > len(items) and "等" in text[match.end("items") : match.start("count")])


def _names(text: str, match: re.Match[str]) -> list[tuple[int, int, str]]:
    known, unnamed = gazetteer().township, unnamed_stems()
    suffix = match["suffix"]
    suffixes = ("街道", "镇", "乡") if suffix in _TWO_KINDS else (suffix,)
    counts_lower = match["count"] is not None and suffix in ("社区", "村")
    if counts_lower and not _tallies(text, match):
        return []
    if suffix == "村" and match["count"] is None:
        villages = _villages(text, match)
        words = sum(is_word(text[start:end]) for start, end, _ in villages)
        is_open = text[match.end("items") : match.start("suffix")] == "等"
        return villages if is_open and len(villages) > 2 and 2 * words < len(villages) else []
    names: list[tuple[int, int, str]] = []
    options: list[tuple[int, int, list[str]]] = []
    for number, item in enumerate(re.finditer(r"[^、和与]+", match["items"])):
        start, end = match.start("items") + item.start(), match.start("items") + item.end()
        if counts_lower:
            start = _behind_lead(text, start, end) if number == 0 else start
            while end - start > 2 and text[start] in STOP_CHARS:
                start += 1
            if end - start <= 4 and text[start:end] not in unnamed:
                names.append((start, end, text[start:end] + suffix))
            continue
        is_village = text[end - 1] == "村" and match["count"] is None  # 廉桥镇廉东村、仙槎桥镇, but 马村、李村两镇
        if is_village or text[end - 1] in "省市区县旗镇乡":  # 在锦江镇、春涛镇: the first has its own suffix
            continue
        first = range(max(start, end - 4), end - 1) if number == 0 else (start,)
        for begin in first:
            whole = [text[begin:end] + tail for tail in suffixes if text[begin:end] + tail in known]
            if whole:
                options.append((begin, end, whole))
                break
    return names + _in_one_county(options)


def _behind_lead(text: str, start: int, end: int) -> int:
    lead = _LEAD.match(text, start, end - 1)
    return start if lead is None else lead.end()


def _villages(text: str, match: re.Match[str]) -> list[tuple[int, int, str]]:
    """Every item of a list as the village of that name; none where one of them is none (贫困、薄弱等村)."""
    villages = []
    for number, item in enumerate(re.finditer(r"[^、和与]+", match["items"])):
        start, end = match.start("items") + item.start(), match.start("items") + item.end()
        start = _behind_lead(text, start, end) if number == 0 else start
        name = text[start:end]
        if (
            not 2 <= len(name) <= 4
            or name in unnamed_stems()
            or name[-1] in "省市区县旗镇乡村院行局校站所会部员户办业司家"
        ):
            return []
        villages.append((start, end, f"{name}村"))
    return villages


def _named_before(text: str, match: re.Match[str], known: set[str]) -> list[tuple[int, int, str]]:
    """The items of a list of villages most of which the text names elsewhere, each with its suffix."""
    if match["suffix"] != "村" or match["count"] is not None:
        return []
    villages = _villages(text, match)
    return villages if 2 * sum(name in known for _, _, name in villages) > len(villages) else []


def _in_one_county(options: list[tuple[int, int, list[str]]]) -> list[tuple[int, int, str]]:
    """Each item of a list with that of its possible names which lies in the county of most others (桥头镇, no 桥头街道)."""
    known = gazetteer().township
    counts = Counter(code for _, _, whole in options for code in {code for name in whole for code in known[name]})
    return [
        (start, end, max(whole, key=lambda name: max(counts[code] for code in known[name])))
        for start, end, whole in options
    ]
