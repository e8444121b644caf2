"""A dated line of paper, page, reporters and names in any order: 本报记者 李一鸣 2018年5月6日《青石日报》第3版."""

from __future__ import annotations

import re

from tasks.pages.lines.bylines import paper_of_desk
from tasks.pages.lines.paper_names import beside_masthead, page_in, whole_paper
from tasks.pages.lines.personal_names import NEXT_DESK, read_bare_names

_MARKS = re.compile(r"[\s|｜/／·•，,;；:：、\-—_()（）《》]+")
_PAGE_NUMBER = re.compile(r"[A-Z]?\d{1,2}|\d{1,2}:\d{2}(?::\d{2})?")


def read_mixed(text: str, day: tuple[int, int]) -> tuple[str | None, list[str]] | None:
    """The paper and the reporters on a line of nothing else but its ``day`` at these places and a page of the paper.

    None for any other line, and where no reporter is told by his desk.

    >>> read_mixed("本报记者 李一鸣 通讯员 王芳 2018年5月6日《青石日报》第3版", (16, 25))
    ('青石日报', ['李一鸣', '王芳'])
    >>> read_mixed("2018年5月6日 星期日 青石日报 第03版 要闻 记者李一鸣", (0, 9))
    ('青石日报', ['李一鸣'])
    >>> read_mixed("记者走进石桥村 2018年5月6日", (8, 17)) is None
    True
    """
    if NEXT_DESK.search(text) is None:
        return None
    rest = beside_masthead(f"{text[: day[0]]}|{text[day[1] :]}")
    page = page_in(rest)
    if page is not None:
        rest = f"{rest[: page.start()]}|{rest[page.end() :]}"
    desks = list(NEXT_DESK.finditer(rest))
    if not desks:
        return None  # what looked like one went with the page: 第3版：本报记者
    others = _words(rest[: desks[0].start()])
    names: list[str] = []
    for desk, end in zip(desks, [*(desk.start() for desk in desks[1:]), len(rest)], strict=True):
        signed, left = _signed(_words(rest[desk.end() : end]))
        if not signed:
            return None
        names.extend(name for name in signed if name not in names)
        others.extend(left)
    papers = [paper for word in others if (paper := whole_paper(word)) is not None]
    if len(others) != len(papers) or len(papers) > 1:
        return None
    return (papers[0] if papers else next(filter(None, (paper_of_desk(desk.group()) for desk in desks)), None)), names


def _words(text: str) -> list[str]:
    return [word for word in _MARKS.split(text) if word and _PAGE_NUMBER.fullmatch(word) is None]


def _signed(words: list[str]) -> tuple[list[str], list[str]]:
    """The names with which ``words`` begin, and the words behind them."""
    for count in range(min(len(words), 6), 0, -1):
        names = read_bare_names(" ".join(words[:count]))
        if names is not None:
            return names, words[count:]
    return [], words


def with_mixed(text: str, day: tuple[int, int], outlet: str | None, authors: list[str]) -> tuple[str | None, list[str]]:
    """``outlet`` and ``authors`` of a dated line with what it tells in any order; none that is known goes.

    >>> with_mixed("李一鸣 王芳 青石日报社 2018年5月6日", (12, 21), None, [])
    ('青石日报', ['李一鸣', '王芳'])
    >>> with_mixed("记者 李一鸣 2018年5月6日《青石日报》第3版", (7, 16), None, ["李一鸣"])
    ('青石日报', ['李一鸣'])
    """
    mixed = read_mixed(text, day)
    if mixed is not None:
        return outlet or mixed[0], [*mixed[1], *(name for name in authors if name not in mixed[1])]
    if outlet is not None:
        return outlet, authors
    before = _words(text[: day[0]])
    paper = whole_paper(before[-1]) if len(before) > 1 else None
    if paper is None:
        return outlet, authors
    signed, left = _signed(before[:-1])
    # One short word alone is as often the name of a column as that of a person.
    is_signed = not left and (len(signed) > 1 or all(len(name) > 2 for name in signed))
    return paper, authors or (signed if is_signed else [])
