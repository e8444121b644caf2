"""Every stated quantity of an article: value, range, unit, whether it is approximate, and what it is a figure of.

Numbers are found first, then the unit behind each, then what joins two of them (30至35岁, 6.8和5.5个百分点, 两年零三个月).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol

from tasks.facts.figures.acceptance import LAST_OF_APPROXIMATORS, Candidate, approximator_before, is_quantity
from tasks.facts.figures.bare_numbers import unit_of_bare_number
from tasks.facts.figures.bounds import bound_of
from tasks.facts.figures.exclusions import blocked_mask
from tasks.facts.figures.leads import goes_on_from
from tasks.facts.figures.shared_subjects import with_subjects_of_neighbours
from tasks.facts.figures.subjects import subject_of
from tasks.facts.figures.tables import Cell, read_cells
from tasks.facts.figures.tokens import Token, read_tokens, shared_chinese_scale, text_at
from tasks.facts.figures.years import year_of
from tasks.facts.text.needed import Head
from tasks.facts.text.reading import Reading
from tasks.facts.text.traces import is_traced, note
from tasks.lexicon.characters import pattern_of
from tasks.records import DateMention, Figure, PlaceMention


class PlaceLookup(Protocol):
    """Whatever knows the places named in the text, in order, and the one that holds at a character of it."""

    @property
    def mentions(self) -> Sequence[PlaceMention]: ...

    def at(self, start_char: int) -> tuple[str | None, str | None]: ...


_RANGE_MARK = re.compile(r"\s?(?:至(?![少今多])|到|[-—–~]{1,2})\s?")
_LONGEST_MARK = 4  # characters between two numbers that belong together: a mark of two with a space on either side
_CHANGE_MARKS = ("至", "到")  # 从5个到8个 may be a change, 由10—15分钟缩短 begins with a range
_LIST_MARK = pattern_of(r"[[:list_mark:]]")
_LONGEST_CLAUSE = 200  # characters on either side of a number; a clause of more is a table or lacks its marks
_LONGEST_LIST = 12  # numbers that share one unit; more are a table
_OUT_OF = re.compile(r"(?:从|由|自)(?:原来的?|最初的?|以前的?|过去的?)?$")
_MORE_BEHIND = re.compile(
    r"(?:多(?![元样次个家名种])|余|有余(?![额地]))?(?:左右|上下(?!功|级|游|楼|车|班|联)|出头|开外|许(?=[，。的、])|光景)?"
)
_SHARE_BEHIND = re.compile(r"(?:多|左右|上下)?(?:以上|以下|之多|多)?")
_RATE = Head(r"(?:/|每(?=平方米|㎡|亩|吨|斤|公斤|度|立方米|平米))([[:han:]㎡²³A-Za-z]{1,3}(?:[·/][[:han:]]{1,2})?)")
_RATE_UNITS = re.compile(
    r"千瓦时|千瓦|平方米|平米|平方公里|㎡|m²|m2|立方米|立方|公顷|公斤|千克|小时|分钟|人次|[人户月年天日次亩吨斤度米克升台车辆家村个座间位名秒只头]"
)
_UNIT_TOTALS = {  # smaller unit → how many make one of the larger
    ("年", "个月"): 12, ("小时", "分钟"): 60, ("小时", "分"): 60, ("分钟", "秒"): 60,
    ("分", "秒"): 60, ("亩", "分"): 10, ("分", "厘"): 10, ("丈", "尺"): 10, ("尺", "寸"): 10,
}  # fmt: skip


_THESE = frozenset("这那该")


def read_figures(reading: Reading, places: PlaceLookup, dates: Sequence[DateMention]) -> tuple[Figure, ...]:
    """Every stated quantity in order; money in 元, percents in %, 万 and 亿 expanded; ``surface`` ends with the unit.

    ``year`` is the year the figure speaks of where a date says so, ``adcode`` and ``place_name`` what ``places`` holds
    at its first character.

    >>> class Nowhere:
    ...     mentions = ()
    ...     def at(self, start_char: int) -> tuple[str | None, str | None]:
    ...         return None, None
    >>> found = read_figures(Reading("全乡三百二十余户，户均增收1.2万元，九成以上参加。"), Nowhere(), ())
    >>> [(figure.surface, figure.value, figure.unit, figure.approximate) for figure in found]
    [('三百二十余户', 320.0, '户', True), ('1.2万元', 12000.0, '元', False), ('九成以上', 90.0, '%', True)]
    """
    return tuple(_Scan(reading, places, dates).figures())


class _Scan:
    def __init__(self, reading: Reading, places: PlaceLookup, dates: Sequence[DateMention]) -> None:
        self.reading = reading
        self.places = places
        self.place_spans = [(mention.start_char, mention.end_char) for mention in places.mentions]
        self.dates = dates
        self.date_starts = [mention.start_char for mention in dates]
        self.text = reading.folded
        mask = blocked_mask(reading, self.text)
        for start, end in self.place_spans:  # 四门洞村 has no four gates
            mask[start:end] = b"\1" * (end - start)
        self.cells = read_cells(self.text, self._names_place, mask)
        self.tokens = read_tokens(self.text, mask)

    def _names_place(self, start: int, end: int) -> bool:
        index = bisect_left(self.place_spans, (start, 0))
        return index < len(self.place_spans) and self.place_spans[index][1] <= end

    def figures(self) -> list[Figure]:
        found = self._stated()
        if self.cells:
            found += [self._of_cell(cell) for cell in self.cells]
            found.sort(key=lambda figure: figure.start_char)
        return found

    def _of_cell(self, cell: Cell) -> Figure:
        note("figures", cell.start, cell.end, "a cell of a table, with the unit of its column or row")
        adcode, place_name = self.places.at(cell.place_at)
        return Figure(
            start_char=cell.start,
            end_char=cell.end,
            surface=self.reading.text[cell.start : cell.end],
            value=round(cell.value, 6),
            value_max=None,
            approximate=False,
            unit=cell.unit,
            subject=cell.subject,
            adcode=adcode,
            year=cell.year or year_of(self.reading, self.dates, self.date_starts, cell.start),
            place_name=place_name,
        )

    def _stated(self) -> list[Figure]:
        found: list[Figure] = []
        index = 0
        while index < len(self.tokens):
            taken, figures = self._read_group(index)
            found += [self._with_earlier_subject(figure, found) if found else figure for figure in figures]
            index += taken
        return with_subjects_of_neighbours(self.reading, found)

    def _with_earlier_subject(self, figure: Figure, found: list[Figure]) -> Figure:
        """从31%升到了92.7%: both are figures of one thing; 这57个网格: the 57 that were named before, not all 网格."""
        text, earlier = self.text, found[-1]
        if figure.unit == "元" and earlier.unit == "块" and figure.surface.endswith("块"):
            between = text[earlier.end_char : figure.start_char]
            if len(between) <= 8 and goes_on_from(text, figure.start_char):
                figure = figure._replace(unit="块")  # 从23块减到4块
        if text[figure.start_char - 1 : figure.start_char] in _THESE:
            for told in found[:-101:-1]:  # nobody points to what a hundred figures stand behind
                if told.value == figure.value and told.unit == figure.unit:
                    return figure._replace(subject=told.subject)
        if figure.subject is not None or earlier.unit != figure.unit or figure.start_char - earlier.end_char > 16:
            return figure
        return figure._replace(subject=earlier.subject) if goes_on_from(text, figure.start_char) else figure

    def _next_behind(self, index: int, position: int) -> Token | None:
        if index + 1 < len(self.tokens) and self.tokens[index + 1].start == position:
            return self.tokens[index + 1]
        return None

    def _read_group(self, index: int) -> tuple[int, list[Figure]]:
        """How many tokens belong together at ``index``, and the figures they state."""
        token = self.tokens[index]
        if index + 1 >= len(self.tokens) or self.tokens[index + 1].start - token.unit_end > _LONGEST_MARK:
            alone = self._figure(token, token.numeral.value, token.numeral.value_max, token)
            return 1, [alone] if alone else []
        mark = _RANGE_MARK.match(self.text, token.unit_end)
        if mark is not None:
            other = self._next_behind(index, mark.end())
            if other is not None:
                joined = self._range(token, other, mark[0].strip() in _CHANGE_MARKS)
                if joined is not None:
                    return 2, joined
        if token.unit is None and not token.kind:
            shared = self._shared_unit(index)
            if shared is not None:
                return shared
        if self._says_few(token, self.tokens[index + 1]):
            return 2, []
        combined = self._combined(index)
        if combined is not None:
            return 2 + (self.tokens[index + 1].surface == "零"), combined
        figure = self._figure(token, token.numeral.value, token.numeral.value_max, token)
        return 1, [figure] if figure else []

    @staticmethod
    def _says_few(token: Token, other: Token) -> bool:
        """十块八块, 三个两个: some few, the smaller number last."""
        are_words = not token.numeral.is_arabic and not other.numeral.is_arabic
        return (
            are_words
            and other.start == token.unit_end
            and bool(token.unit_name)
            and token.unit_name == other.unit_name
            and other.numeral.value < token.numeral.value
        )

    def _range(self, low: Token, high: Token, may_be_change: bool) -> list[Figure] | None:
        if not high.unit_name and not low.unit_name and high.numeral.scale == 1:
            return None
        if low.unit_name and low.unit_name != high.unit_name:
            return None
        if low.numeral.value_max is not None or high.numeral.value_max is not None:
            return None
        value = low.numeral.value
        if not low.unit_name and low.numeral.scale == 1 and high.numeral.scale > 1 and value <= high.numeral.mantissa:
            value *= high.numeral.scale  # 3至5万元 begins at 30,000
        if not low.unit_name and not low.numeral.is_arabic and not high.numeral.is_arabic:
            value = shared_chinese_scale(low, high, value)
        if value >= high.numeral.value:
            return None
        before = self.text[max(low.start - 6, 0) : low.start]
        if (
            may_be_change
            and low.unit_name
            and _OUT_OF.search(before)
            and not self.text.startswith("不等", high.unit_end)
        ):
            return None  # 从5个到8个 is a change: two figures
        figure = self._figure(low, value, high.numeral.value, high)
        if figure is not None:
            note(
                "figures",
                figure.start_char,
                figure.end_char,
                f"a range, {low.surface} to {high.surface}{high.unit_name}",
            )
        return [figure] if figure else []

    def _shared_unit(self, index: int) -> tuple[int, list[Figure]] | None:
        """6.8和5.5个百分点, 3、5、8公里: every number before the last borrows its unit."""
        chain = [self.tokens[index]]
        while True:
            last = chain[-1]
            if last.unit_name:
                break
            mark = _LIST_MARK.match(self.text, last.end)
            other = self._next_behind(index + len(chain) - 1, mark.end()) if mark else None
            if other is None or len(chain) >= _LONGEST_LIST:
                return None
            chain.append(other)
        last = chain[-1]
        if len(chain) < 2 or any(not token.numeral.is_arabic and len(token.surface) < 2 for token in chain):
            return None
        closing = self._figure(last, last.numeral.value, last.numeral.value_max, last)
        if closing is None:
            return None
        figures = []
        for token in chain[:-1]:
            value = token.numeral.value
            if token.numeral.scale == 1 and last.numeral.scale > 1 and token.numeral.is_arabic:
                value *= last.numeral.scale
            note("figures", token.start, token.end, f"a number of a list, with the unit of its last, {last.unit_name}")
            figures.append(
                self._make(token.start, token.end, value, None, token.numeral.approximate, closing.unit, last.unit_end)
            )
        return len(chain), [*figures, closing]

    def _combined(self, index: int) -> list[Figure] | None:
        """两年零三个月, 1小时20分钟, 3块5: one figure in the larger unit."""
        token = self.tokens[index]
        if token.unit is None:
            return None
        other = self._next_behind(index, token.unit_end)
        if other is not None and other.surface == "零":
            other = self._next_behind(index + 1, token.unit_end + 1)  # 4年零2个月
        if other is None or other.numeral.value_max is not None or token.numeral.value_max is not None:
            return None
        value = token.numeral.value
        takes_tenths = token.unit_name in ("元", "块", "米") and token.kind in ("money", "block", "hard")
        is_tenth = not other.unit_name and len(other.surface) == 1 and not token.numeral.is_bare_scale
        if is_tenth and text_at(self.text, other.end).isascii() and text_at(self.text, other.end).isalnum():
            return None  # 千元5G手机
        if takes_tenths and is_tenth:
            value += other.numeral.value / 10  # 3块5, 1米8
        elif token.unit_name in ("米", "秒") and not other.unit_name and _HUNDREDTHS.fullmatch(other.surface):
            value += other.numeral.value / 100  # 1米75, 9秒83
        elif token.kind == "tenths" and is_tenth:
            value = value * 10 + other.numeral.value  # 九成五
        elif token.unit_name in ("元", "块") and other.kind == "coin":
            value += other.numeral.value * (other.unit.factor if other.unit else 0.1)
        else:
            total = _UNIT_TOTALS.get((token.unit_name, other.unit_name))
            if total is None:
                return None
            value += other.numeral.value / total
        name = "元" if token.unit_name == "块" else token.unit_name
        before = approximator_before(self.text, token.start, token.surface, token.kind)
        end = self._about_behind(token.start, other.unit_end, token.kind)
        approximate = before.is_approximate or other.numeral.approximate or end > other.unit_end
        note("figures", before.start, end, f"two numbers in one, the second in parts of {token.unit_name}")
        return [self._make(before.start, end, value, None, approximate, name, end)]

    def _about_behind(self, start: int, end: int, kind: str) -> int:
        """Where the words end that make the figure ``start:end`` an approximate one (左右, 以上); ``end`` without them."""
        text = self.text
        if text[end : end + 1] not in _FIRST_BEHIND:
            return end  # as behind nearly all of them
        if kind in ("share", "tenths"):
            is_limit = text[end : end + 1] == "以" and self._is_demanded(start)
            behind = None if is_limit else _SHARE_BEHIND.match(text, end)
        else:
            behind = _MORE_BEHIND.match(text, end) if kind in _TAKES_MORE else _ABOUT_BEHIND.match(text, end)
        if behind is not None and behind.end() > end:
            return behind.end()
        was_reached = text[end : end + 1] == "以" and kind in _REACHES and self._was_reached(start, end)
        return end + len("以上") if was_reached else end

    def _figure(self, first: Token, value: float, value_max: float | None, last: Token) -> Figure | None:
        """The figure that begins at ``first`` and takes its unit from ``last``; None where it states no quantity."""
        text = self.text
        start, is_about = first.start, False
        if text[start - 1 : start] in LAST_OF_APPROXIMATORS:
            start, is_about = approximator_before(text, start, first.surface, last.kind)
        if last.kind in ("share", "tenths"):
            if is_about and self._is_demanded(start):
                start, is_about = first.start, False  # 须经过半数同意: a threshold
            is_about = is_about or _NEARLY.search(text, start - 14, start) is not None
        end = last.unit_end
        name, factor = last.unit_name, 1.0
        candidate = Candidate(
            text, first.start, first.surface, first.numeral, last.unit, last.kind, name, end, is_about
        )
        if not name:
            bare = unit_of_bare_number(candidate)
            if bare is None:
                return None
            name = bare
        elif not is_quantity(candidate):
            return None
        approximate = is_about or first.numeral.approximate or last.numeral.approximate
        if last.unit is not None:
            factor = last.unit.factor
            if last.kind == "block":
                name = candidate.block_name()
            if last.kind == "half":
                value += 0.5
            elif (last.kind in ("time", "hard", "tenths") or name == "倍") and _AND_A_HALF.match(text, end):
                value, end = value + 0.5, end + 1
            approximate = approximate or "多" in last.unit.surface
        if factor != 1.0:
            value *= factor
            value_max = None if value_max is None else value_max * factor
        rate = _RATE.match(text, end)
        if rate is not None and (inner := _RATE_UNITS.match(rate[1])) is not None:
            tail = rate[1] if ("·" in rate[1] or "/" in rate[1]) else inner[0]
            name = f"{name}/{tail.replace('㎡', '平方米').replace('m²', '平方米').replace('平米', '平方米')}"
            end = rate.start(1) + len(tail)
        about = self._about_behind(start, end, last.kind)
        if about > end:
            end, approximate = about, True
        if is_traced():
            unnamed = f"a number without a unit, of {name}" if name else "a number without a unit"
            named = f"a number with the unit {last.unit_name} ({last.kind or 'count'})"
            note("figures", start, end, named if last.unit_name else unnamed)
        return self._make(start, end, value, value_max, approximate, name, end)

    def _is_demanded(self, start: int) -> bool:
        """Whether a rule asks for the share: what 以上 stands behind or 过 before is a threshold, no description."""
        sentence = self.reading.sentence_at(start)
        before = self.text[max(sentence.start_char, start - _LONGEST_CLAUSE) : start].rpartition("，")[2]
        behind = self.text[start : min(sentence.end_char, start + _LONGEST_CLAUSE)].partition("，")[0]
        return _DEMAND.search(before + behind) is not None

    def _was_reached(self, start: int, end: int) -> bool:
        """Whether what stands before 以上 was reached rather than asked for."""
        return (
            _REACHED_BEHIND.match(self.text, end) is not None
            and _REACHED_BEFORE.search(self.text, start - 16, start) is not None
            and not self._is_demanded(start)
        )

    def _make(
        self, start: int, end: int, value: float, value_max: float | None, approximate: bool, unit: str, subject_at: int
    ) -> Figure:
        adcode, place_name = self.places.at(start)
        return Figure(
            start_char=start,
            end_char=end,
            surface=self.reading.text[start:end],
            value=round(value, 6),
            value_max=None if value_max is None else round(value_max, 6),
            approximate=approximate or False,
            unit=unit,
            subject=subject_of(self.reading, start, subject_at, self.place_spans, unit),
            adcode=adcode,
            year=year_of(self.reading, self.dates, self.date_starts, start),
            place_name=place_name,
            bound=bound_of(self.text, start, end, unit),
        )


_HUNDREDTHS = re.compile(r"\d\d")
_AND_A_HALF = re.compile(r"半(?![年月天个小夜路山空数截成决])")  # 两年半, 三斤半


_DEMAND = pattern_of(
    r"应当|力争|争取|确保|必须|须[经由有]|要经|要有|经[本全][[:han:]]|不得|方可|不少于|不低于|才[能可算]"
)
_NEARLY = re.compile(r"(?:[接将]近|超过|不足|约占|占到?近)[^，。；、\d]{1,8}的$")  # 接近总人口的四成
# 户均增收4000元以上: what was reached; of what is asked for (30亩以上的农户) the limit stands outside.
_REACHED_BEHIND = re.compile(r"以上(?=[，。；！”]|$)")
_REACHED_BEFORE = re.compile(
    r"(?:[了已超]|增[收加长]|实现|完成|节[约省]|减少|降低|提高|带动|服务|覆盖|投入)[^，。；]{0,10}$"
)
_REACHES = frozenset(("money", "hard", "count"))
_FIRST_BEHIND = frozenset("多余有左上出开许光以下之")  # what the patterns of more or less begin with
_TAKES_MORE = frozenset(("time", "hard", "money", "block", "coin"))
_ABOUT_BEHIND = re.compile(r"(?:左右|上下(?!功|级|游|楼|车|班|联)|出头|开外)?")
