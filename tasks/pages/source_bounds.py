"""How much of a source can be parsed in bounded time, measured before it is parsed."""

from __future__ import annotations

import re
from itertools import accumulate

from tasks.records import RejectionReason

MAX_SOURCE_CHARS = 24_000_000  # the largest real article page seen has 2.1 million; beyond this it is a data file

MAX_NESTING = 3_000  # real pages stay under 300; the parser needs 0.03 s for this and 35 s for 100,000

TAGS_TO_MEASURE = 5_000  # below this no nesting takes the parser longer than 0.1 s
MAX_TAGS = 150_000  # ten times the largest page seen; about a second of walking
MAX_VISIBLE_CHARS = 1_000_000  # a whole book; an article page stays under 100,000
MAX_DUMP_LINES = 20_000

# A Chinese charset writes a character in four bytes at the most: what shows more bytes beyond ASCII than this shows too
# many characters in any of them. Told from the bytes, a text of megabytes is never decoded, repaired or parsed.
_MAX_SHOWN_BYTES = 4 * MAX_VISIBLE_CHARS
_ASCII = bytes(range(128))
_HEAD_BYTES = 4_096
_PIECE_BYTES = 1_000_000  # for memory alone: how much of a text is looked at in one piece
# What a page does not show: comments, scripts, styles, fields, tags. A quoted value may hold the end of a tag.
_UNSHOWN = re.compile(
    rb"""<!--.*?(?:-->|\Z)
    | <(script|style|title|textarea|template|noscript|iframe)\b.*?(?:</\1|\Z)
    | <[A-Za-z/!?](?: [^>=] | =\s*+"[^"]*+" | =\s*+'[^']*+' | = )*+(?:>|\Z)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

# The parser compares each attribute of a tag with all names before it: 2,000 cost 0.01 s, 32,000 cost 2 s, 200,000 over
# a minute, and no deadline reaches into it. Real tags stay under 60. A page of fewer characters has no room for more
# names than cost 4 s, and looking for them is a twentieth of the work on a page.
MAX_ATTRIBUTES = 2_000
CHARS_TO_LOOK_FOR_ATTRIBUTES = 200_000
_CROWDED_TAG = re.compile(
    rf"""<[A-Za-z][^\s/>]*+
    (?: [\s/]*+ =?+[^\s/>=]++                               # a name, which may begin with =
        (?: \s*+=\s*+ (?: "[^"]*+" | '[^']*+' | [^\s>]*+ ) )?+  # its value in quotes or without
    ){{{MAX_ATTRIBUTES + 1}}}""",
    re.VERBOSE,
)

# Elements whose end tag may be left out, or that have none: they do not nest however often they are opened.
_UNNESTED = (
    "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|tr|td|th|option|optgroup|thead"
    "|tbody|"
    "tfoot|colgroup|a|button|nobr|rp|rt|h[1-6]|html|head|body"
)
_NESTED_TAG = re.compile(rf"<(/?)(?!(?:{_UNNESTED})(?![A-Za-z0-9:-]))[A-Za-z]", re.IGNORECASE | re.ASCII)
_STEPS = {"": 1, "/": -1}


def excess_of_bytes(body: bytes) -> tuple[RejectionReason, str] | None:
    """The same for a page or dump that is not decoded yet, where its bytes tell for certain, whatever its charset.

    UTF-16 is left for later: every second of its bytes may look like a tag.

    >>> excess_of_bytes("县里开会。".encode() * 1_000)
    """
    if len(body) <= _MAX_SHOWN_BYTES or b"\x00" in body[:_HEAD_BYTES]:
        return None
    count, end = 0, 0
    for unshown in _UNSHOWN.finditer(body):
        count += _beyond_ascii(body, end, unshown.start())
        end = unshown.end()
    count += _beyond_ascii(body, end, len(body))
    if count <= _MAX_SHOWN_BYTES:
        return None
    return "too_large", f"{count:,} bytes of Chinese text, at most {MAX_VISIBLE_CHARS:,} characters are read"


def _beyond_ascii(body: bytes, start: int, end: int) -> int:
    pieces = (body[place : min(place + _PIECE_BYTES, end)] for place in range(start, end, _PIECE_BYTES))
    return sum(len(piece.translate(None, _ASCII)) for piece in pieces)


def excess_of(text: str) -> tuple[RejectionReason, str] | None:
    """A rejection reason and its detail when ``text`` is beyond what can be parsed in bounded time, else None.

    >>> excess_of("<p>一" * 10)
    >>> excess_of("<div>" * 20_000)[0]
    'too_deep'
    """
    if len(text) > MAX_SOURCE_CHARS:
        return "too_large", f"{len(text):,} characters of markup, at most {MAX_SOURCE_CHARS:,} are read"
    tag_count = text.count("<")
    if tag_count > MAX_TAGS:
        return "too_large", f"{tag_count:,} tags, at most {MAX_TAGS:,} are read"
    if len(text) > CHARS_TO_LOOK_FOR_ATTRIBUTES and _CROWDED_TAG.search(text):
        return "too_large", f"a tag with more than {MAX_ATTRIBUTES:,} attributes"
    # End tags and links open nothing deeper: in real pages they are most of the tags.
    if tag_count > TAGS_TO_MEASURE and tag_count - text.count("</") - text.count("<a ") > MAX_NESTING:
        deepest = max(accumulate(map(_STEPS.__getitem__, _NESTED_TAG.findall(text))), default=0)
        if deepest > MAX_NESTING:
            return "too_deep", f"elements nested {deepest:,} deep, at most {MAX_NESTING:,} are read"
    return None


def excess_of_dump(text: str) -> tuple[RejectionReason, str] | None:
    """The same for a text dump."""
    if len(text) > MAX_VISIBLE_CHARS:
        return "too_large", f"{len(text):,} characters of text, at most {MAX_VISIBLE_CHARS:,} are read"
    line_count = text.count("\n")
    if line_count > MAX_DUMP_LINES:
        return "too_large", f"{line_count:,} lines, at most {MAX_DUMP_LINES:,} are read"
    return None
