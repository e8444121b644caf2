"""Cells of tables: numbers without a unit, which the head of their column, their row or the table's caption gives.

A page's data tables stand in its text row by row, the cells parted by ``｜``; a dump parts them by a space. What is
counted is what the head says, with the label of the row where that names no place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tasks.facts.text.sought import Sought
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.numerals import read_numeral
from tasks.lexicon.units import unit_at

_MARK = "｜"
# A row of a dump: a label and at least two bare numbers; fewer would be a sentence that has lost its marks.
_DUMPED_ROW = pattern_of(r"(?:^|(?<=\n))[[:han:]（）()A-Za-z]{1,12}(?: -?\d[\d,.]*%?){2,}(?=\n|$)")
# Without it no such row is looked for: the scan leaps from blank to blank, and most articles have no two numbers so.
_TWO_NUMBERS = Sought(r" -?\d[\d,.]*%? -?\d")
_LEAST_ROWS = 2  # a head and one row; a dump needs one more, for nothing but their likeness tells rows there
_BARE_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")
_UNIT_IN_BRACKETS = re.compile(r"[（(](?:单位[：:])?([^（）()｜]{1,8})[）)]\s*$")
_CAPTION = pattern_of(r"单位[：:]\s*([[:han:]%‰/、]{1,8})")
_CAPTION_REACH = 60  # characters above the head
_NO_QUANTITY = re.compile(r"序号|编号|排[名位序]|名次|电话|手机|代码|邮编|年份|日期|号码|门牌|^NO|备注")
_COUNT_OF = re.compile(r"([户人件个家名次项处])数(?:量)?$")
_YEAR = re.compile(r"((?:19|20)\d\d)年?度?$")
_TOTAL = re.compile(r"合\s?计|总\s?计|小\s?计|总数|全[省市县区镇乡]|平均")


@dataclass(frozen=True, slots=True)
class Cell:
    """A bare number at ``start:end``; ``place_at`` is where the place it belongs to is named, the row or the column."""

    start: int
    end: int
    value: float
    unit: str
    subject: str | None
    year: int | None
    place_at: int


@dataclass(frozen=True, slots=True)
class _Field:
    start: int
    end: int
    text: str


def read_cells(text: str, is_place: Callable[[int, int], bool], mask: bytearray | None = None) -> list[Cell]:
    """The bare numbers of all tables in ``text``; heads and cells are set in ``mask``, so that nobody reads them again.

    ``is_place`` tells whether a place is named in a span.

    >>> table = "村｜户数｜补助（万元）\\n柳溪村｜120｜3.5\\n合计｜120｜3.5"
    >>> [(cell.value, cell.unit, cell.subject) for cell in read_cells(table, lambda start, end: start == 12)][:2]
    [(120.0, '户', '户数'), (35000.0, '元', '补助')]
    """
    found: list[Cell] = []
    for rows in _tables(text):
        head, *body = rows
        if any(_BARE_NUMBER.fullmatch(field.text) and not _YEAR.match(field.text) for field in head):
            continue
        caption = None
        for match in _CAPTION.finditer(text, head[0].start - _CAPTION_REACH, head[0].start):
            caption = match[1]
            if mask is not None:
                _set(mask, match.start(), match.end())
        if mask is not None:
            _set(mask, head[0].start, head[-1].end)
        label = 1 if _NO_QUANTITY.search(head[0].text) and len(head) > 2 else 0  # a number of its own leads the row
        for row in body:
            for index, field in enumerate(row):
                if index <= label or len(row) != len(head) or not _BARE_NUMBER.fullmatch(field.text):
                    continue
                if mask is not None:
                    _set(mask, field.start, field.end)
                cell = _cell(row[label], head[index], field, caption, is_place)
                if cell is not None:
                    found.append(cell)
    return found


def _set(mask: bytearray, start: int, end: int) -> None:
    mask[start:end] = b"\1" * (end - start)


def _tables(text: str) -> Iterator[list[list[_Field]]]:
    """Runs of rows with as many fields, the head first."""
    if _MARK in text:
        yield from _runs(text, _MARK)
    elif _TWO_NUMBERS.search(text) is not None and _DUMPED_ROW.search(text) is not None:
        yield from (run for run in _runs(text, " ") if len(run) > _LEAST_ROWS)


def _runs(text: str, mark: str) -> Iterator[list[list[_Field]]]:
    run: list[list[_Field]] = []
    start = 0
    for line in [*text.split("\n"), ""]:
        fields = _fields(line, start, mark)
        start += len(line) + 1
        is_row = len(fields) > 1 and (mark == _MARK or not run or _DUMPED_ROW.fullmatch(line) is not None)
        if is_row and (not run or mark == _MARK or len(run[0]) == len(fields)):
            run.append(fields)
            continue
        if len(run) >= _LEAST_ROWS:
            yield run
        run = [fields] if mark == " " and len(fields) > 2 else []


def _fields(line: str, start: int, mark: str) -> list[_Field]:
    fields = []
    at = start
    for part in line.split(mark):
        bare = part.strip()
        first = at + part.find(bare) if bare else at
        fields.append(_Field(first, first + len(bare), bare))
        at += len(part) + 1
    return fields


def _cell(
    label: _Field, head: _Field, field: _Field, caption: str | None, is_place: Callable[[int, int], bool]
) -> Cell | None:
    if _NO_QUANTITY.search(head.text) or _NO_QUANTITY.search(label.text):
        return None
    percent = field.text.endswith("%")
    numeral = read_numeral(field.text.lstrip("-").rstrip("%"))
    if numeral is None:
        return None
    name, factor = ("%", 1.0) if percent else _unit_of(head.text, label.text, caption)
    value = numeral.value * factor * (-1 if field.text[0] == "-" else 1)
    year = _YEAR.match(head.text)
    column, row = (_plain(part.text) for part in (head, label))
    row_is_place = is_place(label.start, label.end) or _TOTAL.search(label.text) is not None
    column_is_place = is_place(head.start, head.end) or year is not None
    parts = ([] if row_is_place or row.isdigit() else [row]) + ([] if column_is_place else [column])
    subject = "".join(parts) or None
    at = head.start if is_place(head.start, head.end) and not is_place(label.start, label.end) else field.start
    return Cell(field.start, field.end, value, name, subject, int(year[1]) if year else None, at)


def _unit_of(head: str, label: str, caption: str | None) -> tuple[str, float]:
    """Name and factor of the unit that the head, the row's label or the caption gives; an empty name where none
    does."""
    for source in (head, label):
        bracketed = _UNIT_IN_BRACKETS.search(source)
        if bracketed is not None and (known := _known_unit(bracketed[1])) is not None:
            return known
    counted = _COUNT_OF.search(_plain(head)) or _COUNT_OF.search(_plain(label))
    if counted is not None:
        return counted[1], 1.0
    if caption is not None and (known := _known_unit(caption)) is not None:
        return known
    return "", 1.0


def _known_unit(surface: str) -> tuple[str, float] | None:
    scale = re.match(r"[十百千]?[万亿]|[百千](?![米克瓦])", surface)
    factor = 1.0
    if scale is not None:
        factor = {"万": 1e4, "亿": 1e8, "百": 1e2, "千": 1e3, "十万": 1e5, "百万": 1e6, "千万": 1e7}.get(scale[0], 1.0)
        surface = surface[scale.end() :]
    unit = unit_at(surface, 0, True) if surface else None
    if unit is None:
        return ("", factor) if scale is not None else None
    rate = surface[len(unit.surface) :]
    return unit.name + (rate if rate.startswith("/") else ""), factor * unit.factor


def _plain(text: str) -> str:
    """A head or a label without what stands in brackets."""
    return re.sub(r"[（(][^（）()]*[）)]|[：:\s]", "", text)
