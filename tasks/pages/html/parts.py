"""The articles of an HTML page that holds several: posts in blocks of one make, or items of a round-up in one body.

What the page says once (day, site, editors) holds for all of its articles; what an article says itself goes before it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from tasks.lexicon.characters import pattern_of
from tasks.pages.drafts import Draft
from tasks.pages.html.body_element import running_of
from tasks.pages.html.body_lines import judge_body
from tasks.pages.html.kickers import KICKER_HINT, take_kicker
from tasks.pages.html.markup import Markup
from tasks.pages.html.paper_pages import PaperPage
from tasks.pages.lines.bylines import read_byline, read_dateline
from tasks.pages.lines.credits import Credits, read_credits
from tasks.pages.lines.lines import Line, is_headline, is_running
from tasks.pages.lines.publication_dates import find_day
from tasks.pages.lines.round_ups import Item, items_of
from tasks.pages.lines.titles import folded

LEAST_BRIEF = 40  # characters of a brief on the page of a paper
LEAST_POST = 120  # characters of running text; teasers of lists stay below, or end with a link to the rest
MOST_PARTS = 60  # articles on one page; beyond it the page is an archive, and reading it would take too long
LEAD_LINES = 3  # between a lead and the link to its rest at most a day and a counter stand
MOST_LINES_OF_HEADLINE = 3  # into which a paper breaks one
HEAD_LEAVES = 4  # a post begins with its headline, above it at most a day, a column and a counter

# A link to the whole of an article or to its source: 阅读全文, 查看详情, more.
_CONTINUED = re.compile(
    r"^[\[【（(]?\s*(?:继续阅读|阅读(?:更多|全文|详情|原文)?|查看(?:更多|全文|详情|原文)|(?:查看|点击).{0,6}全文|详细(?:内容)?|更多|全文|read\s*more|more"
    r"|continue).{0,8}$",
    re.IGNORECASE,
)
# Discuz, phpwind, Tieba, Tianya.
_THREAD_POST = re.compile(
    r"(?<![^ ])(?:postmessage_\d+|t_f|t_msgfont|read_tpc|read_\d+|tpc_content|d_post_content\w*|bbs-content)(?![^ ])"
)
# One of them stands in every name of a post: to look for them takes a tenth of the time of the pattern.
_SIGNS_OF_THREAD = ("post", "t_f", "t_msgfont", "read_", "tpc_content", "bbs-content")
_POST_TAGS = frozenset(("article", "div", "section", "li", "td", "tr", "table"))
_COUNTS = re.compile(r"\d|^(?:first|last|odd|even|active)$")
_HEADLINE_HINT = re.compile(r"(?:^|[ _-])(?:title|headline|entry-title|post-title|biaoti|bt|tit)(?:[ _-]|$)")


@dataclass(frozen=True, slots=True)
class Post:
    """One of several blocks of the same make: its element, and the first and last leaf of its headline."""

    element: int
    headline: int
    last: int


def find_posts(markup: Markup, lines: Sequence[Line], paper: PaperPage | None = None) -> list[Post]:
    """The blocks below each other that each hold a whole article of their own, in order; empty where there are none.

    Each has a headline, running text of more than one paragraph and a day or a byline of its own, and together they
    hold most of the running text of the page. On the page of a ``paper`` the briefs are shorter and not all are signed.
    """
    blocks: dict[tuple[int, str], list[int]] = defaultdict(list)
    elements = markup.elements
    for index, (first, end) in enumerate(zip(elements.firsts, elements.ends, strict=True)):
        tag = elements.tags[index]
        if end - first >= 3 and (tag in _POST_TAGS or "-" in tag):
            blocks[elements.parents[index], _make(elements.hints[index])].append(index)
    groups = [
        group
        for group in blocks.values()
        if 2 <= len(group) <= MOST_PARTS and _have_headlines(markup, lines, group, paper)
    ]
    if not groups:
        return []
    running = [
        len(text) if chars and not hiding else 0
        for text, hiding, chars in zip(markup.leaves.texts, markup.leaves.hidings, running_of(markup), strict=True)
    ]
    total = sum(running)
    best: list[Post] = []
    best_chars = 0
    for group in groups:
        posts = [post for index in group if (post := _post_of(markup, lines, running, index, paper)) is not None]
        chars = sum(sum(running[slice(*elements.span(post.element))]) for post in posts)
        if len(posts) >= 2 and len(posts) * 3 >= len(group) * 2 and chars * 10 >= total * 6 and chars > best_chars:
            best, best_chars = posts, chars
    return best


@lru_cache(maxsize=20_000)
def _make(hints: str) -> str:
    """The tag and the classes that blocks of one make share: counters and marks of the first or last are left out."""
    words = hints.split()
    return " ".join([words[0], *sorted({word for word in words[1:] if not _COUNTS.search(word)})])


def _post_of(
    markup: Markup, lines: Sequence[Line], running: Sequence[int], index: int, paper: PaperPage | None
) -> Post | None:
    places = [place for place in range(*markup.elements.span(index)) if not lines[place].kind]
    told = [place for place in places if running[place]]
    least, paragraphs = (LEAST_POST, 2) if paper is None else (LEAST_BRIEF, 1)
    if len(told) < paragraphs or sum(running[place] for place in told) < least:
        return None
    if any(len(lines[place].text) <= 16 and _CONTINUED.match(lines[place].text) for place in places):
        return None
    headline = _headline_of(markup, lines, index, paper)
    if headline is None or headline[-1] > told[0]:
        return None
    post = Post(index, headline[0], headline[-1])
    if paper is not None:
        return post
    labels = [place for place in places if not running[place] and len(lines[place].text) <= 80]
    labels = [place for place in labels if place not in headline]
    is_signed = any(find_day(lines[place].raw) or read_byline(lines[place].raw) for place in labels)
    return post if is_signed or read_dateline(lines[told[0]].raw) else None


# The class of the element that prints who posted, in forum software, and what a pen name is made of.
_POSTER_HINT = re.compile(r"(?:^|[ _-])(?:authi|author|username|nick-?name|poster|louzhu|xw1)(?:[ _-]|$)")
_PEN_NAME = pattern_of(r"[[:han:]\w·.\-]{2,16}")
LONGEST_PEN_NAME = 16  # characters
LINES_OF_POSTER = 12  # above the post: its author's name, rank and counts stand beside it


def find_thread(markup: Markup) -> tuple[int, list[int]] | None:
    """The element of the post that opens a forum's thread and those of the answers below it; None where there is none.

    Forum software names its posts alike on all sites.
    """
    elements = markup.elements
    hints_of_page = set(elements.hints)
    of_page = " ".join(hints_of_page)
    if not any(sign in of_page for sign in _SIGNS_OF_THREAD) or _THREAD_POST.search(of_page) is None:
        return None  # nearly every page
    names = {hints for hints in hints_of_page if _THREAD_POST.search(hints) is not None}
    posts = [
        index
        for index, hints in enumerate(elements.hints)
        if hints in names and elements.ends[index] > elements.firsts[index]
    ]
    if not posts:
        return None
    first, end = elements.span(posts[0])
    if sum(running_of(markup)[first:end]) < LEAST_POST:
        return None
    return posts[0], [index for index in posts if elements.firsts[index] >= end]


def poster_of(markup: Markup, lines: Sequence[Line], span: tuple[int, int]) -> list[str]:
    """Who opened a forum's thread, by the pen name beside or right above the post."""
    for place in range(max(span[0] - LINES_OF_POSTER, 0), span[1]):
        line = lines[place]
        name = line.text
        is_shown = line.removed_as != "hidden" and 2 <= len(name) <= LONGEST_PEN_NAME
        hints = markup.elements.hints_of(line.element)
        if is_shown and _POSTER_HINT.search(hints) and _PEN_NAME.fullmatch(name) and find_day(line.raw) is None:
            return [name]
    return []


