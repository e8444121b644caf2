"""What a list says of an article counts where the page is silent, and only there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tasks.pages.listed import as_listed
from tasks.records import Article, DateOrigin, DatePrecision

DAY = date(2024, 3, 5)
SILENT = Article(
    0, "村史馆开门", None, None, None, None, None, None, None, None, "溪口在线", None, "正文。", True, None, (), ()
)


@pytest.mark.parametrize(
    ("found_on", "precision", "origin", "becomes"),
    [
        (None, None, None, (DAY, "day", "feed")),
        (date(2024, 3, 1), "month", "address", (DAY, "day", "feed")),
        (date(2024, 1, 1), "year", "address", (DAY, "day", "feed")),
        (date(2023, 3, 1), "month", "address", (date(2023, 3, 1), "month", "address")),
        (date(2024, 3, 4), "day", "address", (date(2024, 3, 4), "day", "address")),
        (date(2024, 3, 4), "day", "meta", (date(2024, 3, 4), "day", "meta")),
        (date(2024, 3, 1), "month", "page", (date(2024, 3, 1), "month", "page")),
    ],
)
def test_the_list_dates_what_the_page_leaves_open(
    found_on: date | None, precision: DatePrecision | None, origin: DateOrigin | None, becomes: tuple[object, ...]
) -> None:
    page = replace(SILENT, published_on=found_on, published_precision=precision, published_from=origin)
    listed = as_listed(page, DAY, None)
    assert (listed.published_on, listed.published_precision, listed.published_from) == becomes
    assert listed.site == "溪口在线"
    assert as_listed(page, None, None) == page


def test_the_list_of_sources_names_the_site() -> None:
    assert as_listed(SILENT, None, "溪口镇人民政府").site == "溪口镇人民政府"


def test_a_list_dates_nothing_before_the_first_day_that_the_settings_allow() -> None:
    old = date(1947, 5, 6)
    assert as_listed(SILENT, old, None).published_on is None
    assert as_listed(SILENT, old, None, date(1912, 1, 1)).published_on == old
