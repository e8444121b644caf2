"""Where a fact plays: the place that is being spoken of at a character, named there or not.

A sentence that names no place speaks of the one named before it in the paragraph, a quotation of its speaker's. What
opens a paragraph goes on from the paragraphs before, if the article goes from place to place; else it plays where the
article does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

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
    "从\n",
    "由\n",
)  # a line may break behind
_NATIVE = re.compile("籍|人(?:氏|(?=[，。、；）]))|居民|同胞|同乡|人士|青年|街坊")  # 江西婺源人，
# A neighbour or a partner is not where the story is: 与织金县毗邻, 与德清县建立协作.
_WITH = ("与", "同", "和", "跟")
_PARTNER_BEHIND = re.compile(
    r"[^，。；！？\n]{0,24}?(?:毗邻|相邻|接壤|相连|交界|相望|之隔|结对|协作|对接|签约|签订|签署|联合|联手|携手|合作|共建|建立[^，。；]{0,6}(?:联|关系|机制))"
)
_CLAUSE_END = re.compile("[，。；：！？\n]")
_SENTENCE_END = re.compile("[。！？；\n]")
_CLAUSE_STARTS = "，。；：！？、\n“"
# Behind a quotation stands its speaker, and who he is: ”据某市某局负责人说.
_SPEAKER = 20  # characters
_LONGEST_QUOTATION = 400
# Of an article about one place more than this share of the places named are it, a part of it or what it is part of.
_SHARE_OF_ONE = 0.4


def is_origin(text: str, start: int, end: int) -> bool:
    """Whether something or somebody comes from the place named from ``start`` to ``end``."""
    return text.endswith(_ORIGINS, 0, start) or _NATIVE.match(text, end) is not None


def is_partner(text: str, start: int, end: int) -> bool:
    """Whether the place named from ``start`` to ``end`` is but a neighbour or a partner of another."""
    return text.endswith(_WITH, 0, start) and _PARTNER_BEHIND.match(text, end) is not None


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
        self._anchors: list[tuple[str, str]] = []  # code and full name, by their starts
        self.wanders = False
        self.county_of: dict[int, str | None] = {}
        self.township_of: dict[int, str] = {}  # full name of the township a lower place lies in, by its start

    def settle(self, mentions: Sequence[PlaceMention]) -> None:
        """Take the final mentions, in order, as anchors."""
        for mention in mentions:
            if is_origin(self.text, mention.start_char, mention.end_char):
                continue
            code = mention.adcode or self.county_of.get(mention.start_char)
            if code is not None and not self._is_yardstick(mention.start_char, code):
                self._starts.append(mention.start_char)
                self._anchors.append((code, mention.place_name))
        main = self.main_city or self.main_county
        named = [code for code, _ in self._anchors if not code.endswith("0000")]
        ours = sum(
            1 for code in named if main and (self._known.is_within(code, main) or self._known.is_within(main, code))
        )
        self.wanders = ours < _SHARE_OF_ONE * len(named)

    def at(self, char: int) -> tuple[str | None, str | None]:
        """Code and name of the place spoken of at ``char``."""
        text, starts = self.text, self._starts
        index = bisect_right(starts, char) - 1
        paragraph = text.rfind("\n", 0, max(char, 0)) + 1
        is_named = index >= 0 and starts[index] >= paragraph
        if not is_named or self._is_sentence_between(starts[index], char):
            following = self._named_behind(char)
            if following is not None:
                return self._anchors[following]
        if is_named or (index >= 0 and self.wanders):
            return self._anchors[index]
        return self.default

    def _is_sentence_between(self, start: int, end: int) -> bool:
        return _SENTENCE_END.search(self.text, start, end) is not None

    def _named_behind(self, char: int) -> int | None:
        """The anchor that the clause of ``char`` names behind it, or the speaker of the quotation it stands in."""
        index = bisect_left(self._starts, char)
        if index == len(self._starts):
            return None
        text, start = self.text, self._starts[index]
        clause = _CLAUSE_END.search(text, char)
        if clause is None or start < clause.start():
            return index
        opened = text.rfind("“", max(char - _LONGEST_QUOTATION, 0), char + 1)
        closed = text.find("”", char, char + _LONGEST_QUOTATION)
        if opened < 0 or closed < 0 or text.rfind("”", opened, char) >= 0 or "\n" in text[opened:closed]:
            return None
        return index if closed < start <= closed + _SPEAKER and "\n" not in text[closed:start] else None

    def _is_yardstick(self, start: int, code: str) -> bool:
        """Whether a place is but held up to one of its parts: the 全省 of 某州作为全省重要的产区,有3处."""
        if not self._starts or self.text[start - 1 : start] in _CLAUSE_STARTS:
            return False
        last = self._anchors[-1][0]
        return (
            last != code
            and self._known.is_within(last, code)
            and not self._is_sentence_between(self._starts[-1], start)
        )
