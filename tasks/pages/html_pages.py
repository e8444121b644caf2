"""One HTML page read as an article: which leaves are its body, and what every other leaf is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from tasks.pages.bodies import aside_kind, choose_body, worth_of
from tasks.pages.bylines import (
    Credits,
    photo_credit,
    read_byline,
    read_credits,
    read_dateline,
    read_unlabelled,
    split_names,
)
from tasks.pages.drafts import BodyPart, Draft
from tasks.pages.line_patterns import stock_phrase
from tasks.pages.lines import Line, clause_marks, ends_sentence, han_count, is_headline, is_running
from tasks.pages.markup import Hiding, Markup
from tasks.pages.publication_dates import PublicationDate, date_of_machine_text, date_of_url, find_day
from tasks.pages.rejections import Rejection, reject_empty, reject_found
from tasks.pages.site_names import MEDIA_TAIL, name_site
from tasks.pages.titles import agreement, cut_site_name, folded, is_subtitle

Normalizer = Callable[[str], str]

_TITLE_HINT = re.compile(r"title|headline|(?:^|[ _-])(?:h1|bt|tit|biaoti|subject|topic)(?:[ _-]|$)")
_LEAD_HINT = re.compile(
    r"(?:^|[ _-])(?:lead|summary|abstract|digest|daodu|zhaiyao|daoyu|intro|excerpt|subtitle-text|art-lead)(?:[ _-]|$)"
)
_SUMMARY = re.compile(
    r"^[\[【（(]?\s*(?:内容)?(?:摘要|提要|导读|核心提示|内容提要|内容简介)\s*(?:[\]】）)]\s*[：:]?|[：:])\s*(?P<text>.{8,})$"
)
_BARE_LABEL = re.compile(
    r"^[（(【\[]?\s*(?:责任编辑|责编|编辑|作者|来源|文章来源|本文来源|信息来源|稿件来源|发布时间|发布日期|审核|校对|记者|摄影|供稿)\s*[：:]"
)
_KICKER_HINT = re.compile(
    r"(?:^|[ _-])(?:pre-?title|sub-?title\w*|subhead\w*|intro-?title|kicker|eyebrow|yinti\w*|futi\w*|f-?title|shoulder|jianti|ytitle|second-?title)(?:[ _-]|$)"
)
_COUNTER = re.compile(r"^\d{1,3}\s*/\s*\d{1,3}\s*(?=[㐀-鿿“])")
_DATE_METAS = (
    "article:published_time", "og:published_time", "pubdate", "publishdate", "publish-date", "publish_date", "datepublished",
    "og:release_date", "firstpublishedtime", "weibo:article:create_at", "dc.date", "dc.date.issued", "date", "publication_date", "og:time", "bytedance:published_time",
)  # fmt: skip
_DATE_KEY = re.compile(r"(?:pub|release|issue|create|post).{0,12}(?:time|date)|(?:time|date).{0,6}(?:pub|issued)")
_SCRIPT_DATE = re.compile(
    r"(?<![A-Za-z])[\"']?(?:publish_?(?:ed)?_?(?:time|date|at|on)|pub_?(?:time|date)|ptime|ct|createtime|create_time|created_?at|"
    r"release_?(?:time|date)|news_?time|date_?published)[\"']?\s*[:=]\s*[\"']?(\d{4}[-/年]\d{1,2}[-/月]\d{1,2}[^\"'<>]{0,20}|1\d{9}(?:\d{3})?)\b",
    re.IGNORECASE,
)
_TITLE_METAS = ("og:title", "articletitle", "twitter:title", "title", "weibo:article:title")
_OUTLET_METAS = ("contentsource", "source", "article:source", "weibo:webpage:source", "mediaid")
_AUTHOR_METAS = ("og:article:author", "article:author", "weibo:article:author")
_ACCOUNT = re.compile(
    r"""\b(?:nick_?name|account_?name|media_?name)\s*[:=]\s*(?:htmlDecode\()?["']([^"'<>]{2,30})["']"""
)
_PLATFORMS = frozenset(("微信公众平台",))  # where an account publishes, not who
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
        scripts = sum(len(text) for _, _, text in markup.scripts)
        reading.reason, reading.detail = reject_empty(
            lines, title=normalize(markup.title), uri=uri, script_chars=scripts
        )
        return reading
    names = _names_of_page(markup, normalize)
    element = markup.elements[body]
    first, end = element.first, element.end
    title_lines, title = _find_title(markup, lines, names, first, end)
    title_index = title_lines[-1] if title_lines else None
    for index in title_lines:
        lines[index].kind, lines[index].article = "title", 0
    draft = Draft(title=title)
    reading.draft = draft
    if title_lines:
        _take_kicker(markup, lines, title_lines, draft)
    draft.site = _site_of_head(markup, normalize)
    is_account = any(markup.metas.get(key) in _PLATFORMS for key in _SITE_METAS)
    _judge_body(markup, lines, body, title_index, draft)
    _judge_rest(markup, lines, first, end, title_index, draft)
    _date_from_machine(markup, uri, draft)
    for key in _OUTLET_METAS:
        value = markup.metas.get(key)
        if value and not draft.credits.outlet and han_count(value) >= 2 and len(value) <= 20:
            draft.credits.outlet = normalize(value)
    draft.site = draft.site or _site_of_notices(markup, lines, normalize)
    if not draft.credits.outlet and markup.paper.get("website"):
        draft.credits.outlet = re.sub(r"(?:数字报|电子报|电子版|数字版)$", "", normalize(markup.paper["website"]))
    if not draft.credits.outlet and is_account and draft.site:
        draft.credits.outlet = draft.site
    if not draft.credits.authors:
        for key in _AUTHOR_METAS:
            value = markup.metas.get(key, "")
            if 2 <= len(value) <= 12 and value != draft.site:
                draft.credits.authors.extend(split_names(normalize(value)))
                break
    paper = {name: normalize(value) for name, value in markup.paper.items()}
    draft.kicker = draft.kicker or paper.get("introtitle") or paper.get("subtitle")
    draft.rubric = draft.rubric or paper.get("columnname")
    draft.rubric = draft.rubric or draft.credits.rubric
    if not draft.parts and draft.summary:
        # A page of which only a lead can be read: the lead is the text.
        line = next(line for line in lines if line.kind == "summary")
        line.kind, draft.summary = "paragraph", None
        counter = _COUNTER.match(line.text)
        if counter:
            line.cut_to(counter.end(), len(line.text))
        draft.parts.append(BodyPart("paragraph", line.text, [line]))
    reason: Rejection | None
    if not draft.parts:
        reason = reject_empty(lines, title=normalize(markup.title), uri=uri, script_chars=0)
    else:
        reason = reject_found(draft, lines, title=normalize(markup.title), uri=uri, has_printed_title=bool(title_lines))
    if reason is not None:
        reading.reason, reading.detail = reason
        reading.draft = None
        for line in lines:
            if line.kind != "removed":
                line.article = None
                line.remove("other", "the page is no article")
    return reading


def _site_of_head(markup: Markup, normalize: Normalizer) -> str | None:
    """Who published the page, as its head says; of a page on a platform, the account."""
    if markup.paper.get("website"):
        return normalize(markup.paper["website"])
    for key in _SITE_METAS:
        value = markup.metas.get(key)
        if value and value in _PLATFORMS:
            for _, _, text in markup.scripts:
                account = _ACCOUNT.search(text)
                if account:
                    return normalize(account.group(1))
        elif value and len(value) <= 30:
            return normalize(value)
    return None


def _site_of_notices(markup: Markup, lines: list[Line], normalize: Normalizer) -> str | None:
    """Who published the page, by its notices and its breadcrumb, then by the end of its title."""
    named = name_site(
        line.text for line in lines if line.kind in ("removed", "metadata") and line.removed_as != "hidden"
    )
    if named:
        return named
    tail = re.split(r"\s*[_|｜@]+\s*|\s+[-–—]+\s+|--+|-(?=[㐀-鿿])", normalize(markup.title))[-1].strip()
    return tail if 2 <= len(tail) <= 16 and MEDIA_TAIL.search(tail) else None


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
    generic = {folded(site) for site in sites} | {"首页", ""}
    return [name for name in dict.fromkeys(found) if folded(name) not in generic and not name.startswith("首页")]


def _find_title(
    markup: Markup, lines: list[Line], names: Sequence[str], first: int, end: int
) -> tuple[list[int], str | None]:
    """The lines that print the title (one, or several that spell it together) and the title."""
    folds = [folded(name) for name in names]
    body_start = first
    for index in range(first, end):
        if not lines[index].kind and is_running(lines[index].text) and len(lines[index].text) > 30:
            body_start = index
            break
    best: tuple[float, int] | None = None
    loose: tuple[float, int] | None = None
    for index in range(min(body_start + 1, len(lines))):
        line = lines[index]
        text = line.text
        if line.kind == "removed" or not 4 <= len(text) <= 120 or line.link_share > 0.6:
            continue
        hints = markup.elements[line.element].hints if line.element >= 0 else ""
        marked = 0.25 if line.tag == "h1" else 0.15 if line.tag in ("h2", "h3") else 0.0
        marked += 0.1 if _TITLE_HINT.search(hints) else 0.0
        marked += 0.1 * index / max(body_start, 1)
        score = agreement(folded(text), folds)
        if score >= 0.45 and (best is None or score + marked > best[0]):
            best = (score + marked, index)
        if (
            marked >= 0.15
            and is_headline(text, 80)
            and stock_phrase(text) is None
            and (loose is None or marked >= loose[0])
        ):
            loose = (marked, index)
    if best is None:
        spelled = next((found for fold in folds if (found := _spelled_near(lines, fold, body_start))), [])
        if spelled:
            return spelled, "".join(lines[index].text for index in spelled)
        if loose is not None and (not names or loose[0] >= 0.25):
            return [loose[1]], lines[loose[1]].text
        return [], names[0] if names else None
    index = best[1]
    text = lines[index].text
    for name, fold in zip(names, folds, strict=True):
        own = folded(text)
        if own != fold and own in fold:
            spelled = _spelled_by(lines, index, fold)
            if spelled:
                return spelled, name
        # A label (原创, 图集, the name of a sponsor) stands before the title in the same element.
        if own != fold and own.endswith(fold) and len(own) - len(fold) <= 8 and len(fold) >= 8:
            return [index], name
    return [index], text


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


def _take_kicker(markup: Markup, lines: list[Line], title_lines: list[int], draft: Draft) -> None:
    """The line right above the title (引题) or right below it (副题), where it is set as a title too."""
    title = lines[title_lines[0]]
    for index in (title_lines[0] - 1, title_lines[-1] + 1):
        if not 0 <= index < len(lines):
            continue
        line = lines[index]
        text = line.text
        if line.kind or line.link_share > 0 or not 6 <= len(text) <= 60 or han_count(text) * 2 < len(text):
            continue
        hints = markup.elements[line.element].hints if line.element >= 0 else ""
        named = bool(_KICKER_HINT.search(hints)) or is_subtitle(text)
        beside = line.tag in ("h1", "h2", "h3") or (line.is_centered and title.is_centered and index < title_lines[0])
        if not named and not (beside and len(text) >= 8 and is_headline(text, 60)):
            continue
        if stock_phrase(text) is not None or not read_credits(line.raw).is_empty or ends_sentence(text):
            continue
        line.kind, line.article = "kicker", 0
        kicker = text.strip("—–―─- ")
        draft.kicker = f"{draft.kicker} {kicker}" if draft.kicker else kicker


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
    positions_are_captions = not _is_told_in_pictures(markup, lines, first, end)
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
            line.kind, line.article = "title", 0
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
        if rule is not None and rule.kind == "navigation" and not started and find_day(text):
            rule = None
        if rule is not None:
            if rule.kind == "metadata":
                line.kind, line.reason = "metadata", rule.reason
                done += worth
                continue
            line.remove(rule.kind, rule.reason)
            if rule.ends:
                if started and _left(lines, worths, index + 1, end) <= max(done, 1.0) * 0.6:
                    is_over = (rule.kind, f"follows a line that ends the article ({rule.reason})")
                elif rule.kind in ("related", "ranking"):
                    span = _block_of(markup, index, total, worths)
                    skip_until, skip = span[1], (rule.kind, "listed under the heading of other articles")
                    if skip_until <= index + 1:
                        skip_until = _links_after(lines, index + 1, end)
            done += worth
            continue
        if _is_credit_line(line, started, draft):
            if started and _names_editor(text) and _left(lines, worths, index + 1, end) <= max(done, 1.0) * 0.6:
                is_over = ("other", "follows the editor's credit at the end of the article")
            done += worth
            continue
        if line.link_share >= 0.6 and not (line.link_share < 0.9 and ends_sentence(text)):
            line.remove("related" if started else "navigation", "a link to another page")
            continue
        done += worth
        summary = _SUMMARY.match(text) if not draft.summary and len(draft.parts) <= 1 else None
        if summary or (not started and _is_lead(markup, index, body)):
            line.kind, line.article = "summary", 0
            draft.summary = draft.summary or re.sub(r"[.…]{2,}$|…$", "", summary["text"] if summary else text).strip()
            continue
        if line.tag == "figcaption" or _is_caption(markup, lines, index, positions_are_captions):
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
        counter = _COUNTER.match(text)
        if counter:
            line.cut_to(counter.end(), len(text))
        draft.parts.append(BodyPart(line.kind, line.text, [line]))
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


def _left(lines: list[Line], worths: Sequence[float], start: int, end: int) -> float:
    """The worth of what is still to be judged."""
    return sum(
        max(worth, 0.0) for line, worth in zip(lines[start:end], worths[start:end], strict=True) if not line.kind
    )


def _is_lead(markup: Markup, index: int, body: int) -> bool:
    """Whether the line stands in an element that the page names as its summary."""
    element = markup.leaves[index].element
    while element > body:
        if _LEAD_HINT.search(markup.elements[element].hints):
            return True
        element = markup.elements[element].parent
    return False


def _is_told_in_pictures(markup: Markup, lines: list[Line], first: int, end: int) -> bool:
    """Whether so much of the text stands below pictures that it is the text itself and not captions."""
    below = total = 0
    for index in range(first, end):
        line = lines[index]
        if line.kind or line.link_share > 0.5:
            continue
        total += len(line.text)
        if line.after_image and line.is_centered and len(line.text) <= 80:
            below += len(line.text)
    return below > total * 0.3


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
    if len(text) > 16 and is_running(text) and not re.match(r"[（(【\[]", text) and (started or ends_sentence(text)):
        return False
    found = read_unlabelled(raw, read_credits(raw), draft.site)
    strong = bool(found.outlet or found.editors or found.authors or found.photographers)
    if not strong and not found.date and len(text) <= 40 and _BARE_LABEL.match(text):
        line.kind, line.reason = "metadata", "credits of the article"
        return True
    if not strong and not (found.date and found.date.on and len(text) <= 40 and (not started or len(text) <= 24)):
        return False
    if started and is_running(text) and len(text) > 60:
        return False
    if started and found.date and not strong:
        found.date = found.date if draft.credits.date is None else None
    line.kind, line.reason = "metadata", "credits of the article"
    draft.credits.fill(found)
    return True


def _names_editor(text: str) -> bool:
    return bool(re.search(r"(?:责任?编辑?|编辑|编审|校对|审核|监制)\s*[：:/]", text)) or "编辑" in text[:4]


def _is_caption(markup: Markup, lines: list[Line], index: int, by_position: bool) -> bool:
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
    return by_position and line.is_centered and len(line.text) <= 80 and clause_marks(line.text) <= 1


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
        if index < first and not draft.summary:
            summary = _SUMMARY.match(line.text)
            if summary or (is_running(line.text) and _is_lead(markup, index, -1)):
                line.kind, line.article = "summary", 0
                draft.summary = re.sub(r"[.…]{2,}$|…$", "", summary["text"] if summary else line.text).strip()
                continue
        if is_running(line.text) and len(line.text) > 50:
            continue
        found = read_unlabelled(line.raw, read_credits(line.raw), draft.site)
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
    for stamp in (markup.paper.get("date", ""), *markup.times[:1]):
        found = date_of_machine_text(stamp) if stamp else None
        if found and found.on:
            midnight = found.at is not None and (found.at.hour, found.at.minute, found.at.second) == (0, 0, 0)
            candidates.append(replace(found, at=None, precision="day") if midnight else found)
    others = [key for key in markup.metas if key not in _DATE_METAS and _DATE_KEY.search(key)]
    for key in (*_DATE_METAS, *others):
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
    if not candidates and (stated is None or stated.on is None):
        for _, _, text in markup.scripts:
            for match in _SCRIPT_DATE.finditer(text, 0, 400_000):
                found = date_of_machine_text(match.group(1))
                if found and found.on:
                    candidates.append(found)
                    break
            if candidates:
                break
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
