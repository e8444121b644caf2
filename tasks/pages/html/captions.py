"""Captions: lines below a picture, told by the names of their elements, by their credits and by where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.pages.drafts import BodyPart, Draft
from tasks.pages.html.markup import Markup
from tasks.pages.lines.bylines import photo_credit
from tasks.pages.lines.credits import Credits
from tasks.pages.lines.lines import Line, aligned, clause_marks

LONGEST_CENTERED = 80  # characters of a centered line below a picture; longer ones are text
_CAPTION_HINT = re.compile(
    r"(?:^|[ _-])(?:caption|figcaption|img-?(?:desc|title|txt|text|note|info)|pic-?(?:desc|title|txt|info|note)"
    r"|image-?(?:desc|caption)|tuzhu|photo-?desc)(?:[ _-]|$)"
)
_BELOW_PICTURE = re.compile(r"[▲△↑▼]")  # the sign that points from a caption to its picture
_SPEECH = re.compile(r"[说道：:]“")


def places_tell_captions(markup: Markup, lines: Sequence[Line], first: int, end: int) -> bool:
    """Whether a centered line below a picture is its caption rather than text.

    So much may stand below pictures that it is the text itself; and where most pictures have text below them that is
    not centered, the pictures of this page have no captions.
    """
    below = total = centered = pictures = 0
    for line in lines[first:end]:
        if line.kind or line.link_share > 0.5:
            continue
        total += len(line.text)
        pictures += line.after_image
        if line.after_image and line.is_centered and len(line.text) <= LONGEST_CENTERED:
            below += len(line.text)
            centered += 1
    return below <= total * 0.3 and centered * 2 >= pictures


def is_caption(markup: Markup, line: Line, by_place: bool) -> bool:
    """``by_place``: what ``places_tell_captions`` says of the page."""
    if line.tag == "figcaption" or _CAPTION_HINT.search(markup.elements.hints_of(line.element)):
        return True
    if by_place and len(line.text) <= LONGEST_CENTERED and photo_credit(line.raw) and not _SPEECH.search(line.text):
        return True
    if line.is_centered and _BELOW_PICTURE.match(line.text) and len(line.text) <= LONGEST_CENTERED:
        return True
    if not line.after_image or len(line.text) > 120:
        return False
    if _BELOW_PICTURE.match(line.text) or re.search(r"(?:摄|供图|图源|图片来源.{0,20}|资料图)[）)]?。?$", line.text):
        return True
    return by_place and line.is_centered and len(line.text) <= LONGEST_CENTERED and clause_marks(line.text) <= 1


def take_caption(line: Line, draft: Draft) -> None:
    line.kind, line.article = "caption", draft.ordinal
    text = line.text.lstrip("▲△↑▼ ")
    credit = photo_credit(line.raw)
    if credit:
        kept, names = credit
        draft.credits.fill(Credits(photographers=names))
        text = text[: aligned(text, kept)]
    if text:
        draft.captions.append(text)


def tell_by_captions(draft: Draft, lines: Sequence[Line]) -> None:
    """Make the captions of a page that is told in pictures alone its text."""
    draft.captions.clear()
    for line in lines:
        if line.kind != "caption":
            continue
        credit = photo_credit(line.raw)
        kept = line.text[: aligned(line.text, credit[0])] if credit else line.text
        if kept.strip():
            line.kind = "paragraph"
            line.cut_to(0, len(kept))
            draft.parts.append(BodyPart("paragraph", line.text, [line]))
