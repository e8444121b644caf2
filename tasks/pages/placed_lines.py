"""Pages that a program made of a printed document: each line a paragraph placed at a point of the sheet.

Such a page has no elements that tell a heading from a text, only where its lines stand: they are read as those of a
text dump, set in where they were.
"""

from __future__ import annotations

import re
from html import unescape
from statistics import median

LEAST_PLACED = 8  # lines; a few things on any page are placed
LEAST_SHARE = 0.7  # of the blocks of the page
INDENT = 12  # points to the right of most lines: a character of the smallest print
_SIGN = re.compile("position: ?absolute", re.IGNORECASE)
SEARCHED_CHARS = 8_000  # for time alone: of a page, within which its first lines would be placed
_BLOCK = re.compile(r"<(?:p|div)\b", re.IGNORECASE)
# A line and where it stands.
_PLACED = re.compile(
    r"<(?P<tag>p|div|span)\b[^<>]{0,300}\bstyle=[\"']"
    r"(?P<style>[^\"'<>]{0,200}position:\s*absolute[^\"'<>]{0,200})[\"'][^<>]{0,200}>"
    r"(?P<text>(?:(?!</?(?:p|div)\b).){1,2000}?)</(?P=tag)>",
    re.IGNORECASE | re.DOTALL,
)
_POINT = re.compile(r"(?P<side>top|left)\s*:\s*(?P<value>\d{1,5})(?:\.\d+)?\s*(?:px|pt)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,400}>")
_NUMBER = re.compile(r"\d{1,3}")


def dump_of_placed_lines(text: str) -> str | None:
    """The text of a page whose lines are placed, as a dump; None for all other pages.

    >>> page = "".join(f'<p style="position:absolute;top:{n}px;left:9px">事在院里议。</p>' for n in range(8))
    >>> dump_of_placed_lines(page).split("\\n")[0], dump_of_placed_lines("<p>事在院里议。</p>")
    ('事在院里议。', None)
    """
    if len(_SIGN.findall(text, 0, SEARCHED_CHARS)) < LEAST_PLACED:
        return None
    found = [(_points(match["style"]), _shown(match["text"])) for match in _PLACED.finditer(text)]
    lines = [(points["top"], points["left"], shown) for points, shown in found if len(points) == 2 and shown]
    if len(lines) < LEAST_PLACED or len(lines) < len(_BLOCK.findall(text)) * LEAST_SHARE:
        return None
    margin = median(sorted(left for _, left, _ in lines)[: max(len(lines) // 2, 1)])
    dump: list[str] = []
    for place, (top, left, shown) in enumerate(lines):
        ends_sheet = place + 1 == len(lines) or lines[place + 1][0] < top
        is_number = ends_sheet and _NUMBER.fullmatch(shown) is not None
        indent = "    " if left > margin + INDENT else ""
        dump.append(f"— {shown} —" if is_number else f"{indent}{shown}")
    return "\n".join(dump)


def _points(style: str) -> dict[str, int]:
    return {match["side"].lower(): int(match["value"]) for match in _POINT.finditer(style)}


def _shown(markup: str) -> str:
    return " ".join(unescape(_TAG.sub("", markup)).split())
