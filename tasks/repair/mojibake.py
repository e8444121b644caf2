"""Texts that were decoded with the wrong charset and saved so: the characters still hold the bytes, or most of them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tasks.repair.language import Language
from tasks.repair.repaired import LOST_MARK, Edit

# Nats a character, by adjacent characters: running text has -5 to -7, wrongly decoded text -10 to -20.
_LEAST_AFTER = -8.5
_LEAST_GAIN = 2.5
_LEAST_SHARE = 0.9  # of all that a character with a missing byte can be
_FEWEST = 4  # characters beyond ASCII without which a line proves nothing
_MOST_LOST = 0.25  # of a line's restored characters
_STRETCH = re.compile(r"[^\x00-\x7f\n]+(?:[ -~]{1,2}[^\x00-\x7f\n]+)*\??")

# Bytes 80 to 9F as Windows shows them; Latin-1 shows the same bytes as control characters.
_WINDOWS = {bytes([byte]).decode("cp1252", "ignore"): byte for byte in range(0x80, 0xA0)}


@dataclass(frozen=True)
class _WrongDecoding:
    """``gate`` finds characters that right text hardly has and that this mistake makes everywhere."""

    gate: re.Pattern[str]
    encode: Callable[[str], bytes | None]
    charset: str


def _encode_gbk(text: str) -> bytes | None:
    # The euro sign is a lone 80 to Windows; a decoder's mark of a lost byte must not pass for a byte.
    try:
        return b"\x80".join(part.encode("gb18030") for part in text.replace("\ufffd", "?").split("€"))
    except UnicodeEncodeError:
        return None


def _encode_latin(text: str) -> bytes | None:
    data = bytearray()
    for character in text:
        code = _WINDOWS.get(character, ord(character))
        if code > 0xFF:
            return None
        data.append(code)
    return bytes(data)


def _encode_big5(text: str) -> bytes | None:
    try:
        return text.encode("big5hkscs")
    except UnicodeEncodeError:
        return None


# UTF-8 punctuation begins with E3 80 and EF BC, and most characters with E4 to E9: 銆 锛 浠 鍩 … in GBK, ã ï å ç in Latin-1.
_UTF8_AS_GBK = "銆锛鐨鏄鍦鍜浜涓绀鍏鏈鍩鏂鍙鎴鍚"
_BIG5_AS_GBK = "い穦甅璶琌ぃΤ瓣"
_GBK_AS_BIG5 = "腔眕佴岆衄"
_UTF8_AS_LATIN = "[\xc2-\xef][\x80-\xbf\u0152-\u2122]"
_GBK_AS_LATIN = "[\xb0-\xf7][\xa1-\xff]"
_DECODINGS = (
    _WrongDecoding(re.compile(f"[{_UTF8_AS_GBK}]"), _encode_gbk, "utf-8"),
    _WrongDecoding(re.compile(_UTF8_AS_LATIN), _encode_latin, "utf-8"),
    _WrongDecoding(re.compile(_GBK_AS_LATIN), _encode_latin, "gb18030"),
    _WrongDecoding(re.compile(f"[{_BIG5_AS_GBK}]"), _encode_gbk, "big5hkscs"),
    _WrongDecoding(re.compile(f"[{_GBK_AS_BIG5}]"), _encode_big5, "gb18030"),
)
# What all gates together look for, which nearly every page is spared: a character, or what two Latin ones look like.
GATE_CHARACTERS = _UTF8_AS_GBK + _BIG5_AS_GBK + _GBK_AS_BIG5
LATIN_GATE = "[\x80-\xff\u0152-\u2122]"
_ANY_GATE = re.compile(f"[{GATE_CHARACTERS}\xb5\xb6\xb8-\xd6\xd8-\xf6]")


def mojibake_edits(text: str) -> list[Edit]:
    """One edit for each stretch of a line that was decoded with the wrong charset, with the text its bytes are.

    >>> wrong = "基层治理的经验".encode().decode("gbk", "replace")
    >>> [edit.restored for edit in mojibake_edits(wrong)]
    ['基层治理的经验']
    >>> mojibake_edits("锛是氧化物的一种说法，鐨字很少见")
    []
    """
    if _ANY_GATE.search(text) is None:
        return []
    for decoding in _DECODINGS:
        if decoding.gate.search(text) is None:
            continue
        language = Language()
        edits = []
        for start, end in _lines_with(decoding.gate, text):
            for match in _STRETCH.finditer(text, start, end):
                restored = _restore(match.group(), decoding, language)
                if restored is not None:
                    confidence = 0.99 if LOST_MARK not in restored else 0.85
                    edits.append(Edit(match.start(), match.end(), restored, "wrong_charset", confidence))
        if edits:
            return edits
    return []


def _lines_with(gate: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """The spans of the lines in which ``gate`` finds something: of a page that is right, hardly any."""
    end = 0
    while (found := gate.search(text, end)) is not None:
        start = text.rfind("\n", end, found.start()) + 1 or end
        end = text.find("\n", found.end())
        if end < 0:
            end = len(text)
        yield start, end


def _restore(stretch: str, decoding: _WrongDecoding, language: Language) -> str | None:
    if decoding.gate.search(stretch) is None or len(stretch) - len(stretch.encode("ascii", "ignore")) < _FEWEST:
        return None
    data = decoding.encode(stretch)
    if data is None:
        return None
    before = language.score_text(stretch) / len(stretch)
    decoded = data.decode(decoding.charset, "surrogateescape" if decoding.charset == "utf-8" else "replace")
    restored = _complete(decoded, language)
    lost = restored.count(LOST_MARK)
    if lost > max(1, _MOST_LOST * len(restored)) or len(restored) < 2:
        return None
    after = language.score_text(restored) / len(restored)
    return restored if after > max(_LEAST_AFTER, before + _LEAST_GAIN) else None


# Bytes that are no UTF-8, as lone surrogates; a question mark took the place of the byte that is missing.
_REMAINS = re.compile("(?:[\udc80-\udcff]+\\??|\ufffd)+")


def _complete(decoded: str, language: Language) -> str:
    """Broken characters completed where the model is sure of the missing byte, marked where it is not."""
    pieces: list[str] = []
    position = 0
    for match in _REMAINS.finditer(decoded):
        before = decoded[position : match.start()]
        pieces += (
            before,
            _name(match.group(), before[-1:] or "\n", decoded[match.end() : match.end() + 1] or "\n", language),
        )
        position = match.end()
    pieces.append(decoded[position:])
    return "".join(pieces)


def _name(remains: str, before: str, after: str, language: Language) -> str:
    known = bytes(ord(character) - 0xDC00 for character in remains if "\udc80" <= character <= "\udcff")
    if len(known) != 2 or not 0xE3 <= known[0] <= 0xEF:
        return LOST_MARK
    scores = []
    for byte in range(0x80, 0xC0):
        character = (known + bytes([byte])).decode("utf-8", "ignore")
        if character:
            scores.append((math.exp(language.score(before, character) + language.score(character, after)), character))
    best, character = max(scores, default=(0.0, LOST_MARK))
    return character if best >= _LEAST_SHARE * sum(score for score, _ in scores) else LOST_MARK
