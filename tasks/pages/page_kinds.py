"""What a page came as: a document of markup, or a text dump in which tags are only debris."""

from __future__ import annotations

import re

_DOCUMENT_TAGS = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE)
_LAYOUT_TAGS = re.compile(r"<(?:p|div|td|li|h[1-6]|article|section|br|table)\b[^<>]*>", re.IGNORECASE)


def is_html(text: str, media_type: str | None) -> bool:
    """Whether ``text`` is a document of markup: by its tags first, then by what the server said.

    A text dump may hold stray tags; it is HTML only where tags of a whole document or of a layout stand in it.

    >>> is_html("<html><body><p>青石镇</p></body></html>", None), is_html("• <b></b>\\n青石镇新闻", "text/html")
    (True, False)
    """
    if _DOCUMENT_TAGS.search(text, 0, 200_000):
        return True
    declared = media_type is not None and ("html" in media_type or "xml" in media_type)
    layout = sum(1 for _, _ in zip(_LAYOUT_TAGS.finditer(text), range(40), strict=False))
    return layout >= (1 if declared else 3)
