"""The masthead of a page of a printed paper (版面): which paper it is, and what the page is called."""

from __future__ import annotations

import re

from tasks.lexicon.characters import pattern_of

LONGEST_MASTHEAD = 60  # characters of a line that names paper, day and page
_PAPER = pattern_of(
    r"^[\s《]*(?P<name>[[:han:]]{2,10}?(?:报|刊|周刊|月刊))(?:数字报|电子报|数字版|电子版)?(?=[》\s_|｜\-—–·]|\d|数字|电子|第|$)"
)
# The number and name of a newspaper's page: 第03版：要闻.
_PAGE = pattern_of(
    r"第?\s*(?:[A-Z]|[A-Z]?\d{1,3}|[[:one_to_ten:]]{1,3})\s*版(?![权本式次])\s*[：:·\-—|｜\s]*\s*(?P<name>[[:han:]·]{2,10})?"
)
_LABELLED = pattern_of(r"(?:版名|版面)\s*[：:]\s*(?P<name>[[:han:]·]{2,10})")


def paper_in(text: str) -> str | None:
    """The paper whose name begins ``text``, without the word for its copy on the web.

    >>> paper_in("《青禾日报》数字报 2020年11月08日"), paper_in("青禾日报数字报"), paper_in("青禾日报的三十年")
    ('青禾日报', '青禾日报', None)
    """
    match = _PAPER.match(text)
    return match["name"] if match is not None else None


def page_in(text: str) -> re.Match[str] | None:
    """The match of a page of a paper in ``text``; its group ``name`` is what the page is called, where it says so.

    >>> page_in("青禾日报 第03版：综合新闻")["name"], page_in("版权所有") is None
    ('综合新闻', True)
    """
    numbered = _PAGE.search(text)
    if numbered is not None and numbered["name"]:
        return numbered
    return _LABELLED.search(text) or numbered
