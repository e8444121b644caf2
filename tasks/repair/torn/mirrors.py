"""What one page shows of its mirror: which characters it annotates with pinyin, and how sure that is.

A mirror annotates by find-and-replace: every occurrence of a character carries the reading. A language lesson or a
newspaper that explains a rare character annotates once and leaves the next occurrence bare; that tells them apart.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from tasks.repair.language.pairs import commonness, simplified_forms
from tasks.repair.torn.gbk import characters_by_pair, pairs_by_character
from tasks.repair.torn.readings import READING, TONED, reads_as

ANNOTATION = re.compile(rf"\(({READING})\)")
# … behind Chinese, or behind the one byte that was left of it: in scripts brackets are everywhere.
_BEHIND_CHINESE = re.compile(rf"\((?:(?<=[^\x00-\x7f]\()|(?<=[^\x00-\x7f][\x00-\x7f]\())({READING})\)")
# The opening bracket went down with the broken character before it, or stands behind its mark.
BROKEN_ANNOTATION = re.compile(rf"\?\(?({READING})\)")
HEADLESS_ANNOTATION = re.compile(rf"({READING})\)")

# A character that carries its reading this often at least does so by find-and-replace; byte shifts hide a few.
_ANNOTATED_SHARE = 0.8
# One or two annotations prove little, unless no writer of Chinese would explain characters that common.
_VERY_COMMON = 10_000  # of the word list's 10^8 characters: the 900 or so that make up nine tenths of all text
# For time alone: characters that are counted on a page; mirrors annotate 30 to 90, so that none is left out.
_MOST_ANNOTATED = 400
_FEWEST_ANNOTATIONS = 2


@dataclass(frozen=True)
class Mirror:
    """``pinyin_of``: the reading by annotated character. ``is_certain``: the page is a mirror's beyond doubt."""

    pinyin_of: dict[str, str] = field(default_factory=dict)
    annotations: tuple[tuple[int, int], ...] = ()  # spans of the brackets, in order
    is_certain: bool = False


def has_annotation(text: str) -> bool:
    """Whether anything in ``text`` looks like a reading in brackets behind Chinese.

    >>> has_annotation("社區(qū)"), has_annotation("if (a) {…}")
    (True, False)
    """
    return _BEHIND_CHINESE.search(text) is not None


def study(text: str) -> Mirror:
    """What ``text`` (a whole page) shows of its mirror; no annotation is taken for one without a reading that fits.

    >>> study("這個社區(qū)的居民,那個社區(qū)的網(wǎng)格").pinyin_of
    {'區': 'qū', '網': 'wǎng'}
    >>> study("“翀(chōng)”字怎么读").pinyin_of
    {}
    """
    if ")" not in text:
        return Mirror()
    spans = [match.span() for match in _BEHIND_CHINESE.finditer(text)]
    shown = [text[start - (1 if text[start - 1] > "\x7f" else 2) : end] for start, end in spans]
    carried: Counter[tuple[str, str]] = Counter()
    carried_by: dict[str, tuple[str, str]] = {}  # character and reading by what is shown
    for each, count in Counter(shown).items():
        found = _annotated(each)
        if found is not None:
            carried_by[each] = found
            carried[found] += count
    if not carried:
        return Mirror()
    pinyin_of: dict[str, str] = {}
    count_of: dict[str, int] = {}
    for (character, reading), count in carried.most_common(_MOST_ANNOTATED):
        occurrences = max(text.count(character), count)
        if count >= _ANNOTATED_SHARE * occurrences and character not in pinyin_of:
            pinyin_of[character] = reading
            count_of[character] = count
    read = [span for span, each in zip(spans, shown, strict=True) if each in carried_by]
    if not _is_of_a_mirror(count_of, read):
        return Mirror()
    known = {each for each, (character, reading) in carried_by.items() if pinyin_of.get(character) == reading}
    kept = tuple(span for span, each in zip(spans, shown, strict=True) if each in known)
    return Mirror(dict(sorted(pinyin_of.items(), key=lambda pair: text.find(pair[0]))), kept, True)


def _is_of_a_mirror(count_of: dict[str, int], read: list[tuple[int, int]]) -> bool:
    """Whether characters annotated so often, at the places ``read``, are those of a mirror's find-and-replace."""
    total = sum(count_of.values())
    traditional = sum(count for character, count in count_of.items() if character in simplified_forms())
    repeated = sum(1 for count in count_of.values() if count > 1)
    # A glossary of a Traditional page explains rare characters once each; a mirror annotates common ones all over.
    if total >= _FEWEST_ANNOTATIONS and traditional >= 0.6 * total and (repeated >= 1 or total >= 4):
        return True
    # A short page may hold but one: no writer explains how the commonest characters are read.
    if 0 < total == traditional and all(commonness(character) >= _VERY_COMMON for character in count_of):
        return True
    # A mirror may have kept a page Simplified; a reader for children annotates nearly every character, one by one.
    beside = sum(right[0] - left[1] <= 1 for left, right in pairwise(read))
    return total >= 12 and repeated >= 4 and beside < 0.3 * total


def before_annotation(text: str, end: int) -> int:
    """Where a well-formed reading that ends at ``end`` begins; ``end`` where none does.

    >>> before_annotation("網(wǎng)格", 7)
    1
    """
    start = text.rfind("(", max(end - 8, 0), end)
    return start if start >= 0 and ANNOTATION.fullmatch(text, start, end) else end


@lru_cache(maxsize=8_192)  # the pages of one mirror annotate the same few characters
def _annotated(shown: str) -> tuple[str, str] | None:
    """The character to which the reading at the end of ``shown`` belongs and that reading, or None.

    The character stands before it whole, or only its last byte does.
    """
    before, _, reading = shown[:-1].rpartition("(")
    last = before[-1]
    if reads_as(last, reading) and (not TONED.isdisjoint(reading) or last in simplified_forms()):
        return last, reading
    if last.isascii() and len(before) > 1:  # 發 is B0 6C: the shifted reading leaves its last byte as a letter
        pair = pairs_by_character().get(before[0])
        if pair is not None:
            whole = characters_by_pair().get((pair & 0xFF) << 8 | ord(last))
            if whole is not None and reads_as(whole, reading):
                return whole, reading
    return None
