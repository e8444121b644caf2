"""Spaces, punctuation and quotation marks of Chinese running text as a Chinese printer would set them.

Numbers keep their ASCII marks (1.1, 14:49, 1,000), Latin phrases their spaces.
"""

from __future__ import annotations

import re
from functools import cache

from tasks.lexicon.characters import HAN, RARE_HAN

# Whatever is printed as wide as a Chinese character and spaced like one; the zero of dates is no ideograph to Unicode.
_HAN = HAN + RARE_HAN + "〇"
_MARKS = "，。、；：？！“”‘’（）《》〈〉【】「」『』—…·"
_SPACES = r" \t\r\n\v\f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_WIDE = _HAN + _MARKS

_SPACE = re.compile(rf"[{_SPACES}]+")
# Marks that are Chinese whatever stands beside them; quotation marks and dashes occur between Latin words as well.
_EDGES = "，。、；：？！（）《》【】"
_NEEDLESS = (
    rf"(?:(?<=[{_WIDE}] )(?=[{_WIDE}0-9])|(?<=[0-9%] )(?=[{_WIDE}])|(?<=[{_EDGES}] )|(?=[{_EDGES}])"
    rf"|(?<=[,;:?!] )(?=[{_HAN}]))"
)
_NEEDLESS_SPACE = re.compile(f" {_NEEDLESS}")
_HAS_HAN = re.compile(f"[{_HAN}]")

_WIDE_MARK = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_BESIDE_CHINESE = rf"(?:(?=[{_HAN}“‘《（【「『])|(?<=[{_WIDE}][,;:?!]))"
_NARROW_MARK = re.compile(rf"[,;:?!]{_BESIDE_CHINESE}")
_WIDTHS = r"\ufe30\uff02-\uff07\uff0a\uff0b\uff0d-\uff19\uff1c-\uff1e\uff20-\uff5d\ufe50-\ufe6b\uff61-\uff64"
_OTHER_WIDTH = re.compile(f"[{_WIDTHS}]")
_WIDE_POINT = re.compile("(?<=[0-9])．(?=[0-9])")
# Signs that always need work: white space but a plain one, brackets and quotation marks of ASCII, full-width letters
# and digits, small forms.
_ALWAYS = rf"{_SPACES[1:]}()\"'{_WIDTHS}"
# Signs that need it beside Chinese or at an end; what follows the class is asked only where one of them stands.
_SOMETIMES = " ,;:?!."
_HERE = (
    rf"(?<= )(?:(?=[{_SPACES}]|and |\Z)|(?<=\A )|{_NEEDLESS})"
    rf"|(?<=[,;:?!]){_BESIDE_CHINESE}"
    r"|(?<=\.)(?=\.\.|[”’]?\Z)"
)
BLOCK_END = "|"  # between blocks that are looked at together: a sign that means nothing to the marks beside it
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[!-~]+|[\w.+-]+@[\w-]+\.[\w.-]+")
_FINAL_PERIOD = re.compile(rf"(?<=[{_HAN}”）》])\.(?=[”’]?$)")
_PERIOD_ENDS = (".", ".”", ".’")
_STOP_IN_NUMBER = re.compile(r"(?<=\d)。(?=\d{1,3}[%‰])")  # 出生率9。93‰: every point of the page was made a stop
_DOTS = re.compile(rf"(?<=[{_WIDE}])\.{{3,6}}")
_OCR_AND = re.compile(rf"(?<=[{_HAN}”》）])[{_SPACES}]+and[{_SPACES}]+(?=[{_HAN}“《（])")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


@cache
def _widths() -> dict[int, str]:
    """Full-width letters and digits to ASCII, small and half-width CJK marks to full-width ones."""
    table = {
        code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    }
    table |= {ord(wide): narrow for wide, narrow in zip("％＋／＝＆＠＃＄＊", "%+/=&@#$*", strict=True)}
    table |= {
        ord(small): wide for small, wide in zip("﹐﹑﹔﹕︰﹖﹗﹙﹚｡､｢｣", "，、；：：？！（）。、「」", strict=True)
    }
    return table


def set_spaces(text: str) -> str:
    """No space inside Chinese, nor between Chinese and digits; one where several were; none at the ends.

    >>> set_spaces("  服务 中心 有 99 个站点,  App 好用 ")
    '服务中心有99个站点, App 好用'
    """
    return drop_needless_spaces(_SPACE.sub(" ", text.strip()))


