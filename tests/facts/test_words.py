"""Words: what search and term counts see of a text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.facts.text.reading import Reading
from tasks.facts.text.words import count_words


def words_of(text: str) -> dict[str, int]:
    return count_words(Reading(text))


def test_trade_words_stay_whole() -> None:
    assert words_of("网格员走访老旧小区，网格员登记。")["网格员"] == 2


def test_a_trade_word_wins_over_a_word_that_does_not_exist() -> None:
    assert words_of("网格员进网格，居民找网格员。") == {"居民": 1, "网格": 1, "网格员": 2}


def test_numbers_punctuation_single_characters_and_stop_words_are_left_out() -> None:
    assert words_of("我们在2019年，和他 3.5%。") == {}


def test_latin_words_are_counted_in_lower_case() -> None:
    assert words_of("下载APP，打开app")["app"] == 2


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_every_counted_word_stands_in_the_text_so_often_at_least(text: str) -> None:
    lower = text.lower()
    assert all(0 < count <= lower.count(word) for word, count in words_of(text).items())
