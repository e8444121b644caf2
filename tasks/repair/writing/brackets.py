"""Closing quotation marks and title marks that got lost, put back where only one place is possible."""

from __future__ import annotations

import re

from tasks.lexicon.characters import pattern_of
from tasks.lexicon.word_lists import any_of, words_for
from tasks.repair.repaired import Edit

# An inner quotation that the outer one closes over: ‘ … ” without ’ between. No markup, no line end inside.
_UNCLOSED_INNER = re.compile(r"‘([^‘’“”<>\n]{2,200})(?=[”“<\n])")
_QUOTED = re.compile(r"(?<=“)[^“”‘’<>\n]{2,20}(?=”)|(?<=‘)[^“”‘’<>\n]{2,20}(?=’)|(?<=《)[^《》<>\n]{2,20}(?=》)")
_CLAUSE = re.compile(r"[^，。；：！？、,;:!?的]{2,10}(?=[，。；：！？,;:!?])")
_WITH_PARTICLE = re.compile(r"([^，。；：！？、,;:!?的]{2,6})的")

_TITLE = re.compile(r"《([^《》\n]{2,60})(?=《|$)")
_SENTENCE_END = pattern_of("[[:sentence_end:]…]")
_BEHIND_TITLE = pattern_of(r"》([[:han:]]{2})")
# What documents are called; a comma or the end of a sentence behind it ends the title as well.
_UNCLOSED_DOCUMENT = re.compile(
    rf"《(?:关于)?[^《》“”，。；：！？\n]{{4,50}}{any_of(words_for('document_kinds', 'unclosed'))}(?=[，。；：！？]|$)"
)
# Who spoke, behind a finished sentence: the quotation must have ended before.
_SPEAKER = pattern_of(
    "[[:sentence_end:]…](?=[^，。！？；：“”‘’《》（）\n]{2,24}(?:说|说道|表示|坦言|介绍|感慨|感叹|回忆|告诉记者)(?:[。，]|$))"
)


def quotation_edits(text: str) -> list[Edit]:
    """One edit for each inner quotation mark of a page that was never closed and can only end in one place.

    A phrase that is quoted elsewhere on the page ends where it ends there; a short clause ends before its comma.

    >>> text = "“我们办了‘板凳课堂，请老师来讲。”这个“板凳课堂”很热闹"
    >>> [(edit.start_char, edit.restored) for edit in quotation_edits(text)]
    [(10, '’')]
    >>> quotation_edits("“建立了‘需求、资源、项目三张清单。”他说")
    []
    """
    if "‘" not in text:
        return []
    edits = []
    known: set[str] | None = None
    for match in _UNCLOSED_INNER.finditer(text):
        if known is None:
            known = set(_QUOTED.findall(text))
        length = _closing_place(match.group(1), known)
        if length:
            place = match.start(1) + length
            edits.append(Edit(place, place, "’", "bracket", 0.85))
    return edits


def _closing_place(rest: str, known: set[str]) -> int | None:
    """How many characters the quoted phrase at the start of ``rest`` has, if that is certain."""
    length = max((len(phrase) for phrase in known if rest.startswith(phrase)), default=0)
    if length:  # before an enumeration comma it may be the first of several within the marks
        return length if rest[length : length + 1] != "、" else None
    clause = _CLAUSE.match(rest)
    if clause is not None:
        return clause.end()
    phrase = _WITH_PARTICLE.match(rest)
    if phrase is not None and any(phrase.group(1) in each for each in known):
        return phrase.end(1)
    return None


def close_titles(block: str) -> str:
    """Title marks closed where the titles beside them show what comes next.

    >>> close_titles("《办好小事获得一等奖；《走进邻里》获得二等奖")
    '《办好小事》获得一等奖；《走进邻里》获得二等奖'
    >>> close_titles("《办好小事》获得一等奖；《走进邻里》获得二等奖")
    '《办好小事》获得一等奖；《走进邻里》获得二等奖'
    """
    if block.count("《") <= block.count("》"):
        return block
    block = _UNCLOSED_DOCUMENT.sub(r"\g<0>》", block)
    behind = set(_BEHIND_TITLE.findall(block))

    def closed(match: re.Match[str]) -> str:
        places = {match.group(1).find(word) for word in behind if match.group(1).count(word) == 1} - {-1, 0}
        if len(places) != 1:
            return match.group()
        place = places.pop()
        return f"《{match.group(1)[:place]}》{match.group(1)[place:]}"

    return _TITLE.sub(closed, block)


def close_speech(block: str) -> str:
    """The one quotation of a paragraph closed before its speaker, where it was never closed.

    >>> close_speech("“路灯亮了，晚上出门不怕了。居民赵秀兰说。")
    '“路灯亮了，晚上出门不怕了。”居民赵秀兰说。'
    >>> close_speech("“路灯亮了。居民赵秀兰说。晚上出门不怕了。")
    '“路灯亮了。居民赵秀兰说。晚上出门不怕了。'
    """
    if "”" in block or not block.startswith("“") or block.count("“") != 1:
        return block
    places = [match.end() for match in _SPEAKER.finditer(block)]
    # Behind the speaker nothing may follow that could be speech again: who is quoted may quote others.
    if len(places) != 1 or _SENTENCE_END.search(block, places[0], len(block) - 1) is not None:
        return block
    return f"{block[: places[0]]}”{block[places[0] :]}"