def _have_headlines(markup: Markup, lines: Sequence[Line], group: Sequence[int], paper: PaperPage | None) -> bool:
    """Whether at least two of a group begin with a headline."""
    headed = (index for index in group if _headline_of(markup, lines, index, paper) is not None)
    return next(headed, None) is not None and next(headed, None) is not None


def _headline_of(markup: Markup, lines: Sequence[Line], index: int, paper: PaperPage | None) -> tuple[int, ...] | None:
    """The leaves that print the headline of a block, None where it has none."""
    first, end = markup.elements.span(index)
    places = range(first, min(first + HEAD_LEAVES, end))
    if paper is not None:
        return _headline_in_paper(markup, lines, places, paper)
    return next(((place,) for place in places if not lines[place].kind and _is_headline(markup, lines[place])), None)


def _headline_in_paper(
    markup: Markup, lines: Sequence[Line], places: Sequence[int], paper: PaperPage
) -> tuple[int, ...] | None:
    """The headline that the page lists, broken into several lines or not, else one that is set as such; above it may
    stand a kicker, below it a subtitle."""
    open_places = [place for place in places if not lines[place].kind and is_headline(lines[place].text, 80)]
    for first in open_places:
        for last in range(first, min(first + MOST_LINES_OF_HEADLINE, places[-1] + 1)):
            if folded("".join(line.text for line in lines[first : last + 1])) in paper.headlines:
                return tuple(range(first, last + 1))
    marked = (
        place
        for place in open_places
        if _is_headline(markup, lines[place]) and not KICKER_HINT.search(markup.elements.hints_of(lines[place].element))
    )
    plain = (
        place
        for place in open_places
        if len(lines[place].text) >= 4
        and not is_running(lines[place].text)
        and not read_byline(lines[place].raw)
        and read_credits(lines[place].raw).is_empty
    )
    first_plain = list(plain)[:2]
    # Of two lines without a mark the first is the kicker where it is the longer one, as it runs above the title.
    unmarked = first_plain[-1:] if len(first_plain) == 2 and first_plain[1] == first_plain[0] + 1 else first_plain[:1]
    return next(((place,) for place in chain(marked, unmarked)), None)