def drop_needless_spaces(text: str) -> str:
    """``text`` (with single spaces only) without those inside Chinese."""
    return _NEEDLESS_SPACE.sub("", text)


def set_punctuation(text: str) -> str:
    """Full-width marks where Chinese stands before or behind, paired quotation marks and brackets.

    >>> set_punctuation('他说:"14:49开会(已通知),共1,000人."')
    '他说：“14:49开会（已通知），共1,000人。”'
    >>> set_punctuation("出生率9。93‰，下降3。1%。2020年2月")
    '出生率9.93‰，下降3.1%。2020年2月'
    >>> set_punctuation("Plain text, no Chinese: (none)")
    'Plain text, no Chinese: (none)'
    """
    if _OTHER_WIDTH.search(text) is not None:
        text = _WIDE_POINT.sub(".", text.translate(_widths()))
    if _HAS_HAN.search(text) is None:
        return text
    kept = [match.span() for match in _URL.finditer(text)] if "://" in text or "@" in text else []
    text = _set_quotes(text)
    text = _set_brackets(text)
    text = _sub_outside(_NARROW_MARK, text, kept)
    if "。" in text:
        text = _STOP_IN_NUMBER.sub(".", text)
    if "..." in text:
        text = _DOTS.sub("……", text)
    return _FINAL_PERIOD.sub("。", text) if text.endswith(_PERIOD_ENDS) else text


def _sub_outside(pattern: re.Pattern[str], text: str, kept: list[tuple[int, int]]) -> str:
    def wide(match: re.Match[str]) -> str:
        if any(start <= match.start() < end for start, end in kept):
            return match.group()
        return _WIDE_MARK[match.group()]

    before = text if pattern.search(text) is None else None
    while before != text:  # a mark made wide widens the one beside it
        before, text = text, pattern.sub(wide, text)
    return text


def _set_quotes(text: str) -> str:
    if '"' not in text and "'" not in text:
        return text
    pieces = list(text)
    is_open = False
    for index, character in enumerate(pieces):
        if character == "“":
            is_open = True
        elif character == "”":
            is_open = False
        elif character == '"':
            pieces[index] = "”" if is_open else "“"
            is_open = not is_open
    text = "".join(pieces)
    if "'" in text:
        text = re.sub(rf"'([^'\n]{{0,60}}[{_WIDE}][^'\n]{{0,60}})'", r"‘\1’", text)
    return text


def _set_brackets(text: str) -> str:
    """Round brackets become wide when something Chinese is inside or beside them."""
    if "(" not in text and ")" not in text:
        return text
    pieces = list(text)
    opened: list[int] = []
    for index, character in enumerate(pieces):
        if character in "(（":
            opened.append(index)
        elif character in ")）" and opened:
            start = opened.pop()
            inside, around = text[start + 1 : index], text[max(start - 1, 0) : start] + text[index + 1 : index + 2]
            if _HAS_HAN.search(inside + around) or character == "）" or text[start] == "（":
                pieces[start], pieces[index] = "（", "）"
        elif character == ")" and _HAS_HAN.match(text[index - 1 : index]):
            pieces[index] = "）"
    for start in opened:
        if pieces[start] == "(" and _HAS_HAN.match(text[start + 1 : start + 2]):
            pieces[start] = "（"
    return "".join(pieces)


def read_and(text: str) -> str:
    """Text recognition's ``and`` between two Chinese words, where no other Latin word stands in the block.

    >>> read_and("业务培训 and 思想教育")
    '业务培训和思想教育'
    """
    if " and " not in text or len(_LATIN_WORD.findall(text)) > text.count(" and "):
        return text
    return _OCR_AND.sub("和", text)


def needing_setting(others: str = "") -> re.Pattern[str]:
    """What finds a sign that a function here would change, or one of the class ``others``, in one block or in several
    joined by ``BLOCK_END``.

    >>> pattern = needing_setting()
    >>> pattern.search("14:49起共有1,000人用 App Store 报名，第1.2节。"), pattern.search("共有 3人") is None
    (None, False)
    """
    here = _HERE.replace(r"\Z", rf"(?:\Z|\{BLOCK_END})")
    return re.compile(f"[{_ALWAYS}{_SOMETIMES}{others}](?:(?<![{_SOMETIMES}])|{here})")


@cache
def _needing_setting() -> re.Pattern[str]:
    return needing_setting()


def may_need_setting(text: str) -> bool:
    """False proves that no function here would change ``text``."""
    return _needing_setting().search(text) is not None
