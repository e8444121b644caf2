"""The page of a printed paper on the web (版面): whose it is, what the page is called, which headlines it lists.

Such a page holds several articles, shown below each other or hidden until their headline is clicked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.pages.html.head import Normalizer
from tasks.pages.html.markup import Markup
from tasks.pages.lines.lines import Line
from tasks.pages.lines.paper_names import LONGEST_MASTHEAD, page_in, paper_in
from tasks.pages.lines.titles import folded

LEAST_LISTED = 4  # characters of a headline; shorter links turn pages


@dataclass(frozen=True, slots=True)
class PaperPage:
    """``paper`` printed it; ``name`` is what the page is called (综合新闻); ``headlines`` are folded titles that it lists,
    as links or as ``areas`` of its picture that one can click."""

    paper: str | None
    name: str | None
    headlines: frozenset[str]
    areas: tuple[str, ...] = ()


def names_a_paper_page(name: str) -> bool:
    """Whether what a page calls itself is its place in the paper rather than a title.

    >>> names_a_paper_page("青禾日报 第03版：综合新闻"), names_a_paper_page("青禾日报的三十年")
    (True, False)
    """
    return paper_in(name) is not None and page_in(name) is not None


def read_paper_page(markup: Markup, lines: Sequence[Line], title: str, normalize: Normalizer) -> PaperPage | None:
    """What the page says of itself as a page of a paper, None where it is none. ``title`` is that of its head."""
    # Every page says 版权; few say 版 otherwise.
    paged = [line.raw for line in lines if "版" in line.text and len(line.text) <= LONGEST_MASTHEAD]
    pages = [match for text in (title, *paged) if (match := page_in(text)) is not None]
    if not pages:
        return None
    short = [line for line in lines if len(line.text) <= LONGEST_MASTHEAD and line.removed_as != "hidden"]
    texts = [title, *(line.raw for line in short if line.link_share < 0.5)]
    paper = next(filter(None, map(paper_in, texts)), None)
    if paper is None:
        return None
    named = next((match["name"] for match in pages if match["name"]), None)
    listed = [line.text for line in short if line.link_share >= 0.9 and len(line.text) >= LEAST_LISTED]
    areas = tuple(normalize(area) for area in markup.areas if len(area) >= LEAST_LISTED)
    return PaperPage(paper, named, frozenset(map(folded, (*listed, *areas))), areas)


def printed_areas(paper: PaperPage, lines: Sequence[Line]) -> list[str]:
    """The titles of areas of the page's picture with which a line of its text begins: those of articles shown here."""
    openings = {folded(line.text) for line in lines if len(line.text) <= LONGEST_MASTHEAD and line.link_share < 0.5}
    openings = {opening for opening in openings if len(opening) >= LEAST_LISTED}
    return [area for area in paper.areas if any(folded(area).startswith(opening) for opening in openings)]
