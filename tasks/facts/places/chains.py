"""Put place names together: which county a township lies in, which township a village, and what is spoken of where."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cache

from tasks.facts.places.evidence import Evidence
from tasks.facts.places.scenes import Scene, is_passing
from tasks.facts.places.small_places import SmallPlace
from tasks.facts.places.spellings import FULL, ZONE, Candidate, scan_hint
from tasks.facts.text.needed import Head
from tasks.facts.text.once import once
from tasks.facts.text.paragraphs import paragraph_start
from tasks.facts.text.reading import Reading
from tasks.lexicon.gazetteer import Gazetteer, gazetteer
from tasks.records import PlaceMention

_FIRST_OF_ZONES = frozenset("国经高开工综保旅城临")
_LIES_IN = Head(r"(?:坐落|隶属|地处|位于|属|处)(?:于|在)?(?=[[:han:]]{2})")


_ZONES_IN_FULL = {
    "经开区": ("经济技术开发区", "经济开发区"),
    "高新区": ("高新技术产业开发区", "高新技术开发区"),
    "开发区": ("经济技术开发区", "经济开发区", "高新技术产业开发区"),
}
_LIST_MARKS = ("、", "和", "与", "及", "以及")
_JOINED = re.compile(r"[、和与同跟及]|(?:与|和|同|跟|及)?(?:其)?(?:邻近|相邻|附近|周边|邻|隔壁|毗邻)的?|以及")


def build_chains(
    reading: Reading, candidates: list[Candidate], small: list[SmallPlace], evidence: Evidence
) -> tuple[list[PlaceMention], Scene]:
    """Mentions in order of their start, and the scene they make."""
    known = gazetteer()
    text = reading.text
    main_county, main_city = _main(text, candidates, small, evidence)
    if main_county is None and main_city is None:
        main_county = _county_of_site(reading)
        main_city = known.by_code[main_county].parent_adcode if main_county else None
    scene = Scene(text, main_county, main_city)
    if main_county is not None and all(place.level != "township" for place in small):
        scene.titled_township = _township_of_title(reading, main_county)
    placer = _Placer(text, reading.title, known, evidence, candidates, small, scene)
    placer.place_all()
    mentions: list[PlaceMention] = []
    last_of_chain = {c.chain_start: c for c in candidates}  # the lowest name of each chain comes last
    chained_to_small = {place.chain_start for place in small if place.chain_start != place.start}
    for start, candidate in last_of_chain.items():
        if start in chained_to_small:
            continue
        mentions.append(_mention_of_candidate(text, start, candidate, known))
    by_start = {place.start: place for place in small}
    for place in small:
        lower = by_start.get(place.end)
        if lower is not None and lower.chain_start <= place.start:
            continue  # the chain is a mention of its lowest place
        scene.county_of[place.chain_start] = place.county
        prefix = known.full_name(place.county) if place.county else ""
        township = place.township or ""
        if township:
            scene.township_of[place.chain_start] = prefix + township
        name = prefix + (place.name if place.level == "township" else township + place.name)
        mentions.append(
            PlaceMention(place.chain_start, place.end, text[place.chain_start : place.end], None, name, place.level)
        )
    mentions = [_as_zone(text, mention, scene) for mention in mentions]
    mentions.sort(key=lambda mention: mention.start_char)
    return mentions, scene


def _township_of_title(reading: Reading, county: str) -> str | None:
    """The township of ``county`` that the title or else the site tells, where the text names none: its own report."""
    for hint in (reading.title, reading.site, reading.outlet):
        named = [name for name in gazetteer().townships_by_county.get(county, ()) if hint and name in hint]
        if named:
            return max(sorted(named), key=len)
    return None


def _county_of_site(reading: Reading) -> str | None:
    """The county whose site prints an article that names no division: a town's report on 安吉县人民政府 is of 安吉县."""
    codes = {
        candidate.codes[0]
        for hint in (reading.site, reading.outlet)
        for candidate in scan_hint(hint)
        if candidate.form == FULL and len(candidate.codes) == 1
    }
    counties = [code for code in codes if gazetteer().by_code[code].level == "county"]
    return counties[0] if len(counties) == 1 else None


