"""Simplified forms of Traditional characters and wide forms of marks: what all tables of counts are written in."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parents[1] / "data" / "traditional.tsv"

# Half-width marks count as the Chinese ones they stand for.
_WIDE = dict(zip(",:;?!()", "，：；？！（）", strict=True))


@cache
def simplified_forms() -> dict[str, str]:
    """Simplified form by Traditional character, from OpenCC (Apache-2.0) and the variants mirrors use.

    >>> simplified_forms()["鎮"]
    '镇'
    """
    return {line[0]: line[2] for line in _TABLE.read_text(encoding="utf-8").splitlines()}


@cache
def canonical_forms() -> dict[str, str]:
    """What :func:`canonical` puts in place of a character, where it is not the character itself."""
    return simplified_forms() | _WIDE


@cache
def _translation() -> dict[int, str]:
    return {ord(character): form for character, form in canonical_forms().items()}


def canonical(text: str) -> str:
    """``text`` in Simplified characters and full-width marks, character by character: for scores only.

    著 counts as 着 everywhere, because a mirror's table makes no difference between the two.

    >>> canonical("顯著,鎮裡")
    '显着，镇里'
    """
    return text.translate(_translation())
