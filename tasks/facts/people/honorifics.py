"""People known by surname alone: 靳师傅, 高女士, 老李, 陈书记."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from tasks.facts.text.sought import Sought
from tasks.lexicon.names import addresses, surnames

# Surnames that with 老 or 小 before them mostly make other words (小康, 老路, 小时).
_NOT_AFTER_OLD = frozenset("时程路花米金高方康年白师家城区学党人板小大夫乡房字话朋百手")


class Address(NamedTuple):
    """A surname with a form of address, and where the two stand together."""

    start: int
    end: int
    surname: str
    title: str


def addresses_in(text: str, beginnings: Iterable[int]) -> list[Address]:
    """Every surname that a form of address follows, in order; one can begin only at ``beginnings``.

    >>> addresses_in("请欧阳老师和高女士来", range(10))
    [Address(start=1, end=5, surname='欧阳', title='老师'), Address(start=6, end=9, surname='高', title='女士')]
    """
    table = surnames()
    found = []
    pattern, end = _titles(), 0
    for at in beginnings:
        match = pattern.match(text, at) if at >= end else None
        if match is None:
            continue
        end = match.end()
        surname = text[at - 2 : at] if at > 1 else ""
        if surname not in table:
            surname = text[at - 1 : at]
            is_rare = table.get(surname, -2.0) <= -1 and surname not in _ALSO_ADDRESSED
            if is_rare and not _is_led(text, at, surname, match.group()):
                continue
        found.append(Address(at - len(surname), end, surname, match.group()))
    return found


def _is_led(text: str, at: int, surname: str, title: str) -> bool:
    """Whether a surname that mostly is another word stands at a clause's edge or in a row (、尚师傅), and is no 向老师."""
    if surnames().get(surname, -2.0) < -1 or surname == "向" or len(title) < 2:
        return False
    return at < 2 or text[at - 2] in "、，。；：“\n"


_ALSO_ADDRESSED = frozenset("于安高方常关文")  # surnames that are mostly other words, yet common


@cache
def _titles() -> re.Pattern[str]:
    by_first: dict[str, list[str]] = {}
    for title in addresses():
        by_first.setdefault(title[0], []).append(title[1:])
    # Every branch begins with a character of its own, so that the scan leaps from one to the next.
    return re.compile(
        "|".join(
            f"{first}(?:{'|'.join(sorted(rests, key=lambda rest: (-len(rest), rest)))})"
            for first, rests in sorted(by_first.items())
        )
    )


@cache
def of_households() -> Sought:
    """Matches who is called by the family: 马家老汉, 周家大婶."""
    common = "".join(sorted(key for key, weight in surnames().items() if weight >= 1 and len(key) == 1))
    return Sought(f"[{common}]家(?:老汉|老太太?|老爷子|老人|媳妇|大[爷妈娘叔婶嫂哥姐伯]|婶子|奶奶|爷爷)(?!们)")


@cache
def familiar() -> Sought:
    """Matches 老 or 小 with a common surname."""
    common = "".join(sorted(key for key, weight in surnames().items() if weight >= 1 and len(key) == 1))
    allowed = "".join(char for char in common if char not in _NOT_AFTER_OLD)
    return Sought(f"[老小阿]([{allowed}])")


@cache
def seldom_familiar() -> Sought:
    """Matches 老 with any other surname, of which the text has to say more: 老金, 老方."""
    seldom = {key for key, weight in surnames().items() if len(key) == 1 and -1 <= weight < 1}
    usable = (seldom | set("程米金高方康白")) - set("房年师家人城区乡板大小夫字话朋百手学党时路花")
    return Sought(f"老([{''.join(sorted(usable))}])")
