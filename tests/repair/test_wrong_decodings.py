"""Whole texts that somebody decoded wrongly and saved so, from their bytes to the set block."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tasks.repair.blocks import is_traditional, normalize_block
from tasks.repair.decoding.charsets import decode
from tasks.repair.repaired import undo
from tasks.repair.sources import repair_source

SIMPLIFIED = """青溪县推行“邻里议事日”
2021年3月15日　来源：青溪日报
近日，青溪县各社区组织网格员走访居民，听取意见建议。“水管的事当天就有人管，”居民赵秀兰说，“比以前快多了！”
截至2月底，全县共设议事点128个，办结小事3,460件，满意率98.6%。
今年，该县还将投入1.2万元，为20个小区装上“议事箱”。"""
TRADITIONAL = """青溪縣推行鄰里議事日
近日，青溪縣各社區組織網格員走訪居民，聽取意見建議。居民趙秀蘭說，現在比以前快多了。
今年，該縣還將投入資訊設備，為二十個小區裝上議事箱。"""


def set_text(text: str, *, traditional: bool) -> str:
    return "\n".join(normalize_block(line, traditional=traditional).text for line in text.split("\n"))


def read(body: bytes) -> str:
    text = decode(body).text
    assert text is not None
    repaired = repair_source(text)
    assert undo(repaired.text, repaired.repairs) == text
    return set_text(repaired.text, traditional=is_traditional(repaired.text))


def as_windows(body: bytes) -> str:
    """Latin text as browsers read it: the five bytes that code page 1252 lacks are control characters."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in body)


WRONG: dict[str, Callable[[str], str]] = {
    "GBK as Latin-1": lambda text: text.encode("gbk").decode("latin-1"),
    "GBK as cp1252": lambda text: as_windows(text.encode("gbk")),
    "UTF-8 as Latin-1": lambda text: text.encode().decode("latin-1"),
    "UTF-8 as cp1252": lambda text: as_windows(text.encode()),
    "UTF-8 as Latin-1, twice": lambda text: text.encode().decode("latin-1").encode().decode("latin-1"),
    "UTF-8 as cp1252, twice": lambda text: as_windows(as_windows(text.encode()).encode()),
    "entities": lambda text: text.replace("“", "&ldquo;").replace("”", "&rdquo;"),
    "entities escaped twice": lambda text: text.replace("“", "&amp;ldquo;").replace("”", "&amp;rdquo;"),
    "references escaped twice": lambda text: "".join(
        each if each.isascii() else f"&amp;#x{ord(each):x};" for each in text
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrongly_decoded_text_is_wholly_restored(name: str) -> None:
    assert read(WRONG[name](SIMPLIFIED).encode()) == set_text(SIMPLIFIED, traditional=False)


@pytest.mark.parametrize("name", ["GBK as Latin-1", "UTF-8 as Latin-1"])
def test_one_wrongly_decoded_paragraph_is_restored_among_right_ones(name: str) -> None:
    lines = SIMPLIFIED.split("\n")
    lines[2] = WRONG[name](lines[2])
    assert read("\n".join(lines).encode()) == set_text(SIMPLIFIED, traditional=False)


def test_big5_read_as_latin_is_restored() -> None:
    wrong = TRADITIONAL.encode("big5").decode("latin-1")
    assert read(wrong.encode()) == set_text(TRADITIONAL, traditional=True)


@pytest.mark.parametrize("errors", ["replace", "ignore"])
@pytest.mark.parametrize("charset", ["gbk", "gb18030", "cp1252"])
def test_characters_that_lost_a_byte_are_named_or_marked_and_never_wrong(charset: str, errors: str) -> None:
    have = read(SIMPLIFIED.encode().decode(charset, errors).encode())
    want = set_text(SIMPLIFIED, traditional=False)
    assert have.count("□") <= 0.25 * len(want)
    kept = [character for character in have if "\u4e00" <= character <= "\u9fff"]
    places = iter(want)
    # One reading in a hundred may be wrong, none of the rest may be out of order.
    assert sum(character not in places for character in kept) <= 1


def test_text_that_two_decoders_ruined_is_marked_as_lost() -> None:
    ruined = SIMPLIFIED.encode().decode("ascii", "replace").encode().decode("gbk", "replace")
    have = read(ruined.encode())
    assert "锟" not in have
    assert "□" in have
    assert "98.6%" in have


@pytest.mark.parametrize("odd", [0, 1])
def test_a_page_put_together_from_two_charsets_is_read_line_by_line(odd: int) -> None:
    lines = SIMPLIFIED.split("\n")
    body = b"\n".join(line.encode("utf-8" if index % 2 == odd else "gbk") for index, line in enumerate(lines))
    assert read(body) == set_text(SIMPLIFIED, traditional=False)
    body = "\n".join(lines * 5).encode() + "\n版权所有：青溪在线".encode("gbk")
    assert read(body).endswith("\n版权所有：青溪在线")


def test_right_text_with_foreign_names_is_left_alone() -> None:
    for text in (
        "他在Café Müller与José Ångström谈了基层治理，去过São Paulo和Zürich。",
        "口腔医院开到社区，花瓣落满洋泾浜，二氧化锛不是常用词。",
        "价格为£5，温度±3°，书名号»里«的字，页边“·”也一样。",
    ):
        assert read(text.encode()) == set_text(text, traditional=False)
