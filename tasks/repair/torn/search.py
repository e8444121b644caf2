"""Texts read one byte off: the inverse of find-and-replace on GBK bytes that ignored character boundaries.

A cut at the bytes of ！ inside ``。”`` (A1[A3 A1]B1) leaves ``?！`` and reads what follows one byte off, until an ASCII
byte, a euro sign, another broken character or the end of the piece brings it back in step. A pinyin annotation put
inside two characters does the same. The search walks along the damaged characters, keeps the byte that still waits
for its partner, tries every byte a mark can stand for, and lets the language model choose; nothing is accepted that
would not look exactly as the page does when the damage is done to it again.
"""

from __future__ import annotations

import math
from operator import add

from tasks.lexicon.characters import pattern_of
from tasks.repair.language.pairs import Language, commonness, plain_language
from tasks.repair.language.word_costs import completing, pairs_completing
from tasks.repair.repaired import LOST_MARK, Edit
from tasks.repair.torn.echoes import Echoes
from tasks.repair.torn.literals import Literal
from tasks.repair.torn.losses import Losses
from tasks.repair.torn.mirrors import ANNOTATION, BROKEN_ANNOTATION, Mirror
from tasks.repair.torn.neighbourhood import Page, clean
from tasks.repair.torn.open_marks import closing_marks, unclosed_in
from tasks.repair.torn.proofs import Proof
from tasks.repair.torn.starts import NO_HEAD, Start, Starts
from tasks.repair.torn.swallowed import Swallowed
from tasks.repair.torn.torn_runs import Run, line_before
from tasks.repair.torn.triggers import POSSIBLE, UNREAD
from tasks.repair.torn.verdicts import (
    GAIN_WEIGHT,
    Candidate,
    Considered,
    Reading,
    consider,
    is_clear,
    mark_doubtful,
    weigh,
)
from tasks.repair.torn.votes import torn_alike, voted
from tasks.repair.torn.walks import State, Walk
from tasks.repair.writing.script import counts_traditional, is_traditional

# For time alone: characters of a run; a longer one is not looked into. The 90th percentile is 14.
_LONGEST_RUN = 400
_BEAM = 8  # ways to read a run that are followed at once
_ENDS = 24  # ways to end a run that are weighed
_GUESSED_ENDS = 10  # the same where no byte of the run survives
_HEADS = 12  # characters that the lost byte before a mark can have ended
# For time alone: nats by which a reading may fall behind the damaged text before the search gives it up; with half or
# twice as many none of 2,500 torn pages was read otherwise.
_HOPELESS = 25.0
_FAR_BEHIND = 20.0  # nats by which a reading may be behind the best and still be weighed
_LEAST_GAIN = 5.0  # nats a restored run must gain over the damaged one on a mirror's page …
_LEAST_GAIN_ELSEWHERE = 16.0  # … on a page that shows no other damage …
_LEAST_GAIN_OF_GUESSES = -4.0  # … and where every byte is lost: all that counts is that the marks make no sense
_LEAST_GAIN_UNSEEN = 8.0  # … where no mark shows that there was anything to lose
_OVERRATED = 6.0  # shares are right on the whole, but a confidence of .9 is to be wrong once in a thousand runs
_GAP_LEAD = 2.0  # nats by which a reading with a gap must be ahead of all without one to be weighed at all
# Times the likelihood of an unseen gap: with it 9 of 10 false readings fall below .9, and a third of the right ones.
_DOUBTED = 2.0
_UNSEEN_GAP = 0.05  # of confidence, where characters may be gone from a run without a trace
_HAN = pattern_of("[[:han:]]")
_UNREAD = 0.05  # confidence in a mark for a run nobody looked into
_CERTAIN = 0.9  # confidence from which a run is read as a witness for others
_HARDLY_KNOWN = 30  # of the word list's 10^8 characters
# Steps of the search a page may cost: a mirror's takes one in ten characters, what takes more is made of marks.
_LEAST_BUDGET, _MOST_BUDGET = 5_000, 200_000
# Runs that are looked into, one or two milliseconds each; a mirror's page has one in 300 characters.
_MOST_RUNS, _LEAST_MOST_RUNS, _CHARACTERS_PER_RUN = 1_000, 100, 40
# For time alone: characters whose pairs are counted.
_LONGEST_STUDIED = 1_000_000
# For time alone: readings that are tried before a run is given up; the fourth was needed once in 2,500 torn pages.
_PROOFS = 6


