"""Character references that were escaped twice, or that stand in plain text, where no parser will read them."""

from __future__ import annotations

import html
import re

from tasks.repair.repaired import Edit

# Not lt, gt and amp: written twice-escaped they are meant, in pages that show markup.
_NAMES = (
    "nbsp|ensp|emsp|thinsp|ldquo|rdquo|lsquo|rsquo|laquo|raquo|quot|apos|mdash|ndash|hellip|middot|bull|times|deg"
    "|permil|sup2|"
    "sup3|copy|reg|yen|hearts|radic|rarr|larr|divide|plusmn|zwnj|zwj|shy|minus|prime|Prime"
)
_TWICE = re.compile(rf"&amp;(?:amp;)*(?=(?:{_NAMES}|#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}});)")
_PLAIN = re.compile(rf"&(?:amp;)*(?:(?:{_NAMES}|lt|gt|amp)|#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}});")
# For time alone: references that are undone in one page.
_MOST_EDITS = 100_000


def entity_edits(text: str, *, is_markup: bool) -> list[Edit]:
    """In markup ``&amp;ldquo;`` becomes ``&ldquo;``, which the parser reads; in plain text it becomes “.

    >>> [edit.restored for edit in entity_edits("&amp;ldquo;好&rdquo;", is_markup=False)]
    ['“', '”']
    >>> [edit.restored for edit in entity_edits("&amp;ldquo;好&rdquo;", is_markup=True)]
    ['&']
    """
    if "&" not in text:
        return []
    if is_markup:
        place = text.find("&amp;")
        first = _TWICE.search(text, place) if place >= 0 else None
        if first is None:
            return []
        if text.count("&amp;") > _MOST_EDITS:  # a page made to be slow: one edit says it all
            start = first.start()
            return [Edit(start, len(text), _TWICE.sub("&", text[start:]), "entity", 0.99)]
        return [Edit(match.start(), match.end(), "&", "entity", 0.99) for match in _TWICE.finditer(text, first.start())]
    edits = []
    for match in _PLAIN.finditer(text):
        reference = re.sub("^&(?:amp;)+", "&", match.group()) if match.group() != "&amp;" else "&amp;"
        edits.append(Edit(match.start(), match.end(), html.unescape(reference), "entity", 0.99))
    return edits
