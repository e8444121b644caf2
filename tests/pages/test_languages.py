"""Articles in other languages are rejected by name; what Chinese pages quote of them does no harm."""

from __future__ import annotations

import pytest

from tasks.pages.reading import read_page

RUSSIAN = "Сельский совет открыл новую чайную комнату, где жители обсуждают общие дела каждую среду вечером. " * 4
JAPANESE = "町内会は毎週水曜日の夜に住民が集まり、駐車場の問題について話し合う場を設けることになりました。" * 4
CHINESE = "青石县云溪镇的老街上，十二个驿站昨天同时开门，过路的人可以进去歇脚、喝水、充电，商户轮流照看。" * 2


def reason_of(text: str) -> str | None:
    source = f"<html><body><h1>A</h1><p>{text}</p><p>{text}</p></body></html>"
    return read_page(source, uri="a", media_type="text/html").rejection_reason


@pytest.mark.parametrize("text", [RUSSIAN, JAPANESE])
def test_a_page_in_another_language_is_rejected_by_name(text: str) -> None:
    assert reason_of(text) == "not_chinese"


@pytest.mark.parametrize("quoted", ["", "English names like OpenStreetMap and GitHub abound. " * 2, "ラーメン"])
def test_a_chinese_page_keeps_its_foreign_words(quoted: str) -> None:
    assert reason_of(CHINESE + quoted + CHINESE) is None
