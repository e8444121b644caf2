"""What a site teaches about its pages: furniture is learned, and no line of an article is ever lost by it."""

from __future__ import annotations

from itertools import chain

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.pages.reading import read_page
from tasks.pages.site_lines import count_lines, site_of
from tasks.records import Page, stable_id
from tests.pages.invented_sites import TEMPLATES, InventedPage
from warehouse.planning import plan_lines
from warehouse.schemas import core_schemas


def learned(pages: list[InventedPage]) -> frozenset[str]:
    """The lines that a run would take for repeated on the site of ``pages``."""
    rows = [
        {"site_key": "s", "line": line, "document_id": stable_id(page.uri), "page_key": stable_id(page.source)}
        for page in pages
        for line in count_lines(page.source, media_type=None)
    ]
    seen = pl.DataFrame(rows, schema=dict.fromkeys(("site_key", "line", "document_id", "page_key"), pl.String()))
    return frozenset(plan_lines(pl.DataFrame(schema=core_schemas()["site_lines"].columns), seen).repeated["line"])


def read(page: InventedPage, repeated: frozenset[str] = frozenset()) -> Page:
    return read_page(page.source, uri=page.uri, media_type=None, repeated=repeated)


def lines_of(page: Page) -> list[str]:
    return list(chain.from_iterable(article.text.split("\n") for article in page.articles))


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("count", [1, 2, 3, 10, 100])
def test_learning_a_site_costs_its_pages_no_line_and_no_field(template: str, count: int) -> None:
    pages = [TEMPLATES[template](number) for number in range(1, count + 1)]
    assert len({site_of(page.uri, page.source) for page in pages}) == 1
    repeated = learned(pages)
    for page in pages[:20]:
        alone, among = read(page), read(page, repeated)
        assert set(page.body) <= set(lines_of(alone))
        assert set(page.body) <= set(lines_of(among))
        for before, after in zip(alone.articles, among.articles, strict=True):
            assert (after.title, after.published_on, after.outlet) == (before.title, before.published_on, before.outlet)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(TEMPLATES)), st.sets(st.integers(1, 400), min_size=1, max_size=12))
def test_whatever_pages_of_a_site_are_read_together_each_keeps_its_body(template: str, numbers: set[int]) -> None:
    pages = [TEMPLATES[template](number) for number in sorted(numbers)]
    repeated = learned(pages)
    for page in pages[:4]:
        assert set(page.body) <= set(lines_of(read(page, repeated)))


def test_what_a_site_asks_of_its_readers_below_every_article_is_learned() -> None:
    pages = [TEMPLATES["dump"](number) for number in range(1, 6)]
    repeated = learned(pages)
    assert "更多精彩内容请下载青禾客户端" in repeated
    assert not any("客户端" in line for page in pages for line in lines_of(read(page, repeated)))


def test_spam_that_was_put_into_every_page_is_in_no_text() -> None:
    page = read(TEMPLATES["spammed"](3))
    assert not any("高清" in line for line in lines_of(page))
    assert [block.kind for block in page.removed_blocks if "高清" in block.text] == ["spam"]
