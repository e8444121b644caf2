"""Where a name may begin: behind a post, as a whole word, or by its characters; each place judged by its signs."""

from __future__ import annotations

from functools import cache
from math import inf

import rjieba

from tasks.facts.people.person_names import ACCEPTED, NameGuess, guess_name
from tasks.facts.people.spans import Blocked
from tasks.facts.people.stretches import COMPOUND
from tasks.facts.text.reading import Reading, TaggedWords
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import before_names, called_or_kin, given_name_characters, surnames
from tasks.lexicon.posts import occupation_ending_at, post_ending_at

_FUNCTION_TAGS = frozenset(("p", "c", "d", "uj", "ul", "u"))
_BEHIND_A_POST, _ANYWHERE, _AS_A_WHOLE = range(3)
_WORTH_A_LOOK = 0.0  # surname and given name together; below, neither an edge nor a verb of saying makes a clear name
_IN_BRACKETS = pattern_of(r"[[:han:]]{2,4}[（(](?:[男女]|[[:han:]]{1,5}族|化名)")  # 于淑珍（女，满族）
_LEAST = 0.0  # kept for what other mentions and neighbours say
_OCCUPATIONS = frozenset("员工农匠师长主书”叫")
# For memory alone: words that a long run keeps in mind.
_MOST_WORDS = 200_000


@cache
def _opening_words() -> dict[str, int]:
    """Where each word met so far may open a name."""
    return {}


def _opens(word: str) -> int:
    opening = _opening_words()
    if len(opening) > _MOST_WORDS:
        opening.clear()
    opens = opening[word] = _judged_opening(word)
    return opens


@cache
def _merits() -> dict[str, float]:
    """What a surname of one character and the character behind it say together, by the two."""
    return {}


def _merit(text: str, start: int) -> float:
    """The merit of the two characters at ``start``; where they are a surname, whether what follows is worth a look."""
    pair, table = text[start : start + 2], given_name_characters()
    if pair in surnames():
        merit = surnames()[pair] + table.get(text[start + 2 : start + 3], 0.0)
        is_worth = merit + max(table.get(text[start + 3 : start + 4], 0.0), 0.0) >= _WORTH_A_LOOK
        return _WORTH_A_LOOK if is_worth else -inf
    merits = _merits()
    if len(merits) > _MOST_WORDS:
        merits.clear()
    merit = merits[pair] = surnames().get(pair[0], 0.0) + table.get(pair[1:], 0.0)
    return merit


def _judged_opening(word: str) -> int:
    if surnames().get(word, 0.0) < -1:
        return _BEHIND_A_POST
    if surnames().get(word[:2], 0.0) >= COMPOUND:
        return _ANYWHERE
    if is_word(word):
        tag = rjieba.tag(word)[0][1]
        if tag in _FUNCTION_TAGS or (len(word) > 1 and tag not in ("nr", "nrfg", "nrt")):
            return _BEHIND_A_POST  # 和, 于, 从 as what they mostly are; words
        if len(word) > 2:
            return _AS_A_WHOLE
    return _ANYWHERE


def name_guesses(reading: Reading, blocked: Blocked) -> list[NameGuess]:
    """Every stretch that may be a name, in order, whatever speaks against it elsewhere."""
    text, tagged = reading.text, reading.words
    near, opening, table = before_names(), _opening_words(), given_name_characters()
    texts, numbers, tags, is_start = tagged.texts, tagged.numbers, tagged.tags, tagged.is_start
    merits = _merits()
    found = []
    for start in reading.anchors.name_starts:
        before = text[start - 1 : start]
        is_near = before in near and (
            before != "的" or text[start - 2 : start - 1] in near or text.endswith("出生的", 0, start)
        )
        if is_near:
            is_poor = False
        else:
            merit = merits.get(text[start : start + 2])
            if merit is None:
                merit = _merit(text, start)
            is_poor = merit < _WORTH_A_LOOK and merit + table.get(text[start + 2 : start + 3], 0.0) < _WORTH_A_LOOK
            if is_poor and (is_start[start + 1] or is_start[start + 2]):
                continue  # too short to be taken as a whole
        index = numbers[start]
        word = texts[index]
        opens = opening.get(word)
        if opens is None:
            opens = _opens(word)
        if not is_near:
            if (is_poor and opens != _AS_A_WHOLE) or (
                opens == _BEHIND_A_POST
                and not (len(word) == 1 and tags[index] == "nr")
                and not _IN_BRACKETS.match(text, start)
            ):
                continue
        elif opens == _BEHIND_A_POST and not (before in _OCCUPATIONS or _is_behind_somebody(text, start)):
            continue
        if blocked.covers(start, start + 2):
            continue
        guess = guess_name(text, start, tagged, index)
        if guess is not None and guess.score > _LEAST:
            found.append(guess)
    found += _guesses_inside_words(reading, blocked)
    found.sort(key=lambda guess: guess.start)
    return [guess for guess in found if not blocked.covers(guess.start, guess.end)]


def _is_behind_somebody(text: str, start: int) -> bool:
    """Whether a post, a kinsman, an age or a year of birth stands before the name: 大爷黄海松, 42岁的许子林."""
    if text.endswith(("岁的", "出生的"), 0, start) or text[max(0, start - 2) : start] in called_or_kin():
        return True
    return post_ending_at(text, start, start - 6) is not None


def _guesses_inside_words(reading: Reading, blocked: Blocked) -> list[NameGuess]:
    """Behind a post a name may begin inside what the segmenter took for a word (主任|何静 read as 主|任何|静)."""
    text, tagged = reading.text, reading.words
    found = []
    for start in reading.anchors.names_inside_words:
        if blocked.covers(start, start + 1):
            continue
        is_post = post_ending_at(text, start, start - 6) is not None
        if not is_post:
            before = text[start - 1]
            if before == "人" and occupation_ending_at(text, start) is None:
                continue
            if before not in "员工农匠主书师人" or is_word(text[start - 1 : start + 1]):
                continue  # 建设工程|正式开工
            if not (_NAME_AND_VERB.match(text, start) or any(_verb_begins(tagged, start + n) for n in (2, 3))):
                continue
            if before in "书师" and text[start - 2 : start] not in ("文书", "教师", "老师"):
                continue
        guess = guess_name(text, start, tagged, tagged.index_of(start))
        if guess is not None and guess.score >= ACCEPTED + 0.5 and guess.has_context:
            found.append(guess)
    return found


def _verb_begins(tagged: TaggedWords, at: int) -> bool:
    return at < len(tagged.numbers) and bool(tagged.is_start[at]) and tagged.tags[tagged.numbers[at]][0] in "vdp"


_NAME_AND_VERB = pattern_of(r"[[:han:]]{2,3}(?:说|，|今年|表示|介绍|告诉|坦言|笑|的)")
