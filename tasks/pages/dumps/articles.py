"""One article of a text dump put together from its lines."""

from __future__ import annotations

import re
from collections.abc import Callable

from tasks.lexicon.characters import pattern_of
from tasks.pages.completeness import missing_of, says_more_follows
from tasks.pages.drafts import BodyPart, Draft
from tasks.pages.dumps.abstracts import abstract_at
from tasks.pages.dumps.article_ends import AT_EDITOR, judge_below
from tasks.pages.dumps.captions import drop_teasers, take_caption
from tasks.pages.dumps.dump_walk import DumpWalk
from tasks.pages.dumps.fragments import order_parts
from tasks.pages.dumps.line_marks import Mark
from tasks.pages.dumps.printed_titles import take_inner_title, take_title
from tasks.pages.dumps.short_lines import FIELD, PARTY, is_heading, settle_headings
from tasks.pages.dumps.signatures import (
    LONGEST_SIGNATURE,
    is_signature,
    names_behind_all,
    read_name_and_post,
    read_names_behind,
    read_pen_name,
    read_speaker,
    read_writer,
    take_day_of_signature,
)
from tasks.pages.dumps.title_lines import KICKER_END, is_account, is_bulleted
from tasks.pages.lines.affiliations import is_affiliation, tells_of_authors
from tasks.pages.lines.bylines import paper_of_desk, read_note_on_author, read_pictures
from tasks.pages.lines.credits import Credits, is_document_number, is_note_of_passing, read_unlabelled
from tasks.pages.lines.lines import (
    Line,
    Removal,
    aligned,
    ends_sentence,
    han_count,
)
from tasks.pages.lines.publication_dates import ANY_DAY, PossibleDays
from tasks.pages.sign_offs import take_sign_off

_EDITOR_LABEL = re.compile(r"^[（(【\[]?\s*(?:责任编辑|责编|编辑|编审|审核)\s*[：:]")
_KEYWORDS = re.compile(r"^关键[词字][^，。：]{2,60}$")  # with a mere space behind, which the text has lost
_REPLY = re.compile(r"^\S{1,20}\s*(?:发表于|回复于|回复)\s*(?:19|20)\d{2}[-/年]")
# A line below the text that says who wrote, edited or pictured it.
_TAIL_CREDIT = re.compile(
    r"[（(](?:(?:本文|文中|文内|以上)?(?:图片|照片|图|配图|供图)[^（）()]{1,16}(?:提供|供图|摄|拍摄|来源[^（）()]{0,8})|完|责任编辑[^（）()]{2,20}"
    r"|编辑[：:][^（）()]{2,20})[）)]\s*$"
)
_ANSWER: Removal = ("comment", "an answer of another reader")
_OTHER_ARTICLES: Removal = ("related", "a list of other articles with their dates")


Judge = Callable[[DumpWalk, int], bool]


