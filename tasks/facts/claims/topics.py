"""What an article as a whole is about, and whether it stays there: the place of what names none.

An article may be about a village although it names its county as often; a report of a city names counties as examples.
The title tells first, then how the article opens, then what it names most.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter

from tasks.facts.claims.spots import Group, Spot
from tasks.facts.places.scenes import Scene
from tasks.facts.text.paragraphs import paragraph_start
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.gazetteer import gazetteer
from tasks.records import PlaceLevel

# Of an article about one county more than this share of the places that act are it or lie in it.
_SHARE_OF_ONE = 0.6
# An article that opens in a village or township is about it if this share of the places that act lie in the township.
_SHARE_OF_OPENING = 0.4
_LEAST_OF_OPENING = 4  # mentions of the village or township; one that is named thrice may be an example
_MOST_VILLAGES = 3  # places, the township among them, that an article about one of its villages names
_SHARE_OF_VILLAGE = 0.5  # of the places named in it, what an article about one village names that village for
_LEAST_OF_INTRODUCED = 3  # of one that the text begins by describing: 后溪村|位于…
_INTRODUCED = re.compile("，?(?:位于|地处|坐落|隶属|在[^，。；]{2,16}(?:边|脚下|西北?|东南?|南|北|上)(?=[，。]))")
_TOWNSHIP = re.compile("(?:街道|镇|乡|苏木)")
_LAST_NAME = re.compile(
    "^.*(?:省|市|区|县|旗|州|盟|镇|乡|街道|苏木)([^省市区县旗州盟镇乡]{1,12}?(?:社区|村|嘎查|居民区|街道|镇|乡|苏木|团|县|区|市|旗))$"
)
_LOW: tuple[PlaceLevel, ...] = ("township", "community", "village", "other")
# An article that speaks of its county so, and of the others in it, is about the county.
_OF_COUNTY = re.compile(
    "[我全该本各县市区旗](?:(?<=[我全该本各])[县市区旗州](?!长)|(?<=[县市区旗])[委里直]|(?<=[县市区])(?:政府|内)|(?<=各)(?:乡镇|镇|街道|苏木))"
)
_ANY_TOWNSHIP = pattern_of("[[:han:]]{2,12}?(?:街道|镇|乡|苏木)")
# Each sentence of a yearly report to a congress speaks of the whole county, whatever town the one before names.
_REPORT = re.compile("政府工作报告|(?:人大常委会|法院|检察院|常委会)工作报告")
_COMMENT = re.compile(
    "评论(?:员|[：:|丨]|$)|(?:时|短|快|锐|众|漫|杂|社)评[：:|丨]|^(?:时评|短评|快评|杂谈|来论|今日谈)|杂谈|随笔"
)
_PAPER = pattern_of("[[:han:]]{2,6}(?:日报|晚报|时报|晨报|都市报|网|新闻)")
_LONGEST_HEADING = 40  # characters
_SUFFIX_OF_TOWNSHIP = re.compile("(?:街道|镇|乡|苏木)$")


class Topic:
    """``place`` is what an article is about, None where it is about none; ``wanders`` whether it goes from place to
    place; ``is_report`` whether each of its sentences is about the place, as in a yearly report."""

    def __init__(self, reading: Reading, actors: list[Spot], scene: Scene) -> None:
        self._known = gazetteer()
        self._actors = actors
        self._text = reading.text
        named = f"{reading.title}\n{reading.site}\n{reading.outlet}"
        is_report = _REPORT.search(reading.title) is not None
        self.place = (
            (self._main(scene, reading.title, named) if is_report else None)
            or self._titled(reading.title)
            or self._opening()
            or self._only(reading.title)
            or self._signed(scene, reading)
            or self._main(scene, reading.title, named)
        )
        if _COMMENT.search(reading.title) is not None and not self._is_titled(reading.title):
            self.place = None  # a comment speaks of places as examples: what it names without one is nowhere
        self.wanders = scene.wanders or self._goes_about(named)
        is_high = self.place is not None and self.place.level in ("county", "city", "province")
        self.is_report = is_high and is_report

    def _titled(self, title: str) -> Spot | None:
        """The one low place that the title names."""
        found: dict[str | None, Spot] = {}
        for spot in self._actors:
            if (
                spot.level in _LOW
                and spot.name is not None
                and _is_in(title, spot.name, self._text[spot.start : spot.end])
            ):
                found.setdefault(spot.name, spot)
        if not found:
            for spot in self._actors:
                upper = township_of(spot)
                if upper is not None and upper.name is not None and _stem(upper.name) in title:
                    found.setdefault(upper.name, upper)
        return next(iter(found.values())) if len(found) == 1 else None

    def _opening(self) -> Spot | None:
        """The low place in which the article opens, where most of it plays in that township."""
        first = next(iter(self._actors), None)
        if first is None or first.name is None or first.level not in ("township", "community", "village"):
            return None
        township = first if first.level == "township" else township_of(first) or first
        inside = [spot for spot in self._actors if spot.name is not None and spot.name.startswith(township.name or "-")]
        least = _LEAST_OF_INTRODUCED if _INTRODUCED.match(self._text, first.end) else _LEAST_OF_OPENING
        if len(inside) < least or len(inside) < _SHARE_OF_OPENING * len(self._actors):
            return None
        counts = Counter(spot.name for spot in inside)
        if (
            first is township
            and len(counts) > _MOST_VILLAGES
            and max(counts.values()) <= _SHARE_OF_VILLAGE * len(inside)
        ):
            return township  # from village to village: it is about the township
        return max(inside, key=lambda spot: (counts[spot.name], -spot.start))

    def _only(self, title: str) -> Spot | None:
        """The one township or village that all of an article plays in, which names its county nowhere but before it."""
        low = [
            spot
            for spot in self._actors
            if spot.name is not None and spot.level in ("township", "community", "village")
        ]
        if not low or _OF_COUNTY.search(self._text):
            return None
        first = low[0]
        township = first if first.level == "township" else township_of(first) or first
        names = {spot.name for spot in self._actors if spot.name is not None}
        if any(not name.startswith(township.name or "-") for name in names):
            return None
        county = self._known.by_code.get(first.adcode or "")
        if county is not None and county.short_name in title and _stem(township.name or "") not in title:
            return None
        return first if len(names) == 1 else township

    def _signed(self, scene: Scene, reading: Reading) -> Spot | None:
        """The township that title, outlet or site names, where the text names none but speaks of it: 我镇, 镇里."""
        main = scene.main_county
        for hint in (reading.title, reading.outlet, reading.site):
            found = {
                (code, name)
                for match in _ANY_TOWNSHIP.finditer(hint or "")
                for start in range(match.start(), match.end() - 2)
                for name in (match[0][start - match.start() :],)
                for code in self._known.township.get(name, ())
                if code == main or (main is None and self._is_named_in(hint or "", code))
            }
            if len(found) == 1:
                code, name = found.pop()
                return Spot(0, 0, self._known.full_name(code) + name, code, "township")
        return None

    def _is_named_in(self, hint: str, code: str) -> bool:
        """Whether ``hint`` names the division, or no other county has a township of the name it names."""
        return self._known.by_code[code].short_name in hint

    def _main(self, scene: Scene, title: str, named: str) -> Spot | None:
        """The main county or city of the article, if it acts there."""
        code = self._county_of_title(title) or scene.main_county or scene.main_city
        if code is None:
            return None
        city = scene.main_city
        if city is not None and city != code and self._is_about(city, code, named):
            code = city
        division = self._known.by_code[code]
        full_name = division.full_name
        is_supported = any(
            spot.name is not None and (spot.name.startswith(full_name) or full_name.startswith(spot.name))
            for spot in self._actors
        )
        if not is_supported and division.short_name not in title:
            return None
        level: PlaceLevel = division.level
        return Spot(0, 0, full_name, code, level)

    def _county_of_title(self, title: str) -> str | None:
        """The one county with a place that acts which the title names in full: 钟山县大事记."""
        counties = (self._known.by_code[code] for code in {spot.adcode for spot in self._actors} if code is not None)
        named = [county.adcode for county in counties if county.level == "county" and county.name in title]
        return named[0] if len(named) == 1 else None

    def _is_about(self, city: str, county: str, named: str) -> bool:
        """Whether title, site or outlet name ``city`` alone, and the article does not play in ``county`` for most of
        it."""
        upper, lower = self._known.by_code[city], self._known.by_code[county]
        if upper.short_name not in named or lower.short_name in named:
            return False
        return self._count_in(lower.full_name) < _SHARE_OF_ONE * self._count_in(upper.full_name)

    def _goes_about(self, named: str) -> bool:
        """Whether the article goes from county to county: too few of the places it names lie where it plays."""
        if self.place is None or self.place.adcode is None:
            return False
        division = self._known.by_code[self.place.adcode]
        if division.short_name in named or self.place.level not in ("county", "city", "province"):
            return False
        if division.level != "county":
            lower = sum((spot.name or "").startswith(division.full_name) for spot in self._actors)
            return lower > 2 * sum(spot.name == division.full_name for spot in self._actors)
        above = sum(spot.name in division.full_name[:-1] for spot in self._actors if spot.name is not None)
        return self._count_in(division.full_name) < _SHARE_OF_ONE * (len(self._actors) - above)

    def _is_titled(self, title: str) -> bool:
        """Whether the title names the place but in the name of a paper: 永州日报评论."""
        if self.place is None or self.place.name is None:
            return False
        stem = _stem(self.place.name)
        division = self._known.by_code.get(self.place.adcode or "")
        names = (stem, division.short_name if division is not None else stem)
        bare = _PAPER.sub("", title)
        return any(name in bare for name in names)

    def _count_in(self, full_name: str) -> int:
        return sum(spot.name is not None and spot.name.startswith(full_name) for spot in self._actors)


def heading_above(text: str, char: int) -> tuple[int, int] | None:
    """The nearest line above that of ``char`` that is short and no sentence; None where the line itself begins the
    text."""
    end = paragraph_start(text, char) - 1
    for _ in range(8):
        if end < 0:
            return None
        start = paragraph_start(text, end)
        line = text[start:end].strip()
        if 0 < len(line) <= _LONGEST_HEADING and line[-1] not in "。！？；，”…":
            return start, end
        end = start - 1
    return None


def entry_of(text: str, paragraph: int) -> tuple[int, int] | None:
    """The line of a list of people that names who opens the ``paragraph``: 丁晓飞：某县某村网格员, later 丁晓飞探索….

    >>> text = "\\n丁小飞：柳溪村网格员\\n王一：医生\\n丁小飞推行“板凳会”。"
    >>> text[slice(*entry_of(text, text.rindex("丁")))]
    '丁小飞：柳溪村网格员'
    """
    subject = text[paragraph : paragraph + 3]
    line = text.find("\n" + subject, 0, paragraph) + 1 if len(subject) == 3 and "\n" not in subject else 0
    end = text.find("\n", line)
    is_entry = 0 < line < paragraph and end - line <= _LONGEST_HEADING and "：" in text[line + 2 : line + 12]
    return (line, end) if is_entry else None


def township_of(spot: Spot) -> Spot | None:
    """The township that the community or village ``spot`` lies in, where its name tells."""
    if spot.name is None or spot.level not in ("community", "village"):
        return None
    county = gazetteer().full_name(spot.adcode) if spot.adcode else ""
    inner = spot.name[len(county) :] if spot.name.startswith(county) else spot.name
    match = _TOWNSHIP.search(inner, 1)
    if match is None or match.end() == len(inner):
        return None
    return spot._replace(name=county + inner[: match.end()], level="township")


def owner_of(text: str, start: int, end: int, groups: Sequence[Group], is_visit: bool) -> tuple[Spot, ...] | None:
    """Whose practice is named from ``start`` to ``end``, by the name or right before it; None where that is not told.

    书香宁波 is nobody else's; 与徐汇区的“三会”相比 (compared with) makes a partner of the place, and the practice is its own.
    """
    for group in groups:
        if len(group.spots) != 1 or text[group.start] == "全":
            continue
        if group.end == end and group.start >= start + 2 and text[start] not in "“《":
            return group.spots
        if group.end <= start and text[group.end : start].strip("的“") == "":
            lead = text[max(group.start - _FARTHEST_SHOWN, 0) : group.start]
            if is_visit or group.part != "actor" or _SHOWN.search(lead) is not None:
                return group.spots
    return None


# 这场会演绎的正是|石桥县“板凳会”: what shows whose it is, wherever it is shown.
_SHOWN = re.compile("(?:正|就|便|也)?是$|(?:得益于|归功于|体现了?|彰显了?|印证了?|演绎了?|诠释了?|见证了?)(?:的是)?$")
_FARTHEST_SHOWN = 6  # characters


# Towns by the length of their names without suffix and by these, each with its place in the order.
TownsByStem = dict[int, dict[str, tuple[int, Spot]]]


def towns_by_stem(spots: Iterable[Spot]) -> TownsByStem:
    """The towns of ``spots`` by their names without suffix, the first of each name."""
    found: TownsByStem = {}
    for place, spot in enumerate(spots):
        if spot.level == "township" and spot.name:
            stem = _stem(spot.name)
            found.setdefault(len(stem), {}).setdefault(stem, (place, spot))
    return found


def called_by_stem(text: str, start: int, towns: TownsByStem) -> Spot | None:
    """The first of ``towns`` whose name without its suffix stands right before the marks at ``start``: 石桥“板凳会”.

    >>> towns = towns_by_stem([Spot(0, 3, "浙江省湖州市安吉县石桥镇", "330523", "township")])
    >>> text = "石桥镇很小。这是石桥“板凳会”"
    >>> called_by_stem(text, 11, towns).name[-3:], called_by_stem(text, 9, towns)
    ('石桥镇', None)
    """
    opened = start if text[start] == "“" else start - 1
    if text[opened] != "“":
        return None
    stems = [(named, text[max(opened - length, 0) : opened]) for length, named in towns.items()]
    called = [named[stem] for named, stem in stems if stem in named]
    return min(called, key=itemgetter(0))[1] if called else None


def low_place(spot: Spot, kind: str) -> Spot | None:
    """``spot``, or the township it lies in, where it is of ``kind`` (镇, 街道, 村 …)."""
    if spot.name is None:
        return None
    if kind in ("社区", "村"):
        return spot if spot.level in ("community", "village") and spot.name.endswith(kind) else None
    found = spot if spot.level == "township" else township_of(spot)
    return found if found is not None and (found.name or "").endswith(kind) else None


def _is_in(title: str, full_name: str, surface: str) -> bool:
    return _own_name(full_name) in title or (len(surface) > 2 and surface in title)


def _own_name(full_name: str) -> str:
    """The last name of a chain: 石桥镇 of 浙江省湖州市安吉县石桥镇."""
    match = _LAST_NAME.match(full_name)
    return match[1] if match is not None else full_name


def _stem(full_name: str) -> str:
    """The last name of a chain without its suffix where that leaves two characters: 石桥 of 石桥镇."""
    name = _own_name(full_name)
    stem = _SUFFIX_OF_TOWNSHIP.sub("", name)
    return stem if len(stem) > 1 else name
