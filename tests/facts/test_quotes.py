"""Quotes: what is said, by whom, and what stands in marks without being said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.facts.kinds import read_facts
from tasks.facts.people.reading import read_people
from tasks.facts.places.reading import read_places
from tasks.facts.quotes.reading import read_quotes
from tasks.facts.text.reading import Reading
from tasks.records import Quote
from tests.reaches import sides

CASES = Path(__file__).parents[1] / "cases" / "facts" / "quotes"


def quotes_of(text: str) -> tuple[Quote, ...]:
    reading = Reading(text)
    return read_quotes(reading, read_people(reading, read_places(reading), ()))


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}-{case['label']}")
        for path in sorted(CASES.glob("*.json"))
        for case in json.loads(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("case", cases())
def test_a_quote_is_found_with_its_speaker_and_marks_without_speech_are_left(case: dict[str, Any]) -> None:
    found = [{"speaker": quote.speaker, "text": quote.text} for quote in quotes_of(case["given"]["text"])]
    assert found == case["expect"], case["comment"]


def test_a_speaker_comes_with_the_post() -> None:
    (quote,) = quotes_of("“明天就修。”社区书记周敏说。")
    assert quote.speaker_role == "书记"


def test_an_unnamed_speaker_still_has_an_occupation() -> None:
    (quote,) = quotes_of("“明天就修。”一位居民说。")
    assert (quote.speaker, quote.speaker_role) == (None, "居民")


PIECES = st.sampled_from(
    [
        "“",
        "”",
        "‘",
        "’",
        "周敏",
        "书记",
        "说",
        "：",
        "，",
        "。",
        "！",
        "\n",
        "他",
        "大家",
        "一位居民",
        "告诉记者",
        "修路灯",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join))
def test_quotes_stand_in_order_between_their_marks_under_any_text(text: str) -> None:
    end = 0
    for quote in quotes_of(text):
        assert text[quote.start_char : quote.end_char] == quote.text
        assert text[quote.start_char - 1] == "“"
        assert quote.start_char >= end
        end = quote.end_char


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_all_kinds_of_fact_can_be_read_from_any_text(text: str) -> None:
    facts = read_facts(Reading(text))
    for kind in (
        facts.place_mentions,
        facts.organization_mentions,
        facts.figures,
        facts.practice_mentions,
        facts.dates,
    ):
        for mention in kind:
            assert text[mention.start_char : mention.end_char] == mention.surface


@pytest.mark.parametrize(("text", "title", "expect"), sides("quotes"))
def test_a_speaker_reaches_so_far_and_no_farther(text: str, title: str, expect: list[Any]) -> None:
    del title  # no quote depends on it
    assert [[quote.speaker, quote.text] for quote in quotes_of(text)] == expect
