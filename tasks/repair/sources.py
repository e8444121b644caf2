"""All that must be repaired on the whole decoded source, markup and all, before it is parsed."""

from __future__ import annotations

import re

from tasks.repair.decoding.mojibake import holds_mojibake, mojibake_edits
from tasks.repair.repaired import Repaired, Restoration
from tasks.repair.suspicions import Suspicion, around_signs, doubtful_passages, suspicions
from tasks.repair.torn.lone_readings import holds_reading, lone_reading_edits
from tasks.repair.torn.mirrors import Mirror, has_annotation, study
from tasks.repair.torn.pinyin import pinyin_edits
from tasks.repair.torn.search import Search, byte_shift_edits
from tasks.repair.writing.brackets import quotation_edits
from tasks.repair.writing.entities import entity_edits
from tasks.repair.writing.invisible import invisible_edits, lost_edits
from tasks.repair.writing.spliced_titles import spliced_title_edits
from tasks.repair.writing.symbols import symbol_edits

_MARKUP = re.compile(r"<(?:html|body|div|table|p|td|article)\b[^<>]{0,300}>", re.IGNORECASE)

_FEED = re.compile(r"\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--[^<>]{0,500}-->\s*)?<(?:rss|feed|rdf:RDF)\b")


def repair_source(text: str) -> Repaired:
    """``text`` (a page's HTML, or a text dump of it) without the damage a mirror or a wrong decoding did to it.

    >>> repair_source("這個社區(qū)的居民說:“辦得好?！背抢飬^(qū)里都知道").text
    '這個社區的居民說:“辦得好。”城里區里都知道'
    """
    near = around_signs(text)
    found = suspicions(near)
    restoration = Restoration(text)
    if found is Suspicion.NONE and "&" not in text and ")" not in text:
        restoration.apply(spliced_title_edits(text))
        return restoration.result()
    is_markup = _MARKUP.search(text) is not None
    mirror = study(text) if has_annotation(near) else Mirror()
    if Suspicion.MOJIBAKE in found and not mirror.is_certain:  # text out of step looks much like it
        restoration.apply(mojibake_edits(text))
    if _FEED.match(restoration.text) is None:  # in a feed markup is escaped once more by right
        restoration.apply(entity_edits(restoration.text, is_markup=is_markup))
    if restoration.text is not text:
        near = around_signs(restoration.text)
        found = suspicions(near)
        mirror = study(restoration.text) if has_annotation(near) else Mirror()
    if _repair_bytes(restoration, found, mirror, is_markup):
        if mirror.is_certain and holds_mojibake(restoration.text):
            restoration.apply(mojibake_edits(restoration.text))
        found = Suspicion.ALL
    if not mirror.is_certain and holds_reading(near):
        restoration.apply(lone_reading_edits(restoration.text))
    restoration.apply(spliced_title_edits(restoration.text))
    if Suspicion.INVISIBLE in found:
        restoration.apply(invisible_edits(restoration.text))
    if Suspicion.LOST in found:
        restoration.apply(lost_edits(restoration.text))
    if Suspicion.QUOTATION in found:
        restoration.apply(quotation_edits(restoration.text))
    restoration.count_lost()
    return restoration.result()


def _repair_bytes(restoration: Restoration, found: Suspicion, mirror: Mirror, is_markup: bool) -> bool:
    text = restoration.text
    if not mirror.is_certain and not (Suspicion.BYTE_SHIFT in found and _shows_byte_shift(text, is_markup)):
        return False
    shifts = byte_shift_edits(Search(text, mirror, drops_tags=not is_markup))
    restoration.apply(shifts + pinyin_edits(text, mirror, shifts))
    if mirror.is_certain:
        restoration.apply(symbol_edits(restoration.text))
    return restoration.text is not text


def _shows_byte_shift(text: str, is_markup: bool) -> bool:
    """Whether a page without readings is torn anywhere: only then is all of it worth a search."""
    passages = doubtful_passages(text)
    if passages is None:
        return True
    return any(Search(passage, Mirror(), drops_tags=not is_markup).runs() for passage in passages)
