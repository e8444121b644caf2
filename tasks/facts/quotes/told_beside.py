"""Speakers of what stands in marks that no verb of saying tells, but a question or one's own name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.facts.quotes.marked_text import Marked
from tasks.records import PersonMention

# “先讲讲您村的路？”听到记者的提问，周敏来了兴趣: who hears a question did not ask it.
_ASKED = re.compile(
    r"[，,]?(?:听到|面对|听了|对于|对|针对)(?:本报|本刊)?(?:记者|笔者)的?[^，。“”]{0,6}(?:问题|提问|疑问|询问|发问|问话)"
)
_OWN_NAME = re.compile("(?:我|俺|咱)(?:就是|就叫|名叫|是|叫)$")  # “我就是周敏！”
_NAME_ENDS = frozenset("，。！？!?、；…”")


def asked_by_reporter(text: str, marked: Marked) -> bool:
    """Whether what stands behind the marks says that a reporter asked what they hold."""
    return _ASKED.match(text, marked.after) is not None


def own_name(text: str, marked: Marked, inside: Sequence[PersonMention]) -> PersonMention | None:
    """Who tells the own name in the marks, of the persons named ``inside`` them."""
    for person in inside:
        is_told = _OWN_NAME.search(text, max(marked.start, person.start_char - 3), person.start_char) is not None
        if is_told and text[person.end_char : person.end_char + 1] in _NAME_ENDS:
            return person
    return None