class Search:
    """Finds the damaged runs of one page. ``drops_tags``: what is left of a broken tag goes, else it is made whole."""

    def __init__(self, text: str, mirror: Mirror, *, drops_tags: bool) -> None:
        self.text = text
        self.mirror = mirror
        self.drops_tags = drops_tags
        self.is_damaged = mirror.is_certain
        self._plain = plain_language()
        self._language = self._plain
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
        self._losses = losses = Losses(self.text, self.mirror, is_damaged=self.is_damaged)
        self._budget = min(_LEAST_BUDGET + len(self.text), _MOST_BUDGET)
        self._swallowed = Swallowed(self.text)
        echoes = Echoes(self.text, self._plain, self._language.holds if self.is_damaged else None)
        self._page = Page(self.text, echoes, self._swallowed)
        self._gap_doubts: dict[int, float] = {}  # how likely a run is to have a gap that nobody sees, by its start
        self._doubts: dict[int, list[Candidate]] = {}  # what a run can be, by its start
        self._considered: dict[int, Considered] = {}  # what speaks for it
        self._weighed: dict[int, list[tuple[float, Reading]]] = {}  # and how likely that is
        self._walk = Walk(
            self.text,
            self.mirror,
            self._language,
            drops_tags=self.drops_tags,
            is_traditional=(  # a page that has been counted need not be read again
                counts_traditional(self._language.counts) if self.is_damaged else is_traditional(self.text)
            ),
            takes_nothing_along=self._swallowed.keeps_all,
            drops_at_cuts=losses.drops_at_cuts,
            is_silent=losses.is_silent,
            lack_of_private_use=self._swallowed.lack_of_private_use,
        )
        self._starts = Starts(self.text, self.mirror, self._language, self._walk)
        found: list[Run] = []
        position = 0
        runs_left = min(_MOST_RUNS, _LEAST_MOST_RUNS + len(self.text) // _CHARACTERS_PER_RUN)
        for at in losses.triggers():
            if at < position or not losses.is_likely_at(at):
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
        """The runs from ``start`` on, marked as lost: a page made of damage does not get more than its share of
        time."""
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

    def _run_at(self, at: int, left: str) -> Run | None:
        before = left[-1:] or "\n"
        literal = Literal(self.text, at, before, self._plain)
        candidates: list[Candidate] = []
        best = -math.inf
        for start in self._starts.possible(at, before, candidates):
            ended = self._closed(self._ended(start, literal), literal)
            if start.heads is NO_HEAD:  # what stands before is known: it tells which ends are worth a look
                score = self._language.score
                ended = [(base + score(before, (state.restored or before)[0]), state) for base, state in ended]
            # A rare word is likelier than its rare characters one by one.
            worded = completing(left, start.heads.characters) if self.is_damaged else set()
            heads: dict[str, list[tuple[float, str]]] = {}
            is_known = start.heads is NO_HEAD and start.priors == (0.0,)
            ended, worth = self._worth_a_look(ended, left)
            for base, state in worth:
                first = state.restored[:1] or self.text[state.position : state.position + 1] or "\n"
                if first not in heads:
                    heads[first] = self._heads_before(first, start, worded)
                # A reading that the page's own table has needs no other proof that something was torn here.
                needed = self._needed(0 if is_known else state.shifted_count)
                if self._losses.is_silent and not state.shifted_count and self.text[at + 1 : at + 2] not in "\n":
                    needed = _LEAST_GAIN_UNSEEN
                best = max(best, base + heads[first][0][0])
                needed = max(needed, best - _FAR_BEHIND)
                candidates += [(base + score, head, state) for score, head in heads[first] if base + score >= needed]
            if self.is_damaged and ended and not ended[0][1].shifted_count and start.heads is not NO_HEAD:
                # One reading can be come by in two ways; counted twice, it would share its likelihood with itself.
                known = {(state.position, head + state.restored) for _, head, state in candidates}
                candidates += [
                    (gain, head, state)
                    for gain, head, state in self._worded(start, left, ended)
                    if (state.position, head + state.restored) not in known
                ]
        candidates, self._gap_doubts[at] = _with_likely_gaps(candidates)
        run = self._choose(at, left, candidates) if candidates else None
        return None if run is not None and self._hides_another(run, left) else run

    def _worth_a_look(
        self, ended: list[tuple[float, State]], left: str
    ) -> tuple[list[tuple[float, State]], list[tuple[float, State]]]:
        """``ended``, best first, and those of it that are weighed behind ``left``."""
        ended, most = self._best_first(ended)
        worth = ended[:most]
        if len(ended) > most:  # a closing mark is often likely only with the full stop before it
            closing = closing_marks(unclosed_in(left))
            worth += [each for each in ended[most:] if each[1].restored in closing]
        return ended, worth

    @staticmethod
    def _best_first(ended: list[tuple[float, State]]) -> tuple[list[tuple[float, State]], int]:
        """``ended`` with those worth a look in front, best first, and how many these are at the most."""
        if not ended:
            return ended, 0
        scores = sorted([base for base, _ in ended], reverse=True)
        limit = scores[min(_ENDS, len(scores)) - 1]
        first = [pair for pair in ended if pair[0] >= limit]
        first.sort(key=lambda pair: (-pair[0], pair[1].position, pair[1].restored))
        rest = [pair for pair in ended if pair[0] < limit]
        return first + rest, _ENDS if first[0][1].shifted_count else _GUESSED_ENDS

    def _hides_another(self, run: Run, left: str) -> bool:
        """Whether ``run`` took a mark at its word for a cut only because a reading that broke further on needs a
        run."""
        text, at = self.text, run.start_char
        if text[at] == "?" or not self._losses.marks_readings:
            return False
        broken = BROKEN_ANNOTATION.search(text, at + 1, run.end_char)
        if broken is None:
            return False
        whole = text[at : broken.start()]
        other = self._run_at(broken.start(), left + whole)
        if other is None:
            return False
        end = max(run.end_char, other.end_char) + 2
        ours = left[-1:] + run.restored + clean(text[run.end_char : end])
        theirs = left[-1:] + whole + other.restored + clean(text[other.end_char : end])
        # The page itself holds what is out of step, so its own counts are not asked.
        return self._plain.score_text(theirs) > self._plain.score_text(ours) - _LEAST_GAIN

    def _worded(self, start: Start, left: str, ended: list[tuple[float, State]]) -> list[Candidate]:
        """Where both characters of a pair are half lost: the pairs that complete a word with what stands before."""
        found = []
        guessed = {state.restored: (base, state) for base, state in ended if len(state.restored) == 1}
        priors = dict(zip(start.heads.characters, start.priors, strict=True))
        for head, character in pairs_completing(left, priors, guessed):
            base, state = guessed[character]
            gain = base + priors[head] + self._language.score(head, character)
            if gain >= self._needed(0):
                found.append((gain, head, state))
        found.sort(key=lambda candidate: (-candidate[0], candidate[1], candidate[2].restored))
        return found[:_HEADS]

    def _heads_before(self, first: str, start: Start, worded: set[str]) -> list[tuple[float, str]]:
        """The likeliest heads of a run that goes on with ``first``."""
        if start.heads is NO_HEAD:
            return [(start.priors[0], "")]
        scores = list(map(add, start.priors, self._language.scores_before(start.heads, first)))
        limit = sorted(scores, reverse=True)[:_HEADS][-1]
        scored = [
            (score, head)
            for score, head in zip(scores, start.heads.characters, strict=True)
            if score >= limit or (worded and head in worded)
        ]
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

    def _ended(self, start: Start, literal: Literal) -> list[State]:  # every way to where the text is in step again
        ended: list[State] = []
        beam = [start.state]
        best_head = max(start.priors, default=0.0)
        lacks_private_use = self.is_damaged and self._swallowed.lack_of_private_use > 0
        for _ in range(_LONGEST_RUN):
            following: list[State] = []
            for state in beam:
                successors = self._walk.steps(state, start.is_traceless)
                if lacks_private_use and state.pending and len(following) < _BEAM:
                    successors = successors + self._walk.steps_over_gap(state)
                for successor in successors:
                    self._budget -= 1
                    if successor.pending == 0:
                        ended.append(successor)
                    elif best_head + successor.score - literal.until(successor.position) > -_HOPELESS:
                        following.append(successor)
            if not following or self._budget < 0:
                break
            if len(following) > _BEAM:
                following.sort(key=lambda state: (-state.score, state.restored))
            beam = following[:_BEAM]
        return ended

    def _needed(self, shifted_count: int) -> float:
        if not self.is_damaged:
            return _LEAST_GAIN_ELSEWHERE if shifted_count >= 2 else math.inf
        return _LEAST_GAIN if shifted_count else _LEAST_GAIN_OF_GUESSES

    def _choose(self, at: int, left: str, candidates: list[Candidate]) -> Run | None:
        considered = self._considered.get(at)
        if considered is None or not considered.still_holds(left, self._page):
            considered = self._considered[at] = consider(candidates, at, left, self._page, self._language)
            self._doubts[at] = candidates
        weighed = weigh(considered, self._page.echoes)
        self._weighed[at] = weighed
        return self._settled(at, left, weighed)

    def _settled(self, at: int, left: str, weighed: list[tuple[float, Reading]]) -> Run | None:
        """The best reading that the proof holds for, with a mark for what is too doubtful."""
        for share, reading in weighed[:_PROOFS]:
            if self._proof.holds(at, reading):
                restored = reading.restored if is_clear(share, weighed) else mark_doubtful(reading, weighed)
                swallowed, is_certain = "", True
                if reading.is_open:
                    swallowed, is_certain = self._swallowed.behind(left + restored, reading.end_char)
                # A line end or a digit that went down is inferred, not read.
                most = 0.999 if is_certain else 0.85
                if any(commonness(each) < _HARDLY_KNOWN for each in _HAN.findall(reading.restored)):
                    most = 0.5  # nothing better was found, which need not be right
                confidence = min(max(1 - _OVERRATED * (1 - share), share / 2), most)
                if len(restored) > 1:
                    confidence -= _UNSEEN_GAP * self._swallowed.lack_of_private_use
                    confidence = max(min(confidence, 1 - _DOUBTED * self._gap_doubts.get(at, 0.0)), share / 2)
                return Run(at, reading.end_char, restored + swallowed, round(confidence, 3))
        return None


def _with_likely_gaps(candidates: list[Candidate]) -> tuple[list[Candidate], float]:
    """``candidates`` without those that fill gaps nobody sees, but for what is plainly likelier than all that do not;
    and how likely (0 to 1) it is that one of those left out is right."""
    whole = max((gain for gain, _, state in candidates if not state.gone_count), default=-math.inf)
    kept = [each for each in candidates if not each[2].gone_count or each[0] >= whole + _GAP_LEAD]
    gaps = [gain for gain, _, state in candidates if state.gone_count and gain < whole + _GAP_LEAD]
    odds = math.exp(GAIN_WEIGHT * (max(gaps) - whole)) if gaps else 0.0
    return kept, odds / (1 + odds)


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
