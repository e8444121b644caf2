"""Texts folded to what survives a reprint: no spaces, no punctuation, one width, one case, one script.

Everything here works on UTF-16 code units, because a whole batch of texts then folds by a single table lookup.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import opencc

from tasks.lexicon.characters import FIRST_HAN, LAST_HAN

Units = npt.NDArray[np.uint16]
Counts = npt.NDArray[np.int64]

# As given: code units of UTF-16.
_UNIT_COUNT = 0x10000
_DECIMAL_POINT = ord(".")


@dataclass(frozen=True, slots=True)
class FoldedTexts:
    """Folded code units of several texts, one after the other; text ``i`` is ``units[bounds[i]:bounds[i + 1]]``."""

    units: Units
    bounds: Counts


def fold_texts(texts: Sequence[str]) -> FoldedTexts:
    """The letters and digits of ``texts``, in half width, lower case and Simplified script, as UTF-16 code units.

    A decimal point is kept between digits and ``%`` always, so that 1.5万 never equals 15万.

    >>> folded = fold_texts(["　青 石縣，增長１.５%。", "青石县增长1.5%"])
    >>> folded.bounds.tolist()
    [0, 9, 18]
    >>> folded.units[:9].tolist() == folded.units[9:].tolist()
    True
    """
    encoded = "".join(texts).encode("utf-16-le", "surrogatepass")
    lengths = [len(text) for text in texts]
    if 2 * sum(lengths) != len(encoded):  # a rare character takes two units
        lengths = [len(text.encode("utf-16-le", "surrogatepass")) >> 1 for text in texts]
    units, _ = _folded_units(encoded)
    kept = np.flatnonzero(units != 0)
    return FoldedTexts(units.take(kept), np.searchsorted(kept, np.cumsum([0, *lengths])))


def fold_with_offsets(text: str) -> tuple[Units, Counts]:
    """The folded units of one text, and for each the offset of the character in ``text`` that it came from.

    >>> units, offsets = fold_with_offsets("青石，縣")
    >>> offsets.tolist()
    [0, 1, 3]
    """
    units, raw = _folded_units(text.encode("utf-16-le", "surrogatepass"))
    places = np.flatnonzero(units)
    low_surrogates = np.cumsum((raw & 0xFC00) == 0xDC00)
    return units[places], places - low_surrogates[places]


def is_digit(units: Units) -> npt.NDArray[np.bool_]:
    """Which folded units are ASCII digits."""
    return (units - np.uint16(ord("0"))) < np.uint16(10)


def _folded_units(encoded: bytes) -> tuple[Units, Units]:
    raw = np.frombuffer(encoded, dtype="<u2")
    units = _folding_table().take(raw)
    points = np.flatnonzero(units == _DECIMAL_POINT)
    if len(points):
        inner = np.clip(points, 1, max(len(units) - 2, 1))
        before, after = units[inner - 1], units[np.minimum(inner + 1, len(units) - 1)]
        is_decimal = (inner == points) & is_digit(before) & is_digit(after)
        units[points[~is_decimal]] = 0
    return units, raw


@cache
def _folding_table() -> Units:
    """Code unit to folded code unit, 0 for what is dropped; surrogates stay, as both halves of a rare character."""
    table = np.zeros(_UNIT_COUNT, dtype=np.uint16)
    ideographs: list[tuple[int, str]] = []
    for unit in range(_UNIT_COUNT):
        character = chr(unit)
        if 0xD800 <= unit <= 0xDFFF:
            table[unit] = unit
            continue
        compatible = unicodedata.normalize("NFKC", character).lower()
        if compatible == "%":
            table[unit] = ord("%")
        elif character in ".．":
            table[unit] = _DECIMAL_POINT
        elif compatible and unicodedata.category(compatible[0])[0] in "LN":
            # One unit cannot become several (㎡ is m2): the first stands for all of them.
            table[unit] = ord(compatible[0]) & 0xFFFF
            if FIRST_HAN <= compatible[0] <= LAST_HAN:
                ideographs.append((unit, compatible[0]))
    # One to a line, so that none is read as part of a phrase.
    simplified = opencc.OpenCC("t2s").convert("\n".join(one for _, one in ideographs)).split("\n")
    for (unit, _), simple in zip(ideographs, simplified, strict=True):
        table[unit] = ord(simple[0]) & 0xFFFF
    return table
