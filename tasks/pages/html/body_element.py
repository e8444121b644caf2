"""Which part of a page is the body: the element whose leaves are worth most as running text.

Every leaf has a worth (running Chinese text counts for itself, link text against it, short labels slightly against it);
the worth of an element is the sum over its leaves, so that wrappers of any depth (nested sections of an editor) cost
nothing and a navigation block inside an otherwise good element lowers it. Names of classes and ids only tip the scales.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, compress

from tasks.pages.html.data_tables import rows_of_tables
from tasks.pages.html.markup import Hiding, Markup
from tasks.pages.lines.credits import read_credits
from tasks.pages.lines.line_patterns import stock_phrase
from tasks.pages.lines.lines import Removal, is_running
from tasks.pages.lines.titles import folded
from tasks.records import RemovedKind

_SENTENCE_MARK = re.compile(r"[，。！？；：、”“…,;!?]")

# Usual names of the block that holds the article: content-management systems of Chinese media and government sites.
_BODY_HINT = re.compile(
    r"(?<![^ _-])(?:article|content|contents|contenttext|artical|trs_editor|trs_uedit\w*|ucapcontent|ucap-content|zoom"
    r"|endtext|"
    r"post_text|post_body|main-content|maintext|news_?(?:text|txt|content|body)|text|txt|cont|detail\w*|newscontent"
    r"|rich_media_content|"
    r"art_?(?:con|content|body|text)\w*|articlebody|articlecontent|article-content|article_content|entry(?:-content)?|"
    r"js_content|vsb_content\w*|v_news_content|bd|editor\w*|story\w*|post)(?![^ _-])"
)
# What stands in an element of such a name is beside the article, whatever it reads like: (kind, reason, names).
_ASIDES: tuple[tuple[RemovedKind, str, str], ...] = (
    (
        "navigation",
        "navigation of the site",
        r"nav\w*|menu\w*|breadcrumb\w*|crumb\w*|toolbar\w*|pager|pagination|page-?(?:num|nav|bar|list)\w*|topbar|path"
        r"|news_path|links|search\w*",
    ),
    ("footer", "foot of the page", r"footer\w*|foot|copyright\w*|friend-?link\w*|yqlink"),
    (
        "share",
        "buttons to share or follow",
        r"share\w*|bdshare\w*|qrcode\w*|ewm|app-?download|subscribe\w*|weibo|follow\w*",
    ),
    ("advertisement", "advertisement", r"advert\w*|ads?|adbox|ad-\w+|banner\w*|guanggao|promo\w*|sponsor\w*"),
    (
        "related",
        "list of other articles",
        r"recommend\w*|relat\w*|relevant\w*|aside|sidebar\w*|side|right(?:-?bar|-?side|col)?|tuijian|xiangguan"
        r"|interest\w*|guess\w*|feed\w*|hotnews|hot(?:-\w+)?|topic-list",
    ),
    ("ranking", "ranking", r"rank\w*|paihang\w*|top-?list"),
    ("comment", "readers' comments", r"comments?|comment-\w+|comment_\w+|pinglun|reply\w*|gentie|tie-\w*|discuss\w*"),
    ("other", "dialogue or login box", r"login\w*|popup?\w*|dialog\w*|modal\w*|uninterested|feedback"),
    ("disclaimer", "disclaimer", r"statement|disclaimer\w*"),
    (
        "other",
        "keywords or author's card",
        r"tags?|keywords?|about-?author|author-?(?:info|card|box|bio|profile|intro)\w*|media-info",
    ),
)
# Whole words of the hints: told by what does not stand beside them, since the engine fails soonest on that.
_ASIDE_HINTS = tuple(
    (kind, reason, re.compile(rf"(?<![^ _-])(?:{names})(?![^ _-])")) for kind, reason, names in _ASIDES
)
_ASIDE_HINT = re.compile(rf"(?<![^ _-])(?:{'|'.join(names for _, _, names in _ASIDES)})(?![^ _-])")

_READERS = frozenset(("网友", "全部", "最新", "热门", "精彩", "读者", "用户"))
_COMMENTS_HEAD = re.compile(
    r"^(?:网友|全部|最新|热门|精彩|读者|用户)(?:评论|跟帖|留言|热评)\s*(?:[（(]\s*\d+\s*(?:条)?[）)]|\d+\s*条?)?[：:]?$"
)
_CELLS = frozenset(("td", "th", "dt", "dd"))  # a form of labels and values may stand with the text
LEAST_ARTICLE = 100.0  # of worth above a heading of comments
LEAST_POST = 9  # characters; what a script draws as the text of a post has no buttons and counters beside it
LONGEST_CREDIT = 120  # characters of a line that says when, where and by whom an article was published
LEAST_SHORT_BODY = 30  # characters; a stanza has more, a button or a counter less


@lru_cache(maxsize=20_000)
def aside_kind(hints: str) -> Removal | None:
    """(kind, reason) where the names of an element say that it stands beside the article, else None."""
    if not _ASIDE_HINT.search(hints):
        return None
    for kind, reason, pattern in _ASIDE_HINTS:
        if pattern.search(hints):
            return kind, reason
    return None


@lru_cache(maxsize=20_000)
def _names_a_body(hints: str) -> bool:
    return bool(_BODY_HINT.search(hints))


def _worth_of(text: str, char_count: int, link_chars: int, tag: str) -> float:
    """How much a leaf that is not mostly link speaks for being part of a body: about its characters of running text,
    negative for labels."""
    own = char_count - link_chars
    marks = own >= 8 and _SENTENCE_MARK.search(text) is not None
    if marks and own >= 16:
        return own - link_chars
    if own >= 30:
        return own * 0.5
    if tag == "p" or marks:
        return own * 0.2
    return -1.0 if tag in _CELLS else -4.0


def worths_of(markup: Markup) -> list[float]:
    """The worth of each leaf; to be asked for only when it is known what is hidden."""
    if markup.worths is None:
        leaves = markup.leaves
        tags = [*markup.elements.tags, "body"]  # the last for leaves outside all elements, whose element is -1
        markup.worths = [
            0.0
            if hiding
            else -0.7 * min(links, 40)
            if links * 2 > chars
            else _worth_of(text, chars, links, tags[element])
            for text, hiding, chars, links, element in zip(
                leaves.texts, leaves.hidings, leaves.char_counts, leaves.link_chars, leaves.elements, strict=True
            )
        ]
    return markup.worths


def asides_of(markup: Markup) -> list[Removal | None]:
    """What each element is by its own name, where that says that it stands beside the article."""
    if markup.asides is None:
        markup.asides = list(map(aside_kind, markup.elements.hints))
    return markup.asides


def choose_body(markup: Markup) -> int | None:
    """The index of the element that holds the article's body, or None where no element holds running text."""
    elements = markup.elements
    if not elements:
        return None
    worths = list(worths_of(markup))
    # The cells of a table of data are neither prose nor furniture.
    for index in rows_of_tables(markup):
        worths[index] = max(worths[index], 0.0)
    for index in teasers_of(markup, worths):
        worths[index] = min(worths[index] * 0.1, 4.0)
    for index in _answers_of(markup, worths):
        worths[index] = min(worths[index], -2.0)
    best = _best_element(markup, worths)
    told = _texts_of_worth(markup, worths, best) if best is not None else {}
    if told and all(map(_is_credit, told.values())):
        # The text is verse or a table, whose lines are worth less than one line of credits.
        return _best_element(markup, [-1.0 if place in told else worth for place, worth in enumerate(worths)])
    # Where only the foot of the site reads like text, there is a table at most.
    return None if told and all(map(_is_of_foot, told.values())) else best


