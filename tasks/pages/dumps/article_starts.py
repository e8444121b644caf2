"""Where the articles of a text dump begin: at the title above a dated line, a byline, a dateline, or below a rubric."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.lexicon.characters import pattern_of
from tasks.pages.dumps.cutting import LONGEST_HEADING
from tasks.pages.dumps.line_marks import Mark
from tasks.pages.dumps.printed_titles import title_of_two_lines
from tasks.pages.dumps.signatures import is_salutation, is_signature, read_speaker
from tasks.pages.dumps.title_lines import KICKER_END, can_be_title, is_account, is_bulleted
from tasks.pages.lines.bylines import photo_credit
from tasks.pages.lines.credits import BODY_NAME
from tasks.pages.lines.lines import Line, ends_sentence, stops
from tasks.pages.lines.stated_days import PLAIN
from tasks.pages.lines.titles import is_subtitle

# The title of a document, as long as a sentence where two bodies issue it: 甲厅 乙厅关于公布…名单的通知.
_OFFICIAL_TITLE = re.compile(
    r"[^。；！？：]{0,40}(?:关于|印发)[^。；！？：]{4,60}的?(?:通知|通报|通告|公告|公示|意见|决定|办法|方案|规定|报告|批复|函)$"
)
_SHORT_TITLE = pattern_of(r"[“《]?[[:han:]]{2,3}[”》]?")  # of a feature; right above who wrote it it is no label
# The number of a section of a document: 一、 or （二）.
OPENS_SECTION = pattern_of(
    r"(?:[[:one_to_ten:]]{1,3}、|[（(][[:one_to_ten:]]{1,3}[）)]|第[[:one_to_ten:]]{1,3}[章节部])"
)
_BRIEFS = pattern_of(r"[[:han:]]{0,4}(?:简讯|短讯|快讯|简报|短波)")  # what a column of briefs is called


def article_starts(lines: list[Line], marks: list[Mark], *, has_masthead: bool) -> list[tuple[int, int | None]]:
    """(first line, line of the title) of each article; on a page with a masthead titles have kickers above them."""
    starts = _starts(lines, marks, has_masthead) or _start_of_longest_run(lines, marks)
    starts = [_with_issuer(lines, start, title) for start, title in starts]
    return _with_kickers(lines, marks, starts) if has_masthead else starts


def _starts(lines: list[Line], marks: list[Mark], has_masthead: bool) -> list[tuple[int, int | None]]:
    starts: list[tuple[int, int | None]] = []
    authors: set[str] = set()  # named above the last article: who reports below is one of them
    has_body = False  # a paragraph has been seen since the last start
    is_weak = False  # the last start stands on a bare day, as menus have one too
    has_ended = False  # a line that ends an article has been seen since
    letters = _letters(lines, marks)
    for index, mark in enumerate(marks):
        if lines[index].kind:
            continue
        if mark.rule is not None and mark.rule.ends and has_body and starts:
            has_ended = mark.rule.kind != "related" or not has_masthead  # 图片新闻 heads no list on a printed page
        if has_ended and not mark.rubric and not _opens_whole_article(lines, marks, index):
            # Below the article a page lists others, with dates and names of their own.
            continue
        is_better = is_weak and not has_body and _is_strong(mark) and bool(starts)
        may_start = has_body or not starts or is_better
        takes_bare_names = bool(starts) or not has_body
        is_anchor = index in letters or _is_anchor(lines, marks, index, authors, takes_bare_names)
        if may_start and is_anchor and _text_follows(lines, marks, index):
            start = _start_at(lines, marks, index, starts, has_body=has_body)
            if start is not None:
                if is_better:
                    starts.pop()
                starts.append(start)
                authors = set(mark.credits.authors if mark.credits is not None else ()) or authors
                is_weak = mark.credits is not None and not _is_strong(mark)
                has_body = mark.dateline is not None
                has_ended = False
                continue
        has_body = has_body or _is_body(lines[index], mark)
    return starts


def _with_issuer(lines: list[Line], start: int, title: int | None) -> tuple[int, int | None]:
    """The start with the line above the title that is part of it."""
    two = title_of_two_lines(lines, title) if title is not None and title == start else None
    return (min(start, two[0]) if two is not None else start, title)


def _with_kickers(
    lines: list[Line], marks: list[Mark], starts: list[tuple[int, int | None]]
) -> list[tuple[int, int | None]]:
    """``starts`` of a paper's page with the one line that stands above a title and below the end of another text, which
    is the title's kicker, whether or not a dash says so."""
    found = []
    for start, title in starts:
        above = start - 1
        has_kicker = title == start and above > 0 and _is_kicker(lines, marks, above)
        if has_kicker:
            marks[above].kicker = lines[above].text
        found.append((above if has_kicker else start, title))
    return found


