"""One line or element of a page on its way to being judged, and what can be said of a text by its shape alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tasks.lexicon.characters import SENTENCE_END, pattern_of
from tasks.records import BlockKind, RemovedKind, Repair

_CLOSERS = "”’」』）】》〉)]\"'"
_SENTENCE_ENDS = frozenset(SENTENCE_END + "…!?")
_ENDS = SENTENCE_END + "…!?；;：:"
_HAN = pattern_of("[[:han:][:rare_han:]]")
_CLAUSE_MARKS = re.compile(r"[，。！？；：、,;!?]")

# Why a line is no part of the article: the closed-list kind, and the reason in plain words.
Removal = tuple[RemovedKind, str]


@dataclass(slots=True)
class Line:
    """``text`` is the normalised text; ``raw`` has the spaces between its parts that tell names and fields apart.

    ``kind`` is a kind of ``tasks.records.Block`` once judged; for removed lines ``removed_as`` is the closed-list kind
    and ``reason`` says why in plain words. ``is_set_off``: the headline of an item of a digest. ``is_indented``: set as
    the paragraphs of a dump are, where its headings are not. ``gap`` counts the blank lines before the line. ``head``
    and ``tail`` are credits and counters that were cut off the text.
    """

    text: str
    raw: str
    repairs: tuple[Repair, ...] = ()
    tag: str = ""
    link_share: float = 0.0
    is_bold: bool = False
    is_centered: bool = False
    is_set_off: bool = False
    after_image: bool = False
    gap: int = 0
    element: int = -1
    kind: BlockKind | Literal[""] = ""
    removed_as: RemovedKind | Literal[""] = ""
    reason: str = ""
    article: int | None = None
    head: str = ""
    tail: str = ""
    is_indented: bool = False

    def cut_to(self, start: int, end: int) -> None:
        """Keep ``text[start:end]`` as the line; what stood before and after it is kept as credits."""
        text = self.text
        self.head, self.text, self.tail = text[:start].strip(), text[start:end].strip(), text[end:].strip()

    def remove(self, kind: RemovedKind, reason: str) -> None:
        self.kind, self.removed_as, self.reason = "removed", kind, reason


def closes(text: str) -> bool:
    """Whether ``text`` ends as a finished sentence or an announcing colon does.

    >>> closes("他说：“好。”"), closes("青石镇红星")
    (True, False)
    """
    stripped = text.rstrip()
    return stripped.rstrip(_CLOSERS)[-1:] in _ENDS and bool(stripped) if stripped else False


def ends_sentence(text: str) -> bool:
    """Whether the last mark of ``text`` is 。！？ or an ellipsis (closing quotes and brackets aside)."""
    return text.rstrip().rstrip(_CLOSERS)[-1:] in _SENTENCE_ENDS


def han_count(text: str) -> int:
    return len(_HAN.findall(text))


def clause_marks(text: str) -> int:
    return len(_CLAUSE_MARKS.findall(text))


def stops(text: str) -> int:
    """The marks of clauses in ``text``, colons aside: labels and headlines have those too."""
    return clause_marks(text) - text.count("：")


def is_running(text: str) -> bool:
    """Whether ``text`` reads like a sentence of a paragraph rather than a label, a heading or a link."""
    length = len(text)
    if length < 12:
        return ends_sentence(text) and length >= 4
    if ends_sentence(text):
        return True
    return (clause_marks(text) >= 1 and length >= 40) or length >= 60


def is_headline(text: str, most: int = 45) -> bool:
    """Whether ``text`` could be a title or a heading: short, mostly Chinese, not a finished statement."""
    return 2 <= len(text) <= most and han_count(text) * 2 >= len(text) and text.rstrip()[-1:] not in "。，；、,;"


def aligned(text: str, kept: str) -> int:
    """Where in ``text`` the characters of ``kept`` end, white space not counted."""
    wanted = len("".join(kept.split()))
    seen = 0
    for place, char in enumerate(text):
        if seen >= wanted:
            return place
        if not char.isspace():
            seen += 1
    return len(text)
