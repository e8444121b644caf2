"""One block of text (a paragraph, a heading, a line) in Simplified characters and Chinese typography."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from tasks.repair.repaired import Repaired, Restoration, change
from tasks.repair.writing.brackets import close_speech, close_titles
from tasks.repair.writing.invisible import INVISIBLE, invisible_edits
from tasks.repair.writing.script import is_traditional, to_simplified, traditional_only_characters
from tasks.repair.writing.typography import (
    BLOCK_END,
    drop_needless_spaces,
    may_need_setting,
    needing_setting,
    read_and,
    set_punctuation,
    set_spaces,
)

_PAIRED = "《“"

__all__ = ["is_traditional", "normalize_block", "unclean_blocks"]


@cache
def _needing_work() -> re.Pattern[str]:
    """All that makes work in a Simplified block, as one class: looked for once, it proves most blocks clean."""
    return needing_setting(_working())


@cache
def _needing_a_look() -> re.Pattern[str]:
    """The same and the marks that make work where their partners are missing."""
    return needing_setting(_PAIRED + _working())


@cache
def _working() -> str:
    others = "".join(sorted(traditional_only_characters())) + "".join(_composing())
    # Above U+FFFF the engine tries ranges one by one: one stands last, and hardly any block has such a character.
    return f"{INVISIBLE}{others}\U00010000-\U0010ffff"


@cache
def _composing() -> list[str]:
    """Characters of the basic plane that NFC may change or join with the one before; the common Chinese ones are
    none."""
    jamo = range(0x1100, 0x1200)
    return [
        chr(code)
        for code in (*range(0x300, 0x3400), *range(0xA000, 0xAC00), *range(0xD7A4, 0xD800), *range(0xF900, 0x10000))
        if unicodedata.category(chr(code))[0] == "M" or code in jamo or not is_composed(chr(code))
    ]


def _is_clean(text: str) -> bool:
    if _needing_work().search(text) is not None or ("《" in text and text.count("《") > text.count("》")):
        return False
    return text[:1] != "“" or "”" in text


def unclean_blocks(texts: Sequence[str]) -> set[int]:
    """The places in ``texts`` (blocks of a Simplified page) of all that ``normalize_block`` may change.

    A page has hundreds of short blocks, nearly all of them clean: looked through as one text they cost a tenth.

    >>> unclean_blocks(["社区食堂", "共有 3人", "网格员说：“好。”", "办好小事."])
    {1, 3}
    """
    whole = BLOCK_END.join(texts)
    ends = list(accumulate(len(text) + 1 for text in texts))
    search = _needing_a_look().search
    found: set[int] = set()
    match = search(whole)
    while match is not None:
        place = bisect_right(ends, match.start())
        if match.group() not in _PAIRED or not _is_clean(texts[place]):
            found.add(place)
        match = search(whole, ends[place])
    return found


def _has_plain_spaces(text: str) -> bool:
    """Whether all white space of ``text`` is single spaces between words, and none of them beside an English “and”."""
    return " " in text and "  " not in text and text[0] != " " != text[-1] and " and " not in text


def is_composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)


def normalize_block(text: str, *, traditional: bool, block_ordinal: int | None = None) -> Repaired:
    """``text`` as the tables hold it: NFC, Simplified, no space inside Chinese, full-width marks in Chinese.

    ``traditional``: whether the page is (:func:`is_traditional` of its whole text); a run of the other script inside a
    page is told by its own characters. Repairs carry ``block_ordinal``.

    >>> normalize_block("隨著黨 建工作推進,共有99 個網格", traditional=True).text
    '随着党建工作推进，共有99个网格'
    """
    if not traditional and _has_plain_spaces(text):
        tight = drop_needless_spaces(text)
        # A row of links, the parts of a label: by far the most of what needs any work.
        if tight != text and _is_clean(tight):
            return Repaired(tight, (change(text, tight, "spacing", 0.99, block_ordinal=block_ordinal),))
    if not traditional and _is_clean(text):
        return Repaired(text)
    restoration = Restoration(text, block_ordinal)
    restoration.apply(invisible_edits(text))
    if not is_composed(restoration.text):
        restoration.replace(unicodedata.normalize("NFC", restoration.text), "normalization")
    restoration.replace(to_simplified(restoration.text, traditional=traditional), "script", 0.99)
    if may_need_setting(restoration.text):
        restoration.replace(read_and(restoration.text), "ocr", 0.95)
        restoration.replace(set_spaces(restoration.text), "spacing", 0.99)
        narrow = restoration.text
        restoration.replace(set_punctuation(narrow), "punctuation", 0.98)
        if restoration.text is not narrow:
            restoration.replace(set_spaces(restoration.text), "spacing", 0.99)  # behind marks that were half-width
            if not is_composed(restoration.text):  # a letter made half-width joins the accent behind it
                restoration.replace(unicodedata.normalize("NFC", restoration.text), "normalization")
    if "《" in restoration.text:
        restoration.replace(close_titles(restoration.text), "bracket", 0.85)
    if restoration.text.startswith("“"):
        restoration.replace(close_speech(restoration.text), "bracket", 0.85)
    return restoration.result()