def _as_zone(text: str, mention: PlaceMention, scene: Scene) -> PlaceMention:
    """A city or county with a development zone's name after it is the zone, which has no code of its own."""
    if mention.adcode is None or text[mention.end_char : mention.end_char + 1] not in _FIRST_OF_ZONES:
        return mention
    match = ZONE.match(text, mention.end_char)
    if match is None:
        return mention
    scene.county_of[mention.start_char] = mention.adcode
    # A zone's own name begins with its city or county: it needs no chain.
    short, kind = gazetteer().by_code[mention.adcode].short_name, match.group()
    kind = next(
        (full for full in _ZONES_IN_FULL.get(kind, ()) if short + full in text), _ZONES_IN_FULL.get(kind, (kind,))[0]
    )
    surface = mention.surface + match.group()
    return PlaceMention(mention.start_char, match.end(), surface, None, short + kind, "other")


def _mention_of_candidate(text: str, start: int, candidate: Candidate, known: Gazetteer) -> PlaceMention:
    surface = text[start : candidate.end]
    if candidate.adcode is None:
        level = known.by_code[candidate.codes[0]].level
        return PlaceMention(start, candidate.end, surface, None, candidate.name, level, tuple(candidate.codes))
    division = known.by_code[candidate.adcode]
    return PlaceMention(start, candidate.end, surface, candidate.adcode, division.full_name, division.level)


def _times_named(text: str, candidates: list[Candidate], small: list[SmallPlace], evidence: Evidence) -> Counter[str]:
    """How often the article speaks of each division, where somebody is from and partners elsewhere left out."""
    counts: Counter[str] = Counter()
    below = {place.start: place for place in small}
    times = cache(text.count)
    for candidate in candidates:
        if candidate.adcode and not is_passing(text, candidate.chain_start, candidate.end):
            counts[candidate.adcode] += 1
            if candidate.end in below:
                counts[candidate.adcode] += times(below[candidate.end].name) - 1
    for code, weight in evidence.weight.items():
        if code in counts or weight >= 2:
            counts[code] += int(weight)
    return counts


def _main(
    text: str, candidates: list[Candidate], small: list[SmallPlace], evidence: Evidence
) -> tuple[str | None, str | None]:
    """The county and the city the article speaks of most, the title counting double, their townships for them."""
    known, counts = evidence.known, _times_named(text, candidates, small, evidence)
    # 东莞, 中山, 儋州 and 嘉峪关 have no counties: the city is what other cities' counties are.
    counties = [
        c for c in counts if known.by_code[c].level == "county" or (c[2:] != "0000" and c not in known.children)
    ]
    cities = [c for c in counts if c not in counties]
    # Of those named as often the first: an article begins where it plays.
    main_county = max(counties, key=lambda code: counts[code]) if counties else None
    if main_county and cities:
        # A county named in passing is not the scene of an article about its city or about another one.
        top = max(cities, key=lambda code: (counts[code], len(known.by_code[code].ancestors), -int(code)))
        is_untold = evidence.weight.get(main_county, 0) < 2 or counts[top] > counts[main_county]
        if counts[main_county] == 1 and counts[top] > 3 and is_untold:
            return None, top
        # A report on a city goes through its counties: none of them holds half of what is said of all. A story of one
        # county that names others at its end has the city above them at most in front of a county's name.
        inside = [c for c in counties if known.is_within(c, top)]
        is_spread = len(inside) > 2 and 2 * counts[main_county] <= sum(counts[c] for c in inside) and counts[top] > 1
        if is_spread and _is_named_alone(top, candidates):
            return None, top
    if main_county:
        return main_county, known.by_code[main_county].parent_adcode
    if not cities:
        return None, None
    return None, max(cities, key=lambda code: (len(known.by_code[code].ancestors), counts[code], -int(code)))


def _is_named_alone(adcode: str, candidates: list[Candidate]) -> bool:
    """Whether the division is named other than in front of one of its parts (青海省, not the 青海省 of 青海省祁连县)."""
    within = {candidate.chain_start for candidate in candidates if candidate.chain_start != candidate.start}
    return any(candidate.adcode == adcode and candidate.chain_start not in within for candidate in candidates)


# Of the mentions of townships so many are of the one the article plays in; below, it goes from one to the other.
_SHARE_OF_MAIN_TOWNSHIP = 0.7