def _texts_of_worth(markup: Markup, worths: list[float], element: int) -> dict[int, str]:
    """All in an element that reads like text, each with its place."""
    places = range(*markup.elements.span(element))
    return {place: markup.leaves.texts[place] for place in places if worths[place] > 0}


def _is_credit(text: str) -> bool:
    return len(text) <= LONGEST_CREDIT and not read_credits(text).is_empty


def _is_of_foot(text: str) -> bool:
    rule = stock_phrase(text)
    return rule is not None and rule.kind == "footer"


def _best_element(markup: Markup, worths: list[float]) -> int | None:
    """The element whose leaves are worth most; None where none is worth a sentence."""
    elements = markup.elements
    damped = _damp(markup, worths)
    sums = [0.0, *accumulate(damped)]
    scores = [sums[end] - sums[first] for first, end in zip(elements.firsts, elements.ends, strict=True)]
    best, best_score, most = None, 20.0, max(scores)
    for index, score in enumerate(scores):
        if score * 1.08 + 25.0 < most:  # no name could make up for it
            continue
        named = score * 1.08 + min(25.0, score * 0.5) if _names_a_body(elements.hints[index]) else score
        if named > best_score or (named == best_score and best is not None):
            best, best_score = index, named
    return best


def choose_table_body(markup: Markup) -> int | None:
    """The element around the largest table of data, where no element holds running text: a page that is a table."""
    leaves, elements = markup.leaves, markup.elements
    chars: Counter[int] = Counter()
    for place, row in rows_of_tables(markup).items():
        table = row
        while table >= 0 and elements.tags[table] != "table":
            table = elements.parents[table]
        chars[table] += leaves.char_counts[place]
    if not chars:
        return None
    table, most = max(chars.items(), key=lambda held: (held[1], -held[0]))
    return max(elements.parents[table], 0) if most >= LEAST_SHORT_BODY else None


def choose_short_body(markup: Markup) -> int | None:
    """The element named as a body that holds the most text, where no sentence makes one stand out: verse, short notes.

    Whoever takes it must find more than this to call the page an article: a day, an author or an outlet.
    """
    best, best_chars = None, LEAST_POST if markup.is_drawn else LEAST_SHORT_BODY
    leaves, elements = markup.leaves, markup.elements
    alike = Counter(elements.hints)
    for index, (hints, aside) in enumerate(zip(elements.hints, asides_of(markup), strict=True)):
        if alike[hints] > 2:  # entries of a list
            continue
        if aside is not None or not _names_a_body(hints):
            continue
        shown = [place for place in range(*elements.span(index)) if not leaves.hidings[place]]
        links = sum(leaves.link_chars[place] for place in shown)
        chars = sum(leaves.char_counts[place] for place in shown) - links
        if links * 5 <= chars and chars > best_chars:
            best, best_chars = index, chars
    return best


