"""Texts read one byte off: the inverse of find-and-replace on GBK bytes that ignored character boundaries.

A cut at the bytes of ！ inside ``。”`` (A1[A3 A1]B1) leaves ``?！`` and reads what follows one byte off, until an ASCII
byte, a euro sign, another broken character or the end of the piece brings it back in step. A pinyin annotation put
inside two characters does the same. The search walks along the damaged characters, keeps the byte that still waits
for its partner, tries every byte a mark can stand for, and lets the language model choose; nothing is accepted that
would not look exactly as the page does when the damage is done to it again.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from operator import add
from typing import NamedTuple

from tasks.repair.alternatives import ending_in
from tasks.repair.echoes import Echoes
from tasks.repair.gbk import pairs_by_character
from tasks.repair.language import Language, commonness, plain_language
from tasks.repair.literals import Literal
from tasks.repair.marks import closing_marks, unclosed_in
from tasks.repair.mirrors import ANNOTATION, BROKEN_ANNOTATION, HEADLESS_ANNOTATION, Mirror, before_annotation
from tasks.repair.neighbourhood import Page
from tasks.repair.proofs import Proof
from tasks.repair.readings import READING, characters_by_reading
from tasks.repair.repaired import LOST_MARK, Edit
from tasks.repair.runs import Run, line_before
from tasks.repair.swallowed import Swallowed
from tasks.repair.triggers import LIKELY_NEXT, LOUD, MARKED_CUT, ON_MIRROR, OUT_OF_STEP, POSSIBLE, UNREAD, VISIBLE
from tasks.repair.verdicts import Reading, mark_doubtful, needed_share, weigh
from tasks.repair.votes import torn_alike, voted
from tasks.repair.walks import CUT_MARKS, TRACELESS, State, Walk
from tasks.repair.words import completing, pairs_completing

_LONGEST_RUN = 400  # characters; the 90th percentile is 14
_BEAM = 8  # ways to read a run that are followed at once
_ENDS = 24  # ways to end a run that are weighed
_GUESSED_ENDS = 10  # the same where no byte of the run survives
_HEADS = 12  # characters that the lost byte before a mark can have ended
_HOPELESS = 25.0  # nats by which a reading may fall behind the damaged text before the search gives up
_FAR_BEHIND = 20.0  # nats by which a reading may be behind the best and still be weighed
_UNLIKELY = -8.5  # nats a character; running news text has -5 to -6
_UNLIKELY_ELSEWHERE = -11.7  # … on a page that shows no other damage; characters out of step have -12 to -15
_LEAST_GAIN = 5.0  # nats a restored run must gain over the damaged one on a mirror's page …
_LEAST_GAIN_ELSEWHERE = 16.0  # … on a page that shows no other damage …
_LEAST_GAIN_OF_GUESSES = -4.0  # … and where every byte is lost: all that counts is that the marks make no sense
_OVERRATED = 6.0  # shares are right on the whole, but a confidence of .9 is to be wrong once in a thousand runs
_LONG_RUN = 3  # characters read out of step; fewer before a broken reading may as well be that reading's own run
_MARKED_READING = re.compile(rf"\?\(?{READING}\)")
_HAN = re.compile("[\u4e00-\u9fff]")
_UNREAD = 0.05  # confidence in a mark for a run nobody looked into
_CERTAIN = 0.9  # confidence from which a run is read as a witness for others
_HARDLY_KNOWN = 30  # of the word list's 10^8 characters
_UNKNOWN_READING = -3.0  # a false character that the page annotates nowhere else
# Steps of the search a page may cost: a mirror's takes one in ten characters, what takes more is made of marks.
_LEAST_BUDGET, _MOST_BUDGET = 5_000, 200_000
# Runs that are looked into, one or two milliseconds each; a mirror's page has one in 300 characters.
_MOST_RUNS, _LEAST_MOST_RUNS, _CHARACTERS_PER_RUN = 1_000, 100, 40
_LONGEST_STUDIED = 1_000_000  # characters whose pairs are counted
_PROOFS = 6  # readings tried before a run is given up


class _Start(NamedTuple):
    """Where a run can begin: behind a mark, with ``heads`` for the character that lost its second byte."""

    state: State
    heads: tuple[tuple[float, str], ...]  # log-probability behind what stands before, and the character
    is_traceless: bool = False


class Search:
    """Finds the damaged runs of one page. ``drops_tags``: what is left of a broken tag goes, else it is made whole."""

    def __init__(self, text: str, mirror: Mirror, *, drops_tags: bool) -> None:
        self.text = text
        self.mirror = mirror
        self.drops_tags = drops_tags
        self.is_damaged = mirror.is_certain
        self._plain = plain_language()
        self._language = self._plain
        self._pairs = pairs_by_character()
        self._marks_losses = self._marks_cuts = False
        self._proof = Proof(text, mirror, drops_tags=drops_tags)

    def runs(self) -> list[Run]:
        """All damaged runs in order, none overlapping."""
        if not self.is_damaged and POSSIBLE.search(self.text) is None:
            return []
        found = self._pass()
        if found and not self.is_damaged:
            self.is_damaged = True
            found = self._pass()
        return found

    def _pass(self) -> list[Run]:
        if self.is_damaged:
            self._language = Language(ANNOTATION.sub("", self.text[:_LONGEST_STUDIED]))
        self._marks_losses = self.is_damaged and _MARKED_READING.search(self.text) is not None
        # A mirror that marks the byte lost at a cut does so at every cut.
        self._marks_cuts = self.is_damaged and len(MARKED_CUT.findall(self.text)) >= 2
        self._budget = min(_LEAST_BUDGET + len(self.text), _MOST_BUDGET)
        self._swallowed = Swallowed(self.text)
        self._page = Page(self.text, Echoes(self.text, self._plain), self._swallowed)
        self._doubts: dict[int, list[Reading]] = {}  # what a run can be, by its start
        self._weighed: dict[int, list[tuple[float, Reading]]] = {}  # and how likely that is
        self._heads: dict[int, tuple[list[str], list[float]]] = {}  # by the byte that survives
        self._walk = Walk(
            self.text,
            self.mirror,
            self._language,
            drops_tags=self.drops_tags,
            takes_nothing_along=self._swallowed.keeps_all,
            drops_at_cuts=self.is_damaged and not self._marks_cuts,
        )
        found: list[Run] = []
        position = 0
        runs_left = min(_MOST_RUNS, _LEAST_MOST_RUNS + len(self.text) // _CHARACTERS_PER_RUN)
        for at in self._triggers():
            if at < position or not self._looks_damaged(at):
                continue
            runs_left -= 1
            if self._budget < 0 or runs_left < 0:
                return self._reconsidered(found) + self._unread(at)
            run = self._run_at(at, line_before(self.text, at, found))
            if run is not None:
                found.append(run)
                position = run.end_char
        return self._reconsidered(found)

    def _unread(self, start: int) -> list[Run]:
        """The runs from ``start`` on, marked as lost: a page made of damage does not get more than its share of time."""
        if not self.is_damaged:
            return []
        return [Run(match.start(), match.end(), LOST_MARK, _UNREAD) for match in UNREAD.finditer(self.text, start)]

    def _reconsidered(self, found: list[Run]) -> list[Run]:
        """Doubtful runs once more, now that the page has been read to its end: other runs may hold the same words."""
        certain = [run for run in found if run.confidence >= _CERTAIN]
        if not certain or len(certain) == len(found):
            return found
        pieces: list[str] = []
        position = 0
        for run in certain:
            pieces += (self.text[position : run.start_char], run.restored)
            position = run.end_char
        echoes = Echoes("".join(pieces) + self.text[position:], self._plain)
        # What is doubtful is still the best guess at which marks open and close.
        known = [(run.start_char, run.end_char, run.restored) for run in found]
        self._page = Page(self.text, echoes, self._swallowed, known)
        kept: list[Run] = []
        for index, run in enumerate(found):
            better = run
            if run.confidence < _CERTAIN and self._budget >= 0:
                left = line_before(self.text, run.start_char, kept)
                again = self._choose(run.start_char, left, self._doubts[run.start_char])
                limit = found[index + 1].start_char if index + 1 < len(found) else len(self.text)
                if again is not None and again.end_char <= limit and again.confidence > run.confidence:
                    better = again
            kept.append(better)
        return self._agreed(kept)

    def _agreed(self, found: list[Run]) -> list[Run]:
        """Doubtful runs that are torn the same way behind the same words settle together what they were."""
        agreed = found.copy()
        for index, others in torn_alike(self.text, found, self._weighed):
            run = found[index]
            if run.confidence < _CERTAIN:
                weighed = voted(self._weighed[run.start_char], [self._weighed[other.start_char] for other in others])
                left = line_before(self.text, run.start_char, agreed[:index])
                again = self._settled(run.start_char, left, weighed)
                if again is not None and again.end_char == run.end_char:
                    agreed[index] = again
        return agreed

    def _triggers(self) -> Iterator[int]:
        if self.is_damaged:
            # Marks may have gone later, beside ！ and ？; in the midst of text they are not taken for punctuation.
            some_losses = LOUD if self._marks_losses else ON_MIRROR
            trigger = VISIBLE if self._marks_cuts else some_losses
            yield from (match.start() for match in trigger.finditer(self.text))
        else:
            for match in POSSIBLE.finditer(self.text):
                if LIKELY_NEXT.match(self.text, match.end()):
                    yield match.start()

    def _looks_damaged(self, at: int) -> bool:
        """Cheap doubts first: a mark that lost its byte without a trace is followed by unlikely Chinese."""
        text = self.text
        if text.startswith("????", at):  # somebody wonders, or a text was saved in a charset that has no Chinese
            return False
        if text[at] not in CUT_MARKS or (text[at] == "?" and text[at + 1 : at + 2] in CUT_MARKS):
            return True
        if BROKEN_ANNOTATION.match(text, at):
            return True
        following = text[at + 1 : at + 4]
        if "?" in following[:2] and self.is_damaged:  # no sentence goes on so: what was read out of step ends here
            return True
        if len(following) < 2 or OUT_OF_STEP.search(following):
            return True
        unlikely = _UNLIKELY if self.is_damaged else _UNLIKELY_ELSEWHERE
        return self._plain.score_text(following) < unlikely * (len(following) - 1)

    def _starts(self, at: int, before: str, *, is_traceless: bool) -> Iterator[_Start]:
        text = self.text
        character = text[at]
        headless = BROKEN_ANNOTATION.match(text, at) or HEADLESS_ANNOTATION.match(text, at)
        if headless is not None:
            if is_traceless == (character != "?"):
                end = before_annotation(text, at)
                last = text[end - 1] if end else "\n"
                yield from self._annotated_inside(last, headless.group(1), headless.end(), is_traceless)
            return
        if not is_traceless and character != "?":
            return
        at += not is_traceless
        mark = CUT_MARKS.get(text[at : at + 1])
        if mark is not None:
            yield self._cut(before, mark, at + 1, is_traceless=is_traceless)

    def _possible_starts(self, at: int, before: str, readings: list[Reading]) -> Iterator[_Start]:
        yield from self._starts(at, before, is_traceless=False)
        if not readings:  # a mark for the lost byte explains all
            yield from self._starts(at, before, is_traceless=True)

    def _cut(self, before: str, mark: int, position: int, *, is_traceless: bool) -> _Start:
        """The byte before the mark is lost: its character is one of those that end in the mark's first byte."""
        prior = TRACELESS if is_traceless else 0.0
        trail = mark >> 8
        if trail not in self._heads:
            characters = [each for each in ending_in(trail) if each not in self.mirror.pinyin_of]
            self._heads[trail] = characters, [self._walk.presence(each) for each in characters]
        characters, presences = self._heads[trail]
        scores = self._language.scores_behind(before, characters)
        if prior:
            scores = [score + prior for score in scores]
        heads = tuple(zip(map(add, scores, presences), characters, strict=True))
        return _Start(State(position, mark & 0xFF, "", 0.0), heads, is_traceless)

    def _annotated_inside(self, before: str, reading: str, position: int, is_traceless: bool) -> Iterator[_Start]:
        """The reading belongs to a false character: the trail of ``before`` and the byte that broke."""
        pair = self._pairs.get(before)
        if pair is None:
            return
        for character in sorted(characters_by_reading().get(reading, ())):
            false_pair = self._pairs[character]
            if false_pair >> 8 == pair & 0xFF:
                score = 0.0 if self.mirror.pinyin_of.get(character) == reading else _UNKNOWN_READING
                yield _Start(State(position, false_pair & 0xFF, "", 0.0), ((score, ""),), is_traceless)

    def _run_at(self, at: int, left: str) -> Run | None:
        before = left[-1:] or "\n"
        literal = Literal(self.text, at, before, self._plain)
        readings: list[Reading] = []
        best = -math.inf
        for start in self._possible_starts(at, before, readings):
            ended = self._closed(self._ended(start, literal), literal)
            if len(start.heads) == 1:  # what stands before is known: it tells which ends are worth a look
                score = self._language.score
                ended = [(base + score(before, (state.restored or before)[0]), state) for base, state in ended]
            # A rare word is likelier than its rare characters one by one.
            worded = completing(left, (head for _, head in start.heads)) if self.is_damaged else set()
            ended.sort(key=lambda pair: (-pair[0], pair[1].position, pair[1].restored))
            heads: dict[str, list[tuple[float, str]]] = {}
            most = _ENDS if ended and ended[0][1].shifted_count else _GUESSED_ENDS
            worth = ended[:most]
            if len(ended) > most:  # a closing mark is often likely only with the full stop before it
                closing = closing_marks(unclosed_in(left))
                worth += [each for each in ended[most:] if each[1].restored in closing]
            for base, state in worth:
                first = state.restored[:1] or self.text[state.position : state.position + 1] or "\n"
                if first not in heads:
                    heads[first] = self._heads_before(first, start, worded)
                # A reading that the page's own table has needs no other proof that something was torn here.
                needed = self._needed(0 if start.heads == ((0.0, ""),) else state.shifted_count)
                best = max(best, base + heads[first][0][0])
                needed = max(needed, best - _FAR_BEHIND)
                if (
                    start.is_traceless
                    and self._marks_losses
                    and state.shifted_count < _LONG_RUN
                    and self._is_other_run(at, state.position)
                ):
                    continue
                readings += [
                    Reading(state.position, head + state.restored, base + score, state.is_open, state.shifted_count)
                    for score, head in heads[first]
                    if base + score >= needed
                ]
            if self.is_damaged and ended and not ended[0][1].shifted_count and len(start.heads) > 1:
                # One reading can be come by in two ways; counted twice, it would share its likelihood with itself.
                known = {(each.end_char, each.restored) for each in readings}
                readings += [
                    each for each in self._worded(start, left, ended) if (each.end_char, each.restored) not in known
                ]
        return self._choose(at, left, readings) if readings else None

    def _is_other_run(self, at: int, end: int) -> bool:
        """Whether a broken reading before ``end`` has a run of its own, and a better one than that from ``at`` on."""
        broken = BROKEN_ANNOTATION.search(self.text, at, end)
        return broken is not None and commonness(self.text[broken.start() - 1]) >= _HARDLY_KNOWN

    def _worded(self, start: _Start, left: str, ended: list[tuple[float, State]]) -> list[Reading]:
        """Where both characters of a pair are half lost: the pairs that complete a word with what stands before."""
        found = []
        guessed = {state.restored: (base, state) for base, state in ended if len(state.restored) == 1}
        priors = {head: prior for prior, head in start.heads}
        for head, character in pairs_completing(left, priors, guessed):
            base, state = guessed[character]
            gain = base + priors[head] + self._language.score(head, character)
            if gain >= self._needed(0):
                found.append(Reading(state.position, head + character, gain, state.is_open, 0))
        found.sort(key=lambda reading: (-reading.gain, reading.restored))
        return found[:_HEADS]

    def _heads_before(self, first: str, start: _Start, worded: set[str]) -> list[tuple[float, str]]:
        """The likeliest heads of a run that goes on with ``first``."""
        if len(start.heads) == 1:
            return [(start.heads[0][0], start.heads[0][1])]
        scores = self._language.scores_before([head for _, head in start.heads], first)
        scored = [(prior + score, head) for (prior, head), score in zip(start.heads, scores, strict=True)]
        scored.sort(reverse=True)
        return scored[:_HEADS] + [pair for pair in scored[_HEADS:] if pair[1] in worded]

    def _closed(self, ended: list[State], literal: Literal) -> list[tuple[float, State]]:
        """What each state gains over the damaged text, its first character left out, what follows it taken in."""
        score = self._language.score
        at: dict[int, tuple[str, float]] = {}
        closed = []
        for state in ended:
            if state.position not in at:
                following = self.text[state.position : state.position + 2] or "\n"
                gain = self._language.score_text(following) - literal.until(state.position + len(following))
                at[state.position] = following[0], gain
            right, gain = at[state.position]
            if state.is_open and self._swallowed.is_line_end(state.restored[-1:], state.position):
                gain += score("\n", right)
                right = "\n"
            closed.append((state.score + gain + (score(state.restored[-1], right) if state.restored else 0.0), state))
        return closed

    def _ended(self, start: _Start, literal: Literal) -> list[State]:  # every way to where the text is in step again
        ended: list[State] = []
        beam = [start.state]
        best_head = max((score for score, _ in start.heads), default=0.0)
        for _ in range(_LONGEST_RUN):
            following = []
            for state in beam:
                for successor in self._walk.steps(state, start.is_traceless):
                    self._budget -= 1
                    if successor.pending == 0:
                        ended.append(successor)
                    elif best_head + successor.score - literal.until(successor.position) > -_HOPELESS:
                        following.append(successor)
            if not following or self._budget < 0:
                break
            following.sort(key=lambda state: (-state.score, state.restored))
            beam = following[:_BEAM]
        return ended

    def _needed(self, shifted_count: int) -> float:
        if not self.is_damaged:
            return _LEAST_GAIN_ELSEWHERE if shifted_count >= 2 else math.inf
        return _LEAST_GAIN if shifted_count else _LEAST_GAIN_OF_GUESSES

    def _choose(self, at: int, left: str, readings: list[Reading]) -> Run | None:
        weighed = weigh(readings, at, left, self._page, self._language)
        self._doubts[at] = readings
        self._weighed[at] = weighed
        return self._settled(at, left, weighed)

    def _settled(self, at: int, left: str, weighed: list[tuple[float, Reading]]) -> Run | None:
        """The best reading that the proof holds for, with a mark for what is too doubtful."""
        for share, reading in weighed[:_PROOFS]:
            if self._proof.holds(at, reading):
                restored = reading.restored if share >= needed_share(weighed) else mark_doubtful(reading, weighed)
                swallowed, is_certain = "", True
                if reading.is_open:
                    swallowed, is_certain = self._swallowed.behind(left + restored, reading.end_char)
                # A line end or a digit that went down is inferred, not read.
                most = 0.999 if is_certain else 0.85
                if any(commonness(each) < _HARDLY_KNOWN for each in _HAN.findall(reading.restored)):
                    most = 0.5  # nothing better was found, which need not be right
                confidence = min(max(1 - _OVERRATED * (1 - share), share / 2), most)
                return Run(at, reading.end_char, restored + swallowed, round(confidence, 3))
        return None


def byte_shift_edits(search: Search) -> list[Edit]:
    """One edit for each damaged run of the page; kind ``lost`` where a character of it could not be restored."""
    return [
        Edit(
            run.start_char,
            run.end_char,
            run.restored,
            "lost" if LOST_MARK in run.restored else "byte_shift",
            run.confidence,
        )
        for run in search.runs()
    ]
