"""Which of the readings of a damaged run is right: words, quotation marks and sentence ends around it decide."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from tasks.repair.language import Language
from tasks.repair.marks import bracket_faults, closing_marks, unclosed_in
from tasks.repair.neighbourhood import Page, clean
from tasks.repair.repaired import LOST_MARK
from tasks.repair.words import longest_shared, word_score

_CONTEXT = 6  # characters on either side: the longest word and its neighbours

_CLEARLY_WORSE = 8.0  # nats of gain after which nothing else is asked any more
_HOPELESS = 5.0  # … after which words, echoes and quotations cannot turn the scales
_ASKED = 20  # readings at the most that are weighed
_UNEXPLAINED = 1.5  # nats against a loss that took something along of which the line shows no need
# Weights of what is known of a reading, in nats each; fitted on damaged articles of 1998 that the counts left out.
_GAIN_WEIGHT = 0.38  # adjacent characters, what the page holds elsewhere, how a byte gets lost
_WORD_WEIGHT = 0.31  # the likeliest segmentation into words
_LONG_WORD_WEIGHT = 0.4  # for each character of the run in a word of three or more that reaches beyond the run
_RUNNING_WEIGHT = 0.32  # each character by the two before it
_PERSON_WEIGHT = 1.3
_ECHO_WEIGHT = 0.33
_PRESENCE_WEIGHT = 0.4  # for each time that the page holds a character of which half is lost, logarithmic
_LEAST_SHARE = 0.78  # of the likelihood of all readings; below, what they disagree on is marked as lost
_LEAST_SHARE_OF_PRONOUNS = 0.92  # where they disagree on who is spoken of: a guess would change what the text says
_LIKELY = 0.02  # share from which another reading casts doubt
_MISQUOTED = 3.0  # nats against a full stop where no sentence ends
_STUNTED = 2.3  # nats against a sentence of one or two characters
PRONOUNS = frozenset("他她它")
_PRONOUN = re.compile("[他她](?![们們人])")
_NEAR, _SAME_PERSON = 240, 0.8  # characters; nats, and half that for a pronoun behind the run
_SHORT_SENTENCE = re.compile(r"[。！？；，][^。！？；，“”‘’\n]{1,2}[。！？]|。[^“”‘’\n]，")
# A quoted word or two has no full stop; behind a closed sentence no sentence goes on.
_UNLIKELY_QUOTE = re.compile(r"(?<!：)[“【《][^“”。！？，\n]{1,4}。[”】》]")
_QUOTED_WORD = re.compile(r"(?<=[\u4e00-\u9fff])[“【《][^“”。！？，：\n]{1,6}。[”】》]")
_MARKS_IN_A_ROW = re.compile("[“‘《（【、，：；。！？·][。，、；：·]")
_NO_SUCH_MARKS = 6.0
_UNLIKELY_NEXT = re.compile(r"。[”’][，。、；：的是地]")


class Reading(NamedTuple):
    """A candidate for a run: ``gain`` is over the damaged text, in nats, by adjacent characters alone."""

    end_char: int
    restored: str
    gain: float
    is_open: bool  # its last byte was lost
    shifted_count: int


def weigh(
    readings: Sequence[Reading], at: int, left: str, page: Page, language: Language
) -> list[tuple[float, Reading]]:
    """The likeliest readings, each with its share of the likelihood of all (0 to 1), best first.

    ``left`` is the clean text of the line up to the run, which begins at ``at`` of the damaged page.
    """
    unclosed = unclosed_in(left)
    closing = closing_marks(unclosed) - {"”", "’"}
    as_quoted = dict.fromkeys(map(ord, closing), "”")
    if closing:
        readings = [_as_likely_as_quotation(reading, as_quoted, language) for reading in readings]
    best = max(readings, key=lambda reading: reading.gain)
    worse = _CLEARLY_WORSE if _misuse(left[-_CONTEXT:] + best.restored) == 0 else 2 * _CLEARLY_WORSE
    asked = sorted(
        (reading for reading in readings if reading.gain > best.gain - worse),
        key=lambda reading: (-reading.gain, reading.end_char, reading.restored),
    )[:_ASKED]
    if len(asked) == 1:
        return [(1.0, asked[0])]
    last_end = max(reading.end_char for reading in asked)
    rest = page.behind(last_end)
    right = rest[:_CONTEXT] if len(rest) >= _CONTEXT else rest + "\n"
    head = left[-_CONTEXT:]
    started = head if len(left) >= _CONTEXT else "\n" + head
    persons = any("他" in reading.restored or "她" in reading.restored for reading in asked)
    spoken_of = _spoken_of(page.text, at, last_end) if persons else {}
    betweens = [clean(page.text[reading.end_char : last_end]) for reading in asked]
    wholes = [head + reading.restored + between + right for reading, between in zip(asked, betweens, strict=True)]
    # What all share at the end needs no words, but for those that reach into it.
    spare = max(len(common_beginning([whole[::-1] for whole in wholes])) - _CONTEXT, 0)
    seen: list[tuple[float, Reading, str, str]] = []
    for reading, between, whole in zip(asked, betweens, wholes, strict=True):
        tail, line = between + right, between + rest
        if reading.is_open and page.swallowed.is_line_end(reading.restored[-1:], reading.end_char):
            tail, line = "\n" + tail, ""
        unexplained = reading.is_open and page.swallowed.is_unexplained(reading.restored[-1:], reading.end_char)
        score = _GAIN_WEIGHT * reading.gain - bracket_faults(unclosed, reading.restored, line)
        score -= _UNEXPLAINED * unexplained
        quoted = reading.restored.translate(as_quoted) if closing else reading.restored
        score += _RUNNING_WEIGHT * language.score_behind(started, quoted + tail[: len(tail) - spare])
        seen.append((score, reading, tail, whole[: len(whole) - spare]))
    most = max(seen, key=lambda each: each[0])[0]
    weighed = []
    hopeless = 0.0
    for partial, reading, tail, whole in seen:
        if partial < most - _HOPELESS:
            hopeless += math.exp(partial - most)
            continue
        score = partial + _WORD_WEIGHT * word_score(whole)
        score += _LONG_WORD_WEIGHT * longest_shared(left, reading.restored, tail)
        score += _PERSON_WEIGHT * sum(spoken_of.get(character, 0.0) for character in reading.restored)
        score += _ECHO_WEIGHT * page.echoes.bonus(left, reading.restored, tail)
        score += _PRESENCE_WEIGHT * sum(math.log1p(language.count(each)) for each in _half_lost(reading))
        near = head + reading.restored + tail[:2]
        score -= _MISQUOTED * _misuse(near)
        score -= _NO_SUCH_MARKS * len(_MARKS_IN_A_ROW.findall(near))
        score -= _STUNTED * len(_SHORT_SENTENCE.findall(head[-3:] + reading.restored + tail[:3]))
        weighed.append((score, reading))
    weighed.sort(key=lambda each: (-each[0], each[1].end_char, each[1].restored))
    top = weighed[0][0]
    overall = sum(math.exp(score - top) for score, _ in weighed) + hopeless
    return [(math.exp(score - top) / overall, reading) for score, reading in weighed]


def _as_likely_as_quotation(reading: Reading, as_quoted: dict[int, str], language: Language) -> Reading:
    """``reading`` with closing brackets no less likely than quotation marks: rare as they are, one is waited for."""
    quoted = reading.restored.translate(as_quoted)
    if quoted == reading.restored:
        return reading
    gain = language.score_text(quoted + "\n") - language.score_text(reading.restored + "\n")
    return reading._replace(gain=reading.gain + max(gain, 0.0))


def _half_lost(reading: Reading) -> str:
    """The Chinese characters at the ends of a run, of which one byte was lost."""
    restored = reading.restored
    ends = restored[:1] + (restored[-1:] if reading.is_open and len(restored) > 1 else "")
    return "".join(character for character in ends if "\u4e00" <= character <= "\u9fff")


def _spoken_of(text: str, start: int, end: int) -> dict[str, float]:
    """Nats for 他 and 她 by those nearest to the run: mostly the same person goes on being spoken of."""
    nats = dict.fromkeys("他她", 0.0)
    before = _PRONOUN.findall(text, max(start - _NEAR, 0), start)[-1:]
    behind = _PRONOUN.findall(text, end, end + _NEAR // 4)[:1]
    for found, weight in ((before, _SAME_PERSON), (behind, _SAME_PERSON / 2)):
        for pronoun in found:
            for character in nats:
                nats[character] += weight if character == pronoun else -weight
    return nats


def _misuse(text: str) -> int:
    """How often a full stop stands where no sentence ends."""
    if "。" not in text:
        return 0
    return sum(len(pattern.findall(text)) for pattern in (_UNLIKELY_QUOTE, _UNLIKELY_NEXT, _QUOTED_WORD))


def common_beginning(texts: Sequence[str]) -> str:
    """What all ``texts`` begin with."""
    first, last = min(texts), max(texts)
    length = next(
        (index for index, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first)
    )
    return first[:length]


def mark_doubtful(reading: Reading, weighed: Sequence[tuple[float, Reading]]) -> str:
    """The restored run with a mark for each character that another likely reading has otherwise."""
    marked = list(reading.restored)
    for share, other in weighed[:8]:
        if share > _LIKELY and other.end_char == reading.end_char and len(other.restored) == len(marked):
            for index, (ours, theirs) in enumerate(zip(reading.restored, other.restored, strict=True)):
                if ours != theirs:
                    marked[index] = LOST_MARK
    return "".join(marked)


def needed_share(weighed: Sequence[tuple[float, Reading]]) -> float:
    """What the best reading must have of all likelihood, else what the likely ones disagree on is marked as lost."""
    pronouns = {frozenset(PRONOUNS.intersection(reading.restored)) for _, reading in weighed[:2]}
    return _LEAST_SHARE if len(pronouns) < 2 else _LEAST_SHARE_OF_PRONOUNS
