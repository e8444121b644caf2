"""Which of the readings of a damaged run is right: words, quotation marks and sentence ends around it decide."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.repair.echoes import Echoes
from tasks.repair.mirrors import ANNOTATION
from tasks.repair.repaired import LOST_MARK
from tasks.repair.words import word_score

_CONTEXT = 6  # characters on either side: the longest word and its neighbours
_WORD_WEIGHT = 0.6  # of the word model against adjacent characters; they err in different places
_CLEARLY_WORSE = 9.0  # nats on adjacent characters after which words are not asked any more
_ASKED = 14  # readings at the most for which the word model is asked
_UNPAIRED = 7.0  # nats against a quotation mark that closes nothing or opens twice
_LIKELY = 0.02  # share from which another reading casts doubt
_MISQUOTED = 6.0  # nats against a full stop where no sentence ends
_STUNTED = 4.0  # nats against a sentence of one or two characters
_PRONOUN = re.compile("[他她](?![们們人])")
_NEAR, _SAME_PERSON = 240, 0.8  # characters; nats, and half that for a pronoun behind the run
_SHORT_SENTENCE = re.compile(r"[。！？；，][^。！？；，“”‘’\n]{1,2}[。！？]|。[^“”‘’\n]，")
# A quoted word or two has no full stop; behind a closed sentence no sentence goes on.
_UNLIKELY_QUOTE = re.compile(r"(?<!：)[“【《][^“”。！？，\n]{1,4}。[”】》]")
_QUOTED_WORD = re.compile(r"(?<=[\u4e00-\u9fff])[“【《][^“”。！？，：\n]{1,6}。[”】》]")
_UNLIKELY_NEXT = re.compile(r"。[”’][，。、；：的是地]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate for a run: ``gain`` is over the damaged text, in nats, by adjacent characters alone."""

    end_char: int
    restored: str
    gain: float
    is_open: bool  # its last byte was lost
    shifted_count: int


def weigh(readings: Sequence[Reading], at: int, left: str, text: str, echoes: Echoes) -> list[tuple[float, Reading]]:
    """The likeliest readings, each with its share of the likelihood of all (0 to 1), best first.

    ``left`` is the clean text of the line up to the run; ``text`` the damaged page; ``at`` where in it the run begins.
    """
    best = max(readings, key=lambda reading: reading.gain)
    worse = _CLEARLY_WORSE if _misuse(left[-_CONTEXT:] + best.restored) == 0 else 2 * _CLEARLY_WORSE
    asked = sorted(
        (reading for reading in readings if reading.gain > best.gain - worse),
        key=lambda reading: (-reading.gain, reading.end_char, reading.restored),
    )[:_ASKED]
    if len(asked) == 1:
        return [(1.0, asked[0])]
    last_end = max(reading.end_char for reading in asked)
    right = _clean(text[last_end : last_end + 30])[:_CONTEXT]
    rest = _REST.match(text, last_end)
    head = left[-_CONTEXT:]
    spoken_of = _spoken_of(text, at, last_end)
    unclosed = _unclosed(left)
    betweens = [_clean(text[reading.end_char : last_end]) for reading in asked]
    wholes = [head + reading.restored + between + right for reading, between in zip(asked, betweens, strict=True)]
    # What all share at the end needs no words, but for those that reach into it.
    spare = max(len(common_beginning([whole[::-1] for whole in wholes])) - _CONTEXT, 0)
    weighed = []
    for reading, between, whole in zip(asked, betweens, wholes, strict=True):
        tail = between + right
        score = reading.gain + _WORD_WEIGHT * word_score(whole[: len(whole) - spare])
        score -= _UNPAIRED * _unpaired(unclosed, reading.restored, between + (rest.group() if rest else "\n"))
        score += sum(spoken_of.get(character, 0.0) for character in reading.restored)
        score += echoes.bonus(left, reading.restored, tail)
        near = head + reading.restored + tail[:2]
        score -= _MISQUOTED * _misuse(near)
        score -= _STUNTED * len(_SHORT_SENTENCE.findall(head[-3:] + reading.restored + tail[:3]))
        weighed.append((score, reading))
    weighed.sort(key=lambda each: (-each[0], each[1].end_char, each[1].restored))
    top = weighed[0][0]
    overall = sum(math.exp(score - top) for score, _ in weighed)
    return [(math.exp(score - top) / overall, reading) for score, reading in weighed]


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


_BRACKETS = re.compile("[“”‘’（）()《》]")
_WIDE_BRACKETS = str.maketrans("()", "（）")
_REST = re.compile(r"[^\n]{0,200}\n?")


def _clean(damaged: str) -> str:
    return ANNOTATION.sub("", damaged)


_PARTNER = {"”": "“", "’": "‘", "）": "（", "》": "《"}
_OPENING = frozenset(_PARTNER.values())


def _unclosed(left: str) -> dict[str, bool]:
    """Which opening marks of a line still wait for their partner."""
    is_open = dict.fromkeys(_OPENING, False)
    for mark in _BRACKETS.findall(left):
        wide = mark.translate(_WIDE_BRACKETS)
        if wide in is_open:
            is_open[wide] = True
        else:
            is_open[_PARTNER[wide]] = False
    return is_open


def _unpaired(before: dict[str, bool], restored: str, right: str) -> float:
    """How many marks of ``restored`` find no partner; a mark on the right that misses one counts half."""
    is_open = before.copy()
    count = 0.0
    for mark in _BRACKETS.findall(restored):
        if mark in is_open:
            count += is_open[mark]
            is_open[mark] = True
        elif mark in _PARTNER:
            if not is_open[_PARTNER[mark]]:
                # At the end of a line it may close what another paragraph opened.
                count += 0.7 if mark == "”" and restored.endswith(mark) and right.startswith("\n") else 1.0
            is_open[_PARTNER[mark]] = False
    if restored[-1:] in ("“", "‘", "（", "《") and right.startswith("\n"):
        count += 1.5
    seen = set()
    for mark in _BRACKETS.findall(right):
        wide = mark.translate(_WIDE_BRACKETS)
        pair = wide if wide in is_open else _PARTNER[wide]
        if pair not in seen:
            seen.add(pair)
            count += 0.5 * (is_open[pair] == (wide in is_open))
    # A mark left open to the end of the line; some quotations go on in the next.
    return count + 0.5 * sum(is_open[pair] and pair not in seen for pair in "（《“")
