"""Characters that nobody sees: control, zero-width and private-use characters, and marks of lost bytes."""

from __future__ import annotations

import re

from tasks.repair.repaired import LOST_MARK, Edit

# Controls but tab and line ends; soft hyphen, zero-width and direction marks, fillers; surrogates, private use,
# variation selectors, noncharacters.
INVISIBLE = (  # for a character class
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff"
)
INVISIBLE_ABOVE = "\U000e0000-\U000e01ef\U000f0000-\U0010ffff\U0001fffe\U0001ffff\U0002fffe\U0002ffff"
# Classes are fast only without characters above U+FFFF, and hardly any page has those.
# A class that stands first and is not repeated is what the engine can scan for, four times as fast.
_INVISIBLE_ONE = re.compile(f"[{INVISIBLE}]")
_INVISIBLE_RUN = re.compile(f"[{INVISIBLE}][{INVISIBLE}]*")
_INVISIBLE_RUN_ABOVE = re.compile(f"[{INVISIBLE}{INVISIBLE_ABOVE}]+")
# What decoders leave of bytes they could not read: U+FFFD itself, or two of them read again as GBK, or the last of
# three.
_LOST_HERE = "[锟\ufffd](?:(?<=\ufffd)|(?<=锟)(?:斤拷|\ufffd)|(?<=锟斤拷锟)[?？]?"
_LOST = re.compile(f"{_LOST_HERE})")
_LOST_ALL_OVER = re.compile(f"{_LOST_HERE}|[?？])")
# Old GBK fonts kept the full-width space in the user-defined area.
_MEANT = {"\ue5e5": "\N{IDEOGRAPHIC SPACE}"}


def invisible_edits(text: str) -> list[Edit]:
    """One edit for each run of invisible characters, taking them away.

    >>> [edit.restored for edit in invisible_edits("社\\u200b区\\ue5e5网格")]
    ['', '\\u3000']
    """
    has_above = _has_above(text)
    if not has_above and _INVISIBLE_ONE.search(text) is None:
        return []
    pattern = _INVISIBLE_RUN_ABOVE if has_above else _INVISIBLE_RUN
    return [
        Edit(match.start(), match.end(), "".join(_MEANT.get(each, "") for each in match.group()), "invisible", 0.99)
        for match in pattern.finditer(text)
    ]


def _has_above(text: str) -> bool:
    """Whether a character lies above U+FFFF: UTF-16 has two units for it, and counts them faster than a class does."""
    return len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text)


def lost_edits(text: str) -> list[Edit]:
    """One edit for each character of which no byte survives, marking it.

    >>> [(edit.start_char, edit.restored) for edit in lost_edits("社区锟斤拷网\\ufffd")]
    [(2, '□'), (6, '□')]
    """
    if "\ufffd" not in text and "锟" not in text:
        return []
    pattern = _LOST_ALL_OVER if "锟斤拷" in text else _LOST
    return [Edit(match.start(), match.end(), LOST_MARK, "lost", 0.5) for match in pattern.finditer(text)]
