"""Who practises what a sentence names: the places of its subject, of a list, of a body that is only called 镇党委.

The clause of the mention is asked first, then the clauses before it, the sentences before it in the paragraph, the
heading above, and at last what the article is about. A national body in the place of the actor means that no place is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from tasks.facts.claims.bare_bodies import BARE, NATIONAL, is_partner, is_quoted
from tasks.facts.claims.called_by_level import CalledByLevel
from tasks.facts.claims.clauses import Surroundings
from tasks.facts.claims.named_behind import behind_speech, is_origin
from tasks.facts.claims.spots import (
    Group,
    Spot,
    bracket_end,
    covering,
    grouped,
    is_below,
    is_only_list,
    sends,
    spoken_before,
    spot_of,
    stands_in_brackets,
    told_apart,
)
from tasks.facts.claims.told_on import spread_to
from tasks.facts.claims.topics import (
    Topic,
    TownsByStem,
    called_by_stem,
    entry_of,
    heading_above,
    owner_of,
    towns_by_stem,
)
from tasks.facts.places.reading import PlaceReading
from tasks.facts.text.items import begins_item
from tasks.facts.text.needed import Tail, led
from tasks.facts.text.once import once
from tasks.facts.text.paragraphs import paragraph_start
from tasks.facts.text.reading import Reading
from tasks.lexicon.gazetteer import gazetteer
from tasks.records import OrganizationMention, PracticeStatus

_THERE = re.compile("(?:^|在|到|给|为)(?:那里|那儿|那边|当地|此地)(?:也|都|就|又|还|便)?")
# Behind the mention: where it is used, where it comes from, who uses it.
_USED_IN = re.compile(
    "(?:在|于|落户(?:于|在)?|落地|覆盖(?:了|到|至)?|走进|进驻|扎根|诞生[于在]|发源于|起源于|源于|源自|推广到|推广至|推开到|铺到|铺向|扩[大容展面]?[到至]|升级到|增加到"
    "|延伸到|延伸至|扩展到|推向|复制到|铺开到|来到|搬到|搬进|带到|引到|"
    "引进到|遍布|惠及|由|出自|首创于|位于"
    "|坐落于|坐落在|地处|设在|建在)(?:了)?$"
)
_BORROWS = led("学习|借鉴|参照|复制|引进|引入|仿照|推广|总结")
_LIES_IN = ("位于", "坐落于", "坐落在", "地处", "设在", "建在")
_IT_IS = re.compile(
    "[”》]?(?:[^，。；：“”是]{0,8}?(?:工作法|机制|制度|做法|模式|品牌|项目|活动|平台))?(?:就|正|乃|最早|最初|原本)?是(?:在|由)?"
)  # “板凳会”片区治理模式是石桥镇推行的
# Who goes somewhere to look at a practice tells of that place, though it is no visit from one place to another.
_INSPECTED = re.compile(
    "[到赴在][^，。；]{1,20}?(?:调研|检查|督导|督查|暗访|视察|察看|查看|评估|验收|慰问)(?:了|指导)?[^，。；]{0,8}$"
)
_ALL_OF_THEM = re.compile(
    "^(?:全?[县区市]的?)?\\d{1,3}个(?:乡镇|镇街|乡|镇|街道|县区?|市县)[^，。；“”]{0,16}?(?:全部|全面|均|都|普遍)"
)
_OF_IT = re.compile("(?:下辖|所辖|辖区|境内)?的?")
# “板凳会”是安吉县|2019年率先在|梅溪镇试行的
_DONE_IN_IT = re.compile("(?:下辖|所辖|辖区|境内)?的?|[\\d年月日去今前初底于在最早率先首次选择取定]{0,20}[在取择定]")
_SUBJECT = 6  # characters of a clause behind which a body called by its level is its object rather than its subject
_FARTHEST_LINE = 4  # lines over which an article that goes about still speaks of the last place
# Characters of a sentence in which its subject is named; one without an end costs no more.
_LONGEST_SENTENCE = 600
_FARTHEST_SENTENCE = 12  # sentences of the paragraph that are asked for a subject before its heading is
_COUNTED = Tail(r"[\d一二两三四五六七八九十几多]个$")  # 等6个镇 names none
_RESIDENT = re.compile("(?:家住|现居|现住|老家在?|户籍在?|祖籍|定居)$")  # of a person, not of what is told
_LONGEST_NAME = 40
_SUFFIXES = "省市区县旗州盟镇乡道村木社查"


class Actors:
    """The places of one article and what can be told from them of who acts at a mention."""

    def __init__(self, reading: Reading, places: PlaceReading, bodies: Sequence[OrganizationMention]) -> None:
        self.text = reading.text
        self.reading = reading
        self.scene = places.scene
        self._known = gazetteer()
        covered = covering((body.start_char, body.end_char) for body in bodies if body.kind in ("school", "media"))
        spots = [
            spot_of(mention, places.scene.county_of.get(mention.start_char))
            for mention in places.mentions
            if not _COUNTED.search_before(self.text, mention.start_char - 6, mention.start_char)
        ]
        self.groups = grouped(self.text, spots, covered)
        if not any(group.part == "actor" for group in self.groups):
            self.groups = [Group(group.spots, "actor") if group.part == "dateline" else group for group in self.groups]
        self._starts = [group.start for group in self.groups]
        self._spans = [(spot.start, spot.end) for spot in spots]
        # Where each practice is in use by what was read: the last mention of each place by its name.
        self._told: dict[str, dict[str, Spot]] = defaultdict(dict)
        self._entries: dict[int, tuple[int, int] | None] = {}  # both by the start of a paragraph
        self._in_sentence: dict[tuple[int, int, bool], tuple[Spot, ...] | None] = {}
        self._carried_to: dict[int, tuple[Spot, ...] | None] = {}

    @once
    def actors(self) -> list[Spot]:
        """The places that may act, in order."""
        return [spot for group in self.groups if group.part == "actor" for spot in group.spots]

    @once
    def topic(self) -> Topic:
        """What the article is about: asked where neither its sentence nor those before tell who acts."""
        return Topic(self.reading, self.actors, self.scene)

    @once
    def _towns(self) -> TownsByStem:
        return towns_by_stem(self.actors)

    @once
    def _called(self) -> CalledByLevel:
        return CalledByLevel(self.text, self.groups, self.actors, lambda: self.topic.place)

    def at(self, around: Surroundings, status: PracticeStatus, name: str = "") -> tuple[Spot, ...]:
        """The places that the mention of ``around`` is claimed of; none where no place acts or none can be told.

        ``name`` is that of the practice: where neither its sentence nor its paragraph names a place, it is at the place
        where the article has said it to be.
        """
        found = self._found(around, status, name)
        if name and status in ("adopted", "trial"):
            self._told[name].update((spot.name, spot) for spot in found if spot.name is not None)
        found = told_apart(around, found)
        named = {spot.name: spot for spot in reversed(found) if spot.name is not None}
        return tuple(spot for spot in dict.fromkeys(found) if spot.name is not None and named[spot.name] is spot)

    def _found(self, around: Surroundings, status: PracticeStatus, name: str) -> tuple[Spot, ...]:
        offset = around.offset
        start, end = around.start + offset, around.end + offset
        if (headed := self._headed(start, name)) is not None:
            return headed
        is_visit = status == "visited" or _INSPECTED.search(around.before) is not None
        clause_start, clause_end = around.clause_start + offset, around.clause_end + offset
        near = self._between(start - _LONGEST_NAME, end)
        if (told := self._behind(end, clause_end) or self._set_up_by(around)) is not None:
            return self._later(around, status, told) or told
        if status == "planned" and _BORROWS.search(around.before) and (tried := self._tried(around)):
            return tried  # 学习石桥镇“板凳会”，在柳溪镇试点
        if (told := owner_of(self.text, start, end, near, is_visit)) is not None:
            return told
        if (town := called_by_stem(self.text, start, self._towns)) is not None:
            return (town,)
        before = self._last(self._groups_in(clause_start, start, is_visit, True))
        if (later := self._later(around, status, before or ())) is not None:
            return later
        if _THERE.search(around.before) and (there := self._there(around)) is not None:
            return there
        if before is not None:
            return before
        inside = self._last(self._groups_in(start, end, is_visit))
        if inside is not None and self.text[inside[0].end - 1] in _SUFFIXES:
            return inside  # 凤凰社区联席会议; a short form may be but the model of others: 枫桥经验
        if _ALL_OF_THEM.search(around.before) and (county := self._county()) is not None:
            return (county,)
        found = self._out_of_clause(around, is_visit, name)
        if inside is not None and any(spot.name == inside[0].name for spot in found):
            return inside
        return found

    def are_in_line_of(self, char: int) -> bool:
        """Whether the line of the character at ``char`` names a place."""
        end = self.text.find("\n", char)
        return bool(self._between(paragraph_start(self.text, char), end if end >= 0 else len(self.text)))

    def _county(self) -> Spot | None:
        """The county the article is about, or lies in: all of its towns are told by their number."""
        place = self.topic.place
        if place is None or place.adcode is None or place.level == "city":
            return place
        division = self._known.by_code[place.adcode]
        return place._replace(name=division.full_name, level=division.level)

    def _headed(self, start: int, name: str) -> tuple[Spot, ...] | None:
        """Of a mention in the heading in brackets of its own line (【“板凳会”】2015年，石桥镇…) who acts behind it; nobody where
        the line names it again."""
        line = paragraph_start(self.text, start)
        if self.text[line : line + 1] not in ("【", "［") or (closed := bracket_end(self.text, line)) < start:
            return None
        end = self.text.find("\n", closed)
        if self.text.find(name or "\n", closed, end if end >= 0 else len(self.text)) >= 0:
            return ()
        end = min(self.reading.sentence_at(closed + 1).end_char, closed + _LONGEST_SENTENCE)
        return self._first(self._groups_in(closed, end, False))

    def _there(self, around: Surroundings) -> tuple[Spot, ...] | None:
        """The place that 那里 (there) points to: the last one named before, whatever part it plays."""
        named = self._between(around.offset, around.offset + around.start)
        return named[-1].spots if named else None

    def _out_of_clause(self, around: Surroundings, is_visit: bool, name: str) -> tuple[Spot, ...]:
        """Who acts where the clause of the mention does not say."""
        listed: list[Spot] = []
        clauses = [] if begins_item(self.text, around.offset + around.clause_start) else around.earlier
        if self.topic.is_report:  # 在石桥镇设立“甲”；创新“乙”: of the whole county
            clauses = [clause for clause in clauses if clause[0] > around.text.rfind("；", 0, around.start)]
        for first, last in clauses:
            groups = self._groups_in(first + around.offset, last + around.offset, is_visit)
            found = self._first(groups)
            is_list = found is not None and is_only_list(self.text, first + around.offset, last + around.offset, groups)
            if listed and not is_list:
                break
            if found is not None:
                listed[:0] = found
                if not is_list:
                    break
            if begins_item(self.text, first + around.offset):
                break
        if listed:
            return tuple(listed)
        speaker = self._speaker(around.start + around.offset, is_visit)
        return speaker if speaker is not None else self._above(around.offset, is_visit, name)

    def _between(self, start: int, end: int) -> list[Group]:
        return self.groups[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _groups_in(self, start: int, end: int, is_visit: bool, is_own_clause: bool = False) -> list[Group]:
        """Groups from ``start`` to ``end`` that may act, bodies without a name and national bodies among them."""
        found = []
        for group in self._between(start, end):
            if group.part == "actor" or (is_visit and group.part == "host"):
                found.append(group)
        for match in BARE.finditer(self.text, start, end):
            kind = match[1] or match[2] or match[3] or match[4]
            at = match.end() - len(kind)
            if (
                not self._is_named(at)
                and not is_quoted(self.text, at, end)
                and not is_partner(self.text, at)
                and (at - start <= _SUBJECT or self._acts(start, at, end, is_own_clause))
            ):
                spot = self._called.place_of(kind, at)
                if spot is not None:
                    found.append(Group((spot,), "actor"))
        for match in NATIONAL.finditer(self.text, start, end):
            if not self._is_named(match.start()):
                found.append(Group((Spot(match.start(), match.end(), None, None, "other"),), "actor"))
        if is_visit and any(group.part == "host" for group in found):
            found = [group for group in found if group.part == "host"]
        return sorted(found, key=lambda group: group.start)

    def _acts(self, start: int, at: int, end: int, is_own_clause: bool) -> bool:
        """Whether a body called by its level, not at the beginning of its clause, is no member of what is set up."""
        before = self.text[at - 1 : at]
        return is_own_clause and before not in "、和及与" and not (before == "由" and "组成" in self.text[at:end])

    def _is_named(self, char: int) -> bool:
        """Whether the character at ``char`` is part of a place's name."""
        at = bisect_left(self._spans, (char + 1, 0)) - 1
        return at >= 0 and self._spans[at][1] > char

    def _last(self, groups: list[Group]) -> tuple[Spot, ...] | None:
        """The nearest before the mention, unless it only is what a nearer-to-the-ground one lies in."""
        if not groups:
            return None
        chosen = groups[-1]
        for group in reversed(groups[:-1]):
            if self._lies_in(group, chosen) or sends(self.text, group, chosen):
                chosen = group
        return chosen.spots

    def _first(self, groups: list[Group]) -> tuple[Spot, ...] | None:
        """The subject of a clause before: the first that is named, or what is named behind it and lies in it."""
        if not groups:
            return None
        settled = [group for group in groups if not _RESIDENT.search(self.text, group.start - 4, group.start)]
        if not settled:
            return None  # 有位家住荆湾村的老人打了“热线”: the hotline is no more the village's than the one who lives there
        chosen = settled[0]
        for group in groups[1:]:
            if self._lies_in(group, chosen):
                chosen = group
        return chosen.spots

    def _lies_in(self, lower: Group, upper: Group) -> bool:
        return is_below(lower.spots[0].name, upper.spots[0].name)

    def _behind(self, end: int, clause_end: int) -> tuple[Spot, ...] | None:
        """The places behind the mention in which it is said to be used: “板凳会”在石桥镇、柳溪镇推行."""
        for group in self._between(end, clause_end):
            if self.text.startswith("的“", group.end):
                continue  # “板凳会”脱胎于石桥镇的“茶会”
            if group.part == "actor" and _IT_IS.fullmatch(self.text[end : group.start]):
                return self._lower(group, clause_end, _DONE_IN_IT).spots
            if stands_in_brackets(self.text, end, group):
                return group.spots
            lead = _USED_IN.search(self.text[max(end, group.start - 6) : group.start])
            if lead is not None and (group.part != "out" or lead[0] in _LIES_IN):
                return self._lower(group, clause_end).spots
        return None

    def _set_up_by(self, around: Surroundings) -> tuple[Spot, ...] | None:
        """Whose the clause behind says that the mention is: 您提到的“板凳会”，系石桥镇2020年创办."""
        if not around.later:
            return None
        start, end = (char + around.offset for char in around.later[0])
        group = next(iter(self._between(start, end)), None)
        if group is None or not is_origin(self.text, start, group, end):
            return None
        return self._lower(group, end).spots

    def _lower(self, group: Group, end: int, of_it: re.Pattern[str] = _OF_IT) -> Group:
        """``group``, or what is named right behind it and lies in it: 德化县的浔中镇、三班镇."""
        for following in self._between(group.end, end):
            if of_it.fullmatch(self.text[group.end : following.start]) is None or not self._lies_in(following, group):
                break
            group = following
        return group

    def _later(self, around: Surroundings, status: PracticeStatus, own: tuple[Spot, ...]) -> tuple[Spot, ...] | None:
        """The places of the clauses behind in which what is told is tried or spread: 推行“板凳会”，先在石桥镇试点.

        Those that lie in the places ``own`` of the clause itself say where it is; others are added to them, each with
        the clause whose date is its own: 2019年石桥镇推行“板凳会”，2021年扩大到柳溪镇.
        """
        if status not in ("trial", "adopted") or not around.later:
            return None
        if not (found := self._tried(around)):
            return None
        if any(spot.name is None or is_below(spot.name, above.name) for spot in found for above in own):
            return found
        return (*own, *found)

    def _tried(self, around: Surroundings) -> tuple[Spot, ...]:
        return tuple(spread_to(self.text, self.groups, self._starts, around))

    def _speaker(self, char: int, is_visit: bool) -> tuple[Spot, ...] | None:
        """The place of who says what stands in quotation marks at ``char``, where he is named behind it."""
        span = behind_speech(self.text, char)
        return None if span is None else self._last(self._groups_in(*span, is_visit))

    # --- what the text before names --------------------------------------------------------------------------------

    def _above(self, char: int, is_visit: bool, name: str) -> tuple[Spot, ...]:
        """The place spoken of before the sentence at ``char``."""
        text = self.text
        if self.topic.place is not None and self.topic.is_report:
            return (self.topic.place,)
        paragraph = paragraph_start(text, char)
        sentences = self.reading.sentences_between(paragraph, char, last=_FARTHEST_SENTENCE)
        for sentence in spoken_before(text, char, sentences):
            end = min(sentence.end_char, sentence.start_char + _LONGEST_SENTENCE)
            key = (sentence.start_char, end, is_visit)  # asked of by every mention in the sentences behind it
            if key not in self._in_sentence:
                self._in_sentence[key] = self._first(self._groups_in(*key))
            if (found := self._in_sentence[key]) is not None:
                return found
        if paragraph not in self._entries:
            self._entries[paragraph] = entry_of(text, paragraph)
        entry = self._entries[paragraph]
        if entry is not None and (found := self._first(self._groups_in(*entry, is_visit))) is not None:
            return found
        heading = heading_above(text, char)
        if heading is not None and text[heading[1] - 1] != "：":  # 各乡镇人民政府、石桥街道办事处：
            found = self._first(self._groups_in(*heading, is_visit))
            if found is not None:
                return found
        if self.topic.wanders and (carried := self._carried(paragraph)) is not None:
            return carried
        about = self.topic.place
        told = self._told.get(name, {})
        if len(told) == 1 and (about is None or is_below(next(iter(told)), about.name)):
            return tuple(told.values())
        return () if about is None else (about,)

    def _carried(self, paragraph: int) -> tuple[Spot, ...] | None:
        """What the last paragraph before that names a place begins with, but what holds the place of the article."""
        if paragraph not in self._carried_to:
            self._carried_to[paragraph] = self._carried_over(paragraph)
        return self._carried_to[paragraph]

    def _carried_over(self, paragraph: int) -> tuple[Spot, ...] | None:
        held = self.topic.place.name if self.topic.place is not None and self.topic.place.name is not None else ""
        found: Group | None = None
        lines = lines_of_found = 0
        last = paragraph
        for number in range(bisect_left(self._starts, paragraph) - 1, -1, -1):
            group = self.groups[number]
            lines += self.text.count("\n", group.start, last)
            last = group.start
            if lines > _FARTHEST_LINE or (found is not None and lines > lines_of_found):
                break
            if group.part == "actor" and len(group.spots) == 1 and not held.startswith(group.spots[0].name or ""):
                found, lines_of_found = group, lines
        return None if found is None else found.spots
