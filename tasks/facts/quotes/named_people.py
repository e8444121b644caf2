"""Who is named where, for those who look for speakers: who acts in a clause, holds a post, or is meant by 他."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from tasks.facts.quotes.partners import partner_of
from tasks.facts.quotes.speech_patterns import (
    AGED,
    BARE_POST,
    BROUGHT_IN,
    EXCEPT,
    OLD,
    OWNED,
    SPOKEN_OF,
    TO_CLAUSE,
    TOWARDS,
    end_of,
)
from tasks.facts.text.paragraphs import paragraph_start
from tasks.lexicon.posts import post_ending_at
from tasks.records import PersonMention

# Characters of a sentence that are looked at before or behind a quote. The longest sentence of a report with a speaker
# in it has some 300; a run of opening marks without a stop would be read again from its beginning at each of them.
LONGEST_SENTENCE = 600
# Among how many names before a pronoun one is sought that is no owner's (周敏的女儿); the second nearly always is.
_NAMES_BEHIND = 50

Speaker = tuple[str | None, str | None]  # name and role, both None where nobody is named


class NamedPeople:
    """The people of one text in order."""

    def __init__(self, people: Sequence[PersonMention], text: str) -> None:
        self.text = text
        self.people = people
        self.starts = [person.start_char for person in people]
        self.holders: dict[str, list[PersonMention]] = {}  # who holds a post, as far as it was asked

    def _persons(self, start: int, end: int) -> list[PersonMention]:
        return list(self.people[bisect_left(self.starts, start) : bisect_left(self.starts, end)])

    def _people_between(self, start: int, end: int) -> bool:
        return bisect_left(self.starts, start) < bisect_left(self.starts, end)

    def _subject(self, start: int, end: int) -> PersonMention | None:
        """The person who acts in ``start:end``: the first eligible one of the last clause that has any."""
        eligible = [
            person
            for person in self._persons(start, end)
            if not TOWARDS.search(self.text, max(start, person.start_char - 2), person.start_char)
            and not EXCEPT.search(self.text, max(start, person.start_char - 16), person.start_char)
            and not OWNED.match(self.text, person.end_char)
            and not self._is_object(start, person)
        ]
        if not eligible:
            return None
        chosen = eligible[-1]
        for person in reversed(eligible[:-1]):
            between = self.text[person.end_char : chosen.start_char]
            if "，" in between or "。" in between or "；" in between:
                break
            chosen = person
        return chosen

    def _is_object(self, start: int, person: PersonMention) -> bool:
        """Whether a preposition governs the phrase the name ends (对社区书记王强说)."""
        clause = end_of(TO_CLAUSE, self.text, start, person.start_char)
        post = post_ending_at(self.text, person.start_char, max(clause, start))
        return post is not None and bool(TOWARDS.search(self.text, max(start, post - 3), post))

    def _holder(self, start: int, end: int, reach: int) -> PersonMention | None:
        """The person told by post alone at the beginning of a clause (老支书拍拍桌子): the last named holder of it."""
        for match in BARE_POST.finditer(self.text, start, min(end, start + reach)):
            holders = self._holders_of(match.group("post"))
            index = bisect_left(holders, start, key=attrgetter("start_char"))
            if index:
                return holders[index - 1]
        return None

    def _holders_of(self, post: str) -> list[PersonMention]:
        holders = self.holders.get(post)
        if holders is None:
            holders = [person for person in self.people if person.role is not None and person.role.endswith(post)]
            self.holders[post] = holders
        return holders

    def _meant_by(self, pronoun: str, open_at: int, close_at: int) -> Speaker:
        """Whom ``pronoun`` behind the quote at ``open_at:close_at`` means; nobody where 这位书记 was brought in unnamed.

        “他挽着裤腿。”她说: he who is spoken of, and named last, does not speak.
        """
        if pronoun.startswith("这位"):
            at = self.text.rfind(pronoun[2:], 0, open_at)
            unnamed = at >= 0 and BROUGHT_IN.search(self.text, max(0, at - 12), at) is not None
            if unnamed and not self._people_between(at, open_at):
                return None, pronoun[2:]
        other = {"他": "她", "她": "他"}.get(pronoun)
        if other is not None and SPOKEN_OF[other].search(self.text, open_at, close_at) is not None:
            before = self._persons(max(0, open_at - LONGEST_SENTENCE), open_at)
            others = [who for who in before if who.name != before[-1].name]
            if others and pronoun in self.text[others[-1].end_char : before[-1].start_char]:
                return others[-1].name, others[-1].role
        return self._last_person(open_at, is_old=pronoun in OLD)

    def _is_owner(self, person: PersonMention) -> bool:
        """Whether a name only tells whose kinsman or thing is meant: 周敏|的女儿, 小刚|奶奶."""
        return self.text.startswith("的", person.end_char) or OWNED.match(self.text, person.end_char) is not None

    def _last_person(self, before: int, *, is_old: bool = False) -> Speaker:
        """Whom a pronoun before ``before`` means: who was named last, of those said to be old where it says 老人."""
        paragraph = paragraph_start(self.text, max(0, before))
        earlier = paragraph_start(self.text, max(0, paragraph - 1))
        end = bisect_left(self.starts, before)
        if is_old:
            for who in reversed(self.people[max(0, end - _NAMES_BEHIND) : end]):
                if AGED.search(self.text, who.start_char - 8, who.end_char + 8):
                    return who.name, who.role
        for floor in (paragraph, earlier, 0):
            first = max(bisect_left(self.starts, floor), end - _NAMES_BEHIND)
            if first < end:
                near = self.people[first:end]
                who = next((p for p in reversed(near) if not self._is_owner(p)), near[-1])
                if OWNED.match(self.text, who.end_char) and self.text[who.end_char] != "的":
                    return None, None  # 小刚|奶奶 alone is near
                who = partner_of(self.text, near, who)
                return who.name, who.role
        return None, None
