"""Tables that hold data, told from those that only lay out a page: many rows of like make, short cells, hardly a
link."""

from __future__ import annotations

from collections import Counter, defaultdict

from tasks.pages.html.markup import Elements, Leaves, Markup
from tasks.pages.lines.lines import han_count

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
    if "tr" not in elements.tags:
        return {}
    rows: dict[int, list[int]] = defaultdict(list)  # leaves of each row
    tables: dict[int, list[int]] = defaultdict(list)  # rows of each table
    nested: set[int] = set()
    columns = Counter(elements.parents[index] for index, tag in enumerate(elements.tags) if tag in ("td", "th"))
    for index, tag in enumerate(elements.tags):
        if tag not in ("table", "tr"):
            continue
        table = _table_around(elements, index)
        if table < 0:
            continue
        if tag == "table":
            nested.add(table)
        elif elements.ends[index] > elements.firsts[index]:
            tables[table].append(index)
            rows[index] = list(range(*elements.span(index)))
    found: dict[int, int] = {}
    for table, own in tables.items():
        if len(own) < LEAST_ROWS or (table in nested and not _is_grid(own, columns)):
            continue
        if sum(1 for row in own if 2 <= len(rows[row]) <= MOST_COLUMNS) * 3 < len(own) * 2:
            continue
        if _hold_data(leaves, [place for row in own for place in rows[row]]):
            # A table within a cell belongs to the row of the outer one, which comes first.
            found.update({place: row for row in own for place in rows[row] if place not in found})
    return found


def _hold_data(leaves: Leaves, cells: list[int]) -> bool:
    """Whether cells are those of a table of data: shown and short, no links, labels of a form or days of a calendar."""
    if not cells or any(leaves.hidings[cell] for cell in cells):
        return False
    chars = sum(leaves.char_counts[cell] for cell in cells)
    is_linked = sum(leaves.link_chars[cell] for cell in cells) * 5 > chars
    is_form = sum(leaves.texts[cell][-1] in "：:" for cell in cells) * 4 > len(cells)
    is_calendar = sum(han_count(leaves.texts[cell]) > 0 for cell in cells) * 3 < len(cells)
    return chars <= LONGEST_CELL * len(cells) and not (is_linked or is_form or is_calendar)


def _is_grid(rows: list[int], columns: Counter[int]) -> bool:
    """Whether the rows of a table that holds others have cells beside each other, as rows of a layout rarely have."""
    return sum(columns[row] >= 2 for row in rows) * 3 >= len(rows) * 2


def _table_around(elements: Elements, index: int) -> int:
    element = elements.parents[index]
    while element >= 0 and elements.tags[element] != "table":
        element = elements.parents[element]
    return element
