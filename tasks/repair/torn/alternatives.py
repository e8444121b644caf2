"""What a lost byte can have been: the characters that share the byte that survives, the commonest first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from tasks.repair.language.pairs import Choice, commonness
from tasks.repair.torn.gbk import EURO_BYTE, LEADS, characters_by_pair, is_private_use, pairs_by_character

# The rarer ones of the 126 are in no word of any page; leaving them out halves the search.
_MOST_HEADS, _MOST_ENDS = 40, 80  # at the end what follows rules out most, and the rare ones come into play
_MARKS = "。”’“‘》，、？！：；（）…—·《【】"


@cache
def ending_in(trail: int) -> Choice:
    """Characters whose second byte is ``trail``."""
    return Choice(_commonest((lead << 8 | trail for lead in LEADS), _MOST_HEADS))


@cache
def beginning_with(lead: int) -> tuple[Choice, tuple[int, ...]]:
    """The characters whose first byte is ``lead`` and whose second is no ASCII byte, and that second byte of each."""
    kept = _commonest((lead << 8 | trail for trail in (EURO_BYTE, *LEADS)), _MOST_ENDS)
    pairs = pairs_by_character()
    return Choice(kept), tuple(pairs[character] & 0xFF for character in kept)


def _commonest(codes: Iterable[int], most: int) -> tuple[str, ...]:
    characters = characters_by_pair()
    found = []
    for code in codes:
        character = characters.get(code)
        if character is None or is_private_use(character):
            continue
        rank = 1e9 if character in _MARKS else commonness(character)
        if rank > 0:
            found.append((-rank, character))
    return tuple(character for _, character in sorted(found)[:most])
