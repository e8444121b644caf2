"""What the head of an HTML page, its scripts and its notices say: who published it and when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from tasks.lexicon.characters import pattern_of
from tasks.pages.drafts import Draft
from tasks.pages.html.markup import Markup
from tasks.pages.html.said_unseen import FIELD
from tasks.pages.lines.lines import Line
from tasks.pages.lines.personal_names import looks_like_name, read_bare_names, split_names
from tasks.pages.lines.publication_dates import PublicationDate, date_of_machine_text
from tasks.pages.lines.site_names import MEDIA_TAIL, name_site, names_institution
from tasks.pages.lines.titles import without_software
from tasks.pages.lines.word_spam import advertises
from tasks.records import DateOrigin

Normalizer = Callable[[str], str]

_DATE_METAS = (
    "article:published_time", "og:published_time", "pubdate", "publishdate", "publish-date", "publish_date",
    "datepublished", "og:release_date", "firstpublishedtime", "weibo:article:create_at", "dc.date", "dc.date.issued",
    "date", "publication_date", "og:time", "bytedance:published_time",
)  # fmt: skip

_DATE_KEY = re.compile(r"(?:pub|release|issue|create|post).{0,12}(?:time|date)|(?:time|date).{0,6}(?:pub|issued)")

# The first letter stands alone: from it the engine can skip through a script.
_SCRIPT_DATE = re.compile(
    r"[CcDdNnPpRr](?<![A-Za-z].)(?i:(?<=p)(?:ublish_?(?:ed)?_?(?:time|date|at|on)|ub_?(?:time|date)|time)"
    r"|(?<=c)(?:t|reatetime|reate_time|reated_?at)|(?<=r)elease_?(?:time|date)|(?<=n)ews_?time|(?<=d)ate_?published)"
    r"[\"']?\s*[:=]\s*[\"']?(\d{4}[-/年]\d{1,2}[-/月]\d{1,2}[^\"'<>]{0,20}|1\d{9}(?:\d{3})?)\b",
    re.DOTALL,
)

_LINKED_DATE = re.compile(r'"(?:datePublished|pubDate|uploadDate)"\s*:\s*"([^"]{8,40})"')
# For time alone: characters of a script that are searched; what lies beyond is data.
_MOST_SEARCHED = 400_000

# A newspaper's page calls itself by paper, page and day.
_MASTHEAD_DAY = re.compile(
    r"(?:[版报刊]|电子版|数字版)[\s_\-—:：]*((?:19|20)\d{2}\s*[年\-/.]\s*\d{1,2}\s*[月\-/.]\s*\d{1,2}\s*日?)(?:\s|$|[_\-—|第星])"
)
OUTLET_METAS = (
    "contentsource",
    "source",
    "article:source",
    "weibo:webpage:source",
    "mediaid",
    "citation_journal_title",
)

AUTHOR_METAS = ("og:article:author", "article:author", "weibo:article:author")

FEED_META = "fangzhi:feed"  # an entry of a feed becomes a page that says so

PLATFORMS = frozenset(("微信公众平台",))  # where an account publishes, not who

_ACCOUNT = re.compile(
    r"""\b(?:nick_?name|account_?name|media_?name)\s*[:=]\s*(?:htmlDecode\()?["']([^"'<>]{2,30})["']"""
)

_TITLE_PARTS = pattern_of(r"\s*[_|｜]+\s*|\s+[-–—]+\s+|\s*@\s*|--+|-(?=[[:han:]])")
# The name of a section that any institution's site has.
_ANY_SITE = re.compile(r"(?:新闻|信息|政务|门户|官方)?(?:网|网站|官网|中心|频道|首页|平台)|新闻|要闻|动态|正文")
_SPAM = re.compile(
    r"彩票|博彩|棋牌|老虎机|娱乐城|开户|投注|百家乐|六合|时时彩|足球比分|体育(?:app|官网|平台)|官网(?:下载|登录|入口)|手机版|app下载|无码|成人",
    re.IGNORECASE,
)

SITE_METAS = ("og:site_name", "sitename", "application-name", "apple-mobile-web-app-title")


def authors_of_head(markup: Markup, normalize: Normalizer, *, is_account: bool) -> list[str]:
    """The authors that the head names: names in form, or on a platform the pen name of the account's author."""
    for key in AUTHOR_METAS:
        value = markup.metas.get(key, "")
        if not 2 <= len(value) <= 16:
            continue
        names = split_names(" ".join(normalize(part) for part in value.split()))
        if names and (is_account or all(looks_like_name(name) for name in names)):
            return names
    return []


def site_of_head(markup: Markup, normalize: Normalizer) -> str | None:
    """Who published the page, as its head says; of a page on a platform, the account."""
    if markup.paper.get("website"):
        return normalize(markup.paper["website"])
    for key in SITE_METAS:
        value = markup.metas.get(key)
        if value and value in PLATFORMS and markup.account:
            return normalize(markup.account)
        if value and value in PLATFORMS:
            for _, _, text in markup.scripts:
                account = _ACCOUNT.search(text)
                if account:
                    return normalize(account.group(1))
        elif value and len(value) <= 30:
            return normalize(value)
    return normalize(markup.account) if markup.account else None


def site_of_notices(markup: Markup, lines: list[Line], normalize: Normalizer, title: str | None) -> str | None:
    """Who published the page, by the end of its title where the page shows it too, else by its notices."""
    parts = _TITLE_PARTS.split(without_software(normalize(markup.title)))
    tail = parts[-1].strip() if len(parts) > 1 else ""
    if len(parts) == 1 and 3 <= len(parts[0]) <= 16 and parts[0] != title and MEDIA_TAIL.search(parts[0]):
        return parts[0]  # the page calls itself by its site only
    around = [line for line in lines if line.kind in ("removed", "metadata") and line.removed_as != "hidden"]
    if any(_SPAM.search(part) or advertises(part) for part in parts[1:]):
        tail = ""  # what stands behind the title was put there by somebody else
    is_shown = 2 <= len(tail) <= 16 and any(tail in line.text for line in around if len(line.text) <= 200)
    if is_shown and not _ANY_SITE.fullmatch(tail):
        return tail
    # In the raw line spaces tell the site from the company that runs it.
    if len(parts) > 1 and not names_institution(tail) and names_institution(parts[0].strip()):
        tail = parts[0].strip()  # the way to the page, which begins with the site
    is_name = 2 <= len(tail) <= 16 and not _ANY_SITE.fullmatch(tail)
    named = name_site((line.raw for line in around), title_tail=tail if is_name else None)
    return named or (tail if is_name and MEDIA_TAIL.search(tail) else None)


def date_from_head(markup: Markup, uri: str, draft: Draft) -> None:
    """Give ``draft`` the time of day of the day it states, or where it states none the first possible day of head,
    scripts, masthead and address, in this order."""
    stated = draft.credits.date
    is_stated = stated is not None and stated.on is not None
    if stated is not None and is_stated and stated.at is not None:
        return
    found = [date for date in _days_of_head(markup) if draft.days.hold(date)]
    if stated is not None and is_stated:
        timed = next((date for date in found if date.on == stated.on and date.at is not None), None)
        draft.credits.date = replace(timed, origin="page") if timed is not None else stated
        return
    first = next(chain(found, filter(draft.days.hold, _days_of_scripts(markup))), None)
    if first is not None:
        origin: DateOrigin = "feed" if markup.metas.get(FEED_META) else "meta"
        draft.credits.date = replace(first, origin=origin)
        return
    masthead = _MASTHEAD_DAY.search(markup.title)
    on_masthead = date_of_machine_text(masthead.group(1)) if masthead is not None else None
    if on_masthead is not None and draft.days.hold(on_masthead):
        draft.credits.date = replace(on_masthead, origin="meta")
        return
    draft.take_day_of_address(uri, markup.canonical, markup.metas.get("og:url", ""))


def _days_of_head(markup: Markup) -> Iterator[PublicationDate]:
    """The days in the comment of an e-paper, in <time>, in metas, form fields and JSON-LD: the most trusted first."""
    for stamp in (markup.paper.get("date", ""), *markup.times[:1]):
        found = _day_of_stamp(stamp)
        if found is not None:
            is_midnight = found.at is not None and (found.at.hour, found.at.minute, found.at.second) == (0, 0, 0)
            yield replace(found, at=None, precision="day") if is_midnight else found
    others = [key for key in markup.metas if key not in _DATE_METAS and _DATE_KEY.search(key)]
    stamps = [markup.metas.get(key, "") for key in (*_DATE_METAS, *others)]
    for kind, name, text in markup.scripts:
        if kind == FIELD and len(text) <= 40 and re.search("time|date", name):
            stamps.append(text)
        linked = _LINKED_DATE.search(text) if "ld+json" in kind else None
        if linked is not None:
            stamps.append(linked.group(1))
    yield from filter(None, map(_day_of_stamp, stamps))


def _days_of_scripts(markup: Markup) -> Iterator[PublicationDate]:
    """The first day of each script that gives one a name of publishing."""
    for _, _, text in markup.scripts:
        matches = _SCRIPT_DATE.finditer(text, 0, _MOST_SEARCHED)
        found = next(filter(None, (_day_of_stamp(match.group(1)) for match in matches)), None)
        if found is not None:
            yield found


def _day_of_stamp(stamp: str) -> PublicationDate | None:
    found = date_of_machine_text(stamp) if stamp else None
    return found if found is not None and found.on is not None else None


def names_before_account(markup: Markup, lines: Iterable[Line]) -> list[str]:
    """Who wrote a post, where the page prints the name before the account and the day (李一鸣 青石发布 2021-03-04)."""
    if not markup.account:
        return []
    heads = (line.raw.partition(markup.account)[0] for line in lines if line.kind == "metadata" and line.raw)
    return next((names for head in heads if head and (names := read_bare_names(head))), [])