class _Placer:
    """Gives each township, community and village its county and township."""

    def __init__(
        self,
        text: str,
        title: str,
        known: Gazetteer,
        evidence: Evidence,
        candidates: list[Candidate],
        small: list[SmallPlace],
        scene: Scene,
    ) -> None:
        self.text = text
        self.title = title
        self.known = known
        self.evidence = evidence
        self.scene = scene
        self.small = small
        self.coded = [c for c in candidates if c.adcode is not None]
        self.coded_starts = [c.start for c in self.coded]
        self.by_end = {c.end: c for c in self.coded}
        self.by_start = {c.start: c for c in self.coded}
        self.small_by_end = {place.end: place for place in small}
        self.small_by_start = {place.start: place for place in small}
        self.mentioned = dict.fromkeys(c.adcode for c in self.coded if c.adcode)
        self.settled: dict[str, tuple[str | None, str | None]] = {}

    def place_all(self) -> None:
        small = self.small
        for place in small:
            place.chain_start = place.start
            before = self.by_end.get(place.start)
            if before is not None and before.adcode:
                place.chain_start = before.chain_start
                place.county = self._county_within(place, before.adcode)
            elif place.level == "township":
                place.county = self._said_to_lie_in(place)[0] or place.county
        townships = [place for place in small if place.level == "township"]
        for place in townships:
            if place.county is None:
                place.county = self.settled.get(place.name, (None, None))[0] or self._county_for(place)
            self.settled.setdefault(place.name, (place.county, None))
        for place in townships:
            if place.chain_start == place.start:
                place.county = self.settled[place.name][0]
        self._place_lower([place for place in small if place.level != "township"], townships)

    def _place_lower(self, lower: list[SmallPlace], townships: list[SmallPlace]) -> None:
        """The communities and villages: within the township before them, said to lie in one, or spoken of beside
        one."""
        only = self._township_of_article(townships)
        for place in lower:
            upper = self.small_by_end.get(place.start)
            if upper is not None:
                place.chain_start = upper.chain_start
                place.township = upper.name if upper.level == "township" else (upper.township or "") + upper.name
                place.county = upper.county
                self.settled[place.name] = (place.county, place.township)
            elif place.county is not None:
                self.settled[place.name] = (place.county, None)
        for place in lower:
            if place.county is not None or place.township is not None:
                continue
            county, township = self._said_to_lie_in(place)
            near = self._township_near(place, townships) or only
            if county and township is None and near is not None and near.county == county:
                township = near.name
            if county or township:
                place.county, place.township = county, township
                self.settled[place.name] = (county, township)
        beside: SmallPlace | None = None
        for place in lower:
            if place.county is None and place.township is None:
                near = self._township_near(place, townships)
                self._place_alone(place, beside, near, only or self._township_so_far(place, townships))
            beside = place

    def _place_alone(
        self, place: SmallPlace, beside: SmallPlace | None, near: SmallPlace | None, only: SmallPlace | None
    ) -> None:
        """A place of which the text does not say where it lies; ``beside`` is the one named before it."""
        if place.name in self.settled:
            place.county, place.township = self.settled[place.name]
            return
        if only is not None and self._has_left(only, place):
            only = None
        upper = near or only
        titled = self.scene.titled_township
        if titled is not None and self._county_near(place.start) in (None, self.scene.main_county):
            place.county, place.township = self.scene.main_county, titled
        elif near is None and beside is not None and self._is_beside(beside, place):
            place.county, place.township = beside.county, beside.township
        elif upper is not None:
            place.county, place.township = upper.county, upper.name
        else:
            place.county = self._county_for(place)
        self.settled[place.name] = (place.county, place.township)

    def _township_of_article(self, townships: list[SmallPlace]) -> SmallPlace | None:
        """The township the article plays in: the only one, or the one that most of the mentions are of."""
        counts = Counter(place.name for place in townships)
        if not counts:
            return None
        titled = [name for name in counts if name.removesuffix("街道").rstrip("镇乡") in self.title]
        if len(titled) == 1:
            return next(place for place in townships if place.name == titled[0])
        name, count = counts.most_common(1)[0]
        if len(counts) > 1 and (count < 3 or count < _SHARE_OF_MAIN_TOWNSHIP * counts.total()):
            return None
        return next(place for place in townships if place.name == name)

    def _township_so_far(self, place: SmallPlace, townships: list[SmallPlace]) -> SmallPlace | None:
        """The township that alone is named before ``place``, twice or more: others named later are elsewhere."""
        before = [township for township in townships if township.start < place.start]
        is_one = len(before) > 1 and len({township.name for township in before}) == 1
        return before[-1] if is_one and self._county_near(place.start) in (None, before[-1].county) else None

    def _is_beside(self, known: SmallPlace, place: SmallPlace) -> bool:
        """Whether nothing but a word or two joins the two: 柳溪村与邻近的石桥村."""
        between = self.text[known.end : place.start]
        return known.level == place.level and _JOINED.fullmatch(between) is not None

    def _said_to_lie_in(self, place: SmallPlace) -> tuple[str | None, str | None]:
        """County and township of 柳溪村位于安吉县梅溪镇."""
        match = _LIES_IN.match(self.text, place.end)
        if match is None:
            return None, None
        at, code = match.end(), None
        while (upper := self.by_start.get(at)) is not None:
            at, code = upper.end, upper.adcode
        township = self.small_by_start.get(at)
        if township is None or township.level != "township" or place.level == "township":
            return code, None
        return code or township.county, township.name

    def _county_within(self, place: SmallPlace, adcode: str) -> str:
        """The county of a township that follows its city or province, else what it follows."""
        if place.is_known and self.known.by_code[adcode].level != "county":
            inside = [code for code in self.known.township[place.name] if self.known.is_within(code, adcode)]
            mentioned = [code for code in inside if code in self.mentioned]
            if len(mentioned or inside) == 1:
                return (mentioned or inside)[0]
        return adcode

    def _county_for(self, place: SmallPlace) -> str | None:
        near = self._county_near(place.start)
        if place.is_known:
            codes = self.known.township[place.name]
            if near in codes:
                return near
            if self.scene.main_county in codes:
                return self.scene.main_county
            for pool in (
                [code for code in codes if code in self.mentioned],
                [code for code in codes if self.known.by_code[code].parent_adcode in self.upper],
            ):
                if pool:
                    return max(pool, key=lambda code: (self.evidence.of(code), -int(code)))
            inside = [code for code in codes if any(a in self.mentioned for a in self.known.by_code[code].ancestors)]
            if len(inside) == 1 and near is None and self.scene.main_county is None:
                return inside[0]
            hinted = [code for code in codes if self.evidence.weight.get(code, 0.0) > 0]
            if len(hinted) == 1:
                return hinted[0]  # 方前镇 in what 磐安发布 prints, also where it names a county it works with
            if len(codes) == 1 and not self.mentioned and self._is_all_above(codes[0]):
                return codes[0]
        return near or self.scene.main_county or self.scene.main_city

    def _is_all_above(self, code: str) -> bool:
        """Whether all that title, outlet and site speak for holds ``code``: 浙江新闻 speaks against no county of it."""
        return all(self.known.is_within(code, other) for other in self.evidence.weight)

    @once
    def upper(self) -> set[str]:
        """Cities (and municipalities) the article names or hints at."""
        found = {
            code
            for code in self.mentioned
            if self.known.by_code[code].level == "city" or code[:2] in ("11", "12", "31", "50")
        }
        found |= {
            code
            for code, weight in self.evidence.weight.items()
            if weight >= 1 and self.known.by_code[code].level == "city"
        }
        return found

    def _county_near(self, char: int) -> str | None:
        """The last county named before ``char`` in its paragraph."""
        paragraph = paragraph_start(self.text, char)
        index = bisect_right(self.coded_starts, char) - 1
        while index >= 0 and self.coded_starts[index] >= paragraph:
            code = self.coded[index].adcode
            if code and self.known.by_code[code].level == "county":
                return code
            index -= 1
        return None

    def _township_near(self, place: SmallPlace, townships: list[SmallPlace]) -> SmallPlace | None:
        """The last township named before ``place`` in its paragraph, None where it is one of several in a list."""
        paragraph = paragraph_start(self.text, place.start)
        if place.name[-1] == "连":
            townships = [township for township in townships if township.name[-1] == "团"] or townships
        index = bisect_left(townships, place.start, key=lambda township: township.start) - 1
        while index >= 0 and self.text[townships[index].start - 1 : townships[index].start] == "原":
            index -= 1  # 石皋街道辖|原石皋镇地域: what there is no more holds nothing
        if index < 0 or townships[index].start < paragraph:
            return None
        best, before = townships[index], townships[index - 1] if index else None
        is_listed = (
            before is not None and before.start >= paragraph and self.text[before.end : best.chain_start] in _LIST_MARKS
        )
        return None if is_listed or self._has_left(best, place) else best

    def _has_left(self, township: SmallPlace, place: SmallPlace) -> bool:
        """Whether another county is named between ``township`` and ``place``: 石桥镇张宅村、苍南县蒲城（金城村）."""
        first = max(township.end, paragraph_start(self.text, place.start))
        between = self.coded[bisect_left(self.coded_starts, first) : bisect_left(self.coded_starts, place.start)]
        between = [c for c in between if not is_passing(self.text, c.start, c.end)]
        counties = {c.adcode for c in between if c.adcode and self.known.by_code[c.adcode].level == "county"}
        return township.county is not None and bool(counties - {township.county})
