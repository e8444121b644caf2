"""Tables that hold data, told from those that only lay out a page: many rows of like make, short cells, hardly a link."""

from __future__ import annotations

from collections import defaultdict

from tasks.pages.lines import han_count
from tasks.pages.markup import Hiding, Markup

LEAST_ROWS = 3
LONGEST_CELL = 60  # characters on average; cells of a layout hold whole paragraphs
MOST_COLUMNS = 15
CELL_MARK = "｜"  # between the cells of a row in the text: a space would glue Chinese words together


def rows_of_tables(markup: Markup) -> dict[int, int]:
    """The row element of each leaf that is a cell of a data table; worked out once for a page."""
    if markup.rows is None:
        markup.rows = _rows_of_tables(markup)
    return markup.rows


def _rows_of_tables(markup: Markup) -> dict[int, int]:
    elements, leaves = markup.elements, markup.leaves
    rows: dict[int, list[int]] = defaultdict(list)  # leaves of each row
    tables: dict[int, list[int]] = defaultdict(list)  # rows of each table
    nested: set[int] = set()
    for index, element in enumerate(elements):
        if element.tag == "table":
            above = _ancestor(markup, element.parent, "table")
            if above >= 0:
                nested.add(above)
        elif element.tag == "tr" and element.end > element.first:
            table = _ancestor(markup, element.parent, "table")
            if table >= 0:
                tables[table].append(index)
                rows[index] = list(range(element.first, element.end))
    found: dict[int, int] = {}
    for table, own in tables.items():
        if table in nested or len(own) < LEAST_ROWS:
            continue
        cells = [leaves[place] for row in own for place in rows[row]]
        if not cells or any(cell.hiding for cell in cells):
            continue
        if sum(1 for row in own if 2 <= len(rows[row]) <= MOST_COLUMNS) * 3 < len(own) * 2:
            continue
        chars = sum(cell.char_count for cell in cells)
        is_linked = sum(cell.link_chars for cell in cells) * 5 > chars
        is_form = sum(cell.text[-1] in "：:" for cell in cells) * 4 > len(cells)
        is_calendar = sum(han_count(cell.text) > 0 for cell in cells) * 3 < len(cells)
        if chars <= LONGEST_CELL * len(cells) and not (is_linked or is_form or is_calendar):
            found.update({place: row for row in own for place in rows[row]})
    return found


def _ancestor(markup: Markup, element: int, tag: str) -> int:
    while element >= 0 and markup.elements[element].tag != tag:
        element = markup.elements[element].parent
    return element
