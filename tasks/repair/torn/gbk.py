"""The two-byte characters of GBK, user-defined area included: which bytes a character is, which character bytes are.

GB18030's two-byte codes are taken, because they give the user-defined codes a private-use character each, as the
decoders of mirror sites do; the single byte 80 is the euro sign, as in Windows code page 936.
"""

from __future__ import annotations

from functools import cache

LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
# As given: the byte that Windows reads as the euro sign.
EURO_BYTE = 0x80


def all_pairs() -> list[int]:
    """Every ``lead << 8 | trail``, in order."""
    return [lead << 8 | trail for lead in LEADS for trail in TRAILS]


@cache
def characters_by_pair() -> dict[int, str]:
    """Character by ``lead << 8 | trail``; all 23,940 pairs have one."""
    pairs = all_pairs()
    return dict(zip(pairs, b"".join([pair.to_bytes(2) for pair in pairs]).decode("gb18030"), strict=True))


@cache
def pairs_by_character() -> dict[str, int]:
    """``lead << 8 | trail`` by character: the inverse of :func:`characters_by_pair`."""
    pairs = {character: pair for pair, character in characters_by_pair().items()}
    del pairs["€"]  # A2E3 in GB18030 only; where a mirror shows the sign it is a lone 80
    return pairs


def is_private_use(character: str) -> bool:
    """Whether ``character`` is in the user-defined area; False for the empty string."""
    return "\ue000" <= character <= "\uf8ff"
