"""The page of a printed paper on the web (版面): whose it is, what the page is called, which headlines it lists.

Such a page holds several articles, shown below each other or hidden until their headline is clicked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.lexicon.characters import pattern_of
from tasks.pages.html.markup import Markup
from tasks.pages.lines.lines import Line
from tasks.pages.lines.titles import folded

LONGEST_MASTHEAD = 60  # characters of a line that names paper, day and page
_PAPER = pattern_of(r"^[\s《]*(?P<name>[[:han:]]{2,10}(?:报|刊|周刊|月刊))(?=[》\s_|｜\-—–·]|\d|数字|电子|第|$)")
_PAGE = pattern_of(
    r"第?\s*(?:[A-Z]|[A-Z]?\d{1,3}|[[:one_to_ten:]]{1,3})\s*版(?![权本式次])\s*[：:·\-—|｜\s]*\s*(?P<name>[[:han:]·]{2,10})?"
)
_LABELLED = pattern_of(r"(?:版名|版面)\s*[：:]\s*(?P<name>[[:han:]·]{2,10})")


@dataclass(frozen=True, slots=True)
class PaperPage:
    """``paper`` printed it; ``name`` is what the page is called (综合新闻); ``headlines`` are folded titles that it lists."""

    paper: str | None
    name: str | None
    headlines: frozenset[str]


def names_a_paper_page(name: str) -> bool:
    """Whether what a page calls itself is its place in the paper rather than a title.

    >>> names_a_paper_page("青禾日报 第03版：综合新闻"), names_a_paper_page("青禾日报的三十年")
    (True, False)
    """
    return _PAPER.match(name) is not None and _PAGE.search(name) is not None


def read_paper_page(markup: Markup, lines: Sequence[Line], title: str) -> PaperPage | None:
    """What the page says of itself as a page of a paper, None where it is none. ``title`` is that of its head."""
    # Every page says 版权; few say 版 otherwise.
    paged = [line.raw for line in lines if "版" in line.text and len(line.text) <= LONGEST_MASTHEAD]
    pages = [match for text in (title, *paged) for match in (_PAGE.search(text), _LABELLED.search(text)) if match]
    if not pages:
        return None
    short = [line for line in lines if len(line.text) <= LONGEST_MASTHEAD and line.removed_as != "hidden"]
    texts = [title, *(line.raw for line in short if line.link_share < 0.5)]
    paper = next((match["name"] for text in texts if (match := _PAPER.match(text))), None)
    if paper is None:
        return None
    named = next((match["name"] for match in pages if match["name"]), None)
    listed = frozenset(folded(line.text) for line in short if line.link_share >= 0.9 and len(line.text) >= 4)
    return PaperPage(paper, named, listed)
