"""Paragraphs of one article put back together: said once where the page repeats them, joined where a column broke them.

Text taken from a newspaper's columns comes in fragments that are not always next to each other. Only what the text
itself proves is moved; what is only likely stays where the page has it.
"""

from __future__ import annotations

import re

from tasks.lexicon.characters import pattern_of
from tasks.pages.drafts import BodyPart, Draft
from tasks.pages.lines.lines import clause_marks, closes
from tasks.pages.lines.titles import folded
from tasks.pages.lines.wrapped_words import is_word_across
from tasks.records import Repair
from tasks.repair.writing.brackets import close_titles

SHORTEST_FRAGMENT = 30
LONGEST_STUB = 12  # characters behind the last full stop; a heading run into a paragraph is longer
# For time alone: comparing every paragraph with every other grows with the square; newspapers stay far below.
MAX_PARTS = 200
_ANNOUNCES = re.compile(r"(?:说|表示|介绍|认为|指出|坦言|告诉记者|回忆|感慨|强调)[：:]$")
_STOP = pattern_of(r"[[:sentence_end:]]”?")
# Who sent a text in, or where it goes on: the paragraph is the last of its article (（县委宣传部）, (下转四版)).
_CREDIT_BEHIND = re.compile(r"[（(][^（）()。，]{2,24}[）)]\s*。?$")
_SPEECH = pattern_of(r"^“[^”]{6,}[[:sentence_end:]…]”$")
_PAIRS = (("《", "》"), ("“", "”"), ("（", "）"))


def order_parts(draft: Draft) -> None:
    """Drop repeated paragraphs and join fragments of ``draft`` in place."""
    _say_once(draft)
    if len(draft.parts) > MAX_PARTS:
        return
    for _ in range(4):
        if not _join_fragments(draft):
            break
    _join_announced_speech(draft)


def _say_once(draft: Draft) -> None:
    seen: set[str] = set()
    kept: list[BodyPart] = []
    for part in draft.parts:
        key = folded(part.text)
        if part.kind == "paragraph" and len(key) >= SHORTEST_FRAGMENT and key in seen:
            for line in part.lines:
                line.kind, line.reason = "repeated", "the same paragraph stands above"
            continue
        seen.add(key)
        kept.append(part)
    draft.parts[:] = kept


def _join_fragments(draft: Draft) -> bool:
    """Join one paragraph that ends open to the paragraph that alone continues it; whether one was joined."""
    parts = draft.parts
    for index, part in enumerate(parts):
        if part.kind != "paragraph" or not _is_cut(part.text):
            continue
        candidates = [
            other
            for place, other in enumerate(parts[:-1])
            if place not in (0, index)
            and other.kind == "paragraph"
            and closes(other.text)
            and not _CREDIT_BEHIND.search(other.text)
            and _makes_one_sentence(part.text, other.text, is_next=place == index + 1)
        ]
        found = _continuation(part, candidates, parts)
        if found is None:
            continue
        _close_title(part.text, found)
        part.text += found.text
        part.lines.extend(found.lines)
        parts.remove(found)
        return True
    return False


def _is_cut(text: str) -> bool:
    """Whether a paragraph of sentences ends within one; an entry of a list or a signature has no full stop either."""
    return (
        len(text) >= SHORTEST_FRAGMENT and not closes(text) and text[-1] not in "）)】]>" and bool(clause_marks(text))
    )


def _makes_one_sentence(before: str, after: str, *, is_next: bool) -> bool:
    """Whether ``after`` goes on where ``before`` is cut: it closes what that opened, shares a word with it, or the rest
    behind the last full stop is too short to be anything but the beginning of a sentence. The next paragraph, which
    need not move, may also continue a text that has full stops above its end.
    """
    if any(_is_open(before, *pair) and _closes_first(after, *pair) for pair in _PAIRS):
        return True
    # The closing mark of a title may be lost at the break; the titles beside it show where it belongs.
    if _is_open(before, "《", "》") and len(close_titles(before + after)) == len(before) + len(after) + 1:
        return True
    if is_word_across(before, after):
        return True
    rest = _STOP.split(before)[-1]
    if len(rest) == len(before):
        return False
    return len(rest) <= LONGEST_STUB or (is_next and not after.startswith(("“", "（")))


def _is_open(text: str, opener: str, closer: str) -> bool:
    return text.rfind(opener) > text.rfind(closer)


def _closes_first(text: str, opener: str, closer: str) -> bool:
    place = text.find(closer)
    return place >= 0 and opener not in text[:place]


def _close_title(head: str, found: BodyPart) -> None:
    """Close in ``found`` a title that ``head`` opens, where the titles beside it show what comes next."""
    joined = head + found.text
    closed = close_titles(joined)
    if len(closed) != len(joined) + 1 or not closed.startswith(head) or not found.lines:
        return
    line = found.lines[0]
    pairs = enumerate(zip(joined, closed, strict=False))
    place = next((index for index, (left, right) in pairs if left != right), len(joined)) - len(head)
    if found.text[: place + 1] != line.text[: place + 1]:
        return
    layer = max((repair.layer for repair in line.repairs), default=-1) + 1
    line.repairs = (*line.repairs, Repair("bracket", "", "》", 0.85, layer, place))
    line.text = f"{line.text[:place]}》{line.text[place:]}"
    found.text = closed[len(head) :]


def _join_announced_speech(draft: Draft) -> None:
    """Join a paragraph that announces speech (…表示：) to the one paragraph that is speech without a speaker."""
    parts = draft.parts
    announcing = [
        place
        for place, part in enumerate(parts[:-1])
        if part.kind == "paragraph" and _ANNOUNCES.search(part.text) and parts[place + 1].text[:1] not in "“‘「"
    ]
    speech = [
        place
        for place, part in enumerate(parts)
        if part.kind == "paragraph"
        and _SPEECH.match(part.text)
        and not (place and _ANNOUNCES.search(parts[place - 1].text))
    ]
    if len(announcing) != 1 or len(speech) != 1 or speech[0] == announcing[0]:
        return
    first, second = parts[announcing[0]], parts[speech[0]]
    first.text += second.text
    first.lines.extend(second.lines)
    parts.remove(second)


def _continuation(part: BodyPart, candidates: list[BodyPart], parts: list[BodyPart]) -> BodyPart | None:
    """The one candidate that shares with ``part`` a phrase which no other paragraph of the article has."""
    proofs = []
    for candidate in candidates:
        others = "\n".join(other.text for other in parts if other is not part and other is not candidate)
        shared = _phrases(part.text) & _phrases(candidate.text)
        own = [phrase for phrase in shared if phrase not in others]
        if own:
            proofs.append((len(own), candidate))
    proofs.sort(key=lambda proof: -proof[0])
    if not proofs or (len(proofs) > 1 and proofs[0][0] == proofs[1][0]):
        return None
    found = proofs[0][1]
    is_bracketed = any(part.text.count(opener) > part.text.count(closer) for opener, closer in _PAIRS)
    return found if proofs[0][0] >= 2 or is_bracketed or len(proofs) == 1 else None


def _phrases(text: str) -> set[str]:
    runs = pattern_of(r"[[:han:]《》“”]{4,}").findall(text)
    return {run[place : place + 4] for run in runs for place in range(len(run) - 3)}
