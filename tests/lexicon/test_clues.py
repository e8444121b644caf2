"""A pattern that clues rule out is not found, in whatever case a text writes its letters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.lexicon.clues import Clues

PATTERNS = ("tags?[：:]|标签", "^(?:AD|推广)(?:$|[：:])", "[i-l]cp备", r"\s*(?:Copyright|©|版权所有)\s?\d{4}")


@pytest.mark.parametrize("pattern", PATTERNS)
@given(data=st.data())
def test_no_case_of_a_letter_is_ruled_out(pattern: str, data: st.DataObject) -> None:
    compiled = re.compile(pattern, re.IGNORECASE)
    found = data.draw(st.from_regex(compiled))
    text = data.draw(st.sampled_from([found, found.upper(), found.swapcase(), found.replace("s", "ſ")]))
    is_possible = list(Clues({0: pattern}, ignore_case=True).numbers(text)) == [0]
    assert is_possible or compiled.search(text) is None


def test_what_has_no_character_of_a_pattern_is_ruled_out() -> None:
    assert not list(Clues({0: "标签：", 1: "Tags："}, ignore_case=True).numbers("青石镇新闻"))
