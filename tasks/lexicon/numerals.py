"""Numbers as Chinese prose writes them: 三百二十余, 十七八, 4万多, 3万5千, 两百多, 百余, 1,200.5.

Offsets survive: :func:`fold_digits` replaces characters one for one, so a span in the folded text is a span of the
text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from tasks.lexicon.characters import ONE_TO_NINE, pattern_of

_SPACES = "\N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FOUR-PER-EM SPACE}"
_FOLD = str.maketrans(
    "０１２３４５６７８９％．○－～〜∼︰㎡＋／" + _SPACES,
    "0123456789%.〇-~~~:㎡+/" + " " * len(_SPACES),
)

_FOLDABLE = re.compile(f"[０-９％．○－～〜∼︰㎡＋／{_SPACES}]")

DIGITS = {char: value for value, char in enumerate("〇" + ONE_TO_NINE)} | {"零": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

# 多, 余, 来 and 几 inside or behind a number say "and some more"; behind 来 and 余 these characters make another word.
_MORE = (
    r"(?:多(?!渠道|样化|样性|元(?:主体|文化|共治|共建|价值|化|一体|参与|投入|治理|供给|融合|协同|解纷))"
    r"|余(?![额杭姚庆江下生])|来(?:(?![自源到了人访信电年校区])|(?<=[十百千万0]来)(?=人))|几)"
)
_ARABIC = (
    # Communiqués part groups of three digits by a space; in a row of numbers a space parts the numbers, no unit behind.
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)|(?<!\d )[1-9]\d{0,2}(?: \d{3})+"
    r"(?=(?:\.\d+)?[余多]?[万亿]?(?:[[:han:]%‰℃㎡]|t(?![A-Za-z])|h[am]))"
    # Journals part decimals too: 6.214 35亿t.
    r"|\d{1,3}(?=\.\d{3} \d{1,3}[万亿])|\d+)(?:\.\d{3} \d{1,3}(?=[万亿])|\.\d+)?"
    # 千 and 百 are a scale unless they begin a unit (千米, 千克, 千瓦, 百帕); 万元 is 万 + 元.
    rf"(?:{_MORE}?(?:[十百千]?万亿?|[百千十]?亿|[百千](?![米克瓦伏帕卡兆分])))*"
    rf"(?:(?<=[万亿百千])\d+(?:\.\d+)?(?:[千百]万|[万千百]))*{_MORE}?"
)
_CHINESE = (
    rf"[〇零一二两三四五六七八九十百千万亿几数](?:[〇零一二两三四五六七八九十百千万亿几]|千(?![米克瓦伏]))*"
    rf"(?:{_MORE}[十百千万亿]*)?(?:点[〇零[:one_to_nine:]]+[万亿]?)?"
)
_POINTED = r"[〇零[:one_to_nine:]]{1,4}\.[〇零[:one_to_nine:]]{1,4}(?![[:one_to_ten:]百])"  # 〇.八一公顷, in Taiwan
NUMBER = pattern_of(rf"(?:(?P<arabic>{_ARABIC})|(?P<chinese>{_POINTED}|{_CHINESE}))")

_LONGEST_NUMERAL = 24  # 一千二百三十四亿五千六百七十八万九千余 has 18; what is longer is no number
_FLAT_DIGITS = "零〇" + ONE_TO_NINE
_ADJACENT_FIVE = {("三", "五")}  # 三五个 is the one pair that juxtaposes without being neighbours


@dataclass(frozen=True, slots=True)
class Numeral:
    """``value_max`` is set for juxtaposed numerals (三四 → 3 and 4). ``digits`` counts the written figures 0 to 9.

    ``mantissa`` and ``scale`` are the parts of an Arabic number before and behind 万 or 亿 (4.2万: 4.2 and 10,000).
    """

    value: float
    value_max: float | None
    approximate: bool
    is_arabic: bool
    is_bare_scale: bool
    mantissa: float
    scale: int


def fold_digits(text: str) -> str:
    """``text`` with full-width digits, percent signs and dashes in their ASCII form, every offset unchanged.

    >>> fold_digits("３５％")
    '35%'
    """
    return text.translate(_FOLD) if _FOLDABLE.search(text) else text


@lru_cache(maxsize=8192)  # 两, 三 and 10 come again and again
def read_numeral(surface: str) -> Numeral | None:
    """The value of a number written in Arabic or Chinese digits, None where it states none (几十, 数百, 万万).

    >>> read_numeral("三百二十余").value, read_numeral("三百二十余").approximate
    (320.0, True)
    >>> read_numeral("十七八").value, read_numeral("十七八").value_max
    (17.0, 18.0)
    >>> read_numeral("3万5千").value, read_numeral("两百多").value, read_numeral("几十")
    (35000.0, 200.0, None)
    """
    if not 0 < len(surface) <= _LONGEST_NUMERAL:
        return None
    if surface[0].isdigit():
        return _read_arabic(surface)
    return _read_chinese(surface)


def _read_arabic(surface: str) -> Numeral | None:
    total = Decimal(0)  # 2519.3亿 must not read 251930000000.00003
    mantissa = 0.0
    scale = 1
    approximate = False
    first = True
    for match in re.finditer(r"([\d,]+(?:\.\d+)?)([^\d]*)", surface.replace(" ", "")):
        number = float(match[1].replace(",", "").rstrip("."))
        factor = 1
        for char in match[2]:
            if char in SCALES:
                factor *= SCALES[char]
            else:
                approximate = True
        total += Decimal(match[1].replace(",", "").rstrip(".")) * factor
        if first:
            mantissa, scale, first = number, factor, False
    return Numeral(float(total), None, approximate, True, False, mantissa, scale)


def _read_chinese(surface: str) -> Numeral | None:
    if surface[0] in "几数":
        return None
    if "." in surface:
        pointed = float("".join("." if char == "." else str(DIGITS[char]) for char in surface))
        return Numeral(pointed, None, False, False, False, pointed, 1)
    approximate = False
    body = surface
    fraction = 0.0
    fraction_scale = 1
    if "点" in body:
        body, _, decimals = body.partition("点")
        if decimals and decimals[-1] in SCALES:
            fraction_scale = SCALES[decimals[-1]]
            decimals = decimals[:-1]
        fraction = sum(DIGITS.get(char, 0) / 10**place for place, char in enumerate(decimals, 1))
    kept = []
    for char in body:
        if char in "多余来几":
            approximate = True
        else:
            kept.append(char)
    body = "".join(kept)
    if not body:
        return None
    pair = _juxtaposed(body)
    if pair is not None:
        low, high = pair
        return Numeral(low, high, True, False, False, low, 1)
    value = _plain_value(body)
    if value is None:
        return None
    value = round((value + fraction) * fraction_scale, 6)
    is_bare_scale = all(char in SCALES for char in body) and body != "十"
    return Numeral(value, None, approximate, False, is_bare_scale, value, 1)


def _juxtaposed(body: str) -> tuple[float, float] | None:
    """三四 → 3, 4; 十七八 → 17, 18; 二三十 → 20, 30; 一百二三十 → 120, 130; 五六万 → 50,000, 60,000; None otherwise."""
    for place in range(len(body) - 1):
        first, second = body[place], body[place + 1]
        if first in DIGITS and second in DIGITS and first not in "零〇" and second not in "零〇":
            # 二〇一九 and 一三五 are strings of digits, not neighbours.
            around = body[max(place - 1, 0) : place] + body[place + 2 : place + 3]
            if any(char in DIGITS and char not in "零〇" for char in around):
                return None
            if DIGITS[second] - DIGITS[first] != 1 and (first, second) not in _ADJACENT_FIVE:
                return None
            low = _plain_value(body[:place] + first + body[place + 2 :])
            high = _plain_value(body[:place] + second + body[place + 2 :])
            # A zero behind the two takes the place of both: 十七八零三 is no number.
            return None if low is None or high is None or low >= high else (low, high)
    return None


def _plain_value(body: str) -> float | None:
    """Positional value of Chinese digits without approximators; a string of digits (二〇一九) reads digit by digit."""
    if len(body) > 1 and all(char in _FLAT_DIGITS for char in body):
        if "〇" not in body and "零" not in body:
            return None  # 一一排查, 唯一一家
        return float(int("".join(str(DIGITS[char]) for char in body)))
    total = section = 0.0
    digit: float | None = None
    last_scale = 0
    for char in body:
        if char in DIGITS:
            if digit is not None and char not in "零〇" and digit != 0:
                return None
            digit = float(DIGITS[char])
            if char in "零〇":
                last_scale = 0
            continue
        scale = SCALES[char]
        if scale >= SCALES["万"]:
            section += digit or 0.0
            total = (
                (total + section or 1.0) * scale if scale > SCALES["万"] and total else total + (section or 1.0) * scale
            )
            section, digit, last_scale = 0.0, None, scale
        else:
            section += (1.0 if digit is None else digit) * scale
            digit, last_scale = None, scale
    if digit is not None:
        # 两万五 is 25,000, 三百二 is 320; 二百零五 is 205.
        section += digit * (last_scale // 10 if last_scale > 10 else 1)
    return total + section
