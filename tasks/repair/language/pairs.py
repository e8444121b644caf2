"""How likely one character is to follow another in Chinese: what tells a restored text from a damaged one.

The model is the adjacent-character marginal of a word-frequency list: a pair stands inside a word, or a word ends and
another begins. It is mixed with pairs counted in running text. Traditional characters count as their Simplified forms.
Punctuation has a share fixed by hand, corrected by what running text has.
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np

from tasks.lexicon.characters import FIRST_HAN, LAST_HAN
from tasks.repair.language.character_forms import canonical_forms, simplified_forms
from tasks.repair.language.counts import MAX_BMP, character_counts, codes_of, pair_counts
from tasks.repair.language.triples import numbers_as_one, share_behind, share_in_pair

__all__ = ["Choice", "Language", "commonness", "mark_probability", "plain_language", "simplified_forms"]

_DATA = Path(__file__).parents[1] / "data"
_FIRST_LEVEL = 40  # as in data/build.py

# Share of each mark among the characters of news text, in thousandths; any other mark has the last line's.
_MARKS = {
    "，": 55, "。": 25, "、": 16, "“": 7, "”": 7, "：": 4, "；": 2.5, "《": 2, "》": 2, "？": 1, "！": 1, "（": 2, "）": 2,
    "—": 2, "…": 0.5, "‘": 0.2, "’": 0.2, "·": 0.4, "\n": 10, " ": 1, "　": 0.2, "□": 0.5, "%": 0.7, ".": 0.8, "/": 0.3,
}  # fmt: skip
_OTHER_MARK = 0.05
# What follows a mark far more often than anything else: closing marks, and quotation marks behind colons.
_NEVER = dict.fromkeys("，。、：；", 1e-8)
_AFTER_MARK = {
    "。": _NEVER | {"”": 0.15, "“": 0.03, "’": 0.02, "\n": 0.3, "）": 0.02},
    "？": _NEVER | {"”": 0.3, "\n": 0.1, "’": 0.02}, "！": _NEVER | {"”": 0.3, "\n": 0.1, "’": 0.02},
    "：": {"“": 0.3}, "，": {"“": 0.05, "”": 0.01}, "…": {"…": 0.5, "”": 0.1}, "—": {"—": 0.5},
    "”": {"他": 0.04, "她": 0.02, "。": 0.08, "，": 0.1, "、": 0.05, "\n": 0.1},
    "、": {"“": 0.04, "《": 0.02}, "》": {"。": 0.1, "，": 0.1, "、": 0.1, "》": 0.001},
    "　": {"　": 0.6}, "\n": {"“": 0.08, "　": 0.3, "\n": 0.3},
}  # fmt: skip
_DIGIT, _LETTER = 0.002, 0.0004  # each single digit or letter
_RUNNING_WEIGHT = 0.6  # of pairs in running text against those made from words
_SEEN_WEIGHT = 0.5  # of pairs counted in whole texts, marks and all, against the rest of the model
_PAUSES = frozenset("，。；？！、”’）》\n")
_UNFINISHED = frozenset("被把将使由从向往与和跟及或而但且若虽因更很太最只仅又每各某第这")  # no clause ends so
_UNFINISHED_FACTOR = 0.04
_FINAL = frozenset("啊吧呢吗嘛呀啦哦哟呗咯")  # particles at the end of a sentence
_FINAL_FACTOR = 5.0
_RAREST = 2e-9  # a pair never seen of characters hardly ever seen
_PAGE_WEIGHT = 0.15  # how far a pair seen elsewhere on the same page is trusted over the model


class _Model:
    def __init__(self) -> None:
        self.lines: dict[str, str] = {}
        self.total: dict[str, float] = {}
        begun: dict[str, float] = {}
        ended: dict[str, float] = {}
        counts = [2 ** (level / 4) for level in range(128)]
        packed = gzip.decompress((_DATA / "language.tsv.gz").read_bytes()).decode("utf-8")
        for line in packed.split("\n"):
            character = line[0]
            self.lines[character] = line
            first, last, total = line[1:4].encode("ascii")
            # A level of 0 also stands for a count of 0; half an occurrence smooths both.
            begun[character] = counts[first - _FIRST_LEVEL] if first > _FIRST_LEVEL else 0.5
            ended[character] = counts[last - _FIRST_LEVEL] if last > _FIRST_LEVEL else 0.5
            self.total[character] = counts[total - _FIRST_LEVEL] + 0.5
        packed = gzip.decompress((_DATA / "pairs.tsv.gz").read_bytes()).decode("utf-8")
        self.neighbours = {line[0]: line for line in packed.split("\n")}
        self.counts = counts
        word_count = sum(begun.values())
        marks = _mark_share()
        # The share of words that begin with a character, and of a character's occurrences that end a word.
        self.beginning = {each: (1 - marks) * first / word_count for each, first in begun.items()}
        self.ending = {each: min(last / self.total[each], 1.0) for each, last in ended.items()}

    def inside(self, left: str, right: str) -> float:
        """How often ``right`` follows ``left`` within a word."""
        line = self.lines.get(left, "")
        at = line.find(right, 4)
        return self.counts[ord(line[at + 1]) - _FIRST_LEVEL] if at > 0 else 0.0

    def running(self, left: str, right: str) -> float:
        """The share of ``right`` among what follows ``left`` in running text, marks left out."""
        line = self.neighbours.get(left, "")
        at = line.find(right, 2)
        if at < 0:
            return 0.0
        return self.counts[ord(line[at + 1]) - _FIRST_LEVEL] / self.counts[ord(line[1]) - _FIRST_LEVEL]


@cache
def _model() -> _Model:
    return _Model()


@cache
def _mark_share() -> float:
    return sum(_MARKS.values()) / 1000


def mark_probability(mark: str) -> float:
    """The share of ``mark`` (anything but a Chinese character) among the characters of news text."""
    if mark.isdigit():
        return _DIGIT
    if mark.isascii() and mark.isalpha():
        return _LETTER
    return _MARKS.get(mark, _OTHER_MARK) / 1000


_MOST_REMEMBERED = 400_000  # scores, about 60 MB
_scores: dict[str, float] = {}  # of pairs that were asked for, whatever the page: a pure function's memory


# For memory alone: rows of some 60 scores that a long run keeps in mind, about 30 MB.
_MOST_ROWS = 20_000
_rows: dict[tuple[Choice, str, bool], list[float]] = {}  # of scores beside a character, by whether it stands in front


class Choice:
    """Characters of which one is to be chosen by what stands beside it, the same on all pages.

    Looking up the score of each one anew would take longer than all else that is done with them: they are kept in rows.
    """

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = tuple(characters)
        self.codes = codes_of(self.characters)

    def scores_behind(self, left: str) -> list[float]:
        """The plain language's score of each behind ``left``; not to be changed."""
        key = self, left, True
        return _rows.get(key) or _remember_row(key, [(left, each) for each in self.characters])

    def scores_before(self, right: str) -> list[float]:
        """The plain language's score of ``right`` behind each; not to be changed."""
        key = self, right, False
        return _rows.get(key) or _remember_row(key, [(each, right) for each in self.characters])


