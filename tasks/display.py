"""Shows text of pages as text: nothing a page says is a command to the terminal, the browser or the spreadsheet.

Whoever prints or writes what a page holds passes it through the function for its place; the tables hold it as it is.
"""

from __future__ import annotations

import html
import re

# One sign for one character, so that offsets and styles stay where they are. Controls but tab and line feed get their
# picture (U+2400 and on); marks that turn the direction of writing could make a line read as another one.
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"}
_DIRECTIONS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_HIDDEN = (0x7F, *range(0x80, 0xA0), *_DIRECTIONS, 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080))
_SIGNS = _PICTURES | dict.fromkeys(_HIDDEN, "\N{REPLACEMENT CHARACTER}") | {0x2028: " ", 0x2029: " "}
_SURROGATES = re.compile("[\ud800-\udfff]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&:@])")
# Spreadsheets in China take the full-width forms for the others.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def for_terminal(text: str) -> str:
    """``text`` without anything a terminal would obey; as long as it was.

    >>> for_terminal("县\\x1b[31m情")
    '县␛[31m情'
    """
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text.translate(_SIGNS))


def for_markdown(text: str) -> str:
    """``text`` as one line of Markdown that shows it: in an artifact, in a table of one.

    >>> for_markdown("[点我](javascript:x) | <b>")
    '\\\\[点我\\\\]\\\\(javascript\\\\:x\\\\) \\\\| \\\\<b\\\\>'
    """
    return _MARKDOWN.sub(r"\\\1", " ".join(for_terminal(text).split()))


def for_html(text: str) -> str:
    """``text`` as it may stand in an element or a quoted attribute of HTML.

    >>> for_html("<script>'")
    '&lt;script&gt;&#x27;'
    """
    return html.escape(for_terminal(text))


def for_csv(text: str) -> str:
    """``text`` as a cell that no spreadsheet takes for a formula.

    >>> for_csv("=HYPERLINK(1)"), for_csv("3.5%")
    ("'=HYPERLINK(1)", '3.5%')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
