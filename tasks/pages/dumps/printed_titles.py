"""The title of an article of a text dump as it is printed: on the line found for it, or again below that."""

from __future__ import annotations

import re

from tasks.lexicon.characters import pattern_of
from tasks.lexicon.word_lists import any_of, words_for
from tasks.pages.drafts import Draft
from tasks.pages.dumps.line_marks import Mark
from tasks.pages.lines.lines import Line, aligned, ends_sentence, han_count, is_headline
from tasks.pages.lines.titles import cut_site_name, folded, is_subtitle, split_kicker

# What an account or a site sets before a title, for what kind of post it is: 原创 |, 【图文】.
_TITLE_LABEL = re.compile(
    r"^[●■◆□◎▲★☆○◇△]*(?:(?:原创|转载|图文|组图|视频|图集|独家|推荐|置顶)(?:\s+|\s*[|｜丨]\s*)(?=\S{8})"
    r"|[【\[](?:原创|转[载帖]|图文|组图|视频|图集)[】\]]\s*)?"
)
# Who issues a document, what it is about, and what kind of document it is, as its title says on lines of their own.
_ISSUER = pattern_of(r"[[:han:]（）]{4,30}(?:政府|委员会|办公室|指挥部|领导小组|[局厅委部院])")
_ABOUT = re.compile(r"关于.{4,}(?:通知|公告|公示|通告|通报|意见|决定|报告|批复|函)$")
_KINDS = rf"(?:{any_of(words_for('document_kinds', 'title'))}|说明|公示|总结|名单)"
_KIND = re.compile(rf"{_KINDS}(?:[（(].*)?$")
_KIND_ALONE = pattern_of(rf"[[:han:]]{{2,8}}{_KINDS}(?:[（(][[:han:]]{{2,4}}[）)])?")
_OF_DOCUMENT = pattern_of(r"\d{4}年度?|^关于|[局委办厅政府][[:han:]]{4,}$")
# An agency sends the title with its dateline: 新华社合肥5月3日电 题：….
_FILED = pattern_of(r"(?P<dateline>[[:han:]A-Za-z]{4,16}\d{1,2}月\d{1,2}日电)\s*题[：:]\s*(?=\S{4})")
_NOTE_SIGN = re.compile(r"[*＊※①-⑨]+$")  # of a note on the work below, in journals
_BOXED = re.compile(r"【#?(?P<title>[^【】#]{8,})#?】")  # a headline in brackets; a shorter word is a column's name


def take_title(lines: list[Line], index: int, draft: Draft, ordinal: int, is_one_of_several: bool) -> None:
    """The title, and on a newspaper's page of several articles the kicker that was set above it and runs into it."""
    two = title_of_two_lines(lines, index)
    if two is not None:
        for place in two:
            lines[place].kind, lines[place].article = "title", ordinal
        draft.title = "".join(lines[place].text for place in two)
        return
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
    filed = _FILED.match(draft.title)
    if filed is not None:
        draft.dateline, draft.title = filed["dateline"], draft.title[filed.end() :]


def title_of_two_lines(lines: list[Line], index: int) -> tuple[int, int] | None:
    """The two lines that are the title of a document together, one of which is at ``index``: its issuer above what it
    is about, or the kind of document below that. None where the title is one line."""
    above = lines[index - 1] if index else None
    if above is not None and not above.kind and _ABOUT.match(lines[index].text) and _ISSUER.fullmatch(above.text):
        return index - 1, index
    below = lines[index + 1] if index + 1 < len(lines) else None
    if below is None or below.kind or below.gap > lines[index].gap + 1 or _KIND.search(lines[index].text):
        return None
    is_cut = _OF_DOCUMENT.search(lines[index].text) is not None and _KIND_ALONE.fullmatch(below.text) is not None
    return (index, index + 1) if is_cut else None


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
