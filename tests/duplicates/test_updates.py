"""New articles change known stories exactly as if all had come together."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.duplicates import index as index_module
from tasks.duplicates import matches as matches_module
from tasks.duplicates.index import AnchorIndex
from tasks.duplicates.stories import find_stories
from tasks.duplicates.updates import update_stories
from tests.duplicates.composition import articles, compose
from tests.duplicates.loads import take_in

DISCLAIMER = (
    "免责声明：本页内容由网友自行上传，仅供学习交流，不代表本站立场，如有疑问请与编辑部联系处理，电话见首页。" * 2
)


def _edited(text: str, share: float, seed: int) -> str:
    draw = random.Random(seed)
    return "".join(draw.choice("天地玄黄宇宙洪荒日月盈昃") if draw.random() < share else one for one in text)


def _corpus() -> dict[str, str]:
    corpus: dict[str, str] = {}
    for number in range(4):
        text = compose(500 + number, 12)
        corpus |= {f"o{number}": text, f"x{number}": text, f"c{number}": text[: len(text) * 7 // 10]}
        corpus |= {f"e{number}{copy}": _edited(text, 0.03, 10 * number + copy) for copy in range(4)}
        corpus[f"d{number}"] = text + DISCLAIMER
    corpus["r1"] = compose(500, 12) + compose(501, 12)
    corpus["r2"] = compose(501, 12) + compose(502, 12) + compose(503, 12)
    corpus["r3"] = corpus["r2"] + "（完）"
    corpus["p1"] = compose(600, 24) + compose(503, 12)
    corpus["p2"] = compose(601, 24) + compose(500, 12) + DISCLAIMER
    corpus |= {f"u{number}": compose(700 + number, 8) + DISCLAIMER for number in range(8)}
    corpus |= {f"s{number}": compose(800 + number % 2, 1) for number in range(4)}
    return corpus


FRAME, TEXTS = articles(**_corpus())
NO_STORIES = find_stories(FRAME.clear(), FRAME.clear(), lambda ids: {})


def _text_of(ids: Sequence[str]) -> dict[str, str]:
    return {one: TEXTS[one] for one in ids}


def _rows_of(ids: Sequence[str]) -> pl.DataFrame:
    return FRAME.filter(pl.col("article_id").is_in(ids))


@pytest.fixture(params=[2, 4, 32])
def crowd(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Crowds so small that a few articles make one, and the real size."""
    monkeypatch.setattr(matches_module, "CROWD", request.param)
    monkeypatch.setattr(index_module, "CROWD", request.param)
    return int(request.param)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(FRAME.height)), cuts=st.sets(st.integers(1, FRAME.height - 1), max_size=6))
def test_batches_in_any_order_end_in_the_tables_of_one_load(crowd: int, order: list[int], cuts: set[int]) -> None:
    whole = find_stories(FRAME.clear(), FRAME, _text_of)
    tables, index = NO_STORIES, AnchorIndex()
    for start, end in pairwise([0, *sorted(cuts), len(order)]):
        tables, index = take_in(tables, index, FRAME[order[start:end]], FRAME, _text_of)
    assert tables.story_articles.equals(whole.story_articles)
    assert tables.stories.equals(whole.stories)
    assert tables.story_links.equals(whole.story_links)


def test_an_article_that_touches_nothing_leaves_known_stories_alone() -> None:
    tables, index = take_in(NO_STORIES, AnchorIndex(), FRAME, FRAME, _text_of)
    stranger, texts = articles(z="远山如黛，近水含烟，晚风吹过麦田，一群白鹭掠过稻草人的肩头，月亮慢慢升起来了。" * 4)
    update = update_stories(index, tables.story_articles, tables.story_links, stranger, _rows_of, lambda ids: texts)
    assert update.replaced_story_ids == []
    assert update.tables.story_articles["article_id"].to_list() == ["z"]


def test_a_late_original_becomes_canonical() -> None:
    text = compose(42, 12)
    known, known_texts = articles(b={"text": text + "（完）", "outlet": "青石日报", "site": "明湖网"})
    late, late_texts = articles(a={"text": text, "site": "青石日报"})
    tables = find_stories(known.clear(), known, known_texts.__getitem__)  # type: ignore[arg-type]
    index = AnchorIndex().extended(known)
    texts = known_texts | late_texts
    update = update_stories(
        index,
        tables.story_articles,
        tables.story_links,
        late,
        lambda ids: known,
        lambda ids: {one: texts[one] for one in ids},
    )
    assert update.replaced_story_ids == tables.stories["story_id"].to_list()
    assert update.tables.stories["canonical_article_id"].to_list() == ["a"]


def test_a_late_cut_of_what_a_page_prints_twice_is_no_part_of_the_others() -> None:
    """Whether an opening is shared by unrelated texts depends on a page that prints it twice, too: it is linked."""
    text = compose(900, 12)
    opening = text[: len(text) * 4 // 10]
    frame, texts = articles(a=text + text, b=text + compose(901, 9), c=opening, d=text + compose(902, 9))
    whole = find_stories(frame.clear(), frame, lambda ids: {one: texts[one] for one in ids})
    assert "a" in whole.story_links["article_id"].to_list()
    known, late = frame[:3], frame[3:]
    tables = find_stories(known.clear(), known, lambda ids: {one: texts[one] for one in ids})
    update = update_stories(
        AnchorIndex().extended(known),
        tables.story_articles,
        tables.story_links,
        late,
        lambda ids: known.filter(pl.col("article_id").is_in(ids)),
        lambda ids: {one: texts[one] for one in ids},
    )
    kept = tables.story_articles.filter(~pl.col("story_id").is_in(update.replaced_story_ids))
    both = pl.concat((kept, update.tables.story_articles)).sort("article_id")
    assert both.equals(whole.story_articles)


def test_a_saved_index_answers_as_the_one_in_memory(tmp_path: Path) -> None:
    half = FRAME.height // 2
    index = AnchorIndex().extended(FRAME[: half // 2]).extended(FRAME[half // 2 : half])
    index.save(tmp_path)
    index.save(tmp_path)
    opened = AnchorIndex.open(tmp_path)
    assert opened.touched_by(FRAME[half:]) == index.touched_by(FRAME[half:])
    assert opened.touched_by(FRAME[half:]).beside
    opened.extended(FRAME[half:]).save(tmp_path)
    assert AnchorIndex.open(tmp_path).touched_by(FRAME) == AnchorIndex().extended(FRAME).touched_by(FRAME)


def test_a_missing_index_is_empty(tmp_path: Path) -> None:
    assert AnchorIndex.open(tmp_path / "none").touched_by(FRAME).same == set()
