"""The summary of an article: a line that calls itself so, or stands in an element that does."""

from __future__ import annotations

import re

# A paragraph that says of itself that it sums up: 【摘要】, 核心提示：.
_SUMMARY = re.compile(
    r"^[\[【（(]?\s*(?:内容)?(?:摘要|提要|导读|导语|核心提示|内容提要|内容简介|编者按|摘\s要|提\s?要)\s*(?:[\]】）)]\s*[：:]?|[：:])\s*(?P<text>.{8,})$"
    r"|^(?:内容)?摘要(?P<bare>(?:本文|文章|该文|本研究|论文|基于).{8,})$"
)
# The label with a mere space behind, as journals set it: 摘 要 本文….
_SPACED = re.compile(r"^(?:摘\s?要|内容提要|提\s?要)\s+(?=\S{8})")
_LABEL_ALONE = re.compile(r"[\[【（(]?\s*(?:内容)?(?:摘\s*要|提\s*要)\s*[\]】）)]?[：:]?")
_CUT_MARK = re.compile(r"[.…]{2,}$|…$")


def read_summary(text: str) -> str | None:
    """The summary in a line that is labelled as one, without the label and the dots of a cut end; else None.

    >>> read_summary("[摘要] 青石县建起十二个驿站。...")
    '青石县建起十二个驿站。'
    """
    match = _SUMMARY.match(text)
    return lead_of(match["text"] or match["bare"]) if match else None


def is_summary_label(raw: str) -> bool:
    """Whether a line is the label of a summary and nothing else.

    >>> is_summary_label("[摘  要]"), is_summary_label("摘要如下")
    (True, False)
    """
    return len(raw) <= 12 and _LABEL_ALONE.fullmatch(raw.strip()) is not None


def read_spaced_summary(raw: str, text: str) -> str | None:
    """The summary on a line whose label has a mere space behind, cut from ``text``, which has lost the space.

    >>> read_spaced_summary("摘 要 青石县建起十二个驿站。", "摘要青石县建起十二个驿站。")
    '青石县建起十二个驿站。'
    """
    label = _SPACED.match(raw)
    return lead_of(text[len("".join(label.group().split())) :]) if label is not None else None


def lead_of(text: str) -> str:
    """``text`` without the dots that say it was cut."""
    return _CUT_MARK.sub("", text).strip()
