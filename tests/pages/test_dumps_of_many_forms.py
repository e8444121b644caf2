"""What text dumps of many forms say of their articles: mastheads, labelled fields, credits, signatures, letters."""

from __future__ import annotations

from typing import Any

import pytest

from tasks.pages.reading import read_page
from tasks.records import Article
from tests.pages.case_files import cases

TEXT = (
    "7月1日起，庄浪县水洛镇在何马村试行“红黄绿”三色台账，把群众诉求按轻重缓急分级办理，到8月底共登记诉求214件。\n"
    "镇党委副书记岳小平说，红色诉求当天响应，黄色诉求3天内答复，绿色诉求纳入月度清单，件件都要有回音。\n"
    "何马村村民柳彩霞反映的路灯问题被列为黄色，第二天电工就上了门。"
)


def articles_of(text: str) -> tuple[Article, ...]:
    return read_page(text, uri="pages/a.txt", media_type="text/plain").articles


def said_of(article: Article) -> dict[str, Any]:
    """What is known of ``article`` beside its text, without what is not known."""
    said = {
        "title": article.title,
        "kicker": article.kicker,
        "rubric": article.rubric,
        "day": str(article.published_on or "") or None,
        "outlet": article.outlet,
    }
    for who in article.contributors:
        said.setdefault(f"{who.role}s", []).append(who.name)  # type: ignore[union-attr, arg-type]
    return {key: value for key, value in said.items() if value is not None}


def spaceless(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("given", "expect"), cases("dumps"))
def test_a_dump_gives_its_articles_with_all_that_is_said_of_them(given: str, expect: list[dict[str, Any]]) -> None:
    articles = articles_of(given)
    assert len(articles) == len(expect)
    for article, wanted in zip(articles, expect, strict=True):
        said = said_of(article)
        for key in ("kicker", "day", "outlet", "authors", "editors", "photographers"):
            assert said.get(key) == wanted.get(key), key
        if "title" in wanted:
            assert spaceless(said.get("title") or "") == spaceless(wanted["title"] or "")
        if "rubric" in wanted:
            assert said.get("rubric") == wanted["rubric"]
        text = spaceless(article.text)
        assert text.startswith(spaceless(wanted.get("first", "")))
        assert text.endswith(spaceless(wanted.get("last", "")))
        assert spaceless(wanted.get("holds", "")) in text
        headings = [part.text for part in article.paragraphs if part.kind == "heading"]
        assert headings == wanted.get("headings", headings)


@pytest.mark.parametrize(("given", "expect"), cases("dump_heads"))
def test_what_stands_above_the_text_of_a_dump_is_read(given: str, expect: dict[str, Any]) -> None:
    (article,) = articles_of(f"{given}{TEXT}")
    assert said_of(article) == expect
    assert article.text.endswith(TEXT)


@pytest.mark.parametrize(("given", "expect"), cases("dump_ends"))
def test_what_stands_below_the_text_of_a_dump_is_read(given: str, expect: dict[str, Any]) -> None:
    (article,) = articles_of(f"三色台账记民情\n{TEXT}\n{given}")
    assert said_of(article) == {"title": "三色台账记民情", **expect}
    assert article.text.startswith(TEXT)


@pytest.mark.parametrize(
    ("uri", "text", "day"),
    [
        ("http://news.example/page/2022/0313/101.shtml", TEXT, ("2022-03-13", "address")),
        ("http://news.example/page/2022/0313/101.shtml", f"2022-03-10 关山日报\n{TEXT}", ("2022-03-10", "page")),
        ("pages/2022/0313/101.txt", TEXT, ("None", None)),
        ("http://news.example/page/2022/0313/101.shtml", f"关山学刊 2022年2期\n{TEXT}", ("2022-03-13", "address")),
    ],
    ids=["filed by day", "a printed day counts more", "a file's folders say nothing", "an issue states no day"],
)
def test_a_row_whose_text_states_no_day_has_that_of_its_address(
    uri: str, text: str, day: tuple[str, str | None]
) -> None:
    (article,) = read_page(f"三色台账记民情\n{text}", uri=uri, media_type="text/plain").articles
    assert (str(article.published_on), article.published_from) == day
