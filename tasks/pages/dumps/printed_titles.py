"""The title of an article of a text dump as it is printed: on the line found for it, or again below that."""

from __future__ import annotations

import re

from tasks.pages.drafts import Draft
from tasks.pages.dumps.line_marks import Mark
from tasks.pages.lines.lines import Line, aligned, ends_sentence, han_count, is_headline
from tasks.pages.lines.titles import cut_site_name, folded, is_subtitle, split_kicker

# What an account or a site sets before a title, for what kind of post it is: 原创 |, 【图文】.
_TITLE_LABEL = re.compile(
    r"^[●■◆□◎▲★☆○◇△]*(?:(?:原创|转载|图文|组图|视频|图集|独家|推荐|置顶)(?:\s+|\s*[|｜丨]\s*)(?=\S{8})"
    r"|[【\[](?:原创|转[载帖]|图文|组图|视频|图集)[】\]]\s*)?"
)
_NOTE_SIGN = re.compile(r"[*＊※①-⑨]+$")  # of a note on the work below, in journals
_BOXED = re.compile(r"【#?(?P<title>[^【】#]{8,})#?】")  # a headline in brackets; a shorter word is a column's name


def take_title(lines: list[Line], index: int, draft: Draft, ordinal: int, is_one_of_several: bool) -> None:
    """The title, and on a newspaper's page of several articles the kicker that was set above it and runs into it."""
    line = lines[index]
    line.kind, line.article = "title", ordinal
    both = split_kicker(line.text) if is_one_of_several else None
    if both:
        draft.kicker, draft.title = both
        return
    label = _TITLE_LABEL.match(line.raw)
    boxed = _BOXED.fullmatch(line.text)
    if boxed is not None:
        draft.title = boxed["title"]
        return
    draft.title = cut_site_name(
        line.text[aligned(line.text, label.group()) :] if label is not None and label.group() else line.text
    )
    draft.title = _NOTE_SIGN.sub("", draft.title)


def _is_title_again(text: str, title: str) -> bool:
    """Whether ``text`` spells the folded ``title``. A paragraph of more Chinese characters than that has letters does
    not, and to fold it takes longer than to see so."""
    return (len(text) <= len(title) or han_count(text) <= len(title)) and folded(text) == title


def take_inner_title(lines: list[Line], marks: list[Mark], index: int, draft: Draft) -> bool:
    """The printed title and its subtitle (——…) below the page's title: they replace it where it was made of them."""
    line = lines[index]
    text = line.text
    if draft.title and _is_title_again(text, folded(draft.title)):
        line.kind = "title"
        return True
    if is_subtitle(text) and not ends_sentence(text):
        line.kind = "kicker"
        draft.kicker = draft.kicker or text.lstrip("—–―─- ").strip()
        return True
    following = lines[index + 1] if index + 1 < len(lines) else None
    if (
        following is not None
        and not following.kind
        and is_subtitle(following.text)
        and not ends_sentence(following.text)
        and is_headline(text, 60)
        and not marks[index].is_running
    ):
        line.kind = "title"
        draft.title = text
        return True
    return False
