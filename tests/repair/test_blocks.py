"""A block in Simplified characters and Chinese typography."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.repair.blocks import is_traditional, normalize_block
from tasks.repair.repaired import undo

CASES = json.loads((Path(__file__).parents[1] / "cases" / "repair" / "blocks.json").read_text("utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_a_block_is_set_as_the_tables_hold_it(case: dict[str, Any]) -> None:
    text, traditional = case["given"]["text"], case["given"]["traditional"]
    repaired = normalize_block(text, traditional=traditional, block_ordinal=7)
    assert repaired.text == case["expect"]
    assert undo(repaired.text, repaired.repairs) == text
    assert all(repair.block_ordinal == 7 for repair in repaired.repairs)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_a_set_block_stays_as_it_is(case: dict[str, Any]) -> None:
    assert normalize_block(case["expect"], traditional=False).repairs == ()


def test_a_page_is_traditional_by_what_only_traditional_text_uses() -> None:
    assert is_traditional("居民說:“社區網格員來了,大家辦事更方便。”")
    assert not is_traditional("居民说：“社区网格员来了。”他引用了一句“歡迎”，又说到乾隆、见微知著。")
    assert not is_traditional("2020 Annual Report")


ALPHABET = st.one_of(
    st.characters(),
    st.sampled_from(
        "社區区著乾後 \n\t\u3000\xa0,.:;?!()\"'“”‘’（）《》，。1９Aａand\u200b\ue000\ud800\x00\u0301\U000f0000"
    ),
)


def test_a_letter_made_half_width_joins_the_accent_behind_it() -> None:
    assert (
        normalize_block("？仍\N{FULLWIDTH LATIN CAPITAL LETTER A}\N{COMBINING INVERTED BREVE}", traditional=False).text
        == "？仍Ȃ"
    )


@settings(max_examples=400, deadline=None, derandomize=True)
@given(text=st.text(ALPHABET, max_size=60), traditional=st.booleans())
def test_any_text_becomes_composed_visible_and_can_be_undone(text: str, traditional: bool) -> None:
    repaired = normalize_block(text, traditional=traditional)
    assert undo(repaired.text, repaired.repairs) == text
    assert unicodedata.is_normalized("NFC", repaired.text)
    assert not any(unicodedata.category(character) in ("Cc", "Co", "Cs") for character in repaired.text)
    again = normalize_block(repaired.text, traditional=traditional)
    assert again.text == repaired.text
