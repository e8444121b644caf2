"""Quotes: what stands in quotation marks and is said by someone, with the speaker where the text names one.

Told from names in marks and scare quotes by who says it (a verb of saying, a colon) or by being a sentence of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from tasks.facts.quotes.marked_text import Marked, without_inner_marks
from tasks.facts.quotes.speakers import SpeakerFinder
from tasks.facts.quotes.told_beside import asked_by_reporter, own_name
from tasks.facts.text.paragraphs import paragraph_start
from tasks.facts.text.reading import Reading
from tasks.facts.text.traces import note
from tasks.records import PersonMention, Quote

# A quote whose closing mark is missing ends with its paragraph.
_MARKS = re.compile(r"“(?P<text>[^“”\n]*)(?P<close>”|(?=\n|$|“))")
# Characters of its paragraph before and behind a quote in which its speaker is sought. Paragraphs of a page without
# line breaks run to 3,000, but who is named farther off does not speak here; without a bound, a page of nothing but
# marks would be read as often as it has marks.
_NEIGHBOURHOOD = 1500
_BRIEF = 10  # characters of a question that is asked of whom the paragraph before quotes (“为什么？”)


def _is_brief_question(inner: str) -> bool:
    return inner[-1] in "？?" and len(inner) <= _BRIEF


def read_quotes(reading: Reading, people: Sequence[PersonMention]) -> tuple[Quote, ...]:
    """Quotes in order; ``speaker`` is None for the unnamed (一位居民), a pronoun is resolved to its person.

    >>> from tasks.facts.people.reading import read_people
    >>> from tasks.facts.places.reading import read_places
    >>> reading = Reading("“路灯亮了，”村民李红梅说，“走夜路不怕了。”大家都叫它“暖心灯”。")
    >>> people = read_people(reading, read_places(reading), ())
    >>> [(quote.text, quote.speaker) for quote in read_quotes(reading, people)]
    [('路灯亮了，', '李红梅'), ('走夜路不怕了。', '李红梅')]
    """
    text = without_inner_marks(reading.text)
    finder = SpeakerFinder(reading, people, text)
    quotes: list[Quote] = []
    paragraph, line_end = 0, -1  # those of the line that holds the quote
    last: tuple[int, str | None, str | None] | None = None
    goes_on_at = -1  # where the next paragraph begins, if a quote is still open there
    for match in _MARKS.finditer(text):
        inner = match["text"]
        if len(inner.strip()) < 2:
            continue
        marked = Marked(match.start("text"), match.end("text"), match.end(), inner)
        if match.end() > line_end:
            paragraph = paragraph_start(text, match.start())
            line_end = text.find("\n", match.end())
            line_end = len(text) if line_end < 0 else line_end
        if last is not None and match.start() == goes_on_at and len(inner) >= 4:
            found: tuple[str | None, str | None] | None = (last[1], last[2])
            finder.rule = "a quote that goes on from the paragraph before"
        else:
            found = finder.attribute(
                marked,
                max(paragraph, marked.start - _NEIGHBOURHOOD),
                min(line_end, marked.after + _NEIGHBOURHOOD),
                last if last and last[0] >= paragraph else None,
            )
            stands_alone = match.start() == paragraph and match.end() == line_end
            if found == (None, None) and stands_alone and last is not None and last[0] == paragraph - 1:
                # A paragraph in marks behind one that ends in marks: its speaker goes on, unless that was a question.
                found = (None, None) if text[last[0] - 2] in "？?" or _is_brief_question(inner) else (last[1], last[2])
        if asked_by_reporter(text, marked):
            found = (None, "记者")
        elif found is not None and found[0] is None:
            inside = people[bisect_left(finder.starts, marked.start) : bisect_left(finder.starts, marked.end)]
            himself = own_name(text, marked, inside)
            found = found if himself is None else (himself.name, himself.role)
        goes_on_at = -1
        if found is None:
            continue
        note("quotes", marked.start, marked.end, finder.rule)
        speaker, role = found
        last = (match.end(), speaker, role)
        if not match["close"] and match.end() == line_end:
            goes_on_at = line_end + 1
        quotes.append(Quote(marked.start, marked.end, reading.printed[marked.start : marked.end], speaker, role))
    return tuple(quotes)
