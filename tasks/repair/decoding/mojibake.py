"""Texts that were decoded with the wrong charset and saved so: the characters still hold the bytes, or most of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tasks.repair.decoding.likeness import without_ascii
from tasks.repair.decoding.missing_bytes import MISSING, read_pairs, read_utf8
from tasks.repair.language.pairs import Language
from tasks.repair.repaired import LOST_MARK, Edit

# Nats a character, by adjacent characters: running text has -5 to -7, wrongly decoded text -10 to -20.
_LEAST_AFTER = -8.5
_LEAST_GAIN = 2.5  # below it three characters of a table of letters (ÓÖÔàÓÖ) would be read as one thing or another
_FEWEST = 4  # characters beyond ASCII without which a line proves nothing
_MOST_LOST = 0.25  # of a line's restored characters
# For time alone: broken places for each whole character, before it is asked what the missing bytes were.
_MOST_BROKEN = 2
# Rare characters that wrong decoding makes, on a page of a mirror: rare names and what the search for torn bytes left
# open have a few of them.
_FEWEST_ON_MIRROR = 10
# For time alone: the share of a line's characters beyond ASCII that must look like a wrong decoding; a long right line
# with one rare character makes no sense in any other charset, and need not be tried.
_LEAST_GATE_SHARE = 0.01
_MOST_OF_PAGE = 0.3  # of a page's characters beyond ASCII: from there on short lines need no proof of their own
# The second byte of the last character may be an ASCII one.
_LINE = re.compile(r"[^\x00-\x7f\n](?:[^\n]*[^\x00-\x7f\n])?[?@-~]?")
# The first class is not repeated, so that the engine can skip to it.
_STRETCH = re.compile(r"[^\x00-\x7f\n][^\x00-\x7f\n]*(?:[ -~]{1,2}[^\x00-\x7f\n]+)*\??")
# For time alone: characters to the left, in which nearly always a stretch begins.
_REACH = 400
_ASCII_RUN = re.compile(r"[\x00-\x7f]{3,}")
_BROKEN_RUN = re.compile("\ufffd+")

# Bytes 80 to 9F as Windows shows them; Latin-1 shows the same bytes as control characters.
_WINDOWS = {bytes([byte]).decode("cp1252", "ignore"): byte for byte in range(0x80, 0xA0)}
_UNKNOWN_TO_WINDOWS = (0x81, 0x8D, 0x8F, 0x90, 0x9D)


@dataclass(frozen=True)
class _WrongDecoding:
    """``gate`` finds characters that right text hardly has and that this mistake makes everywhere."""

    gate: re.Pattern[str]
    encode: Callable[[str], list[int] | None]
    charset: str
    read: Callable[[Sequence[int], Language], str]


def _encoder(*charsets: str) -> Callable[[str], list[int] | None]:
    """The bytes of a text in the first charset that has its character; None where none has."""

    def encode(text: str) -> list[int] | None:
        data: list[int] = []
        for index, part in enumerate(text.split("\ufffd")):
            if index:
                data.append(MISSING)
            for place, piece in enumerate(part.split("€")):  # a lone 80 to Windows
                if place:
                    data.append(0x80)
                encoded = next(filter(None, (_encoded(piece, charset) for charset in charsets)), None)
                if encoded is None and piece:
                    return None
                data += encoded or b""
        return data

    return encode


def _encoded(text: str, charset: str) -> bytes | None:
    try:
        return text.encode(charset)
    except UnicodeEncodeError:
        return None


def _encode_latin(text: str) -> list[int] | None:
    data = []
    for character in text:
        code = _WINDOWS.get(character, ord(character))
        if code > 0xFF:
            if character != "\ufffd":
                return None
            code = MISSING
        data.append(code)
    return data


def _marked(data: Sequence[int]) -> Sequence[int]:
    """``data`` with the question marks that took the place of bytes: those that follow a byte beyond ASCII."""
    if 0x3F not in data:
        return data
    return [MISSING if byte == 0x3F and index and data[index - 1] >= 0x80 else byte for index, byte in enumerate(data)]


def _utf8_from_gbk(data: Sequence[int], language: Language) -> str:
    strict = _strictly(data, "utf-8")
    return strict if strict is not None else read_utf8(_marked(data), language)


def _utf8_from_latin(data: Sequence[int], language: Language) -> str:
    text = _strictly(data, "utf-8")
    if text is None:
        return read_utf8(data, language, _UNKNOWN_TO_WINDOWS)
    if _DECODED_TWICE.search(text) is not None:
        again = _encode_latin(text)
        return text if again is None else read_utf8(again, language, _UNKNOWN_TO_WINDOWS)
    return text


def _strictly(data: Sequence[int], charset: str) -> str | None:
    if MISSING in data:
        return None
    try:
        return bytes(data).decode(charset)
    except UnicodeDecodeError:
        return None


def _pairs(charset: str) -> Callable[[Sequence[int], Language], str]:
    return lambda data, language: read_pairs(data, charset, language)


# UTF-8 punctuation begins with E3 80 and EF BC, and most characters with E4 to E9: 銆 锛 浠 鍩 … in GBK, ã ï å ç in
# Latin-1.
_UTF8_AS_GBK = "銆锛鐨鏄鍦鍜浜涓绀鍏鏈鍩鏂鍙鎴鍚"
_BIG5_AS_GBK = "い穦甅璶琌ぃΤ瓣"
_GBK_AS_BIG5 = "腔眕佴岆衄"
_UTF8_AS_LATIN = "[\xc2-\xef][\x80-\xbf\u0152-\u2122]"
_GBK_AS_LATIN = "[\xb0-\xf7][\xa1-\xff]"
_DECODED_TWICE = re.compile(_UTF8_AS_LATIN)
_DECODINGS = (
    _WrongDecoding(re.compile(f"[{_UTF8_AS_GBK}]"), _encoder("gb18030"), "utf-8", _utf8_from_gbk),
    _WrongDecoding(re.compile(_UTF8_AS_LATIN), _encode_latin, "utf-8", _utf8_from_latin),
    _WrongDecoding(re.compile(_GBK_AS_LATIN), _encode_latin, "gb18030", _pairs("gb18030")),
    _WrongDecoding(re.compile(_GBK_AS_LATIN), _encode_latin, "big5hkscs", _pairs("big5hkscs")),
    _WrongDecoding(re.compile(f"[{_BIG5_AS_GBK}]"), _encoder("gb18030"), "big5hkscs", _pairs("big5hkscs")),
    _WrongDecoding(re.compile(f"[{_GBK_AS_BIG5}]"), _encoder("big5hkscs", "cp950"), "gb18030", _pairs("gb18030")),
)
# What all gates together look for, which nearly every page is spared: a character, or what two Latin ones look like.
GATE_CHARACTERS = _UTF8_AS_GBK + _BIG5_AS_GBK + _GBK_AS_BIG5
LATIN_GATE = "[\x80-\xff\u0152-\u2122\ufffd]"
_ANY_GATE = re.compile(f"[{GATE_CHARACTERS}\xb5\xb6\xb8-\xd6\xd8-\xf6]")


def holds_mojibake(text: str) -> bool:
    """Whether a mirror's page, whose other damage is undone, is worth a search: rare characters stand on many."""
    return len(_ANY_GATE.findall(text)) >= _FEWEST_ON_MIRROR


