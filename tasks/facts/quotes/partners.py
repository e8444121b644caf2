"""Who of several named together is meant by a pronoun."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.facts.quotes.speech_patterns import TO_JOINT, end_of
from tasks.records import PersonMention


def partner_of(text: str, near: Sequence[PersonMention], who: PersonMention) -> PersonMention:
    """Who acts together with ``who``: 周敏上任就和镇长李强、会计王芳商量。她说: 周敏; ``who`` where nobody does."""
    last = near.index(who)
    for index in range(last, 0, -1):
        phrase = end_of(TO_JOINT, text, max(0, near[index].start_char - 24), near[index].start_char)
        joint = text[phrase - 1 : phrase]
        if joint in ("和", "与", "跟", "同"):
            acting = near[index - 1]
            return who if acting.end_char == phrase - 1 else acting  # of 周敏和李强 both
        if joint != "、":
            break
    return who