def _is_kicker(lines: list[Line], marks: list[Mark], place: int) -> bool:
    text, below, before = lines[place].text, marks[place + 2 :][:1], lines[place - 1]
    if not LEAST_KICKER <= len(text) <= MOST_KICKER or not can_be_title(lines[place], marks[place]):
        return False
    is_signed = any(mark.byline or mark.dateline or mark.bare_names for mark in below)
    is_end = before.kind == "metadata" or (
        not before.kind and marks[place - 1].is_running and ends_sentence(before.text)
    )
    return is_signed and is_end and not is_signature(text)


def _is_anchor(lines: list[Line], marks: list[Mark], index: int, authors: set[str], takes_bare_names: bool) -> bool:
    """Whether a line stands where articles begin: credits with a day, a byline, a dateline, a rubric, bare names."""
    mark = marks[index]
    return bool(
        (mark.credits and mark.credits.date and mark.credits.date.on)
        or mark.byline
        or (mark.dateline and not _is_by_authors(mark, authors))
        or mark.rubric
        or (mark.bare_names and takes_bare_names and _follows_title(lines, marks, index))
    )


def _start_at(
    lines: list[Line], marks: list[Mark], index: int, starts: list[tuple[int, int | None]], *, has_body: bool
) -> tuple[int, int] | None:
    """First line and title of the article that the line at ``index`` belongs to; None where it begins none."""
    mark = marks[index]
    last = starts[-1][0] if starts else -1
    title = _title_below(lines, marks, index) if mark.rubric else _title_above(lines, marks, index, last)
    if title is None:
        return None
    goes_on = bool(starts) and not _opens_again(lines, marks, index)
    if has_body and mark.credits and (goes_on or _is_day_of_letter(lines[title], mark)):
        return None
    first = title
    while first > 0 and _belongs_above(lines, marks, first - 1, starts):
        first -= 1
    if mark.rubric:
        first = min(first, index)
    return (first, title) if not starts or first > last else None


def _is_body(line: Line, mark: Mark) -> bool:
    return (
        mark.is_running and len(line.text) >= 30 and not mark.rule and not mark.credits and not photo_credit(line.raw)
    )


def _start_of_longest_run(lines: list[Line], marks: list[Mark]) -> list[tuple[int, int | None]]:
    """The start of a dump without credits: above its longest run of paragraphs."""
    longest = _longest_run(lines, marks)
    if longest is None:
        return []
    if _OFFICIAL_TITLE.match(lines[longest].text) and can_be_title(lines[longest], marks[longest]):
        return [(longest, longest)]
    verses = _verses_above(lines, marks, longest)
    if verses is not None:
        return [(verses, None)]
    title = _headline_above(lines, marks, longest)
    if title is None:
        title = _title_above(lines, marks, longest, -1)
    first = title if title is not None else _opening_above(lines, marks, longest)
    while title is not None and first > 0 and marks[first - 1].kicker:
        first -= 1
    return [(first, title)]


def _letters(lines: list[Line], marks: list[Mark]) -> set[int]:
    """The lines of salutation below a title that opens the dump or stands right below the day of another letter; those
    of a column of letters that all speak to the same."""
    found = set()
    below_titles: dict[str, list[int]] = {}
    has_text = False
    before: list[int] = []  # the last two open lines
    for index, line in enumerate(lines):
        if line.kind:
            continue
        if before and is_salutation(line.text) and can_be_title(lines[before[-1]], marks[before[-1]]):
            credits = marks[before[0]].credits if len(before) > 1 else None
            if not has_text or (credits is not None and credits.date is not None and not _is_strong(marks[before[0]])):
                found.add(index)
            below_titles.setdefault(line.text, []).append(index)
        has_text = has_text or marks[index].is_running
        before = [*before[-1:], index]
    return found.union(*(places for places in below_titles.values() if len(places) > 1))


