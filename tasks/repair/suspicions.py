"""What a source may suffer from, told by one look at it: most pages suffer from nothing and need no repair.

Every sign of damage is in one class of characters, because the regular expression engine pays for each pass and not for
the size of a class; what stands around a sign is looked at only where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntFlag
from functools import reduce
from operator import or_

import numpy as np

from tasks.repair.decoding.mojibake import GATE_CHARACTERS, LATIN_GATE
from tasks.repair.language.pairs import plain_language
from tasks.repair.torn.triggers import LIKELY_NEXT, OUT_OF_STEP
from tasks.repair.writing.invisible import INVISIBLE, INVISIBLE_ABOVE


class Suspicion(IntFlag):
    """The repairs that may find work."""

    NONE = 0
    MOJIBAKE = 1
    BYTE_SHIFT = 2
    INVISIBLE = 4
    LOST = 8
    QUOTATION = 16
    ALL = 31


_MARKS = "?？！!"
_MARK_SET = frozenset(_MARKS)
_LATIN_GATE = "\xb5\xb6\xb8-\xd6\xd8-\xf6"
# A mark in a script is followed by script; a torn byte stands among Chinese.
_NEAR = r"(?=[!-~]{0,11}[^\x00-\x7f])"
# Of the groups one matches, with nothing in it: which one is the suspicion. Characters above U+FFFF stand last in the
# first class, because the engine tries them one by one.
_SIGN = re.compile(
    f"[{GATE_CHARACTERS}{_LATIN_GATE}{INVISIBLE}\ufffd锟‘{_MARKS}\U00010000-\U0010ffff]"
    f"(?:(?<=[{_MARKS}])(?={LIKELY_NEXT.pattern}){_NEAR}()"
    f"|(?<=[{INVISIBLE}])()|(?<=[\ufffd锟])()|(?<=‘)()"
    f"|(?<=[{GATE_CHARACTERS}])()|(?<=[{_LATIN_GATE}])(?={LATIN_GATE})()"
    f"|(?<=[{INVISIBLE_ABOVE}])())"
)
_BY_GROUP = (
    Suspicion.NONE,
    Suspicion.BYTE_SHIFT,
    Suspicion.INVISIBLE,
    Suspicion.LOST,
    Suspicion.QUOTATION,
    Suspicion.MOJIBAKE,
    Suspicion.MOJIBAKE,
    Suspicion.INVISIBLE,
)
_BEFORE_SIGN = 12  # a mark and as much ASCII as _NEAR allows
# Bytes: of the three characters that are looked at behind a mark the last two may be ASCII.
_BEHIND_SIGN = 3
# For time alone: characters; a shorter text is looked into as a whole.
_WORTH_CUTTING = 4_000
# For time alone: bytes for each character, from which on a quarter or more is Chinese and there is little to cut.
_MOSTLY_TEXT = 1.5
_TORN = 1  # the group of byte shifts
# Nats a character: a little more than the search for byte shifts asks for on a page that shows no other damage.
_UNLIKELY = -11.5
_SENSELESS = -12.3  # one true pair in a hundred is rarer; of chance pairs more than half are
# For time alone: characters, as far as the search for byte shifts looks to the left and as long as its longest run.
_REACH = 400
# For time alone: passages that are looked into one by one.
_MOST_PASSAGES = 20
_SECOND_BYTE = {"？": b"\xbf", "?": b"\xbf", "！": b"\xa1", "!": b"\xa1"}


def suspicions(text: str) -> Suspicion:
    """What ``text`` (or the parts of it that ``around_signs`` gives) may need; NONE proves it clean.

    Readings in brackets and character references are left out.

    >>> suspicions("社区网格员问：“办好了吗？”大家说：“办好了！”")
    <Suspicion.NONE: 0>
    >>> suspicions("他说到“‘便民角’，大家来\\u200b”")
    <Suspicion.INVISIBLE|QUOTATION: 20>
    """
    seen: set[int] = set()
    for match in _SIGN.finditer(text):
        group = match.lastindex or 0
        if group not in seen and (group != _TORN or _may_be_out_of_step(text, match.start())):
            seen.add(group)
    return reduce(or_, map(_BY_GROUP.__getitem__, seen), Suspicion.NONE)


def around_signs(text: str) -> str:
    """The parts of ``text`` around its characters that are not printable ASCII: nine tenths of a page are markup and
    scripts, which the regular expression engine would read at a tenth of the speed.
    """
    if len(text) < _WORTH_CUTTING:
        return text
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) > _MOSTLY_TEXT * len(text):
        return text
    return b"\n".join([raw[start:end] for start, end in _spans(raw)]).decode("utf-8", "surrogatepass")


def _spans(raw: bytes) -> Iterable[tuple[int, int]]:
    """The stretches of ``raw``, in UTF-8, around what is not printable ASCII; between them there is nothing else."""
    if b"\x7f" in raw:
        return [(0, len(raw))]
    octets = np.frombuffer(raw, np.int8)
    places = np.flatnonzero(octets < 0x20)  # read with a sign, what is beyond ASCII is below zero
    values = octets[places]
    places = places[(values != 0x09) & (values != 0x0A) & (values != 0x0D)]
    if not len(places):
        return []
    gaps = np.flatnonzero(np.diff(places) > _BEFORE_SIGN + _BEHIND_SIGN)
    starts = np.maximum(places[np.concatenate(([0], gaps + 1))] - _BEFORE_SIGN, 0)
    ends = np.minimum(places[np.concatenate((gaps, [len(places) - 1]))] + _BEHIND_SIGN, len(raw))
    return zip(starts.tolist(), ends.tolist(), strict=True)


def doubtful_passages(text: str) -> list[str] | None:
    """What stands around each mark that may be torn, so that scripts need not be read; None where they are many."""
    raw = text.encode("utf-8", "surrogatepass")
    places: list[int] = []
    position = done = 0  # in characters, in bytes
    for start, end in _spans(raw):
        part = raw[start:end].decode("utf-8", "surrogatepass")
        position += start - done
        if not _MARK_SET.isdisjoint(part):
            places.extend(
                position + match.start()
                for match in _SIGN.finditer(part)
                if match.lastindex == _TORN and _may_be_out_of_step(part, match.start())
            )
            if len(places) > _MOST_PASSAGES:
                return None
        position, done = position + len(part), end
    return [text[max(place - _REACH, 0) : place + 2 * _REACH] for place in places]


def _may_be_out_of_step(text: str, at: int) -> bool:
    """What the search for byte shifts asks first where nothing else on the page is damaged."""
    following = text[at + 1 : at + 4]
    if text[at] == "?" and (following[:1] in "！？。，：；!?,:;(" or following[:1].islower()):
        return True
    if len(following) < 2 or OUT_OF_STEP.search(following) is not None:
        return True
    if plain_language().score_text(following) >= _UNLIKELY * (len(following) - 1):
        return False
    # A rare name behind a mark: read one byte off, it makes no sense at all.
    shifted = (_SECOND_BYTE[text[at]] + following.encode("gb18030", "replace"))[:4].decode("gb18030", "replace")
    return len(shifted) != 2 or plain_language().score(shifted[0], shifted[1]) > _SENSELESS
