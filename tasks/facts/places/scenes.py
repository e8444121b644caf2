"""Where a fact plays: the place that is being spoken of at a character, named there or not.

A sentence that names no place speaks of the one named before it in the paragraph, a quotation of its speaker's. What
opens a paragraph goes on from the heading above, or from the paragraphs before if the article goes from place to place;
else it plays where the article does: in its village where nearly all it names below the county lies there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tasks.facts.text.items import item_starts
from tasks.facts.text.needed import Head, Tail
from tasks.facts.text.once import once
from tasks.facts.text.paragraphs import paragraph_start
from tasks.lexicon.characters import SENTENCE_END, pattern_of
from tasks.lexicon.gazetteer import gazetteer
from tasks.records import PlaceMention

# A place something comes from is not where the story is: 从云南引进, 来自贵州的务工者.
_ORIGINS = (
    "从",
    "来自",
    "源自",
    "由",
    "出生于",
    "出生在",
    "毕业于",
    "老家在",
    "离",
    "距",
    "距离",
    "从\n",
    "由\n",
)  # a line may break behind
_LAST_OF_ORIGINS = frozenset(origin[-1] for origin in _ORIGINS)
_NATIVE = Head("籍|人(?:氏|(?=[，。、；）]))|居民|同胞|同乡|人士|青年|街坊")  # 江西婺源人，
# A neighbour or a partner is not where the story is: 与织金县毗邻, 与德清县建立协作.
_WITH = frozenset("与同和跟")
_PARTNER_BEHIND = re.compile(
    r"[^，。；！？\n]{0,24}?(?:毗邻|相邻|接壤|相连|交界|相望|之隔|结对|协作|对接|签约|签订|签署|联合|联手|携手|合作|共建|建立[^，。；]{0,6}(?:联|关系|机制))"
)
# What a place follows or is ahead of is not where the story is: 借鉴武汉市的做法, 在邻县尚未起步的时候.
_MODELS = ("借鉴", "参照", "参考", "仿照", "仿效", "效仿", "比照", "对照", "对标", "学习", "先于", "早于", "晚于")
_LAST_OF_MODELS = frozenset(model[-1] for model in _MODELS)
# Whose ways are taken over: 推广石桥镇“板凳会”经验, not 推广到石桥镇.
_TAKEN_OVER = Tail("(?:总结|推广|复制|吸收|汲取|吸取|提炼)(?:了|好)?$")
_EXPERIENCE = re.compile("[^，。；]{0,16}?(?:经验|做法|模式|探索)")
# Where others go to learn is not where the story is: 赴某市实地考察. A town of one's own county is inspected alike.
_SEEN_BY_OTHERS = Head(
    r"(?:实地|现场|专程|集中)?(?P<learns>学习|取经|观摩|参观学习|考察学习|对标)|(?:实地|现场|专程|集中)?(?:考察|参观|走访)(?=[，。、；]|了)"
)
_GOING, _COUNTY_OR_CITY = frozenset("赴到往去"), frozenset("市县区旗州")
_BEFORE_IT = Head(
    r"(?:尚未|还未|还没有?|没有|未)[^，。；！？\n]{1,10}?(?:的?时候?|之时|之际|之前|以前|前)(?=[，、]|就|便|率先|已)"
)
# Who comes to see is not where the story is: 邻县党政考察团一行23人来旗考察, 邻镇派人前来学习.
_VISITORS = re.compile(
    r"[^，。；！？\n]{0,8}?(?:(?:考察|代表|参观|学习|访问|观摩)[团组队][^，。；！？\n]{0,10}?(?:来[到我本县旗镇乡村区市考学参]|前来|到访|来访)"
    r"|派[人员出](?:[^，。；！？\n赴到往]{0,6}?(?:考察|学习|取经|观摩|参观)|[^，。；！？\n]{0,8}?前来))"
)
# What a place is measured by: 高于全市平均水平, 居全省第二, 全县首个.
_MEASURED_BEFORE = re.compile(r"(?:[高低优先多少]于|超过|高出|领先|[位名排]?列|位?居|占到?|[相比]?[较比])$")
_ENDS_OF_MEASURED = frozenset("于过出先列居占到较比\n")  # the last characters of what is measured, asked first
_MEASURED_BEHIND = Head(r"(?:的?平均|首[个家批创例]|第[[:one_to_ten:]\d]|前[列茅三五十]|唯一|率先|最[大多高早好])")
_CLAUSE_END = re.compile("[，。；：！？\n]")
_SENTENCE_END = pattern_of("[[:sentence_end:]；\n]")
_CLAUSE_STARTS = "，。；：！？、\n“"
_LINKS = frozenset(("、", "和", "与", "及", "以及", "，"))
# The bureau, school or firm of a county acts in its villages without moving the story to the county.
_BODY_BEHIND = pattern_of(
    r"(?!党委|政府|人民政府)[[:han:]]{1,14}?(?:局|委|院|中心|所|办|厅|社|会|部门|公司|银行|站|学校|中学|大学|学院|医院|法庭)"
    r"(?![[:han:]]{0,1}(?:议|员会))"
)
# Behind a quotation stands its speaker, and who he is: ”据某市某局负责人说.
_SPEAKER = 20  # characters
_LONGEST_QUOTATION = 400
_LONGEST_HEADING = 40  # characters; a line of that length without a full stop at its end is a heading
# Of an article about one place more than this share of the places named are it, a part of it or what it is part of.
_SHARE_OF_ONE = 0.4
# Of the places named below the county so many lie in the village or town in which the article plays.
_SHARE_OF_LOWEST = 0.6


def is_origin(text: str, start: int, end: int) -> bool:
    """Whether something or somebody comes from the place named from ``start`` to ``end``."""
    is_behind = text[start - 1 : start] in _LAST_OF_ORIGINS and text.endswith(_ORIGINS, 0, start)
    return is_behind or _NATIVE.match(text, end) is not None


def is_partner(text: str, start: int, end: int) -> bool:
    """Whether the place named from ``start`` to ``end`` is but a neighbour or a partner of another."""
    return text[start - 1 : start] in _WITH and _PARTNER_BEHIND.match(text, end) is not None


def is_taken_over(text: str, start: int, end: int) -> bool:
    """Whether others take over the ways of the place named from ``start`` to ``end``: 推广石桥镇“板凳会”经验."""
    before = _TAKEN_OVER.search_before(text, max(start - 3, 0), start)
    return before is not None and _EXPERIENCE.match(text, end) is not None


def is_model(text: str, start: int, end: int) -> bool:
    """Whether the place named from ``start`` to ``end`` is but followed or preceded by another."""
    last = text[start - 1 : start]
    if is_taken_over(text, start, end):
        return True
    is_behind = last in _LAST_OF_MODELS and text.endswith(_MODELS, 0, start)
    return is_behind or (last == "在" and _BEFORE_IT.match(text, end) is not None)


@lru_cache(maxsize=1 << 12)  # chains, scene and claims ask for the same places
def is_passing(text: str, start: int, end: int) -> bool:
    """Whether the place named from ``start`` to ``end`` is named for another's sake: as origin, partner, model,
    visitor or what others come to see."""
    return (
        is_origin(text, start, end)
        or is_partner(text, start, end)
        or is_model(text, start, end)
        or is_visitor(text, end)
        or is_visited(text, start, end)
    )


def is_visited(text: str, start: int, end: int) -> bool:
    """Whether others go to the county or city named from ``start`` to ``end`` to learn from it."""
    if text[start - 1 : start] not in _GOING or text[end - 1 : end] not in _COUNTY_OR_CITY:
        return False
    seen = _SEEN_BY_OTHERS.match(text, end)
    return seen is not None and (text[start - 1] == "赴" or seen["learns"] is not None)


def is_visitor(text: str, end: int) -> bool:
    """Whether those of the place that ends at ``end`` come to see another: 邻县考察团来乡里考察."""
    return _VISITORS.match(text, end) is not None


@dataclass(slots=True)
class _Anchor:
    """A place that is spoken of from ``start`` on: its code, or that of the county it lies in, and its full name."""

    start: int
    end: int
    code: str
    name: str
    level: str


class Scene:
    """The place spoken of at each character. ``main_county``, ``main_city``: where the article as a whole plays."""

    def __init__(self, text: str, main_county: str | None, main_city: str | None) -> None:
        self.text = text
        self.main_county = main_county
        self.main_city = main_city
        self._known = gazetteer()
        code = main_county or main_city
        self.default: tuple[str | None, str | None] = (code, self._known.full_name(code) if code else None)
        self._starts: list[int] = []
        self._anchors: list[_Anchor] = []
        self._listed: dict[int, tuple[str, str]] = {}  # behind the last place of a list: what holds all of them
        self._headings: list[int] = []  # the anchors that stand in headings
        self.wanders = False
        self.county_of: dict[int, str | None] = {}
        self.titled_township: str | None = None  # what the title names, where the text names no township
        self.township_of: dict[int, str] = {}  # full name of the township a lower place lies in, by its start

    def settle(self, mentions: Sequence[PlaceMention], title: str = "") -> None:
        """Take the final mentions, in order, as anchors."""
        text = self.text
        for mention in mentions:
            start, end = mention.start_char, mention.end_char
            code = mention.adcode or self.county_of.get(start)
            if code is None or is_passing(text, start, end):
                continue
            if not self._is_yardstick(start, end, code, mention.place_name):
                self._starts.append(start)
                self._anchors.append(_Anchor(start, end, code, mention.place_name, mention.level))
        main = self.main_city or self.main_county
        named = [anchor.code for anchor in self._anchors if not anchor.code.endswith("0000")]
        ours = sum(
            1 for code in named if main and (self._known.is_within(code, main) or self._known.is_within(main, code))
        )
        self.wanders = ours < _SHARE_OF_ONE * len(named)
        if self._anchors:
            self._lower_default(title)
            self._note_lists()
            self._note_headings()

    def at(self, char: int) -> tuple[str | None, str | None]:
        """Code and name of the place spoken of at ``char``."""
        text, starts = self.text, self._starts
        index = bisect_right(starts, char) - 1
        paragraph = paragraph_start(text, max(char, 0))
        is_named = index >= 0 and starts[index] >= paragraph
        if not is_named or self._is_sentence_between(starts[index], char):
            following = self._named_behind(char)
        else:
            following = self._speaker_behind(char, starts[index])
        if following is not None:
            return self._place(following)
        while is_named and (self._is_past(index, char) or self._is_of_other_item(starts[index], char, paragraph)):
            index -= 1
            is_named = index >= 0 and starts[index] >= paragraph
        if is_named:
            listed = self._listed.get(index)
            return listed if listed is not None and char >= self._anchors[index].end else self._place(index)
        return self._unnamed(bisect_right(starts, char) - 1, paragraph)

    def _is_past(self, index: int, char: int) -> bool:
        """Whether the place named last is one that an article about another place has only touched, in an earlier
        sentence."""
        anchor, (code, _) = self._anchors[index], self.default
        if self.wanders or code is None or not self._is_sentence_between(anchor.start, char):
            return False
        return not (self._known.is_within(anchor.code, code) or self._known.is_within(code, anchor.code))

    def _is_of_other_item(self, start: int, char: int, paragraph: int) -> bool:
        """Whether the place at ``start`` is named in another item of the list that ``char`` is in: 一是石桥镇…。二是…."""
        items = self._items
        own = bisect_right(items, char) - 1
        if own < 0 or items[own] <= paragraph or start >= items[own]:
            return False
        return start >= items[bisect_left(items, paragraph)]

    @once
    def _items(self) -> list[int]:
        """Where the items of lists inside a paragraph begin (一是, 其二)."""
        return item_starts(self.text)

    def _unnamed(self, index: int, paragraph: int) -> tuple[str | None, str | None]:
        """The place of a paragraph that names none before the character; ``index`` is the last anchor before it."""
        text = self.text
        # 丁晓飞：某县某村网格员, and paragraphs later: 丁晓飞探索 …: he is where the list put him.
        subject = text[paragraph : paragraph + 3]
        line = text.find("\n" + subject, 0, paragraph) + 1 if len(subject) == 3 else 0
        if line:
            end = text.find("\n", line)
            first = bisect_left(self._starts, line)
            is_entry = end - line <= _LONGEST_HEADING and "：" in text[line + 2 : line + 12]
            if is_entry and first < len(self._starts) and self._starts[first] < end:
                return self._place(first)
        above = bisect_right(self._headings, index) - 1
        if above >= 0:
            heading = self._headings[above]
            is_lower = self._anchors[index].name.startswith(self._anchors[heading].name)
            return self._place(index if self.wanders and is_lower else heading)
        return self._place(index) if index >= 0 and self.wanders else self.default

    def _place(self, index: int) -> tuple[str, str]:
        anchor = self._anchors[index]
        return anchor.code, anchor.name

    def _lower_default(self, title: str) -> None:
        """Take the town or village the article plays in for its default, where one holds nearly all of the lower
        places."""
        code, name = self.default
        if code is None or name is None or self.wanders:
            return
        lower = [
            anchor
            for anchor in self._anchors
            if anchor.name != name
            and (anchor.name.startswith(name) or (anchor.level == "other" and self._known.is_within(anchor.code, code)))
        ]
        above = Counter(anchor.name for anchor in self._anchors)
        while lower:
            tops = Counter(self._below(anchor, name) for anchor in lower)
            top, count = max(tops.items(), key=lambda pair: pair[1])
            own = top.removeprefix(name).removesuffix("街道").rstrip("镇乡村")[:4]
            in_title = len(own) > 1 and own in title
            if not in_title and (count < 2 or count < _SHARE_OF_LOWEST * len(lower) or above[name] > 2 * count):
                return
            first = next(anchor for anchor in lower if anchor.name.startswith(top))
            if not in_title and self.text.count("\n", 0, first.start) > 3:
                return  # an example an article comes to later
            self.default, name = (first.code, top), top
            lower = [anchor for anchor in lower if anchor.name != top and anchor.name.startswith(top)]

    def _below(self, anchor: _Anchor, name: str) -> str:
        """The division right below ``name`` that holds ``anchor``: its township, or itself."""
        township = self.township_of.get(anchor.start)
        if township is not None and township != name and township.startswith(name):
            return township
        return anchor.name

    def _note_lists(self) -> None:
        """For the last of several places in a row, what holds them all: what is said behind is said of all of them."""
        first = 0
        for index in range(1, len(self._anchors) + 1):
            before = self._anchors[index - 1]
            if index < len(self._anchors):
                between = self.text[before.end : self._anchors[index].start]
                if between in _LINKS and not self._anchors[index].name.startswith(before.name):
                    continue
            if index - first > 1:
                whole = self._holding(self._anchors[first:index])
                if whole is not None:
                    self._listed[index - 1] = whole
            first = index

    def _holding(self, anchors: Sequence[_Anchor]) -> tuple[str, str] | None:
        """The lowest division that holds every place of ``anchors``."""
        code = anchors[-1].code
        for upper in (code, *reversed(self._known.by_code[code].ancestors)):
            name = self._known.full_name(upper)
            if all(self._known.is_within(anchor.code, upper) and anchor.name != name for anchor in anchors):
                return upper, name
        return None

    def _note_headings(self) -> None:
        text = self.text
        for index, anchor in enumerate(self._anchors):
            first = paragraph_start(text, anchor.start)
            last = text.find("\n", anchor.end, first + _LONGEST_HEADING + 1)
            if not 0 <= last - first <= _LONGEST_HEADING or text[last - 1] in "。！？；：，":
                continue
            is_speech = text[last - 1] == "”" and text[last - 2] in SENTENCE_END
            if not is_speech and (not self._headings or self._starts[self._headings[-1]] < first):
                self._headings.append(index)

    def _is_sentence_between(self, start: int, end: int) -> bool:
        ends = self._sentence_ends
        index = bisect_left(ends, start)
        return index < len(ends) and ends[index] < end

    @once
    def _sentence_ends(self) -> list[int]:
        return [mark.start() for mark in _SENTENCE_END.finditer(self.text)]

    def _named_behind(self, char: int) -> int | None:
        """The anchor that the clause of ``char`` names behind it, or the speaker of the quotation it stands in."""
        index = bisect_left(self._starts, char)
        if index == len(self._starts):
            return None
        text, start = self.text, self._starts[index]
        clause = _CLAUSE_END.search(text, char)
        if clause is None or start < clause.start():
            return index
        return self._speaker_behind(char, -1)

    def _speaker_behind(self, char: int, before: int) -> int | None:
        """The anchor right behind the quotation that ``char`` stands in: where its speaker is from.

        ``before``: where the place before it is named, whose people do not speak where nothing announces speech.
        """
        text = self.text
        opened = text.rfind("“", max(char - _LONGEST_QUOTATION, before + 1), char + 1)
        if opened < 0 or (before >= 0 and text[opened - 1 : opened] in "：:，,"):
            return None
        closed = text.find("”", char, char + _LONGEST_QUOTATION)
        if closed < 0 or text.rfind("”", opened, char) >= 0 or "\n" in text[opened:closed]:
            return None
        if before >= 0 and text[closed - 1] not in SENTENCE_END:
            return None  # a name in quotation marks
        index = bisect_left(self._starts, closed)
        if index == len(self._starts):
            return None
        start = self._starts[index]
        return index if start <= closed + _SPEAKER and "\n" not in text[closed:start] else None

    def _is_yardstick(self, start: int, end: int, code: str, name: str) -> bool:
        """Whether a place is but held up to one of its parts, or acts in it through a body of its own.

        The 全省 of 某州作为全省重要的产区,有3处; of 高于全省平均; the county of 某县民政局 in a story about a village.
        """
        text = self.text
        is_measured = text[start - 1 : start] in _ENDS_OF_MEASURED and _MEASURED_BEFORE.search(
            text, max(start - 3, 0), start
        )
        if is_measured or _MEASURED_BEHIND.match(text, end):
            return True
        if not self._anchors:
            return False
        last = self._anchors[-1]
        if last.name == name or not last.name.startswith(name):
            return False
        if _BODY_BEHIND.match(text, end) is not None:
            return True
        return text[start - 1 : start] not in _CLAUSE_STARTS and not self._is_sentence_between(last.start, start)
