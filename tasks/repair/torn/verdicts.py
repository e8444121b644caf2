"""Which of the readings of a damaged run is right: words, quotation marks and sentence ends around it decide."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from tasks.lexicon.characters import FIRST_HAN, LAST_HAN, pattern_of
from tasks.repair.language.pairs import Language
from tasks.repair.language.word_costs import longest_shared, word_scores
from tasks.repair.repaired import LOST_MARK
from tasks.repair.torn.echoes import Echoes
from tasks.repair.torn.neighbourhood import Page, clean
from tasks.repair.torn.open_marks import bracket_faults, closing_marks, unclosed_in
from tasks.repair.torn.walks import State

_CONTEXT = 6  # characters on either side: the longest word and its neighbours

_CLEARLY_WORSE = 8.0  # nats of gain after which nothing else is asked any more
_HOPELESS = 5.0  # … after which words, echoes and quotations cannot turn the scales
_ASKED = 20  # readings at the most that are weighed
_UNEXPLAINED = 1.5  # nats against a loss that took something along of which the line shows no need
# Weights of what is known of a reading, in nats each; fitted on damaged articles of 1998 that the counts left out.
GAIN_WEIGHT = 0.38  # adjacent characters, what the page holds elsewhere, how a byte gets lost
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
_SHORT_SENTENCE = pattern_of(r"[。！？；，][^。！？；，“”‘’\n]{1,2}[[:sentence_end:]]|。[^“”‘’\n]，")
# A quoted word or two has no full stop; behind a closed sentence no sentence goes on.
_UNLIKELY_QUOTE = re.compile(r"(?<!：)[“【《][^“”。！？，\n]{1,4}。[”】》]")
_QUOTED_WORD = pattern_of(r"(?<=[[:han:]])[“【《][^“”。！？，：\n]{1,6}。[”】》]")
_MARKS_IN_A_ROW = re.compile("[“‘《（【、，：；。！？·][。，、；：·]")
_NO_SUCH_MARKS = 6.0
_CLOSED_SENTENCE = re.compile("。[”’】》]")  # what these patterns have in common
_UNLIKELY_NEXT = re.compile(r"。[”’][，。、；：的是地]")


# What a run may be, before it is known to be worth a look: gain as in a reading, first character, and how it goes on.
Candidate = tuple[float, str, State]


class Reading(NamedTuple):
    """What a run may well be: ``gain`` is over the damaged text, in nats, by adjacent characters alone."""

    end_char: int
    restored: str
    gain: float
    is_open: bool  # its last byte was lost
    is_with_gaps: bool = False  # private-use characters are gone from its damage


class Considered(NamedTuple):
    """The likely readings of a run, with all that speaks for them but what the page says elsewhere."""

    left: str  # of the line, up to the run
    last_end: int  # where the longest of them ends …
    rest: str  # … and the line goes on so
    scored: list[tuple[float, Reading, str]]  # nats, reading, and what follows it
    hopeless: float  # likelihood of all other readings together, that of the best but for words being 1

    def still_holds(self, left: str, page: Page) -> bool:
        """Whether nothing has changed around the run."""
        return self.left == left and (len(self.scored) == 1 or self.rest == page.behind(self.last_end))


def weigh(considered: Considered, echoes: Echoes) -> list[tuple[float, Reading]]:
    """The likeliest readings, each with its share of the likelihood of all (0 to 1), best first."""
    if len(considered.scored) == 1:
        return [(1 / (1 + considered.hopeless), considered.scored[0][1])]
    weighed = [
        (score + _ECHO_WEIGHT * echoes.bonus(considered.left, reading.restored, tail), reading)
        for score, reading, tail in considered.scored
    ]
    weighed.sort(key=lambda each: (-each[0], each[1].end_char, each[1].restored))
    top = weighed[0][0]
    overall = sum(math.exp(score - top) for score, _ in weighed) + considered.hopeless
    return [(math.exp(score - top) / overall, reading) for score, reading in weighed]


def consider(candidates: Sequence[Candidate], at: int, left: str, page: Page, language: Language) -> Considered:
    """What speaks for the likeliest of ``candidates``: marks and words around them.

    ``left`` is the clean text of the line up to the run, which begins at ``at`` of the damaged page.
    """
    unclosed = unclosed_in(left)
    closing = closing_marks(unclosed) - {"”", "’"}
    as_quoted = dict.fromkeys(map(ord, closing), "”")
    if closing:
        candidates = [_as_likely_as_quotation(candidate, as_quoted, language) for candidate in candidates]
    most, first, state = max(candidates, key=itemgetter(0))
    worse = _CLEARLY_WORSE if _misuse(left[-_CONTEXT:] + first + state.restored) == 0 else 2 * _CLEARLY_WORSE
    asked = [
        Reading(state.position, first + state.restored, gain, state.is_open, state.gone_count > 0)
        for gain, first, state in candidates
        if gain > most - worse
    ]
    asked.sort(key=lambda reading: (-reading.gain, reading.end_char, reading.restored))
    del asked[_ASKED:]
    last_end = max(reading.end_char for reading in asked)
    if len(asked) == 1:
        return Considered(left, last_end, "", [(0.0, asked[0], "")], 0.0)
    rest = page.behind(last_end)
    right = rest[:_CONTEXT] if len(rest) >= _CONTEXT else rest + "\n"
    head = left[-_CONTEXT:]
    betweens = [clean(page.text[reading.end_char : last_end]) for reading in asked]
    behinds = [reading.restored + between + right for reading, between in zip(asked, betweens, strict=True)]
    # What all share at the end needs no words, but for those that reach into it.
    spare = max(len(common_beginning([(head + behind)[::-1] for behind in behinds])) - _CONTEXT, 0)
    marked = [
        _by_marks(reading, between + right, between + rest, unclosed, page)
        for reading, between in zip(asked, betweens, strict=True)
    ]
    tails, partials = [tail for tail, _ in marked], [partial for _, partial in marked]
    runnings = language.text_scores_behind(
        head if len(left) >= _CONTEXT else "\n" + head,
        [
            (reading.restored.translate(as_quoted) if closing else reading.restored) + tail[: len(tail) - spare]
            for reading, tail in zip(asked, tails, strict=True)
        ],
    )
    partials = [partial + _RUNNING_WEIGHT * running for partial, running in zip(partials, runnings, strict=True)]
    most = max(partials)
    hopeless = sum(math.exp(partial - most) for partial in partials if partial < most - _HOPELESS)
    kept = [index for index, partial in enumerate(partials) if partial >= most - _HOPELESS]
    if len(kept) == 1:
        return Considered(left, last_end, rest, [(partials[kept[0]], asked[kept[0]], tails[kept[0]])], hopeless)
    spoken_of = _spoken_of(page.text, at, last_end) if _tells_persons(asked) else {}
    words = word_scores(head, [behinds[index][: len(behinds[index]) - spare] for index in kept])
    scored = []
    for index, word_score in zip(kept, words, strict=True):
        reading, tail = asked[index], tails[index]
        score = partials[index] + _WORD_WEIGHT * word_score
        score += _LONG_WORD_WEIGHT * longest_shared(left, reading.restored, tail)
        if spoken_of:
            score += _PERSON_WEIGHT * sum(spoken_of.get(character, 0.0) for character in reading.restored)
        score += _PRESENCE_WEIGHT * sum(math.log1p(language.count(each)) for each in _half_lost(reading))
        near = head + reading.restored + tail[:2]
        score -= _MISQUOTED * _misuse(near)
        score -= _NO_SUCH_MARKS * len(_MARKS_IN_A_ROW.findall(near))
        score -= _STUNTED * len(_SHORT_SENTENCE.findall(head[-3:] + reading.restored + tail[:3]))
        scored.append((score, reading, tail))
    return Considered(left, last_end, rest, scored, hopeless)


def _by_marks(reading: Reading, tail: str, line: str, unclosed: dict[str, bool], page: Page) -> tuple[str, float]:
    """What follows ``reading``, and the nats that gain, quotation marks and brackets up to the end of ``line`` give
    it."""
    unexplained = False
    if reading.is_open:
        if page.swallowed.is_line_end(reading.restored[-1:], reading.end_char):
            tail, line = "\n" + tail, ""
        unexplained = page.swallowed.is_unexplained(reading.restored[-1:], reading.end_char)
    faults = bracket_faults(unclosed, reading.restored, line)
    return tail, GAIN_WEIGHT * reading.gain - faults - _UNEXPLAINED * unexplained


def _as_likely_as_quotation(candidate: Candidate, as_quoted: dict[int, str], language: Language) -> Candidate:
    """``candidate`` with closing brackets no less likely than quotation marks: rare as they are, one is waited for."""
    gain, head, state = candidate
    restored = head + state.restored
    quoted = restored.translate(as_quoted)
    if quoted == restored:
        return candidate
    more = language.score_text(quoted + "\n") - language.score_text(restored + "\n")
    return gain + max(more, 0.0), head, state


def _half_lost(reading: Reading) -> str:
    """The Chinese characters at the ends of a run, of which one byte was lost."""
    restored = reading.restored
    ends = restored[:1] + (restored[-1:] if reading.is_open and len(restored) > 1 else "")
    return "".join(character for character in ends if FIRST_HAN <= character <= LAST_HAN)


def _tells_persons(asked: Sequence[Reading]) -> bool:
    return any("他" in reading.restored or "她" in reading.restored for reading in asked)


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
    if _CLOSED_SENTENCE.search(text) is None:
        return 0
    return len(_UNLIKELY_QUOTE.findall(text)) + len(_UNLIKELY_NEXT.findall(text)) + len(_QUOTED_WORD.findall(text))


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


def is_clear(share: float, weighed: Sequence[tuple[float, Reading]]) -> bool:
    """Whether ``share`` of all likelihood is enough; else what the likely readings disagree on is marked as lost."""
    if share < _LEAST_SHARE:
        return False
    if share >= _LEAST_SHARE_OF_PRONOUNS:
        return True
    return len({frozenset(PRONOUNS.intersection(reading.restored)) for _, reading in weighed[:2]}) < 2