def read_article(
    lines: list[Line],
    marks: list[Mark],
    start: int,
    end: int,
    title_index: int | None,
    ordinal: int,
    *,
    is_one_of_several: bool,
    days: PossibleDays = ANY_DAY,
) -> Draft:
    """The article in ``lines[start:end]``, each of which is judged by the first of JUDGES that knows it."""
    draft = Draft(days=days)
    if title_index is not None:
        take_title(lines, title_index, draft, ordinal, is_one_of_several)
    gaps = sorted(line.gap for line in lines[start:end] if line.removed_as != "markup")
    usual_gap = gaps[len(gaps) // 2] if gaps else 0
    running = sum(len(lines[place].text) for place in range(start, end) if _runs(lines[place], marks[place]))
    walk = DumpWalk(lines, marks, start, end, title_index, ordinal, draft, usual_gap, running)
    for index in range(start, end):
        line = lines[index]
        if line.kind:
            continue
        if _runs(line, marks[index]):
            walk.running_left -= len(line.text)
            walk.running_done += len(line.text)
        if walk.over is None:
            line.article = ordinal
        for judge in JUDGES:
            if judge(walk, index):
                break
    credits = draft.credits
    credits.outlet = credits.outlet or walk.agency or credits.account
    settle_headings(draft)
    drop_teasers(draft)
    take_sign_off(draft)
    if not draft.credits.authors and draft.parts and draft.parts[-1].kind == "paragraph":
        draft.credits.authors = names_behind_all(draft.parts)
    order_parts(draft)
    draft.missing = says_more_follows(lines[start:end]) or missing_of(draft.parts, is_flattened=True)
    return draft


def _runs(line: Line, mark: Mark) -> bool:
    return mark.is_running and not mark.rule and not line.kind


def _below_the_end(walk: DumpWalk, index: int) -> bool:
    if walk.over is None:
        return False
    walk.over = judge_below(walk.lines[index], walk.marks[index], walk.over, walk.draft, walk.ordinal)
    return True


def _rubric(walk: DumpWalk, index: int) -> bool:
    rubric = walk.marks[index].rubric
    if not rubric:
        return False
    walk.lines[index].kind, walk.draft.rubric = "rubric", walk.draft.rubric or rubric
    return True


def _kicker(walk: DumpWalk, index: int) -> bool:
    line = walk.lines[index]
    labelled = walk.marks[index].kicker
    if labelled and not walk.started:
        line.kind = "kicker"
        walk.draft.kicker = f"{walk.draft.kicker} {labelled}" if walk.draft.kicker else labelled
        return True
    if walk.title_index is None or index >= walk.title_index or not KICKER_END.search(line.text):
        return False
    line.kind, walk.draft.kicker = "kicker", KICKER_END.sub("", line.text).strip()
    return True


def _stock_phrase(walk: DumpWalk, index: int) -> bool:
    rule = walk.marks[index].rule
    if rule is None:
        return False
    if rule.kind == "metadata":
        walk.note(index, rule.reason)
        if not walk.draft.credits.authors:
            walk.draft.credits.authors = read_note_on_author(walk.lines[index].raw)
        return True
    walk.remove(index, (rule.kind, rule.reason))
    if rule.ends and walk.started and (rule.kind == "comment" or walk.is_near_end(index, 0.5)):
        walk.over = (rule.kind, f"follows a line that ends the article ({rule.reason})")
    return True


def _answer(walk: DumpWalk, index: int) -> bool:
    line = walk.lines[index]
    if not walk.started or len(line.text) > 60 or not _REPLY.match(line.raw):
        return False
    walk.over = _ANSWER
    walk.remove(index, _ANSWER)
    return True


def _byline(walk: DumpWalk, index: int) -> bool:
    line, mark = walk.lines[index], walk.marks[index]
    if not mark.byline and not walk.started and walk.draft.title and not walk.draft.credits.authors:
        name = read_name_and_post(line.raw) if walk.is_below_title(index) else None
        mark.byline = [name] if name else read_pen_name(line.raw)
    if not mark.byline and not (mark.bare_names and _is_bare_byline(line, mark, walk.draft, walk.started)):
        return False
    walk.note(index, "byline")
    walk.agency = walk.agency or paper_of_desk(line.raw)
    pictures = read_pictures(line.raw)
    if pictures is not None:
        walk.draft.credits.fill(Credits(authors=pictures[0], photographers=pictures[1]))
        return True
    _confirm_authors(walk.draft, mark.byline or mark.bare_names or [], walk.ordinal)
    return True


def _list_of_others(walk: DumpWalk, index: int) -> bool:
    if not walk.started and is_bulleted(walk.lines, index) and walk.is_beside_credits(index):
        walk.remove(index, ("other", "particulars of the page"))
        return True
    if not walk.started or not walk.is_list_entry(index):
        return False
    walk.over = _OTHER_ARTICLES
    walk.remove(index, _OTHER_ARTICLES)
    return True


def _day_of_letter(walk: DumpWalk, index: int) -> bool:
    line, draft = walk.lines[index], walk.draft
    if not walk.started or not take_day_of_signature(walk.marks[index], line.text, draft):
        return False
    line.kind = "paragraph"
    draft.parts[-1].kind = "paragraph"
    for signature in draft.parts[-1].lines:
        signature.kind = "paragraph"
    draft.parts.append(BodyPart("paragraph", line.text, [line]))
    return True


def _writer(walk: DumpWalk, index: int) -> bool:
    line, draft = walk.lines[index], walk.draft
    if not walk.started or len(line.text) > LONGEST_SIGNATURE:
        return False
    name = read_writer(line.raw, draft.parts)
    names = read_names_behind(line.raw, is_alone=True) if not (name or draft.credits.authors) else None
    if not (name or names) and not draft.credits.authors and _is_last(walk, index):
        names = walk.marks[index].bare_names
    if not (names or name) or not walk.is_near_end(index, 0.1):
        return False
    if names:
        walk.note(index, "byline")
        draft.credits.authors = names
    if name:
        line.kind = "paragraph"
        draft.credits.fill(Credits(authors=[name]))
        draft.parts.append(BodyPart("paragraph", line.text, [line]))
    return True


def _is_last(walk: DumpWalk, index: int) -> bool:
    """Whether a line is the only one below the last sentence of its article or below where its author works."""
    is_below = bool(walk.draft.parts) and ends_sentence(walk.draft.parts[-1].text)
    return is_below and all(walk.lines[place].kind for place in range(index + 1, min(index + 3, walk.end)))


def _speaker(walk: DumpWalk, index: int) -> bool:
    name = None if walk.started else read_speaker(walk.lines[index].raw, walk.draft.title)
    if name is None:
        return False
    walk.note(index, "who holds the speech")
    walk.draft.credits.fill(Credits(authors=[name]))
    return True


def _particular(walk: DumpWalk, index: int) -> bool:
    line = walk.lines[index]
    if not walk.marks[index].is_particular:
        return False
    line.kind = "paragraph"
    walk.draft.parts.append(BodyPart("paragraph", line.text, [line]))
    return True


def _account(walk: DumpWalk, index: int) -> bool:
    """The account that posted the article, right below its title and above the moment at which it did."""
    line = walk.lines[index]
    if walk.title_index is None or index != walk.title_index + 1 or not is_account(walk.lines, index):
        return False
    walk.note(index, "the account that posted the article")
    walk.draft.credits.account = walk.draft.credits.account or line.text
    return True


def _credits(walk: DumpWalk, index: int) -> bool:
    line, mark = walk.lines[index], walk.marks[index]
    if mark.credits is None or (walk.started and mark.is_running and len(line.text) > 40):
        return False
    walk.note(index, "credits of the article")
    walk.agency = walk.agency or paper_of_desk(line.raw)
    walk.draft.take_credits(read_unlabelled(line.raw, mark.credits), line.raw)
    if walk.started and mark.credits.editors and walk.is_near_end(index, 0.3):
        walk.over = AT_EDITOR
    return True


def _editor_label(walk: DumpWalk, index: int) -> bool:
    text = walk.lines[index].text
    if not walk.started or len(text) > 40 or not _EDITOR_LABEL.match(text):
        return False
    walk.note(index, "credits of the article")
    if walk.is_near_end(index, 0.3):
        walk.over = AT_EDITOR
    return True


def _note_at_head(walk: DumpWalk, index: int) -> bool:
    text = walk.lines[index].text
    is_note = (
        tells_of_authors(text, walk.draft.credits.authors)
        or is_note_of_passing(text)
        or is_affiliation(text)
        or is_signature(text)
        or is_document_number(text)
    )
    if walk.started or not (is_note or _KEYWORDS.match(text)):
        return False
    walk.note(index, "note on who issued the text, where the authors work or when the act was passed")
    return True


def _late_rubric(walk: DumpWalk, index: int) -> bool:
    line, draft = walk.lines[index], walk.draft
    if walk.started or draft.rubric or not draft.title:
        return False
    if not _is_late_rubric(line, walk.lines, walk.marks, index):
        return False
    line.kind, draft.rubric = "rubric", line.text
    return True


def _summary(walk: DumpWalk, index: int) -> bool:
    summary = abstract_at(walk, index) if not walk.started else None
    if not summary:
        return False
    walk.lines[index].kind, walk.draft.summary = "summary", summary
    return True


def _inner_title(walk: DumpWalk, index: int) -> bool:
    if walk.started or not walk.draft.title:
        return False
    return take_inner_title(walk.lines, walk.marks, index, walk.draft)


def _caption(walk: DumpWalk, index: int) -> bool:
    line, mark = walk.lines[index], walk.marks[index]
    return take_caption(line, mark, walk.lines, walk.marks, index, walk.usual_gap, walk.draft)


def _body_line(walk: DumpWalk, index: int) -> bool:
    walk.started = walk.started or (walk.marks[index].is_running and han_count(walk.lines[index].text) > 0)
    _take_body_line(walk.lines[index], walk.marks[index], walk)
    return True


# In this order: what is known whatever else a line says stands first, and what is none of the others is text.
JUDGES: tuple[Judge, ...] = (
    _below_the_end,
    _rubric,
    _kicker,
    _stock_phrase,
    _answer,
    _byline,
    _speaker,
    _list_of_others,
    _particular,
    _account,
    _day_of_letter,
    _writer,
    _credits,
    _editor_label,
    _note_at_head,
    _late_rubric,
    _summary,
    _inner_title,
    _caption,
    _body_line,
)


def _confirm_authors(draft: Draft, names: list[str], ordinal: int) -> None:
    """Add ``names``; where they spell the same characters as glued names known so far, the byline's division holds."""
    known = draft.credits.authors
    if known and ("".join(known) == "".join(names) or set(known) < set(names)):
        draft.credits.authors = list(names)
        return
    draft.credits.fill(Credits(authors=names))


def _is_bare_byline(line: Line, mark: Mark, draft: Draft, started: bool) -> bool:
    names = mark.bare_names or []
    known = draft.credits.authors
    if known and ("".join(known) == "".join(names) or (not started and set(known) < set(names))):
        return True
    return not started and not draft.credits.authors and draft.title is not None


def _is_late_rubric(line: Line, lines: list[Line], marks: list[Mark], index: int) -> bool:
    """A word or two alone between the byline and the first paragraph names the column of the newspaper."""
    if not pattern_of(r"[[:han:]]{2,5}").fullmatch(line.text) or index + 1 >= len(lines):
        return False
    above = marks[index - 1] if index else Mark()
    return bool(above.byline or above.bare_names or above.rubric) and marks[index + 1].is_running


def _take_body_line(line: Line, mark: Mark, walk: DumpWalk) -> None:
    text, draft = line.text, walk.draft
    if mark.dateline is not None and draft.dateline is None:
        dateline, names, agency = mark.dateline
        draft.dateline = text[: aligned(text, dateline)]
        draft.credits.fill(Credits(authors=names))
        walk.agency = walk.agency or agency
    tail = _TAIL_CREDIT.search(text)
    kept = text[: tail.start()].rstrip() if tail else text
    if not mark.is_running and not line.is_indented and is_heading(text):
        line.kind = "heading"
        if FIELD.match(text) or PARTY.match(text):
            line.kind = "paragraph"
        elif draft.parts and draft.parts[-1].kind == "heading" and not is_signature(text):
            part = draft.parts[-1]
            part.text += text
            part.lines.append(line)
            return
        draft.parts.append(BodyPart(line.kind, text, [line]))
        return
    if not kept:
        line.kind, line.reason = "metadata", "credit of the pictures"
        return
    line.kind = "paragraph"
    line.cut_to(0, len(kept))
    draft.parts.append(BodyPart("paragraph", line.text, [line]))