# Characters of a kicker without a dash: a column's name is shorter, a sentence longer.
LEAST_KICKER, MOST_KICKER = 6, 30
MOST_LISTED, PARAGRAPHS_OF_ARTICLE, LEAST_PARAGRAPH = 16, 3, 40  # lines searched for so many of so many characters
LEAST_VERSES, LONGEST_VERSE = 4, 16  # short lines above a text: three are a kicker and a title on two lines
MOST_BETWEEN = 14  # lines between a title and its text
LEAST_HEADLINE = 12  # characters; labels and names of accounts are shorter
MOST_SHORT_LINES = 12  # headings, captions and lines of code between two paragraphs


def _longest_run(lines: list[Line], marks: list[Mark]) -> int | None:
    """The first line of the longest stretch of running text, short lines between paragraphs allowed."""
    best: int | None = None
    first: int | None = None
    best_chars = chars = short = 0
    for index, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        if line.kind:
            continue
        if mark.rule is not None and mark.rule.ends:
            first, chars = None, 0
        elif mark.is_running and len(line.text) >= 20 and not mark.rule:
            first = index if first is None else first
            chars += len(line.text)
            short = 0
            if chars > best_chars:
                best, best_chars = first, chars
        else:
            short += 1
            if short > MOST_SHORT_LINES:
                first, chars = None, 0
    return best


def _is_strong(mark: Mark) -> bool:
    credits = mark.credits
    return (
        credits is not None and credits.date is not None and bool(credits.date.at or credits.outlet or credits.authors)
    )


def _text_follows(lines: list[Line], marks: list[Mark], index: int) -> bool:
    """Whether running text begins soon at or after an anchor: names and dates also stand in menus and lists."""
    # Buttons and counters may stand between a dated line and the text.
    end = index + (25 if marks[index].credits else 12)
    for line, mark in zip(lines[index:end], marks[index:end], strict=True):
        if not line.kind and mark.is_running and len(line.text) >= 22 and not mark.rule:
            return True
    return False


def _is_by_authors(mark: Mark, authors: set[str]) -> bool:
    """Whether a dateline names reporters who signed the page's article already: a section of it and no other one."""
    return mark.dateline is not None and bool(mark.dateline[1]) and set(mark.dateline[1]) <= authors


def _follows_title(lines: list[Line], marks: list[Mark], index: int) -> bool:
    return index > 0 and can_be_title(lines[index - 1], marks[index - 1]) and not marks[index - 1].bare_names


def _opens_again(lines: list[Line], marks: list[Mark], index: int) -> bool:
    """A second dated line opens another article only where paragraphs follow it (a list of links has none). Short ones
    are enough where they stand right below a line that names outlet or author."""
    if _opens_whole_article(lines, marks, index):
        return True
    below = range(index + 1, min(index + 6, len(lines)))
    running = [place for place in below if marks[place].is_running and not lines[place].kind]
    if sum(len(lines[place].text) >= 40 for place in running) >= 2:
        return True
    credits = marks[index].credits
    if credits is None or not (credits.outlet or credits.authors):
        return False
    unbroken = running[:2] == [index + 1, index + 2]
    return unbroken and all(len(lines[place].text) >= 30 and ends_sentence(lines[place].text) for place in running[:2])


def _opens_whole_article(lines: list[Line], marks: list[Mark], index: int) -> bool:
    """Whether a day and an outlet open an article with its paragraphs: what a page lists has a lead at most."""
    credits = marks[index].credits
    if credits is None or credits.date is None or credits.date.on is None or not credits.outlet:
        return False
    running = 0
    for line, mark in zip(lines[index + 1 : index + MOST_LISTED], marks[index + 1 : index + MOST_LISTED], strict=True):
        if line.kind:
            continue
        if mark.credits is not None and mark.credits.date is not None and mark.credits.outlet:
            return False
        running += mark.is_running and len(line.text) >= LEAST_PARAGRAPH
        if running == PARAGRAPHS_OF_ARTICLE:
            return True
    return False


def _is_day_of_letter(above: Line, mark: Mark) -> bool:
    """Whether a day without anything else stands below the name of a body: the signature of an act, not a title."""
    date = mark.credits.date if mark.credits is not None else None
    return date is not None and date.rank == PLAIN and not _is_strong(mark) and bool(BODY_NAME.search(above.text))


