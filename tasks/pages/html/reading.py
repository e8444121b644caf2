"""One HTML page read as an article: which leaves are its body, and what every other leaf is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tasks.pages.completeness import missing_of, says_more_follows
from tasks.pages.drafts import Draft, tell_by_summary
from tasks.pages.hosts import host_of
from tasks.pages.html.body_element import choose_body, choose_short_body, choose_table_body
from tasks.pages.html.body_lines import judge_body
from tasks.pages.html.captions import tell_by_captions
from tasks.pages.html.head import (
    OUTLET_METAS,
    PLATFORMS,
    SITE_METAS,
    Normalizer,
    authors_of_head,
    date_from_head,
    names_before_account,
    site_of_head,
    site_of_notices,
)
from tasks.pages.html.kickers import take_kicker
from tasks.pages.html.letters import take_letter
from tasks.pages.html.markup import Markup
from tasks.pages.html.paper_pages import PaperPage, names_a_paper_page, printed_areas, read_paper_page
from tasks.pages.html.parts import (
    Post,
    count_teasers,
    find_posts,
    find_thread,
    judge_items,
    judge_posts,
    poster_of,
    share_page,
)
from tasks.pages.html.scripts import take_script_fields
from tasks.pages.html.surroundings import LINES_BELOW, judge_rest, stated_above
from tasks.pages.html.titles import (
    announces_article,
    find_title,
    names_of_page,
    without_label,
)
from tasks.pages.lines.bylines import read_byline
from tasks.pages.lines.credits import read_credits, read_unlabelled
from tasks.pages.lines.lines import (
    Line,
    han_count,
)
from tasks.pages.lines.personal_names import NEXT_DESK
from tasks.pages.lines.publication_dates import PossibleDays
from tasks.pages.lines.stated_days import day_of_answer
from tasks.pages.rejections import Rejection, reject_empty, reject_found, reject_textless
from tasks.pages.repetition import ends_of_body, remove_repeated
from tasks.records import RejectionReason, RemovedKind
from tasks.sites.rules import SiteRules, rules_for

LEAST_TEASERS = 3  # leads with a link to the rest: one may stand in an article, three are a list


@dataclass(slots=True)
class HtmlReading:
    """The lines of the page in order (all judged) and the articles found, or the reason why there is none."""

    lines: list[Line] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    reason: RejectionReason | None = None
    detail: str | None = None


@dataclass(slots=True)
class PageWalk:
    """A page while the judges below look at it one after the other, and what is known of it so far."""

    markup: Markup
    lines: list[Line]
    uri: str
    repeated: frozenset[str]
    normalize: Normalizer
    rules: SiteRules | None
    draft: Draft  # of the article, or of what the page says of all of its articles
    paper: PaperPage | None = None
    posts: list[Post] = field(default_factory=list)  # the articles, where they stand in blocks of one make
    body: int | None = None  # the element that holds the text, where it is one
    is_thread: bool = False  # of a forum
    is_short: bool = False  # no sentence made the body stand out: it needs credits to be an article
    names: list[str] = field(default_factory=list)  # what the page calls itself
    title_lines: list[int] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    rejection: Rejection | None = None

    @property
    def span(self) -> tuple[int, int]:
        """The first line of the text and the one behind its last."""
        elements = self.markup.elements
        if self.body is not None:
            return elements.span(self.body)
        return elements.firsts[self.posts[0].element], elements.ends[self.posts[-1].element]

    @property
    def title(self) -> str:
        """What the head of the page calls it, site and all."""
        return self.normalize(self.markup.title)

    @property
    def is_one_article(self) -> bool:
        """Whether the draft of the page is that of its only article."""
        return self.drafts[0] is self.draft

    def remove_open(self, kind: RemovedKind, reason: str) -> None:
        """Remove what no judge has looked at yet."""
        for line in self.lines:
            if not line.kind:
                line.remove(kind, reason)


Judge = Callable[[PageWalk], None]


def read_html(
    markup: Markup,
    lines: list[Line],
    *,
    uri: str,
    repeated: frozenset[str],
    normalize: Normalizer,
    days: PossibleDays,
) -> HtmlReading:
    """Judge ``lines`` (one for each leaf of ``markup``, normalised, in the same order) and build the articles.

    ``normalize`` does to the strings of the head what was done to the lines; the page was published on one of ``days``.
    """
    walk = PageWalk(markup, lines, uri, repeated, normalize, _rules_of(markup, uri), Draft(days=days))
    for judge in JUDGES:
        judge(walk)
        if walk.rejection is not None:
            return HtmlReading(lines, [], *walk.rejection)
    return HtmlReading(lines, walk.drafts)


def _hidden(walk: PageWalk) -> None:
    for line, hiding in zip(walk.lines, walk.markup.leaves.hidings, strict=True):
        if hiding:
            line.remove("hidden", "not shown to a reader of the page")


def _rules_of_site(walk: PageWalk) -> None:
    if walk.rules is None:
        return
    for element in _named(walk.markup, walk.rules.removed):
        for line in walk.lines[slice(*walk.markup.elements.span(element))]:
            if not line.kind:
                line.remove("other", "named by the rules of the site as not part of an article")
    walk.body = next(iter(_named(walk.markup, walk.rules.body)), None)


def _place_of_text(walk: PageWalk) -> None:
    """Where the text stands: posts of one make, the first post of a thread, or an element; a last resort is short."""
    if walk.body is not None:
        return
    markup, lines = walk.markup, walk.lines
    walk.paper = read_paper_page(markup, lines, walk.title, walk.normalize)
    walk.posts = find_posts(markup, lines, walk.paper)
    if walk.posts:
        return
    thread = find_thread(markup)
    if thread is not None:
        walk.is_thread = True
        walk.body, answers = thread
        for answer in answers:
            for line in lines[slice(*markup.elements.span(answer))]:
                if not line.kind:
                    line.remove("comment", "an answer in the thread")
        return
    walk.body = choose_body(markup)
    if walk.body is None:
        walk.body = choose_table_body(markup)
    if walk.body is None:
        walk.body, walk.is_short = choose_short_body(markup), True


def _list_of_leads(walk: PageWalk) -> None:
    teasers = count_teasers(walk.lines, *walk.span) if walk.body is not None else 0
    if teasers >= LEAST_TEASERS:
        walk.remove_open("navigation", "a list of articles")
        walk.rejection = "list_page", f"{teasers} leads with a link to the rest"


def _page_without_text(walk: PageWalk) -> None:
    if walk.body is not None or walk.posts:
        return
    is_announced = announces_article(walk.markup, walk.lines, names_of_page(walk.markup, walk.normalize))
    walk.remove_open("other", "the page has no article")
    scripts = sum(len(text) for _, _, text in walk.markup.scripts)
    walk.rejection = (
        reject_textless(walk.lines)
        if is_announced
        else reject_empty(walk.lines, title=walk.title, uri=walk.uri, script_chars=scripts)
    )


def _repeated_lines(walk: PageWalk) -> None:
    if not walk.repeated:
        return
    first, end = walk.span
    ends = ends_of_body(walk.lines, walk.repeated, first, end)
    remove_repeated(walk.lines, walk.repeated, (*range(first), *range(end, len(walk.lines)), *ends))


def _names_of_page(walk: PageWalk) -> None:
    draft, paper = walk.draft, walk.paper
    walk.names = [name for name in names_of_page(walk.markup, walk.normalize) if not names_a_paper_page(name)]
    draft.site = site_of_head(walk.markup, walk.normalize)
    if paper is not None:
        walk.names = walk.names or printed_areas(paper, walk.lines)
        draft.site = draft.site or paper.paper
        draft.rubric = paper.name
        draft.credits.outlet = paper.paper if walk.posts else None


def _posts(walk: PageWalk) -> None:
    if walk.posts:
        walk.draft.title = walk.names[0] if walk.names else None
        walk.drafts = judge_posts(walk.markup, walk.lines, walk.posts, walk.draft)


def _title(walk: PageWalk) -> None:
    if walk.body is None:
        return
    markup, lines, draft = walk.markup, walk.lines, walk.draft
    walk.title_lines, title = find_title(markup, lines, walk.names, *walk.span)
    for titled in _named(markup, walk.rules.title) if walk.rules is not None else ():
        walk.title_lines = [place for place in range(*markup.elements.span(titled)) if not lines[place].kind]
        title = "".join(lines[place].text for place in walk.title_lines) or title
        break
    for index in walk.title_lines:
        lines[index].kind, lines[index].article = "title", 0
        tail = lines[index].tail
        if tail:
            draft.take_credits(read_unlabelled(tail, read_credits(tail)), tail)
    draft.title = without_label(lines, title) if title else None
    if walk.title_lines:
        take_kicker(markup, lines, walk.title_lines, draft)


def _text(walk: PageWalk) -> None:
    """The body, which is the items of a round-up or one article."""
    if walk.body is None:
        return
    draft, title_index = walk.draft, _last(walk.title_lines)
    take_letter(walk.markup, walk.lines, walk.span, draft)
    draft.stated = stated_above(walk.lines, title_index, walk.span[0], draft)
    walk.drafts = judge_items(walk.markup, walk.lines, walk.body, walk.title_lines, draft)
    if not walk.drafts:
        judge_body(walk.markup, walk.lines, walk.body, title_index, draft)
        walk.drafts = [draft]


def _surroundings(walk: PageWalk) -> None:
    judge_rest(walk.markup, walk.lines, walk.span, _last(walk.title_lines), walk.draft, dates_below=walk.is_thread)


def _day(walk: PageWalk) -> None:
    date_from_head(walk.markup, walk.uri, walk.draft)
    draft = walk.draft
    draft.credits.date = draft.credits.date or draft.signed
    if draft.credits.date is None:
        draft.credits.date = day_of_answer((part.text for part in draft.parts), draft.days)


def _site_and_people(walk: PageWalk) -> None:
    """What scripts, metas, notices and the comment of an e-paper say, each where nothing better did."""
    markup, draft, normalize = walk.markup, walk.draft, walk.normalize
    is_account = any(markup.metas.get(key) in PLATFORMS for key in SITE_METAS)
    take_script_fields(markup, draft, normalize)
    for key in OUTLET_METAS:
        value = markup.metas.get(key)
        if value and not draft.credits.outlet and han_count(value) >= 2 and len(value) <= 20:
            draft.credits.outlet = normalize(value)
    draft.site = draft.site or site_of_notices(markup, walk.lines, normalize, draft.title)
    if not draft.credits.outlet and markup.paper.get("website"):
        draft.credits.outlet = re.sub(r"(?:数字报|电子报|电子版|数字版)$", "", normalize(markup.paper["website"]))
    if not draft.credits.outlet:
        draft.credits.outlet = draft.credits.account or (draft.site if is_account else None)
    if not draft.credits.authors and walk.is_thread:
        draft.credits.authors.extend(poster_of(markup, walk.lines, walk.span))
    if not draft.credits.authors:
        named = authors_of_head(markup, normalize, is_account=is_account)
        draft.credits.authors.extend(named or names_before_account(markup, walk.lines))
    fields = {name: normalize(value) for name, value in markup.paper.items()}
    if not draft.credits.authors and fields.get("author"):
        draft.credits.authors.extend(read_byline(f"作者：{NEXT_DESK.sub(' ', fields['author'])}") or ())
    draft.kicker = draft.kicker or fields.get("introtitle") or fields.get("subtitle")
    draft.rubric = draft.rubric or fields.get("columnname") or draft.credits.rubric


def _told_otherwise(walk: PageWalk) -> None:
    """The summary or the captions become the text of an article that has no other."""
    draft = walk.draft
    if walk.is_one_article and not draft.parts and draft.summary:
        tell_by_summary(draft, walk.lines)
    if walk.is_one_article and not draft.parts and draft.captions:
        tell_by_captions(draft, walk.lines)


def _completeness(walk: PageWalk) -> None:
    first, end = walk.span
    around = says_more_follows(walk.lines[first : end + LINES_BELOW])
    for draft in walk.drafts:
        draft.missing = around or missing_of(draft.parts, is_flattened=False)


def _shared_fields(walk: PageWalk) -> None:
    if not walk.is_one_article:
        share_page(walk.draft, walk.drafts)


def _no_article_after_all(walk: PageWalk) -> None:
    if not walk.is_one_article:
        return
    draft, lines = walk.draft, walk.lines
    if not draft.parts or (walk.is_short and draft.credits.is_empty):
        is_printed = not draft.parts and announces_article(walk.markup, lines, walk.names)
        walk.rejection = (
            reject_textless(lines)
            if is_printed
            else reject_empty(lines, title=walk.title, uri=walk.uri, script_chars=0)
        )
    else:
        has_printed_title = bool(walk.title_lines)
        walk.rejection = reject_found(draft, lines, title=walk.title, uri=walk.uri, has_printed_title=has_printed_title)
    if walk.rejection is not None:
        for line in lines:
            if line.kind != "removed":
                line.article = None
                line.remove("other", "the page is no article")


# In this order, each on what those before it have left open; the first that rejects the page is the last that is asked.
JUDGES: tuple[Judge, ...] = (
    _hidden,
    _rules_of_site,
    _place_of_text,
    _list_of_leads,
    _page_without_text,
    _repeated_lines,
    _names_of_page,
    _posts,
    _title,
    _text,
    _surroundings,
    _day,
    _site_and_people,
    _told_otherwise,
    _completeness,
    _shared_fields,
    _no_article_after_all,
)


def _last(places: Sequence[int]) -> int | None:
    return places[-1] if places else None


def _rules_of(markup: Markup, uri: str) -> SiteRules | None:
    for url in (uri, markup.canonical, markup.metas.get("og:url", "")):
        rules = rules_for(host_of(url))
        if rules is not None:
            return rules
    return None


def _named(markup: Markup, names: tuple[str, ...]) -> list[int]:
    """The elements that have one of ``names`` as id or class and hold text, in the order of ``names``."""
    elements = markup.elements
    return [
        index
        for name in names
        for index, hints in enumerate(elements.hints)
        if name in hints and elements.ends[index] > elements.firsts[index] and name in hints.split()
    ]
