"""Places pointed at rather than named: 该区, 全县, 市里, 本镇, 村里."""

from __future__ import annotations

from itertools import chain

from tasks.facts.places.scenes import Scene, is_passing
from tasks.facts.text.paragraphs import paragraph_start
from tasks.facts.text.reading import Reading
from tasks.facts.text.sought import Sought
from tasks.lexicon.gazetteer import gazetteer
from tasks.records import PlaceMention

_POINTER = Sought(
    r"[该本我全此](自治区|自治州|街道|社区|省|市|区|县|旗|州|镇|乡|村|团(?![队体结圆员])|连(?![队续接]))(?![域块间别位场镇乡])"
    r"|([省市区县旗州镇乡村团连])里(?<![小社园景校街片库院厂城都超菜夜邻].里)(?![程面])"
)
# Mentions. For time alone: a pointer means one that stands near, and the whole of a book would be asked for each.
_MOST_ASKED = 200
_SMALL = {"镇": "township", "乡": "township", "街道": "township", "村": "village", "社区": "community"} | {
    "团": "township",
    "连": "village",
}


def read_anaphora(reading: Reading, mentions: list[PlaceMention], scene: Scene) -> list[PlaceMention]:
    """``mentions`` with those added that point at one of them, or at a division above the article's place."""
    text, is_start = reading.text, reading.words.is_start
    added = []
    index = 0
    for match in _POINTER.finditer(text):
        start, end = match.span()
        kind = match.group(1) or match.group(2)
        if not is_start[start] and match.group(2):
            continue
        if text[end : end + 1] == "民" and not is_start[end]:
            continue
        while index < len(mentions) and mentions[index].start_char < start:
            index += 1
        if index and mentions[index - 1].end_char > start:
            continue
        if index < len(mentions) and mentions[index].start_char < end:
            continue
        mention = _antecedent(text, (start, end), kind, index, mentions, scene)
        if mention is not None:
            added.append(mention)
    return sorted([*mentions, *added], key=lambda mention: mention.start_char) if added else mentions


def _antecedent(
    text: str, span: tuple[int, int], kind: str, index: int, mentions: list[PlaceMention], scene: Scene
) -> PlaceMention | None:
    """What the pointer at ``span`` means, before which stand ``index`` of the mentions."""
    start, end = span
    surface = text[start:end]
    if kind in _SMALL:
        for mention in chain(_before(mentions, index), mentions[:_MOST_ASKED]):
            if mention.level == _SMALL[kind] and (kind in ("村", "社区") or mention.place_name.endswith(kind)):
                scene.county_of[start] = scene.county_of.get(mention.start_char)
                return PlaceMention(start, end, surface, None, mention.place_name, mention.level)
            township = scene.township_of.get(mention.start_char)
            if _SMALL[kind] == "township" and township is not None and township.endswith(kind):
                scene.county_of[start] = scene.county_of.get(mention.start_char)
                return PlaceMention(start, end, surface, None, township, "township")
        titled = scene.titled_township
        if titled is None or _SMALL[kind] != "township" or not titled.endswith(kind):
            return None
        scene.county_of[start] = scene.main_county
        return PlaceMention(start, end, surface, None, f"{scene.default[1]}{titled}", "township")
    code = _division(text, start, kind, _before(mentions, index), scene) or _division(
        text, start, kind, mentions[index : index + 3][::-1], scene
    )
    if code is None:
        return None
    division = gazetteer().by_code[code]
    return PlaceMention(start, end, surface, code, division.full_name, division.level)


def _before(mentions: list[PlaceMention], index: int) -> list[PlaceMention]:
    """The mentions before that of ``index``, the last one first."""
    return mentions[max(index - _MOST_ASKED, 0) : index][::-1]


def _fits(code: str, kind: str) -> bool:
    division = gazetteer().by_code[code]
    if kind in ("省", "自治区"):
        return division.level == "province" and (kind == "省") == division.name.endswith("省")
    if kind in ("州", "自治州"):
        return division.level == "city" and division.name.endswith("州")
    if kind == "市":
        return division.name.endswith("市")
    return division.level == "county" and division.name.endswith(kind)


def _county_in(mention: PlaceMention, scene: Scene) -> str | None:
    """The county that the mention of a lower place names in front of it: 安吉县梅溪镇 speaks of 安吉县 too."""
    county = scene.county_of.get(mention.start_char)
    return county if county is not None and gazetteer().by_code[county].name in mention.surface else None


def _division(text: str, start: int, kind: str, before: list[PlaceMention], scene: Scene) -> str | None:
    """The code of the division of ``kind`` that is meant; ``before`` are the mentions to be asked, nearest first."""
    known = gazetteer()
    main = scene.main_county or scene.main_city
    # this paragraph and the one before it
    recent = paragraph_start(text, max(0, paragraph_start(text, start) - 1))
    for mention in before:
        if mention.start_char < recent:
            break
        code = mention.adcode or _county_in(mention, scene)
        if code and _fits(code, kind) and not is_passing(text, mention.start_char, mention.end_char):
            return code
    for code in (main, *reversed(known.by_code[main].ancestors)) if main else ():
        if code and _fits(code, kind):
            return code
    for mention in before:
        named = mention.adcode or scene.county_of.get(mention.start_char)
        while named:
            if _fits(named, kind):
                return named
            named = known.by_code[named].parent_adcode
    return None