def mojibake_edits(text: str) -> list[Edit]:
    """One edit for each stretch of a line that was decoded with the wrong charset, with the text its bytes are.

    >>> wrong = "基层治理的经验".encode().decode("gbk", "replace")
    >>> [edit.restored for edit in mojibake_edits(wrong)]
    ['基层治理的经验']
    >>> mojibake_edits("锛是氧化物的一种说法，鐨字很少见")
    []
    """
    dense = without_ascii(text)  # all gates are beyond ASCII, and nine tenths of a page are not
    if _ANY_GATE.search(dense) is None:
        return []
    for decoding in _DECODINGS:
        if decoding.gate.search(dense) is None:
            continue
        language = Language()
        edits = [
            edit
            for start, end in _lines_with(decoding.gate, text)
            for edit in _edits_within(text, start, end, decoding, language)
        ]
        if edits:
            return edits + _rest(text, edits, decoding, language)
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


def _edits_within(text: str, start: int, end: int, decoding: _WrongDecoding, language: Language) -> Iterator[Edit]:
    """The line as a whole, where it is wrong as a whole, or those of its stretches that are."""
    for matches in (_LINE.finditer(text, start, end), _stretches_with(decoding.gate, text, start, end)):
        found = False
        for match in matches:
            restored = _restore(match.group(), decoding, language)
            if restored is not None:
                found = True
                confidence = 0.99 if LOST_MARK not in restored else 0.85
                yield Edit(match.start(), match.end(), restored, "wrong_charset", confidence)
        if found:
            return


