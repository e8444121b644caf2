"""Who says what stands in quotation marks: named before, behind or in the midst, by pronoun, by post or by office."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.facts.quotes.marked_text import Marked, is_spoken_of
from tasks.facts.quotes.named_people import LONGEST_SENTENCE, NamedPeople, Speaker
from tasks.facts.quotes.offices import office_of, plain_role
from tasks.facts.quotes.speech_patterns import (
    CLAUSE_END,
    CLAUSE_OR_QUOTE,
    FIRST_PERSON,
    GENERIC_SUBJECT,
    IN_EYES,
    INTERRUPTED,
    INTERVIEWED,
    IS_WHAT_IS_SAID,
    LABEL,
    NO_SPEECH_BEFORE,
    OF_TALK,
    OLD,
    OWNED,
    PLURAL_OR_NEW,
    PRONOUN,
    PRONOUN_BETWEEN,
    PRONOUN_SAYS,
    QUOTE_ENDS,
    SAID_BY,
    SAME_ONE,
    SAYING,
    SENTENCE_OR_QUOTE,
    SOMEBODY,
    STOPS,
    TO_CLAUSE,
    TO_SENTENCE,
    TO_SENTENCE_OR_QUOTE,
    TOWARDS,
    end_of,
    ends_a_thought,
)
from tasks.facts.quotes.speech_verbs import SpeechVerbs
from tasks.facts.text.paragraphs import paragraph_start
from tasks.facts.text.reading import Reading
from tasks.lexicon.posts import post_ending_at
from tasks.lexicon.speech import SPEECH
from tasks.records import PersonMention

# Characters before an opening mark in which each sign of speech that ends there fits (在…看来，: 32).
_LONGEST_SIGN = 40
Last = tuple[int, str | None, str | None] | None  # where the quote before ended, and its speaker


class SpeakerFinder(NamedPeople):
    """Tells of what stands in marks whether it is speech, and whose."""

    def __init__(self, reading: Reading, people: Sequence[PersonMention], text: str) -> None:
        super().__init__(people, text)
        self.tagged = reading.words
        self.rule = ""  # how the last speaker was found
        self.verbs = SpeechVerbs(text, reading.words)

    def attribute(self, marked: Marked, paragraph: int, line_end: int, last: Last) -> Speaker | None:
        """Speaker and role of a quote, (None, None) for an unnamed one, None where the marks hold no speech."""
        text, inner = self.text, marked.text
        open_at = marked.start - 1
        before = text[paragraph:open_at]
        after = text[marked.after : line_end]
        near = max(0, len(before) - _LONGEST_SIGN)
        is_sentence = inner[-1] in QUOTE_ENDS or inner[-1] in "，,；—"
        if not is_sentence and len(inner) < 6 and before[-1:] not in ("：", ":"):
            return None  # a name or a word in marks
        if (is_sentence and SAYING.match(after)) or (
            not is_sentence and LABEL.fullmatch(before) and after[:1] not in STOPS
        ):
            return None  # 问：“积分换物”是怎么来的？
        if IN_EYES.search(before, near):
            self.rule = "in somebody's eyes or words"
            return self._speaker_before(paragraph, open_at)
        spoken_before = self.verbs.spoken_before(before, open_at, inner)
        if spoken_before:
            self.rule = "a verb of saying or a colon before it"
            if last is not None and SAME_ONE.fullmatch(text, last[0], open_at) is not None:
                return last[1], last[2]
            return self._speaker_before(paragraph, open_at)
        verb = self.verbs.verb_after(marked.after, line_end) if is_sentence or after[:1] in "，," else None
        self.rule = "a verb of saying behind it"
        if verb is not None and is_sentence:
            return self._speaker_at_verbs(marked.after, verb, line_end, open_at)
        if verb is not None and len(inner) >= 6 and not NO_SPEECH_BEFORE.search(before, near):
            # “停车难解决了”，村民李红说: the comma outside the marks; a name in marks is followed by other clauses.
            speaker = self._speaker_in(marked.after, verb, line_end, open_at)
            if speaker[0] is not None or verb - marked.after <= 12:
                return speaker
        return self._attribute_without_verb(marked, paragraph, line_end, last)

    def _attribute_without_verb(self, marked: Marked, paragraph: int, line_end: int, last: Last) -> Speaker | None:
        """Speaker and role of what no verb of saying leads or follows: told by what else stands behind the marks."""
        text, inner = self.text, marked.text
        open_at = marked.start - 1
        before, after = text[paragraph:open_at], text[marked.after : line_end]
        between = self._speaker_between(marked, open_at) if inner[-1] in "，," else None
        if between is not None:
            return between
        cited = INTERVIEWED.match(after) if after[:1] in ("（", "(") else None
        asked = [] if cited is None else self._persons(marked.after, marked.after + cited.end())
        if len(asked) == 1:
            self.rule = "a person in brackets behind it"
            return asked[0].name, asked[0].role
        copula = IS_WHAT_IS_SAID.match(after)
        if copula and len(inner) >= 6:
            self.rule = "what somebody is said to say"
            return self._speaker_in(marked.after, marked.after + copula.end(), line_end, open_at)
        goes_on = self._goes_on(before, paragraph, open_at, inner, last)
        if goes_on is not None:
            self.rule = "the sentence before it has a speaker"
            return goes_on
        if inner[-1] not in QUOTE_ENDS:
            return None
        opens = not before.strip() or before[-1] in "。！？”…：:）)"
        if not opens or len(inner) < 4:
            return None
        self.rule = "a sentence in marks, of the speaker before it"
        if last is not None and self._still_speaks(last, open_at, marked.after):
            return last[1], last[2]
        if not before.strip() and not after.strip():
            self.rule = "a paragraph in marks, of whom its neighbours name"
            announced = self._speaker_of_colon(paragraph)
            return announced if announced != (None, None) else self._speaker_of_next(line_end)
        self.rule = "a sentence in marks, of the person nearest to it"
        told = self._teller(marked.after, paragraph, open_at, line_end)
        if told is not None and not is_spoken_of(marked, told.name):
            return told.name, told.role
        follows = self._speaker_after_sentence(marked.after, line_end)
        if follows is not None and not (before.strip() and is_spoken_of(marked, follows[0])):
            return follows
        if before.strip():
            speaker = self._speaker_before(max(paragraph, open_at - 80), open_at)
            if not is_spoken_of(marked, speaker[0]):
                return speaker
            others = [who for who in self._persons(paragraph, open_at) if who.name not in inner]
            return (others[-1].name, others[-1].role) if others else (None, None)
        return None, None

    def _still_speaks(self, last: tuple[int, str | None, str | None], open_at: int, after: int) -> bool:
        """Whether nobody else is named since the quote before, nor right behind this one where nobody spoke before."""
        if last[1] is None and self._people_between(after, after + 1):
            return False
        return all(person.name == last[1] for person in self._persons(last[0], open_at))

    def _speaker_between(self, marked: Marked, open_at: int) -> Speaker | None:
        """Who stands between a quote that a comma ends and the next one: “…，”周敏笑了，“…”."""
        interruption = INTERRUPTED.match(self.text, marked.after)
        person = None if interruption is None else self._subject(marked.after, interruption.end())
        if person is not None:
            self.rule = "a person between two quotes"
            return person.name, person.role
        if PRONOUN_BETWEEN.match(self.text, marked.after) is not None:
            self.rule = "a pronoun between two quotes"
            return self._last_person(open_at)
        return None

    def _goes_on(self, before: str, paragraph: int, open_at: int, inner: str, last: Last) -> Speaker | None:
        """A sentence in marks after a comma, where the sentence before it has a speaker (周敏说，账要算清，“不能糊涂。”)."""
        behind = self.text[open_at + len(inner) + 2 : open_at + len(inner) + 3]
        if before[-1:] not in ("，", ",", "：") and not ends_a_thought(before, inner, behind):
            return None
        is_sentence = (inner[-1] in QUOTE_ENDS and len(inner) >= 6) or (
            len(inner) >= 12 and "，" in inner and FIRST_PERSON.search(inner) is not None
        )
        is_clause = len(inner) >= 10 and any(mark in inner for mark in "，。；")
        stands_alone = len(inner) >= 6 and behind in STOPS  # nothing behind but the stop
        if not (is_sentence or is_clause or stands_alone):
            return None
        floor = max(paragraph, open_at - LONGEST_SENTENCE)
        sentence = max(end_of(TO_SENTENCE, self.text, floor, open_at), floor)
        person = self._subject(sentence, open_at)
        spoke = self.verbs.speech_word(open_at - 1, 60, across_clauses=True)
        is_talk = is_clause and stands_alone and OF_TALK.search(inner) is not None
        if person is not None and (spoke or is_sentence or is_talk):
            return person.name, person.role
        if (spoke or is_sentence) and last is not None and not self._people_between(last[0], open_at):
            return last[1], last[2]
        phrase = self.text[sentence:open_at]
        if (spoke or is_sentence) and person is None and _is_of_pronoun(phrase):
            return self._last_person(sentence)  # 他说自己图的不是钱，“…”
        return office_of(phrase) if spoke and is_sentence else None

    def _speaker_at_verbs(self, start: int, verb: int, line_end: int, open_at: int) -> Speaker:
        """Whose the first verb of saying behind a quote is; 听完介绍，赵国栋表示: that of the next, where it is nobody's."""
        found = self._speaker_in(start, verb, line_end, open_at)
        while found == (None, None):
            following = self.verbs.verb_after(verb, line_end)
            if following is None:
                break
            verb = following
            found = self._speaker_in(start, verb, line_end, open_at)
        if found[0] is None and SAID_BY.search(self.text, start, verb + 4) is not None:
            named = self._speaker_after_sentence(verb, line_end)  # 说这话的，是李红梅。
            return named if named is not None else found
        return found

    def _speaker_in(self, start: int, verb_end: int, line_end: int, open_at: int) -> Speaker:
        person = self._subject(start, verb_end)
        if person is not None:
            return person.name, person.role
        if self.verbs.word_ending(verb_end)[-1] in "起到及" or self.text[verb_end : verb_end + 1] in (
            "起",
            "到",
            "及",
        ):  # 说起从前，李红梅笑了
            follows = self._speaker_after_sentence(verb_end, line_end)
            if follows is not None:
                return follows
        phrase = self.text[start:verb_end]
        if PLURAL_OR_NEW.search(phrase):
            return None, plain_role(phrase)
        holder = self._holder(start, verb_end, len(phrase))
        if holder is not None:
            return holder.name, holder.role
        for found in PRONOUN.finditer(phrase):
            if not TOWARDS.search(phrase[: found.start()]):
                return self._meant_by(found[0], open_at, start - 1)
        return office_of(phrase)

    def _speaker_before(self, paragraph: int, open_at: int) -> Speaker:
        text = self.text
        floor = max(paragraph, open_at - LONGEST_SENTENCE)
        sentence = max(end_of(TO_SENTENCE_OR_QUOTE, text, floor, max(floor, open_at - 1)), floor)
        person = self._subject(sentence, open_at)
        phrase = text[sentence:open_at]
        if person is not None and SOMEBODY.search(phrase, person.end_char - sentence) is not None:
            return None, plain_role(phrase)  # 周敏收起黑板，有人喊：“…”
        pronouns = [found for found in PRONOUN.finditer(phrase) if not TOWARDS.search(phrase[: found.start()])]
        pronoun = next(reversed(pronouns), None)
        if person is not None and (
            pronoun is None
            or sentence + pronoun.start() < person.start_char
            or TOWARDS.search(phrase[: pronoun.start()])
        ):
            return person.name, person.role
        holder = self._holder(sentence, open_at, pronoun.start() if pronoun is not None else len(phrase))
        if person is None and holder is not None:
            return holder.name, holder.role
        is_told = person is not None and text.startswith(("是", "为"), person.end_char)  # 周敏是一名站长，他说
        if pronoun is not None and (is_told or not PLURAL_OR_NEW.search(phrase[: pronoun.start()][-6:])):
            if person is not None:
                return person.name, person.role
            return self._last_person(sentence, is_old=pronoun[0] in OLD)
        if PLURAL_OR_NEW.search(phrase):
            return None, plain_role(phrase)
        if person is None and sentence > paragraph and text[sentence - 1] == "”":
            # Marks may hold a name (周敏说，要办好“夜校”，人要来齐。“…”): who spoke in the whole sentence goes on.
            whole = max(end_of(TO_SENTENCE, text, floor, max(floor, open_at - 1)), floor)
            spoke = self._subject(whole, open_at)
            is_word_in_marks = text.rfind("“", whole, sentence) >= sentence - 8  # 他还是“露馅”了，只能如实说
            if spoke is not None and (is_word_in_marks or SPEECH.match(text, spoke.end_char)):
                return spoke.name, spoke.role
        is_short = person is None and sentence > paragraph and len(phrase) < 12
        if is_short and not GENERIC_SUBJECT.search(phrase) and (earlier := self._persons(paragraph, sentence)):
            return earlier[-1].name, earlier[-1].role
        return office_of(phrase)

    def _teller(self, after: int, paragraph: int, open_at: int, line_end: int) -> PersonMention | None:
        """Who says what stands in the sentence before a quote (周敏说，路修好了。“…”), where the clause behind has nobody."""
        clause = CLAUSE_END.search(self.text, after, line_end)
        if self._people_between(after, line_end if clause is None else clause.start()):
            return None
        floor = max(paragraph, open_at - LONGEST_SENTENCE)
        sentence = max(end_of(TO_SENTENCE_OR_QUOTE, self.text, floor, max(floor, open_at - 1)), floor)
        persons = self._persons(sentence, open_at)
        return persons[0] if len(persons) == 1 and SPEECH.match(self.text, persons[0].end_char) is not None else None

    def _speaker_after_sentence(self, start: int, line_end: int) -> Speaker | None:
        """The first person of the sentence that follows the quote in its paragraph."""
        end = start
        while True:
            mark = SENTENCE_OR_QUOTE.search(self.text, end, line_end)
            end = line_end if mark is None else mark.start()
            behind = None if mark is None or mark[0] != "“" else self.verbs.behind_name_in_marks(end, line_end)
            if behind is None:
                break
            end = self.tagged.starts[behind]
        persons = self._persons(start, end)
        if not persons:
            return None
        # 提起楼长王建国，刘阿姨赞不绝口: whom somebody speaks of is not who speaks.
        acting = (
            who
            for who in persons
            if not TOWARDS.search(self.text, who.start_char - 12, self._phrase_start(start, who))
            and not OWNED.match(self.text, who.end_char)
        )
        person = next(acting, persons[0])
        return person.name, person.role

    def _phrase_start(self, start: int, person: PersonMention) -> int:
        """Where the post before a name begins, the name where none does."""
        clause = max(end_of(TO_CLAUSE, self.text, start, person.start_char), start)
        post = post_ending_at(self.text, person.start_char, clause)
        return person.start_char if post is None else post

    def _speaker_of_colon(self, paragraph: int) -> Speaker:
        """A quote that is a paragraph of its own belongs to whom the paragraph before announces with a colon."""
        if paragraph < 2 or self.text[paragraph - 2] not in "：:":
            return None, None
        previous = paragraph_start(self.text, paragraph - 1)
        return self._speaker_before(previous, paragraph - 1)

    def _speaker_of_next(self, line_end: int) -> Speaker:
        """A quote that is a paragraph of its own belongs to whom the next one begins with (种粮大户郑友田蹲在田埂上)."""
        start = line_end + 1
        end = self.text.find("\n", start)
        end = len(self.text) if end < 0 else end
        clause = CLAUSE_OR_QUOTE.search(self.text, start, end)
        persons = self._persons(start, end if clause is None else clause.start())
        if not persons or OWNED.match(self.text, persons[0].end_char):
            return None, None
        return persons[0].name, persons[0].role


def _is_of_pronoun(phrase: str) -> bool:
    """Whether a pronoun acts in the phrase: 他说自己图的不是钱, though not where many do, unless it says so itself."""
    if PRONOUN_SAYS.match(phrase) is not None:
        return True
    return PRONOUN.search(phrase) is not None and PLURAL_OR_NEW.search(phrase) is None
