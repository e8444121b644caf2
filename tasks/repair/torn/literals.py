"""The damaged text taken at its word: what a restored reading has to beat."""

from __future__ import annotations

from tasks.repair.language.pairs import Language
from tasks.repair.torn.mirrors import ANNOTATION


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
        scores = self._scores
        if end - self._start < len(scores):
            return scores[end - self._start]
        text, position, last = self._text, self._position, self._last
        while position < end and position < len(text):
            character = text[position]
            annotation = ANNOTATION.match(text, position) if character == "(" else None
            if annotation is not None:
                scores += [scores[-1]] * (annotation.end() - position)
                position = annotation.end()
                continue
            scores.append(scores[-1] + self._language.score(last, character))
            last = character
            position += 1
        self._position, self._last = position, last
        return scores[min(end - self._start, len(scores) - 1)]
