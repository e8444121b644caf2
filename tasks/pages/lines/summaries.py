"""The summary of an article: a line that calls itself so, or stands in an element that does."""

from __future__ import annotations

import re

# A paragraph that says of itself that it sums up: 【摘要】, 核心提示：.
_SUMMARY = re.compile(
    r"^[\[【（(]?\s*(?:内容)?(?:摘要|提要|导读|导语|核心提示|内容提要|内容简介|编者按|摘\s要)\s*(?:[\]】）)]\s*[：:]?|[：:])\s*(?P<text>.{8,})$"
    r"|^(?:内容)?摘要(?P<bare>(?:本文|文章|该文|本研究|论文|基于).{8,})$"
)
_CUT_MARK = re.compile(r"[.…]{2,}$|…$")


def read_summary(text: str) -> str | None:
    """The summary in a line that is labelled as one, without the label and the dots of a cut end; else None.

    >>> read_summary("[摘要] 青石县建起十二个驿站。...")
    '青石县建起十二个驿站。'
    """
    match = _SUMMARY.match(text)
    return lead_of(match["text"] or match["bare"]) if match else None


def lead_of(text: str) -> str:
    """``text`` without the dots that say it was cut."""
    return _CUT_MARK.sub("", text).strip()
