"""Classes of characters, each said once, and the patterns that name them.

A pattern names a class as POSIX does: ``[:han:]`` inside brackets, beside whatever else is allowed there. Such a
pattern is compiled by :func:`pattern_of`, in which a misspelt class is an error. Classes that belong to one rule alone
(the marks that may end the title of a site, the digits of a year) stand with their rule.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Chinese characters of the basic plane: extension A (䶮) and the common block. One range rather than two, since a test
# against it is made for nearly every character of every page; the 64 hexagrams between the two blocks do no harm.
FIRST_HAN, LAST_HAN = "\u3400", "\u9fff"
HAN = f"{FIRST_HAN}-{LAST_HAN}"

# Where characters are counted, not expected: also compatibility forms (U+F900…) and the rare ones beyond the basic
# plane.
RARE_HAN = "\uf900-\ufaff\U00020000-\U0003ffff"

# The Chinese numerals of ordinals and small counts. Numbers of any size are read by tasks/lexicon/numerals.py.
ONE_TO_NINE = "一二三四五六七八九"
ONE_TO_TEN = ONE_TO_NINE + "十"

# Marks behind which a new sentence begins. A rule that takes an ellipsis, ASCII marks or the end of a line for one says
# so.
SENTENCE_END = "。！？"

# What stands between the members of a list: 村民、商户和物业.
LIST_MARKS = "、和及与"

_CLASSES = {
    "han": HAN,
    "rare_han": RARE_HAN,
    "one_to_nine": ONE_TO_NINE,
    "one_to_ten": ONE_TO_TEN,
    "sentence_end": SENTENCE_END,
    "list_mark": LIST_MARKS,
}
_REFERENCE = re.compile(r"\[:(\w+):\]")


@lru_cache(maxsize=1024)  # some 300 stand in the code; a few are made of a name of the text
def pattern_of(text: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile(text, flags)``, the classes that ``text`` names filled in; the same object for the same text.

    >>> pattern_of("[[:han:]]{2,8}(?:学院|大学)").findall("青石大学、MIT")
    ['青石大学']
    >>> pattern_of("第[[:one_to_ten:]百]+条").search("第二十条").group()
    '第二十条'

    Raises ``KeyError`` for a class that is not in this module.
    """
    return re.compile(spelled_out(text), flags)


def spelled_out(text: str) -> str:
    """The pattern ``text``, the classes that it names filled in.

    >>> spelled_out("[[:list_mark:]]$")
    '[、和及与]$'
    """
    return _REFERENCE.sub(lambda reference: _CLASSES[reference[1]], text)