def _remember_row(key: tuple[Choice, str, bool], pairs: Iterable[tuple[str, str]]) -> list[float]:
    if len(_rows) >= _MOST_ROWS:
        _rows.clear()
    row = _rows[key] = [_plain_score(left, right) for left, right in pairs]
    return row


def _plain_score(left: str, right: str) -> float:
    found = _scores.get(left + right)
    return _remember(left + right, left, right) if found is None else found


class Language:
    """Transition scores, one instance per page: pairs that stand undamaged on the page count as well.

    >>> language = Language()
    >>> language.score("基", "层") > language.score("基", "嗖")
    True
    >>> language.score("鄉", "鎮") == language.score("乡", "镇")
    True
    """

    def __init__(self, page: str = "") -> None:
        self._page = page
        self._pairs = pair_counts(page)
        self.counts = character_counts(page)  # of the page's characters, by code point
        self._triples: dict[str, float] = {}
        self._held_of: dict[Choice, list[int]] = {}

    def score(self, left: str, right: str) -> float:
        """The natural logarithm of the probability that ``right`` follows ``left``."""
        pair = left + right
        found = _scores.get(pair)
        if found is None:
            found = _remember(pair, left, right)
        seen = self._pairs.get(pair)
        if seen:
            share = seen / (self.count(left) + 4)
            return math.log((1 - _PAGE_WEIGHT) * math.exp(found) + _PAGE_WEIGHT * share)
        return found

    def scores_behind(self, left: str, choice: Choice) -> list[float]:
        """:meth:`score` of each character of ``choice`` behind ``left``.

        >>> language = Language("社区的社工")
        >>> language.scores_behind("社", Choice("区工会")) == [language.score("社", each) for each in "区工会"]
        True
        """
        found = choice.scores_behind(left).copy()
        if self.count(left):
            for index in self._held(choice):
                right = choice.characters[index]
                if left + right in self._pairs:
                    found[index] = self.score(left, right)
        return found

    def scores_before(self, choice: Choice, right: str) -> list[float]:
        """:meth:`score` of ``right`` behind each character of ``choice``.

        >>> language = Language("社区的社工")
        >>> language.scores_before(Choice("小社的"), "区") == [language.score(each, "区") for each in "小社的"]
        True
        """
        found = choice.scores_before(right).copy()
        if self.count(right):
            for index in self._held(choice):
                left = choice.characters[index]
                if left + right in self._pairs:
                    found[index] = self.score(left, right)
        return found

    def _held(self, choice: Choice) -> list[int]:
        """The places in ``choice`` of those that the page holds: of the others it says nothing."""
        found = self._held_of.get(choice)
        if found is None:
            found = self._held_of[choice] = np.flatnonzero(self.counts[choice.codes]).tolist()
        return found

    def count(self, character: str) -> int:
        """How often ``character`` stands on the page."""
        # The array knows the basic plane only.
        return self.counts.item(ord(character)) if character <= MAX_BMP else self._page.count(character)

    def holds(self, pair: str) -> bool:
        """Whether the two characters of ``pair`` stand side by side on the page."""
        return pair in self._pairs

    def score_text(self, text: str) -> float:
        """The sum of all transitions within ``text``."""
        if len(text) == 2:
            return self.score(text[0], text[1])
        return sum(map(self.score, text, text[1:]))

    def text_scores_behind(self, left: str, texts: Iterable[str]) -> list[float]:
        """For each of ``texts`` the natural logarithm of its probability behind ``left``, each character by the two
        before it.

        >>> right, wrong = plain_language().text_scores_behind("全国人民", ["代表", "代装"])
        >>> right > wrong
        True
        """
        left = numbers_as_one(left[-4:])[-2:]
        return [self._score_by_triples(left, numbers_as_one(text)) for text in texts]

    def _score_by_triples(self, left: str, text: str) -> float:
        whole = left + text
        if left and text[:1] == left[-1] and left[-1] in "0a":
            whole = left + text[1:]  # a number goes on
        scores = self._triples
        total = 0.0
        for start in range(len(whole) - 2):
            triple = whole[start : start + 3]
            score = scores.get(triple)
            if score is None:
                share, rest = share_behind(triple)
                score = scores[triple] = math.log(share + rest * math.exp(self.score(triple[1], triple[2])))
            total += score
        return total


