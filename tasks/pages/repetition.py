"""Lines that a site prints on most of its pages: furniture where furniture stands, and never a line of an article.

What repeats is no proof by itself: bulletins of one form share headings, salutations, closing words and the heads of
their tables, and a site prints three articles a day from one source. So a line of the body that repeats is furniture
only at one of its ends and where it speaks to the reader of the site as well; and never one that says when, where, by
whom or under which number something was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tasks.pages.lines.bylines import read_byline
from tasks.pages.lines.credits import read_credits
from tasks.pages.lines.line_patterns import stock_phrase_in_text
from tasks.pages.lines.lines import Line, is_running
from tasks.pages.lines.publication_dates import find_date

LONGEST_METADATA = 120  # characters; a longer line is text whatever it mentions
_DOCUMENT_NUMBER = re.compile(r"[〔﹝\[（(](?:19|20)\d{2}[〕﹞\]）)]\s*第?\s*\d{1,5}\s*号")
_LABEL = re.compile(r"[：:]\s*$")
# What a site asks of its readers or says of its own services, which an article does on few pages of a site.
_TO_THE_READER = re.compile(
    r"关注|订阅|扫码|扫一扫|扫描|二维码|下载|客户端|公众号|微信|微博|浏览器|点击|点赞|转发|分享|收藏|转载|版权|侵权|免责|投稿|爆料|编辑部"
    r"|更多(?:精彩|内容|新闻|资讯|信息)|\bAPP\b",
    re.IGNORECASE,
)
_REASON = "the site prints this line on most of its pages"


def states_metadata(lines: Sequence[Line], index: int) -> bool:
    """Whether a line says when, where, by whom or under which number the article was published, or is a label for that.

    Label and value may stand in cells of their own: what stands below a label belongs to it.
    """
    line = lines[index]
    if len(line.text) > LONGEST_METADATA:
        return False
    if _LABEL.search(line.text) or (
        index and len(lines[index - 1].text) <= 12 and _LABEL.search(lines[index - 1].text)
    ):
        return True
    if find_date(line.raw) or read_byline(line.raw) or _DOCUMENT_NUMBER.search(line.text):
        return True
    return not read_credits(line.raw).is_empty


def remove_repeated(lines: Sequence[Line], repeated: frozenset[str], places: Iterable[int]) -> None:
    """Remove those of the lines at ``places`` that are in ``repeated``; none of these is inside a body."""
    if not repeated:
        return
    for index in places:
        line = lines[index]
        if not line.kind and line.text in repeated and not states_metadata(lines, index):
            line.remove("repeated", _REASON)


def ends_of_body(lines: Sequence[Line], repeated: frozenset[str], first: int, end: int) -> list[int]:
    """The places at both ends of the body ``lines[first:end]`` whose lines are repeated and speak to the reader."""
    found: list[int] = []
    for places in (range(first, end), range(end - 1, first - 1, -1)):
        for place in places:
            line = lines[place]
            if line.kind:
                continue
            if line.text not in repeated or _TO_THE_READER.search(line.text) is None:
                break
            found.append(place)
    return found if len(found) < end - first else []


def around_text(lines: Sequence[Line], repeated: frozenset[str]) -> list[int]:
    """The places of a text dump above its first line of metadata and from its foot on, below its last paragraph.

    Nothing where no paragraph is the page's own: then the page is one of many copies. The line above the metadata is
    the title, which a series of articles may share.
    """
    open_places = [place for place, line in enumerate(lines) if not line.kind]
    own = [place for place in open_places if is_running(lines[place].text) and lines[place].text not in repeated]
    if not own:
        return []
    stated = next((place for place in open_places if place < own[0] and states_metadata(lines, place)), own[0])
    above = [place for place in open_places if place < stated]
    below = [place for place in open_places if place > own[-1] and not is_running(lines[place].text)]
    # Headings and who signs stand there too, and in bulletins of one form they are the same each time.
    is_foot = [_speaks_for_site([lines[place].text for place in below[number:]]) for number in range(len(below))]
    return [*above[:-1], *(below[is_foot.index(True) :] if any(is_foot) else ())]


def _speaks_for_site(texts: Sequence[str]) -> bool:
    """Whether the first of ``texts``, lines in order, is one of the site's own."""
    return _TO_THE_READER.search(texts[0]) is not None or stock_phrase_in_text(texts) is not None