def _title_above(lines: list[Line], marks: list[Mark], index: int, floor: int) -> int | None:
    place = index - 1
    steps = 0
    while place > floor and steps < 4:
        line, mark = lines[place], marks[place]
        is_beside = mark.is_particular or bool(mark.kicker) or _holds_speech(lines, place)
        if is_beside or (line.kind == "removed" and line.removed_as == "markup"):
            place -= 1
            continue
        if _is_title_at(lines, marks, place, floor):
            above = place - 1
            if above > floor and is_account(lines, place) and can_be_title(lines[above], marks[above]):
                return above
            if above > floor and is_signature(line.text) and can_be_title(lines[above], marks[above]):
                return above
            if above > floor and is_signature(line.text) and marks[above].bare_names:  # who wrote, and where they work
                place = above - 1
                continue
            if above > floor and _is_label_below(lines[above], marks[above], line):
                return above
            return place
        if mark.is_running and len(line.text) >= 30 and not mark.rule:
            return None
        place -= 1
        steps += 1
    above = next((place for place in range(index - 1, floor, -1) if lines[place].removed_as != "markup"), floor)
    if above <= floor or lines[above].kind:
        return None
    is_word = bool(marks[index].byline) and _SHORT_TITLE.fullmatch(lines[above].text) is not None
    return above if is_word or _BRIEFS.fullmatch(lines[above].text) else None


def _is_title_at(lines: list[Line], marks: list[Mark], place: int, floor: int) -> bool:
    if is_subtitle(lines[place].text) or is_bulleted(lines, place):
        return False
    return can_be_title(lines[place], marks[place]) and not (marks[place].bare_names and place > floor + 1)


def _holds_speech(lines: list[Line], place: int) -> bool:
    return place > 0 and read_speaker(lines[place].raw, lines[place - 1].text) is not None


def _headline_above(lines: list[Line], marks: list[Mark], index: int) -> int | None:
    """The nearest line of a headline's length above the text: buttons and counters may stand between."""
    for place in range(index - 1, max(index - MOST_BETWEEN, -1), -1):
        if is_subtitle(lines[place].text):
            continue
        if len(lines[place].text) >= LEAST_HEADLINE and can_be_title(lines[place], marks[place]):
            return place
    return None


def _verses_above(lines: list[Line], marks: list[Mark], index: int) -> int | None:
    """Where the short lines begin with which a post opens as with a verse, marked as text; None where a title stands
    above the text. A menu has no commas."""
    first = index
    while (
        first > 0 and len(lines[first - 1].text) <= LONGEST_VERSE and can_be_title(lines[first - 1], marks[first - 1])
    ):
        first -= 1
    opening = [line.text for line in lines[first:index]]
    if len(opening) < LEAST_VERSES or not any("，" in text or "、" in text for text in opening):
        return None
    for mark in marks[first:index]:
        mark.is_particular = True
    return first


def _opening_above(lines: list[Line], marks: list[Mark], index: int) -> int:
    """Where a text without a title begins: at whom its letter speaks to and the rubric above that, or at the headings
    of its first section."""
    while index > 0 and not lines[index - 1].kind:
        above = lines[index - 1].text
        is_numbered = OPENS_SECTION.match(above) is not None and len(above) <= LONGEST_HEADING
        if not (marks[index - 1].rubric or is_salutation(above) or is_numbered):
            break
        index -= 1
    return index


def _is_label_below(above: Line, mark: Mark, line: Line) -> bool:
    """Whether ``line`` is the name of an account or a desk below the title ``above`` rather than the title."""
    if len(line.text) > 8 or stops(line.text) or len(above.text) < max(12, 2 * len(line.text)):
        return False
    if mark.is_running and not above.text.endswith(("？", "！")):
        return False
    return can_be_title(above, mark) and not KICKER_END.search(above.text)


def _title_below(lines: list[Line], marks: list[Mark], index: int) -> int | None:
    for place in range(index + 1, min(index + 4, len(lines))):
        if can_be_title(lines[place], marks[place]) and not KICKER_END.search(lines[place].text):
            return place
        if marks[place].is_running and len(lines[place].text) >= 30:
            return None
    return None


def _belongs_above(lines: list[Line], marks: list[Mark], index: int, starts: Sequence[tuple[int, int | None]]) -> bool:
    """Whether the line above a title is its kicker or its rubric."""
    if starts and index <= starts[-1][0]:
        return False
    line = lines[index]
    if line.kind:
        return False
    return bool(marks[index].rubric or marks[index].kicker) or bool(
        KICKER_END.search(line.text) and len(line.text) <= 60
    )
