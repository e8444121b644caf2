"""The damaged text taken at its word: what a restored reading has to beat."""

from __future__ import annotations

from tasks.repair.language import Language
from tasks.repair.mirrors import ANNOTATION


class Literal:
    """How likely the damaged text is as it stands, from ``start`` on; readings in brackets count for nothing."""

    def __init__(self, text: str, start: int, before: str, language: Language) -> None:
        self._text = text
        self._language = language
        self._start = start
        self._last = before
        self._position = start
        self._scores = [0.0]

    def until(self, end: int) -> float:
        """The natural logarithm of the probability of the text from ``start`` to ``end``."""
        text = self._text
        while self._position < end and self._position < len(text):
            annotation = ANNOTATION.match(text, self._position) if text[self._position] == "(" else None
            if annotation is not None:
                self._scores += [self._scores[-1]] * (annotation.end() - self._position)
                self._position = annotation.end()
                continue
            character = text[self._position]
            self._scores.append(self._scores[-1] + self._language.score(self._last, character))
            self._last = character
            self._position += 1
        return self._scores[min(end - self._start, len(self._scores) - 1)]
