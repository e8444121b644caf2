"""One HTML page read as an article: which leaves are its body, and what every other leaf is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

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
    site_of_head,
    site_of_notices,
)
from tasks.pages.html.markup import Markup
from tasks.pages.html.paper_pages import names_a_paper_page, read_paper_page
from tasks.pages.html.parts import count_teasers, find_posts, find_thread, judge_items, judge_posts, share_page
from tasks.pages.html.scripts import read_linked_data, read_state
from tasks.pages.html.surroundings import LINES_BELOW, judge_rest, stated_above
from tasks.pages.html.titles import (
    announces_article,
    find_title,
    names_of_page,
    take_kicker,
    without_label,
)
from tasks.pages.lines.bylines import read_byline
from tasks.pages.lines.credits import read_credits, read_unlabelled
from tasks.pages.lines.lines import (
    Line,
    han_count,
)
from tasks.pages.lines.personal_names import NEXT_DESK
from tasks.pages.lines.publication_dates import PossibleDays, date_of_machine_text
from tasks.pages.rejections import Rejection, reject_empty, reject_found, reject_textless
from tasks.pages.repetition import ends_of_body, remove_repeated
from tasks.records import RejectionReason
from tasks.sites.rules import SiteRules, rules_for

LEAST_TEASERS = 3  # leads with a link to the rest: one may stand in an article, three are a list


@dataclass(slots=True)
class HtmlReading:
    """The lines of the page in order (all judged) and the articles found, or the reason why there is none."""

    lines: list[Line] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    reason: RejectionReason | None = None
    detail: str | None = None


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

    ``normalize`` does to the strings of the head what was done to the lines.
    """
    reading = HtmlReading(lines)
    elements = markup.elements
    for line, hiding in zip(lines, markup.leaves.hidings, strict=True):
        if hiding:
            line.remove("hidden", "not shown to a reader of the page")
    rules = _rules_of(markup, uri)
    for element in _named(markup, rules.removed) if rules else ():
        for line in lines[slice(*elements.span(element))]:
            if not line.kind:
                line.remove("other", "named by the rules of the site as not part of an article")
    is_short = False
    body = next(iter(_named(markup, rules.body)), None) if rules else None
    paper = read_paper_page(markup, lines, normalize(markup.title)) if body is None else None
    posts = find_posts(markup, lines, paper) if body is None else []
    thread = find_thread(markup) if body is None and not posts else None
    if thread is not None:
        body, answers = thread
        for answer in answers:
            for line in lines[slice(*elements.span(answer))]:
                if not line.kind:
                    line.remove("comment", "an answer in the thread")
    elif body is None and not posts:
        body = choose_body(markup)
        if body is None:
            body = choose_table_body(markup)
        if body is None:
            body, is_short = choose_short_body(markup), True
    teasers = count_teasers(lines, *elements.span(body)) if body is not None else 0
    if teasers >= LEAST_TEASERS:
        for line in lines:
            if not line.kind:
                line.remove("navigation", "a list of articles")
        reading.reason, reading.detail = "list_page", f"{teasers} leads with a link to the rest"
        return reading
    if body is None and not posts:
        is_announced = announces_article(markup, lines, names_of_page(markup, normalize))
        for line in lines:
            if not line.kind:
                line.remove("other", "the page has no article")
        scripts = sum(len(text) for _, _, text in markup.scripts)
        reading.reason, reading.detail = (
            reject_textless(lines)
            if is_announced
            else reject_empty(lines, title=normalize(markup.title), uri=uri, script_chars=scripts)
        )
        return reading
    if repeated:
        held = (
            elements.span(body)
            if body is not None
            else (elements.firsts[posts[0].element], elements.ends[posts[-1].element])
        )
        remove_repeated(
            lines, repeated, (*range(held[0]), *range(held[1], len(lines)), *ends_of_body(lines, repeated, *held))
        )
    names = [name for name in names_of_page(markup, normalize) if not names_a_paper_page(name)]
    draft = Draft(days=days)
    draft.site = site_of_head(markup, normalize)
    if paper is not None:
        draft.site = draft.site or paper.paper
        draft.rubric = paper.name
        draft.credits.outlet = paper.paper if posts else None
    has_printed_title = True
    if body is None:
        first, end = elements.firsts[posts[0].element], elements.ends[posts[-1].element]
        title_index = None
        draft.title = names[0] if names else None
        drafts = judge_posts(markup, lines, posts, draft)
    else:
        first, end = elements.span(body)
        title_lines, title = find_title(markup, lines, names, first, end)
        for titled in _named(markup, rules.title) if rules else ():
            title_lines = [place for place in range(*elements.span(titled)) if not lines[place].kind]
            title = "".join(lines[place].text for place in title_lines) or title
            break
        title_index = title_lines[-1] if title_lines else None
        has_printed_title = bool(title_lines)
        for index in title_lines:
            lines[index].kind, lines[index].article = "title", 0
            if lines[index].tail:
                tail = lines[index].tail
                draft.take_credits(read_unlabelled(tail, read_credits(tail)), tail)
        draft.title = without_label(lines, title) if title else None
        if title_lines:
            take_kicker(markup, lines, title_lines, draft)
        draft.stated = stated_above(lines, title_index, first, draft)
        drafts = judge_items(markup, lines, body, title_lines, draft)
        if not drafts:
            judge_body(markup, lines, body, title_index, draft)
            drafts = [draft]
    is_account = any(markup.metas.get(key) in PLATFORMS for key in SITE_METAS)
    judge_rest(markup, lines, (first, end), title_index, draft, dates_below=thread is not None)
    date_from_head(markup, uri, draft)
    draft.credits.date = draft.credits.date or draft.signed
    _take_script_fields(markup, draft, normalize)
    for key in OUTLET_METAS:
        value = markup.metas.get(key)
        if value and not draft.credits.outlet and han_count(value) >= 2 and len(value) <= 20:
            draft.credits.outlet = normalize(value)
    draft.site = draft.site or site_of_notices(markup, lines, normalize, draft.title)
    if not draft.credits.outlet and markup.paper.get("website"):
        draft.credits.outlet = re.sub(r"(?:数字报|电子报|电子版|数字版)$", "", normalize(markup.paper["website"]))
    if not draft.credits.outlet and is_account and draft.site:
        draft.credits.outlet = draft.site
    if not draft.credits.authors:
        draft.credits.authors.extend(authors_of_head(markup, normalize, is_account=is_account))
    fields = {name: normalize(value) for name, value in markup.paper.items()}
    if not draft.credits.authors and fields.get("author"):
        draft.credits.authors.extend(read_byline(f"作者：{NEXT_DESK.sub(' ', fields['author'])}") or ())
    draft.kicker = draft.kicker or fields.get("introtitle") or fields.get("subtitle")
    draft.rubric = draft.rubric or fields.get("columnname")
    draft.rubric = draft.rubric or draft.credits.rubric
    if drafts[0] is draft and not draft.parts and draft.summary:
        tell_by_summary(draft, lines)
    if drafts[0] is draft and not draft.parts and draft.captions:
        tell_by_captions(draft, lines)
    around = says_more_follows(lines[first : end + LINES_BELOW])
    for one in drafts:
        one.missing = around or missing_of(one.parts, is_flattened=False)
    reason: Rejection | None = None
    if drafts[0] is not draft:
        share_page(draft, drafts)
    elif not draft.parts or (is_short and draft.credits.is_empty):
        is_printed = not draft.parts and announces_article(markup, lines, names)
        reason = (
            reject_textless(lines)
            if is_printed
            else reject_empty(lines, title=normalize(markup.title), uri=uri, script_chars=0)
        )
    else:
        reason = reject_found(draft, lines, title=normalize(markup.title), uri=uri, has_printed_title=has_printed_title)
    reading.drafts = drafts
    if reason is not None:
        reading.reason, reading.detail = reason
        reading.drafts = []
        for line in lines:
            if line.kind != "removed":
                line.article = None
                line.remove("other", "the page is no article")
    return reading


def _take_script_fields(markup: Markup, draft: Draft, normalize: Normalizer) -> None:
    linked = read_linked_data(markup.scripts)
    if linked.publisher and not draft.site and 2 <= len(linked.publisher) <= 20 and han_count(linked.publisher):
        draft.site = normalize(linked.publisher)
    if not draft.credits.authors:
        draft.credits.authors.extend(normalize(name) for name in linked.authors)
    if markup.is_drawn:
        state = read_state(markup.scripts, markup.title)
        draft.credits.outlet = draft.credits.outlet or (normalize(state.outlet) if state.outlet else None)
        if not draft.credits.authors:
            draft.credits.authors.extend(normalize(name) for name in state.authors)
        if not draft.credits.editors:
            draft.credits.editors.extend(normalize(name) for name in state.editors)
        if draft.credits.date is None and state.date:
            in_script = date_of_machine_text(state.date)
            if in_script is not None and draft.days.hold(in_script):
                draft.credits.date = replace(in_script, origin="meta")


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
