"""One HTML page read as an article: which leaves are its body, and what every other leaf is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tasks.pages.bodies import aside_kind, choose_body, worth_of
from tasks.pages.bylines import Credits, photo_credit, read_byline, read_credits, read_dateline
from tasks.pages.drafts import BodyPart, Draft
from tasks.pages.line_patterns import stock_phrase
from tasks.pages.lines import Line, ends_sentence, han_count, is_headline, is_running
from tasks.pages.markup import Hiding, Markup
from tasks.pages.publication_dates import PublicationDate, date_of_machine_text, date_of_url
from tasks.pages.titles import agreement, cut_site_name, folded

Normalizer = Callable[[str], str]

_TITLE_HINT = re.compile(r"title|headline|(?:^|[ _-])(?:h1|bt|tit|biaoti|subject|topic)(?:[ _-]|$)")
_DATE_METAS = (
    "article:published_time", "og:published_time", "pubdate", "publishdate", "publish-date", "publish_date", "datepublished",
    "og:release_date", "firstpublishedtime", "weibo:article:create_at", "dc.date", "dc.date.issued", "date", "publication_date", "og:time", "bytedance:published_time",
)  # fmt: skip
_TITLE_METAS = ("og:title", "articletitle", "twitter:title", "title", "weibo:article:title")
_OUTLET_METAS = ("contentsource", "source", "article:source", "weibo:webpage:source", "mediaid")
_AUTHOR_METAS = ("og:article:author", "article:author", "weibo:article:author")
_SITE_METAS = ("og:site_name", "sitename", "application-name", "apple-mobile-web-app-title")


@dataclass(slots=True)
class HtmlReading:
    """The lines of the page in order (all judged) and the article found, or the reason why there is none."""

    lines: list[Line] = field(default_factory=list)
    draft: Draft | None = None
    reason: str | None = None
    detail: str | None = None


def read_html(
    markup: Markup, lines: list[Line], *, uri: str, repeated: frozenset[str], normalize: Normalizer
) -> HtmlReading:
    """Judge ``lines`` (one for each leaf of ``markup``, normalised, in the same order) and build the article.

    ``normalize`` does to the strings of the head what was done to the lines.
    """
    reading = HtmlReading(lines)
    for line, leaf in zip(lines, markup.leaves, strict=True):
        if leaf.hiding is not Hiding.NONE:
            line.remove("hidden", "not shown to a reader of the page")
        elif line.text in repeated:
            line.remove("repeated", "the site prints this line on many pages")
    body = choose_body(markup)
    if body is None:
        for line in lines:
            if not line.kind:
                line.remove("other", "the page has no article")
        reading.reason, reading.detail = "no_article_found", "no element holds running text"
        return reading
    names = _names_of_page(markup, normalize)
    element = markup.elements[body]
    first, end = element.first, element.end
    title_index, title = _find_title(markup, lines, names, first, end)
    draft = Draft(title=title)
    reading.draft = draft
    _judge_body(markup, lines, body, title_index, draft)
    _judge_rest(markup, lines, first, end, title_index, draft)
    _date_from_machine(markup, uri, draft)
    for key in _OUTLET_METAS:
        value = markup.metas.get(key)
        if value and not draft.credits.outlet and han_count(value) >= 2 and len(value) <= 20:
            draft.credits.outlet = normalize(value)
    for key in _SITE_METAS:
        value = markup.metas.get(key)
        if value and not draft.site and len(value) <= 30:
            draft.site = normalize(value)
    if not draft.parts:
        reading.reason, reading.detail = "no_article_found", "nothing was left of the densest element"
        reading.draft = None
    return reading


def _names_of_page(markup: Markup, normalize: Normalizer) -> list[str]:
    """What the page calls itself in its head, most trusted first; names of the site are cut."""
    sites = [normalize(markup.metas[key]) for key in _SITE_METAS if markup.metas.get(key)]
    found = []
    for key in _TITLE_METAS:
        value = markup.metas.get(key)
        if value:
            found.append(cut_site_name(normalize(value), sites))
    if markup.title:
        found.append(cut_site_name(normalize(markup.title), sites))
    for kind, _, text in markup.scripts:
        if "ld+json" in kind:
            match = re.search(r'"headline"\s*:\s*("(?:[^"\\]|\\.){4,200}")', text)
            if match:
                try:
                    found.append(normalize(json.loads(match.group(1))))
                except ValueError:
                    continue
    return [name for name in dict.fromkeys(found) if name]


def _find_title(
    markup: Markup, lines: list[Line], names: Sequence[str], first: int, end: int
) -> tuple[int | None, str | None]:
    folds = [folded(name) for name in names]
    best: tuple[float, int] | None = None
    body_start = first
    for index in range(first, end):
        if not lines[index].kind and is_running(lines[index].text) and len(lines[index].text) > 30:
            body_start = index
            break
    for index in range(min(body_start + 1, len(lines))):
        line = lines[index]
        text = line.text
        if line.kind == "removed" or not 4 <= len(text) <= 120 or line.link_share > 0.6:
            continue
        hints = markup.elements[line.element].hints if line.element >= 0 else ""
        score = agreement(folded(text), folds)
        if score < 0.45:
            if not (line.tag == "h1" and not folds):
                continue
            score = 0.4
        score += 0.25 if line.tag == "h1" else 0.15 if line.tag in ("h2", "h3") else 0.0
        score += 0.1 if _TITLE_HINT.search(hints) else 0.0
        score += 0.1 * index / max(body_start, 1)
        if best is None or score > best[0]:
            best = (score, index)
    if best is not None:
        return best[1], lines[best[1]].text
    if names:
        return None, names[0]
    for index in range(min(body_start, len(lines))):
        line = lines[index]
        if line.tag in ("h1", "h2") and not line.kind and is_headline(line.text, 80):
            return index, line.text
    return None, None


def _block_of(markup: Markup, index: int, total: float, worths: Sequence[float]) -> tuple[int, int]:
    """The leaves of the smallest element around leaf ``index`` that holds more than it, yet not half of the body."""
    element = markup.leaves[index].element
    span = (index, index + 1)
    while element >= 0:
        record = markup.elements[element]
        if sum(max(worth, 0.0) for worth in worths[record.first : record.end]) > total * 0.3:
            break
        span = (record.first, record.end)
        if record.end - record.first > 2:
            break
        element = record.parent
    return span


def _judge_body(markup: Markup, lines: list[Line], body: int, title_index: int | None, draft: Draft) -> None:
    element = markup.elements[body]
    first, end = element.first, element.end
    worths = [
        worth_of(leaf, markup.elements[leaf.element].tag if leaf.element >= 0 else "body") for leaf in markup.leaves
    ]
    total = sum(max(worth, 0.0) for worth in worths[first:end]) or 1.0
    _remove_asides(markup, lines, body, worths, total)
    title_fold = folded(draft.title or "")
    started = False
    done = 0.0
    skip_until = -1
    skip: tuple[str, str] = ("", "")
    is_over: tuple[str, str] | None = None
    for index in range(first, end):
        line = lines[index]
        if not line.kind and index < skip_until:
            line.remove(*skip)
        if line.kind:
            done += max(worths[index], 0.0)
            continue
        text = line.text
        if title_fold and len(text) <= 120 and folded(text) == title_fold:
            line.kind = "title"
            continue
        if is_over is not None:
            _judge_tail(line, is_over, draft)
            continue
        worth = max(worths[index], 0.0)
        if title_index is not None and index < title_index:
            line.remove("navigation", "stands above the title")
            done += worth
            continue
        rule = stock_phrase(text)
        if rule is not None:
            if rule.kind == "metadata":
                line.kind, line.reason = "metadata", rule.reason
                done += worth
                continue
            line.remove(rule.kind, rule.reason)
            if rule.ends:
                if started and total - done - worth <= max(done, 1.0) * 0.6:
                    is_over = (rule.kind, f"follows a line that ends the article ({rule.reason})")
                elif rule.kind in ("related", "ranking"):
                    span = _block_of(markup, index, total, worths)
                    skip_until, skip = span[1], (rule.kind, "listed under the heading of other articles")
                    if skip_until <= index + 1:
                        skip_until = _links_after(lines, index + 1, end)
            done += worth
            continue
        if _is_credit_line(line, started, draft):
            if started and total - done - worth <= max(done, 1.0) * 0.4 and draft.credits.editors:
                is_over = ("other", "follows the editor's credit at the end of the article")
            done += worth
            continue
        if line.link_share >= 0.6 and not (line.link_share < 0.9 and ends_sentence(text)):
            line.remove("related" if started else "navigation", "a link to another page")
            continue
        done += worth
        if line.tag == "figcaption" or _is_caption(markup, lines, index):
            _take_caption(line, draft)
            continue
        if (
            not started
            and not is_running(text)
            and len(text) < 40
            and not line.is_bold
            and line.tag not in ("p", "h2", "h3")
        ):
            line.remove("other", "a short label above the first paragraph")
            continue
        started = True
        line.kind = "heading" if _is_heading(line) else "paragraph"
        line.article = 0
        draft.parts.append(BodyPart(line.kind, text, [line]))
        if line.kind == "paragraph":
            _take_dateline(line, draft)
    while draft.parts and draft.parts[-1].kind == "heading":
        part = draft.parts.pop()
        # A heading that nothing follows is the last line of the text (a signature, a place) unless it is marked up.
        line = part.lines[0]
        if line.tag.startswith("h") or line.is_bold:
            line.remove("related", "a heading that nothing of the article follows")
            line.article = None
        else:
            part.kind = line.kind = "paragraph"
            draft.parts.append(part)
            break


def _remove_asides(markup: Markup, lines: list[Line], body: int, worths: Sequence[float], total: float) -> None:
    first, end = markup.elements[body].first, markup.elements[body].end
    skip_until = first
    for index in range(body + 1, len(markup.elements)):
        element = markup.elements[index]
        if element.first >= end:
            break
        if element.first < skip_until or element.end <= element.first:
            continue
        found = aside_kind(element.hints)
        if found is None:
            continue
        held = sum(max(worth, 0.0) for worth in worths[element.first : element.end])
        if held > total * 0.35:
            continue
        kind, reason = found
        for line in lines[element.first : element.end]:
            if not line.kind:
                line.remove(kind, reason)
        skip_until = element.end


def _links_after(lines: list[Line], start: int, end: int) -> int:
    index = start
    while index < end and (lines[index].kind or lines[index].link_share >= 0.5 or len(lines[index].text) < 12):
        index += 1
    return index


def _judge_tail(line: Line, ending: tuple[str, str], draft: Draft) -> None:
    if len(line.text) <= 120:
        found = read_credits(line.raw)
        found.date = None
        if not found.is_empty:
            draft.credits.fill(found)
            line.kind, line.reason = "metadata", "credits below the article"
            return
    rule = stock_phrase(line.text)
    if rule is not None and rule.kind != "metadata":
        line.remove(rule.kind, rule.reason)
    else:
        line.remove(*ending)


def _is_credit_line(line: Line, started: bool, draft: Draft) -> bool:
    text, raw = line.text, line.raw
    if len(text) > 120:
        return False
    names = read_byline(raw)
    if names:
        line.kind, line.reason = "metadata", "byline"
        draft.credits.fill(Credits(authors=names))
        return True
    if len(text) > 16 and is_running(text) and not re.match(r"[（(【\[]", text) and started:
        return False
    found = read_credits(raw)
    strong = bool(found.outlet or found.editors or found.authors or found.photographers)
    if not strong and not (found.date and found.date.on and len(text) <= 40 and (not started or len(text) <= 24)):
        return False
    if started and is_running(text) and len(text) > 60:
        return False
    if started and found.date and not strong:
        found.date = found.date if draft.credits.date is None else None
    line.kind, line.reason = "metadata", "credits of the article"
    draft.credits.fill(found)
    return True


def _is_caption(markup: Markup, lines: list[Line], index: int) -> bool:
    line = lines[index]
    element = markup.elements[line.element] if line.element >= 0 else None
    if element is not None and re.search(
        r"(?:^|[ _-])(?:caption|figcaption|img-?(?:desc|title|txt|text|note|info)|pic-?(?:desc|title|txt|info|note)|image-?(?:desc|caption)|tuzhu|photo-?desc)(?:[ _-]|$)",
        element.hints,
    ):
        return True
    if not line.after_image or len(line.text) > 120:
        return False
    if re.match(r"^[▲△↑▼]", line.text) or re.search(r"(?:摄|供图|图源|图片来源.{0,20}|资料图)[）)]?。?$", line.text):
        return True
    return line.is_centered and len(line.text) <= 80


def _take_caption(line: Line, draft: Draft) -> None:
    line.kind, line.article = "caption", 0
    text = line.text.lstrip("▲△↑▼ ")
    credit = photo_credit(line.raw)
    if credit:
        kept, names = credit
        draft.credits.fill(Credits(photographers=names))
        text = text[: _aligned(text, kept)]
    if text:
        draft.captions.append(text)


def _aligned(text: str, kept: str) -> int:
    """Where in ``text`` (without the spaces that ``kept`` may have) the characters of ``kept`` end."""
    wanted = len("".join(kept.split()))
    seen = 0
    for place, char in enumerate(text):
        if seen >= wanted:
            return place
        if not char.isspace():
            seen += 1
    return len(text)


def _is_heading(line: Line) -> bool:
    if len(line.text) > 45 or not is_headline(line.text):
        return False
    return line.tag in ("h2", "h3", "h4", "h5", "h6") or line.is_bold


def _take_dateline(line: Line, draft: Draft) -> None:
    found = read_dateline(line.raw)
    if not found:
        return
    text, names, agency = found
    if draft.dateline is None:
        draft.dateline = line.text[: _aligned(line.text, text)]
        draft.credits.fill(Credits(authors=names))
        if agency and draft.credits.outlet is None:
            draft.credits.outlet = agency


def _judge_rest(markup: Markup, lines: list[Line], first: int, end: int, title_index: int | None, draft: Draft) -> None:
    head_from = title_index if title_index is not None else max(0, first - 30)
    zone = [
        *range(head_from, first),
        *range(head_from - 1, max(head_from - 7, -1), -1),
        *range(end, min(end + 12, len(lines))),
    ]
    for index in zone:
        line = lines[index]
        if line.kind or len(line.text) > 120 or (first <= index < end):
            continue
        if index == title_index:
            line.kind, line.article = "title", 0
            continue
        if is_running(line.text) and len(line.text) > 50:
            continue
        found = read_credits(line.raw)
        if found.is_empty:
            names = read_byline(line.raw)
            if names:
                found = Credits(authors=names)
        if index >= end and found.date and not re.search(r"时间|日期|发布|刊发|更新", line.text):
            found.date = None
        if found.is_empty or (found.date and found.date.on is None and found.outlet is None and not found.authors):
            continue
        draft.credits.fill(found)
        line.kind, line.reason = "metadata", "credits around the article"
    for index, line in enumerate(lines):
        if line.kind:
            continue
        if index == title_index:
            line.kind, line.article = "title", 0
            continue
        rule = stock_phrase(line.text)
        if rule is not None and rule.kind != "metadata":
            line.remove(rule.kind, rule.reason)
            continue
        found_kind = None
        element = line.element
        while element >= 0 and found_kind is None:
            found_kind = aside_kind(markup.elements[element].hints)
            element = markup.elements[element].parent
        if found_kind is not None:
            line.remove(*found_kind)
        elif line.link_share >= 0.5:
            line.remove("navigation", "a link outside the article")
        else:
            line.remove("other", "outside the part of the page that holds the article")


def _date_from_machine(markup: Markup, uri: str, draft: Draft) -> None:
    stated = draft.credits.date
    if stated is not None and stated.on is not None and stated.at is not None:
        return
    candidates: list[PublicationDate] = []
    for key in _DATE_METAS:
        value = markup.metas.get(key)
        if value:
            found = date_of_machine_text(value)
            if found and found.on:
                candidates.append(found)
    for kind, _, text in markup.scripts:
        if "ld+json" in kind:
            match = re.search(r'"(?:datePublished|pubDate|uploadDate)"\s*:\s*"([^"]{8,40})"', text)
            if match:
                found = date_of_machine_text(match.group(1))
                if found and found.on:
                    candidates.append(found)
    if stated is not None and stated.on is not None:
        for found in candidates:
            if found.on == stated.on and found.at is not None:
                draft.credits.date = found
                return
        return
    if candidates:
        draft.credits.date = candidates[0]
        return
    for url in (uri, markup.canonical, markup.metas.get("og:url", "")):
        from_url = date_of_url(url) if url.startswith("http") else None
        if from_url:
            draft.credits.date = from_url
            return