def reveal_waiting(markup: Markup) -> None:
    """Show what waits for a script, where the page shows next to nothing without it.

    Account pages hide the whole article (visibility, opacity) until a script runs; folded e-papers do the same with
    display:none. Text hidden beside a readable article stays hidden.
    """
    hidings = markup.leaves.hidings
    levels = set(hidings)
    if Hiding.HARD in levels and markup.areas:
        _reveal_listed(markup)
    if Hiding.SOFT in levels:
        for index, hints in enumerate(markup.elements.hints):
            if _names_a_body(hints):
                for place in range(*markup.elements.span(index)):
                    if hidings[place] is Hiding.SOFT:
                        hidings[place] = Hiding.NONE
    for level in (Hiding.SOFT, Hiding.HARD):
        if level not in levels:
            continue
        shown = running_chars(markup, Hiding.NONE)
        waiting = running_chars(markup, level)
        # A hidden note is short, hidden spam is links; an article is neither.
        if shown < 120 and waiting >= 60 and waiting > shown * 2:
            hidings[:] = [Hiding.NONE if hiding is level else hiding for hiding in hidings]
            return


def _reveal_listed(markup: Markup) -> None:
    """Show the articles of a paper's page that are hidden until one clicks the area of its picture called like them."""
    elements, leaves = markup.elements, markup.leaves
    names = set(map(folded, markup.areas))
    for place, (text, hiding) in enumerate(zip(leaves.texts, leaves.hidings, strict=True)):
        if hiding is not Hiding.HARD or folded(text) not in names:
            continue
        block = leaves.elements[place]
        while block >= 0 and not any(running_of(markup)[slice(*elements.span(block))]):
            block = elements.parents[block]
        if block >= 0 and all(leaves.hidings[slice(*elements.span(block))]):
            for inside in range(*elements.span(block)):
                leaves.hidings[inside] = Hiding.NONE


def running_of(markup: Markup) -> list[int]:
    """How many characters of running text each leaf has, hidden or not: 0 for links and labels."""
    if markup.running is None:
        leaves = markup.leaves
        markup.running = [
            chars - links if links * 3 < chars and chars >= 4 and is_running(text) else 0
            for text, chars, links in zip(leaves.texts, leaves.char_counts, leaves.link_chars, strict=True)
        ]
    return markup.running


def running_chars(markup: Markup, hiding: Hiding) -> int:
    return sum(compress(running_of(markup), map(hiding.__eq__, markup.leaves.hidings)))


def teasers_of(markup: Markup, worths: list[float]) -> list[int]:
    """The leaves that are leads of other articles: text in a small element of its own, under a title that is a link."""
    leaves, elements = markup.leaves, markup.elements
    found = []
    for index, worth in enumerate(worths):
        if worth < 10 or index == 0:
            continue
        for above in range(index - 1, max(index - 3, -1), -1):
            title_chars = leaves.char_counts[above]
            if leaves.link_chars[above] * 10 < title_chars * 8 or not 9 <= title_chars <= 60:
                continue
            element = leaves.elements[index]
            while element >= 0 and elements.firsts[element] > above:
                element = elements.parents[element]
            if element >= 0 and elements.ends[element] - elements.firsts[element] <= 6:
                found.append(index)
            break
    return found


def _answers_of(markup: Markup, worths: list[float]) -> Iterable[int]:
    """The leaves below a heading of readers' comments: readers may write more than the author."""
    leaves, elements = markup.leaves, markup.elements
    for index, text in enumerate(leaves.texts):
        if text[:2] not in _READERS or _COMMENTS_HEAD.match(text) is None or leaves.link_chars[index]:
            continue
        element = leaves.elements[index]
        if element >= 0 and sum(worth for worth in worths[:index] if worth > 0) >= LEAST_ARTICLE:
            while elements.parents[element] >= 0 and elements.ends[element] <= index + 1:
                element = elements.parents[element]
            return range(index, elements.ends[element])
    return ()


def _damp(markup: Markup, worths: list[float]) -> list[float]:
    """``worths`` with hardly anything left of what stands in elements that are called after something else."""
    sums = [0.0, *accumulate(worths)]
    total = sum(worth for worth in worths if worth > 0)
    damped = list(worths)
    skip_until = -1
    elements = markup.elements
    for index, aside in enumerate(asides_of(markup)):
        if aside is None or elements.parents[index] < 0:
            continue
        first, end = elements.span(index)
        if first >= skip_until and end > first and sums[end] - sums[first] < total * 0.6:
            for place in range(first, end):
                if damped[place] > 0:
                    damped[place] *= 0.1
                    damped[place] -= 2
            skip_until = end
    return damped
