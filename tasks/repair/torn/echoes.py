"""What a page says again elsewhere: a torn word often stands whole a few lines further on."""

from __future__ import annotations

import math
from collections.abc import Callable

from tasks.lexicon.characters import FIRST_HAN, LAST_HAN
from tasks.repair.language.pairs import Language
from tasks.repair.torn.mirrors import ANNOTATION

# For time alone: characters of the page that are searched for the same words.
_REACH = 30_000
_WEIGHT = 0.4  # of the page's own triples against the model's pairs
_FOUR = 3.0  # nats more where even four characters stand elsewhere
_MOST_PER_TRIPLE, _MOST = 6.0, 16.0  # nats: the page may repeat what is rare anywhere, but not be taken for proof


class Echoes:
    """Bonus for readings whose triples of characters the page holds undamaged; one instance per page.

    ``holds``: whether two characters stand side by side on the page, for those who know it without reading the page.
    """

    def __init__(self, page: str, language: Language, holds: Callable[[str], bool] | None = None) -> None:
        self._page = ANNOTATION.sub("", page[:_REACH])
        self._language = language
        self._holds = holds
        self._counts: dict[str, int] = {}

    def bonus(self, left: str, restored: str, right: str) -> float:
        """Nats in favour of ``restored`` between ``left`` and ``right``.

        >>> from tasks.repair.language.pairs import plain_language
        >>> echoes = Echoes("他说起岩瑶坝，岩瑶坝不大", plain_language())
        >>> echoes.bonus("去岩", "瑶", "坝看") > echoes.bonus("去岩", "摇", "坝看")
        True
        """
        window = left[-2:] + restored + right[:2]
        total = 0.0
        for start in range(len(window) - 2):
            triple = window[start : start + 3]
            if self._holds is not None and not (self._holds(triple[:2]) and self._holds(triple[1:])):
                continue
            count = self._count(triple)
            if count and _is_telling(triple):
                share = count / (self._count(triple[:2]) + 1)
                chance = math.exp(self._language.score(triple[1], triple[2]))
                total += min(math.log1p(_WEIGHT * share / chance), _MOST_PER_TRIPLE)
                before = window[start - 1] if start else left[-3:-2]
                if before and self._count(before + triple):
                    total += _FOUR
        return min(total, _MOST)

    def _count(self, part: str) -> int:
        count = self._counts.get(part)
        if count is None:
            count = self._counts[part] = self._page.count(part)
        return count


def _is_telling(triple: str) -> bool:
    return sum(FIRST_HAN <= character <= LAST_HAN for character in triple) >= 2
