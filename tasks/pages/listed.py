"""Adds to an article what its source says of it where the page is silent: the day beside its link, the site's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tasks.records import FIRST_DAY, Article


def as_listed(
    article: Article, listed_on: date | None, listed_site: str | None, first_day: date = FIRST_DAY
) -> Article:
    """``article`` under the name that the list of sources gives its site, and dated by the list where it has no day.

    What the page says of its day counts more. Of an address that gives the month alone, the list may tell the day;
    where the two disagree the address is believed, for a list without years can be taken for that of a later one.
    """
    if listed_site is not None:
        article = replace(article, site=listed_site)
    if listed_on is None or listed_on < first_day or not _leaves_open(article, listed_on):
        return article
    return replace(article, published_on=listed_on, published_precision="day", published_from="feed")


def _leaves_open(article: Article, listed_on: date) -> bool:
    """Whether the page leaves the day open, and says nothing against ``listed_on``."""
    known = article.published_on
    if known is None:
        return True
    if article.published_from != "address" or article.published_precision not in {"month", "year"}:
        return False
    return known.year == listed_on.year and (article.published_precision == "year" or known.month == listed_on.month)
