"""Short lines of a dump in a row: a menu, a heading in two lines, the entries of a list, or words that end nothing."""

from __future__ import annotations

import re
from typing import Literal

from tasks.lexicon.characters import pattern_of
from tasks.lexicon.posts import occupation_ending_at, post_ending_at
from tasks.pages.drafts import BodyPart, Draft
from tasks.pages.dumps.cutting import LONGEST_HEADING
from tasks.pages.dumps.signatures import is_salutation, is_signature
from tasks.pages.lines.lines import Line, clause_marks, closes, ends_sentence, han_count, is_headline

# A field of a notice (咨询电话：0991-1234567) has its number to itself; a heading tells something (石桥镇：7年纠纷3天化解).
FIELD = pattern_of(
    r"^(?:[[:han:]（）]{0,6}(?:电话|手机|传真|时间|日期|地点|地址|邮编|编码|邮箱|编号|号码|账号|期限|方式|金额|名额|人数|价格?|数量|人)[：:].*\d"
    r"|[[:han:]（）]{2,8}[：:][^[:han:]]*\d[^[:han:]]*[[:han:]]{0,2}$)"
)
# Who asks, who answers, and under which number (承办单位：某局, 提案人：某某); 某县：… and 合伙人：… open titles.
PARTY = pattern_of(
    r"(?:[[:han:]]{1,4}(?:单位|部门|机构|编号|案号|类别|界别|届次)"
    r"|(?:提案|建议|申请|申报|联系|负责|承办|经办|来信|反映|投诉|答复|受理)[人者])[：:]\s*\S"
)
# What opens a heading or an entry of its own: 一、 （二） 3. 第四条
_NUMBER = pattern_of(r"[（(]?(?:[[:one_to_ten:]]{1,3}|\d{1,2})[、．.）)]|第[[:one_to_ten:]]{1,3}[章节条部]")
LONGEST_FOREIGN = 200  # characters of a title in English below the Chinese one
_SAYS = re.compile(r"[。？！].{6,}：“")  # a sentence and the beginning of what somebody says
_MOST_HEADING_LINES = 3  # a kicker and a title of two lines; more stand in a menu or in a list
_FEWEST_ENTRIES = 3
SHORTEST_BROKEN = 8  # characters of a numbered heading that its column broke in two; shorter ones fit any column
_LONGEST_WORD = 4  # characters of a personal name; a line of a broken heading is longer


def settle_headings(draft: Draft) -> None:
    """Decide in place what the short lines of ``draft``, which were joined as headings, are."""
    _trim_start(draft)
    _part_lists(draft)
    _trim_end(draft)


def _trim_start(draft: Draft) -> None:
    """More than three short lines in a row above the first paragraph are a menu."""
    while draft.parts and han_count(draft.parts[0].text) == 0 and len(draft.parts[0].text) <= LONGEST_FOREIGN:
        for line in draft.parts.pop(0).lines:
            line.article = None
            line.remove("other", "signs without a word above the text")
    if not draft.parts or draft.parts[0].kind != "heading":
        return
    part = draft.parts[0]
    menu = part.lines[: next((place for place, line in enumerate(part.lines) if _NUMBER.match(line.text)), None)]
    if len(part.lines) <= _MOST_HEADING_LINES and all(han_count(line.text) for line in menu):
        return
    for line in menu:
        line.article = None
        line.remove("navigation", "short lines in a row above the text")
    part.lines = part.lines[len(menu) :]
    part.text = "".join(line.text for line in part.lines)
    if not part.lines:
        draft.parts.pop(0)


def _part_lists(draft: Draft) -> None:
    """Part what was taken for one heading: a number opens a heading of its own, and many lines in a row are a list."""
    parted: list[BodyPart] = []
    for part in draft.parts:
        if part.kind != "heading" or len(part.lines) < 2:
            parted.append(part)
            continue
        groups = _cut_at_numbers(part.lines)
        if len(groups) >= _FEWEST_ENTRIES and all(len(group) == 1 for group in groups):
            parted += [_as_part("paragraph", group) for group in groups]
            continue
        for group in groups:
            is_short = len(group[0].text) < SHORTEST_BROKEN
            head = group[:1] if (len(groups) > 1 or is_short) and _NUMBER.match(group[0].text) else []
            rest = group[len(head) :]
            if _is_list(rest):
                parted += [_as_part("heading", head)] if head else []
                parted += [_as_part("paragraph", [line]) for line in rest]
            elif head and rest and is_short:
                parted += [_as_part("heading", head), _as_part("heading", rest)]
            else:
                parted.append(_as_part("heading", group))
    draft.parts[:] = parted


def _cut_at_numbers(lines: list[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or _NUMBER.match(line.text):
            groups.append([])
        groups[-1].append(line)
    return groups


def _as_part(kind: Literal["heading", "paragraph"], lines: list[Line]) -> BodyPart:
    for line in lines:
        line.kind = kind
    return BodyPart(kind, "".join(line.text for line in lines), lines)


def _is_list(lines: list[Line]) -> bool:
    """Whether ``lines`` are more than a heading has, or three that are words alone or end in posts (…党支部书记)."""
    texts = [line.text for line in lines]
    if len(texts) < _FEWEST_ENTRIES:
        return False
    if len(texts) > _MOST_HEADING_LINES or sum(map(len, texts)) > LONGEST_HEADING:
        return True
    return all(len(text) <= _LONGEST_WORD for text in texts) or all(
        post_ending_at(text, len(text)) is not None or occupation_ending_at(text, len(text)) is not None
        for text in texts
    )


def _trim_end(draft: Draft) -> None:
    """Headings at the end that no paragraph follows are not headings of this article, but for who signs a letter."""
    while draft.parts and draft.parts[-1].kind == "heading":
        part = draft.parts.pop()
        above = draft.parts[-1].text if draft.parts else ""
        is_below_sentence = ends_sentence(above) or FIELD.match(above) is not None
        if is_below_sentence and len(part.lines) == 1 and is_signature(part.text.strip("（()）")):
            part.kind = part.lines[0].kind = "paragraph"
            draft.parts.append(part)
            return
        for line in part.lines:
            line.article = None
            line.remove("other", "a heading that nothing of the article follows")


def is_heading(text: str) -> bool:
    """Whether a line that is no running text is a heading: no part of a sentence, no salutation, no speech."""
    # A line of several clauses is the beginning of a sentence whose end is lost.
    commas = sum(text.count(mark) for mark in "，。；")
    is_sentence = (len(text) > 30 and clause_marks(text) >= 2) or (len(text) >= 24 and commas >= 2)
    is_announcing = text.endswith(("：", ":")) and (text.startswith("各") or "、" in text or "，" in text)
    is_said = is_announcing or is_salutation(text)
    is_said = is_said or _SAYS.search(text) is not None
    return is_headline(text) and not is_sentence and not is_said and not closes_like_speech(text)


def closes_like_speech(text: str) -> bool:
    """Whether a short line is speech or an ellipsis rather than a heading."""
    return (
        (text[:1] in "“‘" and text[-1:] in "”’" and closes(text)) or set(text) <= set("…．.· ") or ends_sentence(text)
    )
