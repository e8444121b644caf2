"""Numerals: what Chinese and Arabic digits are worth, and what states no number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.lexicon.numerals import NUMBER, fold_digits, read_numeral


@pytest.mark.parametrize(
    ("surface", "value", "value_max", "approximate"),
    [
        ("三百二十余", 320, None, True),
        ("十七八", 17, 18, True),
        ("二三十", 20, 30, True),
        ("一百二三十", 120, 130, True),
        ("五六万", 50_000, 60_000, True),
        ("三五", 3, 5, True),
        ("两万五", 25_000, None, False),
        ("二百零五", 205, None, False),
        ("一千零一", 1001, None, False),
        ("三百二", 320, None, False),
        ("一亿二千万", 120_000_000, None, False),
        ("十几万", 100_000, None, True),
        ("二〇一九", 2019, None, False),
        ("4万多", 40_000, None, True),
        ("3万5千", 35_000, None, False),
        ("1亿2000万", 120_000_000, None, False),
        ("2519.3亿", 251_930_000_000, None, False),
        ("1,200.5", 1200.5, None, False),
        ("三点五万", 35_000, None, False),
    ],
)
def test_a_numeral_is_worth_what_a_reader_takes_it_for(
    surface: str, value: float, value_max: float | None, approximate: bool
) -> None:
    match = NUMBER.match(surface)
    assert match is not None
    assert match[0] == surface
    numeral = read_numeral(surface)
    assert numeral is not None
    assert (numeral.value, numeral.value_max, numeral.approximate) == (value, value_max, approximate)


@pytest.mark.parametrize("surface", ["几十", "数百", "一一", "十七八零", "十七八零三百二十", ""])
def test_a_word_without_a_number_has_no_value(surface: str) -> None:
    assert read_numeral(surface) is None


@given(st.integers(min_value=1, max_value=99_999_999))
def test_arabic_and_chinese_digits_agree(number: int) -> None:
    assert read_numeral(_in_chinese(number)) is not None
    numeral = read_numeral(_in_chinese(number))
    assert numeral is not None
    assert numeral.value == number


def _in_chinese(number: int) -> str:
    digits = "零一二三四五六七八九"

    def below_ten_thousand(rest: int) -> str:
        text, gap = "", False
        for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, rest = divmod(rest, scale)
            if digit:
                text += ("零" if gap and text else "") + digits[digit] + name
                gap = False
            else:
                gap = True
        return text

    high, low = divmod(number, 10_000)
    if not high:
        return below_ten_thousand(low)
    joint = "零" if low and low < 1000 else ""
    return below_ten_thousand(high) + "万" + joint + (below_ten_thousand(low) if low else "")


@given(st.text())
def test_folding_digits_keeps_every_offset(text: str) -> None:
    assert len(fold_digits(text)) == len(text)
