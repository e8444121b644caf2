"""Classes of characters: what each holds, and that none is misspelt in silence."""

from __future__ import annotations

import pytest

from tasks.lexicon.characters import pattern_of


@pytest.mark.parametrize("character", ["一", "龠", "䶮", "㛃", "\u9fff"])
def test_common_and_rare_characters_of_names_are_chinese(character: str) -> None:
    assert pattern_of("[[:han:]]").fullmatch(character)


@pytest.mark.parametrize("character", ["〇", "々", "あ", "ㄅ", "A", "，", "　", "\ue000"])
def test_marks_kana_and_zero_are_not(character: str) -> None:
    assert not pattern_of("[[:han:][:rare_han:]]").fullmatch(character)


def test_a_class_stands_beside_others_and_can_be_excluded() -> None:
    assert pattern_of("[^[:han:]A-Z]+").search("甲A村3b乙").group() == "3b"  # type: ignore[union-attr]
    assert pattern_of("[[:one_to_nine:]百]+").search("二百十").group() == "二百"  # type: ignore[union-attr]


def test_a_misspelt_class_is_an_error_at_once() -> None:
    with pytest.raises(KeyError, match="hna"):
        pattern_of("[[:hna:]]{2,4}")
