"""Where the name of a township or a village begins behind words that run into it: 任|吴店村, 驻|道水村, 辖原|蓼皋镇."""

from __future__ import annotations

import re

_BEHIND_TERM = re.compile("(?:年|年?[至到—-])?任")
_LIVING = re.compile("(?:[原现家祖世常]住|[祖现世]居)在?|(?<=[里米])外")  # 原住|石桥村, 5公里外|石桥村
_MEASURES = frozenset("个名位户座条项家所处年")
# What has its seat in a village: 街道办事处|驻|道水村, but 驻马店.
_SEATED = ("办事处", "政府", "机关", "管委会", "委员会", "所在地", "驻地", "团部", "场部", "校部")
_ENDS_OF_PLACES = frozenset("道镇乡村区")
_HOLDING = ("辖原", "属原", "辖", "原")


def start_behind_words(text: str, start: int, at: int, end: int) -> int:
    """Where the name begins that was read as ``start:end`` with its suffix at ``at``; ``start`` where all of it is
    name.

    >>> text = "街道办事处驻道水村，辖原石皋镇地域。石皋镇很大。"
    >>> start_behind_words(text, 5, 8, 9), start_behind_words(text, 10, 14, 15)
    (6, 12)
    """
    start = _behind_home(text, _behind_term(text, start, at), at)
    while at - start > 1 and text[start] in _MEASURES and text[start - 1 : start].isdigit():
        start += 1  # 92个嘎查村, 2013年三村共发生
    if text[start] == "驻" and at - start > 2 and text.endswith(_SEATED, 0, start):
        return start + 1
    for word in _HOLDING:
        # 原|石皋镇 was called so, but 原庄村: the name without the word stands elsewhere too.
        name = text[start + len(word) : end]
        is_led = len(word) == 2 and text[start - 1 : start] in _ENDS_OF_PLACES  # 石皋街道|辖原|石皋镇
        if text.startswith(word, start) and at - start - len(word) > 1 and (is_led or text.count(name) > 1):
            return start + len(word)
    return start


def _behind_term(text: str, start: int, at: int) -> int:
    """Where a name begins behind when somebody held office there: 2008年—2015|年任|吴店村党总支书记."""
    term = _BEHIND_TERM.match(text, start, at)
    is_behind = term is not None and at - term.end() > 1 and (text[start] == "任" or text[start - 1 : start].isdigit())
    return term.end() if term is not None and is_behind else start


def _behind_home(text: str, start: int, at: int) -> int:
    """Where a name begins behind who lives there and how far off it lies."""
    living = _LIVING.match(text, start, at)
    return living.end() if living is not None and at - living.end() > 1 else start
