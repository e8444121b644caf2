"""Words: what search and term counts see of a text."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.facts.text.paragraphs import paragraph_start
from tasks.facts.text.reading import Reading, tag_words, words_with_tags
from tasks.facts.text.words import count_words


def words_of(text: str) -> dict[str, int]:
    return count_words(Reading(text))


def test_trade_words_stay_whole() -> None:
    assert words_of("网格员走访老旧小区，网格员登记。")["网格员"] == 2


def test_a_trade_word_wins_over_a_word_that_does_not_exist() -> None:
    assert words_of("网格员进网格，居民找网格员。") == {"居民": 1, "网格": 1, "网格员": 2}


def test_the_sentences_of_a_book_are_those_of_its_parts() -> None:
    part = "镇里开会，讨论“议事厅”。\n他说：“好！”大家都同意  \n"
    count = 100_000 // len(part) + 1
    found, of_part = Reading(part * count).sentences, Reading(part).sentences
    expected = [
        (number * len(part) + one.start_char, number * len(part) + one.end_char)
        for number in range(count)
        for one in of_part
    ]
    assert list(map(tuple, found)) == expected
    assert (tuple(found[-1]), [tuple(one) for one in found[1:3]]) == (expected[-1], expected[1:3])
    assert Reading(part * count).sentence_at(expected[7][0] + 1) == found[7]
    assert Reading(part * count).sentences_between(0, expected[2][0]) == tuple(found[:2])


def test_a_paragraph_of_a_book_begins_where_that_of_an_article_does() -> None:
    text = "镇里开会。\n\n村里也开。" * 2_500
    for char in (0, 1, 6, 7, 8, 20_000, len(text) - 1, len(text)):
        assert paragraph_start(text, char) == text.rfind("\n", 0, char) + 1


def test_numbers_punctuation_single_characters_and_stop_words_are_left_out() -> None:
    assert words_of("我们在2019年，和他 3.5%。") == {}


def test_latin_words_are_counted_in_lower_case() -> None:
    assert words_of("下载APP，打开app")["app"] == 2


def test_a_book_is_cut_as_its_parts_are_and_its_words_are_there_once() -> None:
    parts = [f"第{number}网格的网格员走访老旧小区，把难题带回议事厅。\r\n" for number in range(200)] * 30
    words, _ = words_with_tags("".join(parts))
    assert words == [word for part in parts for word in words_with_tags(part)[0]]
    tagged = tag_words("".join(parts))
    assert [tagged.starts[number] for number in (0, 1, 2)] == [0, *np.cumsum(list(map(len, words[:2])))]
    assert len({id(word) for word in words}) == len(set(words))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_every_counted_word_stands_in_the_text_so_often_at_least(text: str) -> None:
    lower = text.lower()
    assert all(0 < count <= lower.count(word) for word, count in words_of(text).items())
