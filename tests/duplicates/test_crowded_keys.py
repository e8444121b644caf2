"""A key that many articles hold no longer brings them together: which articles that are may not depend on when they
came."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.duplicates import matches as matches_module
from tasks.duplicates.matches import Matches, find_matches
from tasks.duplicates.sketches import Sketches, sketch
from tasks.duplicates.stories import find_stories
from tasks.duplicates.tables import StoryTables
from tests.duplicates.composition import articles, compose

PASSAGES = [compose(1_000 + number, 1 + number % 5) for number in range(9)]


def _with_changes(text: str, share: float, seed: int) -> str:
    draw = random.Random(seed)
    return "".join(draw.choice("天地玄黄宇宙洪荒日月盈昃") if draw.random() < share else one for one in text)


def _article(passages: list[int], own_sentences: int, share: float, seed: int) -> str:
    own = [compose(2_000 + seed, own_sentences)] if own_sentences else []
    return "\n".join([*(_with_changes(PASSAGES[one], share, seed) for one in passages), *own])


ARTICLES = st.builds(
    _article,
    st.lists(st.integers(0, len(PASSAGES) - 1), min_size=1, max_size=4),
    st.sampled_from((0, 0, 1, 3, 9)),
    st.sampled_from((0.0, 0.0, 0.02, 0.08)),
    st.integers(0, 30),
)


FRAGMENTS = [compose(5_000 + number, 1).strip() for number in range(60)]


def _patchwork(draw: random.Random) -> list[str]:
    """Copies of two articles, and shorter articles with a little of both, which crowd every key of the copies in
    turn."""

    def some(count: int) -> list[int]:
        return [draw.randrange(len(FRAGMENTS)) for _ in range(count)]

    originals = [some(draw.randint(14, 20)) for _ in range(2)]
    made = [[some(1)[0] if draw.random() < 0.1 else one for one in own] for own in originals for _ in range(3)]
    for _ in range(30):
        places = [draw.randrange(len(own)) for own in originals]
        made.append([one for own, at in zip(originals, places, strict=True) for one in (*own[at : at + 3], *some(2))])
    draw.shuffle(made)
    return ["".join(FRAGMENTS[one] for one in own) for own in made]


def _limit_crowds(monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    monkeypatch.setattr(matches_module, "CROWD", limit)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(ARTICLES, min_size=3, max_size=24),
    st.integers(0, 24),
    st.integers(1, 6),
)
def test_crowded_keys_leave_one_outcome_whatever_the_order(
    monkeypatch: pytest.MonkeyPatch, texts: list[str], cut: int, limit: int
) -> None:
    _limit_crowds(monkeypatch, limit)
    _assert_one_outcome(texts, cut)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 1 << 32), st.integers(0, 36), st.integers(1, 5))
def test_copies_that_no_longer_meet_part_whatever_the_order(
    monkeypatch: pytest.MonkeyPatch, seed: int, cut: int, limit: int
) -> None:
    _limit_crowds(monkeypatch, limit)
    _assert_one_outcome(_patchwork(random.Random(seed)), cut)


def _assert_one_outcome(texts: list[str], cut: int) -> None:
    """Whether articles are known or new, and in which order they come, leaves the same tables."""
    frame, text_by_id = articles(**{f"a{number:02d}": text for number, text in enumerate(texts)})

    def text_of(ids):  # type: ignore[no-untyped-def]
        return {one: text_by_id[one] for one in ids}

    whole = find_stories(frame.clear(), frame, text_of)
    parted = find_stories(frame[cut:].reverse(), frame[:cut].reverse(), text_of)
    for name in StoryTables.__slots__:
        assert getattr(parted, name).equals(getattr(whole, name)), name


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_what_two_texts_share_does_not_depend_on_the_others(monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    """Whole copies and pages that hold one: each pair that is compared at all is seen as if there were no other
    text."""
    _limit_crowds(monkeypatch, limit)
    texts = [_article([1, 4, number % 9, 8], number % 3, 0.02, number) for number in range(24)]
    frame = sketch(texts).to_frame([f"{number:02d}" for number in range(len(texts))]).sort("gram_count", "text_hash")
    found = find_matches(Sketches.from_frame(frame))
    assert len(found.left) >= len(texts) - 1
    _limit_crowds(monkeypatch, len(texts))
    for place, (left, right) in enumerate(zip(found.left.tolist(), found.right.tolist(), strict=True)):
        alone = find_matches(Sketches.from_frame(frame[[left, right]]))
        for name in Matches.__slots__[2:]:
            assert np.array_equal(getattr(found, name)[[place]], getattr(alone, name)), name


def test_lone_articles_that_share_a_disclaimer_stay_alone_when_it_becomes_crowded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _limit_crowds(monkeypatch, 4)
    pages = {f"a{number}": compose(3_000 + number, 6) + PASSAGES[2] for number in range(4)}
    frame, text_by_id = articles(**pages, b=compose(3_100, 6) + PASSAGES[2])

    def text_of(ids):  # type: ignore[no-untyped-def]
        return {one: text_by_id[one] for one in ids}

    assert find_stories(frame[:4], frame[4:], text_of).stories["article_count"].to_list() == [1] * 5
