"""Speakers who are told by their office or occupation and not by name."""

from __future__ import annotations

import re

from tasks.facts.quotes.speech_patterns import NO_BODY, TO_OFFICE, end_of
from tasks.lexicon.posts import post_ending_at

# Before the office: a day, and the word that turns to another speaker (2021年3月4日，而|社区工作人员).
_LEAD = re.compile(r"^(?:\d{1,4}[年月日])*(?:而|但|不过|然而|可|可是|也有|还有|另有|一些|有些|有的|一[位名个])?")


def office_of(phrase: str) -> tuple[str | None, str | None]:
    """A speaker told by office (某街道办负责人): the words themselves where they name a body, else None."""
    head = phrase.lstrip("，, ")
    end = end_of(TO_OFFICE, head, 0, len(head))
    if end:
        office = re.sub(r"^(?:据|对此|近日|记者从|另据|此外|同时)[，,]?", "", head[:end])
        office = _LEAD.sub("", re.split(r"[，。；：“”（）()]", office)[-1])
        body = re.sub(r"(?:的|相关|有关|主要|党建|该)*(?:负责人|负责同志|工作人员|发言人|有关人士)$", "", office)
        return (office if len(body) >= 3 and not NO_BODY.search(body) else None), office
    return None, plain_role(phrase)


def plain_role(phrase: str) -> str | None:
    """The occupation of an unnamed speaker (居民), where the phrase ends in one."""
    for index in range(len(phrase), 1, -1):
        start = post_ending_at(phrase, index)
        if start is not None:
            return phrase[start:index]
    return None
