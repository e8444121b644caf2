"""A day's articles change those stories alone that they concern, and leave what all articles together would leave."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.duplicates import increments as increments_module
from tasks.duplicates import matches as matches_module
from tasks.duplicates.increments import SKETCH_COLUMNS, concerned_by
from tasks.duplicates.relations import TextSource
from tasks.duplicates.stories import find_stories
from tasks.duplicates.tables import StoryTables, no_stories
from tests.duplicates.composition import articles, compose
from tests.duplicates.test_crowded_keys import ARTICLES, _patchwork

KEYS = {"stories": "story_id", "story_articles": "article_id", "story_links": "story_id"}


class Shown:
    """What a warehouse shows after some days: the corpus that ``concerned_by`` asks."""

    def __init__(self, rows: pl.DataFrame, tables: StoryTables, gone: Sequence[str]) -> None:
        self.rows, self.tables, self._gone = rows, tables, list(gone)
        self.walked = 0

    def count(self) -> int:
        return self.rows.height

    def gone(self) -> pl.DataFrame:
        return self.sketches(self._gone)

    def walk(self) -> Iterator[pl.DataFrame]:
        self.walked += 1
        columns = ["article_id", "text_hash", "gram_count", "sample_hashes"]
        for some in self.rows.iter_slices(5):
            yield some.select(*columns, is_gone=pl.col("article_id").is_in(self._gone))

    def sketches(self, article_ids: Sequence[str]) -> pl.DataFrame:
        return self.rows.filter(pl.col("article_id").is_in(list(article_ids))).select(SKETCH_COLUMNS)

    def kin(self, article_ids: Sequence[str]) -> pl.DataFrame:
        links = self.tables.story_links.join(self.tables.story_articles, on="article_id")
        linked = pl.concat([links["story_id"], links["story_id_right"]])
        return (
            self.tables.story_articles.filter(pl.col("article_id").is_in(list(article_ids)))
            .join(self.tables.stories, on="story_id")
            .select("article_id", "story_id", "article_count", is_linked=pl.col("story_id").is_in(linked.implode()))
        )

    def linked(self, article_ids: Sequence[str]) -> tuple[list[str], list[str]]:
        story_of = dict(self.tables.story_articles.select("article_id", "story_id").iter_rows())
        links = [
            (story, story_of[host]) for story, host in self.tables.story_links.select("story_id", "article_id").rows()
        ]
        stories = {story_of[one] for one in article_ids}
        while more := {one for pair in links for one in pair if not stories.isdisjoint(pair)} - stories:
            stories |= more
        return sorted(stories), sorted(one for one, story in story_of.items() if story in stories)


def texts_of(texts: dict[str, str]) -> TextSource:
    return lambda ids: {one: texts[one] for one in ids}


def after_a_day(
    shown: Shown, fresh: pl.DataFrame, texts: dict[str, str], gone: Sequence[str]
) -> tuple[StoryTables, int]:
    """The tables once the day's articles are in, and how many articles were looked at."""
    text_of = texts_of(texts)
    found = concerned_by(fresh, shown, text_of)
    if found is None:
        left = shown.rows.filter(~pl.col("article_id").is_in(list(gone)))
        return find_stories(left, fresh, text_of), left.height + fresh.height
    members = shown.rows.filter(pl.col("article_id").is_in(found.articles) & ~pl.col("article_id").is_in(list(gone)))
    own = find_stories(members, fresh, text_of, found.crowds_of)
    tables = []
    for name in StoryTables.__slots__:
        earlier = getattr(shown.tables, name).filter(~pl.col("story_id").is_in(found.stories))
        order = {"stories": ["story_id"], "story_articles": ["article_id"]}.get(
            name, ["story_id", "article_id", "start_char"]
        )
        tables.append(pl.concat([earlier, getattr(own, name)]).sort(order))
    return StoryTables(*tables), members.height + fresh.height


def assert_days_leave_what_all_at_once_leaves(texts: list[str], draw: random.Random) -> int:
    """Split ``texts`` into days; articles go again or change their text. How many were looked at on all days."""
    text_by_id: dict[str, str] = {}
    rows, tables = pl.DataFrame(), no_stories()
    waiting = {f"a{number:02d}": text for number, text in enumerate(texts)}
    looked_at = 0
    while waiting:
        names = draw.sample(sorted(waiting), min(len(waiting), draw.randint(1, 6)))
        day = {name: waiting.pop(name) for name in names}
        again = draw.sample(sorted(text_by_id), min(len(text_by_id), draw.choice((0, 0, 1, 2))))
        for name in again:  # some are read again as something else, the others are gone
            if draw.random() < 0.5:
                day[name] = draw.choice(texts)
        text_by_id = {name: text for name, text in text_by_id.items() if name not in again} | day
        fresh, _ = articles(**day)
        if rows.is_empty():
            rows, tables = fresh, find_stories(fresh.clear(), fresh, texts_of(text_by_id))
            continue
        tables, count = after_a_day(Shown(rows, tables, again), fresh, text_by_id, again)
        looked_at += count
        rows = pl.concat([rows.filter(~pl.col("article_id").is_in(again)), fresh])
        whole = find_stories(rows.clear(), rows, texts_of(text_by_id))
        for name in StoryTables.__slots__:
            assert getattr(tables, name).equals(getattr(whole, name)), name
    return looked_at


@pytest.fixture(autouse=True)
def _in_parts_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(increments_module, "MOST_OF_ALL", 2.0)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ARTICLES, min_size=3, max_size=30), st.integers(0, 1 << 32), st.integers(1, 6))
def test_days_leave_the_stories_that_all_articles_at_once_leave(
    monkeypatch: pytest.MonkeyPatch, texts: list[str], seed: int, limit: int
) -> None:
    monkeypatch.setattr(matches_module, "CROWD", limit)
    assert_days_leave_what_all_at_once_leaves(texts, random.Random(seed))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 1 << 32), st.integers(1, 5))
def test_days_of_copies_that_part_leave_the_same_stories(
    monkeypatch: pytest.MonkeyPatch, seed: int, limit: int
) -> None:
    monkeypatch.setattr(matches_module, "CROWD", limit)
    draw = random.Random(seed)
    assert_days_leave_what_all_at_once_leaves(_patchwork(draw), draw)


def test_a_day_looks_at_the_stories_it_concerns_only() -> None:
    texts = {f"a{number:03d}": compose(number, 12) for number in range(200)}
    rows, _ = articles(**texts)
    tables = find_stories(rows.clear(), rows, texts_of(texts))
    day = {"b": texts["a007"] + compose(900, 2), "c": compose(901, 12)}
    fresh, _ = articles(**day)
    found, looked_at = after_a_day(Shown(rows, tables, []), fresh, texts | day, [])
    assert looked_at < 10
    together = found.story_articles.join(found.story_articles.filter(article_id="b"), on="story_id")
    assert set(together["article_id"]) == {"a007", "b"}
