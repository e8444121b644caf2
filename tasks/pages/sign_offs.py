"""The names with which the last paragraph of an article is signed: …（记者 秦一苇 通讯员 马冬生）, …（编辑：盛一宁）1100917."""

from __future__ import annotations

import re

from tasks.lexicon.characters import pattern_of
from tasks.pages.drafts import Draft
from tasks.pages.lines.bylines import read_byline
from tasks.pages.lines.credits import Credits, read_credits
from tasks.pages.lines.lines import ends_sentence

_SIGNED = pattern_of(r"\s*[（(](?P<names>[[:han:]]{0,10}(?:记者|通讯员)[^（）()。，！？]{2,40})[）)]\s*$")
# Agencies of Taiwan put the day behind it, in the years of the Republic.
_EDITED = re.compile(
    r"\s*[（(](?P<names>(?:责任编辑|责编|编辑|校对)[：:/／][^（）()。，！？]{2,30})[）)]\s*(?:1\d{6})?\s*$"
)


def read_sign_off(text: str) -> tuple[str, list[str]] | None:
    """The paragraph without the names that sign it, and the names; None where nobody signs.

    >>> read_sign_off("账目每月贴出来。（记者 秦一苇 马冬生）")
    ('账目每月贴出来。', ['秦一苇', '马冬生'])
    >>> read_sign_off("他告诉我（记者当时就在现场）") is None
    True
    """
    match = _SIGNED.search(text[-80:])
    if match is None:
        return None
    kept = text[: len(text) - len(match.group())]
    names = read_byline(match["names"])
    return (kept, names) if names and ends_sentence(kept) else None


def take_sign_off(draft: Draft) -> None:
    """Move the names that sign the last paragraph of ``draft`` to its authors."""
    part = draft.parts[-1] if draft.parts else None
    if part is None or part.kind != "paragraph" or len(part.lines) != 1 or part.lines[0].text != part.text:
        return
    line = part.lines[0]
    edited = _EDITED.search(part.text[-60:])
    editors = read_credits(edited["names"]).editors if edited is not None else []
    if edited is not None and editors and ends_sentence(part.text[: len(part.text) - len(edited.group())]):
        draft.credits.fill(Credits(editors=editors))
        line.cut_to(0, len(part.text) - len(edited.group()))
        part.text = line.text
    spaced = read_sign_off(line.raw)
    found = read_sign_off(part.text)
    if found is None or not found[0]:
        return
    kept, names = found
    line.cut_to(0, len(kept))
    part.text = line.text
    draft.credits.fill(Credits(authors=spaced[1] if spaced else names))
