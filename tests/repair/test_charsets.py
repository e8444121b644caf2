"""Bytes decide the charset, whatever a page says of itself."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.repair.decoding.charsets import decode

SIMPLIFIED = "近日，青溪县各社区组织网格员走访居民，听取意见建议。"
TRADITIONAL = "近日，青溪縣各社區組織網格員走訪居民，聽取意見建議。"
JAPANESE = "これは日本語の文章です。地方自治体の行政について説明します。カタカナもあります。"
KOREAN = "서울특별시는 지방자치단체의 행정을 설명합니다. 한국어 문장입니다."


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "gbk"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "hz"),
        (SIMPLIFIED, "utf-16"),
        ("<p>" + SIMPLIFIED + "</p>" * 9, "utf-16-le"),
        ("<p>" + SIMPLIFIED + "</p>" * 9, "utf-16-be"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gbk"),
        (TRADITIONAL, "utf-8-sig"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (KOREAN, "euc_kr"),
    ],
)
def test_undeclared_text_is_decoded(text: str, charset: str) -> None:
    assert decode(text.encode(charset)).text == text


@pytest.mark.parametrize("declared", ["gb2312", "text/html; charset=big5", "shift_jis", "no-such-charset", "utf-16"])
@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_a_stale_declaration_does_not_win_over_the_bytes(declared: str, charset: str) -> None:
    body = f'<meta charset="{declared}">{SIMPLIFIED}'.encode(charset)
    assert decode(body, declared=declared).text == body.decode(charset)


def test_a_few_broken_bytes_do_not_sink_a_long_page() -> None:
    body = bytearray((SIMPLIFIED * 100).encode())
    body[3000] = 0xFF
    decoding = decode(bytes(body))
    assert decoding.charset == "utf-8"
    assert decoding.text is not None
    assert 0 < decoding.lost_count < 5


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\x00", "empty"),
        (b"%PDF-1.4 ...", "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "binary"),
        (b"PK\x03\x04" + bytes(range(256)), "binary"),
        (bytes(range(256)) * 8, "undecodable"),
        (bytes(range(128, 256)) * 8, "undecodable"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(body: bytes, reason: str) -> None:
    decoding = decode(body)
    assert decoding.text is None
    assert decoding.reason == reason
    assert decoding.detail


def test_a_byte_order_mark_does_not_stay_in_the_text() -> None:
    for mark, charset in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        assert decode(mark + SIMPLIFIED.encode(charset)).text == SIMPLIFIED


@settings(max_examples=300, deadline=None, derandomize=True)
@given(body=st.binary(max_size=300), declared=st.sampled_from([None, "gb2312", "big5", "utf-7", "x"]))
def test_any_bytes_give_a_text_or_a_reason(body: bytes, declared: str | None) -> None:
    decoding = decode(body, declared=declared)
    assert (decoding.text is None) == (decoding.reason is not None)
