"""The captions of a text dump, in which the pictures are gone."""

from __future__ import annotations

import re

from tasks.lexicon.characters import pattern_of
from tasks.pages.drafts import BodyPart, Draft
from tasks.pages.dumps.line_marks import Mark
from tasks.pages.dumps.short_lines import PARTY
from tasks.pages.lines.bylines import photo_credit
from tasks.pages.lines.credits import Credits
from tasks.pages.lines.line_patterns import stock_phrase
from tasks.pages.lines.lines import Line, aligned, clause_marks, closes, ends_sentence

# Parts at the top of a text among which one can be a teaser, and its characters: a shorter one may begin two sentences.
MOST_TEASERS, LEAST_TEASER = 3, 20
LONGEST_BELOW_PICTURE = 40  # characters of a caption right below the place of its picture; longer ones are text


def _take_credited(
    line: Line, credit: tuple[str, list[str]], lines: list[Line], marks: list[Mark], index: int, draft: Draft
) -> None:
    """A line that ends with who took the picture: its caption, or the whole text of a photo story."""
    kept_raw, names = credit
    draft.credits.fill(Credits(photographers=names))
    kept = line.text[: aligned(line.text, kept_raw)]
    is_story = (
        len(kept) > 60
        and not draft.parts
        and not any(
            marks[place].is_running and not lines[place].kind and len(lines[place].text) > 30
            for place in range(index + 1, min(index + 4, len(lines)))
        )
    )
    if len(kept) > 100 or is_story:
        # A photo story: the text is the article, its last sentence (图为…) describes the picture.
        line.kind = "paragraph"
        line.cut_to(0, len(kept))
        draft.parts.append(BodyPart("paragraph", line.text, [line]))
        picture = re.search(r"(?:图为|图中|图片为)[^。]{4,60}。?$", kept)
        if picture:
            draft.captions.append(picture.group())
        return
    line.kind = "caption"
    if kept:
        draft.captions.append(kept)


def take_caption(
    line: Line, mark: Mark, lines: list[Line], marks: list[Mark], index: int, usual_gap: int, draft: Draft
) -> bool:
    """Whether a line describes a picture: by its credit, its sign, the room that the picture left, or what stands
    below."""
    text = line.text
    credit = photo_credit(line.raw) if len(text) <= 600 else None
    if credit:
        _take_credited(line, credit, lines, marks, index, draft)
        return True
    if pattern_of(r"^(?:图为|图片说明|[▲△↑▼]|图[[:one_to_nine:]\d]+[：:])").match(text) and len(text) <= 100:
        line.kind = "caption"
        draft.captions.append(text.lstrip("▲△↑▼ "))
        return True
    if (
        line.gap >= usual_gap + 2
        and len(text) <= 60
        and draft.parts
        and ends_sentence(text)
        and text.count("。") == 1
        and not text.startswith("“大")
        and not re.search(r"[：:]“|”[，,].*说", text)
    ):
        line.kind = "caption"
        draft.captions.append(text)
        return True
    if (
        not mark.is_running
        and draft.parts
        and _stands_before_colon_heading(lines, marks, index)
        and draft.parts[-1].kind == "paragraph"
        and len(text) >= 8
        and not PARTY.match(text)
    ):
        line.kind = "caption"
        draft.captions.append(text)
        return True
    is_short = not mark.is_running and len(text) <= LONGEST_BELOW_PICTURE
    if is_short and draft.parts and index and lines[index - 1].text.startswith(("![", "！[")):  # in Markdown
        line.kind = "caption"
        draft.captions.append(text)
        return True
    following = _next_line(lines, index)
    if (
        not mark.is_running
        and following is not None
        and following.removed_as == "placeholder"
        and len(text) > 30
        and not clause_marks(text)
    ):
        line.kind = "caption"
        draft.captions.append(text)
        return True
    return False


def drop_teasers(draft: Draft) -> None:
    """Take out a line without an end that begins as the text goes on below: a teaser cut off, or a caption."""
    parts = draft.parts
    for number, part in enumerate(parts[:MOST_TEASERS]):
        if part.kind != "paragraph" or len(part.text) < LEAST_TEASER or closes(part.text):
            continue
        below = ("".join(other.text for other in parts[place : place + 4]) for place in range(number + 1, number + 13))
        if any(text.startswith(part.text) and len(text) > len(part.text) for text in below):
            for line in part.lines:
                line.kind = "caption"
            draft.captions.append(part.text)
            parts.remove(part)
            return


def _next_line(lines: list[Line], index: int) -> Line | None:
    for line in lines[index + 1 : index + 4]:
        if line.removed_as == "markup":
            continue
        if not line.kind and stock_phrase(line.text) is not None:
            rule = stock_phrase(line.text)
            if rule is not None and rule.kind == "placeholder":
                line.remove(rule.kind, rule.reason)
        return line
    return None


def _stands_before_colon_heading(lines: list[Line], marks: list[Mark], index: int) -> bool:
    """A headline-like line right above a short label with a colon (某市：) belongs to the picture above the label."""
    if lines[index].text[-1:] in "：:":
        return False
    following = next((line for line in lines[index + 1 : index + 3] if line.removed_as != "markup"), None)
    return following is not None and not following.kind and len(following.text) <= 8 and following.text[-1:] in "：:"