def _stretches_with(gate: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The stretches in which ``gate`` finds something: a page without line ends has thousands of others."""
    done = start
    while (found := gate.search(text, done, end)) is not None:
        place = found.start()
        # Three characters of ASCII end a stretch: it begins behind the last of them.
        before = [run.end() for run in _ASCII_RUN.finditer(text, max(done, place - _REACH), place)]
        for match in _STRETCH.finditer(text, before[-1] if before else done, end):
            if match.end() > place:
                break
        else:
            return
        yield match
        done = match.end()


def _restore(stretch: str, decoding: _WrongDecoding, language: Language) -> str | None:
    if decoding.gate.search(stretch) is None:
        return None
    count = _count_beyond_ascii(stretch)
    if count < _FEWEST or len(decoding.gate.findall(stretch)) < _LEAST_GATE_SHARE * count:
        return None
    data = decoding.encode(stretch)
    if data is None or _is_hopeless(data, decoding.charset):
        return None
    restored = decoding.read(data, language)
    lost = restored.count(LOST_MARK) + restored.count("\ufffd")
    if lost > max(1, _MOST_LOST * _count_beyond_ascii(restored)) or len(restored) < 2:
        return None
    before, after = _likelihood(stretch, language), _likelihood(restored, language)
    return restored.replace("\ufffd", LOST_MARK) if after > max(_LEAST_AFTER, before + _LEAST_GAIN) else None


def _is_hopeless(data: Sequence[int], charset: str) -> bool:
    """Whether most of ``data`` is no text in ``charset``: not worth asking what its missing bytes were."""
    try:
        whole = bytes(data)
    except ValueError:  # a missing one is above any byte
        whole = bytes(min(byte, 0xFF) for byte in data)
    decoded = whole.decode(charset, "replace")
    broken = len(_BROKEN_RUN.findall(decoded))
    return broken > _FEWEST + _MOST_BROKEN * (_count_beyond_ascii(decoded) - decoded.count("\ufffd"))


def _count_beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _likelihood(text: str, language: Language) -> float:
    """Nats a character; numbers and markup, the same before and after, count for little."""
    text = _ASCII_RUN.sub(" ", text)
    return language.score_text(text) / len(text)


def _rest(text: str, edits: list[Edit], decoding: _WrongDecoding, language: Language) -> list[Edit]:
    """What is too short or too broken to prove anything by itself, on a page that was decoded wrongly all over."""
    restored = sum(_count_beyond_ascii(text[edit.start_char : edit.end_char]) for edit in edits)
    if restored < _MOST_OF_PAGE * _count_beyond_ascii(text):
        return []
    found = []
    position = 0
    for edit in [*edits, Edit(len(text), len(text), "", "wrong_charset")]:
        for match in _LINE.finditer(text, position, edit.start_char):
            data = decoding.encode(match.group())
            if data is None or _is_hopeless(data, decoding.charset):
                continue
            short = decoding.read(data, language).replace("\ufffd", LOST_MARK)
            if _likelihood(short, language) > _likelihood(match.group(), language):
                confidence = 0.9 if LOST_MARK not in short else 0.7
                found.append(Edit(match.start(), match.end(), short, "wrong_charset", confidence))
        position = edit.end_char
    return found