def _remember(pair: str, left: str, right: str) -> float:
    forms = canonical_forms()
    found = _transition(forms.get(left, left), forms.get(right, right))
    if not (left.isdigit() and right.isdigit()):
        share, rest = share_in_pair(left, right)
        found = (1 - _SEEN_WEIGHT) * found + _SEEN_WEIGHT * (share + rest * found)
    found = math.log(found)
    if len(_scores) >= _MOST_REMEMBERED:
        _scores.clear()
    _scores[pair] = found
    return found


@cache
def plain_language() -> Language:
    """The model without any page."""
    return Language()


@cache
def commonness(character: str) -> float:
    """How often ``character`` occurs in the word list, its Simplified form if it is Traditional; 0 for the unknown."""
    return _model().total.get(canonical_forms().get(character, character), 0.0)


def _transition(left: str, right: str) -> float:
    model = _model()
    left_total = model.total.get(left)
    right_total = model.total.get(right)
    special = _AFTER_MARK[left].get(right) if left in _AFTER_MARK else None
    if right_total is None:
        if FIRST_HAN <= right <= LAST_HAN or "\ue000" <= right <= "\uf8ff":
            return _RAREST
        if special is not None:
            return special
        ending = model.ending[left] if left_total is not None else 0.5
        if right in _PAUSES:
            ending *= _UNFINISHED_FACTOR if left in _UNFINISHED else _FINAL_FACTOR if left in _FINAL else 1.0
        return max(ending * mark_probability(right), _RAREST)
    if special is not None:
        return special
    beginning = model.beginning[right]
    if left_total is None:
        return max(beginning if not FIRST_HAN <= left <= LAST_HAN else beginning / 10, _RAREST)
    inside = model.inside(left, right) / left_total
    of_words = 0.98 * (inside + model.ending[left] * beginning) + 0.02 * right_total / 1e8
    running = (1 - _mark_share()) * model.running(left, right)
    return max((1 - _RUNNING_WEIGHT) * of_words + _RUNNING_WEIGHT * running, _RAREST)
