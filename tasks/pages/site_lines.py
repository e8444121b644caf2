"""Which site a page is of, and the lines it prints: what repeats over a site's pages belongs to no article.

The caller keeps the lines of a sample of each site's pages (``count_lines``) and hands those that stand on most of them
(``warehouse.planning`` counts them) to ``read_page`` as ``repeated``.
"""

from __future__ import annotations

import re

from tasks.pages.dumps.cutting import cut_lines
from tasks.pages.hosts import host_of
from tasks.pages.html.markup import Markup, parse_markup
from tasks.pages.lines.site_names import name_site
from tasks.pages.page_kinds import is_html
from tasks.pages.source_bounds import excess_of
from tasks.repair.blocks import is_traditional, normalize_block, unclean_blocks

MAX_LINE_CHARS = 300  # longer lines are text; a reprint of a whole article would make them look like furniture
MAX_LINES = 3_000  # per page: a list page of 50,000 links must not flood the table

_URLS = (
    re.compile(
        r"<link\b[^>]{0,200}\brel=[\"']?canonical[\"']?[^>]{0,200}?\bhref=[\"']?(?P<url>https?://[^\s\"'>]+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"<meta\b[^>]{0,200}\bproperty=[\"']?og:url[\"']?"
        r"[^>]{0,200}?\bcontent=[\"']?(?P<url>https?://[^\s\"'>]+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"<link\b[^>]{0,200}\bhref=[\"']?(?P<url>https?://[^\s\"'>]+)[\"']?[^>]{0,100}\brel=[\"']?canonical",
        re.IGNORECASE,
    ),
)
_SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\))?(?P<url>https?://[^\s>]+?)\s*-->")
# A domain as a page's foot prints it: www.qingshi.example.com.cn.
_DOMAIN = re.compile(
    r"(?<![\w@.\-/])(?:www\.)?(?P<domain>[a-z0-9][a-z0-9\-]{1,40}\.(?:com\.cn|gov\.cn|org\.cn|net\.cn|edu\.cn|cn|com"
    r"|net|org|tw|hk))(?![\w.\-])",
    re.IGNORECASE,
)


def site_of(uri: str, text: str) -> str | None:
    """A key for the site that ``text`` was taken from: host, else the domain or name in the page's foot, else None.

    >>> site_of("https://www.qingshi-news.example/a/1.html", "")
    'qingshi-news.example'
    >>> site_of("pages/1.txt", "青石新闻网 版权所有 Copyright 2019 qingshinews.cn")
    'qingshinews.cn'
    >>> site_of("pages/1.txt", "一段话。") is None
    True
    """
    host = host_of(uri)
    if host:
        return host
    head = text[:20_000]
    for pattern in (*_URLS, _SAVED_FROM):
        match = pattern.search(head)
        host = host_of(match["url"]) if match else None
        if host:
            return host
    tail = text[-4_000:]
    if "<" in tail and is_html(text, None):
        tail = re.sub(r"<[^<>]{0,500}>", " ", tail)
    for line in tail.splitlines()[::-1]:
        if re.search(r"版权|版權|Copyright|©|All\s*Rights|ICP", line, re.IGNORECASE):
            domain = _DOMAIN.search(line)
            if domain:
                return domain["domain"].lower()
    traditional = is_traditional(tail)
    lines = [*text[:1_000].splitlines()[:12], *tail.splitlines()[-20:]]
    return name_site(normalize_block(line.strip(), traditional=traditional).text for line in lines if line.strip())


def count_lines(text: str, *, media_type: str | None, markup: Markup | None = None) -> frozenset[str]:
    """The distinct lines of one page, normalised as ``read_page`` sees them. ``markup``: the page as it was parsed.

    Lines longer than ``MAX_LINE_CHARS`` and more than ``MAX_LINES`` are left out.
    """
    markup = markup or parse_page(text, media_type)
    if markup is not None:
        shown = markup.leaves.shown_text()
        traditional = is_traditional(shown)
        raw = shown.split("\n")
    elif excess_of(text) is not None or not text.strip():
        return frozenset()
    else:
        traditional = is_traditional(text)
        raw = [line.text for line in cut_lines(text) if not line.is_markup]
    distinct = [line for line in dict.fromkeys(raw) if 2 <= len(line) <= MAX_LINE_CHARS][:MAX_LINES]
    for place in range(len(distinct)) if traditional else unclean_blocks(distinct):
        distinct[place] = normalize_block(distinct[place], traditional=traditional).text
    return frozenset(distinct)


def parse_page(text: str, media_type: str | None) -> Markup | None:
    """A page of markup taken apart; None for a text dump, an empty page and one beyond what can be parsed."""
    if not text.strip() or excess_of(text) is not None or not is_html(text, media_type):
        return None
    return parse_markup(text)
