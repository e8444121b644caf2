"""The leaves of the body of an HTML page judged one by one: text, heading, caption, credit, or not of the article.

Each judge below knows one kind of line; they are asked in the order of JUDGES and the first that knows a line judges
it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from tasks.lexicon.characters import pattern_of
from tasks.pages.drafts import BodyPart, Draft
from tasks.pages.html.body_walk import BodyWalk, walk_of
from tasks.pages.html.captions import is_caption, take_caption
from tasks.pages.html.credit_lines import names_editor, names_other_day, take_credit_line
from tasks.pages.html.data_tables import CELL_MARK
from tasks.pages.html.last_lines import settle_last_lines
from tasks.pages.html.markup import Markup
from tasks.pages.html.twin_blocks import say_once
from tasks.pages.lines.bylines import read_dateline
from tasks.pages.lines.credits import Credits, read_credits
from tasks.pages.lines.line_patterns import LINES_OF_FOOT, Rule, stock_phrase, stock_phrase_in_text
from tasks.pages.lines.lines import Line, aligned, clause_marks, ends_sentence, han_count, is_headline, is_running
from tasks.pages.lines.personal_names import read_bare_names
from tasks.pages.lines.publication_dates import find_day
from tasks.pages.lines.summaries import lead_of, read_summary
from tasks.pages.lines.titles import folded
from tasks.pages.lines.word_spam import is_word_spam
from tasks.pages.sign_offs import take_sign_off

# The class or id of an element that holds the lead.
_LEAD_HINT = re.compile(
    r"(?:^|[ _-])(?:lead|summary|abstract|digest|daodu|zhaiyao|daoyu|intro|excerpt|standfirst|dek|subtitle-text"
    r"|art-lead)(?:[ _-]|$)"
)
# A field with its value (报名时间：3月7日), or the salutation with which a letter begins.
_LABELLED_VALUE = pattern_of(r"^[[:han:]（）]{2,10}[：:].{2,}|^.{2,40}[：:]$")
# The words of a link at the end of a paragraph: [详细], 查看全文>>.
_LINK_TAIL = pattern_of(
    r"[\[【（(]?\s*(?:返回[[:han:]]{0,8}(?:首页|频道)?|详情|详细|详细内容|查看(?:详情|全文)|阅读全文|更多)\s*(?:[>＞»]{1,4}|\]|】)\s*[\]】）)]?$"
)
_NOTES = re.compile(r"^[【\[]?注释[】\]]?[：:]?$")
_CITES = re.compile(r"《|出版社|参见|[载见]于|第\s*\d+\s*[页版期卷]|https?://")  # of a list of references
LINES_OF_NOTES = 3  # of which one cites something where they are references
MOST_BELOW = 0.6  # of the article: what stands below a line that ends it is less
_ROWS = ("navigation", "advertisement", "share")  # of links and buttons; with a day above a text, that of its credits
_SIGN_OF_DAY = re.compile(r"\d{4}|年")
# For time alone: characters of a line that may give a day with its time and nothing else.
LONGEST_DAY = 60
MOST_ANSWERS = 4.0  # readers may write more than the author
# Characters with which an entry of a diary says its sky (多云转晴); longer lines above a text are parts of titles and
# of captions.
LONGEST_SKY = 6
COUNTER = pattern_of(r"^\d{1,3}\s*/\s*\d{1,3}\s*(?=[[:han:]“])")


Judge = Callable[[BodyWalk, int], bool]


def judge_body(
    markup: Markup,
    lines: list[Line],
    body: int,
    title_index: int | None,
    draft: Draft,
    span: tuple[int, int] | None = None,
) -> None:
    """Judge the lines of the element ``body``, or of the ``span`` of them that is one of several articles."""
    walk = walk_of(markup, lines, body, title_index, draft, span or markup.elements.span(body))
    for index in range(walk.first, walk.end):
        line = lines[index]
        if not line.kind and index < walk.skipped_until:
            line.remove(*walk.skipped_as)
        if not line.kind:
            for judge in JUDGES:
                if judge(walk, index):
                    break
        walk.done += max(walk.worths[index], 0.0)
    say_once(draft, lambda: "\n".join(line.text for line in lines if line.removed_as == "hidden"))
    settle_last_lines(draft)
    take_sign_off(draft)


def _title_again(walk: BodyWalk, index: int) -> bool:
    line = walk.lines[index]
    if not walk.title_fold or len(line.text) > 120:
        return False
    if walk.title_sign not in line.text or walk.title_end not in line.text:
        return False
    if folded(line.text) != walk.title_fold:
        return False
    line.kind, line.article = "title", walk.draft.ordinal
    return True


def _below_the_end(walk: BodyWalk, index: int) -> bool:
    """A line below the end of the article; what the lines after it are, as far as they do not say so."""
    if walk.ended_by is None:
        return False
    line = walk.lines[index]
    if len(line.text) <= 120:
        found = read_credits(line.raw)
        found.date = None
        if not found.is_empty:
            walk.draft.credits.fill(found)
            line.kind, line.reason = "metadata", "credits below the article"
            return True
    rule = stock_phrase(line.text)
    if rule is None or rule.kind == "metadata":
        line.remove(*walk.ended_by)
        return True
    line.remove(rule.kind, rule.reason)
    if rule.kind in ("related", "ranking"):
        walk.ended_by = (rule.kind, f"listed below the article ({rule.reason})")
    return True


def _above_the_title(walk: BodyWalk, index: int) -> bool:
    if walk.title_index is None or index >= walk.title_index:
        return False
    walk.lines[index].remove("navigation", "stands above the title")
    return True


def _cell(walk: BodyWalk, index: int) -> bool:
    """The cells of a row of a data table are one paragraph."""
    row = walk.rows.get(index)
    if row is None:
        return False
    line, parts = walk.lines[index], walk.draft.parts
    line.kind, line.article = "paragraph", walk.draft.ordinal
    if row == walk.row and parts:
        parts[-1].text += CELL_MARK + line.text
        parts[-1].lines.append(line)
    else:
        parts.append(BodyPart("paragraph", line.text, [line]))
    walk.row, walk.started = row, True
    return True


def _stock_phrase(walk: BodyWalk, index: int) -> bool:
    line = walk.lines[index]
    rule = _rule_of(walk, index)
    if rule is None:
        return False
    if rule.kind == "metadata":
        line.kind, line.reason = "metadata", rule.reason
        return True
    line.remove(rule.kind, rule.reason)
    if not rule.ends:
        return True
    most = MOST_ANSWERS if rule.kind == "comment" else MOST_BELOW
    if walk.started and walk.left(index + 1) <= max(walk.done, 1.0) * most:
        walk.ended_by = (rule.kind, f"follows a line that ends the article ({rule.reason})")
    elif rule.kind in ("related", "ranking"):
        walk.skipped_until = _block_around(walk, index)
        walk.skipped_as = (rule.kind, "listed under the heading of other articles")
        if walk.skipped_until <= index + 1:
            walk.skipped_until = _links_after(walk.lines, index + 1, walk.end)
    return True


def _rule_of(walk: BodyWalk, index: int) -> Rule | None:
    text = walk.lines[index].text
    rule = stock_phrase(text)
    if rule is None:
        return None
    if rule.is_of_texts and not _stands_apart(walk, index) and not _is_below_foot(walk, index):
        rule = stock_phrase_in_text([text, *_open_texts(walk.lines, index + 1, _end_of_block(walk, index))])
    if rule is not None and rule.kind in _ROWS and not walk.started and find_day(text):
        return None
    if rule is not None and rule.ends and _NOTES.match(text):
        below = list(islice(_open_texts(walk.lines, index + 1, walk.end), LINES_OF_NOTES))
        if below and not any(map(_CITES.search, below)):
            return None  # a bulletin's notes on its own figures
    return rule


def _stands_apart(walk: BodyWalk, index: int) -> bool:
    """Whether a line stands in a block of its own beside the block that holds the text."""
    return bool(walk.text_blocks) and walk.block_of(index) not in walk.text_blocks


def _end_of_block(walk: BodyWalk, index: int) -> int:
    """The line behind the last of the block of text that holds a line: the foot of a site stands in another one."""
    block = walk.block_of(index)
    return min(walk.end, walk.markup.elements.ends[block]) if block in walk.text_blocks else walk.end


def _is_below_foot(walk: BodyWalk, index: int) -> bool:
    """Whether the line right above belongs to the foot of the site."""
    return index > walk.first and walk.lines[index - 1].removed_as == "footer"


def _open_texts(lines: list[Line], start: int, end: int) -> Iterator[str]:
    """The texts of the next lines that are still to be judged, as many as the foot of a site has."""
    return islice((line.text for line in lines[start:end] if not line.kind), LINES_OF_FOOT)


def _credits(walk: BodyWalk, index: int) -> bool:
    line = walk.lines[index]
    if not walk.started and names_other_day(walk.lines, index):
        return False
    may_be_day = walk.started and len(line.text) <= LONGEST_DAY and _SIGN_OF_DAY.search(line.text) is not None
    is_last = may_be_day and _is_last(walk, index)
    if not take_credit_line(line, walk.started, walk.draft, is_last=is_last):
        return False
    if walk.started and names_editor(line.text) and walk.left(index + 1) <= max(walk.done, 1.0) * MOST_BELOW:
        walk.ended_by = ("other", "follows the editor's credit at the end of the article")
    return True


def _is_last(walk: BodyWalk, index: int) -> bool:
    """Whether no sentence of the text stands below a line."""
    place = walk.end - 1 if walk.last_sentence < 0 else walk.last_sentence
    while place > index and not _is_sentence(walk.lines[place]):  # lines are only ever taken out: it never moves down
        place -= 1
    walk.last_sentence = place
    return place <= index


def _is_sentence(line: Line) -> bool:
    return not line.kind and is_running(line.text) and stock_phrase(line.text) is None


def _word_spam(walk: BodyWalk, index: int) -> bool:
    line = walk.lines[index]
    if not is_word_spam(line.text, line.raw):
        return False
    line.remove("spam", "a string of search terms that no sentence holds together")
    return True


def _link(walk: BodyWalk, index: int) -> bool:
    line = walk.lines[index]
    is_sentence = ends_sentence(line.text) and (
        line.link_share < 0.9 or (len(line.text) >= 40 and clause_marks(line.text) >= 3)
    )
    if line.link_share < 0.6 or is_sentence:
        return False
    line.remove("related" if walk.started else "navigation", "a link to another page")
    return True


def _summary(walk: BodyWalk, index: int) -> bool:
    line, draft = walk.lines[index], walk.draft
    summary = read_summary(line.text) if not draft.summary and len(draft.parts) <= 1 else None
    if not summary and (walk.started or not is_lead(walk.markup, index, walk.body)):
        return False
    line.kind, line.article = "summary", draft.ordinal
    draft.summary = draft.summary or summary or lead_of(line.text)
    return True


def _caption(walk: BodyWalk, index: int) -> bool:
    if not is_caption(walk.markup, walk.lines[index], walk.captions_by_place):
        return False
    take_caption(walk.lines[index], walk.draft)
    return True


def _names_at_head(walk: BodyWalk, index: int) -> bool:
    if walk.started or not walk.has_prose or walk.draft.credits.authors:
        return False
    line = walk.lines[index]
    names = read_bare_names(line.raw)
    # One short word is as often the name of a column as that of a person.
    if not names or any(len(name) <= 2 for name in names):
        return False
    line.kind, line.reason = "metadata", "byline"
    walk.draft.credits.fill(Credits(authors=names))
    return True


def _label_at_head(walk: BodyWalk, index: int) -> bool:
    line = walk.lines[index]
    if walk.started or not walk.has_prose or is_running(line.text) or len(line.text) >= 40:
        return False
    if _LABELLED_VALUE.match(line.text) or line.is_bold or line.is_set_off or line.tag in ("p", "h2", "h3"):
        return False
    is_beside_text = index + 1 < walk.end and line.element == walk.lines[index + 1].element
    if is_beside_text and len(line.text) <= LONGEST_SKY and han_count(line.text) == len(line.text):
        return False  # only a break parts it from the text
    line.remove("other", "a short label above the first paragraph")
    return True


def _text(walk: BodyWalk, index: int) -> bool:
    line, draft = walk.lines[index], walk.draft
    walk.started = True
    line.kind = "heading" if _is_heading(line) else "paragraph"
    line.article = draft.ordinal
    counter = COUNTER.match(line.text)
    if counter:
        line.cut_to(counter.end(), len(line.text))
    link = _LINK_TAIL.search(line.text) if line.text[-1:] in ">＞»]】）)" else None
    if link and link.start() >= 12:
        line.cut_to(0, link.start())
    draft.parts.append(BodyPart(line.kind, line.text, [line]))
    if line.kind == "paragraph":
        _take_dateline(line, draft)
        _note_text_block(walk, index)
    return True


# In this order: what is known whatever else a line says stands first, and what is none of the others is text.
JUDGES: tuple[Judge, ...] = (
    _title_again,
    _below_the_end,
    _above_the_title,
    _cell,
    _stock_phrase,
    _credits,
    _word_spam,
    _link,
    _summary,
    _caption,
    _names_at_head,
    _label_at_head,
    _text,
)


def _note_text_block(walk: BodyWalk, index: int) -> None:
    """Remember the block of a paragraph where it is one that holds several lines."""
    block = walk.block_of(index)
    if block >= 0:
        first, end = walk.markup.elements.span(block)
        if end - first > 1:
            walk.text_blocks.add(block)


def is_lead(markup: Markup, index: int, body: int) -> bool:
    """Whether the line stands in an element that the page names as its summary."""
    element = markup.leaves.elements[index]
    while element > body:
        if _LEAD_HINT.search(markup.elements.hints[element]):
            return True
        element = markup.elements.parents[element]
    return False


def _links_after(lines: list[Line], start: int, end: int) -> int:
    index = start
    while index < end and (lines[index].kind or lines[index].link_share >= 0.5 or len(lines[index].text) < 12):
        index += 1
    return index


def _block_around(walk: BodyWalk, index: int) -> int:
    """The end of the smallest element around a line that holds more than it, yet not half of the body."""
    elements = walk.markup.elements
    element = walk.markup.leaves.elements[index]
    stop = index + 1
    while element >= 0:
        first, end = elements.span(element)
        if walk.worth_of(first, end) > walk.total * 0.3:
            break
        stop = end
        if end - first > 2:
            break
        element = elements.parents[element]
    return stop


def _is_heading(line: Line) -> bool:
    if line.is_set_off:
        return True
    if len(line.text) > 45 or not is_headline(line.text):
        return False
    return line.tag in ("h2", "h3", "h4", "h5", "h6") or line.is_bold


def _take_dateline(line: Line, draft: Draft) -> None:
    # A dateline further down is that of a report which the article quotes.
    found = read_dateline(line.raw) if len(draft.parts) <= 3 else None
    if not found:
        return
    text, names, agency = found
    if draft.dateline is None:
        draft.dateline = line.text[: aligned(line.text, text)]
        draft.credits.fill(Credits(authors=names))
        if agency and draft.credits.outlet is None:
            draft.credits.outlet = agency
