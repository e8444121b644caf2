"""What single lines of pages say: dates, credits, names, bylines, titles and stock phrases."""

from __future__ import annotations

from typing import Any

import pytest

from tasks.pages.completeness import is_pager, missing_of
from tasks.pages.drafts import BodyPart
from tasks.pages.lines.bylines import photo_credit, read_byline, read_dateline
from tasks.pages.lines.credits import read_credits
from tasks.pages.lines.line_patterns import stock_phrase
from tasks.pages.lines.lines import Line
from tasks.pages.lines.personal_names import split_names
from tasks.pages.lines.publication_dates import PublicationDate, date_of_machine_text, date_of_url, find_date
from tasks.pages.lines.titles import cut_site_name
from tasks.pages.reading import read_page
from tests.pages.case_files import cases


def shown(found: PublicationDate | None) -> list[str | None] | None:
    if found is None:
        return None
    return [
        found.on.isoformat() if found.on else None,
        found.precision,
        found.at.strftime("%H:%M:%S") if found.at else None,
    ]


@pytest.mark.parametrize(("given", "expect"), cases("dates"))
def test_a_date_is_read_as_precisely_as_it_is_printed(given: str, expect: list[str | None] | None) -> None:
    assert shown(find_date(given)) == expect


@pytest.mark.parametrize(("given", "expect"), cases("machine_dates"))
def test_a_date_in_a_tag_is_shown_in_the_time_of_shanghai(given: str, expect: list[str | None] | None) -> None:
    assert shown(date_of_machine_text(given)) == expect


@pytest.mark.parametrize(("given", "expect"), cases("url_dates"))
def test_a_day_is_read_from_the_path_it_is_filed_under(given: str, expect: str | None) -> None:
    found = date_of_url(given)
    assert (found.on.isoformat() if found and found.on else None) == expect


@pytest.mark.parametrize(("given", "expect"), cases("credits"))
def test_credits_name_people_and_outlets_and_nothing_else(given: str, expect: dict[str, Any]) -> None:
    found = read_credits(given)
    assert {"outlet": found.outlet, "authors": found.authors, "editors": found.editors} == expect


@pytest.mark.parametrize(("given", "expect"), cases("names"))
def test_names_come_apart_where_the_next_surname_begins(given: str, expect: list[str]) -> None:
    assert split_names(given) == expect


@pytest.mark.parametrize(("given", "expect"), cases("bylines"))
def test_a_byline_is_told_from_a_sentence_about_reporters(given: str, expect: list[str] | None) -> None:
    assert read_byline(given) == expect


@pytest.mark.parametrize(("given", "expect"), cases("datelines"))
def test_a_dateline_gives_its_reporters_and_its_agency(given: str, expect: list[Any] | None) -> None:
    found = read_dateline(given)
    assert (list(found) if found else None) == expect


@pytest.mark.parametrize(("given", "expect"), cases("photo_credits"))
def test_a_photo_credit_is_cut_from_its_caption(given: str, expect: list[Any] | None) -> None:
    found = photo_credit(given)
    assert (list(found) if found else None) == expect


@pytest.mark.parametrize(("given", "expect"), cases("titles"))
def test_a_title_loses_the_names_of_column_and_site_only(given: str, expect: str) -> None:
    assert cut_site_name(given) == expect


@pytest.mark.parametrize(("given", "expect"), cases("lines"))
def test_stock_phrases_are_known_and_sentences_with_their_words_are_not(given: str, expect: str | None) -> None:
    rule = stock_phrase(given)
    assert (rule.kind if rule else None) == expect


@pytest.mark.parametrize(("given", "expect"), cases("rejections"))
def test_a_page_that_is_no_article_is_rejected_by_name(given: str, expect: str) -> None:
    links = "".join(f"<li><a href={n}>第{n}个村的路灯为什么又亮起来了</a></li>" for n in range(30))
    page = read_page(
        given.replace("@LINKS@", links).replace("@DEEP@", "<div>" * 100_000), uri="pages/a.html", media_type="text/html"
    )
    assert (page.articles, page.rejection_reason) == ((), expect)
    assert page.rejection_detail


@pytest.mark.parametrize(("given", "expect"), cases("completeness"))
def test_an_article_is_complete_unless_a_passage_is_visibly_missing(given: list[str], expect: bool) -> None:
    parts = [BodyPart("heading" if len(text) < 12 and "、" in text else "paragraph", text) for text in given]
    assert (missing_of(parts, is_flattened=True) is None) == expect


@pytest.mark.parametrize(
    ("given", "expect"),
    [
        ("1 2 3 下一页 尾页", True),
        ("[1] [2] [下一页]", True),
        ("共 3 页 1 2 3", True),
        ("上一页 1 下一页", False),
        ("共1页", False),
        ("上一篇：村里来了新厨师", False),
        ("1 2 3", False),
    ],
)
def test_a_pager_is_told_from_a_single_page(given: str, expect: bool) -> None:
    assert is_pager(Line(given, given)) == expect


@pytest.mark.parametrize(("given", "expect"), cases("several_articles"))
def test_a_page_gives_as_many_articles_as_it_prints(given: str, expect: list[list[str]] | None) -> None:
    page = read_page(given, uri="pages/a.html", media_type="text/html")
    found = [[article.title, str(article.published_on), article.text] for article in page.articles]
    assert len(found) == len(expect or [])
    for have, want in zip(found, expect or [], strict=True):
        assert have[:2] == want[:2]
        assert str(have[2]).startswith(want[2])
    assert {block.article_ordinal for block in page.blocks} <= {None, *range(len(found))}
