"""Where a damaged run can begin: patterns that find the places worth a look."""

from __future__ import annotations

import re

from tasks.lexicon.characters import HAN
from tasks.repair.torn.readings import LETTERS, READING

# Chinese, in which compatibility forms and private-use characters stand where a byte out of step was read (rarer ones
# do not, since GBK has none) …
_HAN = HAN + r"\uf900-\ufaff\ue000-\uf8ff"
# … or what the bytes of punctuation look like out of step: circled numbers, kana, Greek, Cyrillic, frames.
_HAN += r"\u02c7-\u02d9\u0391-\u03c9\u0401-\u0451\u2160-\u217b\u2460-\u249b\u2500-\u2642\u3041-\u3129\u3220-\u3231"
_HAN += r"\uff02-\uff07\uff0a\uff0b\uff0d-\uff19\uff1c-\uff1e\uff20-\uff5d"
# Where a run can begin on any page: a single class of characters, because it is sought in every page there is.
POSSIBLE = re.compile("[?？！!]")
# … which must stand before a mark (a broken character before a cut), a reading, or Chinese (a mark without a trace).
LIKELY_NEXT = re.compile(rf"[！？。，：；!?,:;{_HAN}]|\(?{READING}\)")
# On a mirror's page also a reading without its opening bracket, and any mark that can be a cut. Each pattern begins
# with the class of what can stand there, which the engine scans for, and asks afterwards what it was.
_MARKS = "！？!?。，：；,:;"
_LOUD_MARKS = "！？!?。"
_MARKED_HERE = (
    rf"(?<=\?)(?=[{_MARKS}]|\(?{READING}\))"
    rf"|(?<=[{_HAN}][{LETTERS}])(?=[{LETTERS}]{{0,5}}\))"
)
VISIBLE = re.compile(rf"[?{LETTERS}](?:{_MARKED_HERE})")
# … where a byte that follows at once may be lost as well: 。” before a line end is ！?
_BEFORE_TORN = rf"(?=[{_HAN}]|\?(?![?？]))"
_TORN_HERE = rf"{_MARKED_HERE}|(?<=[{_MARKS}]){_BEFORE_TORN}"
ON_MIRROR = re.compile(rf"[{_MARKS}{LETTERS}](?:{_TORN_HERE})")
LOUD = re.compile(
    rf"[{_LOUD_MARKS}{LETTERS}](?:{_MARKED_HERE}|(?<=[{_LOUD_MARKS}]){_BEFORE_TORN})"
)  # mirrors cut there
# Where nothing shows what was lost: also a reading in whole brackets, and a mark at the end of a line.
SILENT = re.compile(rf"[({_MARKS}{LETTERS}](?:{_TORN_HERE}|(?<=[{_HAN}]\()(?={READING}\))|(?<=[！!])(?=\n|$))")
MARKED_CUT = re.compile(rf"\?[！!？?](?=[{_HAN}])")
# A run as far as it can be seen without reading it: to what brings the bytes back in step.
UNREAD = re.compile(rf"\?[！!？?。](?:[{_HAN}]{{0,40}}[@-~€?])?")

# A letter or a euro sign glued to Chinese, a private-use character: what a byte out of step looks like.
OUT_OF_STEP = re.compile(rf"[{_HAN}][@-~€]|[\ue000-\uf8ff]")
