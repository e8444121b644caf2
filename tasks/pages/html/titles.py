"""The title and the kicker of an HTML page: printed above the body, confirmed by its head."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tasks.pages.html.head import SITE_METAS, Normalizer
from tasks.pages.html.kickers import KICKER_HINT
from tasks.pages.html.letters import is_letter_label
from tasks.pages.html.markup import Markup
from tasks.pages.lines.credits import read_credits
from tasks.pages.lines.line_patterns import stock_phrase
from tasks.pages.lines.lines import Line, aligned, is_headline, is_running
from tasks.pages.lines.publication_dates import find_day
from tasks.pages.lines.site_names import MEDIA_TAIL
from tasks.pages.lines.titles import agreement, cut_site_name, folded, is_subtitle, last_of_path, without_glued
from tasks.pages.lines.word_spam import advertises

_TITLE_METAS = ("og:title", "articletitle", "twitter:title", "title", "weibo:article:title")

_TITLE_HINT = re.compile(r"title|headline|(?:^|[ _-])(?:h1|bt|tit|biaoti|subject|topic)(?:[ _-]|$)")

LINES_OF_CREDITS = 8  # below a title, in which day and outlet stand
LEAST_ANNOUNCED = 8  # characters of a title; the names of columns are shorter
MOST_HEADLINES = 60  # links to other articles beside one; a ranking or an index page has more
MOST_DAYS = 3  # on a page of one article without a text; a list of articles has one for each
_TAG_MARKS = {"h1": 0.25, "h2": 0.15, "h3": 0.15}  # how much a tag says that a line is the title
ABOVE_CREDITS = 0.3  # how much it says that day or outlet stand right below
ENOUGH = 0.45  # of agreement between a line and what the page calls itself
MOST_ABOVE = 10  # lines between a slogan and the title
_BRACKETED_LABEL = re.compile(r"^[\[【［][^\[\]【】［］]{1,16}[\]】］]\s*(?=.{6})")
_ORIGINAL_TITLE = re.compile(r"^[（(【\[]?(?:本文)?原(?:文)?(?:标题|题)\s*[：:]\s*[《“]?(.{6,80}?)[》”]?[）)】\]]?$")
# What programs call a page that was given no title.
_NAMELESS = re.compile(
    r"pdf2html\w*|untitled.{0,12}|无标题.{0,6}|新建.{0,12}文档.{0,8}|(?:microsoft )?word.{0,40}|page\s?\d*"
    r"|[\w\-（）()]{1,40}\.(?:docx?|pdf|wps|html?|txt)",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"(?:研究[所院]|大学|学院|学校|医院|协会|学会|中心|基金会|出版社|银行|集团|公司|委员会|法院|检察院)$"
)


def names_of_page(markup: Markup, normalize: Normalizer) -> list[str]:
    """What the page calls itself in its head, most trusted first; names of the site are cut."""
    sites = [normalize(markup.metas[key]) for key in SITE_METAS if markup.metas.get(key)]
    found = []
    for key in _TITLE_METAS:
        value = markup.metas.get(key)
        if value:
            found.append(cut_site_name(normalize(value), sites))
    if markup.title:
        whole = normalize(markup.title)
        found += filter(None, (last_of_path(whole), cut_site_name(whole, sites)))
    for kind, _, text in markup.scripts:
        if "ld+json" in kind:
            match = re.search(r'"headline"\s*:\s*("(?:[^"\\]|\\.){4,200}")', text)
            if match:
                try:
                    found.append(normalize(json.loads(match.group(1))))
                except ValueError:
                    continue
    generic = {folded(site) for site in sites} | {"首页", ""}
    names = (name for name in dict.fromkeys(found) if not name.startswith("首页") and not _NAMELESS.fullmatch(name))
    return [name for name in names if folded(name) not in generic]


@dataclass(frozen=True, slots=True)
class TitleSearch:
    """A page whose title is looked for: the ``names`` it has in its head, and what of its lines may print the title.

    ``best`` is the line that agrees most with the names, ``loose`` the one set most like a title, with how much it is.
    """

    lines: list[Line]
    names: Sequence[str]
    folds: Sequence[str]
    text_start: int  # the first line of the text
    best: tuple[float, int] | None
    loose: tuple[float, int] | None


Title = tuple[list[int], str | None]
TitleJudge = Callable[[TitleSearch], Title | None]


def find_title(markup: Markup, lines: list[Line], names: Sequence[str], first: int, end: int) -> Title:
    """The lines that print the title (one, or several that spell it together) and the title."""
    search = _title_search(markup, lines, names, first, end)
    found = (printed for judge in TITLE_JUDGES if (printed := judge(search)) is not None)
    places, title = next(found, ([], names[0] if names else None))
    return places, without_glued(title, names) if title is not None and advertises(title) else title


def _title_search(markup: Markup, lines: list[Line], names: Sequence[str], first: int, end: int) -> TitleSearch:
    folds = [folded(name) for name in names]
    own_folds = [folded(name) for name in names if not MEDIA_TAIL.search(name)]  # a site's name opens lines of credits
    text_start = _start_of_text(lines, folds, first, end)
    best: tuple[float, int] | None = None
    loose: tuple[float, int] | None = None
    for index in range(min(text_start + 1, len(lines))):
        line = lines[index]
        text = line.text
        is_short = 2 <= len(text) < 4 and index < text_start and _is_named(line, names, folds)
        if line.kind == "removed" or not (4 <= len(text) <= 120 or is_short) or text.endswith(("：", ":")):
            continue
        # The title of a post is often a link to itself.
        if line.link_share > 0.6 and (line.tag not in ("h1", "h2") or _names_a_site(text)):
            continue
        score = _agreement_of(line, folds, own_folds)
        if line.link_share > 0.6 and score < 0.6:
            continue
        hints = markup.elements.hints_of(line.element)
        is_named = _TITLE_HINT.search(hints) is not None
        marked = _TAG_MARKS.get(line.tag, 0.0) + 0.1 * is_named + 0.1 * index / max(text_start, 1)
        if score >= ENOUGH and (best is None or score + marked > best[0]):
            best = (score + marked, index)
        least = max(0.15, loose[0] if loose is not None else 0.0)
        if marked + ABOVE_CREDITS < least or not _may_be_title(text, hints):
            continue
        marked += ABOVE_CREDITS if _stands_above_credits(lines, index, is_named=is_named) else 0.0
        if marked >= least:
            loose = (marked, index)
    return TitleSearch(lines, names, folds, text_start, best, loose)


def _start_of_text(lines: list[Line], folds: Sequence[str], first: int, end: int) -> int:
    """The first long sentence of the text, else its first sentence, or the title that stands within it."""
    running = [index for index in range(first, end) if not lines[index].kind and is_running(lines[index].text)]
    long = (index for index in running if len(lines[index].text) > 30)
    start = next(long, running[0] if running else first)
    return _title_within(lines, folds, start, end) or start


def _agreement_of(line: Line, folds: Sequence[str], own_folds: Sequence[str]) -> float:
    """How well a line agrees with what the page calls itself, day and outlet glued behind a title aside."""
    if is_letter_label(line.text):
        return 0.0
    score = agreement(folded(line.text), folds)
    return 0.9 if score < ENOUGH and _credits_behind(line, own_folds) is not None else score


def _is_named(line: Line, names: Sequence[str], folds: Sequence[str]) -> bool:
    """Whether a short line is what the page calls itself, but for a note in brackets behind it (洗衣石（外一首）)."""
    text = line.text
    if line.tag not in ("h1", "h2", "h3") and not line.is_bold:
        return False
    return folded(text) in folds or any(name.startswith((f"{text}（", f"{text}(")) for name in names)


def _may_be_title(text: str, hints: str) -> bool:
    is_title = is_headline(text, 80) and not is_subtitle(text) and not KICKER_HINT.search(hints)
    return is_title and stock_phrase(text) is None and not is_letter_label(text)


def _headline_of_site_page(search: TitleSearch) -> Title | None:
    """What is set as a headline, where the page calls itself by its site only."""
    best, loose, lines = search.best, search.loose, search.lines
    if best is None or loose is None or loose[0] < 0.3 or not all(map(_names_a_site, search.names)):
        return None
    printed, headline = lines[best[1]].text, lines[loose[1]].text
    is_site = len(printed) < len(headline) and _names_a_site(printed) and not _names_a_site(headline)
    return ([loose[1]], headline) if is_site else None


def _spelled_in_lines(search: TitleSearch) -> Title | None:
    """Lines that spell a name of the page together, where none agrees with it alone."""
    if search.best is not None:
        return None
    for fold in search.folds:
        spelled = _spelled_near(search.lines, fold, search.text_start)
        if spelled:
            return spelled, "".join(search.lines[index].text for index in spelled)
    return None


def _set_as_title(search: TitleSearch) -> Title | None:
    """What is set as a title, where the head says nothing better."""
    if search.best is not None or search.loose is None:
        return None
    marked, index = search.loose
    if search.names and marked < 0.25 and not all(map(_names_a_site, search.names)):
        return None
    return [index], search.lines[index].text


def _line_above_text(search: TitleSearch) -> Title | None:
    if search.best is not None or (search.names and not _names_a_site(search.names[0])):
        return None
    above = _headline_above(search.lines, search.text_start)
    return ([above], search.lines[above].text) if above is not None else None


def _without_glued_credits(search: TitleSearch) -> Title | None:
    if search.best is None:
        return None
    index = search.best[1]
    glued = _glued_credits(search.lines[index], search.folds)
    return ([index], glued) if glued is not None else None


def _spelled_or_labelled(search: TitleSearch) -> Title | None:
    """The name of the page that the line is a part of, or that stands in it behind a label (原创, 图集, a sponsor)."""
    if search.best is None:
        return None
    index = search.best[1]
    own = folded(search.lines[index].text)
    for name, fold in zip(search.names, search.folds, strict=True):
        spelled = _spelled_by(search.lines, index, fold) if own != fold and own in fold else []
        if spelled:
            return spelled, name
        if own != fold and own.endswith(fold) and len(own) - len(fold) <= 8 and len(fold) >= 8:
            return [index], name
    return None


def _printed_title(search: TitleSearch) -> Title | None:
    return ([search.best[1]], search.lines[search.best[1]].text) if search.best is not None else None


# In this order; where none knows the title, it is what the page calls itself, printed nowhere.
TITLE_JUDGES: tuple[TitleJudge, ...] = (
    _headline_of_site_page,
    _spelled_in_lines,
    _set_as_title,
    _line_above_text,
    _without_glued_credits,
    _spelled_or_labelled,
    _printed_title,
)


def _glued_credits(line: Line, folds: Sequence[str]) -> str | None:
    """The title in a heading that holds day and outlet as well, which become the tail of ``line``; None for others."""
    found = _credits_behind(line, folds)
    if found is None:
        return None
    end, rest = found
    line.cut_to(0, end)
    line.tail = rest
    return line.text


def _credits_behind(line: Line, folds: Sequence[str]) -> tuple[int, str] | None:
    """Where in a heading the title ends, and the day or the outlet behind it."""
    for fold in folds:
        if len(fold) < 4 or not folded(line.text).startswith(fold):
            continue
        most = len(line.text)
        end = next((end for end in range(len(fold), most) if folded(line.text[:end]) == fold), most)
        end += len(line.text[end:]) - len(line.text[end:].lstrip("”’」』）】》"))  # which the fold leaves out
        if most - end < 6:
            continue
        rest = line.raw[aligned(line.raw, line.text[:end]) :]
        found = read_credits(rest)
        if found.outlet or (found.date and found.date.on):
            return end, rest.strip()
    return None


def announces_article(markup: Markup, lines: list[Line], names: Sequence[str]) -> bool:
    """Whether a page prints the title it has in its head, and below that a day or an outlet: an article without a
    text."""
    if _lists_articles(lines):
        return False
    folds = [folded(name) for name in names]
    are_many_days: bool | None = None  # looked for where a line prints the title, once
    for index, line in enumerate(lines):
        is_marked = line.tag in ("h1", "h2", "h3") or _TITLE_HINT.search(markup.elements.hints_of(line.element))
        if (
            line.removed_as == "hidden"
            or line.link_share > 0
            or not is_marked
            or agreement(folded(line.text), folds) < 0.8
        ):
            continue
        if len(line.text) < LEAST_ANNOUNCED or _names_a_site(line.text):
            continue
        if are_many_days is None:
            are_many_days = sum(map(_is_dated, lines)) > MOST_DAYS
        if are_many_days:
            return False
        for below in lines[index + 1 : index + 1 + LINES_OF_CREDITS]:
            is_shown = below.removed_as != "hidden" and len(below.text) <= 120
            found = read_credits(below.raw) if is_shown else None
            if found is not None and (found.outlet or (found.date and found.date.on)):
                return True
    return False


def _lists_articles(lines: list[Line]) -> bool:
    """Whether a page links to so many others that it is an index, whatever title and day it prints."""
    shown = (line for line in lines if line.removed_as != "hidden")
    return sum(line.link_share >= 0.6 and len(line.text) >= 8 for line in shown) > MOST_HEADLINES


def _is_dated(line: Line) -> bool:
    return line.removed_as != "hidden" and len(line.text) <= 120 and find_day(line.raw) is not None


def without_label(lines: Sequence[Line], title: str) -> str:
    """``title`` without a bracketed label before it, where the page states the original title without the label.

    A bracket alone proves nothing: it may hold the column, or belong to the title.
    """
    label = _BRACKETED_LABEL.match(title)
    if label is None:
        return title
    rest = title[label.end() :].strip()
    for line in lines:
        stated = _ORIGINAL_TITLE.match(line.text)
        if stated and folded(stated.group(1)) == folded(rest):
            return rest
    return title


def _title_within(lines: list[Line], folds: Sequence[str], body_start: int, end: int) -> int | None:
    """The line of the title where a slogan of the site stands above it in the same element."""
    for index in range(body_start + 1, min(end, body_start + MOST_ABOVE)):
        line = lines[index]
        if line.kind or line.tag not in ("h1", "h2") or len(line.text) < 8:
            continue
        above = sum(len(each.text) for each in lines[body_start:index] if not each.kind)
        below = sum(len(each.text) for each in lines[index + 1 : end] if not each.kind)
        if agreement(folded(line.text), folds) >= 0.8 and above * 4 < below:
            return index
    return None


def _names_a_site(name: str) -> bool:
    """Whether the page calls itself only by the name of its site or of a column."""
    return len(name) < 8 or bool(MEDIA_TAIL.search(name)) or bool(_INSTITUTION.search(name))


def _headline_above(lines: list[Line], body_start: int) -> int | None:
    """The nearest line above the text that could be its title."""
    for index in range(body_start - 1, max(body_start - 7, -1), -1):
        line = lines[index]
        if line.kind or line.link_share > 0 or len(line.text) < 10 or not is_headline(line.text, 80):
            continue
        if is_subtitle(line.text) and index > 0 and not lines[index - 1].kind and is_headline(lines[index - 1].text):
            return index - 1  # a sub-title stands right below its title, which may be short
        if stock_phrase(line.text) is None and read_credits(line.raw).is_empty:
            return index
    return None


def _stands_above_credits(lines: list[Line], index: int, *, is_named: bool) -> bool:
    """``is_named``: the element is called after a title, so that it need not be long to be more than a label."""
    if index + 1 >= len(lines) or lines[index + 1].kind:
        return False
    if len(lines[index].text) < (4 if is_named else 8):
        return False
    below = lines[index + 1]
    found = read_credits(below.raw) if len(below.text) <= 120 else None
    return found is not None and found.date is not None and found.date.on is not None


def _spelled_near(lines: list[Line], fold: str, body_start: int) -> list[int]:
    for index in range(max(0, body_start - 30), min(body_start + 1, len(lines))):
        own = folded(lines[index].text)
        if len(own) >= 4 and fold.startswith(own):
            spelled = _spelled_by(lines, index, fold)
            if spelled:
                return spelled
    return []


def _spelled_by(lines: list[Line], index: int, fold: str) -> list[int]:
    """The consecutive lines around ``index`` that together spell the title whose folded text is ``fold``."""
    for start in range(max(0, index - 3), index + 1):
        spelled = ""
        for end in range(start, min(start + 5, len(lines))):
            spelled += folded(lines[end].text)
            if spelled == fold and start <= index <= end and end > start:
                return list(range(start, end + 1))
            if not fold.startswith(spelled):
                break
    return []
