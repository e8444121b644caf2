"""What surrounds a damaged run on its page: the rest of its line, with other runs restored as soon as they are
known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tasks.repair.torn.echoes import Echoes
from tasks.repair.torn.mirrors import ANNOTATION
from tasks.repair.torn.swallowed import Swallowed

# For time alone: characters behind a run in which quotation marks are looked for.
_LINE = 300


def clean(damaged: str) -> str:
    """``damaged`` without the readings that a mirror put behind characters."""
    return ANNOTATION.sub("", damaged)


class Page:
    """A damaged page, and the runs of it that have been restored: start, end and what they were, in order."""

    def __init__(
        self, text: str, echoes: Echoes, swallowed: Swallowed, restored: Sequence[tuple[int, int, str]] = ()
    ) -> None:
        self.text = text
        self.echoes = echoes
        self.swallowed = swallowed
        self._restored = restored

    def behind(self, position: int) -> str:
        """The line from ``position`` on, as far as marks are looked for; runs that are known are restored."""
        text = self.text
        end = text.find("\n", position, position + _LINE)
        end = min(position + _LINE, len(text)) if end < 0 else end
        pieces: list[str] = []
        index = bisect_left(self._restored, (position,))
        while index < len(self._restored) and self._restored[index][0] < end:
            start, run_end, restored = self._restored[index]
            pieces += (text[position:start], restored)
            position = run_end
            index += 1
        pieces.append(text[position:end])
        return clean("".join(pieces)).partition("\n")[0]