def _is_headline(markup: Markup, line: Line) -> bool:
    if len(line.text) < 4 or not is_headline(line.text, 80):
        return False
    hints = markup.elements.hints_of(line.element)
    return line.tag in ("h1", "h2", "h3", "h4") or bool(_HEADLINE_HINT.search(hints))


def count_teasers(lines: Sequence[Line], first: int, end: int) -> int:
    """How many leads with a link to the rest stand in ``lines[first:end]``, 0 where more than leads stands there."""
    links = told = 0
    since = LEAD_LINES  # lines since the last running text: other buttons (更多 of a share bar) lead from no text
    for line in lines[first:end]:
        if line.kind:
            continue
        since += 1
        if line.link_share >= 0.9 and len(line.text) <= 16 and _CONTINUED.match(line.text):
            links += since <= LEAD_LINES
        elif is_running(line.text) and line.link_share < 0.5:
            told, since = told + 1, 0
    return links if told <= links * 3 else 0


def judge_posts(markup: Markup, lines: list[Line], posts: Sequence[Post], page: Draft) -> list[Draft]:
    """The articles of ``posts`` on a ``page``, their lines judged."""
    drafts: list[Draft] = []
    for post in posts:
        headline = range(post.headline, post.last + 1)
        title = "".join(lines[place].text for place in headline)
        draft = Draft(title=title, ordinal=len(drafts), days=page.days)
        for place in headline:
            lines[place].kind, lines[place].article = "title", draft.ordinal
        take_kicker(markup, lines, list(headline), draft)
        _take_line_above(markup, lines, post, draft)
        judge_body(markup, lines, post.element, None, draft)
        _keep(draft, drafts, lines, *markup.elements.span(post.element))
    return drafts


def _take_line_above(markup: Markup, lines: list[Line], post: Post, draft: Draft) -> None:
    """The kicker that a paper sets above the headline of an article, at the head of its block."""
    above = post.headline - 1
    if draft.kicker or above != markup.elements.firsts[post.element] or lines[above].kind:
        return
    line = lines[above]
    if 6 <= len(line.text) <= 60 and is_headline(line.text, 60) and read_credits(line.raw).is_empty:
        line.kind, line.article, draft.kicker = "kicker", draft.ordinal, line.text


def judge_items(markup: Markup, lines: list[Line], body: int, title_lines: Sequence[int], page: Draft) -> list[Draft]:
    """The articles of a body that is a round-up, their lines judged; empty where it is one article."""
    first, body_end = markup.elements.span(body)
    start = max(first, title_lines[-1] + 1 if title_lines and title_lines[-1] < body_end else 0)
    items = items_of(lines, start, body_end)
    if not items or len(items) > MOST_PARTS:
        return []
    if items[0].headline is not None:
        for index in title_lines:
            lines[index].kind, lines[index].article = "metadata", None
            lines[index].reason = "the title of the round-up"
        for line in lines[start : items[0].start]:
            if not line.kind and is_running(line.text) and read_credits(line.raw).is_empty:
                line.remove("other", "introduces the items of the round-up")
    drafts: list[Draft] = []
    rubric = page.title if page.title and len(page.title) <= 6 else None
    ends = [*(item.start for item in items[1:]), body_end]
    for item, end in zip(items, ends, strict=True):
        draft = _draft_of(lines, item, len(drafts), page)
        rubric = lines[item.rubric].text if item.rubric is not None else rubric
        draft.rubric = rubric if item.headline is not None else None
        judge_body(markup, lines, body, None, draft, (item.start, end))
        _keep(draft, drafts, lines, item.start, end)
    return drafts


def _draft_of(lines: list[Line], item: Item, ordinal: int, page: Draft) -> Draft:
    if item.headline is None:
        return Draft(title=page.title, kicker=page.kicker, ordinal=ordinal, days=page.days)
    lines[item.headline].kind, lines[item.headline].article = "title", ordinal
    if item.rubric is not None:
        lines[item.rubric].kind, lines[item.rubric].article = "rubric", ordinal
    return Draft(title=item.title, ordinal=ordinal, credits=Credits(outlet=item.outlet), days=page.days)


def _keep(draft: Draft, drafts: list[Draft], lines: list[Line], first: int, end: int) -> None:
    if draft.parts:
        drafts.append(draft)
        return
    for line in lines[first:end]:
        if line.kind != "removed":
            line.article = None
            line.remove("other", "nothing of an article follows")


def share_page(page: Draft, drafts: Sequence[Draft]) -> None:
    """Give the ``drafts`` of one page what the page says of all of them; its authors wrote the article it is named
    after."""
    for draft in drafts:
        draft.site = page.site
        shared = Credits(date=page.credits.date, outlet=page.credits.outlet, editors=page.credits.editors)
        draft.credits.fill(shared)
    if drafts and drafts[0].title == page.title:
        drafts[0].credits.fill(page.credits)
        drafts[0].summary = drafts[0].summary or page.summary
        drafts[0].rubric = drafts[0].rubric or page.rubric
    for before, draft in pairwise(drafts):
        draft.rubric = draft.rubric or before.rubric or page.rubric
    if drafts:
        drafts[0].rubric = drafts[0].rubric or (page.rubric if len(drafts) > 1 else None)
