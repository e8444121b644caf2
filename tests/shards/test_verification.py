"""What a reader got wrong costs the page or the fact, never the run, and is told by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tasks.facts.kinds import FACT_KINDS
from tasks.pages.reading import read_page
from tasks.records import Block, Facts, Page, PlaceMention, PracticePlace, Quote, RemovedBlock, Sentence
from tasks.shards.verification import BrokenPromiseError, verified_facts, verify_page

TEXT = "安吉县的老人说：“好。”"


def facts(**rows: Any) -> Facts:
    return Facts({kind.table: tuple(rows.get(kind.table, ())) for kind in FACT_KINDS})


def place(start_char: int, surface: str, level: Any = "county") -> PlaceMention:
    return PlaceMention(start_char, start_char + len(surface), surface, None, surface, level)


def test_facts_that_stand_where_they_say_are_kept() -> None:
    found = facts(place_mentions=[place(0, "安吉县")], quotes=[Quote(9, 11, "好。", None, None)])
    kept, problems = verified_facts(TEXT, found, FACT_KINDS)
    assert (kept["place_mentions"], kept["quotes"], problems) == (found.place_mentions, found.quotes, [])


@pytest.mark.parametrize(
    ("table", "fact"),
    [
        ("place_mentions", place(1, "安吉县")),
        ("place_mentions", place(0, "安吉县", level="conuty")),
        ("quotes", Quote(9, 12, "好。", None, None)),
        ("sentences", Sentence(0, len(TEXT) + 1)),
    ],
    ids=["beside its offsets", "of a misspelt level", "with a mark too many", "beyond the end"],
)
def test_a_fact_that_breaks_a_promise_is_left_out_and_told(table: str, fact: Any) -> None:
    kept, problems = verified_facts(TEXT, facts(**{table: [fact]}), FACT_KINDS)
    assert list(kept[table]) == []
    assert len(problems) == 1
    assert table in problems[0]


def test_of_two_facts_at_one_place_the_first_is_kept() -> None:
    kept, _ = verified_facts(TEXT, facts(place_mentions=[place(0, "安吉县"), place(0, "安吉")]), FACT_KINDS)
    assert [mention.surface for mention in kept["place_mentions"]] == ["安吉县"]


def test_what_belongs_to_a_fact_goes_with_it() -> None:
    lost = PracticePlace(3, "浙江省湖州市安吉县", "330523", "county", "own")
    kept, _ = verified_facts(TEXT, facts(practice_mention_places=[lost]), FACT_KINDS)
    assert list(kept["practice_mention_places"]) == []


@pytest.mark.parametrize(
    "page",
    [
        Page((), (Block("pargraph", "安吉"),), (), ()),  # type: ignore[arg-type]
        Page((), (), (RemovedBlock("advert", "an advertisement", "广告"),), ()),  # type: ignore[arg-type]
        Page((), (), (), (), "no_articel_found", "nothing"),  # type: ignore[arg-type]
    ],
    ids=["block", "removed block", "rejection"],
)
def test_a_page_with_a_misspelt_kind_is_refused(page: Page) -> None:
    with pytest.raises(BrokenPromiseError, match="not on the list"):
        verify_page(page)


def test_a_page_published_after_it_was_fetched_is_told() -> None:
    page = read_page(
        f"<h1>三个村合办一个食堂</h1>{'<p>青石镇的三个村合办一个食堂，每天中午为老人送饭上门。</p>' * 4}",
        uri="a",
        media_type=None,
    )
    article = replace(page.articles[0], published_on=date(2021, 2, 2))
    with pytest.raises(BrokenPromiseError, match="fetched on 2021-02-01"):
        verify_page(replace(page, articles=(article,)), date(2021, 2, 1))
    verify_page(replace(page, articles=(article,)), date(2021, 2, 2))
